// What the steps of the stage share while they read one document, and the small questions about its
// words that all of them ask.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/body_words.h"
#include "statement/clause.h"
#include "statement/lexicon.h"

namespace kronik::statement {

using Lexicons = std::map<std::string, Lexicon, std::less<>>;  // by language

// A stretch in quotation marks.
struct Quote {
  uint32_t open = 0;   // bytes: the mark itself
  uint32_t inner = 0;  // bytes: after the mark
  uint32_t close = 0;  // bytes: the closing mark, or the block's end
  Range words;         // tokens inside
  uint32_t after = 0;  // the token after the closing mark
  bool closed = true;
  bool direct = false;  // a quotation of its own, not a few quoted words of a clause
};

// Words that attribute, where they stand.
struct Cue {
  uint32_t first = 0;
  uint32_t last = 0;
  const Entry* entry = nullptr;
  bool split = false;
  uint32_t frames() const { return entry->frames; }
};

// One document's work.
struct Work : BodyWords {
  Work(Document& doc, const Lexicons& all)
      : BodyWords(doc),
        lexicons(all),
        tree(doc),
        clauses(tree, words),
        used(words.size()),
        cue(words.size()) {}

  const Lexicons& lexicons;
  const Tree tree;
  const ClauseReader clauses;
  const Lexicon* lexicon = nullptr;  // of the sentence's language
  std::vector<bool> used;            // tokens that an attribution already has
  std::vector<bool> cue;             // tokens of cues
  std::vector<Quote> quotes;         // of the block that is read
  std::unordered_map<uint32_t, std::vector<Quote>> quotes_of;  // of each block that has some
  uint32_t open_statement = kNone;  // a quotation that the block before left open
};

// A handle, as BodyView is; each step derives from it.
class View : protected BodyView {
 protected:
  explicit View(Work& work) : BodyView(work), work_(work) {}

  const Lexicon& lexicon() const { return *work_.lexicon; }
  uint32_t Classes(uint32_t t) const;
  bool Is(uint32_t t, uint32_t classes) const;
  bool Break(uint32_t t) const;
  bool Stop(uint32_t t) const;
  bool Verb(uint32_t t) const;
  bool Participle(uint32_t t) const;
  bool Parsed(const Range& range) const;
  bool HasVerb(const Range& range) const;
  bool HasVerbStrict(const Range& range) const;
  bool HasPredicate(const Range& range) const;
  bool MayPredicate(uint32_t t) const;
  bool OpensPredicate(uint32_t t) const;
  bool EndsPhrase(uint32_t t) const;
  bool HasQuote(const Span& span) const;
  bool IsCarrier(uint32_t actor) const;
  bool IsUpperStart(uint32_t t) const;
  bool SentenceStart(uint32_t t) const;
  bool IsTime(uint32_t t) const;
  bool HasComma(uint32_t first, uint32_t last) const;
  bool InNoun(uint32_t t) const;
  bool Dash(uint32_t t) const;
  bool Trim(uint32_t t) const;
  bool Outlet(const ActorMention& mention) const;
  bool Carries(uint32_t t) const;
  bool Views(uint32_t t) const;
  bool OfTitle(uint32_t t) const;
  bool Relays(const ActorMention& mention, uint32_t begin) const;
  bool Fused(uint32_t t) const;
  bool OnlySkipped(const Range& range) const;
  bool Personal(uint32_t t) const;
  Span TrimBytes(Span span) const;

  Work& work_;
};

}  // namespace kronik::statement
