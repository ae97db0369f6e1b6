#include "statement/sources.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::statement {

namespace {

constexpr uint32_t kNameLimit = 16;      // tokens of a source phrase
constexpr uint32_t kClauseLimit = 80;    // tokens before a cue in which its subject is looked for
constexpr uint32_t kRelativeLimit = 32;  // tokens of one with a relative clause
constexpr size_t kNamesBack = 64;  // mentions before a pronoun in which its name is looked for

}  // namespace

void Sources::Spoke(uint32_t actor, uint32_t byte) {
  if (actor != kNone) last_source_ = actor;
  last_cue_ = byte;
}

Range Sources::PhraseAfter(uint32_t t, uint32_t end) const {
  while (t < end && (Is(t, kAgent) || Is(t, kSkip) || words_[t] == ":")) ++t;
  Range phrase{t, t};
  bool reduced = false;   // "a study published on Tuesday in Lima"
  bool relative = false;  // "people who know him"
  while (phrase.last < std::min(end, t + (relative ? kRelativeLimit : kNameLimit))) {
    const uint32_t at = phrase.last;
    relative = relative || (at > t && Is(at, kRelative) && !Punct(at - 1) &&
                            T(at).upos != Upos::kDet && T(at - 1).upos != Upos::kVerb &&
                            !(at + 1 < end && MentionAt(at - 1) != nullptr && Carries(at + 1)));
    if (relative && (!Punct(at) || words_[at] == "-") && words_[at] != ":") {
      ++phrase.last;
      continue;
    }
    if (at > t) {
      // A name may hold any of the words that end a phrase.
      const ActorMention* mention = MentionAt(at);
      if (mention != nullptr && mention->first < at && mention->first >= t) {
        ++phrase.last;
        continue;
      }
    }
    if (Punct(at) && words_[at] != "-" && words_[at] != "'" && words_[at] != "/") break;
    if (at > t && Verb(at) && Carries(at)) break;  // "a commander cited by Wire One"
    const uint32_t classes = Classes(at);
    if (classes & kInside) {
      ++phrase.last;
      continue;
    }
    reduced = reduced || (at > t && (T(at).Is("acl") || T(at - 1).upos == Upos::kNoun) &&
                          T(at).Feat("VerbForm") == "Part" && T(at).Feat("Tense") == "Past");
    if (reduced && !(classes & (kComplementizer | kRelative)) && T(at).Feat("VerbForm") != "Fin") {
      ++phrase.last;
      continue;
    }
    if (classes & (kBoundary | kComplementizer | kRelative | kHearer)) break;
    // "jawab Puan singkat": how, behind a name.
    if (at > t && T(at).upos == Upos::kAdj && MentionAt(at) == nullptr &&
        T(at - 1).upos == Upos::kPropn && !T(at).Is("amod")) {
      break;
    }
    if (at > t && ((Verb(at) && !T(at).Is("amod")) || T(at).upos == Upos::kSconj ||
                   T(at).upos == Upos::kAdp || T(at).upos == Upos::kAdv || IsTime(at))) {
      break;
    }
    ++phrase.last;
  }
  while (!phrase.empty() && Is(phrase.last - 1, kInside | kConjunction)) --phrase.last;
  return phrase;
}

Range Sources::Subject(uint32_t cue, uint32_t begin, uint32_t& head) const {
  if (cue - begin > kClauseLimit) begin = cue - kClauseLimit;
  uint32_t verb = cue;  // the one whose subject it is
  head = SubjectHead(cue, begin, verb);
  if (head != kNone && (Is(head, kRelative) || T(head).Feat("PronType") == "Rel")) {
    head = Antecedent(head, verb, begin);
    return head == kNone ? Range{} : Range{head, head + 1};
  }
  if (head == kNone) return PhraseBefore(cue, begin);
  Range range{head, head + 1};
  while (range.first > begin && Below(range.first - 1, head)) --range.first;
  while (range.last < cue && (Below(range.last, head) ||
                              (T(range.last).Is("nsubj") && T(range.last).head == T(head).head))) {
    ++range.last;
  }
  return range;
}

// "a survey by the firm Panel North": a name that the tree has for another subject.
bool Sources::OnePhrase(uint32_t head, uint32_t name) const {
  for (uint32_t t = head + 1; t < name; ++t) {
    if (Punct(t) || !Below(t, head)) return false;
  }
  return name > head + 1;
}

// The head of the subject that the tree gives a verb, its own or that of the verb it hangs from.
uint32_t Sources::SubjectHead(uint32_t cue, uint32_t begin, uint32_t& verb) const {
  const uint32_t first = std::max(begin, doc_.SentenceOf(cue).first);
  for (int step = 0; step < 3; ++step) {
    uint32_t head = kNone;
    for (uint32_t t = first; t < cue; ++t) {
      if (T(t).head == static_cast<int32_t>(verb) && T(t).Is("nsubj") && CanBeSubject(t) &&
          (head == kNone || !OnePhrase(head, t)) &&
          // Of two subjects in a wrong tree the one with a name is it.
          (head == kNone || MentionAt(t) != nullptr || MentionAt(head) == nullptr)) {
        head = t;
      }
    }
    if (head != kNone || !SharesSubject(verb) || T(verb).head < 0) return head;
    verb = static_cast<uint32_t>(T(verb).head);
  }
  return kNone;
}

// Whether a verb may have its subject from the verb above it.
bool Sources::SharesSubject(uint32_t verb) const {
  const Token& v = T(verb);
  const bool finite = v.Feat("VerbForm") == "Fin" || v.Feat("VerbForm").empty();
  return v.Is("conj") || v.Is("xcomp") || v.Is("aux") ||
         // "the survey released this week found": finite, but the tree has it for a complement.
         (v.Is("ccomp") && finite) ||
         (v.Is("advcl") && (Participle(verb) || v.Feat("VerbForm").empty() ||
                            (verb > 0 && Is(verb - 1, kInfinitive))));
}

// What a relative word stands for. The name right before it is safer than the tree's.
uint32_t Sources::Antecedent(uint32_t relative, uint32_t verb, uint32_t begin) const {
  uint32_t name = relative;
  while (name > begin && Punct(name - 1)) --name;
  if (name > begin && MentionAt(name - 1) != nullptr) return name - 1;
  const int32_t noun = T(verb).head;
  const bool before = noun >= 0 && static_cast<uint32_t>(noun) < relative &&
                      static_cast<uint32_t>(noun) >= doc_.SentenceOf(relative).first;
  // "it was unclear who had ordered it"
  return before && CanBeSubject(static_cast<uint32_t>(noun)) ? static_cast<uint32_t>(noun) : kNone;
}

// The phrase before a verb where the tree has no subject: back to a comma or the clause's start.
Range Sources::PhraseBefore(uint32_t verb, uint32_t begin) const {
  uint32_t end = verb;
  while (end > begin &&
         (Is(end - 1, kSkip | kNegator) || Punct(end - 1) || T(end - 1).upos == Upos::kAdv ||
          T(end - 1).upos == Upos::kAux || (IsTime(end - 1) && MentionAt(end - 1) == nullptr))) {
    if (Comma(end - 1) && MentionAt(end - 1) == nullptr) {
      // "Lavrov, in a talk on Monday, said": step over the insertion to its comma.
      uint32_t comma = end - 1;
      while (comma > begin && !Comma(comma - 1)) --comma;
      if (comma == begin) return {};
      end = comma;
    }
    --end;
  }
  if (end <= begin) return {};
  if (Is(end - 1, kConjunction) && MentionAt(end - 1) == nullptr) return {};
  if (Is(end - 1, kRelative)) {
    --end;
    while (end > begin && Punct(end - 1)) --end;
  }
  end = BeforeRelay(end, begin);
  if (end <= begin || !MayEndName(end - 1)) return {};
  Range range{end, end};
  while (range.first > begin && end - range.first < kNameLimit) {
    const uint32_t t = range.first - 1;
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || mention->last <= t) {
      if (Punct(t) && words_[t] != "-" && words_[t] != ")" && words_[t] != "(") break;
      // "two people briefed on the talks"
      const bool reduced = t > begin && T(t).Feat("VerbForm") == "Part" &&
                           T(t).Feat("Tense") == "Past" && T(t - 1).upos == Upos::kNoun;
      if (Is(t, kConjunction | kComplementizer | kRelative) || (Verb(t) && !reduced)) break;
    }
    --range.first;
  }
  while (!range.empty() && Punct(range.first)) ++range.first;
  if (!range.empty() && T(range.first).upos == Upos::kAdp) return {};
  return range;
}

// "Residents interviewed by Wire One": where what precedes such an insertion ends.
uint32_t Sources::BeforeRelay(uint32_t end, uint32_t begin) const {
  if (end <= begin) return end;
  const ActorMention* mention = MentionAt(end - 1);
  if (mention == nullptr || mention->first <= begin || !Relays(*mention, begin)) return end;
  uint32_t verb = mention->first;
  while (verb > begin && end - verb < kNameLimit && !Verb(verb)) --verb;
  const bool reduced = Verb(verb) && T(verb).Feat("Tense") == "Past" &&
                       T(verb).Feat("VerbForm") == "Part" && verb > begin;
  return reduced ? verb : end;
}

// Whether a phrase may end with a token: "to say" and "by saying" have no subject before them.
bool Sources::MayEndName(uint32_t t) const {
  return CanBeSubject(t) || Punct(t) || T(t).upos == Upos::kAdj ||
         (T(t).upos == Upos::kPart && !Is(t, kInfinitive));
}

// Whether a token that the tree has for a subject may be one: trees are noisy.
bool Sources::CanBeSubject(uint32_t t) const {
  if (IsTime(t)) return false;
  if (MentionAt(t) != nullptr && Relays(*MentionAt(t), doc_.SentenceOf(t).first)) return false;
  const Upos upos = T(t).upos;
  return upos == Upos::kNoun || upos == Upos::kPropn || upos == Upos::kPron || upos == Upos::kX ||
         upos == Upos::kDet || upos == Upos::kNum || MentionAt(t) != nullptr ||
         (upos == Upos::kAdj && T(t).Is("nsubj"));  // "few", "many", "the rich"
}

ActorRef Sources::Resolve(Range phrase, uint32_t head, bool grammatical) {
  while (!phrase.empty() && (Punct(phrase.first) || T(phrase.first).upos == Upos::kSconj)) {
    ++phrase.first;
  }
  while (!phrase.empty() && (Punct(phrase.last - 1) ||
                             (Particle(phrase.last - 1) && !OfVerb(phrase.last - 1, phrase)))) {
    --phrase.last;
  }
  if (phrase.empty()) return {};
  if (head != kNone) {
    if (const ActorMention* mention = MentionAt(head)) return ReferFrom(*mention, head);
  }
  if (const ActorMention* mention = MentionIn(phrase, head, grammatical)) {
    ActorRef ref = ReferAround(*mention, phrase);
    // "according to two people briefed on the talks who asked not to be named"
    uint32_t next = mention->last;  // behind the noun: "a Wire One poll released Sunday"
    while (next < phrase.last && T(next).upos == Upos::kNoun) ++next;
    if (!grammatical && mention->first <= phrase.first + 1 && next < phrase.last &&
        (Is(next, kRelative) || T(next).Feat("Tense") == "Past")) {
      ref.span = doc_.SpanOf(phrase.first, phrase.last);
    }
    return ref;
  }
  if (const ActorMention* mention = NameBefore(phrase)) return Refer(*mention);
  // "the report, published on Monday", "the leader left the hall": up to the mark or the verb.
  for (uint32_t t = phrase.first + 1; t < phrase.last; ++t) {
    if (!grammatical && Is(t, kRelative) && !Comma(t - 1)) break;  // "a person who was there"
    if (!Comma(t) && !(Verb(t) && T(t).Feat("VerbForm") == "Fin")) continue;
    phrase.last = t;
    if (head != kNone && head >= t) head = kNone;
  }
  if (!grammatical) {
    if (const ActorMention* name = NameBehind(phrase)) return Refer(*name);
  }
  return Unnamed(phrase, head);
}

// "people not allowed to discuss it publicly"
bool Sources::OfVerb(uint32_t t, const Range& phrase) const {
  const int32_t head = T(t).head;
  return head >= static_cast<int32_t>(phrase.first) && head < static_cast<int32_t>(t) &&
         T(static_cast<uint32_t>(head)).upos == Upos::kVerb;
}

// "Dia pun", "he also"
bool Sources::Particle(uint32_t t) const {
  return Is(t, kSkip) && (T(t).upos == Upos::kAdv || T(t).upos == Upos::kPart);
}

// The mention that a phrase is about: the nearest to the verb that no preposition governs; else the
// longest.
const ActorMention* Sources::MentionIn(const Range& phrase, uint32_t head, bool grammatical) const {
  const ActorMention* best = nullptr;
  const ActorMention* any = nullptr;
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    const ActorMention* mention = MentionAt(t);
    if (t > phrase.first && Is(t, kRelative))
      break;  // who is named in a relative clause is another
    if (mention == nullptr || mention == best || mention == any) continue;
    if (mention->form == MentionForm::kPronoun && T(t).Feat("Poss") == "Yes") continue;
    // "the study, first reported by Wire One": in a clause of its own.
    if (head != kNone && head < mention->first && HasVerbStrict({head, mention->first})) continue;
    // "a poll published by Wire One"
    uint32_t agent = mention->first;
    while (agent > phrase.first && T(agent - 1).upos == Upos::kDet) --agent;
    if (agent > phrase.first && Is(agent - 1, kAgent) && HasVerbStrict({phrase.first, agent})) {
      continue;
    }
    uint32_t before = mention->first;  // "a driver for the militia"
    while (before > phrase.first + 1 && T(before - 1).upos == Upos::kDet) --before;
    bool governed = before > phrase.first && (T(before - 1).upos == Upos::kAdp ||
                                              Is(before - 1, kBoundary | kHearer | kInside));
    governed = governed || Relays(*mention, phrase.first);
    // "The chairman, in a talk with Wire One, hinted"
    if (governed && head != kNone && head < mention->first && HasComma(head, mention->first)) {
      continue;
    }
    if (any == nullptr || mention->span.size() > any->span.size()) any = mention;
    // "Japan's foreign ministry": a name that another noun follows is a part of the phrase.
    if (!governed && (best == nullptr || grammatical || best->last < mention->first))
      best = mention;
  }
  return best != nullptr ? best : any;
}

// The actor of a mention, with the span of the phrase around it: "Japan's foreign ministry".
ActorRef Sources::ReferAround(const ActorMention& mention, const Range& phrase) const {
  ActorRef ref = ReferFrom(mention, mention.first);
  const Range whole{std::min(phrase.first, mention.first), std::max(phrase.last, mention.last)};
  if (mention.form == MentionForm::kName && mention.last < phrase.last &&
      mention.first <= phrase.first + 1 && !Is(mention.last, kBoundary) && whole.size() <= 8 &&
      T(whole.last - 1).upos == Upos::kNoun) {
    ref.span = doc_.SpanOf(whole.first, whole.last);
  }
  return ref;
}

// One word that a name precedes ("the minister yesterday said") is none: the name.
const ActorMention* Sources::NameBefore(const Range& phrase) const {
  if (phrase.size() != 1 || phrase.first == 0 || Is(phrase.first, kPronoun) ||
      doc_.SentenceOf(phrase.first).first == phrase.first) {
    return nullptr;
  }
  const ActorMention* mention = MentionAt(phrase.first - 1);
  return mention != nullptr && mention->last == phrase.first ? mention : nullptr;
}

// "said his deputy, Anna Berg": the name behind is who it is.
const ActorMention* Sources::NameBehind(const Range& phrase) const {
  if (phrase.last + 1 >= words_.size() || !Comma(phrase.last) ||
      T(phrase.last + 1).start >= doc_.SentenceOf(phrase.first).end) {
    return nullptr;
  }
  const ActorMention* name = MentionAt(phrase.last + 1);
  const bool apposed = name != nullptr && name->form == MentionForm::kName &&
                       name->last < words_.size() && Punct(name->last);
  return apposed ? name : nullptr;
}

// The actor of a phrase without a mention: a pronoun is who spoke last, a noun a new one.
ActorRef Sources::Unnamed(const Range& phrase, uint32_t head) {
  const Span span = doc_.SpanOf(phrase.first, phrase.last);
  bool pronoun =
      phrase.size() == 1 && (Is(phrase.first, kPronoun) || T(phrase.first).upos == Upos::kPron);
  if (head != kNone && Is(head, kPronoun)) pronoun = true;
  if (pronoun && T(phrase.last - 1).Feat("Poss") == "Yes") return {};
  if (pronoun) return Personal(phrase.last - 1) ? ActorRef{last_source_, span} : ActorRef{};
  if (!NamesSomebody(phrase)) return {};
  const uint32_t noun = head != kNone ? head : phrase.last - 1;
  return NewActor(span, T(noun).Feat("Number") == "Plur" ? ActorKind::kGroup : ActorKind::kUnknown,
                  Is(phrase.last - 1, kOutlet) || Is(phrase.first, kOutlet));
}

// Whether a phrase has a word besides times, adverbs and function words.
bool Sources::NamesSomebody(const Range& phrase) const {
  if (Is(phrase.first, kBoundary | kComplementizer)) return false;
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    if (!IsTime(t) && !Punct(t) && T(t).upos != Upos::kAdv && T(t).Feat("PronType") != "Art" &&
        !Is(t, kSkip | kBoundary | kConjunction | kHearer | kAnaphor)) {
      return true;
    }
  }
  return false;
}

ActorRef Sources::NewActor(const Span& span, ActorKind kind, bool carrier) {
  const std::string name(doc_.Cut(span));
  auto [place, added] =
      new_actors_.try_emplace(LowerCase(name), static_cast<uint32_t>(doc_.actors.size()));
  if (added) {
    Actor actor;
    actor.kind = kind;
    actor.name = name;
    actor.carrier = carrier;
    doc_.actors.push_back(std::move(actor));
  }
  return {place->second, span};
}

ActorRef Sources::ResolveOutlet(const Range& phrase) {
  const ActorRef ref = Resolve(phrase, kNone, false);
  if (ref.actor == kNone || doc_.actors[ref.actor].kind != ActorKind::kState) return ref;
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    if (T(t).upos != Upos::kPropn) return ref;
  }
  const Span whole = doc_.SpanOf(phrase.first, phrase.last);
  return whole.size() > ref.span.size() && phrase.size() > 1
             ? NewActor(whole, ActorKind::kOrganisation, true)
             : ref;
}

bool Sources::Anyone(const ActorRef& source) const {
  if (source.actor != kNone || source.span.empty()) return false;
  const std::string_view person = T(TokenAt(source.span.start)).Feat("Person");
  return person == "1" || person == "2";
}

bool Sources::Nobody(const ActorRef& source) {
  return source.actor == kNone && source.span.empty();
}

ActorRef Sources::Refer(const ActorMention& mention) const {
  return {mention.actors.front(), mention.span};
}

ActorRef Sources::LastSource() const {
  if (doc_.statements.empty() || doc_.statements.back().source.actor != last_source_) {
    return {last_source_, {}};
  }
  return doc_.statements.back().source;
}

ActorRef Sources::Clitic(const Cue& cue) {
  Span span;
  if (cue.split) {
    span = doc_.SpanOf(cue.last - 1, cue.last);
  } else {
    const Token& token = T(cue.last - 1);
    const uint32_t size = std::min<uint32_t>(static_cast<uint32_t>(cue.entry->clitic.size()),
                                             token.end - token.start);
    span = {token.end - size, token.end, Layer::kBody, 0};
  }
  const ActorMention* mention = MentionAt(cue.last - 1);
  if (mention == nullptr || GoesOn(*mention)) return {last_source_, span};
  return {mention->actors.front(), span};
}

// Whom a mention stands for. A pronoun that could be anybody goes on with who spoke last.
ActorRef Sources::ReferFrom(const ActorMention& mention, uint32_t head) const {
  const bool anybody = T(head).Feat("Person") == "3" && T(head).Feat("Gender").empty() &&
                       T(head).Feat("Number") == "Sing";
  return anybody && GoesOn(mention) ? ActorRef{last_source_, mention.span} : Refer(mention);
}

bool Sources::GoesOn(const ActorMention& pronoun) const {
  return pronoun.form == MentionForm::kPronoun && last_source_ != kNone &&
         !IsCarrier(last_source_) && !NamedSince(pronoun);
}

// Whether whom a pronoun stands for was named since somebody spoke last, outside quoted words:
// who is named in them is another than who says them. If not, the last source goes on.
bool Sources::NamedSince(const ActorMention& pronoun) const {
  if (pronoun.span.start <= last_cue_) return true;
  const auto here = static_cast<size_t>(&pronoun - doc_.actor_mentions.data());
  for (size_t m = here; m-- > 0 && here - m <= kNamesBack;) {
    const ActorMention& named = doc_.actor_mentions[m];
    if (named.span.layer != Layer::kBody || named.span.start <= last_cue_) return false;
    if (named.form != MentionForm::kName || named.actors.empty() ||
        named.actors.front() != pronoun.actors.front()) {
      continue;
    }
    const bool quoted =
        std::any_of(work_.quotes.begin(), work_.quotes.end(), [&](const Quote& quote) {
          return quote.direct && quote.open < named.span.start && named.span.start < quote.close;
        });
    if (!quoted) return true;
  }
  return false;
}

ActorRef Sources::FirstActor(const Range& range) const {
  for (uint32_t t = range.first; t < range.last && t < range.first + kClauseLimit; ++t) {
    if (const ActorMention* mention = MentionAt(t)) return Refer(*mention);
  }
  return {};
}

bool Sources::NounSource(const Cue& cue, const Range& piece, uint32_t left, ActorRef& source) {
  uint32_t that = cue.last;
  while (that < piece.last && that < cue.last + 10 && !Is(that, kComplementizer)) {
    // "the minister's view is that"
    const bool copula =
        T(that).upos == Upos::kAux && that + 1 < piece.last && Is(that + 1, kComplementizer);
    if ((Verb(that) && !copula) || Comma(that)) return false;
    ++that;
  }
  if (that >= piece.last || !Is(that, kComplementizer)) return false;
  for (uint32_t t = cue.last; t < that; ++t) {
    if (const ActorMention* mention = MentionAt(t)) {
      source = Refer(*mention);
      return true;
    }
  }
  const bool of = T(cue.last).upos == Upos::kAdp && !Is(cue.last, kBoundary);
  if (that > cue.last + 1 && (Is(cue.last, kAgent) || of)) {
    source = Resolve({cue.last + 1, that}, kNone, false);
    return source.actor != kNone;
  }
  for (uint32_t t = cue.first; t > left && cue.first - t < 4; --t) {
    if (Verb(t - 1) && !Is(t - 1, kLight) && T(t - 1).upos != Upos::kAux) return false;
    if (const ActorMention* mention = MentionAt(t - 1)) {
      source = Refer(*mention);
      return true;
    }
    if (Is(t - 1, kPronoun)) {
      source = {last_source_, doc_.SpanOf(t - 1, t)};
      return Personal(t - 1);
    }
  }
  return false;
}

}  // namespace kronik::statement
