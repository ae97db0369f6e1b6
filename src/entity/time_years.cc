#include "entity/time_reader.h"

namespace kronik::times {

Match TimeReader::Years(size_t i) const {
  Match match;
  match.kind = TimeKind::kDateRange;
  size_t at = i;
  while (
      (Is(at, Class::kLead) || At(at).Get(Class::kUnit) == kYears ||
       At(at).Get(Class::kUnit) == kDecades ||
       (Is(at, Class::kThe) && ((At(at + 1).digits && At(at + 2).glued) || Sign(at + 1, U"'’")))) &&
      at < i + 2) {
    ++at;
  }
  // "1990s", "1990-an"
  if (std::optional<int> year = Figure(at, 4, 4); year && *year % 10 == 0 && *year >= 1000) {
    size_t suffix = Dash(at + 1) || Sign(at + 1, U"'’") ? at + 2 : at + 1;
    if (At(suffix).glued && Is(suffix, Class::kDecade)) {
      match.when = Months(*year, 1, 120, Precision::kDecade);
      match.end = suffix + 1;
      return match;
    }
  }
  // "the '90s"
  if (const auto two = Sign(at, U"'’") && At(at + 1).glued ? Figure(at + 1, 2, 2) : std::nullopt;
      two && *two % 10 == 0 && At(at + 2).glued && Is(at + 2, Class::kDecade)) {
    match.when = Months((*two < 30 ? 2000 : 1900) + *two, 1, 120, Precision::kDecade);
    match.end = at + 3;
    return match;
  }
  if (std::optional<int> year = YearAt(at)) {
    // "2019 Q3", "2019-H2"
    const size_t of = Dash(at + 1) ? at + 2 : at + 1;
    if (Is(of, Class::kQuarter) || Is(of, Class::kHalf)) {
      const std::optional<int> which = Figure(of + 1, 1, 1, true);
      const int months = Is(of, Class::kQuarter) ? 3 : 6;
      if (which && *which >= 1 && *which * months <= 12) {
        match.when = Months(*year, (*which - 1) * months + 1, months, Precision::kSpan);
        match.end = of + 2;
        return match;
      }
    }
    // "2024-2025", "2024/25"; "from 2014 to 2019", "between 2014 and 2019"
    const bool framed = i > 0 && (Is(i - 1, Class::kFrom) || Is(i - 1, Class::kBetween));
    const bool joined = (Dash(at + 1) || Sign(at + 1, U"/")) || Is(at + 1, Class::kTo) ||
                        (framed && Is(at + 1, Class::kAnd));
    if (joined) {
      std::optional<int> to = YearAt(at + 2);
      if (!to && At(at + 2).glued && At(at + 1).glued) {
        to = Figure(at + 2, 4, 4, true);
        if (std::optional<int> two = Figure(at + 2, 2, 2, true); !to && two && *two > 12) {
          to = *year / 100 * 100 + *two;
        }
      }
      if (to && *to > *year && *to < *year + 300) {
        match.end = at + 3;
        match.interval = {Iso(DayOf(*year, 1, 1), Precision::kYear),
                          Iso(DayOf(*to, 1, 1), Precision::kYear)};
        match.value = IsoDay(DayOf(*year, 1, 1)) + "/" + IsoDay(DayOf(*to, 1, 1));
        return match;
      }
    }
    const bool cue =
        at > i || framed ||
        (i > 0 && (Is(i - 1, Class::kYearCue) || Is(i - 1, Class::kPart) || Is(i - 1, Class::kOf) ||
                   (i > 1 && Dash(i - 1) && Is(i - 2, Class::kPart)) || Is(i - 1, Class::kSince) ||
                   Is(i - 1, Class::kUntil) || (Sign(i - 1, U"(") && Sign(at + 1, U")"))));
    // "in 2015 soldiers": a year is not followed by what it counts, but the text can't tell
    // cheaply; "pada 2015" and "in 2015" are years far more often.
    if (!cue || *year < 1500 || *year > 2150) return {};
    if (At(at + 1).sign == '-' && At(at + 1).glued && At(at + 2).glued) return {};
    match.when = Year(*year);
    match.end = at + 1;
    return match;
  }
  // "third quarter of 2014", "kuartal III 2014", "Q3 2014", "semester kedua 2017"
  at = Is(i, Class::kThe) ? i + 1 : i;
  std::optional<int> number;
  int length = 0;
  const auto nth = DayAt(at, true);
  if (nth && (At(at).word || nth->first > at + 1) &&
      (Is(nth->first, Class::kQuarter) || Is(nth->first, Class::kHalf))) {
    number = nth->second;
    length = Is(nth->first, Class::kQuarter) ? 3 : 6;
    at = nth->first - 1;
  } else if (Is(at, Class::kQuarter) || Is(at, Class::kHalf)) {
    length = Is(at, Class::kQuarter) ? 3 : 6;
    number = At(at + 1).Get(Class::kOrdinal);
    if (!number) number = Figure(at + 1, 1, 1, true);
  } else {
    return {};
  }
  if (!number || *number < 1 || *number * length > 12) return {};
  YearWord word = YearWordAt(at + 2);
  if (word.end == 0 && Is(at + 2, Class::kOf)) word = YearWordAt(at + 3);
  if (!word.year && !reference_) return {};
  match.end = word.end > 0 ? word.end : at + 2;
  const int year = word.year ? *word.year : YearOf(*reference_);
  match.when = Months(year, (*number - 1) * length + 1, length, Precision::kSpan);
  return match;
}

std::optional<sys_days> TimeReader::FeastDay(size_t i, int year) const {
  if (const std::optional<int> fixed = At(i).Get(Class::kFeast)) {
    return ValidDay(year, *fixed / 100, *fixed % 100)
               ? std::optional(DayOf(year, *fixed / 100, *fixed % 100))
               : std::nullopt;
  }
  if (const std::optional<int> after = At(i).Get(Class::kEaster)) {
    constexpr int kOrthodox = 1000;
    return *after < kOrthodox / 2 ? Easter(year) + days(*after)
                                  : OrthodoxEaster(year) + days(*after - kOrthodox);
  }
  // 1144: in November, of Thursdays the fourth; 515: in May, of Mondays the fifth or last.
  const std::optional<int> code = At(i).Get(Class::kNthWeekday);
  if (!code) return std::nullopt;
  const When month = Month(year, *code / 100);
  const int weekday = *code / 10 % 10, nth = *code % 10;
  const sys_days first = month.first + days((weekday - WeekdayOf(month.first) + 7) % 7);
  const sys_days day = first + days(7 * (nth - 1));
  return day > month.last ? day - days(7) : day;
}

Match TimeReader::Feast(size_t i, bool bare) const {
  Match match;
  size_t at = Is(i, Class::kThe) ? i + 1 : i;
  const std::optional<int> pre = At(at).Get(Class::kPre);
  if (pre) ++at;
  const std::optional<int> season = At(at).Get(Class::kSeason);
  // In a year like any other, to know in which part of the year it falls.
  const int some_year = reference_ ? YearOf(*reference_) : 2000;
  const std::optional<sys_days> near =
      season ? DayOf(some_year, *season, 1) : FeastDay(at, some_year);
  if (!near) return match;
  YearWord word = YearWordAt(at + 1);
  if (!word.year && word.direction == 0 && !Is(at + 1, Class::kPost)) word = {};
  // "in the autumn"
  const bool in = i > 0 && Is(i - 1, Class::kIn) && !Is(at + 1, Class::kOf);
  if (season && !pre && word.end == 0 && !bare && !in) return match;
  match.end = word.end > 0 ? word.end : at + 1;
  if (!word.year && !reference_) return match;
  int year = word.year.value_or(0);
  if (!word.year) {
    const int direction = pre ? *pre : word.direction;
    const bool deadline = i > 0 && (Is(i - 1, Class::kBefore) || Is(i - 1, Class::kUntil));
    year = YearNear(MonthOf(*near), DayNumber(*near),
                    direction == 0 && ((deadline && !season) || Future(i, match.end)), direction);
    if (pre && *pre == 0) year = YearOf(*reference_);
  }
  if (season) {
    match.kind = TimeKind::kDateRange;
    match.when = Months(year, *season, 3, Precision::kSpan);
    return match;
  }
  const std::optional<sys_days> day = FeastDay(at, year);
  if (!day) return {};
  match.when = Day(*day);
  return match;
}

Match TimeReader::Century(size_t i) const {
  Match match;
  size_t at = Is(i, Class::kThe) ? i + 1 : i;
  std::optional<int> number;
  if (Is(at, Class::kCentury)) {
    ++at;
    if (Is(at, Class::kOrdinalSuffix)) ++at;
    if (Dash(at)) ++at;
    number = Figure(at, 1, 2, true);
    match.end = at + 1;
  } else if (auto ordinal = DayAt(at, true); ordinal && Is(ordinal->first, Class::kCentury)) {
    number = ordinal->second;
    match.end = ordinal->first + 1;
  }
  if (!number || *number < 1 || *number > 30) return {};
  match.kind = TimeKind::kDateRange;
  match.when = Months((*number - 1) * 100 + (*number == 1 ? 1 : 0), 1,
                      1200 - (*number == 1 ? 12 : 0), Precision::kSpan);
  return match;
}

Match TimeReader::Nth(size_t i) const {
  Match match;
  match.kind = TimeKind::kDateRange;
  size_t at = Is(i, Class::kThe) ? i + 1 : i;
  // "pekan pertama Mei", "minggu ketiga bulan depan": the unit first.
  const std::optional<int> unit_first = At(at).Get(Class::kUnit);
  if (const auto ordinal = At(at + 1).Get(Class::kOrdinal);
      unit_first && ordinal && *unit_first <= kMonths && At(at + 1).word) {
    Match of = Date(at + 2);
    if (of.end == 0) of = Years(at + 2);
    if (of.end == 0) of = Counted(at + 2);
    if (of.end == 0 || !of.when || of.when->last - of.when->first > days(400) ||
        of.when->last - of.when->first < days(20)) {
      return {};
    }
    match.when = NthOf(*unit_first, *ordinal, 1, *of.when);
    match.end = of.end;
    return match.when ? match : Match();
  }
  if (At(at).Get(Class::kUnit) == kWeeks) {
    const std::optional<int> number = Figure(at + 1, 1, 2);
    if (!number || *number < 1 || *number > 53) return {};
    match.end = at + 2;
    std::optional<When> whole;
    if (const YearWord word = YearWordAt(at + 2); word.year) {
      whole = Year(*word.year);
      match.end = word.end;
    } else if (reference_) {
      whole = Year(YearOf(*reference_));
    }
    if (whole) match.when = NthOf(kWeeks, *number, 1, *whole);
    return match.when ? match : Match();
  }
  int number = -1;
  if (At(at).Get(Class::kPre) == -1) {
    ++at;
  } else if (auto ordinal = DayAt(at, true); ordinal && (At(at).word || ordinal->first > at + 1)) {
    number = ordinal->second;
    at = ordinal->first;
  } else {
    return {};
  }
  int count = 1;
  if (auto several = NumberAt(at)) {
    count = several->second;
    at = several->first;
  }
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!unit || !Is(at + 1, Class::kOf) || count > 400) return {};
  size_t from = at + 2;
  const Match whole = Date(from).end > 0    ? Date(from)
                      : Years(from).end > 0 ? Years(from)
                                            : Counted(from);
  std::optional<When> in = whole.when;
  size_t end = whole.end;
  if (const std::optional<int> year = YearAt(from); !in && year) {
    in = Year(*year);
    end = from + 1;
  }
  if (!in || in->last - in->first > days(400)) return {};
  match.when = NthOf(*unit, number, count, *in);
  if (!match.when) return {};
  match.end = end;
  return match;
}

}  // namespace kronik::times
