#include "train/pages.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "article/metadata.h"
#include "article/page_parts.h"
#include "article/page_words.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "html/tree.h"
#include "page/charset.h"
#include "train/conllu.h"

namespace kronik::train {
namespace {

std::vector<uint64_t> Words(std::string_view text) {
  std::vector<uint64_t> out;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) out.push_back(std::hash<std::string>{}(word));
    word.clear();
  };
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) || IsDigit(c)) {
      AppendUtf8(c, word);
    } else {
      flush();
    }
  }
  flush();
  return out;
}

uint64_t Run(const std::vector<uint64_t>& words, size_t at, size_t length) {
  uint64_t hash = length;
  for (size_t i = at; i < at + length; ++i)
    hash = (hash ^ words[i]) * 1099511628211u + (hash >> 29);
  return hash;
}

std::string HostOf(const std::string& url) {
  const size_t start = url.find("://");
  const size_t from = start == std::string::npos ? 0 : start + 3;
  std::string host = url.substr(from, url.find('/', from) - from);
  const size_t last = host.rfind('.');
  const size_t before =
      last == std::string::npos || last == 0 ? std::string::npos : host.rfind('.', last - 1);
  return before == std::string::npos ? host : host.substr(before + 1);
}

// Far from the story nearly all lines are alike; one in eight of them stands for the others.
constexpr uint32_t kFarSample = 8;

bool IsFar(const LineFeatures& features) {
  const auto is = [&](LineFeature f) { return features[static_cast<size_t>(f)]; };
  return is(LineFeature::in_container) == 0 &&
         (is(LineFeature::from_first_mass) < -40 || is(LineFeature::to_last_mass) < -40);
}

void AddRows(const LabelledPage& page, const std::vector<LineFeatures>& features, size_t width,
             Rows& rows) {
  const uint32_t group = rows.groups.empty() ? 0 : rows.groups.back() + 1;
  const double body = static_cast<double>(page.body_words) + 100;
  for (size_t i = 0; i < features.size(); ++i) {
    // A short line that is wrong spoils a page nearly as much as a long one.
    double weight = 6 * std::sqrt((page.lines.lines[i].words + 2) / body);
    if (IsFar(features[i]) && !page.labels[i]) {
      if (i % kFarSample != 0) continue;
      weight *= kFarSample;
    }
    rows.values.insert(rows.values.end(), features[i].begin(),
                       features[i].begin() + static_cast<std::ptrdiff_t>(width));
    rows.labels.push_back(page.labels[i]);
    rows.weights.push_back(static_cast<float>(weight));
    rows.groups.push_back(group);
  }
}

// Fills in what `page.file` says, and which of its lines are in the story `body`.
Result<void> ReadPage(const std::string& body, const PageWords& words, LabelledPage& page) {
  const Result<std::string> html = ReadGzip(page.file);
  if (!html) return html.error();
  std::string converted;
  const Result<std::string_view> bytes = ToUtf8(*html, "", converted);
  if (!bytes) return Error{bytes.error().code, bytes.error().message, page.file};
  const Result<html::Tree> tree = html::Tree::Parse(*bytes);
  if (!tree) return Error{tree.error().code, tree.error().message, page.file};
  page.lines = ReadLines(*tree, words);
  const PageParts parts = ReadParts(*tree, page.lines, words);
  page.description = Describe(*tree, page.lines, parts, ReadMetadata(*tree, "", words));
  page.labels = Label(page.lines, body);
  page.body_words = Words(body).size();
  return {};
}

Forest FitAlone(const std::vector<const LabelledPage*>& pages, const PageOptions& options) {
  Rows rows;
  rows.features = kFeaturesAlone;
  for (const LabelledPage* page : pages)
    AddRows(*page, page->description.features, kFeaturesAlone, rows);
  return Boost(rows, options.boost);
}

}  // namespace

std::vector<bool> Label(const PageLines& page, std::string_view body) {
  const std::vector<uint64_t> gold = Words(body);
  std::unordered_map<uint64_t, std::vector<uint32_t>> places;  // of runs of 1 to 4 words
  for (size_t length = 1; length <= 4; ++length) {
    for (size_t i = 0; i + length <= gold.size(); ++i) {
      places[Run(gold, i, length)].push_back(static_cast<uint32_t>(i));
    }
  }
  // Where each line may stand in the story.
  struct Match {
    uint32_t line, start, end;
    double best = 0;  // words matched by it and the best chain before it
    int before = -1;
  };
  std::vector<Match> matches;
  for (uint32_t i = 0; i < page.lines.size(); ++i) {
    const std::vector<uint64_t> words = Words(page.lines[i].text);
    if (words.empty()) continue;
    const size_t length = std::min<size_t>(4, words.size());
    size_t found = 0, first = words.size();
    for (size_t k = 0; k + length <= words.size(); ++k) {
      if (!places.contains(Run(words, k, length))) continue;
      ++found;
      first = std::min(first, k);
    }
    if (found * 2 < words.size() - length + 1) continue;
    if (found == 0) continue;
    const std::vector<uint32_t>& at = places[Run(words, first, length)];
    for (size_t k = 0; k < std::min<size_t>(at.size(), 12); ++k) {
      const uint32_t start = at[k] - std::min(at[k], static_cast<uint32_t>(first));
      matches.push_back({i, start, start + static_cast<uint32_t>(words.size())});
    }
  }
  // The chain of matches, in the order of both, that has most words.
  std::map<uint32_t, int> ends;  // where a chain ends -> its last match; more words as it goes on
  for (size_t from = 0; from < matches.size();) {
    size_t to = from;
    for (; to < matches.size() && matches[to].line == matches[from].line; ++to) {
      Match& match = matches[to];
      auto it = ends.upper_bound(match.start + 1);
      if (it != ends.begin()) {
        match.before = std::prev(it)->second;
        match.best = matches[static_cast<size_t>(match.before)].best;
      }
      match.best += match.end - match.start;
    }
    for (; from < to; ++from) {
      auto it = ends.upper_bound(matches[from].end);
      if (it != ends.begin() &&
          matches[static_cast<size_t>(std::prev(it)->second)].best >= matches[from].best) {
        continue;
      }
      while (it != ends.end() &&
             matches[static_cast<size_t>(it->second)].best <= matches[from].best) {
        it = ends.erase(it);
      }
      ends[matches[from].end] = static_cast<int>(from);
    }
  }
  std::vector<bool> labels(page.lines.size()), covered(gold.size() + 1);
  for (int at = ends.empty() ? -1 : ends.rbegin()->second; at >= 0;) {
    const Match& match = matches[static_cast<size_t>(at)];
    labels[match.line] = true;
    for (size_t k = match.start; k < std::min<size_t>(match.end, gold.size()); ++k)
      covered[k] = true;
    at = match.before;
  }
  // A long line that stands elsewhere in the story.
  for (const Match& match : matches) {
    if (labels[match.line] || match.end - match.start < 8) continue;
    size_t fresh = 0;
    for (size_t k = match.start; k < std::min<size_t>(match.end, gold.size()); ++k)
      fresh += !covered[k];
    if (fresh * 4 < size_t{match.end - match.start} * 3) continue;
    labels[match.line] = true;
    for (size_t k = match.start; k < std::min<size_t>(match.end, gold.size()); ++k)
      covered[k] = true;
  }
  return labels;
}

Result<std::vector<LabelledPage>> ReadPages(const std::filesystem::path& folder,
                                            const Resources& resources) {
  Result<PageWords> words = PageWords::Load(resources);
  if (!words) return words.error();
  const std::filesystem::path path = folder / "gold.jsonl";
  std::ifstream file(path);
  if (!file) return Error{ErrorCode::kIo, "can't be opened", path.string()};
  std::vector<LabelledPage> pages;
  int number = 0;
  for (std::string text; std::getline(file, text);) {
    const std::string where = path.string() + ":" + std::to_string(++number);
    const nlohmann::json gold = nlohmann::json::parse(text, nullptr, false);
    if (!gold.is_object()) return Error{ErrorCode::kInvalidInput, "not a JSON object", where};
    const auto field = [&](const char* name) {
      const auto found = gold.find(name);
      return found != gold.end() && found->is_string() ? found->get<std::string>() : "";
    };
    const std::string body = field("body");
    if (field("file").empty() || body.empty()) {
      return Error{ErrorCode::kInvalidInput, "no file or no body", where};
    }
    LabelledPage page;
    page.file = (folder / field("file")).string();
    page.publisher = field("publisher");
    if (page.publisher.empty()) page.publisher = HostOf(field("url"));
    if (Result<void> read = ReadPage(body, *words, page); !read) return read.error();
    pages.push_back(std::move(page));
  }
  if (pages.empty()) return Error{ErrorCode::kInvalidInput, "no pages", path.string()};
  return pages;
}

int FoldOf(const std::string& publisher, int folds, uint64_t seed) {
  uint64_t hash = 1469598103934665603u ^ seed;
  for (unsigned char c : publisher) hash = (hash ^ c) * 1099511628211u;
  return static_cast<int>((hash ^ hash >> 32) % static_cast<uint64_t>(folds));
}

PageModel FitPages(const std::vector<const LabelledPage*>& pages, const PageOptions& options) {
  PageModel model;
  Rows rows;
  rows.features = kLineFeatures;
  for (int fold = 0; fold < options.folds; ++fold) {
    std::vector<const LabelledPage*> others;
    const auto held = [&](const LabelledPage* page) {
      return FoldOf(page->publisher, options.folds, options.boost.seed + 1) == fold;
    };
    for (const LabelledPage* page : pages) {
      if (!held(page)) others.push_back(page);
    }
    const Forest alone = FitAlone(others, options);
    for (const LabelledPage* page : pages) {
      if (!held(page)) continue;
      Description description = page->description;
      std::vector<float> scores;
      for (const LineFeatures& of : description.features) scores.push_back(alone.Score(of));
      DescribeNeighbours(page->lines, scores, description);
      AddRows(*page, description.features, kLineFeatures, rows);
    }
  }
  model.alone = FitAlone(pages, options);
  model.among = Boost(rows, options.boost);
  return model;
}

}  // namespace kronik::train
