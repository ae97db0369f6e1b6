// The averaged perceptron (Collins 2002), sparse in features and in classes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "parse/linear_model.h"

namespace kronik::train {

class Perceptron {
 public:
  explicit Perceptron(size_t classes) : classes_(classes), slots_(1 << 16) {}
  size_t classes() const { return classes_; }

  void Score(std::span<const uint32_t> features, std::span<float> scores) const;
  // Moves weights from the wrong class to the right one.
  void Update(std::span<const uint32_t> features, size_t right, size_t wrong);
  // Ends one example; averages are over examples.
  void Tick() { ++now_; }
  // The averages times `scale`, rounded; features updated less than `min_updates` times and
  // weights that round to 0 are left out.
  LinearModel Freeze(uint32_t min_updates, float scale) const;

 private:
  struct Cell {
    uint16_t cls = 0;
    uint32_t changed = 0;  // when `weight` changed last
    float weight = 0;
    double total = 0;  // the sum of the weight over the examples up to `changed`
  };
  struct Row {
    uint32_t updates = 0;
    std::vector<Cell> cells;
  };
  struct Slot {
    uint32_t feature = 0;
    uint32_t row = 0;
  };
  size_t Find(uint32_t feature) const;
  Row& RowOf(uint32_t feature);
  void Add(Row& row, size_t cls, float by);

  size_t classes_;
  uint32_t now_ = 0;
  std::vector<Slot> slots_;
  std::vector<Row> rows_;
};

}  // namespace kronik::train
