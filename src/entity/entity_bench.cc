// Names and dates of a report that is already cut into words: words a second on one core.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "entity/entity_stage.h"

namespace kronik {
namespace {

void BM_Entities(benchmark::State& state) {
  std::ifstream file(KRONIK_SOURCE_DIR "/examples/06-aid-pledge.txt", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Result<Resources> resources = Resources::Open();
  const std::unique_ptr<Stage> stage = std::move(MakeEntityStage(*resources).value());
  Document document;
  document.article.lang = "en";
  document.article.published = "2025-03-12";
  document.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string_view body = document.article.text;
  // A line is a sentence; spaces and final signs end a word.
  for (size_t line = 0; line < body.size();) {
    const size_t end = std::min(body.find('\n', line), body.size());
    Sentence sentence;
    sentence.start = static_cast<uint32_t>(line);
    sentence.end = static_cast<uint32_t>(end);
    sentence.first = static_cast<uint32_t>(document.tokens.size());
    for (size_t at = line; at < end;) {
      size_t stop = std::min(body.find_first_of(" \n.,", at), end);
      if (stop == at && body[at] != ' ') ++stop;
      if (stop > at) {
        Token token;
        token.start = static_cast<uint32_t>(at);
        token.end = static_cast<uint32_t>(stop);
        token.form = body.substr(at, stop - at);
        document.tokens.push_back(token);
      }
      at = std::max(stop, at + 1);
    }
    sentence.last = static_cast<uint32_t>(document.tokens.size());
    document.sentences.push_back(sentence);
    line = end + 1;
  }
  Workspace workspace;
  int64_t words = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(stage->Annotate(document, workspace));
    words += static_cast<int64_t>(document.tokens.size());
  }
  state.SetItemsProcessed(words);
}
BENCHMARK(BM_Entities);

}  // namespace
}  // namespace kronik
