// The whole pipeline over the reports under examples/, on one core: documents, bytes and words a
// second.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "kronik/pipeline.h"

namespace kronik {
namespace {

std::vector<std::string> Reports() {
  std::vector<std::string> reports;
  for (const auto& entry : std::filesystem::directory_iterator(KRONIK_SOURCE_DIR "/examples")) {
    std::ifstream file(entry.path(), std::ios::binary);
    reports.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return reports;
}

void BM_Pipeline(benchmark::State& state) {
  const std::vector<std::string> reports = Reports();
  const Result<Resources> resources = Resources::Open();
  const Result<Pipeline> pipeline = Pipeline::Load(*resources, static_cast<Layers>(state.range(0)));
  Workspace workspace;
  size_t bytes = 0, documents = 0, words = 0;
  for (auto _ : state) {
    for (const std::string& report : reports) {
      Input input;
      input.name = "report";
      input.bytes = report;
      Document document(std::move(input));
      pipeline->Run(document, workspace);
      benchmark::DoNotOptimize(document.commitments.data());
      bytes += report.size();
      words += document.tokens.size();
      ++documents;
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
  state.SetItemsProcessed(static_cast<int64_t>(documents));
  state.counters["words"] =
      benchmark::Counter(static_cast<double>(words), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_Pipeline)->Arg(kArticle)->Arg(kTrees)->Arg(kActors)->Arg(kCommitments);

}  // namespace
}  // namespace kronik
