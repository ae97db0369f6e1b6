// Reads treebanks: CoNLL-U files, plain or compressed with gzip.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kronik/document.h"
#include "kronik/result.h"

namespace kronik::train {

struct TreeWord {
  std::string form;
  std::string lemma;  // empty where the treebank has none
  std::string feats;
  std::string deprel;
  Upos upos = Upos::kX;
  uint32_t token = 0;  // which surface token it is a part of
  uint32_t head = 0;   // index in the sentence; the number of words for the root
};
using Tree = std::vector<TreeWord>;

struct Treebank {
  std::vector<Tree> trees;
  int weight = 1;  // how often an epoch shows it
  bool has_feats =
      false;  // a tenth of the words or more has features; otherwise only the parts of speech count
};

// The bytes of a file, unpacked where it is gzip-compressed. Error: kIo.
Result<std::string> ReadGzip(const std::string& path);

// The syntactic words of each sentence; ranges and empty nodes are left out, and sentences that
// aren't trees.
// Errors: kIo, kInvalidInput.
Result<Treebank> ReadTreebank(const std::string& path);

// The trees as CoNLL-U, without comments.
std::string WriteTreebank(const Treebank& bank);

}  // namespace kronik::train
