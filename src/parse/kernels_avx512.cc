// x86-64 with the F, BW and VL parts of AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>

#include "parse/kernel_loops.h"

namespace kronik {
namespace {

struct Avx512 {
  static constexpr size_t kFloats = 16, kRows = 8;
  using Wholes = VectorOf<int32_t, kFloats>::Type;
  static KRONIK_INLINE Wholes Dot(Wholes sum, Wholes a, Wholes b) {
    return sum + (Wholes)_mm512_madd_epi16((__m512i)a, (__m512i)b);
  }
};

}  // namespace

extern const Kernels kAvx512Kernels = Loops<Avx512>::Make("avx512");

}  // namespace kronik

#endif
