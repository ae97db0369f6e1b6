#include "commitment/view.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::commitment {
namespace {

constexpr uint32_t kSubjectLimit = 60;  // tokens of a subject

// Gives the quotations that stand as paragraphs of their own to who speaks in the paragraph before
// or after.
class LoneQuotations : View {
 public:
  explicit LoneQuotations(Work& work) : View(work) {}

  void Run() {
    const auto& sentences = doc_.sentences;
    for (size_t from = 0, to = 0; from < sentences.size(); from = to) {
      while (to < sentences.size() && sentences[to].block == sentences[from].block) ++to;
      if (!Alone(sentences[from].first, sentences[to - 1].last)) continue;
      ActorRef who = from > 0 ? Subject(sentences[from - 1]) : ActorRef();
      if (who.actor == kNone && to < sentences.size()) {
        const auto language = work_.languages.find(doc_.LangOf(sentences[to]));
        if (language == work_.languages.end()) continue;
        work_.cues = &language->second;
        who = Agent(sentences[to]);
      }
      if (who.actor != kNone) work_.lone.emplace(sentences[from].block, who);
    }
  }

 private:
  bool Mark(uint32_t t) const { return words_[t] == "\"" || words_[t] == "“" || words_[t] == "”"; }
  bool Alone(uint32_t first, uint32_t last) const {
    if (last - first < 4 || !Mark(first) || !Mark(last - 1)) return false;
    for (uint32_t t = first; t < last; ++t) {
      if (work_.told[t] != kNone) return false;
    }
    return true;
  }
  // The person that a mention names.
  ActorRef Person(uint32_t t) const {
    const ActorMention* mention = MentionAt(t);
    if (mention == nullptr || mention->actors.size() != 1) return {};
    const uint32_t actor = mention->actors.front();
    if (doc_.actors[actor].kind != ActorKind::kPerson) return {};
    return {actor, mention->span};
  }
  // The person who is the subject of a sentence's main verb.
  ActorRef Subject(const Sentence& sentence) const {
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (!T(t).Is("nsubj") || T(t).head < 0) continue;
      if (T(static_cast<uint32_t>(T(t).head)).Is("root")) return Person(t);
    }
    return {};
  }
  // "The promise was made by X": the person at its root.
  ActorRef Agent(const Sentence& sentence) const {
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (T(t).head < 0 || !T(static_cast<uint32_t>(T(t).head)).Is("root")) continue;
      const ActorMention* mention = MentionAt(t);
      const bool agent =
          T(t).Is("obl:agent") || (T(t).Is("obl") && mention != nullptr && mention->first > 0 &&
                                   Is(mention->first - 1, kAgent));
      if (agent || T(t).Is("nsubj")) {
        if (const ActorRef who = Person(t); who.actor != kNone) return who;
      }
    }
    return {};
  }
};

}  // namespace

Work::Work(Document& doc, const Languages& all, const Undertakings& known)
    : BodyWords(doc), languages(all), undertakings(known), told(words.size(), kNone) {
  // Statements stand in text order: what is told inside another's words comes behind it.
  for (uint32_t s = 0; s < doc.statements.size(); ++s) {
    if (doc.statements[s].source.actor == kNone) continue;
    for (const Span& span : doc.statements[s].content) {
      if (span.layer != Layer::kBody) continue;
      auto token = std::lower_bound(doc.tokens.begin(), doc.tokens.end(), span.start,
                                    [](const Token& t, uint32_t b) { return t.start < b; });
      for (; token != doc.tokens.end() && token->start < span.end; ++token) {
        told[static_cast<size_t>(token - doc.tokens.begin())] = s;
      }
    }
  }
  LoneQuotations(*this).Run();
}

const ActorRef* View::Speaker(uint32_t t) const {
  if (work_.told[t] != kNone) return &doc_.statements[work_.told[t]].source;
  if (work_.lone.empty()) return nullptr;
  const auto found = work_.lone.find(doc_.SentenceOf(t).block);
  return found == work_.lone.end() ? nullptr : &found->second;
}

bool View::SameSide(uint32_t a, uint32_t b) const {
  if (a == b) return true;
  if (a >= doc_.actors.size() || b >= doc_.actors.size()) return false;
  const auto speaks = [](const Actor& actor) {
    const auto has = [&](std::string_view sector) {
      return std::find(actor.sectors.begin(), actor.sectors.end(), sector) != actor.sectors.end();
    };
    return actor.kind == ActorKind::kState || has("GOV") || has("MIL");
  };
  const Actor &one = doc_.actors[a], &other = doc_.actors[b];
  return !one.code.empty() && one.code == other.code && speaks(one) && speaks(other);
}

bool View::HasTime(const Range& range) const {
  if (range.empty()) return false;
  const auto next =
      std::lower_bound(times().begin(), times().end(), T(range.first).start,
                       [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
  return next != times().end() && (*next)->span.start < T(range.last - 1).end;
}

bool View::Is(uint32_t t, uint64_t classes) const {
  return (cues().Classes(words_, t) & classes) != 0;
}

bool View::Comma(uint32_t t) const { return words_[t] == "," || words_[t] == ";"; }

bool View::Verb(uint32_t t) const { return T(t).upos == Upos::kVerb; }

bool View::CommonNoun(uint32_t t) const {
  size_t at = 0;
  return T(t).upos == Upos::kNoun && !IsUpper(DecodeUtf8(T(t).form, at));
}

bool View::Nominal(uint32_t t) const {
  return T(t).upos == Upos::kNoun || T(t).upos == Upos::kPropn;
}

bool View::Negated(uint32_t t, uint32_t begin) const {
  for (uint32_t n = t; n > begin && t - n < 4; --n) {
    if (Is(n - 1, kNegator)) return true;
    if (MentionAt(n - 1) != nullptr || Comma(n - 1)) break;
  }
  return false;
}

bool View::Pending(uint32_t t, uint32_t begin) const {
  for (uint32_t n = t; n > begin && t - n < 5; --n) {
    if (Is(n - 1, kPending)) return true;
  }
  return false;
}

bool View::ToldAfter(uint32_t from, uint32_t t) const {
  if (work_.told[t] == kNone) return false;
  const Span& cue = doc_.statements[work_.told[t]].cue;
  return cue.layer == Layer::kBody && cue.start >= T(from).start && cue.start < T(t).start;
}

uint32_t View::SubjectEnd(uint32_t from, const Sentence& sentence) const {
  const uint32_t limit = std::min(sentence.last, from + kSubjectLimit);
  uint32_t t = from;
  for (; t < limit; ++t) {
    if (work_.told[t] != work_.told[from] && !ToldAfter(from, t)) break;
    if (t > from && Comma(t) && t + 1 < limit &&
        (Is(t + 1, kContrast | kBoundary | kRelative) ||
         (Is(t + 1, kConjunction) && t + 2 < limit && MentionAt(t + 2) != nullptr))) {
      break;
    }
    if (t > from && Is(t, kBoundary) && MentionAt(t) == nullptr && t > from + 1 &&
        T(t).upos != Upos::kAdp) {
      break;
    }
  }
  while (t > from && (Comma(t - 1) || words_[t - 1] == "." || words_[t - 1] == ":")) --t;
  return t;
}

Range View::NounPhrase(uint32_t noun, uint32_t begin, uint32_t end) const {
  Range range{noun, noun + 1};
  while (range.first > begin && noun - range.first < 6) {
    const uint32_t t = range.first - 1;
    const Upos upos = T(t).upos;
    const bool modifier = upos == Upos::kAdj || upos == Upos::kNoun || upos == Upos::kPropn ||
                          upos == Upos::kNum || words_[t] == "-";
    if (!modifier || Is(t, kSkip)) break;
    --range.first;
  }
  while (range.last < end && Is(range.first, kInstrument | kMeetingNoun) && range.last - noun < 5 &&
         T(range.last).upos == Upos::kNoun &&
         !Is(range.last, kTopic | kBetween | kWith | kInfinitive)) {
    ++range.last;
  }
  return range;
}

Span View::SpanOf(Range range) const {
  while (!range.empty() && Punct(range.first)) ++range.first;
  while (!range.empty() && Punct(range.last - 1) && words_[range.last - 1] != ")") --range.last;
  if (range.empty()) return {};
  return doc_.SpanOf(range.first, range.last);
}

bool View::Numbered(uint32_t t) const {
  size_t at = 0;
  return !words_[t].empty() && IsDigit(DecodeUtf8(words_[t], at));
}

const Event* View::EventAt(const Span& trigger) const {
  // Events are few in a sentence but many in a document: look at those that start nearby.
  auto at = std::lower_bound(doc_.events.begin(), doc_.events.end(), trigger.start,
                             [](const Event& e, uint32_t s) { return e.trigger.end <= s; });
  for (int n = 0; at != doc_.events.end() && n < 8; ++at, ++n) {
    if (at->trigger.layer == Layer::kBody && at->trigger.start < trigger.end &&
        trigger.start < at->trigger.end) {
      return &*at;
    }
  }
  return nullptr;
}

}  // namespace kronik::commitment
