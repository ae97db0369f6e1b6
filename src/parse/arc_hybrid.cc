#include "parse/arc_hybrid.h"

#include <algorithm>

namespace kronik {

void ParseState::Start(size_t words, size_t labels, size_t root_label) {
  words_ = static_cast<uint32_t>(words);
  next_ = 0;
  labels_ = labels;
  root_label_ = root_label;
  stack_.clear();
  heads_.assign(words, words_);
  label_of_.assign(words, static_cast<uint16_t>(root_label));
  children_.assign(words + 1, Children{});
}

bool ParseState::Can(size_t step) const {
  if (step == 0) return CanShift();
  if (step <= labels_) {
    // The root takes one word, the last one left, and only it has the label.
    return CanLeft() && (step - 1 == root_label_) == (next_ == words_);
  }
  return CanRight() && step - 1 - labels_ != root_label_;
}

void ParseState::Do(size_t step) {
  if (step == 0) {
    stack_.push_back(next_++);
    return;
  }
  const uint32_t child = stack_.back();
  stack_.pop_back();
  if (step <= labels_) {
    Attach(next_, child, step - 1);
  } else {
    Attach(stack_.back(), child, step - 1 - labels_);
  }
}

void ParseState::Attach(uint32_t head, uint32_t child, size_t label) {
  heads_[child] = head;
  label_of_[child] = static_cast<uint16_t>(label);
  Children& children = children_[head];
  if (child < head) {
    children.left2 = children.left;
    children.left = child;
    ++children.lefts;
  } else {
    children.right2 = children.right;
    children.right = child;
    ++children.rights;
  }
}

namespace {

constexpr uint32_t kLabelValues = 9, kDistances = 9, kCounts = 5;

}  // namespace

size_t ParseLook::Rows(size_t labels) {
  return 1 + kLabelValues * (labels + 1) + 2 * kDistances + 3 * kCounts * kCounts;
}

ParseLook ParseState::Look() const {
  static const Children kNoChildren;
  const auto children = [&](uint32_t i) -> const Children& {
    return i <= words_ ? children_[i] : kNoChildren;
  };
  const auto stacked = [&](size_t depth) {
    return depth < stack_.size() ? stack_[stack_.size() - 1 - depth] : ParseLook::kNothing;
  };
  const uint32_t s0 = stacked(0), s1 = stacked(1), b0 = next_;
  const Children &cs0 = children(s0), &cs1 = children(s1), &cb0 = children(b0);

  ParseLook look;
  look.words = {s0, s1, stacked(2), b0};
  uint32_t row = 1;
  size_t count = 1;
  const auto value = [&](uint32_t which, size_t of) {
    look.values[count++] = row + which;
    row += static_cast<uint32_t>(of);
  };
  const auto label = [&](uint32_t child) {
    value(child < words_ ? label_of_[child] + 1u : 0u, labels_ + 1);
  };
  for (uint32_t child : {cs0.left, cs0.left2, cs0.right, cs0.right2, cs1.left, cs1.right,
                         cs1.right2, cb0.left, cb0.left2}) {
    label(child);
  }
  const auto distance = [&](uint32_t a, uint32_t b) {
    const uint32_t d = a == ParseLook::kNothing || b == ParseLook::kNothing ? 0 : b - a;
    value(d < 5 ? d : d < 8 ? 5 : d < 12 ? 6 : d < 20 ? 7 : 8, kDistances);
  };
  distance(s0, b0);
  distance(s1, s0);
  const auto counts = [&](const Children& of) {
    const auto capped = [](uint16_t n) { return std::min<uint32_t>(n, kCounts - 1); };
    value(capped(of.lefts) * kCounts + capped(of.rights), kCounts * kCounts);
  };
  counts(cs0);
  counts(cs1);
  counts(cb0);
  return look;
}

}  // namespace kronik
