// Confidence: how likely an event or a statement is right, from what is known of how it was found.
//
// A logistic regression over features that hold or don't; its weights stand in a table, whose
// header says what they were trained on. Threads: immutable after Load.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class Confidence {
 public:
  // Columns feature, weight; the row "threshold" is the probability under which a record is not
  // told, "threshold-stray" that under which it is not where nothing around it is of its kind.
  // Errors: those of Tsv::Load, and kInvalidInput for what is no number.
  static Result<Confidence> Load(const Resources& resources, std::string_view name);
  // The probability, 0 to 1; a feature without a row counts nothing.
  double Of(const std::vector<std::string_view>& features) const;
  double threshold() const { return threshold_; }
  double stray_threshold() const { return stray_threshold_; }

 private:
  std::map<std::string, double, std::less<>> weights_;
  double threshold_ = 0, stray_threshold_ = 0;
};

}  // namespace kronik
