// The few operations on matrices that the network needs.
//
// Every result is the same to the last bit on every machine: sums of floats run in one order
// whatever the width of the vectors, nothing is fused, and division and square root are exact by
// IEEE 754. Matrices are row-major; a number of columns is a multiple of kLane.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kronik {

struct Kernels;

inline constexpr size_t kLane = 16;
inline constexpr size_t Padded(size_t columns) { return (columns + kLane - 1) / kLane * kLane; }
inline constexpr size_t kPanel = 2 * kLane;  // columns that a packed matrix keeps together

// out[rows x columns] += a[rows x inner] * b[inner x columns]; rows of `a` and `out` are
// `a_stride` and `out_stride` floats apart. Pack() has put `b` into the order in which it is read:
// many times faster where rows are long, since a cache keeps few addresses that differ by a power
// of two.
void MultiplyAdd(const float* a, size_t a_stride, size_t rows, size_t inner, const float* packed,
                 size_t columns, float* out, size_t out_stride);
// `packed` has room for as many floats as `b`.
void Pack(const float* b, size_t inner, size_t columns, float* packed);

// Rows rounded to whole numbers, each with its own scale: scratch of WholeMatrix.
struct WholeRows {
  std::vector<int16_t> values;
  std::vector<float> scales;
};

// A matrix of whole numbers and one scale, whose products cost half of those of floats or less.
//
// Threads: immutable; any number may multiply.
class WholeMatrix {
 public:
  static constexpr int kMost = 8191;  // of any value

  WholeMatrix() = default;
  // Rounds inner x columns `values`; `inner` is even.
  WholeMatrix(std::span<const float> values, size_t inner, size_t columns);

  // out[rows x columns] += a[rows x inner] * this, where each row of `a`, `a_stride` floats from
  // the next, is rounded to as many steps as let no sum overflow.
  void MultiplyAdd(const float* a, size_t a_stride, size_t rows, WholeRows& scratch,
                   float* out) const;
  void MultiplyAdd(const float* a, size_t a_stride, size_t rows, WholeRows& scratch, float* out,
                   const Kernels& kernels) const;

 private:
  size_t inner_ = 0, columns_ = 0;
  float scale_ = 0;
  float most_ = 0;  // of a row's values once rounded
  std::vector<int16_t> packed_;
};

// x / sqrt(1 + x²) for each of `count` floats: a sigmoid from -1 to 1 without exp.
void Squash(float* values, size_t count);

// to += from * by.
void AddScaled(const float* from, float by, size_t count, float* to);
void AddScaled(const signed char* from, float by, size_t count, float* to);

// out = the sum of `count` rows, 1 or more, in their order; `width` is a multiple of kLane.
void SumRows(const float* const* rows, size_t count, size_t width, float* out);

// to = max(to, 0).
void Rectify(float* values, size_t count);

// The pooling of a quasi-recurrent layer, one step: gates hold candidate, forget and output values
// of -1 to 1, each `width` floats; memory becomes f * memory + (1 - f) * z, and out = o * memory.
void Pool(const float* gates, size_t width, float* memory, float* out);

// The place of the largest of `count` floats, 1 or more; the first of equals.
size_t Largest(const float* values, size_t count);

}  // namespace kronik
