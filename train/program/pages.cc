// kronik_train_pages: fits data/page_model.tsv to pages whose story is known.
#include "train/pages.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

using namespace kronik;
using namespace kronik::train;

namespace {

constexpr std::string_view kOrigin =
    "# Which lines of a page are its story: see src/article/page_model.h. Fitted to annotated "
    "news\n"
    "# pages by kronik_train_pages (doc/accuracy.md); numbers only. Apache-2.0.\n";

bool WriteModel(const std::filesystem::path& path, const PageModel& model) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path);
  file << kOrigin << model.ToTsv();
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Fits the model of a page's lines to pages whose story is known");
  std::string pages_path, out;
  PageOptions options;
  bool cross = false;
  app.add_option("PAGES", pages_path, "folder with gold.jsonl and the pages it names")->required();
  app.add_option("OUT", out, "page_model.tsv to write; with --cross-validate a folder")->required();
  app.add_flag("--cross-validate", cross,
               "for each fold N of publishers, write OUT/N/data/page_model.tsv, fitted to the "
               "others, and OUT/N/pages.txt, the files of the fold");
  app.add_option("--trees", options.boost.trees);
  app.add_option("--depth", options.boost.depth);
  app.add_option("--rate", options.boost.rate);
  app.add_option("--ridge", options.boost.ridge);
  app.add_option("--group-share", options.boost.group_share);
  app.add_option("--feature-share", options.boost.feature_share);
  app.add_option("--folds", options.folds);
  app.add_option("--seed", options.boost.seed);
  CLI11_PARSE(app, argc, argv);

  Result<Resources> resources = Resources::Open();
  Result<std::vector<LabelledPage>> pages =
      resources ? ReadPages(pages_path, *resources) : resources.error();
  if (!pages) {
    fmt::print(stderr, "kronik_train_pages: {}\n", pages.error().ToString());
    return 1;
  }
  const auto write = [&](const std::filesystem::path& path,
                         const std::vector<const LabelledPage*>& chosen) {
    if (WriteModel(path, FitPages(chosen, options))) return true;
    fmt::print(stderr, "kronik_train_pages: can't write {}\n", path.string());
    return false;
  };
  if (!cross) {
    std::vector<const LabelledPage*> all;
    for (const LabelledPage& page : *pages) all.push_back(&page);
    return write(out, all) ? 0 : 1;
  }
  for (int fold = 0; fold < options.folds; ++fold) {
    std::vector<const LabelledPage*> others;
    const std::filesystem::path folder = std::filesystem::path(out) / std::to_string(fold);
    std::filesystem::create_directories(folder);
    std::ofstream held(folder / "pages.txt");
    for (const LabelledPage& page : *pages) {
      if (FoldOf(page.publisher, options.folds, options.boost.seed) == fold) {
        held << page.file << '\n';
      } else {
        others.push_back(&page);
      }
    }
    if (!write(folder / "data" / "page_model.tsv", others)) return 1;
  }
  return 0;
}
