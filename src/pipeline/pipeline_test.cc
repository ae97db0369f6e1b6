#include "kronik/pipeline.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

class FakeStage : public Stage {
 public:
  FakeStage(std::string_view name, Layers needs, Layers adds, bool fails = false)
      : name_(name), needs_(needs), adds_(adds), fails_(fails) {}
  std::string_view name() const override { return name_; }
  Layers needs() const override { return needs_; }
  Layers adds() const override { return adds_; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    if (fails_) return Error{ErrorCode::kInvalidInput, "broken", ""};
    document.article.title += name_;
    return {};
  }

 private:
  std::string_view name_;
  Layers needs_, adds_;
  bool fails_;
};

std::vector<std::unique_ptr<Stage>> Stages(std::initializer_list<FakeStage> stages) {
  std::vector<std::unique_ptr<Stage>> list;
  for (const FakeStage& stage : stages) list.push_back(std::make_unique<FakeStage>(stage));
  return list;
}

TEST(Pipeline, AWrongOrderFailsAtConstruction) {
  EXPECT_TRUE(Pipeline::Of(Stages({{"a", kInputBytes, kArticle}, {"b", kArticle, kTokens}})));
  Result<Pipeline> wrong = Pipeline::Of(Stages({{"b", kArticle, kTokens}}));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "b");
}

TEST(Pipeline, AFailedStageEndsTheRunAndNamesTheInput) {
  Result<Pipeline> pipeline = Pipeline::Of(Stages(
      {{"a", kInputBytes, kArticle}, {"b", kArticle, kTokens, true}, {"c", kArticle, kTrees}}));
  Document document(
      Input{.name = "x.html", .bytes = {}, .url = {}, .lang = {}, .date = {}, .content_type = {}});
  Workspace workspace;
  pipeline->Run(document, workspace);
  EXPECT_EQ(document.article.title, "a");
  ASSERT_EQ(document.problems.size(), 1u);
  EXPECT_EQ(document.problems[0].ToString(), "x.html: broken");
}

}  // namespace
}  // namespace kronik
