// Lines known for furniture by their own words, whatever stands around them.
#include <re2/re2.h>

#include <algorithm>
#include <unordered_map>

#include "article/raw_steps.h"
#include "base/tsv.h"

namespace kronik {
namespace {

bool IsResidueKind(std::string_view kind) {
  for (const std::string_view known :
       {"related", "share", "newsletter", "syndication", "ad", "navigation", "footer", "editor"}) {
    if (kind == known) return true;
  }
  return false;
}

// "Advertisement · Scroll to continue": the kind of the first part, where all are furniture.
std::string_view KindOfParts(const ArticleWords& words, const RawLine& line) {
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
    const LineCue cue = words.CueOf(text.substr(0, end));
    if (!IsResidueKind(cue.kind) || cue.rest < end) return {};
    if (parts++ == 0) first = cue.kind;
    text.remove_prefix(next);
  }
  return parts > 1 ? first : std::string_view();
}

// "Facebook Twitter Print Email": the kind of the words, where each is furniture on its own.
std::string_view KindOfWords(const ArticleWords& words, const RawLine& line) {
  constexpr size_t kMost = 8;
  if (line.words < 2 || line.words > kMost) return {};
  std::string_view kind;
  for (const std::string_view word : SplitCell(line.text, ' ')) {
    const LineCue cue = words.CueOf(word);
    if (cue.kind != "share" || cue.rest < word.size()) return {};
    kind = cue.kind;
  }
  return kind;
}

// "Keep up with us on WhatsApp": an invitation that ends in the name of a network.
bool IsInvitation(const ArticleWords& words, const RawLine& line) {
  constexpr size_t kMost = 14;  // words
  if (line.ends || line.words < 3 || line.words > kMost) return false;
  const std::string_view text = line.text;
  return words.IsWord("network", text.substr(text.rfind(' ') + 1));
}

// "Copyright 2008 - 2025 A Company. All Rights Reserved."
bool IsNotice(std::string_view text) {
  static const RE2* const kNotice = new RE2(R"(^\PL*\pL+\s+(?:©|\([cC]\)|\d{4}))");
  return RE2::PartialMatch({text.data(), text.size()}, *kNotice);
}

// "Read moreThe story": where the title starts that a label of other stories has run into.
size_t JointOf(const ArticleWords& words, std::string_view text) {
  constexpr size_t kLabel = 25;
  for (size_t i = 1; i < std::min(text.size(), kLabel); ++i) {
    const bool joint = text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    if (!joint) continue;
    const LineCue cue = words.CueOf(std::string(text.substr(0, i)) + ":");
    if (cue.kind == "related") return i;
  }
  return kNowhere;
}

// "[Video: the port]", "00:00 / 02:31": where something is shown that text doesn't hold.
bool IsEmbed(std::string_view text) {
  static const RE2* const kEmbed = new RE2(R"(^(?:\[\pL+ ?:[^\[\]]{1,60}\]|[\d:./| ]+)$)");
  return RE2::FullMatch({text.data(), text.size()}, *kEmbed);
}

void UseUrl(RawReport& report, std::string_view url) {
  std::string publisher = report.words.PublisherOfUrl(url);
  if (publisher.empty()) return;
  if (report.url_publisher.empty()) report.url_publisher = std::move(publisher);
  if (report.article.url.empty() && IsUrl(url)) report.article.url = std::string(url);
  if (!report.url_date) report.url_date = report.words.DateOfUrl(url);
}

void Labelled(RawReport& report, RawLine& line, std::string_view kind, std::string_view rest) {
  size_t count = 0;
  if (kind == "title" && report.title_key.empty()) report.title_key = KeyOf(rest, count);
  if (kind == "title" && report.label_title.empty()) report.label_title = std::string(rest);
  if (kind == "deck" && report.deck_key.empty()) report.deck_key = KeyOf(rest, count);
  if (kind == "deck" && report.label_deck.empty()) report.label_deck = std::string(rest);
  if (kind == "url") UseUrl(report, rest);
  if (kind == "tags") {
    for (const std::string_view tag : SplitCell(rest, ',')) report.article.tags.emplace_back(tag);
  }
  MakeResidue(line, kind == "title" ? "title" : "other");
}

// "Editor:" alone: the name stands on the next line.
void TakeNextEditor(RawReport& report, RawLine& next) {
  if (next.words <= 5 && !next.ends && report.words.IsNameLike(next.text) &&
      report.words.CueOf(next.text).kind.empty() &&
      !report.words.FindDate(next.text, report.article.lang)) {
    MakeResidue(next, "editor");
  }
}

// "... at the border. (ANTARA/A. Name)": an agency and a name, as below a picture. The agency alone
// ends reports too.
bool IsPicture(const ArticleWords& words, const RawLine& line) {
  if (line.cue.kind == "credit" || line.cue.kind == "caption") return true;
  if (line.words > 60 || !line.text.ends_with(')')) return false;
  const Credit credit = words.SplitCredit(line.text).credit;
  if (credit.agency.empty()) return false;
  for (const std::string_view part : SplitCell(credit.text, '/')) {
    const std::string_view last = part.substr(part.rfind(' ') + 1);
    const bool name = last.size() < part.size() && StartsUpper(part) && StartsUpper(last);
    if (name && part.size() < credit.text.size() && words.AgencyOf(part).empty()) return true;
  }
  return false;
}

// Takes a line for furniture if its cue says so and it doesn't read like a sentence that happens to
// start with those words.
void TakeCue(RawReport& report, RawLine& line) {
  const std::string_view kind = line.cue.kind;
  const std::string_view rest = std::string_view(line.text).substr(line.cue.rest);
  const bool whole = rest.empty();
  const auto cue_words =
      std::count(line.text.begin(), line.text.begin() + static_cast<long>(line.cue.rest), ' ');
  if (kind == "title" || kind == "deck" || kind == "url" || kind == "lang" || kind == "tags") {
    if (!whole && line.words <= 80) Labelled(report, line, kind, rest);
    if (whole && line.cue.heading) MakeResidue(line, "navigation");
  } else if (kind == "editor") {
    if (line.words <= 12 && !line.ends) MakeResidue(line, "editor");
    if (whole && &line != &report.lines.back()) TakeNextEditor(report, *(&line + 1));
  } else if (kind == "related" && !whole) {
    const bool loose = cue_words <= 1 && line.ends && line.words > 20;
    if (loose || line.words > 50) return;
    MakeResidue(line, kind);
    AddRelated(report, rest);
  } else if (IsResidueKind(kind)) {
    const bool sentence = line.ends && line.words >= 8 && !whole && !IsNotice(line.text) &&
                          (cue_words <= 1 || kind == "navigation");
    if (!sentence && line.words <= 60) MakeResidue(line, kind);
  }
}

void TakeFurniture(RawReport& report, RawLine& line) {
  line.cue = report.words.CueOf(line.text);
  if (line.cue.kind.empty() || line.cue.rest < line.text.size()) {
    std::string_view all = KindOfParts(report.words, line);
    if (all.empty()) all = KindOfWords(report.words, line);
    if (!all.empty()) return MakeResidue(line, all);
  }
  if (IsUrl(line.text)) {
    UseUrl(report, line.text);
    MakeResidue(line, "navigation");
  } else if (const size_t joint = JointOf(report.words, line.text); joint != kNowhere) {
    MakeResidue(line, "related");
    AddRelated(report, std::string_view(line.text).substr(joint));
  } else if ((IsEmbed(line.text) && !report.words.FindDate(line.text, report.article.lang)) ||
             (line.words > 1 && IsAge(report.words, line.text))) {
    MakeResidue(line, "other");
  } else if (IsInvitation(report.words, line)) {
    MakeResidue(line, "share");
  } else if (IsInitials(line.text)) {
    MakeResidue(line, "editor");
  } else {
    TakeCue(report, line);
  }
}

// Lines between two of a letter's advertisement, with no paragraph among them, are a part of it.
void MarkPromotions(std::vector<RawLine>& lines) {
  constexpr size_t kMost = 4;  // lines between
  size_t before = kNowhere;    // the last line of an advertisement
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].strong) before = kNowhere;
    if (lines[i].role != LineRole::kResidue || lines[i].residue != "newsletter") continue;
    if (before != kNowhere && i - before <= kMost + 1) {
      for (size_t k = before + 1; k < i; ++k) MakeResidue(lines[k], "newsletter");
    }
    before = i;
  }
}

}  // namespace

void MarkFurniture(RawReport& report) {
  std::unordered_map<std::string_view, size_t> seen;
  for (const RawLine& line : report.lines) ++seen[line.key];
  for (RawLine& line : report.lines) {
    if (line.role != LineRole::kUnset) continue;
    line.repeated = seen[line.key] > 1;
    TakeFurniture(report, line);
    line.strong = line.role == LineRole::kUnset && line.ends && line.words >= 8 && !line.bullet &&
                  !MayBeHeadline(line) && !IsPicture(report.words, line);
  }
  MarkPromotions(report.lines);
}

}  // namespace kronik
