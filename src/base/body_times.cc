#include "base/body_times.h"

#include <algorithm>

namespace kronik {

std::vector<const TimeExpression*> BodyTimes(const Document& document) {
  std::vector<const TimeExpression*> times;
  for (const TimeExpression& time : document.times) {
    if (time.span.layer == Layer::kBody) times.push_back(&time);
  }
  std::stable_sort(times.begin(), times.end(),
                   [](const auto* a, const auto* b) { return a->span.start < b->span.start; });
  return times;
}

}  // namespace kronik
