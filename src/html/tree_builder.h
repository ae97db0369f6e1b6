// The HTML standard's tree construction (section 13.2.6), without scripting and without its parse
// errors.
#pragma once

#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html/arena.h"
#include "html/elements.h"
#include "html/tokenizer.h"
#include "html/tree.h"

namespace kronik::html {

// Builds one tree, into `nodes` and `attributes`. While it does, the nodes stand in the order of
// their making, `end` is the last child, and some may hang nowhere; Finish puts them in order.
class TreeBuilder {
 public:
  // `input` has LF line ends. `context` is null for a whole page.
  TreeBuilder(std::string_view input, const FragmentContext* context, Arena& arena,
              std::vector<Node>& nodes, std::vector<Attribute>& attributes);

  // False if the page made too many nodes and was left there.
  bool Run();

 private:
  enum class Mode : uint8_t {
    kInitial,
    kBeforeHtml,
    kBeforeHead,
    kInHead,
    kInHeadNoscript,
    kAfterHead,
    kInBody,
    kText,
    kInTable,
    kInTableText,
    kInCaption,
    kInColumnGroup,
    kInTableBody,
    kInRow,
    kInCell,
    kInTemplate,
    kAfterBody,
    kInFrameset,
    kAfterFrameset,
    kAfterAfterBody,
    kAfterAfterFrameset,
  };
  enum class Scope : uint8_t { kDefault, kListItem, kButton, kTable };
  // Where a node goes: before a child of the parent, or at its end.
  struct Place {
    uint32_t parent;
    uint32_t before;
  };

  // ---- nodes
  Node& At(uint32_t node) { return nodes_[node]; }
  const Node& At(uint32_t node) const { return nodes_[node]; }
  bool IsHtml(uint32_t node, Tag tag) const {
    return nodes_[node].tag == tag && nodes_[node].space == Namespace::kHtml;
  }
  bool IsSpecial(uint32_t node) const;
  bool EndsScope(uint32_t node, Scope scope) const;
  bool IsMathMlTextPoint(const Node& node) const;
  bool IsHtmlPoint(const Node& node) const;
  uint32_t Make(NodeKind kind, std::string_view text);
  uint32_t MakeElement(const Token& token, Namespace space);
  uint32_t Copy(uint32_t element);
  void Link(uint32_t node, Place place);
  void Unlink(uint32_t node);
  void AppendText(Place place, std::string_view text);
  void MergeAttributes(uint32_t node, const Token& token);
  std::string_view Kept(std::string_view text);

  // ---- the stack of open elements
  uint32_t Current() const { return stack_.back(); }
  bool CurrentIs(Tag tag) const { return IsHtml(Current(), tag); }
  const Node& Adjusted() const;
  void Push(uint32_t node);
  void Pop();
  void PopTo(Tag tag);  // and that one
  void PopToNode(uint32_t node);
  void RemoveFromStack(uint32_t node);
  size_t StackIndex(uint32_t node) const;  // kNotFound if it isn't open
  bool InScope(Tag tag, Scope scope = Scope::kDefault) const;
  bool NodeInScope(uint32_t node) const;
  bool HeadingInScope() const;
  bool IsOpen(Tag tag) const { return open_[static_cast<size_t>(tag)] > 0; }
  void ImpliedEnds(Tag except = Tag::kUnknown);
  void ImpliedEndsThorough();
  void CloseP();
  void ClosePInButtonScope();
  bool MakeRoom(Tag tag);

  // ---- the list of active formatting elements; kNoNode is a marker
  void PushFormatting(uint32_t node);
  void PushMarker() { formatting_.push_back(kNoNode); }
  void ClearToMarker();
  void Reconstruct();
  size_t FormattingIndex(uint32_t node) const;
  bool SameElement(uint32_t a, uint32_t b) const;
  void AdoptionAgency(Tag tag);

  // ---- insertion
  Place AppropriatePlace(uint32_t override_target = kNoNode) const;
  uint32_t Insert(const Token& token, Namespace space = Namespace::kHtml);
  uint32_t InsertImplied(Tag tag);
  void InsertVoid(const Token& token);
  void InsertForeign(Token& token, Namespace space);
  void InsertText(std::string_view text);
  void InsertComment(const Token& token, uint32_t parent = kNoNode);
  void InsertRawText(const Token& token, Tokenizer::State state);

  // ---- the rules; each returns whether the token is done with (else it goes to the new mode)
  void Process(Token& token);
  bool ByMode(Mode mode, Token& token);
  bool Initial(Token& token);
  bool BeforeHtml(Token& token);
  bool BeforeHead(Token& token);
  bool InHead(Token& token);
  bool InHeadNoscript(Token& token);
  bool AfterHead(Token& token);
  bool InBody(Token& token);
  bool StartInBody(Token& token);
  bool EndInBody(Token& token);
  void AnyOtherEnd(Tag tag, std::string_view name);
  bool EndInBodyOfFile(Token& token);
  bool Text(Token& token);
  bool InTable(Token& token);
  bool InTableText(Token& token);
  bool InCaption(Token& token);
  bool InColumnGroup(Token& token);
  bool InTableBody(Token& token);
  bool InRow(Token& token);
  bool InCell(Token& token);
  bool InTemplate(Token& token);
  bool AfterBody(Token& token);
  bool InFrameset(Token& token);
  bool AfterFrameset(Token& token);
  bool AfterAfterBody(Token& token);
  bool AfterAfterFrameset(Token& token);
  bool Foreign(Token& token);
  bool FosterInBody(Token& token);
  void ClearStackTo(bool (*stop)(Tag tag));
  void CloseCell();
  bool CloseCaption();
  void EndTemplate();
  void ResetMode();

  void FillSelectedContent();
  void Finish();

  std::string_view input_;
  Arena& arena_;
  std::vector<Node>& nodes_;
  std::vector<Attribute>& attributes_;
  Tokenizer tokenizer_;
  size_t max_nodes_;
  std::vector<uint32_t> previous_;                 // siblings
  std::unordered_map<uint32_t, size_t> capacity_;  // of the texts that were put together

  bool fragment_ = false;
  Node context_;
  Mode mode_ = Mode::kInitial;
  Mode original_mode_ = Mode::kInitial;
  std::vector<Mode> template_modes_;
  std::vector<uint32_t> stack_;
  std::array<uint32_t, kTagCount> open_{};  // how many HTML elements of a tag are open
  std::vector<uint32_t> formatting_;
  uint32_t head_ = kNoNode;
  uint32_t form_ = kNoNode;
  std::vector<std::string_view> table_text_;
  Quirks quirks_ = Quirks::kNone;
  bool frameset_ok_ = true;
  bool foster_ = false;
  bool skip_newline_ = false;
  bool has_selected_content_ = false;
  bool done_ = false;
};

}  // namespace kronik::html
