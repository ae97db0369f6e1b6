// The bodies of the kernels, for one kind of vectors. Only files that are compiled for a kind
// include this; since each is compiled for other machines, nothing here may be shared between them:
// no inline function of the standard library, all in an unnamed namespace.
#pragma once

#include "parse/kernels.h"
#include "parse/matrix.h"

namespace kronik {
namespace {

#define KRONIK_INLINE inline __attribute__((always_inline))

template <typename Number, size_t kNumbers>
struct VectorOf {
  typedef Number Type
      __attribute__((vector_size(kNumbers * sizeof(Number)), aligned(2), may_alias));
};

// `Machine` has kFloats, how many floats are in a vector; kRows, how many rows times two vectors of
// sums fit the registers; and Dot(sum, a, b), which adds to each int32 of `sum` the products of the
// two int16 that a and b have in its place.
template <typename Machine>
struct Loops {
  static constexpr size_t kFloats = Machine::kFloats;
  using Floats = typename VectorOf<float, kFloats>::Type;
  using Wholes = typename VectorOf<int32_t, kFloats>::Type;

  // kRows rows of `out` by kWide vectors of columns, whose sums stay in registers.
  template <size_t kRows, size_t kWide>
  static KRONIK_INLINE void Tile(const float* a, size_t a_stride, size_t inner, const float* b,
                                 size_t b_stride, float* out, size_t out_stride) {
    Floats sum[kRows][kWide];
    for (size_t r = 0; r < kRows; ++r) {
      for (size_t w = 0; w < kWide; ++w) {
        sum[r][w] = *reinterpret_cast<const Floats*>(out + r * out_stride + w * kFloats);
      }
    }
    for (size_t k = 0; k < inner; ++k, b += b_stride) {
      for (size_t r = 0; r < kRows; ++r) {
        const float factor = a[r * a_stride + k];
        for (size_t w = 0; w < kWide; ++w) {
          sum[r][w] += *reinterpret_cast<const Floats*>(b + w * kFloats) * factor;
        }
      }
    }
    for (size_t r = 0; r < kRows; ++r) {
      for (size_t w = 0; w < kWide; ++w) {
        *reinterpret_cast<Floats*>(out + r * out_stride + w * kFloats) = sum[r][w];
      }
    }
  }

  template <size_t kWide>
  static KRONIK_INLINE void Columns(const float* a, size_t a_stride, size_t rows, size_t inner,
                                    const float* b, size_t b_stride, float* out,
                                    size_t out_stride) {
    size_t r = 0;
    for (; r + 4 <= rows; r += 4) {
      Tile<4, kWide>(a + r * a_stride, a_stride, inner, b, b_stride, out + r * out_stride,
                     out_stride);
    }
    for (; r < rows; ++r) {
      Tile<1, kWide>(a + r * a_stride, a_stride, inner, b, b_stride, out + r * out_stride,
                     out_stride);
    }
  }

  static void MultiplyAdd(const float* a, size_t a_stride, size_t rows, size_t inner,
                          const float* packed, size_t columns, float* out, size_t out_stride) {
    for (size_t panel = 0; panel < columns; panel += kPanel) {
      const size_t width = kPanel < columns - panel ? kPanel : columns - panel;
      const float* from = packed + panel * inner;
      size_t c = 0;
      for (; c + 2 * kFloats <= width; c += 2 * kFloats) {
        Columns<2>(a, a_stride, rows, inner, from + c, width, out + panel + c, out_stride);
      }
      for (; c < width; c += kFloats) {
        Columns<1>(a, a_stride, rows, inner, from + c, width, out + panel + c, out_stride);
      }
    }
  }

  template <size_t kRows, size_t kWide>
  static KRONIK_INLINE void WholeTile(const WholeProduct& product, size_t row, size_t column) {
    Wholes sum[kRows][kWide] = {};
    const size_t inner = 2 * product.pairs;
    const int16_t* a = product.rows + row * inner;
    const int16_t* b = product.panel + 2 * column;
    for (size_t k = 0; k < inner; k += 2, b += 2 * product.columns) {
      for (size_t r = 0; r < kRows; ++r) {
        int32_t pair = 0;
        __builtin_memcpy(&pair, a + r * inner + k, sizeof pair);
        const Wholes factor = Wholes{} + pair;
        for (size_t w = 0; w < kWide; ++w) {
          sum[r][w] = Machine::Dot(sum[r][w], factor,
                                   *reinterpret_cast<const Wholes*>(b + 2 * w * kFloats));
        }
      }
    }
    for (size_t r = 0; r < kRows; ++r) {
      for (size_t w = 0; w < kWide; ++w) {
        float* to = product.out + (row + r) * product.out_stride + column + w * kFloats;
        *reinterpret_cast<Floats*>(to) +=
            __builtin_convertvector(sum[r][w], Floats) * product.scales[row + r];
      }
    }
  }

  template <size_t kWide>
  static KRONIK_INLINE void WholeColumns(const WholeProduct& product, size_t column) {
    constexpr size_t kRows = Machine::kRows;
    size_t r = 0;
    for (; r + kRows <= product.count; r += kRows) WholeTile<kRows, kWide>(product, r, column);
    for (; r + 2 <= product.count; r += 2) WholeTile<2, kWide>(product, r, column);
    if (r < product.count) WholeTile<1, kWide>(product, r, column);
  }

  static void MultiplyAddWhole(const WholeProduct& product) {
    size_t c = 0;
    for (; c + 2 * kFloats <= product.columns; c += 2 * kFloats) WholeColumns<2>(product, c);
    for (; c < product.columns; c += kFloats) WholeColumns<1>(product, c);
  }

  static float Round(const float* __restrict row, size_t count, float most,
                     int16_t* __restrict whole) {
    // The bits of floats from 0 up sort as the floats do, and whole numbers have vectors for it.
    uint32_t largest_bits = 0;
    for (size_t i = 0; i < count; ++i) {
      const uint32_t bits = __builtin_bit_cast(uint32_t, row[i]) & 0x7FFFFFFFu;
      largest_bits = bits > largest_bits ? bits : largest_bits;
    }
    const float largest = __builtin_bit_cast(float, largest_bits);
    const bool nothing = largest < 1e-30f;  // whose inverse would be infinite
    const float by = nothing ? 0 : most / largest;
    // At this size a float has no room for a fraction, so that the sum is rounded to the nearest.
    constexpr float kRounds = 0x1.8p23f;
    constexpr int32_t kBits = __builtin_bit_cast(int32_t, kRounds);
    for (size_t i = 0; i < count; ++i) {
      whole[i] = static_cast<int16_t>(__builtin_bit_cast(int32_t, row[i] * by + kRounds) - kBits);
    }
    return nothing ? 0 : largest / most;
  }

  static void Squash(float* __restrict values, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      const float x = values[i];
      values[i] = x / __builtin_sqrtf(1.0f + x * x);
    }
  }

  template <typename From>
  static void AddScaled(const From* __restrict from, float by, size_t count, float* __restrict to) {
    for (size_t i = 0; i < count; ++i) to[i] += static_cast<float>(from[i]) * by;
  }

  static void SumRows(const float* const* rows, size_t count, size_t width, float* __restrict out) {
    constexpr size_t kWide = kLane / kFloats;
    for (size_t at = 0; at < width; at += kLane) {
      Floats sum[kWide];
      for (size_t w = 0; w < kWide; ++w) {
        sum[w] = *reinterpret_cast<const Floats*>(rows[0] + at + w * kFloats);
      }
      for (size_t r = 1; r < count; ++r) {
        for (size_t w = 0; w < kWide; ++w) {
          sum[w] += *reinterpret_cast<const Floats*>(rows[r] + at + w * kFloats);
        }
      }
      for (size_t w = 0; w < kWide; ++w) {
        *reinterpret_cast<Floats*>(out + at + w * kFloats) = sum[w];
      }
    }
  }

  static void Rectify(float* __restrict values, size_t count) {
    for (size_t i = 0; i < count; ++i) values[i] = values[i] > 0.0f ? values[i] : 0.0f;
  }

  static void Pool(const float* __restrict gates, size_t width, float* __restrict memory,
                   float* __restrict out) {
    for (size_t j = 0; j < width; ++j) {
      const float f = 0.5f + 0.5f * gates[width + j];
      const float o = 0.5f + 0.5f * gates[2 * width + j];
      memory[j] = f * memory[j] + (1.0f - f) * gates[j];
      out[j] = o * memory[j];
    }
  }

  static size_t Largest(const float* values, size_t count) {
    float most[kLane];
    for (float& lane : most) lane = values[0];
    size_t at = 0;
    for (; at + kLane <= count; at += kLane) {
      for (size_t l = 0; l < kLane; ++l)
        most[l] = values[at + l] > most[l] ? values[at + l] : most[l];
    }
    for (; at < count; ++at) most[0] = values[at] > most[0] ? values[at] : most[0];
    for (float lane : most) most[0] = lane > most[0] ? lane : most[0];
    size_t first = 0;
    while (first + 1 < count && values[first] != most[0]) ++first;
    return first;
  }

  static constexpr Kernels Make(const char* name) {
    return {name,
            MultiplyAdd,
            MultiplyAddWhole,
            Round,
            Squash,
            AddScaled<float>,
            AddScaled<signed char>,
            SumRows,
            Rectify,
            Pool,
            Largest};
  }
};

}  // namespace
}  // namespace kronik
