// Counts of events by time, dyad and type: what Store::Stats gives.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "kronik/result.h"
#include "kronik/store.h"
#include "store/event_index.h"

namespace kronik {

class Statistics {
 public:
  // `by` as in Store::Stats. Error: kInvalidInput for another word.
  static Result<Statistics> By(const std::vector<std::string>& by);

  void Add(const EventBrief& event);
  // A page of the counts, in their order.
  std::vector<std::string> Records(const Query& page) const;

 private:
  struct Sum {
    int64_t count = 0;
    int64_t goldstein = 0;  // in whole thousandths, so that the order of adding makes no difference
  };

  std::vector<std::string> by_, members_;
  bool time_ = false;
  std::unordered_map<std::string, Sum> sums_;  // by the values of the dimensions, a line each
  std::vector<std::string> keys_;              // of the event in hand
};

}  // namespace kronik
