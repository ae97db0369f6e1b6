#include "article/page_parts.h"

namespace kronik {
namespace {

using html::Tag;
using html::Tree;

// Parts named by an attribute that stands for little else.
PartKind StandardKind(const Tree& tree, uint32_t node) {
  switch (tree[node].tag) {
    case Tag::kNav:
      return PartKind::kNavigation;
    case Tag::kFooter:
      return PartKind::kFooter;
    case Tag::kFigcaption:
      return PartKind::kCaption;
    case Tag::kForm:
      return PartKind::kNewsletter;
    default:
      break;
  }
  if (tree[node].attribute_count == 0) return PartKind::kUnnamed;
  std::string_view item = tree.Attr(node, "itemprop");
  if (!item.empty()) {
    if (item == "articleBody") return PartKind::kBody;
    if (item == "author" || item == "creator") return PartKind::kAuthor;
    if (item == "caption") return PartKind::kCaption;
    if (item == "copyrightHolder") return PartKind::kCredit;
  }
  std::string_view role = tree.Attr(node, "role");
  if (!role.empty()) {
    if (role == "navigation" || role == "search" || role == "menu") return PartKind::kNavigation;
    if (role == "contentinfo") return PartKind::kFooter;
    if (role == "dialog" || role == "alert") return PartKind::kOther;
  }
  return PartKind::kUnnamed;
}

constexpr std::string_view kNamingAttributes[] = {
    "class", "id", "data-testid", "data-component", "data-type", "data-component-name"};

template <class ClassKind>
PartKind KindOf(const Tree& tree, uint32_t node, ClassKind&& class_kind) {
  PartKind kind = StandardKind(tree, node);
  if (kind != PartKind::kUnnamed) return kind;
  if (tree[node].attribute_count > 0) {
    for (std::string_view attribute : kNamingAttributes) {
      std::string_view value = tree.Attr(node, attribute);
      if (value.empty()) continue;
      kind = class_kind(value);
      if (kind != PartKind::kUnnamed) return kind;
    }
  }
  if (tree[node].tag == Tag::kAside) return PartKind::kRelated;
  if (tree[node].tag == Tag::kAddress) return PartKind::kAuthor;
  return PartKind::kUnnamed;
}

uint32_t PickContainer(const Tree& tree, const PageLines& page, const PageParts& parts) {
  std::vector<float> scores(page.boxes.size(), 0);
  for (const Line& line : page.lines) {
    if (line.mass <= 0 || IsJunk(parts.kinds[line.box]) || line.in_figure) continue;
    float share = line.mass;
    // From the paragraph's parent upwards; its own element is a paragraph, not a container.
    uint32_t at = line.box;
    if (tree[page.boxes[at].node].tag == Tag::kP) at = page.boxes[at].parent;
    for (int level = 0; at != kNoBox && level < 12; ++level, at = page.boxes[at].parent) {
      scores[at] += share;
      share *= 0.88f;
    }
  }
  uint32_t best = kNoBox;
  float best_score = 0;
  for (uint32_t i = 0; i < page.boxes.size(); ++i) {
    if (scores[i] <= 0) continue;
    float score = scores[i];
    const uint32_t node = page.boxes[i].node;
    if (parts.own[i] == PartKind::kBody) {
      score *= tree.Attr(node, "itemprop") == "articleBody" ? 1.6f : 1.3f;
    } else if (tree[node].tag == Tag::kArticle) {
      score *= 1.15f;
    } else if (tree[node].tag == Tag::kBody) {
      score *= 0.8f;
    }
    if (score > best_score) {
      best_score = score;
      best = i;
    }
  }
  return best;
}

}  // namespace

PartKind OwnKind(const Tree& tree, uint32_t node, const PageWords& words) {
  return KindOf(tree, node, [&](std::string_view value) { return words.ClassKind(value); });
}

PageParts ReadParts(const Tree& tree, const PageLines& page, const PageWords& words) {
  const size_t count = page.boxes.size();
  PageParts parts;
  parts.own.assign(count, PartKind::kUnnamed);
  parts.kinds.assign(count, PartKind::kUnnamed);
  parts.above.assign(count, 0);
  parts.mass.assign(count, 0);
  for (const Line& line : page.lines) parts.mass[line.box] += line.mass;
  // Whether a box has below it what the page calls the story, with some of its text.
  std::vector<bool> holds_story(count, false);
  ClassKinds class_kind(words);
  float total = 0;
  for (const Line& line : page.lines) total += line.mass;
  const auto share = [&](size_t i) { return total > 0 ? parts.mass[i] / total : 0; };
  for (size_t i = count; i-- > 0;) {
    const Box& box = page.boxes[i];
    parts.own[i] = KindOf(tree, box.node, class_kind);
    if (box.parent == kNoBox) continue;
    parts.mass[box.parent] += parts.mass[i];
    if (holds_story[i] || tree[box.node].tag == Tag::kH1 ||
        (parts.own[i] == PartKind::kBody && share(i) > 0.12f)) {
      holds_story[box.parent] = true;
    }
  }
  for (size_t i = 0; i < count; ++i) {
    const Box& box = page.boxes[i];
    const Tag tag = tree[box.node].tag;
    PartKind kind = parts.own[i];
    const bool whole = tag == Tag::kArticle || tag == Tag::kMain || tag == Tag::kBody;
    const bool story = share(i) > 0.35f || (share(i) > 0.12f && holds_story[i]);
    if (IsJunk(kind) && (whole || story)) kind = PartKind::kUnnamed;
    parts.own[i] = kind;
    PartKind inherited = PartKind::kUnnamed;
    if (box.parent != kNoBox) {
      inherited = parts.kinds[box.parent];
      parts.above[i] = parts.above[box.parent];
    }
    if (kind != PartKind::kUnnamed) parts.above[i] |= uint32_t{1} << static_cast<int>(kind);
    // Within a box of links, an author's name is still a box of links.
    const bool keeps = IsJunk(inherited) && kind != PartKind::kCredit && kind != PartKind::kCaption;
    parts.kinds[i] = keeps || kind == PartKind::kUnnamed ? inherited : kind;
  }
  parts.container = PickContainer(tree, page, parts);
  return parts;
}

}  // namespace kronik
