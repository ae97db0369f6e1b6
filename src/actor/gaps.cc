#include "actor/gaps.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {

std::string_view Gaps::WordBefore(uint32_t at) const {
  uint32_t end = at;
  while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '-' || text_[end - 1] == '"'))
    --end;
  uint32_t start = end;
  while (start > 0 && end - start < 40 && text_[start - 1] != ' ' && text_[start - 1] != '-' &&
         text_[start - 1] != '\n') {
    --start;
  }
  return text_.substr(start, end - start);
}

std::string_view Gaps::WordAfter(uint32_t at, char by) const {
  if (at >= text_.size() || text_[at] != by) return {};
  const uint32_t start = at + 1;
  uint32_t end = start;
  while (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') ++end;
  return text_.substr(start, end - start);
}

bool Gaps::Before(const ActorLanguage& language, std::string_view key, std::string_view between,
                  uint32_t at, int words) const {
  for (; words > 0; --words) {
    const std::string_view word = WordBefore(at);
    if (word.empty()) return false;
    const std::string lower = FoldAscii(word);
    if (language.Is(key, lower)) return true;
    const bool capital = key == "former" && word[0] >= 'A' && word[0] <= 'Z' &&
                         word.back() != ',' && word.back() != '.';
    if (!capital && !language.Is(between, lower)) return false;
    at = static_cast<uint32_t>(word.data() - text_.data());
  }
  return false;
}

bool Gaps::Followed(const ActorLanguage& language, std::string_view key, uint32_t at) const {
  if (at >= text_.size() || text_[at] != ' ') return false;
  uint32_t end = at + 1;
  while (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') ++end;
  return language.Is(key, text_.substr(at + 1, end - at - 1));
}

bool Gaps::Adjacent(const ActorLanguage& language, const Item& a, const Item& b,
                    bool possessive) const {
  if (b.start < a.end || b.start - a.end > 60) return false;
  std::string_view between = text_.substr(a.end, b.start - a.end);
  if (possessive && language.words.contains("possessive")) {
    for (const std::string& ending : language.words.find("possessive")->second) {
      if (ending.size() > 1 && between.starts_with(ending)) {
        between.remove_prefix(ending.size());
        break;
      }
    }
  }
  int count = 0;
  for (size_t at = 0; at < between.size();) {
    const size_t end = std::min(between.find(' ', at), between.size());
    if (end > at) {
      const std::string word = FoldAscii(between.substr(at, end - at));
      const bool title =
          word.ends_with('.') && language.Is("title", word.substr(0, word.size() - 1));
      if (++count > 3 || (!language.Is("modifier", word) && !language.Is("former", word) &&
                          !language.Is("title", word) && !title)) {
        return false;
      }
    }
    at = end + 1;
  }
  return true;
}

bool Gaps::Between(const ActorLanguage& language, std::string_view key, const Item& a,
                   const Item& b) const {
  if (b.start < a.end || b.start - a.end > 40) return false;
  const std::string_view between = text_.substr(a.end, b.start - a.end);
  bool found = false;
  for (size_t at = 0; at < between.size();) {
    const size_t end = std::min(between.find(' ', at), between.size());
    if (end > at) {
      const std::string word = FoldAscii(between.substr(at, end - at));
      if (!found && language.Is(key, word)) {
        found = true;
      } else if (!language.Is("definite", word) && !language.Is("modifier", word) &&
                 !(found && language.Is("direction", word))) {
        return false;
      }
    }
    at = end + 1;
  }
  return found;
}

bool Gaps::Field(const ActorLanguage& language, const Item& a, const Item& b) const {
  if (b.start < a.end || b.start - a.end > 70) return false;
  bool capital = false;
  for (const std::string_view word : SplitCell(text_.substr(a.end, b.start - a.end), ' ')) {
    if (word.empty()) continue;
    size_t at = 0;
    capital = IsUpper(DecodeUtf8(word, at));
    const bool plain = word.find_first_of(",.;:()\"'\n") == std::string_view::npos;
    if (!plain || (!capital && !language.Is("field", word))) return false;
  }
  return capital;
}

bool Gaps::Comma(const ActorLanguage& language, const Item& a, const Item& b) const {
  if (b.start < a.end + 2 || b.start - a.end > 40 || text_[a.end] != ',') return false;
  Item from = a;
  from.end = a.end + 1;
  if (Adjacent(language, from, b, false)) return true;
  std::string_view between = text_.substr(from.end, b.start - from.end);
  while (between.starts_with(' ')) between.remove_prefix(1);
  const size_t space = between.find(' ');
  if (space == std::string_view::npos ||
      !language.Is("definite", FoldAscii(between.substr(0, space)))) {
    return false;
  }
  from.end = b.start - static_cast<uint32_t>(between.size() - space);
  return Adjacent(language, from, b, false);
}

}  // namespace kronik
