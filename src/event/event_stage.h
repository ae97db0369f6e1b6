// The event stage: who did what to whom, when, and by whose word.
//
// Needs trees, actors and statements; adds Document::events. Per language it reads the pattern
// table and word classes of the ontology (data/ontology/plover); a sentence in a language that has
// none yields no events. Triggers are matched on the tree, actors are the actor mentions in the
// trigger's arguments, and an act about another act ("promised aid") is one event by the table of
// compositions. An event without a coded actor (country, organisation or sector) is dropped.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: those of the tables, with file:line.
Result<std::unique_ptr<Stage>> MakeEventStage(const Resources& resources);

}  // namespace kronik
