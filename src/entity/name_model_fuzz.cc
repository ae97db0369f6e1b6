// Any bytes as a model of names: an error, or a model that labels a sentence.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/model_fuzz.h"
#include "entity/name_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kronik::Result<kronik::NameModel> model =
      kronik::LoadAny<kronik::NameModel>("KRONIKNM\x01", data, size);
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
