// The statements of a sentence outside its quotations: "according to" and outlets at its edges,
// cues behind their content, cues before it.
#pragma once

#include "statement/piece_reader.h"

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
        carriers_(carriers),
        pieces_(work, cues, sources, contents, writer, carriers) {}

  void ReadSentence(size_t s);

 private:
  uint32_t LastClause(const Range& range) const;
  struct Edge;
  void ReadSegment(size_t s, const Range& range);
  void CutView(const Cue& cue, std::vector<Edge>& edges, Range& piece);
  Edge MakeEdge(const Cue& cue, const ActorRef& actor, uint32_t end) const;
  void CutEdge(const Cue& cue, const std::vector<Cue>& cues, std::vector<Edge>& edges,
               std::vector<Range>& pieces);
  uint32_t BehindEdge(uint32_t end, uint32_t last, bool initial) const;
  bool GoesOnBehind(const Range& before, const Range& behind, const std::vector<Cue>& cues) const;
  void AttributeToEdges(size_t s, const std::vector<Edge>& edges, const std::vector<Range>& pieces,
                        size_t before);
  std::vector<Span> Remainder(const std::vector<Range>& pieces, bool told) const;
  bool Opens(const Cue& cue, const Range& piece) const;
  bool Within(const Cue& cue, const Range& piece, Range& holder) const;
  bool ContinuesOn(size_t s) const;
  bool Anaphoric(size_t s, const Range& range, const Cue& cue);
  bool OnlyJoins(const Range& range) const;

  const CueFinder& cues_;
  Sources& sources_;
  const Contents& contents_;
  Writer& writer_;
  Carriers& carriers_;
  PieceReader pieces_;
};

}  // namespace kronik::statement
