// The learners that Train() and Modernise() share.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "parse/language_model.h"
#include "train/conllu.h"
#include "train/train.h"

namespace kronik::train {

// What an older annotation of the same sentence says of a word; it guides a converter.
struct Guide {
  Upos upos = Upos::kX;
  uint64_t label = 0;  // a hash
  uint32_t head = 0;   // the number of words for the root
  uint32_t last = 0;   // its last child, or 0
  uint32_t piece = 0;  // which part of its surface token
};

// A sentence ready for training.
struct Example {
  const Tree* tree = nullptr;
  std::vector<Word> words;
  std::vector<uint16_t> gold_tags;
  std::vector<uint16_t> tags;  // predicted
  std::vector<uint16_t> labels;
  std::vector<uint32_t> heads;
  std::vector<Guide> guides;  // empty for none
  int weight = 1;
  bool complete = true;
  bool has_feats = false;
};

void AddTagGuide(const Example& example, size_t at, std::vector<uint32_t>& features);
void AddParseGuide(const Example& example, const ParseState& state,
                   const std::vector<ParseWord>& words, std::vector<uint32_t>& features);

// `chosen` are indices of examples.
LinearModel TrainTagger(const TagSet& set, const std::vector<Example>& examples,
                        const std::vector<size_t>& chosen, int epochs, const Options& options);
// Learns on the predicted tags.
LinearModel TrainParser(const TagSet& set, size_t labels, size_t root_label,
                        const std::vector<Example>& examples, const std::vector<size_t>& chosen,
                        const Options& options, const std::function<void(const std::string&)>& log);

}  // namespace kronik::train
