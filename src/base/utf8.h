// UTF-8: decoding, checking, case, and the way from byte offsets to code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kronik {

inline constexpr char32_t kReplacement = 0xFFFD;

// Decodes the code point at `at` and moves `at` past it. An ill-formed byte reads as U+FFFD and is
// one byte long. `at` must be below text.size().
char32_t DecodeUtf8(std::string_view text, size_t& at);
// Appends a code point; surrogates and values above U+10FFFF become U+FFFD.
void AppendUtf8(char32_t code_point, std::string& out);

bool IsValidUtf8(std::string_view text);
// Ill-formed sequences become U+FFFD (maximal subparts, as the Unicode standard recommends).
std::string ToValidUtf8(std::string_view text);

// The simple lower-case form (ICU's u_tolower a code point; no locale).
std::string LowerCase(std::string_view text);

bool IsLetter(char32_t code_point);
bool IsUpper(char32_t code_point);
bool IsDigit(char32_t code_point);
bool IsSpace(char32_t code_point);  // White_Space, no-break spaces and zero-width spaces included

// Whether it has two letters or more, all in upper case.
bool AllUpper(std::string_view text);

// The letters and digits alone, in lower case: for comparing lines that differ in form.
std::string LettersAndDigits(std::string_view text);

// White space closed up: runs become one space, ends are taken off.
std::string Squash(std::string_view text);

// Turns byte offsets of one text into code point offsets, in any order, in O(log n).
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  uint32_t At(uint32_t byte_offset) const;

 private:
  // The code points before each 64-byte stretch.
  std::vector<uint32_t> before_;
  std::string_view text_;
};

}  // namespace kronik
