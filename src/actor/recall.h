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
    uint32_t head = kNone;   // the token
  };

  Recall(const std::vector<Actor>& actors, const SectorSides& sides)
      : actors_(actors), sides_(sides) {}

  // Who is named twice in a row, "the National Front (NF)", is there once.
  void Add(const Recent& recent) {
    const bool again = !recent_.empty() && recent_.back().actor == recent.actor &&
                       recent_.back().sentence == recent.sentence && !recent.joined;
    if (!again) recent_.push_back(recent);
  }
  // Several whom a word meant together: "they" goes on with them.
  void AddTogether(const std::vector<uint32_t>& actors, uint32_t sentence) {
    together_ = actors;
    together_in_ = sentence;
  }
  // The actors that a pronoun in a sentence means; several for "they" and "both sides"; none where
  // nobody fits. Not meant is who was named by the token `but`: in "Mali accused it", Mali.
  std::vector<uint32_t> Refer(Reference what, uint32_t sentence, uint32_t but = kNone) const;
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

  std::vector<uint32_t> He(uint32_t sentence, uint32_t but) const;
  std::vector<uint32_t> Whose(uint32_t sentence, uint32_t but) const;
  std::vector<uint32_t> It(uint32_t sentence, uint32_t but) const;
  std::vector<uint32_t> They(uint32_t sentence, uint32_t but) const;
  std::vector<uint32_t> Pair(uint32_t sentence, bool persons) const;
  std::vector<uint32_t> JoinedTo(size_t i) const;
  static bool Is(const Recent& recent, uint32_t token) {
    return token != kNone && recent.head == token;
  }
  bool IsPerson(const Recent& recent) const {
    return actors_[recent.actor].kind == ActorKind::kPerson;
  }

  std::string SideOf(const Actor& actor) const;

  const std::vector<Actor>& actors_;
  const SectorSides& sides_;
  std::vector<Recent> recent_;
  std::vector<uint32_t> together_;
  uint32_t together_in_ = 0;  // the sentence
};

}  // namespace kronik
