#include "commitment/forms.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::commitment {
namespace {

constexpr uint32_t kNounLimit = 10;   // tokens from a verb to the instrument's name
constexpr uint32_t kAsideLimit = 16;  // tokens of words between commas
constexpr uint32_t kItemWords = 3;    // before a text's name in an item of a list

}  // namespace

bool Forms::Refers(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
                   Range& subject) const {
  const Range words = trigger;
  uint32_t verb = kNone;
  for (uint32_t t = begin; t < words.first && verb == kNone; ++t) {
    if (!Verb(t) || T(t).Is("amod") || T(t).Is("acl")) continue;
    std::vector<Party> who;
    parties_.PartiesOf(parties_.Subject(t, begin), PartyRole::kBound, false, who);
    if (who.empty()) continue;
    verb = t;
    c.parties = std::move(who);
  }
  if (verb == kNone || Negated(verb, begin)) return false;
  // "pays under the agreement": a habit keeps nothing yet.
  if (c.status == CommitmentStatus::kPartlyFulfilled && T(verb).Feat("Tense") == "Pres")
    return false;
  std::vector<const Entry*> found;
  for (uint32_t t = verb > begin + 3 ? verb - 3 : begin; t < verb; ++t) {
    cues().Find(words_, t, sentence.last, found);
  }
  for (const Entry* entry : found) {
    if (entry->frames & (kFuture | kInf)) return false;  // it is still to come
  }
  const auto add = [&](uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr) continue;
      // "freed the detainees": whom it is done with is no side of it.
      if (!CommonNoun(mention->head))
        parties_.PartiesOf({t, t + 1}, PartyRole::kToward, true, c.parties);
      t = std::max(t, mention->last - 1);
    }
  };
  subject = {verb, SubjectEnd(verb, sentence)};
  parties_.Toward(subject, c);
  if (c.parties.size() < 2) add(verb + 1, std::min(words.first, verb + 4));
  add(words.first > verb + 3 ? words.first - 3 : verb + 1, words.first);
  add(words.last, std::min(sentence.last, words.last + 6));
  trigger = {verb, verb + 1};
  return true;
}

bool Forms::Complement(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
                       const Range& trigger, Range& subject) const {
  uint32_t k = trigger.last;
  // "agreed with Chile on Monday to ...": what stands before the complement.
  uint32_t marker = k;
  const uint32_t limit = std::min(sentence.last, k + 10);
  const uint64_t wanted = ((entry.frames & kInf) ? uint64_t{kInfinitive} : 0) |
                          ((entry.frames & kThat) ? uint64_t{kComplementizer} : 0);
  while (marker < limit && !(Is(marker, wanted) && OpensClause(marker)) && !Comma(marker) &&
         !Verb(marker)) {
    ++marker;
  }
  // "agreed, after a week of talks, to open"
  if (marker == k && marker < limit && Comma(marker)) {
    const uint32_t last = std::min(sentence.last, marker + kAsideLimit);
    uint32_t close = marker + 1;
    while (close + 1 < last && !Comma(close)) ++close;
    if (close + 1 < last && Is(close + 1, wanted) && OpensClause(close + 1)) {
      marker = k = close + 1;
    }
  }
  // "promised Chile 40 trucks to carry ...": what is promised is the trucks.
  if (c.kind == CommitmentKind::kPledge && marker < limit && Is(marker, kInfinitive) &&
      !Is(marker, kComplementizer)) {
    for (uint32_t t = k; t < marker; ++t) {
      if (T(t).upos == Upos::kNum && MentionAt(t) == nullptr && !HasTime({t, t + 1})) return false;
    }
  }
  const bool marked = wanted != 0 && (marker < limit || marker == k) && Is(marker, wanted) &&
                      marker + 1 < sentence.last &&
                      (MentionAt(marker + 1) == nullptr || Is(marker, kComplementizer));
  // "berjanji kepada Zambia membersihkan": to whom, and then the act.
  uint32_t whom = k;
  if (!marked && (entry.frames & kInf) && Is(k, kToward | kWith) && k + 1 < sentence.last &&
      MentionAt(k) == nullptr && MentionAt(k + 1) != nullptr) {
    whom = MentionAt(k + 1)->last;
  }
  if (whom > k && whom + 1 < sentence.last && (Verb(whom) || Is(whom, kSkip))) {
    parties_.PartiesOf(
        {k, whom}, c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward,
        true, c.parties);
    k = whom;
  } else if (marked) {
    parties_.PartiesOf(
        {k, marker}, c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward,
        true, c.parties);
    k = marker + 1;
  } else if (!(entry.frames & kNp) &&
             !(entry.frames & kInf && (T(k).upos == Upos::kVerb || T(k).upos == Upos::kX))) {
    return false;
  }
  // "berjanji akan menarik": the mark of the future is no part of the act.
  while (k + 1 < sentence.last && (Punct(k) || Is(k, kSkip))) ++k;
  if (entry.frames == kNp && T(k).upos == Upos::kAdp) return false;
  subject = {k, SubjectEnd(k, sentence)};
  std::vector<Party> others = std::move(c.parties);
  c.parties.clear();
  parties_.PartiesOf(parties_.Subject(trigger.first, begin), PartyRole::kBound, false, c.parties);
  for (const Party& party : others)
    parties_.AddParty(c.parties, party.actor.actor, party.actor.span, party.role);
  if (others.empty()) parties_.Toward(subject, c);
  return !subject.empty();
}

bool Forms::ToParty(const Sentence& sentence, uint32_t begin, bool binds, Commitment& c,
                    const Range& trigger, Range& subject) const {
  const Range who = parties_.Subject(trigger.first, begin);
  if (binds) {
    bool text = false;
    for (uint32_t t = who.first; t < who.last; ++t) {
      if (Is(t, kInstrument) && c.instrument.empty()) {
        text = true;
        c.instrument = std::string(doc_.Cut(SpanOf(NounPhrase(t, who.first, who.last))));
      }
    }
    if (!text) return false;
  } else {
    parties_.PartiesOf(who, PartyRole::kBound, false, c.parties);
  }
  const size_t own = c.parties.size();
  // "demanded last year that Chile leave": the clause has the other side for its subject.
  uint32_t that = trigger.last;
  while (!binds && that < sentence.last && that < trigger.last + 4 && !Is(that, kComplementizer) &&
         !Comma(that) && !Verb(that) && MentionAt(that) == nullptr) {
    ++that;
  }
  if (!binds && that < sentence.last && Is(that, kComplementizer)) {
    uint32_t k = that + 1;
    while (k < sentence.last && k < trigger.last + 6 && MentionAt(k) == nullptr) ++k;
    if (k >= sentence.last || MentionAt(k) == nullptr) return false;
    // "warned that it would": what one means to do oneself is no demand.
    for (const Party& party : c.parties) {
      if (!MentionAt(k)->actors.empty() && party.actor.actor == MentionAt(k)->actors.front())
        return false;
    }
    parties_.PartiesOf({k, MentionAt(k)->last}, PartyRole::kToward, true, c.parties);
    k = MentionAt(k)->last;
    if (k >= sentence.last) return false;
    subject = {k, SubjectEnd(k, sentence)};
    return !subject.empty();
  }
  const uint32_t limit = std::min(sentence.last, trigger.last + 24);
  uint32_t marker = trigger.last;
  while (marker < limit && !(Is(marker, kInfinitive) && OpensClause(marker)) && !Comma(marker) &&
         !(Is(marker, kBoundary) && MentionAt(marker) == nullptr)) {
    ++marker;
  }
  const bool marked = marker < limit && Is(marker, kInfinitive);
  // "mengundang Putin ke ...": before the place.
  uint32_t object_end = marker;
  for (uint32_t t = trigger.last; t < marker; ++t) {
    // "mengundang X berkunjung ke": the act follows without a mark.
    const bool act = c.kind == CommitmentKind::kInvitation && !marked && Verb(t) &&
                     MentionAt(t) == nullptr && MentionAt(t - 1) != nullptr;
    if (t > trigger.last && (act || T(t).upos == Upos::kAdp || Is(t, kToward)) &&
        MentionAt(t) == nullptr) {
      object_end = t;
      break;
    }
  }
  parties_.PartiesOf({trigger.last, object_end}, binds ? PartyRole::kBound : PartyRole::kToward,
                     true, c.parties);
  if (c.parties.size() == own && (binds || c.kind == CommitmentKind::kInvitation)) return false;
  if (binds && !marked) return false;
  // Who is asked for a thing alone is no party of this form.
  if (c.parties.size() == own && !marked) return false;
  const uint32_t from = marked ? marker + 1 : object_end < marker ? object_end : trigger.last;
  if (from >= sentence.last) return false;
  uint32_t k = from;
  if (!marked && c.kind == CommitmentKind::kDemand) {
    while (k + 1 < sentence.last &&
           (MentionAt(k) != nullptr || (Is(k, kConjunction) && MentionAt(k + 1) != nullptr))) {
      ++k;
    }
    if (k >= sentence.last) return false;
    if (Is(k, kComplementizer)) ++k;
    if (k >= sentence.last) return false;
    // "told reporters after meeting B"
    if (T(k).upos == Upos::kSconj) return false;
    if (T(k).upos == Upos::kPunct || (c.parties.size() > own && T(k).upos == Upos::kAdp))
      return false;
    // "memperingatkan X akan akibatnya": of a thing.
    if (Is(k, kSkip) && k + 1 < sentence.last && Nominal(k + 1)) return false;
  }
  subject = {k, SubjectEnd(k, sentence)};
  return !subject.empty();
}

bool Forms::Grants(const Sentence& sentence, uint32_t begin, Commitment& c, const Range& trigger,
                   Range& subject) const {
  const uint32_t limit = std::min(sentence.last, trigger.last + 24);
  uint32_t marker = trigger.last;
  while (marker < limit && !(Is(marker, kInfinitive) && OpensClause(marker)) && !Comma(marker) &&
         !(Verb(marker) && MentionAt(marker) == nullptr)) {
    ++marker;
  }
  if (marker + 1 >= limit || !Is(marker, kInfinitive) || !HasTime({trigger.last, marker}))
    return false;
  std::vector<Party> given, who;
  parties_.PartiesOf({trigger.last, marker}, PartyRole::kToward, true, given);
  const Range before = parties_.Subject(trigger.first, begin);
  parties_.PartiesOf(before, given.empty() ? PartyRole::kToward : PartyRole::kBound, false, who);
  if (who.empty()) return false;
  if (given.empty()) {
    // Who has the time is the other side; who speaks gives it.
    const ActorRef* speaker = Speaker(trigger.first);
    if (speaker == nullptr || SameSide(speaker->actor, who.front().actor.actor)) return false;
    parties_.AddParty(c.parties, speaker->actor, speaker->span, PartyRole::kBound);
  }
  for (const auto& some : {who, given}) {
    for (const Party& party : some)
      parties_.AddParty(c.parties, party.actor.actor, party.actor.span, party.role);
  }
  subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
  return c.parties.size() > 1 && !subject.empty();
}

bool Forms::Must(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
                 Range& subject) const {
  const ActorRef* speaker = Speaker(trigger.first);
  const uint32_t verb = trigger.last;
  if (speaker == nullptr || speaker->actor == kNone || verb + 1 >= sentence.last || !Verb(verb))
    return false;
  Range who = parties_.Subject(verb, begin);
  if (who.empty() || who.last > trigger.first) who = parties_.Subject(trigger.first, begin);
  std::vector<Party> others;
  parties_.PartiesOf(who, PartyRole::kToward, false, others);
  const Actor& own = doc_.actors[speaker->actor];
  if (others.empty() || own.code.empty()) return false;
  const std::string& other = doc_.actors[others.front().actor.actor].code;
  if (other.empty() || other == own.code) return false;
  parties_.AddParty(c.parties, speaker->actor, speaker->span, PartyRole::kBound);
  for (const Party& party : others)
    parties_.AddParty(c.parties, party.actor.actor, party.actor.span, party.role);
  trigger.last = verb + 1;
  subject = {verb, SubjectEnd(verb, sentence)};
  return subject.size() >= 2;
}

bool Forms::Text(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
                 const Range& trigger, Range& subject) const {
  const uint64_t wanted = (entry.frames & kMeeting ? kMeetingNoun | kActNoun : uint64_t{0}) |
                          (entry.frames & kText ? uint64_t{kInstrument} : 0);
  // "under a deal announced in Oslo" tells of the deal, not of its announcement.
  if (c.kind == CommitmentKind::kPlan && !(entry.frames & kMeeting) && T(trigger.first).Is("acl"))
    return false;
  const Range before = parties_.Subject(trigger.first, begin);
  const uint32_t noun = TextBehind(trigger, sentence, wanted);
  if (noun == kNone) return TextBefore(sentence, before, trigger, wanted, c, subject);
  // "brokered a truce between A and B"
  parties_.PartiesOf(before,
                     Is(trigger.first, kMediatorWord) ? PartyRole::kMediator : PartyRole::kBound,
                     false, c.parties);
  if (c.kind == CommitmentKind::kAgreement && c.status != CommitmentStatus::kMade &&
      c.status != CommitmentStatus::kProposed) {
    // "kept its promise": the kind is the noun's.
    std::vector<const Entry*> named;
    cues().Find(words_, noun, sentence.last, named);
    for (const Entry* other : named) {
      if (other->frames == kNoun) c.kind = other->kind;
    }
  }
  const Range phrase = NounPhrase(noun, trigger.last, sentence.last);
  c.instrument = std::string(doc_.Cut(SpanOf(phrase)));
  uint32_t first = PastTime(trigger.last, phrase.first + 1);
  if (first > trigger.last && first < phrase.first) ++first;  // "agreed on Monday to a truce"
  while (first < phrase.first && (T(first).upos == Upos::kDet || Is(first, kSkip))) ++first;
  subject = {first, std::max(SubjectEnd(phrase.first, sentence), phrase.last)};
  parties_.AfterName(phrase.last,
                     c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward,
                     c, subject);
  const bool act = subject.first > phrase.first && subject.first >= phrase.last;
  if (act && c.parties.size() < 2) parties_.Between(subject, c);
  if ((act || c.kind != CommitmentKind::kAgreement) && c.parties.size() < 2)
    parties_.Toward(subject, c);
  // "announced an aid package for Chile": announced to another, it is a promise.
  if (c.kind == CommitmentKind::kPlan && !(entry.frames & kMeeting) &&
      std::any_of(c.parties.begin(), c.parties.end(),
                  [](const Party& party) { return party.role == PartyRole::kToward; })) {
    c.kind = CommitmentKind::kPledge;
  }
  if (c.status == CommitmentStatus::kMade) BrokenLater(sentence, phrase.last, subject.last, c);
  const Span whole = SpanOf({first, phrase.last});
  for (uint32_t t = trigger.last; t < phrase.last; ++t) {
    if (Is(t, kEarlier)) c.about = whole;
  }
  if (entry.status != CommitmentStatus::kMade && entry.status != CommitmentStatus::kProposed &&
      !(entry.frames & kMeeting)) {
    c.about = whole;
  }
  return true;
}

// "to" before a verb; another complementizer wherever it stands.
bool Forms::OpensClause(uint32_t t) const {
  if (!Is(t, kInfinitive) || Is(t, kComplementizer)) return true;
  uint32_t k = t + 1;
  while (k + 1 < Size() && k < t + 3 &&
         ((Punct(k) && !Comma(k)) || T(k).upos == Upos::kAdv || T(k).upos == Upos::kPart ||
          Is(k, kSkip | kNegator))) {
    ++k;
  }
  // "to abolish visas": an act, whatever the tagger takes it for.
  return k < Size() &&
         (Verb(k) || T(k).upos == Upos::kAux || T(k).upos == Upos::kX || (k == t + 1 && Act(k)));
}

// Whether a word names an act of topics.tsv.
bool Forms::Act(uint32_t t) const {
  std::vector<std::string> things, acts;
  cues().Topics({words_[t]}, 0, things, acts);
  return T(t).upos == Upos::kAdj && !acts.empty();
}

// Past a time that stands between a verb and its object: "agreed late on Monday to a truce".
uint32_t Forms::PastTime(uint32_t t, uint32_t limit) const {
  if (t >= limit) return t;
  const auto next =
      std::lower_bound(times().begin(), times().end(), T(t).start,
                       [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
  if (next == times().end()) return t;
  const uint32_t from = TokenAt((*next)->span.start), to = TokenAt((*next)->span.end);
  if (from > t + 2 || to >= limit) return t;
  for (uint32_t n = t; n < from; ++n) {
    if (T(n).upos != Upos::kAdp && T(n).upos != Upos::kAdv && T(n).upos != Upos::kAdj) return t;
  }
  return T(to).upos == Upos::kAdp || T(to).upos == Upos::kPart ? to : t;
}

// The name of the text behind a verb, kNone: none. The last of a compound is its head: "peace
// deal".
uint32_t Forms::TextBehind(const Range& trigger, const Sentence& sentence, uint64_t wanted) const {
  const uint32_t limit = std::min(sentence.last, trigger.last + kNounLimit);
  const uint32_t first = PastTime(trigger.last, limit);
  for (uint32_t t = first; t < limit && !Comma(t); ++t) {
    // "long-awaited talks": a verb that modifies a noun doesn't end the phrase.
    if (t > trigger.last && Verb(t) && !T(t).Is("amod") && words_[t - 1] != "-") break;
    // "a status-of-forces agreement"
    const bool joined = words_[t - 1] == "-" || (t + 1 < limit && words_[t + 1] == "-");
    if (t > first && T(t).upos == Upos::kAdp && MentionAt(t) == nullptr && !joined) break;
    if (!Is(t, wanted)) continue;
    while (t + 1 < limit && !Comma(t + 1) && Is(t + 1, wanted)) ++t;
    return t;
  }
  return kNone;
}

// The text as the subject of a passive verb.
bool Forms::TextBefore(const Sentence& sentence, const Range& before, const Range& trigger,
                       uint64_t wanted, Commitment& c, Range& subject) const {
  uint32_t noun = kNone;
  for (uint32_t t = before.first; t < before.last; ++t) {
    if (Is(t, wanted)) noun = t;
  }
  // "Under a pact announced in Oslo": no subject.
  if (noun == kNone || T(before.first).upos == Upos::kAdp) return false;
  const uint32_t limit = std::min(sentence.last, trigger.last + kNounLimit);
  uint32_t agent = trigger.last;
  while (agent < limit && !Is(agent, kAgent) && MentionAt(agent) == nullptr) ++agent;
  if (agent < limit) {
    const uint32_t first = Is(agent, kAgent) ? agent + 1 : agent;
    if (Is(agent, kAgent) || T(agent - 1).upos != Upos::kAdp) {
      parties_.PartiesOf({first, std::min(sentence.last, first + 16)}, PartyRole::kBound, false,
                         c.parties);
    }
  }
  if (c.parties.empty()) parties_.PartiesOf(before, PartyRole::kBound, true, c.parties);
  if (c.parties.empty()) parties_.Sides(sentence.first, c.parties);
  if (c.parties.empty()) return false;
  subject = before;
  c.instrument = std::string(doc_.Cut(SpanOf(NounPhrase(noun, before.first, before.last))));
  return true;
}

// "deals which were quickly broken"
void Forms::BrokenLater(const Sentence& sentence, uint32_t from, uint32_t to, Commitment& c) const {
  uint32_t relative = from;
  while (relative < to + 2 && relative < sentence.last && !Is(relative, kRelative)) ++relative;
  std::vector<const Entry*> found;
  for (uint32_t t = relative + 1; t < std::min(sentence.last, relative + 5); ++t) {
    cues().Find(words_, t, sentence.last, found);
  }
  for (const Entry* other : found) {
    if (other->status == CommitmentStatus::kBroken) c.status = other->status;
  }
}

bool Forms::NamedText(const Sentence& sentence, uint32_t t, Commitment& c, Range& subject,
                      uint32_t& end) const {
  if (Negated(t, sentence.first)) return false;  // "no deal between"
  uint32_t between = t + 1;
  while (between < sentence.last && between < t + 4 && !Is(between, kBetween)) ++between;
  // An item of a list of texts ("3. MoU on fisheries"): the report has told whose they are.
  const bool item = t < sentence.first + kItemWords && !Is(t, kSkip) &&
                    (t == sentence.first || Numbered(sentence.first));
  if (between >= sentence.last || between >= t + 4) {
    if (!item || t + 2 >= sentence.last || !Is(t + 1, kTopic)) return false;
    between = t;
  }
  c.kind = CommitmentKind::kAgreement;
  const Range phrase = NounPhrase(t, t, std::max(between, t + 1));
  c.instrument = std::string(doc_.Cut(SpanOf(phrase)));
  uint32_t topic = between + 1;
  const uint32_t limit = std::min(sentence.last, between + 40);
  while (topic < limit &&
         (MentionAt(topic) != nullptr || !Is(topic, kTopic | kInfinitive | kRelative))) {
    ++topic;
  }
  if (item) parties_.Sides(sentence.first, c.parties);
  if (c.parties.empty())
    parties_.PartiesOf({between + 1, topic}, PartyRole::kBound, true, c.parties);
  if (c.parties.empty()) return false;
  subject = {phrase.first, SubjectEnd(phrase.first, sentence)};
  if (topic < limit && Is(topic, kTopic | kInfinitive) && topic + 1 < sentence.last) {
    subject = {topic + 1, SubjectEnd(topic + 1, sentence)};
  }
  end = std::max(subject.last, topic);
  return true;
}

bool Forms::Noun(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
                 Range& subject) const {
  const uint32_t k = trigger.last;
  const uint32_t limit = std::min(sentence.last, k + 8);
  if (k < limit && Is(k, kMeetingNoun)) {
    trigger.last = k + 1;
    subject = {k, SubjectEnd(k, sentence)};
    c.kind = CommitmentKind::kPlan;
    parties_.PartiesOf({k + 1, subject.last}, PartyRole::kBound, true, c.parties);
    return c.parties.size() > 1;
  }
  if (c.kind == CommitmentKind::kDemand) return Ultimatum(sentence, begin, c, trigger, subject);
  uint32_t marker = k;
  while (marker < limit &&
         (MentionAt(marker) != nullptr ||
          (!(Is(marker, kInfinitive) && OpensClause(marker)) && !Verb(marker) && !Comma(marker)))) {
    ++marker;
  }
  const bool invitation = c.kind == CommitmentKind::kInvitation;
  if (!invitation &&
      (marker >= limit || !Is(marker, kInfinitive) || marker + 1 >= sentence.last ||
       MentionAt(marker + 1) != nullptr || (T(marker + 1).upos != Upos::kX && !Verb(marker + 1)))) {
    return false;
  }
  Owner(sentence, begin, trigger, marker, c.parties);
  NounStatus(begin, trigger, c);
  if (invitation && Accepted(begin, trigger, marker, c)) {
    subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
    return !subject.empty();
  }
  if (invitation) return InvitationTo(sentence, begin, trigger, marker, c, subject);
  subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
  parties_.Toward(subject, c);
  return !subject.empty();
}

// "handed Chile an ultimatum: leave ...", "gave an ultimatum to Chile to leave".
bool Forms::Ultimatum(const Sentence& sentence, uint32_t begin, Commitment& c, const Range& trigger,
                      Range& subject) const {
  uint32_t verb = trigger.first;
  while (verb > begin && trigger.first - verb < kNounLimit && !Verb(verb)) --verb;
  if (!Verb(verb) || MentionAt(verb) != nullptr) return false;
  parties_.PartiesOf(parties_.Subject(verb, begin), PartyRole::kBound, false, c.parties);
  const size_t own = c.parties.size();
  uint32_t marker = trigger.last;
  const uint32_t limit = std::min(sentence.last, trigger.last + kNounLimit);
  while (marker < limit && words_[marker] != ":" &&
         !(Is(marker, kInfinitive) && OpensClause(marker) && MentionAt(marker + 1) == nullptr)) {
    ++marker;
  }
  if (marker + 1 >= limit) return false;
  parties_.PartiesOf({verb + 1, marker}, PartyRole::kToward, true, c.parties);
  subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
  return own > 0 && c.parties.size() > own && !subject.empty();
}

// Whose a promise is: the name right before ("Chile's promise") or after ("janji Chile",
// "invitation by Chile"), else the subject.
void Forms::Owner(const Sentence& sentence, uint32_t begin, const Range& trigger, uint32_t marker,
                  std::vector<Party>& own) const {
  for (uint32_t t = trigger.first; t > begin && trigger.first - t < 3 && own.empty(); --t) {
    if (Verb(t - 1)) break;
    if (MentionAt(t - 1) != nullptr) parties_.PartiesOf({t - 1, t}, PartyRole::kBound, true, own);
  }
  if (own.empty()) {
    uint32_t after = trigger.last;
    while (after < marker && MentionAt(after) == nullptr && !Is(after, kToward)) ++after;
    if (after < marker && MentionAt(after) != nullptr) {
      parties_.PartiesOf({after, after + 1}, PartyRole::kBound, true, own);
    }
  }
  // "X was slow to keep its promise", told by another: "its" is X's.
  if (own.size() == 1 && work_.told[trigger.first] != kNone) {
    const uint32_t owner = TokenAt(own.front().actor.span.start);
    const bool pronoun = owner < Size() && T(owner).upos == Upos::kPron;
    for (uint32_t t = begin; pronoun && t < trigger.first; ++t) {
      if (MentionAt(t) != nullptr && T(t).upos == Upos::kPropn) {
        own.clear();
        parties_.PartiesOf({t, MentionAt(t)->last}, PartyRole::kBound, true, own);
        break;
      }
    }
  }
  if (own.empty()) {
    parties_.PartiesOf(parties_.Subject(trigger.first, begin), PartyRole::kBound, false, own);
  }
  // "menyatakan tekadnya": the subject of the verb whose object it is.
  const int32_t verb = T(trigger.first).head;
  if (own.empty() && verb >= static_cast<int32_t>(sentence.first) &&
      static_cast<uint32_t>(verb) < trigger.first) {
    parties_.PartiesOf(parties_.Subject(static_cast<uint32_t>(verb), sentence.first),
                       PartyRole::kBound, false, own);
  }
}

// "broke its promise to", "failed to keep its promise to".
void Forms::NounStatus(uint32_t begin, const Range& trigger, Commitment& c) const {
  std::vector<const Entry*> found;
  for (uint32_t t = trigger.first; t > begin && trigger.first - t < 5; --t) {
    found.clear();
    cues().Find(words_, t - 1, trigger.first, found);
    if (Pending(t - 1, begin)) found.clear();  // "has yet to keep its promise"
    for (const Entry* entry : found) {
      if (entry->status != CommitmentStatus::kMade && c.status == CommitmentStatus::kMade) {
        c.status = entry->status;
      }
    }
    if (Is(t - 1, kFailing)) c.status = CommitmentStatus::kBroken;
  }
}

// "X accepted the invitation to visit Oslo": who accepts is invited; where nobody is named as host,
// the place is whose invitation it is.
bool Forms::Accepted(uint32_t begin, const Range& trigger, uint32_t marker, Commitment& c) const {
  uint32_t verb = trigger.first;
  while (verb > begin && trigger.first - verb < 5 && !Is(verb, kAccept)) --verb;
  if (!Is(verb, kAccept) || marker + 1 >= Size() || !Is(marker, kInfinitive)) return false;
  std::vector<Party> sides = std::move(c.parties);
  c.parties.clear();
  const bool named = !sides.empty() && sides.front().actor.span.start > T(verb).start;
  Commitment host;
  host.kind = CommitmentKind::kInvitation;
  if (named) {
    parties_.PartiesOf(parties_.Subject(verb, begin), PartyRole::kToward, false, sides);
  } else {
    host.parties = sides;
    parties_.Toward({marker + 1, std::min(Size(), marker + 8)}, host);
    sides.assign(host.parties.rbegin(), host.parties.rend());
  }
  if (sides.size() == 1 && !named) {
    // Whose invitation it was is told elsewhere.
    sides[0].role = PartyRole::kToward;
    c.parties = std::move(sides);
    return true;
  }
  if (sides.size() < 2) return false;
  sides[0].role = PartyRole::kBound;
  sides[1].role = PartyRole::kToward;
  c.parties = {sides[0], sides[1]};
  return true;
}

// Who is invited, and to what.
bool Forms::InvitationTo(const Sentence& sentence, uint32_t begin, const Range& trigger,
                         uint32_t marker, Commitment& c, Range& subject) const {
  const bool act = marker + 1 < sentence.last && Is(marker, kInfinitive);
  const uint32_t first = act ? marker + 1 : trigger.first;
  subject = {first, SubjectEnd(first, sentence)};
  parties_.Toward({trigger.last, std::min(sentence.last, trigger.last + 14)}, c);
  const int32_t verb = T(trigger.first).head;
  if (c.parties.size() == 1 && verb >= static_cast<int32_t>(begin) &&
      static_cast<uint32_t>(verb) < trigger.first) {
    // "accepted an invitation by Chile"
    parties_.PartiesOf(parties_.Subject(static_cast<uint32_t>(verb), begin), PartyRole::kToward,
                       false, c.parties);
  }
  return c.parties.size() > 1;
}

// Whether what is to be done is a visit or a meeting.
bool Forms::Hosted(uint32_t verb) const {
  std::vector<std::string> things, acts;
  cues().Topics({LowerCase(T(verb).lemma)}, 0, things, acts);
  return std::any_of(acts.begin(), acts.end(),
                     [](const std::string& act) { return act == "visit" || act == "meet"; });
}

// "Peru's economy will grow": the subject is a thing of its.
bool Forms::OfThing(uint32_t verb, uint32_t begin) const {
  const uint32_t from = verb - begin > 40 ? verb - 40 : begin;
  for (uint32_t t = from; t < verb; ++t) {
    if (T(t).head != static_cast<int32_t>(verb) || !T(t).Is("nsubj")) continue;
    return T(t).upos == Upos::kNoun && MentionAt(t) == nullptr && !Is(t, kInstrument | kCollective);
  }
  return false;
}

bool Forms::Future(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
                   Range& subject) const {
  uint32_t verb = trigger.last;
  while (verb < sentence.last && verb < trigger.last + 4 &&
         (Is(verb, kSkip) || T(verb).upos == Upos::kAdv || T(verb).upos == Upos::kAux)) {
    ++verb;
  }
  if (verb >= sentence.last || (!Verb(verb) && T(verb).upos != Upos::kX) ||
      Is(verb, kNegator | kStative) || (verb + 1 < sentence.last && Is(verb + 1, kNegator))) {
    return false;
  }
  // "will close its airspace unless ..." is a threat.
  const uint32_t end = SubjectEnd(verb, sentence);
  for (uint32_t t = verb; t < std::min(sentence.last, end + 3); ++t) {
    if (Is(t, kUnless)) return false;
  }
  // Only a subject that is an actor, right before: the future of things binds nobody.
  Range who = parties_.Subject(verb, begin);
  if (who.empty() || who.last > trigger.first) who = parties_.Subject(trigger.first, begin);
  parties_.PartiesOf(who, PartyRole::kBound, false, c.parties);
  const ActorRef* speaker = Speaker(trigger.first);
  const bool modal = Is(trigger.first, kHedge);
  // "We will shut every gate": a threat, unless it has a day.
  if (who.size() == 1 && T(who.first).Feat("Person") == "1" && Is(verb, kHarm) &&
      !HasTime({verb, end})) {
    return false;
  }
  // "we will", "menyatakan akan": who speaks.
  const bool opens = who.empty() && speaker != nullptr && trigger.first > sentence.first &&
                     work_.told[trigger.first] != work_.told[trigger.first - 1];
  if (c.parties.empty() && speaker != nullptr &&
      (opens || (who.size() == 1 && T(who.first).Feat("Person") == "1"))) {
    parties_.AddParty(c.parties, speaker->actor,
                      opens ? speaker->span : doc_.SpanOf(who.first, who.last), PartyRole::kBound);
  }
  if (c.parties.empty() || OfThing(verb, begin)) return false;
  // "I would resign if": talk of what might be.
  for (uint32_t t = verb; modal && t < end; ++t) {
    if (Is(t, kCondition)) return false;
  }
  // "will strike again if": a threat.
  if (const Event* act = EventAt(SpanOf({trigger.first, verb + 1}));
      act != nullptr && work_.undertakings.Is(*act, kThreatens)) {
    for (uint32_t t = verb; t < end; ++t) {
      if (Is(t, kCondition)) return false;
    }
  }
  if (speaker != nullptr) {
    // "warned that it would": a threat.
    if (const uint32_t told = work_.told[trigger.first]; told != kNone) {
      const uint32_t cue = TokenAt(doc_.statements[told].cue.start);
      if (cue < Size() && Is(cue, kThreat)) return false;
    }
    bool own = false;   // "said it would"
    bool ours = false;  // "the minister said Chile would"
    for (const Party& party : c.parties) {
      own = own || party.actor.actor == speaker->actor;
      ours = ours || SameSide(party.actor.actor, speaker->actor);
    }
    if (own) c.kind = CommitmentKind::kPledge;
    // "told Chile it would": who is told.
    if (const uint32_t told = work_.told[trigger.first];
        own && told != kNone && doc_.statements[told].addressee) {
      const ActorRef& whom = *doc_.statements[told].addressee;
      if (whom.actor < doc_.actors.size() && doc_.actors[whom.actor].kind == ActorKind::kState)
        parties_.AddParty(c.parties, whom.actor, whom.span, PartyRole::kToward);
    }
    // "Chile said the minister would visit": of a meeting the host speaks too.
    const Event* act = EventAt(SpanOf({trigger.first, verb + 1}));
    const bool host = act != nullptr && !doc_.actors[speaker->actor].code.empty() &&
                      work_.undertakings.Is(*act, kMeets) && Hosted(verb);
    if (modal && !own && !ours && !host) return false;
    if (modal && !own && !ours)
      parties_.AddParty(c.parties, speaker->actor, speaker->span, PartyRole::kToward);
  } else if (modal) {
    return false;
  }
  trigger.last = verb + 1;
  subject = {verb, end};
  parties_.Toward(subject, c);
  return subject.size() >= 2;
}

}  // namespace kronik::commitment
