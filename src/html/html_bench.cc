// Parses the pages that lie beside the checkout: kronik's parser, and libxml2's in the same run.
#include <benchmark/benchmark.h>
#include <libxml/HTMLparser.h>

#include <string>
#include <vector>

#include "base/pages_bench.h"
#include "html/tree.h"

namespace kronik::html {
namespace {

const std::vector<std::string>& Pages() {
  static const std::vector<std::string> pages = PagesBesideTheCheckout();
  return pages;
}

template <typename Parse>
void OverPages(benchmark::State& state, Parse parse) {
  if (Pages().empty()) {
    state.SkipWithError("no pages beside the checkout");
    return;
  }
  size_t bytes = 0, pages = 0;
  for (auto _ : state) {
    for (const std::string& page : Pages()) {
      parse(page);
      bytes += page.size();
      ++pages;
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(bytes));
  state.SetItemsProcessed(static_cast<int64_t>(pages));
}

void Kronik(benchmark::State& state) {
  OverPages(state, [](const std::string& page) { benchmark::DoNotOptimize(Tree::Parse(page)); });
}
BENCHMARK(Kronik)->Unit(benchmark::kMillisecond);

void LibXml2(benchmark::State& state) {
  OverPages(state, [](const std::string& page) {
    htmlDocPtr document = htmlReadMemory(
        page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    benchmark::DoNotOptimize(document);
    xmlFreeDoc(document);
  });
}
BENCHMARK(LibXml2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kronik::html
