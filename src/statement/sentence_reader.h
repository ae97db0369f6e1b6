// The statements of a sentence outside its quotations: "according to" and outlets at its edges,
// cues behind their content, cues before it.
#pragma once

#include "statement/carriers.h"
#include "statement/contents.h"
#include "statement/cue_finder.h"
#include "statement/sources.h"
#include "statement/writer.h"

namespace kronik::statement {

class SentenceReader : View {
 public:
  SentenceReader(Work& work, const CueFinder& cues, Sources& sources, const Contents& contents,
                 Writer& writer, Carriers& carriers)
      : View(work),
        cues_(cues),
        sources_(sources),
        contents_(contents),
        writer_(writer),
        carriers_(carriers) {}

  void ReadSentence(size_t s);

 private:
  uint32_t Half(const Range& range) const;
  void ReadSegment(size_t s, Range range);
  bool Opens(const Cue& cue, const Range& piece) const;
  bool Within(const Cue& cue, const Range& piece, Range& holder) const;
  bool ContinuesOn(size_t s) const;
  bool Anaphoric(size_t s, const Range& range, const Cue& cue);
  bool OnlyJoins(const Range& range) const;
  void ReadPiece(Range piece);
  void ReadPiece2(Range piece);
  bool Coordinate(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut,
                  bool& shared) const;

  const CueFinder& cues_;
  Sources& sources_;
  const Contents& contents_;
  Writer& writer_;
  Carriers& carriers_;
};

}  // namespace kronik::statement
