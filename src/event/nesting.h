// Nesting: acts about acts. "Promised aid" is one event, a promise of aid; "accused A of attacking
// B" is two; the outcome of an act ("shelled a town, killing ten") is none of its own.
#pragma once

#include <map>
#include <vector>

#include "event/candidate.h"
#include "event/ontology.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

class Nesting {
 public:
  // `candidates`: those of one sentence, with roles and status.
  Nesting(const Tree& tree, const Words& words, const Ontology& ontology,
          std::vector<Candidate>& candidates);

  // Changes codes, modes, roles and status, and marks what is a part of another act as swallowed.
  void Join();

 private:
  void SwallowParts();
  bool Nameless(const Candidate& outer, const Candidate& inner) const;
  void FindOuter(Candidate& inner) const;
  void JoinInner();
  bool Own(const Candidate& outer, const Candidate& inner) const;
  void Combine(Candidate& outer, Candidate& inner) const;
  void JoinOutcomes();
  bool IsOutcome(const Candidate& candidate) const;
  int Depth(const Candidate& candidate) const;

  const Tree& tree_;
  const Words& words_;
  const Ontology& ontology_;
  std::vector<Candidate>& candidates_;
  std::map<uint32_t, size_t> at_;  // candidates by their triggers
};

}  // namespace kronik
