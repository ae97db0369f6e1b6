#include "html/tree.h"

#include <algorithm>
#include <cstring>

#include "html/scan.h"
#include "html/tree_builder.h"

namespace kronik::html {
namespace {

// The page with LF line ends, in the arena if it had others (section 13.2.3.5).
std::string_view WithLineFeeds(std::string_view page, Arena& arena) {
  const char* from = page.data();
  const char* end = from + page.size();
  const char* next = FindByte(from, end, '\r');
  if (next == end) return page;
  auto* out = static_cast<char*>(arena.allocate(page.size(), 1));
  char* to = out;
  while (true) {
    std::memcpy(to, from, static_cast<size_t>(next - from));
    to += next - from;
    if (next == end) break;
    *to++ = '\n';
    from = next + 1;
    if (from != end && *from == '\n') ++from;
    next = FindByte(from, end, '\r');
  }
  return {out, static_cast<size_t>(to - out)};
}

}  // namespace

Result<Tree> Tree::Build(std::string_view utf8, const FragmentContext* context) {
  if (utf8.size() > kMaxBytes) return Error{ErrorCode::kLimit, "the page has more than 64 MB", ""};
  Tree tree;
  tree.arena_ = std::make_unique<Arena>(std::max<size_t>(utf8.size() / 16, 1024));
  // A page has about a node for every hundred bytes.
  tree.nodes_.reserve(utf8.size() / 64 + 16);
  tree.attributes_.reserve(utf8.size() / 64 + 16);
  const std::string_view page = WithLineFeeds(utf8, *tree.arena_);
  TreeBuilder builder(page, context, *tree.arena_, tree.nodes_, tree.attributes_);
  tree.truncated_ = !builder.Run();
  return tree;
}

Result<Tree> Tree::Parse(std::string_view utf8) { return Build(utf8, nullptr); }

Result<Tree> Tree::ParseFragment(std::string_view utf8, const FragmentContext& context) {
  return Build(utf8, &context);
}

bool Tree::HasAttr(uint32_t node, std::string_view name) const {
  const Node& n = nodes_[node];
  for (uint32_t i = 0; i < n.attribute_count; ++i) {
    if (attributes_[n.first_attribute + i].name == name) return true;
  }
  return false;
}

std::string_view Tree::Attr(uint32_t node, std::string_view name) const {
  const Node& n = nodes_[node];
  for (uint32_t i = 0; i < n.attribute_count; ++i) {
    const Attribute& a = attributes_[n.first_attribute + i];
    if (a.name == name) return a.value;
  }
  return {};
}

std::span<const Attribute> Tree::Attributes(uint32_t node) const {
  return {attributes_.data() + nodes_[node].first_attribute, nodes_[node].attribute_count};
}

std::string Tree::Text(uint32_t node) const {
  std::string out;
  for (uint32_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].kind == NodeKind::kText) out += nodes_[i].text;
  }
  return out;
}

}  // namespace kronik::html
