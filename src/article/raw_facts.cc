// Dates, authors and publisher, each from the best of the places that name one.
#include <re2/re2.h>

#include <algorithm>

#include "article/raw_dateline.h"
#include "article/raw_steps.h"
#include "base/tsv.h"

namespace kronik {
namespace {

// 0: between title and story, or right above the title; 1: elsewhere above the story; 2: in it or
// close behind it; 3: no byline of this story.
int ZoneOf(const RawReport& report, const NameLine& meta) {
  constexpr size_t kAbove = 6;
  constexpr size_t kBehind = 20;
  if (report.lines[meta.line].role != LineRole::kMeta) return 3;
  if (meta.line > report.last + kBehind) return 3;
  if (report.body == kNowhere || meta.line > report.body) return 2;
  return report.title != kNowhere && meta.line + kAbove >= report.title ? 0 : 1;
}

// "12/9/2025" above a story that says "(9/12/2025)" was written month first.
FoundDate Resolve(const RawReport& report, FoundDate date) {
  if (!date.swappable) return date;
  for (const RawLine& line : report.lines) {
    if (line.role != LineRole::kBody) continue;
    std::vector<FoundDate> dates = BracketDates(report.words, report.article.lang, line.text);
    if (&line == &report.lines[report.body]) {
      // "Bishkek, June 12 /KABAR/": the dateline's day, of the same year.
      std::string_view head = std::string_view(line.text).substr(0, 60);
      head = head.substr(0, head.find_first_of("/(-"));
      for (const std::string_view piece : SplitCell(head, ',')) {
        if (!IsDatePiece(report.words, piece)) continue;
        const std::string dated = std::string(piece) + " " + std::to_string(date.year);
        if (const auto day = report.words.FindDate(dated, report.article.lang))
          dates.push_back(*day);
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

// News is of the latest day that its first paragraphs put in brackets.
void InferDate(RawReport& report) {
  std::string latest;
  size_t paragraphs = 0;
  for (const RawLine& line : report.lines) {
    if (line.role != LineRole::kBody || ++paragraphs > 5) continue;
    for (const FoundDate& date : BracketDates(report.words, report.article.lang, line.text)) {
      latest = std::max(latest, date.ToString());
    }
  }
  if (latest.empty()) return;
  report.article.published = latest;
  report.article.published_basis = PublishedBasis::kInferred;
}

// The first outlet a line names.
std::string OutletIn(const ArticleWords& known, std::string_view text) {
  constexpr size_t kLongest = 4;  // words
  const auto words = SplitCell(text, ' ');
  for (size_t i = 0; i < words.size(); ++i) {
    if (!StartsUpper(words[i])) continue;
    for (size_t size = std::min(kLongest, words.size() - i); size >= 1; --size) {
      const std::string_view last = words[i + size - 1];
      const auto begin = static_cast<size_t>(words[i].data() - text.data());
      const auto end = static_cast<size_t>(last.data() - text.data()) + last.size();
      // "The Times of a city" is another one.
      if (i + size < words.size() && known.IsWord("of", words[i + size])) continue;
      const std::string_view agency = known.AgencyOf(text.substr(begin, end - begin));
      if (!agency.empty()) return std::string(agency);
    }
  }
  return {};
}

// The publisher of the first web address in a line. "3.No" is the end of a sentence.
std::string SiteIn(const ArticleWords& words, const std::string& text) {
  static const RE2* const kHost = new RE2(R"((?i)\b((?:[a-z0-9\-]+\.)+[a-z]{2,6})\b)");
  std::string host;
  if (!RE2::PartialMatch(text, *kHost, &host)) return {};
  const bool stop = host.find_first_of("0123456789") != kNowhere &&
                    host.find('.') == host.rfind('.') && host.size() < 6;
  return stop ? std::string() : words.PublisherOfUrl(host);
}

void TakeDates(RawReport& report, const Dateline& dateline) {
  for (const int zone : {0, 1, 2}) {
    for (const NameLine& meta : report.metas) {
      if (!meta.date || ZoneOf(report, meta) != zone) continue;
      std::string& slot = meta.modified ? report.article.modified : report.article.published;
      if (!slot.empty()) continue;
      slot = Resolve(report, *meta.date).ToString();
      if (!meta.modified) report.article.published_basis = PublishedBasis::kStated;
    }
  }
  if (!report.article.published.empty()) return;
  if (!report.url_date && !report.article.url.empty())
    report.url_date = report.words.DateOfUrl(report.article.url);
  const std::optional<FoundDate>& date = report.url_date ? report.url_date : dateline.date;
  if (date) {
    report.article.published = date->ToString();
    report.article.published_basis = PublishedBasis::kStated;
  } else if (!report.article.modified.empty()) {
    report.article.published = report.article.modified;
    report.article.published_basis = PublishedBasis::kInferred;
  } else {
    InferDate(report);
  }
}

// "The Harbour Courier", "Harian Pelita": a newspaper that no table knows.
bool IsMasthead(const ArticleWords& words, std::string_view name) {
  const size_t first = name.find(' ');
  if (first == std::string_view::npos || !words.AgencyOf(name).empty()) return false;
  return words.IsWord("masthead", name.substr(0, first)) ||
         words.IsWord("masthead", name.substr(name.rfind(' ') + 1));
}

void TakeAuthors(RawReport& report) {
  // Bylines near the title first, then in the header, then close behind the story.
  for (const int zone : {0, 1, 2}) {
    for (const NameLine& meta : report.metas) {
      if (ZoneOf(report, meta) != zone) continue;
      for (const std::string& author : meta.authors) {
        if (IsMasthead(report.words, author)) {
          if (report.beside_publisher.empty()) report.beside_publisher = author;
          continue;
        }
        if (std::find(report.article.authors.begin(), report.article.authors.end(), author) ==
            report.article.authors.end()) {
          report.article.authors.push_back(author);
        }
      }
    }
    if (!report.article.authors.empty()) return;
  }
  if (report.tail_author) report.article.authors.push_back(report.lines[*report.tail_author].text);
}

void TakePublisher(RawReport& report, const Dateline& dateline) {
  std::string& publisher = report.article.publisher;
  const std::string of_input = report.words.PublisherOfUrl(report.document.input.url);
  for (const std::string& stated :
       {of_input, report.url_publisher, dateline.publisher, report.beside_publisher}) {
    if (publisher.empty()) publisher = stated;
  }
  const auto furniture = [](const RawLine& line) {
    return line.role == LineRole::kResidue || line.role == LineRole::kMeta;
  };
  for (const RawLine& line : report.lines) {
    if (!publisher.empty()) return;
    if (!furniture(line) || line.residue == "related" || line.residue == "caption") continue;
    publisher = SiteIn(report.words, line.text);
  }
  for (const RawLine& line : report.lines) {
    if (!publisher.empty()) return;
    if (!furniture(line) || line.residue == "related" || line.words > 60) continue;
    if (line.cue.kind != "source") publisher = OutletIn(report.words, line.text);
  }
}

// The place of the dateline, or of the one that stands on a line of its own.
void TakePlace(RawReport& report, const Dateline& dateline) {
  report.article.place = dateline.place;
  if (!report.article.place.empty() || report.place_line == kNowhere) return;
  const std::string& text = report.lines[report.place_line].text;
  report.article.place = text.substr(0, text.find(','));
}

}  // namespace

void TakeFacts(RawReport& report) {
  Dateline dateline;
  if (report.body != kNowhere) {
    const std::string& opening = report.lines[report.body].text;
    dateline = ReadDateline(report.words, report.article.lang, opening);
  }
  TakePlace(report, dateline);
  TakeDates(report, dateline);
  TakeAuthors(report);
  TakePublisher(report, dateline);
}

}  // namespace kronik
