// For machines without a file of their own here.
#include "parse/kernel_loops.h"

namespace kronik {
namespace {

struct Plain {
  static constexpr size_t kFloats = 4, kRows = 2;
  using Wholes = VectorOf<int32_t, kFloats>::Type;
  static KRONIK_INLINE Wholes Dot(Wholes sum, Wholes a, Wholes b) {
    return sum + ((a << 16) >> 16) * ((b << 16) >> 16) + (a >> 16) * (b >> 16);
  }
};

}  // namespace

extern const Kernels kPlainKernels = Loops<Plain>::Make("plain");

}  // namespace kronik
