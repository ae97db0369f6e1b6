#include "page/charset.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(ToUtf8, FindsTheCharset) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view bytes, content_type, want;
  };
  const Case cases[] = {
      {"", "", ""},
      {"plain", "", "plain"},
      {"\xEF\xBB\xBFna\xC3\xAFve", "text/html; charset=latin1", "naïve"},
      {"na\xC3\xAFve", "text/html; charset=ISO-8859-1", "naïve"},
      {"na\xEFve \x93x\x94", "", "naïve “x”"},
      {"\xC1\xD2", "text/html; Charset=\"KOI8-R\"", "ар"},
      {"<meta charset='windows-1251'>\xEF", "", "<meta charset='windows-1251'>п"},
      {"<META http-equiv=x content=\"text/html; charset=Shift_JIS\">\x93\xFA", "",
       "<META http-equiv=x content=\"text/html; charset=Shift_JIS\">日"},
      {"\xFF\xFEh\0i\0"sv, "", "hi"},
      {"a\xFF", "text/html; charset=utf-8", "a\xEF\xBF\xBD"},
      {"a\xE9", "charset=nonsense", "aé"},
      {"<meta charset=utf-16>x", "", "<meta charset=utf-16>x"},
  };
  for (const Case& c : cases) {
    Result<std::string> got = ToUtf8(c.bytes, c.content_type);
    ASSERT_TRUE(got);
    EXPECT_EQ(*got, c.want) << c.bytes;
  }
}

}  // namespace
}  // namespace kronik
