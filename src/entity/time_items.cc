#include "entity/time_items.h"

#include <charconv>
#include <utility>

#include "base/utf8.h"

namespace kronik::times {
namespace {

void LookUp(const Language& language, const std::string& key, Item& item) {
  if (auto found = language.words.find(key); found != language.words.end()) {
    item.entries[1] = &found->second;
  }
  if (!item.upper) return;
  if (auto found = language.capitals.find(key); found != language.capitals.end()) {
    item.entries[0] = &found->second;
  }
}

std::vector<Item> Cut(std::string_view text) {
  std::vector<Item> raw;
  bool space = true;
  for (size_t at = 0; at < text.size();) {
    size_t next = at;
    const char32_t c = DecodeUtf8(text, next);
    if (IsSpace(c)) {
      space = true;
      at = next;
      continue;
    }
    Item item;
    item.start = static_cast<uint32_t>(at);
    item.glued = !space;
    space = false;
    if (c >= '0' && c <= '9') {
      while (next < text.size() && text[next] >= '0' && text[next] <= '9') ++next;
      item.digits = true;
      if (next - at <= 8) {
        std::from_chars(text.data() + at, text.data() + next, item.number);
        item.length = static_cast<uint8_t>(next - at);
      }
    } else if (IsLetter(c)) {
      item.word = true;
      item.upper = IsUpper(c);
      while (next < text.size()) {
        size_t after = next;
        const char32_t d = DecodeUtf8(text, after);
        // "a.m": letters with dots are one word.
        if (d == '.' && next - at == 1 && after < text.size()) {
          size_t end = after;
          const char32_t e = DecodeUtf8(text, end);
          if (IsLetter(e) && (end >= text.size() || !IsLetter(DecodeUtf8(text, end)))) {
            next = after + 1;
            continue;
          }
        }
        if (!IsLetter(d)) break;
        next = after;
      }
      if (next - at <= 40) item.key = LowerCase(text.substr(at, next - at));
    } else {
      item.sign = c;
    }
    item.end = static_cast<uint32_t>(next);
    at = next;
    raw.push_back(std::move(item));
  }
  return raw;
}

// The longest entry of the table from a word on; returns how many of `raw` it is.
size_t LongestEntry(const Language& language, const std::vector<Item>& raw, size_t i, Item& best) {
  size_t used = 1;
  std::string key = raw[i].key;
  best = raw[i];
  LookUp(language, key, best);
  for (size_t n = 1; n < language.longest && i + n < raw.size() && key.size() < 64; ++n) {
    const Item& part = raw[i + n];
    const bool apostrophe = part.sign == '\'' || part.sign == U'’';
    if (apostrophe && part.glued && raw[i + n - 1].word) {
      key += '\'';
      continue;
    }
    if (!part.word) break;
    key += (part.glued ? "" : " ") + part.key;
    Item longer = raw[i];
    LookUp(language, key, longer);
    if (longer.entries[0] == nullptr && longer.entries[1] == nullptr) continue;
    longer.end = part.end;
    longer.key = key;
    best = longer;
    used = n + 1;
  }
  return used;
}

}  // namespace

std::vector<Item> Lex(const Language& language, std::string_view text) {
  std::vector<Item> raw = Cut(text);
  std::vector<Item> items;
  for (size_t i = 0; i < raw.size();) {
    if (raw[i].word) {
      i += LongestEntry(language, raw, i, items.emplace_back());
    } else {
      items.push_back(std::move(raw[i++]));
    }
  }
  return items;
}

}  // namespace kronik::times
