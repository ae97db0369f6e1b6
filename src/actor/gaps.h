// Gaps: what stands before a place of a text, and between two of its parts. The words allowed there
// are lists of data/lang/<code>/reference.tsv.
#pragma once

#include <string_view>

#include "actor/phrase.h"

namespace kronik {

class Gaps {
 public:
  explicit Gaps(std::string_view text) : text_(text) {}

  // The word before a byte; a hyphen or a quotation mark between them is passed over.
  std::string_view WordBefore(uint32_t at) const;
  // The letters a to z behind the one byte `by` at a byte; empty where it is another.
  std::string_view WordAfter(uint32_t at, char by) const;
  // Whether a word of the list `key` is one of the `words` words before `at`, with only words of
  // `between`, or capitalised ones (for "former"), after it.
  bool Before(const ActorLanguage& language, std::string_view key, std::string_view between,
              uint32_t at, int words) const;
  // Whether a word of the list `key` follows right behind `at`: "the Iraqi border".
  bool Followed(const ActorLanguage& language, std::string_view key, uint32_t at) const;
  // Whether only modifiers (at most three) and, where allowed, a possessive ending stand between.
  bool Adjacent(const ActorLanguage& language, const Item& a, const Item& b, bool possessive) const;
  // Whether a word of the list `key` stands between, with nothing but a determiner and modifiers.
  bool Between(const ActorLanguage& language, std::string_view key, const Item& a,
               const Item& b) const;
  // Whether an office's field stands between: capitalised words and those that join them ("Menteri
  // |Hukum dan HAM| Yasonna Laoly").
  bool Field(const ActorLanguage& language, const Item& a, const Item& b) const;
  // ", " with at most a determiner and modifiers.
  bool Comma(const ActorLanguage& language, const Item& a, const Item& b) const;

 private:
  std::string_view text_;
};

}  // namespace kronik
