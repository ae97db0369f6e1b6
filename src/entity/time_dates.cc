#include <algorithm>

#include "entity/time_reader.h"

namespace kronik::times {

std::optional<When> TimeReader::DatesOf(int from, int to, int month, const YearWord& word,
                                        size_t i) const {
  int year = 0;
  if (word.year) {
    year = *word.year;
  } else if (reference_) {
    year = YearNear(month, from, word.direction == 0 && Future(i, i + 3), word.direction);
  } else {
    return std::nullopt;
  }
  if (!ValidDay(year, month, from) || !ValidDay(year, month, to) || to < from) {
    return std::nullopt;
  }
  return When{Precision::kDay, DayOf(year, month, from), DayOf(year, month, to)};
}

Match TimeReader::Numeric(size_t i, int weekday, bool bare) const {
  Match match;
  if (i > 0 && At(i).glued && Sign(i - 1, U"-/.") && At(i - 1).glued) return match;
  if (Match several = DaysInFigures(i, bare); several.end > 0) return several;
  const std::optional<int> a = Figure(i, 1, 4, true);
  const char32_t sign = At(i + 1).sign;
  if (!a || !(Sign(i + 1, U"/.-")) || !At(i + 1).glued || !At(i + 2).glued) return match;
  std::optional<int> b = Figure(i + 2, 1, 2, true);
  // "2019-Aug-01", "22/Jan/2019"
  const std::optional<int> named = b ? std::nullopt : MonthAt(i + 2);
  if (named) {
    const std::optional<int> rest = Figure(i + 4, 1, 4, true);
    if (At(i + 3).sign != sign || !At(i + 4).glued || !rest) return match;
    const bool year_first = At(i).length == 4;
    if (!year_first && At(i + 4).length != 4) return match;
    const int year = year_first ? *a : *rest;
    const int day = year_first ? *rest : *a;
    if (!ValidDay(year, *named, day)) return match;
    match.when = Day(DayOf(year, *named, day));
    match.end = i + 5;
    return match;
  }
  if (!b) return match;
  const bool third = At(i + 3).sign == sign && At(i + 3).glued && At(i + 4).glued;
  const std::optional<int> c = third ? Figure(i + 4, 2, 4, true) : std::nullopt;
  if (c) {
    if ((Sign(i + 5, U"-/") || At(i + 5).sign == sign) && At(i + 5).glued && At(i + 6).digits) {
      return match;
    }
    int year = *c;
    int day = *a;
    int month = *b;
    if (At(i).length == 4) {
      year = *a;
      month = *b;
      day = *c;
    } else {
      if (At(i + 4).length == 3) return match;
      if (At(i + 4).length == 2) year += year < 50 ? 2000 : 1900;
      Order(year, weekday, sign == '.', day, month);
    }
    if (!ValidDay(year, month, day)) return match;
    match.when = Day(DayOf(year, month, day));
    match.end = i + 5;
    return match;
  }
  // A day and month alone need the weekday: "Jumat (20/10)".
  if (sign != '/' || bare || !reference_ || At(i).length > 2) return match;
  int day = *a;
  int month = *b;
  const int year = YearNear(std::clamp(month, 1, 12), std::clamp(day, 1, 28), false, 0);
  Order(year, weekday, false, day, month);
  if (!ValidDay(year, month, day)) return match;
  const int near = YearNear(month, day, Future(i, i + 3), 0);
  match.when = Day(DayOf(ValidDay(near, month, day) ? near : year, month, day));
  match.end = i + 3;
  return match;
}

Match TimeReader::DaysInFigures(size_t i, bool bare) const {
  Match match;
  const std::optional<int> from = Figure(i, 1, 2, true), to = Figure(i + 2, 1, 2, true),
                           month = Figure(i + 4, 1, 2, true);
  const auto glued = [&](size_t at) { return At(at).glued && At(at + 1).glued; };
  if (language_.month_first || !from || !to || !month || !Dash(i + 1) || !Sign(i + 3, U"/") ||
      !glued(i + 1) || !glued(i + 3) || *month < 1 || *month > 12) {
    return match;
  }
  const bool dated = Sign(i + 5, U"/") && glued(i + 5) && Figure(i + 6, 4, 4, true);
  if (!dated && (bare || !reference_)) return match;
  const int year = dated ? *Figure(i + 6, 4, 4, true) : YearNear(*month, *from, false, 0);
  if (!ValidDay(year, *month, *from) || !ValidDay(year, *month, *to) || *to < *from) return match;
  match.when = When{Precision::kDay, DayOf(year, *month, *from), DayOf(year, *month, *to)};
  match.end = dated ? i + 7 : i + 5;
  return match;
}

void TimeReader::Order(int year, int weekday, bool dots, int& day, int& month) const {
  bool swap = language_.month_first && !dots;  // who writes "3.4.2024" has the day first
  const bool plain = ValidDay(year, month, day);
  const bool swapped = ValidDay(year, day, month);
  if (weekday > 0 && plain && swapped) {
    const bool plain_fits = WeekdayOf(DayOf(year, month, day)) == weekday;
    const bool swapped_fits = WeekdayOf(DayOf(year, day, month)) == weekday;
    if (plain_fits != swapped_fits) swap = swapped_fits;
  } else if (plain != swapped) {
    swap = swapped;
  }
  if (swap) std::swap(day, month);
}

Match TimeReader::Date(size_t i) const {
  size_t at = i;
  while (Is(at, Class::kLead) && at < i + 2) ++at;
  if (Match numeric = Numeric(at, 0, true); numeric.end > 0) return numeric;
  const size_t day_at = Is(at, Class::kThe) ? at + 1 : at;
  if (auto day = DayAt(day_at, true)) return DayFirst(i, at, day_at, *day);
  if (!MonthAt(at)) return {};
  Match day = MonthAndDay(i, at);
  return day.end > 0 ? day : MonthAlone(i, at);
}

Match TimeReader::DayFirst(size_t i, size_t at, size_t day_at, std::pair<size_t, int> day) const {
  Match match;
  size_t next = day.first;
  int last = day.second;
  if (Dash(next) || Is(next, Class::kTo) || Is(next, Class::kAnd)) {
    if (auto end = DayAt(next + 1, false)) {
      last = end->second;
      next = end->first;
    }
  }
  if (Dash(next) && At(next).glued && MonthAt(next + 1)) ++next;
  if (Is(next, Class::kOf)) ++next;
  if (Is(next, Class::kLead) && MonthAt(next + 1)) ++next;
  if (std::optional<int> month = MonthAt(next)) {
    next = PastDot(next + 1);
    if (Dash(next) && YearAt(next + 1)) ++next;
    YearWord word = YearWordAt(next);
    if (auto when = DatesOf(day.second, last, *month, word, i)) {
      match.when = when;
      match.end = word.end > 0 ? word.end : next;
      match.period = word.end > 0 ? 0 : 365;
    } else if (!word.year && !reference_) {
      match.end = next;
    }
    return match;
  }
  if (!reference_) return match;
  const bool suffixed = day.first == day_at + 2 || at > i;
  if ((suffixed || day_at > at) && next == day.first + (Is(day.first, Class::kOf) ? 1 : 0)) {
    if (std::optional<int> shift = MonthBeside(next)) {
      const When month = UnitAt(kMonths, *shift, *reference_);
      if (ValidDay(YearOf(month.first), MonthOf(month.first), day.second)) {
        match.when = Day(month.first + days(day.second - 1));
        match.end = next + 2;
      }
      return match;
    }
  }
  // "on the 19th", "tanggal 19"
  const bool led =
      at > i || (day_at > at && i > 0 && Is(i - 1, Class::kOn) &&
                 (At(day.first).end == 0 || !At(day.first).word || Is(day.first, Class::kOn)));
  if (led && suffixed && At(day_at).digits && !Sign(day.first, U"%")) {
    match.when = DayOfMonthNear(day.second, Future(i, day.first));
    if (match.when) match.end = day.first;
  }
  return match;
}

std::optional<int> TimeReader::MonthBeside(size_t i) const {
  if (At(i).Get(Class::kUnit) == kMonths) return At(i + 1).Get(Class::kPost);
  return At(i + 1).Get(Class::kUnit) == kMonths ? At(i).Get(Class::kPre) : std::nullopt;
}

Match TimeReader::MonthAndDay(size_t i, size_t at) const {
  Match match;
  size_t next = PastDot(at + 1);
  // "Jun-15", "Oct/2"
  const bool joined = (Dash(next) || Sign(next, U"/")) && At(next).glued && At(next + 1).glued &&
                      At(next + 1).length <= 2;
  next += Is(next, Class::kThe) || joined ? 1 : 0;
  const auto day = DayAt(next, true);
  if (!day || YearAt(next)) return match;
  int last = day->second;
  size_t end = day->first;
  if (Dash(end) || Is(end, Class::kTo) || Is(end, Class::kAnd)) {
    // "on May 6 and 7 people" names one day.
    const auto to = DayAt(end + 1, false);
    const bool counts = Is(end, Class::kAnd) && to && At(to->first).word;
    if (to && to->second > last && !counts && !MonthAt(to->first)) {
      last = to->second;
      end = to->first;
    }
  }
  const std::optional<int> after = joined ? Figure(end + 1, 4, 4, true) : std::nullopt;
  YearWord word = YearWordAt(end);
  if (after && Dash(end) && At(end + 1).glued) word = {end + 2, after, 0};
  if (auto when = DatesOf(day->second, last, *MonthAt(at), word, i)) {
    match.when = when;
    match.end = word.end > 0 ? word.end : end;
    match.period = word.end > 0 ? 0 : 365;
  } else if (!word.year && !reference_) {
    match.end = end;
  }
  return match;
}

Match TimeReader::MonthAlone(size_t i, size_t at) const {
  Match match;
  const int month = *MonthAt(at);
  size_t next = PastDot(at + 1);
  int count = 1;
  if ((Dash(next) || Is(next, Class::kTo)) && MonthAt(next + 1) && next == at + 1) {
    const int to = *MonthAt(next + 1);
    const bool day = DayAt(next + 2, false) && !YearAt(next + 2);  // "Nov-Feb 5th": two dates
    if (to != month && !day) {
      count = (to - month + 12) % 12 + 1;
      next += 2;
    }
  }
  size_t year_at = Is(next, Class::kOf) || Sign(next, U",") ? next + 1 : next;
  if (Dash(next) && At(next).glued) year_at = next + 1;
  YearWord word = YearWordAt(YearAt(year_at) ? year_at : next);
  match.kind = TimeKind::kDateRange;
  match.end = word.end > 0 ? word.end : next;
  const bool sure =
      Is(at, Class::kMonth) || at > i || word.end > 0 ||
      (i > 0 && (Is(i - 1, Class::kYearCue) || Is(i - 1, Class::kPart) || Is(i - 1, Class::kTo))) ||
      (i > 1 && Dash(i - 1) && Is(i - 2, Class::kPart)) || (i > 0 && Is(i - 1, Class::kOrdinal)) ||
      (i > 1 && Is(i - 1, Class::kAnd) && MonthAt(i - 2));
  if (!sure || (word.end == 0 && !At(at).upper)) return {};
  if (!word.year && !reference_) return match;
  // A year that is named is that of the end: "November to January 2024".
  const int year =
      word.year ? *word.year - (month + count > 13 ? 1 : 0)
                : YearNear(month, 15, word.direction == 0 && Future(i, match.end), word.direction);
  match.when = Months(year, month, count, count == 1 ? Precision::kMonth : Precision::kSpan);
  match.period = word.end > 0 || count > 1 ? 0 : 365;
  if (count > 1) {
    match.value = IsoDay(match.when->first) + "/" + IsoDay(Month(year, month + count - 1).first);
  }
  return match;
}

Match TimeReader::Weekday(size_t i) const {
  size_t at = i;
  if (Is(at, Class::kLead)) ++at;
  if (Is(at, Class::kThe) && Is(at + 1, Class::kPre)) ++at;
  const std::optional<int> pre = At(at).Get(Class::kPre);
  if (pre) ++at;
  const std::optional<int> weekday = At(at).Get(Class::kWeekday);
  if (!weekday) return {};
  size_t next = PastDot(at + 1);
  if (next > at + 1 && !(At(next).digits || At(next).word)) next = at + 1;
  if (Is(next, Class::kDayPart)) ++next;
  if (Match date = WeekdayAndDate(i, *weekday, next); date.end > 0) return date;
  Match match;
  match.end = next;
  if (!reference_) return match;
  const sys_days day = *reference_;
  // "the following Tuesday"
  if (const auto beside = At(at - 1).Get(Class::kBeside); pre && beside && anchor_) {
    if (const auto from = Origin(kDays, *beside)) {
      const int ahead = (*weekday - WeekdayOf(*from) + 6) % 7 + 1;
      match.when = Day(*from + days(*beside > 0 ? ahead : ahead % 7 - 7));
    }
    return match;
  }
  if (pre) {
    match.when = Day(Week(day + days(7 * *pre)).first + days(*weekday - 1));
    return match;
  }
  const size_t unit = Is(next, Class::kOf) || Sign(next, U",") ? next + 1 : next;
  std::optional<int> shift;
  if (Is(unit, Class::kPre) && At(unit + 1).Get(Class::kUnit) == kWeeks) {
    shift = At(unit).Get(Class::kPre);
  } else if (At(unit).Get(Class::kUnit) == kWeeks && Is(unit + 1, Class::kPost)) {
    shift = At(unit + 1).Get(Class::kPost);
  }
  if (shift) {
    match.when = Day(Week(day + days(7 * *shift)).first + days(*weekday - 1));
    match.end = unit + 2;
    return match;
  }
  if (std::optional<int> post = At(next).Get(Class::kPost)) {
    const int ahead = (*weekday - WeekdayOf(day) + 7) % 7;
    if (*post == 0) match.when = WeekdayNear(*weekday, Future(i, next));
    if (*post < 0) match.when = Day(day + days(ahead - 7));
    if (*post > 0) match.when = Day(day + days(ahead == 0 ? 7 : ahead));
    match.end = next + 1;
    return match;
  }
  match.when = WeekdayNear(*weekday, Future(i, next));
  match.period = 7;
  return match;
}

Match TimeReader::WeekdayAndDate(size_t i, int weekday, size_t next) const {
  const bool bracket = Sign(next, U"(");
  const size_t inner = next + (bracket || Sign(next, U",") ? 1 : 0);
  Match date = Numeric(inner, weekday, !bracket);
  if (date.end == 0 && !Is(inner, Class::kPre)) date = Date(inner);
  if (date.end == 0) {
    // "Friday 7/6", where that is a Friday.
    date = Numeric(inner, weekday, false);
    if (!IsSingleDay(date) || WeekdayOf(date.when->first) != weekday) date = {};
  }
  const auto day = DayAt(inner, false);
  if (date.end == 0 && bracket && reference_ && day && Sign(day->first, U")")) {
    date.when = DayOfMonthNear(day->second, false);
    date.end = day->first;
  }
  if (date.end > 0 && (!date.when || date.when->precision == Precision::kDay)) {
    if (!bracket) return date;
    if (Sign(date.end, U")")) {
      ++date.end;
      return date;
    }
  }
  // "Wed 13th", the nearest that is a Wednesday
  Match match;
  if (!reference_ || inner != next || !day || day->first != next + 2) return match;
  const bool future = Future(i, next);
  for (int shift = 0; shift <= 12; ++shift) {
    const When month = UnitAt(kMonths, future ? shift : -shift, *reference_);
    const sys_days that = month.first + days(day->second - 1);
    if (that <= month.last && WeekdayOf(that) == weekday &&
        (future ? that >= *reference_ : that <= *reference_)) {
      match.when = Day(that);
      match.end = day->first;
      break;
    }
  }
  return match;
}

}  // namespace kronik::times
