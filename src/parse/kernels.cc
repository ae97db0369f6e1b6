#include "parse/kernels.h"

namespace kronik {

extern const Kernels kPlainKernels;
#if defined(__x86_64__)
extern const Kernels kSse2Kernels, kAvx2Kernels, kAvx512Kernels, kVnniKernels;
#endif

std::vector<const Kernels*> MachineKernels() {
  std::vector<const Kernels*> kernels = {&kPlainKernels};
#if defined(__x86_64__)
  kernels.push_back(&kSse2Kernels);
  if (__builtin_cpu_supports("avx2")) kernels.push_back(&kAvx2Kernels);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    kernels.push_back(&kAvx512Kernels);
    if (__builtin_cpu_supports("avx512vnni")) kernels.push_back(&kVnniKernels);
  }
#endif
  return kernels;
}

const Kernels& BestKernels() {
  static const Kernels& kBest = *MachineKernels().back();
  return kBest;
}

}  // namespace kronik
