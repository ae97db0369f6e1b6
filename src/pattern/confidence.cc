#include "pattern/confidence.h"

#include <charconv>
#include <cmath>

#include "base/tsv.h"

namespace kronik {

Result<Confidence> Confidence::Load(const Resources& resources, std::string_view name) {
  Result<Tsv> table = Tsv::Load(resources, name, {"feature", "weight"});
  if (!table) return table.error();
  Confidence out;
  for (const Tsv::Row& row : table->rows()) {
    double weight = 0;
    const char* end = row[1].data() + row[1].size();
    const auto [stop, error] = std::from_chars(row[1].data(), end, weight);
    if (error != std::errc() || stop != end) return table->ErrorAt(row, "not a number");
    if (row[0] == "threshold") {
      out.threshold_ = weight;
    } else if (row[0] == "threshold-stray") {
      out.stray_threshold_ = weight;
    } else {
      out.weights_[std::string(row[0])] = weight;
    }
  }
  return out;
}

double Confidence::Of(const std::vector<std::string_view>& features) const {
  double sum = 0;
  for (std::string_view feature : features) {
    const auto found = weights_.find(feature);
    if (found != weights_.end()) sum += found->second;
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace kronik
