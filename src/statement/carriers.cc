#include "statement/carriers.h"

#include <algorithm>

namespace kronik::statement {

namespace {

constexpr uint32_t kNameLimit = 16;  // tokens of an addressee
constexpr size_t kEdgeLimit = 16;    // statements of a sentence

}  // namespace

// A name with a word of outlets' names in it is one's, known or not: "the Wire Two news agency".
// A body that is known for something else isn't: "the UN refugee agency".
void Carriers::MarkOutlets() {
  for (const ActorMention& mention : doc_.actor_mentions) {
    if (mention.span.layer != Layer::kBody || mention.actors.empty() ||
        mention.last > words_.size() || mention.first + 1 >= mention.last) {
      continue;
    }
    Actor& actor = doc_.actors[mention.actors.front()];
    if (actor.kind != ActorKind::kOrganisation && actor.kind != ActorKind::kGroup) continue;
    if (!actor.wikidata.empty()) continue;
    const auto found = work_.lexicons.find(doc_.LangOf(doc_.SentenceOf(mention.first)));
    if (found == work_.lexicons.end()) continue;
    for (uint32_t t = mention.first; t < mention.last; ++t) {
      if (found->second.Classes(words_[t]) & kOutletName) actor.carrier = true;
    }
  }
}

void Carriers::Hearer(uint32_t index, const Cue& cue, const Range& rest) {
  if (index == kNone || rest.empty()) return;
  uint32_t t = rest.first;
  if (Is(t, kHearer)) {
    ++t;
  } else if (!(cue.frames() & kAddressee)) {
    return;
  }
  if (t >= rest.last) return;
  const ActorMention* mention = MentionAt(t);
  for (uint32_t n = t; mention == nullptr && n < std::min(rest.last, t + 3); ++n) {
    if (Punct(n) || Verb(n) || Is(n, kComplementizer | kInfinitive)) break;
    mention = MentionAt(n);
  }
  // "told the TV channel of X, Wire One, his country": the outlet among those addressed.
  const uint32_t start = doc_.statements[index].content.front().start;
  for (uint32_t n = t; n < std::min(rest.last, t + kNameLimit); ++n) {
    if (T(n).start <= start && start < T(n).end) break;
    const ActorMention* named = MentionAt(n);
    if (named == nullptr || named->first < t || !Outlet(*named)) continue;
    mention = named;
    break;
  }
  // "told the newspaper"
  uint32_t noun = t;
  while (noun < std::min(rest.last, t + 3) && !Is(noun, kOutlet | kComplementizer) &&
         !Punct(noun)) {
    ++noun;
  }
  if (mention == nullptr && noun < std::min(rest.last, t + 3) && Is(noun, kOutlet) &&
      T(noun).upos == Upos::kNoun) {
    const ActorRef outlet = sources_.Resolve({t, noun + 1}, noun, true);
    doc_.statements[index].addressee = outlet;
    writer_.AddVia(index, {outlet, doc_.SpanOf(cue.first, cue.last)});
    return;
  }
  if (mention != nullptr) {
    doc_.statements[index].addressee = sources_.Refer(*mention);
    if (Outlet(*mention) || IsCarrier(mention->actors.front())) {
      writer_.AddVia(index, {sources_.Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
    }
  } else if (Is(t, kHearers)) {
    doc_.statements[index].addressee = ActorRef{kNone, doc_.SpanOf(t, t + 1)};
  }
}

void Carriers::Mediums(const Sentence& sentence, size_t from) {
  if (doc_.statements.size() - from > kEdgeLimit) return;
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || mention->first != t || !Outlet(*mention)) continue;
    // "according to a Wire One poll": a part of who spoke.
    const auto speaks = [&](size_t i) {
      return doc_.statements[i].source.span.Contains(mention->span);
    };
    bool spoke = false;
    for (size_t i = from; i < doc_.statements.size(); ++i) spoke = spoke || speaks(i);
    if (spoke) continue;
    uint32_t medium = t;
    while (medium > sentence.first && t - medium < 5 && !Is(medium, kMedium) &&
           !Punct(medium - 1)) {
      --medium;
    }
    if (!Is(medium, kMedium) || medium == t) continue;
    for (size_t i = from; i < doc_.statements.size(); ++i) {
      // A name beside the source's is a part of it: "the news agency NTB".
      const Span& source = doc_.statements[i].source.span;
      bool inside = mention->span.start <= source.end + 1 && source.start <= mention->span.end + 1;
      for (const Span& span : doc_.statements[i].content) inside |= span.Contains(mention->span);
      if (inside || doc_.statements[i].sentence.start != sentence.start) continue;
      writer_.AddVia(static_cast<uint32_t>(i),
                     {sources_.Refer(*mention), doc_.SpanOf(medium, medium + 1)});
    }
  }
}

void Carriers::Named(uint32_t index, const Range& range) {
  if (range.empty()) return;
  // "was quoted as saying by Wire One"
  if (Is(range.first, kAgent) && range.size() > 1) {
    uint32_t name = range.first + 1;
    if (T(name).upos == Upos::kDet && range.size() > 2) ++name;
    const ActorMention* mention = MentionAt(name);
    if (mention != nullptr && Outlet(*mention)) {
      writer_.AddVia(index, {sources_.Refer(*mention), doc_.statements[index].cue});
    }
  }
  for (const Cue& cue : cues_.CuesOf(range)) {
    if (!(cue.frames() & (kCarry | kPrep))) continue;
    const Range phrase = sources_.PhraseAfter(cue.last, range.last);
    const ActorRef actor = sources_.ResolveOutlet(phrase);
    if (actor.actor == kNone || ((cue.frames() & kPrep) && !IsCarrier(actor.actor))) continue;
    writer_.AddVia(index, {actor, doc_.SpanOf(cue.first, cue.last)});
    for (uint32_t t = cue.first; t < phrase.last; ++t) work_.used[t] = true;
    Chain(index, phrase.last, range.last, cue);
  }
}

// More outlets after the first: "dikutip CNBC dari Reuters".
void Carriers::Chain(uint32_t index, uint32_t t, uint32_t end, const Cue& cue) {
  for (uint32_t n = t; n < std::min(end, t + 8); ++n) {
    const ActorMention* mention = MentionAt(n);
    if (mention != nullptr && mention->first >= t && Outlet(*mention)) {
      writer_.AddVia(index, {sources_.Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
    }
  }
}

void Carriers::Quoter(uint32_t index, const Cue& cue, uint32_t begin) {
  for (uint32_t t = begin; t < cue.first; ++t) {
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || !Outlet(*mention)) continue;
    writer_.AddVia(index, {sources_.Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
    return;
  }
  // "State media quoted"
  uint32_t noun = begin;
  while (noun < cue.first && !Is(noun, kOutlet)) ++noun;
  if (noun >= cue.first || !Verb(noun + 1)) return;
  const ActorRef outlet = sources_.Resolve({begin, noun + 1}, noun, true);
  writer_.AddVia(index, {outlet, doc_.SpanOf(cue.first, cue.last)});
}

}  // namespace kronik::statement
