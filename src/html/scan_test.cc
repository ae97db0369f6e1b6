#include "html/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace kronik::html {
namespace {

TEST(Scan, VectorsFindWhatTheScalarTwinFinds) {
  std::string text(100, 'x');
  for (size_t at = 0; at < text.size(); ++at) {
    for (char hit : {'<', '&', '\0'}) {
      text[at] = hit;
      for (size_t from = 0; from <= text.size(); ++from) {
        for (size_t end : {text.size(), at + 1, at}) {
          if (from > end) continue;
          const char* a = text.data() + from;
          const char* b = text.data() + end;
          ASSERT_EQ((Find<'<', '&', '\0'>(a, b)), (FindScalar<'<', '&', '\0'>(a, b)));
        }
      }
      text[at] = 'x';
    }
  }
}

}  // namespace
}  // namespace kronik::html
