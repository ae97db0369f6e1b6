#include "warc/members.h"

#include <gtest/gtest.h>

#include <string>

#include "stream/packing.h"

namespace kronik {
namespace {

TEST(Members, FindsTheNextRecordAndNothingElse) {
  const std::string record = Gzip("WARC/1.1\r\nWARC-Type: response\r\n\r\n");
  // A member that is no record, and what only looks like a member's beginning.
  const std::string before = "\x1F\x8B\x08 no member" + Gzip("<p>WARC/1.1</p>") + "tail";
  EXPECT_EQ(FindMember(record), 0U);
  EXPECT_EQ(FindMember(before + record + record), before.size());
  EXPECT_EQ(FindMember(before), std::nullopt);
  EXPECT_EQ(FindMember(""), std::nullopt);
  // Cut off after the first bytes it is still known.
  EXPECT_EQ(FindMember(record.substr(0, record.size() - 9)), 0U);
}

}  // namespace
}  // namespace kronik
