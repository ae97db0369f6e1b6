// The loops of matrix.h, compiled once for each kind of vectors; the widest that the machine has is
// chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kronik {

// Rows of whole numbers by some columns of a matrix of whole numbers.
struct WholeProduct {
  const int16_t* rows = nullptr;  // `count` of them, 2 * `pairs` numbers each
  const float* scales = nullptr;  // of each row
  size_t count = 0, pairs = 0;
  const int16_t* panel = nullptr;  // for each pair, the two numbers of each column side by side
  size_t columns = 0;              // a multiple of kLane, at most kPanel
  float* out = nullptr;            // to which sum * scale is added
  size_t out_stride = 0;           // floats
};

// A width of vectors. For what each function does see matrix.h.
struct Kernels {
  const char* name;
  void (*multiply_add)(const float* a, size_t a_stride, size_t rows, size_t inner,
                       const float* packed, size_t columns, float* out, size_t out_stride);
  void (*multiply_add_whole)(const WholeProduct& product);
  // Rounds a row to whole numbers of at most `most`; returns what one of them stands for.
  float (*round)(const float* row, size_t count, float most, int16_t* whole);
  void (*squash)(float* values, size_t count);
  void (*add_floats)(const float* from, float by, size_t count, float* to);
  void (*add_bytes)(const signed char* from, float by, size_t count, float* to);
  void (*sum_rows)(const float* const* rows, size_t count, size_t width, float* out);
  void (*rectify)(float* values, size_t count);
  void (*pool)(const float* gates, size_t width, float* memory, float* out);
  size_t (*largest)(const float* values, size_t count);
};

// Those that this machine can run, the fastest last. All give the same to the last bit.
std::vector<const Kernels*> MachineKernels();
const Kernels& BestKernels();

}  // namespace kronik
