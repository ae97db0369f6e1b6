// Mentions: whom the words of a document name, for the stage that asks who did what to whom.
//
// Of mentions that overlap the tightest one holds a token, and before all the one whose head it is.
// Carriers alone ("Reuters") are left out: they pass the report on and do nothing in it.
// Lifetime: refers to the document, its tree and the ontology. Threads: one document, one thread.
#pragma once

#include <string_view>
#include <vector>

#include "event/ontology.h"
#include "kronik/document.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

class Mentions {
 public:
  Mentions(const Document& document, const Tree& tree, const Ontology& ontology);

  // The mention that holds a token; null if there is none.
  const ActorMention* At(uint32_t token) const {
    return mention_of_[token] == kNone ? nullptr : &document_.actor_mentions[mention_of_[token]];
  }
  const Actor& ActorOf(const ActorRef& ref) const { return document_.actors[ref.actor]; }

  // Each of these adds to `out`.
  void AddMention(const ActorMention& mention, std::vector<ActorRef>& out) const;
  // The state whose capital or town a word names ("shells at Quito").
  void AddPlace(uint32_t token, std::vector<ActorRef>& out) const;
  // The actors that a phrase names: the mention at its head with those joined to it by "and"; else
  // the nearest ones inside ("the capital of B"); none for private people ("a guest from B").
  void AddPhrase(uint32_t node, const Words& words, std::vector<ActorRef>& out) const;

  // The name of the location at a token; empty if there is none.
  std::string_view LocationAt(uint32_t token) const;
  // The statements with content in a sentence (an index into Document::sentences).
  const std::vector<uint32_t>& StatementsIn(size_t sentence) const {
    return statements_of_[sentence];
  }

  // Whether somebody among them has a code or a sector.
  bool Political(const std::vector<ActorRef>& refs) const;
  // Whether somebody with a sector acts, not a state as such.
  bool Acts(const std::vector<ActorRef>& refs) const;
  // Whether all of them are states, or hold an office of one.
  bool Officials(const std::vector<ActorRef>& refs) const;
  // Whether all of them fight or rob on their own account: what they do at home they do to their
  // country.
  bool Outlaws(const std::vector<ActorRef>& refs) const;
  // Whether it is their own country to which something is done there: not if they are outlaws.
  bool AtHome(const std::vector<ActorRef>& refs, const ActorRef& other) const {
    return SameCountry(refs, other) && !Outlaws(refs);
  }
  // Whether an actor is one of them, of the same country as one, or of no country.
  bool SameCountry(const std::vector<ActorRef>& refs, const ActorRef& other) const;
  // Whether a phrase is of what strikes and kills but does not act: a force of nature, a disease,
  // an accident, a price. A name ("Typhoon Ines"), a measure ("a wave of cold") or another of its
  // kind may be the head.
  bool Impersonal(uint32_t node, const Words& words) const;

  // Whether a phrase is of a thing ("the book") or of people in private life ("the landlord"), and
  // names nobody.
  bool Unpolitical(uint32_t node, const Words& words) const;

 private:
  bool Passes(const ActorMention& mention) const;
  void IndexMentions();
  void IndexLocations();
  void IndexStatements();
  bool AddSpeaker(uint32_t token, const Words& words, std::vector<ActorRef>& out) const;
  void DropUnknown(size_t start, std::vector<ActorRef>& refs) const;
  void AddJoined(std::vector<uint32_t> joined, std::vector<ActorRef>& out) const;
  void Joined(uint32_t first, uint32_t last, std::vector<uint32_t>& out) const;
  void Inside(uint32_t at, bool top, const Words& words, std::vector<uint32_t>& out) const;

  const Document& document_;
  const Tree& tree_;
  const Ontology& ontology_;
  std::vector<uint32_t> mention_of_;                  // by token, as the next three
  std::vector<uint32_t> place_of_;                    // Document::places
  std::vector<uint32_t> location_of_;                 // Document::mentions of locations
  std::vector<uint32_t> speaker_of_;                  // actors: whose words the token belongs to
  std::vector<std::vector<uint32_t>> statements_of_;  // by sentence
};

}  // namespace kronik
