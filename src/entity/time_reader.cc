#include "entity/time_reader.h"

#include <algorithm>

namespace kronik::times {

void TimeReader::Run(std::string_view text, uint32_t offset, Layer layer, uint16_t index,
                     std::vector<TimeExpression>& out, bool fresh) {
  items_ = Lex(language_, text);
  aside_ = aside_ || fresh;
  bool named = false;
  ++sentence_;
  for (size_t i = 0; i < items_.size();) {
    Match match = Expression(i);
    if (match.end <= i) {
      ++i;
      continue;
    }
    TimeExpression found;
    found.span = {offset + items_[i].start, offset + items_[match.end - 1].end, layer, index};
    found.kind = match.kind;
    if (match.when && match.value.empty()) found.value = ValueOf(*match.when);
    if (!match.value.empty()) found.value = match.value;
    if (match.interval.known()) {
      found.interval = match.interval;
    } else if (match.when) {
      found.interval = IntervalOf(*match.when);
    }
    if (match.when && !(named && IsOfSpeech(i))) {
      anchor_ = match.when;
      anchored_ = sentence_;
      aside_ = false;
      if (IsSingleDay(match)) {
        day_ = match.when->first;
        if (reference_ && *day_ <= *reference_ && *day_ + days(7) >= *reference_) story_ = day_;
      }
      named = true;
    }
    out.push_back(std::move(found));
    i = match.end;
  }
}

std::optional<sys_days> TimeReader::Origin(int unit, int count) const {
  if (!anchor_) return count < 0 ? reference_ : std::nullopt;
  const Precision precision = anchor_->precision;
  const bool fine = unit == kYears || unit == kDecades     ? precision <= Precision::kYear
                    : unit == kMonths || unit == kQuarters ? precision <= Precision::kMonth
                                                           : anchor_->first == anchor_->last;
  if (fine) {
    // A new paragraph goes on with the story, not with the history that the one before told.
    const bool history = precision == Precision::kDay && story_ && anchor_->first < *story_;
    const bool of_days = unit == kDays || unit == kWeeks;
    return aside_ && history && of_days && (count < 0 || *story_ < *reference_) ? *story_
                                                                                : anchor_->first;
  }
  // "In 2015 they signed. Two days later": of no day known; but a year named in passing, some
  // sentences ago, does not end the story of a day.
  return sentence_ > anchored_ + 1 ? day_ : std::nullopt;
}

bool TimeReader::IsOfSpeech(size_t i) const {
  constexpr size_t kReach = 3;  // "told reporters on"
  for (size_t back = 1; back <= kReach && back <= i; ++back) {
    if (!At(i - back).word) return false;
    if (Is(i - back, Class::kSaid)) return true;
  }
  return false;
}

const Item& TimeReader::At(size_t i) const {
  static const Item kNothing;
  return i < items_.size() ? items_[i] : kNothing;
}

std::optional<int> TimeReader::Figure(size_t i, int least, int most, bool loose) const {
  const Item& item = At(i);
  if (!item.digits || item.length < least || item.length > most) return std::nullopt;
  if (loose) return item.number;
  const bool led = i > 0 && Is(i - 1, Class::kLead);  // "FY2024"
  if (i > 0 && item.glued && (Sign(i - 1, U"/$€£%") || (At(i - 1).word && !led))) {
    return std::nullopt;
  }
  if (i > 1 && item.glued && Sign(i - 1, U".,:") && At(i - 2).digits && At(i - 1).glued) {
    return std::nullopt;
  }
  if (Sign(i + 1, U".,:/%") && At(i + 1).glued && At(i + 2).digits && At(i + 2).glued) {
    return std::nullopt;
  }
  return item.number;
}

std::optional<int> TimeReader::YearAt(size_t i) const {
  const std::optional<int> year = Figure(i, 4, 4);
  if (!year || *year < 1000 || *year > 2200) return std::nullopt;
  if (At(i + 1).word && At(i + 1).glued) return std::nullopt;
  return year;
}

std::optional<std::pair<size_t, int>> TimeReader::DayAt(size_t i, bool words) const {
  if (std::optional<int> day = Figure(i, 1, 2)) {
    if (*day < 1 || *day > 31) return std::nullopt;
    if (At(i + 1).word && At(i + 1).glued) {
      if (!Is(i + 1, Class::kOrdinalSuffix)) return std::nullopt;
      return std::pair{i + 2, *day};
    }
    return std::pair{i + 1, *day};
  }
  if (!words) return std::nullopt;
  if (const std::optional<int> day = At(i).Get(Class::kOrdinal)) {
    return *day > 31 ? std::nullopt : std::optional(std::pair{i + 1, *day});
  }
  // "twenty-first"
  const int tens = At(i).Get(Class::kNumber).value_or(0);
  const int ones = At(i + 2).Get(Class::kOrdinal).value_or(10);
  if ((tens != 20 && tens != 30) || ones > 9 || tens + ones > 31) return std::nullopt;
  if (!Dash(i + 1) || !At(i + 1).glued || !At(i + 2).glued) return std::nullopt;
  return std::pair{i + 3, tens + ones};
}

std::optional<std::pair<size_t, int>> TimeReader::NumberAt(size_t i) const {
  if (std::optional<int> number = Figure(i, 1, 3)) {
    if (At(i + 1).glued) return std::nullopt;
    return std::pair{i + 1, *number};
  }
  return SpelledAt(i);
}

std::optional<std::pair<size_t, int>> TimeReader::SpelledAt(size_t i) const {
  std::optional<int> number = At(i).Get(Class::kNumber);
  bool article = !number && Is(i, Class::kArticle);
  if (article) number = 1;
  if (!number) return std::nullopt;
  // What stands before the last word, and that word with its scale: 120 and 5.
  int sum = 0, group = *number;
  size_t at = i + 1;
  for (constexpr int kMost = 9999; at < i + 12;) {
    if (const std::optional<int> scale = At(at).Get(Class::kScale)) {
      const int scaled = (*scale >= 1000 ? sum + group : group) * *scale;
      if (scaled > kMost || group >= *scale) break;
      if (*scale >= 1000) sum = 0;
      group = scaled;
      article = false;
      ++at;
      continue;
    }
    const int whole = sum + group;
    // What may follow is smaller than the last figure that isn't nought.
    const int room = whole % 1000 == 0 ? 1000 : whole % 100 == 0 ? 100 : whole % 10 == 0 ? 10 : 0;
    size_t next = at;
    if (Dash(next) && At(next).glued && At(next + 1).glued) ++next;
    if (Is(next, Class::kAnd) && room >= 100) ++next;
    number = At(next).Get(Class::kNumber);
    if (article || !number || *number >= room || whole < 20 || whole + *number > kMost) break;
    sum = whole;
    group = *number;
    at = next + 1;
  }
  return std::pair{at, sum + group};
}

bool TimeReader::One(size_t i) const {
  return Is(i, Class::kArticle) || At(i).Get(Class::kNumber) == 1;
}

std::optional<int> TimeReader::MonthAt(size_t i) const {
  if (std::optional<int> month = At(i).Get(Class::kMonth)) return month;
  return At(i).Get(Class::kMaybeMonth);
}

size_t TimeReader::PastDot(size_t i) const {
  return Sign(i, U".") && At(i).glued && i > 0 && i + 1 < items_.size() &&
                 At(i - 1).end - At(i - 1).start <= 4
             ? i + 1
             : i;
}

bool TimeReader::Future(size_t from, size_t to) const {
  constexpr size_t kReach = 60;  // items, so that signs without end cost no more
  size_t seen = 0;
  for (size_t i = from; i-- > 0 && seen < 12 && from - i < kReach && !Sign(i, U";");) {
    if (!items_[i].word) continue;
    ++seen;
    if (items_[i].Is(Class::kFuture)) return true;
    if (items_[i].Is(Class::kPast)) return false;
  }
  if (from > 3) return false;
  seen = 0;
  for (size_t i = to; i < items_.size() && seen < 12 && i - to < kReach && !Sign(i, U";"); ++i) {
    if (!items_[i].word) continue;
    ++seen;
    if (items_[i].Is(Class::kFuture)) return true;
    if (items_[i].Is(Class::kPast)) return false;
  }
  return false;
}

When TimeReader::WeekdayNear(int weekday, bool future) const {
  const int ahead = (weekday - WeekdayOf(*reference_) + 7) % 7;
  return Day(*reference_ + days(future || ahead == 0 ? ahead : ahead - 7));
}

int TimeReader::YearNear(int month, int day, bool future, int direction) const {
  const int year = YearOf(*reference_);
  int best = year;
  long best_distance = 1L << 40;
  for (int y = year - 1; y <= year + 1; ++y) {
    const int last = DayNumber(Month(y, month).last);
    const sys_days that = DayOf(y, month, std::min(day, last));
    long distance = (that - *reference_).count();
    if (direction < 0 && distance > 0) continue;
    if ((direction > 0 || future) && distance < 0) distance = distance < -45 ? 4000 : 400;
    // A future date without a word for it is rarer than a past one.
    distance = distance < 0 ? -distance : distance * (future || direction > 0 ? 1 : 7);
    if (distance < best_distance) {
      best_distance = distance;
      best = y;
    }
  }
  return best;
}

YearWord TimeReader::YearWordAt(size_t i) const {
  size_t at = i;
  if (Sign(at, U",") && !Is(at + 1, Class::kPre)) {
    if (std::optional<int> year = YearAt(at + 1)) return {at + 2, year, 0};
    return {};
  }
  if (std::optional<int> year = YearAt(at)) return {at + 1, year, 0};
  if (Is(at, Class::kOf)) ++at;
  if (std::optional<int> year = YearAt(at); year && at > i) return {at + 1, year, 0};
  const bool year_unit = At(at).Get(Class::kUnit) == kYears;
  if (year_unit && YearAt(at + 1)) return {at + 2, YearAt(at + 1), 0};
  // "in March that year", "pada Maret tahun itu"
  const bool that = (At(at).Get(Class::kThat) == -1 && At(at + 1).Get(Class::kUnit) == kYears) ||
                    (year_unit && At(at + 1).Get(Class::kThat) == 1);
  if (that && anchor_) return {at + 2, YearOf(anchor_->first), 0};
  if (!reference_) return {};
  if (std::optional<int> shift = At(at).Get(Class::kPre)) {
    if (At(at + 1).Get(Class::kUnit) == kYears) {
      return {at + 2, YearOf(*reference_) + *shift, 0};
    }
  }
  if (year_unit && Is(at + 1, Class::kPost)) {
    return {at + 2, YearOf(*reference_) + *At(at + 1).Get(Class::kPost), 0};
  }
  if (std::optional<int> shift = At(i).Get(Class::kPost)) {
    if (*shift == 0) return {i + 1, YearOf(*reference_), 0};
    return {i + 1, std::nullopt, *shift};
  }
  return {};
}

std::optional<When> TimeReader::DayOfMonthNear(int day, bool future) const {
  for (int shift : {0, future ? 1 : -1, future ? 2 : -2}) {
    const When month = UnitAt(kMonths, shift, *reference_);
    if (month.first + days(day - 1) > month.last) continue;
    const sys_days that = month.first + days(day - 1);
    if (future ? that >= *reference_ : that <= *reference_) return Day(that);
  }
  return std::nullopt;
}

}  // namespace kronik::times
