#include "actor/recall.h"

#include <algorithm>
#include <functional>
#include <string>

#include "base/tsv.h"

namespace kronik {
namespace {

bool Near(const Recall::Recent& recent, uint32_t sentence, uint32_t reach) {
  return recent.sentence + reach >= sentence;
}

// A state or a person speaks for a side before its soldiers do.
bool StandsFor(const Actor& actor) {
  return actor.kind == ActorKind::kState || actor.kind == ActorKind::kPerson;
}

}  // namespace

Result<SectorSides> LoadSectorSides(const Resources& resources) {
  const Result<Tsv> table =
      Tsv::Load(resources, "data/ontology/plover/sectors.tsv", {"sector", "side"});
  if (!table) return table.error();
  SectorSides sides;
  for (const Tsv::Row& row : table->rows()) {
    if (row[1].empty()) continue;
    if (row[1] != "state" && row[1] != "apart") {
      return table->ErrorAt(row, "unknown side '" + std::string(row[1]) + "'");
    }
    sides.emplace(row[0], row[1] == "state");
  }
  return sides;
}

// What tells the sides of a country apart: its state, and whoever fights or opposes that. Empty for
// who is none: somebody without a country, a carrier, a body that states made, the public.
std::string Recall::SideOf(const Actor& actor) const {
  if (actor.code.empty() || actor.carrier) return "";
  if (actor.sectors.empty()) return actor.kind == ActorKind::kOrganisation ? "" : actor.code;
  const auto side = sides_.find(actor.sectors.front());
  if (side == sides_.end()) return "";
  return side->second ? actor.code : actor.code + side->first;
}

std::vector<uint32_t> Recall::Refer(Reference what, uint32_t sentence, uint32_t but) const {
  switch (what) {
    case kHe:
      return He(sentence, but);
    case kWhose:
      return Whose(sentence, but);
    case kIt:
      return It(sentence, but);
    case kThey:
      return They(sentence, but);
    case kPair:
    case kStates:
      return Pair(sentence, false);
    case kPersons: {
      std::vector<uint32_t> two = Pair(sentence, true);
      return two.empty() ? Pair(sentence, false) : two;
    }
  }
  return {};
}

// The subject nearest, unless another person stands much nearer.
std::vector<uint32_t> Recall::He(uint32_t sentence, uint32_t but) const {
  const Recent* any = nullptr;
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 3);) {
    const Recent& recent = recent_[i];
    if (!IsPerson(recent) || Is(recent, but)) continue;
    if (any == nullptr) any = &recent;
    if (recent.subject) {
      return {recent.sentence + 1 >= any->sentence ? recent.actor : any->actor};
    }
  }
  if (any != nullptr) return {any->actor};
  return {};
}

std::vector<uint32_t> Recall::Whose(uint32_t sentence, uint32_t but) const {
  const Recent* any = nullptr;
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 2);) {
    if (Is(recent_[i], but)) continue;
    if (any == nullptr) any = &recent_[i];
    if (recent_[i].subject) return {recent_[i].actor};
  }
  if (any != nullptr) return {any->actor};
  return {};
}

std::vector<uint32_t> Recall::It(uint32_t sentence, uint32_t but) const {
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 1);) {
    if (Is(recent_[i], but)) continue;
    if (!IsPerson(recent_[i]) && recent_[i].subject) return {recent_[i].actor};
  }
  return {};
}

// Those meant together last, those joined by "and", or a group: of the nearest sentence that has
// any, subjects before others.
std::vector<uint32_t> Recall::They(uint32_t sentence, uint32_t but) const {
  const size_t oldest = recent_.size() - std::min(recent_.size(), kMaxBack);
  for (size_t i = recent_.size(); i > oldest && Near(recent_[i - 1], sentence, 2);) {
    size_t first = i;
    while (first > oldest && recent_[first - 1].sentence == recent_[i - 1].sentence) --first;
    if (!together_.empty() && together_in_ >= recent_[first].sentence && together_in_ < sentence) {
      return together_;
    }
    for (const bool subject : {true, false}) {
      for (size_t j = i; j-- > first;) {
        if (recent_[j].attribute || Is(recent_[j], but) || (subject && !recent_[j].subject))
          continue;
        std::vector<uint32_t> out = JoinedTo(j);
        if (out.size() > 1) return out;
        const ActorKind kind = actors_[recent_[j].actor].kind;
        if (kind == ActorKind::kGroup || kind == ActorKind::kOrganisation) return out;
      }
    }
    i = first;
  }
  return {};
}

// The one at `i` with those that "and" joins to it.
std::vector<uint32_t> Recall::JoinedTo(size_t i) const {
  size_t first = i;
  size_t last = i;
  while (first > 0 && recent_[first].joined && i - first < kMaxJoined) --first;
  while (last + 1 < recent_.size() && recent_[last + 1].joined && last - i < kMaxJoined) ++last;
  std::vector<uint32_t> out;
  for (; first <= last; ++first) {
    const uint32_t actor = recent_[first].actor;
    if (std::ranges::find(out, actor) == out.end()) out.push_back(actor);
  }
  return out;
}

// Two of different sides that "and" joined not long ago. Else the two sides of the sentence before
// the word, or of the sentences before, that the report spoke most of, the more recently the more:
// whoever speaks to "both sides" is none of them. Each by a person or its state rather than its
// soldiers.
std::vector<uint32_t> Recall::Pair(uint32_t sentence, bool persons) const {
  const auto side_of = [&](const Recent& recent) {
    const Actor& actor = actors_[recent.actor];
    const bool speaks =
        IsPerson(recent) && !actor.sectors.empty() && actor.sectors.front() == "GOV";
    return persons && !speaks ? std::string() : SideOf(actor);
  };
  std::string acts;  // the last whose deeds were told
  for (size_t i = recent_.size();
       i-- > 1 && recent_.size() - i < kMaxBack && Near(recent_[i], sentence, 3);) {
    const std::string right = side_of(recent_[i]);
    if (!recent_[i].joined) {
      if (acts.empty() && recent_[i].subject && recent_[i].sentence < sentence) acts = right;
      continue;
    }
    const std::string left = side_of(recent_[i - 1]);
    if (left.empty() || right.empty() || left == right) continue;
    // Two who only mediated between those that are told of.
    if (!acts.empty() && acts != left && acts != right) continue;
    return {recent_[i - 1].actor, recent_[i].actor};
  }
  struct Side {
    std::string name;
    double weight = 0;
    uint32_t actor = kNone;
  };
  std::vector<Side> here, before;
  for (size_t i = recent_.size(); i-- > 0 && recent_.size() - i < kMaxBack;) {
    const Recent& recent = recent_[i];
    std::string name = side_of(recent);
    if (name.empty()) continue;
    std::vector<Side>& sides = recent.sentence == sentence ? here : before;
    auto side = std::ranges::find(sides, name, &Side::name);
    if (side == sides.end()) side = sides.insert(side, {std::move(name), 0, recent.actor});
    if (StandsFor(actors_[recent.actor]) && !StandsFor(actors_[side->actor])) {
      side->actor = recent.actor;
    }
    side->weight += (recent.subject ? 2.0 : 1.0) / (1.0 + (sentence - recent.sentence));
  }
  std::vector<Side>& sides = here.size() >= 2 ? here : before;
  if (before.size() == 1 && here.size() == 1 && before[0].name != here[0].name) {
    sides.push_back(here[0]);
  }
  if (sides.size() < 2) return {};
  std::ranges::stable_sort(sides, std::greater<>(), &Side::weight);
  return {sides[0].actor, sides[1].actor};
}

}  // namespace kronik
