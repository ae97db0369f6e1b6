#include "entity/calendar.h"

#include <algorithm>
#include <cstdio>

namespace kronik::times {

using std::chrono::year_month_day;

sys_days DayOf(int year, int month, int day) {
  return year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)));
}
bool ValidDay(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}
int YearOf(sys_days day) { return static_cast<int>(year_month_day(day).year()); }
int MonthOf(sys_days day) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(day).month()));
}
int DayNumber(sys_days day) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(day).day()));
}
int WeekdayOf(sys_days day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

sys_days Easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return DayOf(year, f / 31, f % 31 + 1);
}

sys_days OrthodoxEaster(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int f = d + e + 114;
  return DayOf(year, f / 31, f % 31 + 1) + days(13);
}

When Day(sys_days day) { return {Precision::kDay, day, day}; }

When Months(int year, int month, int count, Precision precision) {
  const int from = year * 12 + month - 1;
  const int to = from + count;
  return {precision, DayOf(from / 12, from % 12 + 1, 1), DayOf(to / 12, to % 12 + 1, 1) - days(1)};
}
When Month(int year, int month) { return Months(year, month, 1, Precision::kMonth); }
When Year(int year) { return Months(year, 1, 12, Precision::kYear); }
When Week(sys_days day) {
  const sys_days monday = day - days(WeekdayOf(day) - 1);
  return {Precision::kWeek, monday, monday + days(6)};
}

namespace {

std::optional<When> SafeYear(int year) {
  if (year < 1 || year > 9000) return std::nullopt;
  return Year(year);
}

}  // namespace

When UnitAt(int unit, int shift, sys_days from) {
  switch (unit) {
    case kWeeks:
      return Week(from + days(7 * shift));
    case kMonths:
      return Month(YearOf(from), MonthOf(from) + shift);
    case kYears:
      return Year(YearOf(from) + shift);
    case kQuarters:
      return Months(YearOf(from), (MonthOf(from) - 1) / 3 * 3 + 1 + 3 * shift, 3, Precision::kSpan);
    case kDecades:
      return Months((YearOf(from) / 10 + shift) * 10, 1, 120, Precision::kDecade);
    case kWeekends: {
      const sys_days saturday = Week(from + days(7 * shift)).first + days(5);
      return {Precision::kDay, saturday, saturday + days(1)};
    }
    default:
      return Day(from + days(shift));
  }
}

std::optional<When> Shifted(int unit, int count, sys_days from) {
  if (count > 5000 || count < -5000) return std::nullopt;
  switch (unit) {
    case kDays:
      return Day(from + days(count));
    case kWeeks:
      return Day(from + days(7 * count));
    case kFortnights:
      return Day(from + days(14 * count));
    case kWeekends:
      return UnitAt(kWeekends, count, from);
    case kMonths:
      return Month(YearOf(from), MonthOf(from) + count);
    case kYears:
      return SafeYear(YearOf(from) + count);
    case kDecades:
      return SafeYear(YearOf(from) + 10 * count);
    case kQuarters:
      return UnitAt(kQuarters, count, from);
    default:
      return std::nullopt;
  }
}

std::optional<sys_days> ExactShift(int unit, int count, sys_days from) {
  if (count > 5000 || count < -5000) return std::nullopt;
  int months = 0;
  switch (unit) {
    case kDays:
      return from + days(count);
    case kWeeks:
    case kWeekends:
      return from + days(7 * count);
    case kFortnights:
      return from + days(14 * count);
    case kMonths:
      months = count;
      break;
    case kQuarters:
      months = 3 * count;
      break;
    case kYears:
      months = 12 * count;
      break;
    case kDecades:
      months = 120 * count;
      break;
    default:
      return std::nullopt;
  }
  const int total = YearOf(from) * 12 + MonthOf(from) - 1 + months;
  if (total < 12 || total > 9000 * 12) return std::nullopt;
  const When month = Month(total / 12, total % 12 + 1);
  return std::min(month.first + days(DayNumber(from) - 1), month.last);
}

std::optional<When> NthOf(int unit, int number, int count, const When& whole) {
  const bool last = number < 0;
  When out;
  if (unit == kDays) {
    out.first = last ? whole.last - days(count - 1) : whole.first + days(number - 1);
    out.last = out.first + days(count - 1);
  } else if (unit == kWeeks) {
    const sys_days first = Week(whole.first + days(3)).first;
    const sys_days final = Week(whole.last - days(3)).first;
    out = Week(last ? final - days(7 * (count - 1)) : first + days(7 * (number - 1)));
    out.last += days(7 * (count - 1));
    // A day in the middle decides to which stretch the first and last weeks belong.
    if (out.first + days(3) < whole.first || out.last - days(3) > whole.last) return std::nullopt;
  } else if (unit == kMonths) {
    const int from = last ? MonthOf(whole.last) - count + 1 : MonthOf(whole.first) + number - 1;
    out =
        Months(YearOf(whole.first), from, count, count == 1 ? Precision::kMonth : Precision::kSpan);
  } else {
    return std::nullopt;
  }
  if (out.last > whole.last + days(3) || out.first < whole.first - days(3)) return std::nullopt;
  return out;
}

std::string Iso(sys_days day, Precision precision) {
  char text[16];
  const int y = YearOf(day);
  if (precision == Precision::kYear || precision == Precision::kDecade) {
    std::snprintf(text, sizeof text, "%04d", y % 10000);
  } else if (precision == Precision::kMonth || precision == Precision::kSpan) {
    std::snprintf(text, sizeof text, "%04d-%02d", y % 10000, MonthOf(day) % 100);
  } else {
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", y % 10000, MonthOf(day) % 100,
                  DayNumber(day) % 100);
  }
  return text;
}
std::string IsoDay(sys_days day) { return Iso(day, Precision::kDay); }
TimeInterval IntervalOf(const When& when) {
  return {Iso(when.first, when.precision), Iso(when.last, when.precision)};
}
std::string ValueOf(const When& when) {
  switch (when.precision) {
    case Precision::kDay:
    case Precision::kMonth:
    case Precision::kYear:
      if (when.first == when.last || when.precision != Precision::kDay) {
        return Iso(when.first, when.precision);
      }
      break;
    case Precision::kWeek: {
      // The ISO week belongs to the year of its Thursday.
      if (when.last - when.first != days(6)) break;
      const sys_days thursday = when.first + days(3);
      const int number = static_cast<int>((thursday - DayOf(YearOf(thursday), 1, 1)).count()) / 7;
      char text[16];
      std::snprintf(text, sizeof text, "%04d-W%02d", YearOf(thursday) % 10000, number % 100 + 1);
      return text;
    }
    default:
      break;
  }
  return IsoDay(when.first) + "/" + IsoDay(when.last + days(1));
}

std::string Length(int count, int unit, bool and_half) {
  const std::string number = std::to_string(count) + (and_half ? ".5" : "");
  switch (unit) {
    case kHours:
      return "PT" + number + "H";
    case kMinutes:
      return "PT" + number + "M";
    case kSeconds:
      return "PT" + number + "S";
    case kWeekends:
      return "P" + number + "WE";
    case kDecades:
      return "P" + std::to_string(10 * count) + "Y";
    case kQuarters:
      return "P" + std::to_string(3 * count) + "M";
    case kFortnights:
      return "P" + std::to_string(2 * count) + "W";
    default:
      return "P" + number + kUnits[static_cast<size_t>(unit)];
  }
}

}  // namespace kronik::times
