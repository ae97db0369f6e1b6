// From the bytes of a page to UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "kronik/result.h"

namespace kronik {

// The name of the encoding that a label means ("latin1" -> "windows-1252"), by the Encoding
// Standard's table (section 4.2), or empty.
std::string_view EncodingOf(std::string_view label);

// The encoding that the page states: by a byte order mark, else by `content_type` (an HTTP header's
// value, may be empty), else by a <meta> (HTML standard, 13.2.3.2; the standard looks for it in the
// first 1024 bytes, but lets a later one change the encoding). Empty where none is stated.
std::string_view StatedEncoding(std::string_view bytes, std::string_view content_type);

// The page in valid UTF-8: `bytes` themselves where they are that, else `converted`, without a byte
// order mark. Its encoding is what it states; a stated one is not believed where it is denied by
// bytes that are valid UTF-8 beyond ASCII. Where none is stated, it is UTF-8 if the bytes are valid
// as such, else what ICU's detector finds, else windows-1252. What can't be converted becomes
// U+FFFD. Error: kLimit, over 64 MB.
Result<std::string_view> ToUtf8(std::string_view bytes, std::string_view content_type,
                                std::string& converted);

}  // namespace kronik
