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
    out.types_[type.name] = type;
  }
  Result<Tsv> modes = Tsv::Load(resources, base + "modes.tsv", {"event_type", "mode"});
  if (!modes) return modes.error();
  for (const Tsv::Row& row : modes->rows()) {
    if (out.Type(row[0]) == nullptr) return modes->ErrorAt(row, "no such event type");
    out.modes_.emplace_back(row[0], row[1]);
  }
  Result<Tsv> contexts = Tsv::Load(resources, base + "contexts.tsv", {"context"});
  if (!contexts) return contexts.error();
  for (const Tsv::Row& row : contexts->rows()) out.contexts_.emplace_back(row[0]);
  Result<Tsv> codes = Tsv::Load(resources, base + "cameo.tsv",
                                {"cameo", "event_type", "mode", "context", "goldstein", "quad"});
  if (!codes) return codes.error();
  for (const Tsv::Row& row : codes->rows()) {
    CodeMeaning meaning;
    meaning.event_type = row[1];
    meaning.mode = row[2];
    for (std::string_view context : SplitCell(row[3])) {
      if (!out.KnowsContext(context)) return codes->ErrorAt(row, "no such context");
      meaning.contexts.emplace_back(context);
    }
    if (!ReadNumber(row[4], meaning.goldstein) || !ReadNumber(row[5], meaning.quad_category)) {
      return codes->ErrorAt(row, "not a number");
    }
    if (!meaning.event_type.empty() && out.Type(meaning.event_type) == nullptr) {
      return codes->ErrorAt(row, "no such event type");
    }
    if (!meaning.mode.empty() && !out.KnowsMode(meaning.event_type, meaning.mode)) {
      return codes->ErrorAt(row, "no such mode of this event type");
    }
    out.codes_[std::string(row[0])] = std::move(meaning);
  }
  Result<Tsv> compositions =
      Tsv::Load(resources, base + "compositions.tsv", {"outer", "inner", "code", "keeps_inner"});
  if (!compositions) return compositions.error();
  for (const Tsv::Row& row : compositions->rows()) {
    for (std::string_view inner : SplitCell(row[1])) {
      out.compositions_.push_back({std::string(row[0]), inner == "*" ? "" : std::string(inner),
                                   std::string(row[2]), row[3] == "yes"});
    }
  }
  Result<Tsv> sectors = Tsv::Load(resources, base + "private.tsv", {"sector", "event_types"});
  if (!sectors) return sectors.error();
  for (const Tsv::Row& row : sectors->rows()) {
    for (std::string_view type : SplitCell(row[1])) {
      if (out.Type(type) == nullptr) return sectors->ErrorAt(row, "no such event type");
      out.private_.emplace(row[0], type);
    }
  }
  return out;
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
