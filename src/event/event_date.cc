#include "event/event_date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

#include "base/dateline.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr int kNewsDays = 31;  // what is older is background
constexpr int kHistoryYears = 30;
constexpr int kHistoryBefore = 1980;  // where the report has no date
constexpr size_t kOpening = 3;        // sentences that tell when the story takes place
constexpr int kWeek = 7;
constexpr uint32_t kFar = 100;      // a distance that no word of the trigger's phrase has
constexpr uint32_t kDateline = 12;  // words of the longest
constexpr size_t kCarried = 6;      // sentences back to one that tells the day

std::string IsoDay(int day) {
  using namespace std::chrono;
  const year_month_day date{sys_days(days(day))};
  const auto two = [](unsigned n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

// The days of a length in ISO 8601 that is one of days or weeks: "P2W".
std::optional<int> DaysOf(std::string_view length) {
  int count = 0;
  if (length.size() < 3 || length.size() > 5 || length[0] != 'P') return std::nullopt;
  const char* end = length.data() + length.size() - 1;
  if (std::from_chars(length.data() + 1, end, count).ptr != end) return std::nullopt;
  if (*end != 'D' && *end != 'W') return std::nullopt;
  return *end == 'D' ? count : count * kWeek;
}

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

// Likewise of the first day.
std::optional<int> FirstDay(std::string_view date) {
  return LastDay(date.size() == 4   ? std::string(date) + "-01-01"
                 : date.size() == 7 ? std::string(date) + "-01"
                                    : std::string(date));
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
      times_(document_.sentences.size()),
      lengths_(document_.sentences.size()) {
  const std::vector<Sentence>& sentences = document_.sentences;
  for (const TimeExpression& time : document_.times) {
    const bool date = time.kind == TimeKind::kDate || time.kind == TimeKind::kDateRange;
    const bool length = time.kind == TimeKind::kDuration;
    if (time.span.layer != Layer::kBody || time.first >= time.last ||
        !(time.interval.known() || date || length)) {
      continue;
    }
    const auto in = std::ranges::upper_bound(sentences, time.first, {}, &Sentence::last);
    if (in == sentences.end() || time.first < in->first || time.last > in->last) continue;
    const bool opens = time.last <= in->first + kDateline;
    if (opens && time.last <= AfterDateline(document_, *in)) continue;  // of the report's filing
    (length ? lengths_ : times_)[static_cast<size_t>(in - sentences.begin())].push_back(&time);
  }
  if (report_day_) story_day_ = StoryDay();
}

void EventDates::Date(const Candidate& candidate, const Sentence& sentence, const Words& words,
                      Event& event) const {
  const auto index = static_cast<size_t>(&sentence - document_.sentences.data());
  const bool done = event.status == EventStatus::kAsserted;
  const TimeExpression* time = TimeOf(candidate, index, event.status, words);
  const bool own = time != nullptr && Distance(*time, candidate) < kFar;
  if (const uint32_t year = own ? kNone : YearBefore(candidate); year != kNone) {
    const std::string when(tree_.token(year).form);
    event.date = {when, when};
    event.date_text = document_.SpanOf(year, year + 1);
    event.background = event.date.to < published_.substr(0, 4);
    return;
  }
  if (!own && Counted(candidate, index, words)) return;
  if (const Apart apart = own ? Apart() : ApartFrom(candidate, index, words);
      apart.length != nullptr && DateApart(apart, time, event)) {
    return;
  }
  if (time != nullptr) {
    if (!time->interval.known()) return;  // "in recent weeks"
    event.date = time->interval;
    event.date_text = time->span;
    event.background = IsBackground(*time);
    if (done && event.date.to.empty()) event.date.to = published_;  // "since April"
    if (done && Since(*time, candidate, words)) {
      event.date.to = published_;
      event.background = false;
    }
  } else if (done && report_day_ && published_.size() == 10) {
    if (const TimeExpression* before = Carried(candidate, index, words)) {
      event.date = before->interval;
      event.background = IsBackground(*before);
    } else if (!Pluperfect(candidate, words)) {
      event.date = {story_day_, story_day_};
    }
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
// asked or willing to do has a day or a week of the act's own only by the parser's mistake ("agreed
// to talks on Monday"), a month or a year is the deed's ("invited him to speak in May").
uint32_t EventDates::OtherVerb(const TimeExpression& time, const Candidate& candidate) const {
  const auto first = FirstDay(time.interval.from), last = LastDay(time.interval.to);
  const bool day = first && last && *last - *first < kWeek;
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

// What is done has no date to come: "signed a plan for 2027-2028". A day's grace, since the report
// may be dated in another time zone.
bool EventDates::ToCome(const TimeExpression& time) const {
  return report_day_ && FirstDay(time.interval.from).value_or(*report_day_) > *report_day_ + 1;
}

// Whether a time is over on the day of the report.
bool EventDates::Over(const TimeExpression& time) const {
  return report_day_ && time.interval.known() &&
         LastDay(time.interval.to).value_or(*report_day_ + 1) <= *report_day_;
}

// The noun behind a time that it tells more of: "Monday's attack", "a Tuesday vote". Without a
// possessive ending or a determiner the parser's mistake: "on June 9 police fired".
uint32_t EventDates::NounOf(const TimeExpression& time) const {
  const std::vector<Token>& tokens = document_.tokens;
  const bool possessive = time.last < tokens.size() && tokens[time.last].Is("case") &&
                          tokens[time.last].upos == Upos::kPart;
  const bool determined = tokens[time.first].upos == Upos::kDet ||
                          (time.first > 0 && tokens[time.first - 1].upos == Upos::kDet);
  if (!possessive && !determined) return kNone;
  for (uint32_t t = time.first; t < time.last; ++t) {
    const uint32_t head = tree_.Head(t);
    if (head == kNone || (head >= time.first && head < time.last)) continue;
    const Token& word = tree_.token(t);
    const bool modifies = word.Is("nmod") || word.Is("compound") || word.Is("nummod") ||
                          word.Is("amod") || word.Is("det");
    return modifies && head >= time.last && IsNominal(tree_.token(head)) ? head : kNone;
  }
  return kNone;
}

// The year before the noun that an act is, or that a clause with the act tells of: "the 2003
// invasion", "the 1991 treaty, which both signed". Not one to come.
uint32_t EventDates::YearBefore(const Candidate& candidate) const {
  uint32_t noun = candidate.match.trigger;
  if (!IsNominal(tree_.token(noun))) {
    noun = tree_.token(noun).deprel == "acl:relcl" ? tree_.Head(noun) : kNone;
  }
  if (noun == kNone || published_.size() < 4) return kNone;
  for (uint32_t child : tree_.Children(noun)) {
    const std::string_view form = tree_.token(child).form;
    const bool year = form.size() == 4 && child < noun &&
                      std::ranges::all_of(form, [](char c) { return c >= '0' && c <= '9'; });
    if (year && form > "1900" && form <= published_.substr(0, 4)) return child;
  }
  return kNone;
}

// Whether a time tells of another noun than the trigger: who condemned Monday's attack need not
// have done so on Monday, but who agreed at Monday's talks did.
bool EventDates::OfNoun(const TimeExpression& time, const Candidate& candidate,
                        const Words& words) const {
  const uint32_t noun = NounOf(time);
  if (noun == kNone) return false;
  uint32_t at = candidate.match.trigger;
  for (int step = 0; step < kMaxClimb && at != kNone && at != noun; ++step) at = tree_.Head(at);
  if (at == noun) return false;
  return !(tree_.token(noun).Is("obl") &&
           tree_.Child(noun, words.Class("within"), "case") != kNone);
}

uint32_t EventDates::Distance(const TimeExpression& time, const Candidate& candidate) const {
  const uint32_t trigger = candidate.match.trigger;
  const uint32_t words = time.first > trigger ? time.first - trigger : trigger - time.first;
  constexpr int kNear = 3;  // heads; up to the next verb it may be more
  bool verb = false;
  uint32_t at = time.first;
  for (int step = 1; step <= kMaxClimb && !(verb && step > kNear); ++step) {
    at = tree_.Head(at);
    if (at == kNone) break;
    if (at == trigger || at == candidate.light) return words;
    verb = verb || tree_.token(at).upos == Upos::kVerb;
  }
  return words + kFar;
}

const TimeExpression* EventDates::TimeOf(const Candidate& candidate, size_t sentence,
                                         EventStatus status, const Words& words) const {
  const bool done = status == EventStatus::kAsserted;
  const TimeExpression* best = nullptr;
  uint32_t best_distance = UINT32_MAX;
  for (const TimeExpression* time : times_[sentence]) {
    if (done && ToCome(*time)) continue;
    // "After arriving on Wednesday he thanked them": of the same days, if it is news.
    if (OfNoun(*time, candidate, words)) continue;
    const uint32_t other = OtherVerb(*time, candidate);
    const bool loose = other != kNone && done && OfThisWeek(*time) &&
                       (tree_.token(other).Is("advcl") || Closes(*time, sentence));
    if (other != kNone && !loose) continue;
    const uint32_t distance = Distance(*time, candidate) + (other != kNone ? kFar : 0);
    // The day when a plan was told is not the day that it is for; a vague time is its own word's.
    const bool own = distance < kFar;
    if (!own && (!time->interval.known() || (status == EventStatus::kPlanned && Over(*time)))) {
      continue;
    }
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

// The verb whose time it is; kNone where it hangs on none.
uint32_t EventDates::VerbOf(const TimeExpression& time) const {
  uint32_t at = time.first;
  for (int step = 0; step < kMaxClimb && at != kNone; ++step) {
    if (tree_.token(at).upos == Upos::kVerb) return at;
    at = tree_.Head(at);
  }
  return kNone;
}

// "He had left": done before what the report tells. What somebody says that he had done is not.
bool EventDates::Pluperfect(const Candidate& candidate, const Words& words) const {
  const uint32_t verb = candidate.light != kNone ? candidate.light : candidate.match.trigger;
  return !tree_.token(verb).Is("ccomp") &&
         tree_.Child(verb, words.Class("pluperfect"), "aux") != kNone;
}

// "Two days after the vote police arrested him": apart from what has no day.
bool EventDates::Counted(const Candidate& candidate, size_t sentence, const Words& words) const {
  for (const TimeExpression* length : lengths_[sentence]) {
    uint32_t at = length->last;
    if (at >= document_.sentences[sentence].last) continue;
    if (!tree_.In(at, words.Class("after")) && !tree_.In(at, words.Class("before"))) continue;
    for (int step = 0; step < kMaxClimb && at != kNone; ++step) {
      const uint32_t head = tree_.Head(at);
      if (head != kNone && (head == candidate.match.trigger || head == candidate.light)) {
        return step > 0;
      }
      if (step > 0 && tree_.token(at).upos == Upos::kVerb) break;
      at = head;
    }
  }
  return false;
}

// "Ten years after rebels took the town, ...": how far from what the clause above tells.
EventDates::Apart EventDates::ApartFrom(const Candidate& candidate, size_t sentence,
                                        const Words& words) const {
  uint32_t at = candidate.match.trigger;
  for (int step = 0; step < kMaxClimb && at != kNone && !tree_.token(at).Is("advcl"); ++step) {
    at = tree_.Head(at);
  }
  const uint32_t mark = at == kNone ? kNone : tree_.Child(at, words.Class("when"), "mark");
  if (mark == kNone) return {};
  const auto ends = [&](const TimeExpression* time) {
    return (time->last == mark || time->last == mark + 1) && !time->interval.known();
  };
  for (const TimeExpression* time : times_[sentence]) {
    if (ends(time)) return {time, 0};
  }
  for (const TimeExpression* length : lengths_[sentence]) {
    if (!ends(length)) continue;
    return {length, tree_.In(mark, words.Class("after"))    ? -1
                    : tree_.In(mark, words.Class("before")) ? 1
                                                            : 0};
  }
  return {};
}

// Dates an act apart from one of whose clause `time` is. False where it may be of the same time:
// days apart from what happened in some month.
bool EventDates::DateApart(const Apart& apart, const TimeExpression* time, Event& event) const {
  const bool day = time != nullptr && time->interval.from.size() >= 10 &&
                   time->interval.from == time->interval.to && OfMainClause(*time);
  const std::optional<int> days = DaysOf(apart.length->value);
  if (day && days && apart.direction != 0) {
    const int when = *LastDay(time->interval.from) + apart.direction * *days;
    event.date.from = event.date.to = IsoDay(when);
    event.date_text = apart.length->span;
    event.background = report_day_ && when + kNewsDays < *report_day_;
    return true;
  }
  const bool coarse = time != nullptr && time->interval.from.size() < 10;
  return !coarse || !days;
}

// "denies", "has denied"
bool EventDates::Present(const Candidate& candidate) const {
  constexpr std::string_view kPresent = "Tense=Pres";
  const auto present = [&](uint32_t word) {
    const Token& token = tree_.token(word);
    return token.feats.find(kPresent) != std::string_view::npos &&
           token.feats.find("VerbForm=Part") == std::string_view::npos;
  };
  const uint32_t verb = candidate.light != kNone ? candidate.light : candidate.match.trigger;
  return present(verb) || std::ranges::any_of(tree_.Children(verb), [&](uint32_t child) {
           return tree_.token(child).Is("aux") && present(child);
         });
}

// Whether a sentence goes on with what the one before it tells: in the same paragraph, or by "he
// also".
bool EventDates::GoesOn(size_t sentence, const Words& words) const {
  const Sentence& here = document_.sentences[sentence];
  if (here.block == document_.sentences[sentence - 1].block) return true;
  constexpr uint32_t kHead = 4;  // words in which that is said
  const uint32_t last = std::min(here.last, here.first + kHead);
  bool also = false;
  for (uint32_t t = here.first; t < last; ++t) also = also || tree_.In(t, words.Class("also"));
  return also && document_.tokens[here.first].upos == Upos::kPron;
}

// The time of what the sentences before told, where this one goes on with it: "On Monday troops
// entered the town. They arrested the mayor."
const TimeExpression* EventDates::Carried(const Candidate& candidate, size_t sentence,
                                          const Words& words) const {
  if (Pluperfect(candidate, words)) return nullptr;
  for (size_t back = 0; back < kCarried && sentence > 0; ++back, --sentence) {
    if (!GoesOn(sentence, words)) return nullptr;
    const std::vector<const TimeExpression*>& times = times_[sentence - 1];
    bool other = false;  // a time to come, a vague one, one of a clause below
    for (const TimeExpression* time : times) {
      const uint32_t verb = VerbOf(*time);
      const bool told = verb == kNone || tree_.Child(verb, words.Class("future"), "aux") == kNone;
      const bool closed = !time->interval.from.empty() && !time->interval.to.empty();
      const bool main = OfMainClause(*time) || Closes(*time, sentence - 1) ||
                        (OfThisWeek(*time) && verb != kNone && tree_.token(verb).Is("advcl"));
      if (closed && told && Over(*time) && main && NounOf(*time) == kNone) {
        // "In 2019 they seized a ship. Tehran denies it": the present is not of 2019.
        return OfThisWeek(*time) || !Present(candidate) ? time : nullptr;
      }
      other = true;
    }
    if (other) return nullptr;
  }
  return nullptr;
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
  return from == time.interval.to && from.size() >= 10 && day && report_day_ &&
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
      if (OfThisWeek(*time) && NounOf(*time) == kNone &&
          (OfMainClause(*time) || Closes(*time, s))) {
        return time->interval.from.substr(0, 10);
      }
    }
  }
  return std::string(published_);
}

}  // namespace kronik
