// What the tokenizer knows of one language.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

struct TokenRules {
  using Set = std::unordered_set<std::string>;

  // All forms are lower-cased, with the straight apostrophe.
  std::unordered_map<std::string, std::vector<std::string>> splits;  // "cannot" -> "can", "not"
  std::vector<std::string> suffixes;  // words of their own at the end of a word: "n't", "nya"
  Set keeps;                          // words that only look as if they had such a suffix
  Set prefixes;                       // stay joined to what follows their hyphen: "non"
  Set units;                          // words of their own after digits: "km"
  Set currencies;                     // words of their own before digits: "rp"
  Set starters;                       // words that, capitalised, begin a sentence after "U.S."
  Set cues;                           // "asked", after a quotation that ends with "?"
  bool split_hyphens = false;
  bool bare_possessive = false;  // "the workers' union"
  // An abbreviation with its dot -> whether a sentence may end with it.
  std::unordered_map<std::string, bool> abbreviations;

  // Errors: kNotFound, and what Tsv::Load says.
  static Result<TokenRules> Load(const Resources& resources, std::string_view lang);
};

}  // namespace kronik
