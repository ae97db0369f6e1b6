// From the bytes of a page to UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "kronik/result.h"

namespace kronik {

// The page in valid UTF-8, without a byte order mark. The charset is, in this order: that of a byte
// order mark, of `content_type` (an HTTP header's value, may be empty), of a <meta> in the first
// 4096 bytes, UTF-8 if the bytes are valid as such, windows-1252. A declared charset is not
// believed where it denied by bytes that are valid UTF-8 beyond ASCII.
// What can't be converted becomes U+FFFD. Error: kLimit, over 64 MB.
Result<std::string> ToUtf8(std::string_view bytes, std::string_view content_type);

}  // namespace kronik
