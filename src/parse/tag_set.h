// Tags: part of speech and features in one class ("NOUN|Number=Sing").
#pragma once

#include <string>
#include <vector>

#include "kronik/document.h"
#include "parse/bytes.h"

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

}  // namespace kronik
