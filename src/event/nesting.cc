#include "event/nesting.h"

#include <algorithm>
#include <string>
#include <utility>

namespace kronik {
namespace {

constexpr int kMaxTreeDepth = 60;

}  // namespace

Nesting::Nesting(const Tree& tree, const Words& words, const Ontology& ontology,
                 std::vector<Candidate>& candidates)
    : tree_(tree), words_(words), ontology_(ontology), candidates_(candidates) {
  for (size_t i = 0; i < candidates.size(); ++i) at_[candidates[i].match.trigger] = i;
}

void Nesting::Join() {
  SwallowParts();
  for (Candidate& candidate : candidates_) {
    if (!candidate.swallowed) FindOuter(candidate);
  }
  JoinInner();
  JoinOutcomes();
}

// A word that a pattern needs is not a trigger itself ("hold talks" takes "talks"), unless its own
// pattern needs more; of equal ones a verb takes its noun.
void Nesting::SwallowParts() {
  const auto takes = [](const Candidate& one, const Candidate& other) {
    const std::vector<uint32_t>& with = one.match.with;
    return one.match.trigger != other.match.trigger &&
           std::find(with.begin(), with.end(), other.match.trigger) != with.end();
  };
  for (Candidate& candidate : candidates_) {
    const size_t needs = candidate.match.pattern->needs.size();
    for (uint32_t with : candidate.match.with) {
      const auto found = at_.find(with);
      if (found == at_.end()) continue;
      Candidate& other = candidates_[found->second];
      const size_t others = other.match.pattern->needs.size();
      if (!takes(candidate, other)) continue;
      if (Nameless(candidate, other)) {
        candidate.swallowed = true;
        continue;
      }
      if (others < needs ||
          (others == needs && IsNominal(tree_.token(with)) && !takes(other, candidate))) {
        other.swallowed = true;
      }
    }
  }
}

// "B's demand was ignored": nobody acts but the one whose word it was.
bool Nesting::Nameless(const Candidate& outer, const Candidate& inner) const {
  const auto is_word_against = [&](const Candidate& candidate) {
    const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
    return meaning != nullptr && meaning->quad_category == 3;
  };
  return outer.roles.actor.empty() && !inner.roles.actor.empty() && is_word_against(outer) &&
         is_word_against(inner) && IsNominal(tree_.token(inner.match.trigger));
}

// The act that an act is the content of: the first above it that the table composes it with.
void Nesting::FindOuter(Candidate& inner) const {
  const WordSet& content = words_.Class("content");
  // "'We will shut the strait,' A warned B": the tree may hang the speaker's verb on the speech.
  for (uint32_t child : tree_.Children(inner.match.trigger)) {
    const auto speech = at_.find(child);
    if (speech != at_.end() && tree_.token(child).Is("parataxis") &&
        candidates_[speech->second].match.pattern->Flag("warns")) {
      inner.outer = static_cast<int>(speech->second);
      return;
    }
  }
  uint32_t node = inner.match.trigger;
  for (int step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree_.Head(node);
    if (head == kNone) return;
    const Token& word = tree_.token(node);
    if (word.deprel == "nsubj" || word.deprel == "acl:relcl" || word.Is("parataxis") ||
        word.Is("appos")) {
      return;
    }
    if ((word.Is("obl") || word.Is("nmod") || word.Is("advcl")) &&
        tree_.token(head).upos == Upos::kVerb && !content.contains(std::string(tree_.Case(node))) &&
        tree_.Child(node, content, "mark") == kNone) {
      return;
    }
    const auto found = at_.find(head);
    if (found != at_.end() && !word.Is("conj")) {
      const Candidate& outer = candidates_[found->second];
      if (ontology_.Compose(outer.code, inner.code) != nullptr) {
        inner.outer = static_cast<int>(found->second);
      }
      return;
    }
    node = head;
  }
}

int Nesting::Depth(const Candidate& candidate) const {
  int depth = 0;
  for (uint32_t node = candidate.match.trigger; node != kNone && depth < kMaxTreeDepth;
       node = tree_.Head(node)) {
    ++depth;
  }
  return depth;
}

// Inner acts first: the deeper in the tree, the earlier.
void Nesting::JoinInner() {
  std::vector<std::pair<int, size_t>> order;
  for (size_t i = 0; i < candidates_.size(); ++i) order.emplace_back(-Depth(candidates_[i]), i);
  std::sort(order.begin(), order.end());
  for (const auto& [depth, i] : order) {
    Candidate& inner = candidates_[i];
    if (inner.outer >= 0 && static_cast<size_t>(inner.outer) != i) {
      Combine(candidates_[static_cast<size_t>(inner.outer)], inner);
    }
  }
}

bool Nesting::Own(const Candidate& outer, const Candidate& inner) const {
  const std::vector<Actor>& actors = tree_.document().actors;
  // "Caron warned that Canada would ...": who speaks for a state speaks of its acts.
  const auto same = [&](const ActorRef& a, const ActorRef& b) {
    return a.actor == b.actor ||
           (!actors[a.actor].code.empty() && actors[a.actor].code == actors[b.actor].code);
  };
  return inner.roles.actor.empty() ||
         std::ranges::any_of(inner.roles.actor, [&](const ActorRef& ref) {
           return std::ranges::any_of(outer.roles.actor,
                                      [&](const ActorRef& speaker) { return same(ref, speaker); });
         });
}

void Nesting::Combine(Candidate& outer, Candidate& inner) const {
  const Composition* composition = ontology_.Compose(outer.code, inner.code);
  // "warned that it would cut off the gas": a threat, if it is the speaker's own act.
  if (outer.match.pattern->Flag("warns") && inner.future && Own(outer, inner)) {
    composition = ontology_.Compose("warns", inner.code);
  }
  if (composition == nullptr) return;
  if (Nameless(outer, inner)) {
    outer.swallowed = true;
    return;
  }
  const std::vector<uint32_t>& with = outer.match.with;
  const bool part = std::find(with.begin(), with.end(), inner.match.trigger) != with.end();
  // Who agree with each other don't threaten each other.
  const CodeMeaning* meaning = ontology_.Meaning(composition->code);
  const bool together = outer.match.pattern->symmetric && outer.roles.actor.size() > 1 &&
                        meaning != nullptr && meaning->quad_category > 2;
  if (!outer.composed && !part) {
    if (!composition->code.empty() && !together) {
      if (composition->code != outer.code) outer.mode = composition->mode;
      outer.code = composition->code;
    }
    outer.composed = true;
  }
  if (!composition->keeps_inner) inner.swallowed = true;
  const auto fill = [&](const std::vector<ActorRef>& refs) {
    if (!outer.roles.recipient.empty()) return;
    for (const ActorRef& ref : refs) {
      if (!Holds(outer.roles.actor, ref.actor)) AddRef(ref, outer.roles.recipient);
    }
  };
  if (!outer.roles.actor.empty() &&
      (!outer.match.pattern->symmetric || outer.roles.actor.size() == 1)) {
    if (outer.match.pattern->Flag("asks")) fill(inner.roles.actor);
    fill(inner.roles.recipient);
    fill(inner.roles.actor);
  }
  if (!composition->keeps_inner) return;
  if (outer.negated && outer.match.pattern->Flag("denies")) inner.status = EventStatus::kNegated;
  if (inner.roles.actor.empty()) {
    inner.roles.actor = outer.roles.recipient;
    std::erase_if(inner.roles.actor,
                  [&](const ActorRef& ref) { return Holds(inner.roles.recipient, ref.actor); });
  }
}

// Whether a participle without a subject tells what came of the act above it.
bool Nesting::IsOutcome(const Candidate& candidate) const {
  const Token& word = tree_.token(candidate.match.trigger);
  if (candidate.swallowed || !word.Is("advcl") || word.Feat("VerbForm") == "Inf") return false;
  const std::vector<uint32_t>& children = tree_.Children(candidate.match.trigger);
  return std::none_of(children.begin(), children.end(), [&](uint32_t child) {
    return tree_.token(child).Is("mark") || tree_.token(child).Is("nsubj");
  });
}

void Nesting::JoinOutcomes() {
  for (Candidate& outcome : candidates_) {
    if (!IsOutcome(outcome)) continue;
    const uint32_t above = tree_.Head(outcome.match.trigger);
    const CodeMeaning* meaning = ontology_.Meaning(outcome.code);
    for (Candidate& act : candidates_) {
      if (act.swallowed || (act.match.trigger != above && act.light != above)) continue;
      const CodeMeaning* other = ontology_.Meaning(act.code);
      if (meaning == nullptr || other == nullptr || meaning->event_type != other->event_type) {
        continue;
      }
      if (act.roles.recipient.empty()) act.roles.recipient = outcome.roles.recipient;
      outcome.swallowed = true;
    }
  }
}

}  // namespace kronik
