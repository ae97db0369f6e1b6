// Fits a forest of oblivious trees to rows of whole numbers (src/article/page_model.h has the
// form).
//
// Logistic loss, Newton steps, each tree grown level by level: the question that serves all its
// leaves best. The same rows and options give the same forest; no rows
// give one without trees.
// Source: Friedman 2001; Prokhorenkova et al. 2018.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "article/page_model.h"

namespace kronik::train {

struct BoostOptions {
  int trees = 100;
  int depth = 4;
  double rate = 0.1;
  double ridge = 4;            // added to each leaf's second derivative
  double group_share = 1;      // of the groups of rows, used for each tree
  double feature_share = 0.5;  // of the features, tried for each tree
  int bins = 32;               // thresholds tried of a feature
  uint64_t seed = 1;
};

struct Rows {
  size_t features = 0;
  std::vector<int16_t> values;  // row by row
  std::vector<bool> labels;
  std::vector<float> weights;
  std::vector<uint32_t> groups;  // rows that are alike: of one page

  size_t size() const { return labels.size(); }
  std::span<const int16_t> operator[](size_t row) const {
    return std::span(values).subspan(row * features, features);
  }
};

Forest Boost(const Rows& rows, const BoostOptions& options);

}  // namespace kronik::train
