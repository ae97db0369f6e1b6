// The quotations of a block and their attributions: behind, before, around, or in the block before.
#pragma once

#include "statement/quote_finder.h"
#include "statement/sentence_reader.h"

namespace kronik::statement {

class QuotationReader : View {
 public:
  QuotationReader(Work& work, const CueFinder& cues, Sources& sources, Writer& writer,
                  Carriers& carriers, SentenceReader& sentences)
      : View(work),
        cues_(cues),
        quotes_(work, cues),
        sources_(sources),
        writer_(writer),
        carriers_(carriers),
        sentences_(sentences) {}

  void ReadBlock(size_t from, size_t to);

 private:
  void ReadQuotes(const Range& block, size_t& sentence);
  uint32_t Extend(uint32_t statement, const Span& content);
  bool JoinedTo(uint32_t next, const Quote& quote) const;
  uint32_t AfterUsed(uint32_t first, uint32_t last) const;
  uint32_t NextDirect(size_t q, uint32_t end) const;
  uint32_t Tail(Range tail, const Quote& quote, const Span& content);
  uint32_t Head(Range head, const Quote& quote, const Span& content);

  const CueFinder& cues_;
  QuoteFinder quotes_;
  Sources& sources_;
  Writer& writer_;
  Carriers& carriers_;
  SentenceReader& sentences_;
};

}  // namespace kronik::statement
