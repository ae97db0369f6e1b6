#include "entity/name_model.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using testing::ElementsAre;

// A document of one sentence, a word between spaces.
void Fill(Document& document, std::string_view text) {
  document.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string_view body = document.article.text;
  for (size_t at = 0; at < body.size();) {
    const size_t end = std::min(body.find(' ', at), body.size());
    Token token;
    token.start = static_cast<uint32_t>(at);
    token.end = static_cast<uint32_t>(end);
    token.form = body.substr(at, end - at);
    document.tokens.push_back(token);
    at = end + 1;
  }
  Sentence sentence;
  sentence.end = static_cast<uint32_t>(body.size());
  sentence.last = static_cast<uint32_t>(document.tokens.size());
  document.sentences.push_back(sentence);
}

NameSentence Read(const NameLists& lists, const Document& document) {
  NameSentence out;
  out.Read(lists, CaseStatistics(document), document, document.sentences[0]);
  return out;
}

std::vector<uint8_t> Tag(const NameModel& model, const NameSentence& sentence) {
  std::vector<uint8_t> labels;
  model.Tag(sentence, labels);
  return labels;
}

// Knows "Vik" as a person, or as the first word of one.
NameModel SmallModel(const NameSentence& sentence, size_t word) {
  NameModel::Row row;
  std::vector<uint64_t> features;
  sentence.Features(word, features);
  row.feature = features[1];  // the word itself
  row.weights[SingleOf(NameKind::kPer)] = 10;
  row.weights[FirstOf(NameKind::kPer)] = 12;
  NameModel::Transitions transitions{};
  transitions[FirstOf(NameKind::kPer)][InsideOf(NameKind::kPer)] = -1;
  return NameModel(transitions, {row});
}

TEST(NameModel, LabelsFollowEachOther) {
  EXPECT_TRUE(MayFollow(kOutside, SingleOf(NameKind::kLoc)));
  EXPECT_TRUE(MayFollow(FirstOf(NameKind::kLoc), InsideOf(NameKind::kLoc)));
  EXPECT_TRUE(MayFollow(InsideOf(NameKind::kLoc), InsideOf(NameKind::kLoc)));
  EXPECT_TRUE(MayFollow(InsideOf(NameKind::kLoc), kOutside));
  EXPECT_FALSE(MayFollow(kOutside, InsideOf(NameKind::kLoc)));
  EXPECT_FALSE(MayFollow(FirstOf(NameKind::kLoc), kOutside));
  EXPECT_FALSE(MayFollow(FirstOf(NameKind::kLoc), InsideOf(NameKind::kPer)));
  EXPECT_FALSE(MayFollow(SingleOf(NameKind::kLoc), InsideOf(NameKind::kLoc)));
}

TEST(NameModel, FindsTheBestLabelsAndComesBackFromItsBytes) {
  const NameLists lists;
  Document document;
  Fill(document, "we saw Vik");
  const NameSentence sentence = Read(lists, document);
  const NameModel model = SmallModel(sentence, 2);
  // At the end there is no room for a second word.
  EXPECT_THAT(Tag(model, sentence), ElementsAre(kOutside, kOutside, SingleOf(NameKind::kPer)));
  Document longer;
  Fill(longer, "we saw Vik today");
  const NameSentence more = Read(lists, longer);
  EXPECT_THAT(Tag(model, more),
              ElementsAre(kOutside, kOutside, FirstOf(NameKind::kPer), InsideOf(NameKind::kPer)));
  const std::string bytes = model.Write();
  const Result<NameModel> again = NameModel::Load(bytes);
  ASSERT_TRUE(again) << again.error().ToString();
  EXPECT_EQ(Tag(*again, more), Tag(model, more));
  EXPECT_EQ(again->Write(), bytes);
}

TEST(NameModel, DamagedBytesAreAnError) {
  const NameLists lists;
  Document document;
  Fill(document, "we saw Vik");
  const std::string bytes = SmallModel(Read(lists, document), 2).Write();
  EXPECT_FALSE(NameModel::Load(""));
  EXPECT_FALSE(NameModel::Load("KRONIKNM"));
  EXPECT_FALSE(NameModel::Load("KRONIKNM\x02" + bytes.substr(9)));
  for (size_t size = 9; size < bytes.size(); ++size) {
    EXPECT_FALSE(NameModel::Load(bytes.substr(0, size))) << size;
  }
  for (size_t at = 9; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    const Result<NameModel> model = NameModel::Load(damaged);  // must not crash
    if (model) Tag(*model, Read(lists, document));
  }
}

TEST(NameModel, KnowsWhetherTheTextHasCase) {
  const NameLists lists;
  Document lower, upper, mixed;
  Fill(lower, "kepala dinas kota bertemu budi");
  Fill(upper, "MINISTER ARRIVES IN CAPITAL");
  Fill(mixed, "The minister met Budi");
  EXPECT_TRUE(Read(lists, lower).caseless);
  EXPECT_TRUE(Read(lists, upper).caseless);
  EXPECT_FALSE(Read(lists, mixed).caseless);
  EXPECT_EQ(Read(lists, lower).words[4].lower, Read(lists, mixed).words[3].lower);
}

TEST(NameLists, FindsTheLongestPhraseInAnyCase) {
  const Result<Resources> resources = Resources::Open();
  const Result<NameLists> lists = NameLists::Load(*resources, "en");
  ASSERT_TRUE(lists) << lists.error().ToString();
  size_t length = 0;
  const std::vector<std::string_view> country = {"united", "arab", "emirates", "said"};
  EXPECT_NE(lists->Find(country, length) & NameLists::Bit("name"), 0u);
  EXPECT_EQ(length, 3u);
  const std::vector<std::string_view> role = {"foreign", "minister"};
  EXPECT_NE(lists->Find(role, length) & NameLists::Bit("role person"), 0u);
  EXPECT_EQ(length, 2u);
  const std::vector<std::string_view> nothing = {"zzyzzx"};
  EXPECT_EQ(lists->Find(nothing, length), 0u);
  EXPECT_EQ(length, 0u);
  EXPECT_EQ(NameLists::Bit("no such list"), 0u);
}

}  // namespace
}  // namespace kronik
