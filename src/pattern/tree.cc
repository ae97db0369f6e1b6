#include "pattern/tree.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr int kMaxClauses = 6;

bool Verbal(const Token& token) { return token.upos == Upos::kVerb || token.upos == Upos::kAux; }

// The subject of a verb that the tree took for an adjective of its object, which nothing but the
// verb stands before: "U.N. agencies distributed food", with the subject as the sentence's root, or
// "Norway mobilized reservists", with the object as it. kNone if it isn't one.
uint32_t HiddenSubject(const Tree& tree, uint32_t verb) {
  const uint32_t object = tree.Head(verb);
  if (object == kNone || object < verb || !tree.token(verb).Is("amod")) return kNone;
  const uint32_t above = tree.Head(object);
  const Token& noun = tree.token(object);
  if (above == kNone) {
    const bool past = tree.token(verb).Feat("Tense") == "Past";
    const bool named = verb > 0 && tree.token(verb - 1).upos == Upos::kPropn &&
                       tree.Head(verb - 1) == object && noun.upos == Upos::kNoun;
    return past && named ? verb - 1 : kNone;
  }
  const bool rooted = above + 1 == verb && tree.Head(above) == kNone &&
                      (noun.Is("appos") || noun.Is("nmod")) && tree.Case(object).empty();
  return rooted ? above : kNone;
}

}  // namespace

bool HasSlot(const std::vector<Argument>& arguments, std::string_view slot) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const Argument& argument) { return argument.slot == slot; });
}

Tree::Tree(const Document& document) : document_(document), children_(document.tokens.size()) {
  lemmas_.reserve(document.tokens.size());
  forms_.reserve(document.tokens.size());
  for (const Token& token : document.tokens) {
    lemmas_.push_back(LowerCase(token.lemma));
    forms_.push_back(LowerCase(token.form));
  }
  in_time_.resize(document.tokens.size());
  for (const TimeExpression& time : document.times) {
    for (uint32_t t = time.first; t < time.last && t < in_time_.size(); ++t) in_time_[t] = true;
  }
  wholes_.resize(document.tokens.size());
  for (size_t i = 2; i < document.tokens.size(); ++i) {
    const Token& hyphen = document.tokens[i - 1];
    if (hyphen.form == "-" && document.tokens[i - 2].end == hyphen.start &&
        hyphen.end == document.tokens[i].start) {
      wholes_[i] = forms_[i - 2] + "-" + forms_[i];
    }
  }
  for (const Sentence& sentence : document.sentences) {
    for (uint32_t i = sentence.first; i < sentence.last && i < document.tokens.size(); ++i) {
      const int32_t head = document.tokens[i].head;
      if (head < static_cast<int32_t>(sentence.first) ||
          head >= static_cast<int32_t>(sentence.last)) {
        continue;
      }
      if (static_cast<uint32_t>(head) != i) children_[static_cast<uint32_t>(head)].push_back(i);
    }
  }
}

uint32_t Tree::Head(uint32_t index) const {
  const int32_t head = token(index).head;
  if (head < 0 || static_cast<size_t>(head) >= document_.tokens.size()) return kNone;
  return static_cast<uint32_t>(head);
}

bool Tree::In(uint32_t index, const WordSet& set) const {
  return !set.empty() && (set.contains(lemmas_[index]) || set.contains(forms_[index]) ||
                          (!wholes_[index].empty() && set.contains(wholes_[index])));
}

uint32_t Tree::Child(uint32_t index, const WordSet& set, std::string_view relation) const {
  for (uint32_t child : Children(index)) {
    if ((relation.empty() || token(child).Is(relation)) && In(child, set)) return child;
  }
  return kNone;
}

std::string_view Tree::Case(uint32_t index) const {
  std::string_view found;
  for (uint32_t child : Children(index)) {
    const Token& dependent = token(child);
    if (dependent.deprel == "case" || (dependent.Is("mark") && Verbal(token(index)))) {
      if (child < index) found = Form(child);
      if (!found.empty()) break;
    }
  }
  return found;
}

bool Tree::Misrooted(uint32_t verb) const { return HiddenSubject(*this, verb) != kNone; }

// "Opposition parties called on A to resign": a tree that took the subject for the sentence's root,
// and the past tense for a participle, which has an object or a clause of its own.
bool Tree::Demoted(uint32_t verb) const {
  const uint32_t subject = Head(verb);
  const Token& word = token(verb);
  if (subject == kNone || subject > verb || word.deprel != "acl" || Head(subject) != kNone ||
      word.Feat("Tense") != "Past") {
    return false;
  }
  const bool sentence =
      std::any_of(Children(subject).begin(), Children(subject).end(), [&](uint32_t child) {
        const Token& other = token(child);
        return other.Is("cop") || (Verbal(other) && other.Feat("VerbForm") == "Fin");
      });
  return !sentence &&
         std::any_of(Children(verb).begin(), Children(verb).end(), [&](uint32_t child) {
           const Token& part = token(child);
           return child > verb && (part.Is("obj") || part.Is("xcomp") || part.Is("ccomp"));
         });
}

bool Tree::Passive(uint32_t verb, Voice voice) const {
  if (Misrooted(verb) || Demoted(verb)) return false;
  if (voice != Voice::kAny) return voice == Voice::kPassive;
  const Token& word = token(verb);
  bool subject = false;
  for (uint32_t child : Children(verb)) {
    const std::string_view relation = token(child).deprel;
    if (relation == "nsubj:pass" || relation == "aux:pass" || relation == "obl:agent") return true;
    subject = subject || relation == "nsubj";
  }
  // A participle with a subject of the active is a past tense that the tagger mistook.
  return word.Feat("Voice") == "Pass" && !(subject && word.Feat("VerbForm") == "Part");
}

void Tree::Own(uint32_t trigger, const Words& words, bool passive, bool inherited,
               std::vector<Argument>& out) const {
  const bool noun = !Verbal(token(trigger));
  const WordSet& by = words.Class("by");
  const bool subject =
      std::any_of(Children(trigger).begin(), Children(trigger).end(),
                  [&](uint32_t child) { return token(child).Is("nsubj") && child < trigger; });
  // "The minister pressed B to pay": of two objects of an active verb, one before it, that one
  // acts.
  const bool acts =
      !noun && !passive && !subject &&
      std::any_of(Children(trigger).begin(), Children(trigger).end(),
                  [&](uint32_t child) { return token(child).Is("obj") && child > trigger; });
  for (uint32_t child : Children(trigger)) {
    const Token& dependent = token(child);
    std::string slot;
    if (dependent.Is("nsubj")) {
      slot = dependent.deprel == "nsubj:pass" || (passive && !noun) ? "obj" : "subj";
    } else if (acts && dependent.Is("obj") && child < trigger &&
               !In(child, words.Class("relative"))) {
      slot = "subj";
    } else if (dependent.Is("obj")) {
      // The object of a passive is its agent or its content. What follows "by" is the agent; in
      // some languages so is what follows the verb ("diterima presiden").
      const bool agent =
          by.contains(std::string(Case(child))) ||
          (words.Has("bare-agent") && child > trigger && (subject || token(trigger).Is("xcomp")));
      slot = passive && agent ? "agent" : "obj";
    } else if (dependent.Is("iobj")) {
      slot = "iobj";
    } else if (dependent.Is("obl") || dependent.Is("nmod")) {
      if (in_time_[child]) continue;
      const std::string preposition(Case(child));
      // "dibekukan Swiss"
      const bool bare = passive && preposition.empty() && child == trigger + 1 &&
                        words.Has("bare-agent") && dependent.upos == Upos::kPropn;
      if (dependent.deprel == "obl:agent" || (passive && by.contains(preposition)) || bare) {
        slot = "agent";
      } else if (!preposition.empty()) {
        slot = preposition;
      } else if (dependent.deprel.ends_with(":tmod")) {
        continue;
      } else {
        slot = noun ? "poss" : "bare";
      }
    } else if (noun && (dependent.Is("compound") || dependent.Is("amod") || dependent.Is("flat") ||
                        dependent.Is("appos") || dependent.deprel == "det:poss")) {
      slot = "poss";
    } else if (dependent.Is("xcomp") || dependent.Is("ccomp") || dependent.Is("advcl") ||
               (noun && dependent.deprel == "acl")) {
      slot = "comp";
    } else {
      continue;
    }
    out.push_back({child, std::move(slot), inherited});
  }
}

void Tree::Share(uint32_t trigger, const Words& words, bool passive,
                 std::vector<Argument>& out) const {
  // "is backed and armed by A": what stands with the last of them belongs to all.
  for (uint32_t child : Children(trigger)) {
    if (!token(child).Is("conj") || !Verbal(token(child))) continue;
    const bool other = Passive(child, Voice::kAny);
    const std::string_view shared = passive ? "agent" : "obj";
    if (other != passive || HasSlot(out, shared)) continue;
    std::vector<Argument> theirs;
    Own(child, words, other, true, theirs);
    for (Argument& argument : theirs) {
      if (argument.slot == shared) out.push_back(std::move(argument));
    }
  }
}

std::vector<Argument> Tree::Resolve(uint32_t trigger, const Words& words, Voice voice,
                                    int depth) const {
  std::vector<Argument> out;
  const bool verb = Verbal(token(trigger)) || token(trigger).upos == Upos::kAdj;
  const bool passive = verb && Passive(trigger, voice);
  Own(trigger, words, passive, false, out);
  const uint32_t head = Head(trigger);
  if (verb) Share(trigger, words, passive, out);
  // "ordered B to leave": the only object of a verb is none beside another.
  const auto slot_is = [](std::string_view slot) {
    return [slot](const Argument& argument) { return argument.slot == slot; };
  };
  if (verb && std::none_of(out.begin(), out.end(), slot_is("obj"))) {
    const auto only = std::find_if(out.begin(), out.end(), slot_is("iobj"));
    if (only != out.end()) only->slot = "obj";
  }
  if (head == kNone || depth >= kMaxClauses) return out;
  const Token& word = token(trigger);
  if (Misrooted(trigger)) {
    out.push_back({HiddenSubject(*this, trigger), "subj", true});
    out.push_back({head, "obj", true});
    for (uint32_t child : Children(head)) {
      if (child > head && !Case(child).empty()) {
        out.push_back({child, std::string(Case(child)), true});
      }
    }
    return out;
  }
  if (!verb) {
    // "A held talks with B", "A is in talks with B": the verb's arguments are the noun's.
    const uint32_t light = LightVerb(trigger, words);
    if (light != kNone) {
      for (Argument& argument : Resolve(light, words, Voice::kAny, depth + 1)) {
        if (argument.node == trigger || argument.slot == "obj") continue;
        if (argument.slot == "agent") argument.slot = "subj";
        argument.inherited = true;
        out.push_back(std::move(argument));
      }
    } else if (Child(head, {"be"}, "cop") != kNone && (word.Is("nmod") || word.Is("obl"))) {
      // "A is in Lima for talks"
      for (uint32_t child : Children(head)) {
        if (token(child).deprel == "nsubj") out.push_back({child, "subj", true});
      }
    } else if (word.Is("conj")) {
      // "talks and visits by A": what follows the last belongs to the first too, and the reverse.
      for (const Argument& argument : Resolve(head, words, Voice::kAny, depth + 1)) {
        if (argument.node != trigger && !HasSlot(out, argument.slot)) {
          out.push_back({argument.node, argument.slot, true});
        }
      }
    }
    return out;
  }
  const std::string_view want = passive ? "obj" : "subj";
  if (Demoted(trigger)) {
    out.push_back({head, "subj", true});
    return out;
  }
  if (word.deprel == "acl" || word.deprel == "acl:relcl") {
    const bool finite = word.deprel == "acl:relcl";
    bool filled = false;
    for (Argument& argument : out) {
      if (In(argument.node, words.Class("relative"))) {
        argument.node = head;
        argument.inherited = true;
        filled = true;
      }
    }
    if (filled) return out;
    if (!HasSlot(out, want)) {
      const bool participle =
          !passive && word.Feat("VerbForm") == "Part" && word.Feat("Tense") == "Past";
      const bool infinitive = !finite && (word.Feat("VerbForm") == "Inf" ||
                                          Child(trigger, words.Class("to"), "mark") != kNone);
      if (infinitive) {
        // "its plan to attack": the one who has the plan.
        for (const Argument& argument : Resolve(head, words, Voice::kAny, depth + 1)) {
          if (argument.slot == "subj" || argument.slot == "poss") {
            out.push_back({argument.node, "subj", true});
          }
        }
        const uint32_t above = Head(head);
        if (!HasSlot(out, "subj") && above != kNone && Verbal(token(above))) {
          for (const Argument& argument : Resolve(above, words, Voice::kAny, depth + 1)) {
            if (argument.slot == "subj") out.push_back({argument.node, "subj", true});
          }
        }
      } else {
        out.push_back({head, participle ? "obj" : std::string(want), true});
      }
    } else if (finite && !HasSlot(out, passive ? "agent" : "obj")) {
      out.push_back({head, passive ? "agent" : "obj", true});
    }
    return out;
  }
  const bool conj = word.Is("conj");
  if (conj || ((word.Is("xcomp") || word.Is("advcl") || word.Is("parataxis") || word.Is("ccomp")) &&
               Verbal(token(head)))) {
    const std::vector<Argument> above = Resolve(head, words, Voice::kAny, depth + 1);
    if (!HasSlot(out, want)) {
      // Control: "urged B to leave" takes the object, "agreed to leave" the subject.
      const bool above_passive = Passive(head, Voice::kAny);
      std::string_view controller = above_passive ? "obj" : "subj";
      // "told reporters after meeting B": when it was is said of the subject.
      const bool timed = Child(trigger, words.Class("after"), "mark") != kNone ||
                         Child(trigger, words.Class("before"), "mark") != kNone;
      const bool by_object = !conj && !word.Is("parataxis") && !word.Is("ccomp") &&
                             HasSlot(above, "obj") && !timed &&
                             (word.Is("xcomp") || In(head, words.Class("object-control")));
      if (by_object) controller = "obj";
      if (conj && above_passive && !passive && !HasSlot(above, "subj")) controller = "obj";
      // "was attacked by A, killing ten"
      if (word.Is("advcl") && above_passive && HasSlot(above, "agent")) controller = "agent";
      for (const Argument& argument : above) {
        if (argument.slot == controller && argument.node != trigger) {
          out.push_back({argument.node, std::string(want), true});
        }
      }
    }
    if (conj) {
      for (const Argument& argument : above) {
        if (argument.node > trigger && !HasSlot(out, argument.slot) && argument.slot != "comp" &&
            argument.slot != "subj") {
          out.push_back({argument.node, argument.slot, true});
        }
      }
    }
  }
  return out;
}

std::vector<Argument> Tree::Arguments(uint32_t trigger, const Words& words, Voice voice) const {
  return Resolve(trigger, words, voice, 0);
}

uint32_t Tree::LightVerb(uint32_t noun, const Words& words) const {
  const WordSet& light = words.Class("light");
  uint32_t at = noun;
  // Through "a round of talks", "serangkaian pertemuan".
  for (int step = 0; step < 3; ++step) {
    const uint32_t head = Head(at);
    if (head == kNone) return kNone;
    const Token& word = token(at);
    if (Verbal(token(head))) {
      const bool core = word.Is("obj") || word.deprel == "nsubj:pass" || word.Is("xcomp") ||
                        word.Is("ccomp") || word.Is("obl") ||
                        (word.Is("nsubj") && Passive(head, Voice::kAny));
      if (!core || !In(head, light)) return kNone;
      if (word.Is("obl") && !words.Class("light-preposition").contains(std::string(Case(at)))) {
        return kNone;
      }
      return head;
    }
    if (!word.Is("nmod") && !word.Is("conj") && !word.Is("compound")) return kNone;
    if (!word.Is("conj") && !In(head, words.Class("container"))) return kNone;
    at = head;
  }
  return kNone;
}

std::vector<uint32_t> Tree::Subtree(uint32_t node, size_t limit, int depth) const {
  std::vector<uint32_t> out = {node};
  size_t level = 0;
  for (int d = 0; d < depth && level < out.size(); ++d) {
    const size_t stop = out.size();
    for (; level < stop; ++level) {
      for (uint32_t child : Children(out[level])) {
        if (out.size() >= limit) return out;
        out.push_back(child);
      }
    }
  }
  return out;
}

}  // namespace kronik
