#include "event/event_date.h"

#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr int kNewsDays = 31;  // what is older is background
constexpr int kHistoryYears = 30;
constexpr int kHistoryBefore = 1980;  // where the report has no date
constexpr uint32_t kFar = 100;        // a distance that no word of the trigger's phrase has

// The number of the last day that an ISO 8601 date of any precision covers, in an unbroken count;
// nothing for what is no date.
std::optional<int> LastDay(std::string_view date) {
  int year = 0;
  unsigned month = 12, day = 31;
  const auto read = [&](size_t at, size_t size, auto& value) {
    if (date.size() < at + size) return false;
    return std::from_chars(date.data() + at, date.data() + at + size, value).ptr ==
           date.data() + at + size;
  };
  if (!read(0, 4, year)) return std::nullopt;
  if (date.size() >= 7 && !read(5, 2, month)) return std::nullopt;
  if (date.size() >= 10 && !read(8, 2, day)) return std::nullopt;
  using namespace std::chrono;
  year_month_day whole{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (date.size() < 10 && whole.month().ok()) whole = whole.year() / whole.month() / last;
  if (!whole.ok()) return std::nullopt;
  return sys_days(whole).time_since_epoch().count();
}

int YearOf(std::string_view date) {
  int out = 0;
  for (size_t i = 0; i < 4 && i < date.size() && IsDigit(static_cast<unsigned char>(date[i]));
       ++i) {
    out = out * 10 + (date[i] - '0');
  }
  return out;
}

// The day of publication; empty where the report has none.
std::string_view PublishedDay(const Document& document) {
  return std::string_view(document.article.published).substr(0, 10);
}

// Whether a time tells when something else takes place: it hangs on a verb of its own, in a clause
// below the trigger ("offered to hand over those who attacked a train in 1988"). What somebody is
// asked or willing to do has a day of the act's own only by the parser's mistake ("agreed to talks on
// Monday"), a month or a year is the deed's ("invited him to speak in May").
bool OfAnother(const Tree& tree, const TimeExpression& time, const Candidate& candidate) {
  const bool day = time.interval.from.size() >= 10 && time.interval.from == time.interval.to;
  uint32_t verb = kNone;
  for (uint32_t at = time.first, step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree.Head(at);
    if (head == kNone) return false;
    if (head == candidate.match.trigger || head == candidate.light) return verb != kNone;
    if (tree.token(head).upos == Upos::kVerb && !(day && tree.token(head).Is("xcomp"))) verb = head;
    at = head;
  }
  return false;
}

// What is done has no date to come: "signed a plan for 2027-2028".
bool ToCome(const TimeExpression& time, std::string_view published) {
  const std::optional<int> report = LastDay(published);
  return report && LastDay(time.interval.from).value_or(*report) > *report &&
         time.interval.from.substr(0, 4) > published.substr(0, 4);
}

uint32_t Distance(const Tree& tree, const TimeExpression& time, const Candidate& candidate) {
  const uint32_t trigger = candidate.match.trigger;
  const uint32_t words = time.first > trigger ? time.first - trigger : trigger - time.first;
  for (uint32_t at = time.first, step = 0; step < 3; ++step) {
    at = tree.Head(at);
    if (at == kNone) break;
    if (at == trigger || at == candidate.light) return words;
  }
  return words + kFar;
}

const TimeExpression* TimeOf(const Tree& tree, const Candidate& candidate, const Sentence& sentence,
                             bool done) {
  const Document& document = tree.document();
  const TimeExpression* best = nullptr;
  uint32_t best_distance = UINT32_MAX;
  for (const TimeExpression& time : document.times) {
    if (time.span.layer != Layer::kBody || time.first >= time.last || time.first < sentence.first ||
        time.last > sentence.last || !time.interval.known() || OfAnother(tree, time, candidate) ||
        (done && ToCome(time, PublishedDay(document)))) {
      continue;
    }
    const uint32_t distance = Distance(tree, time, candidate);
    if (distance < best_distance) {
      best = &time;
      best_distance = distance;
    }
  }
  return best;
}

// Over more than a month before the report. Days, not years: what happened in December is news on
// New Year's Day. Who writes of long ago names the year.
bool IsBackground(const Document& document, const TimeExpression& time) {
  const std::string_view text = document.Cut(time.span);
  const std::string_view over = time.interval.to.empty() ? time.interval.from : time.interval.to;
  const std::optional<int> over_day = LastDay(over);
  const std::optional<int> report_day = LastDay(PublishedDay(document));
  const bool day_alone =
      over.size() == 10 && text.find(over.substr(0, 4)) == std::string_view::npos;
  return over_day && report_day && *over_day + kNewsDays < *report_day && !day_alone;
}

}  // namespace

void DateEvent(const Tree& tree, const Candidate& candidate, const Sentence& sentence,
               Event& event) {
  const Document& document = tree.document();
  const bool done = event.status == EventStatus::kAsserted;
  if (const TimeExpression* time = TimeOf(tree, candidate, sentence, done)) {
    event.date = time->interval;
    event.date_text = time->span;
    event.background = IsBackground(document, *time);
    // "since April": until the report.
    if (done && event.date.to.empty()) event.date.to = PublishedDay(document);
  } else if (const std::string_view day = PublishedDay(document); done && day.size() == 10) {
    event.date = {std::string(day), std::string(day)};
  }
}

bool IsHistory(const Document& document, const Event& event) {
  const int when = YearOf(event.date.to.empty() ? event.date.from : event.date.to);
  if (when == 0 || event.date_text.empty()) return false;
  const int published = YearOf(document.article.published);
  return when < (published > 0 ? published - kHistoryYears : kHistoryBefore);
}

}  // namespace kronik
