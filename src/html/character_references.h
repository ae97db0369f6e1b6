// Character references: "&amp;", "&#233;", "&#xE9;".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kronik::html {

struct CharacterReference {
  size_t length = 0;  // bytes of the input that it takes; 0: the ampersand is only an ampersand
  size_t size = 0;    // bytes of `text`
  char text[8] = {};  // UTF-8, no terminator

  std::string_view view() const { return {text, size}; }
};

// The reference that `input` starts with; input[0] is '&'. In an attribute's value a name without
// its semicolon is none where a letter, a digit or '=' follows (HTML standard, 13.2.5.72 on).
CharacterReference ReadCharacterReference(std::string_view input, bool in_attribute);

}  // namespace kronik::html
