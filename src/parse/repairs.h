// What grammar says of a tree that the model gave otherwise.
#pragma once

#include <cstdint>

#include "kronik/document.h"

namespace kronik {

// Mends the tree over the tokens [first, last), which has no other's tokens in it:
//  - "said it would send aid and urged talks": a past tense without a subject or an auxiliary of
//  its
//    own is not joined to an infinitive but to the finite verb that governs it;
//  - "Mali's ruling junta expelled the envoy": a participle between an owner and a bare noun
//    modifies the noun, and is no clause that is the subject.
void RepairTree(Document& document, uint32_t first, uint32_t last);

}  // namespace kronik
