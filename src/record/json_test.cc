#include "record/json.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Records, SpansCountCodePoints) {
  Document document;
  document.article.id = "a";
  document.article.AppendBlock(BlockKind::kParagraph, "“Señor” Núñez met Ms Ito.");
  const std::string& text = document.article.text;
  Event event;
  event.event_type = "T";
  const auto start = static_cast<uint32_t>(text.find("met"));
  event.trigger = {start, start + 3, Layer::kBody, 0};
  Json record = Records(document).EventRecord(event);
  EXPECT_EQ(record["trigger"]["text"], "met");
  EXPECT_EQ(record["trigger"]["start"], 14);
  EXPECT_EQ(record["trigger"]["end"], 17);
}

TEST(Records, IdsAreStableAndTellRecordsApart) {
  Document document;
  document.article.id = "a";
  document.article.AppendBlock(BlockKind::kParagraph, "They met and talked.");
  Event met, talked;
  met.trigger = {5, 8, Layer::kBody, 0};
  talked.trigger = {13, 19, Layer::kBody, 0};
  Records records(document);
  EXPECT_EQ(records.EventRecord(met)["id"], records.EventRecord(met)["id"]);
  EXPECT_NE(records.EventRecord(met)["id"], records.EventRecord(talked)["id"]);
}

TEST(Records, IllFormedTextDoesNotThrow) {
  Document document;
  document.article.title = "\xFF";
  EXPECT_NE(ToLine(Records(document).ArticleRecord()).find("\uFFFD"), std::string::npos);
}

}  // namespace
}  // namespace kronik
