// The tree of an HTML page, parsed as browsers do.
//
// Nodes lie in document order, so that the descendants of node i are i + 1 up to nodes[i].end.
// Lifetime: the views point into the tree's own arena.
// Limits:   kLimit for a page of more than 64 MB, or one that grows out of proportion when parsed;
//           tags nested deeper than 512 are taken off, their text stays.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik::html {

inline constexpr uint32_t kNoNode = UINT32_MAX;
inline constexpr size_t kMaxBytes = size_t{64} << 20;
inline constexpr size_t kMaxDepth = 512;

struct Attribute {
  std::string_view name;  // lower case
  std::string_view value;
};

struct Node {
  uint32_t parent = kNoNode;
  uint32_t first_child = kNoNode;
  uint32_t next_sibling = kNoNode;
  uint32_t end = 0;  // one past the last descendant
  uint32_t first_attribute = 0;
  uint32_t attribute_count = 0;
  std::string_view tag;   // lower case; empty for text
  std::string_view text;  // of a text node, entities decoded
};

class Tree {
 public:
  static Result<Tree> Parse(std::string_view utf8);

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](uint32_t node) const { return nodes_[node]; }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  // The value of an attribute, or empty.
  std::string_view Attr(uint32_t node, std::string_view name) const;
  bool HasAttr(uint32_t node, std::string_view name) const;
  // The text of a node and all below it as it stands, white space included.
  std::string Text(uint32_t node) const;

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
};

}  // namespace kronik::html
