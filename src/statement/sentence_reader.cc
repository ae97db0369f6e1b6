#include "statement/sentence_reader.h"

#include <algorithm>

#include "base/dateline.h"

namespace kronik::statement {

namespace {

constexpr uint32_t kNameLimit = 16;  // tokens of a source phrase
constexpr uint32_t kEdgeReach = 24;  // tokens from an edge to the comma that ends it
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
    const uint32_t last = LastClause(segment);
    for (uint32_t t = segment.first + 1; t < last; ++t) {
      if (words_[t] != ";" || Is(t + 1, kComplementizer | kConjunction)) continue;
      ReadSegment(s, {segment.first, t});
      segment.first = t + 1;
    }
    if (!segment.empty()) ReadSegment(s, segment);
  }
  carriers_.Mediums(sentence, before);
}

// The last word of a stretch that is a verb or a cue: before it a semicolon parts clauses.
uint32_t SentenceReader::LastClause(const Range& range) const {
  const std::vector<Cue> cues = cues_.CuesOf(range);
  uint32_t last = cues.empty() ? range.first : cues.back().first;
  for (uint32_t t = range.last; t > last + 1; --t) {
    if (Verb(t - 1)) return t - 1;
  }
  return last;
}

// "according to", an outlet or a view at the edge of a stretch: it leaves the rest to other cues.
struct SentenceReader::Edge {
  Cue cue;
  ActorRef actor;
  uint32_t end = 0;
  bool outlet = false;
  bool modifier = false;  // of a noun: "remarks, published by Wire One,"
  Carrier carrier;
};

void SentenceReader::ReadSegment(size_t s, const Range& range) {
  const std::vector<Cue> cues = cues_.CuesOf(range);
  if (cues.empty()) return;
  for (const Cue& cue : cues) {
    if ((cue.frames() & kBy) != 0 && Anaphoric(s, range, cue)) return;
    if ((cue.frames() & kNoun) == 0) break;
  }
  std::vector<Edge> edges;
  std::vector<Range> pieces{range};
  for (const Cue& cue : cues) {
    if (edges.size() >= kEdgeLimit) break;
    const Range& piece = pieces.back();
    if (cue.first < piece.first || cue.first >= piece.last || work_.used[cue.first]) continue;
    if ((cue.frames() & (kCarry | kPrep)) || Opens(cue, piece)) {
      CutEdge(cue, cues, edges, pieces);
    } else if (edges.empty()) {
      CutView(cue, edges, pieces.back());
    }
  }
  // "Berg, as Wire One reported, said": one piece.
  std::erase_if(pieces, [](const Range& piece) { return piece.empty(); });
  const std::vector<Range> parts = pieces;
  if (pieces.size() == 2 && Parsed(pieces[0]) && !HasVerbStrict(pieces[0]) &&
      cues_.StartsWithCue(pieces[1])) {
    pieces[0].last = pieces[1].last;
    pieces.pop_back();
  }
  const size_t before = doc_.statements.size();
  for (const Range& piece : pieces) pieces_.Read(piece);
  AttributeToEdges(s, edges, parts, before);
}

// "In the minister's view, it is dead".
void SentenceReader::CutView(const Cue& cue, std::vector<Edge>& edges, Range& piece) {
  Range view;
  if (!Within(cue, piece, view)) return;
  const bool pronoun =
      view.size() == 1 && MentionAt(view.first) == nullptr && Is(view.first, kPronoun);
  const ActorRef holder =
      pronoun ? ActorRef{sources_.last(), doc_.SpanOf(view.first, view.last)}
              : sources_.Resolve(view, MentionAt(view.last - 1) ? view.last - 1 : kNone, false);
  if (Sources::Nobody(holder)) return;
  for (uint32_t t = piece.first; t < cue.last; ++t) work_.used[t] = true;
  edges.push_back(MakeEdge(cue, holder, cue.last + 1));
  piece.first = cue.last + 1;
}

SentenceReader::Edge SentenceReader::MakeEdge(const Cue& cue, const ActorRef& actor,
                                              uint32_t end) const {
  bool outlet = (cue.frames() & kCarry) || IsCarrier(actor.actor);
  // "according to a Wire One poll"
  uint32_t last = cue.last;
  while (last + 1 < words_.size() && T(last + 1).end <= actor.span.end) ++last;
  if ((cue.frames() & kPrep) != 0 && T(last).upos == Upos::kNoun && !IsUpperStart(last) &&
      !Is(last, kOutlet)) {
    outlet = false;
  }
  return {cue, actor, end, outlet, false, {actor, doc_.SpanOf(cue.first, cue.last)}};
}

// Takes an edge and its name out of the last piece, which it may cut in two.
void SentenceReader::CutEdge(const Cue& cue, const std::vector<Cue>& cues, std::vector<Edge>& edges,
                             std::vector<Range>& pieces) {
  Range& piece = pieces.back();
  ActorRef actor;
  uint32_t end = cue.last;
  if (!cue.entry->clitic.empty()) {
    actor = sources_.Clitic(cue);
  } else {
    const Range phrase = sources_.PhraseAfter(cue.last, piece.last);
    actor = (cue.frames() & kCarry) != 0 ? sources_.ResolveOutlet(phrase)
                                         : sources_.Resolve(phrase, kNone, false);
    end = std::max(end, phrase.last);
    // "According to the agency's director, Anna Berg, it failed"
    const ActorMention* name =
        (cue.frames() & kPrep) && end + 1 < piece.last && Comma(end) ? MentionAt(end + 1) : nullptr;
    if (name != nullptr && name->form == MentionForm::kName && name->first == end + 1 &&
        name->last < piece.last && Comma(name->last) &&
        doc_.actors[name->actors.front()].kind == ActorKind::kPerson) {
      end = name->last;
      actor = {name->actors.front(), doc_.SpanOf(phrase.first, end)};
    }
  }
  if ((cue.frames() & kCarry) != 0 ? actor.actor == kNone : Sources::Nobody(actor)) return;
  // "dalam pernyataannya": whose it is, is told elsewhere.
  if (cue.entry->clitic.empty() && Fused(cue.last) && end == cue.last + 1 &&
      !(cue.frames() & kBy)) {
    return;
  }
  uint32_t left = cue.first;  // the end of what precedes
  while (left > piece.first && (Comma(left - 1) || Is(left - 1, kAs) || words_[left - 1] == "(")) {
    --left;
  }
  // "a report that in his view harms us": a clause inside the sentence's.
  if ((cue.frames() & kPrep) && left > piece.first && Is(left - 1, kRelative)) return;
  // "a memo obtained by Wire One suggests": a part of the subject.
  if ((cue.frames() & kCarry) && left == cue.first && left > piece.first && Parsed(piece) &&
      !HasVerbStrict({piece.first, left}) && HasVerbStrict({end, piece.last}) && Verb(cue.first)) {
    return;
  }
  // "The diary was published by a press": what was done to a thing.
  if ((cue.frames() & kCarry) && Verb(cue.first) && cues_.IsPassive(cue.first, piece)) return;
  const bool initial = left <= piece.first;
  const uint32_t right = BehindEdge(end, piece.last, initial);
  for (uint32_t t = cue.first; t < end; ++t) work_.used[t] = true;
  edges.push_back(MakeEdge(cue, actor, right));
  if (initial) {
    piece.first = std::min(right, piece.last);
    return;
  }
  const uint32_t last = piece.last;
  piece.last = left;
  edges.back().modifier = (cue.frames() & kCarry) && Verb(cue.first) &&
                          T(cue.first).Feat("VerbForm") == "Part" && Parsed(piece) &&
                          !HasVerbStrict(piece) && left + 1 >= cue.first;
  const bool goes_on = right < last && GoesOnBehind(piece, {right, last}, cues);
  pieces.push_back({goes_on ? right : last, last});
}

// Where what follows an edge starts: after the next comma, or at once after "that".
uint32_t SentenceReader::BehindEdge(uint32_t end, uint32_t last, bool initial) const {
  uint32_t right = end;
  if (end < last && Carries(end)) return end;  // "a commander cited by Wire One"
  while (right < last && right < end + kEdgeReach && !Comma(right) && !Is(right, kComplementizer)) {
    ++right;
  }
  if (right + 1 < last && Comma(right) && Is(right + 1, kRelative)) {
    do {
      ++right;
    } while (right < last && !Comma(right));
  }
  // "Melansir Reuters, Kamis (6/3), ..."
  if (right + 1 < last && Comma(right) && IsTime(right + 1)) {
    uint32_t next = right + 1;
    while (next < last && next < right + 8 && !Comma(next) && !Verb(next)) ++next;
    if (next < last && Comma(next)) right = next;
  }
  if (right < last && (Comma(right) || Is(right, kComplementizer))) return right + 1;
  return initial && (right >= end + kEdgeReach || right >= last) ? end : last;
}

// Whether what stands behind an edge is content, or has another edge. "dikutip dari AFP, Senin": a
// few words after the name are none.
bool SentenceReader::GoesOnBehind(const Range& before, const Range& behind,
                                  const std::vector<Cue>& cues) const {
  if (HasVerb(behind) && behind.size() >= 4) return true;
  if (Parsed(before) && !HasVerbStrict(before) && behind.size() >= 2 && !IsTime(behind.first)) {
    return true;
  }
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    return cue.first >= behind.first && (cue.frames() & (kCarry | kPrep));
  });
}

// An outlet passes on what the pieces told; without it, it speaks itself.
void SentenceReader::AttributeToEdges(size_t s, const std::vector<Edge>& edges,
                                      const std::vector<Range>& pieces, size_t before) {
  const size_t after = doc_.statements.size();
  for (const Edge& edge : edges) {
    if (edge.outlet && after > before) {
      for (size_t i = before; i < after; ++i) {
        writer_.AddVia(static_cast<uint32_t>(i), edge.carrier);
      }
    } else if (&edge != &edges.front() && doc_.statements.size() > after) {
      writer_.AddVia(static_cast<uint32_t>(doc_.statements.size() - 1), edge.carrier);
    } else if (edge.outlet && ContinuesOn(s)) {
      // "That promise he made on Monday, by Wire One's account": what was told before.
      writer_.AddVia(static_cast<uint32_t>(before - 1), edge.carrier);
    } else if (!edge.modifier) {
      writer_.Add(edge.actor, edge.cue, Remainder(pieces, after > before));
    }
  }
}

// What the pieces leave an edge for its content; `told`: they have statements of their own.
std::vector<Span> SentenceReader::Remainder(const std::vector<Range>& pieces, bool told) const {
  std::vector<Span> content;
  if (told && pieces.size() < 2) {
    content.push_back(contents_.ContentSpan(pieces.front()));
    return content;
  }
  for (const Range& piece : pieces) {
    const bool goes_on = &piece == &pieces.front() && pieces.size() > 1 && !OnlyJoins(piece);
    if (piece.size() >= 3 || goes_on) content.push_back(contents_.ContentSpan(piece));
  }
  return content;
}

// "Kata Berg, kapal itu berangkat": a cue that else follows its content, with a comma behind its
// source.
bool SentenceReader::Opens(const Cue& cue, const Range& piece) const {
  if (!(cue.frames() & (kAfter | kBy)) || cue.first != piece.first) return false;
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
  // "in other words": nobody's.
  return !holder.empty() && !HasVerbStrict(holder) && T(holder.last - 1).upos != Upos::kAdj;
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

}  // namespace kronik::statement
