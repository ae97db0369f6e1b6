// Patterns: the trigger table of one language, matched against dependency trees.
//
// Columns of the table:
//   trigger  words with '|' between them; of a noun or verb, by lemma or form
//   upos     one or more of V N A (VERB, NOUN or PROPN, ADJ)
//   needs    conditions with ' ' between them, all to hold; "obj:talk|@aid": a dependent in the
//   slot
//            has one of the words in it; "in:": one is anywhere below the trigger but not in its
//            subject; "prt:": a particle or adverb is a child; "*" is any word. '!' in front turns
//            one round.
//   frame    the recipient's slots, best first, with ' ' between them; "@vs" is a class of
//            prepositions, "comp" the subject of the clause below; "sym": all who take part act;
//            "actor=SLOT" puts another slot than the subject in the actor's place
//   code     what it stands for, e.g. a CAMEO code, with ":mode" where the code has another
//   flags    free words for the stage that uses the table
// Threads: immutable after Load.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

struct Need {
  bool negated = false;
  std::string slot;
  WordSet words;
};

struct Pattern {
  std::string upos;
  std::vector<Need> needs;
  std::vector<std::string> recipient;  // slots, classes of prepositions opened
  std::string actor;                   // a slot; empty: the subject
  bool symmetric = false;
  std::string code;
  std::string mode;
  std::vector<std::string> flags;
  std::string where;  // file:line

  bool Flag(std::string_view name) const;
};

struct Match {
  const Pattern* pattern = nullptr;
  uint32_t trigger = kNone;
  Voice voice = Voice::kAny;
  std::vector<uint32_t> with;  // the words that met the needs
  std::vector<Argument> arguments;
};

class PatternTable {
 public:
  // Errors: those of Tsv::Load; kInvalidInput for a cell that can't be read.
  static Result<PatternTable> Load(const Resources& resources, std::string_view name,
                                   const Words& words);
  // The best match at a token: the one with most needs, then the one that stands first.
  // `pattern` is null where there is none.
  Match At(const Tree& tree, uint32_t token, const Words& words) const;
  size_t size() const { return patterns_.size(); }
  const std::vector<Pattern>& patterns() const { return patterns_; }

 private:
  struct Entry {
    uint32_t pattern;
    Voice voice;
  };
  std::vector<Pattern> patterns_;
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
  };
  std::unordered_map<std::string, std::vector<Entry>, Hash, std::equal_to<>> index_;
};

}  // namespace kronik
