#include "base/dateline.h"

#include <gtest/gtest.h>

#include <string>

namespace kronik {
namespace {

// One sentence; marks are tokens of their own.
void Fill(Document& document, std::string_view text) {
  document.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string_view all = document.article.text;
  for (uint32_t at = 0; at < all.size();) {
    if (all[at] == ' ') {
      ++at;
      continue;
    }
    uint32_t end = static_cast<uint32_t>(std::min(all.find_first_of(" :,()", at), all.size()));
    if (end == at) ++end;
    Token token;
    token.start = at;
    token.end = end;
    token.form = all.substr(at, end - at);
    document.tokens.push_back(token);
    at = end;
  }
  Sentence sentence;
  sentence.end = static_cast<uint32_t>(all.size());
  sentence.last = static_cast<uint32_t>(document.tokens.size());
  document.sentences.push_back(sentence);
}

TEST(AfterDateline, FindsWhereTheStoryBegins) {
  struct Case {
    std::string_view place, text, first;
  };
  for (const Case& c : {
           Case{"ISLAMABAD", "ISLAMABAD: Pakistan threatened to act", "Pakistan"},
           Case{"Astana", "Astana: Menteri itu bertemu", "Menteri"},
           Case{"LIMA", "LIMA, Kabar.example - Ribuan demonstran", "Ribuan"},
           Case{"", "N'DJAMENA (Sahel Wire) - The government signed", "The"},
           Case{"", "TOKYO, Nov 20 (Pacific Dispatch) \u2014 Japan pledged", "Japan"},
           Case{"", "KABAR.example -- Ribuan demonstran", "Ribuan"},
           Case{"", "Kabar7.com, Kiev - Presiden menyatakan", "Presiden"},
           Case{"", "LIMA, kabar.example - Ribuan demonstran", "Ribuan"},
           // No dateline: the place acts, or the words only look like one.
           Case{"Astana", "Astana rejected the demand", "Astana"},
           Case{"", "Astana: what comes next", "Astana"},
           Case{"", "NATO-Russia talks ended", "NATO-Russia"},
           Case{"", "Norway - Peru talks ended", "Norway"},
           Case{"Oslo", "Oslo said - and meant it - no", "Oslo"},
       }) {
    Document document;
    document.article.place = c.place;
    Fill(document, c.text);
    EXPECT_EQ(document.tokens[AfterDateline(document, document.sentences[0])].form, c.first)
        << c.text;
  }
}

TEST(AfterDateline, OneNameOfAPlaceIsEnough) {
  Document document;
  Fill(document, "Kuala Lumpur - Pemerintah Malaysia membantah");
  EXPECT_EQ(AfterDateline(document, document.sentences[0]), 0u);
  document.mentions.push_back({{0, 12, Layer::kBody, 0}, 0, 2, NameKind::kLoc});
  EXPECT_EQ(AfterDateline(document, document.sentences[0]), 3u);
}

TEST(AfterDateline, OnlyTheFirstSentenceOfABlockHasOne) {
  Document document;
  document.article.place = "OSLO";
  Fill(document, "OSLO: Norway met Peru");
  document.sentences[0].start = 6;
  EXPECT_EQ(AfterDateline(document, document.sentences[0]), 0u);
}

}  // namespace
}  // namespace kronik
