// Entity: names of persons, organisations, places and other things; expressions of time.
//
// Adds Document::mentions (body only, in text order, never overlapping) and Document::times.
// Names come from a model of the language and the tables of known words (name_finder.h); parts of
// speech are used where there are any, and not needed. Dates: times.h.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: a data file that doesn't load.
Result<std::unique_ptr<Stage>> MakeEntityStage(const Resources& resources);

}  // namespace kronik
