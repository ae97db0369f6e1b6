#include "article/page_words.h"

#include <algorithm>
#include <charconv>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr std::string_view kNames[kPartKinds] = {
    "",      "body",        "deck",   "related", "share",  "newsletter", "comments", "author",
    "meta",  "navigation",  "footer", "tags",    "ad",     "other",      "caption",  "credit",
    "embed", "syndication", "editor", "paywall", "byline", "join",       "role"};
constexpr size_t kMaxPhrase = 80;  // bytes

}  // namespace

std::string_view PartKindName(PartKind kind) { return kNames[static_cast<size_t>(kind)]; }

Result<PageWords> PageWords::Load(const Resources& resources) {
  Result<Tsv> table = Tsv::Load(resources, "data/page_words.tsv", {"where", "kind", "words"});
  if (!table) return table.error();
  PageWords words;
  for (const Tsv::Row& row : table->rows()) {
    const auto* name = std::find(std::begin(kNames) + 1, std::end(kNames), row[1]);
    if (name == std::end(kNames)) return table->ErrorAt(row, "not a known kind");
    auto kind = static_cast<PartKind>(name - std::begin(kNames));
    for (std::string_view word : SplitCell(row[2])) {
      if (row[0] == "class") {
        words.classes_.emplace(word, kind);
      } else if (row[0] == "text" && word.size() <= kMaxPhrase) {
        std::string phrase = LowerCase(word);
        words.by_first_byte_[static_cast<unsigned char>(phrase[0])].push_back({phrase, kind});
        words.phrases_[static_cast<size_t>(kind)].push_back(std::move(phrase));
      } else {
        return table->ErrorAt(row, "`where` is neither class nor text, or a phrase is too long");
      }
    }
  }
  if (Result<void> dates = words.LoadDates(resources); !dates) return dates.error();
  return words;
}

Result<void> PageWords::LoadDates(const Resources& resources) {
  for (const std::string& language : resources.Languages()) {
    const std::string folder = "data/lang/" + language + "/";
    if (resources.Has(folder + "months.tsv")) {
      Result<Tsv> table = Tsv::Load(resources, folder + "months.tsv", {"word", "month"});
      if (!table) return table.error();
      for (const Tsv::Row& row : table->rows()) {
        std::from_chars(row[1].data(), row[1].data() + row[1].size(), months_[LowerCase(row[0])]);
      }
    }
    if (!resources.Has(folder + "article.tsv")) continue;
    Result<Tsv> table =
        Tsv::Load(resources, folder + "article.tsv", {"kind", "match", "word", "value"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      if (row[0] == "zone") zones_[LowerCase(row[2])] = row[3] == "Z" ? "+00:00" : row[3];
    }
  }
  return {};
}

PartKind PageWords::ClassKind(std::string_view attribute) const {
  constexpr size_t kMaxBytes = 512;
  constexpr size_t kMaxParts = 128;
  char joined[2 * kMaxBytes];  // the words in lower case, with '-' between
  uint16_t starts[kMaxParts + 1];
  size_t parts = 0, size = 0;
  bool open = false;
  for (size_t i = 0; i < attribute.size() && i < kMaxBytes; ++i) {
    char c = attribute[i];
    bool upper = c >= 'A' && c <= 'Z';
    bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool after_lower = i > 0 && attribute[i - 1] >= 'a' && attribute[i - 1] <= 'z';
    if (!word || (upper && after_lower)) open = false;
    if (!word) continue;
    if (!open) {
      if (parts == kMaxParts) break;
      if (size > 0) joined[size++] = '-';
      starts[parts++] = static_cast<uint16_t>(size);
      open = true;
    }
    joined[size++] = upper ? static_cast<char>(c | 0x20) : c;
  }
  starts[parts] = static_cast<uint16_t>(size + 1);
  for (size_t i = parts; i-- > 0;) {
    PartKind found = PartKind::kUnnamed;
    for (size_t n = 1; n <= 3 && i + n <= parts; ++n) {
      std::string_view name(joined + starts[i], starts[i + n] - 1u - starts[i]);
      if (auto it = classes_.find(name); it != classes_.end()) found = it->second;
    }
    if (found != PartKind::kUnnamed) return found;
  }
  return PartKind::kUnnamed;
}

PageWords::Prefixes PageWords::Match(std::string_view text) const {
  Prefixes out{};
  if (text.empty()) return out;
  // Phrases are short; a case pair of different length ends the search at worst a byte off.
  std::string lower = LowerCase(text.substr(0, kMaxPhrase));
  for (const Phrase& phrase : by_first_byte_[static_cast<unsigned char>(lower[0])]) {
    uint8_t& longest = out[static_cast<size_t>(phrase.kind)];
    if (phrase.text.size() <= longest || !lower.starts_with(phrase.text)) continue;
    size_t at = phrase.text.size();
    if (at < text.size() && at < lower.size() && IsLetter(DecodeUtf8(lower, at)) &&
        static_cast<unsigned char>(phrase.text.back()) < 0xC0 && phrase.text.back() != ':') {
      continue;
    }
    longest = static_cast<uint8_t>(std::min(phrase.text.size(), text.size()));
  }
  return out;
}

}  // namespace kronik
