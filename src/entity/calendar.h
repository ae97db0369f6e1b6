// Days, months, years and units of them: the arithmetic behind src/entity/times.h, without any
// language. Years lie between 1 and 9000 or so; what would leave them is nullopt.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "kronik/document.h"

namespace kronik::times {

using std::chrono::days;
using std::chrono::sys_days;

// Units as numbers: the letters of ISO 8601, with E for weekends, T for decades and F for
// fortnights.
inline constexpr std::string_view kUnits = "DWMYQETFHNS";
enum Unit : int {
  kDays,
  kWeeks,
  kMonths,
  kYears,
  kQuarters,
  kWeekends,
  kDecades,
  kFortnights,
  kHours,
  kMinutes,
  kSeconds
};

enum class Precision : uint8_t { kDay, kWeek, kMonth, kSpan, kYear, kDecade };

// An interval of whole days, with how precisely it was named; kSpan: of months.
struct When {
  Precision precision = Precision::kDay;
  sys_days first;
  sys_days last;
};

sys_days DayOf(int year, int month, int day);  // of a ValidDay
bool ValidDay(int year, int month, int day);
int YearOf(sys_days day);
int MonthOf(sys_days day);
int DayNumber(sys_days day);  // in its month
int WeekdayOf(sys_days day);  // Monday is 1

// Easter Sunday of the Gregorian calendar (the algorithm that Nature printed in 1876; Meeus 1991).
sys_days Easter(int year);

// Easter by the Julian calendar, as a day of the Gregorian one (Meeus); right from 1900 to 2099.
sys_days OrthodoxEaster(int year);

When Day(sys_days day);
// `count` months from the first of a month on; `month` may lie outside 1 to 12.
When Months(int year, int month, int count, Precision precision);
When Month(int year, int month);
When Year(int year);
When Week(sys_days day);  // the ISO week around it

// The unit around a day, or `shift` units after it.
When UnitAt(int unit, int shift, sys_days from);
// "three weeks ago": as precise as the unit, but weeks count in days.
std::optional<When> Shifted(int unit, int count, sys_days from);
// The same day of the month that lies `count` units away.
std::optional<sys_days> ExactShift(int unit, int count, sys_days from);
// Of the stretch `whole`, the unit of that number, -1 for the last, and those after it, `count` in
// all. The weeks of a stretch are those whose Thursday lies in it (ISO 8601).
std::optional<When> NthOf(int unit, int number, int count, const When& whole);

// In ISO 8601, as precise as asked.
std::string Iso(sys_days day, Precision precision);
std::string IsoDay(sys_days day);
TimeInterval IntervalOf(const When& when);
std::string ValueOf(const When& when);
// "P3D"; `and_half` adds a half of the unit.
std::string Length(int count, int unit, bool and_half = false);

}  // namespace kronik::times
