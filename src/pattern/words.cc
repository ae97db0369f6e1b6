#include "pattern/words.h"

#include "base/tsv.h"

namespace kronik {

Result<Words> Words::Load(const Resources& resources, std::string_view classes,
                          std::string_view inflect) {
  Words words;
  if (resources.Has(inflect)) {
    Result<Tsv> table =
        Tsv::Load(resources, inflect, {"upos", "initial", "prefix", "final", "suffix", "voice"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      std::optional<Upos> upos = UposFromName(row[0]);
      if (!upos) return table->ErrorAt(row, "not a part of speech: " + std::string(row[0]));
      words.rules_.push_back({*upos, std::string(row[1]), std::string(row[2]), std::string(row[3]),
                              std::string(row[4]),
                              row[5] == "Pass"  ? Voice::kPassive
                              : row[5] == "Act" ? Voice::kActive
                                                : Voice::kAny});
    }
  }
  Result<Tsv> table = Tsv::Load(resources, classes, {"class", "words"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    WordSet& set = words.classes_[std::string(row[0])];
    for (std::string_view word : SplitCell(row[1])) {
      // A class may take in one that stands above it.
      if (word.starts_with('@')) {
        const WordSet other = words.Class(word.substr(1));
        set.insert(other.begin(), other.end());
        continue;
      }
      for (auto& [form, voice] : words.Forms(word, Upos::kVerb)) set.insert(form);
      for (auto& [form, voice] : words.Forms(word, Upos::kNoun)) set.insert(form);
    }
  }
  return words;
}

const WordSet& Words::Class(std::string_view name) const {
  static const WordSet kEmpty;
  auto found = classes_.find(name);
  return found == classes_.end() ? kEmpty : found->second;
}

std::vector<std::pair<std::string, Voice>> Words::Forms(std::string_view word, Upos upos) const {
  std::vector<std::pair<std::string, Voice>> forms = {{std::string(word), Voice::kAny}};
  for (const Rule& rule : rules_) {
    if (rule.upos != upos || !word.starts_with(rule.initial) || !word.ends_with(rule.final) ||
        word.size() < rule.initial.size() + rule.final.size()) {
      continue;
    }
    const std::string_view middle =
        word.substr(rule.initial.size(), word.size() - rule.initial.size() - rule.final.size());
    forms.emplace_back(rule.prefix + std::string(middle) + rule.suffix, rule.voice);
  }
  return forms;
}

}  // namespace kronik
