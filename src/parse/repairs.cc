#include "parse/repairs.h"

#include <string_view>
#include <vector>

namespace kronik {
namespace {

bool IsPast(const Token& token) {
  return token.upos == Upos::kVerb && token.Feat("Tense") == "Past" &&
         token.Feat("VerbForm") == "Fin";
}

// Which of the tokens [first, last) have a subject or an auxiliary.
std::vector<bool> Clauses(const std::vector<Token>& tokens, uint32_t first, uint32_t last) {
  std::vector<bool> out(last - first);
  for (uint32_t i = first; i < last; ++i) {
    const Token& token = tokens[i];
    if (token.head >= static_cast<int32_t>(first) && (token.Is("nsubj") || token.Is("aux"))) {
      out[static_cast<uint32_t>(token.head) - first] = true;
    }
  }
  return out;
}

void RaiseFiniteConjuncts(std::vector<Token>& tokens, uint32_t first, uint32_t last) {
  const std::vector<bool> is_clause = Clauses(tokens, first, last);
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

void LowerOwnedParticiples(std::vector<Token>& tokens, uint32_t first, uint32_t last) {
  for (uint32_t i = first; i + 1 < last; ++i) {
    Token &verb = tokens[i], &noun = tokens[i + 1];
    const auto at = static_cast<int32_t>(i);
    if (!verb.Is("csubj") || verb.Feat("VerbForm") != "Ger" || noun.upos != Upos::kNoun ||
        !noun.Is("obj") || noun.head != at) {
      continue;
    }
    bool owned = false;
    for (uint32_t t = first; t < i; ++t) {
      owned = owned || (tokens[t].head == at && tokens[t].deprel == "nmod:poss");
    }
    if (!owned) continue;
    for (uint32_t t = first; t < last; ++t) {
      if (tokens[t].head == at) tokens[t].head = at + 1;
    }
    noun.head = verb.head;
    noun.deprel = "nsubj";
    verb.head = at + 1;
    verb.deprel = "amod";
  }
}

}  // namespace

void RepairTree(Document& document, uint32_t first, uint32_t last) {
  RaiseFiniteConjuncts(document.tokens, first, last);
  LowerOwnedParticiples(document.tokens, first, last);
}

}  // namespace kronik
