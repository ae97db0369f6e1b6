#include "token/rules.h"

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {

Result<TokenRules> TokenRules::Load(const Resources& resources, std::string_view lang) {
  TokenRules rules;
  const std::string folder = "data/lang/" + std::string(lang) + "/";
  Result<Tsv> table = Tsv::Load(resources, folder + "tokens.tsv", {"rule", "form", "parts"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    const std::string_view rule = row[0];
    for (std::string_view cell : SplitCell(row[1])) {
      std::string form = LowerCase(cell);
      if (rule == "split") {
        std::vector<std::string> parts;
        std::string whole;
        for (std::string_view part : SplitCell(row[2])) {
          parts.push_back(LowerCase(part));
          whole += parts.back();
        }
        if (whole != form) return table->ErrorAt(row, "the parts must spell the form");
        rules.splits[form] = parts;
      } else if (rule == "suffix") {
        rules.suffixes.push_back(form);
      } else if (rule == "keep") {
        rules.keeps.insert(form);
      } else if (rule == "prefix") {
        rules.prefixes.insert(form);
      } else if (rule == "unit") {
        rules.units.insert(form);
      } else if (rule == "currency") {
        rules.currencies.insert(form);
      } else if (rule == "starter") {
        rules.starters.insert(form);
      } else if (rule == "cue") {
        rules.cues.insert(form);
      } else if (rule == "hyphen") {
        rules.split_hyphens = form == "split";
      } else if (rule == "possessive") {
        rules.bare_possessive = form == "bare";
      } else {
        return table->ErrorAt(row, "no such rule: " + std::string(rule));
      }
    }
  }
  const std::string abbreviations = folder + "abbreviations.tsv";
  if (!resources.Has(abbreviations)) return rules;
  table = Tsv::Load(resources, abbreviations, {"form", "ends"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    for (std::string_view form : SplitCell(row[0])) {
      rules.abbreviations[LowerCase(form)] = row[1] == "maybe";
    }
  }
  return rules;
}

}  // namespace kronik
