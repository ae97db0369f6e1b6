#include "page/charset.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

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
      {"<META http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\">\x93\xFA", "",
       "<META http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\">日"},
      {"\xFF\xFEh\0i\0"sv, "", "hi"},
      {"a\xFF", "text/html; charset=utf-8", "a\xEF\xBF\xBD"},
      {"a\xE9", "charset=nonsense", "aé"},
      {"<meta charset=utf-16>x", "", "<meta charset=utf-16>x"},
      {"\x1b$)Cx", "text/html; charset=iso-2022-kr", "\xEF\xBF\xBD"},
  };
  for (const Case& c : cases) {
    std::string converted;
    Result<std::string_view> got = ToUtf8(c.bytes, c.content_type, converted);
    ASSERT_TRUE(got);
    EXPECT_EQ(*got, c.want) << c.bytes;
  }
}

TEST(Encoding, LabelsAreTheStandards) {
  struct Case {
    std::string_view label, want;
  };
  for (const Case& c : {Case{" UTF8 ", "UTF-8"}, Case{"Latin1", "windows-1252"},
                        Case{"gb2312", "GBK"}, Case{"ks_c_5601-1987", "EUC-KR"}, Case{"utf", ""},
                        Case{"", ""}, Case{"iso-8859-8-i", "ISO-8859-8-I"}}) {
    EXPECT_EQ(EncodingOf(c.label), c.want) << c.label;
  }
}

// The cases of html5lib-tests that lie beside the checkout.
TEST(Conformance, Encoding) {
  namespace fs = std::filesystem;
  const fs::path suite = fs::path(KRONIK_SOURCE_DIR) / "../shared/data/html5/encoding";
  if (!fs::exists(suite)) GTEST_SKIP() << "no html5lib-tests at " << suite;
  size_t passed = 0, failed = 0;
  for (const auto& entry : fs::directory_iterator(suite)) {
    if (entry.path().extension() != ".dat") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    bytes.insert(0, "\n");
    constexpr std::string_view kData = "\n#data\n", kWant = "\n#encoding\n";
    for (size_t at = 0; (at = bytes.find(kData, at)) != std::string::npos;) {
      const size_t data = at + kData.size();
      const size_t want = bytes.find(kWant, data - 1);
      ASSERT_NE(want, std::string::npos);
      const size_t label = want + kWant.size();
      at = std::min(bytes.find('\n', label), bytes.size());
      const std::string_view page =
          std::string_view(bytes).substr(data, want - std::min(want, data));
      const std::string_view stated = StatedEncoding(page, "");
      const std::string_view got = stated.empty() ? "windows-1252" : stated;
      const std::string_view expected =
          EncodingOf(std::string_view(bytes).substr(label, at - label));
      got == expected ? ++passed : ++failed;
      EXPECT_EQ(got, expected) << entry.path().filename() << "\n" << page.substr(0, 300);
    }
  }
  std::cout << "encoding: " << passed << " passed, " << failed << " failed\n";
}

}  // namespace
}  // namespace kronik
