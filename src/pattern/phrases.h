// Phrases: values by the words that stand for them, one word or several.
//
// Threads: immutable once filled.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kronik {

template <typename Value>
class Phrases {
 public:
  // A phrase without words is left out.
  void Add(std::vector<std::string> words, Value value) {
    if (words.empty()) return;
    std::string first = words.front();
    by_first_[std::move(first)].push_back({std::move(words), std::move(value)});
  }
  // Calls `found(value, length)` for each phrase that stands at `at` and ends before `end`, in the
  // order in which they were added.
  template <typename Found>
  void At(const std::vector<std::string>& words, uint32_t at, uint32_t end, Found found) const {
    const auto bucket = by_first_.find(words[at]);
    if (bucket == by_first_.end()) return;
    for (const Phrase& phrase : bucket->second) {
      const size_t length = phrase.words.size();
      if (length <= end - at &&
          std::equal(phrase.words.begin(), phrase.words.end(), words.begin() + at)) {
        found(phrase.value, static_cast<uint32_t>(length));
      }
    }
  }

 private:
  struct Phrase {
    std::vector<std::string> words;
    Value value;
  };
  std::unordered_map<std::string, std::vector<Phrase>> by_first_;
};

}  // namespace kronik
