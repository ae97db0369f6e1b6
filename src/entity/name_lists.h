// NameLists: what the data files know of words that stand in names, for one language.
//
// From data/names/gazetteer.tsv, data/actors (countries, organisations, office holders) and the
// language's names.tsv and roles.tsv. Matching ignores case: whether a word is written with a
// capital is another question. Immutable after Load; any number of threads may read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

// A hash of text that is the same on every machine (FNV-1a).
inline uint64_t HashName(std::string_view text, uint64_t seed = 0xCBF29CE484222325u) {
  for (char c : text) seed = (seed ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  return seed;
}

class NameLists {
 public:
  // Bits of a set of lists: a bit for each kind of word.
  using Set = uint32_t;
  // The number of the bits; a name model is bound to their order.
  static constexpr int kLists = 27;

  // The bit of a list by its name in the tables ("city", "word title", "role person"); 0: no such.
  static Set Bit(std::string_view name);

  // Errors: a table that doesn't load, or kInvalidInput for a kind that isn't known.
  static Result<NameLists> Load(const Resources& resources, const std::string& lang);

  // The lists with the longest phrase, of at most `words.size()` words, that starts at words[0];
  // `words` are in lower case. Sets `length` to its words, 0 where nothing is found.
  Set Find(std::span<const std::string_view> words, size_t& length) const;

 private:
  struct Entry {
    Set set = 0;
    bool more = false;  // a longer phrase starts with this one
  };
  void Add(std::string_view form, int list);

  std::unordered_map<uint64_t, Entry> phrases_;  // by the hash of their words
};

}  // namespace kronik
