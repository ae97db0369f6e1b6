// Statements: who said, thought, wanted or denied what, with which words, and who passed it on.
//
// Reads tokens, trees and actors; adds Document::statements in text order, and an Actor for each
// source that no mention covers. Words come from data/lang/<code>/reporting_verbs.tsv; a sentence
// in a language without that file gives none. Linear in the text, save a bounded look-ahead.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: kInvalidInput with file:line, for a table that can't be read or an unknown frame.
Result<std::unique_ptr<Stage>> MakeStatementStage(const Resources& resources);

}  // namespace kronik
