#include "train/oracle.h"

namespace kronik::train {

Oracle::Oracle(const std::vector<uint32_t>& heads, const std::vector<uint16_t>& labels)
    : heads_(heads), labels_(labels), children_(heads.size() + 1), gone_(heads.size() + 1) {
  for (uint32_t i = 0; i < heads.size(); ++i) children_[heads[i]].push_back(i);
}

int Oracle::Shift(const ParseState& state) const {
  const uint32_t next = state.next(), head = heads_[next];
  const auto on_stack = [&](uint32_t i) { return i < next && !gone_[i]; };
  int cost = on_stack(head) && head != state.stack().back() ? 1 : 0;
  for (uint32_t child : children_[next]) cost += on_stack(child) ? 1 : 0;
  return cost;
}

// The top of the stack leaves, with the head `to`.
int Oracle::Pop(const ParseState& state, uint32_t to) const {
  const uint32_t top = state.stack().back(), next = state.next(), head = heads_[top];
  int cost = 0;
  if (head != to) {
    const bool below = state.stack().size() >= 2 && head == *(state.stack().rbegin() + 1);
    cost += head >= next || below ? 1 : 0;
  }
  for (uint32_t child : children_[top]) cost += child >= next ? 1 : 0;
  return cost;
}

void Oracle::Costs(const ParseState& state, std::vector<int>& costs) const {
  const size_t labels = (state.steps() - 1) / 2;
  const uint32_t top = state.stack().empty() ? 0 : state.stack().back();
  const uint32_t below = state.CanRight() ? *(state.stack().rbegin() + 1) : 0;
  const int shift = state.CanShift() ? Shift(state) : kNever;
  const int left = state.CanLeft() ? Pop(state, state.next()) : kNever;
  const int right = state.CanRight() ? Pop(state, below) : kNever;
  costs.assign(state.steps(), kNever);
  for (size_t step = 0; step < costs.size(); ++step) {
    if (!state.Can(step)) continue;
    if (step == 0) {
      costs[step] = shift;
      continue;
    }
    const bool to_left = step <= labels;
    const size_t label = to_left ? step - 1 : step - 1 - labels;
    const bool right_head = heads_[top] == (to_left ? state.next() : below);
    costs[step] = (to_left ? left : right) + (right_head && label != labels_[top] ? 1 : 0);
  }
}

}  // namespace kronik::train
