// The parts of a word's form that the tagger, lemmatiser and parser look at, as hashes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kronik {

struct Word {
  std::string lower;
  uint64_t raw = 0;   // the form as written
  uint64_t norm = 0;  // lower case, digits closed up to '0'
  uint64_t shape = 0;
  std::array<uint64_t, 4> prefix{};  // 1 to 4 bytes of the lower-case form; 0 where it is shorter
  std::array<uint64_t, 5> suffix{};
  bool upper = false;  // starts with a capital
};

Word MakeWord(std::string_view form);

}  // namespace kronik
