// Any bytes as a parse model: an error, or a model that analyses a sentence.
//
// The bytes are the file's content before compression, since no mutation of a zstd frame is one;
// and the file itself, for what stands around it.
#include <zstd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parse/language_model.h"

namespace {

// As PackModel, which takes its time to make files small.
std::string Packed(std::string_view content) {
  std::string file = "KRONIKPM\x02";
  const size_t header = file.size();
  file.resize(header + ZSTD_compressBound(content.size()));
  file.resize(header + ZSTD_compress(file.data() + header, file.size() - header, content.data(),
                                     content.size(), 1));
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)kronik::LanguageModel::Load(bytes);
  const kronik::Result<kronik::LanguageModel> model = kronik::LanguageModel::Load(Packed(bytes));
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
