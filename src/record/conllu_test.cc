#include "record/conllu.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

constexpr char kSample[] =
    "# lang = en\n# newdoc id = a\n# text = They can’t go.\n"
    "1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur\t4\tnsubj\t_\t_\n"
    "2-3\tcan’t\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n"
    "3\tn’t\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n"
    "# newpar\n"
    "1-2\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tzu\tzu\tADP\t_\t_\t3\tcase\t_\t_\n"
    "2\tdem\tder\tDET\t_\t_\t3\tdet\t_\t_\n"
    "3\tHaus\tHaus\tNOUN\t_\t_\t0\troot\t_\t_\n";

TEST(Conllu, ReadsAndWrites) {
  Document document;
  const Result<void> read = ReadConllu(kSample, document);
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(document.article.text, "They can’t go.\n\nzum Haus");
  EXPECT_EQ(document.article.lang, "en");
  ASSERT_EQ(document.tokens.size(), 8u);
  ASSERT_EQ(document.sentences.size(), 2u);
  ASSERT_EQ(document.article.blocks.size(), 2u);
  EXPECT_EQ(document.tokens[1].mwt, 2);
  EXPECT_EQ(document.tokens[2].form, "n’t");
  EXPECT_EQ(document.tokens[2].start, 7u);
  EXPECT_FALSE(document.tokens[3].space_after);
  EXPECT_EQ(document.tokens[5].head, 7);
  EXPECT_EQ(document.tokens[6].form, "dem");
  EXPECT_EQ(document.tokens[6].start, document.tokens[5].start);
  const std::string written = WriteConllu(document);
  EXPECT_NE(written.find("2-3\tcan’t\t_\t_\t_\t_\t_\t_\t_\tstart_char=5|end_char=10\n"),
            std::string::npos)
      << written;
  Document again;
  ASSERT_TRUE(ReadConllu(written, again));
  EXPECT_EQ(again.article.text, document.article.text);
  EXPECT_EQ(again.tokens[3].head, kRoot);
  EXPECT_EQ(again.tokens[0].feats, "Case=Nom|Number=Plur");
}

TEST(Conllu, WritesNamesAndDates) {
  Document document;
  ASSERT_TRUE(ReadConllu(kSample, document));
  document.mentions.push_back({document.SpanOf(5, 8), 5, 8, NameKind::kLoc});
  TimeExpression time;
  time.span = document.SpanOf(0, 1);
  time.last = 1;
  time.value = "2023-10-20";
  document.times.push_back(time);
  const std::string written = WriteConllu(document);
  for (const char* cell :
       {"Date=2023-10-20|start_char=0", "\tEntity=B-LOC|", "\tEntity=I-LOC|start_char=20"}) {
    EXPECT_NE(written.find(cell), std::string::npos) << cell << "\n" << written;
  }
}

TEST(Conllu, SaysWhatIsWrong) {
  for (const char* bad : {"1\tx\n", "2\tx\t_\t_\t_\t_\t_\t_\t_\t_\n",
                          "1\tx\t_\t_\t_\t_\t9\t_\t_\t_\n", "1-x\tx\t_\t_\t_\t_\t9\t_\t_\t_\n"}) {
    Document document;
    EXPECT_FALSE(ReadConllu(bad, document)) << bad;
  }
}

}  // namespace
}  // namespace kronik
