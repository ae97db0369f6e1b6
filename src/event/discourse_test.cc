#include "event/discourse.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace kronik {
namespace {

const Functions kFunctions = {{"042"}, {"043"}, {"039", "045"}, "visit"};

// Sentences of ten bytes, actors made as they are named: "KEN", "KEN2" for another of Kenya.
class DiscourseTest : public testing::Test {
 protected:
  void Add(uint32_t sentence, const std::string& type, const std::vector<std::string>& actor,
           const std::vector<std::string>& recipient, const std::string& mode = "") {
    while (document_.sentences.size() <= sentence) {
      const auto at = static_cast<uint32_t>(document_.sentences.size()) * 10;
      document_.sentences.push_back({at, at + 10, 0, 0, 0, {}});
    }
    static const std::map<std::string, int> kQuads = {
        {"CONSULT", 1}, {"AGREE", 1}, {"REJECT", 3}, {"ASSAULT", 4}};
    Event event;
    event.event_type = type;
    event.mode = mode;
    event.quad_category = kQuads.at(type);
    event.sentence = {sentence * 10, sentence * 10 + 10, Layer::kBody, 0};
    for (const std::string& name : actor) event.actor.push_back({ActorOf(name), {}});
    for (const std::string& name : recipient) event.recipient.push_back({ActorOf(name), {}});
    events_.push_back(std::move(event));
  }

  std::string Parties(size_t i) const {
    std::string out;
    for (const ActorRef& ref : events_[i].actor) out += document_.actors[ref.actor].name + " ";
    out += ">";
    for (const ActorRef& ref : events_[i].recipient) out += " " + document_.actors[ref.actor].name;
    return out;
  }

  Document document_;
  std::vector<Event> events_;

 private:
  uint32_t ActorOf(const std::string& name) {
    const auto [known, fresh] = actors_.emplace(name, document_.actors.size());
    if (fresh) {
      Actor actor;
      actor.name = name;
      actor.code = name.substr(0, 3);
      document_.actors.push_back(actor);
    }
    return static_cast<uint32_t>(known->second);
  }
  std::map<std::string, size_t> actors_;
};

TEST_F(DiscourseTest, AnAnswerGoesToWhoeverSpokeBefore) {
  Add(0, "REJECT", {"PAK"}, {"AFG"});
  Add(2, "REJECT", {"AFG2"}, {});
  FindCounterparts(document_, kFunctions, events_);
  EXPECT_EQ(Parties(1), "AFG2 > PAK");
}

TEST_F(DiscourseTest, AgreesWithTheOtherOfAMeeting) {
  Add(0, "CONSULT", {"PER", "CHL"}, {});
  Add(1, "AGREE", {"CHL"}, {});
  FindCounterparts(document_, kFunctions, events_);
  EXPECT_EQ(Parties(1), "CHL > PER");
}

TEST_F(DiscourseTest, NobodyIsFoundTooFarOffOrForDeedsOrForThirds) {
  Add(0, "REJECT", {"PAK"}, {"AFG"});
  Add(1, "ASSAULT", {"AFG"}, {});
  Add(1, "AGREE", {"CHN"}, {});
  Add(9, "REJECT", {"AFG"}, {});
  FindCounterparts(document_, kFunctions, events_);
  EXPECT_EQ(Parties(1), "AFG >");
  EXPECT_EQ(Parties(2), "CHN >");
  EXPECT_EQ(Parties(3), "AFG >");
}

TEST_F(DiscourseTest, AThirdPartysWordIsToThoseWhoMadeIt) {
  Add(0, "AGREE", {"PER"}, {"CHL"});
  Add(0, "ASSAULT", {"PAK"}, {"AFG"});
  Add(1, "AGREE", {"KEN"}, {});
  Add(2, "AGREE", {"NOR"}, {});
  // "welcomed the deal" in sentence 1, "welcomed a deal" in sentence 2
  for (uint32_t i = 0; i < 6; ++i) {
    Token token;
    token.start = (i < 3 ? 10 : 14) + i * 2;
    token.end = token.start + 1;
    token.head = i % 3 == 0 ? -1 : static_cast<int32_t>(i % 3 == 1 ? i + 1 : i - 2);
    token.deprel = i % 3 == 0 ? "root" : i % 3 == 1 ? "det" : "obj";
    if (i % 3 == 1) token.feats = i < 3 ? "Definite=Def" : "Definite=Ind";
    document_.tokens.push_back(token);
  }
  events_[2].trigger = {10, 11, Layer::kBody, 0};
  events_[3].trigger = {20, 21, Layer::kBody, 0};
  FindCounterparts(document_, kFunctions, events_);
  EXPECT_EQ(Parties(2), "KEN > PER CHL");
  EXPECT_EQ(Parties(3), "NOR >");
}

TEST_F(DiscourseTest, TalksFollowTheNearestVisitBefore) {
  Add(0, "CONSULT", {"KEN"}, {"NOR"}, "visit");
  Add(1, "CONSULT", {"NOR2", "KEN2"}, {});
  Add(2, "CONSULT", {"NOR"}, {"KEN"}, "visit");
  Add(3, "CONSULT", {"NOR", "KEN"}, {});
  Add(3, "CONSULT", {"NOR", "KEN", "PER"}, {});
  OrientTalks(document_, kFunctions, events_);
  EXPECT_EQ(Parties(1), "KEN2 > NOR2");
  EXPECT_EQ(events_[1].mode, "visit");
  EXPECT_EQ(Parties(3), "NOR > KEN");
  EXPECT_EQ(Parties(4), "NOR KEN PER >");
}

}  // namespace
}  // namespace kronik
