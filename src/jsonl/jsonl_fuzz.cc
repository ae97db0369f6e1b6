// Any bytes as a line of JSONL.
#include <cstdint>
#include <string_view>

#include "jsonl/jsonl.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  kronik::LooksLikeJsonLines(bytes);
  const kronik::Result<kronik::Input> input = kronik::ReadJsonLine(bytes);
  // What stands in a line is no larger than the line.
  if (input && input->bytes.size() > size) __builtin_trap();
  return 0;
}
