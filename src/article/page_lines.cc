#include "article/page_lines.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace kronik {
namespace {

using html::kNoNode;
using html::NodeKind;
using html::Tag;
using html::Tree;

// What is done at a tag.
enum Role : uint8_t {
  kSkip = 1,   // never shown, or never words of the story
  kBlock = 2,  // parts lines
  kGroup = 4,  // its lines belong together
  kHeading = 8,
  kStrong = 16,
  kEmphasis = 32,
};

constexpr std::array<uint8_t, html::kTagCount> MakeRoles() {
  std::array<uint8_t, html::kTagCount> roles{};
  for (Tag tag :
       {Tag::kScript, Tag::kStyle, Tag::kTemplate, Tag::kSvg, Tag::kHead, Tag::kButton,
        Tag::kSelect, Tag::kTextarea, Tag::kIframe, Tag::kObject, Tag::kAudio, Tag::kVideo,
        Tag::kInput, Tag::kCanvas, Tag::kMath, Tag::kDialog, Tag::kLabel, Tag::kNoscript}) {
    roles[static_cast<size_t>(tag)] |= kSkip;
  }
  for (Tag tag :
       {Tag::kP,     Tag::kDiv,        Tag::kSection,    Tag::kArticle, Tag::kMain,    Tag::kH1,
        Tag::kH2,    Tag::kH3,         Tag::kH4,         Tag::kH5,      Tag::kH6,      Tag::kUl,
        Tag::kOl,    Tag::kLi,         Tag::kBlockquote, Tag::kTable,   Tag::kTr,      Tag::kTd,
        Tag::kTh,    Tag::kFigure,     Tag::kForm,       Tag::kAside,   Tag::kHeader,  Tag::kFooter,
        Tag::kNav,   Tag::kDl,         Tag::kDt,         Tag::kDd,      Tag::kPre,     Tag::kHr,
        Tag::kBody,  Tag::kFigcaption, Tag::kAddress,    Tag::kDetails, Tag::kSummary, Tag::kCenter,
        Tag::kTbody, Tag::kThead,      Tag::kFieldset}) {
    roles[static_cast<size_t>(tag)] |= kBlock;
  }
  for (Tag tag : {Tag::kUl, Tag::kOl, Tag::kTable, Tag::kBlockquote, Tag::kDl}) {
    roles[static_cast<size_t>(tag)] |= kGroup;
  }
  for (Tag tag : {Tag::kH1, Tag::kH2, Tag::kH3, Tag::kH4, Tag::kH5, Tag::kH6}) {
    roles[static_cast<size_t>(tag)] |= kHeading;
  }
  for (Tag tag : {Tag::kB, Tag::kStrong}) roles[static_cast<size_t>(tag)] |= kStrong;
  for (Tag tag : {Tag::kI, Tag::kEm}) roles[static_cast<size_t>(tag)] |= kEmphasis;
  return roles;
}
constexpr std::array<uint8_t, html::kTagCount> kRoles = MakeRoles();

class LineReader {
 public:
  LineReader(const Tree& tree, const PageWords& words) : tree_(tree), words_(words) {}

  PageLines Read() {
    size_t bytes = 0;
    for (const html::Node& node : tree_.nodes()) {
      if (node.kind == NodeKind::kText) bytes += node.text.size() + 1;
    }
    // So that views of it stay where they are.
    out_.text.reserve(bytes + tree_.size() + sizeof(std::string));
    out_.boxes.push_back({0, UINT32_MAX, 0, 0, 0, 0});
    struct Open {
      uint32_t end;
      uint8_t role;
      Tag tag;
      bool box;
    };
    std::vector<Open> open;
    const auto close = [&] {
      const Open& last = open.back();
      if (last.role & kBlock) Flush();
      if (last.role & kGroup) groups_.pop_back();
      if (last.role & kStrong) --strong_;
      if (last.role & kEmphasis) --emphasis_;
      if (last.tag == Tag::kFigure) --figures_;
      if (last.tag == Tag::kA && --link_depth_ == 0) CloseLink();
      if (last.box) CloseBox();
      open.pop_back();
    };
    for (uint32_t i = 0; i < tree_.size();) {
      while (!open.empty() && open.back().end <= i) close();
      const html::Node& node = tree_[i];
      if (node.kind != NodeKind::kElement) {
        if (node.kind == NodeKind::kText) AddText(node.text);
        ++i;
        continue;
      }
      const uint8_t role = kRoles[static_cast<size_t>(node.tag)];
      if (((role & kSkip) != 0 && !HoldsFigure(i)) || Hidden(i)) {
        i = node.end;
        continue;
      }
      if (node.tag == Tag::kBr) {
        // Two line breaks part paragraphs; one is a space.
        if (break_) {
          Flush();
        } else {
          space_ = break_ = true;
        }
        ++i;
        continue;
      }
      if (node.tag == Tag::kImg) {
        ++line_.images;
        out_.images.push_back(i);
      }
      if (node.end == i + 1 && (role & kBlock) == 0) {
        ++i;
        continue;
      }
      if (role & kBlock) Flush();
      if (role & kGroup) groups_.push_back(i);
      if (role & kStrong) ++strong_;
      if (role & kEmphasis) ++emphasis_;
      if (node.tag == Tag::kFigure) ++figures_;
      if (node.tag == Tag::kA && link_depth_++ == 0) {
        link_start_ = out_.text.size();
        link_url_ = tree_.Attr(i, "href");
      }
      // An element of the page's own making parts no lines, but is a box like others.
      const bool box = (role & kBlock) != 0 || node.tag == Tag::kUnknown;
      if (box) OpenBox(i);
      open.push_back({node.end, role, node.tag, box});
      ++i;
    }
    while (!open.empty()) close();
    Flush();
    out_.boxes[0].end = static_cast<uint32_t>(out_.boxes.size());
    out_.boxes[0].last_line = static_cast<uint32_t>(out_.lines.size());
    return std::move(out_);
  }

 private:
  // Whether an element is a button that shows its picture, caption and all, in full size.
  bool HoldsFigure(uint32_t i) const {
    constexpr uint32_t kMaxNodes = 80;
    if (tree_[i].tag != Tag::kButton) return false;
    const uint32_t end = std::min(tree_[i].end, i + kMaxNodes);
    for (uint32_t k = i + 1; k < end; ++k) {
      if (tree_[k].tag == Tag::kFigcaption) return true;
    }
    return false;
  }

  bool Hidden(uint32_t i) const {
    if (tree_[i].attribute_count == 0) return false;
    std::string_view style = tree_.Attr(i, "style");
    return tree_.HasAttr(i, "hidden") || tree_.Attr(i, "aria-hidden") == "true" ||
           style.find("display:none") != std::string_view::npos ||
           style.find("display: none") != std::string_view::npos;
  }

  void OpenBox(uint32_t node) {
    const auto line = static_cast<uint32_t>(out_.lines.size());
    const uint32_t depth = out_.boxes[box_].depth + 1;
    out_.boxes.push_back({node, box_, 0, line, line, depth});
    box_ = static_cast<uint32_t>(out_.boxes.size() - 1);
  }

  // Boxes without lines leave no trace.
  void CloseBox() {
    Box& box = out_.boxes[box_];
    box.last_line = static_cast<uint32_t>(out_.lines.size());
    box.end = static_cast<uint32_t>(out_.boxes.size());
    const uint32_t parent = box.parent;
    if (box.first_line == box.last_line) out_.boxes.pop_back();
    box_ = parent;
  }

  void AddText(std::string_view text) {
    std::string& out = out_.text;
    for (size_t at = 0; at < text.size();) {
      const size_t start = at;
      const auto byte = static_cast<unsigned char>(text[at]);
      bool space = false, capital = false, digit = false, wide = false;
      if (byte < 0x80) {
        ++at;
        space = byte <= ' ';
        capital = byte >= 'A' && byte <= 'Z';
        digit = byte >= '0' && byte <= '9';
      } else {
        const char32_t c = DecodeUtf8(text, at);
        // The first letters of a script are no spaces, and no others are in these blocks.
        if (c < 0x100 || (c >= 0x1680 && c < 0x3001) || c == 0xFEFF) {
          space = IsSpace(c);
        } else if (c < 0x590) {
          capital = IsUpper(c);
        }
        wide = c >= 0x3040 && c < 0xA000;
      }
      if (space) {
        space_ = true;
        continue;
      }
      const bool first = out.size() == start_;
      if (space_ && !first) out += ' ';
      wide_ += wide;
      if (space_ || first || (wide && wide_ % 2 == 0)) ++line_.words;
      space_ = break_ = false;
      out.append(text, start, at - start);
      ++line_.letters;
      line_.capitals += capital;
      line_.digits += digit;
      line_.link_letters += link_depth_ > 0;
      line_.strong_letters += strong_ > 0;
      line_.emphasis_letters += emphasis_ > 0;
    }
  }

  void CloseLink() {
    size_t start = link_start_;
    if (start < out_.text.size() && out_.text[start] == ' ') ++start;
    if (start >= out_.text.size()) return;
    out_.links.push_back({std::string_view(out_.text).substr(start), link_url_});
    link_start_ = out_.text.size();
  }

  void Flush() {
    space_ = break_ = false;
    if (out_.text.size() == start_) return;
    if (link_depth_ > 0) CloseLink();
    Line& line = line_;
    line.text = std::string_view(out_.text).substr(start_);
    line.box = box_;
    line.group = groups_.empty() ? kNoNode : groups_.back();
    line.in_figure = figures_ > 0;
    line.first_link = first_link_;
    line.last_link = first_link_ = static_cast<uint32_t>(out_.links.size());
    const Tag tag = tree_[out_.boxes[box_].node].tag;
    if (kRoles[static_cast<size_t>(tag)] & kHeading) {
      line.kind = BlockKind::kHeading;
    } else if (line.group != kNoNode) {
      Tag group = tree_[line.group].tag;
      line.kind = group == Tag::kTable        ? BlockKind::kTable
                  : group == Tag::kBlockquote ? BlockKind::kQuote
                                              : BlockKind::kList;
    }
    // A CJK letter says as much as two or three others.
    const auto size = static_cast<float>(std::max<size_t>(line.letters, line.text.size() * 3 / 4));
    const float free = 1 - line.density();
    if (line.kind != BlockKind::kHeading && size >= 40 && free > 0.3f) {
      line.mass = size * free * free;
      if (!EndsSentence(line.text)) line.mass *= 0.4f;
      if (line.kind == BlockKind::kList || line.kind == BlockKind::kTable) line.mass *= 0.6f;
      if (tag == Tag::kP) line.mass *= 1.3f;
    }
    line.prefixes = words_.Match(line.text);
    out_.lines.push_back(line);
    line_ = Line();
    wide_ = 0;
    start_ = link_start_ = out_.text.size();
  }

  const Tree& tree_;
  const PageWords& words_;
  PageLines out_;
  Line line_;
  size_t start_ = 0;  // of the line, in the text
  uint32_t box_ = 0;
  std::vector<uint32_t> groups_;
  std::string_view link_url_;
  size_t link_start_ = 0;
  uint32_t first_link_ = 0;
  int link_depth_ = 0;
  int figures_ = 0;
  uint32_t wide_ = 0;  // letters of the line that are words by halves
  int strong_ = 0;
  int emphasis_ = 0;
  bool space_ = false;
  bool break_ = false;
};

}  // namespace

bool EndsSentence(std::string_view text) {
  if (text.empty()) return false;
  const auto last = static_cast<unsigned char>(text.back());
  if (last < 0x80) return std::string_view(".!?\":)'").find(text.back()) != std::string_view::npos;
  for (std::string_view mark : {"…", "”", "»", "“", "。", "।", "’"}) {
    if (text.ends_with(mark)) return true;
  }
  return false;
}

PageLines ReadLines(const Tree& tree, const PageWords& words) {
  return LineReader(tree, words).Read();
}

}  // namespace kronik
