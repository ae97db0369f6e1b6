// Writes the statements that the readers find into the document.
#pragma once

#include "statement/contents.h"
#include "statement/sources.h"

namespace kronik::statement {

class Writer : View {
 public:
  Writer(Work& work, Sources& sources, const Contents& contents)
      : View(work), sources_(sources), contents_(contents) {}

  // Adds a statement; returns its index, or kNone where it would be empty.
  uint32_t Add(const ActorRef& source, const Cue& cue, std::vector<Span> content);
  uint32_t Push(const ActorRef& source, const Cue& cue, std::vector<Span> content);
  // The content of a statement ends earlier than it seemed.
  void Shorten(uint32_t index, const Span& content);
  void AddVia(uint32_t index, const Carrier& carrier);
  uint32_t Repeat(uint32_t index, const Span& content);

 private:
  Span AsBefore(const Span& phrase, const Cue& cue) const;
  Span Phrase(const Span& named, const Cue& cue, const std::vector<Span>& content) const;
  void Widen(Range& whole, const Cue& cue, uint32_t begin) const;
  uint32_t BehindName(uint32_t last, uint32_t end) const;
  bool IsPerson(const ActorMention* mention) const;
  bool Governs(const Range& source, const Cue& cue) const;
  bool Reaches(const Range& source, const Cue& cue) const;
  bool Closed(const Range& source, const Cue& cue, const Sentence& sentence) const;
  Span NameOf(Span outlet) const;
  TimeInterval DateOf(const Statement& statement) const;

  Sources& sources_;
  const Contents& contents_;
};

}  // namespace kronik::statement
