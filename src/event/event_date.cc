#include "event/event_date.h"

#include <algorithm>
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
constexpr size_t kOpening = 3;        // sentences that tell when the story takes place
constexpr int kWeek = 7;
constexpr uint32_t kFar = 100;  // a distance that no word of the trigger's phrase has

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

}  // namespace

EventDates::EventDates(const Tree& tree)
    : tree_(tree),
      document_(tree.document()),
      published_(std::string_view(document_.article.published).substr(0, 10)),
      report_day_(LastDay(published_)),
      times_(document_.sentences.size()) {
  const std::vector<Sentence>& sentences = document_.sentences;
  for (const TimeExpression& time : document_.times) {
    if (time.span.layer != Layer::kBody || time.first >= time.last || !time.interval.known()) {
      continue;
    }
    const auto in = std::ranges::upper_bound(sentences, time.first, {}, &Sentence::last);
    if (in == sentences.end() || time.first < in->first || time.last > in->last) continue;
    times_[static_cast<size_t>(in - sentences.begin())].push_back(&time);
  }
  if (report_day_) story_day_ = StoryDay();
}

void EventDates::Date(const Candidate& candidate, const Sentence& sentence, const Words& words,
                      Event& event) const {
  const auto index = static_cast<size_t>(&sentence - document_.sentences.data());
  const bool done = event.status == EventStatus::kAsserted;
  if (const TimeExpression* time = TimeOf(candidate, index, done)) {
    event.date = time->interval;
    event.date_text = time->span;
    event.background = IsBackground(*time);
    if (done && event.date.to.empty()) event.date.to = published_;  // "since April"
    if (done && Since(*time, candidate, words)) {
      event.date.to = published_;
      event.background = false;
    }
  } else if (done && report_day_ && published_.size() == 10) {
    event.date = {story_day_, story_day_};
  }
}

bool EventDates::IsHistory(const Event& event) const {
  const int when = YearOf(event.date.to.empty() ? event.date.from : event.date.to);
  if (when == 0 || event.date_text.empty()) return false;
  const int published = YearOf(published_);
  return when < (published > 0 ? published - kHistoryYears : kHistoryBefore);
}

// The verb of a clause below the trigger whose time it is: "offered to hand over those who attacked
// a train in 1988". kNone where the time is the trigger's own, or stands apart. What somebody is
// asked or willing to do has a day of the act's own only by the parser's mistake ("agreed to talks
// on Monday"), a month or a year is the deed's ("invited him to speak in May").
uint32_t EventDates::OtherVerb(const TimeExpression& time, const Candidate& candidate) const {
  const bool day = time.interval.from.size() >= 10 && time.interval.from == time.interval.to;
  uint32_t verb = kNone;
  for (uint32_t at = time.first, step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree_.Head(at);
    if (head == kNone) return kNone;
    if (head == candidate.match.trigger || head == candidate.light) return verb;
    if (tree_.token(head).upos == Upos::kVerb && !(day && tree_.token(head).Is("xcomp")))
      verb = head;
    at = head;
  }
  return kNone;
}

// What is done has no date to come: "signed a plan for 2027-2028".
bool EventDates::ToCome(const TimeExpression& time) const {
  return report_day_ && LastDay(time.interval.from).value_or(*report_day_) > *report_day_ &&
         time.interval.from.substr(0, 4) > published_.substr(0, 4);
}

uint32_t EventDates::Distance(const TimeExpression& time, const Candidate& candidate) const {
  const uint32_t trigger = candidate.match.trigger;
  const uint32_t words = time.first > trigger ? time.first - trigger : trigger - time.first;
  for (uint32_t at = time.first, step = 0; step < 3; ++step) {
    at = tree_.Head(at);
    if (at == kNone) break;
    if (at == trigger || at == candidate.light) return words;
  }
  return words + kFar;
}

const TimeExpression* EventDates::TimeOf(const Candidate& candidate, size_t sentence,
                                         bool done) const {
  const TimeExpression* best = nullptr;
  uint32_t best_distance = UINT32_MAX;
  for (const TimeExpression* time : times_[sentence]) {
    if (done && ToCome(*time)) continue;
    // "After arriving on Wednesday he thanked them": of the same days, if it is news.
    const uint32_t other = OtherVerb(*time, candidate);
    const bool loose = other != kNone && done && OfThisWeek(*time) &&
                       (tree_.token(other).Is("advcl") || Closes(*time, sentence));
    if (other != kNone && !loose) continue;
    const uint32_t distance = Distance(*time, candidate) + (other != kNone ? kFar : 0);
    if (distance < best_distance) {
      best = time;
      best_distance = distance;
    }
  }
  return best;
}

// "has killed hundreds since the coup on 1 February": from then until the report.
bool EventDates::Since(const TimeExpression& time, const Candidate& candidate,
                       const Words& words) const {
  if (!report_day_ || LastDay(time.interval.from).value_or(*report_day_) >= *report_day_) {
    return false;
  }
  uint32_t at = time.first;
  for (int step = 0; step < kMaxClimb && at != kNone; ++step) {
    if (at == candidate.match.trigger || at == candidate.light) return false;
    if (words.Class("since").contains(std::string(tree_.Case(at)))) return true;
    at = tree_.Head(at);
  }
  return false;
}

// Over more than a month before the report. Days, not years: what happened in December is news on
// New Year's Day. Who writes of long ago names the year.
bool EventDates::IsBackground(const TimeExpression& time) const {
  const std::string_view text = document_.Cut(time.span);
  const std::string_view over = time.interval.to.empty() ? time.interval.from : time.interval.to;
  const std::optional<int> over_day = LastDay(over);
  const bool day_alone =
      over.size() == 10 && text.find(over.substr(0, 4)) == std::string_view::npos;
  return over_day && report_day_ && *over_day + kNewsDays < *report_day_ && !day_alone;
}

// Whether a time is a day of the week before the report.
bool EventDates::OfThisWeek(const TimeExpression& time) const {
  const std::string& from = time.interval.from;
  const std::optional<int> day = LastDay(from);
  return from == time.interval.to && from.size() == 10 && day && report_day_ &&
         *day <= *report_day_ && *day + kWeek >= *report_day_;
}

// Whether a time stands at the end of a sentence, behind a comma, as the press dates what it tells:
// "..., Tuesday (14/5)".
bool EventDates::Closes(const TimeExpression& time, size_t sentence) const {
  const Sentence& in = document_.sentences[sentence];
  if (time.first <= in.first || document_.tokens[time.first - 1].upos != Upos::kPunct) return false;
  for (uint32_t t = time.last; t < in.last; ++t) {
    if (document_.tokens[t].upos != Upos::kPunct) return false;
  }
  return true;
}

// Whether a time hangs on the verb that a sentence is about, or on what is said in it.
bool EventDates::OfMainClause(const TimeExpression& time) const {
  uint32_t at = time.first;
  for (int step = 0; step < kMaxClimb && at != kNone; ++step) {
    if (tree_.token(at).upos == Upos::kVerb) {
      return tree_.Head(at) == kNone || tree_.token(at).Is("ccomp");
    }
    at = tree_.Head(at);
  }
  return at == kNone;
}

// The first day that the report's opening names, if it is of the week before the report: what has
// no date of its own mostly happened then. Else that of the report.
std::string EventDates::StoryDay() const {
  for (size_t s = 0; s < times_.size() && s < kOpening; ++s) {
    for (const TimeExpression* time : times_[s]) {
      if (OfThisWeek(*time) && (OfMainClause(*time) || Closes(*time, s))) {
        return time->interval.from;
      }
    }
  }
  return std::string(published_);
}

}  // namespace kronik
