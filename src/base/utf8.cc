#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>

namespace kronik {
namespace {

constexpr uint32_t kStretch = 64;

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The length of the well-formed sequence at `at`, or 0; `bad` gets the length of the ill-formed
// maximal subpart.
size_t SequenceLength(std::string_view text, size_t at, size_t& bad) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  bad = 1;
  unsigned char lead = byte(at);
  if (lead < 0x80) return 1;
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (size_t i = 1; i < length; ++i) {
    if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high) return 0;
    low = 0x80, high = 0xBF;
    bad = i + 1;
  }
  return length;
}

// The first byte from `at` on that is not ASCII, found eight bytes at a time.
size_t SkipAscii(std::string_view text, size_t at) {
  for (uint64_t word; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

char32_t DecodeUtf8(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(at) < 0x80) return byte(at++);
  size_t bad = 1;
  size_t length = SequenceLength(text, at, bad);
  size_t start = at;
  at += length == 0 ? 1 : length;
  switch (length) {
    case 2:
      return static_cast<char32_t>((byte(start) & 0x1F) << 6 | (byte(start + 1) & 0x3F));
    case 3:
      return static_cast<char32_t>((byte(start) & 0x0F) << 12 | (byte(start + 1) & 0x3F) << 6 |
                                   (byte(start + 2) & 0x3F));
    case 4:
      return static_cast<char32_t>((byte(start) & 0x07) << 18 | (byte(start + 1) & 0x3F) << 12 |
                                   (byte(start + 2) & 0x3F) << 6 | (byte(start + 3) & 0x3F));
    default:
      return kReplacement;
  }
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool IsValidUtf8(std::string_view text) {
  size_t bad = 0;
  for (size_t at = 0; (at = SkipAscii(text, at)) < text.size();) {
    size_t length = SequenceLength(text, at, bad);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string ToValidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  size_t bad = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t ascii = SkipAscii(text, at);
    out.append(text, at, ascii - at);
    at = ascii;
    if (at == text.size()) break;
    size_t length = SequenceLength(text, at, bad);
    if (length == 0) {
      AppendUtf8(kReplacement, out);
      at += bad;
    } else {
      out.append(text, at, length);
      at += length;
    }
  }
  return out;
}

std::string LowerCase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      ++at;
    } else {
      AppendUtf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(DecodeUtf8(text, at)))), out);
    }
  }
  return out;
}

bool IsLetter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }
bool IsUpper(char32_t c) { return u_isupper(static_cast<UChar32>(c)); }
bool IsDigit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)); }
bool IsSpace(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0x200B || c == 0xFEFF;
}

bool AllUpper(std::string_view text) {
  size_t letters = 0;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (!IsLetter(c)) continue;
    if (!IsUpper(c)) return false;
    ++letters;
  }
  return letters >= 2;
}

std::string LettersAndDigits(std::string_view text) {
  std::string out;
  const std::string lower = LowerCase(text);
  for (size_t at = 0; at < lower.size();) {
    const char32_t c = DecodeUtf8(lower, at);
    if (IsLetter(c) || IsDigit(c)) AppendUtf8(c, out);
  }
  return out;
}

std::string Squash(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (size_t at = 0; at < text.size();) {
    size_t start = at;
    char32_t c = DecodeUtf8(text, at);
    if (IsSpace(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out.append(text, start, at - start);
  }
  return out;
}

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  before_.reserve(text.size() / kStretch + 1);
  uint32_t count = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (at % kStretch == 0) before_.push_back(count);
    count += !IsContinuation(text[at]);
  }
  if (text.size() % kStretch == 0) before_.push_back(count);
}

uint32_t CodePointIndex::At(uint32_t byte_offset) const {
  byte_offset = std::min(byte_offset, static_cast<uint32_t>(text_.size()));
  uint32_t stretch = byte_offset / kStretch;
  uint32_t count = before_[stretch];
  for (uint32_t at = stretch * kStretch; at < byte_offset; ++at)
    count += !IsContinuation(text_[at]);
  return count;
}

}  // namespace kronik
