// EventDates: when the events of a document took place, and whether they are still news.
//
// The time nearest to a trigger dates its event, one that the trigger's own words carry before all.
// An act that is told as done and has none is of the day that the sentences before it spoke of,
// else of the day of the report. Lifetime: refers to the tree and to its document. Threads: one
// document, one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/candidate.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {

class EventDates {
 public:
  explicit EventDates(const Tree& tree);

  // Sets event.date, .date_text and .background. `sentence` is one of the document's.
  void Date(const Candidate& candidate, const Sentence& sentence, const Words& words,
            Event& event) const;
  // Whether an event is so old that it is no news of any kind, but history.
  bool IsHistory(const Event& event) const;

 private:
  const TimeExpression* TimeOf(const Candidate& candidate, size_t sentence, bool done) const;
  uint32_t OtherVerb(const TimeExpression& time, const Candidate& candidate) const;
  bool ToCome(const TimeExpression& time) const;
  uint32_t Distance(const TimeExpression& time, const Candidate& candidate) const;
  bool Since(const TimeExpression& time, const Candidate& candidate, const Words& words) const;
  bool IsBackground(const TimeExpression& time) const;
  bool OfThisWeek(const TimeExpression& time) const;
  bool OfMainClause(const TimeExpression& time) const;
  bool Closes(const TimeExpression& time, size_t sentence) const;
  std::string StoryDay() const;

  const Tree& tree_;
  const Document& document_;
  std::string_view published_;     // the day; empty where the report has none
  std::string story_day_;          // of what has no date of its own
  std::optional<int> report_day_;  // the same, counted
  std::vector<std::vector<const TimeExpression*>> times_;  // by sentence
};

}  // namespace kronik
