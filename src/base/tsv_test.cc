#include "base/tsv.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using testing::ElementsAre;

TEST(Tsv, ReadsRowsWithTheirLines) {
  Result<Tsv> table =
      Tsv::Parse("t.tsv", "# source: own\nword\tcode\nuno\tA\n\ndue\r\n", {"word", "code"});
  ASSERT_TRUE(table) << table.error().ToString();
  ASSERT_EQ(table->rows().size(), 2u);
  EXPECT_EQ(table->rows()[0][1], "A");
  EXPECT_EQ(table->rows()[1][0], "due");
  EXPECT_EQ(table->rows()[1][1], "");
  EXPECT_EQ(table->Where(table->rows()[1]), "t.tsv:5");
}

TEST(Tsv, NamesThePlaceOfAnError) {
  EXPECT_EQ(Tsv::Parse("t.tsv", "a\tb\nx\ty\tz\n", {"a", "b"}).error().where, "t.tsv:2");
  EXPECT_EQ(Tsv::Parse("t.tsv", "b\ta\n", {"a", "b"}).error().where, "t.tsv:1");
  EXPECT_EQ(Tsv::Parse("t.tsv", "", {"a"}).error().where, "t.tsv");
}

TEST(Tsv, SplitsCells) {
  EXPECT_THAT(SplitCell(" a | b||c "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(SplitCell(""), ElementsAre());
}

}  // namespace
}  // namespace kronik
