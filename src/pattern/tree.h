// Tree: the dependency trees of a document, with children and arguments at hand.
//
// Every walk has a bound, so that a broken tree (a cycle, a head outside the sentence) costs
// nothing. Lifetime: a Tree refers to the document and to the words it was made with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "pattern/words.h"

namespace kronik {

// A dependent in a role. Slots: "subj", "obj", "iobj", "agent" (of a passive), "poss" (of a noun,
// without a preposition), "comp" (a clause), "bare" (an oblique without a preposition); for any
// other oblique its preposition, in lower case.
struct Argument {
  uint32_t node = kNone;
  std::string slot;
  bool inherited = false;  // shared, controlled or relative: not a child of the trigger
};

class Tree {
 public:
  explicit Tree(const Document& document);

  const Document& document() const { return document_; }
  const Token& token(uint32_t index) const { return document_.tokens[index]; }
  uint32_t Head(uint32_t index) const;  // kNone for a root
  const std::vector<uint32_t>& Children(uint32_t index) const { return children_[index]; }
  // Lower-case lemma and form.
  std::string_view Lemma(uint32_t index) const { return lemmas_[index]; }
  std::string_view Form(uint32_t index) const { return forms_[index]; }
  // The whole of a word that hyphens cut into tokens, at its last one ("cease-fire"); else empty.
  std::string_view Whole(uint32_t index) const { return wholes_[index]; }
  bool In(uint32_t index, const WordSet& set) const;
  // The first child in the set with one of the relations (empty: any); kNone if there is none.
  uint32_t Child(uint32_t index, const WordSet& set, std::string_view relation = {}) const;
  // The preposition of an oblique, or empty.
  std::string_view Case(uint32_t index) const;
  // The arguments of a verb or noun: its own, those that it shares with the clause above
  // (conjunction, control, relative clause), and those of a light verb that carries the noun.
  std::vector<Argument> Arguments(uint32_t trigger, const Words& words, Voice voice) const;
  // The light verb that carries a noun, or kNone.
  uint32_t LightVerb(uint32_t noun, const Words& words) const;
  bool Passive(uint32_t verb, Voice voice) const;
  bool Misrooted(uint32_t verb) const;
  bool Demoted(uint32_t verb) const;
  // The tokens of the subtree below a node, the node first; at most `limit`.
  std::vector<uint32_t> Subtree(uint32_t node, size_t limit, int depth) const;

 private:
  void Own(uint32_t trigger, const Words& words, bool passive, bool inherited,
           std::vector<Argument>& out) const;
  void Share(uint32_t trigger, const Words& words, bool passive, std::vector<Argument>& out) const;
  std::vector<Argument> Resolve(uint32_t trigger, const Words& words, Voice voice, int depth) const;

  const Document& document_;
  std::vector<std::vector<uint32_t>> children_;
  std::vector<std::string> lemmas_, forms_, wholes_;
  std::vector<bool> in_time_;  // words of a date: no argument but "when"
};

// Whether a list of arguments has one in the slot.
bool HasSlot(const std::vector<Argument>& arguments, std::string_view slot);

}  // namespace kronik
