// Lines above the story that name authors or a place without saying so.
#pragma once

#include <string_view>

#include "article/raw_report.h"

namespace kronik {

// "South Caucasus correspondent", "Wire One, Oslo": what the author named on the line above does.
bool IsJob(const RawReport& report, size_t i);

// "ADDIS ABABA": a dateline's place on the line above the story.
bool IsPlaceAlone(const RawReport& report, size_t i);

// Takes a line for a byline if it is a name alone below the title, next to a date or a job, or an
// outlet's name right above the story. False if it is none.
bool TakeAuthorLine(RawReport& report, size_t i);

}  // namespace kronik
