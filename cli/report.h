// What `kronik read` found in a report, for people.
#pragma once

#include <string>

#include "kronik/document.h"

namespace kronik::cli {

// Title, date, events in order, statements and commitments, each with the words that prove it.
// `colour` adds ANSI colours.
std::string ReportForPeople(const Document& document, bool colour);

// "RUS GOV (Lavrov), PRK": an actor's code, sectors and words.
std::string ActorForPeople(const Document& document, const ActorRef& ref);

}  // namespace kronik::cli
