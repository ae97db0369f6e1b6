// x86-64 with AVX2.
#if defined(__x86_64__)
#include <immintrin.h>

#include "parse/kernel_loops.h"

namespace kronik {
namespace {

struct Avx2 {
  static constexpr size_t kFloats = 8, kRows = 4;
  using Wholes = VectorOf<int32_t, kFloats>::Type;
  static KRONIK_INLINE Wholes Dot(Wholes sum, Wholes a, Wholes b) {
    return sum + (Wholes)_mm256_madd_epi16((__m256i)a, (__m256i)b);
  }
};

}  // namespace

extern const Kernels kAvx2Kernels = Loops<Avx2>::Make("avx2");

}  // namespace kronik

#endif
