// Words: the word classes of one language, and how its verbs and nouns inflect.
//
// A class is a named set of words ("light", "not", "aid"); the engine knows some names, patterns
// use others as @name. Words are lower case and match a token's lemma or its form.
// Threads: immutable after Load.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

using WordSet = std::unordered_set<std::string>;

enum class Voice : uint8_t { kAny, kActive, kPassive };

class Words {
 public:
  // `classes` has columns class, words; `inflect` (may be absent) has upos, initial, prefix,
  // final, suffix, voice: a word of that part of speech that starts with `initial` and ends with
  // `final` also has the form in which `prefix` and `suffix` replace them. Errors: those of
  // Tsv::Load.
  static Result<Words> Load(const Resources& resources, std::string_view classes,
                            std::string_view inflect);

  // The words of a class; an empty set where there is none.
  const WordSet& Class(std::string_view name) const;
  bool Has(std::string_view name) const { return classes_.contains(name); }
  // The forms of a word as the table builds them, itself first.
  std::vector<std::pair<std::string, Voice>> Forms(std::string_view word, Upos upos) const;

 private:
  struct Rule {
    Upos upos;
    std::string initial, prefix, final, suffix;
    Voice voice;
  };
  std::map<std::string, WordSet, std::less<>> classes_;
  std::vector<Rule> rules_;
};

}  // namespace kronik
