#include "export/statement_events.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

class StatementEventsTest : public ::testing::Test {
 protected:
  // What a statement with a cue makes: its code, or "-".
  std::string Code(const char* cue) {
    statement_["cue"] = {{"text", cue}, {"start", 20}, {"end", 24}};
    const std::optional<Json> event = events_.Of(statement_, article_);
    return event ? (*event)["cameo"].get<std::string>() : "-";
  }

  StatementEvents events_ = *StatementEvents::Load(*Resources::Open());
  CitedArticle article_{.url = "", .publisher = "", .published = "2024-05-03T10:20:30Z", .lang = "en"};
  Json statement_ = {{"id", "s1"},
                     {"article", "a1"},
                     {"source", {{"text", "Peru"}, {"code", "PER"}, {"sectors", Json::array()}}},
                     {"addressee", {{"text", "Oman"}, {"code", "OMN"}}},
                     {"sentence", {{"text", "Peru told Oman ..."}, {"start", 15}, {"end", 40}}}};
};

TEST_F(StatementEventsTest, TheCueTellsTheCode) {
  EXPECT_EQ(Code("told"), "010");
  EXPECT_EQ(Code("has denied"), "016");
  EXPECT_EQ(Code("Hoped"), "013");
  EXPECT_EQ(Code("appealed"), "020");
  article_.lang = "id";
  EXPECT_EQ(Code("mengimbau"), "020");
  EXPECT_EQ(Code("kata"), "010");
  article_.lang = "xx";
  EXPECT_EQ(Code("said"), "-");
}

TEST_F(StatementEventsTest, TheSourceActsOnTheAddressee) {
  ASSERT_EQ(Code("told"), "010");
  const Json event = *events_.Of(statement_, article_);
  EXPECT_EQ(event["id"], "s1");
  EXPECT_EQ(event["actor"][0]["code"], "PER");
  EXPECT_EQ(event["recipient"][0]["code"], "OMN");
  EXPECT_EQ(event["date"]["from"], "2024-05-03");
  EXPECT_EQ(event["quad_category"], 1);
  EXPECT_EQ(event["evidence"][0]["trigger"]["text"], "told");
}

TEST_F(StatementEventsTest, SomeMakeNone) {
  statement_["negated"] = true;
  EXPECT_EQ(Code("said"), "-");
  EXPECT_EQ(Code("denied"), "016");
  statement_["negated"] = false;
  events_.Told({{"evidence", {{{"article", "a1"}, {"trigger", {{"start", 20}, {"end", 24}}}}}}});
  EXPECT_EQ(Code("condemned"), "-");  // an event of its own
  statement_["article"] = "a2";
  EXPECT_EQ(Code("condemned"), "010");
  statement_["source"] = {{"text", "a man"}, {"code", ""}, {"sectors", Json::array()}};
  EXPECT_EQ(Code("said"), "-");
}

}  // namespace
}  // namespace kronik
