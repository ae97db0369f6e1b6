#include "event/event_language.h"

#include <utility>

#include "base/tsv.h"

namespace kronik {
namespace {

Result<void> LoadContexts(const Resources& resources, const std::string& name,
                          const Ontology& ontology, EventLanguage& language) {
  if (!resources.Has(name)) return {};
  Result<Tsv> contexts = Tsv::Load(resources, name, {"context", "words"});
  if (!contexts) return contexts.error();
  for (const Tsv::Row& row : contexts->rows()) {
    if (!ontology.KnowsContext(row[0])) return contexts->ErrorAt(row, "no such context");
    for (std::string_view word : SplitCell(row[1])) {
      language.contexts[std::string(word)].emplace_back(row[0]);
    }
  }
  return {};
}

Result<void> LoadNonpolitical(const Resources& resources, const std::string& name,
                              EventLanguage& language) {
  if (!resources.Has(name)) return {};
  Result<Tsv> table = Tsv::Load(resources, name, {"weight", "words"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    WordSet& set = row[0] == "strong" ? language.nonpolitical : language.nonpolitical_weak;
    for (std::string_view word : SplitCell(row[1])) set.emplace(word);
  }
  return {};
}

Result<EventLanguage> LoadLanguage(const Resources& resources, const std::string& folder,
                                   const std::string& code, const Ontology& ontology) {
  const std::string file = "/" + code + ".tsv";
  const std::string lang = "data/lang/" + code;
  Result<Words> words = Words::Load(resources, folder + "/words" + file, lang + "/inflect.tsv");
  if (!words) return words.error();
  Result<PatternTable> table = PatternTable::Load(resources, folder + "/patterns" + file, *words);
  if (!table) return table.error();
  for (const Pattern& pattern : table->patterns()) {
    if (!ontology.Meaning(pattern.code)) {
      return Error{ErrorCode::kInvalidInput, "no such code: " + pattern.code, pattern.where};
    }
  }
  EventLanguage language{std::move(*words), std::move(*table), {}, {}, {}};
  Result<void> contexts = LoadContexts(resources, folder + "/contexts" + file, ontology, language);
  if (!contexts) return contexts.error();
  Result<void> drop = LoadNonpolitical(resources, lang + "/nonpolitical.tsv", language);
  if (!drop) return drop.error();
  return language;
}

}  // namespace

Result<EventLanguages> LoadEventLanguages(const Resources& resources, const std::string& folder,
                                          const Ontology& ontology) {
  EventLanguages languages;
  for (const std::string& code : resources.Languages()) {
    if (!resources.Has(folder + "/patterns/" + code + ".tsv")) continue;
    Result<EventLanguage> language = LoadLanguage(resources, folder, code, ontology);
    if (!language) return language.error();
    languages.emplace(code, std::move(*language));
  }
  return languages;
}

}  // namespace kronik
