#include "server/api.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <optional>
#include <semaphore>
#include <set>

#include "base/csv.h"
#include "base/hash.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "export/export.h"
#include "record/json.h"
#include "server/feed.h"
#include "server/places.h"
#include "server/query.h"
#include "server/web_files.h"

namespace kronik {
namespace {

constexpr int kMostReaders = 2;      // inputs being read at once
constexpr size_t kMostReports = 50;  // of one event's page
constexpr size_t kMostRelated = 8;   // reports or events beside a page
constexpr int kMostEntries = 100;    // of a feed
constexpr int kMostActors = 40;      // of a network, where no limit is given
constexpr int kMostOfATitle = 20;    // reports that are looked at for the one that a link names

using RecordList = std::vector<std::string>;  // each is JSON already

// ---- JSON --------------------------------------------------------------------------------------

const Json& Part(const Json& record, const char* name) {
  static const Json kNothing;
  auto found = record.find(name);
  return found == record.end() ? kNothing : *found;
}

std::string Text(const Json& record, const char* name) {
  const Json& part = Part(record, name);
  return part.is_string() ? part.get<std::string>() : std::string();
}

Json Parsed(const std::string& record) { return Json::parse(record); }

Json ParsedList(const RecordList& records) {
  Json list = Json::array();
  for (const std::string& record : records) list.push_back(Parsed(record));
  return list;
}

// "[a,b]" of records that are JSON already.
std::string List(const RecordList& records, size_t first, size_t count) {
  std::string list = "[";
  for (size_t i = first; i < records.size() && i - first < count; ++i) {
    if (i > first) list += ',';
    list += records[i];
  }
  return list + "]";
}

Answer Give(const Json& json) { return {.body = ToLine(json)}; }

Answer Fail(const Error& error) {
  const int status = error.code == ErrorCode::kNotFound       ? 404
                     : error.code == ErrorCode::kInvalidInput ? 400
                     : error.code == ErrorCode::kConflict     ? 409
                                                              : 500;
  return Api::Fail(status, error.message);
}

// Texts and lists of texts, by their names.
bool AreFields(const Json& fields) {
  const auto is_text = [](const Json& value) { return value.is_string(); };
  return fields.is_object() && std::all_of(fields.begin(), fields.end(), [&](const Json& value) {
           return value.is_string() ||
                  (value.is_array() && std::all_of(value.begin(), value.end(), is_text));
         });
}

// What a list says of an article.
Json Brief(const Json& article) {
  Json brief;
  for (const char* name :
       {"id", "title", "publisher", "published", "lang", "url", "authors", "place"}) {
    if (article.contains(name)) brief[name] = article[name];
  }
  return brief;
}

std::set<std::string> CodesOf(const Json& event, const char* role) {
  std::set<std::string> codes;
  for (const Json& actor : Part(event, role)) {
    if (std::string code = Text(actor, "code"); !code.empty()) codes.insert(std::move(code));
  }
  return codes;
}

bool Within(const Json& inner, const Json& outer) {
  if (!inner.contains("start") || !outer.contains("start")) return false;
  if (Text(inner, "layer") != Text(outer, "layer")) return false;
  return outer["start"] <= inner["start"] && inner["end"] <= outer["end"];
}

// The day by which events stand beside each other: "2024-05" reads as its first day.
std::optional<std::chrono::sys_days> DayOf(const std::string& date) {
  if (date.size() < 4) return std::nullopt;
  auto number = [&](size_t at, size_t count, int otherwise) {
    return date.size() >= at + count ? std::atoi(date.substr(at, count).c_str()) : otherwise;
  };
  const std::chrono::year_month_day day(std::chrono::year(number(0, 4, 1)),
                                        std::chrono::month(unsigned(number(5, 2, 1))),
                                        std::chrono::day(unsigned(number(8, 2, 1))));
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days(day);
}

std::string DateText(std::chrono::sys_days days) {
  const std::chrono::year_month_day day(days);
  char text[32];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", int(day.year()), unsigned(day.month()),
                unsigned(day.day()));
  return text;
}

// What CLDR calls a country, given by its ISO 3166-1 alpha-3 code; empty for other codes.
std::string CldrName(const std::string& code, const std::string& lang) {
  static const auto* const kRegions = [] {
    auto* regions = new std::map<std::string, std::string>;
    for (const char* const* region = icu::Locale::getISOCountries(); *region != nullptr; ++region) {
      (*regions)[icu::Locale("", *region).getISO3Country()] = *region;
    }
    return regions;
  }();
  auto region = kRegions->find(code);
  if (region == kRegions->end()) return "";
  icu::UnicodeString name;
  std::string utf8;
  icu::Locale("", region->second.c_str()).getDisplayCountry(icu::Locale(lang.c_str()), name);
  return name.toUTF8String(utf8);
}

bool HasWords(const std::string& text, const std::string& lower_case) {
  return LowerCase(text).find(lower_case) != std::string::npos;
}

// ---- tables ------------------------------------------------------------------------------------

// A line of a CSV file that a spreadsheet may open.
std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    line += (i > 0 ? "," : "") + CsvCell(SafeCell(cells[i]));
  }
  return line + "\r\n";
}

std::string PartiesOf(const Json& commitment, bool bound) {
  std::string names;
  for (const Json& party : Part(commitment, "parties")) {
    if ((Text(party, "role") == "bound") != bound) continue;
    const Json& actor = Part(party, "actor");
    std::string name = Text(actor, "code");
    if (name.empty()) name = Text(actor, "name");
    names += (names.empty() ? "" : "; ") + name;
  }
  return names;
}

std::string CommitmentRow(const Json& record) {
  const Json& evidence = Part(record, "evidence");
  return CsvLine({Text(record, "id"), Text(Part(record, "made"), "from"), Text(record, "kind"),
                  Text(record, "status"), PartiesOf(record, true), PartiesOf(record, false),
                  Text(record, "instrument"), Text(Part(record, "subject"), "text"),
                  Text(Part(record, "term"), "from"), Text(Part(record, "term"), "to"),
                  evidence.empty() ? "" : Text(Part(evidence[0], "sentence"), "text"),
                  Text(record, "article"), Text(Part(record, "review"), "verdict")});
}

std::string ArticleRow(const Json& record) {
  return CsvLine({Text(record, "id"), Text(record, "published"), Text(record, "title"),
                  Text(record, "publisher"), Text(record, "lang"), Text(record, "place"),
                  Text(record, "url"), ToLine(Part(record, "event_count"))});
}

// Sums of events under one name.
struct Tally {
  int64_t events = 0;
  double goldstein = 0;
  std::array<int64_t, 5> quads = {};

  void Add(const EventPlaces::Sum& sum) {
    events += sum.events;
    goldstein += sum.goldstein * static_cast<double>(sum.events);
    for (size_t quad = 0; quad < quads.size(); ++quad) quads[quad] += sum.quads[quad];
  }
};

Json QuadCounts(const std::array<int64_t, 5>& quads) {
  Json counts;
  for (size_t quad = 1; quad <= 4; ++quad) counts[std::to_string(quad)] = quads[quad];
  return counts;
}

// Those of most events first.
template <typename Describe>
Json Sorted(const std::map<std::string, Tally>& tallies, const Describe& describe) {
  std::vector<const std::pair<const std::string, Tally>*> order;
  for (const auto& tally : tallies) order.push_back(&tally);
  std::stable_sort(order.begin(), order.end(), [](const auto* one, const auto* other) {
    return one->second.events > other->second.events;
  });
  Json list = Json::array();
  for (const auto* entry : order) {
    const Tally& tally = entry->second;
    Json record = describe(entry->first);
    record["events"] = tally.events;
    record["goldstein"] = tally.goldstein / static_cast<double>(tally.events);
    record["quad_category"] = QuadCounts(tally.quads);
    list.push_back(std::move(record));
  }
  return list;
}

struct Table {
  const char* name;
  std::string header;
  std::string (*row)(const Json&);
};

std::string ReviewRow(const Json& entry) {
  const Json& fields = Part(entry, "fields");
  return CsvLine({Text(entry, "at"), Text(entry, "reviewer"), Text(entry, "verdict"),
                  Text(entry, "kind"), Text(entry, "id"), fields.is_null() ? "" : ToLine(fields),
                  Text(entry, "note"), entry.contains("orphaned") ? "true" : "false"});
}

const Table& TableOf(std::string_view name) {
  static const Table kReviews{
      "reviews", CsvLine({"at", "reviewer", "verdict", "kind", "id", "fields", "note", "orphaned"}),
      ReviewRow};
  static const Table kCommitments{
      "commitments",
      CsvLine({"id", "made", "kind", "status", "bound", "toward", "instrument", "subject",
               "term_from", "term_to", "sentence", "article", "review"}),
      CommitmentRow};
  static const Table kArticles{
      "articles",
      CsvLine({"id", "published", "title", "publisher", "lang", "place", "url", "event_count"}),
      ArticleRow};
  for (const Table* table : {&kArticles, &kReviews}) {
    if (table->name == name) return *table;
  }
  return kCommitments;
}

Answer File(std::string body, const std::string& name, AnswerFormat format) {
  const bool csv = format == AnswerFormat::kCsv;
  return {.type = csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
          .body = std::move(body),
          .file = "kronik-" + name + (csv ? ".csv" : ".jsonl")};
}

std::string Lines(const RecordList& records, size_t first, size_t count) {
  std::string lines;
  for (size_t i = first; i < records.size() && i - first < count; ++i) lines += records[i] + "\n";
  return lines;
}

}  // namespace

// ---- the answers -------------------------------------------------------------------------------

class Api::Impl {
 public:
  Impl(Store& store, const Pipeline& pipeline, ApiOptions options, Exporter csv, ReviewRules rules,
       PlaceTable places)
      : store_(store),
        pipeline_(pipeline),
        options_(options),
        csv_(std::move(csv)),
        rules_(std::move(rules)),
        places_(std::move(places)) {}

  // A row has a country's dependencies too: its own name is the one that CLDR gives it, unless the
  // user's table has other forms.
  Result<void> LoadNames(const Resources& resources) {
    auto table =
        Tsv::Load(resources, "data/actors/countries.tsv", {"code", "lang", "kind", "forms"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      if (row[2] != "name") continue;
      const std::vector<std::string_view> forms = SplitCell(row[3]);
      const std::string code(row[0]), lang(row[1]);
      if (forms.empty() || names_[lang].contains(code)) continue;
      const std::string name = CldrName(code, lang);
      const bool known = std::find(forms.begin(), forms.end(), name) != forms.end();
      names_[lang][code] = known ? name : forms.front();
    }
    return {};
  }

  Answer Get(const std::string& path, const Parameters& parameters, const std::string& base) const {
    struct Route {
      std::string_view path;
      bool below;  // an id follows
      std::string_view parameters;
      Answer (Impl::*answer)(const Filter&, const std::string& id, const std::string& base) const;
    };
    static constexpr Route kRoutes[] = {
        {"/api/articles", false, " q lang from to limit offset format ", &Impl::Articles},
        {"/api/articles/", true, " ", &Impl::Article},
        {"/api/events", false,
         " party from to type status quad q place accepted since id limit offset format ",
         &Impl::Events},
        {"/api/events/", true, " ", &Impl::Event},
        {"/api/facets", false, " party from to type status quad q place accepted ", &Impl::Facets},
        {"/api/network", false, " party from to type status quad q place accepted limit ",
         &Impl::Network},
        {"/api/places", false, " party from to type status quad q place accepted ", &Impl::Places},
        {"/api/commitments", false, " party from to status kind q accepted limit offset format ",
         &Impl::Commitments},
        {"/api/reviews", false, " id orphaned limit offset format ", &Impl::Reviews},
        {"/api/ontology", false, " ", &Impl::Ontology},
        {"/api/feed", false, " party ", &Impl::Feed},
        {"/api/names", false, " lang ", &Impl::Names},
        {"/api/openapi.yaml", false, " ", &Impl::Description},
    };
    for (const Route& route : kRoutes) {
      const bool below = route.below && path.starts_with(route.path);
      if (!below && path != route.path) continue;
      Result<Filter> query = ReadQuery(parameters, route.parameters);
      if (!query) return kronik::Fail(query.error());
      return (this->*route.answer)(*query, below ? path.substr(route.path.size()) : "", base);
    }
    return Api::Fail(404, "nothing here");
  }

  Answer Review(const std::string& body) const {
    const Json given = Json::parse(body, nullptr, false);
    if (!given.is_object()) return Api::Fail(400, "a review is a JSON object");
    kronik::Review review;
    const std::map<std::string_view, std::string*> members = {
        {"kind", &review.kind},         {"id", &review.id},     {"verdict", &review.verdict},
        {"reviewer", &review.reviewer}, {"note", &review.note}, {"fields", &review.fields}};
    for (const auto& [name, value] : given.items()) {
      const auto member = members.find(name);
      // What nests deeper would be written by deep recursion.
      if (member == members.end() || !(name == "fields" ? AreFields(value) : value.is_string())) {
        return Api::Fail(400, "can't read the review's '" + name.substr(0, 40) + "'");
      }
      *member->second = name == "fields" ? ToLine(value) : value.get<std::string>();
    }
    auto entry = store_.AddReview(review, rules_);
    if (!entry) return kronik::Fail(entry.error());
    return {.status = 201, .body = "{\"review\":" + *entry + "}"};
  }

  Answer Read(std::string bytes, const Parameters& parameters) const {
    Result<Filter> query = ReadQuery(parameters, " kind lang date url ");
    if (!query) return kronik::Fail(query.error());
    static const std::map<std::string_view, InputKind> kKinds = {{"", InputKind::kUnknown},
                                                                 {"html", InputKind::kHtml},
                                                                 {"raw", InputKind::kRaw},
                                                                 {"text", InputKind::kText}};
    auto kind = kKinds.find(query->kind);
    if (kind == kKinds.end()) return Api::Fail(400, "kind is html, raw or text");
    if (!readers_.try_acquire()) return Api::Fail(503, "busy reading other reports: try again");
    struct Release {
      std::counting_semaphore<kMostReaders>& readers;
      ~Release() { readers.release(); }
    } release{readers_};

    Input input;
    input.name = "pasted";
    input.bytes = std::move(bytes);
    input.kind = kind->second;
    input.url = query->url;
    input.lang = query->lang;
    input.date = query->date;
    Document document(std::move(input));
    Workspace workspace;
    pipeline_.Run(document, workspace);
    if (document.article.id.empty()) {
      return Api::Fail(422, document.problems.empty() ? "the input holds no report"
                                                      : document.problems[0].message);
    }
    const Records records(document);
    Json answer{{"article", records.ArticleRecord()},
                {"events", Json::array()},
                {"statements", Json::array()},
                {"commitments", Json::array()},
                {"problems", Json::array()}};
    for (const auto& one : document.events) {
      answer["events"].push_back(records.EventRecord(one));
    }
    for (const auto& one : document.statements) {
      answer["statements"].push_back(records.StatementRecord(one));
    }
    for (const auto& one : document.commitments) {
      answer["commitments"].push_back(records.CommitmentRecord(one));
    }
    for (const Error& problem : document.problems) answer["problems"].push_back(problem.message);
    return Give(answer);
  }

 private:
  // Events that the question asks for; `more` if there are others after them.
  struct Found {
    RecordList records;
    bool more = false;
  };

  // The question to the chronicle, which knows places by the words of reports alone.
  Query Asked(const Filter& query) const {
    Query ask = query.ForStore();
    if (query.place.empty()) return ask;
    ask.places.push_back(query.place);
    const PlaceTable::Place* wanted = places_.Find(query.place);
    const auto all = store_.Places({});
    for (size_t i = 0; all && i < all->places.size(); ++i) {
      const std::string& words = all->places[i].name;
      const PlaceTable::Place* place = places_.Find(words);
      if (place == nullptr) continue;
      const bool same = wanted != nullptr && !wanted->name.empty() && place->name == wanted->name &&
                        place->country == wanted->country;
      const bool inside =
          place->country == query.place ||
          (wanted != nullptr && wanted->name.empty() && place->country == wanted->country);
      if (same || inside) ask.places.push_back(words);
    }
    return ask;
  }

  Result<Found> Find(const Filter& query) const {
    auto events = store_.Events(Asked(query));
    if (!events) return events.error();
    Found found{std::move(*events), false};
    if (found.records.size() > static_cast<size_t>(query.limit)) {
      found.records.resize(static_cast<size_t>(query.limit));
      found.more = true;
    }
    return found;
  }

  // The event in a list of one, or nothing.
  Result<RecordList> FindEvent(const std::string& id) const {
    Query query;
    query.event = id;
    return store_.Events(query);
  }

  Answer Events(const Filter& query, const std::string&, const std::string&) const {
    if (query.format == AnswerFormat::kCsv) return EventTable(query);
    auto found = Find(query);
    if (!found) return kronik::Fail(found.error());
    if (query.format == AnswerFormat::kJson) {
      return {.body = "{\"events\":" + List(found->records, 0, found->records.size()) +
                      ",\"more\":" + (found->more ? "true}" : "false}")};
    }
    return File(Lines(found->records, 0, found->records.size()), "events", query.format);
  }

  Answer EventTable(const Filter& query) const {
    Query ask = Asked(query);
    ask.limit = query.limit;
    std::string table = csv_.Header();
    const auto done =
        store_.ForEachEvent(ask, [&](std::string_view record, const CitedArticles& articles) {
          table += csv_.Rows(Json::parse(record), articles);
          return true;
        });
    if (!done) return kronik::Fail(done.error());
    return File(std::move(table), "events", query.format);
  }

  // A page, or a file, of records that the store gives whole.
  static Answer Page(const char* name, const RecordList& records, const Filter& query) {
    const size_t first = static_cast<size_t>(query.offset),
                 count = static_cast<size_t>(query.limit);
    if (query.format == AnswerFormat::kJsonl) {
      return File(Lines(records, first, count), name, query.format);
    }
    if (query.format == AnswerFormat::kCsv) {
      std::string table = TableOf(name).header;
      for (size_t i = first; i < records.size() && i - first < count; ++i) {
        table += TableOf(name).row(Parsed(records[i]));
      }
      return File(std::move(table), name, query.format);
    }
    const bool more = records.size() > first && records.size() - first > count;
    return {.body = "{\"" + std::string(name) + "\":" + List(records, first, count) +
                    ",\"more\":" + (more ? "true}" : "false}")};
  }

  Answer Commitments(const Filter& query, const std::string&, const std::string&) const {
    auto ledger = store_.Ledger(
        {.parties = query.parties, .from = query.from, .to = query.to, .accepted = query.accepted});
    if (!ledger) return kronik::Fail(ledger.error());
    const std::string words = LowerCase(query.text);
    if (!query.status.empty() || !query.kind.empty() || !words.empty()) {
      std::erase_if(*ledger, [&](const std::string& record) {
        const Json commitment = Parsed(record);
        if (!query.status.empty() && Text(commitment, "status") != query.status) return true;
        if (!query.kind.empty() && Text(commitment, "kind") != query.kind) return true;
        if (words.empty()) return false;
        for (const Json& piece : Part(commitment, "evidence")) {
          if (HasWords(Text(Part(piece, "sentence"), "text"), words)) return false;
        }
        return true;
      });
    }
    return Page("commitments", *ledger, query);
  }

  Answer Articles(const Filter& query, const std::string&, const std::string&) const {
    auto articles = store_.Articles(false, query.ForStore());
    if (!articles) return kronik::Fail(articles.error());
    if (!options_.whole_articles) {
      for (std::string& record : *articles) record = ToLine(Bare(Parsed(record)));
    }
    Filter page = query;
    page.offset = 0;  // the chronicle has left out those before
    return Page("articles", *articles, page);
  }

  // An article without its words: the title names it, the records cite it.
  static Json Bare(Json article) {
    for (const char* name : {"text", "blocks", "residue", "captions", "deck"}) article.erase(name);
    return article;
  }

  Answer Article(const Filter&, const std::string& id, const std::string&) const {
    auto article = store_.FindArticle(id);
    if (!article) return kronik::Fail(article.error());
    Json answer{{"article", Parsed(*article)}};
    for (auto [name, records] : {std::pair{"events", store_.EventsOf(id)},
                                 {"statements", store_.StatementsOf(id)},
                                 {"commitments", store_.CommitmentsOf(id)}}) {
      if (!records) return kronik::Fail(records.error());
      answer[name] = ParsedList(*records);
    }
    answer["links"] = Links(answer["article"]);
    std::set<std::string> own;
    for (const Json& event : answer["events"]) own.insert(Text(event, "chronicle_id"));
    answer["reports"] = ReportsOfSame(own, id);
    answer["nearby"] = Nearby(answer["events"], own);
    if (!options_.whole_articles) answer["article"] = Bare(std::move(answer["article"]));
    return Give(answer);
  }

  // The links of an article to other reports, with the id of those that the chronicle has.
  Json Links(const Json& article) const {
    Json links = Json::array();
    for (const Json& link : Part(article, "related")) {
      Json resolved = link;
      std::string url = Text(link, "url");
      url = url.substr(0, url.find('#'));
      std::string id = url.empty() ? "" : HashId({url});
      if (id.empty() || !store_.FindArticle(id)) id = ByTitle(Text(link, "text"));
      if (!id.empty() && id != Text(article, "id")) resolved["article"] = id;
      links.push_back(std::move(resolved));
    }
    return links;
  }

  // The id of the report of that title, or empty.
  std::string ByTitle(const std::string& title) const {
    const std::string key = LettersAndDigits(title);
    if (key.empty()) return "";
    Query query;
    query.text = title;
    std::replace(query.text.begin(), query.text.end(), '"', ' ');
    query.text = '"' + query.text + '"';
    query.limit = kMostOfATitle;
    auto articles = store_.Articles(false, query);
    if (!articles) return "";
    for (const std::string& record : *articles) {
      const Json article = Parsed(record);
      if (LettersAndDigits(Text(article, "title")) == key) return Text(article, "id");
    }
    return "";
  }

  // The other reports of the same events, those of most of them first.
  Json ReportsOfSame(const std::set<std::string>& events, const std::string& id) const {
    std::map<std::string, int> shared;
    for (const std::string& event : events) {
      auto records = FindEvent(event);
      if (!records || records->empty()) continue;
      const Json found = Parsed(records->front());
      std::set<std::string> articles;
      for (const Json& piece : Part(found, "evidence")) articles.insert(Text(piece, "article"));
      for (const std::string& article : articles) shared[article] += article != id;
    }
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [article, count] : shared) {
      if (count > 0) order.emplace_back(-count, article);
    }
    std::sort(order.begin(), order.end());
    Json reports = Json::array();
    for (const auto& [count, article] : order) {
      if (reports.size() == kMostRelated) break;
      auto record = store_.FindArticle(article);
      if (record) reports.push_back(Brief(Parsed(*record)));
    }
    return reports;
  }

  // Events of the parties of `events` in the month around them, but `own`.
  Json Nearby(const Json& events, const std::set<std::string>& own) const {
    std::map<std::pair<std::string, std::string>, int> dyads;
    std::string first, last;
    for (const Json& event : events) {
      const std::string day = Text(Part(event, "date"), "from");
      if (!day.empty() && (first.empty() || day < first)) first = day;
      last = std::max(last, day);
      for (const std::string& a : CodesOf(event, "actor")) {
        for (const std::string& b : CodesOf(event, "recipient")) {
          if (a != b) ++dyads[std::minmax(a, b)];
        }
      }
    }
    Json nearby = Json::array();
    const auto from = DayOf(first), to = DayOf(last);
    if (dyads.empty() || !from || !to) return nearby;
    const auto most = std::max_element(dyads.begin(), dyads.end(), [](auto& one, auto& other) {
      return one.second < other.second;
    });
    Query query;
    query.parties = {most->first.first, most->first.second};
    query.from = DateText(*from - std::chrono::days(30));
    query.to = DateText(*to + std::chrono::days(30));
    query.limit = static_cast<int>(kMostRelated + own.size());
    auto found = store_.Events(query);
    if (!found) return nearby;
    for (const std::string& record : *found) {
      Json event = Parsed(record);
      if (own.contains(Text(event, "id")) || nearby.size() == kMostRelated) continue;
      nearby.push_back(std::move(event));
    }
    return nearby;
  }

  Answer Event(const Filter&, const std::string& id, const std::string&) const {
    auto records = FindEvent(id);
    if (!records) return kronik::Fail(records.error());
    if (id.empty() || records->empty()) return Api::Fail(404, "no such event");
    Json event = Parsed(records->front());
    Json reports = Json::array();
    for (const Json& piece : Part(event, "evidence")) {
      if (reports.size() == kMostReports) break;
      auto report = ReportOf(piece);
      if (!report) return kronik::Fail(report.error());
      reports.push_back(std::move(*report));
    }
    Json answer{{"event", event}, {"reports", std::move(reports)}};
    answer["nearby"] = Nearby(Json::array({event}), {id});
    return Give(answer);
  }

  // A piece of evidence with all that its article says about it.
  Result<Json> ReportOf(const Json& piece) const {
    const std::string id = Text(piece, "article");
    auto record = store_.FindArticle(id);
    if (!record) return record.error();
    const Json article = Parsed(*record);
    Json report{{"article", Brief(article)}, {"record", piece}};
    auto events = store_.EventsOf(id);
    auto statements = store_.StatementsOf(id);
    if (!events) return events.error();
    if (!statements) return statements.error();
    for (const std::string& text : *events) {
      Json event = Parsed(text);
      if (Text(event, "id") == Text(piece, "id")) report["record"] = std::move(event);
    }
    Json& said = report["statements"] = Json::array();
    for (const std::string& text : *statements) {
      Json statement = Parsed(text);
      const Json& content = Part(statement, "content");
      if (std::any_of(content.begin(), content.end(),
                      [&](const Json& span) { return Within(Part(piece, "trigger"), span); })) {
        said.push_back(std::move(statement));
      }
    }
    const Json& sentence = Part(piece, "sentence");
    if (!options_.whole_articles || !sentence.contains("start")) return report;
    size_t start = 0;
    for (const Json& block : Part(article, "blocks")) {
      const std::string text = Text(block, "text");
      const size_t size = CodePointIndex(text).At(static_cast<uint32_t>(text.size()));
      if (sentence["start"] >= start && sentence["start"] < start + size) {
        report["paragraph"] = {{"text", text}, {"start", start}};
        break;
      }
      start += size + 2;  // blocks are joined by an empty line
    }
    return report;
  }

  Answer Facets(const Filter& query, const std::string&, const std::string&) const {
    const auto counts = store_.Count(Asked(query));
    if (!counts) return kronik::Fail(counts.error());
    return Give({{"total", counts->total},
                 {"first", counts->first},
                 {"last", counts->last},
                 {"event_type", counts->types},
                 {"status", counts->statuses},
                 {"quad_category", ByText(counts->quads)},
                 {"actor", counts->codes}});
  }

  static std::map<std::string, int64_t> ByText(const std::map<int, int64_t>& counts) {
    std::map<std::string, int64_t> by_text;
    for (const auto& [number, count] : counts) by_text[std::to_string(number)] = count;
    return by_text;
  }

  Answer Network(const Filter& query, const std::string&, const std::string&) const {
    const int most = query.limit == kMostRecords ? kMostActors : query.limit;
    const auto network = store_.Network(Asked(query), static_cast<size_t>(most));
    if (!network) return kronik::Fail(network.error());
    Json answer{{"actors", Json::array()}, {"ties", Json::array()}};
    for (const EventNetwork::Actor& actor : network->actors) {
      answer["actors"].push_back({{"code", actor.code}, {"events", actor.events}});
    }
    for (const EventNetwork::Tie& tie : network->ties) {
      answer["ties"].push_back({{"a", tie.a},
                                {"b", tie.b},
                                {"events", tie.events},
                                {"goldstein", tie.goldstein},
                                {"quad_category", QuadCounts(tie.quads)}});
    }
    return Give(answer);
  }

  Answer Places(const Filter& query, const std::string&, const std::string&) const {
    const auto found = store_.Places(Asked(query));
    if (!found) return kronik::Fail(found.error());
    std::map<std::string, Tally> parties, countries, places;
    std::map<std::string, const PlaceTable::Place*> known;
    int64_t unplaced = 0;
    for (const EventPlaces::Sum& sum : found->parties) {
      if (!sum.name.empty()) parties[sum.name].Add(sum);
    }
    for (const EventPlaces::Sum& sum : found->places) {
      const PlaceTable::Place* place = places_.Find(sum.name);
      if (place == nullptr) {
        unplaced += sum.events;
        continue;
      }
      countries[place->country].Add(sum);
      if (!place->at) continue;
      const std::string key = place->name + "\n" + place->country;
      known[key] = place;
      places[key].Add(sum);
    }
    const auto by_code = [](const std::string& code) { return Json{{"code", code}}; };
    return Give({{"parties", Sorted(parties, by_code)},
                 {"countries", Sorted(countries, by_code)},
                 {"places", Sorted(places,
                                   [&](const std::string& key) {
                                     const PlaceTable::Place& place = *known[key];
                                     return Json{{"name", place.name},
                                                 {"country", place.country},
                                                 {"latitude", place.at->first},
                                                 {"longitude", place.at->second}};
                                   })},
                 {"unplaced", unplaced}});
  }

  Answer Feed(const Filter& query, const std::string&, const std::string& base) const {
    if (query.parties.empty()) return Api::Fail(400, "a feed needs one party or two");
    // The last ones.
    Query ask = query.ForStore();
    const auto counts = store_.Count(ask);
    if (!counts) return kronik::Fail(counts.error());
    ask.limit = kMostEntries;
    ask.offset = static_cast<int>(std::max<int64_t>(counts->total - kMostEntries, 0));
    auto events = store_.Events(ask);
    if (!events) return kronik::Fail(events.error());
    std::string title = "kronik: ", own;
    for (const std::string& party : query.parties) {
      title += (own.empty() ? "" : " – ") + party;
      own += (own.empty() ? "party=" : "&party=") + party;
    }
    return {.type = "application/atom+xml; charset=utf-8",
            .body = AtomFeed(*events, title, base, own)};
  }

  Answer Reviews(const Filter& query, const std::string&, const std::string&) const {
    auto log = store_.Reviews({.id = query.id,
                               .orphaned = query.orphaned,
                               .limit = query.limit + 1,
                               .offset = query.offset});
    if (!log) return kronik::Fail(log.error());
    Filter page = query;
    page.offset = 0;
    return Page("reviews", *log, page);
  }

  // What a correction may choose from.
  Answer Ontology(const Filter&, const std::string&, const std::string&) const {
    return {.body = rules_.Choices()};
  }

  // What countries are called in a language, by the data that kronik reads with.
  Answer Names(const Filter& query, const std::string&, const std::string&) const {
    auto names = names_.find(query.lang.empty() ? "en" : query.lang);
    return Give({{"names", names == names_.end() ? Json::object() : Json(names->second)}});
  }

  Answer Description(const Filter&, const std::string&, const std::string&) const {
    return {.type = "application/yaml; charset=utf-8", .body = std::string(OpenApi())};
  }

  Store& store_;
  const Pipeline& pipeline_;
  const ApiOptions options_;
  const Exporter csv_;
  const ReviewRules rules_;
  const PlaceTable places_;
  std::map<std::string, std::map<std::string, std::string>> names_;  // by language, by code
  mutable std::counting_semaphore<kMostReaders> readers_{kMostReaders};
};

Api::Api(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Api::~Api() = default;

Result<std::unique_ptr<Api>> Api::Load(Store& store, const Resources& resources,
                                       const Pipeline& pipeline, ApiOptions options) {
  // Browsers hand such files to a spreadsheet.
  Result<Exporter> csv = Exporter::Load(resources, ExportFormat::kCsv, {.safe_cells = true});
  if (!csv) return csv.error();
  Result<ReviewRules> rules = ReviewRules::Load(resources);
  if (!rules) return rules.error();
  Result<PlaceTable> places = PlaceTable::Load(resources);
  if (!places) return places.error();
  auto impl = std::make_unique<Impl>(store, pipeline, options, std::move(*csv), std::move(*rules),
                                     std::move(*places));
  if (Result<void> loaded = impl->LoadNames(resources); !loaded) return loaded.error();
  return std::unique_ptr<Api>(new Api(std::move(impl)));
}

Answer Api::Get(const std::string& path, const Parameters& parameters,
                const std::string& base) const {
  return impl_->Get(path, parameters, base);
}

Answer Api::Read(std::string bytes, const Parameters& parameters) const {
  return impl_->Read(std::move(bytes), parameters);
}

Answer Api::Review(const std::string& body) const { return impl_->Review(body); }

Answer Api::Fail(int status, const std::string& why) {
  return {.status = status, .body = ToLine(Json{{"error", why}})};
}

}  // namespace kronik
