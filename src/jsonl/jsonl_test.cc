#include "jsonl/jsonl.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Jsonl, ReadsWhatAReportHas) {
  const Result<Input> input = ReadJsonLine(
      R"({"id": "a1", "raw": "Oslo\n", "url": "http://a.example/1", "lang": 7, "date": "2024-03-01"})");
  ASSERT_TRUE(input);
  EXPECT_EQ(input->name, "a1");
  EXPECT_EQ(input->bytes, "Oslo\n");
  EXPECT_EQ(input->kind, InputKind::kRaw);
  EXPECT_EQ(input->url, "http://a.example/1");
  EXPECT_EQ(input->lang, "");
  EXPECT_EQ(input->date, "2024-03-01");
}

TEST(Jsonl, RefusesWhatIsNoReport) {
  for (const char* line : {"", "7", "[]", "{}", "{\"text\": \"cut", R"({"title": "x"})"}) {
    EXPECT_FALSE(ReadJsonLine(line)) << line;
  }
}

TEST(Jsonl, IsRecognisedByItsFirstLine) {
  EXPECT_TRUE(LooksLikeJsonLines("{\"id\": 1, \"text\": \"\"}\nno more"));
  EXPECT_FALSE(LooksLikeJsonLines("{\"id\": 1}\n{\"text\": \"\"}"));
  EXPECT_FALSE(LooksLikeJsonLines("<p>\"text\""));
}

}  // namespace
}  // namespace kronik
