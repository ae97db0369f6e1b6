#include "html/tree_builder.h"

#include <algorithm>
#include <cassert>

namespace kronik::html {
namespace {

constexpr size_t kNotFound = SIZE_MAX;
constexpr size_t kMaxFormatting = 64;  // since the last marker; older ones are forgotten
constexpr size_t kFreeNodes = 1024;    // beyond one for each byte of the page
constexpr uint32_t kDocumentNode = 0;

using Kind = Token::Kind;

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }
bool IsBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsSpace); }

bool OneOf(Tag tag, std::initializer_list<Tag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool IsStart(const Token& token, Tag tag) {
  return token.kind == Kind::kStartTag && token.tag == tag;
}
bool IsStart(const Token& token, std::initializer_list<Tag> tags) {
  return token.kind == Kind::kStartTag && OneOf(token.tag, tags);
}
bool IsEnd(const Token& token, Tag tag) { return token.kind == Kind::kEndTag && token.tag == tag; }
bool IsEnd(const Token& token, std::initializer_list<Tag> tags) {
  return token.kind == Kind::kEndTag && OneOf(token.tag, tags);
}
bool IsBlankText(const Token& token) { return token.kind == Kind::kText && IsBlank(token.text); }

bool EqualNoCase(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x | 0x20) : x) == y;
         });
}

const Attribute* FindAttribute(const Token& token, std::string_view name) {
  for (const Attribute& a : token.attributes) {
    if (a.name == name) return &a;
  }
  return nullptr;
}

bool IsHiddenInput(const Token& token) {
  const Attribute* type = FindAttribute(token, "type");
  return type != nullptr && EqualNoCase(type->value, "hidden");
}

}  // namespace

TreeBuilder::TreeBuilder(std::string_view input, const FragmentContext* context, Arena& arena,
                         std::vector<Node>& nodes, std::vector<Attribute>& attributes)
    : input_(input),
      arena_(arena),
      nodes_(nodes),
      attributes_(attributes),
      tokenizer_(input, arena),
      max_nodes_(std::min(kMaxNodes, input.size() + kFreeNodes)) {
  Make(NodeKind::kDocument, {});
  if (context == nullptr) return;
  // Section 13.4, "Parsing HTML fragments".
  fragment_ = true;
  context_.text = context->name;
  context_.space = context->space;
  context_.tag = TagOf(context->name);
  if (context->space == Namespace::kSvg && EqualNoCase(context->name, "foreignobject")) {
    context_.tag = Tag::kForeignObject;
  }
  if (context->space == Namespace::kHtml) {
    using enum Tag;
    using State = Tokenizer::State;
    if (OneOf(context_.tag, {kTitle, kTextarea})) tokenizer_.Enter(State::kRcdata, context->name);
    if (OneOf(context_.tag, {kStyle, kXmp, kIframe, kNoembed, kNoframes})) {
      tokenizer_.Enter(State::kRawtext, context->name);
    }
    if (context_.tag == kScript) tokenizer_.Enter(State::kScriptData, context->name);
    if (context_.tag == kPlaintext) tokenizer_.Enter(State::kPlaintext);
    if (context_.tag == kTemplate) template_modes_.push_back(Mode::kInTemplate);
    if (context_.tag == kForm) form_ = kDocumentNode;  // some form, which none of ours is
  }
  InsertImplied(Tag::kHtml);
  ResetMode();
}

bool TreeBuilder::Run() {
  bool whole = true;
  while (!done_) {
    if (nodes_.size() >= max_nodes_) {
      whole = false;
      break;
    }
    tokenizer_.AllowCdata(!stack_.empty() && Adjusted().space != Namespace::kHtml);
    Token& token = tokenizer_.Next();
    if (skip_newline_) {
      skip_newline_ = false;
      if (token.kind == Kind::kText && token.text.starts_with('\n')) {
        token.text.remove_prefix(1);
        if (token.text.empty()) continue;
      }
    }
    if (token.kind != Kind::kText || mode_ == Mode::kInBody || mode_ == Mode::kText ||
        mode_ == Mode::kInTableText) {
      Process(token);
      continue;
    }
    // Elsewhere white space has rules of its own: it comes apart from the rest.
    std::string_view rest = token.text;
    while (!rest.empty()) {
      size_t length = 1;
      while (length < rest.size() && IsSpace(rest[length]) == IsSpace(rest[0])) ++length;
      token.text = rest.substr(0, length);
      rest.remove_prefix(length);
      Process(token);
    }
  }
  if (has_selected_content_) FillSelectedContent();
  Finish();
  return whole;
}

// ---- nodes -------------------------------------------------------------------------------------

uint32_t TreeBuilder::Make(NodeKind kind, std::string_view text) {
  const auto node = static_cast<uint32_t>(nodes_.size());
  Node& made = nodes_.emplace_back();
  made.kind = kind;
  made.text = text;
  made.end = kNoNode;  // the last child, for now
  previous_.push_back(kNoNode);
  return node;
}

uint32_t TreeBuilder::MakeElement(const Token& token, Namespace space) {
  const uint32_t node = Make(NodeKind::kElement, token.text);
  Node& made = nodes_[node];
  made.space = space;
  made.tag = token.tag;
  made.first_attribute = static_cast<uint32_t>(attributes_.size());
  made.attribute_count = static_cast<uint32_t>(token.attributes.size());
  attributes_.insert(attributes_.end(), token.attributes.begin(), token.attributes.end());
  return node;
}

uint32_t TreeBuilder::Copy(uint32_t element) {
  const uint32_t node = Make(NodeKind::kElement, nodes_[element].text);
  Node& made = nodes_[node];
  const Node& from = nodes_[element];
  made.kind = from.kind;
  made.space = from.space;
  made.tag = from.tag;
  made.first_attribute = from.first_attribute;  // they never change, so both may have them
  made.attribute_count = from.attribute_count;
  return node;
}

void TreeBuilder::Link(uint32_t node, Place place) {
  Node& child = nodes_[node];
  Node& parent = nodes_[place.parent];
  child.parent = place.parent;
  child.next_sibling = place.before;
  uint32_t& after = place.before == kNoNode ? parent.end : previous_[place.before];
  const uint32_t before = after;
  after = node;
  previous_[node] = before;
  (before == kNoNode ? parent.first_child : nodes_[before].next_sibling) = node;
}

void TreeBuilder::Unlink(uint32_t node) {
  Node& child = nodes_[node];
  if (child.parent == kNoNode) return;
  Node& parent = nodes_[child.parent];
  const uint32_t before = previous_[node];
  const uint32_t after = child.next_sibling;
  (before == kNoNode ? parent.first_child : nodes_[before].next_sibling) = after;
  (after == kNoNode ? parent.end : previous_[after]) = before;
  child.parent = child.next_sibling = kNoNode;
  previous_[node] = kNoNode;
}

// A view that lives as long as the tree.
std::string_view TreeBuilder::Kept(std::string_view text) {
  const bool in_input =
      text.data() >= input_.data() && text.data() + text.size() <= input_.data() + input_.size();
  return in_input ? text : KeepIn(arena_, text);
}

void TreeBuilder::AppendText(Place place, std::string_view text) {
  const uint32_t before =
      place.before == kNoNode ? nodes_[place.parent].end : previous_[place.before];
  if (before == kNoNode || nodes_[before].kind != NodeKind::kText) {
    Link(Make(NodeKind::kText, Kept(text)), place);
    return;
  }
  Node& node = nodes_[before];
  auto room = capacity_.find(before);
  if (room == capacity_.end()) {
    const bool in_input =
        node.text.data() >= input_.data() && node.text.data() < input_.data() + input_.size();
    if (in_input && node.text.data() + node.text.size() == text.data()) {
      node.text = {node.text.data(), node.text.size() + text.size()};
      return;
    }
    room = capacity_.emplace(before, 0).first;
  }
  const size_t size = node.text.size() + text.size();
  if (size > room->second) {
    room->second = std::max<size_t>(size * 2, 64);
    auto* moved = static_cast<char*>(arena_.allocate(room->second, 1));
    node.text.copy(moved, node.text.size());
    node.text = {moved, node.text.size()};
  }
  text.copy(const_cast<char*>(node.text.data()) + node.text.size(), text.size());
  node.text = {node.text.data(), size};
}

void TreeBuilder::MergeAttributes(uint32_t node, const Token& token) {
  Node& to = nodes_[node];
  std::vector<Attribute> merged(attributes_.begin() + to.first_attribute,
                                attributes_.begin() + to.first_attribute + to.attribute_count);
  for (const Attribute& added : token.attributes) {
    if (merged.size() >= kMaxAttributes) break;
    if (std::none_of(merged.begin(), merged.end(),
                     [&](const Attribute& a) { return a.name == added.name; })) {
      merged.push_back(added);
    }
  }
  if (merged.size() == to.attribute_count) return;
  to.first_attribute = static_cast<uint32_t>(attributes_.size());
  to.attribute_count = static_cast<uint32_t>(merged.size());
  attributes_.insert(attributes_.end(), merged.begin(), merged.end());
}

bool TreeBuilder::IsSpecial(uint32_t node) const {
  using enum Tag;
  const Node& n = nodes_[node];
  if (n.space == Namespace::kHtml) return Has(n.tag, kSpecial);
  if (n.space == Namespace::kSvg) return OneOf(n.tag, {kForeignObject, kDesc, kTitle});
  return OneOf(n.tag, {kMi, kMo, kMn, kMs, kMtext, kAnnotationXml});
}

bool TreeBuilder::EndsScope(uint32_t node, Scope scope) const {
  using enum Tag;
  const Node& n = nodes_[node];
  if (scope == Scope::kTable) return n.space == Namespace::kHtml && Has(n.tag, kEndTableScope);
  if (n.space != Namespace::kHtml) return IsSpecial(node);
  return Has(n.tag, kEndScope) || (scope == Scope::kButton && n.tag == kButton) ||
         (scope == Scope::kListItem && (n.tag == kOl || n.tag == kUl));
}

bool TreeBuilder::IsMathMlTextPoint(const Node& node) const {
  using enum Tag;
  return node.space == Namespace::kMathMl && OneOf(node.tag, {kMi, kMo, kMn, kMs, kMtext});
}

bool TreeBuilder::IsHtmlPoint(const Node& node) const {
  using enum Tag;
  if (node.space == Namespace::kSvg) return OneOf(node.tag, {kForeignObject, kDesc, kTitle});
  if (node.space != Namespace::kMathMl || node.tag != kAnnotationXml) return false;
  for (uint32_t i = 0; i < node.attribute_count; ++i) {
    const Attribute& a = attributes_[node.first_attribute + i];
    if (a.name != "encoding") continue;
    return EqualNoCase(a.value, "text/html") || EqualNoCase(a.value, "application/xhtml+xml");
  }
  return false;
}

// ---- the stack of open elements ----------------------------------------------------------------

const Node& TreeBuilder::Adjusted() const {
  return fragment_ && stack_.size() == 1 ? context_ : nodes_[Current()];
}

void TreeBuilder::Push(uint32_t node) {
  stack_.push_back(node);
  if (nodes_[node].space == Namespace::kHtml) ++open_[static_cast<size_t>(nodes_[node].tag)];
}

void TreeBuilder::Pop() {
  const Node& node = nodes_[Current()];
  if (node.space == Namespace::kHtml) --open_[static_cast<size_t>(node.tag)];
  stack_.pop_back();
}

void TreeBuilder::PopTo(Tag tag) {
  while (!stack_.empty()) {
    const bool last = CurrentIs(tag);
    Pop();
    if (last) return;
  }
}

void TreeBuilder::PopToNode(uint32_t node) {
  while (!stack_.empty()) {
    const bool last = Current() == node;
    Pop();
    if (last) return;
  }
}

size_t TreeBuilder::StackIndex(uint32_t node) const {
  for (size_t i = stack_.size(); i > 0; --i) {
    if (stack_[i - 1] == node) return i - 1;
  }
  return kNotFound;
}

void TreeBuilder::RemoveFromStack(uint32_t node) {
  const size_t index = StackIndex(node);
  if (index == kNotFound) return;
  if (nodes_[node].space == Namespace::kHtml) --open_[static_cast<size_t>(nodes_[node].tag)];
  stack_.erase(stack_.begin() + static_cast<ptrdiff_t>(index));
}

bool TreeBuilder::InScope(Tag tag, Scope scope) const {
  if (!IsOpen(tag)) return false;
  for (size_t i = stack_.size(); i > 0; --i) {
    if (IsHtml(stack_[i - 1], tag)) return true;
    if (EndsScope(stack_[i - 1], scope)) return false;
  }
  return false;
}

bool TreeBuilder::NodeInScope(uint32_t node) const {
  for (size_t i = stack_.size(); i > 0; --i) {
    if (stack_[i - 1] == node) return true;
    if (EndsScope(stack_[i - 1], Scope::kDefault)) return false;
  }
  return false;
}

bool TreeBuilder::HeadingInScope() const {
  for (size_t i = stack_.size(); i > 0; --i) {
    const Node& node = nodes_[stack_[i - 1]];
    if (node.space == Namespace::kHtml && Has(node.tag, kHeading)) return true;
    if (EndsScope(stack_[i - 1], Scope::kDefault)) return false;
  }
  return false;
}

void TreeBuilder::ImpliedEnds(Tag except) {
  while (nodes_[Current()].space == Namespace::kHtml && Has(nodes_[Current()].tag, kImpliedEnd) &&
         nodes_[Current()].tag != except) {
    Pop();
  }
}

void TreeBuilder::ImpliedEndsThorough() {
  while (nodes_[Current()].space == Namespace::kHtml &&
         Has(nodes_[Current()].tag, kImpliedEndThorough)) {
    Pop();
  }
}

void TreeBuilder::CloseP() {
  ImpliedEnds(Tag::kP);
  PopTo(Tag::kP);
}

void TreeBuilder::ClosePInButtonScope() {
  if (InScope(Tag::kP, Scope::kButton)) CloseP();
}

// Before an element is opened: whether there is room for it. At the limit the innermost element is
// closed, unless the rules count on its being open.
bool TreeBuilder::MakeRoom(Tag tag) {
  if (stack_.size() < kMaxDepth || Has(tag, kVoid)) return true;
  const Node& current = nodes_[Current()];
  if (current.space == Namespace::kHtml && Has(current.tag, kSkeleton)) return false;
  Pop();
  return true;
}

// ---- the list of active formatting elements ----------------------------------------------------

bool TreeBuilder::SameElement(uint32_t a, uint32_t b) const {
  const Node& x = nodes_[a];
  const Node& y = nodes_[b];
  if (x.tag != y.tag || x.space != y.space || x.attribute_count != y.attribute_count) return false;
  if (x.first_attribute == y.first_attribute) return true;
  const auto of_x = attributes_.begin() + x.first_attribute;
  const auto of_y = attributes_.begin() + y.first_attribute;
  auto same = [](const Attribute& p, const Attribute& q) {
    return p.name == q.name && p.value == q.value;
  };
  for (uint32_t i = 0; i < x.attribute_count; ++i) {
    if (same(of_x[i], of_y[i])) continue;
    if (std::none_of(of_y, of_y + y.attribute_count,
                     [&](const Attribute& q) { return same(of_x[i], q); })) {
      return false;
    }
  }
  return true;
}

// With at most three of a kind since the last marker ("Noah's Ark clause").
void TreeBuilder::PushFormatting(uint32_t node) {
  size_t alike = 0;
  size_t earliest = kNotFound;
  size_t i = formatting_.size();
  for (; i > 0 && formatting_[i - 1] != kNoNode; --i) {
    if (SameElement(formatting_[i - 1], node)) {
      ++alike;
      earliest = i - 1;
    }
  }
  if (alike < 3) earliest = formatting_.size() - i >= kMaxFormatting ? i : kNotFound;
  if (earliest != kNotFound) {
    formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(earliest));
  }
  formatting_.push_back(node);
}

void TreeBuilder::ClearToMarker() {
  while (!formatting_.empty()) {
    const uint32_t last = formatting_.back();
    formatting_.pop_back();
    if (last == kNoNode) return;
  }
}

size_t TreeBuilder::FormattingIndex(uint32_t node) const {
  for (size_t i = formatting_.size(); i > 0; --i) {
    if (formatting_[i - 1] == node) return i - 1;
  }
  return kNotFound;
}

void TreeBuilder::Reconstruct() {
  size_t first = formatting_.size();
  while (first > 0 && formatting_[first - 1] != kNoNode &&
         StackIndex(formatting_[first - 1]) == kNotFound) {
    --first;
  }
  for (; first < formatting_.size() && stack_.size() < kMaxDepth; ++first) {
    const uint32_t copy = Copy(formatting_[first]);
    Link(copy, AppropriatePlace());
    Push(copy);
    formatting_[first] = copy;
  }
}

void TreeBuilder::AdoptionAgency(Tag tag) {
  if (CurrentIs(tag) && FormattingIndex(Current()) == kNotFound) {
    Pop();
    return;
  }
  for (int round = 0; round < 8; ++round) {
    size_t entry = formatting_.size();
    while (entry > 0 && formatting_[entry - 1] != kNoNode &&
           nodes_[formatting_[entry - 1]].tag != tag)
      --entry;
    if (entry == 0 || formatting_[entry - 1] == kNoNode) {
      AnyOtherEnd(tag, TagName(tag));
      return;
    }
    --entry;
    const uint32_t formatting = formatting_[entry];
    const size_t open = StackIndex(formatting);
    if (open == kNotFound) {
      formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(entry));
      return;
    }
    if (!NodeInScope(formatting)) return;
    size_t furthest = open + 1;
    while (furthest < stack_.size() && !IsSpecial(stack_[furthest])) ++furthest;
    if (furthest == stack_.size()) {
      PopToNode(formatting);
      formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(entry));
      return;
    }
    const uint32_t block = stack_[furthest];
    const uint32_t ancestor = stack_[open - 1];
    size_t bookmark = entry;
    uint32_t last = block;
    size_t at = furthest;
    for (int inner = 1;; ++inner) {
      --at;
      uint32_t node = stack_[at];
      if (node == formatting) break;
      size_t listed = FormattingIndex(node);
      if (inner > 3 && listed != kNotFound) {
        formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(listed));
        if (listed < bookmark) --bookmark;
        listed = kNotFound;
      }
      if (listed == kNotFound) {
        RemoveFromStack(node);  // what is above it moves down by one; `at` now has its successor
        continue;
      }
      const uint32_t copy = Copy(node);
      formatting_[listed] = copy;
      stack_[at] = copy;
      node = copy;
      if (last == block) bookmark = listed + 1;
      Unlink(last);
      Link(last, {node, kNoNode});
      last = node;
    }
    Unlink(last);
    Link(last, AppropriatePlace(ancestor));
    const uint32_t copy = Copy(formatting);
    // The block's children go to the copy.
    for (uint32_t child = nodes_[block].first_child; child != kNoNode;) {
      const uint32_t next = nodes_[child].next_sibling;
      Unlink(child);
      Link(child, {copy, kNoNode});
      child = next;
    }
    Link(copy, {block, kNoNode});
    const size_t old = FormattingIndex(formatting);
    formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(old));
    if (old < bookmark) --bookmark;
    formatting_.insert(
        formatting_.begin() + static_cast<ptrdiff_t>(std::min(bookmark, formatting_.size())), copy);
    RemoveFromStack(formatting);
    const size_t below = StackIndex(block) + 1;
    stack_.insert(stack_.begin() + static_cast<ptrdiff_t>(below), copy);
    ++open_[static_cast<size_t>(nodes_[copy].tag)];
  }
}

// ---- insertion ---------------------------------------------------------------------------------

TreeBuilder::Place TreeBuilder::AppropriatePlace(uint32_t override_target) const {
  const uint32_t target = override_target == kNoNode ? Current() : override_target;
  const Node& node = nodes_[target];
  if (!foster_ || node.space != Namespace::kHtml || !Has(node.tag, kTableText)) {
    return {target, kNoNode};
  }
  for (size_t i = stack_.size(); i > 0; --i) {
    const uint32_t open = stack_[i - 1];
    if (IsHtml(open, Tag::kTemplate)) return {open, kNoNode};
    if (!IsHtml(open, Tag::kTable)) continue;
    if (nodes_[open].parent != kNoNode) return {nodes_[open].parent, open};
    return {stack_[i - 2], kNoNode};
  }
  return {stack_[0], kNoNode};
}

uint32_t TreeBuilder::Insert(const Token& token, Namespace space) {
  const Place place = AppropriatePlace();
  const uint32_t node = MakeElement(token, space);
  Link(node, place);
  Push(node);
  return node;
}

uint32_t TreeBuilder::InsertImplied(Tag tag) {
  const Place place = stack_.empty() ? Place{kDocumentNode, kNoNode} : AppropriatePlace();
  const uint32_t node = Make(NodeKind::kElement, TagName(tag));
  nodes_[node].tag = tag;
  Link(node, place);
  Push(node);
  return node;
}

void TreeBuilder::InsertVoid(const Token& token) {
  Insert(token);
  Pop();
}

void TreeBuilder::InsertForeign(Token& token, Namespace space) {
  for (Attribute& a : token.attributes) {
    if (space == Namespace::kSvg) a.name = SvgAttributeName(a.name);
    if (space == Namespace::kMathMl && a.name == "definitionurl") a.name = "definitionURL";
    SplitPrefix(a);
  }
  if (space == Namespace::kSvg) token.text = SvgElementName(token.text);
  Insert(token, space);
  if (token.self_closing) Pop();
}

void TreeBuilder::InsertText(std::string_view text) {
  const Place place = AppropriatePlace();
  if (place.parent != kDocumentNode) AppendText(place, text);
}

void TreeBuilder::InsertComment(const Token& token, uint32_t parent) {
  const Place place = parent == kNoNode ? AppropriatePlace() : Place{parent, kNoNode};
  Link(Make(NodeKind::kComment, token.text), place);
}

void TreeBuilder::InsertRawText(const Token& token, Tokenizer::State state) {
  Insert(token);
  tokenizer_.Enter(state, token.tag == Tag::kUnknown ? token.text : TagName(token.tag));
  original_mode_ = mode_;
  mode_ = Mode::kText;
}

// ---- the rules ---------------------------------------------------------------------------------

void TreeBuilder::Process(Token& token) {
  using enum Tag;
  if (token.kind == Kind::kStartTag && !stack_.empty() && !MakeRoom(token.tag)) return;
  while (true) {
    bool by_mode = stack_.empty() || token.kind == Kind::kEnd;
    if (!by_mode) {
      const Node& node = Adjusted();
      const bool start = token.kind == Kind::kStartTag;
      const bool text = token.kind == Kind::kText;
      by_mode = node.space == Namespace::kHtml ||
                (IsMathMlTextPoint(node) &&
                 (text || (start && token.tag != kMglyph && token.tag != kMalignmark))) ||
                (node.space == Namespace::kMathMl && node.tag == kAnnotationXml && start &&
                 token.tag == kSvg) ||
                ((start || text) && IsHtmlPoint(node));
    }
    if (by_mode ? ByMode(mode_, token) : Foreign(token)) return;
  }
}

bool TreeBuilder::ByMode(Mode mode, Token& token) {
  switch (mode) {
    case Mode::kInitial:
      return Initial(token);
    case Mode::kBeforeHtml:
      return BeforeHtml(token);
    case Mode::kBeforeHead:
      return BeforeHead(token);
    case Mode::kInHead:
      return InHead(token);
    case Mode::kInHeadNoscript:
      return InHeadNoscript(token);
    case Mode::kAfterHead:
      return AfterHead(token);
    case Mode::kInBody:
      return InBody(token);
    case Mode::kText:
      return Text(token);
    case Mode::kInTable:
      return InTable(token);
    case Mode::kInTableText:
      return InTableText(token);
    case Mode::kInCaption:
      return InCaption(token);
    case Mode::kInColumnGroup:
      return InColumnGroup(token);
    case Mode::kInTableBody:
      return InTableBody(token);
    case Mode::kInRow:
      return InRow(token);
    case Mode::kInCell:
      return InCell(token);
    case Mode::kInTemplate:
      return InTemplate(token);
    case Mode::kAfterBody:
      return AfterBody(token);
    case Mode::kInFrameset:
      return InFrameset(token);
    case Mode::kAfterFrameset:
      return AfterFrameset(token);
    case Mode::kAfterAfterBody:
      return AfterAfterBody(token);
    case Mode::kAfterAfterFrameset:
      return AfterAfterFrameset(token);
  }
  return true;
}

bool TreeBuilder::Initial(Token& token) {
  if (IsBlankText(token)) return true;
  if (token.kind == Kind::kComment) {
    InsertComment(token, kDocumentNode);
    return true;
  }
  mode_ = Mode::kBeforeHtml;
  if (token.kind != Kind::kDoctype) {
    quirks_ = Quirks::kFull;
    return false;
  }
  const uint32_t node = Make(NodeKind::kDoctype, token.text);
  Node& doctype = nodes_[node];
  doctype.first_attribute = static_cast<uint32_t>(attributes_.size());
  if (token.public_id) attributes_.push_back({"public", *token.public_id});
  if (token.system_id) attributes_.push_back({"system", *token.system_id});
  doctype.attribute_count = static_cast<uint32_t>(attributes_.size()) - doctype.first_attribute;
  Link(node, {kDocumentNode, kNoNode});
  quirks_ = token.force_quirks ? Quirks::kFull
                               : QuirksOf(token.text, token.public_id ? &*token.public_id : nullptr,
                                          token.system_id ? &*token.system_id : nullptr);
  return true;
}

bool TreeBuilder::BeforeHtml(Token& token) {
  using enum Tag;
  if (token.kind == Kind::kDoctype || IsBlankText(token)) return true;
  if (token.kind == Kind::kComment) {
    InsertComment(token, kDocumentNode);
    return true;
  }
  if (token.kind == Kind::kEndTag && !OneOf(token.tag, {kHead, kBody, kHtml, kBr})) return true;
  mode_ = Mode::kBeforeHead;
  if (IsStart(token, kHtml)) {
    const uint32_t node = MakeElement(token, Namespace::kHtml);
    Link(node, {kDocumentNode, kNoNode});
    Push(node);
    return true;
  }
  InsertImplied(kHtml);
  return false;
}

bool TreeBuilder::BeforeHead(Token& token) {
  using enum Tag;
  if (token.kind == Kind::kDoctype || IsBlankText(token)) return true;
  if (token.kind == Kind::kComment) {
    InsertComment(token);
    return true;
  }
  if (IsStart(token, kHtml)) return InBody(token);
  if (token.kind == Kind::kEndTag && !OneOf(token.tag, {kHead, kBody, kHtml, kBr})) return true;
  mode_ = Mode::kInHead;
  if (IsStart(token, kHead)) {
    head_ = Insert(token);
    return true;
  }
  head_ = InsertImplied(kHead);
  return false;
}

void TreeBuilder::EndTemplate() {
  if (!IsOpen(Tag::kTemplate)) return;
  ImpliedEndsThorough();
  PopTo(Tag::kTemplate);
  ClearToMarker();
  template_modes_.pop_back();
  ResetMode();
}

bool TreeBuilder::InHead(Token& token) {
  using enum Tag;
  using State = Tokenizer::State;
  switch (token.kind) {
    case Kind::kText:
      if (!IsBlank(token.text)) break;
      InsertText(token.text);
      return true;
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
      return true;
    case Kind::kStartTag:
      switch (token.tag) {
        case kHtml:
          return InBody(token);
        case kBase:
        case kBasefont:
        case kBgsound:
        case kLink:
        case kMeta:
          InsertVoid(token);
          return true;
        case kTitle:
          InsertRawText(token, State::kRcdata);
          return true;
        case kNoscript:
          Insert(token);
          mode_ = Mode::kInHeadNoscript;
          return true;
        case kNoframes:
        case kStyle:
          InsertRawText(token, State::kRawtext);
          return true;
        case kScript:
          InsertRawText(token, State::kScriptData);
          return true;
        case kTemplate:
          Insert(token);
          PushMarker();
          frameset_ok_ = false;
          mode_ = Mode::kInTemplate;
          template_modes_.push_back(Mode::kInTemplate);
          return true;
        case kHead:
          return true;
        default:
          break;
      }
      break;
    case Kind::kEndTag:
      if (token.tag == kHead) {
        Pop();
        mode_ = Mode::kAfterHead;
        return true;
      }
      if (token.tag == kTemplate) {
        EndTemplate();
        return true;
      }
      if (!OneOf(token.tag, {kBody, kHtml, kBr})) return true;
      break;
    case Kind::kEnd:
      break;
  }
  Pop();
  mode_ = Mode::kAfterHead;
  return false;
}

bool TreeBuilder::InHeadNoscript(Token& token) {
  using enum Tag;
  if (token.kind == Kind::kDoctype) return true;
  if (IsStart(token, kHtml)) return InBody(token);
  if (IsEnd(token, kNoscript)) {
    Pop();
    mode_ = Mode::kInHead;
    return true;
  }
  if (IsBlankText(token) || token.kind == Kind::kComment ||
      IsStart(token, {kBasefont, kBgsound, kLink, kMeta, kNoframes, kStyle})) {
    return InHead(token);
  }
  if (IsStart(token, {kHead, kNoscript})) return true;
  if (token.kind == Kind::kEndTag && token.tag != kBr) return true;
  Pop();
  mode_ = Mode::kInHead;
  return false;
}

bool TreeBuilder::AfterHead(Token& token) {
  using enum Tag;
  if (IsBlankText(token)) {
    InsertText(token.text);
    return true;
  }
  if (token.kind == Kind::kComment) {
    InsertComment(token);
    return true;
  }
  if (token.kind == Kind::kDoctype) return true;
  if (token.kind == Kind::kStartTag) {
    if (token.tag == kHtml) return InBody(token);
    if (token.tag == kBody) {
      Insert(token);
      frameset_ok_ = false;
      mode_ = Mode::kInBody;
      return true;
    }
    if (token.tag == kFrameset) {
      Insert(token);
      mode_ = Mode::kInFrameset;
      return true;
    }
    if (OneOf(token.tag, {kBase, kBasefont, kBgsound, kLink, kMeta, kNoframes, kScript, kStyle,
                          kTemplate, kTitle})) {
      Push(head_);
      InHead(token);
      RemoveFromStack(head_);
      return true;
    }
    if (token.tag == kHead) return true;
  }
  if (token.kind == Kind::kEndTag) {
    if (token.tag == kTemplate) return InHead(token);
    if (!OneOf(token.tag, {kBody, kHtml, kBr})) return true;
  }
  InsertImplied(kBody);
  mode_ = Mode::kInBody;
  return false;
}

bool TreeBuilder::InBody(Token& token) {
  switch (token.kind) {
    case Kind::kText:
      if (token.text == std::string_view("\0", 1)) return true;
      Reconstruct();
      InsertText(token.text);
      if (frameset_ok_ && !IsBlank(token.text)) frameset_ok_ = false;
      return true;
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
      return true;
    case Kind::kStartTag:
      return StartInBody(token);
    case Kind::kEndTag:
      return EndInBody(token);
    case Kind::kEnd:
      return EndInBodyOfFile(token);
  }
  return true;
}

bool TreeBuilder::EndInBodyOfFile(Token& token) {
  if (!template_modes_.empty()) return InTemplate(token);
  done_ = true;
  return true;
}

bool TreeBuilder::StartInBody(Token& token) {
  using enum Tag;
  using State = Tokenizer::State;
  switch (token.tag) {
    case kHtml:
      if (!IsOpen(kTemplate)) MergeAttributes(stack_[0], token);
      return true;
    case kBase:
    case kBasefont:
    case kBgsound:
    case kLink:
    case kMeta:
    case kNoframes:
    case kScript:
    case kStyle:
    case kTemplate:
    case kTitle:
      return InHead(token);
    case kBody:
      if (stack_.size() < 2 || !IsHtml(stack_[1], kBody) || IsOpen(kTemplate)) return true;
      frameset_ok_ = false;
      MergeAttributes(stack_[1], token);
      return true;
    case kFrameset:
      if (stack_.size() < 2 || !IsHtml(stack_[1], kBody) || !frameset_ok_) return true;
      Unlink(stack_[1]);
      while (stack_.size() > 1) Pop();
      Insert(token);
      mode_ = Mode::kInFrameset;
      return true;
    case kH1:
    case kH2:
    case kH3:
    case kH4:
    case kH5:
    case kH6: {
      ClosePInButtonScope();
      const Node& current = nodes_[Current()];
      if (current.space == Namespace::kHtml && Has(current.tag, kHeading)) Pop();
      Insert(token);
      return true;
    }
    case kPre:
    case kListing:
      ClosePInButtonScope();
      Insert(token);
      skip_newline_ = true;
      frameset_ok_ = false;
      return true;
    case kForm: {
      const bool in_template = IsOpen(kTemplate);
      if (form_ != kNoNode && !in_template) return true;
      ClosePInButtonScope();
      const uint32_t node = Insert(token);
      if (!in_template) form_ = node;
      return true;
    }
    case kLi:
    case kDd:
    case kDt:
      frameset_ok_ = false;
      for (size_t i = stack_.size(); i > 0; --i) {
        const uint32_t node = stack_[i - 1];
        const Tag tag = nodes_[node].tag;
        const bool html = nodes_[node].space == Namespace::kHtml;
        if (html && (token.tag == kLi ? tag == kLi : tag == kDd || tag == kDt)) {
          ImpliedEnds(tag);
          PopTo(tag);
          break;
        }
        if (IsSpecial(node) && !(html && OneOf(tag, {kAddress, kDiv, kP}))) break;
      }
      ClosePInButtonScope();
      Insert(token);
      return true;
    case kPlaintext:
      ClosePInButtonScope();
      Insert(token);
      tokenizer_.Enter(State::kPlaintext);
      return true;
    case kButton:
      if (InScope(kButton)) {
        ImpliedEnds();
        PopTo(kButton);
      }
      Reconstruct();
      Insert(token);
      frameset_ok_ = false;
      return true;
    case kA: {
      for (size_t i = formatting_.size(); i > 0 && formatting_[i - 1] != kNoNode; --i) {
        const uint32_t node = formatting_[i - 1];
        if (nodes_[node].tag != kA) continue;
        AdoptionAgency(kA);
        const size_t listed = FormattingIndex(node);
        if (listed != kNotFound) {
          formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(listed));
        }
        RemoveFromStack(node);
        break;
      }
      Reconstruct();
      PushFormatting(Insert(token));
      return true;
    }
    case kNobr:
      Reconstruct();
      if (InScope(kNobr)) {
        AdoptionAgency(kNobr);
        Reconstruct();
      }
      PushFormatting(Insert(token));
      return true;
    case kApplet:
    case kMarquee:
    case kObject:
      Reconstruct();
      Insert(token);
      PushMarker();
      frameset_ok_ = false;
      return true;
    case kTable:
      if (quirks_ != Quirks::kFull) ClosePInButtonScope();
      Insert(token);
      frameset_ok_ = false;
      mode_ = Mode::kInTable;
      return true;
    case kArea:
    case kBr:
    case kEmbed:
    case kImg:
    case kKeygen:
    case kWbr:
      Reconstruct();
      InsertVoid(token);
      frameset_ok_ = false;
      return true;
    case kInput:
      if (fragment_ && context_.tag == kSelect) return true;
      if (InScope(kSelect)) PopTo(kSelect);
      Reconstruct();
      InsertVoid(token);
      if (!IsHiddenInput(token)) frameset_ok_ = false;
      return true;
    case kParam:
    case kSource:
    case kTrack:
      InsertVoid(token);
      return true;
    case kHr:
      ClosePInButtonScope();
      if (InScope(kSelect)) ImpliedEnds();
      InsertVoid(token);
      frameset_ok_ = false;
      return true;
    case kImage:
      token.tag = kImg;
      token.text = TagName(kImg);
      return false;
    case kTextarea:
      Insert(token);
      skip_newline_ = true;
      tokenizer_.Enter(State::kRcdata, TagName(kTextarea));
      original_mode_ = mode_;
      frameset_ok_ = false;
      mode_ = Mode::kText;
      return true;
    case kXmp:
      ClosePInButtonScope();
      Reconstruct();
      frameset_ok_ = false;
      InsertRawText(token, State::kRawtext);
      return true;
    case kIframe:
      frameset_ok_ = false;
      InsertRawText(token, State::kRawtext);
      return true;
    case kNoembed:
      InsertRawText(token, State::kRawtext);
      return true;
    case kSelect:
      if (fragment_ && context_.tag == kSelect) return true;
      if (InScope(kSelect)) {
        PopTo(kSelect);
        return true;
      }
      Reconstruct();
      Insert(token);
      frameset_ok_ = false;
      return true;
    case kOption:
      if (InScope(kSelect)) {
        ImpliedEnds(kOptgroup);
      } else if (CurrentIs(kOption)) {
        Pop();
      }
      Reconstruct();
      Insert(token);
      return true;
    case kOptgroup:
      if (InScope(kSelect)) {
        ImpliedEnds();
      } else if (CurrentIs(kOption)) {
        Pop();
      }
      Reconstruct();
      Insert(token);
      return true;
    case kRb:
    case kRtc:
      if (InScope(kRuby)) ImpliedEnds();
      Insert(token);
      return true;
    case kRp:
    case kRt:
      if (InScope(kRuby)) ImpliedEnds(kRtc);
      Insert(token);
      return true;
    case kMath:
      Reconstruct();
      InsertForeign(token, Namespace::kMathMl);
      return true;
    case kSvg:
      Reconstruct();
      InsertForeign(token, Namespace::kSvg);
      return true;
    case kCaption:
    case kCol:
    case kColgroup:
    case kFrame:
    case kHead:
    case kTbody:
    case kTd:
    case kTfoot:
    case kTh:
    case kThead:
    case kTr:
      return true;
    default:
      break;
  }
  if (Has(token.tag, kClosesP)) {
    ClosePInButtonScope();
    Insert(token);
    return true;
  }
  Reconstruct();
  const uint32_t node = Insert(token);
  if (Has(token.tag, kFormatting)) PushFormatting(node);
  if (token.tag == kUnknown && token.text == "selectedcontent") has_selected_content_ = true;
  return true;
}

void TreeBuilder::AnyOtherEnd(Tag tag, std::string_view name) {
  if (!IsOpen(tag)) return;
  for (size_t i = stack_.size(); i > 0; --i) {
    const uint32_t node = stack_[i - 1];
    if (IsHtml(node, tag) && nodes_[node].text == name) {
      ImpliedEnds(tag);
      PopToNode(node);
      return;
    }
    if (IsSpecial(node)) return;
  }
}

bool TreeBuilder::EndInBody(Token& token) {
  using enum Tag;
  switch (token.tag) {
    case kTemplate:
      return InHead(token);
    case kBody:
    case kHtml:
      if (!InScope(kBody)) return true;
      mode_ = Mode::kAfterBody;
      return token.tag == kBody;
    case kForm:
      if (!IsOpen(kTemplate)) {
        const uint32_t form = std::exchange(form_, kNoNode);
        if (form == kNoNode || StackIndex(form) == kNotFound || !NodeInScope(form)) return true;
        ImpliedEnds();
        RemoveFromStack(form);
      } else {
        if (!InScope(kForm)) return true;
        ImpliedEnds();
        PopTo(kForm);
      }
      return true;
    case kP:
      if (!InScope(kP, Scope::kButton)) InsertImplied(kP);
      CloseP();
      return true;
    case kLi:
      if (!InScope(kLi, Scope::kListItem)) return true;
      ImpliedEnds(kLi);
      PopTo(kLi);
      return true;
    case kDd:
    case kDt:
      if (!InScope(token.tag)) return true;
      ImpliedEnds(token.tag);
      PopTo(token.tag);
      return true;
    case kH1:
    case kH2:
    case kH3:
    case kH4:
    case kH5:
    case kH6:
      if (!HeadingInScope()) return true;
      ImpliedEnds();
      while (true) {
        const Node& node = nodes_[Current()];
        const bool last = node.space == Namespace::kHtml && Has(node.tag, kHeading);
        Pop();
        if (last) return true;
      }
    case kApplet:
    case kMarquee:
    case kObject:
      if (!InScope(token.tag)) return true;
      ImpliedEnds();
      PopTo(token.tag);
      ClearToMarker();
      return true;
    case kBr:
      token.kind = Kind::kStartTag;
      token.attributes.clear();
      return StartInBody(token);
    case kButton:
    case kListing:
    case kPre:
    case kSelect:
      break;
    default:
      if (Has(token.tag, kFormatting)) {
        AdoptionAgency(token.tag);
        return true;
      }
      if (Has(token.tag, kClosesP)) break;
      AnyOtherEnd(token.tag, token.text);
      return true;
  }
  if (!InScope(token.tag)) return true;
  ImpliedEnds();
  PopTo(token.tag);
  return true;
}

bool TreeBuilder::Text(Token& token) {
  if (token.kind == Kind::kText) {
    InsertText(token.text);
    return true;
  }
  Pop();
  mode_ = original_mode_;
  return token.kind == Kind::kEndTag;
}

// ---- tables ------------------------------------------------------------------------------------

void TreeBuilder::ClearStackTo(bool (*stop)(Tag tag)) {
  while (nodes_[Current()].space != Namespace::kHtml ||
         !(stop(nodes_[Current()].tag) ||
           OneOf(nodes_[Current()].tag, {Tag::kTemplate, Tag::kHtml}))) {
    Pop();
  }
}

bool TreeBuilder::FosterInBody(Token& token) {
  foster_ = true;
  const bool done = InBody(token);
  foster_ = false;
  return done;
}

bool TreeBuilder::InTable(Token& token) {
  using enum Tag;
  auto is_table = [](Tag tag) { return tag == kTable; };
  switch (token.kind) {
    case Kind::kText:
      if (nodes_[Current()].space == Namespace::kHtml &&
          (Has(nodes_[Current()].tag, kTableText) || CurrentIs(kTemplate))) {
        table_text_.clear();
        original_mode_ = mode_;
        mode_ = Mode::kInTableText;
        return false;
      }
      break;
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
      return true;
    case Kind::kStartTag:
      switch (token.tag) {
        case kCaption:
          ClearStackTo(is_table);
          PushMarker();
          Insert(token);
          mode_ = Mode::kInCaption;
          return true;
        case kColgroup:
          ClearStackTo(is_table);
          Insert(token);
          mode_ = Mode::kInColumnGroup;
          return true;
        case kCol:
          ClearStackTo(is_table);
          InsertImplied(kColgroup);
          mode_ = Mode::kInColumnGroup;
          return false;
        case kTbody:
        case kTfoot:
        case kThead:
          ClearStackTo(is_table);
          Insert(token);
          mode_ = Mode::kInTableBody;
          return true;
        case kTd:
        case kTh:
        case kTr:
          ClearStackTo(is_table);
          InsertImplied(kTbody);
          mode_ = Mode::kInTableBody;
          return false;
        case kTable:
          if (!InScope(kTable, Scope::kTable)) return true;
          PopTo(kTable);
          ResetMode();
          return false;
        case kStyle:
        case kScript:
        case kTemplate:
          return InHead(token);
        case kInput:
          if (!IsHiddenInput(token)) break;
          InsertVoid(token);
          return true;
        case kForm:
          if (IsOpen(kTemplate) || form_ != kNoNode) return true;
          form_ = Insert(token);
          Pop();
          return true;
        default:
          break;
      }
      break;
    case Kind::kEndTag:
      if (token.tag == kTable) {
        if (!InScope(kTable, Scope::kTable)) return true;
        PopTo(kTable);
        ResetMode();
        return true;
      }
      if (token.tag == kTemplate) return InHead(token);
      if (OneOf(token.tag,
                {kBody, kCaption, kCol, kColgroup, kHtml, kTbody, kTd, kTfoot, kTh, kThead, kTr})) {
        return true;
      }
      break;
    case Kind::kEnd:
      return InBody(token);
  }
  return FosterInBody(token);
}

bool TreeBuilder::InTableText(Token& token) {
  if (token.kind == Kind::kText) {
    if (token.text != std::string_view("\0", 1)) table_text_.push_back(Kept(token.text));
    return true;
  }
  mode_ = original_mode_;
  const bool blank = std::all_of(table_text_.begin(), table_text_.end(), IsBlank);
  for (std::string_view text : table_text_) {
    if (blank) {
      InsertText(text);
      continue;
    }
    foster_ = true;
    Reconstruct();
    InsertText(text);
    if (!IsBlank(text)) frameset_ok_ = false;
    foster_ = false;
  }
  table_text_.clear();
  return false;
}

bool TreeBuilder::CloseCaption() {
  if (!InScope(Tag::kCaption, Scope::kTable)) return false;
  ImpliedEnds();
  PopTo(Tag::kCaption);
  ClearToMarker();
  mode_ = Mode::kInTable;
  return true;
}

bool TreeBuilder::InCaption(Token& token) {
  using enum Tag;
  if (IsEnd(token, kCaption)) {
    CloseCaption();
    return true;
  }
  if (IsStart(token, {kCaption, kCol, kColgroup, kTbody, kTd, kTfoot, kTh, kThead, kTr}) ||
      IsEnd(token, kTable)) {
    return !CloseCaption();
  }
  if (IsEnd(token, {kBody, kCol, kColgroup, kHtml, kTbody, kTd, kTfoot, kTh, kThead, kTr})) {
    return true;
  }
  return InBody(token);
}

bool TreeBuilder::InColumnGroup(Token& token) {
  using enum Tag;
  if (IsBlankText(token)) {
    InsertText(token.text);
    return true;
  }
  switch (token.kind) {
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
      return true;
    case Kind::kStartTag:
      if (token.tag == kHtml) return InBody(token);
      if (token.tag == kCol) {
        InsertVoid(token);
        return true;
      }
      if (token.tag == kTemplate) return InHead(token);
      break;
    case Kind::kEndTag:
      if (token.tag == kColgroup) {
        if (!CurrentIs(kColgroup)) return true;
        Pop();
        mode_ = Mode::kInTable;
        return true;
      }
      if (token.tag == kCol) return true;
      if (token.tag == kTemplate) return InHead(token);
      break;
    case Kind::kEnd:
      return InBody(token);
    case Kind::kText:
      break;
  }
  if (!CurrentIs(kColgroup)) return true;
  Pop();
  mode_ = Mode::kInTable;
  return false;
}

bool TreeBuilder::InTableBody(Token& token) {
  using enum Tag;
  auto is_body = [](Tag tag) { return Has(tag, kRowGroup); };
  if (IsStart(token, kTr)) {
    ClearStackTo(is_body);
    Insert(token);
    mode_ = Mode::kInRow;
    return true;
  }
  if (IsStart(token, {kTh, kTd})) {
    ClearStackTo(is_body);
    InsertImplied(kTr);
    mode_ = Mode::kInRow;
    return false;
  }
  if (IsEnd(token, {kTbody, kTfoot, kThead})) {
    if (!InScope(token.tag, Scope::kTable)) return true;
    ClearStackTo(is_body);
    Pop();
    mode_ = Mode::kInTable;
    return true;
  }
  if (IsStart(token, {kCaption, kCol, kColgroup, kTbody, kTfoot, kThead}) || IsEnd(token, kTable)) {
    if (!InScope(kTbody, Scope::kTable) && !InScope(kThead, Scope::kTable) &&
        !InScope(kTfoot, Scope::kTable)) {
      return true;
    }
    ClearStackTo(is_body);
    Pop();
    mode_ = Mode::kInTable;
    return false;
  }
  if (IsEnd(token, {kBody, kCaption, kCol, kColgroup, kHtml, kTd, kTh, kTr})) return true;
  return InTable(token);
}

bool TreeBuilder::InRow(Token& token) {
  using enum Tag;
  auto is_row = [](Tag tag) { return tag == kTr; };
  auto close_row = [&] {
    if (!InScope(kTr, Scope::kTable)) return false;
    ClearStackTo(is_row);
    Pop();
    mode_ = Mode::kInTableBody;
    return true;
  };
  if (IsStart(token, {kTh, kTd})) {
    ClearStackTo(is_row);
    Insert(token);
    mode_ = Mode::kInCell;
    PushMarker();
    return true;
  }
  if (IsEnd(token, kTr)) {
    close_row();
    return true;
  }
  if (IsStart(token, {kCaption, kCol, kColgroup, kTbody, kTfoot, kThead, kTr}) ||
      IsEnd(token, kTable)) {
    return !close_row();
  }
  if (IsEnd(token, {kTbody, kTfoot, kThead})) {
    return !InScope(token.tag, Scope::kTable) || !close_row();
  }
  if (IsEnd(token, {kBody, kCaption, kCol, kColgroup, kHtml, kTd, kTh})) return true;
  return InTable(token);
}

void TreeBuilder::CloseCell() {
  ImpliedEnds();
  while (!CurrentIs(Tag::kTd) && !CurrentIs(Tag::kTh)) Pop();
  Pop();
  ClearToMarker();
  mode_ = Mode::kInRow;
}

bool TreeBuilder::InCell(Token& token) {
  using enum Tag;
  if (IsEnd(token, {kTd, kTh})) {
    if (!InScope(token.tag, Scope::kTable)) return true;
    ImpliedEnds();
    PopTo(token.tag);
    ClearToMarker();
    mode_ = Mode::kInRow;
    return true;
  }
  if (IsStart(token, {kCaption, kCol, kColgroup, kTbody, kTd, kTfoot, kTh, kThead, kTr})) {
    if (!InScope(kTd, Scope::kTable) && !InScope(kTh, Scope::kTable)) return true;
    CloseCell();
    return false;
  }
  if (IsEnd(token, {kBody, kCaption, kCol, kColgroup, kHtml})) return true;
  if (IsEnd(token, {kTable, kTbody, kTfoot, kThead, kTr})) {
    if (!InScope(token.tag, Scope::kTable)) return true;
    CloseCell();
    return false;
  }
  return InBody(token);
}

// ---- templates, framesets, the end -------------------------------------------------------------

bool TreeBuilder::InTemplate(Token& token) {
  using enum Tag;
  Mode next = Mode::kInBody;
  switch (token.kind) {
    case Kind::kText:
    case Kind::kComment:
    case Kind::kDoctype:
      return InBody(token);
    case Kind::kEndTag:
      if (token.tag == kTemplate) return InHead(token);
      return true;
    case Kind::kEnd:
      if (!IsOpen(kTemplate)) {
        done_ = true;
        return true;
      }
      PopTo(kTemplate);
      ClearToMarker();
      template_modes_.pop_back();
      ResetMode();
      return false;
    case Kind::kStartTag:
      if (OneOf(token.tag, {kBase, kBasefont, kBgsound, kLink, kMeta, kNoframes, kScript, kStyle,
                            kTemplate, kTitle})) {
        return InHead(token);
      }
      if (OneOf(token.tag, {kCaption, kColgroup, kTbody, kTfoot, kThead})) next = Mode::kInTable;
      if (token.tag == kCol) next = Mode::kInColumnGroup;
      if (token.tag == kTr) next = Mode::kInTableBody;
      if (OneOf(token.tag, {kTd, kTh})) next = Mode::kInRow;
  }
  template_modes_.back() = next;
  mode_ = next;
  return false;
}

bool TreeBuilder::AfterBody(Token& token) {
  using enum Tag;
  if (IsBlankText(token)) return InBody(token);
  if (token.kind == Kind::kComment) {
    InsertComment(token, stack_[0]);
    return true;
  }
  if (token.kind == Kind::kDoctype) return true;
  if (IsStart(token, kHtml)) return InBody(token);
  if (IsEnd(token, kHtml)) {
    if (!fragment_) mode_ = Mode::kAfterAfterBody;
    return true;
  }
  if (token.kind == Kind::kEnd) {
    done_ = true;
    return true;
  }
  mode_ = Mode::kInBody;
  return false;
}

bool TreeBuilder::InFrameset(Token& token) {
  using enum Tag;
  switch (token.kind) {
    case Kind::kText:
      if (IsBlank(token.text)) InsertText(token.text);
      return true;
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
      return true;
    case Kind::kStartTag:
      if (token.tag == kHtml) return InBody(token);
      if (token.tag == kFrameset) Insert(token);
      if (token.tag == kFrame) InsertVoid(token);
      if (token.tag == kNoframes) return InHead(token);
      return true;
    case Kind::kEndTag:
      if (token.tag != kFrameset || stack_.size() == 1) return true;
      Pop();
      if (!fragment_ && !CurrentIs(kFrameset)) mode_ = Mode::kAfterFrameset;
      return true;
    case Kind::kEnd:
      done_ = true;
      return true;
  }
  return true;
}

bool TreeBuilder::AfterFrameset(Token& token) {
  using enum Tag;
  if (IsBlankText(token)) InsertText(token.text);
  if (token.kind == Kind::kComment) InsertComment(token);
  if (IsStart(token, kHtml)) return InBody(token);
  if (IsEnd(token, kHtml)) mode_ = Mode::kAfterAfterFrameset;
  if (IsStart(token, kNoframes)) return InHead(token);
  if (token.kind == Kind::kEnd) done_ = true;
  return true;
}

bool TreeBuilder::AfterAfterBody(Token& token) {
  if (token.kind == Kind::kComment) {
    InsertComment(token, kDocumentNode);
    return true;
  }
  if (token.kind == Kind::kDoctype || IsBlankText(token) || IsStart(token, Tag::kHtml)) {
    return InBody(token);
  }
  if (token.kind == Kind::kEnd) {
    done_ = true;
    return true;
  }
  mode_ = Mode::kInBody;
  return false;
}

bool TreeBuilder::AfterAfterFrameset(Token& token) {
  if (token.kind == Kind::kComment) InsertComment(token, kDocumentNode);
  if (token.kind == Kind::kDoctype || IsBlankText(token) || IsStart(token, Tag::kHtml)) {
    return InBody(token);
  }
  if (IsStart(token, Tag::kNoframes)) return InHead(token);
  if (token.kind == Kind::kEnd) done_ = true;
  return true;
}

void TreeBuilder::ResetMode() {
  using enum Tag;
  for (size_t i = stack_.size(); i > 0; --i) {
    const bool last = i == 1;
    const Node& node = last && fragment_ ? context_ : nodes_[stack_[i - 1]];
    if (node.space == Namespace::kHtml) {
      switch (node.tag) {
        case kTd:
        case kTh:
          if (last) break;
          mode_ = Mode::kInCell;
          return;
        case kTr:
          mode_ = Mode::kInRow;
          return;
        case kTbody:
        case kThead:
        case kTfoot:
          mode_ = Mode::kInTableBody;
          return;
        case kCaption:
          mode_ = Mode::kInCaption;
          return;
        case kColgroup:
          mode_ = Mode::kInColumnGroup;
          return;
        case kTable:
          mode_ = Mode::kInTable;
          return;
        case kTemplate:
          mode_ = template_modes_.back();
          return;
        case kHead:
          if (last) break;
          mode_ = Mode::kInHead;
          return;
        case kBody:
          mode_ = Mode::kInBody;
          return;
        case kFrameset:
          mode_ = Mode::kInFrameset;
          return;
        case kHtml:
          mode_ = head_ == kNoNode ? Mode::kBeforeHead : Mode::kAfterHead;
          return;
        default:
          break;
      }
    }
    if (last) break;
  }
  mode_ = Mode::kInBody;
}

// ---- SVG and MathML ----------------------------------------------------------------------------

bool TreeBuilder::Foreign(Token& token) {
  using enum Tag;
  switch (token.kind) {
    case Kind::kText:
      if (token.text == std::string_view("\0", 1)) {
        InsertText("\xEF\xBF\xBD");
        return true;
      }
      InsertText(token.text);
      if (!IsBlank(token.text)) frameset_ok_ = false;
      return true;
    case Kind::kComment:
      InsertComment(token);
      return true;
    case Kind::kDoctype:
    case Kind::kEnd:
      return true;
    case Kind::kStartTag:
    case Kind::kEndTag:
      break;
  }
  const bool start = token.kind == Kind::kStartTag;
  const bool breaks_out =
      start ? Has(token.tag, kBreaksOut) ||
                  (token.tag == kFont && (FindAttribute(token, "color") != nullptr ||
                                          FindAttribute(token, "face") != nullptr ||
                                          FindAttribute(token, "size") != nullptr))
            : token.tag == kBr || token.tag == kP;
  if (breaks_out) {
    while (stack_.size() > 1 && nodes_[Current()].space != Namespace::kHtml &&
           !IsMathMlTextPoint(nodes_[Current()]) && !IsHtmlPoint(nodes_[Current()])) {
      Pop();
    }
    return ByMode(mode_, token);
  }
  if (start) {
    InsertForeign(token, Adjusted().space);
    return true;
  }
  for (size_t i = stack_.size(); i > 1; --i) {
    const Node& node = nodes_[stack_[i - 1]];
    if (i < stack_.size() && node.space == Namespace::kHtml) return ByMode(mode_, token);
    if (EqualNoCase(node.text, token.text)) {
      PopToNode(stack_[i - 1]);
      return true;
    }
  }
  return true;
}

// ---- the end -----------------------------------------------------------------------------------

// A <selectedcontent> shows what the chosen option holds (section 4.10.7).
void TreeBuilder::FillSelectedContent() {
  // The nodes below `root` in document order, root itself left out.
  auto next_in = [this](uint32_t node, uint32_t root) {
    if (nodes_[node].first_child != kNoNode) return nodes_[node].first_child;
    while (node != root && nodes_[node].next_sibling == kNoNode) node = nodes_[node].parent;
    return node == root ? kNoNode : nodes_[node].next_sibling;
  };
  auto has = [this](uint32_t node, std::string_view name) {
    for (uint32_t i = 0; i < nodes_[node].attribute_count; ++i) {
      if (attributes_[nodes_[node].first_attribute + i].name == name) return true;
    }
    return false;
  };
  const auto count = static_cast<uint32_t>(nodes_.size());
  for (uint32_t select = 0; select < count; ++select) {
    if (!IsHtml(select, Tag::kSelect) || has(select, "multiple")) continue;
    uint32_t shown = kNoNode, chosen = kNoNode;
    bool selected = false;
    for (uint32_t i = next_in(select, select); i != kNoNode; i = next_in(i, select)) {
      if (shown == kNoNode && nodes_[i].kind == NodeKind::kElement &&
          nodes_[i].text == "selectedcontent") {
        shown = i;
      }
      if (!IsHtml(i, Tag::kOption)) continue;
      if (has(i, "selected")) {
        chosen = i;
        selected = true;
      } else if (chosen == kNoNode && !selected && !has(i, "disabled")) {
        chosen = i;
      }
    }
    if (shown == kNoNode || chosen == kNoNode) continue;
    while (nodes_[shown].first_child != kNoNode) Unlink(nodes_[shown].first_child);
    uint32_t to = shown;
    for (uint32_t from = nodes_[chosen].first_child;
         from != kNoNode && nodes_.size() < max_nodes_;) {
      const uint32_t copy = Copy(from);
      nodes_[copy].text = nodes_[from].text;
      Link(copy, {to, kNoNode});
      if (nodes_[from].first_child != kNoNode) {
        from = nodes_[from].first_child;
        to = copy;
        continue;
      }
      while (from != chosen && nodes_[from].next_sibling == kNoNode) {
        from = nodes_[from].parent;
        if (from != chosen) to = nodes_[to].parent;
      }
      from = from == chosen ? kNoNode : nodes_[from].next_sibling;
    }
  }
}

// Puts the nodes in document order, which they mostly are in, and sets their ends.
void TreeBuilder::Finish() {
  const uint32_t root = fragment_ ? stack_.empty() ? 1u : stack_[0] : kDocumentNode;
  if (fragment_) {
    // The nodes of a fragment hang on the document itself.
    nodes_[kDocumentNode].first_child = nodes_[root].first_child;
    nodes_[kDocumentNode].end = nodes_[root].end;
    for (uint32_t i = nodes_[root].first_child; i != kNoNode; i = nodes_[i].next_sibling) {
      nodes_[i].parent = kDocumentNode;
    }
  }
  const auto count = static_cast<uint32_t>(nodes_.size());
  bool ordered = !fragment_;
  for (uint32_t i = count; i-- > 0;) {
    Node& node = nodes_[i];
    node.end = node.end == kNoNode ? i + 1 : nodes_[node.end].end;
    ordered &= (node.first_child == kNoNode || node.first_child == i + 1) &&
               (node.next_sibling == kNoNode || node.next_sibling == node.end);
  }
  if (ordered && nodes_[kDocumentNode].end == count) return;

  std::vector<Node> sorted;
  sorted.reserve(count);
  uint32_t parent = kNoNode;                // in `sorted`
  std::vector<uint32_t>& last = previous_;  // the last child that was placed, by node of `sorted`
  last.clear();
  for (uint32_t i = kDocumentNode;;) {
    const auto placed = static_cast<uint32_t>(sorted.size());
    Node node = nodes_[i];
    const uint32_t child = node.first_child;
    node.parent = parent;
    node.first_child = node.next_sibling = kNoNode;
    sorted.push_back(node);
    last.push_back(kNoNode);
    if (parent != kNoNode) {
      (last[parent] == kNoNode ? sorted[parent].first_child : sorted[last[parent]].next_sibling) =
          placed;
      last[parent] = placed;
    }
    if (child != kNoNode) {
      parent = placed;
      i = child;
      continue;
    }
    uint32_t at = placed;
    while (true) {
      sorted[at].end = static_cast<uint32_t>(sorted.size());
      if (i == kDocumentNode) break;
      if (nodes_[i].next_sibling != kNoNode) {
        i = nodes_[i].next_sibling;
        break;
      }
      i = nodes_[i].parent;
      at = parent;
      parent = sorted[at].parent;
    }
    if (i == kDocumentNode) break;
  }
  nodes_ = std::move(sorted);
}

}  // namespace kronik::html
