// What a report tells was done, put off or left undone, by its own words alone: "the generators
// arrived", "has yet to pay". The ledger ties such deeds to what was undertaken.
#pragma once

#include <string>
#include <vector>

#include "commitment/parties.h"
#include "commitment/topics.h"

namespace kronik::commitment {

class Deeds : View {
 public:
  Deeds(Work& work, const Parties& parties, const Topics& topics)
      : View(work), parties_(parties), topics_(topics) {}

  // Adds the deeds of a sentence outside its commitments, which start at `first`.
  void Read(const Sentence& sentence, size_t first) const;

 private:
  enum class Told { kNotDone, kDone, kOmitted };

  // `comes`: the verb has no object, so that it can't be a participle ("the wheat docked").
  Told HowTold(uint32_t verb, uint32_t begin, bool comes) const;
  uint32_t ClauseStart(uint32_t begin, uint32_t verb) const;
  uint32_t ClauseEnd(const Sentence& sentence, uint32_t verb, uint32_t last) const;
  // How many states and organisations are party to it.
  size_t CodesOf(const Commitment& c) const;
  bool Passive(uint32_t verb) const;
  // The names of what a verb, or the event there, tells; `last` is one past its words.
  std::vector<const DeedWord*> Names(uint32_t verb, uint32_t end, uint32_t& last) const;
  // Reads the deed of a verb; false where there is none.
  bool ReadVerb(const Sentence& sentence, uint32_t begin, uint32_t verb, uint32_t& end) const;
  void Sides(const Range& clause, const Range& who, const Range& trigger, bool gets,
             Commitment& c) const;
  void Places(const Range& clause, Commitment& c) const;
  // The acts that the words behind a verb name, as nouns or as verbs.
  std::vector<std::string> ActsNamed(uint32_t from, const Range& clause, const Commitment& c) const;
  void Outcomes(const std::vector<const DeedWord*>& names, uint32_t from, const Range& clause,
                const Commitment& c, Deed& deed) const;
  bool Part(const Range& clause) const;
  TimeInterval Date(const Range& clause, uint32_t verb) const;

  const Parties& parties_;
  const Topics& topics_;
};

}  // namespace kronik::commitment
