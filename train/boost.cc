#include "train/boost.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace kronik::train {
namespace {

// A feature's thresholds, and each row's bin: how many of them it reaches.
struct Column {
  std::vector<int16_t> thresholds;
  std::vector<uint8_t> bins;
};

Column MakeColumn(const Rows& rows, size_t feature, int bins) {
  std::vector<int16_t> sorted(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) sorted[i] = rows[i][feature];
  std::sort(sorted.begin(), sorted.end());
  // Quantiles of the values that differ, so that a rare flag has its threshold too.
  std::vector<int16_t> distinct = sorted;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  Column column;
  const auto take = [&](const std::vector<int16_t>& from, size_t count) {
    for (size_t k = 1; k <= count; ++k) {
      column.thresholds.push_back(from[std::min(k * from.size() / (count + 1), from.size() - 1)]);
    }
  };
  if (distinct.size() <= static_cast<size_t>(bins)) {
    column.thresholds.assign(distinct.begin() + 1, distinct.end());
  } else {
    take(sorted, static_cast<size_t>(bins * 3 / 4));
    take(distinct, static_cast<size_t>(bins / 4));
  }
  std::sort(column.thresholds.begin(), column.thresholds.end());
  column.thresholds.erase(std::unique(column.thresholds.begin(), column.thresholds.end()),
                          column.thresholds.end());
  std::erase(column.thresholds, sorted.front());  // says nothing
  column.bins.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    column.bins[i] = static_cast<uint8_t>(
        std::upper_bound(column.thresholds.begin(), column.thresholds.end(), rows[i][feature]) -
        column.thresholds.begin());
  }
  return column;
}

struct Derivatives {
  float first = 0, second = 0;
};

}  // namespace

Forest Boost(const Rows& rows, const BoostOptions& options) {
  if (rows.size() == 0) return {};
  std::vector<Column> columns;
  for (size_t f = 0; f < rows.features; ++f) columns.push_back(MakeColumn(rows, f, options.bins));
  double yes = 1, all = 2;
  for (size_t i = 0; i < rows.size(); ++i) {
    all += rows.weights[i];
    if (rows.labels[i]) yes += rows.weights[i];
  }
  Forest forest;
  forest.bias = static_cast<float>(std::log(yes / (all - yes)));
  std::vector<float> scores(rows.size(), forest.bias);
  std::vector<Derivatives> slopes(rows.size());
  std::vector<uint16_t> leaves(rows.size());
  std::mt19937_64 random(options.seed);
  std::vector<Derivatives> sums;
  uint32_t groups = 0;
  for (uint32_t group : rows.groups) groups = std::max(groups, group + 1);
  for (int t = 0; t < options.trees; ++t) {
    const auto draw = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<bool> used(groups);
    for (size_t k = 0; k < groups; ++k) used[k] = draw() < options.group_share;
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!used[rows.groups[i]]) {
        slopes[i] = {};
        continue;
      }
      const float p = 1 / (1 + std::exp(-scores[i]));
      slopes[i] = {rows.weights[i] * ((rows.labels[i] ? 1.0f : 0.0f) - p),
                   rows.weights[i] * p * (1 - p)};
    }
    std::vector<size_t> tried;
    for (size_t f = 0; f < columns.size(); ++f) {
      if (!columns[f].thresholds.empty() && draw() < options.feature_share) tried.push_back(f);
    }
    std::fill(leaves.begin(), leaves.end(), uint16_t{0});
    Forest::Tree tree;
    for (int level = 0; level < options.depth; ++level) {
      const size_t leaf_count = size_t{1} << level;
      double best_gain = 0;
      Forest::Question best;
      size_t best_bin = 0;
      for (size_t f : tried) {
        const Column& column = columns[f];
        const size_t width = column.thresholds.size() + 1;
        sums.assign(leaf_count * width, {});
        for (size_t i = 0; i < rows.size(); ++i) {
          Derivatives& sum = sums[leaves[i] * width + column.bins[i]];
          sum.first += slopes[i].first;
          sum.second += slopes[i].second;
        }
        std::vector<double> gains(width, 0);
        for (size_t leaf = 0; leaf < leaf_count; ++leaf) {
          const Derivatives* of = &sums[leaf * width];
          double g = 0, h = 0;
          for (size_t b = 0; b < width; ++b) g += of[b].first, h += of[b].second;
          const double whole = g * g / (h + options.ridge);
          double left_g = 0, left_h = 0;
          for (size_t b = 0; b + 1 < width; ++b) {
            left_g += of[b].first, left_h += of[b].second;
            const double right_g = g - left_g, right_h = h - left_h;
            gains[b + 1] += left_g * left_g / (left_h + options.ridge) +
                            right_g * right_g / (right_h + options.ridge) - whole;
          }
        }
        for (size_t b = 1; b < width; ++b) {
          if (gains[b] <= best_gain) continue;
          best_gain = gains[b];
          best = {static_cast<uint16_t>(f), column.thresholds[b - 1]};
          best_bin = b;
        }
      }
      if (best_gain <= 1e-9) break;
      tree.questions.push_back(best);
      const std::vector<uint8_t>& bins = columns[best.feature].bins;
      for (size_t i = 0; i < rows.size(); ++i) {
        leaves[i] = static_cast<uint16_t>(leaves[i] * 2 + (bins[i] >= best_bin ? 1 : 0));
      }
    }
    if (tree.questions.empty()) break;
    std::vector<double> g(size_t{1} << tree.questions.size()), h(g.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      g[leaves[i]] += slopes[i].first;
      h[leaves[i]] += slopes[i].second;
    }
    for (size_t leaf = 0; leaf < g.size(); ++leaf) {
      const double value = options.rate * g[leaf] / (h[leaf] + options.ridge);
      tree.values.push_back(static_cast<float>(std::round(value * 1000) / 1000));
    }
    for (size_t i = 0; i < rows.size(); ++i) scores[i] += tree.values[leaves[i]];
    forest.trees.push_back(std::move(tree));
  }
  return forest;
}

}  // namespace kronik::train
