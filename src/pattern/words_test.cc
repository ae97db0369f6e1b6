#include "pattern/words.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

TEST(Words, BuildsFormsWithTheirVoice) {
  Result<Resources> resources = Resources::Open();
  ASSERT_TRUE(resources);
  Result<Words> words =
      Words::Load(*resources, "data/ontology/plover/words/id.tsv", "data/lang/id/inflect.tsv");
  ASSERT_TRUE(words) << words.error().ToString();
  const auto forms = words->Forms("tuduh", Upos::kVerb);
  EXPECT_THAT(forms, testing::Contains(std::pair<std::string, Voice>("menuduh", Voice::kActive)));
  EXPECT_THAT(forms, testing::Contains(std::pair<std::string, Voice>("dituduh", Voice::kPassive)));
  EXPECT_TRUE(words->Class("light").contains("melakukan"));
  EXPECT_TRUE(words->Class("nowhere").empty());
}

}  // namespace
}  // namespace kronik
