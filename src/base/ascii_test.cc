#include "base/ascii.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Ascii, LowerTrimEscape) {
  EXPECT_EQ(AsciiLower("Content-Type \xC3\x84Z"), "content-type \xC3\x84z");
  EXPECT_EQ(TrimAscii(" \t a b\r\n"), "a b");
  EXPECT_EQ(TrimAscii(" \n"), "");
  std::string out = "x";
  AppendEscaped("<a href=\"b\">&", out);
  EXPECT_EQ(out, "x&lt;a href=&quot;b&quot;&gt;&amp;");
}

}  // namespace
}  // namespace kronik
