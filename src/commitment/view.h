// What the steps of the stage share while they read one document, and the small questions about its
// words that all of them ask.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/body_words.h"
#include "commitment/cues.h"
#include "commitment/undertakings.h"

namespace kronik::commitment {

using Languages = std::map<std::string, Cues, std::less<>>;  // cues by language

// One document's work.
struct Work : BodyWords {
  Work(Document& document, const Languages& all, const Undertakings& known);

  const Languages& languages;
  const Undertakings& undertakings;
  const Cues* cues = nullptr;  // of the sentence's language
  // The innermost statement whose content holds a token, or kNone.
  std::vector<uint32_t> told;
  // By block: who speaks in a quotation that is a paragraph of its own and has no statement.
  std::map<uint32_t, ActorRef> lone;
};

// A handle, as BodyView is; each step derives from it.
class View : protected BodyView {
 protected:
  explicit View(Work& work) : BodyView(work), work_(work) {}

  const Cues& cues() const { return *work_.cues; }
  bool Is(uint32_t t, uint64_t classes) const;
  bool Comma(uint32_t t) const;
  bool Verb(uint32_t t) const;
  bool Nominal(uint32_t t) const;
  // A noun in small letters: no name, whatever a wrong tree has.
  bool CommonNoun(uint32_t t) const;
  bool Negated(uint32_t t, uint32_t begin) const;
  // "has yet to": it is still to come.
  bool Pending(uint32_t t, uint32_t begin) const;
  // Whether a token is in words whose cue stands between it and `from`, as in "kept the agreement
  // to share the water": they are a part of what `from` begins.
  bool ToldAfter(uint32_t from, uint32_t t) const;
  // Where the words that say what end: the statement's content, a quotation, a new clause.
  uint32_t SubjectEnd(uint32_t from, const Sentence& sentence) const;
  // The noun phrase of an instrument or meeting around its name: modifiers before and after.
  Range NounPhrase(uint32_t noun, uint32_t begin, uint32_t end) const;
  Span SpanOf(Range range) const;
  bool Numbered(uint32_t t) const;
  const Event* EventAt(const Span& trigger) const;
  // Whose words a token is in; nullptr: the report's own.
  const ActorRef* Speaker(uint32_t t) const;
  // Whether both are one actor, or speak for one state.
  bool SameSide(uint32_t a, uint32_t b) const;
  // Whether a stretch has a time.
  bool HasTime(const Range& range) const;

  Work& work_;
};

}  // namespace kronik::commitment
