#include "commitment/view.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::commitment {
namespace {

constexpr uint32_t kSubjectLimit = 60;  // tokens of a subject

}  // namespace

Work::Work(Document& doc, const Languages& all)
    : BodyWords(doc), languages(all), told(words.size(), kNone) {
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
}

bool View::Is(uint32_t t, uint32_t classes) const {
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
