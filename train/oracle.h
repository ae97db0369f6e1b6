// The dynamic oracle for arc-hybrid (Goldberg and Nivre 2013): how many gold arcs a step loses.
#pragma once

#include <cstdint>
#include <vector>

#include "parse/arc_hybrid.h"

namespace kronik::train {

class Oracle {
 public:
  // Heads and labels of the gold tree, which must outlive the oracle; the root is heads.size().
  Oracle(const std::vector<uint32_t>& heads, const std::vector<uint16_t>& labels);

  // The cost of each legal step, and of labels that are wrong; kNever for the others. Replaces
  // `costs`.
  static constexpr int kNever = 1 << 20;
  void Costs(const ParseState& state, std::vector<int>& costs) const;
  // To be called before the state makes the step.
  void Note(const ParseState& state, size_t step) {
    if (step != 0) gone_[state.stack().back()] = true;
  }

 private:
  int Shift(const ParseState& state) const;
  int Pop(const ParseState& state, uint32_t to) const;

  const std::vector<uint32_t>& heads_;
  const std::vector<uint16_t>& labels_;
  std::vector<std::vector<uint32_t>> children_;
  std::vector<bool> gone_;  // left the stack
};

}  // namespace kronik::train
