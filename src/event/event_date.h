// When an event took place, and whether it is still news.
#pragma once

#include "event/candidate.h"
#include "pattern/tree.h"

namespace kronik {

// Sets event.date, .date_text and .background. The time nearest to the trigger dates the event, one
// that the trigger's own words carry before all; an act that is told as done and has none has the
// day of the report.
void DateEvent(const Tree& tree, const Candidate& candidate, const Sentence& sentence,
               Event& event);

// Whether an event is so old that it is no news of any kind, but history.
bool IsHistory(const Document& document, const Event& event);

}  // namespace kronik
