// The parse stage: part of speech, lemma, features, head and relation of every token.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Loads models/LANG.bin for each language that has one; sentences in other languages keep their
// tokens as they are, apart from a flat tree under the first token.
// Errors: a model that is damaged or of another format version.
Result<std::unique_ptr<Stage>> MakeParseStage(const Resources& resources);

}  // namespace kronik
