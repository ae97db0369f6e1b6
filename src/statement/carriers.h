// Who passed the words on: outlets addressed, cited, or named beside the cue.
#pragma once

#include "statement/cue_finder.h"
#include "statement/sources.h"
#include "statement/writer.h"

namespace kronik::statement {

class Carriers : View {
 public:
  Carriers(Work& work, const CueFinder& cues, Sources& sources, Writer& writer)
      : View(work), cues_(cues), sources_(sources), writer_(writer) {}

  // "to reporters", "told Reuters": the addressee, who passes the words on if an outlet.
  void Hearer(uint32_t index, const Cue& cue, const Range& rest);
  // "in an interview with Wire One", "in a film released by Wire One": the outlets beside the cue.
  void Mediums(const Sentence& sentence, size_t from);
  // The outlets named in a stretch: "cited by AFP from KCNA".
  void Named(uint32_t index, const Range& range);
  // "Wire One quoted Berg as saying": who quoted.
  void Quoter(uint32_t index, const Cue& cue, uint32_t begin);
  void MarkOutlets();

 private:
  void Chain(uint32_t index, uint32_t t, uint32_t end, const Cue& cue);

  const CueFinder& cues_;
  Sources& sources_;
  Writer& writer_;
};

}  // namespace kronik::statement
