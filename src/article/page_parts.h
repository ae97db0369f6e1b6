// What the boxes of a page are for, by the names they bear, and which one holds the story.
#pragma once

#include <cstdint>
#include <vector>

#include "article/page_lines.h"
#include "article/page_words.h"
#include "html/tree.h"

namespace kronik {

inline constexpr uint32_t kNoBox = UINT32_MAX;

struct PageParts {
  // Of each box: what its element names; the same, handed down to what is below it.
  std::vector<PartKind> own;
  std::vector<PartKind> kinds;
  std::vector<uint32_t> above;  // bit k: it or a box above it names PartKind k
  std::vector<float> mass;      // of all lines of it and below it
  uint32_t container = kNoBox;  // the box that holds most of the story, closely
};

// What an element names by its tag, its class, its id and its like.
PartKind OwnKind(const html::Tree& tree, uint32_t node, const PageWords& words);

inline bool IsJunk(PartKind kind) {
  return kind != PartKind::kUnnamed && kind != PartKind::kBody && kind != PartKind::kDeck;
}

// A kind that would take most of the page's story is not believed. Linear in the page.
PageParts ReadParts(const html::Tree& tree, const PageLines& page, const PageWords& words);

}  // namespace kronik
