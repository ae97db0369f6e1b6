#include "export/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <initializer_list>
#include <set>

#include "base/csv.h"
#include "base/hash.h"
#include "base/tsv.h"

namespace kronik {
namespace {

template <typename T>
std::optional<T> ValueOf(std::string_view name,
                         std::initializer_list<std::pair<std::string_view, T>> values) {
  for (const auto& [known, value] : values) {
    if (known == name) return value;
  }
  return std::nullopt;
}

// ---- columns (doc/formats.md) ------------------------------------------------------------------

constexpr std::string_view kPlainColumns[] = {"id",
                                              "event_type",
                                              "mode",
                                              "contexts",
                                              "cameo",
                                              "goldstein",
                                              "quad_category",
                                              "actor_code",
                                              "actor_sectors",
                                              "actor_name",
                                              "recipient_code",
                                              "recipient_sectors",
                                              "recipient_name",
                                              "date_from",
                                              "date_to",
                                              "place",
                                              "status",
                                              "background",
                                              "reported_by",
                                              "confidence",
                                              "trigger",
                                              "sentence",
                                              "reports",
                                              "article",
                                              "url",
                                              "publisher",
                                              "published",
                                              "review"};

constexpr std::string_view kPolecatColumns[] = {"Event ID",
                                                "Event Date",
                                                "Event Type",
                                                "Event Mode",
                                                "Intensity",
                                                "Quad Code",
                                                "Contexts",
                                                "Actor Name",
                                                "Actor Country",
                                                "Actor COW",
                                                "Primary Actor Sector",
                                                "Actor Sectors",
                                                "Actor Title",
                                                "Actor Name Raw",
                                                "Wikipedia Actor ID",
                                                "Recipient Name",
                                                "Recipient Country",
                                                "Recipient COW",
                                                "Primary Recipient Sector",
                                                "Recipient Sectors",
                                                "Recipient Title",
                                                "Recipient Name Raw",
                                                "Wikipedia Recipient ID",
                                                "Placename",
                                                "City",
                                                "District",
                                                "Province",
                                                "Country",
                                                "Latitude",
                                                "Longitude",
                                                "GeoNames ID",
                                                "Raw Placename",
                                                "Feature Type",
                                                "Source",
                                                "Publication Date",
                                                "Story People",
                                                "Story Organizations",
                                                "Story Locations",
                                                "Language",
                                                "Version"};

constexpr std::string_view kIcewsColumns[] = {
    "Event ID",       "Event Date", "Source Name",     "Source Sectors", "Source Country",
    "Event Text",     "CAMEO Code", "Intensity",       "Target Name",    "Target Sectors",
    "Target Country", "Story ID",   "Sentence Number", "Publisher",      "City",
    "District",       "Province",   "Country",         "Latitude",       "Longitude"};

constexpr std::string_view kEvidenceColumns[] = {
    "event_id",     "kronik_id", "article",       "input",           "url",
    "publisher",    "published", "lang",          "sentence_number", "sentence_start",
    "sentence_end", "sentence",  "trigger_start", "trigger_end",     "trigger",
    "reported_by",  "confidence"};

constexpr std::string_view kWithdrawnColumns[] = {"event_id", "kronik_id", "withdrawn"};

constexpr size_t kGdeltColumns = 61;
constexpr size_t kPhoenixColumns = 26;

// ---- records -----------------------------------------------------------------------------------

std::string Text(const Json& record, const char* key) {
  if (!record.is_object()) return "";
  auto at = record.find(key);
  return at != record.end() && at->is_string() ? at->get<std::string>() : "";
}

const Json& Part(const Json& record, const char* key) {
  static const Json kEmpty = Json::array();
  if (!record.is_object()) return kEmpty;
  auto at = record.find(key);
  return at == record.end() || at->is_null() ? kEmpty : *at;
}

std::string NumberText(const Json& record, const char* key) {
  const Json& value = Part(record, key);
  if (value.is_number_integer()) return std::to_string(value.get<int64_t>());
  return value.is_number() ? fmt::format("{}", std::round(value.get<double>() * 1000) / 1000) : "";
}

// A day of the date, whatever its precision: its first, or empty.
std::string DayOf(const Json& event) {
  const std::string from = Text(Part(event, "date"), "from");
  if (from.size() >= 10) return from.substr(0, 10);
  return from.empty() ? from : from.substr(0, 7) + (from.size() == 4 ? "-01-01" : "-01");
}

std::string Joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::vector<std::string> StringsOf(const Json& list) {
  std::vector<std::string> out;
  for (const Json& item : list) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::string NameOfActor(const Json& actor) {
  const std::string name = Text(actor, "name");
  return name.empty() ? Text(actor, "text") : name;
}

std::string ReportedBy(const Json& record) {
  std::vector<std::string> names;
  for (const Json& actor : Part(record, "reported_by")) names.push_back(NameOfActor(actor));
  return Joined(names, "; ");
}

// Control characters would break the tables that know no quoting.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

// The positive 63 bits with which a hash starts, for formats whose ids are integers.
std::string IntegerId(std::string_view hash) {
  const uint64_t bits = std::stoull(std::string(hash.substr(0, 16)), nullptr, 16);
  return std::to_string(bits >> 1);
}

// CAMEO's own four classes, and Phoenix' that keep statements and appeals apart.
int CameoQuad(int root) { return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4; }
int PhoenixQuad(int root) {
  if (root <= 2) return 0;
  if (root <= 5) return 1;
  if (root <= 8) return 2;
  if (root <= 13 || root == 16) return 3;
  return 4;
}

int RootOf(std::string_view cameo) {
  return cameo.size() < 2 ? 0 : (cameo[0] - '0') * 10 + (cameo[1] - '0');
}

// What CAMEO calls a sector of PLOVER.
std::string_view CameoSector(std::string_view sector) {
  constexpr std::pair<std::string_view, std::string_view> kRenamed[] = {
      {"JRN", "MED"}, {"MED", "HLH"}, {"PRM", "MIL"}, {"PTY", "PTY"},
      {"SOC", "CVL"}, {"UNK", ""},    {"PRE", ""}};
  for (const auto& [plover, cameo] : kRenamed) {
    if (plover == sector) return cameo;
  }
  return sector;
}

constexpr std::string_view kGroups[] = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"};
bool IsGroup(std::string_view code) {
  return std::find(std::begin(kGroups), std::end(kGroups), code) != std::end(kGroups);
}

std::string Digits(std::string_view date) {
  std::string out;
  for (char c : date) {
    if (c >= '0' && c <= '9') out += c;
  }
  return out;
}

// The article that a record is from; an empty one where it isn't there.
const CitedArticle& ArticleOf(const Json& record, const CitedArticles& articles) {
  static const CitedArticle kNone;
  const auto found = articles.find(Text(record, "article"));
  return found == articles.end() ? kNone : found->second;
}

template <typename F>
std::set<std::string> OfReports(const Json& event, const CitedArticles& articles, F value) {
  std::set<std::string> values;
  for (const Json& evidence : Part(event, "evidence")) {
    std::string one = value(evidence, ArticleOf(evidence, articles));
    if (!one.empty()) values.insert(std::move(one));
  }
  return values;
}

std::set<std::string> UrlsOf(const Json& event, const CitedArticles& articles) {
  return OfReports(event, articles, [](const Json& evidence, const CitedArticle& article) {
    return article.url.empty() ? Text(evidence, "input") : article.url;
  });
}

std::set<std::string> PublishersOf(const Json& event, const CitedArticles& articles) {
  return OfReports(event, articles,
                   [](const Json&, const CitedArticle& article) { return article.publisher; });
}

}  // namespace

std::optional<ExportFormat> ExportFormatOf(std::string_view name) {
  return ValueOf<ExportFormat>(name, {{"csv", ExportFormat::kCsv},
                                      {"tsv", ExportFormat::kTsv},
                                      {"jsonl", ExportFormat::kJsonl},
                                      {"gdelt", ExportFormat::kGdelt},
                                      {"polecat", ExportFormat::kPolecat},
                                      {"icews", ExportFormat::kIcews},
                                      {"phoenix", ExportFormat::kPhoenix}});
}

std::optional<Reciprocal> ReciprocalOf(std::string_view name) {
  return ValueOf<Reciprocal>(name, {{"once", Reciprocal::kOnce},
                                    {"each-way", Reciprocal::kEachWay},
                                    {"mirrored", Reciprocal::kMirrored}});
}

Result<Exporter> Exporter::Load(const Resources& resources, ExportFormat format,
                                const ExportConventions& conventions) {
  if (conventions.safe_cells && format != ExportFormat::kCsv && format != ExportFormat::kTsv) {
    return Error{ErrorCode::kUnsupported, "only csv and tsv can have safe cells", ""};
  }
  Exporter exporter;
  exporter.format_ = format;
  exporter.conventions_ = conventions;
  Result<Tsv> countries = Tsv::Load(resources, "data/actors/country_codes.tsv",
                                    {"iso", "name", "cameo", "fips", "cow"});
  if (!countries) return countries.error();
  for (const Tsv::Row& row : countries->rows()) {
    exporter.countries_[std::string(row[0])] = {std::string(row[1]), std::string(row[2]),
                                                std::string(row[3]), std::string(row[4])};
  }
  Result<Tsv> places =
      Tsv::Load(resources, "data/actors/places.tsv", {"names", "country", "latitude", "longitude"});
  if (!places) return places.error();
  for (const Tsv::Row& row : places->rows()) {
    for (std::string_view name : SplitCell(row[0])) {
      exporter.places_[std::string(name)] = {std::string(row[1]), std::string(row[2]),
                                             std::string(row[3])};
    }
  }
  Result<Tsv> labels =
      Tsv::Load(resources, "data/ontology/plover/cameo_labels.tsv", {"cameo", "label"});
  if (!labels) return labels.error();
  for (const Tsv::Row& row : labels->rows()) {
    exporter.labels_[std::string(row[0])] = std::string(row[1]);
  }
  Result<Tsv> types = Tsv::Load(resources, "data/ontology/plover/event_types.tsv",
                                {"event_type", "quad_category", "goldstein"});
  if (!types) return types.error();
  for (const Tsv::Row& row : types->rows()) {
    exporter.intensity_[std::string(row[0])] = std::string(row[2]);
  }
  Result<Tsv> modes =
      Tsv::Load(resources, "data/ontology/plover/modes.tsv", {"event_type", "mode", "score"});
  if (!modes) return modes.error();
  for (const Tsv::Row& row : modes->rows()) {
    if (!row[2].empty()) {
      exporter.intensity_[std::string(row[0]) + "/" + std::string(row[1])] = std::string(row[2]);
    }
  }
  Result<Tsv> mirrors =
      Tsv::Load(resources, "data/ontology/plover/mirrors.tsv", {"cameo", "mirror"});
  if (!mirrors) return mirrors.error();
  for (const Tsv::Row& row : mirrors->rows()) {
    exporter.mirrors_[std::string(row[0])] = std::string(row[1]);
  }
  Result<GoldsteinScale> goldstein = LoadGoldstein(resources);
  if (!goldstein) return goldstein.error();
  exporter.goldstein_ = std::move(*goldstein);
  return exporter;
}

// ---- pairs -------------------------------------------------------------------------------------

Exporter::Side Exporter::SideOf(const Json& actor) const {
  Side side;
  side.code = Text(actor, "code");
  side.name = NameOfActor(actor);
  side.text = Text(actor, "text");
  side.role = Text(actor, "role");
  side.wikidata = Text(actor, "wikidata");
  side.sectors = StringsOf(Part(actor, "sectors"));
  auto country = countries_.find(side.code);
  if (country != countries_.end()) side.country = &country->second;
  // An actor whom a reviewer put there has no words.
  if (side.name.empty() && side.country != nullptr) side.name = side.country->name;
  return side;
}

// Every actor with every recipient. What several did together without a recipient (they met, they
// signed) is told from each to each other, as the field's files do, or once.
std::vector<Exporter::Pair> Exporter::PairsOf(const Json& event) const {
  std::vector<Side> actors, recipients;
  for (const Json& actor : Part(event, "actor")) actors.push_back(SideOf(actor));
  for (const Json& actor : Part(event, "recipient")) recipients.push_back(SideOf(actor));
  const bool mutual = recipients.empty() && actors.size() > 1;
  if (mutual) recipients = actors;
  if (recipients.empty()) recipients.emplace_back();
  if (actors.empty()) actors.emplace_back();
  const std::string id = Text(event, "id");
  std::vector<Pair> pairs;
  size_t count = 0;  // a pair has its number, whatever others are left out
  for (size_t i = 0; i < actors.size(); ++i) {
    for (size_t k = 0; k < recipients.size(); ++k) {
      if (mutual && i == k) continue;
      const std::string own = count == 0 ? id : HashId({id, std::to_string(count)});
      ++count;
      if (mutual && k < i && conventions_.reciprocal == Reciprocal::kOnce) continue;
      pairs.push_back({own, actors[i], recipients[k], ""});
    }
  }
  if (!mutual && conventions_.reciprocal == Reciprocal::kMirrored) {
    AddMirrors(id, Text(event, "cameo"), count, pairs);
  }
  return pairs;
}

// The pairs the other way round, where the act is one that two do with each other.
void Exporter::AddMirrors(const std::string& id, const std::string& cameo, size_t count,
                          std::vector<Pair>& pairs) const {
  const auto mirror = mirrors_.find(cameo.substr(0, 3));
  if (mirror == mirrors_.end()) return;
  const bool same = mirror->first == mirror->second;
  for (size_t i = 0, size = pairs.size(); i < size; ++i) {
    if (pairs[i].actor.name.empty() || pairs[i].recipient.name.empty()) continue;
    pairs.push_back({HashId({id, std::to_string(count++)}), pairs[i].recipient, pairs[i].actor,
                     same ? cameo : mirror->second});
  }
}

bool Exporter::Tells(const Json& event) const {
  if (format_ == ExportFormat::kCsv || format_ == ExportFormat::kTsv ||
      format_ == ExportFormat::kJsonl) {
    return true;
  }
  const Json& background = Part(event, "background");
  return Text(event, "status") == "asserted" && !DayOf(event).empty() &&
         !(background.is_boolean() && background.get<bool>());
}

std::string Exporter::RowId(const Pair& pair) const {
  const bool integer = format_ == ExportFormat::kGdelt || format_ == ExportFormat::kIcews;
  return integer ? IntegerId(pair.id) : pair.id;
}

const Exporter::Place* Exporter::PlaceOf(const Json& event) const {
  auto found = places_.find(Text(event, "place"));
  return found == places_.end() ? nullptr : &found->second;
}

std::string Exporter::CameoLabel(std::string_view code) const {
  for (; code.size() >= 2; code.remove_suffix(1)) {
    auto found = labels_.find(std::string(code));
    if (found != labels_.end()) return found->second;
  }
  return "";
}

// "USAGOV", "IGOUNO", "---REB".
std::string Exporter::CameoActor(const Side& side) const {
  std::string code = side.country != nullptr ? side.country->cameo : side.code;
  if (code == "UNO") code = "IGOUNO";
  std::string sectors;
  for (const std::string& sector : side.sectors) sectors += CameoSector(sector);
  if (code.empty() && !sectors.empty()) code = "---";
  return code + sectors;
}

// PLOVER's own score of the mode, else of the type.
std::string Exporter::Intensity(const Json& event) const {
  const std::string type = Text(event, "event_type");
  auto found = intensity_.find(type + "/" + Text(event, "mode"));
  if (found == intensity_.end()) found = intensity_.find(type);
  return found == intensity_.end() ? "" : found->second;
}

// ---- rows --------------------------------------------------------------------------------------

std::vector<std::string> Exporter::Plain(const Json& event, const Pair& pair,
                                         const CitedArticles& articles) const {
  const CitedArticle& article = ArticleOf(event, articles);
  const Json& date = Part(event, "date");
  const Json& background = Part(event, "background");
  return {pair.id,
          Text(event, "event_type"),
          Text(event, "mode"),
          Joined(StringsOf(Part(event, "context")), ";"),
          Text(event, "cameo"),
          NumberText(event, "goldstein"),
          NumberText(event, "quad_category"),
          pair.actor.code,
          Joined(pair.actor.sectors, ";"),
          pair.actor.name,
          pair.recipient.code,
          Joined(pair.recipient.sectors, ";"),
          pair.recipient.name,
          Text(date, "from"),
          Text(date, "to"),
          Text(event, "place"),
          Text(event, "status"),
          background.is_boolean() && background.get<bool>() ? "true" : "false",
          ReportedBy(event),
          NumberText(event, "confidence"),
          Text(Part(event, "trigger"), "text"),
          Text(Part(event, "sentence"), "text"),
          std::to_string(Part(event, "evidence").size()),
          Text(event, "article"),
          article.url,
          article.publisher,
          article.published,
          Text(Part(event, "review"), "verdict")};
}

std::vector<std::string> Exporter::Gdelt(const Json& event, const Pair& pair,
                                         const CitedArticles& articles) const {
  const std::string day = DayOf(event);
  const int year = std::stoi(day.substr(0, 4)), month = std::stoi(day.substr(5, 2)),
            date = std::stoi(day.substr(8, 2));
  const std::string cameo = Text(event, "cameo");
  std::vector<std::string> cells = {RowId(pair), Digits(day), Digits(day.substr(0, 7)),
                                    day.substr(0, 4),
                                    fmt::format("{:.4f}", year + (month * 30 + date) / 365.0)};
  auto add_side = [&](const Side& side) {
    std::vector<std::string> types;
    if (IsGroup(side.code) && side.code != "EUR")
      types.push_back(side.code == "UNO" ? "IGO" : side.code);
    for (const std::string& sector : side.sectors) {
      if (!CameoSector(sector).empty()) types.emplace_back(CameoSector(sector));
    }
    types.resize(3);
    const std::string country = side.country != nullptr ? side.country->cameo
                                : side.code == "EUR"    ? "EUR"
                                                        : "";
    for (const std::string& cell :
         {CameoActor(side), side.name, country,
          side.code == "UNO" ? std::string("UNO") : std::string(), std::string(), std::string(),
          std::string(), types[0], types[1], types[2]}) {
      cells.push_back(cell);
    }
  };
  add_side(pair.actor);
  add_side(pair.recipient);
  const std::set<std::string> urls = UrlsOf(event, articles);
  const size_t mentions = std::max<size_t>(Part(event, "evidence").size(), 1);
  for (const std::string& cell :
       {std::string("1"), cameo, cameo.substr(0, 3), cameo.substr(0, 2),
        std::to_string(CameoQuad(RootOf(cameo))), NumberText(event, "goldstein"),
        std::to_string(mentions),
        std::to_string(std::max<size_t>(PublishersOf(event, articles).size(), 1)),
        std::to_string(std::max<size_t>(urls.size(), 1)), std::string("0")}) {
    cells.push_back(cell);
  }
  auto add_place = [&](std::string type, const std::string& name, const Country* country,
                       const Place* place) {
    const bool known = country != nullptr;
    for (const std::string& cell :
         {known ? std::move(type) : std::string("0"), known ? name : std::string(),
          known ? country->fips : std::string(), known ? country->fips : std::string(),
          std::string(), place != nullptr ? place->latitude : std::string(),
          place != nullptr ? place->longitude : std::string(),
          known ? country->fips : std::string()}) {
      cells.push_back(cell);
    }
  };
  for (const Side* side : {&pair.actor, &pair.recipient}) {
    add_place("1", side->country != nullptr ? side->country->name : "", side->country, nullptr);
  }
  const Place* place = PlaceOf(event);
  auto country = place == nullptr ? countries_.end() : countries_.find(place->country);
  if (country != countries_.end()) {
    add_place(place->country == "USA" ? "3" : "4",
              Text(event, "place") + ", " + country->second.name, &country->second, place);
  } else {
    add_place("0", "", nullptr, nullptr);
  }
  // When the report was published: the chronicle has no other clock that would not change.
  std::string added = Digits(ArticleOf(event, articles).published).substr(0, 14);
  if (added.empty()) added = Digits(day);
  added.resize(14, '0');
  cells.push_back(added);
  cells.push_back(urls.empty() ? "" : *urls.begin());
  return cells;
}

std::vector<std::string> Exporter::Polecat(const Json& event, const Pair& pair,
                                           const CitedArticles& articles) const {
  static constexpr std::string_view kQuads[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION",
                                                "VERBAL CONFLICT", "MATERIAL CONFLICT"};
  const CitedArticle& article = ArticleOf(event, articles);
  const Json& quad = Part(event, "quad_category");
  const size_t category = quad.is_number() ? std::min<size_t>(quad.get<size_t>(), 4) : 0;
  std::vector<std::string> cells = {RowId(pair),
                                    DayOf(event),
                                    Text(event, "event_type"),
                                    Text(event, "mode"),
                                    Intensity(event),
                                    std::string(kQuads[category]),
                                    Joined(StringsOf(Part(event, "context")), ";")};
  for (const Side* side : {&pair.actor, &pair.recipient}) {
    cells.push_back(side->name);
    cells.push_back(side->code);
    cells.push_back(side->country != nullptr ? side->country->cow : "");
    cells.push_back(side->sectors.empty() ? "" : side->sectors[0]);
    cells.push_back(Joined(side->sectors, ";"));
    cells.push_back(side->role);
    cells.push_back(side->text);
    cells.push_back(side->wikidata);
  }
  const Place* place = PlaceOf(event);
  const std::string name = Text(event, "place");
  for (const std::string& cell :
       {name, place != nullptr ? name : std::string(), std::string(), std::string(),
        place != nullptr ? place->country : std::string(),
        place != nullptr ? place->latitude : std::string(),
        place != nullptr ? place->longitude : std::string(), std::string(), name, std::string(),
        article.publisher, article.published.substr(0, 10), std::string(), std::string(),
        std::string(), article.lang, std::string("kronik")}) {
    cells.push_back(cell);
  }
  return cells;
}

std::vector<std::string> Exporter::Icews(const Json& event, const Pair& pair,
                                         const CitedArticles& articles) const {
  const CitedArticle& article = ArticleOf(event, articles);
  const Place* place = PlaceOf(event);
  auto country = place == nullptr ? countries_.end() : countries_.find(place->country);
  auto name_of = [](const Side& side) {
    return side.country != nullptr ? side.country->name : side.code;
  };
  const std::string cameo = Text(event, "cameo");
  return {RowId(pair),
          DayOf(event),
          pair.actor.name,
          Joined(pair.actor.sectors, ","),
          name_of(pair.actor),
          CameoLabel(cameo),
          cameo,
          NumberText(event, "goldstein"),
          pair.recipient.name,
          Joined(pair.recipient.sectors, ","),
          name_of(pair.recipient),
          IntegerId(HashId({Text(event, "article")})),
          NumberText(event, "sentence_number"),
          article.publisher,
          place != nullptr ? Text(event, "place") : "",
          "",
          "",
          country != countries_.end() ? country->second.name : "",
          place != nullptr ? place->latitude : "",
          place != nullptr ? place->longitude : ""};
}

std::vector<std::string> Exporter::Phoenix(const Json& event, const Pair& pair,
                                           const CitedArticles& articles) const {
  const std::string day = DayOf(event);
  const std::string cameo = Text(event, "cameo");
  std::vector<std::string> cells = {RowId(pair), Digits(day), day.substr(0, 4), day.substr(5, 2),
                                    day.substr(8, 2)};
  for (const Side* side : {&pair.actor, &pair.recipient}) {
    const std::string whole = CameoActor(*side);
    cells.push_back(whole);
    cells.push_back(whole.substr(0, 3));
    cells.push_back(whole.size() > 3 ? whole.substr(3, 3) : "");
    std::vector<std::string> others;
    for (size_t i = 6; i + 3 <= whole.size(); i += 3) others.push_back(whole.substr(i, 3));
    cells.push_back(Joined(others, ";"));
  }
  std::vector<std::string> issues;
  for (const std::string& context : StringsOf(Part(event, "context")))
    issues.push_back(context + ",1");
  const Place* place = PlaceOf(event);
  auto country = place == nullptr ? countries_.end() : countries_.find(place->country);
  const std::set<std::string> urls = UrlsOf(event, articles);
  const std::set<std::string> publishers = PublishersOf(event, articles);
  std::vector<std::string> sentences;
  for (const Json& evidence : Part(event, "evidence")) {
    sentences.push_back(Text(evidence, "article") + "_" + NumberText(evidence, "sentence_number"));
  }
  for (const std::string& cell :
       {cameo, cameo.substr(0, 2), std::to_string(PhoenixQuad(RootOf(cameo))),
        NumberText(event, "goldstein"), Joined(issues, ";"),
        place != nullptr ? place->latitude : std::string(),
        place != nullptr ? place->longitude : std::string(), Text(event, "place"), std::string(),
        country != countries_.end() ? country->second.name : std::string(), Joined(sentences, ";"),
        Joined({urls.begin(), urls.end()}, ";"),
        Joined({publishers.begin(), publishers.end()}, ";")}) {
    cells.push_back(cell);
  }
  return cells;
}

std::string Exporter::Line(const std::vector<std::string>& cells) const {
  const bool csv = format_ == ExportFormat::kCsv;
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += csv ? ',' : '\t';
    const std::string cell = OneLine(conventions_.safe_cells ? SafeCell(cells[i]) : cells[i]);
    line += csv ? CsvCell(cell) : cell;
  }
  return line + '\n';
}

std::string Exporter::Header() const {
  auto line = [this](auto& columns) { return Line({std::begin(columns), std::end(columns)}); };
  switch (format_) {
    case ExportFormat::kCsv:
    case ExportFormat::kTsv:
      return line(kPlainColumns);
    case ExportFormat::kPolecat:
      return line(kPolecatColumns);
    case ExportFormat::kIcews:
      return line(kIcewsColumns);
    case ExportFormat::kJsonl:
    case ExportFormat::kGdelt:
    case ExportFormat::kPhoenix:
      break;
  }
  return "";
}

std::vector<std::string> Exporter::Cells(const Json& event, const Pair& pair,
                                         const CitedArticles& articles) const {
  const auto checked = [](std::vector<std::string> cells, [[maybe_unused]] size_t columns) {
    assert(cells.size() == columns);
    return cells;
  };
  switch (format_) {
    case ExportFormat::kGdelt:
      return checked(Gdelt(event, pair, articles), kGdeltColumns);
    case ExportFormat::kPolecat:
      return checked(Polecat(event, pair, articles), std::size(kPolecatColumns));
    case ExportFormat::kIcews:
      return checked(Icews(event, pair, articles), std::size(kIcewsColumns));
    case ExportFormat::kPhoenix:
      return checked(Phoenix(event, pair, articles), kPhoenixColumns);
    case ExportFormat::kCsv:
    case ExportFormat::kTsv:
    case ExportFormat::kJsonl:
      break;
  }
  return checked(Plain(event, pair, articles), std::size(kPlainColumns));
}

std::string Exporter::Rows(const Json& event, const CitedArticles& articles) const {
  if (format_ == ExportFormat::kJsonl) return ToLine(event) + '\n';
  if (!Tells(event)) return "";
  std::string rows;
  for (const Pair& pair : PairsOf(event)) {
    if (pair.mirror.empty()) {
      rows += Line(Cells(event, pair, articles));
      continue;
    }
    Json mirrored = event;
    mirrored["cameo"] = pair.mirror;
    const auto value = goldstein_.find(pair.mirror);
    if (value != goldstein_.end()) mirrored["goldstein"] = value->second;
    rows += Line(Cells(mirrored, pair, articles));
  }
  return rows;
}

std::string Exporter::EvidenceHeader() const {
  return Line({std::begin(kEvidenceColumns), std::end(kEvidenceColumns)});
}

std::string Exporter::EvidenceRows(const Json& event, const CitedArticles& articles) const {
  if (!Tells(event)) return "";
  std::string rows;
  for (const Pair& pair : PairsOf(event)) {
    for (const Json& evidence : Part(event, "evidence")) {
      const CitedArticle& article = ArticleOf(evidence, articles);
      const Json& sentence = Part(evidence, "sentence");
      const Json& trigger = Part(evidence, "trigger");
      rows +=
          Line({RowId(pair), Text(event, "id"), Text(evidence, "article"), Text(evidence, "input"),
                article.url, article.publisher, article.published, article.lang,
                NumberText(evidence, "sentence_number"), NumberText(sentence, "start"),
                NumberText(sentence, "end"), Text(sentence, "text"), NumberText(trigger, "start"),
                NumberText(trigger, "end"), Text(trigger, "text"), ReportedBy(evidence),
                NumberText(evidence, "confidence")});
    }
  }
  return rows;
}

std::string Exporter::WithdrawnHeader() const {
  if (format_ == ExportFormat::kJsonl) return "";
  return Line({std::begin(kWithdrawnColumns), std::end(kWithdrawnColumns)});
}

std::string Exporter::WithdrawnRows(const Json& event, const std::string& moment) const {
  const std::string id = Text(event, "id");
  if (format_ == ExportFormat::kJsonl) {
    return ToLine(Json{{"event_id", id}, {"kronik_id", id}, {"withdrawn", moment}}) + '\n';
  }
  std::string rows;
  for (const Pair& pair : PairsOf(event)) rows += Line({RowId(pair), id, moment});
  return rows;
}

}  // namespace kronik
