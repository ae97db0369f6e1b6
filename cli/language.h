// The verbs about models: train, evaluate, and parse of text that is cut into words already.
#pragma once

#include <string>
#include <vector>

#include "cli/run.h"

namespace kronik::cli {

struct TrainOptions {
  std::string out;
  std::vector<std::string> treebanks;  // FILE, or FILE=3 to show it three times as often
  // Instead of a model, write `old`, a treebank of older conventions, in those of the second of
  // `pairs`: two files with the same sentences, old and new.
  std::string old;
  std::vector<std::string> pairs;
  int epochs = 0;  // 0: as many as the trainer thinks right
  uint64_t seed = 1;
};
// Makes a model file, or converts a treebank; returns the exit code.
int TrainModel(const TrainOptions& options);

struct EvaluateOptions {
  std::string gold, system;  // CoNLL-U files; without the second, the gold text is analysed
  bool relations = false;    // a table of the relations too
};
// Prints the measures of the CoNLL 2018 shared task; returns the exit code.
int Evaluate(const Options& options, const EvaluateOptions& choice);

// Reads one token a line and an empty line after each sentence, writes CoNLL-U.
int ParsePretokenized(const Options& options);

}  // namespace kronik::cli
