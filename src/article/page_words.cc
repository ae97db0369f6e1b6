#include "article/page_words.h"

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {

Result<PageWords> PageWords::Load(const Resources& resources) {
  Result<Tsv> table = Tsv::Load(resources, "data/page_words.tsv", {"where", "kind", "words"});
  if (!table) return table.error();
  PageWords words;
  for (const Tsv::Row& row : table->rows()) {
    for (std::string_view word : SplitCell(row[2])) {
      if (row[0] == "class") {
        words.classes_.emplace(word, row[1]);
      } else if (row[0] == "text") {
        words.phrases_[std::string(row[1])].push_back(LowerCase(word));
      } else {
        return table->ErrorAt(row, "`where` is neither class nor text");
      }
    }
  }
  return words;
}

std::string_view PageWords::ClassKind(std::string_view attribute) const {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < attribute.size() && i < 512; ++i) {
    char c = attribute[i];
    bool upper = c >= 'A' && c <= 'Z';
    bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool after_lower = i > 0 && attribute[i - 1] >= 'a' && attribute[i - 1] <= 'z';
    if ((!word || (upper && after_lower)) && !parts.back().empty()) parts.emplace_back();
    if (word) parts.back() += upper ? static_cast<char>(c | 0x20) : c;
  }
  for (size_t i = parts.size(); i-- > 0;) {
    std::string joined;
    std::string_view found;
    for (size_t n = 0; n < 3 && i + n < parts.size(); ++n) {
      if (n > 0) joined += '-';
      joined += parts[i + n];
      if (auto it = classes_.find(joined); it != classes_.end()) found = it->second;
    }
    if (!found.empty()) return found;
  }
  return {};
}

size_t PageWords::Prefix(std::string_view kind, std::string_view text) const {
  // Phrases are short; a case pair of different length ends the search at worst a byte off.
  std::string lower = LowerCase(text.substr(0, 80));
  size_t longest = 0;
  for (const std::string& phrase : Phrases(kind)) {
    if (!lower.starts_with(phrase) || phrase.size() <= longest) continue;
    size_t at = phrase.size();
    if (at < text.size() && at < lower.size() && IsLetter(DecodeUtf8(lower, at)) &&
        static_cast<unsigned char>(phrase.back()) < 0xC0 && phrase.back() != ':') {
      continue;
    }
    longest = phrase.size();
  }
  return std::min(longest, text.size());
}

const std::vector<std::string>& PageWords::Phrases(std::string_view kind) const {
  static const std::vector<std::string> kEmpty;
  auto it = phrases_.find(std::string(kind));
  return it == phrases_.end() ? kEmpty : it->second;
}

}  // namespace kronik
