#include "statement/piece_reader.h"

#include <algorithm>

namespace kronik::statement {
namespace {

constexpr uint32_t kAsideLimit = 12;  // tokens between a source and the comma behind it
constexpr uint32_t kTailLimit = 45;   // tokens behind a cue that stands after its content

}  // namespace

// The statement whose content the next cue of a piece may stand in.
struct PieceReader::Told {
  uint32_t index = kNone;
  Cue cue;
  Range content;
  uint32_t end = 0;  // of the words that may be content
  ActorRef source;
  bool that = false;   // a complementizer precedes the content
  bool aside = false;  // in a clause inside the sentence's
};

void PieceReader::Read(Range piece) {
  while (!piece.empty() && Punct(piece.last - 1) && Trim(piece.last - 1)) --piece.last;
  const std::vector<Cue> cues = cues_.CuesOf(piece);
  for (size_t c = cues.size(); c-- > 0 && piece.last - cues[c].last <= kTailLimit;) {
    if (ReadBehind(cues[c], piece)) return;
  }
  ReadBefore(piece, {});
}

// A cue behind its content: "..., he said", "..., lapor KCNA".
bool PieceReader::ReadBehind(const Cue& cue, const Range& piece) {
  if (!(cue.frames() & (kQuote | kAfter | kClause)) || cue.first < piece.first + 2) return false;
  // Where a language has words of their own for it, the others don't stand behind.
  if (lexicon().after() && !(cue.frames() & kAfter)) return false;
  uint32_t comma = cue.first;
  while (comma > piece.first && !Break(comma - 1)) --comma;
  if (comma <= piece.first + 1) return false;
  const bool inverted = comma == cue.first ||
                        (OnlySkipped({comma, cue.first}) && T(cue.first - 1).upos != Upos::kAux);
  if (!inverted && (cue.first - comma > 10 || (cue.frames() & kAfter))) return false;
  // "Berg, a spokesman, said the ship, the Orla, had left": the verb has its subject before it.
  if (inverted && !HasVerbStrict({piece.first, comma}) && HasOwnSubject(cue, piece.first)) {
    return false;
  }
  if (inverted && Participle(cue.first)) return false;
  // "The premier, who never conceded, left", "..., the team was claiming victory"
  if (!inverted && (contents_.InRelative(cue, comma) ||
                    (cue.last > cue.first + 1 && T(cue.last - 1).upos == Upos::kNoun))) {
    return false;
  }
  // "Berg menjelaskan, nilai impor turun": the comma stands behind a cue.
  Cue opening;
  if (inverted && cues_.CueEndingAt(comma - 1, piece.first, kClause | kThat | kQuote, opening) &&
      !(opening.frames() & (kNoun | kAfter))) {
    return false;
  }
  Range phrase;
  uint32_t head = kNone;
  uint32_t rest = cue.last;
  if (cue.entry->clitic.empty()) {
    phrase = inverted ? sources_.PhraseAfter(cue.last, piece.last)
                      : sources_.Subject(cue.first, comma, head);
    if (inverted) rest = std::max(rest, phrase.last);
  }
  // "add the sugar": who is told to do it says nothing.
  if (inverted && T(cue.first).Feat("Mood") == "Imp" && !phrase.empty() &&
      T(phrase.last - 1).Feat("Number") == "Sing" && T(phrase.first).upos == Upos::kDet) {
    return false;
  }
  // "told parliament it would go if its allies asked": another verb stands before the subject.
  if (!inverted && !phrase.empty() && HasVerbStrict({comma, phrase.first})) return false;
  rest = BehindAside(rest, piece.last);
  if (!EndsBehind(cue, piece, rest)) return false;
  const ActorRef source =
      cue.entry->clitic.empty() ? sources_.Resolve(phrase, head, !inverted) : sources_.Clitic(cue);
  if (Sources::Nobody(source)) return false;
  const Range content{piece.first, Comma(comma - 1) ? comma - 1 : comma};
  // "The fires continued, ...": what only goes with a quotation.
  if (!(cue.frames() & (kClause | kThat | kAfter)) && words_[comma - 1] != "?" &&
      !HasQuote(doc_.SpanOf(content.first, content.last))) {
    return false;
  }
  if (IsCarrier(source.actor) && Passes(cue, source, content, {rest, piece.last})) return true;
  std::vector<Span> spans{contents_.ContentSpan(content)};
  const Range more = contents_.BehindCue(content, {rest, piece.last});
  if (!more.empty() && OnlyJoins(content)) spans.clear();
  if (!more.empty()) spans.push_back(contents_.ContentSpan(more));
  const uint32_t index = writer_.Add(source, cue, std::move(spans));
  if (index == kNone) return false;
  for (uint32_t t = cue.first; t < rest; ++t) work_.used[t] = true;
  carriers_.Hearer(index, cue, {inverted ? std::max(cue.last, phrase.last) : cue.last, piece.last});
  if (more.empty()) ReadBefore({rest, piece.last}, {index, cue, {rest, rest}, rest, source});
  return true;
}

// "Even so, they argue, ...": no word that says anything.
bool PieceReader::OnlyJoins(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (!Is(t, kSkip | kConjunction | kContrast) && !Punct(t) &&
        (T(t).upos != Upos::kAdv || IsTime(t))) {
      return false;
    }
  }
  return true;
}

bool PieceReader::HasOwnSubject(const Cue& cue, uint32_t begin) const {
  for (uint32_t child : work_.tree.Children(cue.first)) {
    if (T(child).Is("nsubj") && child < cue.first && child >= begin) return true;
  }
  return false;
}

// "said a trader at the market, rose": the comma behind what goes with the source or the cue.
uint32_t PieceReader::BehindAside(uint32_t rest, uint32_t end) const {
  if (rest >= end || (T(rest).upos != Upos::kAdp && !Is(rest, kBoundary) && !IsTime(rest))) {
    return rest;
  }
  for (uint32_t t = rest; t < std::min(end, rest + kAsideLimit); ++t) {
    if (Comma(t)) return t;
    if (Verb(t) || Is(t, kComplementizer | kRelative)) break;
  }
  return rest;
}

// Whether the attribution ends at `rest`, which an addressee may move, and no clause goes on there.
bool PieceReader::EndsBehind(const Cue& cue, const Range& piece, uint32_t& rest) const {
  if (cue.frames() & kAddressee) {
    if (const ActorMention* mention = rest < piece.last ? MentionAt(rest) : nullptr) {
      rest = std::max(rest, std::min(mention->last, piece.last));
    }
  }
  if (rest >= piece.last || Comma(rest) || words_[rest] == ";" || (cue.frames() & kAfter)) {
    return true;
  }
  uint32_t end = rest;  // "said on Friday, dashing hopes"
  while (end < piece.last && !Comma(end)) ++end;
  if (end + 1 >= piece.last || !Participle(end + 1)) end = piece.last;
  return (Is(rest, kBoundary | kHearer | kConjunction) || IsTime(rest) || words_[rest] == "(") &&
         !HasVerbStrict({rest, end});
}

// "X said it would, Wire One reported": the outlet passes on what the piece tells.
bool PieceReader::Passes(const Cue& cue, const ActorRef& outlet, const Range& content,
                         const Range& rest) {
  const size_t before = doc_.statements.size();
  for (uint32_t t = cue.first; t < rest.first; ++t) work_.used[t] = true;
  ReadBefore(content, {});
  for (size_t i = before; i < doc_.statements.size(); ++i) {
    const auto index = static_cast<uint32_t>(i);
    writer_.AddVia(index, {outlet, doc_.SpanOf(cue.first, cue.last)});
    carriers_.Named(index, rest);
  }
  return doc_.statements.size() > before;
}

// The cues before their content.
void PieceReader::ReadBefore(const Range& piece, Told open) {
  if (piece.size() < 3) return;
  for (const Cue& cue : cues_.CuesOf(piece)) {
    if (cue.frames() & (kCarry | kPrep | kBy)) continue;
    if ((cue.frames() & kAfter) && !(cue.frames() & (kClause | kThat | kNoun))) continue;
    const bool inside = open.index != kNone && cue.first < open.end;
    uint32_t left = open.index == kNone || open.aside ? piece.first : open.end;
    uint32_t cut = piece.last;
    bool shared = false;
    if (inside) {
      if (cue.first < open.content.first) continue;
      const bool passed = IsCarrier(open.source.actor);
      cut = open.content.last;
      if (!passed && !Coordinate(cue, open.cue, open.content.first, cut, shared) &&
          cue.first < open.content.last) {
        continue;
      }
      left = passed ? open.content.first : cut;
    }
    if (open.index != kNone && cue.first >= open.content.last && !open.aside) {
      shared = shared || Follows(cue, open);
    }
    const bool negated = cues_.Negated(cue, left) && !cue.entry->denial;
    if (negated && !Doubts(cue, left)) continue;
    Told next{kNone, cue, {}, 0, open.source};
    if (!shared && !SourceBefore(cue, piece, left, next.source)) continue;
    uint32_t hearer = kNone;
    if (!ContentAfter(cue, piece, left, next, hearer)) continue;
    const bool outlet = inside && IsCarrier(open.source.actor);
    const uint32_t end = std::min(cut, open.content.last);
    const Span shorter = inside ? contents_.ContentSpan({open.content.first, end}) : Span{};
    if (inside && !outlet && shorter.empty()) continue;
    // An outlet's "X said that" is X's statement; the outlet passes it on.
    const bool dropped = outlet || (inside && OnlyObject(open, cut, shorter));
    const Carrier carrier =
        outlet ? Carrier{open.source, doc_.statements[open.index].cue} : Carrier{};
    if (dropped) {
      doc_.statements.pop_back();
    } else if (inside) {
      writer_.Shorten(open.index, shorter);
    }
    next.index = writer_.Add(next.source, cue, {contents_.ContentSpan(next.content)});
    if (next.index != kNone && negated) {
      doc_.statements[next.index].negated = true;
      doc_.statements[next.index].cue.start = T(cue.first - 1).start;
    }
    if (next.index == kNone && dropped) return;
    if (next.index == kNone) continue;
    if (outlet) writer_.AddVia(next.index, carrier);
    carriers_.Hearer(next.index, cue, {hearer, piece.last});
    if (Is(cue.first, kAs)) carriers_.Quoter(next.index, cue, left);
    open = next;
  }
}

// "tidak percaya": a belief that is denied, where no tree tells it from the verb's auxiliaries.
bool PieceReader::Doubts(const Cue& cue, uint32_t left) const {
  return lexicon().after() && cue.first > left && Is(cue.first - 1, kNegator) &&
         (cue.frames() & (kClause | kQuote)) == kClause;
}

// "said it was over, then added": whether a second verb of the same subject stands right behind.
bool PieceReader::Follows(const Cue& cue, const Told& told) const {
  for (uint32_t t = told.content.last; t < cue.first; ++t) {
    if (!Comma(t) && !Is(t, kConjunction | kSkip) && T(t).upos != Upos::kAdv) return false;
  }
  if (Participle(cue.first) && Comma(cue.first - 1)) return true;
  const int32_t head = T(cue.first).head;
  return (T(cue.first).Is("conj") || T(cue.first).Is("parataxis")) &&
         head >= static_cast<int32_t>(told.cue.first) && head < static_cast<int32_t>(told.cue.last);
}

// Whose words a cue before its content tells; false: nobody's.
bool PieceReader::SourceBefore(const Cue& cue, const Range& piece, uint32_t left,
                               ActorRef& source) {
  if (cue.frames() & kNoun) {
    if (!sources_.NounSource(cue, piece, left, source)) return false;
  } else {
    uint32_t head = kNone;
    const Range phrase = sources_.Subject(cue.first, left, head);
    source = sources_.Resolve(phrase, head, true);
    if (source.actor == kNone && phrase.empty() && JoinsQuotation(cue, left)) {
      source = sources_.LastSource();
    } else if (source.actor == kNone && phrase.empty() && Participle(cue.first)) {
      source = sources_.FirstActor({left, cue.first});
    }
  }
  return !Sources::Nobody(source);
}

// "...," katanya, seraya menambahkan bahwa: whether a conjunction joins a cue to the attribution of
// a quotation in its sentence.
bool PieceReader::JoinsQuotation(const Cue& cue, uint32_t begin) const {
  if (doc_.statements.empty() || cue.first == 0) return false;
  const Span& last = doc_.statements.back().cue;
  // "..., he said on Monday, adding that"
  if (const int32_t head = T(cue.first).head; Participle(cue.first) && head >= 0 &&
                                              last.start <= T(static_cast<uint32_t>(head)).start &&
                                              T(static_cast<uint32_t>(head)).end <= last.end) {
    return true;
  }
  uint32_t t = cue.first;
  while (t > begin && (Is(t - 1, kConjunction | kSkip) || Comma(t - 1))) --t;
  return t < cue.first && t > 0 && last.start <= T(t - 1).start && T(t - 1).end <= last.end;
}

// What such a cue tells, in its bounds; false: nothing.
bool PieceReader::ContentAfter(const Cue& cue, const Range& piece, uint32_t left, Told& told,
                               uint32_t& hearer) const {
  Range& content = told.content;
  if (!contents_.Content(cue, piece, content, hearer)) return false;
  if (Is(content.first - 1, kInfinitive) && sources_.Anyone(told.source)) return false;
  told.aside = contents_.EndRelative(cue, left, content);
  if ((cue.frames() & kNp) && contents_.OneName(content)) return false;
  contents_.Fit(cue, content);
  if ((cue.frames() & kNoun) || (!told.aside && contents_.InRelative(cue, left))) {
    contents_.EndOfSubject(piece, cue, content);
  }
  told.end = content.last;
  contents_.EndEarly(cue, content);
  // "confirmed the arrests but gave no details": what is left is an object.
  if (content.last < told.end && !contents_.HasThat(cue, content) && !Takes(cue, content)) {
    return false;
  }
  told.that = contents_.HasThat(cue, content);
  return true;
}

// Whether a content may follow a cue without a complementizer.
bool PieceReader::Takes(const Cue& cue, const Range& content) const {
  return (cue.frames() & (kNp | kInf | kIfQuoted | kCalls)) != 0 || HasPredicate(content) ||
         contents_.Announced(cue, content) || HasQuote(doc_.SpanOf(content.first, content.last));
}

// Whether what a second verb leaves of a content is an object: nothing was said.
bool PieceReader::OnlyObject(const Told& open, uint32_t cut, const Span& shorter) const {
  const uint32_t frames = open.cue.frames();
  const bool object = (frames & (kClause | kNp | kInf)) == kClause && !open.that &&
                      !HasVerb({open.content.first, cut});
  bool called = false;  // "describing it as fair and adding"
  for (uint32_t t = open.content.first; t < cut && (frames & (kCalls | kReason)) != 0; ++t) {
    called = called || Is(t, kRole | kCause);
  }
  return object || ((frames & kIfQuoted) != 0 && !called && !HasQuote(shorter));
}

// "called it a trap, and Kyiv said", "said it was over, while Oslo warned": whether a cue has a
// subject of its own in a clause that is joined to the outer cue's. `cut` is where that starts.
bool PieceReader::OwnClause(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut) const {
  const uint32_t subject = contents_.SubjectOf(cue.first, begin + 1);
  if (subject == kNone) return false;
  uint32_t first = subject;
  while (first > begin + 1 && !Comma(first - 1) && Below(first - 1, cue.first)) --first;
  const int32_t head = T(cue.first).head;
  const bool attached = T(cue.first).Is("conj") && head >= static_cast<int32_t>(outer.first) &&
                        head < static_cast<int32_t>(outer.last);
  const bool joined = Is(first, kConjunction | kContrast) && !Is(first + 1, kComplementizer) &&
                      (Break(first - 1) || words_[first - 1] == ";");
  if (!attached && !joined) return false;
  cut = first;
  while (cut > begin && (Is(cut, kConjunction) || Comma(cut - 1))) --cut;
  return true;
}

// Whether a cue inside an open content is a second verb of the same subject; `cut` is then where
// the first content ends.
bool PieceReader::Coordinate(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut,
                             bool& shared) const {
  uint32_t t = cue.first;
  while (t > begin && !Is(t - 1, kConjunction) &&
         (Is(t - 1, kSkip) || T(t - 1).upos == Upos::kAdv || T(t - 1).upos == Upos::kAux)) {
    --t;
  }
  if (t <= begin) return false;
  if (OwnClause(cue, outer, begin, cut)) {
    shared = false;
    return cut > begin;
  }
  const bool joined = Is(t - 1, kConjunction) || Break(t - 1);
  const Token& verb = T(cue.first);
  const bool tree = !verb.deprel.empty();
  const bool attached = verb.head >= 0 && static_cast<uint32_t>(verb.head) >= outer.first &&
                        static_cast<uint32_t>(verb.head) < outer.last &&
                        (verb.Is("conj") || verb.Is("advcl") || verb.Is("parataxis"));
  // "met the minister, who denies it but says": the second verb of a relative clause.
  if (joined && verb.Is("conj") && verb.head >= static_cast<int32_t>(begin) &&
      T(static_cast<uint32_t>(verb.head)).deprel == "acl:relcl") {
    return false;
  }
  if (joined) {
    const bool comma = Break(t - 1) || (t >= begin + 2 && Break(t - 2));
    const bool contrast = Is(t - 1, kContrast) &&
                          (comma || cue.entry->denial || (cue.frames() & (kQuote | kThat)) != 0);
    if (contents_.IsModal(cue.first) && !contents_.IsModal(outer.first) && !comma) return false;
    if (attached || (comma && Participle(cue.first)) || (!tree && comma) || contrast ||
        contents_.JoinsCue(cue.first, outer, begin) ||
        contents_.Plans(cue.first, {begin, cue.first + 3})) {
      cut = t;
      while (cut > begin && (Is(cut - 1, kConjunction) || Comma(cut - 1))) --cut;
      shared = true;
      return cut > begin;
    }
    return false;
  }
  // "..., but Kyiv said": a contrast with a subject of its own.
  for (uint32_t n = t; n > begin && t - n < 8; --n) {
    if (Comma(n - 1)) return false;
    if (Is(n - 1, kContrast)) {
      cut = n - 1;
      while (cut > begin && Comma(cut - 1)) --cut;
      shared = false;
      return cut > begin;
    }
  }
  return false;
}

}  // namespace kronik::statement
