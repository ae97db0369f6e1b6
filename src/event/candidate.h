// Candidate: an act that a pattern found in a sentence, on its way to an event.
#pragma once

#include <string>
#include <vector>

#include "kronik/document.h"
#include "pattern/pattern.h"

namespace kronik {

inline constexpr size_t kMaxActors = 24;  // in one role
inline constexpr int kMaxClimb = 8;       // heads looked at above a trigger

// Who acts and who is acted upon, and how they were found.
struct Roles {
  std::vector<ActorRef> actor, recipient;
  bool inherited = false;  // the actor comes from the clause above
  bool nearest = false;    // the actor only stands before the verb
  bool scene = false;      // the actor is only named as where it is done
  bool content = false;    // the recipient is only named in the act's own words
  size_t own = 0;          // of the actors, those that are the subject
};

struct Candidate {
  Match match;
  std::string code, mode;
  Roles roles;
  EventStatus status = EventStatus::kAsserted;
  int outer = -1;          // the candidate whose content this one is
  bool swallowed = false;  // a part of another act, and no act of its own
  bool composed = false;   // an act about another ("promised aid")
  bool future = false, negated = false;
  bool conditional = false;  // "... unless B gives in"
  bool purpose = false;      // "... to disperse the crowd"
  uint32_t light = kNone;    // the verb that carries a noun ("held talks")
};

// Adds an actor that the list doesn't have yet, up to kMaxActors.
void AddRef(const ActorRef& ref, std::vector<ActorRef>& out);
bool Holds(const std::vector<ActorRef>& refs, uint32_t actor);

// Whether a word is a noun as triggers have it: neither verb nor adjective.
inline bool IsNominal(const Token& word) {
  return word.upos != Upos::kVerb && word.upos != Upos::kAdj;
}

}  // namespace kronik
