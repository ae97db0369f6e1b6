#include "warc/members.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace kronik {
namespace {

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

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
