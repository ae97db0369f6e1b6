#include "article/line_features.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"

namespace kronik {
namespace {

using html::kNoNode;
using html::Tag;
using html::Tree;

constexpr std::string_view kNames[kLineFeatures] = {
#define KRONIK_LINE_FEATURE(name) #name,
    KRONIK_LINE_FEATURES(KRONIK_LINE_FEATURE)
#undef KRONIK_LINE_FEATURE
};

int16_t Clamp(double value) { return static_cast<int16_t>(std::clamp(value, -30000.0, 30000.0)); }
int16_t Percent(double part, double whole) { return whole > 0 ? Clamp(100 * part / whole) : 0; }

// The next code point in lower case (ASCII alone), or 0 for one that is no letter or digit.
char32_t WordLetter(std::string_view text, size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    ++at;
    if (byte >= 'A' && byte <= 'Z') return byte | 0x20u;
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ? byte : 0;
  }
  const char32_t c = DecodeUtf8(text, at);
  const bool mark = c < 0xC0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040) ||
                    (c >= 0xFF00 && c < 0xFF10);
  return mark ? 0 : c;
}

// The letters and digits of a text as a hash, so that lines can be compared without copies.
uint64_t Key(std::string_view text) {
  uint64_t hash = 1469598103934665603u;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = WordLetter(text, at);
    if (c != 0) hash = (hash ^ c) * 1099511628211u;
  }
  return hash;
}

uint64_t Mix(uint64_t a, uint64_t b) {
  return (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6))) * 1099511628211u;
}

struct Sum {
  float lines = 0, mass = 0, letters = 0, link_letters = 0, score = 0;
  void Add(const Line& line) {
    lines += 1;
    mass += line.mass;
    letters += static_cast<float>(line.letters);
    link_letters += static_cast<float>(line.link_letters);
  }
};

// Whether a line says that it is no part of the story: 2 where it says little else.
int16_t Said(const Line& line) {
  int16_t said = 0;
  for (PartKind kind : {PartKind::kRelated, PartKind::kShare, PartKind::kNewsletter,
                        PartKind::kSyndication, PartKind::kEditor, PartKind::kFooter, PartKind::kAd,
                        PartKind::kComments, PartKind::kOther, PartKind::kCredit}) {
    const size_t prefix = line.Prefix(kind);
    if (prefix == 0) continue;
    said = std::max<int16_t>(said, prefix + 3 >= line.text.size() ? 2 : 1);
  }
  return said;
}

constexpr uint64_t kNoWord = 1469598103934665603u;

// Two words that follow each other, of which the first may be none, as a number.
template <class Use>
void ForShingles(std::string_view text, Use&& use) {
  uint64_t last = 0, word = kNoWord;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = WordLetter(text, at);
    if (c != 0) word = (word ^ c) * 1099511628211u;
    if (word != kNoWord && (c == 0 || at >= text.size())) {
      use(Mix(last, word));
      last = std::exchange(word, kNoWord);
    }
  }
}

// A text of the page's own account of itself that lines are looked up in.
class KnownText {
 public:
  explicit KnownText(std::string_view text) {
    if (text.size() > kMaxText) text = text.substr(0, kMaxText);
    std::vector<uint64_t> shingles;
    ForShingles(text, [&](uint64_t shingle) { shingles.push_back(shingle); });
    if (shingles.empty()) return;
    table_.resize(std::bit_ceil(shingles.size() * 4));
    for (uint64_t shingle : shingles) {
      size_t at = Slot(shingle);
      while (table_[at] != 0 && table_[at] != shingle) at = (at + 1) & (table_.size() - 1);
      table_[at] = shingle;
    }
  }
  // The share of a line's shingles that stand in the text, in percent; -1 if the text is empty.
  int16_t Share(std::span<const uint64_t> line) const {
    if (table_.empty()) return -1;
    size_t found = 0;
    for (uint64_t shingle : line) {
      size_t at = Slot(shingle);
      while (table_[at] != 0 && table_[at] != shingle) at = (at + 1) & (table_.size() - 1);
      found += table_[at] == shingle;
    }
    return Percent(static_cast<double>(found), static_cast<double>(line.size()));
  }

 private:
  static constexpr size_t kMaxText = 200000;
  size_t Slot(uint64_t shingle) const { return (shingle ^ shingle >> 29) & (table_.size() - 1); }
  std::vector<uint64_t> table_;  // open addressing; 0 is free
};

constexpr size_t kMaxAlts = 20000;  // bytes

}  // namespace

std::string_view LineFeatureName(size_t feature) { return kNames[feature]; }

Description Describe(const Tree& tree, const PageLines& page, const PageParts& parts,
                     const Metadata& metadata) {
  using F = LineFeature;
  const std::vector<Line>& lines = page.lines;
  const std::vector<Box>& boxes = page.boxes;
  const auto count = static_cast<uint32_t>(lines.size());
  Description described;
  std::vector<LineFeatures>& out = described.features;
  out.resize(count);

  // ---- boxes ----
  std::vector<Sum> below(boxes.size());
  std::vector<uint64_t> own_form(boxes.size()), form(boxes.size());
  std::vector<bool> named(boxes.size());
  for (const Line& line : lines) below[line.box].Add(line);
  constexpr Tag kTold[] = {Tag::kArticle, Tag::kMain,   Tag::kAside,
                           Tag::kHeader,  Tag::kFooter, Tag::kSection};
  std::vector<uint8_t> inside(boxes.size(), 0);
  for (uint32_t i = 0; i < boxes.size(); ++i) {
    const uint32_t node = boxes[i].node;
    std::string_view name = tree.Attr(node, "class");
    named[i] = !name.empty();
    own_form[i] =
        Mix(static_cast<uint64_t>(tree[node].tag) + 1, std::hash<std::string_view>{}(name));
    form[i] = own_form[i];
    if (boxes[i].parent != kNoBox) {
      form[i] = Mix(own_form[boxes[i].parent], own_form[i]);
      inside[i] = inside[boxes[i].parent];
    }
    for (size_t k = 0; k < std::size(kTold); ++k) {
      if (tree[node].tag == kTold[k]) inside[i] |= static_cast<uint8_t>(1 << k);
    }
  }
  for (uint32_t i = static_cast<uint32_t>(boxes.size()); i-- > 1;) {
    Sum& up = below[boxes[i].parent];
    up.lines += below[i].lines, up.mass += below[i].mass;
    up.letters += below[i].letters, up.link_letters += below[i].link_letters;
  }
  const float total = std::max(1.0f, below[0].mass);
  std::unordered_map<uint64_t, Sum> forms, parent_forms;
  std::unordered_map<uint32_t, Sum> groups;
  for (const Line& line : lines) {
    forms[form[line.box]].Add(line);
    if (boxes[line.box].parent != kNoBox) parent_forms[form[boxes[line.box].parent]].Add(line);
    if (line.group != kNoNode) groups[line.group].Add(line);
  }
  const uint32_t container = parts.container;
  // The mass of the child of the container that a box is in; how far up the way to the container
  // is.
  std::vector<float> child_mass(boxes.size(), 0);
  std::vector<int16_t> down(boxes.size(), -1);
  std::vector<bool> over(boxes.size(), false);
  for (uint32_t at = container; at != kNoBox; at = boxes[at].parent) over[at] = true;
  for (uint32_t i = 0; i < boxes.size(); ++i) {
    const uint32_t parent = boxes[i].parent;
    if (i == container) {
      down[i] = 0;
      child_mass[i] = parts.mass[i];
    } else if (parent != kNoBox && down[parent] >= 0) {
      down[i] = static_cast<int16_t>(down[parent] + 1);
      child_mass[i] = parent == container ? parts.mass[i] : child_mass[parent];
    }
  }

  // ---- the page's account of itself ----
  const uint64_t title_key = Key(metadata.title);
  const KnownText title(metadata.title), description(metadata.description), body(metadata.body);
  std::string alts;
  for (uint32_t image : page.images) {
    for (const char* attribute : {"alt", "title"}) {
      const std::string_view text = tree.Attr(image, attribute);
      if (text.size() > 15 && alts.size() < kMaxAlts) alts.append(text).append(" ");
    }
  }
  const KnownText pictures(alts);
  std::unordered_map<uint64_t, uint32_t> seen;
  std::vector<uint64_t> keys(count);
  for (uint32_t i = 0; i < count; ++i) ++seen[keys[i] = Key(lines[i].text)];
  uint32_t title_line = kNone;
  for (uint32_t i = 0; i < count; ++i) {
    const bool heading = lines[i].kind == BlockKind::kHeading;
    if (heading && keys[i] == title_key) {
      title_line = i;
      break;
    }
    if (heading && title_line == kNone && tree[boxes[lines[i].box].node].tag == Tag::kH1) {
      title_line = i;
    }
  }
  uint32_t first_mass = 0, last_mass = count;
  if (container != kNoBox) {
    first_mass = boxes[container].first_line, last_mass = boxes[container].last_line;
    while (first_mass + 1 < last_mass && lines[first_mass].mass <= 0) ++first_mass;
    while (last_mass > first_mass + 1 && lines[last_mass - 1].mass <= 0) --last_mass;
  }

  // The innermost <article> that each box is in, and that of the story's first paragraph.
  std::vector<uint32_t> article(boxes.size(), kNoBox);
  for (uint32_t i = 0; i < boxes.size(); ++i) {
    if (tree[boxes[i].node].tag == Tag::kArticle) {
      article[i] = i;
    } else if (boxes[i].parent != kNoBox) {
      article[i] = article[boxes[i].parent];
    }
  }
  const uint32_t story_article = first_mass < count ? article[lines[first_mass].box] : kNoBox;

  // ---- lines ----
  int16_t titles = 0;
  std::vector<uint64_t> shingles;
  float mass_before = 0;
  uint32_t since_mass = 100;
  uint32_t heading_line = kNone;
  for (uint32_t i = 0; i < count; ++i) {
    const Line& line = lines[i];
    const Box& box = boxes[line.box];
    const uint32_t parent = box.parent == kNoBox ? line.box : box.parent;
    const Tag tag = tree[box.node].tag;
    LineFeatures& f = out[i];
    const auto set = [&f](F feature, int16_t value) { f[static_cast<size_t>(feature)] = value; };
    const auto flag = [&](F feature, bool value) { set(feature, value ? 1 : 0); };
    const std::string_view text = line.text;

    shingles.clear();
    ForShingles(text, [&](uint64_t shingle) { shingles.push_back(shingle); });
    set(F::letters, Clamp(line.letters));
    set(F::words, Clamp(line.words));
    set(F::bytes, Clamp(static_cast<double>(text.size())));
    set(F::link_share, Percent(line.link_letters, line.letters));
    set(F::links, Clamp(line.last_link - line.first_link));
    set(F::strong_share, Percent(line.strong_letters, line.letters));
    set(F::emphasis_share, Percent(line.emphasis_letters, line.letters));
    set(F::capital_share, Percent(line.capitals, line.letters));
    set(F::digit_share, Percent(line.digits, line.letters));
    flag(F::ends_sentence, EndsSentence(text));
    flag(F::ends_colon, text.ends_with(":"));
    flag(F::starts_small, text[0] >= 'a' && text[0] <= 'z');
    flag(F::has_at, text.find('@') != std::string_view::npos);
    flag(F::has_address, text.find("http") != std::string_view::npos ||
                             text.find("www.") != std::string_view::npos);
    flag(F::has_bar, text.find('|') != std::string_view::npos);
    set(F::commas, Clamp(static_cast<double>(std::count(text.begin(), text.end(), ','))));
    flag(F::tag_p, tag == Tag::kP);
    flag(F::tag_div, tag == Tag::kDiv);
    flag(F::tag_h1, tag == Tag::kH1);
    flag(F::tag_h2, tag == Tag::kH2);
    flag(F::tag_h3, tag == Tag::kH3);
    flag(F::tag_li, tag == Tag::kLi);
    flag(F::tag_cell, tag == Tag::kTd || tag == Tag::kTh);
    flag(F::heading, line.kind == BlockKind::kHeading);
    flag(F::list, line.kind == BlockKind::kList);
    flag(F::table, line.kind == BlockKind::kTable);
    flag(F::quote, line.kind == BlockKind::kQuote);
    flag(F::in_figure, line.in_figure);
    for (size_t k = 0; k < std::size(kTold); ++k) {
      f[static_cast<size_t>(F::in_article) + k] = inside[line.box] >> k & 1;
    }
    set(F::depth, Clamp(box.depth));
    set(F::box_lines, Clamp(below[line.box].lines));
    set(F::box_mass_share, Percent(below[line.box].mass, total));
    set(F::box_link_share, Percent(below[line.box].link_letters, below[line.box].letters));
    set(F::parent_lines, Clamp(below[parent].lines));
    set(F::parent_mass_share, Percent(below[parent].mass, total));
    set(F::parent_link_share, Percent(below[parent].link_letters, below[parent].letters));

    const PartKind kind = parts.kinds[line.box];
    set(F::kind, static_cast<int16_t>(kind));
    flag(F::junk, IsJunk(kind));
    int16_t level = 0;
    for (uint32_t at = line.box; at != kNoBox && level < 20; at = boxes[at].parent, ++level) {
      if (parts.own[at] != PartKind::kUnnamed) break;
    }
    set(F::kind_level, level);
    for (PartKind one = PartKind::kBody; one <= PartKind::kEmbed;
         one = static_cast<PartKind>(static_cast<int>(one) + 1)) {
      f[static_cast<size_t>(F::above_body) + static_cast<size_t>(one) - 1] =
          parts.above[line.box] >> static_cast<int>(one) & 1;
    }

    flag(F::in_container, down[line.box] >= 0);
    int16_t up = 0;
    for (uint32_t at = line.box; down[at] < 0 && !over[at] && up < 30; at = boxes[at].parent) ++up;
    set(F::up_to_container, down[line.box] >= 0 ? 0 : up);
    set(F::down_from_container, down[line.box]);
    set(F::container_child_mass, Percent(child_mass[line.box], total));

    const Sum& same = forms[form[line.box]];
    set(F::same_form_lines, Clamp(same.lines));
    set(F::same_form_mass, Percent(same.mass, total));
    set(F::same_form_link_share, Percent(same.link_letters, same.letters));
    set(F::same_parent_form_mass, Percent(parent_forms[form[parent]].mass, total));
    flag(F::class_named, named[line.box]);
    flag(F::parent_class_named, named[parent]);

    set(F::position, Percent(i, count));
    set(F::from_first_mass, Clamp(static_cast<double>(i) - first_mass));
    set(F::to_last_mass, Clamp(static_cast<double>(last_mass) - 1 - i));
    set(F::mass_before, Percent(mass_before, total));
    mass_before += line.mass;
    set(F::mass_after, Percent(total - mass_before, total));
    set(F::lines_since_mass, Clamp(since_mass));
    since_mass = line.mass > 0 && !IsJunk(kind) ? 0 : std::min(since_mass + 1, 100u);
    flag(F::after_title, title_line != kNone && i > title_line);
    set(F::title_near,
        title_line == kNone ? int16_t{-500} : Clamp(static_cast<double>(i) - title_line));

    if (tag == Tag::kH1 && title_line != kNone && i > title_line) ++titles;
    set(F::titles_between, titles);
    flag(F::other_article, article[line.box] != story_article);
    flag(F::is_title, keys[i] == title_key);
    set(F::in_title, title.Share(shingles));
    set(F::in_alts, pictures.Share(shingles));
    set(F::is_description, description.Share(shingles));
    set(F::in_article_body, body.Share(shingles));
    bool author = false;
    if (line.letters < 300) {
      for (const std::string& name : metadata.authors) {
        author = author || text.find(name) != std::string_view::npos;
      }
    }
    flag(F::names_author, author);
    set(F::repeated, Clamp(seen[keys[i]] - 1));

    set(F::since_heading, heading_line == kNone ? int16_t{200} : Clamp(i - heading_line));
    if (heading_line != kNone) {
      const Line& heading = lines[heading_line];
      flag(F::heading_related, heading.Prefix(PartKind::kRelated) > 0);
      flag(F::heading_newsletter, heading.Prefix(PartKind::kNewsletter) > 0);
      set(F::heading_words, Clamp(heading.words));
    }
    if (line.kind == BlockKind::kHeading) heading_line = i;

    const auto neighbour = [&](uint32_t k, F letters, F links, F heading, F box_same, F form_same) {
      if (k >= count) return;
      set(letters, Clamp(lines[k].letters));
      set(links, Percent(lines[k].link_letters, lines[k].letters));
      flag(heading, lines[k].kind == BlockKind::kHeading);
      const uint32_t its = boxes[lines[k].box].parent;
      flag(box_same, lines[k].box == line.box || its == box.parent);
      flag(form_same, form[lines[k].box] == form[line.box]);
    };
    neighbour(i - 1, F::prev_letters, F::prev_link_share, F::prev_heading, F::prev_same_box,
              F::prev_same_form);
    neighbour(i + 1, F::next_letters, F::next_link_share, F::next_heading, F::next_same_box,
              F::next_same_form);
    if (i >= 2) set(F::prev2_letters, Clamp(lines[i - 2].letters));
    if (i + 2 < count) set(F::next2_letters, Clamp(lines[i + 2].letters));
    flag(F::prev_colon, i > 0 && lines[i - 1].text.ends_with(":"));
    if (line.group != kNoNode) {
      const Sum& group = groups[line.group];
      set(F::group_lines, Clamp(group.lines));
      set(F::group_link_share, Percent(group.link_letters, group.letters));
      set(F::group_letters, Clamp(group.letters));
    }

    constexpr PartKind kSaid[] = {
        PartKind::kRelated, PartKind::kShare,   PartKind::kNewsletter, PartKind::kSyndication,
        PartKind::kEditor,  PartKind::kFooter,  PartKind::kAd,         PartKind::kComments,
        PartKind::kOther,   PartKind::kPaywall, PartKind::kByline,     PartKind::kCredit,
        PartKind::kRole};
    for (size_t k = 0; k < std::size(kSaid); ++k) {
      const size_t prefix = line.Prefix(kSaid[k]);
      const int16_t how = prefix == 0                 ? 0
                          : prefix + 3 >= text.size() ? 3
                          : line.words <= 14          ? 2
                                                      : 1;
      f[static_cast<size_t>(F::prefix_related) + k] = how;
    }
    set(F::said, Said(line));
    set(F::images_before, Clamp(line.images));
    flag(F::in_group, line.group != kNoNode);
  }
  uint32_t to_mass = 100;
  for (uint32_t i = count; i-- > 0;) {
    out[i][static_cast<size_t>(F::lines_to_mass)] = Clamp(to_mass);
    to_mass =
        lines[i].mass > 0 && !IsJunk(parts.kinds[lines[i].box]) ? 0 : std::min(to_mass + 1, 100u);
  }
  described.forms.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    described.forms[i] = form[lines[i].box];
    out[i][static_cast<size_t>(F::prev_said)] = i > 0 ? Said(lines[i - 1]) : int16_t{0};
    out[i][static_cast<size_t>(F::next_said)] = i + 1 < count ? Said(lines[i + 1]) : int16_t{0};
    out[i][static_cast<size_t>(F::images_after)] =
        i + 1 < count ? Clamp(lines[i + 1].images) : int16_t{0};
  }
  return described;
}

void DescribeNeighbours(const PageLines& page, std::span<const float> scores,
                        Description& description) {
  using F = LineFeature;
  std::vector<LineFeatures>& features = description.features;
  const std::vector<Line>& lines = page.lines;
  const std::vector<Box>& boxes = page.boxes;
  const auto count = static_cast<int>(lines.size());
  struct Mean {
    float sum = 0, weight = 0;
    void Add(float value, float by) { sum += value * by, weight += by; }
    int16_t Get() const { return weight > 0 ? Clamp(100 * sum / weight) : int16_t{-1}; }
    // Without one of its members.
    int16_t Without(float value, float by) const {
      return weight > by + 0.5f ? Clamp(100 * (sum - value * by) / (weight - by)) : int16_t{-1};
    }
  };
  std::vector<float> chance(lines.size()), weight(lines.size());
  std::vector<Mean> of_box(boxes.size());
  std::unordered_map<uint32_t, Mean> of_group;
  std::unordered_map<uint64_t, Mean> of_form;
  float total = 0;
  for (int i = 0; i < count; ++i) {
    const auto k = static_cast<size_t>(i);
    chance[k] = 1 / (1 + std::exp(-scores[k]));
    weight[k] = std::min(static_cast<float>(lines[k].text.size()), 400.0f) + 10;
    of_box[lines[k].box].Add(chance[k], weight[k]);
    if (lines[k].group != kNoNode) of_group[lines[k].group].Add(chance[k], weight[k]);
    of_form[description.forms[k]].Add(chance[k], weight[k]);
    total += chance[k] * weight[k];
  }
  for (size_t i = boxes.size(); i-- > 1;) {
    of_box[boxes[i].parent].sum += of_box[i].sum;
    of_box[boxes[i].parent].weight += of_box[i].weight;
  }
  const auto at = [&](int i) {
    return i < 0 || i >= count ? int16_t{-1} : Clamp(100 * chance[static_cast<size_t>(i)]);
  };
  float before = 0;
  int last_kept = -1000, heading = -1;
  for (int i = 0; i < count; ++i) {
    const auto k = static_cast<size_t>(i);
    const Line& line = lines[k];
    LineFeatures& f = features[k];
    const auto set = [&f](F feature, int16_t value) { f[static_cast<size_t>(feature)] = value; };
    set(F::own, Clamp(100 * scores[k]));
    set(F::own_prev, at(i - 1));
    set(F::own_prev2, at(i - 2));
    set(F::own_prev3, at(i - 3));
    set(F::own_next, at(i + 1));
    set(F::own_next2, at(i + 2));
    set(F::own_next3, at(i + 3));
    Mean near;
    for (int n = i - 6; n <= i + 6; ++n) {
      if (n < 0 || n >= count || n == i) continue;
      near.Add(chance[static_cast<size_t>(n)], weight[static_cast<size_t>(n)]);
    }
    set(F::near_mean, near.Get());
    const uint32_t parent = boxes[line.box].parent;
    const uint32_t grand = parent == kNoBox ? kNoBox : boxes[parent].parent;
    set(F::box_mean, of_box[line.box].Without(chance[k], weight[k]));
    set(F::parent_mean,
        parent == kNoBox ? int16_t{-1} : of_box[parent].Without(chance[k], weight[k]));
    set(F::grand_mean, grand == kNoBox ? int16_t{-1} : of_box[grand].Without(chance[k], weight[k]));
    if (line.group != kNoNode)
      set(F::group_mean, of_group[line.group].Without(chance[k], weight[k]));
    set(F::form_mean, of_form[description.forms[k]].Without(chance[k], weight[k]));
    set(F::before_share, Percent(before, total));
    before += chance[k] * weight[k];
    set(F::after_share, Percent(total - before, total));
    set(F::since_kept, Clamp(std::min(i - last_kept, 100)));
    if (chance[k] > 0.5f && line.words > 3) last_kept = i;
    set(F::heading_score, at(heading));
    if (line.kind == BlockKind::kHeading) heading = i;
  }
  int next_kept = 1000000, next_text = -1;
  for (int i = count; i-- > 0;) {
    const auto k = static_cast<size_t>(i);
    features[k][static_cast<size_t>(F::to_kept)] = Clamp(std::min(next_kept - i, 100));
    features[k][static_cast<size_t>(F::next_text_score)] = at(next_text);
    if (chance[k] > 0.5f && lines[k].words > 3) next_kept = i;
    if (lines[k].kind != BlockKind::kHeading) next_text = i;
  }
}

}  // namespace kronik
