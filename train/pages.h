// Fits the model of a page's lines (data/page_model.tsv) to pages whose story is known.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "article/line_features.h"
#include "article/page_lines.h"
#include "kronik/resources.h"
#include "kronik/result.h"
#include "train/boost.h"

namespace kronik::train {

struct LabelledPage {
  std::string file;
  std::string publisher;  // or the host of the address
  PageLines lines;
  Description description;
  std::vector<bool> labels;  // of each line: whether it is in the story
  size_t body_words = 0;
};

// The lines of a page that a story consists of: those whose words follow each other in it.
std::vector<bool> Label(const PageLines& page, std::string_view body);

// The pages of a folder with gold.jsonl (id, file, url, body, publisher where known).
Result<std::vector<LabelledPage>> ReadPages(const std::filesystem::path& folder,
                                            const Resources& resources);

struct PageOptions {
  BoostOptions boost;
  int folds = 5;  // the second forest learns on scores of a first that hasn't seen the publisher
};

// A publisher's fold: the same for all its pages, whatever the others are.
int FoldOf(const std::string& publisher, int folds, uint64_t seed);

PageModel FitPages(const std::vector<const LabelledPage*>& pages, const PageOptions& options);

}  // namespace kronik::train
