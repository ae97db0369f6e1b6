#include "event/ontology.h"

#include <algorithm>
#include <charconv>

#include "base/tsv.h"

namespace kronik {
namespace {

template <typename T>
bool ReadNumber(std::string_view cell, T& out) {
  const char* end = cell.data() + cell.size();
  auto [stop, error] = std::from_chars(cell.data(), end, out);
  return error == std::errc() && stop == end;
}

}  // namespace

Result<Ontology> Ontology::Load(const Resources& resources, std::string_view folder) {
  Ontology out;
  const std::string base = std::string(folder) + "/";
  for (auto load : {&Ontology::LoadTypes, &Ontology::LoadCodes, &Ontology::LoadCompositions,
                    &Ontology::LoadRefinements, &Ontology::LoadFunctions, &Ontology::LoadSectors}) {
    Result<void> loaded = (out.*load)(resources, base);
    if (!loaded) return loaded.error();
  }
  return out;
}

Result<void> Ontology::LoadTypes(const Resources& resources, const std::string& base) {
  Result<Tsv> types = Tsv::Load(resources, base + "event_types.tsv",
                                {"event_type", "quad_category", "goldstein", "requires_recipient"});
  if (!types) return types.error();
  for (const Tsv::Row& row : types->rows()) {
    EventType type;
    type.name = row[0];
    type.requires_recipient = row[3] == "yes";
    if (!ReadNumber(row[1], type.quad_category) || !ReadNumber(row[2], type.goldstein)) {
      return types->ErrorAt(row, "not a number");
    }
    types_[type.name] = type;
  }
  Result<Tsv> modes = Tsv::Load(resources, base + "modes.tsv", {"event_type", "mode"});
  if (!modes) return modes.error();
  for (const Tsv::Row& row : modes->rows()) {
    if (Type(row[0]) == nullptr) return modes->ErrorAt(row, "no such event type");
    modes_.emplace_back(row[0], row[1]);
  }
  Result<Tsv> contexts = Tsv::Load(resources, base + "contexts.tsv", {"context"});
  if (!contexts) return contexts.error();
  for (const Tsv::Row& row : contexts->rows()) contexts_.emplace_back(row[0]);
  return {};
}

Result<void> Ontology::LoadCodes(const Resources& resources, const std::string& base) {
  Result<Tsv> codes = Tsv::Load(resources, base + "cameo.tsv",
                                {"cameo", "event_type", "mode", "context", "goldstein", "quad"});
  if (!codes) return codes.error();
  for (const Tsv::Row& row : codes->rows()) {
    CodeMeaning meaning;
    meaning.event_type = row[1];
    meaning.mode = row[2];
    for (std::string_view context : SplitCell(row[3])) {
      if (!KnowsContext(context)) return codes->ErrorAt(row, "no such context");
      meaning.contexts.emplace_back(context);
    }
    if (!ReadNumber(row[4], meaning.goldstein) || !ReadNumber(row[5], meaning.quad_category)) {
      return codes->ErrorAt(row, "not a number");
    }
    if (!meaning.event_type.empty() && Type(meaning.event_type) == nullptr) {
      return codes->ErrorAt(row, "no such event type");
    }
    if (!meaning.mode.empty() && !KnowsMode(meaning.event_type, meaning.mode)) {
      return codes->ErrorAt(row, "no such mode of this event type");
    }
    codes_[std::string(row[0])] = std::move(meaning);
  }
  return {};
}

Result<void> Ontology::LoadCompositions(const Resources& resources, const std::string& base) {
  Result<Tsv> compositions =
      Tsv::Load(resources, base + "compositions.tsv", {"outer", "inner", "code", "keeps_inner"});
  if (!compositions) return compositions.error();
  for (const Tsv::Row& row : compositions->rows()) {
    const size_t colon = std::min(row[2].find(':'), row[2].size());
    const std::string_view mode = row[2].substr(std::min(colon + 1, row[2].size()));
    for (std::string_view inner : SplitCell(row[1])) {
      compositions_.push_back({std::string(row[0]), inner == "*" ? "" : std::string(inner),
                               std::string(row[2].substr(0, colon)), std::string(mode),
                               row[3] == "yes"});
    }
  }
  return {};
}

Result<void> Ontology::LoadRefinements(const Resources& resources, const std::string& base) {
  Result<Tsv> table = Tsv::Load(resources, base + "refinements.tsv", {"code", "words", "refined"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    const CodeMeaning* meaning = Meaning(row[0]);
    const CodeMeaning* refined = Meaning(row[2]);
    if (meaning == nullptr || refined == nullptr || meaning->event_type != refined->event_type) {
      return table->ErrorAt(row, "the codes are not of one event type");
    }
    refinements_[std::string(row[0])].push_back({std::string(row[1]), std::string(row[2])});
  }
  return {};
}

Result<void> Ontology::LoadFunctions(const Resources& resources, const std::string& base) {
  Result<Tsv> table = Tsv::Load(resources, base + "functions.tsv", {"function", "codes"});
  if (!table) return table.error();
  const std::map<std::string_view, std::vector<std::string>*> known = {
      {"visits", &functions_.visits},
      {"hosts", &functions_.hosts},
      {"mediates", &functions_.mediates}};
  for (const Tsv::Row& row : table->rows()) {
    const auto function = known.find(row[0]);
    if (function == known.end()) return table->ErrorAt(row, "no such function");
    for (std::string_view code : SplitCell(row[1])) {
      if (Meaning(code) == nullptr) return table->ErrorAt(row, "no such code");
      function->second->emplace_back(code);
    }
  }
  if (!functions_.visits.empty()) functions_.visit_mode = Meaning(functions_.visits.front())->mode;
  return {};
}

Result<void> Ontology::LoadSectors(const Resources& resources, const std::string& base) {
  Result<Tsv> table = Tsv::Load(resources, base + "sectors.tsv", {"sector", "side", "kind"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) sector_kinds_[std::string(row[0])] = row[2];
  table = Tsv::Load(resources, base + "private.tsv", {"sector", "event_types"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    for (std::string_view type : SplitCell(row[1])) {
      if (Type(type) == nullptr) return table->ErrorAt(row, "no such event type");
      private_.emplace(row[0], type);
    }
  }
  return {};
}

bool Ontology::SectorIs(std::string_view sector, std::string_view kind) const {
  const auto found = sector_kinds_.find(sector);
  return found != sector_kinds_.end() && found->second == kind;
}

const CodeMeaning* Ontology::Meaning(std::string_view code) const {
  for (; code.size() >= 3; code.remove_suffix(1)) {
    if (auto found = codes_.find(code); found != codes_.end()) return &found->second;
  }
  return nullptr;
}

const EventType* Ontology::Type(std::string_view name) const {
  auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

const Composition* Ontology::Compose(std::string_view outer, std::string_view inner) const {
  const Composition* best = nullptr;
  for (const Composition& composition : compositions_) {
    if (!outer.starts_with(composition.outer) || !inner.starts_with(composition.inner)) continue;
    if (best == nullptr || composition.outer.size() > best->outer.size() ||
        (composition.outer.size() == best->outer.size() &&
         composition.inner.size() > best->inner.size())) {
      best = &composition;
    }
  }
  return best;
}

const std::vector<Refinement>* Ontology::Refinements(std::string_view code) const {
  const auto found = refinements_.find(code);
  return found == refinements_.end() ? nullptr : &found->second;
}

bool Ontology::KnowsMode(std::string_view type, std::string_view mode) const {
  return std::any_of(modes_.begin(), modes_.end(), [&](const auto& known) {
    return known.first == type && known.second == mode;
  });
}

bool Ontology::KnowsContext(std::string_view context) const {
  return std::find(contexts_.begin(), contexts_.end(), context) != contexts_.end();
}

bool Ontology::IsPrivate(std::string_view sector, std::string_view type) const {
  return private_.contains({std::string(sector), std::string(type)});
}

}  // namespace kronik
