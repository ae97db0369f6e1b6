// The statements of a stretch of a sentence: cues behind their content, cues before it, and how two
// of them share a sentence.
#pragma once

#include "statement/carriers.h"
#include "statement/contents.h"
#include "statement/cue_finder.h"
#include "statement/sources.h"
#include "statement/writer.h"

namespace kronik::statement {

class PieceReader : View {
 public:
  PieceReader(Work& work, const CueFinder& cues, Sources& sources, const Contents& contents,
              Writer& writer, Carriers& carriers)
      : View(work),
        cues_(cues),
        sources_(sources),
        contents_(contents),
        writer_(writer),
        carriers_(carriers) {}

  void Read(Range piece);

 private:
  struct Told;
  bool ReadBehind(const Cue& cue, const Range& piece);
  bool OnlyJoins(const Range& range) const;
  bool HasOwnSubject(const Cue& cue, uint32_t begin) const;
  uint32_t BehindAside(uint32_t rest, uint32_t end) const;
  bool EndsBehind(const Cue& cue, const Range& piece, uint32_t& rest) const;
  bool Passes(const Cue& cue, const ActorRef& outlet, const Range& content, const Range& rest);
  void ReadBefore(const Range& piece, Told open);
  bool Doubts(const Cue& cue, uint32_t left) const;
  bool SourceBefore(const Cue& cue, const Range& piece, uint32_t left, ActorRef& source);
  bool ContentAfter(const Cue& cue, const Range& piece, uint32_t left, Told& told,
                    uint32_t& hearer) const;
  bool JoinsQuotation(const Cue& cue, uint32_t begin) const;
  bool Follows(const Cue& cue, const Told& told) const;
  bool Takes(const Cue& cue, const Range& content) const;
  bool OnlyObject(const Told& open, uint32_t cut, const Span& shorter) const;
  bool OwnClause(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut) const;
  bool Coordinate(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut,
                  bool& shared) const;

  const CueFinder& cues_;
  Sources& sources_;
  const Contents& contents_;
  Writer& writer_;
  Carriers& carriers_;
};

}  // namespace kronik::statement
