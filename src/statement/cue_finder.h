// Where the cues of a stretch stand, and which of them fit the words around them.
#pragma once

#include "statement/view.h"

namespace kronik::statement {

class CueFinder : View {
 public:
  explicit CueFinder(Work& work) : View(work) {}

  bool CueAt(uint32_t t, uint32_t end) const;
  bool CueEndingAt(uint32_t t, uint32_t begin, uint32_t frames, Cue& cue) const;
  // The cues of a stretch, left to right, none inside another.
  std::vector<Cue> CuesOf(const Range& range) const;
  bool Negated(const Cue& cue, uint32_t begin) const;
  // "was told": the subject is not the source.
  bool IsPassive(uint32_t t, const Range& range) const;
  bool StartsWithCue(const Range& piece) const;
  // Whether a word is a noun for what is told, in one number or the other.
  bool IsThing(uint32_t t) const;

 private:
  uint32_t Described(uint32_t t, const Range& range, std::vector<Lexicon::Match>& matches) const;
  void Shorten(Cue& cue) const;
  void Rejects(Cue& cue, const Range& range) const;
  bool HasObject(uint32_t t, uint32_t end) const;
  bool HasCase(uint32_t t) const;
  bool IsNoun(uint32_t t, uint32_t end) const;
  bool Predicates(uint32_t t) const;
  bool BesideQuote(uint32_t first, uint32_t last) const;
  bool MarkedAt(uint32_t t, uint32_t end) const;
  bool MainVerb(uint32_t t, uint32_t next, const Range& range) const;
  bool Plans(uint32_t t, uint32_t next, const Range& range) const;
  bool Fits(uint32_t t, const Lexicon::Match& match, const Range& range) const;
};

}  // namespace kronik::statement
