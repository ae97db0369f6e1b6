#include "parse/word.h"

#include "base/utf8.h"
#include "parse/linear_model.h"

namespace kronik {

Word MakeWord(std::string_view form) {
  // Longer than any word: what follows can't matter, and the work stays bounded.
  if (form.size() > 256) form = form.substr(0, 256);
  Word word;
  word.lower = LowerCase(form);
  word.raw = HashText(form);
  std::string norm;
  for (char c : word.lower) {
    if (c < '0' || c > '9') {
      norm.push_back(c);
    } else if (norm.empty() || norm.back() != '0') {
      norm.push_back('0');
    }
  }
  word.norm = HashText(norm);
  std::string shape;
  for (size_t at = 0; at < form.size();) {
    const char32_t c = DecodeUtf8(form, at);
    const char sort = IsDigit(c)    ? '9'
                      : IsUpper(c)  ? 'A'
                      : IsLetter(c) ? 'a'
                      : c < 0x80    ? static_cast<char>(c)
                                    : '*';
    if (shape.empty()) word.upper = sort == 'A';
    // Two of a kind say "several".
    const size_t n = shape.size();
    if (n < 2 || shape[n - 1] != sort || shape[n - 2] != sort) shape.push_back(sort);
  }
  word.shape = HashText(shape);
  for (size_t n = 1; n <= 5 && n <= word.lower.size(); ++n) {
    if (n <= 4) word.prefix[n - 1] = HashText(std::string_view(word.lower).substr(0, n));
    word.suffix[n - 1] = HashText(std::string_view(word.lower).substr(word.lower.size() - n));
  }
  return word;
}

}  // namespace kronik
