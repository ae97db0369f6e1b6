#include "train/ud_scores.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kronik::train {
namespace {

// Rows "id form lemma upos feats head deprel" to CoNLL-U; an empty row ends a sentence.
std::string Conllu(const std::vector<std::array<const char*, 7>>& rows) {
  std::string text;
  for (const auto& r : rows) {
    if (*r[0] == '\0') {
      text += "\n";
      continue;
    }
    text += std::string(r[0]) + "\t" + r[1] + "\t" + r[2] + "\t" + r[3] + "\t_\t" + r[4] + "\t" +
            r[5] + "\t" + r[6] + "\t_\t_\n";
  }
  return text + "\n";
}

const Agreement& Of(const std::vector<Agreement>& all, std::string_view name) {
  return *std::ranges::find(all, name, &Agreement::name);
}

TEST(CompareConllu, AlignsByCharactersAndInsideMultiwordTokensByForms) {
  const std::string gold = Conllu({{"1-2", "rumahnya", "_", "_", "_", "_", "_"},
                                   {"1", "rumah", "rumah", "NOUN", "Number=Sing", "3", "nsubj"},
                                   {"2", "nya", "dia", "PRON", "_", "1", "nmod:poss"},
                                   {"3", "runtuh", "_", "VERB", "_", "0", "root"},
                                   {"4", ".", ".", "PUNCT", "_", "3", "punct"}});
  // One word for two, another lemma, a wrong head, another subtype, a feature of the language.
  const std::string system = Conllu({{"1", "rumahnya", "rumah", "NOUN", "_", "2", "nsubj"},
                                     {"2", "runtuh", "x", "VERB", "Odd=Yes", "0", "root"},
                                     {"3", ".", ".", "PUNCT", "_", "1", "punct"}});
  const auto result = CompareConllu(gold, system);
  ASSERT_TRUE(result) << result.error().ToString();
  EXPECT_EQ(Of(*result, "Tokens").right, 3u);
  EXPECT_EQ(Of(*result, "Sentences").right, 1u);
  EXPECT_EQ(Of(*result, "Words").right, 2u);
  EXPECT_EQ(Of(*result, "Words").gold, 4u);
  EXPECT_EQ(Of(*result, "Words").system, 3u);
  EXPECT_DOUBLE_EQ(Of(*result, "Words").f1(), 4.0 / 7);
  EXPECT_EQ(Of(*result, "Lemmas").right, 2u);  // a gold "_" agrees with any
  EXPECT_EQ(Of(*result, "UFeats").right, 2u);
  EXPECT_EQ(Of(*result, "LAS").right, 1u);
  EXPECT_EQ(Of(*result, "CLAS").right, 1u);
  EXPECT_EQ(Of(*result, "CLAS").gold, 3u);

  const auto same = CompareConllu(gold, gold);
  for (const Agreement& agreement : *same) EXPECT_EQ(agreement.f1(), 1) << agreement.name;
  const auto relations = CompareRelations(gold, system);
  ASSERT_EQ(relations->size(), 4u);
  EXPECT_EQ((*relations)[0].agreement.gold, 1u);
}

TEST(CompareConllu, SpaceAndSentenceBoundsMayDiffer) {
  const std::string gold = Conllu({{"1", "10 000", "_", "NUM", "_", "0", "root"},
                                   {"", "", "", "", "", "", ""},
                                   {"1", "Go", "go", "VERB", "_", "0", "root"}});
  const std::string system = Conllu({{"1", "10", "_", "NUM", "_", "0", "root"},
                                     {"2", "000", "_", "NUM", "_", "1", "flat"},
                                     {"3", "Go", "go", "VERB", "_", "1", "parataxis"}});
  const auto result = CompareConllu(gold, system);
  ASSERT_TRUE(result) << result.error().ToString();
  EXPECT_EQ(Of(*result, "Words").right, 1u);
  EXPECT_EQ(Of(*result, "Sentences").right, 0u);
  EXPECT_EQ(Of(*result, "UAS").right, 0u);
}

TEST(CompareConllu, RefusesWhatItCannotCompare) {
  const std::string one = Conllu({{"1", "a", "a", "X", "_", "0", "root"}});
  for (const std::string& bad :
       {std::string("1\ta\n"), Conllu({{"1", "b", "b", "X", "_", "0", "root"}}),
        Conllu({{"1", "a", "a", "X", "_", "1", "dep"}}),
        Conllu({{"1", "a", "a", "X", "_", "2", "dep"}}),
        Conllu({{"1", "a", "a", "X", "_", "?", "dep"}})}) {
    const auto result = CompareConllu(one, bad);
    ASSERT_FALSE(result) << bad;
    EXPECT_EQ(result.error().code, ErrorCode::kInvalidInput);
  }
}

TEST(RawText, JoinsSentencesAndKeepsParagraphs) {
  const auto raw = RawText(
      "# newdoc\n# text = One.\n1\tOne\n\n# text = Two.\n1\tTwo\n\n# newpar\n# text = Three.\n"
      "1\tThree\n\n");
  ASSERT_TRUE(raw);
  EXPECT_EQ(*raw, "One. Two.\n\nThree.");
  EXPECT_FALSE(RawText("1\tOne\n\n"));
}

}  // namespace
}  // namespace kronik::train
