#include "store/query.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "store/days.h"
#include "store/fields.h"
#include "store/review.h"

namespace kronik {
namespace {

constexpr size_t kMostWords = 64;
// Lists are counted up to here to find the rarest, where a page of what is found is enough: beyond,
// all are long. Where everything is read, all are counted.
constexpr int64_t kMany = 20000;
constexpr int64_t kAll = int64_t{1} << 60;
// Rows that may be looked up one by one for a page.
constexpr int64_t kFew = 3000;

// How many of a list of actors have a code, and whether one has a sector.
int CountCode(const Json& actors, const std::string& code) {
  return static_cast<int>(std::count_if(actors.begin(), actors.end(), [&](const Json& actor) {
    return Text(actor, "code") == code;
  }));
}

bool HasSector(const Json& actors, const std::string& sector) {
  return std::any_of(actors.begin(), actors.end(), [&](const Json& actor) {
    const Json sectors = actor.value("sectors", Json::array());
    return std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
  });
}

bool HasParties(const Query& query, const Json& actors) {
  return std::all_of(query.parties.begin(), query.parties.end(), [&](const std::string& code) {
    return CountCode(actors, code) >= std::count(query.parties.begin(), query.parties.end(), code);
  });
}

struct Facet {
  std::string kind;
  std::string value;
};

Sql FacetId(const Facet& facet) {
  Sql sql;
  return sql.Add("(SELECT id FROM facets WHERE kind = ? AND value = ?)", {facet.kind, facet.value});
}

std::vector<Facet> FacetsOf(const Query& query) {
  std::vector<Facet> facets;
  std::map<std::string, int> parties;
  for (const std::string& code : query.parties) ++parties[code];
  for (const auto& [code, times] : parties) {
    facets.push_back({times > 1 ? "party_twice" : "party", code});
  }
  const std::pair<const char*, const std::string*> kOthers[] = {{"sector", &query.sector},
                                                                {"context", &query.context},
                                                                {"type", &query.event_type},
                                                                {"lang", &query.lang},
                                                                {"publisher", &query.publisher}};
  for (const auto& [kind, value] : kOthers) {
    if (!value->empty()) facets.push_back({kind, *value});
  }
  return facets;
}

// What an event `e` must be: all that is asked but the words, the days and the publication.
Sql EventConditions(const Query& query, const std::vector<Facet>& facets) {
  Sql sql;
  for (const Facet& facet : facets) {
    sql.Add(" AND EXISTS (SELECT 1 FROM event_facets WHERE facet = ")
        .Add(FacetId(facet))
        .Add(" AND day = e.day AND event = e.number)");
  }
  if (!query.status.empty()) sql.Add(" AND e.status = ?", {query.status});
  if (query.min_confidence > 0) sql.Add(" AND e.confidence >= ?", {query.min_confidence});
  if (query.quad_category != 0) {
    sql.Add(" AND e.quad_category = ?", {int64_t{query.quad_category}});
  }
  if (!query.event.empty()) sql.Add(" AND e.id = ?", {query.event});
  for (size_t i = 0; i < query.places.size(); ++i) {
    sql.Add(i == 0 ? " AND e.place IN (?" : ", ?", {query.places[i]});
  }
  if (!query.places.empty()) sql.Add(")");
  return sql;
}

// `of` is the table whose rows are asked for.
Sql Since(const Query& query, const std::string& of) {
  Sql sql;
  if (query.since.empty()) return sql;
  return sql.Add(
      " AND EXISTS (SELECT 1 FROM changes c WHERE c.id = " + of + ".id AND c.last_changed >= ?)",
      {MomentOf(query.since).value_or(0)});
}

// A piece of the evidence `v` that joins holds the phrases. Not EXISTS, which PostgreSQL answers by
// reading all evidence.
Sql EvidenceHolds(const std::string& join, const Phrases& phrases, const Database& database) {
  Sql sql{"coalesce((SELECT 1 FROM evidence v WHERE " + join + " AND ", {}};
  return sql.Add(database.Holds(Database::kEvidenceWords, "v.number", phrases))
      .Add(" LIMIT 1), 0) = 1");
}

Sql EventWords(const Phrases& phrases, const Database& database) {
  Sql sql;
  if (phrases.empty()) return sql;
  return sql.Add(" AND ").Add(EvidenceHolds("v.event = e.number", phrases, database));
}

Sql EventDays(const Query& query, const std::string& day) {
  Sql sql;
  if (!query.from.empty()) sql.Add(" AND e.day_to >= ?", {Day(query.from, false)});
  if (!query.to.empty()) sql.Add(" AND " + day + " <= ?", {DayNumber(Day(query.to, true))});
  return sql;
}

// A part that begins with FROM and has every condition, and the column that has its days in order.
struct Chosen {
  Sql sql;
  std::string day = "e.day";
};

Chosen Choose(const Query& query, const Phrases& phrases, Database& database, int64_t most) {
  Chosen chosen;
  std::vector<Facet> facets = FacetsOf(query);
  if (!query.event.empty()) {
    chosen.sql.Add(" FROM events e WHERE true").Add(EventConditions(query, facets));
    chosen.sql.Add(EventWords(phrases, database)).Add(EventDays(query, chosen.day));
    chosen.sql.Add(Since(query, "e"));
    return chosen;
  }
  int64_t fewest = most;
  size_t rarest = 0;
  for (size_t i = 0; i < facets.size(); ++i) {
    Sql rows{"SELECT count(*) FROM (SELECT 1 FROM event_facets WHERE facet = ", {}};
    const int64_t found =
        database.Count(rows.Add(FacetId(facets[i])).Add(" LIMIT ?) list", {most}));
    if (found < fewest) fewest = found, rarest = i;
  }
  if (!phrases.empty()) {
    const Sql matching = database.Matching(Database::kEvidenceWords, phrases);
    Sql rows{"SELECT count(*) FROM (", {}};
    if (database.Count(rows.Add(matching).Add(" LIMIT ?) list", {fewest})) < fewest) {
      chosen.sql.Add(" FROM (SELECT DISTINCT event FROM evidence WHERE number IN (")
          .Add(matching)
          .Add(")) f CROSS JOIN events e WHERE e.number = f.event");
      chosen.sql.Add(EventConditions(query, facets)).Add(EventDays(query, chosen.day));
      chosen.sql.Add(Since(query, "e"));
      return chosen;
    }
  }
  if (facets.empty()) {
    chosen.sql.Add(" FROM events e WHERE true");
  } else {
    chosen.day = "f.day";
    // An event_facets row first, then its event: SQLite keeps the order of a CROSS JOIN.
    chosen.sql
        .Add(" FROM event_facets f CROSS JOIN events e WHERE e.number = f.event AND f.facet = ")
        .Add(FacetId(facets[rarest]));
    facets.erase(facets.begin() + static_cast<std::ptrdiff_t>(rarest));
  }
  chosen.sql.Add(EventConditions(query, facets)).Add(EventWords(phrases, database));
  chosen.sql.Add(EventDays(query, chosen.day)).Add(Since(query, "e"));
  return chosen;
}

// The articles `a` that hold the phrases, themselves or in a sentence of their evidence. Where many
// do, a page of them is soon found by going through all in their order.
Sql ArticleWords(const Phrases& phrases, Database& database) {
  const Sql evidence = database.Matching(Database::kEvidenceWords, phrases);
  Sql rows{"SELECT count(*) FROM (", {}};
  const bool few = database.Count(rows.Add(evidence).Add(" LIMIT ?) list", {kFew})) < kFew;
  if (!few && database.FindsOneByOne()) {
    Sql sql{" AND (", {}};
    return sql.Add(database.Holds(Database::kArticleWords, "a.number", phrases))
        .Add(" OR ")
        .Add(EvidenceHolds("v.article = a.id", phrases, database))
        .Add(")");
  }
  Sql sql{" AND (+a.number IN (", {}};
  sql.Add(database.Matching(Database::kArticleWords, phrases));
  if (few) {
    sql.Add(") OR a.id IN (SELECT article FROM evidence WHERE number IN (").Add(evidence);
  } else {
    sql.Add(") OR EXISTS (SELECT 1 FROM evidence v WHERE v.article = a.id AND +v.number IN (")
        .Add(evidence);
  }
  return sql.Add(")))");
}

// What an article `a` must be, but for its words.
Sql ArticleConditions(const Query& query) {
  Sql sql;
  if (!query.lang.empty()) sql.Add(" AND a.lang = ?", {query.lang});
  if (!query.publisher.empty()) sql.Add(" AND a.publisher = ?", {query.publisher});
  return sql;
}

Sql Page(const Query& query) {
  Sql sql;
  const int64_t limit = query.limit < 0 ? std::numeric_limits<int64_t>::max() : query.limit;
  return sql.Add(" LIMIT ? OFFSET ?", {limit, static_cast<int64_t>(std::max(query.offset, 0))});
}

}  // namespace

Result<Phrases> PhrasesOf(const Query& query) {
  if (!query.since.empty() && !MomentOf(query.since)) return NoMoment(query.since);
  return PhrasesOf(query.text);
}

Result<Phrases> PhrasesOf(std::string_view words) {
  Phrases phrases;
  bool quoted = false;
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find_first_of(quoted ? "\"" : "\" \t\r\n", at), words.size());
    if (end > at) {
      if (phrases.size() == kMostWords) {
        return Error{ErrorCode::kInvalidInput, "more than 64 words to look for", ""};
      }
      phrases.emplace_back(words.substr(at, end - at));
    }
    if (end < words.size() && words[end] == '"') quoted = !quoted;
    at = end + 1;
  }
  // Blanks alone are a phrase that nothing holds.
  if (phrases.empty() && !words.empty()) phrases.emplace_back();
  return phrases;
}

Result<std::vector<Sql>> EventsSql(const Query& query, Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  static constexpr char kColumns[] =
      "SELECT e.number, e.id, e.best, (SELECT review FROM reviewed r WHERE r.id = e.id)";
  const Chosen chosen = Choose(query, *phrases, database, kMany);
  const std::string order = " ORDER BY " + chosen.day + ", e.id";
  std::vector<Sql> statements(1, {kColumns, {}});
  statements[0].Add(chosen.sql);
  if (query.from.empty()) {
    statements[0].Add(order);
    return statements;
  }
  const int64_t from = DayNumber(Day(query.from, false));
  statements[0].Add(" AND " + chosen.day + " >= ?", {from}).Add(order);
  // What began before is found among the few that last more than a day.
  Sql before{kColumns, {}};
  before
      .Add(" FROM events e" + database.By("events_spanning") +
               " WHERE e.day_to > e.day_from AND e.day < ?",
           {from})
      .Add(EventConditions(query, FacetsOf(query)))
      .Add(EventWords(*phrases, database))
      .Add(EventDays(query, "e.day"))
      .Add(Since(query, "e"))
      .Add(" ORDER BY e.day, e.id");
  statements.insert(statements.begin(), std::move(before));
  return statements;
}

Result<Sql> AcceptedEventsSql(const Query& query, const Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  // Languages and publishers are the reports', which no correction changes.
  Query reports;
  reports.lang = query.lang;
  reports.publisher = query.publisher;
  reports.event = query.event;
  Sql sql{
      "SELECT e.number, e.id, e.best, e.day, r.review, r.corrected FROM reviewed r"
      " JOIN events e ON e.id = r.id WHERE r.kind = 'event' AND r.accepted = 1",
      {}};
  return sql.Add(EventConditions(reports, FacetsOf(reports)))
      .Add(EventWords(*phrases, database))
      .Add(Since(query, "e"))
      .Add(" AND (r.corrected = 1 OR (true")
      .Add(EventConditions(query, FacetsOf(query)))
      .Add(EventDays(query, "e.day"))
      .Add("))");
}

Result<Sql> BriefsSql(const Query& query, Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  const Chosen chosen = Choose(query, *phrases, database, kAll);
  Sql sql{
      "SELECT e.day_from, e.event_type, e.status, e.quad_category, e.goldstein, e.actors,"
      " e.recipients, e.place",
      {}};
  sql.Add(chosen.sql);
  // Without a limit the order is no matter.
  if (query.limit >= 0) sql.Add(" ORDER BY " + chosen.day + ", e.id").Add(Page(query));
  return sql;
}

Result<Sql> StatementsSql(const Query& query, const Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  Sql sql{
      "SELECT s.record, (SELECT review FROM reviewed r WHERE r.id = s.id)"
      " FROM statements s JOIN articles a ON a.id = s.article WHERE true",
      {}};
  sql.Add(ArticleConditions(query)).Add(Since(query, "s"));
  std::map<std::string, int> parties;
  for (const std::string& code : query.parties) ++parties[code];
  for (const auto& [code, times] : parties) {
    sql.Add(times > 1 ? " AND (s.code = ? AND s.addressee = ?)"
                      : " AND (s.code = ? OR s.addressee = ?)",
            {code, code});
  }
  if (!query.sector.empty()) {
    sql.Add(" AND ").Add(database.Lists("s.record", "source", "sectors", query.sector));
  }
  if (!query.from.empty()) sql.Add(" AND s.day >= ?", {Day(query.from, false)});
  if (!query.to.empty()) sql.Add(" AND s.day != '' AND s.day <= ?", {Day(query.to, true)});
  if (!phrases->empty()) {
    sql.Add(" AND s.number IN (")
        .Add(database.Matching(Database::kStatementWords, *phrases))
        .Add(")");
  }
  return sql.Add(" ORDER BY s.day = '', s.day, s.article, s.ordinal").Add(Page(query));
}

Result<Sql> AcceptedStatementsSql(const Query& query, const Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  Sql sql{
      "SELECT s.record, r.review, a.published FROM reviewed r"
      " JOIN statements s ON s.id = r.id JOIN articles a ON a.id = s.article"
      " WHERE r.kind = 'statement' AND r.accepted = 1",
      {}};
  sql.Add(ArticleConditions(query)).Add(Since(query, "s"));
  if (!phrases->empty()) {
    sql.Add(" AND s.number IN (")
        .Add(database.Matching(Database::kStatementWords, *phrases))
        .Add(")");
  }
  return sql.Add(" ORDER BY s.article, s.ordinal");
}

Result<Sql> ArticlesSql(const Query& query, Database& database) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  // Which they are first, by the index alone where that can be.
  Sql sql;
  sql.Add(
         "SELECT a.record, a.story, (SELECT count(*) FROM evidence WHERE article = a.id)"
         " FROM (SELECT a.number AS number FROM articles a WHERE true")
      .Add(ArticleConditions(query));
  // Lang and publisher are the article's own here.
  Query events = query;
  events.lang = events.publisher = "";
  const Sql conditions = EventConditions(events, FacetsOf(events));
  if (!conditions.text.empty()) {
    sql.Add(
           " AND EXISTS (SELECT 1 FROM evidence v JOIN events e ON e.number = v.event"
           " WHERE v.article = a.id")
        .Add(conditions)
        .Add(")");
  }
  if (!query.from.empty()) sql.Add(" AND a.published >= ?", {Day(query.from, false)});
  if (!query.to.empty()) {
    // A day may go on to a time of day.
    sql.Add(" AND a.published != '' AND a.published <= ?", {Day(query.to, true) + "T~"});
  }
  if (!phrases->empty()) sql.Add(ArticleWords(*phrases, database));
  sql.Add(" ORDER BY a.published DESC, a.id").Add(Page(query));
  return sql.Add(
      ") c CROSS JOIN articles a WHERE a.number = c.number ORDER BY a.published DESC, a.id");
}

bool MatchesEvent(const Query& query, const Json& record) {
  Json actors = record.value("actor", Json::array());
  for (const Json& actor : record.value("recipient", Json::array())) actors.push_back(actor);
  if (!HasParties(query, actors)) return false;
  if (!query.sector.empty() && !HasSector(actors, query.sector)) return false;
  const Json context = record.value("context", Json::array());
  if (!query.context.empty() &&
      std::find(context.begin(), context.end(), query.context) == context.end()) {
    return false;
  }
  if (!query.event_type.empty() && Text(record, "event_type") != query.event_type) return false;
  if (!query.status.empty() && Text(record, "status") != query.status) return false;
  if (query.quad_category != 0 && record.value("quad_category", 0) != query.quad_category) {
    return false;
  }
  if (!query.places.empty() && std::find(query.places.begin(), query.places.end(),
                                         Text(record, "place")) == query.places.end()) {
    return false;
  }
  if (record.value("confidence", 0.0) < query.min_confidence) return false;
  const Json date = record.value("date", Json());
  if (!query.from.empty() && DayOf(date, true) < Day(query.from, false)) return false;
  return query.to.empty() || DayNumber(DayOf(date, false)) <= DayNumber(Day(query.to, true));
}

bool MatchesStatement(const Query& query, const Json& record, const std::string& published) {
  Json sides = Json::array();
  for (const char* name : {"source", "addressee"}) {
    if (record.contains(name) && record[name].is_object()) sides.push_back(record[name]);
  }
  if (!HasParties(query, sides)) return false;
  if (!query.sector.empty() &&
      !HasSector(Json::array({record.value("source", Json())}), query.sector)) {
    return false;
  }
  std::string day = DayOf(record.value("date", Json()), false);
  if (day.empty()) day = Day(published, false);
  if (!query.from.empty() && day < Day(query.from, false)) return false;
  return query.to.empty() || (!day.empty() && day <= Day(query.to, true));
}

}  // namespace kronik
