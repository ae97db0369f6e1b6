// Any bytes as a dictionary of PETRARCH: sets within sets don't grow beyond bounds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gazetteer/petrarch.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto entries =
      kronik::ReadPetrarch({reinterpret_cast<const char*>(data), size}, "dictionary");
  if (!entries) return 0;
  for (const kronik::PetrarchEntry& entry : *entries) {
    if (entry.codes.empty()) std::abort();
  }
  return 0;
}
