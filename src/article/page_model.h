// Which lines of a page are its story: boosted oblivious decision trees over features of lines.
//
// Each tree asks the same few questions of every line (is feature f at least t?) and adds the
// number that belongs to the answers to the line's score; a score is the logarithm of the odds.
// The trees come from data/page_model.tsv, which kronik train pages fits.
// Source: gradient boosting with Newton steps, Friedman 2001; oblivious trees, as in CatBoost
//         (Prokhorenkova et al. 2018).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class Forest {
 public:
  struct Question {
    uint16_t feature = 0;
    int16_t at_least = 0;
  };
  struct Tree {
    std::vector<Question> questions;
    std::vector<float> values;  // by the answers, the first question's in the highest bit
  };

  float bias = 0;
  std::vector<Tree> trees;

  float Score(std::span<const int16_t> features) const {
    float score = bias;
    for (const Tree& tree : trees) {
      size_t leaf = 0;
      for (const Question& question : tree.questions) {
        leaf = leaf * 2 + (features[question.feature] >= question.at_least ? 1 : 0);
      }
      score += tree.values[leaf];
    }
    return score;
  }
};

// The second forest sees what the first says of a line's neighbours.
struct PageModel {
  Forest alone;
  Forest among;

  // data/page_model.tsv. Errors: those of Tsv::Load; a feature or a number that is not one.
  static Result<PageModel> Load(const Resources& resources);
  // The table that Load reads, without comments.
  std::string ToTsv() const;
};

}  // namespace kronik
