#include "article/raw_article.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kNowhere = std::string_view::npos;
constexpr size_t kTitleToDeck = 5;    // lines: a byline, a date or a credit may stand between
constexpr size_t kHeaderLines = 120;  // a title is looked for among so many lines

enum class Role { kNone, kTitle, kDeck, kMeta, kCaption, kHeading, kBody, kList, kResidue };

struct Line {
  std::string text;
  std::string key;  // its words alone, lower case
  size_t words = 0;
  bool ends = false;  // like a sentence
  bool bullet = false;
  bool strong = false;  // reads like a paragraph of the story
  bool repeated = false;
  bool after_blank = false;
  LineCue cue;
  Role role = Role::kNone;
  std::string residue = "other";
};

std::string KeyOf(std::string_view text, size_t& words) {
  std::string key;
  words = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) || IsDigit(c)) {
      if (!inside && !key.empty()) key += ' ';
      if (!inside) ++words;
      inside = true;
      AppendUtf8(c, key);
    } else if (c != U'\'' && c != U'’') {
      inside = false;
    }
  }
  return LowerCase(key);
}

bool StripSuffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Whether a line ends as sentences do; a bracket behind the stop ("... said. (AFP)") is looked
// past.
bool EndsLikeSentence(std::string_view text) {
  for (int round = 0; round < 12 && !text.empty(); ++round) {
    const char last = text.back();
    if (last == '.' || last == '?' || last == '!' || last == ';') return true;
    if (text.ends_with("…")) return true;
    if (last == ')' || last == ']') {
      const size_t open = text.rfind(last == ')' ? '(' : '[');
      if (open == kNowhere || open == 0) return false;
      if (text.size() - open <= 24) {
        text = text.substr(0, open);
      } else {
        text.remove_suffix(1);
      }
      continue;
    }
    if (last == '*' || last == ' ') {
      text.remove_suffix(1);
      continue;
    }
    if (last == '"' || last == '\'') return true;
    return StripSuffix(text, "”") || StripSuffix(text, "’") || StripSuffix(text, "»");
  }
  return false;
}

bool StartsUpper(std::string_view text) {
  size_t at = 0;
  return !text.empty() && IsUpper(DecodeUtf8(text, at));
}

bool StartsWithBullet(std::string_view text) {
  for (const std::string_view mark : {"•", "- ", "– ", "* ", "▪", "●", "·", "…"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

// "1. ", "2) ", "a. ": the items of a numbered list.
bool StartsWithNumber(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && at < 3 && text[at] >= '0' && text[at] <= '9') ++at;
  if (at == 0 && text.size() > 1 && text[0] >= 'a' && text[0] <= 'z') at = 1;
  return at > 0 && at + 1 < text.size() && (text[at] == '.' || text[at] == ')') &&
         text[at + 1] == ' ';
}

struct Dateline {
  std::string place;
  std::string publisher;
  std::optional<FoundDate> date;  // with a year
  bool sure = false;              // not a place and a colon alone
};

class Reader {
 public:
  Reader(const ArticleWords& words, Document& document)
      : words_(words), document_(document), article_(document.article) {}

  void Read() {
    SplitLines();
    if (lines_.empty()) return;
    std::string sample;
    for (const Line& line : lines_) {
      if (line.words >= 8 && sample.size() < (1 << 16)) sample += line.text + "\n";
    }
    if (article_.lang.empty()) {
      article_.lang = !document_.input.lang.empty()
                          ? document_.input.lang
                          : words_.DetectLanguage(sample.empty() ? document_.input.bytes : sample);
    }
    MarkCues();
    MarkMeta();
    FindBody();
    FindTitle();
    MarkHeader();
    MarkStory();
    Assemble();
  }

 private:
  // ---- lines ----

  void SplitLines() {
    // "[embed:1]", and what screen readers are told of a list.
    static const RE2* const kEmbed = new RE2(
        R"(^(?:(?:\[[a-z]+[.:_ ]?\d+\]\s*)+|list \d{1,2} of \d{1,2}\s*|list of \d{1,2} items?$|end of list$))");
    const std::string valid = ToValidUtf8(document_.input.bytes);
    std::vector<std::string> raw;
    for (size_t at = 0; at <= valid.size();) {
      size_t end = valid.find_first_of("\n\r", at);
      if (end == std::string::npos) end = valid.size();
      std::string text = Squash(std::string_view(valid).substr(at, end - at));
      RE2::Replace(&text, *kEmbed, "");
      text = std::string(words_.WithoutTail(WithoutLabel(text)));
      std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
      raw.push_back(std::move(text));
      at = end + 1;
      if (end < valid.size() && valid[end] == '\r' && at < valid.size() && valid[at] == '\n') ++at;
    }
    Unwrap(raw);
    bool blank = true;
    for (std::string& text : raw) {
      if (text.empty()) {
        blank = true;
        continue;
      }
      if (!lines_.empty() && IsLoneDateline(lines_.back().text)) {
        text = lines_.back().text + " " + text;
        blank = lines_.back().after_blank;
        lines_.pop_back();
      }
      Line line;
      line.key = KeyOf(text, line.words);
      line.ends = EndsLikeSentence(text);
      line.bullet = StartsWithBullet(text);
      line.after_blank = std::exchange(blank, false);
      line.text = std::move(text);
      if (line.words == 0) line.role = Role::kResidue;
      lines_.push_back(std::move(line));
    }
  }

  // "[Photo] The ministers in Oslo": without the label of a credit in brackets.
  std::string_view WithoutLabel(std::string_view text) const {
    const size_t close = text.starts_with('[') ? text.substr(0, 24).find(']') : kNowhere;
    if (close == kNowhere) return text;
    const std::string label = std::string(text.substr(1, close - 1)) + ":";
    return words_.CueOf(label).kind == "credit" ? TrimAscii(text.substr(close + 1)) : text;
  }

  // "STRELSAU —": a dateline whose paragraph stands on the next line.
  bool IsLoneDateline(std::string_view text) const {
    if (text.size() > 80) return false;
    for (const std::string_view dash : {"-", "–", "—"}) {
      if (text.ends_with(dash)) return ReadDateline(std::string(text) + " x").sure;
    }
    return false;
  }

  // Text broken at a fixed width has its paragraphs put together again.
  static void Unwrap(std::vector<std::string>& raw) {
    constexpr size_t kWidest = 130;
    size_t pairs = 0;
    size_t broken = 0;
    size_t lower = 0;  // of these, how many go on in lower case
    size_t widest = 0;
    for (size_t i = 0; i < raw.size(); ++i) {
      widest = std::max(widest, raw[i].size());
      if (i + 1 >= raw.size() || raw[i].empty() || raw[i + 1].empty()) continue;
      ++pairs;
      if (raw[i].size() < 45 || EndsLikeSentence(raw[i])) continue;
      ++broken;
      size_t at = 0;
      const char32_t first = DecodeUtf8(raw[i + 1], at);
      if (IsLetter(first) && !IsUpper(first)) ++lower;
    }
    if (widest > kWidest || pairs < 4 || broken * 2 < pairs || lower * 2 < broken) return;
    std::vector<std::string> joined;
    size_t last = 0;  // the length of the line that was put in last
    for (std::string& text : raw) {
      const size_t size = text.size();
      if (!text.empty() && !joined.empty() && !joined.back().empty() && last * 10 >= widest * 6) {
        joined.back() += ' ';
        joined.back() += text;
      } else {
        joined.push_back(std::move(text));
      }
      last = size;
    }
    raw = std::move(joined);
  }

  // ---- what single lines are ----

  static bool IsResidueKind(std::string_view kind) {
    for (const std::string_view known : {"related", "share", "newsletter", "syndication", "ad",
                                         "navigation", "footer", "editor"}) {
      if (kind == known) return true;
    }
    return false;
  }

  void MakeResidue(Line& line, std::string_view kind) {
    line.role = Role::kResidue;
    line.residue = std::string(kind);
    line.strong = false;
  }

  void MarkCues() {
    std::unordered_map<std::string_view, size_t> seen;
    for (const Line& line : lines_) ++seen[line.key];
    for (Line& line : lines_) {
      if (line.role != Role::kNone) continue;
      line.repeated = seen[line.key] > 1;
      line.cue = words_.CueOf(line.text);
      const std::string_view kind = line.cue.kind;
      const std::string_view rest = std::string_view(line.text).substr(line.cue.rest);
      const bool whole = rest.empty();
      if (kind.empty() || !whole) {
        if (const std::string_view all = KindOfParts(line); !all.empty()) {
          MakeResidue(line, all);
          continue;
        }
      }
      const auto cue_words =
          std::count(line.text.begin(), line.text.begin() + static_cast<long>(line.cue.rest), ' ');
      if (IsUrl(line.text)) {
        UseUrl(line.text);
        MakeResidue(line, "navigation");
      } else if (const size_t joint = JointOf(line.text); joint != kNowhere) {
        MakeResidue(line, "related");
        AddRelated(std::string_view(line.text).substr(joint));
      } else if (IsEmbed(line.text)) {
        MakeResidue(line, "other");
      } else if (IsInitials(line.text)) {
        MakeResidue(line, "editor");
      } else if (kind == "title" || kind == "deck" || kind == "url" || kind == "lang" ||
                 kind == "tags") {
        if (!whole && line.words <= 80) Labelled(line, kind, rest);
        if (whole && line.cue.heading) MakeResidue(line, "navigation");
      } else if (kind == "editor") {
        if (line.words <= 12 && !line.ends) MakeResidue(line, "editor");
        if (whole && &line != &lines_.back()) {
          // A label alone: the name stands on the next line.
          Line& next = *(&line + 1);
          if (next.words <= 5 && !next.ends && IsNameLike(next.text) &&
              words_.CueOf(next.text).kind.empty() && !words_.FindDate(next.text, article_.lang)) {
            MakeResidue(next, "editor");
          }
        }
      } else if (kind == "related" && !whole) {
        const bool loose = cue_words <= 1 && rest.size() > 0 && line.ends && line.words > 20;
        if (!loose && line.words <= 50) {
          MakeResidue(line, kind);
          AddRelated(rest);
        }
      } else if (IsResidueKind(kind)) {
        const bool sentence = line.ends && line.words >= 8 && !whole && !IsNotice(line.text) &&
                              (cue_words <= 1 || kind == "navigation");
        if (!sentence && line.words <= 60) MakeResidue(line, kind);
      }
      line.strong = line.role == Role::kNone && line.ends && line.words >= 8 && !line.bullet &&
                    !MayBeHeadline(line);
    }
  }

  // "Advertisement · Scroll to continue": the kind of the first part, where all are furniture.
  std::string_view KindOfParts(const Line& line) const {
    std::string_view first;
    if (line.words > 12) return first;
    size_t parts = 0;
    for (std::string_view text = line.text; !text.empty();) {
      size_t end = text.size(), next = text.size();
      for (const std::string_view mark : {" · ", " • ", " | "}) {
        if (const size_t at = text.find(mark); at < end) {
          end = at;
          next = at + mark.size();
        }
      }
      const LineCue cue = words_.CueOf(text.substr(0, end));
      if (!IsResidueKind(cue.kind) || cue.rest < end) return {};
      if (parts++ == 0) first = cue.kind;
      text.remove_prefix(next);
    }
    return parts > 1 ? first : std::string_view();
  }

  // "Copyright 2008 - 2025 A Company. All Rights Reserved."
  static bool IsNotice(std::string_view text) {
    static const RE2* const kNotice = new RE2(R"(^\PL*\pL+\s+(?:©|\([cC]\)|\d{4}))");
    return RE2::PartialMatch({text.data(), text.size()}, *kNotice);
  }

  // Headlines end in a question, or in a quotation without a stop.
  static bool MayBeHeadline(const Line& line) {
    if (line.words > 20) return false;
    std::string_view text = line.text;
    if (text.ends_with('?')) return true;
    if (!StripSuffix(text, "\"") && !StripSuffix(text, "'") && !StripSuffix(text, "”") &&
        !StripSuffix(text, "’")) {
      return false;
    }
    return !text.empty() && std::string_view(".,!?").find(text.back()) == kNowhere &&
           !text.ends_with("…");
  }

  void Labelled(Line& line, std::string_view kind, std::string_view rest) {
    size_t count = 0;
    if (kind == "title" && title_key_.empty()) title_key_ = KeyOf(rest, count);
    if (kind == "title" && label_title_.empty()) label_title_ = std::string(rest);
    if (kind == "deck" && deck_key_.empty()) deck_key_ = KeyOf(rest, count);
    if (kind == "deck" && label_deck_.empty()) label_deck_ = std::string(rest);
    if (kind == "url") UseUrl(rest);
    if (kind == "tags") {
      for (const std::string_view tag : SplitCell(rest, ',')) article_.tags.emplace_back(tag);
    }
    MakeResidue(line, kind == "title" ? "title" : "other");
  }

  static bool IsUrl(std::string_view text) {
    return (text.starts_with("http://") || text.starts_with("https://") ||
            text.starts_with("www.")) &&
           text.find(' ') == kNowhere;
  }

  // "Read moreThe story": where the title starts that a label of other stories has run into.
  size_t JointOf(std::string_view text) const {
    constexpr size_t kLabel = 25;
    for (size_t i = 1; i < std::min(text.size(), kLabel); ++i) {
      const bool joint =
          text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
      if (!joint) continue;
      const LineCue cue = words_.CueOf(std::string(text.substr(0, i)) + ":");
      if (cue.kind == "related") return i;
    }
    return kNowhere;
  }

  // "[Video: the port]", "00:00 / 02:31": where something is shown that text doesn't hold.
  static bool IsEmbed(std::string_view text) {
    static const RE2* const kEmbed = new RE2(R"(^(?:\[\pL+ ?:[^\[\]]{1,60}\]|[\d:./| ]+)$)");
    return RE2::FullMatch({text.data(), text.size()}, *kEmbed);
  }

  // "(WIL)", "(abc/def)": the initials of who wrote and edited.
  static bool IsInitials(std::string_view text) {
    static const RE2* const kInitials =
        new RE2(R"(^[(\[]\pL{2,5}(?:\s?[/\-|,]\s?\pL{2,5})*[)\]]$)");
    return text.size() <= 40 && RE2::FullMatch({text.data(), text.size()}, *kInitials);
  }

  void UseUrl(std::string_view url) {
    std::string publisher = words_.PublisherOfUrl(url);
    if (publisher.empty()) return;
    if (url_publisher_.empty()) url_publisher_ = std::move(publisher);
    if (article_.url.empty() && IsUrl(url)) article_.url = std::string(url);
    if (!url_date_) url_date_ = words_.DateOfUrl(url);
  }

  static Link LinkOf(std::string_view rest) {
    Link link;
    const size_t http = rest.find("http");
    if (http != kNowhere && IsUrl(rest.substr(http))) {
      link.url = std::string(rest.substr(http));
      rest = rest.substr(0, http);
    }
    while (!rest.empty() && (rest.front() == ':' || rest.front() == ' ')) rest.remove_prefix(1);
    link.text = Squash(rest);
    return link;
  }

  // One word ("here") is no title of a story.
  void AddRelated(std::string_view text) {
    Link link = LinkOf(text);
    if (link.text.find(' ') == std::string::npos || IsAge(link.text)) return;
    article_.related.push_back(std::move(link));
  }

  // "5 days ago"
  bool IsAge(std::string_view text) const {
    for (const std::string_view word : SplitCell(text, ' ')) {
      const bool number = word.find_first_not_of("0123456789") == kNowhere;
      if (!number && !words_.IsWord("filler", word)) return false;
    }
    return true;
  }

  // Whether all words start upper-case (conjunctions aside), and there are not too many of them.
  bool IsNameLike(std::string_view text) const {
    size_t count = 0;
    for (const std::string_view word : SplitCell(text, ' ')) {
      if (words_.IsWord("conjunction", word) || word == "&") continue;
      if (!StartsUpper(word) || word.find_first_of("0123456789:?!\"") != kNowhere) return false;
      ++count;
    }
    return count >= 1 && count <= 8;
  }

  // ---- bylines and dates ----

  struct Meta {
    size_t line;
    std::optional<FoundDate> date;
    bool modified;
    std::vector<std::string> authors;
  };

  void MarkMeta() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.role != Role::kNone || line.words > 24 || line.bullet) continue;
      const std::string_view kind = line.cue.kind;
      std::string_view text = line.text;
      if (kind == "source" && line.words <= 8) {
        line.role = Role::kMeta;
        continue;
      }
      const std::optional<FoundDate> date = words_.FindDate(text, article_.lang);
      const bool labelled = kind == "byline" || kind == "date" || kind == "modified";
      if (!date && kind == "byline" && line.cue.rest >= line.text.size() && i + 1 < lines_.size()) {
        // A label alone: the name stands on the next line.
        const Line& next = lines_[i + 1];
        line.role = Role::kMeta;
        line.strong = false;
        if (next.words <= 12 && !next.ends && IsNameLike(next.text)) {
          std::string_view names = next.text;
          const LineCue cue = words_.CueOf(names);
          if (cue.kind == "byline") names = names.substr(cue.rest);
          metas_.push_back({i + 1, std::nullopt, false, NamesIn(names)});
          lines_[i + 1].role = Role::kMeta;
          lines_[i + 1].strong = false;
        }
        continue;
      }
      if (!date && kind.empty() && NameBesideOutlet(i)) continue;
      if (!date && (kind != "byline" || (line.ends && line.words > 6))) continue;
      Meta meta{i, date, false, {}};
      if (date) {
        // The label nearest before the date says which date it is.
        const auto before = SplitCell(text.substr(0, date->start));
        meta.modified = !before.empty() && words_.CueOf(before.back()).kind == "modified";
      }
      std::string rest(text);
      if (date) rest = rest.substr(0, date->start) + " | " + rest.substr(date->end);
      if (IsDatedPlace(line, rest)) {
        place_line_ = i;
        rest = " | ";
      }
      if (!ReadMetaParts(rest, date.has_value(), labelled, meta)) continue;
      line.role = Role::kMeta;
      line.strong = false;
      metas_.push_back(std::move(meta));
    }
  }

  // "CAIRO, March 18, 2023 (Nile Wire)": a dateline on a line of its own, `rest` without its date.
  bool IsDatedPlace(const Line& line, std::string_view rest) const {
    static const RE2* const kPlace =
        new RE2(R"(^([^|()]{3,40}), *\|[ ,]*(?:\([^()]{2,40}\))?[.:]?$)");
    std::string place;
    return line.words <= 12 && RE2::FullMatch(rest, *kPlace, &place) && AllUpper(place);
  }

  // The parts of a byline without its date: each a label and names, names alone, or filler. False
  // if something in it is none of these.
  bool ReadMetaParts(const std::string& rest, bool dated, bool labelled, Meta& meta) const;

  // The authors in a line of names; an outlet where it names nobody else.
  std::vector<std::string> NamesIn(std::string_view names) const {
    std::vector<std::string> authors = words_.SplitAuthors(names);
    if (authors.empty() && !words_.AgencyOf(names).empty()) authors.emplace_back(names);
    return authors;
  }

  // "Kamis, 26 Sep 2024 14:05 WIB", and nothing else.
  bool IsDateAlone(size_t i) const {
    if (i >= lines_.size() || lines_[i].words > 10) return false;
    const std::optional<FoundDate> date = words_.FindDate(lines_[i].text, article_.lang);
    if (!date) return false;
    const std::string_view text = lines_[i].text;
    for (const std::string_view side : {text.substr(0, date->start), text.substr(date->end)}) {
      for (const std::string_view word : SplitCell(side, ' ')) {
        const std::string_view bare = TrimAscii(word, ",.|/-–");
        const bool time = bare.find_first_not_of("0123456789:.") == kNowhere;
        if (!time && !words_.IsWord("filler", bare)) return false;
      }
    }
    return true;
  }

  // "A. Name · Outlet", "A. Name | Reuters"; beside a date of its own line also "A. Name -
  // AnyOutlet".
  bool NameBesideOutlet(size_t i) {
    Line& line = lines_[i];
    if (line.words > 10 || line.ends) return false;
    for (const std::string_view mark : {" · ", " • ", " | ", " / ", " - ", " – "}) {
      const size_t at = line.text.find(mark);
      if (at == std::string::npos) continue;
      const std::string_view name = std::string_view(line.text).substr(0, at);
      std::string_view outlet = std::string_view(line.text).substr(at + mark.size());
      outlet = outlet.substr(0, outlet.find(mark.substr(0, mark.size() - 1)));
      if (!IsNameLike(name)) continue;
      const bool full = outlet.find(' ') == kNowhere && name.find(' ') != kNowhere;
      if (words_.AgencyOf(outlet).empty() &&
          !(full && ((i > 0 && IsDateAlone(i - 1)) || IsDateAlone(i + 1)))) {
        continue;
      }
      std::vector<std::string> authors = words_.SplitAuthors(name);
      if (authors.empty() || authors[0].find(' ') == std::string::npos) return false;
      line.role = Role::kMeta;
      if (beside_publisher_.empty()) beside_publisher_ = OutletName(outlet);
      metas_.push_back({i, std::nullopt, false, std::move(authors)});
      return true;
    }
    return false;
  }

  std::string OutletName(std::string_view outlet) const {
    const std::string_view agency = words_.AgencyOf(outlet);
    return std::string(agency.empty() ? TrimAscii(outlet) : agency);
  }

  // ---- where the story starts ----

  Dateline ReadDateline(std::string_view text) const {
    Dateline found;
    // "BEIJING, September 3. /TASS/. The ...", "Bishkek, June 12 /KABAR/. The ...": no dash ends
    // it.
    static const RE2* const kSlashes =
        new RE2(R"(^(\p{Lu}[\pL ]{2,30}), [^/\n]{3,24} /([^/]{2,30})/\.? )");
    if (std::string place, sender;
        RE2::PartialMatch(text.substr(0, 100), *kSlashes, &place, &sender)) {
      return {place, OutletName(sender),
              words_.FindDate(text.substr(0, text.find('/')), article_.lang), true};
    }
    std::string_view head = text.substr(0, 100);
    size_t end = kNowhere;
    bool colon = false;
    bool tight = false;
    for (const std::string_view separator : {" - ", " – ", " — ", " -- ", "—", "–", "--", ": "}) {
      const size_t at = head.find(separator);
      if (at != kNowhere && at > 0 && at < end) {
        end = at;
        colon = separator == ": ";
        tight = separator[0] != ' ' && !colon;
      }
    }
    if (end == kNowhere) return {};
    head = head.substr(0, end);
    // "PRISTINA (Balkan Post)", "COLOMBO, Jan. 9, 2022 (Island Courier)": who stands in brackets
    // behind a place sent the report. "MOSCOW. Aug 22": the stop is a comma.
    static const RE2* const kSender = new RE2(R"(^([^()]{3,60}?) ?\(([^()0-9]{2,40})\)$)");
    static const RE2* const kStop = new RE2(R"(^(\pL[\pL ]{2,30})\. (\pL))");
    std::string place, sender;
    std::string pieces(head);
    if (RE2::FullMatch(head, *kSender, &place, &sender) && IsNameLike(sender) &&
        AllUpper(std::string_view(place).substr(0, place.find_first_of(",.")))) {
      found.publisher = sender;
      pieces = place;
    }
    RE2::Replace(&pieces, *kStop, R"(\1, \2)");
    for (char& c : pieces) {
      if (c == '(' || c == ')' || c == '[' || c == ']' || c == '|' || c == '/') c = ',';
    }
    bool carrier = false;
    bool dated = false;
    size_t place_words = 0;
    for (const std::string_view piece : SplitCell(pieces, ',')) {
      const bool web = piece.find(' ') == kNowhere && piece.find('.') != kNowhere &&
                       !words_.PublisherOfUrl(piece).empty();
      if (const std::string_view agency = words_.AgencyOf(piece); web || !agency.empty()) {
        carrier = true;
        found.publisher = web ? words_.PublisherOfUrl(piece) : std::string(agency);
        continue;
      }
      if (IsDatePiece(piece)) {
        dated = true;
        continue;
      }
      if (!IsNameLike(piece)) return {};
      place_words += SplitCell(piece, ' ').size();
      if (!found.place.empty()) found.place += ", ";
      found.place += piece;
    }
    if (place_words > 5) return {};
    if (found.place.empty() && !carrier) return {};
    if (dated) found.date = words_.FindDate(head, article_.lang);
    found.sure = carrier || dated || (!colon && AllUpper(found.place) && found.place.size() >= 3);
    if (!found.sure && (tight || place_words > (colon ? 3 : 2))) return {};
    return found;
  }

  // "Oct 20", "(20/10)", "Friday".
  bool IsDatePiece(std::string_view piece) const {
    bool any = false;
    for (const std::string_view word : SplitCell(piece, ' ')) {
      const bool number = word.find_first_not_of("0123456789/.-") == kNowhere;
      if (!number && !words_.IsMonth(word) && !words_.IsWord("filler", word)) return false;
      any = true;
    }
    return any;
  }

  // The stretch of lines that is richest in paragraphs: the story, without notices and teasers that
  // other furniture sets apart from it. (The largest sum of words, short lines counted against.)
  std::pair<size_t, size_t> Densest() const {
    long best = 0;
    long sum = 0;
    size_t start = 0;
    std::pair<size_t, size_t> found{0, lines_.size()};
    for (size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.strong && !line.repeated) {
        sum += static_cast<long>(line.words);
      } else if (line.role == Role::kResidue || line.ends) {
        sum -= 2;
      } else {
        sum -= 5;
      }
      if (sum <= 0) {
        sum = 0;
        start = i + 1;
      } else if (sum > best) {
        best = sum;
        found = {start, i + 1};
      }
    }
    return found;
  }

  void FindBody() {
    std::vector<size_t> strong;
    const auto [from, to] = Densest();
    end_mark_ = EndMark(to);
    for (size_t i = from; i < std::max(to, end_mark_); ++i) {
      if (lines_[i].strong && !lines_[i].repeated) strong.push_back(i);
    }
    if (strong.empty()) {
      for (size_t i = 0; i < lines_.size(); ++i) {
        if (lines_[i].strong) strong.push_back(i);
      }
    }
    if (strong.empty()) {
      for (size_t i = 0; i < lines_.size(); ++i) {
        Line& line = lines_[i];
        line.strong = line.role == Role::kNone && line.ends && line.words >= 3 && !line.bullet;
        if (line.strong) strong.push_back(i);
      }
    }
    if (strong.empty()) return;
    // A byline in the header: fewer than two paragraphs stand before it, and none with a dateline.
    size_t header = kNowhere;
    const bool opened = ReadDateline(lines_[strong[0]].text).sure;
    const size_t second = opened ? strong[0] : strong.size() > 1 ? strong[1] : kNowhere;
    for (const Meta& meta : metas_) {
      if (meta.line < second && meta.line < strong.back()) header = meta.line;
    }
    // Labels such as "Editor:" stand in headers too.
    for (size_t i = 0; i < lines_.size() && i < second && i < strong.back(); ++i) {
      if (lines_[i].role == Role::kResidue && lines_[i].residue == "editor" &&
          lines_[i].cue.kind == "editor") {
        header = header == kNowhere ? i : std::max(header, i);
      }
    }
    auto first = strong.begin();
    if (header != kNowhere) {
      first = std::upper_bound(strong.begin(), strong.end(), header);
      if (first == strong.end()) first = strong.begin();
    }
    body_ = *first;
    for (auto it = first; it != strong.end() && it - first < 3; ++it) {
      const Dateline dateline = ReadDateline(lines_[*it].text);
      if (!dateline.sure) continue;
      size_t between = 0;
      for (size_t i = body_; i < *it; ++i) between += lines_[i].strong ? lines_[i].words : 0;
      if (between <= 70) body_ = *it;
      break;
    }
    header_ = header;
    last_ = strong.back();
    CutTail(strong);
  }

  // Past a heading that opens a list of other stories, or an outlet's own line about its author,
  // a few sentences are teasers or biographies, not the story.
  void CutTail(const std::vector<size_t>& strong) {
    constexpr int kLists = 8;  // inside one story
    int lists = 0;
    size_t before = 0;
    size_t total = 0;
    for (const size_t i : strong) total += i >= body_ ? lines_[i].words : 0;
    for (size_t i = body_; i < last_; ++i) {
      const Line& line = lines_[i];
      if (line.strong && !line.repeated) before += line.words;
      const bool outlet = line.role == Role::kNone && !line.strong && line.words <= 4 &&
                          !words_.AgencyOf(line.text).empty();
      const bool opens =
          line.role == Role::kResidue &&
          (line.cue.heading || line.residue == "footer" || line.residue == "syndication");
      if ((outlet || opens) && i > body_ && (total - before) * 10 < total * 3 && end_mark_ <= i &&
          !(lists++ < kLists && GoesOn(i))) {
        last_ = i;
        while (last_ > body_ && !lines_[last_].strong) --last_;
        return;
      }
    }
  }

  // Whether all paragraphs behind a line speak of those whom the story has named before it: a list
  // of other stories may stand inside one.
  bool GoesOn(size_t at) const {
    constexpr size_t kShared = 2;
    std::unordered_set<std::string> names;
    const auto each_name = [](const Line& line, const auto& use) {
      for (const std::string_view word : SplitCell(line.text, ' ')) {
        const std::string_view bare = TrimAscii(word, "\"'(),.:;");
        if (bare.size() >= 4 && StartsUpper(bare)) use(LowerCase(bare));
      }
    };
    for (size_t i = body_; i < at; ++i) {
      if (lines_[i].strong)
        each_name(lines_[i], [&](std::string name) { names.insert(std::move(name)); });
    }
    bool any = false;
    for (size_t i = at + 1; i <= last_; ++i) {
      if (!lines_[i].strong) continue;
      size_t shared = 0;
      each_name(lines_[i], [&](const std::string& name) { shared += names.contains(name); });
      if (shared < kShared) return false;
      any = true;
    }
    return any;
  }

  // The story's end mark, a source or initials, that stands right below a paragraph not far from
  // `near`; 0 where there is none.
  size_t EndMark(size_t near) const {
    constexpr size_t kReach = 12;
    for (size_t at = std::min(lines_.size(), near + kReach); at-- > 1;) {
      const bool mark = lines_[at].cue.kind == "source" || IsInitials(lines_[at].text);
      if (mark && lines_[at - 1].strong) return at;
    }
    return 0;
  }

  // ---- the title ----

  void FindTitle() {
    if (body_ == kNowhere) return;
    std::unordered_set<std::string_view> story;
    for (size_t i = body_; i <= last_; ++i) {
      if (!lines_[i].strong) continue;
      for (const std::string_view word : SplitCell(lines_[i].key, ' ')) story.insert(word);
    }
    size_t count = 0;
    const std::string slug = KeyOf(article_.url, count);
    double best = 0.5;
    size_t before = kNowhere;  // the candidate before, and its score
    double before_score = 0;
    double title_before_score = 0;
    size_t title_before = kNowhere;
    size_t headline = kNowhere;  // the first that reads like one
    for (size_t i = body_ - std::min(body_, kHeaderLines); i < body_; ++i) {
      Line& line = lines_[i];
      if (line.role != Role::kNone || line.words < 2 || line.words > 32 || line.bullet) continue;
      if (!line.cue.kind.empty() && line.cue.kind != "byline" && line.cue.kind != "date") continue;
      if (!words_.SplitCredit(line.text).credit.text.empty() || IsPlaceAlone(i) || IsJob(i) ||
          !words_.AgencyOf(line.text).empty() || !words_.PublisherOfUrl(line.text).empty() ||
          (IsJob(i + 1) && IsNameLike(line.text))) {
        continue;
      }
      double score = 0;
      double shared = 0;
      double in_slug = 0;
      double long_words = 0;
      const auto words = SplitCell(line.key, ' ');
      for (const std::string_view word : words) {
        if (slug.find(word) != std::string::npos) ++in_slug;
        if (word.size() < 4) continue;
        ++long_words;
        if (story.contains(word)) ++shared;
      }
      const auto size = static_cast<double>(words.size());
      score += 3 * shared / std::max(long_words, 1.0) * std::min(1.0, shared / 2);
      if (!slug.empty() && in_slug / size > 0.6 && size > 2) score += 2;
      if (line.repeated) score += 1;
      if (line.key == title_key_) score += 6;
      if (line.key == deck_key_) score -= 4;
      if (line.words >= 5) score += 1;
      if (line.words <= 3) score -= 1;
      if (line.text.ends_with('.')) score -= 3;
      if (line.words > 18) score -= 1;
      for (size_t next = i + 1; next <= body_ && next <= i + 4; ++next) {
        if (lines_[next].role != Role::kMeta && next != body_) continue;
        score += 1;
        break;
      }
      // A headline stands above its byline; what is below both tells the story in short.
      if (headline != kNowhere && HasByline(headline, i)) score -= 2;
      if (headline == kNowhere && score > 1.5 && line.words >= 4) headline = i;
      // The first of a title and its deck.
      score -= 0.02 * static_cast<double>(i + std::min(body_, kHeaderLines) - body_);
      if (score > best) {
        best = score;
        title_ = i;
        title_before = before;
        title_before_score = before_score;
      }
      before = i;
      before_score = score;
    }
    // A deck shares more words with the story than the headline right above it.
    const bool near = title_before != kNowhere && title_before + kTitleToDeck >= title_ &&
                      std::none_of(lines_.begin() + static_cast<long>(title_before),
                                   lines_.begin() + static_cast<long>(title_),
                                   [](const Line& line) { return line.residue == "navigation"; });
    if (near && best < 6 && lines_[title_before].words >= 4 && title_before_score >= best - 2) {
      title_ = title_before;
    }
    if (title_ == kNowhere) {
      if (!label_title_.empty()) article_.title = label_title_;
      return;
    }
    Line& line = lines_[title_];
    line.role = Role::kTitle;
    line.strong = false;
    article_.title = line.text;
    for (const std::string_view separator : {" | ", " - ", " – ", " — "}) {
      const size_t at = line.text.rfind(separator);
      if (at == std::string::npos || at == 0) continue;
      const std::string_view tail = std::string_view(line.text).substr(at + separator.size());
      const bool web = tail.find(' ') == kNowhere && tail.find('.') != kNowhere &&
                       !words_.PublisherOfUrl(tail).empty();
      if (!web && words_.AgencyOf(tail).empty()) continue;
      article_.title = line.text.substr(0, at);
      if (url_publisher_.empty()) {
        url_publisher_ = web ? words_.PublisherOfUrl(tail) : std::string(words_.AgencyOf(tail));
      }
      break;
    }
  }

  // Whether authors are named between two lines.
  bool HasByline(size_t above, size_t below) const {
    return std::any_of(metas_.begin(), metas_.end(), [&](const Meta& meta) {
      return meta.line > above && meta.line < below && !meta.authors.empty();
    });
  }

  // ---- what stands before the story ----

  void AddCaption(Line& line, const Caption& caption) {
    line.strong = false;
    // Twice is once, be it with a credit or without.
    size_t count = 0;
    const std::string bare = KeyOf(caption.text, count);
    const bool known = captions_.contains(line.key) || (count >= 4 && captions_.contains(bare));
    captions_.insert(line.key);
    captions_.insert(bare);
    if (known) {
      MakeResidue(line, "caption");
      return;
    }
    line.role = Role::kCaption;
    if (!caption.text.empty()) article_.captions.push_back(caption);
  }

  // "AFP A truck at the borderAFP": what a picture shows, for those who don't see it; its caption
  // is the line below.
  bool TakePictureText(size_t i) {
    Line& line = lines_[i];
    const auto words = SplitCell(line.text, ' ');
    for (size_t size = 1; size <= 2 && size + 3 < words.size(); ++size) {
      const std::string_view last = words[size - 1];
      const std::string agency =
          line.text.substr(0, static_cast<size_t>(last.data() - line.text.data()) + last.size());
      if (words_.AgencyOf(agency).empty() || !line.text.ends_with(agency) ||
          line.text.ends_with(" " + agency)) {
        continue;
      }
      MakeResidue(line, "caption");
      if (i + 1 >= lines_.size() || lines_[i + 1].role != Role::kNone) return true;
      Line& next = lines_[i + 1];
      if (next.words >= 3 && next.words <= 40 && !(i + 1 == body_ || next.strong)) {
        AddCaption(next, {next.text, words_.ReadCredit(agency)});
      }
      return true;
    }
    return false;
  }

  // "A. Name/AP" below a picture's caption.
  bool TakeNameAndAgency(size_t i) {
    Line& line = lines_[i];
    const size_t slash = line.text.rfind('/');
    if (i == 0 || slash == std::string::npos || line.words > 6 || line.ends) return false;
    const std::string_view name = std::string_view(line.text).substr(0, slash);
    if (!IsNameLike(name) || words_.AgencyOf(std::string_view(line.text).substr(slash + 1)).empty())
      return false;
    Line& before = lines_[i - 1];
    if (before.role == Role::kCaption && !article_.captions.empty()) {
      if (article_.captions.back().credit.text.empty()) {
        article_.captions.back().credit = words_.ReadCredit(line.text);
      }
    } else if (before.role == Role::kNone && before.words >= 4) {
      AddCaption(before, {before.text, words_.ReadCredit(line.text)});
    }
    captions_.insert(line.key);
    MakeResidue(line, "caption");
    return true;
  }

  // A line that is nothing but a credit belongs to the caption before it.
  bool TakeCredit(size_t i) {
    Line& line = lines_[i];
    if (line.cue.kind != "credit") return false;
    // "Photo: The ministers in Oslo. (AP)": the label of a caption.
    const std::string_view rest = std::string_view(line.text).substr(line.cue.rest);
    if (const Caption caption = words_.SplitCredit(rest);
        !caption.credit.text.empty() && SplitCell(caption.text, ' ').size() >= 5) {
      AddCaption(line, caption);
      return true;
    }
    if (line.words > 20) return false;
    const Credit credit = words_.ReadCredit(line.text);
    if (i > 0) {
      Line& before = lines_[i - 1];
      if (before.role == Role::kCaption && !article_.captions.empty()) {
        if (article_.captions.back().credit.text.empty()) article_.captions.back().credit = credit;
      } else if ((before.role == Role::kNone || before.role == Role::kDeck) && !before.strong &&
                 !line.after_blank) {
        if (before.role == Role::kDeck) article_.deck.clear();
        AddCaption(before, {before.text, credit});
      } else if (before.role == Role::kNone && i - 1 < body_ && !line.after_blank) {
        AddCaption(before, {before.text, credit});
      }
    }
    MakeResidue(line, "caption");
    return true;
  }

  // "ADDIS ABABA": a dateline's place on the line above the story, or above the residue above it.
  bool IsPlaceAlone(size_t i) const {
    const Line& line = lines_[i];
    return i + 1 == body_ && line.words <= 3 && AllUpper(line.text) && !line.ends &&
           line.cue.kind.empty() && IsNameLike(line.text);
  }

  void MarkHeader() {
    if (body_ == kNowhere) return;
    bool met_meta = false;
    bool in_list = false;
    bool in_points = false;  // what the story says, in short
    for (size_t i = 0; i < body_; ++i) {
      Line& line = lines_[i];
      if (line.role == Role::kResidue && line.cue.heading) in_list = true;
      in_points = in_points || words_.IsWord("points", line.text);
      if (line.role == Role::kMeta || line.residue == "editor") met_meta |= i > title_;
      if (line.role != Role::kNone) continue;
      if (title_ != kNowhere && line.key == lines_[title_].key) {
        MakeResidue(line, "title");
        continue;
      }
      if (TakeCredit(i) || TakeNameAndAgency(i) || TakePictureText(i)) continue;
      if (i > title_ && title_ != kNowhere && IsPlaceAlone(i)) {
        line.role = Role::kMeta;
        place_line_ = i;
        continue;
      }
      const Caption caption = words_.SplitCredit(line.text);
      const bool placed = title_ != kNowhere && i > title_;
      const bool next_credit =
          lines_[i + 1].cue.kind == "credit" && !lines_[i + 1].after_blank && line.words >= 2;
      if (!caption.credit.text.empty() || line.cue.kind == "caption" || next_credit ||
          (line.repeated && line.ends && line.words >= 4)) {
        AddCaption(line, caption);
      } else if (line.key == deck_key_ && article_.deck.empty()) {
        MakeDeck(line);
      } else if (IsAuthorLine(i)) {
        line.role = Role::kMeta;
        metas_.push_back({i, std::nullopt, false, NamesIn(WithoutPost(line.text))});
      } else if (captions_.contains(line.key)) {
        MakeResidue(line, "caption");
      } else if (in_points && !line.ends) {
        MakeResidue(line, "other");
      } else if (line.bullet || line.words < 4) {
        MakeResidue(line, in_list && line.bullet ? "related" : !placed ? "navigation" : "other");
      } else if (placed && article_.deck.empty() && !met_meta && !line.repeated &&
                 i <= title_ + 2) {
        MakeDeck(line);
      } else if (placed && article_.deck.empty() && line.strong && i + 1 == body_) {
        MakeDeck(line);  // the lead above a dateline
      } else if (placed && line.words >= 5 && (met_meta || line.ends) && !line.repeated) {
        AddCaption(line, caption);
      } else {
        MakeResidue(line, placed ? "other" : "navigation");
      }
    }
  }

  void MakeDeck(Line& line) {
    line.role = Role::kDeck;
    line.strong = false;
    article_.deck = line.text;
  }

  // "A. Name in Oslo and agencies": the name.
  std::string_view WithoutPost(std::string_view text) const {
    for (const std::string_view word : SplitCell(text, ' ')) {
      if (words_.IsWord("post", word) && word.data() > text.data()) {
        return TrimAscii(text.substr(0, static_cast<size_t>(word.data() - text.data())));
      }
    }
    return text;
  }

  // "Wire One, Oslo": an outlet, and where its author sits.
  bool IsOutletAndPlace(size_t i) const {
    const std::string_view text = lines_[i].text;
    const size_t comma = text.find(',');
    return i < body_ && lines_[i].words <= 6 && comma != kNowhere &&
           IsNameLike(text.substr(comma + 1)) && !words_.AgencyOf(text.substr(0, comma)).empty();
  }

  // A name alone next to the date, or an outlet's name right above the story.
  bool IsAuthorLine(size_t i) const {
    const Line& line = lines_[i];
    const std::string_view name = WithoutPost(line.text);
    if (line.words > (name == line.text ? 6 : 10) || line.ends || title_ == kNowhere ||
        i < title_) {
      return false;
    }
    if (!words_.AgencyOf(line.text).empty()) {
      return i + 1 == body_ || IsDated(i + 1) || IsDated(i - 1);
    }
    if (line.repeated || line.words < 2 || !IsNameLike(name)) return false;
    for (const std::string_view word : SplitCell(name, ' ')) {
      if (words_.IsWord("filler", word)) return false;
    }
    const bool below = i == title_ + 1 || (i == title_ + 2 && lines_[i - 1].role == Role::kDeck);
    const bool shared = lines_[i + 1].role == Role::kResidue && lines_[i + 1].residue == "share";
    const bool named = std::any_of(metas_.begin(), metas_.end(),
                                   [](const Meta& meta) { return !meta.authors.empty(); });
    return IsDated(i + 1) || IsJob(i + 1) || (!named && i > title_ + 1 && IsDated(i - 1)) ||
           (below && (i + 1 == body_ || shared));
  }
  // "South Caucasus correspondent": what the author named above does.
  bool IsJob(size_t i) const {
    if (i >= body_ || lines_[i].words > 6 || lines_[i].ends) return false;
    if (IsOutletAndPlace(i)) return true;
    if (lines_[i].cue.kind == "byline") return false;  // "Reporter", and the name below
    const std::vector<std::string_view> words = SplitCell(lines_[i].text, ' ');
    return words_.IsWord("job", words.back()) || words_.IsWord("job", words.front());
  }
  bool IsDated(size_t i) const {
    if (i >= lines_.size() || lines_[i].role != Role::kMeta) return false;
    return std::any_of(metas_.begin(), metas_.end(), [&](const Meta& meta) {
      return meta.line == i && meta.date && meta.authors.empty();
    });
  }

  // ---- the story and what follows it ----

  void MarkStory() {
    if (body_ == kNowhere) {
      // Nothing reads like a paragraph: what no cue claims is the story.
      for (Line& line : lines_) {
        if (line.role == Role::kNone) line.role = Role::kBody;
      }
      return;
    }
    ExtendTail();
    bool in_list = false;  // of other stories
    for (size_t i = body_; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.role == Role::kResidue) {
        in_tags_ = line.cue.heading && line.cue.kind == "tags";
        if (line.cue.heading && !in_tags_) in_list = true;
        if (line.residue == "related" && OpensList(line)) in_list = true;
        continue;
      }
      if (line.role == Role::kMeta && in_list && i > last_) MakeResidue(line, "related");
      if (line.role != Role::kNone) continue;
      if (i > last_) {
        MarkTail(i);
        continue;
      }
      if (line.strong && !line.repeated) in_list = false;
      if (TakeCredit(i) || TakeNameAndAgency(i) || TakePictureText(i)) continue;
      if (in_list && !line.strong) {
        MakeResidue(line, "related");
        AddRelated(line.text);
        continue;
      }
      if (IsCopy(line)) continue;
      if (!line.strong && InPromotion(i)) {
        MakeResidue(line, "newsletter");
        continue;
      }
      if (IsCaptionInside(i)) {
        // What the picture shows may stand above its caption, for those who don't see it.
        if (Line& above = lines_[i - 1]; i > body_ && above.role == Role::kBody && !above.strong &&
                                         !above.ends && above.words <= 25) {
          MakeResidue(above, "caption");
        }
        continue;
      }
      const bool after_colon =
          i > body_ && (lines_[i - 1].text.ends_with(':') || lines_[i - 1].role == Role::kList);
      if ((line.bullet || StartsWithNumber(line.text)) && (after_colon || line.ends)) {
        line.role = Role::kList;
      } else if (line.bullet && line.words < 8) {
        MakeResidue(line, "other");
      } else if (line.words < 2 && !line.ends) {
        MakeResidue(line, "other");
      } else if (IsHeading(i)) {
        line.role = Role::kHeading;
      } else {
        line.role = Role::kBody;
      }
    }
  }

  // Between the lines of a letter's advertisement.
  bool InPromotion(size_t i) const {
    const auto promotes = [&](size_t at) {
      return lines_[at].role == Role::kResidue && lines_[at].residue == "newsletter";
    };
    return i > body_ && i < last_ && promotes(i - 1) && promotes(i + 1);
  }

  // "Read also:", "More from the Post": the titles stand below.
  static bool OpensList(const Line& line) {
    const std::string_view rest =
        std::string_view(line.text).substr(std::min(line.cue.rest, line.text.size()));
    return rest.empty() || (!line.ends && SplitCell(rest, ' ').size() <= 2);
  }

  // The last paragraph may be followed by short ones, and a list by its last items.
  void ExtendTail() {
    for (size_t i = last_ + 1; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.role != Role::kNone || line.repeated || !line.cue.kind.empty()) return;
      const bool item = (line.bullet || StartsWithNumber(line.text)) &&
                        (lines_[i - 1].text.ends_with(':') || StartsWithNumber(lines_[i - 1].text));
      if (!item && (!line.ends || line.words < 2 || line.bullet || line.strong)) return;
      last_ = i;
    }
  }

  bool IsCopy(Line& line) {
    if (title_ != kNowhere && line.key == lines_[title_].key) {
      MakeResidue(line, "title");
    } else if (captions_.contains(line.key)) {
      MakeResidue(line, "caption");
    } else if (line.repeated && line.words >= 3 && !seen_.insert(line.key).second) {
      MakeResidue(line, "other");
    } else if (line.repeated && line.words < 3) {
      MakeResidue(line, "other");
    } else {
      return false;
    }
    return true;
  }

  bool IsCaptionInside(size_t i) {
    Line& line = lines_[i];
    // A paragraph may end "... (AFP)", so a bracket alone makes no caption of a sentence.
    const Caption caption = words_.SplitCredit(line.text);
    const bool credited = !caption.credit.text.empty();
    const bool labelled = line.cue.kind == "caption" && line.words <= 60;
    const bool plain = credited && !words_.AgencyOf(caption.credit.text).empty();
    const bool next_credit = i + 1 < lines_.size() && lines_[i + 1].cue.kind == "credit" &&
                             !lines_[i + 1].after_blank && line.words <= 40;
    if (next_credit && !credited) {
      AddCaption(line, {line.text, {}});
      return true;
    }
    if (!labelled && !(credited && line.words <= 60 && (!plain || !line.ends) && i != body_)) {
      return false;
    }
    AddCaption(line, caption);
    return true;
  }

  bool IsHeading(size_t i) const {
    const Line& line = lines_[i];
    if (i == body_ || i >= last_ || line.words > 12 || line.words < 1) return false;
    const bool question = line.text.ends_with('?') && line.words <= 10;
    if ((line.ends && !question) || line.text.ends_with(':') || line.text.ends_with(',')) {
      return false;
    }
    if (!StartsUpper(line.text) && !IsDigit(static_cast<unsigned char>(line.text[0]))) return false;
    for (size_t next = i + 1; next <= last_; ++next) {
      if (lines_[next].role == Role::kNone) return lines_[next].strong;
    }
    return false;
  }

  void MarkTail(size_t i) {
    Line& line = lines_[i];
    if (!tail_author_ && line.words <= 4 && !words_.AgencyOf(line.text).empty()) {
      tail_author_ = i;
      line.role = Role::kMeta;
      return;
    }
    if (IsCopy(line)) return;
    if (in_tags_ && line.words <= 6 && !line.ends) {
      article_.tags.push_back(line.text);
      MakeResidue(line, "navigation");
      return;
    }
    const Line* before = &lines_[i - 1];
    const bool listed = before->role == Role::kResidue && before->residue == "related" &&
                        (before->cue.heading || before->cue.rest == 0 || OpensList(*before));
    MakeResidue(line, listed ? "related" : "other");
    if (listed) AddRelated(line.text);
  }

  // ---- the article ----

  // 0: between title and story, or right above the title; 1: elsewhere above the story; 2: in it or
  // close behind it; 3: no byline of this story.
  int ZoneOf(const Meta& meta) const {
    constexpr size_t kAbove = 6;
    constexpr size_t kBehind = 20;
    if (lines_[meta.line].role != Role::kMeta) return 3;
    if (meta.line > last_ + kBehind) return 3;
    if (body_ == kNowhere || meta.line > body_) return 2;
    return title_ != kNowhere && meta.line + kAbove >= title_ ? 0 : 1;
  }

  void TakeDates(const Dateline& dateline) {
    for (const int zone : {0, 1, 2}) {
      for (const Meta& meta : metas_) {
        if (!meta.date || ZoneOf(meta) != zone) continue;
        std::string& slot = meta.modified ? article_.modified : article_.published;
        if (!slot.empty()) continue;
        slot = Resolve(*meta.date).ToString();
        if (!meta.modified) article_.published_basis = PublishedBasis::kStated;
      }
    }
    if (!article_.published.empty()) return;
    if (!url_date_ && !article_.url.empty()) url_date_ = words_.DateOfUrl(article_.url);
    const std::optional<FoundDate>& date = url_date_ ? url_date_ : dateline.date;
    if (date) {
      article_.published = date->ToString();
      article_.published_basis = PublishedBasis::kStated;
    } else if (!article_.modified.empty()) {
      article_.published = article_.modified;
      article_.published_basis = PublishedBasis::kInferred;
    } else {
      InferDate();
    }
  }

  // "12/9/2025" above a story that says "(9/12/2025)" was written month first.
  FoundDate Resolve(FoundDate date) const {
    if (!date.swappable) return date;
    for (const Line& line : lines_) {
      if (line.role != Role::kBody) continue;
      std::vector<FoundDate> dates = BracketDates(line.text);
      if (&line == &lines_[body_]) {
        // "Bishkek, June 12 /KABAR/": the dateline's day, of the same year.
        std::string_view head = std::string_view(line.text).substr(0, 60);
        head = head.substr(0, head.find_first_of("/(-"));
        for (const std::string_view piece : SplitCell(head, ',')) {
          if (!IsDatePiece(piece)) continue;
          const std::string dated = std::string(piece) + " " + std::to_string(date.year);
          if (const auto day = words_.FindDate(dated, article_.lang)) dates.push_back(*day);
        }
      }
      for (const FoundDate& other : dates) {
        if (other.year != date.year) continue;
        if (other.month == date.month && other.day == date.day) return date;
        if (other.month == date.day && other.day == date.month) {
          std::swap(date.day, date.month);
          return date;
        }
      }
    }
    return date;
  }

  // Dates in brackets behind a weekday: "(20/10/2023)".
  std::vector<FoundDate> BracketDates(std::string_view text) const {
    std::vector<FoundDate> dates;
    for (size_t at = text.find('('); at != kNowhere && dates.size() < 8;
         at = text.find('(', at + 1)) {
      const size_t end = text.find(')', at);
      if (end == kNowhere) break;
      if (end - at > 14) continue;
      const auto date = words_.FindDate(text.substr(at + 1, end - at - 1), article_.lang);
      if (date) dates.push_back(*date);
    }
    return dates;
  }

  // News is of the latest day that its first paragraphs put in brackets.
  void InferDate() {
    std::string latest;
    size_t paragraphs = 0;
    for (const Line& line : lines_) {
      if (line.role != Role::kBody || ++paragraphs > 5) continue;
      for (const FoundDate& date : BracketDates(line.text)) {
        latest = std::max(latest, date.ToString());
      }
    }
    if (latest.empty()) return;
    article_.published = latest;
    article_.published_basis = PublishedBasis::kInferred;
  }

  void TakeAuthors() {
    // Bylines near the title first, then in the header, then close behind the story.
    for (const int zone : {0, 1, 2}) {
      for (const Meta& meta : metas_) {
        if (ZoneOf(meta) != zone) continue;
        for (const std::string& author : meta.authors) {
          if (std::find(article_.authors.begin(), article_.authors.end(), author) ==
              article_.authors.end()) {
            article_.authors.push_back(author);
          }
        }
      }
      if (!article_.authors.empty()) return;
    }
    if (tail_author_) article_.authors.push_back(lines_[*tail_author_].text);
  }

  void TakePublisher(const Dateline& dateline) {
    std::string& publisher = article_.publisher;
    if (publisher.empty()) publisher = words_.PublisherOfUrl(document_.input.url);
    if (publisher.empty()) publisher = url_publisher_;
    if (publisher.empty()) publisher = dateline.publisher;
    if (publisher.empty()) publisher = beside_publisher_;
    static const RE2* const kHost = new RE2(R"((?i)\b((?:[a-z0-9\-]+\.)+[a-z]{2,6})\b)");
    for (const Line& line : lines_) {
      if (!publisher.empty()) return;
      if (line.role != Role::kResidue && line.role != Role::kMeta) continue;
      if (line.residue == "related" || line.residue == "caption") continue;
      re2::StringPiece host;
      if (RE2::PartialMatch(line.text, *kHost, &host)) {
        const std::string_view view(host.data(), host.size());
        const bool sentence_stop =
            std::any_of(view.begin(), view.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
            view.find('.') == view.rfind('.') && view.size() < 6;
        if (!sentence_stop) publisher = words_.PublisherOfUrl(view);
      }
    }
    for (const Line& line : lines_) {
      if (!publisher.empty()) return;
      if (line.cue.kind == "source" || line.residue == "related" || line.words > 60) continue;
      if (line.role == Role::kMeta || line.role == Role::kResidue) {
        publisher = OutletIn(line.text);
      }
    }
  }

  // The first outlet a line names.
  std::string OutletIn(std::string_view text) const {
    const auto words = SplitCell(text, ' ');
    for (size_t i = 0; i < words.size(); ++i) {
      for (size_t size = 4; size >= 1; --size) {
        if (i + size > words.size() || !StartsUpper(words[i])) continue;
        const std::string_view last = words[i + size - 1];
        const auto begin = static_cast<size_t>(words[i].data() - text.data());
        const auto end = static_cast<size_t>(last.data() - text.data()) + last.size();
        const std::string_view agency = words_.AgencyOf(text.substr(begin, end - begin));
        // "The Times of a city" is another one.
        if (i + size < words.size() && words_.IsWord("of", words[i + size])) continue;
        if (!agency.empty()) return std::string(agency);
      }
    }
    return {};
  }

  void Assemble() {
    Dateline dateline;
    if (body_ != kNowhere) dateline = ReadDateline(lines_[body_].text);
    article_.place = dateline.place;
    if (article_.place.empty() && place_line_ != kNowhere) {
      const std::string& text = lines_[place_line_].text;
      article_.place = text.substr(0, text.find(','));
    }
    if (title_ == kNowhere && article_.title.empty()) article_.title = label_title_;
    if (article_.deck.empty()) article_.deck = label_deck_;
    for (const Line& line : lines_) {
      switch (line.role) {
        case Role::kBody:
          article_.AppendBlock(BlockKind::kParagraph, line.text);
          break;
        case Role::kHeading:
          article_.AppendBlock(BlockKind::kHeading, line.text);
          break;
        case Role::kList:
          article_.AppendBlock(BlockKind::kList, line.text);
          break;
        case Role::kResidue:
          article_.residue.push_back({line.residue, line.text});
          break;
        default:
          break;
      }
    }
    TakeDates(dateline);
    TakeAuthors();
    TakePublisher(dateline);
  }

  const ArticleWords& words_;
  Document& document_;
  Article& article_;
  std::vector<Line> lines_;
  std::vector<Meta> metas_;
  size_t body_ = kNowhere;    // the line where the story starts
  size_t last_ = 0;           // and its last line
  size_t end_mark_ = 0;       // the line that marks its end, 0 for none
  size_t header_ = kNowhere;  // the last byline before it
  size_t title_ = kNowhere;
  size_t place_line_ = kNowhere;  // the line of a dateline that stands alone
  std::optional<size_t> tail_author_;
  std::string title_key_, label_title_, deck_key_, label_deck_;
  std::string url_publisher_;
  std::string beside_publisher_;  // the outlet beside an author's name
  std::optional<FoundDate> url_date_;
  bool in_tags_ = false;  // the lines are what the story is filed under
  std::unordered_set<std::string> captions_;
  std::unordered_set<std::string> seen_;
};

bool Reader::ReadMetaParts(const std::string& rest, bool dated, bool labelled, Meta& meta) const {
  // Bars, bullets, dashes and slashes between parts; a comma is inside of lists of names.
  std::string text = rest;
  for (const std::string_view mark :
       {"•", "·", " - ", " – ", " — ", "—", " / ", "/ ", "»", ">", ";"}) {
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      text.replace(at, mark.size(), "|");
    }
  }
  const bool barred = std::count(text.begin(), text.end(), '|') > (dated ? 1 : 0);
  for (std::string_view part : SplitCell(text)) {
    const LineCue cue = words_.CueOf(part);
    const bool byline = cue.kind == "byline";
    if (cue.kind == "editor" || cue.kind == "source") continue;
    if (byline || cue.kind == "date" || cue.kind == "modified") part = part.substr(cue.rest);
    if (byline && !words_.AgencyOf(part).empty()) {
      meta.authors.emplace_back(TrimAscii(part));
      continue;
    }
    std::string names;
    for (const std::string_view word : SplitCell(part, ' ')) {
      std::string_view bare = word;
      while (!bare.empty() && std::string_view(",.:;()").find(bare.back()) != kNowhere) {
        bare.remove_suffix(1);
      }
      while (!bare.empty() && bare.front() == '(') bare.remove_prefix(1);
      if (bare.empty() || bare[0] == '+' || words_.IsWord("filler", bare) || words_.IsMonth(bare))
        continue;
      static const RE2* const kTime = new RE2(R"([\d:.]+(?:[ap]\.?m)?)");
      if (RE2::FullMatch({bare.data(), bare.size()}, *kTime)) continue;
      if (!names.empty()) names += ' ';
      names += word;
    }
    if (names.empty()) continue;
    if (!byline && !words_.AgencyOf(names).empty()) continue;
    if (!IsNameLike(names)) return false;
    const std::vector<std::string> authors = words_.SplitAuthors(names);
    // "... | World, Japan": what it is filed under.
    const bool filed = !byline && authors.size() > 1 &&
                       std::all_of(authors.begin(), authors.end(), [](const std::string& author) {
                         return author.find(' ') == std::string::npos;
                       });
    if (filed) continue;
    // "Jakarta, 20 October 2023": one word beside a date is no author.
    if (!byline && authors.size() == 1 && authors[0].find(' ') == std::string::npos) {
      if (!barred) continue;
      if (words_.CueOf(names).kind == "navigation") continue;
    }
    if (byline && authors.empty() && !words_.AgencyOf(names).empty()) {
      meta.authors.push_back(names);
      continue;
    }
    if (!byline && !dated && !labelled) return false;
    meta.authors.insert(meta.authors.end(), authors.begin(), authors.end());
  }
  return dated || !meta.authors.empty();
}

}  // namespace

void RawToArticle(const ArticleWords& words, Document& document) { Reader(words, document).Read(); }

}  // namespace kronik
