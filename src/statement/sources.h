// Who speaks: the phrase of a source, and the actor it names.
#pragma once

#include <string>
#include <unordered_map>

#include "statement/view.h"

namespace kronik::statement {

class Sources : View {
 public:
  explicit Sources(Work& work) : View(work) {}

  // Who spoke last, or kNone.
  uint32_t last() const { return last_source_; }
  void Forget() { last_source_ = kNone; }
  // Somebody spoke, with a cue at `byte`; kNone: nobody known.
  void Spoke(uint32_t actor, uint32_t byte);
  // The phrase after an inverted cue, a preposition or an agent word: [first, last).
  Range PhraseAfter(uint32_t t, uint32_t end) const;
  // The subject of a cue verb at `cue`, not left of `begin`. Empty: none of its own.
  Range Subject(uint32_t cue, uint32_t begin, uint32_t& head) const;
  // The actor of a source phrase. No actor: the phrase says nothing.
  ActorRef Resolve(Range phrase, uint32_t head, bool grammatical);
  // The outlet after "cited by": a name that only begins with a state's is another ("Peru Post").
  ActorRef ResolveOutlet(const Range& phrase);
  // Whether a source is an "I" or "you" of which nothing more is known: anyone at all.
  bool Anyone(const ActorRef& source) const;
  // Whether a phrase names no source at all; a pronoun for somebody unknown does name one.
  static bool Nobody(const ActorRef& source);
  ActorRef Refer(const ActorMention& mention) const;
  // Who spoke last, where they were named.
  ActorRef LastSource() const;
  ActorRef Clitic(const Cue& cue);
  // Whether a pronoun is rather who spoke last than whom it is taken for.
  bool GoesOn(const ActorMention& pronoun) const;
  ActorRef FirstActor(const Range& range) const;
  // "the claim by X that", "X's claim that", "klaim X bahwa".
  bool NounSource(const Cue& cue, const Range& piece, uint32_t left, ActorRef& source);

 private:
  bool OnePhrase(uint32_t head, uint32_t name) const;
  uint32_t SubjectHead(uint32_t cue, uint32_t begin, uint32_t& verb) const;
  bool SharesSubject(uint32_t verb) const;
  uint32_t Antecedent(uint32_t relative, uint32_t verb, uint32_t begin) const;
  Range PhraseBefore(uint32_t verb, uint32_t begin) const;
  uint32_t BeforeRelay(uint32_t end, uint32_t begin) const;
  bool MayEndName(uint32_t t) const;
  bool CanBeSubject(uint32_t t) const;
  bool OfVerb(uint32_t t, const Range& phrase) const;
  bool Particle(uint32_t t) const;
  const ActorMention* MentionIn(const Range& phrase, uint32_t head, bool grammatical) const;
  ActorRef ReferAround(const ActorMention& mention, const Range& phrase) const;
  const ActorMention* NameBefore(const Range& phrase) const;
  const ActorMention* NameBehind(const Range& phrase) const;
  ActorRef Unnamed(const Range& phrase, uint32_t head);
  bool NamesSomebody(const Range& phrase) const;
  ActorRef NewActor(const Span& span, ActorKind kind, bool carrier);
  ActorRef ReferFrom(const ActorMention& mention, uint32_t head) const;
  bool NamedSince(const ActorMention& pronoun) const;

  std::unordered_map<std::string, uint32_t> new_actors_;
  uint32_t last_source_ = kNone;
  uint32_t last_cue_ = 0;  // bytes: where it spoke
};

}  // namespace kronik::statement
