#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <tuple>

#include "base/tsv.h"
#include "kronik/review.h"
#include "record/json.h"
#include "store/fields.h"

namespace kronik {
namespace {

constexpr size_t kMostFieldBytes = 500;
constexpr size_t kMostFieldsBytes = 8000;
constexpr size_t kMostActors = 20;

// What a value is made of.
enum class Form { kType, kMode, kContexts, kCameo, kActor, kActors, kDate, kPlace, kFlag, kWord };

struct Field {
  const char* kind;
  const char* name;
  Form form;
  const char* words = "";  // of kWord, between spaces
  bool needed = false;     // may not be empty
};

constexpr Field kFields[] = {
    {"event", "event_type", Form::kType, "", true},
    {"event", "mode", Form::kMode},
    {"event", "context", Form::kContexts},
    {"event", "cameo", Form::kCameo},
    {"event", "actor", Form::kActors},
    {"event", "recipient", Form::kActors},
    {"event", "date", Form::kDate},
    {"event", "place", Form::kPlace},
    {"event", "status", Form::kWord, " asserted negated planned hypothetical ", true},
    {"statement", "source", Form::kActor},
    {"statement", "addressee", Form::kActor},
    {"statement", "kind", Form::kWord, " direct indirect mixed ", true},
    {"statement", "negated", Form::kFlag},
    {"statement", "date", Form::kDate},
    {"statement", "place", Form::kPlace},
    {"commitment", "kind", Form::kWord, " pledge agreement plan invitation demand ", true},
    {"commitment", "status", Form::kWord,
     " proposed made reaffirmed delayed partly_fulfilled fulfilled broken withdrawn ", true},
    {"commitment", "bound", Form::kActors},
    {"commitment", "toward", Form::kActors},
    {"commitment", "made", Form::kDate},
    {"commitment", "term", Form::kDate},
    {"commitment", "place", Form::kPlace},
};

const Field* FieldOf(std::string_view kind, std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kFields), std::end(kFields),
                   [&](const Field& field) { return field.kind == kind && field.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

std::string NamesOf(std::string_view kind) {
  std::string names;
  for (const Field& field : kFields) {
    if (field.kind == kind) names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  return names;
}

Error Wrong(const std::string& field, const std::string& why) {
  return {ErrorCode::kInvalidInput, field + ": " + why, ""};
}

bool HasWord(std::string_view words, std::string_view word) {
  return !word.empty() && word.find(' ') == std::string_view::npos &&
         words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

std::string Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// A value as one text: a list's parts between commas. None for another kind of value.
std::optional<std::string> TextOf(const Json& value) {
  if (value.is_string()) return Trimmed(value.get_ref<const std::string&>());
  if (!value.is_array()) return std::nullopt;
  std::string text;
  for (const Json& part : value) {
    if (!part.is_string()) return std::nullopt;
    text += (text.empty() ? "" : ",") + part.get<std::string>();
  }
  return text;
}

// A day of the calendar, a month or a year.
bool IsDate(std::string_view text) {
  static constexpr std::string_view kForm = "0000-00-00";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  const auto number = [&](size_t at, size_t size, unsigned otherwise) {
    unsigned value = otherwise;
    if (text.size() >= at + size) std::from_chars(&text[at], &text[at] + size, value);
    return value;
  };
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(number(0, 4, 0))),
                                     std::chrono::month(number(5, 2, 1)),
                                     std::chrono::day(number(8, 2, 1)))
      .ok();
}

Result<Json> DateOf(const std::string& field, const std::string& text) {
  const size_t dots = text.find("..");
  const std::string from = Trimmed(text.substr(0, dots));
  const std::string to = dots == std::string::npos ? from : Trimmed(text.substr(dots + 2));
  for (const std::string& side : {from, to}) {
    if (!side.empty() && !IsDate(side)) {
      return Wrong(field, "'" + side + "' is no day, month or year");
    }
  }
  // What is less precise may hold the other.
  const size_t both = std::min(from.size(), to.size());
  if (both > 0 && from.substr(0, both) > to.substr(0, both)) {
    return Wrong(field, "ends before it begins");
  }
  return Json{{"from", from.empty() ? Json() : Json(from)}, {"to", to.empty() ? Json() : Json(to)}};
}

}  // namespace

// ---- the tables --------------------------------------------------------------------------------

Result<ReviewRules> ReviewRules::Load(const Resources& resources) {
  static const std::string kOntology = "data/ontology/plover/";
  ReviewRules rules;
  const auto number = [](std::string_view cell) { return std::atof(std::string(cell).c_str()); };
  auto types = Tsv::Load(resources, kOntology + "event_types.tsv",
                         {"event_type", "quad_category", "goldstein"});
  if (!types) return types.error();
  for (const Tsv::Row& row : types->rows()) {
    const std::string type(row[0]);
    rules.types_[type] = {type, "", number(row[2]), static_cast<int>(number(row[1]))};
  }
  auto modes = Tsv::Load(resources, kOntology + "modes.tsv", {"event_type", "mode", "score"});
  if (!modes) return modes.error();
  for (const Tsv::Row& row : modes->rows()) {
    Scale scale = rules.types_[std::string(row[0])];
    scale.mode = row[1];
    if (!row[2].empty()) scale.goldstein = number(row[2]);
    rules.modes_[scale.event_type + "/" + scale.mode] = scale;
  }
  auto cameo = Tsv::Load(resources, kOntology + "cameo.tsv",
                         {"cameo", "event_type", "mode", "context", "goldstein", "quad"});
  if (!cameo) return cameo.error();
  for (const Tsv::Row& row : cameo->rows()) {
    rules.cameo_[std::string(row[0])] = {std::string(row[1]), std::string(row[2]), number(row[4]),
                                         static_cast<int>(number(row[5]))};
  }
  for (auto [name, column, words] : {std::tuple("contexts.tsv", "context", &rules.contexts_),
                                     {"sectors.tsv", "sector", &rules.sectors_}}) {
    auto table = Tsv::Load(resources, kOntology + name, {column});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) words->emplace(row[0]);
  }
  for (auto [name, column] : {std::pair("data/actors/country_codes.tsv", "iso"),
                              {"data/actors/organisations.tsv", "code"}}) {
    auto table = Tsv::Load(resources, name, {column});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) rules.actors_.emplace(row[0]);
  }
  return rules;
}

// ---- one correction ----------------------------------------------------------------------------

class ReviewRules::Checker {
 public:
  Checker(const ReviewRules& rules, const Json& record) : rules_(rules), record_(record) {}

  Result<void> Take(const Field& field, const std::string& text) {
    if (text.size() > kMostFieldBytes) return Wrong(field.name, "is too long");
    if (field.needed && text.empty()) return Wrong(field.name, "may not be empty");
    Result<Json> value = ValueOf(field, text);
    if (!value) return value.error();
    checked_[field.name] = std::move(*value);
    return {};
  }

  // What follows from a type, a mode or a code of CAMEO, and whether they agree.
  Result<void> Complete() {
    const bool code_given = checked_.contains("cameo");
    if (!code_given && !checked_.contains("event_type") && !checked_.contains("mode")) return {};
    const auto code = rules_.cameo_.find(Now("cameo"));
    const bool typed =
        code_given && code != rules_.cameo_.end() && !code->second.event_type.empty();
    if (typed && !checked_.contains("event_type")) {
      checked_["event_type"] = code->second.event_type;
      if (!checked_.contains("mode")) checked_["mode"] = code->second.mode;
    }
    const std::string type = Now("event_type");
    if (typed && code->second.event_type != type) {
      return Wrong("cameo", code->first + " is of the type " + code->second.event_type);
    }
    const auto mode = rules_.modes_.find(type + "/" + Now("mode"));
    if (!Now("mode").empty() && mode == rules_.modes_.end()) {
      if (checked_.contains("mode")) return Wrong("mode", "is none of " + type + ModesOf(type));
      checked_["mode"] = "";
    }
    // A code of another type or mode would tell another story.
    const bool kept =
        code != rules_.cameo_.end() &&
        (code_given || (code->second.event_type == type && code->second.mode == Now("mode")));
    if (!kept && !Now("cameo").empty()) checked_["cameo"] = "";
    const auto of_type = rules_.types_.find(type);
    const Scale* scale = kept                             ? &code->second
                         : !Now("mode").empty()           ? &mode->second
                         : of_type != rules_.types_.end() ? &of_type->second
                                                          : nullptr;
    if (scale != nullptr) {
      checked_["goldstein"] = scale->goldstein;
      checked_["quad_category"] =
          of_type != rules_.types_.end() ? of_type->second.quad : scale->quad;
    }
    return {};
  }

  Json Checked() { return std::move(checked_); }

 private:
  // A member as it will be.
  std::string Now(const char* name) const {
    return checked_.contains(name) ? Text(checked_, name) : Text(record_, name);
  }

  std::string ModesOf(const std::string& type) const {
    std::string modes;
    for (const auto& [name, scale] : rules_.modes_) {
      if (scale.event_type == type) modes += (modes.empty() ? ", which has " : ", ") + scale.mode;
    }
    return modes;
  }

  Result<Json> ValueOf(const Field& field, const std::string& text) const {
    const auto one_of = [&](const auto& known) -> Result<Json> {
      if (text.empty() || known.contains(text)) return Json(text);
      return Wrong(field.name, "there is no '" + text + "'");
    };
    switch (field.form) {
      case Form::kType:
        return one_of(rules_.types_);
      case Form::kCameo:
        return one_of(rules_.cameo_);
      case Form::kMode:  // which ones there are depends on the type: Complete
      case Form::kPlace:
        if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; })) {
          return Wrong(field.name, "has a control character");
        }
        return Json(text);
      case Form::kDate:
        return DateOf(field.name, text);
      case Form::kFlag:
        if (text == "true" || text == "false") return Json(text == "true");
        return Wrong(field.name, "is true or false");
      case Form::kWord:
        if (HasWord(field.words, text)) return Json(text);
        return Wrong(field.name,
                     "is one of" + std::string(field.words, 0, std::strlen(field.words) - 1));
      case Form::kContexts:
        return ListOf(field, text, [&](const std::string& part) {
          return rules_.contexts_.contains(part) ? "" : "there is no '" + part + "'";
        });
      case Form::kActor:
      case Form::kActors:
        return ActorsOf(field, text);
    }
    return Json();
  }

  template <typename Judge>
  static Result<Json> ListOf(const Field& field, const std::string& text, const Judge& judge) {
    Json list = Json::array();
    for (std::string_view cell : SplitCell(text, ',')) {
      const std::string part(cell);
      if (const std::string why = judge(part); !why.empty()) return Wrong(field.name, why);
      list.push_back(part);
    }
    if (list.size() > kMostActors) return Wrong(field.name, "has too many parts");
    return list;
  }

  Result<Json> ActorsOf(const Field& field, const std::string& text) const {
    Result<Json> actors = ListOf(field, text, [&](const std::string& actor) -> std::string {
      bool first = true;
      for (std::string_view word : SplitCell(actor, ' ')) {
        if (first && !rules_.actors_.contains(word)) {
          return "no country or organisation has the code '" + std::string(word) + "'";
        }
        if (!first && !rules_.sectors_.contains(word)) {
          return "there is no sector '" + std::string(word) + "'";
        }
        first = false;
      }
      return "";
    });
    if (!actors || field.form == Form::kActors) return actors;
    if (actors->size() > 1) return Wrong(field.name, "is one actor");
    return actors->empty() ? Json("") : Json(actors->front());
  }

  const ReviewRules& rules_;
  const Json& record_;
  Json checked_ = Json::object();
};

Result<std::string> ReviewRules::Check(std::string_view kind, std::string_view record,
                                       std::string_view fields) const {
  const Error no_object{ErrorCode::kInvalidInput, "the fields of a correction are a JSON object",
                        ""};
  if (fields.size() > kMostFieldsBytes) {
    return Error{ErrorCode::kInvalidInput, "the fields of a correction are too long", ""};
  }
  const Json given = Json::parse(fields, nullptr, false);
  if (!given.is_object()) return no_object;
  if (given.empty()) {
    return Error{ErrorCode::kInvalidInput, "a correction needs a field: " + NamesOf(kind), ""};
  }
  const Json now = Json::parse(record, nullptr, false);
  Checker checker(*this, now);
  for (const auto& [name, value] : given.items()) {
    const Field* field = FieldOf(kind, name);
    if (field == nullptr) {
      return Wrong(name, "can't be corrected; of this kind of record can " + NamesOf(kind));
    }
    const std::optional<std::string> text = TextOf(value);
    if (!text) return Wrong(name, "is a text, or a list of texts");
    if (Result<void> taken = checker.Take(*field, *text); !taken) return taken.error();
  }
  if (kind == "event") {
    if (Result<void> complete = checker.Complete(); !complete) return complete.error();
  }
  return ToLine(checker.Checked());
}

std::string ReviewRules::Choices() const {
  Json choices{{"event_type", Json::object()},
               {"context", contexts_},
               {"sector", sectors_},
               {"actor", actors_},
               {"cameo", Json::array()}};
  for (const auto& [type, scale] : types_) choices["event_type"][type] = Json::array();
  for (const auto& [name, scale] : modes_) {
    choices["event_type"][scale.event_type].push_back(scale.mode);
  }
  for (const auto& [code, scale] : cameo_) choices["cameo"].push_back(code);
  return ToLine(choices);
}

}  // namespace kronik
