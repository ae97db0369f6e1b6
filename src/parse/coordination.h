// What grammar says of coordination, where a tree has it otherwise.
#pragma once

#include <cstdint>

#include "kronik/document.h"

namespace kronik {

// "said it would send aid and urged talks": a past tense is not joined to an infinitive but to the
// finite verb that governs it. Moves such conjuncts of the tokens [first, last) there, unless they
// have a subject or an auxiliary of their own.
void RaiseFiniteConjuncts(Document& document, uint32_t first, uint32_t last);

}  // namespace kronik
