// Parses the pages that lie beside the checkout: kronik's parser, and libxml2's in the same run.
#include <benchmark/benchmark.h>
#include <libxml/HTMLparser.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "html/tree.h"

namespace kronik::html {
namespace {

const std::filesystem::path kPages =
    std::filesystem::path(KRONIK_SOURCE_DIR) / "../shared/data/pages/html";

std::string ReadGzip(const std::filesystem::path& path) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  char buffer[1 << 16];
  for (int n; (n = gzread(file, buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<size_t>(n));
  }
  gzclose(file);
  return text;
}

const std::vector<std::string>& Pages() {
  static const std::vector<std::string> pages = [] {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::exists(kPages)) {
      for (const auto& entry : std::filesystem::directory_iterator(kPages)) {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> read;
    for (const auto& file : files) read.push_back(ReadGzip(file));
    return read;
  }();
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
