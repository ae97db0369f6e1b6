// The quotation marks of a block, paired, and which of them hold a quotation of its own.
#pragma once

#include <string_view>

#include "statement/cue_finder.h"

namespace kronik::statement {

class QuoteFinder : View {
 public:
  QuoteFinder(Work& work, const CueFinder& cues) : View(work), cues_(cues) {}

  // Fills Work::quotes from a block and its tokens.
  void Find(const Block& block, const Range& tokens);

 private:
  Quote& Open(size_t open, size_t inner);
  void Pair(const Block& block);
  void Locate(const Range& tokens);
  bool IsDirect(const Quote& quote, const Range& block) const;
  static bool ClosesFirst(std::string_view text, size_t at);
  static size_t SingleClose(std::string_view text, size_t at);
  bool SpansSentences(const Quote& quote) const;
  bool AfterCue(uint32_t t, const Range& block) const;
  bool Continues(const Quote& quote) const;
  bool Quoted(uint32_t t) const;

  const CueFinder& cues_;
};

}  // namespace kronik::statement
