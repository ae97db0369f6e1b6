// The tagger: part of speech and features in one class ("NOUN|Number=Sing"), left to right.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kronik/document.h"
#include "parse/linear_model.h"
#include "parse/word.h"

namespace kronik {

// The classes a tagger tells apart.
struct TagSet {
  struct Tag {
    Upos upos = Upos::kX;
    std::string feats;
    uint64_t hash = 0;
  };
  std::vector<Tag> tags;

  void Add(Upos upos, std::string_view feats);
  void Write(ByteWriter& out) const;
  static TagSet Read(ByteReader& in);
};

// The features of word `at`, given the tags of those before it (indices into the set). Replaces
// `out`.
void TagFeatures(std::span<const Word> words, size_t at, std::span<const uint16_t> tags,
                 const TagSet& set, std::vector<uint32_t>& out);

struct Tagger {
  TagSet set;
  LinearModel model;

  // The tags of a sentence, as indices into the set.
  void Tag(std::span<const Word> words, std::vector<uint16_t>& tags) const;
};

}  // namespace kronik
