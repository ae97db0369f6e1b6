#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "parse/language_model.h"
#include "parse/parse_stage.h"

namespace kronik {
namespace {

// Splits at spaces.
void Fill(Document& document, std::string_view lang, std::string_view text) {
  document.article.lang = lang;
  document.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string_view kept = document.article.text;
  for (size_t at = 0; at < kept.size();) {
    const size_t end = std::min(kept.find(' ', at), kept.size());
    Token& token = document.tokens.emplace_back();
    token.start = static_cast<uint32_t>(at);
    token.end = static_cast<uint32_t>(end);
    token.form = kept.substr(at, end - at);
    at = end + 1;
  }
  Sentence& sentence = document.sentences.emplace_back();
  sentence.end = static_cast<uint32_t>(kept.size());
  sentence.last = static_cast<uint32_t>(document.tokens.size());
}

void ExpectTree(const Document& document) {
  int roots = 0;
  for (const Token& token : document.tokens) {
    roots += token.head == kRoot ? 1 : 0;
    EXPECT_EQ(token.head == kRoot, token.deprel == "root");
    size_t steps = 0;
    for (int32_t up = token.head; up != kRoot; up = document.tokens[static_cast<size_t>(up)].head) {
      ASSERT_LE(++steps, document.tokens.size());
    }
  }
  EXPECT_EQ(roots, 1);
}

std::unique_ptr<Stage> Make() {
  static const Resources kResources = *Resources::Open();
  Result<std::unique_ptr<Stage>> stage = MakeParseStage(kResources);
  EXPECT_TRUE(stage);
  return std::move(*stage);
}

struct Case {
  std::string_view lang, text;
  size_t at;
  std::string_view upos, lemma, relation;
  int32_t head;
};

TEST(ParseStageTest, ReadsPlainSentences) {
  const std::unique_ptr<Stage> stage = Make();
  const Case cases[] = {
      {"en", "The minister signed two agreements .", 1, "NOUN", "minister", "nsubj", 2},
      {"en", "The minister signed two agreements .", 2, "VERB", "sign", "root", kRoot},
      {"en", "The minister signed two agreements .", 4, "NOUN", "agreement", "obj", 2},
      {"en", "The agreements were signed by the minister .", 1, "NOUN", "agreement", "nsubj:pass",
       3},
      {"id", "Mereka menandatangani perjanjian itu .", 2, "NOUN", "", "obj", 1},
      {"id", "Menteri itu menandatangani perjanjian .", 2, "VERB", "", "root", kRoot},
      {"id", "Presiden mengunjungi kota itu kemarin .", 2, "NOUN", "kota", "obj", 1},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    Document document;
    Fill(document, c.lang, c.text);
    Workspace workspace;
    ASSERT_TRUE(stage->Annotate(document, workspace));
    ExpectTree(document);
    const Token& token = document.tokens[c.at];
    EXPECT_EQ(UposName(token.upos), c.upos);
    if (!c.lemma.empty()) {
      EXPECT_EQ(token.lemma, c.lemma);
    }
    EXPECT_EQ(token.deprel, c.relation);
    EXPECT_EQ(token.head, c.head);
  }
}

TEST(ParseStageTest, ADatelineIsNoPartOfTheClause) {
  Document document;
  Fill(document, "en", "GENEVA , Nov 20 ( Lake Wire ) - Norway rejected the offer .");
  Workspace workspace;
  ASSERT_TRUE(Make()->Annotate(document, workspace));
  ExpectTree(document);
  EXPECT_EQ(document.tokens[10].form, "rejected");
  EXPECT_EQ(document.tokens[10].head, kRoot);
  EXPECT_EQ(document.tokens[0].head, 10);
  EXPECT_EQ(document.tokens[0].deprel, "parataxis");
  EXPECT_EQ(document.tokens[9].deprel, "nsubj");
}

TEST(ParseStageTest, MakesATreeOfAnything) {
  const std::unique_ptr<Stage> stage = Make();
  std::string many;
  for (int i = 0; i < 20000; ++i) many += i % 3 == 0 ? "the " : i % 3 == 1 ? "( " : "said ";
  const std::string long_word(100000, 'a');
  for (const std::string_view lang : {"en", "id", "xx", ""}) {
    for (const std::string& text :
         {std::string("."), many, long_word, std::string("\xC3\xA9 \xF0\x9F\x98\x80 .")}) {
      Document document;
      Fill(document, lang, text);
      Workspace workspace;
      ASSERT_TRUE(stage->Annotate(document, workspace));
      ExpectTree(document);
    }
  }
}

TEST(ParseStageTest, LeavesAnEmptyDocument) {
  Document document;
  Workspace workspace;
  EXPECT_TRUE(Make()->Annotate(document, workspace));
}

TEST(LanguageModelTest, RefusesDamage) {
  const Resources resources = *Resources::Open();
  const std::string_view good = *resources.Read("models/id.bin");
  EXPECT_TRUE(LanguageModel::Load(good));
  EXPECT_FALSE(LanguageModel::Load(""));
  EXPECT_FALSE(LanguageModel::Load("KRONIKPM"));
  EXPECT_FALSE(LanguageModel::Load(good.substr(0, good.size() / 2)));
  std::string other(good);
  other[8] = 99;
  Result<LanguageModel> loaded = LanguageModel::Load(other);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::kUnsupported);
}

// Whatever the content says, loading ends with a model or an error, and a model works.
TEST(LanguageModelTest, SurvivesHostileContent) {
  LanguageModel tiny;
  tiny.tags.Add(Upos::kNoun, "Number=Sing");
  tiny.tags.Add(Upos::kVerb, "");
  tiny.labels = {"root", "obj"};
  std::vector<uint32_t> hashes;
  WordFeatures(MakeWord("ab"), hashes);
  std::ranges::sort(hashes);
  tiny.embeddings = Embeddings(16, hashes, std::vector<float>(16 * hashes.size(), 0.25f));
  tiny.network = Network(
      {.embedding = 16, .recurrent = 16, .layers = 1, .hidden = 16, .tags = 2, .labels = 2});
  tiny.network.SetWeights(std::vector<float>(tiny.network.layout().size, 0.125f));
  tiny.lemmatiser.dictionary[4] = "four";
  tiny.lemmatiser.rules.push_back({true, "a", "", "b", "c"});
  tiny.lemmatiser.model = LinearModel(1, {{8, {{0, 2}}}});
  const std::string content = *UnpackModel(tiny.Write());
  ASSERT_TRUE(LanguageModel::Load(PackModel(content)));
  const std::vector<std::string_view> forms = {"ab", "Cd", "9"};
  std::mt19937 random(1);
  for (int round = 0; round < 1500; ++round) {
    std::string bad = content;
    for (int i = 0; i < 1 + round % 3; ++i)
      // Most of the bytes are weights, which any value suits; the sizes lie at the front.
      bad[random() % (round % 2 == 0 ? bad.size() : 120)] = static_cast<char>(random());
    if (round % 5 == 0) bad.resize(random() % bad.size());
    Result<LanguageModel> model = LanguageModel::Load(PackModel(bad));
    if (model) {
      EXPECT_EQ(model->Analyse(forms).heads.size(), 3u);
    }
  }
}

TEST(LemmaRuleTest, MakesAndAppliesRules) {
  struct {
    std::string_view form, lemma, other, expected;
  } const cases[] = {
      {"walked", "walk", "talked", "talk"},
      {"Walked", "walk", "Talked", "talk"},
      {"tries", "try", "cries", "cry"},
      {"menulis", "tulis", "menari", "tari"},
      {"membacakan", "baca", "membukakan", "buka"},
      {"Jakarta", "Jakarta", "Medan", "Medan"},
  };
  for (const auto& c : cases) {
    const LemmaRule rule = LemmaRule::Between(c.form, c.lemma);
    const Word word = MakeWord(c.other);
    std::string lemma;
    EXPECT_TRUE(rule.Apply(c.other, word.lower, lemma));
    EXPECT_EQ(lemma, c.expected);
    EXPECT_FALSE(rule.Apply("", "", lemma));
  }
}

// Any legal steps, in any order, give one root and no cycle.
TEST(ParseStateTest, RandomStepsMakeTrees) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    const size_t words = 1 + random() % 12;
    ParseState state;
    size_t steps = 0;
    for (state.Start(words, 3, 1); !state.done(); ++steps) {
      ASSERT_LT(steps, 2 * words);
      std::vector<int32_t> scores(state.steps());
      for (int32_t& score : scores) score = static_cast<int32_t>(random() % 100);
      state.Do(state.Best(std::span<const int32_t>(scores)));
    }
    int roots = 0;
    for (uint32_t i = 0; i < words; ++i) {
      roots += state.heads()[i] == words ? 1 : 0;
      EXPECT_EQ(state.heads()[i] == words, state.labels()[i] == 1);
      size_t up = i;
      for (size_t hops = 0; up != words; up = state.heads()[up]) ASSERT_LE(++hops, words);
    }
    EXPECT_EQ(roots, 1);
  }
}

}  // namespace
}  // namespace kronik
