// The learner that Train() and Modernise() share.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "parse/language_model.h"
#include "train/conllu.h"
#include "train/train.h"

namespace kronik::train {

// What an older annotation of the same sentence says of a word; it guides a converter.
struct Guide {
  uint32_t head = 0;  // the number of words for the root
  uint32_t last = 0;  // its last child, or 0
};

// A sentence ready for training.
struct Example {
  const Tree* tree = nullptr;
  std::vector<Word> words;
  std::vector<std::vector<uint32_t>> features;  // of each word, for the embeddings
  std::vector<uint16_t> tags;
  bool tags_known = true;  // otherwise only their UPOS is
  std::vector<uint16_t> labels;
  std::vector<uint32_t> heads;
  std::vector<Guide> guides;  // empty for none
  int weight = 1;
};

// The sentences of treebanks, which must outlive it; the first label is "root".
struct Prepared {
  TagSet tags;
  std::vector<std::string> labels;
  std::vector<Example> examples;
};
Prepared Prepare(const std::vector<Treebank>& banks);

struct Learned {
  Embeddings embeddings;
  Network network{NetworkShape{}};
  std::vector<float> guide_rows;  // of the hidden layer, for each value of GuideValue
};

// How the older tree relates the words that the parser looks at; below kGuideValues.
inline constexpr size_t kGuideValues = 5 * 5 * 2;
size_t GuideValue(const std::vector<Guide>& guides, const ParseState& state);

// Trains by Adam (Kingma and Ba 2015) on the tags and on the steps of a parser that explores its
// own mistakes (Goldberg and Nivre 2013).
Learned TrainNetwork(const TagSet& set, size_t labels, size_t root_label,
                     const std::vector<Example>& examples, const Options& options,
                     const std::function<void(const std::string&)>& log);

// The tags and the tree of a sentence, which `guides` may guide.
struct Guess {
  std::vector<uint16_t> tags;
  ParseState parse;
};
Guess Decode(const Learned& learned, size_t root_label, const Example& example);

}  // namespace kronik::train
