#include "store/query.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace kronik {
namespace {

constexpr size_t kMostWords = 64;
// Lists are counted up to here to find the rarest; beyond, all are long.
constexpr int64_t kMany = 20000;

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
    sql.Add(" AND EXISTS (SELECT 1 FROM event_facets WHERE event = e.number AND facet = ")
        .Add(FacetId(facet))
        .Add(")");
  }
  if (!query.status.empty()) sql.Add(" AND e.status = ?", {query.status});
  if (query.min_confidence > 0) sql.Add(" AND e.confidence >= ?", {query.min_confidence});
  if (!query.event.empty()) sql.Add(" AND e.id = ?", {query.event});
  return sql;
}

Sql EventWords(const std::string& match) {
  Sql sql;
  if (match.empty()) return sql;
  return sql.Add(
      " AND EXISTS (SELECT 1 FROM evidence v WHERE v.event = e.number AND EXISTS"
      " (SELECT 1 FROM evidence_words WHERE evidence_words MATCH ? AND rowid = v.number))",
      {match});
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

Chosen Choose(const Query& query, const std::string& match, const CountRows& count) {
  Chosen chosen;
  std::vector<Facet> facets = FacetsOf(query);
  if (!query.event.empty()) {
    chosen.sql.Add(" FROM events e WHERE 1").Add(EventConditions(query, facets));
    chosen.sql.Add(EventWords(match)).Add(EventDays(query, chosen.day));
    return chosen;
  }
  int64_t fewest = kMany;
  size_t rarest = 0;
  for (size_t i = 0; i < facets.size(); ++i) {
    Sql rows{"SELECT count(*) FROM (SELECT 1 FROM event_facets WHERE facet = ", {}};
    const int64_t found = count(rows.Add(FacetId(facets[i])).Add(" LIMIT ?)", {kMany}));
    if (found < fewest) fewest = found, rarest = i;
  }
  if (!match.empty()) {
    Sql rows{"SELECT count(*) FROM (SELECT 1 FROM evidence_words WHERE evidence_words MATCH ?", {}};
    rows.values.emplace_back(match);
    if (count(rows.Add(" LIMIT ?)", {fewest})) < fewest) {
      chosen.sql.Add(
          " FROM (SELECT DISTINCT event FROM evidence WHERE number IN"
          " (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?)) f"
          " CROSS JOIN events e ON e.number = f.event WHERE 1",
          {match});
      chosen.sql.Add(EventConditions(query, facets)).Add(EventDays(query, chosen.day));
      return chosen;
    }
  }
  if (facets.empty()) {
    chosen.sql.Add(" FROM events e WHERE 1");
  } else {
    chosen.day = "f.day";
    chosen.sql
        .Add(" FROM event_facets f CROSS JOIN events e ON e.number = f.event WHERE f.facet = ")
        .Add(FacetId(facets[rarest]));
    facets.erase(facets.begin() + static_cast<std::ptrdiff_t>(rarest));
  }
  chosen.sql.Add(EventConditions(query, facets)).Add(EventWords(match));
  chosen.sql.Add(EventDays(query, chosen.day));
  return chosen;
}

// The FTS5 expression of the query's words; empty where it has none.
Result<std::string> WordsOf(const Query& query) {
  return query.text.empty() ? Result<std::string>(std::string()) : MatchOf(query.text);
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
  return sql.Add(" LIMIT ? OFFSET ?",
                 {int64_t{query.limit}, static_cast<int64_t>(std::max(query.offset, 0))});
}

}  // namespace

std::string Day(std::string_view date, bool last) {
  if (date.size() >= 10) return std::string(date.substr(0, 10));
  if (date.size() == 7) return std::string(date) + (last ? "-31" : "-01");
  if (date.size() == 4) return std::string(date) + (last ? "-12-31" : "-01-01");
  return "";
}

int64_t DayNumber(std::string_view day) {
  if (day.empty()) return kNoDay;
  int64_t number = 0;
  for (char c : day.substr(0, 10)) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

Result<std::string> MatchOf(std::string_view words) {
  std::string expression;
  size_t count = 0;
  bool phrase = false;
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find_first_of(phrase ? "\"" : "\" \t\r\n", at), words.size());
    if (end > at) {
      if (++count > kMostWords) {
        return Error{ErrorCode::kInvalidInput, "more than 64 words to look for", ""};
      }
      // Only a quote ends an FTS5 string, and there is none in it; a NUL would end the expression.
      std::string term(words.substr(at, end - at));
      std::replace(term.begin(), term.end(), '\0', ' ');
      expression += '"' + term + "\" ";
    }
    if (end < words.size() && words[end] == '"') phrase = !phrase;
    at = end + 1;
  }
  return expression.empty() ? "\"\"" : expression;
}

Result<std::vector<Sql>> EventsSql(const Query& query, const CountRows& count) {
  const Result<std::string> match = WordsOf(query);
  if (!match) return match.error();
  static constexpr char kColumns[] = "SELECT e.number, e.id, e.best";
  const Chosen chosen = Choose(query, *match, count);
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
      .Add(" FROM events e INDEXED BY events_spanning WHERE e.day_to > e.day_from AND e.day < ?",
           {from})
      .Add(EventConditions(query, FacetsOf(query)))
      .Add(EventWords(*match))
      .Add(EventDays(query, "e.day"))
      .Add(" ORDER BY e.day, e.id");
  statements.insert(statements.begin(), std::move(before));
  return statements;
}

Result<Sql> StatsSql(const Query& query, const std::vector<std::string>& by,
                     const CountRows& count) {
  const Result<std::string> match = WordsOf(query);
  if (!match) return match.error();
  struct Dimension {
    const char* name;
    const char* members;  // of the record
    const char* columns;  // what they are grouped by
    bool time;
  };
  static constexpr Dimension kDimensions[] = {
      {"year", "'year', substr(e.day_from, 1, 4)", "substr(e.day_from, 1, 4)", true},
      {"month", "'month', substr(e.day_from, 1, 7)", "substr(e.day_from, 1, 7)", true},
      {"day", "'day', e.day_from", "e.day_from", true},
      {"dyad", "'actor', a.code, 'recipient', coalesce(r.code, '')", "a.code, coalesce(r.code, '')",
       false},
      {"type", "'event_type', e.event_type", "e.event_type", false},
  };
  std::string members, columns, joins;
  bool time = false;
  for (const std::string& name : by) {
    const auto* const found = std::find_if(std::begin(kDimensions), std::end(kDimensions),
                                           [&](const Dimension& d) { return name == d.name; });
    if (found == std::end(kDimensions)) {
      return Error{ErrorCode::kInvalidInput, "counts are by year, month, day, dyad or type", name};
    }
    members += std::string(found->members) + ", ";
    columns += std::string(columns.empty() ? "" : ", ") + found->columns;
    time |= found->time;
    if (name == "dyad") {
      joins =
          " JOIN (SELECT DISTINCT event, code FROM event_actors WHERE role = 'actor') a"
          " ON a.event = e.number"
          " LEFT JOIN (SELECT DISTINCT event, code FROM event_actors WHERE role = 'recipient') r"
          " ON r.event = e.number";
    }
  }
  Sql sql;
  sql.Add("WITH chosen AS (SELECT e.number, e.day_from, e.event_type, e.goldstein")
      .Add(Choose(query, *match, count).sql)
      .Add(") SELECT json_object(" + members +
           "'count', count(*), 'goldstein', round(avg(e.goldstein), 3)) FROM chosen e" + joins);
  if (!columns.empty()) {
    sql.Add(" GROUP BY " + columns + " ORDER BY " + (time ? "" : "count(*) DESC, ") + columns);
  }
  return sql.Add(Page(query));
}

Result<Sql> StatementsSql(const Query& query) {
  const Result<std::string> match = WordsOf(query);
  if (!match) return match.error();
  Sql sql{"SELECT s.record FROM statements s JOIN articles a ON a.id = s.article WHERE 1", {}};
  sql.Add(ArticleConditions(query));
  std::map<std::string, int> parties;
  for (const std::string& code : query.parties) ++parties[code];
  for (const auto& [code, times] : parties) {
    sql.Add(times > 1 ? " AND (s.code = ? AND s.addressee = ?)"
                      : " AND (s.code = ? OR s.addressee = ?)",
            {code, code});
  }
  if (!query.sector.empty()) {
    sql.Add(" AND EXISTS (SELECT 1 FROM json_each(s.record, '$.source.sectors') WHERE value = ?)",
            {query.sector});
  }
  if (!query.from.empty()) sql.Add(" AND s.day >= ?", {Day(query.from, false)});
  if (!query.to.empty()) sql.Add(" AND s.day != '' AND s.day <= ?", {Day(query.to, true)});
  if (!match->empty()) {
    sql.Add(" AND s.number IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)",
            {*match});
  }
  return sql.Add(" ORDER BY s.day = '', s.day, s.article, s.ordinal").Add(Page(query));
}

Result<Sql> ArticlesSql(const Query& query, bool whole) {
  const Result<std::string> match = WordsOf(query);
  if (!match) return match.error();
  Sql sql;
  sql.Add(whole ? "SELECT a.record"
                : "SELECT json_set(json_remove(a.record, '$.text', '$.blocks', '$.residue',"
                  " '$.related'), '$.story', a.story, '$.event_count',"
                  " (SELECT count(*) FROM evidence WHERE article = a.id))")
      .Add(" FROM articles a WHERE 1")
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
  if (!match->empty()) {
    sql.Add(
        " AND (a.number IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
        " OR a.id IN (SELECT article FROM evidence WHERE number IN"
        " (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?)))",
        {*match, *match});
  }
  return sql.Add(" ORDER BY a.published DESC, a.id").Add(Page(query));
}

}  // namespace kronik
