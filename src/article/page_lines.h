// A page as the lines that a reader sees, and the boxes of elements around them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/page_words.h"
#include "html/tree.h"
#include "kronik/document.h"

namespace kronik {

struct LineLink {
  std::string_view text;
  std::string_view url;
};

// A stretch of text between two block boundaries, white space closed up.
struct Line {
  std::string_view text;
  uint32_t box = 0;    // the innermost one
  uint32_t group = 0;  // the node of the list, table or quote it is a part of, or kNoNode
  BlockKind kind = BlockKind::kParagraph;
  bool in_figure = false;
  uint32_t words = 0;    // stretches without a space; of CJK every two letters
  uint32_t letters = 0;  // code points other than spaces; so the next ones
  uint32_t link_letters = 0;
  uint32_t strong_letters = 0;
  uint32_t emphasis_letters = 0;
  uint32_t capitals = 0;
  uint32_t digits = 0;
  uint32_t images = 0;      // between the line before and the end of this one
  uint32_t first_link = 0;  // into PageLines::links
  uint32_t last_link = 0;
  float mass = 0;  // how much it looks like a story's paragraph
  PageWords::Prefixes prefixes{};

  float density() const {
    return letters == 0 ? 0 : static_cast<float>(link_letters) / static_cast<float>(letters);
  }
  size_t Prefix(PartKind of) const { return prefixes[static_cast<size_t>(of)]; }
};

// A block element with lines somewhere below it. Boxes lie in document order, the root first.
struct Box {
  uint32_t node = 0;
  uint32_t parent = UINT32_MAX;  // into PageLines::boxes; none of the root
  uint32_t end = 0;              // one past the last box below it
  uint32_t first_line = 0;       // lines of it and all below it
  uint32_t last_line = 0;
  uint32_t depth = 0;  // boxes above it
};

struct PageLines {
  std::vector<Line> lines;
  std::vector<Box> boxes;
  std::vector<LineLink> links;
  std::vector<uint32_t> images;  // nodes, not those within what is left out
  std::string text;              // what the lines' texts are views of

  PageLines() = default;
  PageLines(PageLines&&) = default;
  PageLines& operator=(PageLines&&) = default;
};

// Whether a text has the marks of a sentence at its end. CJK and others have their own full stops.
bool EndsSentence(std::string_view text);

// Leaves out what is never shown: scripts, forms' controls, hidden elements. Linear in the tree,
// which must outlive the lines.
PageLines ReadLines(const html::Tree& tree, const PageWords& words);

}  // namespace kronik
