// Who is bound, and toward whom: the actors of a commitment's words.
#pragma once

#include <vector>

#include "commitment/view.h"

namespace kronik::commitment {

class Parties : View {
 public:
  explicit Parties(Work& work) : View(work) {}

  // The two sides of a text that names none ("the pact was signed"): the two countries or
  // organisations that the report has named most so far.
  void Sides(uint32_t before, std::vector<Party>& parties) const;
  void AddParty(std::vector<Party>& parties, uint32_t actor, const Span& span,
                PartyRole role) const;
  // Whether a party of the same side is there: an event's actors only add sides.
  bool Coded(const std::vector<Party>& parties, uint32_t actor) const;
  // The actors named in a stretch. Those that a preposition governs are left out on request.
  void PartiesOf(const Range& range, PartyRole role, bool governed_too,
                 std::vector<Party>& parties) const;
  // The phrase that is the subject of the verb at `verb`. Empty: none of its own.
  Range Subject(uint32_t verb, uint32_t begin) const;
  // The other side, inside the words that say what: "to Chile", "dengan Chile".
  void Toward(const Range& subject, Commitment& c) const;
  // The sides among the words that say what: "to cut the tariffs between the two countries".
  void Between(const Range& subject, Commitment& c) const;
  // What may follow an instrument's name: between whom, with whom, on what or to do what.
  void AfterName(uint32_t k, PartyRole with, Commitment& c, Range& subject) const;
  // Who mediates, witnesses or guarantees: "disaksikan oleh X".
  void Helpers(const Sentence& sentence, Commitment& c) const;

 private:
  Range Back(uint32_t end, uint32_t begin) const;
};

}  // namespace kronik::commitment
