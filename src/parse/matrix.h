// The few operations on matrices of floats that the network needs.
//
// Every result is the same to the last bit on every machine: sums run in one order whatever the
// width of the vectors, nothing is fused, and division and square root are exact by IEEE 754.
// Matrices are row-major; a number of columns is a multiple of kLane.
#pragma once

#include <cstddef>

namespace kronik {

inline constexpr size_t kLane = 16;
inline constexpr size_t Padded(size_t columns) { return (columns + kLane - 1) / kLane * kLane; }

// out[rows x columns] += a[rows x inner] * b[inner x columns]; rows of `a` and `out` are
// `a_stride` and `out_stride` floats apart.
void MultiplyAdd(const float* a, size_t a_stride, size_t rows, size_t inner, const float* b,
                 size_t columns, float* out, size_t out_stride);

// The same with a `b` that Pack() has put into the order in which it is read: many times faster
// where rows are long, since a cache keeps few addresses that differ by a power of two.
void MultiplyAddPacked(const float* a, size_t a_stride, size_t rows, size_t inner,
                       const float* packed, size_t columns, float* out, size_t out_stride);
// `packed` has room for as many floats as `b`.
void Pack(const float* b, size_t inner, size_t columns, float* packed);

// x / sqrt(1 + x²) for each of `count` floats: a sigmoid from -1 to 1 without exp.
void Squash(float* values, size_t count);

// to += from * by.
void AddScaled(const float* from, float by, size_t count, float* to);
void AddScaled(const signed char* from, float by, size_t count, float* to);

// to = max(to, 0).
void Rectify(float* values, size_t count);

// The pooling of a quasi-recurrent layer, one step: gates hold candidate, forget and output values
// of -1 to 1, each `width` floats; memory becomes f * memory + (1 - f) * z, and out = o * memory.
void Pool(const float* gates, size_t width, float* memory, float* out);

}  // namespace kronik
