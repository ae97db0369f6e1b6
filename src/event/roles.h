// Roles: who does the act at a trigger, and to whom.
//
// A pattern's frame names the slots of the recipient, best first, and sometimes that of the actor;
// else the voice tells: the subject of an active verb, the agent of a passive, whose act a noun is.
// Where the tree has none, weaker signs are tried in turn, and Roles says so.
#pragma once

#include <string_view>
#include <vector>

#include "event/candidate.h"
#include "event/mentions.h"
#include "event/ontology.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

class RoleFinder {
 public:
  RoleFinder(const Tree& tree, const Mentions& mentions, const Words& words,
             const Ontology& ontology)
      : tree_(tree), mentions_(mentions), words_(words), ontology_(ontology) {}

  // Fills candidate.roles.
  void Find(Candidate& candidate) const;

 private:
  // Who acts.
  void FindActor(Candidate& candidate, std::vector<ActorRef>& whose) const;
  void NounActor(Candidate& candidate, std::vector<ActorRef>& whose) const;
  void ActorBelow(const Match& match, std::vector<ActorRef>& out) const;
  void PassiveActor(Candidate& candidate) const;
  void Expeller(Candidate& candidate) const;
  void ActorAbove(Candidate& candidate) const;
  void ActorOfIssuer(Candidate& candidate) const;
  void Nearest(uint32_t trigger, std::vector<ActorRef>& out) const;
  void Means(const Match& match, std::vector<ActorRef>& out) const;
  void Crowd(uint32_t trigger, std::vector<ActorRef>& out) const;
  void FindPartners(Candidate& candidate, const std::vector<ActorRef>& whose) const;
  // Who is acted upon.
  void FindRecipient(Candidate& candidate, const std::vector<ActorRef>& whose) const;
  void OfSlot(Candidate& candidate, std::string_view slot,
              const std::vector<ActorRef>& whose) const;
  void AddTarget(uint32_t node, Roles& roles) const;
  void OfClause(Candidate& candidate) const;
  void Deeper(Candidate& candidate, std::string_view preposition, bool of_object) const;
  void OfObject(Candidate& candidate) const;
  void Content(Candidate& candidate) const;
  void OfCondition(Candidate& candidate) const;
  void OfDemand(Candidate& candidate) const;
  void OfMaker(Candidate& candidate) const;
  void Placed(Candidate& candidate) const;

  // The actors of the arguments in a slot, or in the slots of a class of prepositions.
  void Take(Candidate& candidate, std::string_view slot, std::vector<ActorRef>& out) const;
  void TakeClass(const Match& match, std::string_view name, std::vector<ActorRef>& out) const;
  void TakeSubject(uint32_t verb, std::vector<ActorRef>& out) const;
  void AddRecipients(const Match& match, const std::vector<ActorRef>& found, Roles& roles) const;
  static bool Gives(const Pattern& pattern);
  bool Given(const Match& match, const ActorRef& ref) const;

  const Tree& tree_;
  const Mentions& mentions_;
  const Words& words_;
  const Ontology& ontology_;
};

}  // namespace kronik
