// The token stage: sentences and words of the body, by the guidelines of Universal Dependencies as
// the English (EWT, GUM) and Indonesian (CSUI, GSD) treebanks apply them.
//
// Reads data/lang/<code>/tokens.tsv (rule, form, parts) and abbreviations.tsv (form, ends).
// No sentence crosses a block. Time is linear in the length of the text.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Every language that has a tokens.tsv is loaded. Errors: a table that doesn't load; kInvalidInput
// for a rule that isn't known. The stage's error: kUnsupported for a language without a table.
Result<std::unique_ptr<Stage>> MakeTokenStage(const Resources& resources);

}  // namespace kronik
