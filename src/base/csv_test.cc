#include "base/csv.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvCell("plain text"), "plain text");
  EXPECT_EQ(CsvCell("a, b"), "\"a, b\"");
  EXPECT_EQ(CsvCell("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(CsvCell("a\r\nb"), "\"a\r\nb\"");
  EXPECT_EQ(CsvCell(""), "");
}

TEST(Csv, NoCellIsAFormula) {
  for (const char* formula :
       {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-"}) {
    EXPECT_EQ(SafeCell(formula), std::string("'") + formula);
  }
  for (const char* plain : {"", "-4.5", "+3", "-1e3", "a=b", " =1", "'=1"}) {
    EXPECT_EQ(SafeCell(plain), plain);
  }
}

}  // namespace
}  // namespace kronik
