// Any bytes as a model of names: an error, or a model that labels a sentence.
//
// As in parse_model_fuzz.cc, the bytes are the content before compression, and the file itself.
#include <zstd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "entity/name_model.h"

namespace {

std::string Packed(std::string_view content) {
  std::string file = "KRONIKNM\x01";
  const size_t header = file.size();
  file.resize(header + ZSTD_compressBound(content.size()));
  file.resize(header + ZSTD_compress(file.data() + header, file.size() - header, content.data(),
                                     content.size(), 1));
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)kronik::NameModel::Load(bytes);
  const kronik::Result<kronik::NameModel> model = kronik::NameModel::Load(Packed(bytes));
  if (!model) return 0;
  kronik::NameSentence sentence;
  sentence.words.resize(4);
  for (size_t i = 0; i < sentence.words.size(); ++i) sentence.words[i].lower = i * 77;
  std::vector<uint8_t> labels;
  model->Tag(sentence, labels);
  for (uint8_t label : labels) {
    if (label >= kronik::kNameLabels) std::abort();
  }
  return 0;
}
