// The cue words of one language, by their first word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "pattern/phrases.h"

namespace kronik::statement {

// Frames of a cue, and classes of function words, as bits.
enum Frame : uint32_t {
  kClause = 1 << 0,
  kThat = 1 << 1,
  kQuote = 1 << 2,
  kAddressee = 1 << 3,
  kInf = 1 << 4,
  kNp = 1 << 5,
  kIfQuoted = 1 << 6,
  kPrep = 1 << 7,
  kCarry = 1 << 8,
  kBy = 1 << 9,
  kNoun = 1 << 10,
  kAfter = 1 << 11,
  kAdj = 1 << 12,
  kComp = 1 << 13,
  kCalls = 1 << 14,
  kWithin = 1 << 15,
  kNames = 1 << 16,
  kIdiom = 1 << 17,
  kReason = 1 << 18,
  kQuestion = 1 << 19,
};
enum Word : uint32_t {
  kComplementizer = 1 << 0,
  kInfinitive = 1 << 1,
  kAgent = 1 << 2,
  kHearer = 1 << 3,
  kNegator = 1 << 4,
  kConjunction = 1 << 5,
  kContrast = 1 << 6,
  kRelative = 1 << 7,
  kPronoun = 1 << 8,
  kPassive = 1 << 9,
  kSkip = 1 << 10,
  kInside = 1 << 11,
  kAs = 1 << 12,
  kAnaphor = 1 << 13,
  kBoundary = 1 << 14,
  kHearers = 1 << 15,
  kOutlet = 1 << 16,
  kMedium = 1 << 17,
  kRole = 1 << 18,
  kAsks = 1 << 19,
  kThing = 1 << 20,
  kLight = 1 << 21,
  kRejects = 1 << 22,
  kDegree = 1 << 23,
  kOutletName = 1 << 24,
  kCause = 1 << 25,
};

struct Entry {
  std::string clitic;  // a pronoun at the end of the last word, or empty
  bool fused = false;  // the last word has it already
  uint32_t frames = 0;
  bool denial = false;
};

class Lexicon {
 public:
  static Result<Lexicon> Load(const Resources& resources, std::string_view file);

  struct Match {
    const Entry* entry = nullptr;
    uint32_t length = 0;  // tokens
    bool split = false;   // the clitic is a token of its own, the last one
  };
  // The longest cues that start at `at`; all of that length. `end` bounds the look-ahead.
  void Find(const std::vector<std::string>& words, uint32_t at, uint32_t end,
            std::vector<Match>& out) const;
  uint32_t Classes(const std::string& word) const;
  // Whether the language has words of their own for an attribution behind its content ("ujar");
  // its other verbs then don't stand there.
  bool after() const { return after_; }
  // Of a verb that rejects and the noun for what it rejects: "dismissed repeated claims that".
  const Entry& rejection() const { return rejection_; }

 private:
  Phrases<Entry> entries_;
  std::unordered_map<std::string, uint32_t> classes_;
  bool after_ = false;
  Entry rejection_{{}, false, kThat | kQuote, true};
};

}  // namespace kronik::statement
