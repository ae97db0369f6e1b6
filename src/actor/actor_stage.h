// Actor: who the names, roles and pronouns of a report stand for: a code and sectors.
//
// Adds Document::actors and Document::actor_mentions (body only, in text order; mentions don't
// overlap). A mention's span is the noun phrase's words that tell the actor, without its article:
// "Russian Foreign Minister Sergei Lavrov", "tentara Israel". Forms:
//   kName     has a name: of a person, state, organisation; also a capital for its government
//   kNominal  a role, body or group of people; or a nationality alone ("Russian" of "Russian
//             planes", "Israeli" of "Israeli strikes"), whose head is then the adjective itself
//   kPronoun  "he", "mereka"; "both sides", "kedua negara": several actors
// A capital after a preposition of place is no mention; a country there is one. Reference is
// resolved over the document; a pronoun that can't be is left out. Uses trees only for heads and
// subjects, and does without them.
#pragma once

#include <memory>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Errors: a data file that doesn't load.
Result<std::unique_ptr<Stage>> MakeActorStage(const Resources& resources);

}  // namespace kronik
