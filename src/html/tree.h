// The tree of an HTML page, as the WHATWG HTML standard's section 13.2 makes it.
//
//   Result<html::Tree> tree = html::Tree::Parse(page);
//   for (uint32_t i = 0; i < tree->size(); ++i) {
//     if ((*tree)[i].tag == html::Tag::kP) Use(tree->Text(i));
//   }
//
// Nodes lie in document order, so that the descendants of node i are i + 1 up to nodes[i].end.
// Lifetime: names and texts are views into the page's own bytes where they stand there as they
//           are, and into the tree's memory where not: the page must outlive the tree.
// Limits:   kLimit for a page of more than 64 MB. An element below kMaxDepth others is closed at
//           once, so that what it would hold becomes its sibling; of a tag's attributes those after
//           the first kMaxAttributes are left out; after kMaxNodes nodes, or many more than the
//           page has bytes, the rest of the page is left out, and truncated() says so.
// Time:     linear in the page.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "html/tags.h"
#include "kronik/result.h"

namespace kronik::html {

inline constexpr uint32_t kNoNode = UINT32_MAX;
inline constexpr size_t kMaxBytes = size_t{64} << 20;
inline constexpr size_t kMaxDepth = 512;
inline constexpr size_t kMaxAttributes = 256;
inline constexpr size_t kMaxNodes = size_t{8} << 20;

enum class NodeKind : uint8_t { kDocument, kDoctype, kElement, kText, kComment };
enum class Namespace : uint8_t { kHtml, kSvg, kMathMl };
enum class Prefix : uint8_t { kNone, kXLink, kXml, kXmlns };

struct Attribute {
  std::string_view name;  // in lower case, but for SVG's ("viewBox"); without the prefix
  std::string_view value;
  Prefix prefix = Prefix::kNone;  // on elements that are not HTML's
};

struct Node {
  NodeKind kind = NodeKind::kElement;
  Namespace space = Namespace::kHtml;
  Tag tag = Tag::kUnknown;  // of an element, whatever its namespace
  uint32_t parent = kNoNode;
  uint32_t first_child = kNoNode;
  uint32_t next_sibling = kNoNode;
  uint32_t end = 0;  // one past the last descendant
  uint32_t first_attribute = 0;
  uint32_t attribute_count = 0;
  // Of a text or a comment its text, of an element or a doctype its name. What a <template> holds
  // are its children. A doctype's identifiers are its attributes "public" and "system".
  std::string_view text;
};

// The element that a fragment is read as the content of.
struct FragmentContext {
  std::string_view name;
  Namespace space = Namespace::kHtml;
};

class Tree {
 public:
  // The tree of a page in valid UTF-8.
  static Result<Tree> Parse(std::string_view utf8);
  // The nodes that a fragment makes as the content of an element (section 13.4), below a document
  // node.
  static Result<Tree> ParseFragment(std::string_view utf8, const FragmentContext& context);
  static Result<Tree> Parse(std::same_as<std::string> auto&& temporary) = delete;

  const std::vector<Node>& nodes() const { return nodes_; }
  const Node& operator[](uint32_t node) const { return nodes_[node]; }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  bool truncated() const { return truncated_; }
  // The value of an attribute, or empty.
  std::string_view Attr(uint32_t node, std::string_view name) const;
  bool HasAttr(uint32_t node, std::string_view name) const;
  std::span<const Attribute> Attributes(uint32_t node) const;
  // The texts below a node, or of it, as they stand, white space included.
  std::string Text(uint32_t node) const;

 private:
  static Result<Tree> Build(std::string_view utf8, const FragmentContext* context);

  std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  bool truncated_ = false;
};

}  // namespace kronik::html
