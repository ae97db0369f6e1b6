#include "actor/recall.h"

#include <algorithm>
#include <string>

namespace kronik {
namespace {

bool Near(const Recall::Recent& recent, uint32_t sentence, uint32_t reach) {
  return recent.sentence + reach >= sentence;
}

// What tells the sides of a country apart; empty for who is none: one without a country, a carrier,
// a body that states made.
std::string SideOf(const Actor& actor) {
  if (actor.code.empty() || actor.carrier || actor.kind == ActorKind::kOrganisation) return "";
  const bool own =
      !actor.sectors.empty() && actor.kind != ActorKind::kState && actor.sectors.front() != "GOV";
  return actor.code + (own ? actor.sectors.front() : "");
}

}  // namespace

std::vector<uint32_t> Recall::Refer(Reference what, uint32_t sentence) const {
  switch (what) {
    case kHe:
      return He(sentence);
    case kWhose:
      return Whose(sentence);
    case kIt:
      return It(sentence);
    case kThey:
      return They(sentence);
    case kPair:
      return Pair(sentence);
  }
  return {};
}

// The subject nearest, unless another person stands much nearer.
std::vector<uint32_t> Recall::He(uint32_t sentence) const {
  const Recent* any = nullptr;
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 3);) {
    const Recent& recent = recent_[i];
    if (!IsPerson(recent)) continue;
    if (any == nullptr) any = &recent;
    if (recent.subject) {
      return {recent.sentence + 1 >= any->sentence ? recent.actor : any->actor};
    }
  }
  if (any != nullptr) return {any->actor};
  return {};
}

std::vector<uint32_t> Recall::Whose(uint32_t sentence) const {
  const Recent* any = nullptr;
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 2);) {
    if (any == nullptr) any = &recent_[i];
    if (recent_[i].subject) return {recent_[i].actor};
  }
  if (any != nullptr) return {any->actor};
  return {};
}

std::vector<uint32_t> Recall::It(uint32_t sentence) const {
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 1);) {
    if (!IsPerson(recent_[i]) && recent_[i].subject) return {recent_[i].actor};
  }
  return {};
}

// Those joined by "and", or a group.
std::vector<uint32_t> Recall::They(uint32_t sentence) const {
  for (size_t i = recent_.size(); i-- > 0 && Near(recent_[i], sentence, 2);) {
    if (recent_[i].joined) {
      std::vector<uint32_t> out;
      size_t first = i;
      while (first > 0 && recent_[first].joined) --first;
      for (size_t j = first; j <= i; ++j) {
        if (std::ranges::find(out, recent_[j].actor) == out.end()) out.push_back(recent_[j].actor);
      }
      if (out.size() > 1) return out;
    }
    const ActorKind kind = actors_[recent_[i].actor].kind;
    if (kind == ActorKind::kGroup || kind == ActorKind::kOrganisation) return {recent_[i].actor};
  }
  return {};
}

// The two of the nearest sentence that has two, those joined by "and" before others; else with the
// sentence before it.
std::vector<uint32_t> Recall::Pair(uint32_t sentence) const {
  std::vector<uint32_t> found;
  std::vector<std::string> sides;
  const auto add = [&](const Recent& recent) {
    const std::string side = SideOf(actors_[recent.actor]);
    if (found.size() == 2 || side.empty() || std::ranges::find(sides, side) != sides.end()) return;
    sides.push_back(side);
    found.push_back(recent.actor);
  };
  for (size_t i = recent_.size(); i > 0 && Near(recent_[i - 1], sentence, 6) && found.size() < 2;) {
    size_t first = i;
    while (first > 0 && recent_[first - 1].sentence == recent_[i - 1].sentence) --first;
    for (size_t j = first + 1; j < i && found.size() < 2; ++j) {
      if (!recent_[j].joined) continue;
      found.clear();
      sides.clear();
      add(recent_[j - 1]);
      add(recent_[j]);
    }
    for (size_t j = first; j < i; ++j) add(recent_[j]);
    i = first;
  }
  if (found.size() < 2) found.clear();
  return found;
}

}  // namespace kronik
