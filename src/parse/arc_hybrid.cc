#include "parse/arc_hybrid.h"

#include <algorithm>

#include "parse/linear_model.h"

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

void ParseState::Features(std::span<const ParseWord> words, std::vector<uint32_t>& out) const {
  static const ParseWord kNoWord{3, 50, 50, 3, 3};
  static const ParseWord kRootWord{5, 60, 60, 5, 5};
  static const Children kNoChildren;
  const auto word = [&](uint32_t i) -> const ParseWord& {
    return i < words_ ? words[i] : i == words_ ? kRootWord : kNoWord;
  };
  const auto children = [&](uint32_t i) -> const Children& {
    return i <= words_ ? children_[i] : kNoChildren;
  };
  const auto label = [&](uint32_t i) -> uint64_t { return i < words_ ? label_of_[i] + 1u : 0u; };
  const auto stacked = [&](size_t depth) {
    return depth < stack_.size() ? stack_[stack_.size() - 1 - depth] : UINT32_MAX;
  };
  const auto ahead = [&](uint32_t by) { return next_ + by <= words_ ? next_ + by : UINT32_MAX; };

  const uint32_t i0 = stacked(0), i1 = stacked(1), i2 = stacked(2), j0 = ahead(0), j1 = ahead(1);
  const ParseWord &s0 = word(i0), &s1 = word(i1), &s2 = word(i2);
  const ParseWord &b0 = word(j0), &b1 = word(j1), &b2 = word(ahead(2)), &b3 = word(ahead(3));
  const Children &cs0 = children(i0), &cs1 = children(i1), &cb0 = children(j0);
  const ParseWord &s0l = word(cs0.left), &s0r = word(cs0.right), &s0l2 = word(cs0.left2);
  const ParseWord &s0r2 = word(cs0.right2), &s1l = word(cs1.left), &s1r = word(cs1.right);
  const ParseWord &b0l = word(cb0.left), &s1r2 = word(cs1.right2);
  const auto distance = [](uint32_t a, uint32_t b) -> uint64_t {
    if (a == UINT32_MAX || b == UINT32_MAX) return 0;
    const uint32_t d = b - a;
    return d < 5 ? d : d < 8 ? 5 : d < 12 ? 6 : d < 20 ? 7 : 8;
  };
  const uint64_t d0 = distance(i0, j0), d1 = distance(i1, i0);
  const auto capped = [](uint16_t n) -> uint64_t { return std::min<uint16_t>(n, 4) + 1u; };

  out.clear();
  uint32_t id = 1000;
  const auto add = [&](uint64_t x, uint64_t y = 0, uint64_t z = 0) {
    out.push_back(Feature(++id, x, y, z));
  };
  // Cheap pairs of small numbers.
  const auto pair = [](uint64_t x, uint64_t y) { return x * 0x9E3779B97F4A7C15u + y; };
  const uint64_t s0wp = pair(s0.form, s0.pos), s1wp = pair(s1.form, s1.pos);
  const uint64_t b0wp = pair(b0.form, b0.pos), b1wp = pair(b1.form, b1.pos);

  // One word.
  add(s0.form);
  add(s0.tag);
  add(s0wp);
  add(s1.form);
  add(s1.tag);
  add(s1wp);
  add(pair(s2.form, s2.pos));
  add(s2.tag);
  add(b0.form);
  add(b0.tag);
  add(b0wp);
  add(b1.form);
  add(b1.tag);
  add(b1wp);
  add(pair(b2.form, b2.pos));
  add(b2.tag);
  add(b3.tag);
  add(s0.suffix, s0.prefix, s0.pos);
  add(s1.suffix, s1.prefix, s1.pos);
  add(b0.suffix, b0.prefix, b0.pos);
  // Two words.
  add(s0wp, b0wp);
  add(s0wp, b0.tag);
  add(s0.tag, b0wp);
  add(s0.form, b0.form);
  add(s0.tag, b0.tag);
  add(s0.pos, b0.pos);
  add(s1wp, s0wp);
  add(s1wp, s0.tag);
  add(s1.tag, s0wp);
  add(s1.form, s0.form);
  add(s1.tag, s0.tag);
  add(s1.pos, s0.pos);
  add(s1wp, b0.tag);
  add(s1.tag, b0wp);
  add(s1.tag, b0.tag);
  add(b0.tag, b1.tag);
  add(b0.form, b1.form);
  add(b0wp, b1.pos);
  add(b0.pos, b1wp);
  add(s0wp, b1.pos);
  add(s0.pos, b1wp);
  // Three.
  add(b0.pos, b1.pos, b2.pos);
  add(s0.tag, b0.tag, b1.tag);
  add(s0.pos, b0.pos, b1.pos);
  add(s0wp, b0.pos, b1.pos);
  add(s1.pos, s0.pos, b0.pos);
  add(s1.tag, s0.tag, b0.tag);
  add(s1wp, s0.pos, b0.pos);
  add(s1.pos, s0wp, b0.pos);
  add(s1.pos, s0.pos, b0wp);
  add(s2.pos, s1.pos, s0.pos);
  add(pair(s2.pos, s1.pos), s0.pos, b0.pos);
  add(pair(s1.pos, s0.pos), b0.pos, b1.pos);
  add(pair(s0.pos, b0.pos), b1.pos, b2.pos);
  // Children.
  add(s0.pos, s0l.pos, b0.pos);
  add(s0.pos, s0r.pos, b0.pos);
  add(s0.pos, b0.pos, b0l.pos);
  add(pair(s1.pos, s0.pos), s0l.pos);
  add(pair(s1.pos, s0.pos), s0r.pos);
  add(pair(s1.pos, s0.pos), s1l.pos);
  add(pair(s1.pos, s0.pos), s1r.pos);
  add(s0.pos, s0l.pos, s0l2.pos);
  add(s0.pos, s0r.pos, s0r2.pos);
  add(s1.pos, s1r.pos, s1r2.pos);
  add(s0l.form, s0.pos);
  add(s0r.form, s0.pos);
  add(s1l.form, s1.pos);
  add(s1r.form, s1.pos);
  add(b0l.form, b0.pos);
  // Labels of children.
  const uint64_t ls0l = label(cs0.left), ls0r = label(cs0.right), ls0l2 = label(cs0.left2);
  const uint64_t ls1l = label(cs1.left), ls1r = label(cs1.right), lb0l = label(cb0.left);
  add(s0wp, ls0l);
  add(s0wp, ls0r);
  add(s0.tag, ls0l, ls0l2);
  add(s0.tag, ls0r, label(cs0.right2));
  add(pair(s0.tag, b0.pos), ls0l, ls0r);
  add(s1wp, ls1l);
  add(s1wp, ls1r);
  add(s1.tag, ls1l, ls1r);
  add(pair(s1.tag, s0.pos), ls1l, ls1r);
  add(pair(s1.pos, s0.tag), ls0l, ls0r);
  add(b0wp, lb0l);
  add(b0.tag, lb0l, label(cb0.left2));
  add(pair(s0.pos, b0.pos), lb0l, ls0r);
  // Distances and numbers of children.
  add(s0wp, d0);
  add(b0wp, d0);
  add(s0.tag, b0.tag, d0);
  add(s1.tag, s0.tag, d1);
  add(s1wp, d1);
  add(s0wp, d1);
  add(s0wp, capped(cs0.rights), capped(cs0.lefts));
  add(s0.tag, capped(cs0.rights), capped(cs0.lefts));
  add(s1wp, capped(cs1.rights));
  add(s1.tag, capped(cs1.rights), capped(cs1.lefts));
  add(b0wp, capped(cb0.lefts));
  add(b0.tag, capped(cb0.lefts), s0.pos);
}

}  // namespace kronik
