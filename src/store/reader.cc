#include "store/reader.h"

#include <algorithm>
#include <tuple>

#include "store/days.h"
#include "store/fields.h"
#include "store/query.h"
#include "store/review.h"

namespace kronik {
namespace {

// What of a list a query asks for: from, and up to.
std::pair<size_t, size_t> PageOf(const Query& query, size_t size) {
  const size_t first = std::min(static_cast<size_t>(std::max(query.offset, 0)), size);
  const size_t most = query.limit < 0 ? size : static_cast<size_t>(query.limit);
  return {first, first + std::min(size - first, most)};
}

// How many events' evidence one question asks for.
constexpr size_t kEventsAtOnce = 64;

std::string Repeated(std::string_view text, size_t times) {
  std::string repeated;
  while (times-- > 0) repeated += text;
  return repeated;
}

// What the evidence of an event says of one report.
Json PieceOf(const Json& record, std::string_view story) {
  Json piece;
  for (const char* key : {"id", "article", "input", "trigger", "sentence", "sentence_number",
                          "reported_by", "confidence"}) {
    if (record.contains(key)) piece[key] = record[key];
    if (key == std::string_view("article")) piece["story"] = story;
  }
  return piece;
}

std::vector<std::string> CodesOf(const Json& event, const char* role) {
  std::vector<std::string> codes;
  for (const Json& actor : Part(event, role)) codes.push_back(Text(actor, "code"));
  return codes;
}

}  // namespace

// Events as they are given out: what the best report of each says, and every report of it. At most
// kEventsAtOnce of them.
std::vector<Reader::Whole> Reader::WholeEvents(std::span<const Found> events) {
  static const std::string kEvidence =
      "SELECT v.event, v.number, v.record, a.story, v.article, a.url, a.publisher, a.published,"
      " a.lang FROM evidence v JOIN articles a ON a.id = v.article WHERE v.event IN (?" +
      Repeated(", ?", kEventsAtOnce - 1) +
      ") ORDER BY v.event, v.confidence DESC, v.article, v.ordinal";
  if (events.empty()) return {};
  std::vector<Value> asked(kEventsAtOnce, events.back().number);
  std::map<int64_t, size_t> places;  // by the events' numbers
  for (size_t i = 0; i < events.size(); ++i) {
    asked[i] = events[i].number;
    places[events[i].number] = i;
  }
  std::vector<Whole> whole(events.size());
  std::vector<Json> evidence(events.size());
  PreparedStatement& rows = database_.Ready(kEvidence.c_str());
  rows.Start(asked);
  while (rows.Step()) {
    const size_t place = places.at(rows.Integer(0));
    Json record = Json::parse(rows.Text(2));
    evidence[place].push_back(PieceOf(record, rows.Text(3)));
    if (rows.Integer(1) == events[place].best) whole[place].record = std::move(record);
    const auto [article, first] = whole[place].articles.try_emplace(std::string(rows.Text(4)));
    if (first) {
      article->second = {std::string(rows.Text(5)), std::string(rows.Text(6)),
                         std::string(rows.Text(7)), std::string(rows.Text(8))};
    }
  }
  rows.Stop();
  for (size_t i = 0; i < events.size(); ++i) {
    Json& record = whole[i].record;
    record.erase("chronicle_id");
    record["id"] = events[i].id;
    record["evidence"] = std::move(evidence[i]);
  }
  return whole;
}

bool Reader::VisitAll(std::vector<Found>& events, const Visit& visit) {
  const std::vector<Whole> whole = WholeEvents(events);
  bool goes_on = true;
  for (size_t i = 0; i < whole.size() && goes_on; ++i) {
    goes_on = visit(WithReview(ToLine(whole[i].record), events[i].review), whole[i].articles);
  }
  events.clear();
  return goes_on;
}

Result<void> Reader::ForEachEvent(const Query& query, const Visit& visit) {
  if (query.accepted) return ForEachAccepted(query, visit);
  if (index_.IsRead() && EventIndex::CanTell(query)) {
    const Result<Phrases> phrases = PhrasesOf(query);
    if (!phrases) return phrases.error();
    ForEachIndexed(query, *phrases, visit);
    return {};
  }
  Result<std::vector<Sql>> statements = EventsSql(query, database_);
  if (!statements) return statements.error();
  int skip = std::max(query.offset, 0), left = query.limit;
  std::vector<Found> some;
  for (Sql& sql : *statements) {
    if (query.limit >= 0) sql.Add(" LIMIT ?", {int64_t{left} + skip});
    const auto rows = database_.Started(sql, Database::Use::kManyRows);
    while (left != 0 && rows->Step()) {
      if (skip > 0) {
        --skip;
        continue;
      }
      --left;
      some.push_back({rows->Integer(0), std::string(rows->Text(1)), rows->Integer(2),
                      std::string(rows->Text(3))});
      if (some.size() == kEventsAtOnce && !VisitAll(some, visit)) return {};
    }
  }
  VisitAll(some, visit);
  return {};
}

void Reader::ForEachIndexed(const Query& query, const Phrases& phrases, const Visit& visit) {
  std::vector<int64_t> numbers;
  Indexed(query, phrases, [&](const EventIndex& index, const Query& asked, const auto& marks) {
    numbers = index.Find(asked, marks);
  });
  static const std::string kEvents =
      "SELECT e.number, e.id, e.best, (SELECT review FROM reviewed r WHERE r.id = e.id)"
      " FROM events e WHERE e.number IN (?" +
      Repeated(", ?", kEventsAtOnce - 1) + ")";
  PreparedStatement& rows = database_.Ready(kEvents.c_str());
  for (size_t at = 0; at < numbers.size(); at += kEventsAtOnce) {
    const size_t count = std::min(numbers.size() - at, kEventsAtOnce);
    std::vector<Value> asked(kEventsAtOnce, numbers[at]);
    std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(at), count, asked.begin());
    std::vector<Found> some(count);
    rows.Start(asked);
    while (rows.Step()) {
      const auto place = std::find(asked.begin(), asked.end(), Value(rows.Integer(0)));
      some[static_cast<size_t>(place - asked.begin())] = {
          rows.Integer(0), std::string(rows.Text(1)), rows.Integer(2), std::string(rows.Text(3))};
    }
    rows.Stop();
    if (!VisitAll(some, visit)) return;
  }
}

// Reviewers accept thousands, not millions: these are put in order here, where a corrected record
// has its new place.
Result<void> Reader::ForEachAccepted(const Query& query, const Visit& visit) {
  struct Place {
    int64_t day;
    Found event;
    bool operator<(const Place& other) const {
      return std::tie(day, event.id) < std::tie(other.day, other.event.id);
    }
  };
  const Result<Sql> sql = AcceptedEventsSql(query, database_);
  if (!sql) return sql.error();
  const auto corrected = [this](const Found& event) {
    Whole whole = std::move(WholeEvents({&event, 1}).front());
    Correct("event", Json::parse(event.review), whole.record);
    return whole;
  };
  std::vector<Place> places;
  const auto rows = database_.Started(*sql, Database::Use::kManyRows);
  while (rows->Step()) {
    Place place{rows->Integer(3),
                {rows->Integer(0), std::string(rows->Text(1)), rows->Integer(2),
                 std::string(rows->Text(4))}};
    if (rows->Integer(5) != 0) {
      const Json record = corrected(place.event).record;
      if (!MatchesEvent(query, record)) continue;
      place.day = DayNumber(DayOf(Part(record, "date"), false));
    }
    places.push_back(std::move(place));
  }
  std::sort(places.begin(), places.end());
  const auto [first, last] = PageOf(query, places.size());
  for (size_t i = first; i < last; ++i) {
    const Whole whole = corrected(places[i].event);
    if (!visit(ToLine(whole.record), whole.articles)) break;
  }
  return {};
}

Result<void> Reader::Index(const Query& query, const Count& count) {
  const Result<Phrases> phrases = PhrasesOf(query);
  if (!phrases) return phrases.error();
  if (!EventIndex::CanTell(query)) {
    EventIndex chosen;
    Result<void> done = ForEachBrief(query, [&](const EventBrief& event) { chosen.Add(event); });
    if (done) count(chosen, Query(), std::nullopt);
    return done;
  }
  Indexed(query, *phrases, count);
  return {};
}

void Reader::Indexed(const Query& query, const Phrases& phrases, const Count& count) {
  index_.Refresh(database_);
  std::optional<EventIndex::Marks> marks;
  if (!phrases.empty()) {
    marks.emplace();
    const auto rows = database_.Started(database_.Matching(Database::kEvidenceWords, phrases),
                                        Database::Use::kManyRows);
    while (rows->Step()) index_.Mark(rows->Integer(0), *marks);
  }
  count(index_, query, marks);
}

Result<void> Reader::ForEachBrief(const Query& query,
                                  const std::function<void(const EventBrief&)>& visit) {
  if (query.accepted) {
    return ForEachAccepted(query, [&](std::string_view record, const CitedArticles&) {
      const Json event = Json::parse(record);
      visit({DayOf(Part(event, "date"), false), Text(event, "event_type"), Text(event, "status"),
             static_cast<int>(Number(event, "quad_category")), Number(event, "goldstein"),
             CodesOf(event, "actor"), CodesOf(event, "recipient"), Text(event, "place")});
      return true;
    });
  }
  const Result<Sql> sql = BriefsSql(query, database_);
  if (!sql) return sql.error();
  const auto rows = database_.Started(*sql, Database::Use::kManyRows);
  while (rows->Step()) {
    visit({std::string(rows->Text(0)), std::string(rows->Text(1)), std::string(rows->Text(2)),
           static_cast<int>(rows->Integer(3)), rows->Real(4), LinesOf(rows->Text(5)),
           LinesOf(rows->Text(6)), std::string(rows->Text(7))});
  }
  return {};
}

Result<std::vector<std::string>> Reader::Statements(const Query& query) {
  if (query.accepted) return AcceptedStatements(query);
  const Result<Sql> sql = StatementsSql(query, database_);
  if (!sql) return sql.error();
  std::vector<std::string> records;
  const auto rows = database_.Started(*sql);
  while (rows->Step()) records.push_back(WithReview(rows->Text(0), rows->Text(1)));
  return records;
}

Result<std::vector<std::string>> Reader::AcceptedStatements(const Query& query) {
  const Result<Sql> sql = AcceptedStatementsSql(query, database_);
  if (!sql) return sql.error();
  std::vector<std::pair<std::string, std::string>> found;  // by day
  const auto rows = database_.Started(*sql, Database::Use::kManyRows);
  while (rows->Step()) {
    Json record = Json::parse(rows->Text(0));
    Correct("statement", Json::parse(rows->Text(1)), record);
    const std::string published(rows->Text(2));
    if (!MatchesStatement(query, record, published)) continue;
    std::string day = DayOf(Part(record, "date"), false);
    if (day.empty()) day = Day(published, false);
    found.emplace_back(day.empty() ? "~" : day, ToLine(record));  // the undated come last
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto [first, last] = PageOf(query, found.size());
  std::vector<std::string> records;
  for (size_t i = first; i < last; ++i) records.push_back(std::move(found[i].second));
  return records;
}

std::map<std::string, Json> Reader::Reviews(std::string_view kind) {
  PreparedStatement& rows = database_.Ready("SELECT id, review FROM reviewed WHERE kind = ?");
  const Value values[] = {kind};
  rows.Start(values);
  std::map<std::string, Json> reviews;
  while (rows.Step()) reviews[std::string(rows.Text(0))] = Json::parse(rows.Text(1));
  rows.Stop();
  return reviews;
}

std::optional<Json> Reader::FindEvent(const std::string& id) {
  PreparedStatement& row = database_.Ready("SELECT number, best FROM events WHERE id = ?");
  const Value values[] = {std::string_view(id)};
  row.Start(values);
  const bool found = row.Step();
  const int64_t number = found ? row.Integer(0) : 0, best = found ? row.Integer(1) : 0;
  row.Stop();
  if (!found) return std::nullopt;
  const Found event{number, id, best, ""};
  return std::move(WholeEvents({&event, 1}).front().record);
}

std::optional<std::pair<std::string, Json>> Reader::Find(const std::string& kind,
                                                         const std::string& id) {
  std::pair<std::string, Json> found;
  const auto wanted = [&](std::string_view one) {
    return found.first.empty() && (kind.empty() || kind == one);
  };
  if (wanted("event")) {
    if (std::optional<Json> event = FindEvent(id)) found = {"event", std::move(*event)};
  }
  if (wanted("statement")) {
    for (const std::string& record :
         database_.Texts("SELECT record FROM statements WHERE id = ?", id)) {
      found = {"statement", Json::parse(record)};
    }
  }
  if (wanted("commitment")) {
    for (const std::string& record :
         database_.Texts("SELECT record FROM commitments WHERE id = ?", id)) {
      found = {"commitment", Json::parse(record)};
    }
  }
  if (found.first.empty()) return std::nullopt;
  for (const std::string& review :
       database_.Texts("SELECT review FROM reviewed WHERE id = ?", id)) {
    Correct(found.first, Json::parse(review), found.second);
  }
  return found;
}

}  // namespace kronik
