// Every x86-64.
#if defined(__x86_64__)
#include <immintrin.h>

#include "parse/kernel_loops.h"

namespace kronik {
namespace {

struct Sse2 {
  static constexpr size_t kFloats = 4, kRows = 4;
  using Wholes = VectorOf<int32_t, kFloats>::Type;
  static KRONIK_INLINE Wholes Dot(Wholes sum, Wholes a, Wholes b) {
    return sum + (Wholes)_mm_madd_epi16((__m128i)a, (__m128i)b);
  }
};

}  // namespace

extern const Kernels kSse2Kernels = Loops<Sse2>::Make("sse2");

}  // namespace kronik

#endif
