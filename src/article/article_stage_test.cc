#include "article/article_stage.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

class ArticleStageTest : public testing::Test {
 protected:
  void SetUp() override {
    Result<Resources> resources = Resources::Open();
    ASSERT_TRUE(resources) << resources.error().ToString();
    Result<std::unique_ptr<Stage>> stage = MakeArticleStage(*resources);
    ASSERT_TRUE(stage) << stage.error().ToString();
    stage_ = std::move(*stage);
  }
  Result<void> Run(Document& document) { return stage_->Annotate(document, workspace_); }

  std::unique_ptr<Stage> stage_;
  Workspace workspace_;
};

TEST_F(ArticleStageTest, RecognisesPages) {
  EXPECT_EQ(RecogniseInput("<!DOCTYPE html><p>x"), InputKind::kHtml);
  EXPECT_EQ(RecogniseInput("\n\n<HTML lang=en>"), InputKind::kHtml);
  EXPECT_EQ(RecogniseInput("Talks held\n\nThe ministers of A < B met."), InputKind::kRaw);
}

TEST_F(ArticleStageTest, RefusesEmptyAndBinaryInput) {
  for (const std::string& bytes :
       {std::string(), std::string(" \n\t\n"), std::string("ab\0cd", 5), std::string(64, '\x01')}) {
    Document document;
    document.input.bytes = bytes;
    const Result<void> result = Run(document);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kInvalidInput);
  }
}

TEST_F(ArticleStageTest, TakesCleanTextAsItIs) {
  Document document;
  document.input.kind = InputKind::kText;
  document.input.bytes = "\n  One line\nand its second. \n \t\n\nAnother paragraph.\n";
  const std::string bytes = document.input.bytes;
  ASSERT_TRUE(Run(document));
  const Article& article = document.article;
  EXPECT_EQ(article.text, bytes);
  ASSERT_EQ(article.blocks.size(), 2u);
  EXPECT_EQ(bytes.substr(article.blocks[0].start, article.blocks[0].end - article.blocks[0].start),
            "One line\nand its second.");
  EXPECT_EQ(bytes.substr(article.blocks[1].start, article.blocks[1].end - article.blocks[1].start),
            "Another paragraph.");
  EXPECT_EQ(article.id.size(), 32u);
  EXPECT_EQ(article.lang, "en");
}

}  // namespace
}  // namespace kronik
