#include "warc/header_lines.h"

#include <string>

#include "base/ascii.h"

namespace kronik {

size_t EndOfHeader(std::string_view bytes, size_t seen) {
  for (size_t at = seen < 3 ? 0 : seen - 3;; ++at) {
    at = bytes.find('\n', at);
    if (at == std::string_view::npos) return 0;
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
}

void ForEachField(std::string_view header,
                  const std::function<void(std::string_view name, std::string_view value)>& take) {
  std::string name, value;
  const auto flush = [&] {
    if (!name.empty()) take(name, TrimAscii(value));
    name.clear();
  };
  for (size_t line = header.find('\n'); line != std::string_view::npos;) {
    const size_t start = line + 1;
    line = header.find('\n', start);
    const std::string_view text = header.substr(start, line - start);
    if (text.starts_with(' ') || text.starts_with('\t')) {
      value += ' ';
      value += TrimAscii(text);
      continue;
    }
    flush();
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    name = AsciiLower(TrimAscii(text.substr(0, colon)));
    value = text.substr(colon + 1);
  }
  flush();
}

}  // namespace kronik
