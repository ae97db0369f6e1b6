// Any bytes as a parse model: an error, or a model that analyses a sentence.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/model_fuzz.h"
#include "parse/language_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kronik::Result<kronik::LanguageModel> model =
      kronik::LoadAny<kronik::LanguageModel>("KRONIKPM\x02", data, size);
  if (!model) return 0;
  constexpr std::array<std::string_view, 5> kWords = {"The", "envoys", "met", "in", "Bern"};
  const kronik::Analysis analysis = model->Analyse(kWords);
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (analysis.heads[i] > kWords.size() || analysis.labels[i] >= model->labels.size() ||
        analysis.tags[i] >= model->tags.tags.size()) {
      std::abort();
    }
  }
  return 0;
}
