// All that is learnt of one language: tagger, lemmatiser and dependency parser, in one file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"
#include "parse/lemmatiser.h"
#include "parse/network.h"
#include "parse/tag_set.h"

namespace kronik {

// A sentence's analysis; one item for each word.
struct Analysis {
  std::vector<uint16_t> tags;    // into LanguageModel::tags
  std::vector<uint32_t> heads;   // index in the sentence; the number of words for the root
  std::vector<uint16_t> labels;  // into LanguageModel::labels
  std::vector<std::string> lemmas;
};

struct LanguageModel {
  TagSet tags;
  std::vector<std::string> labels;
  size_t root_label = 0;
  // Of the roots of pieces that are parsed apart, a dateline or the later parts of a very long
  // sentence: parataxis, where the treebanks have it.
  size_t piece_label = 1;
  Embeddings embeddings;
  Network network{kNoShape};
  Lemmatiser lemmatiser;

  // Linear in the number of words. Sentences longer than any writer's are analysed in pieces, whose
  // roots depend on the first one's.
  Analysis Analyse(std::span<const std::string_view> forms, Activations& scratch) const;
  Analysis Analyse(std::span<const std::string_view> forms) const {
    Activations scratch;
    return Analyse(forms, scratch);
  }

  std::string Write() const;
  // Errors: those of UnpackModel, and kInvalidInput for content out of bounds.
  static Result<LanguageModel> Load(std::string_view file);

 private:
  void AnalysePiece(std::span<const std::string_view> forms, Activations& state,
                    Analysis& analysis) const;
};

}  // namespace kronik
