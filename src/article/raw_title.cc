// The headline among the lines above the story.
#include <algorithm>
#include <unordered_set>

#include "article/raw_bylines.h"
#include "article/raw_steps.h"
#include "base/tsv.h"

namespace kronik {
namespace {

constexpr size_t kTitleToDeck = 5;    // lines: a byline, a date or a credit may stand between
constexpr size_t kHeaderLines = 120;  // a title is looked for among so many lines

// Whether authors are named between two lines.
bool HasByline(const RawReport& report, size_t above, size_t below) {
  return std::any_of(report.metas.begin(), report.metas.end(), [&](const NameLine& meta) {
    return meta.line > above && meta.line < below && !meta.authors.empty();
  });
}

// Whether a line above the story reads like something else than a headline.
bool IsNoHeadline(const RawReport& report, size_t i) {
  const RawLine& line = report.lines[i];
  if (line.role != LineRole::kUnset || line.words < 2 || line.words > 32 || line.bullet)
    return true;
  if (!line.cue.kind.empty() && line.cue.kind != "byline" && line.cue.kind != "date") return true;
  return !report.words.SplitCredit(line.text).credit.text.empty() || IsPlaceAlone(report, i) ||
         IsJob(report, i) || !report.words.AgencyOf(line.text).empty() ||
         !report.words.PublisherOfUrl(line.text).empty() ||
         (IsJob(report, i + 1) && report.words.IsNameLike(line.text));
}

// A byline or the story, within a few lines.
bool StandsAboveByline(const RawReport& report, size_t i) {
  constexpr size_t kNear = 4;
  for (size_t next = i + 1; next <= report.body && next <= i + kNear; ++next) {
    if (report.lines[next].role == LineRole::kMeta || next == report.body) return true;
  }
  return false;
}

// How much a line reads like the headline of the story whose words are given, whose address ends in
// `slug`.
double ScoreOf(const RawReport& report, size_t i, const std::unordered_set<std::string_view>& story,
               const std::string& slug) {
  const RawLine& line = report.lines[i];
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
  double score = 3 * shared / std::max(long_words, 1.0) * std::min(1.0, shared / 2);
  if (!slug.empty() && in_slug / size > 0.6 && size > 2) score += 2;
  if (line.repeated) score += 1;
  if (line.key == report.title_key) score += 6;
  if (line.key == report.deck_key) score -= 4;
  if (line.words >= 5) score += 1;
  if (line.words <= 3) score -= 1;
  if (line.text.ends_with('.')) score -= 3;
  if (line.words > 18) score -= 1;
  if (StandsAboveByline(report, i)) score += 1;
  return score;
}

// Of lines close to the story the first is preferred, which has its deck below it; of those further
// up, among which other stories are named, the nearest.
double DistanceCost(size_t lines) {
  constexpr size_t kClose = 12;
  return lines <= kClose ? 0.02 * static_cast<double>(kClose - lines)
                         : 0.01 * static_cast<double>(lines - kClose);
}

// The line that scores best, or the one right above it where that is a title and this its deck.
size_t BestLine(const RawReport& report) {
  std::unordered_set<std::string_view> story;
  for (size_t i = report.body; i <= report.last; ++i) {
    if (!report.lines[i].strong) continue;
    for (const std::string_view word : SplitCell(report.lines[i].key, ' ')) story.insert(word);
  }
  size_t count = 0;
  const std::string slug = KeyOf(report.article.url, count);
  struct Candidate {
    size_t line = kNowhere;
    double score = 0;
  };
  Candidate best{kNowhere, 0.5};
  Candidate above;  // the candidate before the best
  Candidate before;
  size_t headline = kNowhere;  // the first that reads like one
  const size_t first = report.body - std::min(report.body, kHeaderLines);
  for (size_t i = first; i < report.body; ++i) {
    if (IsNoHeadline(report, i)) continue;
    double score = ScoreOf(report, i, story, slug);
    // A headline stands above its byline; what is below both tells the story in short.
    if (headline != kNowhere && HasByline(report, headline, i)) score -= 2;
    if (headline == kNowhere && score > 1.5 && report.lines[i].words >= 4) headline = i;
    score -= DistanceCost(report.body - i);
    if (score > best.score) {
      best = {i, score};
      above = before;
    }
    before = {i, score};
  }
  // A deck shares more words with the story than the headline right above it.
  const bool near = above.line != kNowhere && above.line + kTitleToDeck >= best.line &&
                    std::none_of(report.lines.begin() + static_cast<long>(above.line),
                                 report.lines.begin() + static_cast<long>(best.line),
                                 [](const RawLine& line) { return line.residue == "navigation"; });
  const bool deck = near && best.score < 6 && report.lines[above.line].words >= 5 &&
                    above.score >= best.score - 2;
  return deck ? above.line : best.line;
}

// "... - The Example Herald": the headline without the outlet, which may name the publisher.
std::string WithoutOutlet(RawReport& report, const std::string& text) {
  for (const std::string_view separator : {" | ", " - ", " – ", " — "}) {
    const size_t at = text.rfind(separator);
    if (at == std::string::npos || at == 0) continue;
    const std::string_view tail = std::string_view(text).substr(at + separator.size());
    const bool web = tail.find(' ') == kNowhere && tail.find('.') != kNowhere &&
                     !report.words.PublisherOfUrl(tail).empty();
    if (!web && report.words.AgencyOf(tail).empty()) continue;
    if (report.url_publisher.empty()) {
      report.url_publisher =
          web ? report.words.PublisherOfUrl(tail) : std::string(report.words.AgencyOf(tail));
    }
    return text.substr(0, at);
  }
  return text;
}

// "The headline | The Site" at the top of a page, where the headline alone stands further down.
std::string ShownAlone(const RawReport& report, const std::string& text) {
  const size_t first = report.body - std::min(report.body, kHeaderLines);
  for (size_t i = first; i < report.body; ++i) {
    const RawLine& line = report.lines[i];
    if (line.words < 4 || line.text.size() >= text.size() || !text.starts_with(line.text)) continue;
    const std::string_view rest = std::string_view(text).substr(line.text.size());
    for (const std::string_view mark : {" | ", " - ", " – ", " — "}) {
      if (rest.starts_with(mark)) return line.text;
    }
  }
  return text;
}

}  // namespace

void FindTitle(RawReport& report) {
  if (report.body == kNowhere) return;
  report.title = BestLine(report);
  if (report.title == kNowhere) {
    if (!report.label_title.empty()) report.article.title = report.label_title;
    return;
  }
  RawLine& line = report.lines[report.title];
  line.role = LineRole::kTitle;
  line.strong = false;
  report.article.title = ShownAlone(report, WithoutOutlet(report, line.text));
}

}  // namespace kronik
