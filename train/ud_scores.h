// How well an analysis of raw text agrees with a gold one.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik::train {

// Counts of the things compared; precision, recall and F1 follow.
struct Agreement {
  std::string_view name;
  size_t right = 0, gold = 0, system = 0;

  double precision() const { return Part(right, system); }
  double recall() const { return Part(right, gold); }
  double f1() const { return Part(2 * right, gold + system); }

 private:
  static double Part(size_t a, size_t b) {
    return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b);
  }
};

// Compares two CoNLL-U texts that hold the same characters, white space apart; their tokens, words
// and sentences may differ. Gives Tokens, Sentences, Words, UPOS, UFeats, Lemmas, UAS, LAS, CLAS.
//
// Source: the measures of the CoNLL 2018 shared task (Zeman et al. 2018). Words outside multiword
//   tokens are aligned by their characters, those in a stretch that a multiword token of either
//   side touches by the longest common subsequence of their forms; relations are compared up to the
//   colon, features if they are universal ones, and a gold lemma "_" agrees with any.
// Errors: kInvalidInput, with the line, for what is no CoNLL-U, heads that make no tree, and texts
//   that differ.
Result<std::vector<Agreement>> CompareConllu(std::string_view gold, std::string_view system);

// The labelled attachments of each relation of the gold text that has any, most frequent first:
// `gold` counts its words, `system` the system's words with it, `right` those with head and label.
struct RelationAgreement {
  std::string relation;
  Agreement agreement;
};
Result<std::vector<RelationAgreement>> CompareRelations(std::string_view gold,
                                                        std::string_view system);

// The raw text of CoNLL-U: its sentences' `# text`, a blank line where a document or a paragraph
// begins. Errors: kInvalidInput where a sentence has none.
Result<std::string> RawText(std::string_view conllu);

}  // namespace kronik::train
