#include "statement/sentence_reader.h"

#include <algorithm>

#include "base/dateline.h"

namespace kronik::statement {

namespace {

constexpr uint32_t kNameLimit = 16;  // tokens of a source phrase
constexpr uint32_t kTailLimit = 45;  // tokens behind a cue that stands after its content
constexpr size_t kEdgeLimit = 16;    // outlets and "according to" of a sentence

}  // namespace

void SentenceReader::ReadSentence(size_t s) {
  const Sentence& sentence = doc_.sentences[s];
  const size_t before = doc_.statements.size();
  std::vector<Range> segments;
  uint32_t start = sentence.first;
  for (const Quote& quote : work_.quotes) {
    if (!quote.direct || quote.words.last <= sentence.first) continue;
    if (quote.words.first >= sentence.last) break;
    if (quote.words.first > start) segments.push_back({start, quote.words.first});
    start = std::max(start, quote.after);
  }
  if (start < sentence.last) segments.push_back({start, sentence.last});
  for (Range segment : segments) {
    while (!segment.empty() && Punct(segment.last - 1) && words_[segment.last - 1] != ")" &&
           words_[segment.last - 1] != "\"" && words_[segment.last - 1] != "\u201d") {
      --segment.last;
    }
    while (!segment.empty() && (Comma(segment.first) || Stop(segment.first))) ++segment.first;
    // A dateline is no part of what was said.
    segment.first = std::clamp(AfterDateline(doc_, doc_.sentences[s]), segment.first, segment.last);
    // "They want peace; others, according to Wire One, want more": what stands before the
    // semicolon is not the second's.
    const uint32_t half = Half(segment);
    if (half < segment.last) {
      ReadSegment(s, {segment.first, half});
      segment.first = half + 1;
    }
    if (!segment.empty()) ReadSegment(s, segment);
  }
  carriers_.Mediums(sentence, before);
}

// The semicolon before the last "according to" of a stretch; its end if there is none.
uint32_t SentenceReader::Half(const Range& range) const {
  uint32_t half = range.last;
  uint32_t semicolon = range.last;
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (words_[t] == ";" && t > range.first && t + 1 < range.last) semicolon = t;
  }
  if (semicolon == range.last) return half;
  for (const Cue& cue : cues_.CuesOf({semicolon + 1, range.last})) {
    if (cue.frames() & (kPrep | kCarry)) half = semicolon;
  }
  return half;
}

void SentenceReader::ReadSegment(size_t s, Range range) {
  const std::vector<Cue> cues = cues_.CuesOf(range);
  if (cues.empty()) return;
  for (const Cue& cue : cues) {
    if ((cue.frames() & kBy) != 0 && Anaphoric(s, range, cue)) return;
    if ((cue.frames() & kNoun) == 0) break;
  }

  // 1. Outlets and "according to" at the edges: they leave the rest to the other cues.
  struct Edge {
    Cue cue;
    ActorRef actor;
    uint32_t end = 0;
  };
  std::vector<Edge> edges;
  std::vector<Range> pieces{range};
  for (const Cue& cue : cues) {
    if (edges.size() >= kEdgeLimit) break;
    Range& piece = pieces.back();
    if (cue.first < piece.first || cue.first >= piece.last || work_.used[cue.first]) continue;
    if (!(cue.frames() & (kCarry | kPrep)) && !Opens(cue, piece)) {
      Range view;
      if (edges.empty() && Within(cue, piece, view)) {
        const bool pronoun =
            view.size() == 1 && MentionAt(view.first) == nullptr && Is(view.first, kPronoun);
        const ActorRef holder =
            pronoun
                ? ActorRef{sources_.last(), doc_.SpanOf(view.first, view.last)}
                : sources_.Resolve(view, MentionAt(view.last - 1) ? view.last - 1 : kNone, false);
        if (Sources::Nobody(holder)) continue;
        for (uint32_t t = piece.first; t < cue.last; ++t) work_.used[t] = true;
        edges.push_back({cue, holder, cue.last + 1});
        piece.first = cue.last + 1;
      }
      continue;
    }
    ActorRef actor;
    uint32_t end = cue.last;
    if (!cue.entry->clitic.empty()) {
      actor = sources_.Clitic(cue);
    } else {
      const Range phrase = sources_.PhraseAfter(cue.last, piece.last);
      actor = (cue.frames() & kCarry) != 0 ? sources_.ResolveOutlet(phrase)
                                           : sources_.Resolve(phrase, kNone, false);
      end = std::max(end, phrase.last);
    }
    if ((cue.frames() & kCarry) != 0 ? actor.actor == kNone : Sources::Nobody(actor)) continue;
    // "dalam pernyataannya": whose it is, is told elsewhere.
    if (cue.entry->clitic.empty() && Fused(cue.last) && end == cue.last + 1) continue;
    uint32_t left = cue.first;  // the end of what precedes
    while (left > piece.first &&
           (Comma(left - 1) || Is(left - 1, kAs) || words_[left - 1] == "(")) {
      --left;
    }
    // "a report that in his view harms us": a clause inside the sentence's.
    if ((cue.frames() & kPrep) && left > piece.first && Is(left - 1, kRelative)) continue;
    // What follows: after the next comma, or at once after "that".
    uint32_t right = end;
    while (right < piece.last && right < end + 24 && !Comma(right) && !Is(right, kComplementizer)) {
      ++right;
    }
    if (right + 1 < piece.last && Comma(right) && Is(right + 1, kRelative)) {
      do {
        ++right;
      } while (right < piece.last && !Comma(right));
    }
    const bool initial = left <= piece.first;
    if (right < piece.last && (Comma(right) || Is(right, kComplementizer)))
      ++right;
    else if (initial && right >= end + 24)
      right = end;
    else if (initial && right >= piece.last)
      right = end;
    else
      right = piece.last;
    for (uint32_t t = cue.first; t < end; ++t) work_.used[t] = true;
    edges.push_back({cue, actor, right});
    const uint32_t last = piece.last;
    if (initial) {
      piece.first = std::min(right, last);
    } else {
      piece.last = left;
      // "dikutip dari AFP, Senin": a few words after the name are no content.
      const bool rest = HasVerb({right, last}) && last - right >= 4;
      const bool goes_on = right < last && Parsed(piece) && !HasVerbStrict(piece) &&
                           last - right >= 2 && !IsTime(right);
      if (right < last && (rest || goes_on)) {
        pieces.push_back({right, last});
      } else {
        pieces.push_back({last, last});
        if (right < last) {
          for (const Cue& more : cues) {
            if (more.first >= right && (more.frames() & (kCarry | kPrep))) {
              pieces.back() = {right, last};
              break;
            }
          }
        }
      }
    }
  }

  // 2. The pieces by the other cues. "Berg, as Wire One reported, said": one piece.
  const size_t before = doc_.statements.size();
  std::erase_if(pieces, [](const Range& piece) { return piece.empty(); });
  if (pieces.size() == 2 && Parsed(pieces[0]) && !HasVerbStrict(pieces[0]) &&
      cues_.StartsWithCue(pieces[1])) {
    pieces[0].last = pieces[1].last;
    pieces.pop_back();
  }
  for (const Range& piece : pieces) ReadPiece(piece);
  const size_t after = doc_.statements.size();

  // 3. An outlet passes on what the piece told; without it, it speaks itself.
  for (const Edge& edge : edges) {
    const bool outlet = (edge.cue.frames() & kCarry) || IsCarrier(edge.actor.actor);
    if (outlet && after > before) {
      for (size_t i = before; i < after; ++i) {
        writer_.AddVia(static_cast<uint32_t>(i),
                       {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
      }
      continue;
    }
    if (&edge != &edges.front() && doc_.statements.size() > after) {
      writer_.AddVia(static_cast<uint32_t>(doc_.statements.size() - 1),
                     {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
      continue;
    }
    if (outlet && after == before && ContinuesOn(s)) {
      // "That promise he made on Monday, by Wire One's account": what was told before.
      writer_.AddVia(static_cast<uint32_t>(before - 1),
                     {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
      continue;
    }
    std::vector<Span> content;
    for (const Range& piece : pieces) {
      const bool goes_on = &piece == &pieces.front() && pieces.size() > 1 && !OnlyJoins(piece);
      if (piece.size() >= 3 || goes_on) content.push_back(contents_.ContentSpan(piece));
    }
    // A piece that is a statement of its own stays one.
    if (after > before && pieces.size() < 2) {
      content.clear();
      content.push_back(contents_.ContentSpan(pieces.front()));
    }
    writer_.Add(edge.actor, edge.cue, std::move(content));
  }
}

// "Kata Berg, kapal itu berangkat": a cue that else follows its content, with a comma behind its
// source.
bool SentenceReader::Opens(const Cue& cue, const Range& piece) const {
  if (!(cue.frames() & kAfter) || cue.first != piece.first) return false;
  if (!cue.entry->clitic.empty()) return cue.last < piece.last && Comma(cue.last);
  const Range phrase = sources_.PhraseAfter(cue.last, piece.last);
  return !phrase.empty() && phrase.first == cue.last && phrase.last < piece.last &&
         Comma(phrase.last) && (MentionAt(phrase.first) != nullptr || Is(phrase.first, kPronoun));
}

// "In the minister's view, it is dead": whose view it is, by what stands between the preposition
// and the word.
bool SentenceReader::Within(const Cue& cue, const Range& piece, Range& holder) const {
  if (!(cue.frames() & kWithin) || cue.first < piece.first + 2 || cue.last + 1 >= piece.last ||
      cue.first > piece.first + kNameLimit || !Comma(cue.last) ||
      T(piece.first).upos != Upos::kAdp) {
    return false;
  }
  holder = {piece.first + 1, cue.first};
  while (!holder.empty() && T(holder.last - 1).upos == Upos::kPart) --holder.last;
  return !holder.empty() && !HasVerbStrict(holder);
}

// Whether a sentence starts with words for what the sentence before it told.
bool SentenceReader::ContinuesOn(size_t s) const {
  if (s == 0 || doc_.statements.empty()) return false;
  if (doc_.statements.back().sentence.start != doc_.sentences[s - 1].start) return false;
  const Sentence& sentence = doc_.sentences[s];
  for (uint32_t t = sentence.first; t < std::min(sentence.last, sentence.first + 3); ++t) {
    if (Is(t, kAnaphor)) return true;
  }
  return false;
}

// "That was said by X": the content is the sentence before.
bool SentenceReader::Anaphoric(size_t s, const Range& range, const Cue& cue) {
  if (cue.first > range.first + 5 || s == 0) return false;
  bool anaphor = false;
  for (uint32_t t = range.first; t < cue.first; ++t) anaphor = anaphor || Is(t, kAnaphor);
  if (!anaphor) return false;
  const Sentence& before = doc_.sentences[s - 1];
  for (auto it = doc_.statements.rbegin(); it != doc_.statements.rend(); ++it) {
    for (const Span& span : it->content) {
      if (span.start < before.end && before.start < span.end) return false;
    }
    if (it - doc_.statements.rbegin() > 8) break;
  }
  const Range phrase = sources_.PhraseAfter(cue.last, range.last);
  const ActorRef source = sources_.Resolve(phrase, kNone, false);
  const uint32_t index =
      writer_.Add(source, cue, {contents_.ContentSpan({before.first, before.last})});
  if (index == kNone) return false;
  for (uint32_t t = cue.first; t < phrase.last; ++t) work_.used[t] = true;
  carriers_.Named(index, {phrase.last, range.last});
  return true;
}

// "but", "however": no word that says anything.
bool SentenceReader::OnlyJoins(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (!Is(t, kSkip | kConjunction | kContrast) && !Punct(t) && T(t).upos != Upos::kAdv) {
      return false;
    }
  }
  return true;
}

void SentenceReader::ReadPiece(Range piece) {
  while (!piece.empty() && Punct(piece.last - 1) && Trim(piece.last - 1)) --piece.last;
  // 1. A cue after its content: "..., lapor KCNA", "..., he said".
  std::vector<Cue> cues = cues_.CuesOf(piece);
  for (size_t c = cues.size(); c-- > 0;) {
    const Cue& cue = cues[c];
    if (piece.last - cue.last > kTailLimit) break;
    if (!(cue.frames() & (kQuote | kAfter | kClause)) || cue.first < piece.first + 2) continue;
    uint32_t comma = cue.first;
    while (comma > piece.first && !Break(comma - 1)) --comma;
    if (comma <= piece.first + 1) continue;
    // Where a language has words of their own for it, the others don't stand behind.
    if (lexicon().after() && !(cue.frames() & kAfter)) continue;
    const bool inverted = comma == cue.first ||
                          (OnlySkipped({comma, cue.first}) && T(cue.first - 1).upos != Upos::kAux);
    if (!inverted && (cue.first - comma > 10 || (cue.frames() & kAfter))) continue;
    if (inverted && Participle(cue.first)) continue;
    Range phrase;
    ActorRef source;
    uint32_t rest = cue.last;
    uint32_t head = kNone;
    if (!cue.entry->clitic.empty()) {
      source = sources_.Clitic(cue);
    } else if (inverted) {
      phrase = sources_.PhraseAfter(cue.last, piece.last);
      rest = std::max(rest, phrase.last);
    } else {
      phrase = sources_.Subject(cue.first, comma, head);
    }
    if (cue.frames() & kAddressee) {
      if (const ActorMention* mention = rest < piece.last ? MentionAt(rest) : nullptr) {
        rest = std::max(rest, std::min(mention->last, piece.last));
      }
    }
    if (rest < piece.last && !Comma(rest) && !Is(rest, kBoundary | kHearer | kConjunction) &&
        !IsTime(rest) && !(cue.frames() & kAfter) && words_[rest] != "(") {
      continue;
    }
    if (!(cue.frames() & kAfter) && rest < piece.last && HasVerbStrict({rest, piece.last}) &&
        !Comma(rest)) {
      continue;
    }
    if (Sources::Nobody(source)) source = sources_.Resolve(phrase, head, !inverted);
    if (Sources::Nobody(source)) continue;
    const Range content{piece.first, Comma(comma - 1) ? comma - 1 : comma};
    if (IsCarrier(source.actor)) {
      const size_t before = doc_.statements.size();
      for (uint32_t t = cue.first; t < rest; ++t) work_.used[t] = true;
      ReadPiece2(content);
      if (doc_.statements.size() > before) {
        for (size_t i = before; i < doc_.statements.size(); ++i) {
          writer_.AddVia(static_cast<uint32_t>(i), {source, doc_.SpanOf(cue.first, cue.last)});
          carriers_.Named(static_cast<uint32_t>(i), {rest, piece.last});
        }
        return;
      }
    }
    std::vector<Span> spans{contents_.ContentSpan(content)};
    const Range more = contents_.BehindCue(content, {rest, piece.last});
    if (!more.empty()) spans.push_back(contents_.ContentSpan(more));
    const uint32_t index = writer_.Add(source, cue, std::move(spans));
    if (index != kNone) {
      for (uint32_t t = cue.first; t < rest; ++t) work_.used[t] = true;
      carriers_.Hearer(index, cue,
                       {inverted ? std::max(cue.last, phrase.last) : cue.last, piece.last});
      if (more.empty()) ReadPiece2({rest, piece.last});
      return;
    }
  }
  ReadPiece2(piece);
}

// 2. Cues before their content.
void SentenceReader::ReadPiece2(Range piece) {
  if (piece.size() < 3) return;
  const std::vector<Cue> cues = cues_.CuesOf(piece);
  struct Open {
    uint32_t index = kNone;
    Cue cue;
    uint32_t start = 0;  // tokens of the content
    uint32_t end = 0;
    ActorRef source;
    bool that = false;  // a complementizer precedes the content
  } open;
  for (const Cue& cue : cues) {
    if (cue.frames() & (kCarry | kPrep | kBy)) continue;
    if ((cue.frames() & kAfter) && !(cue.frames() & (kClause | kThat | kNoun))) continue;
    uint32_t left = piece.first;
    bool shared = false;
    uint32_t cut = piece.last;
    if (open.index != kNone && cue.first < open.end) {
      if (cue.first < open.start) continue;
      const bool outlet = IsCarrier(open.source.actor);
      if (!outlet && !Coordinate(cue, open.cue, open.start, cut, shared)) continue;
      left = outlet ? open.start : cut;
    } else if (open.index != kNone) {
      left = open.end;
    }
    if (cues_.Negated(cue, left) && !cue.entry->denial) continue;
    ActorRef source;
    if (cue.frames() & kNoun) {
      if (!sources_.NounSource(cue, piece, left, source)) continue;
    } else if (shared) {
      source = open.source;
    } else {
      uint32_t head = kNone;
      const Range phrase = sources_.Subject(cue.first, left, head);
      source = sources_.Resolve(phrase, head, true);
      if (source.actor == kNone && phrase.empty() && Participle(cue.first)) {
        source = sources_.FirstActor({left, cue.first});
      }
    }
    if (Sources::Nobody(source)) continue;
    Range content;
    uint32_t hearer = kNone;
    if (!contents_.Content(cue, piece, content, hearer)) continue;
    if (Is(content.first - 1, kInfinitive) && sources_.Anyone(source)) continue;
    contents_.EndRelative(cue, left, content);
    if ((cue.frames() & kNp) && contents_.OneName(content)) continue;
    contents_.Fit(cue, content);
    const Span span = contents_.ContentSpan(content);
    if (open.index != kNone && cue.first < open.end) {
      if (IsCarrier(open.source.actor)) {
        // An outlet's "X said that ..." is X's statement; the outlet passes it on.
        const Carrier carrier{open.source, doc_.statements[open.index].cue};
        std::vector<Carrier> via = doc_.statements[open.index].via;
        doc_.statements.pop_back();
        const uint32_t index = writer_.Add(source, cue, {span});
        writer_.AddVia(index, carrier);
        open = {index, cue, content.first, content.last, source, contents_.HasThat(cue, content)};
        carriers_.Hearer(index, cue, {hearer, piece.last});
        if (index == kNone) return;
        continue;
      }
      // The content before ends where this clause starts.
      Statement& previous = doc_.statements[open.index];
      const Span shorter = contents_.ContentSpan({open.start, cut});
      if (shorter.empty()) continue;
      const bool object = (open.cue.frames() & (kClause | kNp | kInf)) == kClause && !open.that &&
                          !HasVerb({open.start, cut});
      const bool unquoted = (open.cue.frames() & kIfQuoted) != 0 && !HasQuote(shorter);
      if (object || unquoted) {
        // What is left is an object: nothing was said.
        doc_.statements.pop_back();
        open.index = writer_.Add(source, cue, {span});
        open = {open.index,   cue,    content.first,
                content.last, source, contents_.HasThat(cue, content)};
        if (open.index == kNone) return;
        continue;
      }
      previous.content.back() = shorter;
      previous.kind = contents_.KindOf(previous.content);
    }
    const uint32_t index = writer_.Add(source, cue, {span});
    if (index == kNone) continue;
    if (hearer != kNone) carriers_.Hearer(index, cue, {hearer, piece.last});
    if (Is(cue.first, kAs)) carriers_.Quoter(index, cue, left);
    open = {index, cue, content.first, content.last, source, contents_.HasThat(cue, content)};
  }
}

// Whether a cue inside an open content is a second verb of the same subject; `cut` is then where
// the first content ends.
bool SentenceReader::Coordinate(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut,
                                bool& shared) const {
  uint32_t t = cue.first;
  while (t > begin && (Is(t - 1, kSkip) || T(t - 1).upos == Upos::kAdv) &&
         !Is(t - 1, kConjunction)) {
    --t;
  }
  if (t <= begin) return false;
  const bool joined = Is(t - 1, kConjunction) || Break(t - 1);
  const Token& verb = T(cue.first);
  const bool tree = !verb.deprel.empty();
  const bool attached = verb.head >= 0 && static_cast<uint32_t>(verb.head) >= outer.first &&
                        static_cast<uint32_t>(verb.head) < outer.last &&
                        (verb.Is("conj") || verb.Is("advcl") || verb.Is("parataxis"));
  if (joined) {
    const bool comma = Break(t - 1) || (t >= begin + 2 && Break(t - 2));
    if (attached || (comma && Participle(cue.first)) || (!tree && comma) || Is(t - 1, kContrast)) {
      cut = t;
      while (cut > begin && (Is(cut - 1, kConjunction) || Comma(cut - 1))) --cut;
      shared = true;
      return cut > begin;
    }
    return false;
  }
  // "called it a trap, and Kyiv said": a joined clause with a subject of its own.
  if (attached && verb.Is("conj")) {
    for (uint32_t child : work_.tree.Children(cue.first)) {
      if (!T(child).Is("nsubj") || child >= cue.first || child <= begin) continue;
      cut = child;
      while (cut > begin + 1 && !Comma(cut - 1) && Below(cut - 1, cue.first)) --cut;
      while (cut > begin && (Is(cut, kConjunction) || Comma(cut - 1))) --cut;
      shared = false;
      return cut > begin;
    }
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
