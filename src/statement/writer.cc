#include "statement/writer.h"

#include <algorithm>

#include "base/dateline.h"
#include "statement/source_phrase.h"

namespace kronik::statement {
namespace {

constexpr size_t kSpokenBack = 4;       // statements in which a source's phrase is looked for
constexpr uint32_t kAsideLimit = 10;    // tokens that a preposition adds to a source
constexpr uint32_t kApposedLimit = 16;  // tokens of a phrase before the name that it goes with

}  // namespace

uint32_t Writer::Add(const ActorRef& source, const Cue& cue, std::vector<Span> content) {
  std::erase_if(content, [](const Span& span) { return span.empty(); });
  if (content.empty() || Sources::Nobody(source)) return kNone;
  sources_.Spoke(source.actor, T(cue.first).start);
  return Push(source, cue, std::move(content));
}

uint32_t Writer::Push(const ActorRef& source, const Cue& cue, std::vector<Span> content) {
  Statement statement;
  statement.source = source;
  statement.cue = doc_.SpanOf(cue.first, cue.last);
  statement.content = std::move(content);
  statement.source.span = AsBefore(Phrase(source.span, cue, statement.content), cue);
  statement.kind = contents_.KindOf(statement.content);
  const Sentence& sentence = doc_.SentenceOf(cue.first);
  statement.sentence = {sentence.start, sentence.end, Layer::kBody, 0};
  statement.negated = cue.entry->denial;
  statement.date = DateOf(statement);
  for (uint32_t t = cue.first; t < cue.last; ++t) work_.used[t] = work_.cue[t] = true;
  doc_.statements.push_back(std::move(statement));
  return static_cast<uint32_t>(doc_.statements.size() - 1);
}

// A source that told another thing of the sentence before: its whole phrase as it stands there.
Span Writer::AsBefore(const Span& phrase, const Cue& cue) const {
  for (size_t s = doc_.statements.size(); s-- > 0 && doc_.statements.size() - s <= kSpokenBack;) {
    const Span& before = doc_.statements[s].source.span;
    if (!phrase.empty() && before.start == phrase.start && before.end > phrase.end &&
        before.end <= T(cue.first).start) {
      return before;
    }
  }
  return phrase;
}

// The whole phrase of a source, as far as the cue and the content leave it.
Span Writer::Phrase(const Span& named, const Cue& cue, const std::vector<Span>& content) const {
  if (named.empty()) return named;
  const Span of_cue = doc_.SpanOf(cue.first, cue.last);
  if (named.start < of_cue.end && of_cue.end < named.end && cue.last < words_.size()) {
    // "Sambung Berg": a name cut wrongly.
    return {T(cue.last).start, named.end, named.layer, named.item};
  }
  Range range{TokenAt(named.start), TokenAt(named.start)};
  while (range.last < words_.size() && T(range.last).end <= named.end) ++range.last;
  if (range.empty() && range.first > 0 && T(range.first - 1).start < named.start &&
      named.end <= T(range.first - 1).end) {
    --range.first;  // "a cross-party group"
  } else if (range.empty() || T(range.first).start != named.start) {
    return named;
  }
  if (!Parsed(range)) return named;
  const Sentence& sentence = doc_.SentenceOf(range.first);
  const uint32_t begin = AfterDateline(doc_, sentence);
  bool relatives = !Governs(range, cue);
  bool inner = false;  // what a preposition adds before the cue: "voters in the capital hope"
  const auto barred = [&](uint32_t t) {
    if (t < begin || (t >= cue.first && t < cue.last) || words_[t] == ";") return true;
    if (t > range.last && Comma(t - 1) && (Carries(t) || Views(t)))
      return true;  // "Berg, as cited by Wire One"
    // "the minister on Monday", but "the minister, who faces a vote in May"
    const bool clause = relatives && t > range.last && HasVerbStrict({range.last, t});
    if (IsTime(t) && !clause) return true;
    if (t >= range.last && !clause && (Dash(t) || (Is(t, kBoundary) && !(inner && InNoun(t))))) {
      return true;
    }
    return std::any_of(content.begin(), content.end(), [&](const Span& span) {
      return span.start < T(t).end && T(t).start < span.end;
    });
  };
  Range whole = SourcePhrase(work_.tree, sentence, range, relatives, barred);
  if (relatives && !Closed(whole, cue, sentence)) {
    inner = true;
    if (!lexicon().after()) whole = SourcePhrase(work_.tree, sentence, range, true, barred);
    if (lexicon().after() || !Closed(whole, cue, sentence)) {
      relatives = false;
      whole = SourcePhrase(work_.tree, sentence, range, false, barred);
    }
  }
  // Behind the cue it may be the cue's: "said Berg in Oslo"; not so after an apposition.
  const bool apposed = whole.first >= cue.last && HasComma(range.last, whole.last);
  if (!Reaches(whole, cue) && !apposed) {
    inner = false;
    whole = SourcePhrase(work_.tree, sentence, range, false, barred);
  }
  // "the commission (KPK": its bracket.
  if (whole.last < sentence.last && words_[whole.last] == ")" &&
      std::find(words_.begin() + whole.first, words_.begin() + whole.last, "(") !=
          words_.begin() + whole.last) {
    ++whole.last;
  }
  while (whole.size() > 1 && (Is(whole.last - 1, kRelative) || Comma(whole.last - 1) ||
                              (T(whole.last - 1).upos == Upos::kAdv &&
                               Is(whole.last - 2, kRelative)))) {  // "Berg, who nevertheless"
    --whole.last;
  }
  Widen(whole, cue, begin);
  // "which executives say"
  while (whole.size() > 1 && Is(whole.first, kRelative | kComplementizer) &&
         T(whole.first).Feat("Poss") != "Yes") {
    ++whole.first;
  }
  return doc_.SpanOf(whole.first, whole.last);
}

// What wrong trees leave out: "said residents near the border", "said the suspect's lawyer, Anna
// Berg," and "The lawyer of the two, Anna Berg, said".
void Writer::Widen(Range& whole, const Cue& cue, uint32_t begin) const {
  const uint32_t end = doc_.SentenceOf(cue.first).last;
  const ActorMention* own =
      MentionAt(words_[whole.last - 1] == ")" ? whole.first : whole.last - 1);  // "Murni (37)"
  const bool named = own != nullptr && own->form == MentionForm::kName;
  // "tegas pengacara terdakwa kepada", "ujar politikus partai itu,"
  if (lexicon().after() && whole.first >= cue.last && !IsPerson(own) &&
      T(whole.first).upos != Upos::kPron) {
    const uint32_t next = whole.last;
    const bool more =
        next + 1 < end && !Punct(next) && !IsTime(next) && !Carries(next) &&
        (T(next).upos == Upos::kVerb || T(next).upos == Upos::kNoun) &&
        !Is(next, kHearer | kBoundary | kConjunction | kRelative | kMedium) &&
        (Punct(next + 1) || Is(next + 1, kHearer | kBoundary) || T(next + 1).upos == Upos::kDet);
    if (more) ++whole.last;
    if (whole.last < end && T(whole.last).upos == Upos::kDet && EndsPhrase(whole.last)) {
      ++whole.last;
    }
  }
  // "jawab Mulyono pelan"
  while (lexicon().after() && whole.first >= cue.last && whole.size() > 1 &&
         !IsUpperStart(whole.last - 1) && IsUpperStart(whole.last - 2) &&
         (T(whole.last - 1).upos == Upos::kAdj || T(whole.last - 1).upos == Upos::kAdv ||
          T(whole.last - 1).upos == Upos::kPropn)) {
    --whole.last;
  }
  // "Collier, 34, of Dayton, said"
  if (whole.last + 2 < cue.first && Comma(whole.last) && T(whole.last + 1).upos == Upos::kNum) {
    const uint32_t comma = Comma(whole.last + 2) ? whole.last + 2 : whole.last + 3;
    if (comma < cue.first && Comma(comma)) whole.last = comma;
  }
  if (whole.last + 2 < cue.first && Comma(whole.last) && T(whole.last - 1).upos == Upos::kNum &&
      T(whole.last + 1).upos == Upos::kAdp && T(whole.last + 2).upos == Upos::kPropn) {
    uint32_t t = whole.last + 2;
    while (t < cue.first && T(t).upos == Upos::kPropn) ++t;
    if (Comma(t)) whole.last = t;
  }
  uint32_t degree = whole.first;  // "more than half of the voters"
  while (degree > begin && whole.first - degree < 5 && Is(degree - 1, kDegree)) --degree;
  if (degree == begin || Punct(degree - 1) || Is(degree - 1, kConjunction | kComplementizer)) {
    whole.first = degree;
  }
  // "A poll taken in March showed"
  if (whole.last < cue.first && T(whole.last - 1).Feat("VerbForm") == "Part" &&
      T(whole.last - 1).Feat("Tense") == "Past") {
    uint32_t t = whole.last;
    while (t < cue.first && !Punct(t) && !Verb(t) && T(t).upos != Upos::kAdv) ++t;
    if (t == cue.first || Reaches({whole.first, t}, cue)) whole.last = t;
  }
  // "Kremlin spokesman Dmitry Peskov", where the tree has the place apart
  while (whole.first > begin && T(whole.first - 1).upos == Upos::kPropn &&
         !IsTime(whole.first - 1) && whole.last <= cue.first && !T(whole.first - 1).Is("nsubj")) {
    --whole.first;
  }
  if (whole.first >= cue.last && IsPerson(own)) {
    whole.last = BehindName(whole.last, end);
  } else if (whole.first >= cue.last && !named) {
    if (whole.last < end && T(whole.last - 1).upos == Upos::kNoun &&
        T(whole.last).upos == Upos::kAdp && !Is(whole.last, kHearer | kMedium | kAgent | kRole) &&
        !Carries(whole.last)) {
      uint32_t t = whole.last + 1;
      while (t < end && t < whole.last + kAsideLimit && !Verb(t) && !IsTime(t) && !Punct(t) &&
             !Is(t, kRelative | kComplementizer | kConjunction)) {
        ++t;
      }
      if (t > whole.last + 1 && (t == end || Punct(t))) whole.last = t;
    }
    if (whole.last + 1 < end && Comma(whole.last)) {
      const ActorMention* name = MentionAt(whole.last + 1);
      if (IsPerson(name) && name->first == whole.last + 1 &&
          (name->last >= end || Punct(name->last))) {
        whole.last = name->last;
      }
    }
  } else if (whole.last + 2 < cue.first && Comma(whole.last) && T(whole.last + 1).Is("case") &&
             !IsTime(whole.last + 2) &&
             !Is(whole.last + 1, kInside | kBoundary | kHearer | kMedium | kAs) &&
             !Carries(whole.last + 1) && !Views(whole.last + 1) && !Is(whole.last + 1, kAgent)) {
    // "Critics of the plan, including two of its authors, warn"
    uint32_t t = whole.last + 2;
    while (t < cue.first && !Comma(t) && !Verb(t)) ++t;
    if (t < cue.first && Comma(t) && Reaches({whole.first, t}, cue)) whole.last = t;
  } else if (named && IsPerson(own) && whole.first == own->first && whole.first > begin + 1 &&
             whole.last < cue.first && Comma(whole.first - 1) && Comma(whole.last)) {
    uint32_t t = whole.first - 1;
    while (t > begin && whole.first - t < kApposedLimit && !Punct(t - 1) && !Verb(t - 1) &&
           !IsTime(t - 1) && !Is(t - 1, kRelative | kComplementizer)) {
      --t;
    }
    const bool starts = t == begin || Comma(t - 1);
    const Upos first = T(t).upos;
    if (starts && t + 1 < whole.first && (first == Upos::kNoun || first == Upos::kDet)) {
      whole.first = t;
    }
  }
}

// "Murni (37), a trader at the market": the end of what a comma adds to a name behind its cue.
uint32_t Writer::BehindName(uint32_t last, uint32_t end) const {
  if (last + 1 >= end || !Comma(last) || IsUpperStart(last + 1) || IsTime(last + 1) ||
      T(last + 1).upos != Upos::kNoun) {
    return last;
  }
  uint32_t t = last + 1;
  while (t < end && t < last + kApposedLimit && !Punct(t) && !Verb(t) && !IsTime(t) &&
         !Is(t, kComplementizer | kConjunction)) {
    ++t;
  }
  return t == end || Comma(t) || Stop(t) ? t : last;
}

bool Writer::IsPerson(const ActorMention* mention) const {
  return mention != nullptr && mention->form == MentionForm::kName && !mention->actors.empty() &&
         doc_.actors[mention->actors.front()].kind == ActorKind::kPerson;
}

// Whether the cue hangs below a source: "Berg, who says".
bool Writer::Governs(const Range& source, const Cue& cue) const {
  for (uint32_t t = source.first; t < source.last; ++t) {
    if (Below(cue.first, t)) return true;
  }
  return false;
}

// Whether nothing but marks, adverbs, times and auxiliaries lies between a source and its cue.
bool Writer::Reaches(const Range& source, const Cue& cue) const {
  if (source.last > cue.first) return false;
  for (uint32_t t = source.last; t < cue.first; ++t) {
    const bool dated = T(t).upos == Upos::kAdp && t + 1 < cue.first && IsTime(t + 1);
    if (!Punct(t) && !Is(t, kSkip) && T(t).upos != Upos::kAdv && T(t).upos != Upos::kAux &&
        !IsTime(t) && !dated) {
      return false;
    }
  }
  return true;
}

// Whether a source with its relative clauses ends where it may: at the cue, or at a mark.
bool Writer::Closed(const Range& source, const Cue& cue, const Sentence& sentence) const {
  return Reaches(source, cue) ||
         (source.first >= cue.last && (source.last >= sentence.last || Punct(source.last)));
}

// When it was said: the first time of the sentence outside the content, else the report's day.
TimeInterval Writer::DateOf(const Statement& statement) const {
  const Span& sentence = statement.sentence;
  const std::string today = doc_.article.published.substr(0, 10);
  auto at = std::lower_bound(times().begin(), times().end(), sentence.start,
                             [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
  for (; at != times().end() && (*at)->span.start < sentence.end; ++at) {
    const TimeExpression& time = **at;
    const bool inside = std::any_of(statement.content.begin(), statement.content.end(),
                                    [&](const Span& span) { return span.Contains(time.span); });
    // "said before Friday's summit": nothing is said on a day to come.
    const bool to_come = !today.empty() && time.interval.from.substr(0, 10) > today;
    if (!inside && !to_come && time.interval.known() && time.kind != TimeKind::kDuration) {
      return time.interval;
    }
  }
  // "..., she added": on the day of what she said before in the paragraph.
  if (!doc_.statements.empty()) {
    const Statement& before = doc_.statements.back();
    const Sentence& here = doc_.SentenceOf(TokenAt(statement.cue.start));
    if (before.source.actor != kNone && before.source.actor == statement.source.actor &&
        before.sentence.end <= here.start &&
        doc_.SentenceOf(TokenAt(before.cue.start)).block == here.block) {
      return before.date;
    }
  }
  return {today, today};
}

void Writer::Shorten(uint32_t index, const Span& content) {
  Statement& statement = doc_.statements[index];
  statement.content.back() = content;
  statement.kind = contents_.KindOf(statement.content);
}

// "media resmi KCNA", "state news agency KCNA": an outlet's name without the common words before
// it.
Span Writer::NameOf(Span outlet) const {
  if (outlet.empty() || outlet.layer != Layer::kBody) return outlet;
  for (uint32_t t = TokenAt(outlet.start); t < Size() && T(t).start < outlet.end; ++t) {
    if (!IsUpperStart(t)) continue;
    outlet.start = T(t).start;
    break;
  }
  return outlet;
}

void Writer::AddVia(uint32_t index, const Carrier& carrier) {
  if (index == kNone || carrier.actor.actor == kNone) return;
  Statement& statement = doc_.statements[index];
  for (uint32_t t = TokenAt(carrier.cue.start); t < words_.size() && T(t).start < carrier.cue.end;
       ++t) {
    work_.cue[t] = true;
  }
  if (statement.source.actor == carrier.actor.actor) return;
  const Span name = NameOf(carrier.actor.span);
  for (Carrier& known : statement.via) {
    if (known.actor.actor == carrier.actor.actor) return;
    // "the news agency NTB" is one.
    Span& before = known.actor.span;
    if (name.empty() || before.end + 1 != name.start || before.layer != name.layer) continue;
    before.end = name.end;
    return;
  }
  statement.via.push_back(carrier);
  statement.via.back().actor.span = name;
}

uint32_t Writer::Repeat(uint32_t index, const Span& content) {
  Statement copy = doc_.statements[index];
  copy.content = {content};
  copy.kind = StatementKind::kDirect;
  doc_.statements.push_back(std::move(copy));
  return static_cast<uint32_t>(doc_.statements.size() - 1);
}

}  // namespace kronik::statement
