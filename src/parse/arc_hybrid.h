// The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), with the root behind
// the last word: it yields one root and never a cycle, in two steps a word.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace kronik {

// What the parser looks at before a step: the words in a few places, and small numbers.
struct ParseLook {
  static constexpr uint32_t kNothing = UINT32_MAX;
  // The stack's top, the two below it, the next word. The number of words stands for the root,
  // kNothing for none.
  static constexpr size_t kWords = 4;
  std::array<uint32_t, kWords> words{};
  // Labels of children, distances, numbers of children: rows of one table, the first always 0.
  static constexpr size_t kValues = 15;
  std::array<uint32_t, kValues> values{};
  static size_t Rows(size_t labels);  // of that table
};

// A step is a number: 0 shift; 1 + label: the stack's top depends on the next word and leaves;
// 1 + labels + label: it depends on the one below it and leaves.
class ParseState {
 public:
  // `root_label` is the index of "root" among the labels.
  void Start(size_t words, size_t labels, size_t root_label);
  bool done() const { return next_ == words_ && stack_.empty(); }

  size_t steps() const { return 1 + 2 * labels_; }
  bool CanShift() const { return next_ < words_; }
  bool CanLeft() const { return !stack_.empty() && (next_ < words_ || stack_.size() == 1); }
  bool CanRight() const { return stack_.size() >= 2; }
  bool Can(size_t step) const;
  void Do(size_t step);

  // The legal step with the highest score.
  template <typename Number>
  size_t Best(std::span<const Number> scores) const {
    size_t best = SIZE_MAX;
    const auto look = [&](size_t from, size_t to) {
      for (size_t step = from; step < to; ++step) {
        if (best == SIZE_MAX || scores[step] > scores[best]) best = step;
      }
    };
    // The same as asking Can() of each, which is too slow for every step of every sentence.
    if (CanShift()) look(0, 1);
    if (CanLeft() && next_ == words_) look(1 + root_label_, 2 + root_label_);
    if (CanLeft() && next_ < words_) {
      look(1, 1 + root_label_);
      look(2 + root_label_, 1 + labels_);
    }
    if (CanRight()) {
      look(1 + labels_, 1 + labels_ + root_label_);
      look(2 + labels_ + root_label_, 1 + 2 * labels_);
    }
    return best;
  }

  // Heads (the root is `words`) and labels; complete when done.
  const std::vector<uint32_t>& heads() const { return heads_; }
  const std::vector<uint16_t>& labels() const { return label_of_; }

  // For the oracle: the stack, bottom first, and the next word (`words` is the root).
  const std::vector<uint32_t>& stack() const { return stack_; }
  uint32_t next() const { return next_; }

  ParseLook Look() const;

 private:
  struct Children {
    uint32_t left = UINT32_MAX, left2 = UINT32_MAX;  // outermost, next to outermost
    uint32_t right = UINT32_MAX, right2 = UINT32_MAX;
    uint16_t lefts = 0, rights = 0;
  };
  void Attach(uint32_t head, uint32_t child, size_t label);

  uint32_t words_ = 0;
  uint32_t next_ = 0;
  size_t labels_ = 0;
  size_t root_label_ = 0;
  std::vector<uint32_t> stack_;
  std::vector<uint32_t> heads_;
  std::vector<uint16_t> label_of_;
  std::vector<Children> children_;
};

}  // namespace kronik
