#include "parse/repairs.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace kronik {
namespace {

Token Word(Upos upos, std::string_view feats, int32_t head, std::string_view deprel) {
  Token token;
  token.upos = upos;
  token.feats = feats;
  token.head = head;
  token.deprel = deprel;
  return token;
}

// "Oslo said it would send aid and urged talks", with what the last verb hangs from.
std::vector<Token> Said(std::string_view last_feats) {
  return {Word(Upos::kPropn, "Number=Sing", 1, "nsubj"),
          Word(Upos::kVerb, "Tense=Past|VerbForm=Fin", kRoot, "root"),
          Word(Upos::kPron, "Person=3", 4, "nsubj"),
          Word(Upos::kAux, "VerbForm=Fin", 4, "aux"),
          Word(Upos::kVerb, "VerbForm=Inf", 1, "ccomp"),
          Word(Upos::kNoun, "Number=Sing", 4, "obj"),
          Word(Upos::kCconj, "", 7, "cc"),
          Word(Upos::kVerb, last_feats, 4, "conj"),
          Word(Upos::kNoun, "Number=Plur", 7, "obj")};
}

// Where the last verb hangs from in the end.
int32_t HeadIn(std::vector<Token> tokens) {
  Document document;
  document.tokens = std::move(tokens);
  RepairTree(document, 0, 9);
  return document.tokens[7].head;
}

TEST(Repairs, APastTenseIsJoinedToAFiniteVerb) {
  EXPECT_EQ(HeadIn(Said("Tense=Past|VerbForm=Fin")), 1);
}

TEST(Repairs, OtherConjunctsStay) {
  EXPECT_EQ(HeadIn(Said("VerbForm=Inf")), 4);
  // "... and Lima urged talks": a clause of its own.
  std::vector<Token> clause = Said("Tense=Past|VerbForm=Fin");
  clause[8].deprel = "nsubj";
  EXPECT_EQ(HeadIn(std::move(clause)), 4);
  // Nothing finite is above.
  std::vector<Token> infinitives = Said("Tense=Past|VerbForm=Fin");
  infinitives[1].feats = "VerbForm=Inf";
  EXPECT_EQ(HeadIn(std::move(infinitives)), 4);
}

TEST(Repairs, AParticipleBetweenOwnerAndNounModifies) {
  Document document;
  document.tokens = {
      Word(Upos::kPropn, "Number=Sing", 2, "nmod:poss"), Word(Upos::kPart, "", 0, "case"),
      Word(Upos::kVerb, "VerbForm=Ger", 4, "csubj"), Word(Upos::kNoun, "Number=Sing", 2, "obj"),
      Word(Upos::kVerb, "Tense=Past|VerbForm=Fin", kRoot, "root")};
  RepairTree(document, 0, 5);
  EXPECT_EQ(document.tokens[3].head, 4);
  EXPECT_EQ(document.tokens[3].deprel, "nsubj");
  EXPECT_EQ(document.tokens[2].head, 3);
  EXPECT_EQ(document.tokens[2].deprel, "amod");
  EXPECT_EQ(document.tokens[0].head, 3);
}

}  // namespace
}  // namespace kronik
