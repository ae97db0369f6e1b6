#include "page/charset.h"

#include <unicode/ucnv.h>

#include <algorithm>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kMaxBytes = size_t{64} << 20;
constexpr size_t kPrescan = 4096;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

// The label after "charset=" from `at` on, in text of lower case.
std::string LabelAfter(const std::string& text, size_t at) {
  while ((at = text.find("charset", at)) != std::string::npos) {
    at += 7;
    size_t i = text.find_first_not_of(" \t\r\n", at);
    if (i == std::string::npos || text[i] != '=') continue;
    i = text.find_first_not_of(" \t\r\n\"'", i + 1);
    if (i == std::string::npos) break;
    size_t end = text.find_first_of(" \t\r\n\"';/>", i);
    return text.substr(i, std::min(end, text.size()) - i);
  }
  return {};
}

std::string MetaLabel(std::string_view bytes) {
  std::string head = Lower(bytes.substr(0, kPrescan));
  for (size_t at = 0; (at = head.find("<meta", at)) != std::string::npos; at += 5) {
    std::string label = LabelAfter(head.substr(0, std::min(head.find('>', at), head.size())), at);
    // A page whose <meta> could be read isn't in UTF-16, whatever it says.
    if (!label.empty()) return label.starts_with("utf-16") ? "utf-8" : label;
  }
  return {};
}

// As browsers do: labels of Latin-1 and ASCII mean windows-1252, and a few more are supersets.
std::string Canonical(const std::string& label) {
  for (std::string_view name :
       {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"}) {
    if (label == name) return "windows-1252";
  }
  if (label == "iso-8859-9") return "windows-1254";
  if (label == "gb2312" || label == "gbk") return "gb18030";
  if (label == "shift_jis" || label == "x-sjis") return "windows-31j";
  if (label == "euc-kr" || label == "ks_c_5601-1987") return "windows-949";
  if (label == "utf8") return "utf-8";
  return label;
}

bool HasHighBytes(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

// Empty where ICU doesn't know the charset.
std::string Convert(std::string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* from = ucnv_open(charset.c_str(), &status);
  if (U_FAILURE(status)) return {};
  UErrorCode to_status = U_ZERO_ERROR;
  UConverter* to = ucnv_open("UTF-8", &to_status);
  std::string out;
  if (U_SUCCESS(to_status)) {
    UChar pivot[1024];
    UChar* pivot_source = pivot;
    UChar* pivot_target = pivot;
    const char* source = bytes.data();
    bool reset = true;
    char buffer[8192];
    do {
      char* target = buffer;
      status = U_ZERO_ERROR;
      ucnv_convertEx(to, from, &target, buffer + sizeof(buffer), &source,
                     bytes.data() + bytes.size(), pivot, &pivot_source, &pivot_target, pivot + 1024,
                     reset, true, &status);
      out.append(buffer, target);
      reset = false;
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(to);
  }
  ucnv_close(from);
  return out;
}

}  // namespace

Result<std::string> ToUtf8(std::string_view bytes, std::string_view content_type) {
  if (bytes.size() > kMaxBytes) return Error{ErrorCode::kLimit, "the page has more than 64 MB", ""};
  if (bytes.starts_with("\xEF\xBB\xBF")) return ToValidUtf8(bytes.substr(3));
  if (bytes.starts_with("\xFE\xFF")) return ToValidUtf8(Convert(bytes.substr(2), "UTF-16BE"));
  if (bytes.starts_with("\xFF\xFE")) return ToValidUtf8(Convert(bytes.substr(2), "UTF-16LE"));
  bool valid = IsValidUtf8(bytes);
  if (valid && HasHighBytes(bytes)) return std::string(bytes);
  std::string label = LabelAfter(Lower(content_type), 0);
  if (label.empty()) label = MetaLabel(bytes);
  label = Canonical(label);
  if (label == "utf-8" || (label.empty() && valid)) return ToValidUtf8(bytes);
  if (!label.empty()) {
    std::string out = Convert(bytes, label);
    if (!out.empty() || bytes.empty()) return ToValidUtf8(out);
    if (valid) return std::string(bytes);
  }
  return ToValidUtf8(Convert(bytes, "windows-1252"));
}

}  // namespace kronik
