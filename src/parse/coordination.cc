#include "parse/coordination.h"

#include <string_view>
#include <vector>

namespace kronik {
namespace {

bool IsPast(const Token& token) {
  return token.upos == Upos::kVerb && token.Feat("Tense") == "Past" &&
         token.Feat("VerbForm") == "Fin";
}

}  // namespace

void RaiseFiniteConjuncts(Document& document, uint32_t first, uint32_t last) {
  std::vector<Token>& tokens = document.tokens;
  std::vector<bool> is_clause(last - first);  // has a subject or an auxiliary
  for (uint32_t i = first; i < last; ++i) {
    const Token& token = tokens[i];
    if (token.head >= static_cast<int32_t>(first) && (token.Is("nsubj") || token.Is("aux"))) {
      is_clause[static_cast<uint32_t>(token.head) - first] = true;
    }
  }
  for (uint32_t i = first; i < last; ++i) {
    Token& token = tokens[i];
    if (!token.Is("conj") || token.head < 0 || is_clause[i - first] || !IsPast(token)) continue;
    if (tokens[static_cast<size_t>(token.head)].Feat("VerbForm") != "Inf") continue;
    int32_t above = tokens[static_cast<size_t>(token.head)].head;
    while (above >= 0 && !IsPast(tokens[static_cast<size_t>(above)])) {
      above = tokens[static_cast<size_t>(above)].head;
    }
    if (above >= 0 && above < static_cast<int32_t>(i)) token.head = above;
  }
}

}  // namespace kronik
