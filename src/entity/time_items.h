// A text as the words, numbers and signs that expressions of time are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entity/time_lexicon.h"

namespace kronik::times {

// One word, or words that the table knows as one, a number or a sign.
struct Item {
  uint32_t start = 0;
  uint32_t end = 0;
  bool glued = false;  // no space before it
  bool word = false;
  bool digits = false;
  bool upper = false;
  char32_t sign = 0;
  int number = -1;
  uint8_t length = 0;  // of a number, in digits
  std::string key;     // of a word
  const Entry* entries[2] = {nullptr, nullptr};

  std::optional<int> Get(Class what) const {
    for (const Entry* entry : entries) {
      if (entry == nullptr) continue;
      for (const Meaning& meaning : *entry) {
        if (meaning.what == what) return meaning.value;
      }
    }
    return std::nullopt;
  }
  bool Is(Class what) const { return Get(what).has_value(); }
};

// Linear in the length of the text.
std::vector<Item> Lex(const Language& language, std::string_view text);

}  // namespace kronik::times
