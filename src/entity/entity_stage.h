// Entity: names of persons, organisations, places and other things; expressions of time.
//
// Adds Document::mentions (body only, in text order, never overlapping) and Document::times.
// Works on runs of capitalised tokens; it uses parts of speech where there are any, and runs
// without them.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: a data file that doesn't load.
Result<std::unique_ptr<Stage>> MakeEntityStage(const Resources& resources);

}  // namespace kronik
