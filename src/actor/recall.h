// Recall: whom the pronouns of a report mean, among those named last.
// Lifetime: refers to the table of sides and to the list of actors, which may grow meanwhile.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "actor/actor_language.h"
#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

// Which sectors act for their state (true), and which are a side of their own inside it.
using SectorSides = std::map<std::string, bool, std::less<>>;
// Errors: those of Tsv::Load, and kInvalidInput for an unknown side.
Result<SectorSides> LoadSectorSides(const Resources& resources);

class Recall {
 public:
  // Somebody named, with the sentence; whether as a subject, or joined to the one before.
  struct Recent {
    uint32_t actor = kNone;
    uint32_t sentence = 0;
    bool subject = false;
    bool joined = false;
    bool attribute = false;  // of another noun: "U.N. sanctions"
  };

  Recall(const std::vector<Actor>& actors, const SectorSides& sides)
      : actors_(actors), sides_(sides) {}

  void Add(const Recent& recent) { recent_.push_back(recent); }
  // The actors that a pronoun in a sentence means; several for "they" and "both sides"; none where
  // nobody fits.
  std::vector<uint32_t> Refer(Reference what, uint32_t sentence) const;
  // The person named last in whose office `fits` sees the one meant; kNone if there is none.
  template <typename Fits>
  uint32_t Last(Fits fits) const {
    for (size_t i = recent_.size(); i-- > 0 && recent_.size() - i < kMaxBack;) {
      if (fits(actors_[recent_[i].actor])) return recent_[i].actor;
    }
    return kNone;
  }

 private:
  static constexpr size_t kMaxBack = 60;
  static constexpr size_t kMaxJoined = 12;

  std::vector<uint32_t> He(uint32_t sentence) const;
  std::vector<uint32_t> Whose(uint32_t sentence) const;
  std::vector<uint32_t> It(uint32_t sentence) const;
  std::vector<uint32_t> They(uint32_t sentence) const;
  std::vector<uint32_t> Pair(uint32_t sentence, bool persons) const;
  std::vector<uint32_t> JoinedTo(size_t i) const;
  bool IsPerson(const Recent& recent) const {
    return actors_[recent.actor].kind == ActorKind::kPerson;
  }

  std::string SideOf(const Actor& actor) const;

  const std::vector<Actor>& actors_;
  const SectorSides& sides_;
  std::vector<Recent> recent_;
};

}  // namespace kronik
