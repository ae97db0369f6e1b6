// x86-64 with the F, BW, VL and VNNI parts of AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>

#include "parse/kernel_loops.h"

namespace kronik {
namespace {

struct Vnni {
  static constexpr size_t kFloats = 16, kRows = 8;
  using Wholes = VectorOf<int32_t, kFloats>::Type;
  static KRONIK_INLINE Wholes Dot(Wholes sum, Wholes a, Wholes b) {
    return (Wholes)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)a, (__m512i)b);
  }
};

}  // namespace

extern const Kernels kVnniKernels = Loops<Vnni>::Make("vnni");

}  // namespace kronik

#endif
