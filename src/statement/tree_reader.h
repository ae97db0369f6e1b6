// The statements that only the trees show: inside another's words, and where the cue stands far
// from its content.
#pragma once

#include "statement/contents.h"
#include "statement/sources.h"
#include "statement/writer.h"

namespace kronik::statement {

class TreeReader : View {
 public:
  TreeReader(Work& work, Sources& sources, const Contents& contents, Writer& writer)
      : View(work), sources_(sources), contents_(contents), writer_(writer) {}

  void ReadTrees();

 private:
  void Tell(const Span& span, uint32_t statement, std::vector<uint32_t>& told) const;
  static void Clip(const Statement& outer, uint32_t at, std::vector<Span>& content);
  bool ReadGap(const Sentence& sentence, const Cue& cue, std::vector<uint32_t>& told);
  bool ReadCalled(const Sentence& sentence, const Cue& cue, std::vector<uint32_t>& told);
  bool SourceOf(const Clause& clause, const Sentence& sentence, const Cue& cue, uint32_t around,
                ActorRef& source);
  std::vector<Span> ContentOf(const Clause& clause, const Cue& cue) const;
  bool ToldDirectly(const Span& content, const std::vector<uint32_t>& told) const;
  void TakeTime(const Statement& outer, std::vector<Span>& content) const;
  void WithinQuote(uint32_t at, std::vector<Span>& content) const;
  bool ReadClause(const Sentence& sentence, Cue cue, std::vector<uint32_t>& told);

  Sources& sources_;
  const Contents& contents_;
  Writer& writer_;
};

}  // namespace kronik::statement
