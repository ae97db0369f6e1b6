#include "html/tree.h"

#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>

namespace kronik::html {
namespace {

// ---- what would make the parser slow -----------------------------------------------------------

constexpr size_t kMaxAttributes = 256;  // of a tag
constexpr size_t kMaxSearch = 64;       // levels up to the start tag that an end tag closes

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Lower(c);
  return out;
}

template <size_t n>
bool OneOf(std::string_view word, const std::string_view (&words)[n]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Elements that hold nothing, or that the next of their kind closes.
constexpr std::string_view kFlat[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                      "input", "link", "meta", "param", "source", "track", "wbr",
                                      "p",     "li",   "dt",   "dd",    "option", "tr",    "td",
                                      "th",    "html", "head", "body"};
constexpr std::string_view kRawText[] = {"script", "style",   "textarea", "title",
                                         "xmp",    "noembed", "noframes", "iframe"};

// The page without the tags that nest too deep or have too many attributes: the parser's time
// grows with the square of both. Empty where there are none.
std::string Flatten(std::string_view page) {
  std::string out;
  size_t copied = 0;
  std::vector<std::string> open;
  size_t at = 0;
  while ((at = page.find('<', at)) != std::string_view::npos && at + 2 < page.size()) {
    size_t start = at;
    if (page.substr(at, 4) == "<!--") {
      size_t close = page.find("-->", at + 2);
      at = close == std::string_view::npos ? page.size() : close + 3;
      continue;
    }
    bool closing = page[at + 1] == '/';
    size_t name_at = at + (closing ? 2 : 1);
    if (!IsAlpha(page[name_at])) {
      ++at;
      continue;
    }
    size_t end = name_at;
    while (end < page.size() && !IsBlank(page[end]) && page[end] != '>' && page[end] != '/') ++end;
    std::string name = Lowered(page.substr(name_at, std::min<size_t>(end - name_at, 32)));
    size_t attributes = 0;
    char last = ' ';
    while (end < page.size() && page[end] != '>') {
      char c = page[end];
      if ((c == '"' || c == '\'') && last == '=') {
        size_t close = page.find(c, end + 1);
        end = close == std::string_view::npos ? page.size() : close + 1;
        last = ' ';
        continue;
      }
      if (!IsBlank(c)) {
        if (last == ' ' || last == '/') ++attributes;
        last = c;
      } else if (last != '=') {
        last = ' ';
      }
      ++end;
    }
    at = std::min(end + 1, page.size());
    bool drop = attributes > kMaxAttributes;
    if (closing) {
      for (size_t i = open.size(), n = 0; i > 0 && n < kMaxSearch; --i, ++n) {
        if (open[i - 1] != name) continue;
        open.resize(i - 1);
        break;
      }
    } else if (!OneOf(name, kFlat)) {
      if (OneOf(name, kRawText)) {
        // To the end tag; a quote or a '<' inside means nothing.
        while (at < page.size()) {
          size_t close = page.find("</", at);
          if (close == std::string_view::npos) {
            at = page.size();
          } else if (Lowered(page.substr(close + 2, name.size())) == name) {
            at = close;
            break;
          } else {
            at = close + 2;
          }
        }
      } else if (open.size() >= kMaxDepth) {
        drop = true;
      } else if (!drop) {
        open.push_back(std::move(name));
      }
    }
    if (drop) {
      out.append(page, copied, start - copied);
      copied = std::min(end + 1, page.size());
    }
  }
  if (copied > 0) out.append(page, copied, page.size() - copied);
  return out;
}

// ---- memory ------------------------------------------------------------------------------------

// The parser's memory. It is freed as a whole, since the parser's own way recurses as deep as the
// page. A page over its budget is left by a jump: the parser is C and can't be told "no memory".
struct Memory {
  std::pmr::monotonic_buffer_resource* arena;
  size_t left;
  std::jmp_buf full;
};

void* Allocate(void* memory, size_t size) {
  auto* m = static_cast<Memory*>(memory);
  if (size > m->left) std::longjmp(m->full, 1);
  m->left -= size;
  return m->arena->allocate(std::max<size_t>(size, 1), alignof(std::max_align_t));
}

// Null where the budget didn't suffice.
const GumboOutput* ParseInto(Memory& memory, std::string_view page) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = Allocate;
  options.deallocator = [](void*, void*) {};
  options.userdata = &memory;
  options.max_errors = 0;
  if (setjmp(memory.full) != 0) return nullptr;
  return gumbo_parse_with_options(&options, page.data(), page.size());
}

std::string_view KeepIn(std::pmr::memory_resource& arena, std::string_view text) {
  auto* copy = static_cast<char*>(arena.allocate(text.size() + 1, 1));
  for (size_t i = 0; i < text.size(); ++i) copy[i] = Lower(text[i]);
  return {copy, text.size()};
}

}  // namespace

Result<Tree> Tree::Parse(std::string_view utf8) {
  if (utf8.size() > kMaxBytes) return Error{ErrorCode::kLimit, "the page has more than 64 MB", ""};
  Tree tree;
  tree.arena_ = std::make_unique<std::pmr::monotonic_buffer_resource>(
      std::max<size_t>(utf8.size() * 4, 4096));
  std::string flat = Flatten(utf8);
  std::string_view page = flat.empty() ? utf8 : std::string_view(flat);
  // Names of unknown tags are read from the page's bytes, which `flat` keeps until the end.
  Memory memory{tree.arena_.get(), (size_t{64} << 20) + page.size() * 32, {}};
  const GumboOutput* output = ParseInto(memory, page);
  if (output == nullptr) {
    return Error{ErrorCode::kLimit, "the page grows out of proportion when parsed", ""};
  }

  struct Open {
    const GumboNode* node;
    uint32_t parent;
  };
  std::vector<Open> todo{{output->document, kNoNode}};
  std::vector<uint32_t> last_child;
  while (!todo.empty()) {
    auto [from, parent] = todo.back();
    todo.pop_back();
    auto index = static_cast<uint32_t>(tree.nodes_.size());
    Node node;
    node.parent = parent;
    node.end = index + 1;
    if (from->type == GUMBO_NODE_DOCUMENT) {
      node.kind = NodeKind::kDocument;
      for (unsigned i = from->v.document.children.length; i > 0; --i) {
        todo.push_back(
            {static_cast<const GumboNode*>(from->v.document.children.data[i - 1]), index});
      }
    } else if (from->type == GUMBO_NODE_ELEMENT || from->type == GUMBO_NODE_TEMPLATE) {
      const GumboElement& element = from->v.element;
      if (element.tag != GUMBO_TAG_UNKNOWN) {
        node.text = gumbo_normalized_tagname(element.tag);
      } else {
        GumboStringPiece piece = element.original_tag;
        gumbo_tag_from_original_text(&piece);
        node.text = piece.length > 0 ? KeepIn(*tree.arena_, {piece.data, piece.length}) : "unknown";
      }
      node.tag = TagOf(node.text);
      node.first_attribute = static_cast<uint32_t>(tree.attributes_.size());
      node.attribute_count = element.attributes.length;
      for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto* a = static_cast<const GumboAttribute*>(element.attributes.data[i]);
        tree.attributes_.push_back({a->name, a->value});
      }
      for (unsigned i = element.children.length; i > 0; --i) {
        todo.push_back({static_cast<const GumboNode*>(element.children.data[i - 1]), index});
      }
    } else if (from->type != GUMBO_NODE_COMMENT) {
      node.kind = NodeKind::kText;
      node.text = from->v.text.text;
    } else {
      continue;
    }
    tree.nodes_.push_back(node);
    last_child.push_back(kNoNode);
    if (parent == kNoNode) continue;
    uint32_t before = last_child[parent];
    (before == kNoNode ? tree.nodes_[parent].first_child : tree.nodes_[before].next_sibling) =
        index;
    last_child[parent] = index;
  }
  for (uint32_t i = tree.size(); i-- > 1;) {
    Node& parent = tree.nodes_[tree.nodes_[i].parent];
    parent.end = std::max(parent.end, tree.nodes_[i].end);
  }
  return tree;
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

std::string Tree::Text(uint32_t node) const {
  std::string out;
  for (uint32_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].kind == NodeKind::kText) out += nodes_[i].text;
  }
  return out;
}

}  // namespace kronik::html
