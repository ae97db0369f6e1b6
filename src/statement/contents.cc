#include "statement/contents.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::statement {

namespace {

constexpr uint32_t kThatLimit = 14;   // tokens between a cue and its complementizer
constexpr uint32_t kJoinReach = 80;   // tokens of a content in which it may end early
constexpr uint32_t kAsideReach = 12;  // tokens from a comma to the cue of another statement
constexpr int kClimbLimit = 12;       // steps up a tree

}  // namespace

Span Contents::ContentSpan(Range range) const {
  while (!range.empty() && Trim(range.first)) ++range.first;
  while (!range.empty() && Trim(range.last - 1)) --range.last;
  if (range.empty()) return {};
  Span span = doc_.SpanOf(range.first, range.last);
  for (const Quote& quote : work_.quotes) {
    if (quote.open <= span.start && span.end <= quote.close + 3 &&
        quote.words.last > quote.words.first) {
      if (span.start < quote.inner) span.start = quote.inner;
      if (span.end > quote.close) span.end = quote.close;
      return TrimBytes(span);
    }
    // Quoted words at the end keep their closing mark.
    if (quote.closed && quote.open > span.start && quote.open < span.end &&
        span.end <= quote.close) {
      span.end = quote.close;
      size_t at = quote.close;
      DecodeUtf8(doc_.article.text, at);
      span.end = static_cast<uint32_t>(at);
      break;
    }
  }
  return span;
}

StatementKind Contents::KindOf(const std::vector<Span>& content) const {
  bool quoted = false;
  bool whole = true;
  for (const Span& span : content) {
    bool inside = false;
    for (const Quote& quote : work_.quotes) {
      inside = inside || (quote.direct && quote.inner <= span.start && span.end <= quote.close);
    }
    quoted = quoted || HasQuote(span);
    whole = whole && inside;
  }
  return whole ? StatementKind::kDirect : quoted ? StatementKind::kMixed : StatementKind::kIndirect;
}

bool Contents::CutContrast(Range& content) const {
  for (uint32_t t = content.first + 2; t + 1 < content.last; ++t) {
    if (Break(t) && Is(t + 1, kContrast) && !GoesOnWithThat(t + 1)) {
      content.last = Comma(t) ? t : t + 1;
    }
  }
  return !content.empty();
}

// "said no call was planned, but that aides had met": more of the same content.
bool Contents::GoesOnWithThat(uint32_t t) const {
  while (t < Size() && Comma(t)) ++t;
  const bool pronoun = t + 2 < Size() && T(t + 1).upos == Upos::kPron && Verb(t + 2);
  return t + 2 < Size() && Is(t, kConjunction | kContrast) && Is(t + 1, kComplementizer) &&
         !Is(t + 1, kAsks) && !pronoun;
}

bool Contents::Content(const Cue& cue, const Range& piece, Range& content, uint32_t& hearer) const {
  const uint32_t frames = cue.frames();
  Range rest{cue.last, piece.last};
  while (!rest.empty() && (Comma(rest.first) || words_[rest.first] == ":")) ++rest.first;
  if (rest.empty()) return false;
  hearer = rest.first;
  uint32_t that = ComplementizerIn(rest);
  if (that == kNone && rest.first > cue.last && Comma(rest.first - 1)) that = BehindInsertion(rest);
  if (that == kNone && (frames & kQuestion)) that = QuestionIn(rest);
  if (that != kNone && (frames & (kClause | kThat | kNoun | kQuote | kAddressee | kNp | kComp))) {
    // "urges Chile that it leave": of whom it is demanded belongs to what is.
    const bool demand =
        (frames & kNp) && !(frames & kClause) && that > rest.first && MentionAt(rest.first);
    content = {demand ? rest.first : that + (Is(that, kAsks) ? 0 : 1), rest.last};
    // "a statement that drew criticism"
    const bool relative =
        (frames & kNoun) != 0 && Verb(content.first) && T(content.first).Feat("VerbForm") == "Fin";
    return content.size() >= 2 && !relative;
  }
  if (frames & kNoun) return false;
  if (frames & kInf) SkipToInfinitive(rest);
  if ((frames & (kInf | kNp)) && Is(rest.first, kInfinitive) && rest.size() > 1) {
    content = {rest.first + 1, rest.last};
    if (frames & kInf || HasVerb(content)) return CutContrast(content);
  }
  if (frames & kNp) return Object(cue, rest, content);
  if ((frames & (kCalls | kReason)) && Calls(cue, rest, content)) return true;
  if ((frames & kClause) && (frames & kAddressee)) return ClauseToldTo(rest, content);
  if (frames & kClause) {
    if (Is(rest.first, kHearer) && !SkipHearer(rest)) return false;
    if (BareClause(cue, rest, content)) return true;
    if (content.empty()) return false;
  }
  if ((frames & kInf) && (frames & kAddressee) && InfinitiveIn(rest)) {
    content = rest;
    return true;
  }
  return (frames & kIfQuoted) && QuotedObject(cue, rest, content);
}

// The complementizer that opens the content, kNone: none near. "That" may be a determiner or a
// pronoun.
uint32_t Contents::ComplementizerIn(const Range& rest) const {
  const uint32_t end = std::min(rest.last, rest.first + kThatLimit);
  uint32_t that = rest.first;
  const bool aside = T(rest.first).upos == Upos::kAdp;  // "said in a video posted on X that"
  const auto ends = [&](uint32_t t) {
    return t > rest.first && Verb(t) && !(aside && T(t).Feat("VerbForm") == "Part");
  };
  while (that < end && !Is(that, kComplementizer) && !ends(that)) ++that;
  if (that + 1 < rest.last && Comma(that + 1)) return kNone;  // "deny that, saying"
  const bool opens =
      that < end && Is(that, kComplementizer) && T(that).upos != Upos::kDet &&
      (T(that).upos != Upos::kPron || that == rest.first || T(that).Is("mark") ||
       (T(rest.first).upos == Upos::kAdp && that <= rest.first + 4 && !Verb(that + 1)));
  return opens ? that : kNone;
}

// The word that opens a question: "asked them what", "wondered aloud if". Behind somebody who is
// asked, "who" and "when" may belong to them.
uint32_t Contents::QuestionIn(const Range& rest) const {
  uint32_t t = rest.first;
  while (t < rest.last && T(t).upos == Upos::kAdv && !Is(t, kAsks)) ++t;
  if (t < rest.last && Is(t, kAsks)) return t;
  for (; t < std::min(rest.last, rest.first + kThatLimit) && !Verb(t) && !Comma(t); ++t) {
    if (Is(t, kAsks)) return Is(t, kRelative | kBoundary) ? kNone : t;
  }
  return kNone;
}

// "believes, as do most of his colleagues, that": the complementizer behind an insertion.
uint32_t Contents::BehindInsertion(const Range& rest) const {
  for (uint32_t t = rest.first; t + 1 < std::min(rest.last, rest.first + kThatLimit); ++t) {
    if (!Comma(t)) continue;
    return Is(t + 1, kComplementizer) && T(t + 1).upos == Upos::kSconj ? t + 1 : kNone;
  }
  return kNone;
}

// "vowed only last week to"
void Contents::SkipToInfinitive(Range& rest) const {
  uint32_t to = rest.first;
  while (to < rest.last && to < rest.first + 6 && (T(to).upos == Upos::kAdv || IsTime(to))) ++to;
  if (to < rest.last && Is(to, kInfinitive)) rest.first = to;
}

// "said to reporters, ...": behind the comma.
bool Contents::SkipHearer(Range& rest) const {
  uint32_t comma = rest.first;
  while (comma < rest.last && comma < rest.first + 10 && !Comma(comma)) ++comma;
  if (comma >= rest.last || !Comma(comma)) return false;
  rest.first = comma + 1;
  return !rest.empty();
}

// Whether an infinitive follows an object: "ordered the troops to".
bool Contents::InfinitiveIn(const Range& rest) const {
  for (uint32_t to = rest.first + 1; to < rest.last && to < rest.first + 10; ++to) {
    if (Is(to, kInfinitive)) return true;
  }
  return false;
}

// "demanded the release of": what is wanted, as a noun.
bool Contents::Object(const Cue& cue, const Range& rest, Range& content) const {
  if (T(rest.first).upos == Upos::kAdp && !Is(rest.first, kInfinitive)) return false;
  content = rest;
  if (!CutContrast(content)) return false;
  EndClause(cue, content);
  return content.size() >= 2 || T(content.first).upos == Upos::kNoun;
}

// "denounced the \"cruel\" plan": an object only with quoted words in it.
bool Contents::QuotedObject(const Cue& cue, const Range& rest, Range& content) const {
  content = rest;
  if (T(rest.first).upos == Upos::kCconj || !CutContrast(content)) return false;
  EndClause(cue, content);
  // "what it called a 'firm protest' with the envoy"
  const bool what = cue.first > 1 && Is(cue.first - 2, kAsks);
  for (const Quote& quote : work_.quotes) {
    if (what && quote.closed && quote.words.first >= content.first &&
        quote.words.first <= content.first + 2 && quote.words.last + 1 < content.last &&
        T(quote.words.last + 1).upos == Upos::kAdp) {
      content.last = quote.words.last + 1;
    }
  }
  return HasQuote(doc_.SpanOf(content.first, content.last));
}

// "told Chile it would", "told the TV channel X his country would": behind those addressed, up to
// the subject of the next verb.
bool Contents::ClauseToldTo(const Range& rest, Range& content) const {
  uint32_t after = rest.first;
  // "told them it had", but "warned it would"
  const bool subject = after + 1 < rest.last && Is(after, kPronoun) && Verb(after + 1);
  if (const ActorMention* mention = MentionAt(after); mention != nullptr && !subject) {
    after = std::max(after + 1, mention->last);
  } else if (Is(after, kHearers | kPronoun) && !subject && T(after).Feat("Poss") != "Yes") {
    ++after;
  }
  const uint32_t end = std::min(rest.last, rest.first + 24);
  uint32_t verb = after;
  while (verb < end && (!Verb(verb) || T(verb).Is("amod")) && !Is(verb, kInfinitive)) ++verb;
  if (verb < end && !Is(verb, kInfinitive)) {
    uint32_t head = kNone;
    const Range phrase = sources_.Subject(verb, rest.first, head);
    if (head != kNone && phrase.first > after) after = phrase.first;
  }
  const uint32_t to = after + 1 < rest.last && Is(after, kNegator) ? after + 1 : after;
  if (to < rest.last && Is(to, kInfinitive)) after = rest.first;  // "told them (not) to leave"
  content = {after, rest.last};
  return content.size() >= 3 && HasVerb(content);
}

// A clause without a complementizer: "said it would". `content` is empty where none may start so.
bool Contents::BareClause(const Cue& cue, Range& rest, Range& content) const {
  if (Is(rest.first, kComplementizer) && rest.size() > 1 && !Verb(rest.first + 1)) ++rest.first;
  content = rest;
  // "mengatakan hal itu usai rapat": what was told before.
  if (rest.size() > 1 && Is(rest.first + 1, kAnaphor) && T(rest.first).upos == Upos::kNoun &&
      (rest.size() == 2 || Is(rest.first + 2, kBoundary | kHearer) || IsTime(rest.first + 2))) {
    content = {};
    return false;
  }
  if (!MayOpen(content)) {
    content = {};
    return false;
  }
  // "thought of him": no clause, where the tree has none.
  uint32_t k = rest.first;
  if (T(k).Is("mark") && !Is(k, kBoundary) && k + 1 < rest.last && Participle(k + 1)) return false;
  if (T(k).upos == Upos::kAdv && k + 1 < rest.last && T(k + 1).upos == Upos::kAdp) ++k;
  const bool of = T(k).upos == Upos::kAdp && !(k + 1 < rest.last && IsTime(k + 1)) &&
                  work_.clauses.Complement(doc_.SentenceOf(k), {cue.first, cue.last}).empty() &&
                  !HasQuote(doc_.SpanOf(content.first, content.last));
  rest.first = k;
  return content.size() >= 2 && !of && IsTold(cue, content);
}

// Whether a clause without a complementizer may start so: not with "and", and with "because" only
// if a clause follows the one of its reason.
bool Contents::MayOpen(const Range& content) const {
  const Token& first = T(content.first);
  if (first.upos == Upos::kCconj) return false;
  // "what he will say is anyone's guess"
  if (Verb(content.first) && first.Feat("VerbForm") == "Fin") return false;
  if (first.upos != Upos::kSconj || !first.Is("mark")) return true;
  for (uint32_t t = content.first; t < content.last; ++t) {
    if (Comma(t)) return true;
  }
  return false;
}

// Whether the words are a clause, not a thing that is announced or explained. What something is
// held to be may be no more than an adjective behind it: "menilai pemerintah lamban".
bool Contents::IsTold(const Cue& cue, const Range& content) const {
  uint32_t last = content.last - 1;
  while (last > content.first && Punct(last)) --last;
  if ((cue.frames() & kCalls) &&
      (T(last).upos == Upos::kAdj || HasQuote(doc_.SpanOf(content.first, content.last)))) {
    return true;
  }
  if (Announced(cue, content)) return true;
  return HasPredicate(content) && !OnlyObject(cue, content);
}

// "memaparkan, sedikitnya 340 rumah terendam": the comma says that a clause follows.
bool Contents::Announced(const Cue& cue, const Range& content) const {
  return lexicon().after() && content.first > cue.last && Comma(content.first - 1) &&
         content.size() >= 3;
}

// "urged Chile to act, and a group plans to": an object ends at a comma behind which the tree has
// another clause.
void Contents::EndClause(const Cue& cue, Range& content) const {
  for (uint32_t t = content.first + 1; t + 1 < content.last; ++t) {
    if (!Comma(t) || !Parsed({t + 1, t + 2}) || Punct(t + 1) || Depends(t + 1, cue)) continue;
    if (InQuote(t)) continue;
    content.last = t;
    return;
  }
}

// Whether a token hangs from a cue by its own words, not by another clause beside it.
bool Contents::Depends(uint32_t t, const Cue& cue) const {
  for (int step = 0; step < kClimbLimit; ++step) {
    const int32_t head = T(t).head;
    if (head < 0) return false;
    const auto above = static_cast<uint32_t>(head);
    if (above >= cue.first && above < cue.last) {
      return !T(t).Is("conj") && !T(t).Is("parataxis");
    }
    t = above;
  }
  return false;
}

bool Contents::OneName(const Range& content) const {
  const bool article = content.size() > 1 && T(content.first).upos == Upos::kDet;
  const ActorMention* mention = MentionAt(content.first + (article ? 1 : 0));
  return mention != nullptr && mention->last >= content.last;
}

// "described it as a trap", "praised them for their courage": what something is called or judged
// for, behind it.
bool Contents::Calls(const Cue& cue, const Range& rest, Range& content) const {
  content = rest;
  if (!CutContrast(content) || T(rest.first).upos == Upos::kAdp) return false;
  EndClause(cue, content);
  bool role = false;
  uint32_t joint = kNone;  // where another clause may start behind it
  for (uint32_t t = content.first; t < content.last; ++t) {
    if (role && Is(t, kRelative | kComplementizer)) break;
    // "as he had"
    if (Verb(t) && (T(t).Feat("VerbForm") == "Fin" || T(t).upos == Upos::kAux)) {
      if (joint == kNone) return false;
      content.last = joint;
      break;
    }
    if (role && (Comma(t) || T(t).upos == Upos::kCconj)) joint = t;
    role = role || (t > content.first && t + 1 < content.last &&
                    (((cue.frames() & kCalls) && Is(t, kRole)) || Causes(cue, t)));
  }
  return role;
}

// Whether "for" belongs to the cue and not to what is judged.
bool Contents::Causes(const Cue& cue, uint32_t t) const {
  if (!(cue.frames() & kReason) || !Is(t, kCause) || T(t).head < 0) return false;
  const int32_t above = T(static_cast<uint32_t>(T(t).head)).head;
  return above >= static_cast<int32_t>(cue.first) && above < static_cast<int32_t>(cue.last);
}

// "added two gates as it grew": the verb has a thing for its object, and no clause.
bool Contents::OnlyObject(const Cue& cue, const Range& content) const {
  bool object = false;
  for (uint32_t child : work_.tree.Children(cue.first)) {
    if (T(child).Is("ccomp") || T(child).Is("xcomp") || T(child).Is("parataxis")) return false;
    object =
        object || (T(child).deprel == "obj" && child >= cue.last && T(child).upos != Upos::kAdj);
  }
  if (!object || HasQuote(doc_.SpanOf(content.first, content.last))) return false;
  for (uint32_t t = content.first; t < content.last; ++t) {
    if (T(t).upos == Upos::kSconj && !Is(t, kInfinitive)) return true;
    // "pointed out the house, and its owner waved"
    if (t > content.first && Break(t - 1) &&
        (T(t).upos == Upos::kCconj ||
         (!lexicon().after() && !HasComma(content.first, t - 1) && Resumes(t, content.last)))) {
      return true;
    }
    if (EndsPhrase(t) && t + 1 < content.last && MayPredicate(t + 1)) return false;
    if (t > content.first && t + 1 < content.last && OpensPredicate(t)) return false;
    if (Verb(t) && T(t).Feat("VerbForm") != "Part" && T(t).Feat("VerbForm") != "Ger" &&
        T(t).deprel != "acl:relcl") {
      return false;
    }
    // "said the offer by Oslo raised hopes": a participle behind a noun may be a verb.
    if (T(t).Is("amod") && Verb(t) && t > content.first && T(t - 1).upos != Upos::kDet &&
        T(t - 1).upos != Upos::kAdj) {
      return false;
    }
  }
  return true;
}

bool Contents::InRelative(const Cue& cue, uint32_t begin) const {
  for (uint32_t t = cue.first; t > begin && cue.first - t < 4; --t) {
    if (Is(t - 1, kRelative)) return true;
  }
  return false;
}

bool Contents::EndRelative(const Cue& cue, uint32_t begin, Range& content) const {
  uint32_t relative = cue.first;
  while (relative > begin && !Is(relative, kRelative) && cue.first - relative < 4) --relative;
  if (!Is(relative, kRelative)) relative = cue.first;
  if (relative == cue.first && !Participle(cue.first)) return false;
  if (relative == begin || !Comma(relative - 1)) return false;
  const bool first = Is(relative, kRelative) && relative - begin <= kJoinReach &&
                     !HasVerbStrict({begin, relative});
  for (uint32_t t = content.first; t + 1 < content.last; ++t) {
    // "Under the pact, which both call a success, prisoners will be freed"
    const uint32_t reach = std::min(content.last, t + 1 + kJoinReach);
    const bool clause = first && Break(t) && !InQuote(t) && HasFinite({t + 1, reach});
    if (!clause && (!Comma(t) || !Resumes(t + 1, content.last))) continue;
    content.last = t;
    return true;
  }
  uint32_t comma = content.last;
  if (comma < words_.size() && Punct(comma) && !Comma(comma)) ++comma;  // a closing mark
  return comma + 1 < words_.size() && Comma(comma) && Verb(comma + 1);
}

// Whether an adjective may be said of what precedes: "27 rumah rusak".
bool Contents::HasAdjective(const Range& range) const {
  for (uint32_t t = range.first; lexicon().after() && t < range.last; ++t) {
    if (T(t).upos == Upos::kAdj) return true;
  }
  return false;
}

bool Contents::HasFinite(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (Verb(t) && T(t).Feat("VerbForm") == "Fin") return true;
  }
  return false;
}

// Whether the sentence goes on with its verb, maybe behind adverbs: ", now concede".
bool Contents::Resumes(uint32_t t, uint32_t end) const {
  while (t + 1 < end && T(t).upos == Upos::kAdv) ++t;
  if (Verb(t)) return !Participle(t);
  return T(t).upos == Upos::kNoun && T(t).deprel == "root" && cues_.CueAt(t, end);
}

void Contents::Fit(const Cue& cue, Range& content) const {
  const Range clause = work_.clauses.Complement(doc_.SentenceOf(cue.first), {cue.first, cue.last});
  if (clause.empty() || clause.last <= content.first || clause.first >= content.last) return;
  if (clause.last < content.last && EndsAt(clause.last, cue, content)) content.last = clause.last;
  // "said on Monday in Oslo it had", "told Chile it had"; but the subject of a clause stays.
  const bool aside = (cue.frames() & kAddressee) != 0 || T(content.first).upos == Upos::kAdp ||
                     T(content.first).upos == Upos::kAdv || IsTime(content.first);
  if (clause.first > content.first && aside && !Is(clause.first, kInfinitive) &&
      !HasVerb({content.first, clause.first})) {
    content.first = clause.first;
  }
}

// Whether what the tree has behind the cue's clause is no part of what is told.
bool Contents::EndsAt(uint32_t t, const Cue& cue, const Range& content) const {
  for (const Quote& quote : work_.quotes) {
    if (quote.open <= T(t).start && T(t).start < quote.inner) return false;  // "to go \"at once\""
  }
  const uint32_t reach = std::min(content.last, t + kThatLimit);
  // "that it punished speech, not conduct, and that it was vague"
  bool more = GoesOnWithThat(t);
  for (uint32_t n = t; n < reach && !more; ++n) more = Comma(n) && GoesOnWithThat(n);
  if (more) return false;
  uint32_t behind = t;
  while (behind < reach && Punct(behind)) ++behind;
  if (behind + 1 < reach && Is(behind, kConjunction)) {
    const uint32_t next = behind + 1;
    // ", noting that it was small and the error was large": no clause of the cue's own can follow.
    if (behind == t && Participle(cue.first) && !Verb(next)) return false;
    if (Verb(next) && IsModal(next) && !IsModal(cue.first)) return false;
  }
  return (cue.frames() & (kNoun | kComp)) != 0 || Punct(t) || Is(t, kConjunction | kContrast);
}

bool Contents::JoinsCue(uint32_t verb, const Cue& cue, uint32_t begin) const {
  const Token& outer = T(cue.first);
  const Token& joined = T(verb);
  const std::string_view tense = outer.Feat("Tense");
  if (!Verb(verb) || verb > begin + kJoinReach) return false;
  if (IsModal(verb) && !IsModal(cue.first)) return false;
  if (SpeaksAgain(verb, cue, begin)) return true;
  if (outer.upos != Upos::kVerb || outer.Feat("VerbForm") != "Fin") return false;
  uint32_t inner = kNone;  // the last finite verb of the content
  for (uint32_t t = begin; t < verb; ++t) {
    if (Verb(t) && T(t).Feat("VerbForm") == "Fin") inner = t;
  }
  const bool finite = joined.Feat("VerbForm") == "Fin";
  const bool same =
      (finite || inner == kNone) && joined.Feat("Tense") == tense && !Participle(verb);
  if (inner == kNone) return same;
  const Token& told = T(inner);
  if (same && told.Feat("Tense") != tense) return true;
  // "said she was troubled by it and promised an inquiry": what one is and what one says.
  if (same && finite && joined.head >= 0 && SpeaksAt(verb)) {
    const auto head = static_cast<uint32_t>(joined.head);
    if (head >= begin && head < verb && !Verb(head) && IsCopular(head)) return true;
  }
  // "mistakes were made but defended it": a passive has no object.
  bool object = false;
  for (uint32_t t = verb + 1; t < std::min(verb + 5, Size()); ++t) {
    object = object || (T(t).deprel == "obj" &&
                        (T(t).head == static_cast<int32_t>(verb) || T(t).head == joined.head));
  }
  if (object && joined.Feat("Tense") == tense && tense == "Past") {
    for (uint32_t t = begin; t < verb; ++t) {
      if (T(t).deprel == "aux:pass" && T(t).head == joined.head) return true;
    }
  }
  // "Critics argue it does nothing and say": the plural form.
  return tense == "Pres" && told.Feat("Tense") == "Pres" && told.Feat("Number") == "Sing" &&
         outer.Feat("Number") == "Plur" &&
         (joined.Feat("VerbForm") == "Inf" || joined.Feat("Number") == "Plur");
}

// The word that has a verb's tense: its first auxiliary, or itself.
uint32_t Contents::TenseWord(uint32_t verb) const {
  for (uint32_t child : work_.tree.Children(verb)) {
    if (child < verb && T(child).Is("aux")) return child;
  }
  return verb;
}

// The tense of a verb's clause. A past participle that heads one has no auxiliary to be one for:
// "the pope prayed".
std::string_view Contents::TenseOf(uint32_t verb) const {
  const uint32_t word = TenseWord(verb);
  const bool head = T(verb).Is("root") || T(verb).Is("conj") || T(verb).Is("parataxis");
  if (T(word).Feat("VerbForm") == "Fin" || (word == verb && head && !Participle(verb))) {
    return T(word).Feat("Tense");
  }
  return {};
}

// "could find": what one can or would do is no second thing that one says.
bool Contents::IsModal(uint32_t verb) const {
  const Token& word = T(TenseWord(verb));
  return !lexicon().after() && word.upos == Upos::kAux && word.Feat("VerbForm") == "Fin" &&
         word.Feat("Tense").empty();
}

// "said prices had fallen and promised more": whether a second verb of speech has the source for
// its subject, not whom the content is about: by what its form cannot go on with, and by who can
// speak. `begin` is where the content starts.
bool Contents::SpeaksAgain(uint32_t verb, const Cue& cue, uint32_t begin) const {
  if (T(verb).Is("aux") && T(verb).head > static_cast<int32_t>(verb)) {
    verb = static_cast<uint32_t>(T(verb).head);
  }
  if (!Verb(verb) || verb >= Size() || SubjectOf(verb, begin) != kNone || !Speaks(verb)) {
    return false;
  }
  const std::string_view tense = TenseOf(cue.first);
  if (!lexicon().after() && (tense.empty() || TenseOf(verb) != tense)) return false;
  const uint32_t own = TenseWord(verb);
  uint32_t inner = kNone;    // the last finite verb of the content
  uint32_t subject = kNone;  // of that
  for (uint32_t t = begin; t < own; ++t) {
    if (InQuote(t)) continue;
    if (Verb(t) && T(t).Feat("VerbForm") == "Fin") inner = t;
    if (T(t).Is("nsubj") && T(t).Feat("PronType") != "Rel") subject = t;
  }
  if (!lexicon().after() && inner != kNone && GoesNotOn(inner, verb, subject)) return true;
  // "menuduh Moskow mengulur waktu dan meminta": of whom it is said is no subject.
  if (lexicon().after() && (cue.frames() & (kNp | kClause)) == kNp) return true;
  return subject == kNone ? inner == kNone : !MaySpeak(subject);
}

// Whether a bare past tense or a number cannot go on with the finite verb before it: "could fall
// and denied", "is weak and say".
bool Contents::GoesNotOn(uint32_t inner, uint32_t verb, uint32_t subject) const {
  const uint32_t own = TenseWord(verb);
  if (T(own).Feat("Tense") == "Pres" && T(inner).Feat("Tense") == "Pres" &&
      T(own).Feat("Number") == "Sing" && T(inner).Feat("Number") == "Plur") {
    return true;
  }
  if (T(inner).upos != Upos::kAux || own != verb) return false;
  if (T(inner).Feat("Tense").empty() || T(inner).Is("cop")) return true;
  if (T(inner).deprel == "aux:pass") return true;
  const int32_t main = T(inner).head;
  if (main >= 0 && Participle(static_cast<uint32_t>(main))) return true;  // "were falling"
  return subject != kNone && T(subject).Feat("PronType") != "Prs";        // "had fallen"
}

// Whether a noun is for somebody who speaks, or for words that do.
bool Contents::MaySpeak(uint32_t subject) const {
  if (T(subject).upos == Upos::kPron && T(subject).Feat("Gender") != "Neut") return true;
  return MentionAt(subject) != nullptr || cues_.IsThing(subject);
}

// Whether a verb is one of a cue, with something that it tells.
bool Contents::Speaks(uint32_t verb) const {
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, verb, Size(), matches);
  if (matches.empty()) return false;
  const uint32_t next = verb + matches.front().length;
  bool object = matches.front().length > 1;
  bool infinitive = false;
  for (uint32_t child : work_.tree.Children(verb)) {
    object = object || T(child).deprel == "obj";
    infinitive = infinitive || (child > verb && (T(child).Is("xcomp") || T(child).Is("advcl")));
  }
  const bool clause =
      !work_.clauses.Complement(doc_.SentenceOf(verb), {verb, next}).empty() ||
      (next < Size() && (Is(next, kComplementizer) || (next + 1 < Size() && InQuote(next + 1))));
  return std::any_of(matches.begin(), matches.end(), [&](const auto& match) {
    const uint32_t frames = match.entry->frames;
    if (frames & (kNoun | kAfter | kIdiom)) return false;
    if (match.length > 1 && (match.entry->denial || (frames & kNp))) return true;
    return (frames & (kQuote | kIfQuoted)) != 0 &&
           ((clause && (frames & (kQuote | kClause | kThat))) || (infinitive && (frames & kInf)) ||
            (object && (frames & (kNp | kIfQuoted))));
  });
}

uint32_t Contents::SubjectOf(uint32_t verb, uint32_t begin) const {
  for (uint32_t child : work_.tree.Children(verb)) {
    if (T(child).Is("nsubj") && child < verb && child >= begin && !Is(child, kRelative)) {
      return child;
    }
  }
  return kNone;
}

bool Contents::SpeaksAt(uint32_t verb) const {
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, verb, std::min(verb + 4, Size()), matches);
  return std::any_of(matches.begin(), matches.end(), [](const auto& match) {
    return (match.entry->frames & kQuote) != 0 && (match.entry->frames & kNoun) == 0;
  });
}

bool Contents::IsCopular(uint32_t predicate) const {
  const std::vector<uint32_t>& children = work_.tree.Children(predicate);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t child) { return T(child).Is("cop"); });
}

// "The claim that prices had risen was false": the second of two finite verbs that nothing joins.
// A noun that opens its sentence has the sentence's verb behind its content, even one that the tree
// takes for a participle.
void Contents::EndOfSubject(const Range& piece, const Cue& cue, Range& content) const {
  uint32_t start = cue.first;  // of its clause: "voters who fear that"
  while (start > piece.first && cue.first - start < 4 && !Is(start, kRelative)) --start;
  if (!Is(start, kRelative)) start = cue.first;
  const bool opens = start - piece.first <= kJoinReach && !HasVerbStrict({piece.first, start});
  const uint32_t end = std::min(content.last, content.first + kJoinReach);
  bool verb = Is(content.first - 1, kInfinitive);
  uint32_t participle = kNone;
  for (uint32_t t = content.first; t < end; ++t) {
    if (T(t).upos == Upos::kSconj || T(t).upos == Upos::kCconj || Is(t, kRelative) || Punct(t)) {
      return;
    }
    if (!Verb(t)) continue;
    if (T(t).Feat("VerbForm") == "Fin") {
      if (verb && (T(t).upos == Upos::kAux || (opens && !OwnSubject(t, content.first)))) {
        content.last = t;
        return;
      }
      verb = true;
    } else if (verb && opens && t + 1 < end && T(t).Feat("VerbForm") == "Part" &&
               T(t).Feat("Tense") == "Past" && T(t - 1).upos != Upos::kAux &&
               !Is(t - 1, kPassive | kSkip) && T(t).deprel != "acl") {
      participle = t;
    }
  }
  if (participle != kNone) content.last = participle;
  if (lexicon().after() && opens) EndOfBareSubject(content);
}

// "Tuduhan bahwa badan itu disusupi belum terbukti": a second verb that nothing joins, where verbs
// have no tense.
void Contents::EndOfBareSubject(Range& content) const {
  bool verb = false;
  for (uint32_t t = content.first; t < content.last; ++t) {
    if (T(t).upos == Upos::kSconj || T(t).upos == Upos::kCconj || Is(t, kRelative) || Punct(t))
      return;
    if (T(t).upos != Upos::kVerb) continue;
    uint32_t first = t;
    while (first > content.first && (Is(first - 1, kNegator) || T(first - 1).upos == Upos::kAux)) {
      --first;
    }
    const bool apart = T(t).Is("advcl") || T(t).Is("parataxis") || T(t).Is("root") || first < t;
    if (verb && apart && !HasMark(t)) {
      content.last = first;
      return;
    }
    verb = true;
  }
}

bool Contents::HasMark(uint32_t verb) const {
  const std::vector<uint32_t>& children = work_.tree.Children(verb);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t child) { return T(child).Is("mark"); });
}

// Whether a verb has a subject in the words before it.
bool Contents::OwnSubject(uint32_t verb, uint32_t begin) const {
  for (uint32_t child : work_.tree.Children(verb)) {
    if (T(child).Is("nsubj") && child < verb && child > begin) return true;
  }
  return false;
}

void Contents::EndEarly(const Cue& cue, Range& content) const {
  const uint32_t limit = std::min(content.last, content.first + kJoinReach);
  for (uint32_t t = content.first + 1; t + 2 < limit; ++t) {
    if (InQuote(t)) continue;
    // "said it was 'for good,' but nobody left"
    if (Break(t) && !Comma(t) && Is(t + 1, kContrast) && !GoesOnWithThat(t + 1)) {
      content.last = t + 1;
      return;
    }
    if (words_[t] == ";" && !Is(t + 1, kConjunction | kComplementizer)) {
      content.last = t;
      return;
    }
    const bool remark =
        Break(t) && ((T(t + 1).Feat("Definite") == "Ind" && Remark(t + 2, content.last)) ||
                     OthersAside(t + 1, content.last));
    if (!remark && (T(t).upos != Upos::kCconj || !JoinedAt(t, cue, content))) continue;
    content.last = Comma(t - 1) ? t - 1 : t;
    return;
  }
}

// Whether a verb of the cue's own follows a conjunction.
bool Contents::JoinedAt(uint32_t conjunction, const Cue& cue, const Range& content) const {
  uint32_t verb = conjunction + 1;
  if (Plans(verb, content)) return true;
  while (verb + 1 < content.last && verb < conjunction + 4 && T(verb).upos == Upos::kAdv) ++verb;
  const int32_t main = T(verb).Is("aux") ? T(verb).head : static_cast<int32_t>(verb);
  return Verb(verb) && main >= 0 && T(static_cast<uint32_t>(main)).Is("conj") &&
         JoinsCue(verb, cue, content.first);
}

// "asked the court to act and plans to appeal": a finite verb cannot go on with infinitives. Trees
// may have it for a noun.
bool Contents::Plans(uint32_t verb, const Range& content) const {
  if (verb + 2 >= std::min(content.last, Size()) || !Is(verb + 1, kInfinitive) || !Verb(verb + 2)) {
    return false;
  }
  if (T(verb).Feat("VerbForm") == "Inf") return false;
  for (uint32_t t = content.first; t < verb; ++t) {
    if (T(t).Feat("VerbForm") == "Fin") return false;
  }
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, verb, content.last, matches);
  return std::any_of(matches.begin(), matches.end(), [](const auto& match) {
    return (match.entry->frames & (kInf | kNoun)) == kInf;
  });
}

// "a figure that could not be verified": a noun for what was told, with a relative clause.
bool Contents::Remark(uint32_t noun, uint32_t end) const {
  while (noun + 1 < end && T(noun).upos == Upos::kAdj) ++noun;
  if (noun + 1 >= end || !Is(noun, kThing)) return false;
  return Is(noun + 1, kRelative | kComplementizer) || T(noun + 1).upos == Upos::kPron ||
         MentionAt(noun + 1) != nullptr || T(noun + 1).upos == Upos::kDet;
}

// ", with his deputy saying that", ", hours after Oslo warned that", ", a habit that critics call
// vain": another statement behind a comma.
bool Contents::OthersAside(uint32_t t, uint32_t end) const {
  const uint32_t reach = std::min(end, t + kAsideReach);
  uint32_t opens = t;  // "hours after", "a habit that"
  while (opens < reach && opens < t + 4 && !Is(opens, kRelative | kComplementizer) &&
         (T(opens).upos == Upos::kNoun || T(opens).upos == Upos::kNum ||
          T(opens).upos == Upos::kAdj || T(opens).Feat("Definite") == "Ind")) {
    ++opens;
  }
  if (opens >= reach) return false;
  const bool noun = opens > t && T(t).Feat("Definite") == "Ind" &&
                    Is(opens, kRelative | kComplementizer) && T(opens).upos != Upos::kVerb;
  const bool clause = T(opens).Is("mark") && Is(opens, kBoundary | kContrast);
  if (!noun && !clause && T(t).upos != Upos::kAdp) return false;
  uint32_t verb = opens + 1;
  while (verb < reach && T(verb).upos != Upos::kVerb && !Punct(verb)) ++verb;
  if (verb + 1 >= reach || Punct(verb)) return false;
  if (noun) return SpeaksAt(verb) && SubjectOf(verb, opens + 1) != kNone;
  return clause ? Speaks(verb) && SubjectOf(verb, t) != kNone : Participle(verb) && Speaks(verb);
}

bool Contents::InQuote(uint32_t t) const {
  return std::any_of(work_.quotes.begin(), work_.quotes.end(), [&](const Quote& quote) {
    return quote.open < T(t).start && T(t).start < quote.close;
  });
}

bool Contents::HasThat(const Cue& cue, const Range& content) const {
  return content.first > cue.last && Is(content.first - 1, kComplementizer);
}

Range Contents::BehindCue(const Range& before, Range after) const {
  if (after.empty() || !Comma(after.first)) return {};
  ++after.first;
  if (after.size() < 2 || !Parsed(after) || Participle(after.first)) return {};
  if (!HasVerbStrict(before)) {
    const bool goes_on = HasVerbStrict(after) || (!IsTime(after.first) && HasAdjective(after));
    return goes_on ? after : Range{};
  }
  const uint32_t first = after.first;
  // "If it fails, he said, we will": a clause that depends on another one.
  const Token& opens = T(before.first);
  const bool depends = opens.upos == Upos::kSconj || opens.upos == Upos::kAux ||
                       (opens.Is("advmod") && opens.Feat("PronType") == "Int") ||
                       (opens.Feat("VerbForm") == "Fin" && SentenceStart(before.first));
  if (depends && HasVerbStrict(after) && !Verb(first)) return after;
  // "What it needs, he said, is time", "It was wrong, he said, to wait"
  const bool finite = Is(before.first, kAsks) && T(first).upos != Upos::kDet &&
                      T(first).upos != Upos::kAdp && (Verb(first) || T(first).upos == Upos::kNoun);
  // "It was not, he said, a mistake"
  const bool negated = before.size() > 1 && Is(before.last - 1, kNegator);
  const bool copula = T(before.last - (negated ? 2 : 1)).upos == Upos::kAux;
  // "The decision to go, he said, was made in May"
  const bool predicate =
      !lexicon().after() && Verb(first) && T(first).Feat("VerbForm") == "Fin" &&
      SubjectOf(
          T(first).Is("aux") && T(first).head > 0 ? static_cast<uint32_t>(T(first).head) : first,
          first) == kNone;
  if (finite || copula || predicate || (Is(first, kInfinitive) && Verb(first + 1)) ||
      Is(first, kComplementizer)) {
    return after;
  }
  return Is(first, kConjunction) && HasVerbStrict(after) && cues_.CuesOf(after).empty() ? after
                                                                                        : Range{};
}

}  // namespace kronik::statement
