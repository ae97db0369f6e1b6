#include "commitment/parties.h"

#include <algorithm>

namespace kronik::commitment {
namespace {

constexpr uint32_t kClauseLimit = 80;  // tokens before a cue in which its subject is looked for
constexpr size_t kPartyLimit = 12;

}  // namespace

void Parties::Sides(uint32_t before, std::vector<Party>& parties) const {
  struct Side {
    int count = 0;
    const ActorMention* first = nullptr;
  };
  std::map<std::string, Side> sides;
  for (const ActorMention& mention : doc_.actor_mentions) {
    if (mention.span.layer != Layer::kBody || mention.first >= before || mention.actors.empty())
      continue;
    const Actor& actor = doc_.actors[mention.actors.front()];
    if (actor.code.empty() || actor.carrier) continue;
    Side& side = sides[actor.code];
    ++side.count;
    if (side.first == nullptr) side.first = &mention;
  }
  std::vector<Side> ranked;
  for (const auto& [code, side] : sides) ranked.push_back(side);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Side& a, const Side& b) { return a.count > b.count; });
  if (ranked.size() < 2 || ranked[1].count < 2) return;
  for (size_t i = 0; i < 2; ++i) {
    AddParty(parties, ranked[i].first->actors.front(), ranked[i].first->span, PartyRole::kBound);
  }
}

void Parties::AddParty(std::vector<Party>& parties, uint32_t actor, const Span& span,
                       PartyRole role) const {
  if (actor >= doc_.actors.size() || parties.size() >= kPartyLimit) return;
  const Actor& wanted = doc_.actors[actor];
  if (wanted.carrier) return;  // passes on what others undertake
  const bool state =
      wanted.kind == ActorKind::kState && wanted.sectors.empty() && !wanted.code.empty();
  for (const Party& party : parties) {
    if (party.actor.actor == actor) return;
    // A state beside its own minister is no other party.
    if (state && doc_.actors[party.actor.actor].code == wanted.code) return;
  }
  parties.push_back({{actor, span}, role});
}

bool Parties::Coded(const std::vector<Party>& parties, uint32_t actor) const {
  if (actor >= doc_.actors.size() || doc_.actors[actor].code.empty()) return false;
  const Actor& wanted = doc_.actors[actor];
  return std::ranges::any_of(parties, [&](const Party& party) {
    const Actor& known = doc_.actors[party.actor.actor];
    return known.code == wanted.code &&
           (known.sectors == wanted.sectors || wanted.kind == ActorKind::kOrganisation);
  });
}

void Parties::PartiesOf(const Range& range, PartyRole role, bool governed_too,
                        std::vector<Party>& parties) const {
  const ActorMention* previous = nullptr;
  bool previous_taken = false;
  for (uint32_t t = range.first; t < range.last; ++t) {
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || mention == previous) continue;
    bool joined = false;  // "X and Y" share what governs them
    if (previous != nullptr && previous->last < mention->first &&
        mention->first - previous->last <= 2) {
      for (uint32_t n = previous->last; n < mention->first; ++n) {
        joined = joined || Is(n, kConjunction) || Comma(n);
      }
    }
    const bool governed = mention->first > range.first && T(mention->first - 1).upos == Upos::kAdp;
    const bool take = governed_too || (joined ? previous_taken : !governed);
    if (take) {
      for (uint32_t actor : mention->actors) AddParty(parties, actor, mention->span, role);
    }
    previous = mention;
    previous_taken = take;
  }
}

Range Parties::Subject(uint32_t verb, uint32_t begin) const {
  if (verb - begin > kClauseLimit) begin = verb - kClauseLimit;
  uint32_t head = kNone;
  int32_t at = static_cast<int32_t>(verb);
  bool shared = false;  // "the two reviewed the accord reached in Oslo and pledged to": beyond it
  for (int step = 0; step < 4 && head == kNone && at >= 0; ++step) {
    if (shared) begin = std::min(begin, verb - std::min(verb, kClauseLimit));
    for (uint32_t t = begin; t < verb; ++t) {
      if (T(t).head == at && T(t).Is("nsubj")) head = t;
    }
    if (head != kNone) break;
    const Token& v = T(static_cast<uint32_t>(at));
    // "rebels attacked a post, breaking the truce"
    const bool circumstance = v.Is("advcl") && v.head < at;
    if (!(v.Is("conj") || v.Is("xcomp") || v.Is("aux") || circumstance)) break;
    shared = v.Is("conj");
    at = v.head;
  }
  if (head != kNone && Is(head, kRelative)) {
    uint32_t end = head;
    while (end > begin && (Comma(end - 1) || T(end - 1).upos == Upos::kAdp)) --end;
    if (end > begin && MentionAt(end - 1) != nullptr) return {end - 1, end};
    return {std::max(begin, end - std::min<uint32_t>(end, 8)), end};
  }
  if (head != kNone) {
    Range range{head, head + 1};
    while (range.first > begin && Below(range.first - 1, head)) --range.first;
    while (range.last < verb && Below(range.last, head)) ++range.last;
    return range;
  }
  uint32_t end = verb;
  while (end > begin && MentionAt(end - 1) == nullptr &&
         (Is(end - 1, kSkip | kNegator | kRelative) || T(end - 1).upos == Upos::kAdv ||
          T(end - 1).upos == Upos::kAux || Punct(end - 1))) {
    --end;
  }
  if (end > begin && Is(end - 1, kConjunction)) return Back(end - 1, begin);
  return Back(end, begin);
}

Range Parties::Back(uint32_t end, uint32_t begin) const {
  Range range{end, end};
  while (range.first > begin && end - range.first < 24) {
    const uint32_t t = range.first - 1;
    if (MentionAt(t) == nullptr &&
        ((Punct(t) && words_[t] != "-" && !Comma(t)) || Verb(t) || Is(t, kBoundary | kRelative))) {
      break;
    }
    // A comma ends it unless names stand on both sides ("A, B and C").
    if (Comma(t) && MentionAt(t) == nullptr &&
        (t == begin || MentionAt(t - 1) == nullptr || MentionAt(t + 1) == nullptr)) {
      break;
    }
    --range.first;
  }
  return range;
}

void Parties::Toward(const Range& subject, Commitment& c) const {
  for (uint32_t t = subject.first; t + 1 < subject.last; ++t) {
    if (Is(t, kToward | kWith | kTopic) && MentionAt(t) == nullptr) {
      uint32_t name = t + 1;
      while (Is(t, kTopic) && name + 1 < subject.last && name < t + 8 && MentionAt(name) == nullptr)
        ++name;
      if (const ActorMention* mention = MentionAt(name)) {
        // "for the MRT": a thing with a name is no side.
        const Actor& other = doc_.actors[mention->actors.front()];
        if (other.code.empty() && other.kind != ActorKind::kPerson && Is(t, kTopic) &&
            !Is(t, kWith)) {
          continue;
        }
        const PartyRole role =
            c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward;
        PartiesOf({name, std::min(subject.last, mention->last + 6)}, role, false, c.parties);
        return;
      }
    }
  }
  // No preposition says it: the first other country among the words.
  for (uint32_t t = subject.first; t < subject.last; ++t) {
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || mention->form != MentionForm::kName) continue;
    // "withdraw its soldiers from Haiti": whom it is done with.
    if (CommonNoun(mention->first) || CommonNoun(mention->head)) continue;
    const Actor& actor = doc_.actors[mention->actors.front()];
    if (actor.code.empty() || actor.carrier) continue;
    const bool known = std::any_of(c.parties.begin(), c.parties.end(), [&](const Party& party) {
      return doc_.actors[party.actor.actor].code == actor.code;
    });
    if (known) continue;
    AddParty(c.parties, mention->actors.front(), mention->span,
             c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward);
    return;
  }
}

void Parties::Between(const Range& subject, Commitment& c) const {
  for (uint32_t t = subject.first; t + 1 < subject.last; ++t) {
    if (!Is(t, kBetween) || MentionAt(t) != nullptr) continue;
    if (const ActorMention* mention = MentionAt(t + 1)) {
      PartiesOf({t + 1, std::min(subject.last, mention->last + 6)}, PartyRole::kBound, true,
                c.parties);
    }
    return;
  }
}

void Parties::AfterName(uint32_t k, PartyRole with, Commitment& c, Range& subject) const {
  const uint32_t limit = std::min(subject.last, k + 40);
  for (uint32_t t = k; t < limit; ++t) {
    if (MentionAt(t) != nullptr) continue;
    if (Is(t, kRelative) || Comma(t)) {
      if (Is(t, kRelative)) {
        subject.last = t;
        while (subject.last > subject.first + 1 &&
               (Comma(subject.last - 1) || T(subject.last - 1).upos == Upos::kAdp)) {
          --subject.last;
        }
      }
      return;
    }
    const uint64_t sided = with == PartyRole::kToward ? kWith | kToward : kWith;
    const uint32_t name = t + 1 < limit && T(t + 1).upos == Upos::kDet ? t + 2 : t + 1;
    if (Is(t, kBetween) || (Is(t, sided) && name < limit && MentionAt(name) != nullptr)) {
      uint32_t to = t + 1;
      while (to < limit && (MentionAt(to) != nullptr || !Is(to, kTopic | kInfinitive | kRelative)))
        ++to;
      PartiesOf({t + 1, to}, with, true, c.parties);
      t = to - 1;
      continue;
    }
    if (Is(t, kInfinitive) && t + 1 < limit && MentionAt(t + 1) == nullptr &&
        (Verb(t + 1) || T(t + 1).upos == Upos::kX) && !Is(t + 1, kPeriod)) {
      subject.first = t + 1;
      return;
    }
  }
}

void Parties::Helpers(const Sentence& sentence, Commitment& c) const {
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    const uint64_t bits = cues().Classes(words_, t);
    PartyRole role = PartyRole::kWitness;
    if (bits & kMediatorWord)
      role = PartyRole::kMediator;
    else if (bits & kGuarantorWord)
      role = PartyRole::kGuarantor;
    else if (!(bits & kWitnessWord))
      continue;
    uint32_t agent = t + 1;
    while (agent < sentence.last && agent < t + 5 && !Is(agent, kAgent) &&
           MentionAt(agent) == nullptr)
      ++agent;
    if (agent < sentence.last && agent < t + 5) {
      PartiesOf({Is(agent, kAgent) ? agent + 1 : agent, std::min(sentence.last, agent + 12)}, role,
                false, c.parties);
      return;
    }
  }
}

}  // namespace kronik::commitment
