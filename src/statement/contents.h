// What is said: the stretch that a cue attributes, and its span.
#pragma once

#include "statement/cue_finder.h"
#include "statement/sources.h"

namespace kronik::statement {

class Contents : View {
 public:
  Contents(Work& work, const CueFinder& cues, const Sources& sources)
      : View(work), cues_(cues), sources_(sources) {}

  // Tokens to bytes: outer punctuation off, and a quotation that wraps it all.
  Span ContentSpan(Range range) const;
  StatementKind KindOf(const std::vector<Span>& content) const;
  // The content after a cue. `hearer` is where an addressee may stand.
  bool Content(const Cue& cue, const Range& piece, Range& content, uint32_t& hearer) const;
  // "cited Wire One": somebody's name is nothing told.
  bool OneName(const Range& content) const;
  // "Berg, who thinks it failed, left", "Berg, citing losses, left": the comma that ends the
  // insertion ends the content.
  bool EndRelative(const Cue& cue, uint32_t begin, Range& content) const;
  // Whether a cue stands in a relative clause: "voters who fear that".
  bool InRelative(const Cue& cue, uint32_t begin) const;
  // The clause that the tree gives the cue, where it starts and ends at a break.
  void Fit(const Cue& cue, Range& content) const;
  // Whether a verb behind a conjunction goes on with the cue, not with the content that starts at
  // `begin`, by its tense: "said it would stay and denied", "denies it was there and says".
  bool JoinsCue(uint32_t verb, const Cue& cue, uint32_t begin) const;
  // Whether a verb has an auxiliary without a tense: "could find".
  bool IsModal(uint32_t verb) const;
  // The subject of a verb in the words from `begin` to it, other than a relative word; kNone: none.
  uint32_t SubjectOf(uint32_t verb, uint32_t begin) const;
  // Ends a content before such a verb, and before a remark on it: ", a charge that Oslo denies".
  void EndOfSubject(const Range& piece, const Cue& cue, Range& content) const;
  void EndEarly(const Cue& cue, Range& content) const;
  // Whether a verb with an infinitive, behind a conjunction, goes on with the cue: "asked the court
  // to act and plans to appeal".
  bool Plans(uint32_t verb, const Range& content) const;
  bool Announced(const Cue& cue, const Range& content) const;
  bool HasThat(const Cue& cue, const Range& content) const;
  // What of the content stands behind its attribution: "The strait, he said, is closed".
  Range BehindCue(const Range& before, Range after) const;

 private:
  uint32_t ComplementizerIn(const Range& rest) const;
  bool EndsAt(uint32_t t, const Cue& cue, const Range& content) const;
  uint32_t QuestionIn(const Range& rest) const;
  uint32_t BehindInsertion(const Range& rest) const;
  void SkipToInfinitive(Range& rest) const;
  bool SkipHearer(Range& rest) const;
  bool InfinitiveIn(const Range& rest) const;
  bool Object(const Cue& cue, const Range& rest, Range& content) const;
  bool QuotedObject(const Cue& cue, const Range& rest, Range& content) const;
  bool ClauseToldTo(const Range& rest, Range& content) const;
  bool BareClause(const Cue& cue, Range& rest, Range& content) const;
  bool JoinedAt(uint32_t conjunction, const Cue& cue, const Range& content) const;
  bool HasMark(uint32_t verb) const;
  void EndOfBareSubject(Range& content) const;
  uint32_t TenseWord(uint32_t verb) const;
  std::string_view TenseOf(uint32_t verb) const;
  bool SpeaksAgain(uint32_t verb, const Cue& cue, uint32_t begin) const;
  bool GoesNotOn(uint32_t inner, uint32_t verb, uint32_t subject) const;
  bool MaySpeak(uint32_t subject) const;
  bool Speaks(uint32_t verb) const;
  bool SpeaksAt(uint32_t verb) const;
  bool IsCopular(uint32_t predicate) const;
  bool OwnSubject(uint32_t verb, uint32_t begin) const;
  bool HasAdjective(const Range& range) const;
  bool HasFinite(const Range& range) const;
  bool Resumes(uint32_t t, uint32_t end) const;
  bool Remark(uint32_t noun, uint32_t end) const;
  bool InQuote(uint32_t t) const;
  bool OthersAside(uint32_t t, uint32_t end) const;
  bool CutContrast(Range& content) const;
  bool GoesOnWithThat(uint32_t t) const;
  bool MayOpen(const Range& content) const;
  bool IsTold(const Cue& cue, const Range& content) const;
  void EndClause(const Cue& cue, Range& content) const;
  bool Depends(uint32_t t, const Cue& cue) const;
  bool Calls(const Cue& cue, const Range& rest, Range& content) const;
  bool Causes(const Cue& cue, uint32_t t) const;
  bool OnlyObject(const Cue& cue, const Range& content) const;

  const CueFinder& cues_;
  const Sources& sources_;
};

}  // namespace kronik::statement
