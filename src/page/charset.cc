#include "page/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kMaxBytes = size_t{64} << 20;
constexpr size_t kDetect = 65536;       // bytes that the detector looks at
constexpr int32_t kMinConfidence = 50;  // of 100, of the detector

// ---- labels ------------------------------------------------------------------------------------

struct Encoding {
  std::string_view name;
  const char* converter;  // ICU's name
  std::string_view labels;
};

// The Encoding Standard's table of names and labels.
constexpr Encoding kEncodings[] = {
    {"UTF-8", "UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
    {"IBM866", "ibm-866", "866 cp866 csibm866 ibm866"},
    {"ISO-8859-2", "iso-8859-2",
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    {"ISO-8859-3", "iso-8859-3",
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    {"ISO-8859-4", "iso-8859-4",
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    {"ISO-8859-5", "iso-8859-5",
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 "
     "iso_8859-5:1988"},
    {"ISO-8859-6", "iso-8859-6",
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
     "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {"ISO-8859-7", "iso-8859-7",
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
     "iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {"ISO-8859-8", "iso-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
     "iso_8859-8 iso_8859-8:1988 visual"},
    {"ISO-8859-8-I", "iso-8859-8", "csiso88598i iso-8859-8-i logical"},
    {"ISO-8859-10", "iso-8859-10",
     "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"ISO-8859-13", "iso-8859-13", "iso-8859-13 iso8859-13 iso885913"},
    {"ISO-8859-14", "iso-8859-14", "iso-8859-14 iso8859-14 iso885914"},
    {"ISO-8859-15", "iso-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    {"ISO-8859-16", "iso-8859-16", "iso-8859-16"},
    {"KOI8-R", "koi8-r", "cskoi8r koi koi8 koi8-r koi8_r"},
    {"KOI8-U", "koi8-u", "koi8-ru koi8-u"},
    {"macintosh", "macintosh", "csmacintosh mac macintosh x-mac-roman"},
    {"windows-874", "windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {"windows-1250", "windows-1250", "cp1250 windows-1250 x-cp1250"},
    {"windows-1251", "windows-1251", "cp1251 windows-1251 x-cp1251"},
    {"windows-1252", "windows-1252",
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
     "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
    {"windows-1253", "windows-1253", "cp1253 windows-1253 x-cp1253"},
    {"windows-1254", "windows-1254",
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 "
     "latin5 windows-1254 x-cp1254"},
    {"windows-1255", "windows-1255", "cp1255 windows-1255 x-cp1255"},
    {"windows-1256", "windows-1256", "cp1256 windows-1256 x-cp1256"},
    {"windows-1257", "windows-1257", "cp1257 windows-1257 x-cp1257"},
    {"windows-1258", "windows-1258", "cp1258 windows-1258 x-cp1258"},
    {"x-mac-cyrillic", "x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"},
    {"GBK", "gb18030",
     "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    {"gb18030", "gb18030", "gb18030"},
    {"Big5", "big5-hkscs", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {"EUC-JP", "euc-jp", "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {"ISO-2022-JP", "iso-2022-jp", "csiso2022jp iso-2022-jp"},
    {"Shift_JIS", "windows-31j",
     "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
    {"EUC-KR", "windows-949",
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
     "ksc_5601 windows-949"},
    // What attackers hide behind; the standard reads them as one U+FFFD.
    {"replacement", nullptr,
     "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement"},
    {"UTF-16BE", "UTF-16BE", "unicodefffe utf-16be"},
    {"UTF-16LE", "UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
    {"x-user-defined", "windows-1252", "x-user-defined"},
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

const Encoding* Find(std::string_view label) {
  while (!label.empty() && IsSpace(label.front())) label.remove_prefix(1);
  while (!label.empty() && IsSpace(label.back())) label.remove_suffix(1);
  if (label.empty() || label.size() > 32) return nullptr;
  const std::string wanted = AsciiLower(label);
  for (const Encoding& encoding : kEncodings) {
    std::string_view rest = encoding.labels;
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(' '), rest.size());
      if (rest.substr(0, end) == wanted) return &encoding;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return nullptr;
}

// The encoding after "charset=" in a header or a <meta>'s content (HTML standard, 2.6.4).
const Encoding* FromContentType(std::string_view text) {
  const std::string lower = AsciiLower(text);
  for (size_t at = 0; (at = lower.find("charset", at)) != std::string::npos;) {
    at += 7;
    size_t i = lower.find_first_not_of(" \t\n\f\r", at);
    if (i == std::string::npos || lower[i] != '=') continue;
    i = lower.find_first_not_of(" \t\n\f\r", i + 1);
    if (i == std::string::npos) break;
    if (lower[i] == '"' || lower[i] == '\'') {
      const size_t end = lower.find(lower[i], i + 1);
      if (end == std::string::npos) break;
      return Find(std::string_view(lower).substr(i + 1, end - i - 1));
    }
    const size_t end = std::min(lower.find_first_of(" \t\n\f\r;", i), lower.size());
    return Find(std::string_view(lower).substr(i, end - i));
  }
  return nullptr;
}

// ---- the prescan -------------------------------------------------------------------------------

// "Prescan a byte stream to determine its encoding" (HTML standard, 13.2.3.2).
class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  const Encoding* Run() {
    for (; !ended(); ++at_) {
      if (bytes_[at_] != '<') continue;
      const std::string_view rest = bytes_.substr(at_);
      const char next = rest.size() > 1 ? rest[1] : '\0';
      if (rest.starts_with("<!--")) {
        const size_t close = bytes_.find("-->", at_ + 2);
        if (close == std::string_view::npos) return nullptr;
        at_ = close + 2;
      } else if (rest.size() > 5 && AsciiLower(rest.substr(0, 5)) == "<meta" &&
                 (IsSpace(rest[5]) || rest[5] == '/')) {
        at_ += 5;
        if (const Encoding* found = Meta()) return found;
        if (ended()) return nullptr;
      } else if (IsAlpha(next) || (next == '/' && rest.size() > 2 && IsAlpha(rest[2]))) {
        at_ = bytes_.find_first_of(" \t\n\f\r>", at_);
        while (!ended() && NextAttribute()) {
        }
      } else if (next == '!' || next == '/' || next == '?') {
        at_ = bytes_.find('>', at_);
      }
      if (ended()) return nullptr;
    }
    return nullptr;
  }

 private:
  bool ended() const { return at_ >= bytes_.size(); }

  const Encoding* Meta() {
    bool pragma = false;
    enum { kUnknown, kYes, kNo } need_pragma = kUnknown;
    const Encoding* charset = nullptr;
    std::vector<std::string> seen;
    while (NextAttribute()) {
      if (std::find(seen.begin(), seen.end(), name_) != seen.end()) continue;
      seen.push_back(name_);
      if (name_ == "http-equiv") {
        pragma |= value_ == "content-type";
      } else if (name_ == "content") {
        const Encoding* found = FromContentType(value_);
        if (found == nullptr || charset != nullptr) continue;
        charset = found;
        need_pragma = kYes;
      } else if (name_ == "charset") {
        charset = Find(value_);
        need_pragma = kNo;
      }
    }
    if (ended() || charset == nullptr || (need_pragma == kYes && !pragma)) return nullptr;
    // A page whose <meta> could be read isn't in UTF-16, whatever it says.
    if (charset->name.starts_with("UTF-16")) return Find("utf-8");
    if (charset->name == "x-user-defined") return Find("windows-1252");
    return charset;
  }

  // "Get an attribute"; false for none, or at the end.
  bool NextAttribute() {
    while (!ended() && (IsSpace(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
    if (ended() || bytes_[at_] == '>') return false;
    name_.clear();
    value_.clear();
    while (true) {
      if (ended()) return false;
      const char c = bytes_[at_];
      if (c == '/' || c == '>') return Lowered();
      if (IsSpace(c) || (c == '=' && !name_.empty())) break;
      name_ += c;
      ++at_;
    }
    while (!ended() && IsSpace(bytes_[at_])) ++at_;
    if (ended()) return false;
    if (bytes_[at_] != '=') return Lowered();
    ++at_;
    while (!ended() && IsSpace(bytes_[at_])) ++at_;
    if (ended()) return false;
    if (const char quote = bytes_[at_]; quote == '"' || quote == '\'') {
      const size_t close = bytes_.find(quote, at_ + 1);
      if (close == std::string_view::npos) {
        at_ = bytes_.size();
        return false;
      }
      value_ = bytes_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
      return Lowered();
    }
    while (true) {
      if (ended()) return false;
      const char c = bytes_[at_];
      if (IsSpace(c) || c == '>') return Lowered();
      value_ += c;
      ++at_;
    }
  }

  bool Lowered() {
    name_ = AsciiLower(name_);
    value_ = AsciiLower(value_);
    return true;
  }

  std::string_view bytes_;
  size_t at_ = 0;
  std::string name_;
  std::string value_;
};

// ---- conversion --------------------------------------------------------------------------------

const Encoding* Stated(std::string_view bytes, std::string_view content_type) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Find("utf-8");
  if (bytes.starts_with("\xFE\xFF")) return Find("utf-16be");
  if (bytes.starts_with("\xFF\xFE")) return Find("utf-16le");
  if (const Encoding* found = FromContentType(content_type)) return found;
  return Prescan(bytes).Run();
}

bool HasHighBytes(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

std::string Detected(std::string_view bytes) {
  bytes = bytes.substr(0, kDetect);
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                      &ucsdet_close);
  if (U_FAILURE(status)) return {};
  ucsdet_enableInputFilter(detector.get(), true);  // not the tags
  ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  if (ucsdet_getConfidence(match, &status) < kMinConfidence) return {};
  const char* name = ucsdet_getName(match, &status);
  return U_FAILURE(status) ? std::string() : name;
}

// Empty where ICU doesn't know the converter.
std::string Convert(std::string_view bytes, const char* converter) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* from = ucnv_open(converter, &status);
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

std::string_view EncodingOf(std::string_view label) {
  const Encoding* found = Find(label);
  return found == nullptr ? std::string_view() : found->name;
}

std::string_view StatedEncoding(std::string_view bytes, std::string_view content_type) {
  const Encoding* found = Stated(bytes, content_type);
  return found == nullptr ? std::string_view() : found->name;
}

Result<std::string_view> ToUtf8(std::string_view bytes, std::string_view content_type,
                                std::string& converted) {
  if (bytes.size() > kMaxBytes) return Error{ErrorCode::kLimit, "the page has more than 64 MB", ""};
  auto valid_of = [&converted](std::string_view text) -> std::string_view {
    return converted = ToValidUtf8(text);
  };
  const bool valid = IsValidUtf8(bytes);
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return valid ? bytes.substr(3) : valid_of(bytes.substr(3));
  }
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE")) {
    return valid_of(Convert(bytes.substr(2), Stated(bytes, {})->converter));
  }
  if (valid && HasHighBytes(bytes)) return bytes;
  const Encoding* stated = Stated(bytes, content_type);
  const bool utf8 = stated != nullptr && stated->name == "UTF-8";
  if (valid && (stated == nullptr || utf8)) return bytes;
  if (utf8) return valid_of(bytes);
  if (stated != nullptr && stated->converter == nullptr) return valid_of("\xEF\xBF\xBD");
  const std::string detected = stated == nullptr ? Detected(bytes) : std::string();
  for (const char* converter : {stated == nullptr ? "" : stated->converter, detected.c_str()}) {
    if (*converter == '\0') continue;
    const std::string out = Convert(bytes, converter);
    if (!out.empty() || bytes.empty()) return valid_of(out);
  }
  return valid_of(Convert(bytes, "windows-1252"));
}

}  // namespace kronik
