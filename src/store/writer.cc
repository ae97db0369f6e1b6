#include "store/writer.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <tuple>

#include "store/days.h"
#include "store/fields.h"
#include "store/story.h"

namespace kronik {
namespace {

// The most facets that are kept at hand.
constexpr size_t kMostFacets = 100000;
// How many of the touched events are remembered at least.
constexpr int64_t kMostTouched = 200000;
// How many things one question asks for. Fewer are asked for by repeating the last one.
constexpr size_t kAtOnce = 8;
// For how many seconds what a program reads counts as one reading.
constexpr int64_t kOneReading = 3600;

constexpr const char* kRoles[] = {"actor", "recipient"};

// What can be asked of an event by what its best report says.
std::set<std::pair<std::string, std::string>> FacetsOf(const Json& event) {
  std::set<std::pair<std::string, std::string>> facets;
  const auto add = [&](const char* kind, std::string value) {
    if (!value.empty()) facets.emplace(kind, std::move(value));
  };
  for (const char* role : kRoles) {
    for (const Json& actor : Part(event, role)) {
      std::string code = Text(actor, "code");
      if (facets.contains({"party", code})) add("party_twice", code);
      add("party", std::move(code));
      for (const Json& sector : Part(actor, "sectors")) {
        if (sector.is_string()) add("sector", sector.get<std::string>());
      }
    }
  }
  add("type", Text(event, "event_type"));
  for (const Json& context : Part(event, "context")) {
    if (context.is_string()) add("context", context.get<std::string>());
  }
  return facets;
}

std::set<std::pair<std::string, std::string>> FacetsOfArticle(std::string_view lang,
                                                              std::string_view publisher) {
  std::set<std::pair<std::string, std::string>> facets;
  if (!lang.empty()) facets.emplace("lang", lang);
  if (!publisher.empty()) facets.emplace("publisher", publisher);
  return facets;
}

std::set<std::pair<std::string, std::string>> FacetsOfArticle(const Json& article) {
  return FacetsOfArticle(Text(article, "lang"), Text(article, "publisher"));
}

// The codes of an event's actors or recipients, a line each.
std::string CodesOf(const Json& event, const char* role) {
  std::string codes;
  for (const Json& actor : Part(event, role)) codes += Text(actor, "code") + '\n';
  return codes;
}

// Numbers as a row has them, between blanks.
template <typename Numbers>
std::string Written(const Numbers& numbers) {
  std::string text;
  for (int64_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

std::vector<int64_t> ParsedNumbers(std::string_view text) {
  std::vector<int64_t> numbers;
  for (const char *at = text.data(), *end = at + text.size(); at < end; ++at) {
    at = std::from_chars(at, end, numbers.emplace_back()).ptr;
  }
  return numbers;
}

int64_t FirstDay(const Json& event) { return DayNumber(DayOf(Part(event, "date"), false)); }

}  // namespace

// One report's telling of an event. Of two the better one is chosen by what they say, not by which
// came first, so that the order in which reports are read makes no difference.
struct Writer::Telling {
  double confidence;
  std::string article;
  int64_t ordinal;

  bool Beats(const Telling& other) const {
    return std::tuple(-confidence, std::string_view(article), ordinal) <
           std::tuple(-other.confidence, std::string_view(other.article), other.ordinal);
  }
};

void Writer::Forget() {
  last_known_ = false;
  facets_.clear();
}

int64_t Writer::Next(Table table) {
  if (!last_known_) {
    PreparedStatement& highest = database_.Ready(
        "SELECT (SELECT max(number) FROM articles), (SELECT max(number) FROM events),"
        " (SELECT max(number) FROM evidence), (SELECT max(number) FROM statements),"
        " (SELECT max(id) FROM facets), (SELECT max(number) FROM touched)");
    highest.Start({});
    highest.Step();
    for (int i = 0; i < kTables; ++i) last_[static_cast<size_t>(i)] = highest.Integer(i);
    highest.Stop();
    PreparedStatement& before = database_.Ready(
        "SELECT last_event, last_evidence FROM touched ORDER BY number DESC LIMIT 1");
    before.Start({});
    if (before.Step()) {
      last_[kEvents] = std::max(last_[kEvents], before.Integer(0));
      last_[kEvidence] = std::max(last_[kEvidence], before.Integer(1));
    }
    before.Stop();
    last_known_ = true;
  }
  return ++last_[table];
}

bool Writer::Write(const Report& report, std::string_view source, int64_t now) {
  const std::vector<std::string> known =
      database_.Texts("SELECT fingerprint FROM articles WHERE id = ?", report.id);
  const bool changed = known.empty() || known[0] != report.fingerprint;
  if (changed) {
    ChangeLog changes(database_);
    ChangeLog::RecordMap before;
    std::string cited;
    if (!known.empty()) {
      before = changes.RecordsOf(report.id);
      cited = CitedOf(report.id);
      Remove(report);
      // A page that is again what it once was is taken in. But where one reading has several pages
      // of one address, as an archive may, all stay known: else each would replace the other
      // whenever the archive is read.
      database_.Run("DELETE FROM sources WHERE article = ? AND reading < ?", report.id,
                    Reading(now));
    }
    for (const std::string& address : report.addresses) {
      database_.Run("DELETE FROM fetched WHERE id = ?", address);
    }
    WriteArticle(report, Next(kArticles));
    std::map<std::string, Told> told = Tell(report);
    const std::vector<int64_t> of_article = NameAll(report, told);
    WriteEvents(report, told, of_article);
    WriteStatements(report);
    WriteCommitments(report);
    WriteDeeds(report);
    changes.Note(before, RecordsOf(report, !known.empty()), cited != CitedOf(report.id), now);
  }
  if (!source.empty()) AddSource(source, report, changed && !known.empty(), now);
  return changed;
}

// The number of what is read now: by one program, for an hour at most.
int64_t Writer::Reading(int64_t now) {
  if (reading_ == 0 || now >= reading_until_) {
    reading_ =
        database_.Numbers("SELECT coalesce(max(reading), ?) + 1 FROM sources", int64_t{0})[0];
    reading_until_ = now + kOneReading;
  }
  return reading_;
}

// `anew`: what came from it once, or never, has replaced another report.
void Writer::AddSource(std::string_view source, const Report& report, bool anew, int64_t now) {
  if (anew) database_.Run("DELETE FROM sources WHERE id = ?", source);
  database_.Run(
      "INSERT INTO sources VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
      " SET article = excluded.article, problems = excluded.problems",
      source, report.id, report.problems, Reading(now));
}

// What the rows of its events say of an article itself.
std::string Writer::CitedOf(std::string_view id) {
  PreparedStatement& row =
      database_.Ready("SELECT url, publisher, lang, published FROM articles WHERE id = ?");
  const Value values[] = {id};
  row.Start(values);
  std::string cited;
  if (row.Step()) {
    for (int column = 0; column < 4; ++column) cited += std::string(row.Text(column)) + '\n';
  }
  row.Stop();
  return cited;
}

// Without their lines where there is nothing to compare them with.
ChangeLog::RecordMap Writer::RecordsOf(const Report& report, bool lines) {
  ChangeLog::RecordMap records;
  for (size_t i = 0; i < report.event_ids.size(); ++i) {
    const std::string_view line = lines ? std::string_view(report.events.lines[i]) : "";
    ChangeLog::Add("event", report.event_ids[i], line, records);
  }
  for (const auto& [kind, list] :
       {std::pair("statement", &report.statements), {"commitment", &report.commitments}}) {
    for (size_t i = 0; i < list->lines.size(); ++i) {
      const std::string_view line = lines ? std::string_view(list->lines[i]) : "";
      ChangeLog::Add(kind, Text(list->records[i], "id"), line, records);
    }
  }
  return records;
}

// Takes an article and its records out, but for what other articles report too.
void Writer::Remove(const Report& report) {
  PreparedStatement& row =
      database_.Ready("SELECT number, lang, publisher, story FROM articles WHERE id = ?");
  const Value id[] = {std::string_view(report.id)};
  row.Start(id);
  row.Step();
  const int64_t number = row.Integer(0);
  const std::string lang(row.Text(1)), publisher(row.Text(2)), story(row.Text(3));
  row.Stop();
  const std::vector<int64_t> touched =
      database_.Numbers("SELECT DISTINCT event FROM evidence WHERE article = ?", report.id);
  const std::vector<int64_t> bands = BandsOf(number);
  for (int64_t event : touched) Touch(event);
  RemoveBands(number);
  database_.Run("DELETE FROM articles WHERE id = ?", report.id);
  for (int64_t event : touched) {
    RemoveArticleFacets(event, lang, publisher);
    Refresh(event);
  }
  if (!std::is_permutation(bands.begin(), bands.end(), report.bands.begin(), report.bands.end())) {
    Regroup(story);
  }
}

// Takes an event out of the lists of a language and a publisher, where no report of it has them.
void Writer::RemoveArticleFacets(int64_t event, const std::string& lang,
                                 const std::string& publisher) {
  database_.Run(
      "DELETE FROM event_facets WHERE event = ?1 AND day = (SELECT day FROM events WHERE number = "
      "?1)"
      " AND facet = (SELECT id FROM facets WHERE kind = 'lang' AND value = ?2)"
      " AND NOT EXISTS (SELECT 1 FROM evidence v JOIN articles a ON a.id = v.article"
      "  WHERE v.event = ?1 AND a.lang = ?2)",
      event, lang);
  database_.Run(
      "DELETE FROM event_facets WHERE event = ?1 AND day = (SELECT day FROM events WHERE number = "
      "?1)"
      " AND facet = (SELECT id FROM facets WHERE kind = 'publisher' AND value = ?2)"
      " AND NOT EXISTS (SELECT 1 FROM evidence v JOIN articles a ON a.id = v.article"
      "  WHERE v.event = ?1 AND a.publisher = ?2)",
      event, publisher);
}

// Logs that an event's reports, or the best of them, are others than they were.
void Writer::Touch(int64_t event) {
  const int64_t number = Next(kTouched);
  database_.Run("INSERT INTO touched VALUES (?, ?, ?, ?)", number, event, last_[kEvents],
                last_[kEvidence]);
  if (number % kMostTouched == 0) {
    database_.Run("DELETE FROM touched WHERE number < ?", number - kMostTouched);
  }
}

void Writer::WriteArticle(const Report& report, int64_t number) {
  const Json& article = report.article;
  const std::string title = Text(article, "title");
  database_.Run("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", number, report.id,
                report.fingerprint, Text(article, "url"), Text(article, "publisher"),
                Text(article, "lang"), Text(article, "published"), title,
                JoinStory(report.id, report.bands), report.article_line, Written(report.bands));
  AddBands(number, report.bands);
  database_.AddWords(Database::kArticleWords, number, {title, report.text});
}

// The events that a report tells, by the chronicle's ids.
std::map<std::string, Writer::Told> Writer::Tell(const Report& report) {
  const std::vector<std::string>& ids = report.event_ids;
  const auto telling = [&](size_t i) {
    return Telling{Number(report.events.records[i], "confidence"), report.id,
                   static_cast<int64_t>(i)};
  };
  std::map<std::string, Told> told;
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto [at, fresh] = told.try_emplace(ids[i], Told{0, i, true, true, {}});
    if (!fresh && telling(i).Beats(telling(at->second.best))) at->second.best = i;
  }
  PreparedStatement& standing = database_.Ready(
      "SELECT e.id, e.number, v.confidence, v.article, v.ordinal"
      " FROM events e JOIN evidence v ON v.number = e.best WHERE e.id IN (?, ?, ?, ?, ?, ?, ?, ?)");
  std::vector<std::string_view> asked;
  for (const auto& [id, event] : told) asked.emplace_back(id);
  for (size_t at = 0; at < asked.size(); at += kAtOnce) {
    std::array<Value, kAtOnce> some;
    for (size_t i = 0; i < kAtOnce; ++i) some[i] = asked[std::min(at + i, asked.size() - 1)];
    standing.Start(some);
    while (standing.Step()) {
      Told& event = told[std::string(standing.Text(0))];
      event.number = standing.Integer(1);
      event.is_new = false;
      event.better =
          telling(event.best)
              .Beats({standing.Real(2), std::string(standing.Text(3)), standing.Integer(4)});
    }
    standing.Stop();
  }
  return told;
}

void Writer::WriteEvents(const Report& report, std::map<std::string, Told>& told,
                         const std::vector<int64_t>& of_article) {
  const std::vector<Json>& records = report.events.records;
  std::vector<int64_t> numbers(records.size());
  for (int64_t& number : numbers) number = Next(kEvidence);
  for (auto& [id, event] : told) {
    if (event.is_new) event.number = Next(kEvents);
    const Json& best = records[event.best];
    if (event.better && !event.is_new) Touch(event.number);
    if (event.better) SetBest(event, id, numbers[event.best], best);
    AddFacets(event.number, FirstDay(best), of_article);
  }
  for (size_t i = 0; i < records.size(); ++i) {
    database_.Run("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?)", numbers[i], report.id,
                  static_cast<int64_t>(i), told[report.event_ids[i]].number, Text(records[i], "id"),
                  Number(records[i], "confidence"), report.events.lines[i]);
    database_.AddWords(Database::kEvidenceWords, numbers[i], {report.events.sentences[i]});
  }
}

void Writer::WriteStatements(const Report& report) {
  for (size_t i = 0; i < report.statements.records.size(); ++i) {
    const Json& record = report.statements.records[i];
    const Json& speaker = Part(record, "source");
    std::string day = DayOf(Part(record, "date"), false);
    if (day.empty()) day = Day(Text(report.article, "published"), false);
    const int64_t number = Next(kStatements);
    database_.Run("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", number, report.id,
                  static_cast<int64_t>(i), Text(record, "id"), Text(speaker, "code"),
                  Text(Part(record, "addressee"), "code"), Text(record, "kind"), day,
                  report.statements.lines[i]);
    database_.AddWords(Database::kStatementWords, number, {report.statements.sentences[i]});
  }
}

void Writer::WriteCommitments(const Report& report) {
  for (size_t i = 0; i < report.commitments.records.size(); ++i) {
    const Json& record = report.commitments.records[i];
    const auto ordinal = static_cast<int64_t>(i);
    const Json &made = Part(record, "made"), &term = Part(record, "term");
    database_.Run("INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", report.id,
                  ordinal, Text(record, "id"), Text(record, "kind"), Text(record, "status"),
                  DayOf(made, false), DayOf(made, true), DayOf(term, false), DayOf(term, true),
                  report.commitments.lines[i]);
  }
}

void Writer::WriteDeeds(const Report& report) {
  for (size_t i = 0; i < report.deeds.lines.size(); ++i) {
    database_.Run("INSERT INTO deeds VALUES (?, ?, ?)", report.id, static_cast<int64_t>(i),
                  report.deeds.lines[i]);
  }
}

// Fills the row of an event, and its lists, from its best report.
void Writer::SetBest(const Told& event, const std::string& id, int64_t evidence,
                     const Json& record) {
  if (!event.is_new) RemoveFacets(event.number);
  const Json& date = Part(record, "date");
  database_.Run(
      "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (number) DO UPDATE SET best = excluded.best, event_type = excluded.event_type,"
      " mode = excluded.mode, cameo = excluded.cameo, quad_category = excluded.quad_category,"
      " goldstein = excluded.goldstein, confidence = excluded.confidence,"
      " status = excluded.status, day = excluded.day, day_from = excluded.day_from,"
      " day_to = excluded.day_to, actors = excluded.actors, recipients = excluded.recipients,"
      " facets = excluded.facets, place = excluded.place",
      event.number, id, evidence, Text(record, "event_type"), Text(record, "mode"),
      Text(record, "cameo"), static_cast<int64_t>(Number(record, "quad_category")),
      Number(record, "goldstein"), Number(record, "confidence"), Text(record, "status"),
      FirstDay(record), DayOf(date, false), DayOf(date, true), CodesOf(record, "actor"),
      CodesOf(record, "recipient"), Written(event.facets), Text(record, "place"));
  AddFacets(event.number, FirstDay(record), event.facets);
}

// Takes an event out of the lists that it is in by what its best report says.
void Writer::RemoveFacets(int64_t event) {
  PreparedStatement& row = database_.Ready("SELECT day, facets FROM events WHERE number = ?");
  const Value values[] = {event};
  row.Start(values);
  row.Step();
  const int64_t day = row.Integer(0);
  const std::vector<int64_t> facets = ParsedNumbers(row.Text(1));
  row.Stop();
  for (int64_t facet : facets) {
    database_.Run("DELETE FROM event_facets WHERE facet = ? AND day = ? AND event = ?", facet, day,
                  event);
  }
}

// Makes an event's row from the best report of it, or removes it with the last. Looks at no other
// report: an event may have thousands.
void Writer::Refresh(int64_t number) {
  PreparedStatement& reports = database_.Ready(
      "SELECT v.number, e.best, e.id, v.record FROM evidence v JOIN events e ON e.number = v.event"
      " WHERE v.event = ? ORDER BY v.confidence DESC, v.article, v.ordinal LIMIT 1");
  const Value values[] = {number};
  reports.Start(values);
  if (!reports.Step()) {
    reports.Stop();
    RemoveFacets(number);
    database_.Run("DELETE FROM events WHERE number = ?", number);
    return;
  }
  const int64_t best = reports.Integer(0), before = reports.Integer(1);
  const std::string id(reports.Text(2));
  const Json record = best == before ? Json() : Json::parse(reports.Text(3));
  reports.Stop();
  if (best == before) return;
  SetBest({.number = number, .facets = Named(FacetsOf(record))}, id, best, record);
}

void Writer::AddFacets(int64_t event, int64_t day, const std::vector<int64_t>& facets) {
  std::vector<Value> rows;
  for (int64_t facet : facets) rows.insert(rows.end(), {facet, day, event});
  database_.RunForAll("INSERT INTO event_facets VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows);
}

// The story of an article whose bands are not yet there: that of every article with a band in
// common, named by the first of their ids, so that the order of reading makes no difference.
std::string Writer::JoinStory(const std::string& id, const std::vector<int64_t>& bands) {
  // All that share a band share the story already.
  static constexpr char kStoryOf[] =
      "(SELECT a.story FROM story_bands b JOIN articles a ON a.number = b.article"
      " WHERE b.band = ? LIMIT 1)";
  static const std::string kStories = [] {
    std::string sql = std::string("SELECT ") + kStoryOf;
    for (size_t i = 1; i < kBands; ++i) sql += std::string(", ") + kStoryOf;
    return sql;
  }();
  std::set<std::string> stories{id};
  if (!bands.empty()) {
    PreparedStatement& others = database_.Ready(kStories.c_str());
    others.Start(std::vector<Value>(bands.begin(), bands.end()));
    others.Step();
    for (int i = 0; i < static_cast<int>(kBands); ++i) {
      if (!others.Text(i).empty()) stories.emplace(others.Text(i));
    }
    others.Stop();
  }
  const std::string& first = *stories.begin();
  for (const std::string& story : stories) {
    if (story == first || story == id) continue;
    // One by one: an UPDATE of many rows is a savepoint to SQLite, which makes FTS5 write out what
    // it has gathered.
    for (int64_t article :
         database_.Numbers("SELECT number FROM articles WHERE story = ?", story)) {
      database_.Run("UPDATE articles SET story = ? WHERE number = ?", first, article);
    }
  }
  return first;
}

void Writer::AddBands(int64_t article, const std::vector<int64_t>& bands) {
  std::vector<Value> rows;
  for (int64_t band : bands) rows.insert(rows.end(), {band, article});
  database_.RunForAll("INSERT INTO story_bands VALUES (?, ?) ON CONFLICT DO NOTHING", rows);
}

std::vector<int64_t> Writer::BandsOf(int64_t article) {
  const std::vector<std::string> bands =
      database_.Texts("SELECT bands FROM articles WHERE number = ?", article);
  return bands.empty() ? std::vector<int64_t>() : ParsedNumbers(bands[0]);
}

void Writer::RemoveBands(int64_t article) {
  for (int64_t band : BandsOf(article)) {
    database_.Run("DELETE FROM story_bands WHERE band = ? AND article = ?", band, article);
  }
}

// Puts an article that is there into the story of those that it shares bands with.
void Writer::Rejoin(const Member& member) {
  const std::string story = JoinStory(member.id, member.bands);
  database_.Run("UPDATE articles SET story = ?, bands = ? WHERE number = ?", story,
                Written(member.bands), member.number);
  AddBands(member.number, member.bands);
}

// Finds the stories of what was one story, after an article left it.
void Writer::Regroup(const std::string& story) {
  std::vector<Member> members;
  PreparedStatement& rows = database_.Ready("SELECT number, id FROM articles WHERE story = ?");
  const Value values[] = {std::string_view(story)};
  rows.Start(values);
  while (rows.Step()) members.push_back({rows.Integer(0), std::string(rows.Text(1)), {}});
  rows.Stop();
  for (Member& member : members) {
    member.bands = BandsOf(member.number);
    RemoveBands(member.number);
  }
  for (const Member& member : members) Rejoin(member);
}

void Writer::Rebuild() {
  const auto articles = database_.Prepare("SELECT number, id, record FROM articles");
  articles->Start({});
  while (articles->Step()) {
    const Json record = Json::parse(articles->Text(2));
    Rejoin(
        {articles->Integer(0), std::string(articles->Text(1)), StoryBands(Text(record, "text"))});
  }
  const auto events = database_.Prepare("SELECT number FROM events");
  events->Start({});
  while (events->Step()) Refresh(events->Integer(0));
  const auto evidence = database_.Prepare(
      "SELECT e.number, e.day, a.lang, a.publisher FROM evidence v"
      " JOIN events e ON e.number = v.event JOIN articles a ON a.id = v.article");
  evidence->Start({});
  while (evidence->Step()) {
    AddFacets(evidence->Integer(0), evidence->Integer(1),
              Named(FacetsOfArticle(evidence->Text(2), evidence->Text(3))));
  }
}

// Says what lists the report's events go into; those of the article itself.
std::vector<int64_t> Writer::NameAll(const Report& report, std::map<std::string, Told>& told) {
  if (facets_.size() > kMostFacets) facets_.clear();
  const Facets of_article = FacetsOfArticle(report.article);
  Facets missing;
  AddMissing(of_article, missing);
  std::vector<std::pair<Told*, Facets>> better;
  for (auto& [id, event] : told) {
    if (!event.better) continue;
    better.emplace_back(&event, FacetsOf(report.events.records[event.best]));
    AddMissing(better.back().second, missing);
  }
  Name(missing);
  for (const auto& [event, facets] : better) event->facets = NumbersOf(facets);
  return NumbersOf(of_article);
}

void Writer::AddMissing(const Facets& facets, Facets& missing) const {
  std::copy_if(facets.begin(), facets.end(), std::inserter(missing, missing.end()),
               [&](const Facet& facet) { return !facets_.contains(facet); });
}

// Looks up the numbers of facets that aren't at hand, and gives new ones to those that have none.
void Writer::Name(const Facets& missing) {
  const std::vector<Facet> asked(missing.begin(), missing.end());
  PreparedStatement& rows = database_.Ready(
      "SELECT id, kind, value FROM facets WHERE (kind, value) IN (VALUES (?, ?), (?, ?),"
      " (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?))");
  for (size_t at = 0; at < asked.size(); at += kAtOnce) {
    std::array<Value, 2 * kAtOnce> some;
    for (size_t i = 0; i < kAtOnce; ++i) {
      const auto& [kind, value] = asked[std::min(at + i, asked.size() - 1)];
      some[2 * i] = std::string_view(kind);
      some[2 * i + 1] = std::string_view(value);
    }
    rows.Start(some);
    while (rows.Step()) {
      facets_[{std::string(rows.Text(1)), std::string(rows.Text(2))}] = rows.Integer(0);
    }
    rows.Stop();
  }
  for (const Facet& facet : asked) {
    const auto [at, fresh] = facets_.try_emplace(facet);
    if (!fresh) continue;
    at->second = Next(kFacets);
    database_.Run("INSERT INTO facets (id, kind, value) VALUES (?, ?, ?)", at->second, facet.first,
                  facet.second);
  }
}

std::vector<int64_t> Writer::NumbersOf(const Facets& facets) const {
  std::vector<int64_t> numbers;
  for (const Facet& facet : facets) numbers.push_back(facets_.at(facet));
  return numbers;
}

std::vector<int64_t> Writer::Named(const Facets& facets) {
  Facets missing;
  AddMissing(facets, missing);
  Name(missing);
  return NumbersOf(facets);
}

}  // namespace kronik
