#include "entity/entity_stage.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using testing::ElementsAreArray;

std::vector<std::string> Names(const std::string& lang, const std::string& text) {
  static const Resources resources = std::move(Resources::Open().value());
  static const std::unique_ptr<Stage> stage = std::move(MakeEntityStage(resources).value());
  Document document;
  document.article.lang = lang;
  document.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string& body = document.article.text;
  for (uint32_t i = 0; i < body.size();) {
    if (body[i] == ' ') {
      ++i;
      continue;
    }
    uint32_t end = i;
    while (end < body.size() && body[end] != ' ' && body[end] != ',' && body[end] != '.') ++end;
    if (end == i) ++end;
    Token token;
    token.start = i;
    token.end = end;
    token.form = std::string_view(body).substr(i, end - i);
    document.tokens.push_back(token);
    i = end;
  }
  Sentence sentence;
  sentence.end = static_cast<uint32_t>(body.size());
  sentence.last = static_cast<uint32_t>(document.tokens.size());
  document.sentences.push_back(sentence);
  Workspace workspace;
  EXPECT_TRUE(stage->Annotate(document, workspace));
  std::vector<std::string> out;
  for (const Mention& mention : document.mentions) {
    static constexpr const char* kKinds[] = {"PER", "ORG", "LOC", "MISC"};
    out.push_back(std::string(document.Cut(mention.span)) + "=" +
                  kKinds[static_cast<int>(mention.kind)]);
  }
  return out;
}

TEST(EntityStage, FindsNames) {
  const struct {
    const char* lang;
    const char* text;
    std::vector<std::string> expected;
  } cases[] = {
      {"en",
       "Russian Foreign Minister Ivan Petrenko met Reuters in Jakarta on Monday",
       {"Russian=MISC", "Ivan Petrenko=PER", "Reuters=ORG", "Jakarta=LOC"}},
      {"id",
       "Menteri Luar Negeri Korea Utara Ri Myong-su tiba di Surabaya pada Rabu",
       {"Korea Utara=LOC", "Ri Myong-su=PER", "Surabaya=LOC"}},
      {"en",
       "The Workers Party of Freedom and Mr. Smith spoke",
       {"Workers Party of Freedom=ORG", "Smith=PER"}},
      {"en", "Talks in Lower Fooville failed", {"Lower Fooville=LOC"}},
      {"id",
       "Kementerian Perhubungan menolak kata Budi Santoso",
       {"Kementerian Perhubungan=ORG", "Budi Santoso=PER"}},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Names(c.lang, c.text), ElementsAreArray(c.expected)) << c.text;
  }
}

}  // namespace
}  // namespace kronik
