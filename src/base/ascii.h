// Small things over bytes that are ASCII where it matters: header fields, markup.
#pragma once

#include <string>
#include <string_view>

namespace kronik {

// A to Z in lower case; every other byte as it is.
std::string AsciiLower(std::string_view text);

// Without the characters of `chars`, by default blanks, tabs and line ends, at both ends.
std::string_view TrimAscii(std::string_view text, std::string_view chars = " \t\r\n");

// Appends text as XML and HTML show it, in an element or in a quoted attribute's value.
void AppendEscaped(std::string_view text, std::string& out);

}  // namespace kronik
