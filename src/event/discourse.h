// What the rest of a report tells about the parties of its events.
#pragma once

#include <vector>

#include "event/ontology.h"
#include "kronik/document.h"

namespace kronik {

// Whom one actor's word or meeting is with, where its own sentence doesn't say: "Ankara rejected
// the demand" answers whoever made it. Taken from the event told last, within three sentences, in
// which the actor's country deals with another; of a third party's word about what was told ("Peru
// welcomed the deal"), from the event before. Deeds are left as they are told. `events` are in the
// order of the text.
void FindCounterparts(const Document& document, const Functions& functions,
                      std::vector<Event>& events);

// Talks between a visitor and the host follow the visit: the visitor acts, the host receives.
void OrientTalks(const Document& document, const Functions& functions, std::vector<Event>& events);

}  // namespace kronik
