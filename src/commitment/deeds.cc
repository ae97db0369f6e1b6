#include "commitment/deeds.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/utf8.h"

namespace kronik::commitment {
namespace {

constexpr uint32_t kMarkLimit = 6;     // tokens before a verb that may say that it is not done
constexpr uint32_t kWordLimit = 4;     // words of a deed's name
constexpr uint32_t kClauseLimit = 60;  // tokens before a verb in which its clause may start
constexpr size_t kSentenceDeeds = 4;
constexpr std::string_view kNamedActs = "*";  // of undertakings.tsv
constexpr std::string_view kNoAct = "-";

}  // namespace

void Deeds::Read(const Sentence& sentence, size_t first) const {
  std::vector<Range> taken;
  for (size_t i = first; i < doc_.commitments.size(); ++i) {
    const Commitment& c = doc_.commitments[i];
    // What signs or ratifies a text may be what was planned.
    const bool text = c.kind == CommitmentKind::kAgreement && !c.instrument.empty();
    taken.push_back({TokenAt(text ? c.trigger.end : std::min(c.trigger.start, c.subject.start)),
                     TokenAt(std::max(c.trigger.end, c.subject.end))});
  }
  std::sort(taken.begin(), taken.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  const size_t before = doc_.deeds.size();
  size_t next = 0;  // of taken
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (doc_.deeds.size() - before >= kSentenceDeeds) return;
    while (next < taken.size() && taken[next].last <= t) ++next;
    if (next < taken.size() && taken[next].first <= t) {
      t = taken[next].last - 1;
      continue;
    }
    uint32_t end = 0;
    const uint32_t begin = t - std::min(t - sentence.first, kClauseLimit);
    if (MentionAt(t) == nullptr && ReadVerb(sentence, begin, t, end)) {
      t = std::max(t, end - 1);
    }
  }
}

bool Deeds::ReadVerb(const Sentence& sentence, uint32_t begin, uint32_t verb, uint32_t& end) const {
  if (!Verb(verb) && T(verb).upos != Upos::kAdj) return false;
  uint32_t last = verb + 1;
  const std::vector<const DeedWord*> names = Names(verb, sentence.last, last);
  const Event* event = EventAt(SpanOf({verb, verb + 1}));
  const std::string_view told =
      event == nullptr ? std::string_view() : work_.undertakings.DeedOf(*event);
  if (names.empty() && told.empty()) return false;
  const bool comes =
      std::any_of(names.begin(), names.end(), [](const DeedWord* word) { return word->comes; });
  if (!Verb(verb) && !comes) return false;  // "telah bebas"
  const Told how = HowTold(verb, begin, comes);
  if (how == Told::kNotDone) return false;

  const Range who = parties_.Subject(verb, begin);
  const Range clause{ClauseStart(begin, verb), ClauseEnd(sentence, verb, last)};
  Commitment c;  // the words are read as a commitment's
  c.trigger = SpanOf({verb, last});
  const bool gets = !names.empty() && std::all_of(names.begin(), names.end(),
                                                  [](const DeedWord* word) { return word->gets; });
  Sides(clause, who, {verb, last}, gets, c);
  Places(clause, c);
  if (CodesOf(c) == 0) return false;
  // The verb is no act that another verb's clause names: "scrapped the talks".
  if (who.last <= clause.first) topics_.Of(who, c);
  topics_.Of({clause.first, verb}, c);
  topics_.Of({last, clause.last}, c);

  Deed deed;
  deed.omitted = how == Told::kOmitted;
  Outcomes(names, last, clause, c, deed);
  if (!told.empty()) {
    const DeedWord word{std::string(told)};
    Outcomes({&word}, last, clause, c, deed);
  }
  if (deed.outcomes.empty()) return false;
  deed.parties = std::move(c.parties);
  deed.topics = std::move(c.topics);
  deed.subject = SpanOf(clause);
  deed.trigger = c.trigger;
  deed.sentence = {sentence.start, sentence.end, Layer::kBody, 0};
  deed.date = Date(clause, verb);
  if (const ActorRef* speaker = Speaker(verb)) deed.source = {*speaker};
  doc_.deeds.push_back(std::move(deed));
  end = last;
  return true;
}

// Behind the verb before; what opens a sentence belongs to its first.
uint32_t Deeds::ClauseStart(uint32_t begin, uint32_t verb) const {
  uint32_t start = verb;
  while (start > begin) {
    const uint32_t t = start - 1;
    if (work_.told[t] != work_.told[verb]) break;
    if (Verb(t) && MentionAt(t) == nullptr && !T(t).Is("amod") && !T(t).Is("acl")) break;
    start = t;
  }
  return start;
}

// Before a clause that is joined: "suspended the loan until courts release".
uint32_t Deeds::ClauseEnd(const Sentence& sentence, uint32_t verb, uint32_t last) const {
  uint32_t end = std::max(SubjectEnd(verb, sentence), last);
  for (uint32_t t = last; t < end; ++t) {
    if (T(t).upos == Upos::kSconj) end = t;
  }
  return end;
}

std::vector<const DeedWord*> Deeds::Names(uint32_t verb, uint32_t end, uint32_t& last) const {
  std::vector<const DeedWord*> found;
  std::vector<std::string> words;
  for (uint32_t t = verb; t < std::min(end, verb + kWordLimit); ++t) words.push_back(words_[t]);
  uint32_t length = cues().Deeds(words, 0, found);
  // As it stands, or by its lemma: whichever is longer.
  words.front() = LowerCase(T(verb).lemma);
  std::vector<const DeedWord*> other;
  const uint32_t by_lemma = words.front() == words_[verb] ? 0 : cues().Deeds(words, 0, other);
  if (by_lemma > length) found.clear();
  for (const DeedWord* word : other) {
    const bool known = std::any_of(found.begin(), found.end(), [&](const DeedWord* known_word) {
      return known_word->name == word->name;
    });
    if (by_lemma >= length && !known) found.push_back(word);
  }
  length = std::max({length, by_lemma, 1U});
  last = verb + length;
  return found;
}

// Told as done, as not done, or neither: planned, wished for, conditional.
Deeds::Told Deeds::HowTold(uint32_t verb, uint32_t begin, bool comes) const {
  if (work_.told[verb] != kNone && doc_.statements[work_.told[verb]].negated) return Told::kNotDone;
  if (const Event* event = EventAt(SpanOf({verb, verb + 1}));
      event != nullptr &&
      (event->status == EventStatus::kPlanned || event->status == EventStatus::kHypothetical)) {
    return Told::kNotDone;
  }
  const std::string_view form = T(verb).Feat("VerbForm");
  const int32_t head = T(verb).head;
  bool perfect = false;  // "has not let", whose form is that of the present
  for (uint32_t t = verb - std::min(verb - begin, kMarkLimit); t < verb; ++t) {
    perfect = perfect || (T(t).upos == Upos::kAux && T(t).head == static_cast<int32_t>(verb) &&
                          !T(t).Feat("Tense").empty());
  }
  if (form == "Inf" && !perfect) return Told::kNotDone;
  if (form == "Ger" ||
      (T(verb).Feat("Tense") == "Pres" && !(form == "Fin" && (perfect || Is(verb, kInvariant))))) {
    // "sailed on Monday, inaugurating the line": done with what it follows.
    const auto main = static_cast<uint32_t>(std::max(head, 0));
    const bool follows = T(verb).Is("advcl") && head >= static_cast<int32_t>(begin) &&
                         main < verb && form != "Fin" && Comma(verb - 1) &&
                         T(main).Feat("Tense") == "Past";
    return follows ? HowTold(main, begin, false) : Told::kNotDone;
  }
  // "the food delivered in May", "who left": told of, but not what the sentence tells.
  const bool main = head >= 0 && T(static_cast<uint32_t>(head)).head == kRoot;
  const bool relative = verb > begin && Is(verb - 1, kRelative);
  if (T(verb).Is("amod") || (T(verb).Is("acl") && !main && (!comes || relative)))
    return Told::kNotDone;
  Told how = Told::kDone;
  std::vector<const Entry*> found;
  for (uint32_t t = verb; t > begin && verb - t < kMarkLimit; --t) {
    const uint32_t n = t - 1;
    if (MentionAt(n) != nullptr || Comma(n)) break;
    if (Verb(n) && T(n).head != static_cast<int32_t>(verb)) {
      found.clear();
      cues().Find(words_, n, verb, found);
      return found.empty() && !Is(n, kFailing | kThreat) ? how : Told::kNotDone;
    }
    if (Is(n, kPending | kNegator)) how = Told::kOmitted;
    if (Is(n, kInfinitive | kCondition | kUnless) && T(n).head == static_cast<int32_t>(verb))
      return how == Told::kOmitted ? how : Told::kNotDone;
    if (Is(n, kHedge)) return Told::kNotDone;
    found.clear();
    cues().Find(words_, n, verb, found);
    for (const Entry* entry : found) {
      if (entry->frames & (kFuture | kMust | kInf)) return Told::kNotDone;
    }
  }
  return how;
}

bool Deeds::Passive(uint32_t verb) const {
  if (T(verb).Feat("Voice") == "Pass") return true;
  for (uint32_t t = verb - std::min(verb, kMarkLimit); t < verb; ++t) {
    if (T(t).head == static_cast<int32_t>(verb) &&
        (T(t).deprel == "nsubj:pass" || T(t).deprel == "aux:pass")) {
      return true;
    }
  }
  return false;
}

// Who did it is bound; all others that the clause names stand toward.
void Deeds::Sides(const Range& clause, const Range& who, const Range& trigger, bool gets,
                  Commitment& c) const {
  const bool passive = Passive(trigger.first);
  if (!passive && !gets) parties_.PartiesOf(who, PartyRole::kBound, false, c.parties);
  if (passive) {
    uint32_t agent = trigger.last;
    const uint32_t limit = std::min(clause.last, trigger.last + 12);
    while (agent < limit && !Is(agent, kAgent)) ++agent;
    // "dibebaskan Sri Lanka": without a preposition it stands right behind.
    if (agent == limit) agent = trigger.last;
    if (agent < clause.last && Is(agent, kAgent)) ++agent;
    if (agent < clause.last && MentionAt(agent) == nullptr && T(agent).upos == Upos::kDet) ++agent;
    if (agent < clause.last && MentionAt(agent) != nullptr) {
      parties_.PartiesOf({agent, MentionAt(agent)->last}, PartyRole::kBound, true, c.parties);
    }
  }
  parties_.PartiesOf(who, PartyRole::kToward, true, c.parties);
  parties_.PartiesOf(clause, PartyRole::kToward, true, c.parties);
}

void Deeds::Places(const Range& clause, Commitment& c) const {
  const Span span = SpanOf(clause);
  auto place = std::lower_bound(doc_.places.begin(), doc_.places.end(), span.start,
                                [](const ActorMention& p, uint32_t s) { return p.span.start < s; });
  for (; place != doc_.places.end() && place->span.start < span.end; ++place) {
    for (const uint32_t actor : place->actors) {
      if (!parties_.Coded(c.parties, actor))
        parties_.AddParty(c.parties, actor, place->span, PartyRole::kToward);
    }
  }
}

size_t Deeds::CodesOf(const Commitment& c) const {
  std::set<std::string_view> codes;
  for (const Party& party : c.parties) {
    const Actor& actor = doc_.actors[party.actor.actor];
    if (!actor.code.empty()) codes.insert(actor.code);
  }
  return codes.size();
}

std::vector<std::string> Deeds::ActsNamed(uint32_t from, const Range& clause,
                                          const Commitment& c) const {
  std::vector<std::string> acts = c.acts;
  for (uint32_t t = from; t < clause.last; ++t) {
    if (!Verb(t) || MentionAt(t) != nullptr) continue;
    uint32_t last = t + 1;
    for (const DeedWord* word : Names(t, clause.last, last)) {
      for (const Outcome& outcome : work_.undertakings.Outcomes(word->name)) {
        if (outcome.status == CommitmentStatus::kFulfilled && outcome.act != kNamedActs &&
            outcome.act != kNoAct) {
          acts.push_back(outcome.act);
        }
      }
    }
  }
  std::sort(acts.begin(), acts.end());
  acts.erase(std::unique(acts.begin(), acts.end()), acts.end());
  return acts;
}

void Deeds::Outcomes(const std::vector<const DeedWord*>& names, uint32_t from, const Range& clause,
                     const Commitment& c, Deed& deed) const {
  const bool part = Part(clause);
  const size_t sides = CodesOf(c);
  const auto add = [&](Outcome outcome) {
    if (outcome.sides && sides < 2) return;
    if (outcome.status == CommitmentStatus::kFulfilled && deed.omitted) {
      outcome.status = CommitmentStatus::kBroken;
    } else if (outcome.status == CommitmentStatus::kFulfilled && part) {
      outcome.status = CommitmentStatus::kPartlyFulfilled;
    } else if (deed.omitted) {
      return;
    }
    const bool known =
        std::any_of(deed.outcomes.begin(), deed.outcomes.end(), [&](const Outcome& other) {
          return other.act == outcome.act && other.status == outcome.status;
        });
    if (!known) deed.outcomes.push_back(std::move(outcome));
  };
  for (const DeedWord* word : names) {
    const std::vector<Outcome>& all = work_.undertakings.Outcomes(word->name);
    if (!all.empty() && deed.name.empty()) deed.name = word->name;
    for (const Outcome& outcome : all) {
      if (outcome.act != kNamedActs) {
        add(outcome);
        continue;
      }
      const std::vector<std::string> acts = ActsNamed(from, clause, c);
      for (const std::string& act : acts) add({act, outcome.status, false, false});
      // "delayed the generators"; what is begun or complete must say of what it is a part.
      if (acts.empty() && names.size() == 1 && outcome.status != CommitmentStatus::kFulfilled &&
          outcome.status != CommitmentStatus::kPartlyFulfilled) {
        add({"", outcome.status, true, true});
      }
    }
  }
}

// "half of the rice", "the first 15 generators".
bool Deeds::Part(const Range& clause) const {
  for (uint32_t t = clause.first; t < clause.last; ++t) {
    if (Is(t, kPart) && MentionAt(t) == nullptr) return true;
    if (!Is(t, kFirst)) continue;
    const auto number = [&](uint32_t n) {
      return clause.first <= n && n < clause.last && T(n).upos == Upos::kNum;
    };
    if (number(t + 1) || (t > clause.first + 1 && (number(t - 1) || number(t - 2)))) return true;
  }
  return false;
}

// The day of the clause's time nearest to the verb that has come; else that of the report.
TimeInterval Deeds::Date(const Range& clause, uint32_t verb) const {
  const std::string today = doc_.article.published.substr(0, 10);
  TimeInterval date{today, today};
  uint32_t nearest = kNone;
  auto next =
      std::lower_bound(times().begin(), times().end(), T(clause.first).start,
                       [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
  for (; next != times().end() && (*next)->span.start < T(clause.last - 1).end; ++next) {
    const TimeExpression& time = **next;
    if (time.kind == TimeKind::kDuration || time.kind == TimeKind::kSet || !time.interval.known())
      continue;
    const std::string& end = time.interval.to.empty() ? time.interval.from : time.interval.to;
    if (!today.empty() && end > today.substr(0, end.size())) continue;
    const uint32_t at = TokenAt(time.span.start);
    const uint32_t away = at > verb ? at - verb : verb - at;
    if (away >= nearest) continue;
    nearest = away;
    date = time.interval;
  }
  return date;
}

}  // namespace kronik::commitment
