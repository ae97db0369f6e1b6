// Commitments: what a party has bound itself to, or wants another bound to.
//
// Reads tokens, trees, actors, times, statements and, where they are there, events; adds
// Document::commitments in text order. Words come from data/lang/<code>/commitment_cues.tsv; a
// sentence in a language without that file gives none. Linear in the text, save a bounded
// look-ahead.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: kInvalidInput with file:line, for a table that can't be read or an unknown word in it.
Result<std::unique_ptr<Stage>> MakeCommitmentStage(const Resources& resources);

}  // namespace kronik
