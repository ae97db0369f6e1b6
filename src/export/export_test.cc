#include "export/export.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace kronik {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (char c : line) {
    if (c == '\n') break;
    c == '\t' ? static_cast<void>(cells.emplace_back()) : cells.back().push_back(c);
  }
  return cells;
}

Json Actor(const char* name, const char* code, std::vector<std::string> sectors) {
  return Json{{"text", name}, {"name", name}, {"code", code}, {"sectors", sectors}};
}

class Export : public ::testing::Test {
 protected:
  Export() : resources_(*Resources::Open()) {
    event_ = {{"id", "0123456789abcdef0123456789abcdef"},
              {"article", "a1"},
              {"event_type", "AID"},
              {"mode", "humanitarian"},
              {"context", {"refugee"}},
              {"cameo", "073"},
              {"goldstein", 7.4},
              {"quad_category", 2},
              {"actor", {Actor("Romanian government", "ROU", {"GOV"})}},
              {"recipient", {Actor("WHO", "UNO", {})}},
              {"date", {{"from", "2024-05-03"}, {"to", "2024-05-03"}}},
              {"place", "Geneva"},
              {"status", "asserted"},
              {"background", false},
              {"confidence", 0.8},
              {"sentence_number", 3}};
    event_["evidence"] = Json::array({{{"id", "e1"}, {"article", "a1"}, {"sentence_number", 3}}});
  }

  std::vector<std::string> Row(ExportFormat format) {
    return Cells(Exporter::Load(resources_, format)->Rows(event_, articles_));
  }

  Resources resources_;
  Json event_;
  const CitedArticles articles_{
      {"a1", {"https://post.example/1", "Post", "2024-05-03T10:20:30Z", "en"}}};
};

TEST_F(Export, Gdelt) {
  const std::vector<std::string> row = Row(ExportFormat::kGdelt);
  ASSERT_EQ(row.size(), 61u);
  EXPECT_EQ(row[0], "40992764608243447");  // 63 bits of the hash
  EXPECT_EQ(row[1], "20240503");
  EXPECT_EQ(row[2], "202405");
  EXPECT_EQ(row[4], "2024.4192");
  EXPECT_EQ(row[5], "ROMGOV");  // CAMEO's country, not ISO's
  EXPECT_EQ(row[7], "ROM");
  EXPECT_EQ(row[12], "GOV");
  EXPECT_EQ(row[15], "IGOUNO");
  EXPECT_EQ(row[18], "UNO");
  EXPECT_EQ(row[26], "073");
  EXPECT_EQ(row[28], "07");
  EXPECT_EQ(row[29], "2");
  EXPECT_EQ(row[37], "RO");  // FIPS
  EXPECT_EQ(row[51], "4");
  EXPECT_EQ(row[52], "Geneva, Switzerland");
  EXPECT_EQ(row[53], "SZ");
  EXPECT_EQ(row[59], "20240503102030");
  EXPECT_EQ(row[60], "https://post.example/1");
}

TEST_F(Export, Polecat) {
  const std::vector<std::string> row = Row(ExportFormat::kPolecat);
  ASSERT_EQ(row.size(), 40u);
  EXPECT_EQ(row[2], "AID");
  EXPECT_EQ(row[5], "MATERIAL COOPERATION");
  EXPECT_EQ(row[8], "ROU");
  EXPECT_EQ(row[9], "360");
  EXPECT_EQ(row[33], "Post");
}

TEST_F(Export, Icews) {
  const std::vector<std::string> row = Row(ExportFormat::kIcews);
  ASSERT_EQ(row.size(), 20u);
  EXPECT_EQ(row[1], "2024-05-03");
  EXPECT_EQ(row[4], "Romania");
  EXPECT_EQ(row[5], "Provide humanitarian aid");
  EXPECT_EQ(row[12], "3");
}

TEST_F(Export, PhoenixKeepsStatementsApart) {
  event_["cameo"] = "020";
  const std::vector<std::string> row = Row(ExportFormat::kPhoenix);
  ASSERT_EQ(row.size(), 26u);
  EXPECT_THAT((std::vector<std::string>(row.begin() + 13, row.begin() + 18)),
              ElementsAre("020", "02", "0", "7.4", "refugee,1"));
}

TEST_F(Export, WhatDidNotHappenIsInNoFormatWithoutAStatus) {
  event_["status"] = "planned";
  for (ExportFormat format : {ExportFormat::kGdelt, ExportFormat::kPolecat, ExportFormat::kIcews,
                              ExportFormat::kPhoenix}) {
    EXPECT_THAT(Exporter::Load(resources_, format)->Rows(event_, articles_), IsEmpty());
  }
  EXPECT_THAT(Exporter::Load(resources_, ExportFormat::kTsv)->Rows(event_, articles_),
              StartsWith("0123456789abcdef"));
}

TEST_F(Export, WhatTwoDidTogetherIsToldFromEachToTheOther) {
  event_["actor"].push_back(Actor("Kenya", "KEN", {}));
  event_["recipient"] = Json::array();
  const Result<Exporter> exporter = Exporter::Load(resources_, ExportFormat::kGdelt);
  const std::string rows = exporter->Rows(event_, articles_);
  ASSERT_EQ(std::count(rows.begin(), rows.end(), '\n'), 2);
  const std::vector<std::string> first = Cells(rows);
  const std::vector<std::string> second = Cells(rows.substr(rows.find('\n') + 1));
  EXPECT_EQ(first[15], "KEN");
  EXPECT_EQ(second[5], "KEN");
  EXPECT_NE(first[0], second[0]);
}

TEST_F(Export, WhatTwoDidTogetherIsToldOnceWhereThatIsAskedFor) {
  event_["actor"].push_back(Actor("Kenya", "KEN", {}));
  event_["actor"].push_back(Actor("Peru", "PER", {}));
  event_["recipient"] = Json::array();
  const auto ids = [&](Reciprocal reciprocal) {
    const Result<Exporter> exporter =
        Exporter::Load(resources_, ExportFormat::kTsv, {.reciprocal = reciprocal});
    std::set<std::string> out;
    std::istringstream rows(exporter->Rows(event_, articles_));
    for (std::string row; std::getline(rows, row);) out.insert(Cells(row)[0]);
    return out;
  };
  const std::set<std::string> once = ids(Reciprocal::kOnce), each = ids(Reciprocal::kEachWay);
  EXPECT_EQ(once.size(), 3u);
  EXPECT_EQ(each.size(), 6u);
  EXPECT_TRUE(std::includes(each.begin(), each.end(), once.begin(), once.end()));
}

TEST_F(Export, AVisitIsMirroredByTheHostsSide) {
  event_["cameo"] = "042";
  event_["goldstein"] = 1.9;
  const Result<Exporter> exporter =
      Exporter::Load(resources_, ExportFormat::kTsv, {.reciprocal = Reciprocal::kMirrored});
  const std::string rows = exporter->Rows(event_, articles_);
  ASSERT_EQ(std::count(rows.begin(), rows.end(), '\n'), 2);
  const std::vector<std::string> host = Cells(rows.substr(rows.find('\n') + 1));
  EXPECT_EQ(host[4], "043");
  EXPECT_EQ(host[5], "2.8");
  EXPECT_EQ(host[7], "UNO");
  EXPECT_EQ(host[10], "ROU");
  event_["cameo"] = "073";  // aid is no act of both
  const std::string aid = exporter->Rows(event_, articles_);
  EXPECT_EQ(std::count(aid.begin(), aid.end(), '\n'), 1);
}

TEST_F(Export, QuotesAndTabs) {
  event_["actor"][0]["name"] = "A \"B\",\tC\nD";
  EXPECT_EQ(Row(ExportFormat::kTsv)[9], "A \"B\", C D");
  EXPECT_THAT(Exporter::Load(resources_, ExportFormat::kCsv)->Rows(event_, articles_),
              ::testing::HasSubstr("\"A \"\"B\"\", C D\""));
}

}  // namespace
}  // namespace kronik
