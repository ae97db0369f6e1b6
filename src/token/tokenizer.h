// The tokens and sentences of one block of text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "token/rules.h"

namespace kronik {

// A word: bytes of the text it was cut from.
struct Cut {
  uint32_t start = 0;
  uint32_t end = 0;
  uint8_t mwt = 0;  // as in Token
  bool space_before = false;
  bool line_before = false;   // a line break lies before it
  bool abbreviation = false;  // ends with a dot of its own
  bool may_end = false;       // an abbreviation that a sentence may end with
};

// The words of text[start, end), in order. Valid UTF-8 only.
std::vector<Cut> CutTokens(const TokenRules& rules, std::string_view text, uint32_t start,
                           uint32_t end);

// The index of each sentence's first word. `by_line`: every line is a sentence of its own.
std::vector<uint32_t> CutSentences(const TokenRules& rules, std::string_view text,
                                   const std::vector<Cut>& words, bool by_line);

}  // namespace kronik
