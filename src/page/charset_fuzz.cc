// Any bytes become valid UTF-8, whatever their charset is said to be.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"
#include "page/charset.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // Up to the first line end it is the header's value.
  const size_t line = std::min(bytes.find('\n'), bytes.size());
  std::string converted;
  const kronik::Result<std::string_view> text =
      kronik::ToUtf8(bytes.substr(line), bytes.substr(0, line), converted);
  if (!text || !kronik::IsValidUtf8(*text)) std::abort();
  return 0;
}
