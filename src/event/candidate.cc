#include "event/candidate.h"

#include <algorithm>

namespace kronik {

void AddRef(const ActorRef& ref, std::vector<ActorRef>& out) {
  if (!Holds(out, ref.actor) && out.size() < kMaxActors) out.push_back(ref);
}

bool Holds(const std::vector<ActorRef>& refs, uint32_t actor) {
  return std::any_of(refs.begin(), refs.end(),
                     [&](const ActorRef& ref) { return ref.actor == actor; });
}

}  // namespace kronik
