// Any bytes as a parse model: an error, or a model that analyses a sentence.
//
// The bytes are the file's content before compression, since no mutation of a zstd frame is one;
// and the file itself, for what stands around it.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parse/bytes.h"
#include "parse/language_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)kronik::LanguageModel::Load(bytes);
  const kronik::Result<kronik::LanguageModel> model =
      kronik::LanguageModel::Load(kronik::PackModel(bytes));
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
