// Reports in lines of JSON.
#pragma once

#include <string_view>

#include "kronik/document.h"
#include "kronik/result.h"

namespace kronik {

// Whether the bytes begin with a line that holds a report.
bool LooksLikeJsonLines(std::string_view bytes);

// The report in a line: `html` (a page), `raw` (scraped text) or `text` (clean text); `id` becomes
// its name, and `url`, `lang` and `date` are what they say. Members of another type count as
// absent. Error: kInvalidInput for another object, or none.
Result<Input> ReadJsonLine(std::string_view line);

}  // namespace kronik
