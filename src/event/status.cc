#include "event/status.h"

#include <algorithm>
#include <string>

namespace kronik {
namespace {

constexpr size_t kMaxSubject = 80;  // words of a subject

class StatusFinder {
 public:
  StatusFinder(const Tree& tree, const Words& words, const Sentence& sentence)
      : tree_(tree), words_(words), sentence_(sentence) {}

  void Find(Candidate& candidate) {
    uint32_t at = candidate.match.trigger;
    candidate.conditional = Conditional(at);
    Look(at);
    LookAtNouns(at);
    LookBeforeSubject(at);
    candidate.light = tree_.LightVerb(at, words_);
    if (candidate.light != kNone) {
      at = candidate.light;
      Look(at);
    }
    for (int step = 0; step < kMaxClimb && at != kNone; ++step) at = Climb(at, step == 0);
    const std::string_view text =
        tree_.document().Cut({sentence_.start, sentence_.end, Layer::kBody, 0});
    if (text.ends_with('?')) maybe_ = true;
    Settle(candidate);
  }

 private:
  bool In(uint32_t word, std::string_view name) const { return tree_.In(word, words_.Class(name)); }
  uint32_t Child(uint32_t at, std::string_view name, std::string_view relation) const {
    return tree_.Child(at, words_.Class(name), relation);
  }

  // The auxiliaries, adverbs and particles of a word.
  void Look(uint32_t at) {
    bool to = false, is = false;
    for (uint32_t child : tree_.Children(at)) {
      const Token& word = tree_.token(child);
      to = to || (word.Is("mark") && In(child, "purpose"));
      is = is || (word.upos == Upos::kAux && child < at && In(child, "is"));
      // "are to meet"
      if (to && is) planned_ = true;
      // "are due to meet", but not "due to the raid"
      if (word.deprel == "case" && tree_.token(at).upos == Upos::kVerb && In(child, "plan")) {
        planned_ = true;
      }
      const bool function = word.Is("aux") || word.Is("advmod") || word.Is("det") ||
                            word.Is("mark") || word.Is("cc") || word.upos == Upos::kAux ||
                            word.upos == Upos::kPart || word.upos == Upos::kAdv;
      if (!function) continue;
      if (Negates(child)) negated_ = true;
      if (In(child, "future")) future_ = true;
      if (In(child, "able")) {
        able_ = true;
      } else if (In(child, "maybe")) {
        maybe_ = true;
      }
      if ((word.Is("mark") || word.Is("advmod")) && In(child, "if")) maybe_ = true;
    }
  }

  // Whether a clause right below tells on what condition.
  bool Conditional(uint32_t at) const {
    return std::ranges::any_of(tree_.Children(at), [&](uint32_t child) {
      return tree_.token(child).Is("advcl") && Child(child, "if", "mark") != kNone;
    });
  }

  // "Not only" negates nothing.
  bool Negates(uint32_t word) const {
    return In(word, "not") && !(word + 1 < sentence_.last && In(word + 1, "only"));
  }

  // "Neither A nor B signed", "no deal was signed", "signed no deal".
  void LookAtNouns(uint32_t at) {
    for (uint32_t noun : tree_.Children(at)) {
      if (!tree_.token(noun).Is("nsubj") && tree_.token(noun).deprel != "obj") continue;
      for (uint32_t child : tree_.Children(noun)) {
        const Token& word = tree_.token(child);
        const bool function = word.Is("det") || word.Is("cc") || word.upos == Upos::kCconj;
        if (child < noun && function && Negates(child)) negated_ = true;
      }
    }
  }

  // "If" opens the clause wherever the parser hung it: right before the subject.
  void LookBeforeSubject(uint32_t at) {
    for (uint32_t child : tree_.Children(at)) {
      if (child > at || !tree_.token(child).Is("nsubj")) continue;
      const std::vector<uint32_t> subject = tree_.Subtree(child, kMaxSubject, kMaxClimb);
      const uint32_t first = *std::min_element(subject.begin(), subject.end());
      if (first > sentence_.first && In(first - 1, "if")) maybe_ = true;
    }
  }

  // What the clause above says of the one at `at`: a modal verb, a plan, a condition. Speech lets
  // its content be. Returns where to go on; kNone at the end.
  uint32_t Climb(uint32_t at, bool lowest) {
    const uint32_t head = tree_.Head(at);
    if (head == kNone) return kNone;
    const Token& word = tree_.token(at);
    if (word.deprel == "acl:relcl") return kNone;
    if (word.Is("conj")) {
      if (Child(at, "but", "cc") != kNone) return kNone;
      if (!future_ && HasSlot(tree_.Arguments(at, words_, Voice::kAny), "subj") &&
          Child(head, "future", "aux") != kNone) {
        future_ = true;
      }
      return head;
    }
    const bool complement = word.Is("xcomp") || word.Is("ccomp") || word.Is("acl") ||
                            word.Is("advcl") || word.Is("csubj") || word.Is("obj") ||
                            word.Is("obl") || word.Is("nmod") || word.Is("nsubj");
    if (!complement) return kNone;
    LookAbove(at, head, lowest);
    if ((word.Is("nmod") || word.Is("nsubj") || word.Is("obl") || word.Is("advcl"))) return kNone;
    if (word.Is("ccomp") && Child(at, "future", "aux") == kNone && !In(head, "plan") &&
        !In(head, "fail")) {
      return kNone;
    }
    // "did not agree to": what holds of the verb above holds below.
    if (word.Is("xcomp") || (word.Is("obj") && In(head, "plan"))) Look(head);
    return head;
  }

  void LookAbove(uint32_t at, uint32_t head, bool lowest) {
    const Token& word = tree_.token(at);
    if (In(head, "plan") && !word.Is("advcl")) planned_ = true;
    if (In(head, "want")) maybe_ = true;
    if (In(head, "fail") && !word.Is("advcl") && !word.Is("obl")) negated_ = true;
    const uint32_t purpose = Child(at, "purpose", "mark");
    if (word.Is("advcl") && lowest && purpose != kNone) {
      // "has yet to": no purpose, but what has not been done.
      const bool undone = purpose > sentence_.first && In(purpose - 1, "not");
      (undone ? negated_ : planned_) = true;
      // "resorted to throwing stones" tells what was done.
      purpose_ = !undone && word.Feat("VerbForm") != "Ger";
    }
  }

  void Settle(Candidate& candidate) {
    // "Cannot accept" is a refusal, "can accept" a possibility.
    if (able_ && negated_) {
      future_ = true;
    } else if (able_) {
      maybe_ = true;
    }
    candidate.negated = negated_;
    candidate.purpose = purpose_;
    candidate.future = (future_ || planned_) && !maybe_;
    candidate.status = maybe_             ? EventStatus::kHypothetical
                       : negated_         ? EventStatus::kNegated
                       : candidate.future ? EventStatus::kPlanned
                                          : EventStatus::kAsserted;
  }

  const Tree& tree_;
  const Words& words_;
  const Sentence& sentence_;
  bool negated_ = false, future_ = false, maybe_ = false, planned_ = false, able_ = false,
       purpose_ = false;
};

}  // namespace

void FindStatus(const Tree& tree, const Words& words, const Sentence& sentence,
                Candidate& candidate) {
  StatusFinder(tree, words, sentence).Find(candidate);
}

}  // namespace kronik
