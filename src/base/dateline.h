// Where the dateline of a report's paragraph ends: "ISLAMABAD: ", "OSLO, Wire One - ". Its place
// and outlet say where the report comes from; they do nothing in it.
#pragma once

#include <cstdint>

#include "kronik/document.h"

namespace kronik {

// The first token of the sentence after its dateline, or sentence.first where it has none. Only the
// first sentence of a block can have one. Where the article's place is known the block must begin
// with it, and a colon or a dash ends the dateline; elsewhere it takes a
// dash between spaces, and before it one name of a place, also with a comma and an outlet's name
// behind, or a word in capitals with nothing but names, numbers and prepositions.
uint32_t AfterDateline(const Document& document, const Sentence& sentence);

}  // namespace kronik
