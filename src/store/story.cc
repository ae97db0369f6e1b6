#include "store/story.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kShingle = 5;  // words
constexpr size_t kFewestWords = 20;
constexpr size_t kRows = 7;  // hashes a band

// The finalizer of SplitMix64: every bit of the input changes half of the output's.
constexpr uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// Hashes of the words: runs of letters and digits, in lower case.
std::vector<uint64_t> Words(std::string_view text) {
  std::vector<uint64_t> words;
  const std::string lower = LowerCase(text);
  uint64_t word = 0;
  bool inside = false;
  for (size_t at = 0; at <= lower.size();) {
    const char32_t c = at < lower.size() ? DecodeUtf8(lower, at) : (++at, U' ');
    if (IsLetter(c) || IsDigit(c)) {
      word = Mix(word ^ c);
      inside = true;
    } else if (inside) {
      words.push_back(word);
      word = 0;
      inside = false;
    }
  }
  return words;
}

}  // namespace

std::vector<int64_t> StoryBands(std::string_view text) {
  const std::vector<uint64_t> words = Words(text);
  if (words.size() < kFewestWords) return {};
  // Multiply-shift hashes with fixed odd factors: the same bands on every machine and every day.
  static constexpr auto kFactors = [] {
    std::array<uint64_t, kBands * kRows> factors{};
    for (size_t i = 0; i < factors.size(); ++i) factors[i] = Mix(i) | 1;
    return factors;
  }();
  std::array<uint64_t, kBands * kRows> least;
  least.fill(std::numeric_limits<uint64_t>::max());
  for (size_t i = 0; i + kShingle <= words.size(); ++i) {
    uint64_t shingle = 0;
    for (size_t j = i; j < i + kShingle; ++j) shingle = Mix(shingle ^ words[j]);
    for (size_t h = 0; h < least.size(); ++h) least[h] = std::min(least[h], shingle * kFactors[h]);
  }
  std::vector<int64_t> bands;
  for (size_t band = 0; band < kBands; ++band) {
    uint64_t hash = band;
    for (size_t row = 0; row < kRows; ++row) hash = Mix(hash ^ least[band * kRows + row]);
    bands.push_back(static_cast<int64_t>(hash));
  }
  return bands;
}

}  // namespace kronik
