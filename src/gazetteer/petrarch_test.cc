#include "gazetteer/petrarch.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Petrarch, ASetThatNamesItselfIsAnError) {
  const std::string filler(1000, 'y');
  for (const char* words : {"x!A!", "x!A!!A!"}) {
    const auto read =
        ReadPetrarch("!A! = " + (words + filler) + "\nCLERK_!A!_ [~GOV]\n", "agents.txt");
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("too many forms"));
  }
}

TEST(Petrarch, ReadsActorsWithTheirTerms) {
  const auto read = ReadPetrarch(
      "# written for this test\n"
      "ARVID_LUND_ [NORELI]\n"
      "+LUND_\n"
      "\t[NORGOV 050117-131016]\n"
      "\t[NOROPP >20131017] ; a comment\n"
      "NORDIC_POSTAL_UNION_ [IGO]\n"
      "NPU_ [IGO]\n",
      "actors.txt");
  ASSERT_TRUE(read) << read.error().ToString();
  ASSERT_EQ(read->size(), 3U);
  const PetrarchEntry& lund = (*read)[0];
  EXPECT_THAT(lund.forms, ElementsAre("Arvid Lund", "Lund", "LUND"));
  ASSERT_EQ(lund.codes.size(), 3U);
  EXPECT_EQ(lund.codes[0].code, "NORGOV");
  EXPECT_EQ(lund.codes[0].from, "2005-01");
  EXPECT_EQ(lund.codes[0].to, "2013-10");
  EXPECT_EQ(lund.codes[1].from, "2013-10");
  EXPECT_EQ(lund.codes[2].code, "NORELI");
  EXPECT_THAT((*read)[2].forms, ElementsAre("Npu", "NPU"));
}

TEST(Petrarch, ReadsAgentsWithPluralsAndSets) {
  const auto read = ReadPetrarch(
      "!OFFICER! = CHIEF, GUARD\n"
      "FOREST_!OFFICER!_ [~COP]\n"
      "HARBOURMAN_ {HARBOURMEN_} [~LAB]\n"
      "GENDARMERIE_ {} [~COP]\n",
      "agents.txt");
  ASSERT_TRUE(read) << read.error().ToString();
  ASSERT_EQ(read->size(), 3U);
  EXPECT_TRUE((*read)[0].agent);
  EXPECT_EQ((*read)[0].codes[0].code, "COP");
  EXPECT_THAT((*read)[0].forms,
              ElementsAre("Forest Chief", "Forest Guard", "Forest Chiefs", "Forest Guards"));
  EXPECT_THAT((*read)[1].forms, ElementsAre("Harbourman", "Harbourmen"));
  EXPECT_THAT((*read)[2].forms, Not(Contains("Gendarmeries")));
}

TEST(Petrarch, SaysWhichLineIsWrong) {
  for (const auto& [text, where] : {std::pair{"+LUND_\n", ":1"},
                                    {"LUND_ [NOR\n", ":1"},
                                    {"LUND_\nBERG_ [NOR]\n", ":2"},
                                    {"LUND_ [NOR 05-13]\n", ":1"},
                                    {"LUND_!NONE!_ [NOR]\n", ":1"},
                                    {"\t[NOR]\n", ":1"}}) {
    const auto read = ReadPetrarch(text, "actors.txt");
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().where, HasSubstr(where)) << text;
  }
}

}  // namespace
}  // namespace kronik
