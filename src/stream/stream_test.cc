#include <gtest/gtest.h>

#include "stream/content_coding.h"
#include "stream/packing.h"
#include "stream/unpacker.h"

namespace kronik {
namespace {

// All members' bytes, joined by "|"; "!" at the end for an error.
std::string Unpack(std::string bytes) {
  MemorySource source(std::move(bytes));
  Unpacker unpacker(source);
  std::string out;
  for (;;) {
    Result<bool> more = unpacker.Next();
    if (!more) return out + "!";
    if (!*more) return out;
    if (!out.empty()) out += '|';
    char piece[3];
    for (;;) {
      Result<size_t> count = unpacker.Read(piece, sizeof(piece));
      if (!count) return out + "!";
      if (*count == 0) break;
      out.append(piece, *count);
    }
  }
}

TEST(Unpacker, UnpacksMembers) {
  using namespace std::string_literals;
  const std::string skippable = "\x53\x2A\x4D\x18\x03\0\0\0abc"s;
  const std::pair<std::string, const char*> kCases[] = {
      {"", ""},
      {"plain\n", "plain\n"},
      {Gzip("one"), "one"},
      {Gzip("one") + Gzip("two"), "one|two"},
      {Gzip("one") + "\0\0\0"s, "one"},
      {Gzip("one") + "rubbish", "one!"},
      {Gzip("one").substr(0, 15), "one!"},
      {Zstd("one") + Zstd("two"), "one|two"},
      {Zstd("one") + skippable + Zstd("two"), "one|two"},
      {skippable + Zstd("two"), "two"},
      {skippable.substr(0, 9), "!"},
      {Zstd("one") + Gzip("two"), "one|two"},
      {Zstd("one").substr(0, 8), "!"},
      {"\x5D\x2A\x4D\x18\xFF\xFF\xFF\xFF"s, "!"},
      {"\x1F\x8B\x08", "!"},
  };
  for (const auto& [bytes, want] : kCases) EXPECT_EQ(Unpack(bytes), want) << want;
}

TEST(ContentCoding, Decodes) {
  const struct {
    const char* codings;
    std::string body;
    const char* want;  // "!" for an error
  } kCases[] = {
      {"", "hello", "hello"},
      {"identity", "hello", "hello"},
      {"gzip", Gzip("hello"), "hello"},
      {"X-GZIP", Gzip("hello"), "hello"},
      {"gzip", Gzip("hello").substr(0, 16), "hello"},  // cut short
      {"gzip", "<p>plain", "<p>plain"},
      {"br", "\x0B\x02\x80hello\x03", "hello"},
      {"br", "<p>plain", "<p>plain"},
      {"br", "\xFF\xFF\xFF", "!"},
      {"zstd", Zstd("hello"), "hello"},
      {"gzip, zstd", Zstd(Gzip("hello")), "hello"},
      {"gzip, gzip, gzip, gzip", "hello", "!"},
      {"compress", "hello", "!"},
  };
  for (const auto& c : kCases) {
    Result<std::string> got = DecodeContent(c.codings, c.body, 1000);
    EXPECT_EQ(got ? *got : "!", c.want) << c.codings;
  }
  for (const std::string& bomb : {Gzip(std::string(5000, 'a')), Zstd(std::string(5000, 'a'))}) {
    Result<std::string> got = DecodeContent(bomb[0] == '\x1F' ? "gzip" : "zstd", bomb, 1000);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, ErrorCode::kLimit);
  }
}

}  // namespace
}  // namespace kronik
