// Any bytes as a robots.txt, and its last line as a path that is asked for.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fetch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t last = bytes.rfind('\n');
  const std::string_view text = bytes.substr(0, last == std::string_view::npos ? 0 : last);
  const std::string_view path = last == std::string_view::npos ? bytes : bytes.substr(last + 1);
  const kronik::Robots robots = kronik::Robots::Parse(text, "kronik/1.0");
  const bool allowed = robots.Allows(path);
  if (robots.Allows(path) != allowed) std::abort();
  if (!robots.Allows("/robots.txt")) std::abort();
  if (!std::isfinite(robots.crawl_delay_s()) || robots.crawl_delay_s() < 0) std::abort();
  return 0;
}
