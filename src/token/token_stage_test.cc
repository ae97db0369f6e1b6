#include "token/token_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace kronik {
namespace {

const Stage& TheStage() {
  static const Result<Resources> resources = Resources::Open();
  static const Result<std::unique_ptr<Stage>> stage = MakeTokenStage(*resources);
  EXPECT_TRUE(stage) << stage.error().ToString();
  return **stage;
}

// Words by spaces, the words of a multiword token joined by '+', sentences by " | ".
std::string Analyse(std::string_view lang, std::string_view text) {
  Document document;
  document.article.lang = lang;
  document.article.AppendBlock(BlockKind::kParagraph, text);
  Workspace workspace;
  const Result<void> done = TheStage().Annotate(document, workspace);
  if (!done) return done.error().message;
  std::string out;
  for (const Sentence& sentence : document.sentences) {
    if (!out.empty()) out += " | ";
    int inside = 0;
    for (uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = document.tokens[i];
      if (i > sentence.first) out += inside > 0 ? '+' : ' ';
      inside = token.mwt > 0 ? token.mwt - 1 : std::max(0, inside - 1);
      out += token.form;
      EXPECT_EQ(token.form, text.substr(token.start, token.end - token.start));
    }
  }
  return out;
}

struct Case {
  const char* lang;
  const char* text;
  const char* want;
};

TEST(TokenStage, WordsAndSentences) {
  const Case cases[] = {
      {"en", "Pyongyang: They don't agree.", "Pyongyang : They do+n't agree ."},
      {"en", "Korea’s envoy cannot come; he won’t.", "Korea+’s envoy can+not come ; he wo+n’t ."},
      {"en", "The workers' union met.", "The workers+' union met ."},
      {"en", "Mr. J. Lee left the U.S. He may return.",
       "Mr. J. Lee left the U.S. | He may return ."},
      {"en", "A U.S. envoy said 'no'.", "A U.S. envoy said ' no ' ."},
      {"en", "\"We agree. We will go.\" Then they left.",
       "\" We agree . | We will go . \" | Then they left ."},
      {"en", "“Why?” the envoy asked. “Who knows?” Nobody did.",
       "“ Why ? ” the envoy asked . | “ Who knows ? ” | Nobody did ."},
      {"en", "Kim Jong-un met a US-led, non-aligned group.",
       "Kim Jong-un met a US - led , non-aligned group ."},
      {"en", "It cost US$4.5 billion (5%) in 2004-2005.",
       "It cost US$ 4.5 billion ( 5 % ) in 2004 - 2005 ."},
      {"en", "See https://example.org/a.html, or ask me@example.org.",
       "See https://example.org/a.html , or ask me@example.org ."},
      {"en", "At 10am, 5km away... It ended!", "At 10 am , 5 km away ... | It ended !"},
      {"en", "The talks ended.The envoy left.", "The talks ended . | The envoy left ."},
      {"en", "Plan B.", "Plan B ."},
      {"en", ". kept", ". kept"},
      {"en", "? kept", "? kept"},
      {"en", "Is it far? we asked. Call 555-0199 :-) or :( $$$.",
       "Is it far ? | we asked . | Call 555-0199 :-) or :( $$$ ."},
      {"en", "He left in 1805.[6] She stayed.", "He left in 1805 . [ 6 ] | She stayed ."},
      {"en", "He left quickly. nobody saw him. He lives at Approx. five hills.",
       "He left quickly . | nobody saw him . | He lives at Approx. five hills ."},
      {"id", "Menurutnya, hanya negara-negara itu yang setuju.",
       "Menurut+nya , hanya negara-negara itu yang setuju ."},
      {"id", "Apakah mereka datang? \"Tidak,\" kata Menlu.",
       "Apa+kah mereka datang ? | \" Tidak , \" kata Menlu ."},
      {"id", "Prof. Dr. Siti A. Rahman, S.H. hadir pada 1990-an.",
       "Prof. Dr. Siti A. Rahman , S.H. hadir pada 1990-an ."},
      {"id", "PT Maju Tbk. rugi Rp 1.500,50 pada 2023-2024.",
       "PT Maju Tbk. rugi Rp 1.500,50 pada 2023 - 2024 ."},
      {"id", "Kenya mengirim utusannya ke KTT ke-5.", "Kenya mengirim utusan+nya ke KTT ke-5 ."},
      {"xx", "Bah.", "no data for language xx; there is data for: en, id"},
      {"", "Bah.", "the language of this report is not known; there is data for: en, id"},
      {"en", "", ""},
      {"en", " \n ", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Analyse(c.lang, c.text), c.want);
}

TEST(TokenStage, SentencesInAnotherLanguageHaveItsRules) {
  Document document;
  document.article.lang = "id";
  document.article.AppendBlock(BlockKind::kParagraph,
                               "Menteri itu menolak. \"We don't want the talks to end before they "
                               "begin,\" he said. Rapatnya selesai.");
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(document, workspace));
  ASSERT_EQ(document.sentences.size(), 3u);
  EXPECT_EQ(document.LangOf(document.sentences[0]), "id");
  EXPECT_EQ(document.LangOf(document.sentences[1]), "en");
  EXPECT_EQ(document.LangOf(document.sentences[2]), "id");
  const Sentence& english = document.sentences[1];
  EXPECT_EQ(document.tokens[english.first + 2].form, "do");
  EXPECT_EQ(document.tokens[english.first + 3].form, "n't");
}

TEST(TokenStage, NoSentenceCrossesABlock) {
  Document document;
  document.article.lang = "en";
  document.article.AppendBlock(BlockKind::kHeading, "Talks resume");
  document.article.AppendBlock(BlockKind::kList, "first\nsecond");
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(document, workspace));
  ASSERT_EQ(document.sentences.size(), 3u);
  EXPECT_EQ(document.sentences[0].block, 0u);
  EXPECT_EQ(document.sentences[1].last, 3u);
  EXPECT_EQ(document.tokens[2].form, "first");
}

TEST(TokenStage, NoSentenceIsEndless) {
  Document document;
  document.article.lang = "en";
  std::string text;
  for (int i = 0; i < 3000; ++i) text += i % 3 == 0 ? "don't " : "and ";
  document.article.AppendBlock(BlockKind::kParagraph, text);
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(document, workspace));
  ASSERT_GT(document.sentences.size(), 7u);
  uint32_t next = 0;
  for (const Sentence& sentence : document.sentences) {
    EXPECT_EQ(sentence.first, next);
    EXPECT_LE(sentence.last - sentence.first, 502u);
    EXPECT_NE(document.tokens[sentence.first].form, "n't");
    next = sentence.last;
  }
  EXPECT_EQ(next, document.tokens.size());
}

TEST(TokenStage, StrangeTextIsCutCompletely) {
  for (std::string_view text : {"\xF0\x9F\x98\x80\xCC\x81 ''''s's 's n't -nya --a-- a-b-c- $$$",
                                "北京。上海", "....... ?!?! a.b.c.d.e.f. -'-'-", "’’s’ x’ s'"}) {
    for (const char* lang : {"en", "id"}) {
      std::string joined = Analyse(lang, text);
      std::erase_if(joined, [](char c) { return c == ' ' || c == '+' || c == '|'; });
      std::string bare(text);
      std::erase(bare, ' ');
      EXPECT_EQ(joined, bare);
    }
  }
}

}  // namespace
}  // namespace kronik
