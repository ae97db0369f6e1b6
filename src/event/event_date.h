// EventDates: when the events of a document took place, and whether they are still news.
//
// The time nearest to a trigger dates its event, one that the trigger's own words carry before all.
// An act that is told as done and has none is of the time that the sentences of its paragraph
// before it spoke of, else of the day of which the report's opening speaks, else of that of the
// report; one that had been done before those has none. Lifetime: refers to the tree and to its
// document. Threads: one document, one thread.
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
  // "two days after": a length, and the direction in which it leads to what the clause tells; 0
  // where that is not known.
  struct Apart {
    const TimeExpression* length = nullptr;
    int direction = 0;
  };

  const TimeExpression* TimeOf(const Candidate& candidate, size_t sentence, EventStatus status,
                               const Words& words) const;
  uint32_t NounOf(const TimeExpression& time) const;
  uint32_t YearBefore(const Candidate& candidate) const;
  bool OfNoun(const TimeExpression& time, const Candidate& candidate, const Words& words) const;
  uint32_t OtherVerb(const TimeExpression& time, const Candidate& candidate) const;
  bool ToCome(const TimeExpression& time) const;
  bool Over(const TimeExpression& time) const;
  uint32_t VerbOf(const TimeExpression& time) const;
  bool Pluperfect(const Candidate& candidate, const Words& words) const;
  bool Present(const Candidate& candidate) const;
  bool Counted(const Candidate& candidate, size_t sentence, const Words& words) const;
  Apart ApartFrom(const Candidate& candidate, size_t sentence, const Words& words) const;
  bool DateApart(const Apart& apart, const TimeExpression* time, Event& event) const;
  bool GoesOn(size_t sentence, const Words& words) const;
  const TimeExpression* Carried(const Candidate& candidate, size_t sentence,
                                const Words& words) const;
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
  std::vector<std::vector<const TimeExpression*>> times_;    // by sentence
  std::vector<std::vector<const TimeExpression*>> lengths_;  // likewise: "ten years"
};

}  // namespace kronik
