#include "base/dateline.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr uint32_t kLongest = 12;  // tokens
constexpr size_t kNames = 64;      // of a document: a dateline opens it

bool InCapitals(std::string_view form) {
  form = form.substr(0, form.find('.'));  // "KABAR.example": the domain of a site has small letters
  int letters = 0;
  for (size_t at = 0; at < form.size();) {
    const char32_t c = DecodeUtf8(form, at);
    if (!IsLetter(c)) continue;
    if (!IsUpper(c)) return false;
    ++letters;
  }
  return letters >= 4;  // shorter ones are mostly acronyms
}

bool MayStand(const Token& token) {
  if (token.upos == Upos::kPunct || token.upos == Upos::kAdp || token.upos == Upos::kNum)
    return true;
  size_t at = 0;
  const char32_t c = DecodeUtf8(token.form, at);
  return IsUpper(c) || !IsLetter(c);
}

bool IsDash(std::string_view form) {
  return form == "-" || form == "--" || form == "\u2013" || form == "\u2014";
}

// "Kabar7.com", which opens the dateline of a site.
bool IsDomain(std::string_view form) {
  const size_t dot = form.find('.');
  if (dot == std::string_view::npos || dot < 3 || dot + 2 >= form.size()) return false;
  return std::all_of(form.begin() + static_cast<std::ptrdiff_t>(dot), form.end(),
                     [](char c) { return c == '.' || (c >= 'a' && c <= 'z'); });
}

// Whether the tokens are one name of a place.
bool IsPlace(const Document& document, uint32_t first, uint32_t last) {
  // Only the first names of a document are looked at, so that a hostile one costs no more.
  const size_t end = std::min(document.mentions.size(), kNames);
  return std::any_of(
      document.mentions.begin(), document.mentions.begin() + static_cast<std::ptrdiff_t>(end),
      [&](const Mention& name) {
        return name.kind == NameKind::kLoc && name.first == first && name.last == last;
      });
}

}  // namespace

uint32_t AfterDateline(const Document& document, const Sentence& sentence) {
  const Article& article = document.article;
  if (sentence.first >= sentence.last || sentence.block >= article.blocks.size() ||
      sentence.start != article.blocks[sentence.block].start) {
    return sentence.first;
  }
  const std::string_view text = std::string_view(article.text).substr(sentence.start);
  const bool placed = !article.place.empty() &&
                      LowerCase(text.substr(0, article.place.size())) == LowerCase(article.place);
  bool capitals = false;
  bool place = false;  // "Jakarta, Wire One -- ": a place, then the outlet
  const uint32_t limit = std::min(sentence.last, sentence.first + kLongest);
  for (uint32_t t = sentence.first; t + 1 < limit; ++t) {
    const Token& token = document.tokens[t];
    if (t > sentence.first) {
      const bool spaced =
          token.start > document.tokens[t - 1].end && document.tokens[t + 1].start > token.end;
      if (IsDash(token.form) && spaced &&
          (placed || capitals || place || IsPlace(document, sentence.first, t))) {
        return t + 1;
      }
      if (token.form == ":" && placed) return t + 1;
      place =
          place || (token.form == "," &&
                    (IsPlace(document, sentence.first, t) ||
                     (t == sentence.first + 1 && IsDomain(document.tokens[sentence.first].form))));
    }
    if (!MayStand(token) && !IsDomain(token.form)) return sentence.first;
    capitals = capitals || InCapitals(token.form);
  }
  return sentence.first;
}

}  // namespace kronik
