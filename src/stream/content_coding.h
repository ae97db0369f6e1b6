// Content codings of HTTP (RFC 9110, section 8.4.1).
#pragma once

#include <string>
#include <string_view>

#include "kronik/result.h"

namespace kronik {

// Undoes the codings in a Content-Encoding header's value ("gzip", "deflate, br"): gzip, deflate
// (with zlib's header or without), br and zstd; identity is nothing.
//
// Archives often hold a body that is decoded already under the header of its coding, and bodies
// that were cut short: bytes that don't begin as the coding says come back as they are, and of a
// body cut short comes what there is.
// Errors: kUnsupported for another coding; kInvalidInput where nothing can be decoded; kLimit for
// more than `max_bytes`, or over three codings.
Result<std::string> DecodeContent(std::string_view codings, std::string body, size_t max_bytes);

}  // namespace kronik
