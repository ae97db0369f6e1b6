#include "actor/actor_language.h"

#include <algorithm>
#include <utility>

#include "base/tsv.h"

namespace kronik {
namespace {

void AddRole(const Role& role, std::string_view form, bool fold, ActorLanguage& out) {
  out.role_table.Add(std::string(form), static_cast<uint32_t>(out.roles.size()), fold);
  out.roles.push_back(role);
  out.roles.back().form = form;
}

Result<void> LoadRoles(const Resources& resources, const std::string& name, ActorLanguage& out) {
  if (!resources.Has(name)) return {};
  Result<Tsv> table = Tsv::Load(resources, name, {"forms", "kind", "sectors"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    Role role;
    for (std::string_view kind : SplitCell(row[1])) {
      if (kind == "body") {
        role.kind = RoleKind::kBody;
      } else if (kind == "people") {
        role.kind = RoleKind::kPeople;
      } else if (kind == "local") {
        role.local = true;
      } else if (kind == "unknown") {
        role.unknown = role.local = true;
      } else if (kind != "person") {
        return table->ErrorAt(row, "unknown kind");
      }
    }
    role.neutral = row[2] == "*";
    if (!role.neutral) {
      for (std::string_view sector : SplitCell(row[2])) role.sectors.emplace_back(sector);
    }
    for (std::string_view form : SplitCell(row[0])) {
      const bool exact = std::ranges::any_of(form, [](char c) { return c >= 'A' && c <= 'Z'; });
      AddRole(role, form, !exact, out);
    }
  }
  return {};
}

Result<void> LoadReference(const Resources& resources, const std::string& name,
                           ActorLanguage& out) {
  if (!resources.Has(name)) return {};
  Result<Tsv> table = Tsv::Load(resources, name, {"key", "forms"});
  if (!table) return table.error();
  static const std::map<std::string_view, Reference> kKeys = {
      {"person", kHe},     {"many", kThey},       {"thing", kIt},   {"pair", kPair},
      {"states", kStates}, {"persons", kPersons}, {"whose", kWhose}};
  for (const Tsv::Row& row : table->rows()) {
    const auto key = kKeys.find(row[0]);
    for (std::string_view form : SplitCell(row[1])) {
      out.words[std::string(row[0])].emplace(form);
      if (key != kKeys.end()) out.reference.Add(std::string(form), key->second, true);
    }
    if (row[0] == "order") out.country_first = row[1] == "before";
  }
  return {};
}

}  // namespace

Result<ActorLanguages> LoadActorLanguages(const Resources& resources,
                                          const std::vector<Agent>& agents) {
  ActorLanguages languages;
  for (const std::string& lang : resources.Languages()) {
    ActorLanguage language;
    // The user's before the table's, since the first of equals is taken.
    for (const Agent& agent : agents) {
      Role role;
      role.kind = RoleKind::kPeople;
      role.sectors = agent.sectors;
      for (const std::string& form : agent.forms) AddRole(role, form, true, language);
    }
    const std::string folder = "data/lang/" + lang + "/";
    Result<void> roles = LoadRoles(resources, folder + "roles.tsv", language);
    if (!roles) return roles.error();
    Result<void> reference = LoadReference(resources, folder + "reference.tsv", language);
    if (!reference) return reference.error();
    languages.emplace(lang, std::move(language));
  }
  return languages;
}

}  // namespace kronik
