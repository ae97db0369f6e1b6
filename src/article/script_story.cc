#include "article/script_story.h"

#include <cstdint>
#include <string_view>

#include "base/utf8.h"

namespace kronik {
namespace {

using html::Tag;

constexpr size_t kMinParagraphs = 2;
constexpr size_t kMinBytes = 400;

// The four hex digits of \uXXXX, or -1.
int Hex4(std::string_view text, size_t at) {
  if (at + 4 > text.size()) return -1;
  int value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Reads a JSON string from behind its opening quote; `at` ends behind the closing one.
std::string ReadString(std::string_view text, size_t& at) {
  std::string out;
  while (at < text.size() && text[at] != '"') {
    if (text[at] != '\\' || at + 1 >= text.size()) {
      out += text[at++];
      continue;
    }
    const char c = text[at + 1];
    at += 2;
    switch (c) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
      case 'b':
      case 'f':
        out += ' ';
        break;
      case 'u': {
        const int unit = Hex4(text, at);
        if (unit < 0) break;
        at += 4;
        auto code = static_cast<char32_t>(unit);
        if (code >= 0xD800 && code < 0xDC00 && text.substr(at, 2) == "\\u") {
          const int low = Hex4(text, at + 2);
          if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (static_cast<char32_t>(low) - 0xDC00);
            at += 6;
          }
        }
        AppendUtf8(code, out);
        break;
      }
      default:
        out += c;
    }
  }
  ++at;
  return out;
}

size_t CountParagraphs(std::string_view html) {
  size_t count = 0;
  for (size_t at = html.find("<p"); at != std::string_view::npos; at = html.find("<p", at + 2)) {
    if (at + 2 < html.size() && (html[at + 2] == '>' || html[at + 2] == ' ')) ++count;
  }
  return count;
}

}  // namespace

std::string FindScriptStory(const html::Tree& tree) {
  std::string best;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != Tag::kScript) continue;
    const std::string script = tree.Text(i);
    if (script.find("<p") == std::string::npos && script.find("u003cp") == std::string::npos &&
        script.find("u003Cp") == std::string::npos) {
      continue;
    }
    for (size_t at = script.find('"'); at != std::string::npos; at = script.find('"', at)) {
      const std::string text = ReadString(script, ++at);
      if (text.size() > best.size() && text.size() >= kMinBytes &&
          CountParagraphs(text) >= kMinParagraphs) {
        best = text;
      }
    }
  }
  return best;
}

}  // namespace kronik
