#include "train/train.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "train/oracle.h"

namespace kronik::train {
namespace {

// Sentences in which the word before "naps" or "barks" is its subject.
Treebank SmallTreebank() {
  Treebank bank;
  bank.has_feats = true;
  for (const char* noun : {"cat", "dog", "fox", "hen"}) {
    for (const char* verb : {"naps", "barks", "ran"}) {
      Tree tree(4);
      tree[0] = {.form = "The",
                 .lemma = "the",
                 .feats = "Definite=Def",
                 .deprel = "det",
                 .upos = Upos::kDet,
                 .token = 0,
                 .head = 1};
      tree[1] = {.form = noun,
                 .lemma = noun,
                 .feats = "Number=Sing",
                 .deprel = "nsubj",
                 .upos = Upos::kNoun,
                 .token = 1,
                 .head = 2};
      tree[2] = {.form = verb,
                 .lemma = verb,
                 .feats = "",
                 .deprel = "root",
                 .upos = Upos::kVerb,
                 .token = 2,
                 .head = 4};
      tree[3] = {.form = ".",
                 .lemma = ".",
                 .feats = "",
                 .deprel = "punct",
                 .upos = Upos::kPunct,
                 .token = 3,
                 .head = 2};
      bank.trees.push_back(tree);
    }
  }
  return bank;
}

Options Small() {
  Options options;
  options.shape = {.embedding = 16, .recurrent = 16, .layers = 2, .hidden = 16};
  options.epochs = 40;
  options.rate = 0.01f;
  options.batch = 16;
  options.dropout = 0.1f;
  return options;
}

TEST(Train, LearnsASmallTreebankTheSameWayTwice) {
  const Treebank bank = SmallTreebank();
  int lines = 0;
  const auto log = [&](const std::string&) { ++lines; };
  const LanguageModel model = Train({bank}, Small(), log);
  EXPECT_GE(lines, 40);
  // "cow" is new; "naps" is not.
  const std::vector<std::string_view> forms = {"The", "cow", "naps", "."};
  const Analysis analysis = model.Analyse(forms);
  EXPECT_THAT(analysis.heads, testing::ElementsAre(1, 2, 4, 2));
  EXPECT_EQ(model.labels[analysis.labels[1]], "nsubj");
  EXPECT_EQ(model.tags.tags[analysis.tags[1]].upos, Upos::kNoun);
  EXPECT_EQ(analysis.lemmas[0], "the");
  EXPECT_EQ(model.Write(), Train({bank}, Small(), log).Write());
}

// Whatever the steps so far, the oracle has one that costs nothing more, and following it from the
// start gives the tree.
TEST(Oracle, LeadsToTheTree) {
  const std::vector<uint32_t> heads = {1, 2, 5, 4, 2};
  const std::vector<uint16_t> labels = {1, 2, 0, 1, 2};
  Oracle oracle(heads, labels);
  ParseState state;
  std::vector<int> costs;
  for (state.Start(5, 3, 0); !state.done();) {
    oracle.Costs(state, costs);
    const size_t step = static_cast<size_t>(std::ranges::min_element(costs) - costs.begin());
    EXPECT_EQ(costs[step], 0);
    EXPECT_TRUE(state.Can(step));
    oracle.Note(state, step);
    state.Do(step);
  }
  EXPECT_EQ(state.heads(), heads);
  EXPECT_EQ(state.labels(), labels);
}

}  // namespace
}  // namespace kronik::train
