#include "article/html_article.h"

#include <re2/re2.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "article/metadata.h"
#include "base/utf8.h"

namespace kronik {
namespace {

using html::kNoNode;
using html::NodeKind;
using html::Tag;
using html::Tree;

constexpr size_t kMaxResidue = 60;  // lines

template <size_t n>
bool OneOf(Tag tag, const Tag (&list)[n]) {
  return std::find(std::begin(list), std::end(list), tag) != std::end(list);
}

// Never shown, or never words of the story.
constexpr Tag kSkipped[] = {Tag::kScript, Tag::kStyle,  Tag::kTemplate, Tag::kSvg,    Tag::kHead,
                            Tag::kButton, Tag::kSelect, Tag::kTextarea, Tag::kIframe, Tag::kObject,
                            Tag::kAudio,  Tag::kVideo,  Tag::kInput,    Tag::kCanvas, Tag::kMath,
                            Tag::kDialog, Tag::kLabel,  Tag::kNoscript};
constexpr Tag kBlocks[] = {
    Tag::kP,     Tag::kDiv,        Tag::kSection,    Tag::kArticle, Tag::kMain,    Tag::kH1,
    Tag::kH2,    Tag::kH3,         Tag::kH4,         Tag::kH5,      Tag::kH6,      Tag::kUl,
    Tag::kOl,    Tag::kLi,         Tag::kBlockquote, Tag::kTable,   Tag::kTr,      Tag::kTd,
    Tag::kTh,    Tag::kFigure,     Tag::kForm,       Tag::kAside,   Tag::kHeader,  Tag::kFooter,
    Tag::kNav,   Tag::kDl,         Tag::kDt,         Tag::kDd,      Tag::kPre,     Tag::kHr,
    Tag::kBody,  Tag::kFigcaption, Tag::kAddress,    Tag::kDetails, Tag::kSummary, Tag::kCenter,
    Tag::kTbody, Tag::kThead,      Tag::kFieldset};
constexpr Tag kHeadings[] = {Tag::kH1, Tag::kH2, Tag::kH3, Tag::kH4, Tag::kH5, Tag::kH6};

// ---- lines -------------------------------------------------------------------------------------

// A stretch of text between two block boundaries.
struct Line {
  std::string text;
  uint32_t node = 0;   // the block element that holds it
  uint32_t group = 0;  // the list, table or quote that it is a part of, or kNoNode
  BlockKind kind = BlockKind::kParagraph;
  bool in_figure = false;
  size_t letters = 0;
  size_t link_letters = 0;
  size_t plain_commas = 0;
  std::vector<Link> links;
  double mass = 0;  // how much it looks like a story's paragraph

  double density() const {
    return letters == 0 ? 0 : static_cast<double>(link_letters) / static_cast<double>(letters);
  }
};

size_t CountLetters(std::string_view text) {
  size_t n = 0;
  for (char c : text) {
    if ((c & 0xC0) != 0x80 && static_cast<unsigned char>(c) > ' ') ++n;
  }
  return n;
}

// Whether a text has the marks of a sentence. CJK and others have their own full stops.
bool EndsSentence(std::string_view text) {
  for (std::string_view mark :
       {".", "!", "?", "…", "”", "\"", "»", "“", ":", ")", "。", "।", "’", "'"}) {
    if (text.ends_with(mark)) return true;
  }
  return false;
}

class LineReader {
 public:
  explicit LineReader(const Tree& tree) : tree_(tree) {}

  std::vector<Line> Read() {
    struct Open {
      uint32_t node;
      uint32_t end;
      bool block;
    };
    std::vector<Open> open;
    for (uint32_t i = 0; i < tree_.size();) {
      while (!open.empty() && open.back().end <= i)
        Close(open.back().node, open.back().block), open.pop_back();
      const html::Node& node = tree_[i];
      if (node.kind != NodeKind::kElement) {
        if (node.kind == NodeKind::kText) AddText(node.text);
        ++i;
        continue;
      }
      if (OneOf(node.tag, kSkipped) || Hidden(i)) {
        i = node.end;
        continue;
      }
      if (node.tag == Tag::kBr) {
        // Two line breaks part paragraphs; one is a space.
        if (break_ && text_.find_last_not_of(" \n") < break_at_) {
          Flush();
        } else {
          text_ += '\n';
          break_ = true;
          break_at_ = text_.size();
        }
        ++i;
        continue;
      }
      bool block = OneOf(node.tag, kBlocks);
      if (block) {
        Flush();
        blocks_.push_back(i);
        if (IsGroup(node.tag)) groups_.push_back(i);
        if (node.tag == Tag::kFigure) ++figures_;
      } else if (node.tag == Tag::kA) {
        if (links_++ == 0) {
          link_start_ = text_.size();
          link_url_ = tree_.Attr(i, "href");
        }
      }
      open.push_back({i, node.end, block});
      ++i;
    }
    while (!open.empty()) Close(open.back().node, open.back().block), open.pop_back();
    Flush();
    return std::move(lines_);
  }

 private:
  static bool IsGroup(Tag tag) {
    return tag == Tag::kUl || tag == Tag::kOl || tag == Tag::kTable || tag == Tag::kBlockquote ||
           tag == Tag::kDl;
  }

  bool Hidden(uint32_t i) const {
    if (tree_.HasAttr(i, "hidden") || tree_.Attr(i, "aria-hidden") == "true") return true;
    std::string_view style = tree_.Attr(i, "style");
    return style.find("display:none") != std::string_view::npos ||
           style.find("display: none") != std::string_view::npos;
  }

  void AddText(std::string_view text) { text_ += text; }

  void CloseLink() {
    std::string text = Squash(std::string_view(text_).substr(std::min(link_start_, text_.size())));
    if (text.empty()) return;
    current_link_letters_ += CountLetters(text);
    current_links_.push_back({std::move(text), std::string(link_url_)});
  }

  void Close(uint32_t node, bool block) {
    Tag tag = tree_[node].tag;
    if (block) {
      Flush();
      blocks_.pop_back();
      if (IsGroup(tag)) groups_.pop_back();
      if (tag == Tag::kFigure) --figures_;
    } else if (tag == Tag::kA && --links_ == 0) {
      CloseLink();
    }
  }

  void Flush() {
    if (links_ > 0) CloseLink(), link_start_ = 0;
    std::string text = Squash(text_);
    text_.clear();
    break_ = false;
    size_t link_letters = std::exchange(current_link_letters_, 0);
    std::vector<Link> links = std::exchange(current_links_, {});
    if (text.empty()) return;
    Line line;
    line.node = blocks_.empty() ? 0 : blocks_.back();
    line.group = groups_.empty() ? kNoNode : groups_.back();
    line.in_figure = figures_ > 0;
    Tag tag = tree_[line.node].tag;
    if (OneOf(tag, kHeadings)) {
      line.kind = BlockKind::kHeading;
    } else if (line.group != kNoNode) {
      Tag group = tree_[line.group].tag;
      line.kind = group == Tag::kTable        ? BlockKind::kTable
                  : group == Tag::kBlockquote ? BlockKind::kQuote
                                              : BlockKind::kList;
    }
    line.letters = CountLetters(text);
    line.link_letters = std::min(link_letters, line.letters);
    line.text = std::move(text);
    line.links = std::move(links);
    // A CJK letter says as much as two or three others.
    double size = static_cast<double>(std::max(line.letters, line.text.size() * 3 / 4));
    double free = 1 - line.density();
    if (line.kind != BlockKind::kHeading && size >= 40 && free > 0.3) {
      line.mass = size * free * free;
      if (!EndsSentence(line.text)) line.mass *= 0.4;
      if (line.kind == BlockKind::kList || line.kind == BlockKind::kTable) line.mass *= 0.6;
      if (tag == Tag::kP) line.mass *= 1.3;
    }
    lines_.push_back(std::move(line));
  }

  const Tree& tree_;
  std::vector<Line> lines_;
  std::vector<uint32_t> blocks_;
  std::vector<uint32_t> groups_;
  std::string text_;
  std::vector<Link> current_links_;
  size_t current_link_letters_ = 0;
  std::string_view link_url_;
  size_t link_start_ = 0;
  int links_ = 0;
  int figures_ = 0;
  bool break_ = false;
  size_t break_at_ = 0;
};

// ---- what parts the page names -----------------------------------------------------------------

std::string_view OwnKind(const Tree& tree, uint32_t i, const PageWords& words) {
  Tag tag = tree[i].tag;
  if (tag == Tag::kNav) return "navigation";
  if (tag == Tag::kFooter) return "footer";
  if (tag == Tag::kFigcaption) return "caption";
  if (tag == Tag::kForm) return "newsletter";
  std::string_view item = tree.Attr(i, "itemprop");
  if (item == "articleBody") return "body";
  if (item == "author" || item == "creator") return "author";
  if (item == "caption") return "caption";
  if (item == "copyrightHolder") return "credit";
  std::string_view role = tree.Attr(i, "role");
  if (role == "navigation" || role == "search" || role == "menu") return "navigation";
  if (role == "contentinfo") return "footer";
  if (role == "dialog" || role == "alert") return "other";
  for (const char* attribute :
       {"class", "id", "data-testid", "data-component", "data-type", "data-component-name"}) {
    std::string_view value = tree.Attr(i, attribute);
    if (value.empty()) continue;
    std::string_view kind = words.ClassKind(value);
    if (!kind.empty()) return kind;
  }
  if (tag == Tag::kAside) return "related";
  if (tag == Tag::kAddress) return "author";
  return {};
}

bool IsJunk(std::string_view kind) { return !kind.empty() && kind != "body" && kind != "deck"; }

std::string_view SkipBracket(std::string_view text) {
  return text.starts_with("(") || text.starts_with("[") ? text.substr(1) : text;
}

bool SharePrefix(std::string_view a, std::string_view b, size_t least) {
  size_t n = std::min(a.size(), b.size());
  return n >= least && a.substr(0, n) == b.substr(0, n);
}

class PageReader {
 public:
  PageReader(const Tree& tree, const PageWords& words, const ArticleWords& article_words,
             Article& article)
      : tree_(tree), words_(words), article_words_(article_words), article_(article) {}

  void Read(const Metadata& metadata) {
    lines_ = LineReader(tree_).Read();
    if (lines_.empty()) return;
    MarkParts();
    uint32_t container = PickContainer();
    if (container == kNoNode) return;
    ReadBody(container, metadata);
  }

 private:
  // Kinds of nodes, handed down; a kind that would take most of the page's story is not believed.
  void MarkParts() {
    std::vector<double> before(tree_.size() + 1, 0);
    for (const Line& line : lines_) before[line.node + 1] += line.mass;
    for (uint32_t i = 1; i <= tree_.size(); ++i) before[i] += before[i - 1];
    double total = before.back();
    kinds_.assign(tree_.size(), {});
    own_.assign(tree_.size(), {});
    auto share = [&](uint32_t i) {
      return total > 0 ? (before[tree_[i].end] - before[i]) / total : 0;
    };
    // Whether a node has below it what the page calls the story, with some of its text.
    std::vector<bool> holds_story(tree_.size(), false);
    for (uint32_t i = tree_.size(); i-- > 0;) {
      if (tree_[i].kind == NodeKind::kElement) own_[i] = OwnKind(tree_, i, words_);
      if (tree_[i].parent == kNoNode) continue;
      if (holds_story[i] || tree_[i].tag == Tag::kH1 || (own_[i] == "body" && share(i) > 0.12)) {
        holds_story[tree_[i].parent] = true;
      }
    }
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      if (tree_[i].kind != NodeKind::kElement) continue;
      std::string_view kind = own_[i];
      bool whole =
          tree_[i].tag == Tag::kArticle || tree_[i].tag == Tag::kMain || tree_[i].tag == Tag::kBody;
      bool story = share(i) > 0.35 || (share(i) > 0.12 && holds_story[i]);
      if (IsJunk(kind) && (whole || story)) kind = {};
      own_[i] = kind;
      std::string_view inherited =
          tree_[i].parent == kNoNode ? std::string_view() : kinds_[tree_[i].parent];
      // Within a box of links, an author's name is still a box of links.
      bool keeps = IsJunk(inherited) && kind != "credit" && kind != "caption";
      kinds_[i] = keeps || kind.empty() ? inherited : kind;
      if (kind == "body" || (kind == "deck" && inherited == "body"))
        kinds_[i] = keeps ? inherited : kind;
    }
  }

  uint32_t PickContainer() const {
    std::vector<double> scores(tree_.size(), 0);
    for (const Line& line : lines_) {
      if (line.mass <= 0 || IsJunk(kinds_[line.node]) || line.in_figure) continue;
      double share = line.mass;
      // From the paragraph's parent upwards; its own element is a paragraph, not a container.
      uint32_t at = tree_[line.node].tag == Tag::kP ? tree_[line.node].parent : line.node;
      for (int level = 0; at != kNoNode && level < 12; ++level, at = tree_[at].parent) {
        scores[at] += share;
        share *= 0.88;
      }
    }
    uint32_t best = kNoNode;
    double best_score = 0;
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      if (scores[i] <= 0) continue;
      double score = scores[i];
      if (tree_.Attr(i, "itemprop") == "articleBody") {
        score *= 1.6;
      } else if (own_[i] == "body") {
        score *= 1.3;
      } else if (tree_[i].tag == Tag::kArticle) {
        score *= 1.15;
      } else if (tree_[i].tag == Tag::kBody) {
        score *= 0.8;
      }
      if (score > best_score) {
        best_score = score;
        best = i;
      }
    }
    return best;
  }

  // Why a line of the container is not part of the story, or empty.
  std::string_view ResidueKind(const Line& line) const {
    std::string_view kind = kinds_[line.node];
    if (kind == "credit") return "caption";
    if (IsJunk(kind)) return kind;
    if (line.in_figure && line.kind != BlockKind::kTable && line.kind != BlockKind::kQuote) {
      return "caption";
    }
    size_t words = static_cast<size_t>(std::count(line.text.begin(), line.text.end(), ' ')) + 1;
    for (const char* text_kind : {"related", "share", "newsletter", "syndication", "editor",
                                  "footer", "ad", "comments", "other"}) {
      size_t prefix = words_.Prefix(text_kind, line.text);
      if (prefix == 0) continue;
      bool whole = prefix + 3 >= line.text.size();
      std::string_view name = text_kind;
      if (name == "ad" || name == "comments" ? whole || words <= 4 : whole || words <= 45) {
        if (name == "related" && !whole && line.text[prefix] != ':' &&
            line.text[prefix - 1] != ':' && line.density() < 0.3 && words > 14) {
          continue;
        }
        if (line.kind == BlockKind::kHeading && !whole && name != "related") continue;
        return text_kind;
      }
    }
    if (words <= 14 && words_.Prefix("credit", SkipBracket(line.text)) > 0) return "caption";
    if (line.density() > 0.85 && words < 40 && line.kind != BlockKind::kHeading &&
        line.kind != BlockKind::kTable && (words > 3 || line.kind == BlockKind::kList)) {
      return "related";
    }
    return {};
  }

  void AddResidue(std::string_view kind, const Line& line) {
    if (kind == "related") {
      size_t prefix = words_.Prefix("related", line.text);
      if (!line.links.empty()) {
        for (const Link& link : line.links) {
          if (article_.related.size() < kMaxResidue && link.text.size() > 12) {
            article_.related.push_back(link);
          }
        }
        return;
      }
      std::string rest = Squash(std::string_view(line.text).substr(prefix));
      while (!rest.empty() && rest[0] == ':') rest = Squash(std::string_view(rest).substr(1));
      if (prefix > 0 && rest.size() > 12) {
        article_.related.push_back({rest, ""});
        return;
      }
    }
    if (kind == "tags" || kind == "meta" || kind == "author") kind = "other";
    if (kind == "comments") kind = "other";
    if (article_.residue.size() < kMaxResidue) {
      article_.residue.push_back({std::string(kind), line.text});
    }
  }

  // The figure, or else the parent, of a caption: where its credit stands too.
  uint32_t FigureOf(uint32_t node) const {
    for (uint32_t at = node; at != kNoNode; at = tree_[at].parent) {
      if (tree_[at].tag == Tag::kFigure) return at;
    }
    return tree_[node].parent == kNoNode ? node : tree_[node].parent;
  }

  // Takes off a caption's end what the page marks as its credit, or what a copyright sign does.
  std::string CutCredit(uint32_t node, std::string& text) const {
    for (uint32_t k = node + 1; k < tree_[node].end; ++k) {
      if (own_[k] != "credit" && own_[k] != "author" && tree_[k].tag != Tag::kCite) continue;
      std::string credit = Squash(tree_.Text(k));
      if (credit.empty() || credit.size() >= text.size() || !text.ends_with(credit)) continue;
      text = Squash(std::string_view(text).substr(0, text.size() - credit.size()));
      return credit;
    }
    size_t sign = text.rfind("©");
    if (sign == std::string::npos || sign == 0 || text.size() - sign > 150) return {};
    std::string credit = text.substr(sign);
    text = Squash(std::string_view(text).substr(0, sign));
    return credit;
  }

  void ReadCaptions(uint32_t first_line, uint32_t last_line, uint32_t container) {
    for (uint32_t i = first_line; i < last_line; ++i) {
      const Line& line = lines_[i];
      std::string_view kind = kinds_[line.node];
      if (kind != "caption" && kind != "credit" && !line.in_figure) continue;
      if (IsJunk(kind) && kind != "caption" && kind != "credit") continue;
      if (line.kind == BlockKind::kTable || line.kind == BlockKind::kQuote) continue;
      // Of the page around the story only real figures near it count.
      bool inside = line.node >= container && line.node < tree_[container].end;
      if (!inside && !line.in_figure) continue;
      uint32_t figure = FigureOf(line.node);
      bool credit = kind == "credit" || words_.Prefix("credit", SkipBracket(line.text)) > 0;
      if (line.density() > 0.9 && line.letters > 25 && !credit) continue;
      if (!credit && words_.Prefix("byline", line.text) > 0 && line.letters < 60) continue;
      std::string credit_text;
      bool same = !article_.captions.empty() && figure == last_figure_;
      if (!same) article_.captions.emplace_back();
      last_figure_ = figure;
      Caption& caption = article_.captions.back();
      std::string text = line.text;
      if (!credit) credit_text = CutCredit(line.node, text);
      std::string& field = credit ? caption.credit.text : caption.text;
      if (field.find(text) == std::string::npos) {
        if (!field.empty()) field += ' ';
        field += text;
      }
      if (!credit_text.empty()) caption.credit.text = credit_text;
    }
    for (Caption& caption : article_.captions) {
      if (caption.credit.text.empty()) {
        caption = article_words_.SplitCredit(caption.text);
      } else {
        // Without its label: "Photo: ", "© ".
        std::string_view credit = SkipBracket(caption.credit.text);
        size_t label = words_.Prefix("credit", credit);
        std::string name = label < credit.size() ? Squash(credit.substr(label)) : std::string();
        while (name.starts_with(":")) name = Squash(std::string_view(name).substr(1));
        caption.credit = article_words_.ReadCredit(name.empty() ? credit : name);
      }
    }
    std::unordered_set<std::string> seen;
    std::erase_if(article_.captions, [&](const Caption& c) {
      return (c.text.empty() && c.credit.text.empty()) ||
             !seen.insert(c.text + '\n' + c.credit.text).second;
    });
    if (article_.captions.size() > 200) article_.captions.resize(200);
  }

  // The line with the standfirst, between the title and the story; kNoNode for none.
  uint32_t FindDeck(uint32_t first, const Metadata& metadata) const {
    std::string title = LettersAndDigits(article_.title);
    std::string description = LettersAndDigits(metadata.description);
    uint32_t title_line = kNoNode;
    for (uint32_t i = 0; i < first; ++i) {
      if (!title.empty() && lines_[i].kind == BlockKind::kHeading &&
          LettersAndDigits(lines_[i].text) == title)
        title_line = i;
    }
    uint32_t from = title_line != kNoNode ? title_line + 1 : first - std::min(first, 40u);
    for (uint32_t i = from; i < first; ++i) {
      const Line& line = lines_[i];
      if (line.letters < 25 || line.density() > 0.5 || line.in_figure) continue;
      std::string_view kind = kinds_[line.node];
      if (kind == "deck") return i;
      if (IsJunk(kind) && kind != "meta" && kind != "author") continue;
      if (SharePrefix(LettersAndDigits(line.text), description, 25)) return i;
    }
    for (uint32_t i = from; i < first && title_line != kNoNode; ++i) {
      const Line& line = lines_[i];
      if (IsJunk(kinds_[line.node]) || line.in_figure || line.density() > 0.3) continue;
      if (line.letters >= 50 && (line.mass > 0 || line.kind == BlockKind::kHeading)) return i;
    }
    return kNoNode;
  }

  void ReadBody(uint32_t container, const Metadata& metadata) {
    uint32_t first = 0;
    while (lines_[first].node < container) ++first;
    uint32_t last = first;
    while (last < lines_.size() && lines_[last].node < tree_[container].end) ++last;

    std::vector<uint32_t> kept;
    std::string title = LettersAndDigits(article_.title);
    uint32_t start = first;
    // A title within the container: what is before it isn't the story.
    for (uint32_t i = first; i < last; ++i) {
      if (tree_[lines_[i].node].tag == Tag::kH1 && LettersAndDigits(lines_[i].text) == title)
        start = i;
      if (lines_[i].mass > 0 && i > start + 30) break;
    }
    uint32_t story = start;
    while (story + 1 < last && (lines_[story].mass <= 0 || !ResidueKind(lines_[story]).empty()))
      ++story;
    uint32_t deck = FindDeck(story, metadata);
    if (deck != kNoNode) kept.push_back(deck);
    std::vector<std::pair<std::string_view, uint32_t>> residue;
    for (uint32_t i = start; i < last; ++i) {
      const Line& line = lines_[i];
      if (i == deck) continue;
      std::string_view why = ResidueKind(line);
      if (why.empty() && !title.empty() && LettersAndDigits(line.text) == title) why = "title";
      if (why.empty() && tree_[line.node].tag == Tag::kH1) why = "title";
      if (why.empty() && deck != kNoNode && line.text == lines_[deck].text) why = "title";
      if (why.empty()) {
        kept.push_back(i);
      } else if (why != "caption" && why != "title") {
        residue.emplace_back(why, i);
      }
    }
    DropLooseEnds(kept, residue, deck);
    uint32_t caption_from = first - std::min(first, 60u);
    ReadCaptions(caption_from, last, container);
    std::sort(residue.begin(), residue.end(), [](auto& a, auto& b) { return a.second < b.second; });
    for (auto [why, i] : residue) AddResidue(why, lines_[i]);
    Write(kept, deck);
  }

  // Headings that head nothing, short bits before and after the story, lists of links.
  void DropLooseEnds(std::vector<uint32_t>& kept,
                     std::vector<std::pair<std::string_view, uint32_t>>& residue,
                     uint32_t deck) const {
    auto drop_if = [&](auto&& test) {
      std::vector<uint32_t> left;
      for (size_t k = 0; k < kept.size(); ++k) {
        if (test(k)) {
          residue.emplace_back("other", kept[k]);
        } else {
          left.push_back(kept[k]);
        }
      }
      kept = std::move(left);
    };
    size_t story_end = kept.size();
    while (story_end > 0 && !IsStory(lines_[kept[story_end - 1]])) --story_end;
    if (story_end == 0) return;
    drop_if([&](size_t k) { return k >= story_end; });
    // A heading whose paragraphs all went.
    drop_if([&](size_t k) {
      return lines_[kept[k]].kind == BlockKind::kHeading && k + 1 < kept.size() &&
             lines_[kept[k + 1]].kind == BlockKind::kHeading &&
             tree_[lines_[kept[k]].node].tag == tree_[lines_[kept[k + 1]].node].tag;
    });
    size_t story_start = 0;
    while (story_start < kept.size() && !StartsStory(lines_[kept[story_start]])) ++story_start;
    drop_if([&](size_t k) { return k < story_start && kept[k] != deck; });
  }

  bool IsStory(const Line& line) const {
    if (line.kind == BlockKind::kHeading) return false;
    if (line.kind == BlockKind::kList || line.kind == BlockKind::kTable)
      return line.density() < 0.5;
    return line.letters >= 40 || (EndsSentence(line.text) && line.density() < 0.5);
  }

  static bool StartsStory(const Line& line) {
    if (line.kind == BlockKind::kHeading) return false;
    return line.letters >= 90 || (line.letters >= 20 && EndsSentence(line.text));
  }

  void Write(const std::vector<uint32_t>& kept, uint32_t deck) {
    for (size_t k = 0; k < kept.size(); ++k) {
      const Line& line = lines_[kept[k]];
      if (kept[k] == deck) {
        article_.deck = line.text;
        article_.AppendBlock(BlockKind::kParagraph, line.text);
        continue;
      }
      std::string text = line.text;
      // The items of a list or the cells of a table are one block, a line each.
      if (line.kind == BlockKind::kList || line.kind == BlockKind::kTable) {
        while (k + 1 < kept.size() && lines_[kept[k + 1]].group == line.group &&
               lines_[kept[k + 1]].kind == line.kind) {
          const Line& next = lines_[kept[++k]];
          bool same_row =
              line.kind == BlockKind::kTable && RowOf(next) == RowOf(lines_[kept[k - 1]]);
          text += same_row ? "\t" : "\n";
          text += next.text;
        }
      }
      article_.AppendBlock(line.kind, text);
    }
  }

  uint32_t RowOf(const Line& line) const {
    uint32_t at = line.node;
    for (int i = 0; i < 6 && at != kNoNode && tree_[at].tag != Tag::kTr; ++i) at = tree_[at].parent;
    return at;
  }

  const Tree& tree_;
  const PageWords& words_;
  const ArticleWords& article_words_;
  Article& article_;
  std::vector<Line> lines_;
  std::vector<std::string_view> kinds_;  // of each node, inherited too
  std::vector<std::string_view> own_;
  uint32_t last_figure_ = kNoNode;
};

// "BEIJING, Oct 20 (Agency) - ", "JAKARTA, Site.com – ": the place a report was sent from.
std::string DatelinePlace(std::string_view text) {
  static const RE2 kDateline(
      R"(^\s*(\p{Lu}[\p{L}.' -]{1,40}?)(?:\s*[,/][^–—()-]{1,40})?\s*(\([^)]{2,40}\))?\s*(?:[–—]|--?)\s)");
  std::string place, agency;
  if (!RE2::PartialMatch(text, kDateline, &place, &agency)) return {};
  bool capitals = LowerCase(place) != place;
  for (size_t at = 0; at < place.size();) {
    char32_t c = DecodeUtf8(place, at);
    if (IsLetter(c) && !IsUpper(c)) capitals = false;
  }
  return capitals || !agency.empty() ? place : std::string();
}

}  // namespace

void HtmlToArticle(const Tree& tree, const PageWords& words, const ArticleWords& article_words,
                   Document& document) {
  Article& article = document.article;
  Metadata metadata =
      ReadMetadata(tree, article.url.empty() ? document.input.url : article.url, words);
  if (!metadata.url.empty()) article.url = metadata.url;
  article.title = metadata.title;
  article.authors = metadata.authors;
  article.tags = metadata.tags;
  article.modified = metadata.modified;
  article.paywall = metadata.paywall;
  if (article.publisher.empty()) article.publisher = metadata.publisher;
  if (article.lang.empty()) article.lang = metadata.lang;
  if (article.published.empty() && !metadata.published.empty()) {
    article.published = metadata.published;
    article.published_basis = PublishedBasis::kStated;
  }
  PageReader(tree, words, article_words, article).Read(metadata);
  if (article.text.size() < metadata.body.size() / 3) {
    // The story is not in the page's elements but in what it hands to machines.
    article.text.clear();
    article.blocks.clear();
    article.deck.clear();
    article.AppendBlock(BlockKind::kParagraph, metadata.body);
  }
  for (const Block& block : article.blocks) {
    if (block.kind != BlockKind::kParagraph) continue;
    article.place =
        DatelinePlace(std::string_view(article.text)
                          .substr(block.start, std::min(block.end - block.start, 200u)));
    if (!article.place.empty() || block.start > 600) break;
  }
  for (const Residue& line : article.residue) {
    if (words.Prefix("paywall", line.text) > 0) article.paywall = true;
  }
}

}  // namespace kronik
