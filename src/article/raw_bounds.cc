// Where the story starts and where it ends.
#include <algorithm>
#include <unordered_set>

#include "article/raw_captions.h"
#include "article/raw_dateline.h"
#include "article/raw_steps.h"
#include "base/ascii.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

// The stretch of lines that is richest in paragraphs: the story, without notices and teasers that
// other furniture sets apart from it. (The largest sum of words, short lines counted against.)
std::pair<size_t, size_t> Densest(const RawReport& report) {
  long best = 0;
  long sum = 0;
  size_t start = 0;
  std::pair<size_t, size_t> found{0, report.lines.size()};
  for (size_t i = 0; i < report.lines.size(); ++i) {
    const RawLine& line = report.lines[i];
    if (line.strong && !line.repeated) {
      sum += static_cast<long>(line.words);
    } else if (line.role == LineRole::kResidue || line.ends) {
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

// The story's end mark, a source or initials, that stands right below a paragraph not far from
// `near`; 0 where there is none.
size_t EndMark(const RawReport& report, size_t near) {
  constexpr size_t kReach = 12;
  for (size_t at = std::min(report.lines.size(), near + kReach); at-- > 1;) {
    const bool mark = report.lines[at].cue.kind == "source" || IsInitials(report.lines[at].text);
    if (mark && report.lines[at - 1].strong) return at;
  }
  return 0;
}

// Whether the paragraphs behind a line speak of those whom the story has named before it: a list
// of other stories may stand inside one. Each of them does, or they stand together, which teasers
// under their headlines don't.
bool GoesOn(const RawReport& report, size_t at) {
  constexpr size_t kShared = 2;
  std::unordered_set<std::string> names;
  const auto each_name = [](const RawLine& line, const auto& use) {
    for (const std::string_view word : SplitCell(line.text, ' ')) {
      const std::string_view bare = TrimAscii(word, "\"'(),.:;");
      if (bare.size() >= 4 && StartsUpper(bare)) use(LowerCase(bare));
    }
  };
  for (size_t i = report.body; i < at; ++i) {
    if (report.lines[i].strong)
      each_name(report.lines[i], [&](std::string name) { names.insert(std::move(name)); });
  }
  size_t paragraphs = 0;
  size_t speak = 0;  // of these, those that name one
  bool all = true;
  bool apart = false;
  for (size_t i = at + 1; i <= report.last; ++i) {
    const RawLine& line = report.lines[i];
    if (!line.strong) {
      apart |= paragraphs > 0 && line.role == LineRole::kUnset && !line.ends;
      continue;
    }
    size_t shared = 0;
    each_name(line, [&](const std::string& name) { shared += names.contains(name); });
    ++paragraphs;
    speak += shared > 0;
    all &= shared >= kShared;
  }
  const bool together =
      report.lines[at].residue == "related" && !apart && paragraphs > 1 && speak * 2 >= paragraphs;
  return paragraphs > 0 && (all || together);
}

// Past a heading that opens a list of other stories, or an outlet's own line about its author,
// a few sentences are teasers or biographies, not the story.
void CutTail(RawReport& report, const std::vector<size_t>& strong) {
  constexpr int kLists = 8;  // inside one story
  int lists = 0;
  size_t before = 0;
  size_t total = 0;
  for (const size_t i : strong) total += i >= report.body ? report.lines[i].words : 0;
  for (size_t i = report.body; i < report.last; ++i) {
    const RawLine& line = report.lines[i];
    if (line.strong && !line.repeated) before += line.words;
    const bool outlet = line.role == LineRole::kUnset && !line.strong && line.words <= 4 &&
                        !report.words.AgencyOf(line.text).empty();
    const bool opens =
        line.role == LineRole::kResidue && !IsButton(line) &&
        (line.cue.heading || line.residue == "footer" || line.residue == "syndication");
    if ((outlet || opens) && i > report.body && (total - before) * 10 < total * 3 &&
        report.end_mark <= i && !(lists++ < kLists && GoesOn(report, i))) {
      report.last = i;
      while (report.last > report.body && !report.lines[report.last].strong) --report.last;
      return;
    }
  }
}

// The lines that read like paragraphs: of the densest stretch, else all of them, else those that at
// least end like one.
std::vector<size_t> Paragraphs(RawReport& report) {
  std::vector<size_t> strong;
  const auto [from, to] = Densest(report);
  report.end_mark = EndMark(report, to);
  for (size_t i = from; i < std::max(to, report.end_mark); ++i) {
    if (report.lines[i].strong && !report.lines[i].repeated) strong.push_back(i);
  }
  if (!strong.empty()) return strong;
  for (size_t i = 0; i < report.lines.size(); ++i) {
    if (report.lines[i].strong) strong.push_back(i);
  }
  if (!strong.empty()) return strong;
  for (size_t i = 0; i < report.lines.size(); ++i) {
    RawLine& line = report.lines[i];
    line.strong = line.role == LineRole::kUnset && line.ends && line.words >= 3 && !line.bullet;
    if (line.strong) strong.push_back(i);
  }
  return strong;
}

// The last byline or "Editor:" of the header, kNowhere for none: fewer than two paragraphs stand
// before it, and none with a dateline.
size_t HeaderEnd(const RawReport& report, const std::vector<size_t>& strong) {
  size_t end = kNowhere;
  const std::string& opening = report.lines[strong[0]].text;
  const bool opened = ReadDateline(report.words, report.article.lang, opening).sure;
  const size_t second = opened ? strong[0] : strong.size() > 1 ? strong[1] : kNowhere;
  for (const NameLine& meta : report.metas) {
    if (meta.line < second && meta.line < strong.back()) end = meta.line;
  }
  for (size_t i = 0; i < report.lines.size() && i < second && i < strong.back(); ++i) {
    const RawLine& line = report.lines[i];
    if (line.role != LineRole::kResidue || line.residue != "editor" || line.cue.kind != "editor") {
      continue;
    }
    end = end == kNowhere ? i : std::max(end, i);
  }
  return end;
}

// The story's first paragraph: the first below the header, or one of the next two that has a
// dateline, best one that names who sent it, with no more than a lead above it.
size_t Opening(const RawReport& report, const std::vector<size_t>& strong) {
  constexpr size_t kLead = 70;  // words
  auto first = strong.begin();
  if (const size_t header = HeaderEnd(report, strong); header != kNowhere) {
    first = std::upper_bound(strong.begin(), strong.end(), header);
    if (first == strong.end()) first = strong.begin();
  }
  const std::string& text = report.lines[*first].text;
  if (first + 1 != strong.end() && !SplitSlashed(report.words, text).credit.text.empty()) ++first;
  size_t opening = kNowhere;
  for (auto it = first; it != strong.end() && it - first < 3; ++it) {
    const Dateline dateline =
        ReadDateline(report.words, report.article.lang, report.lines[*it].text);
    const bool sender = !dateline.publisher.empty();
    if (dateline.sure && (sender || opening == kNowhere)) opening = *it;
    if (dateline.sure && sender) break;
  }
  if (opening == kNowhere) return *first;
  size_t between = 0;
  for (size_t i = *first; i < opening; ++i) {
    between += report.lines[i].strong ? report.lines[i].words : 0;
  }
  return between <= kLead ? opening : *first;
}

}  // namespace

void FindStory(RawReport& report) {
  const std::vector<size_t> strong = Paragraphs(report);
  if (strong.empty()) return;
  report.body = Opening(report, strong);
  report.last = strong.back();
  CutTail(report, strong);
}

}  // namespace kronik
