// Tags and trees alone, on one core: words a second, over the reports under examples/ cut at
// spaces. bench/pipeline_bench.cc measures what comes before and after.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "kronik/resources.h"
#include "parse/language_model.h"

namespace kronik {
namespace {

using Sentences = std::vector<std::vector<std::string>>;

Sentences Examples() {
  Sentences sentences(1);
  for (const auto& entry : std::filesystem::directory_iterator(KRONIK_SOURCE_DIR "/examples")) {
    std::ifstream file(entry.path());
    for (std::string word; file >> word;) {
      const bool stop = word.ends_with('.');
      if (stop) word.pop_back();
      if (!word.empty()) sentences.back().push_back(word);
      if (!stop) continue;
      sentences.back().push_back(".");
      sentences.emplace_back();
    }
  }
  return sentences;
}

void BM_Analyse(benchmark::State& state, const char* language) {
  const Result<Resources> resources = Resources::Open();
  const std::string name = std::string("models/") + language + ".bin";
  const Result<LanguageModel> model = LanguageModel::Load(*resources->Read(name));
  const Sentences sentences = Examples();
  Activations scratch;
  int64_t words = 0;
  for (auto _ : state) {
    for (const auto& sentence : sentences) {
      const std::vector<std::string_view> forms(sentence.begin(), sentence.end());
      benchmark::DoNotOptimize(model->Analyse(forms, scratch).heads.data());
      words += static_cast<int64_t>(forms.size());
    }
  }
  state.SetItemsProcessed(words);
}
BENCHMARK_CAPTURE(BM_Analyse, en, "en");
BENCHMARK_CAPTURE(BM_Analyse, id, "id");

}  // namespace
}  // namespace kronik
