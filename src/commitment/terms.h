// When a commitment was made, and from when until when it holds.
#pragma once

#include <string>

#include "commitment/view.h"

namespace kronik::commitment {

class Terms : View {
 public:
  explicit Terms(Work& work) : View(work) {}

  void Dates(const Sentence& sentence, const Range& trigger, const Range& subject,
             const Event* event, Commitment& c) const;

 private:
  bool Opens(uint32_t first, const Range& trigger, const Sentence& sentence) const;
  bool Upon(const TimeExpression& length, const Sentence& sentence) const;
  uint64_t Governing(uint32_t first, const Sentence& sentence) const;
  void MadeOn(const Sentence& sentence, const Range& trigger, const Event* event,
              Commitment& c) const;
  std::string Due(const TimeExpression& time) const;
  bool Later(const TimeInterval& time) const;
  bool Ahead(const TimeInterval& time, const Commitment& c) const;
  TimeInterval Coming(const TimeExpression& time, const Commitment& c) const;
  bool OfInstrument(const TimeExpression& length, const Sentence& sentence) const;
  bool Record(uint32_t from, uint32_t to) const;
  void YearOfText(const Sentence& sentence, Commitment& c) const;
  std::string NextWeekday(const TimeExpression& time, std::string day) const;
  static std::string Halfway(const TimeInterval& time);
  std::string Made(const Commitment& c) const;
  void Lasting(const std::string& value, Commitment& c) const;
  static std::string Moved(const std::string& day, const std::string& length);
};

}  // namespace kronik::commitment
