// Pages to articles, on one core: the parse of the HTML and the extraction apart. The pages are
// those of the shared data beside the checkout; without them there is nothing to measure.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "article/article_stage.h"
#include "article/html_article.h"
#include "article/metadata.h"
#include "article/page_lines.h"
#include "base/pages_bench.h"

namespace kronik {
namespace {

struct Pages {
  std::vector<std::string> bytes = PagesBesideTheCheckout();
  std::vector<html::Tree> trees;
  size_t size = 0;
  Resources resources = *Resources::Open();
  PageWords words = *PageWords::Load(resources);
  PageModel model = *PageModel::Load(resources);
  ArticleWords article_words = *ArticleWords::Load(resources);

  Pages() {
    for (const std::string& page : bytes) {
      size += page.size();
      trees.push_back(std::move(*html::Tree::Parse(page)));
    }
  }
};

const Pages& AllPages() {
  static const Pages pages;
  return pages;
}

template <class Work>
void Measure(benchmark::State& state, Work&& work) {
  const Pages& pages = AllPages();
  if (pages.bytes.empty()) {
    state.SkipWithError("skipped: the pages are not at ../shared/data/pages");
    return;
  }
  for (auto _ : state) {
    for (size_t i = 0; i < pages.bytes.size(); ++i) work(pages, i);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(pages.bytes.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(pages.size));
}

void BM_Parse(benchmark::State& state) {
  Measure(state, [](const Pages& pages, size_t i) {
    benchmark::DoNotOptimize(html::Tree::Parse(pages.bytes[i])->size());
  });
}

void BM_Extract(benchmark::State& state) {
  Measure(state, [](const Pages& pages, size_t i) {
    Document document;
    HtmlToArticle(pages.trees[i], pages.words, pages.article_words, pages.model, document);
    benchmark::DoNotOptimize(document.article.text.data());
  });
}

void BM_Metadata(benchmark::State& state) {
  Measure(state, [](const Pages& pages, size_t i) {
    benchmark::DoNotOptimize(ReadMetadata(pages.trees[i], "", pages.words).title.data());
  });
}

void BM_Lines(benchmark::State& state) {
  Measure(state, [](const Pages& pages, size_t i) {
    benchmark::DoNotOptimize(ReadLines(pages.trees[i], pages.words).lines.data());
  });
}

// From the page's bytes to the article: charset, parse, extraction, language, id.
void BM_Stage(benchmark::State& state) {
  static const std::unique_ptr<Stage> stage = std::move(*MakeArticleStage(AllPages().resources));
  Workspace workspace;
  Measure(state, [&](const Pages& pages, size_t i) {
    Input input;
    input.bytes = pages.bytes[i];
    input.kind = InputKind::kHtml;
    Document document(std::move(input));
    benchmark::DoNotOptimize(stage->Annotate(document, workspace));
  });
}

BENCHMARK(BM_Parse)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Extract)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Metadata)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Lines)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Stage)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kronik
