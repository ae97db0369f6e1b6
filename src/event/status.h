// Status: whether an act was done, is to come, was not done, or is only thought of.
#pragma once

#include "event/candidate.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

// Sets candidate.status, .future, .negated and .light, from the small words at the trigger and from
// the clauses above it ("refused to", "plans to", "if").
void FindStatus(const Tree& tree, const Words& words, const Sentence& sentence,
                Candidate& candidate);

}  // namespace kronik
