// Makes a LanguageModel from treebanks. The same treebanks and options give the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "parse/language_model.h"
#include "train/conllu.h"

namespace kronik::train {

struct Options {
  NetworkShape shape;
  int epochs = 12;
  float rate = 0.002f;  // the highest learning rate
  float dropout = 0.2f;
  size_t batch = 250;  // words
  uint64_t seed = 1;
};

// `log` gets a line now and then.
LanguageModel Train(const std::vector<Treebank>& banks, const Options& options,
                    const std::function<void(const std::string&)>& log);

// Counts of words: all, and those of which each thing is right.
struct Scores {
  size_t words = 0, upos = 0, feats = 0, lemmas = 0, lemmas_of = 0;
  size_t heads = 0, labelled = 0, labelled_full = 0;  // without and with subtypes
  double seconds = 0;
};
Scores Evaluate(const LanguageModel& model, const Treebank& bank);

}  // namespace kronik::train
