// All that is learnt of one language: tagger, lemmatiser and dependency parser, in one file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"
#include "parse/arc_hybrid.h"
#include "parse/lemmatiser.h"
#include "parse/tagger.h"

namespace kronik {

// A sentence's analysis; one item for each word.
struct Analysis {
  std::vector<uint16_t> tags;    // into LanguageModel::tagger.set
  std::vector<uint32_t> heads;   // index in the sentence; the number of words for the root
  std::vector<uint16_t> labels;  // into LanguageModel::labels
  std::vector<std::string> lemmas;
};

ParseWord MakeParseWord(const Word& word, const TagSet::Tag& tag);

struct LanguageModel {
  Lexicon lexicon;
  Tagger tagger;
  Lemmatiser lemmatiser;
  std::vector<std::string> labels;
  size_t root_label = 0;
  LinearModel parser;

  // The words of a sentence, with what the lexicon knows.
  std::vector<Word> Words(std::span<const std::string_view> forms) const;
  // Linear in the number of words.
  Analysis Analyse(std::span<const std::string_view> forms) const;

  std::string Write() const;
  // Errors: those of UnpackModel, and kInvalidInput for content out of bounds.
  static Result<LanguageModel> Load(std::string_view file);
};

}  // namespace kronik
