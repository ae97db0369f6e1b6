#include "parse/matrix.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "parse/kernels.h"

namespace kronik {

void MultiplyAdd(const float* a, size_t a_stride, size_t rows, size_t inner, const float* packed,
                 size_t columns, float* out, size_t out_stride) {
  BestKernels().multiply_add(a, a_stride, rows, inner, packed, columns, out, out_stride);
}
void Pack(const float* b, size_t inner, size_t columns, float* packed) {
  for (size_t panel = 0; panel < columns; panel += kPanel) {
    const size_t width = std::min(kPanel, columns - panel);
    for (size_t k = 0; k < inner; ++k) {
      packed = std::copy_n(b + k * columns + panel, width, packed);
    }
  }
}

WholeMatrix::WholeMatrix(std::span<const float> values, size_t inner, size_t columns)
    : inner_(inner), columns_(columns) {
  assert(values.size() == inner * columns && inner % 2 == 0 && columns % kLane == 0);
  float largest = 0;
  for (float value : values) largest = std::max(largest, std::abs(value));
  scale_ = largest / kMost;
  const auto whole = [&](size_t row, size_t column) {
    const float value = values[row * columns + column];
    return scale_ == 0 ? int16_t{0} : static_cast<int16_t>(std::lround(value / scale_));
  };
  int64_t most_of_column = 1;
  for (size_t c = 0; c < columns; ++c) {
    int64_t sum = 0;
    for (size_t k = 0; k < inner; ++k) sum += std::abs(whole(k, c));
    most_of_column = std::max(most_of_column, sum);
  }
  // Whatever the row, no sum passes its largest value times the sum of a column's values, so that
  // is kept to what an int32 holds. (A column of 3072 values of kMost would still leave 85 steps.)
  most_ = static_cast<float>(std::min<int64_t>(INT16_MAX, INT32_MAX / most_of_column));
  packed_.reserve(values.size());
  for (size_t panel = 0; panel < columns; panel += kPanel) {
    for (size_t k = 0; k < inner; k += 2) {
      for (size_t c = panel; c < std::min(panel + kPanel, columns); ++c) {
        packed_.insert(packed_.end(), {whole(k, c), whole(k + 1, c)});
      }
    }
  }
}

void WholeMatrix::MultiplyAdd(const float* a, size_t a_stride, size_t rows, WholeRows& scratch,
                              float* out, const Kernels& kernels) const {
  scratch.values.resize(rows * inner_);
  scratch.scales.resize(rows);
  for (size_t r = 0; r < rows; ++r) {
    int16_t* whole = scratch.values.data() + r * inner_;
    scratch.scales[r] = kernels.round(a + r * a_stride, inner_, most_, whole) * scale_;
  }
  for (size_t panel = 0; panel < columns_; panel += kPanel) {
    kernels.multiply_add_whole({.rows = scratch.values.data(),
                                .scales = scratch.scales.data(),
                                .count = rows,
                                .pairs = inner_ / 2,
                                .panel = packed_.data() + panel * inner_,
                                .columns = std::min(kPanel, columns_ - panel),
                                .out = out + panel,
                                .out_stride = columns_});
  }
}
void WholeMatrix::MultiplyAdd(const float* a, size_t a_stride, size_t rows, WholeRows& scratch,
                              float* out) const {
  MultiplyAdd(a, a_stride, rows, scratch, out, BestKernels());
}

void Squash(float* values, size_t count) { BestKernels().squash(values, count); }
void AddScaled(const float* from, float by, size_t count, float* to) {
  BestKernels().add_floats(from, by, count, to);
}
void AddScaled(const signed char* from, float by, size_t count, float* to) {
  BestKernels().add_bytes(from, by, count, to);
}
void SumRows(const float* const* rows, size_t count, size_t width, float* out) {
  BestKernels().sum_rows(rows, count, width, out);
}
void Rectify(float* values, size_t count) { BestKernels().rectify(values, count); }
void Pool(const float* gates, size_t width, float* memory, float* out) {
  BestKernels().pool(gates, width, memory, out);
}
size_t Largest(const float* values, size_t count) { return BestKernels().largest(values, count); }

}  // namespace kronik
