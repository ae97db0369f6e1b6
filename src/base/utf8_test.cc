#include "base/utf8.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Utf8, RoundTripsEveryLength) {
  for (char32_t c : {U'a', U'é', U'—', U'😀', char32_t{0x10FFFF}}) {
    std::string text;
    AppendUtf8(c, text);
    size_t at = 0;
    EXPECT_EQ(DecodeUtf8(text, at), c);
    EXPECT_EQ(at, text.size());
    EXPECT_TRUE(IsValidUtf8(text));
  }
}

TEST(Utf8, ReplacesIllFormedBytes) {
  struct Case {
    std::string in, out;
  };
  for (const Case& c :
       {Case{"a\xFFz", "a\uFFFDz"}, Case{"\xC0\x80", "\uFFFD\uFFFD"}, Case{"\xE2\x82", "\uFFFD"},
        Case{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"}, Case{"\xF0\x9F\x98x", "\uFFFDx"}}) {
    EXPECT_FALSE(IsValidUtf8(c.in));
    EXPECT_EQ(ToValidUtf8(c.in), c.out);
  }
}

TEST(Utf8, CountsCodePoints) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "aé—😀";  // 1 + 2 + 3 + 4 bytes
  CodePointIndex index(text);
  for (uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(index.At(10 * i), 4 * i);
    EXPECT_EQ(index.At(10 * i + 1), 4 * i + 1);
    EXPECT_EQ(index.At(10 * i + 6), 4 * i + 3);
  }
  EXPECT_EQ(index.At(1000), 400u);
  EXPECT_EQ(CodePointIndex("").At(0), 0u);
}

TEST(Utf8, SquashesAndLowers) {
  EXPECT_EQ(Squash(" \u00A0a \n\tb\u200B "), "a b");
  EXPECT_EQ(LowerCase("ÉCOLE Ünï İ"), "école ünï i");
}

}  // namespace
}  // namespace kronik
