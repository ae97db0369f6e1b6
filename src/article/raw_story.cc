// What the lines from the story's first on are: paragraphs, headings, lists, captions, furniture.
#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "article/raw_captions.h"
#include "article/raw_steps.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

// What has been met on the way down to the line.
struct Above {
  bool list = false;  // the heading of a list of other stories, and no paragraph since
  bool tags = false;  // the heading of what the story is filed under
  std::unordered_set<std::string> repeated;  // keys
  size_t lengths = 0;                        // lines that are times, in all the story
};

// "Read also:", "More from the Post": the titles stand below.
bool OpensList(const RawLine& line) {
  const std::string_view rest =
      std::string_view(line.text).substr(std::min(line.cue.rest, line.text.size()));
  return rest.empty() || (!line.ends && SplitCell(rest, ' ').size() <= 2);
}

// "Read also: The story", between two paragraphs.
bool StandsBetween(const RawLine& line) {
  return line.role == LineRole::kResidue && !line.cue.heading &&
         (line.residue == "ad" || (line.residue == "related" && !OpensList(line)));
}

// The last paragraph may be followed by short ones, and a list by its last items.
void ExtendTail(RawReport& report) {
  for (size_t i = report.last + 1; i < report.lines.size(); ++i) {
    const RawLine& line = report.lines[i];
    if (StandsBetween(line)) continue;
    if (line.role != LineRole::kUnset || line.repeated || !line.cue.kind.empty()) return;
    const bool item =
        (line.bullet || StartsWithNumber(line.text)) &&
        (report.lines[i - 1].text.ends_with(':') || StartsWithNumber(report.lines[i - 1].text));
    if (!item && (!line.ends || line.words < 2 || line.bullet || line.strong)) return;
    report.last = i;
  }
}

// Takes a line for furniture that stands there twice.
bool TakeCopy(RawReport& report, RawLine& line, Above& above) {
  if (report.title != kNowhere && line.key == report.lines[report.title].key) {
    MakeResidue(line, "title");
  } else if (report.captions.contains(line.key)) {
    MakeResidue(line, "caption");
  } else if (line.repeated && line.words >= 3 && !above.repeated.insert(line.key).second) {
    MakeResidue(line, "other");
  } else if (line.repeated && line.words < 3) {
    MakeResidue(line, "other");
  } else {
    return false;
  }
  return true;
}

// Without an opening quotation mark.
std::string_view WithoutQuote(std::string_view text) {
  for (const std::string_view mark : {"'", "\"", "‘", "“", "«"}) {
    if (text.starts_with(mark) && text.size() > mark.size()) return text.substr(mark.size());
  }
  return text;
}

bool IsHeading(const RawReport& report, size_t i) {
  const RawLine& line = report.lines[i];
  if (i == report.body || i >= report.last || line.words > 12 || line.words < 1) return false;
  const bool headline = MayBeHeadline(line) && line.words <= 10;
  if ((line.ends && !headline) || line.text.ends_with(':') || line.text.ends_with(',')) {
    return false;
  }
  const std::string_view bare = WithoutQuote(line.text);
  if (!StartsUpper(bare) && !IsDigit(static_cast<unsigned char>(bare[0]))) return false;
  for (size_t next = i + 1; next <= report.last; ++next) {
    if (report.lines[next].role == LineRole::kUnset) return report.lines[next].strong;
  }
  return false;
}

// What a line below the story is.
void MarkTail(RawReport& report, size_t i, Above& above) {
  RawLine& line = report.lines[i];
  if (!report.tail_author && line.words <= 4 && !report.words.AgencyOf(line.text).empty()) {
    report.tail_author = i;
    line.role = LineRole::kMeta;
    return;
  }
  if (TakeCopy(report, line, above)) return;
  if (above.tags && line.words <= 6 && !line.ends) {
    report.article.tags.push_back(line.text);
    MakeResidue(line, "navigation");
    return;
  }
  const RawLine* before = &report.lines[i - 1];
  const bool listed = before->role == LineRole::kResidue && before->residue == "related" &&
                      (before->cue.heading || before->cue.rest == 0 || OpensList(*before));
  MakeResidue(line, listed ? "related" : "other");
  if (listed) AddRelated(report, line.text);
}

// "- The port", "2. The airport": whether a line is an item of the list above it.
bool IsItem(const RawReport& report, size_t i) {
  const RawLine& line = report.lines[i];
  if (!line.bullet && !StartsWithNumber(line.text)) return false;
  if (line.ends) return true;
  return i > report.body &&
         (report.lines[i - 1].text.ends_with(':') || report.lines[i - 1].role == LineRole::kList);
}

// What a picture shows may stand above its caption, for those who don't see it.
void TakePictureTextAbove(RawReport& report, size_t i) {
  if (i == report.body) return;
  RawLine& above = report.lines[i - 1];
  if (above.role == LineRole::kBody && !above.strong && !above.ends && above.words <= 25) {
    MakeResidue(above, "caption");
  }
}

// A short line between a list of other stories, whose titles are long, and the next paragraph: its
// heading, if it is a quotation or stands apart from the list.
bool EndsList(const RawReport& report, size_t i) {
  constexpr size_t kHeading = 4;  // words
  const RawLine& line = report.lines[i];
  const RawLine& item = report.lines[i - 1];
  const bool apart = line.after_blank && !item.after_blank;
  return line.words <= kHeading && item.words > kHeading && item.residue == "related" &&
         (apart || WithoutQuote(line.text) != line.text) && IsHeading(report, i) &&
         report.lines[i + 1].strong;
}

// "02:14": how long a film runs.
bool IsLength(std::string_view text) {
  static const RE2* const kLength = new RE2(R"(\d{1,2}:\d\d(?::\d\d)?)");
  return text.size() <= 8 && RE2::FullMatch({text.data(), text.size()}, *kLength);
}

// How many of the story's lines are such times. Many are those of a live report.
size_t CountLengths(const RawReport& report) {
  return static_cast<size_t>(
      std::count_if(report.lines.begin() + static_cast<long>(report.body),
                    report.lines.begin() + static_cast<long>(report.last) + 1,
                    [](const RawLine& line) { return IsLength(line.text); }));
}

// The title of a film between paragraphs, above or below its length.
bool IsFilmTitle(const RawReport& report, size_t i) {
  const auto may_be = [&](size_t at) {
    const RawLine& line = report.lines[at];
    return at > report.body && !line.strong && !line.ends && line.words >= 3 && line.words <= 20;
  };
  if (!may_be(i)) return false;
  if (i < report.last && IsLength(report.lines[i + 1].text)) return true;
  return IsLength(report.lines[i - 1].text) && !may_be(i - 2);
}

// A line between paragraphs whose words one of those beside it has as well: a quotation set large.
// Headings are shorter.
bool IsPulledOut(const RawReport& report, size_t i) {
  constexpr size_t kShortest = 7;   // words
  constexpr size_t kLongest = 400;  // bytes
  constexpr size_t kReach = 6;      // lines
  const RawLine& line = report.lines[i];
  if (line.strong || line.words < kShortest || i == report.body) return false;
  if (line.key.size() > kLongest) return false;
  const size_t to = std::min(report.last, i + kReach);
  for (size_t at = std::max(report.body, i - std::min(i, kReach)); at <= to; ++at) {
    const RawLine& other = report.lines[at];
    const std::string_view key = std::string_view(other.key).substr(0, 10 * kLongest);
    if (other.strong && key.find(line.key) != kNowhere) return true;
  }
  return false;
}

// "Background", between two paragraphs.
bool IsHeadingOfOneWord(const RawReport& report, size_t i) {
  constexpr size_t kShortest = 6;  // bytes
  return report.lines[i].text.size() >= kShortest && i > report.body &&
         report.lines[i - 1].strong && IsHeading(report, i) && report.lines[i + 1].strong;
}

// What a line of the story is.
void MarkLine(RawReport& report, size_t i, Above& above) {
  RawLine& line = report.lines[i];
  if (line.strong && !line.repeated) above.list = false;
  if (TakeCreditLine(report, i)) return;
  if (above.list && !line.strong && !EndsList(report, i)) {
    MakeResidue(line, "related");
    AddRelated(report, line.text);
    return;
  }
  if (TakeCopy(report, line, above)) return;
  if (IsPulledOut(report, i)) return MakeResidue(line, "other");
  if (above.lengths <= 2 && IsFilmTitle(report, i)) return MakeResidue(line, "related");
  if (TakeCaptionInside(report, i)) return TakePictureTextAbove(report, i);
  if (IsItem(report, i)) {
    line.role = LineRole::kList;
  } else if ((line.bullet && line.words < 8) ||
             (line.words < 2 && !line.ends && !IsHeadingOfOneWord(report, i))) {
    MakeResidue(line, "other");
  } else {
    line.role = IsHeading(report, i) ? LineRole::kHeading : LineRole::kBody;
  }
}

}  // namespace

void MarkStory(RawReport& report) {
  if (report.body == kNowhere) {
    // Nothing reads like a paragraph: what no cue claims is the story.
    for (RawLine& line : report.lines) {
      if (line.role == LineRole::kUnset) line.role = LineRole::kBody;
    }
    return;
  }
  ExtendTail(report);
  Above above;
  above.lengths = CountLengths(report);
  for (size_t i = report.body; i < report.lines.size(); ++i) {
    RawLine& line = report.lines[i];
    if (line.role == LineRole::kResidue) {
      above.tags = line.cue.heading && line.cue.kind == "tags";
      if (line.cue.heading && !above.tags && !IsButton(line)) above.list = true;
      if (line.residue == "related" && OpensList(line)) above.list = true;
      continue;
    }
    if (line.role == LineRole::kMeta && above.list && i > report.last) MakeResidue(line, "related");
    if (line.role != LineRole::kUnset) continue;
    if (i > report.last) {
      MarkTail(report, i, above);
    } else {
      MarkLine(report, i, above);
    }
  }
}

}  // namespace kronik
