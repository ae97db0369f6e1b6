// The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011), with the root behind
// the last word: it yields one root and never a cycle, in two steps a word.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "parse/word.h"

namespace kronik {

// What the parser sees of a word.
struct ParseWord {
  uint64_t form = 0;
  uint64_t pos = 0;  // UPOS + 1
  uint64_t tag = 0;  // UPOS and features
  uint64_t prefix = 0;
  uint64_t suffix = 0;
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

  // Replaces `out` with the features of the state.
  void Features(std::span<const ParseWord> words, std::vector<uint32_t>& out) const;

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
