#include "article/page_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "article/line_features.h"
#include "base/tsv.h"

namespace kronik {
namespace {

constexpr size_t kMaxQuestions = 8;

template <class Number>
bool ReadNumber(std::string_view text, Number& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

bool ReadQuestion(std::string_view text, Forest::Question& question) {
  const size_t mark = text.find(">=");
  if (mark == std::string_view::npos) return false;
  for (size_t i = 0; i < kLineFeatures; ++i) {
    if (LineFeatureName(i) != text.substr(0, mark)) continue;
    question.feature = static_cast<uint16_t>(i);
    return ReadNumber(text.substr(mark + 2), question.at_least);
  }
  return false;
}

void Append(std::string_view name, const Forest& forest, std::string& out) {
  out += fmt::format("{}\tbias\t\t{}\n", name, forest.bias);
  for (size_t i = 0; i < forest.trees.size(); ++i) {
    const Forest::Tree& tree = forest.trees[i];
    std::string questions, values;
    for (const Forest::Question& question : tree.questions) {
      if (!questions.empty()) questions += '|';
      questions += fmt::format("{}>={}", LineFeatureName(question.feature), question.at_least);
    }
    for (float value : tree.values) {
      if (!values.empty()) values += '|';
      values += fmt::format("{:.3g}", value);
    }
    out += fmt::format("{}\t{}\t{}\t{}\n", name, i + 1, questions, values);
  }
}

}  // namespace

Result<PageModel> PageModel::Load(const Resources& resources) {
  Result<Tsv> table =
      Tsv::Load(resources, "data/page_model.tsv", {"forest", "tree", "questions", "values"});
  if (!table) return table.error();
  PageModel model;
  for (const Tsv::Row& row : table->rows()) {
    if (row[0] != "alone" && row[0] != "among") return table->ErrorAt(row, "not a known forest");
    Forest& forest = row[0] == "alone" ? model.alone : model.among;
    Forest::Tree tree;
    for (std::string_view text : SplitCell(row[2])) {
      Forest::Question question;
      if (!ReadQuestion(text, question)) return table->ErrorAt(row, "not a question");
      tree.questions.push_back(question);
    }
    for (std::string_view text : SplitCell(row[3])) {
      float value = 0;
      if (!ReadNumber(text, value) || !std::isfinite(value)) {
        return table->ErrorAt(row, "not a number");
      }
      tree.values.push_back(value);
    }
    if (tree.questions.size() > kMaxQuestions ||
        tree.values.size() != size_t{1} << tree.questions.size()) {
      return table->ErrorAt(row, "the values must be two to the power of the questions");
    }
    if (row[1] == "bias") {
      forest.bias = tree.values[0];
    } else {
      forest.trees.push_back(std::move(tree));
    }
  }
  return model;
}

std::string PageModel::ToTsv() const {
  std::string out = "forest\ttree\tquestions\tvalues\n";
  Append("alone", alone, out);
  Append("among", among, out);
  return out;
}

}  // namespace kronik
