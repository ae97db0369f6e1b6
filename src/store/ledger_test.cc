#include "store/ledger.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

namespace kronik {
namespace {

struct Told {
  const char* id;
  const char* kind;
  const char* status;
  std::vector<std::string> bound, toward;
  std::vector<std::string> acts, topics;
  const char* subject;
  const char* day;
  const char* due = "";
};

Json RecordOf(const Told& told) {
  Json record{{"id", told.id},           {"input", told.id},      {"kind", told.kind},
              {"acts", told.acts},       {"topics", told.topics}, {"status", told.status},
              {"parties", Json::array()}};
  const auto add = [&](const std::vector<std::string>& codes, const char* role) {
    for (const std::string& code : codes) {
      record["parties"].push_back({{"actor", {{"code", code}}}, {"role", role}});
    }
  };
  add(told.bound, "bound");
  add(told.toward, "toward");
  record["subject"] = {{"text", told.subject}};
  record["made"] = {{"from", told.day}, {"to", told.day}};
  record["term"] = {{"from", nullptr}, {"to", nullptr}};
  if (*told.due != '\0') record["term"]["to"] = told.due;
  record["evidence"] = Json::array({{{"status", told.status}, {"date", record["made"]}}});
  return record;
}

// "id+id:status" for each entry; '?' where reports disagree.
std::vector<std::string> Ledger(const std::vector<Told>& told) {
  std::vector<Json> records;
  for (const Told& one : told) records.push_back(RecordOf(one));
  std::vector<std::string> lines;
  for (const Json& entry : BuildLedger(std::move(records))) {
    std::string line;
    for (const Json& evidence : entry["evidence"]) {
      line += (line.empty() ? "" : "+") + evidence["id"].get<std::string>();
    }
    lines.push_back(line + ":" + entry["status"].get<std::string>() +
                    (entry.contains("disputed") ? "?" : ""));
  }
  return lines;
}

const Told kPledge{"a",          "pledge",    "made",   {"NOR"},
                   {"MWI"},      {"deliver"}, {"rice"}, "send 200 tonnes of rice",
                   "2027-01-11", "2027-06-30"};

TEST(Ledger, FollowsACommitment) {
  const Told retold{"b",         "pledge",    "made",   {"NOR"},
                    {"MWI"},     {"deliver"}, {"rice"}, "mengirim 200 ton beras",
                    "2027-01-12"};
  const Told part{"c",         "pledge", "partly_fulfilled",           {"NOR"},     {"MWI"},
                  {"deliver"}, {"rice"}, "delivered half of the rice", "2027-04-05"};
  const Told kept{"d",         "plan",   "fulfilled",     {"NOR"},     {},
                  {"deliver"}, {"rice"}, "sent the rice", "2027-06-01"};
  EXPECT_THAT(Ledger({kPledge, retold}), testing::ElementsAre("a+b:made"));
  EXPECT_THAT(Ledger({kPledge, retold, part}), testing::ElementsAre("a+b+c:partly_fulfilled"));
  EXPECT_THAT(Ledger({kPledge, retold, part, kept}), testing::ElementsAre("a+b+c+d:fulfilled"));
  EXPECT_THAT(Ledger({kept, part, kPledge, retold}), testing::ElementsAre("a+b+c+d:fulfilled"));
}

TEST(Ledger, TheDayBeforeADeadlineIsTheSameDeadline) {
  Told before = kPledge;
  before.id = "b";
  before.due = "2027-06-29";
  EXPECT_THAT(Ledger({kPledge, before}), testing::ElementsAre("a+b:made"));
  before.due = "2027-03-31";
  EXPECT_EQ(Ledger({kPledge, before}).size(), 2u);
}

TEST(Ledger, KeepsLookAlikesApart) {
  const Told cases[] = {
      // another thing, another promiser, another side, another amount, another term
      {"b",
       "pledge",
       "made",
       {"NOR"},
       {"MWI"},
       {"deliver"},
       {"shelter"},
       "send tents",
       "2027-01-12"},
      {"b", "pledge", "made", {"SWE"}, {"MWI"}, {"deliver"}, {"rice"}, "send rice", "2027-01-12"},
      {"b", "pledge", "made", {"NOR"}, {"ZMB"}, {"deliver"}, {"rice"}, "send rice", "2027-01-12"},
      {"b",
       "pledge",
       "made",
       {"NOR"},
       {"MWI"},
       {"deliver"},
       {"rice"},
       "send 50 tonnes of rice",
       "2027-01-12"},
      {"b", "pledge", "made", {"NOR"}, {"MWI"}, {"deliver"}, {"rice"}, "send rice", "2029-01-12"},
      {"b", "demand", "made", {"MWI"}, {"NOR"}, {"deliver"}, {"rice"}, "send rice", "2027-01-12"},
  };
  for (const Told& other : cases) EXPECT_EQ(Ledger({kPledge, other}).size(), 2u) << other.subject;
}

TEST(Ledger, WordsOfItsOwnNeedOneInCommon) {
  const Told made{
      "a", "pledge", "made", {"PRT"}, {"TUN"}, {}, {}, "restore the old lighthouse", "2028-02-01"};
  const Told other{
      "b", "pledge", "broken", {"PRT"}, {"TUN"}, {}, {}, "sing the choir's songs", "2028-09-12"};
  const Told bare{"c", "pledge", "broken", {"PRT"}, {"TUN"}, {}, {}, "", "2028-09-12"};
  EXPECT_THAT(Ledger({made, other}), testing::ElementsAre("a:made", "b:broken"));
  EXPECT_THAT(Ledger({made, bare}), testing::ElementsAre("a+c:broken"));
}

TEST(Ledger, ANewTruceAfterABrokenOne) {
  const auto truce = [](const char* id, const char* status, const char* day) {
    return Told{id, "agreement", status, {"SAU", "YEM"}, {}, {}, {"ceasefire"}, "truce", day};
  };
  EXPECT_THAT(Ledger({truce("a", "made", "2027-01-01"), truce("b", "broken", "2027-02-01"),
                      truce("c", "made", "2027-05-01"), truce("d", "reaffirmed", "2027-06-01")}),
              testing::ElementsAre("a+b:broken", "c+d:reaffirmed"));
}

TEST(Ledger, DisagreeingReportsStandSideBySide) {
  const auto truce = [](const char* id, const char* status, const char* day) {
    return Told{id, "agreement", status, {"SAU", "YEM"}, {}, {}, {"ceasefire"}, "truce", day};
  };
  EXPECT_THAT(Ledger({truce("a", "made", "2027-01-01"), truce("b", "fulfilled", "2027-02-01"),
                      truce("c", "broken", "2027-02-03")}),
              testing::ElementsAre("a+b+c:broken?"));
  // Much later it is no dispute.
  EXPECT_THAT(Ledger({truce("a", "made", "2027-01-01"), truce("b", "fulfilled", "2027-02-01"),
                      truce("c", "broken", "2027-09-03")}),
              testing::ElementsAre("a+b+c:broken"));
}

TEST(Ledger, AnAgreementAnswersADemand) {
  const Told demand{"a",          "demand",     "made",     {"NER"},
                    {"USA"},      {"withdraw"}, {"troops"}, "withdraw its soldiers",
                    "2027-01-11", "2027-03-31"};
  // With a day of its own; what the asking side would do itself is no answer.
  const Told agreed{"b",          "agreement",  "made",     {"USA"},
                    {},           {"withdraw"}, {"troops"}, "withdraw its soldiers",
                    "2027-02-01", "2027-06-30"};
  const Told own{"c",         "agreement",  "made",     {"NER"},
                 {"MLI"},     {"withdraw"}, {"troops"}, "withdraw its soldiers",
                 "2027-02-01"};
  EXPECT_THAT(Ledger({demand, agreed}), testing::ElementsAre("a+b:made"));
  EXPECT_THAT(Ledger({demand, own}), testing::UnorderedElementsAre("a:made", "c:made"));
}

TEST(Ledger, APlannedActHasItsDay) {
  const auto visit = [](const char* id, const char* status, const char* day, const char* on) {
    Json record =
        RecordOf({id, "plan", status, {"OMN"}, {"IRN"}, {"visit"}, {}, "visit Iran", day, on});
    if (*on != '\0') record["term"]["from"] = on;
    return record;
  };
  const std::vector<Json> ledger = BuildLedger({visit("a", "made", "2028-06-05", "2028-06-12"),
                                                visit("b", "made", "2028-06-06", "2028-06-25"),
                                                visit("c", "fulfilled", "2028-06-12", "")});
  ASSERT_EQ(ledger.size(), 2u);
  EXPECT_EQ(ledger[0]["status"], "fulfilled");
  EXPECT_EQ(ledger[1]["status"], "made");
}

TEST(Ledger, RebelsAreNotTheStateTheyFight) {
  const Told inner{"a", "agreement",   "made",  {"YEM", "YEM"}, {},
                   {},  {"ceasefire"}, "truce", "2027-01-01"};
  const Told other{"b", "agreement",   "made",  {"YEM", "SAU"}, {},
                   {},  {"ceasefire"}, "truce", "2027-02-01"};
  Json record = RecordOf(inner);
  record["parties"][1]["actor"]["sectors"] = {"REB"};
  EXPECT_EQ(BuildLedger({record, RecordOf(other)}).size(), 2u);
}

TEST(Ledger, FewerThanPromisedIsAPart) {
  const auto home = [](const char* id, const char* status, const char* subject, const char* day) {
    return Told{id, "pledge", status, {"MYS"}, {"IDN"}, {"return"}, {"labour"}, subject, day};
  };
  const Told promised = home("a", "made", "send home 1,200 workers", "2027-01-01");
  EXPECT_THAT(Ledger({promised, home("b", "fulfilled", "sent home 700 workers", "2027-02-01")}),
              testing::ElementsAre("a+b:partly_fulfilled"));
  EXPECT_THAT(Ledger({promised, home("b", "fulfilled", "sent home 1200 workers", "2027-02-01")}),
              testing::ElementsAre("a+b:fulfilled"));
}

struct Done {
  const char* id;
  std::vector<std::string> bound, toward;
  const char* act;
  const char* status;
  std::vector<std::string> topics;
  const char* subject;
  const char* day;
  bool object = true, sides = false, omitted = false;
};

Json DeedOf(const Done& done) {
  Json record =
      RecordOf({done.id, "", "", done.bound, done.toward, {}, done.topics, done.subject, done.day});
  for (const char* key : {"kind", "status", "acts", "term"}) record.erase(key);
  record["deed"] = "deed";
  record["outcomes"] = Json::array({{{"act", done.act}, {"status", done.status}}});
  if (done.object) record["outcomes"][0]["object"] = true;
  if (done.sides) record["outcomes"][0]["sides"] = true;
  if (done.omitted) record["omitted"] = true;
  record["evidence"] = Json::array({{{"date", record["made"]}}});
  return record;
}

// What a deed makes of the one promise that there is; "-" where it joins none.
std::string After(const Told& told, const Done& done) {
  const std::vector<Json> ledger = BuildLedger({RecordOf(told)}, {DeedOf(done)});
  EXPECT_EQ(ledger.size(), 1u);
  if (ledger[0]["evidence"].size() < 2) return "-";
  EXPECT_EQ(ledger[0]["evidence"][1]["status"], ledger[0]["status"]);
  EXPECT_EQ(ledger[0]["evidence"][1]["match"]["deed"], "deed");
  return ledger[0]["status"].get<std::string>();
}

TEST(Ledger, ADeedCarriesOutWhatWasPromised) {
  const Done done{
      "b",         {"NOR"}, {"MWI"}, "deliver", "fulfilled", {"rice"}, "handed over the rice",
      "2027-06-01"};
  EXPECT_EQ(After(kPledge, done), "fulfilled");
  Done other = done;
  other.day = "2027-01-11";  // not later
  EXPECT_EQ(After(kPledge, other), "-");
  other = done;
  other.bound = {"SWE"};
  EXPECT_EQ(After(kPledge, other), "-");
  other = done;
  other.toward = {"ZMB"};
  EXPECT_EQ(After(kPledge, other), "-");
  other = done;
  other.topics = {"tank"};
  EXPECT_EQ(After(kPledge, other), "-");
  other = done;
  other.act = "lift";
  EXPECT_EQ(After(kPledge, other), "-");
  other = done;
  other.subject = "handed over 120 tonnes of rice";
  EXPECT_EQ(After(kPledge, other), "partly_fulfilled");
  other.subject = "handed over 900 tonnes of rice";
  EXPECT_EQ(After(kPledge, other), "-");
  // Who did it is not told: of both sides, or of the receiver and the thing.
  other = done;
  other.bound = {};
  EXPECT_EQ(After(kPledge, other), "-");
  other.subject = "got 200 tonnes of rice";
  EXPECT_EQ(After(kPledge, other), "fulfilled");
  other.toward = {"MWI", "SWE"};
  EXPECT_EQ(After(kPledge, other), "-");
}

TEST(Ledger, WhatIsNotDoneIsBrokenOnceItWasDue) {
  Done done{"b",         {"NOR"}, {"MWI"}, "deliver", "broken", {"rice"}, "has not sent the rice",
            "2027-06-01"};
  done.omitted = true;
  EXPECT_EQ(After(kPledge, done), "-");
  done.day = "2027-07-15";
  EXPECT_EQ(After(kPledge, done), "broken");
}

TEST(Ledger, ADeedThatFitsTwoJoinsNone) {
  const Done done{"c",         {"NOR"},  {"MWI"},         "deliver",
                  "fulfilled", {"rice"}, "sent the rice", "2028-06-01"};
  Told other = kPledge;
  other.id = "b";
  other.subject = "send 90 tonnes of rice";
  other.due = "2027-12-31";
  for (const Json& entry : BuildLedger({RecordOf(kPledge), RecordOf(other)}, {DeedOf(done)})) {
    EXPECT_EQ(entry["status"], "made");
  }
}

TEST(Ledger, ADeedKeepsEntriesApart) {
  // A promise after the first was kept is another.
  Told again = kPledge;
  again.id = "c";
  again.day = "2027-09-01";
  again.due = "";
  const Done done{"b",         {"NOR"},  {"MWI"},         "deliver",
                  "fulfilled", {"rice"}, "sent the rice", "2027-03-01"};
  const std::vector<Json> ledger =
      BuildLedger({RecordOf(again), RecordOf(kPledge)}, {DeedOf(done)});
  ASSERT_EQ(ledger.size(), 2u);
  EXPECT_EQ(ledger[0]["status"], "fulfilled");
  EXPECT_EQ(ledger[1]["status"], "made");
}

TEST(Ledger, WhatItTakes) {
  EXPECT_TRUE(BuildLedger({}).empty());
  EXPECT_EQ(BuildLedger({Json::object(), Json::object()}).size(), 2u);
  // Many commitments of one party take no longer than their number.
  std::vector<Json> many;
  for (int i = 0; i < 3000; ++i) {
    Told told = kPledge;
    const std::string id = std::to_string(i), topic = "t" + std::to_string(i % 700);
    told.id = id.c_str();
    told.topics = {topic};
    many.push_back(RecordOf(told));
  }
  EXPECT_GE(BuildLedger(std::move(many)).size(), 700u);
}

}  // namespace
}  // namespace kronik
