#include "parse/matrix.h"

#include <algorithm>
#include <cmath>

// Compiled once for each width of vectors; the widest that the machine has is chosen at the first
// call. CMakeLists.txt turns fused multiplication off, which would round differently.
#if defined(__x86_64__)
#define KRONIK_TARGETS 1
#endif

namespace kronik {
namespace {

constexpr size_t kPanel = 2 * kLane;  // columns that Pack() keeps together

#define KRONIK_INLINE inline __attribute__((always_inline))

template <size_t kFloats>
struct VectorOf {
  typedef float Type __attribute__((vector_size(kFloats * sizeof(float)), aligned(4), may_alias));
};

// kRows rows of `out` by `kWide` vectors of columns, whose sums stay in registers.
template <size_t kFloats, size_t kRows, size_t kWide>
KRONIK_INLINE void Tile(const float* a, size_t a_stride, size_t inner, const float* b,
                        size_t b_stride, float* out, size_t out_stride) {
  using Vector = typename VectorOf<kFloats>::Type;
  Vector sum[kRows][kWide];
  for (size_t r = 0; r < kRows; ++r) {
    for (size_t w = 0; w < kWide; ++w) {
      sum[r][w] = *reinterpret_cast<const Vector*>(out + r * out_stride + w * kFloats);
    }
  }
  for (size_t k = 0; k < inner; ++k, b += b_stride) {
    for (size_t r = 0; r < kRows; ++r) {
      const float factor = a[r * a_stride + k];
      for (size_t w = 0; w < kWide; ++w) {
        sum[r][w] += *reinterpret_cast<const Vector*>(b + w * kFloats) * factor;
      }
    }
  }
  for (size_t r = 0; r < kRows; ++r) {
    for (size_t w = 0; w < kWide; ++w) {
      *reinterpret_cast<Vector*>(out + r * out_stride + w * kFloats) = sum[r][w];
    }
  }
}

template <size_t kFloats, size_t kWide>
KRONIK_INLINE void Columns(const float* a, size_t a_stride, size_t rows, size_t inner,
                           const float* b, size_t b_stride, float* out, size_t out_stride) {
  size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    Tile<kFloats, 4, kWide>(a + r * a_stride, a_stride, inner, b, b_stride, out + r * out_stride,
                            out_stride);
  }
  for (; r < rows; ++r) {
    Tile<kFloats, 1, kWide>(a + r * a_stride, a_stride, inner, b, b_stride, out + r * out_stride,
                            out_stride);
  }
}

template <size_t kFloats>
KRONIK_INLINE void MultiplyAddWith(const float* a, size_t a_stride, size_t rows, size_t inner,
                                   const float* b, size_t columns, bool packed, float* out,
                                   size_t out_stride) {
  for (size_t panel = 0; panel < columns; panel += kPanel) {
    const size_t width = std::min(kPanel, columns - panel);
    const float* from = packed ? b + panel * inner : b + panel;
    const size_t b_stride = packed ? width : columns;
    size_t c = 0;
    for (; c + 2 * kFloats <= width; c += 2 * kFloats) {
      Columns<kFloats, 2>(a, a_stride, rows, inner, from + c, b_stride, out + panel + c,
                          out_stride);
    }
    for (; c < width; c += kFloats) {
      Columns<kFloats, 1>(a, a_stride, rows, inner, from + c, b_stride, out + panel + c,
                          out_stride);
    }
  }
}

KRONIK_INLINE void SquashWith(float* __restrict values, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const float x = values[i];
    values[i] = x / std::sqrt(1.0f + x * x);
  }
}

template <typename From>
KRONIK_INLINE void AddScaledWith(const From* __restrict from, float by, size_t count,
                                 float* __restrict to) {
  for (size_t i = 0; i < count; ++i) to[i] += static_cast<float>(from[i]) * by;
}

KRONIK_INLINE void RectifyWith(float* __restrict values, size_t count) {
  for (size_t i = 0; i < count; ++i) values[i] = values[i] > 0.0f ? values[i] : 0.0f;
}

KRONIK_INLINE void PoolWith(const float* __restrict gates, size_t width, float* __restrict memory,
                            float* __restrict out) {
  for (size_t j = 0; j < width; ++j) {
    const float f = 0.5f + 0.5f * gates[width + j];
    const float o = 0.5f + 0.5f * gates[2 * width + j];
    memory[j] = f * memory[j] + (1.0f - f) * gates[j];
    out[j] = o * memory[j];
  }
}

struct Kernels {
  void (*multiply_add)(const float*, size_t, size_t, size_t, const float*, size_t, bool, float*,
                       size_t);
  void (*squash)(float*, size_t);
  void (*add_floats)(const float*, float, size_t, float*);
  void (*add_bytes)(const signed char*, float, size_t, float*);
  void (*rectify)(float*, size_t);
  void (*pool)(const float*, size_t, float*, float*);
};

#define KRONIK_KERNELS(name, attribute, floats)                                                \
  attribute void MultiplyAdd##name(const float* a, size_t a_stride, size_t rows, size_t inner, \
                                   const float* b, size_t columns, bool packed, float* out,    \
                                   size_t stride) {                                            \
    MultiplyAddWith<floats>(a, a_stride, rows, inner, b, columns, packed, out, stride);        \
  }                                                                                            \
  attribute void Squash##name(float* values, size_t count) { SquashWith(values, count); }      \
  attribute void AddFloats##name(const float* from, float by, size_t count, float* to) {       \
    AddScaledWith(from, by, count, to);                                                        \
  }                                                                                            \
  attribute void AddBytes##name(const signed char* from, float by, size_t count, float* to) {  \
    AddScaledWith(from, by, count, to);                                                        \
  }                                                                                            \
  attribute void Rectify##name(float* values, size_t count) { RectifyWith(values, count); }    \
  attribute void Pool##name(const float* gates, size_t width, float* memory, float* out) {     \
    PoolWith(gates, width, memory, out);                                                       \
  }                                                                                            \
  constexpr Kernels kKernels##name = {MultiplyAdd##name, Squash##name,  AddFloats##name,       \
                                      AddBytes##name,    Rectify##name, Pool##name};

KRONIK_KERNELS(Plain, , 4)
#if KRONIK_TARGETS
KRONIK_KERNELS(Avx2, __attribute__((target("avx2"))), 8)
KRONIK_KERNELS(Avx512, __attribute__((target("avx512f,avx512bw,avx512vl"))), 16)
#endif

const Kernels& Chosen() {
  static const Kernels& kChosen = []() -> const Kernels& {
#if KRONIK_TARGETS
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl")) {
      return kKernelsAvx512;
    }
    if (__builtin_cpu_supports("avx2")) return kKernelsAvx2;
#endif
    return kKernelsPlain;
  }();
  return kChosen;
}

}  // namespace

void MultiplyAdd(const float* a, size_t a_stride, size_t rows, size_t inner, const float* b,
                 size_t columns, float* out, size_t out_stride) {
  Chosen().multiply_add(a, a_stride, rows, inner, b, columns, false, out, out_stride);
}
void MultiplyAddPacked(const float* a, size_t a_stride, size_t rows, size_t inner,
                       const float* packed, size_t columns, float* out, size_t out_stride) {
  Chosen().multiply_add(a, a_stride, rows, inner, packed, columns, true, out, out_stride);
}
void Pack(const float* b, size_t inner, size_t columns, float* packed) {
  for (size_t panel = 0; panel < columns; panel += kPanel) {
    const size_t width = std::min(kPanel, columns - panel);
    for (size_t k = 0; k < inner; ++k) {
      packed = std::copy_n(b + k * columns + panel, width, packed);
    }
  }
}
void Squash(float* values, size_t count) { Chosen().squash(values, count); }
void AddScaled(const float* from, float by, size_t count, float* to) {
  Chosen().add_floats(from, by, count, to);
}
void AddScaled(const signed char* from, float by, size_t count, float* to) {
  Chosen().add_bytes(from, by, count, to);
}
void Rectify(float* values, size_t count) { Chosen().rectify(values, count); }
void Pool(const float* gates, size_t width, float* memory, float* out) {
  Chosen().pool(gates, width, memory, out);
}

}  // namespace kronik
