#include "article/html_article.h"

#include <re2/re2.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "article/line_features.h"
#include "article/metadata.h"
#include "article/page_lines.h"
#include "article/page_parts.h"
#include "article/script_story.h"
#include "base/utf8.h"

namespace kronik {
namespace {

using html::kNoNode;
using html::Tag;
using html::Tree;

constexpr size_t kMaxResidue = 60;  // lines
constexpr size_t kMaxCaptions = 200;
constexpr size_t kShortStory = 300;  // bytes: a longer one is not looked for elsewhere
constexpr float kLeastScore = -4;    // of a page's best paragraph: odds of 1 to 55

std::string_view SkipBracket(std::string_view text) {
  return text.starts_with("(") || text.starts_with("[") ? text.substr(1) : text;
}

class PageReader {
 public:
  PageReader(const Tree& tree, const PageWords& words, const ArticleWords& article_words,
             Article& article)
      : tree_(tree), words_(words), article_words_(article_words), article_(article) {}

  void Read(Metadata metadata, const PageModel& model) {
    page_ = ReadLines(tree_, words_);
    parts_ = ReadParts(tree_, page_, words_);
    if (parts_.container == kNoBox) return;
    if (metadata.title_tag_alone) article_.title = metadata.title = ShownTitle(metadata.title);
    const Description story = FindStory(metadata, model);
    const Box& container = page_.boxes[parts_.container];
    ReadCaptions(container.first_line - std::min(container.first_line, 60u), container.last_line,
                 story.features);
    for (uint32_t i = container.first_line; i < container.last_line; ++i) {
      const bool title = story.features[i][static_cast<size_t>(LineFeature::is_title)] > 0;
      if (!kept_[i] && !title) AddResidue(ResidueKind(page_.lines[i]), page_.lines[i]);
    }
    Write(FindDeck(story.features));
    ReadLinesAtTitle(metadata, story.features);
    if (article_.deck.empty()) article_.deck = DeckOutside(story.features);
  }

 private:
  // The headline above the story: the part of <title>, which may name the site as well, that a line
  // starts with, or else the last heading; or what <title> says.
  std::string ShownTitle(const std::string& title) const {
    constexpr uint32_t kAbove = 40;  // lines
    uint32_t story = page_.boxes[parts_.container].first_line;
    const auto last = static_cast<uint32_t>(page_.lines.size() - 1);
    while (story < last && page_.lines[story].mass <= 0) ++story;
    std::string_view part;
    std::string_view heading;
    for (uint32_t i = story - std::min(story, kAbove); i <= story; ++i) {
      const Line& line = page_.lines[i];
      if (line.words < 3 || IsJunk(parts_.kinds[line.box])) continue;
      const std::string_view shown = PartShown(title, line.text);
      if (shown.size() > part.size()) part = shown;
      if (line.kind == BlockKind::kHeading && i < story) heading = line.text;
    }
    return std::string(!part.empty() ? part : !heading.empty() ? heading : title);
  }

  // The part between marks, or from a mark to the end, that a line starts with; most of the title.
  static std::string_view PartShown(std::string_view title, std::string_view line) {
    constexpr size_t kLongest = 400;  // bytes
    if (title.size() > kLongest) return {};
    const auto shown = [&](std::string_view part) {
      return part.size() * 5 >= title.size() * 2 && line.starts_with(part);
    };
    if (shown(title)) return title;
    for (const std::string_view mark : {": ", " - ", " | ", " – ", " — ", " :: ", " » "}) {
      for (size_t at = title.find(mark); at != std::string_view::npos;
           at = title.find(mark, at + 1)) {
        if (shown(title.substr(0, at))) return title.substr(0, at);
        if (shown(title.substr(at + mark.size()))) return title.substr(at + mark.size());
      }
    }
    return {};
  }

  // The standfirst, where it stands between the title and the box of the story.
  std::string DeckOutside(const std::vector<LineFeatures>& features) const {
    constexpr int16_t kNear = 8;  // lines
    for (size_t i = 0; i < features.size(); ++i) {
      const Line& line = page_.lines[i];
      const int16_t from_title = features[i][static_cast<size_t>(LineFeature::title_near)];
      if (from_title > 0 && from_title <= kNear && line.words > 3 && !kept_[i] &&
          parts_.kinds[line.box] == PartKind::kDeck) {
        return std::string(line.text);
      }
    }
    return {};
  }

  // Marks the lines that the model takes for the story's.
  Description FindStory(const Metadata& metadata, const PageModel& model) {
    Description story = Describe(tree_, page_, parts_, metadata);
    const std::vector<LineFeatures>& features = story.features;
    std::vector<float> scores(features.size());
    for (size_t i = 0; i < features.size(); ++i) scores[i] = model.alone.Score(features[i]);
    DescribeNeighbours(page_, scores, story);
    kept_.assign(features.size(), false);
    float best = kLeastScore;
    for (size_t i = 0; i < features.size(); ++i) {
      scores[i] = model.among.Score(features[i]);
      if (page_.lines[i].mass > 0) best = std::max(best, scores[i]);
    }
    // A page without a paragraph that is sure gives those that are nearly as good as its best.
    const float least = best > 0 ? 0 : best > kLeastScore ? best - 1 : 0;
    for (size_t i = 0; i < features.size(); ++i)
      kept_[i] = scores[i] > least && !IsLabel(page_.lines[i]);
    KeepLists(scores);
    DropBefore(features);
    return story;
  }

  // A line that says only what it stands over or beside: "Advertisement", "Read also".
  static bool IsLabel(const Line& line) {
    if (IsPlaceholder(line.text)) return true;
    for (PartKind kind : {PartKind::kRelated, PartKind::kShare, PartKind::kNewsletter,
                          PartKind::kAd, PartKind::kComments}) {
      if (line.Prefix(kind) > 0 && line.Prefix(kind) + 2 >= line.text.size()) return true;
    }
    return false;
  }

  // "[Video: the port]": where something is shown that text doesn't hold.
  static bool IsPlaceholder(std::string_view text) {
    constexpr size_t kLongest = 60;  // bytes
    return text.size() <= kLongest && text.starts_with("[") && text.ends_with("]") &&
           text.find(':') != std::string_view::npos;
  }

  // Items of a list and quotations that follow the story's paragraphs, of which the model is not
  // sure: rare in what it was fitted to, and nearly always a part of the story.
  void KeepLists(const std::vector<float>& scores) {
    constexpr float kLeast = -2.5;
    constexpr uint32_t kMaxRun = 40;  // lines
    const auto uncertain = [&](uint32_t i) {
      const Line& line = page_.lines[i];
      return !kept_[i] && (line.kind == BlockKind::kList || line.kind == BlockKind::kQuote) &&
             scores[i] > kLeast && line.density() < 0.7f && line.letters >= 20 &&
             (line.mass > 0 || EndsSentence(line.text)) && !IsJunk(parts_.kinds[line.box]);
    };
    for (uint32_t i = 1; i < kept_.size(); ++i) {
      if (!kept_[i - 1] || !uncertain(i)) continue;
      uint32_t end = i;
      while (end < kept_.size() && uncertain(end)) ++end;
      const bool within = end < kept_.size() && kept_[end];
      const uint32_t last = std::max(end, page_.boxes[parts_.container].last_line);
      const bool at_end =
          std::find(kept_.begin() + end, kept_.begin() + last, true) == kept_.begin() + last;
      if ((within || at_end) && end - i <= kMaxRun) {
        std::fill(kept_.begin() + i, kept_.begin() + end, true);
      }
      i = end;
    }
  }

  // What stands before the title, where it stands within the box of the story: another story.
  void DropBefore(const std::vector<LineFeatures>& features) {
    const Box& container = page_.boxes[parts_.container];
    for (uint32_t i = container.first_line; i < container.last_line; ++i) {
      if (page_.lines[i].kind != BlockKind::kHeading ||
          features[i][static_cast<size_t>(LineFeature::is_title)] == 0) {
        continue;
      }
      float before = 0, after = 0;
      for (uint32_t k = container.first_line; k < container.last_line; ++k) {
        if (kept_[k]) (k < i ? before : after) += page_.lines[k].mass;
      }
      if (after > before / 3) std::fill(kept_.begin(), kept_.begin() + i, false);
      return;
    }
  }

  // The standfirst, if the story begins with one; else kNoNode.
  uint32_t FindDeck(const std::vector<LineFeatures>& features) const {
    const auto first = std::find(kept_.begin(), kept_.end(), true);
    if (first == kept_.end()) return kNoNode;
    const auto i = static_cast<size_t>(first - kept_.begin());
    const auto is = [&](LineFeature feature) { return features[i][static_cast<size_t>(feature)]; };
    const bool apart = i + 1 < kept_.size() && is(LineFeature::next_same_form) == 0;
    const bool deck =
        is(LineFeature::above_deck) > 0 || (apart && is(LineFeature::is_description) >= 60);
    return deck ? static_cast<uint32_t>(i) : kNoNode;
  }

  // The authors and the date, where only lines about the title have them.
  void ReadLinesAtTitle(const Metadata& metadata, const std::vector<LineFeatures>& features) {
    constexpr int16_t kNear = 12;  // lines
    for (const bool below : {true, false}) {
      for (size_t i = 0; i < features.size(); ++i) {
        const Line& line = page_.lines[i];
        const int16_t from_title = features[i][static_cast<size_t>(LineFeature::title_near)];
        if (kept_[i] || from_title < -kNear || from_title > kNear || line.words > 15) continue;
        if (below == (from_title > 0)) ReadByAndDate(line.text, metadata);
      }
    }
    // The title, the byline and the date may stand in one box, with nothing but breaks between.
    for (const Line& line : page_.lines) {
      const std::string_view text = line.text;
      if (article_.title.empty() || !text.starts_with(article_.title)) continue;
      const std::string_view rest = text.substr(article_.title.size());
      if (rest.size() > 2 && rest.size() < 150) ReadByAndDate(Squash(rest), metadata);
    }
    if (!article_.published.empty() && article_.published_basis == PublishedBasis::kNone) {
      article_.published_basis = PublishedBasis::kStated;
    }
  }

  // Takes authors and date of a line, where none are known.
  void ReadByAndDate(std::string_view text, const Metadata& metadata) {
    if (article_.authors.empty()) {
      article_.authors = ReadByline(WithoutPlace(text), metadata, words_);
    }
    const auto digits = std::count_if(text.begin(), text.end(),
                                      [](unsigned char c) { return c >= '0' && c <= '9'; });
    if (article_.published.empty() && digits >= 5) {
      article_.published = ReadDate(text, metadata.lang, words_);
    }
  }

  // "By A. Name in Oslo", "By A. Name Posted: 5/3/2024": the name alone. Words that also join two
  // names don't end it.
  std::string_view WithoutPlace(std::string_view text) const {
    const auto& joins = words_.Phrases(PartKind::kJoin);
    for (size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
      std::string_view word = text.substr(at + 1, text.find(' ', at + 1) - at - 1);
      while (!word.empty() && std::string_view(":,|").find(word.back()) != std::string_view::npos) {
        word.remove_suffix(1);
      }
      if (std::find(joins.begin(), joins.end(), word) != joins.end()) continue;
      const bool number = !word.empty() && word[0] >= '0' && word[0] <= '9';
      if (number || article_words_.IsWord("post", word) || article_words_.IsWord("filler", word)) {
        return text.substr(0, at);
      }
    }
    return text;
  }

  // What a line that is no part of the story is.
  PartKind ResidueKind(const Line& line) const {
    const PartKind kind = parts_.kinds[line.box];
    if (kind == PartKind::kCredit) return PartKind::kCaption;
    if (IsJunk(kind)) return kind;
    if (line.in_figure && line.kind != BlockKind::kTable && line.kind != BlockKind::kQuote) {
      return PartKind::kCaption;
    }
    for (PartKind said : {PartKind::kRelated, PartKind::kShare, PartKind::kNewsletter,
                          PartKind::kSyndication, PartKind::kEditor, PartKind::kFooter,
                          PartKind::kAd, PartKind::kComments, PartKind::kOther}) {
      if (line.Prefix(said) > 0) return said;
    }
    return line.density() > 0.85f ? PartKind::kRelated : PartKind::kOther;
  }

  void AddResidue(PartKind kind, const Line& line) {
    if (kind == PartKind::kCaption) return;  // has a place of its own
    if (kind == PartKind::kRelated) {
      if (line.first_link < line.last_link) {
        for (uint32_t i = line.first_link; i < line.last_link; ++i) {
          const LineLink& link = page_.links[i];
          if (article_.related.size() < kMaxResidue && link.text.size() > 12) {
            article_.related.push_back({std::string(link.text), std::string(link.url)});
          }
        }
        return;
      }
      const size_t prefix = line.Prefix(PartKind::kRelated);
      std::string rest = Squash(line.text.substr(prefix));
      while (rest.starts_with(':')) rest = Squash(std::string_view(rest).substr(1));
      if (prefix > 0 && rest.size() > 12 && article_.related.size() < kMaxResidue) {
        article_.related.push_back({rest, ""});
        return;
      }
    }
    if (article_.residue.size() >= kMaxResidue) return;
    switch (kind) {
      case PartKind::kTags:
      case PartKind::kMeta:
      case PartKind::kAuthor:
      case PartKind::kComments:
        kind = PartKind::kOther;
        break;
      default:
        break;
    }
    article_.residue.push_back({std::string(PartKindName(kind)), std::string(line.text)});
  }

  // The figure, or else the parent, of a caption: where its credit stands too.
  uint32_t FigureOf(uint32_t node) const {
    for (uint32_t at = node; at != kNoNode; at = tree_[at].parent) {
      if (tree_[at].tag == Tag::kFigure) return at;
    }
    return tree_[node].parent == kNoNode ? node : tree_[node].parent;
  }

  // Takes a text without brackets, and without the marks that part a caption from its credit.
  static std::string TrimMarks(std::string_view text, bool credit) {
    for (bool cut = true; cut && !text.empty();) {
      cut = false;
      for (std::string_view mark : {" ", "(", "[", "|", "—", "–", ",", "/", "-"}) {
        if (text.ends_with(mark)) text.remove_suffix(mark.size()), cut = true;
        if (credit && text.starts_with(mark)) text.remove_prefix(mark.size()), cut = true;
      }
      if (credit && text.ends_with(')') && text.find('(') == std::string_view::npos) {
        text.remove_suffix(1), cut = true;
      }
    }
    return std::string(text);
  }

  // Where the credit at a caption's end starts, by its form alone; npos for none.
  size_t FindCredit(std::string_view text) const {
    constexpr size_t kMaxCredit = 120;  // bytes
    if (size_t sign = text.rfind("©"); sign != std::string_view::npos && sign > 0) {
      if (text.size() - sign <= kMaxCredit) return sign;
    }
    size_t open = text.ends_with(')') ? text.rfind('(') : std::string_view::npos;
    if (size_t bar = text.rfind(" | "); bar != std::string_view::npos) {
      if (text.size() - bar <= kMaxCredit && bar > 0 &&
          (open == std::string_view::npos || bar < open)) {
        return bar;
      }
    }
    if (open != std::string_view::npos && open > 0 && text.size() - open <= kMaxCredit) {
      const std::string_view before = Trimmed(text.substr(0, open));
      const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
      if (size_t name = FindLooseCredit(before); name != std::string_view::npos) return name;
      const bool slashed = inner.find('/') != std::string_view::npos &&
                           inner.find_first_of("0123456789") == std::string_view::npos;
      if (slashed || EndsSentence(before) || words_.Prefix(PartKind::kCredit, inner) > 0 ||
          !article_words_.ReadCredit(inner).agency.empty()) {
        return open;
      }
    }
    // A label: "Photo: ", "Photo by ".
    for (size_t at = text.size() - std::min(text.size(), kMaxCredit); at < text.size(); ++at) {
      if (at == 0 || (text[at - 1] != ' ' && text[at - 1] != '.')) continue;
      const size_t label = words_.Prefix(PartKind::kCredit, text.substr(at));
      if (label == 0 || at + label >= text.size()) continue;
      const std::string_view phrase = text.substr(at, label);
      const bool sure = phrase.ends_with(':') || text[at + label] == ':' ||
                        phrase.find(' ') != std::string_view::npos;
      if (sure) return at;
    }
    return FindLooseCredit(text);
  }

  // A name set close to the caption's last sentence, or two or three words after it.
  static size_t FindLooseCredit(std::string_view text) {
    constexpr size_t kMaxWord = 90, kMaxLoose = 40;  // bytes
    if (EndsSentence(text) && !text.ends_with(')')) return std::string_view::npos;
    const size_t stop = text.rfind('.', text.size() - 2);
    if (stop == std::string_view::npos || stop < 25 || text.size() - stop > kMaxWord) {
      return std::string_view::npos;
    }
    const size_t word = text.rfind(' ', stop);
    if (stop - (word == std::string_view::npos ? 0 : word) < 5) return std::string_view::npos;
    size_t at = stop + 1;
    const bool close = text[at] != ' ';
    if (!close) ++at;
    const std::string_view rest = text.substr(at);
    if (!close && (rest.size() > kMaxLoose || std::count(rest.begin(), rest.end(), ' ') > 2)) {
      return std::string_view::npos;
    }
    size_t next = at;
    const char32_t first = DecodeUtf8(text, next);
    return IsLetter(first) && (IsUpper(first) || first >= 0x590) ? at : std::string_view::npos;
  }

  static std::string_view Trimmed(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
  }

  // Where `text` ends with `end`, white space apart; npos if it doesn't.
  static size_t FindEnd(std::string_view text, std::string_view end) {
    size_t at = text.size();
    for (size_t k = end.size(); k > 0; --k) {
      if (static_cast<unsigned char>(end[k - 1]) <= ' ') continue;
      while (at > 0 && text[at - 1] == ' ') --at;
      if (at == 0 || text[at - 1] != end[k - 1]) return std::string_view::npos;
      --at;
    }
    return at;
  }

  // Takes off a caption's end what the page marks as its credit, or what has a credit's form.
  std::string CutCredit(uint32_t node, std::string& text) const {
    constexpr uint32_t kMaxNodes = 200;
    size_t start = std::string::npos;
    const uint32_t end = std::min(tree_[node].end, node + kMaxNodes);
    for (uint32_t k = node + 1; k < end && start == std::string::npos; ++k) {
      if (tree_[k].kind != html::NodeKind::kElement) continue;
      const PartKind own = OwnKind(tree_, k, words_);
      if (own != PartKind::kCredit && own != PartKind::kAuthor && tree_[k].tag != Tag::kCite) {
        continue;
      }
      const std::string credit = Squash(tree_.Text(k));
      if (!credit.empty()) start = FindEnd(text, credit);
      if (start == 0) start = std::string::npos;
    }
    if (start == std::string::npos) start = FindCredit(text);
    if (start == std::string::npos) return {};
    std::string credit = TrimMarks(std::string_view(text).substr(start), true);
    text = TrimMarks(std::string_view(text).substr(0, start), false);
    return credit;
  }

  // The box that a caption's lines have in common: the outermost one that is named so.
  uint32_t CaptionBox(uint32_t box) const {
    uint32_t found = box;
    for (uint32_t at = box; at != kNoBox; at = page_.boxes[at].parent) {
      const PartKind own = parts_.own[at];
      if (own == PartKind::kCredit && at == box) return box;
      if (own == PartKind::kCaption) found = at;
      if (tree_[page_.boxes[at].node].tag == Tag::kFigure) break;
    }
    return found;
  }

  // Whether any box around a line is named so.
  bool StandsIn(const Line& line, PartKind kind) const {
    return (parts_.above[line.box] >> static_cast<int>(kind) & 1) != 0;
  }

  // "Photo: The mine in the north (A. Name/Site)": the caption, where more than names stand behind
  // a credit's label; else empty.
  std::string LabelledCaption(std::string_view text) const {
    const size_t label = words_.Prefix(PartKind::kCredit, text);
    const size_t open = text.ends_with(')') ? text.rfind('(') : std::string_view::npos;
    if (label == 0 || open == std::string_view::npos || open <= label) return {};
    std::string rest = Squash(text.substr(label, open - label));
    while (rest.starts_with(':')) rest = Squash(std::string_view(rest).substr(1));
    for (size_t at = rest.find(' '); at != std::string::npos; at = rest.find(' ', at + 1)) {
      const std::string_view word =
          std::string_view(rest).substr(at + 1, rest.find(' ', at + 1) - at - 1);
      const bool small = !word.empty() && word[0] >= 'a' && word[0] <= 'z';
      if (small && !article_words_.IsWord("creditword", word)) {
        return rest + " " + std::string(text.substr(open));
      }
    }
    return {};
  }

  void ReadCaptions(uint32_t first_line, uint32_t last_line,
                    const std::vector<LineFeatures>& features) {
    for (uint32_t i = first_line; i < last_line; ++i) {
      const Line& line = page_.lines[i];
      if (kept_[i]) continue;
      const PartKind kind = parts_.kinds[line.box];
      // Words that a picture of the story also has as its own.
      const bool picture = i >= page_.boxes[parts_.container].first_line && line.words > 3 &&
                           line.kind != BlockKind::kHeading && !IsJunk(kind) &&
                           features[i][static_cast<size_t>(LineFeature::in_alts)] >= 80;
      if (kind != PartKind::kCaption && kind != PartKind::kCredit && !picture &&
          (!line.in_figure || IsJunk(kind))) {
        continue;
      }
      if (line.digits * 3 > line.letters) continue;  // a time, a length
      if (StandsIn(line, PartKind::kNewsletter)) continue;
      if (line.kind == BlockKind::kTable || line.kind == BlockKind::kQuote) continue;
      // Of the page around the story only real figures near it count.
      const bool inside = i >= page_.boxes[parts_.container].first_line;
      const bool under_title = kind == PartKind::kCaption &&
                               features[i][static_cast<size_t>(LineFeature::after_title)] > 0;
      if (!inside && !line.in_figure && !under_title) continue;
      const uint32_t node = page_.boxes[line.box].node;
      const uint32_t figure = FigureOf(node);
      bool credit = kind == PartKind::kCredit ||
                    (words_.Prefix(PartKind::kCredit, SkipBracket(line.text)) > 0 &&
                     LabelledCaption(line.text).empty());
      if (line.density() > 0.9 && line.letters > 25 && !credit) continue;
      if (!credit && line.Prefix(PartKind::kByline) > 0 && line.letters < 60) continue;
      std::string credit_text;
      bool same = !article_.captions.empty() && figure == last_figure_;
      if (!same) article_.captions.emplace_back();
      last_figure_ = figure;
      Caption& caption = article_.captions.back();
      std::string text(line.text.substr(line.Prefix(PartKind::kCaption)));
      if (!credit && line.Prefix(PartKind::kCredit) > 0) text = LabelledCaption(line.text);
      if (text.starts_with(":")) text.erase(0, 1);
      text = Squash(text);
      const Box& box = page_.boxes[CaptionBox(line.box)];
      if (!credit || box.last_line > i + 1) {
        // A caption in several lines; its credit may be some of them.
        for (; i + 1 < std::min(box.last_line, last_line) && i < box.first_line + 8; ++i) {
          text += ' ';
          text += page_.lines[i + 1].text;
        }
        credit_text = CutCredit(box.node, text);
        credit = credit && credit_text.empty();
      }
      std::string& field = credit ? caption.credit.text : caption.text;
      if (field.find(text) == std::string::npos) {
        if (!field.empty()) field += ' ';
        field += text;
      }
      if (!credit_text.empty()) caption.credit.text = credit_text;
    }
    for (Caption& caption : article_.captions) {
      caption.text = TrimMarks(caption.text, false);
      if (caption.credit.text.empty()) {
        caption = article_words_.SplitCredit(caption.text);
        caption.text = TrimMarks(caption.text, false);
      } else {
        // Without its label: "Photo: ", "© ".
        std::string_view credit = SkipBracket(caption.credit.text);
        size_t label = words_.Prefix(PartKind::kCredit, credit);
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
    if (article_.captions.size() > kMaxCaptions) article_.captions.resize(kMaxCaptions);
  }

  void Write(uint32_t deck) {
    const std::vector<Line>& lines = page_.lines;
    for (uint32_t i = 0; i < lines.size(); ++i) {
      if (!kept_[i]) continue;
      const Line& line = lines[i];
      if (i == deck) {
        article_.deck = line.text;
        article_.AppendBlock(BlockKind::kParagraph, line.text);
        continue;
      }
      std::string text(line.text);
      // The items of a list or the cells of a table are one block, a line each.
      if (line.kind == BlockKind::kList || line.kind == BlockKind::kTable) {
        for (uint32_t k = i + 1;
             k < lines.size() && lines[k].group == line.group && lines[k].kind == line.kind; ++k) {
          if (!kept_[k]) continue;
          const bool same_row =
              line.kind == BlockKind::kTable && RowOf(lines[k]) == RowOf(lines[i]);
          text += same_row ? "\t" : "\n";
          text += lines[k].text;
          i = k;
        }
      }
      article_.AppendBlock(line.kind, text);
    }
  }

  uint32_t RowOf(const Line& line) const {
    uint32_t at = page_.boxes[line.box].node;
    for (int i = 0; i < 6 && at != kNoNode && tree_[at].tag != Tag::kTr; ++i) at = tree_[at].parent;
    return at;
  }

  const Tree& tree_;
  const PageWords& words_;
  const ArticleWords& article_words_;
  Article& article_;
  PageLines page_;
  PageParts parts_;
  std::vector<bool> kept_;  // of each line: whether it is the story's
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

// A story that scripts would show: all of it is text but for what its elements name otherwise.
void ReadScriptStory(const Tree& tree, const PageWords& words, Article& article) {
  const std::string html = FindScriptStory(tree);
  Result<Tree> story = Tree::Parse(std::string_view(html));
  if (html.empty() || !story) return;
  const PageLines page = ReadLines(*story, words);
  const PageParts parts = ReadParts(*story, page, words);
  float mass = 0;
  for (const Line& line : page.lines) mass += line.mass;
  if (mass < static_cast<float>(article.text.size())) return;
  article.text.clear();
  article.blocks.clear();
  article.deck.clear();
  for (const Line& line : page.lines) {
    if (!IsJunk(parts.kinds[line.box]) && !line.in_figure)
      article.AppendBlock(line.kind, line.text);
  }
}

}  // namespace

void HtmlToArticle(const Tree& tree, const PageWords& words, const ArticleWords& article_words,
                   const PageModel& model, Document& document) {
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
  PageReader(tree, words, article_words, article).Read(metadata, model);
  if (article.authors.empty()) article.authors = metadata.house;
  if (article.text.size() < metadata.body.size() / 3) {
    // The story is not in the page's elements but in what it hands to machines.
    article.text.clear();
    article.blocks.clear();
    article.deck.clear();
    article.AppendBlock(BlockKind::kParagraph, metadata.body);
  }
  if (article.text.size() < kShortStory) ReadScriptStory(tree, words, article);
  for (const Block& block : article.blocks) {
    if (block.kind != BlockKind::kParagraph) continue;
    article.place =
        DatelinePlace(std::string_view(article.text)
                          .substr(block.start, std::min(block.end - block.start, 200u)));
    if (!article.place.empty() || block.start > 600) break;
  }
  for (const Residue& line : article.residue) {
    if (words.Prefix(PartKind::kPaywall, line.text) > 0) article.paywall = true;
  }
}

}  // namespace kronik
