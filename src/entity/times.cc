#include "entity/times.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

enum class Class : uint8_t {
  kMonth,
  kMaybeMonth,
  kWeekday,
  kNumber,
  kOrdinal,
  kUnit,
  kOneUnit,
  kDay,
  kPre,
  kPost,
  kAgo,
  kIn,
  kRelative,
  kAnaphor,
  kOf,
  kOn,
  kThe,
  kLead,
  kSince,
  kUntil,
  kFrom,
  kBetween,
  kTo,
  kAnd,
  kPart,
  kEvery,
  kSet,
  kClock,
  kAm,
  kZone,
  kDayPart,
  kQuarter,
  kHalf,
  kDecade,
  kOrdinalSuffix,
  kFuture,
  kPast,
  kOrder,
  kYearCue,
  kBefore,
  kAfter,
  kOnward,
  kFeast,
  kNow,
  kSeason,
  kCentury,
  kOther,
  kClockWord,
  kFraction,
};
constexpr std::array<std::string_view, 49> kClassNames = {
    "month",   "month?", "weekday", "number",   "ordinal", "unit",       "one_unit",
    "day",     "pre",    "post",    "ago",      "in",      "relative",   "anaphor",
    "of",      "on",     "the",     "lead",     "since",   "until",      "from",
    "between", "to",     "and",     "part",     "every",   "set",        "clock",
    "am",      "zone",   "daypart", "quarter",  "half",    "decade",     "ordinal_suffix",
    "future",  "past",   "order",   "year_cue", "before",  "after",      "onward",
    "feast",   "now",    "season",  "century",  "other",   "clock_word", "fraction"};

// Units as numbers: the letters of ISO 8601, with E for weekends and T for decades.
constexpr std::string_view kUnits = "DWMYQETHNS";
enum Unit : int {
  kDays,
  kWeeks,
  kMonths,
  kYears,
  kQuarters,
  kWeekends,
  kDecades,
  kHours,
  kMinutes,
  kSeconds
};

struct Meaning {
  Class what;
  int value;
};

enum class Precision : uint8_t { kDay, kWeek, kMonth, kSpan, kYear, kDecade };

// An interval of whole days, with how precisely it was named; kSpan: of months.
struct When {
  Precision precision = Precision::kDay;
  sys_days first;
  sys_days last;
};

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

When Day(sys_days day) { return {Precision::kDay, day, day}; }
// `count` months from the first of a month on; `month` may lie outside 1 to 12.
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

}  // namespace

class TimeLexicon {
 public:
  using Entry = std::vector<Meaning>;
  struct Language {
    std::unordered_map<std::string, Entry> words;     // lower case; several words by one space
    std::unordered_map<std::string, Entry> capitals;  // only where the text has a capital
    size_t longest = 1;                               // words of the longest entry
    bool month_first = false;
  };
  std::map<std::string, Language, std::less<>> languages;
};

namespace {

using Language = TimeLexicon::Language;
using Entry = TimeLexicon::Entry;

// One word, number or sign of the text.
struct Item {
  uint32_t start = 0;
  uint32_t end = 0;
  bool glued = false;  // no space before it
  bool word = false;
  bool digits = false;
  bool upper = false;
  char32_t sign = 0;
  int number = -1;
  uint8_t length = 0;  // of a number, in digits
  std::string key;     // of a word
  const Entry* entries[2] = {nullptr, nullptr};

  std::optional<int> Get(Class what) const {
    for (const Entry* entry : entries) {
      if (entry == nullptr) continue;
      for (const Meaning& meaning : *entry) {
        if (meaning.what == what) return meaning.value;
      }
    }
    return std::nullopt;
  }
  bool Is(Class what) const { return Get(what).has_value(); }
};

void LookUp(const Language& language, const std::string& key, Item& item) {
  if (auto found = language.words.find(key); found != language.words.end()) {
    item.entries[1] = &found->second;
  }
  if (!item.upper) return;
  if (auto found = language.capitals.find(key); found != language.capitals.end()) {
    item.entries[0] = &found->second;
  }
}

std::vector<Item> Lex(const Language& language, std::string_view text) {
  std::vector<Item> raw;
  bool space = true;
  for (size_t at = 0; at < text.size();) {
    size_t next = at;
    const char32_t c = DecodeUtf8(text, next);
    if (IsSpace(c)) {
      space = true;
      at = next;
      continue;
    }
    Item item;
    item.start = static_cast<uint32_t>(at);
    item.glued = !space;
    space = false;
    if (c >= '0' && c <= '9') {
      while (next < text.size() && text[next] >= '0' && text[next] <= '9') ++next;
      item.digits = true;
      if (next - at <= 8) {
        std::from_chars(text.data() + at, text.data() + next, item.number);
        item.length = static_cast<uint8_t>(next - at);
      }
    } else if (IsLetter(c)) {
      item.word = true;
      item.upper = IsUpper(c);
      while (next < text.size()) {
        size_t after = next;
        const char32_t d = DecodeUtf8(text, after);
        // "a.m": letters with dots are one word.
        if (d == '.' && next - at == 1 && after < text.size()) {
          size_t end = after;
          const char32_t e = DecodeUtf8(text, end);
          if (IsLetter(e) && (end >= text.size() || !IsLetter(DecodeUtf8(text, end)))) {
            next = after + 1;
            continue;
          }
        }
        if (!IsLetter(d)) break;
        next = after;
      }
      if (next - at <= 40) item.key = LowerCase(text.substr(at, next - at));
    } else {
      item.sign = c;
    }
    item.end = static_cast<uint32_t>(next);
    at = next;
    raw.push_back(std::move(item));
  }
  // Longest entries first.
  std::vector<Item> items;
  for (size_t i = 0; i < raw.size();) {
    size_t used = 1;
    if (raw[i].word) {
      std::string key = raw[i].key;
      Item best = raw[i];
      LookUp(language, key, best);
      for (size_t n = 1;
           n < language.longest && i + n < raw.size() && raw[i + n].word && key.size() < 64; ++n) {
        key += ' ' + raw[i + n].key;
        Item longer = raw[i];
        LookUp(language, key, longer);
        if (longer.entries[0] == nullptr && longer.entries[1] == nullptr) continue;
        longer.end = raw[i + n].end;
        longer.key = key;
        best = longer;
        used = n + 1;
      }
      items.push_back(std::move(best));
    } else {
      items.push_back(std::move(raw[i]));
    }
    i += used;
  }
  return items;
}

// What was found from one item on.
struct Match {
  size_t end = 0;  // one past the last item; 0: nothing
  TimeKind kind = TimeKind::kDate;
  std::optional<When> when;
  std::string value;      // where it isn't that of `when`
  TimeInterval interval;  // likewise
  int period = 0;         // days after which it comes again, where it names no year or week
  bool to_end = false;    // "the end of 2008": as a range's end, with all of it
};

class Finder {
 public:
  Finder(const Language& language, std::optional<sys_days> reference)
      : language_(language), reference_(reference) {}

  // Appends the expressions of one sentence or line.
  void Run(std::string_view text, uint32_t offset, Layer layer, uint16_t index,
           std::vector<TimeExpression>& out) {
    items_ = Lex(language_, text);
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
      if (match.when && match.when->precision == Precision::kDay) anchor_ = match.when->first;
      out.push_back(std::move(found));
      i = match.end;
    }
  }

 private:
  const Item& At(size_t i) const {
    static const Item kNothing;
    return i < items_.size() ? items_[i] : kNothing;
  }
  bool Is(size_t i, Class what) const { return At(i).Is(what); }
  bool Sign(size_t i, std::u32string_view signs) const {
    return At(i).sign != 0 && signs.find(At(i).sign) != std::u32string_view::npos;
  }
  bool Dash(size_t i) const { return Sign(i, U"-–—‑"); }

  // A number in figures of `least` to `most` digits that is not a piece of a longer one.
  std::optional<int> Figure(size_t i, int least, int most, bool loose = false) const {
    const Item& item = At(i);
    if (!item.digits || item.length < least || item.length > most) return std::nullopt;
    if (loose) return item.number;
    if (i > 0 && item.glued && (Sign(i - 1, U"/$€£%") || At(i - 1).word)) return std::nullopt;
    if (i > 1 && item.glued && Sign(i - 1, U".,:") && At(i - 2).digits && At(i - 1).glued) {
      return std::nullopt;
    }
    if (Sign(i + 1, U".,:/%") && At(i + 1).glued && At(i + 2).digits && At(i + 2).glued) {
      return std::nullopt;
    }
    return item.number;
  }
  std::optional<int> YearAt(size_t i) const {
    const std::optional<int> year = Figure(i, 4, 4);
    if (!year || *year < 1000 || *year > 2200) return std::nullopt;
    if (At(i + 1).word && At(i + 1).glued) return std::nullopt;
    return year;
  }
  // "20", "20th", "twentieth": its end, and the day.
  std::optional<std::pair<size_t, int>> DayAt(size_t i, bool words) const {
    if (std::optional<int> day = Figure(i, 1, 2)) {
      if (*day < 1 || *day > 31) return std::nullopt;
      if (At(i + 1).word && At(i + 1).glued) {
        if (!Is(i + 1, Class::kOrdinalSuffix)) return std::nullopt;
        return std::pair{i + 2, *day};
      }
      return std::pair{i + 1, *day};
    }
    if (!words) return std::nullopt;
    const std::optional<int> day = At(i).Get(Class::kOrdinal);
    if (!day || *day > 31) return std::nullopt;
    return std::pair{i + 1, *day};
  }
  std::optional<std::pair<size_t, int>> NumberAt(size_t i) const {
    if (std::optional<int> number = Figure(i, 1, 3)) {
      if (At(i + 1).glued) return std::nullopt;
      return std::pair{i + 1, *number};
    }
    if (std::optional<int> number = At(i).Get(Class::kNumber)) return std::pair{i + 1, *number};
    return std::nullopt;
  }
  std::optional<int> MonthAt(size_t i) const {
    if (std::optional<int> month = At(i).Get(Class::kMonth)) return month;
    return At(i).Get(Class::kMaybeMonth);
  }
  // Past the dot of an abbreviated name: "Oct. 20".
  size_t PastDot(size_t i) const {
    return Sign(i, U".") && At(i).glued && i > 0 && i + 1 < items_.size() &&
                   At(i - 1).end - At(i - 1).start <= 4
               ? i + 1
               : i;
  }

  // Whether the words around speak of what is to come.
  bool Future(size_t from, size_t to) const {
    constexpr size_t kReach = 60;  // items, so that signs without end cost no more
    size_t seen = 0;
    for (size_t i = from; i-- > 0 && seen < 12 && from - i < kReach;) {
      if (!items_[i].word) continue;
      ++seen;
      if (items_[i].Is(Class::kFuture)) return true;
      if (items_[i].Is(Class::kPast)) return false;
    }
    if (from > 3) return false;
    seen = 0;
    for (size_t i = to; i < items_.size() && seen < 12 && i - to < kReach; ++i) {
      if (!items_[i].word) continue;
      ++seen;
      if (items_[i].Is(Class::kFuture)) return true;
      if (items_[i].Is(Class::kPast)) return false;
    }
    return false;
  }

  When UnitAt(int unit, int shift, sys_days from) const {
    switch (unit) {
      case kWeeks:
        return Week(from + days(7 * shift));
      case kMonths:
        return Month(YearOf(from), MonthOf(from) + shift);
      case kYears:
        return Year(YearOf(from) + shift);
      case kQuarters:
        return Months(YearOf(from), (MonthOf(from) - 1) / 3 * 3 + 1 + 3 * shift, 3,
                      Precision::kSpan);
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
  // "three weeks ago": as precise as the unit, but weeks count in days.
  std::optional<When> Shifted(int unit, int count, sys_days from) const {
    if (count > 5000 || count < -5000) return std::nullopt;
    switch (unit) {
      case kDays:
        return Day(from + days(count));
      case kWeeks:
        return Day(from + days(7 * count));
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
  // The same day of the month that lies `count` units away.
  static std::optional<sys_days> ExactShift(int unit, int count, sys_days from) {
    if (count > 5000 || count < -5000) return std::nullopt;
    int months = 0;
    switch (unit) {
      case kDays:
        return from + days(count);
      case kWeeks:
      case kWeekends:
        return from + days(7 * count);
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
  static std::optional<When> SafeYear(int year) {
    if (year < 1 || year > 9000) return std::nullopt;
    return Year(year);
  }

  // A weekday in relation to the reference. shift 0: by the words around.
  When WeekdayNear(int weekday, bool future) const {
    const int ahead = (weekday - WeekdayOf(*reference_) + 7) % 7;
    return Day(*reference_ + days(future || ahead == 0 ? ahead : ahead - 7));
  }

  // The year of a date that names none: the nearest one, but the next where it is to come.
  int YearNear(int month, int day, bool future, int direction) const {
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

  // "lalu", "last year", "tahun ini", "of this year" after a month or date without a year.
  // Returns the end, with the year or the direction.
  struct YearWord {
    size_t end = 0;
    std::optional<int> year;
    int direction = 0;
  };
  YearWord YearWordAt(size_t i) const {
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

  // The days from..to of a month, with or without a year. nullopt: no such day.
  std::optional<When> DatesOf(int from, int to, int month, const YearWord& word, size_t i) const {
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

  // "2023-10-20", "20/10/2023", "20/10", in figures. `weekday` settles which is the month.
  Match Numeric(size_t i, int weekday, bool bare) const {
    Match match;
    if (i > 0 && At(i).glued && Sign(i - 1, U"-/.") && At(i - 1).glued) return match;
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
        Order(year, weekday, day, month);
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
    Order(year, weekday, day, month);
    if (!ValidDay(year, month, day)) return match;
    const int near = YearNear(month, day, Future(i, i + 3), 0);
    match.when = Day(DayOf(ValidDay(near, month, day) ? near : year, month, day));
    match.end = i + 3;
    return match;
  }
  void Order(int year, int weekday, int& day, int& month) const {
    bool swap = language_.month_first;
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

  // A day, or days, of a month; a month of a year.
  Match Date(size_t i) const {
    Match match;
    size_t at = i;
    while (Is(at, Class::kLead) && at < i + 2) ++at;
    if (Match numeric = Numeric(at, 0, true); numeric.end > 0) return numeric;
    // "20 October 2023", "20-22 October", "the 20th of October", "20 dan 21 Oktober".
    size_t day_at = Is(at, Class::kThe) ? at + 1 : at;
    if (auto day = DayAt(day_at, true)) {
      size_t next = day->first;
      int last = day->second;
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
        if (auto when = DatesOf(day->second, last, *month, word, i)) {
          match.when = when;
          match.end = word.end > 0 ? word.end : next;
          match.period = word.end > 0 ? 0 : 365;
        } else if (!word.year && !reference_) {
          match.end = next;
        }
        return match;
      }
      // "tanggal 20 bulan ini", "the 20th of last month"
      if (reference_ && (at > i || day_at > at || day->first == day_at + 2) &&
          next == day->first + (Is(day->first, Class::kOf) ? 1 : 0)) {
        std::optional<int> shift;
        size_t end = 0;
        if (At(next).Get(Class::kUnit) == kMonths && Is(next + 1, Class::kPost)) {
          shift = At(next + 1).Get(Class::kPost);
          end = next + 2;
        } else if (Is(next, Class::kPre) && At(next + 1).Get(Class::kUnit) == kMonths) {
          shift = At(next).Get(Class::kPre);
          end = next + 2;
        }
        if (shift) {
          const When month = UnitAt(kMonths, *shift, *reference_);
          if (ValidDay(YearOf(month.first), MonthOf(month.first), day->second)) {
            match.when = Day(month.first + days(day->second - 1));
            match.end = end;
          }
          return match;
        }
      }
      // "on the 19th", "tanggal 19"
      const bool led =
          at > i ||
          (day_at > at && i > 0 && Is(i - 1, Class::kOn) &&
           (At(day->first).end == 0 || !At(day->first).word || Is(day->first, Class::kOn)));
      const bool suffixed = day->first == day_at + 2 || at > i;
      if (led && suffixed && reference_ && At(day_at).digits && !Sign(day->first, U"%")) {
        match.when = DayOfMonthNear(day->second, Future(i, day->first));
        if (match.when) match.end = day->first;
      }
      return match;
    }
    // "October 20, 2023", "Oct. 20-22", "October 2023", "October"
    std::optional<int> month = MonthAt(at);
    if (!month) return match;
    size_t next = PastDot(at + 1);
    size_t the = Is(next, Class::kThe) ? next + 1 : next;
    if (auto day = DayAt(the, true); day && !YearAt(the)) {
      int last = day->second;
      size_t end = day->first;
      if (Dash(end) || Is(end, Class::kTo)) {
        if (auto to = DayAt(end + 1, false); to && to->second > last && !MonthAt(to->first)) {
          last = to->second;
          end = to->first;
        }
      }
      YearWord word = YearWordAt(end);
      if (auto when = DatesOf(day->second, last, *month, word, i)) {
        match.when = when;
        match.end = word.end > 0 ? word.end : end;
        match.period = word.end > 0 ? 0 : 365;
        return match;
      }
      if (!word.year && !reference_) {
        match.end = end;
        return match;
      }
    }
    int count = 1;
    if ((Dash(next) || Is(next, Class::kTo)) && MonthAt(next + 1) && next == at + 1) {
      const int to = *MonthAt(next + 1);
      if (to > *month) {
        count = to - *month + 1;
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
        (i > 0 && (Is(i - 1, Class::kYearCue) || Is(i - 1, Class::kPart) || Is(i - 1, Class::kTo)));
    if (!sure || (word.end == 0 && !At(at).upper)) return {};
    if (!word.year && !reference_) return match;
    const int year = word.year ? *word.year
                               : YearNear(*month, 15, word.direction == 0 && Future(i, match.end),
                                          word.direction);
    match.when = Months(year, *month, count, count == 1 ? Precision::kMonth : Precision::kSpan);
    match.period = word.end > 0 || count > 1 ? 0 : 365;
    if (count > 1) {
      match.value = IsoDay(match.when->first) + "/" + IsoDay(Month(year, *month + count - 1).first);
    }
    return match;
  }

  std::optional<When> DayOfMonthNear(int day, bool future) const {
    for (int shift : {0, future ? 1 : -1, future ? 2 : -2}) {
      const When month = UnitAt(kMonths, shift, *reference_);
      if (month.first + days(day - 1) > month.last) continue;
      const sys_days that = month.first + days(day - 1);
      if (future ? that >= *reference_ : that <= *reference_) return Day(that);
    }
    return std::nullopt;
  }

  // "Friday", "last Friday", "Jumat (20/10)", "Friday, 20 October", "Jumat pekan depan".
  Match Weekday(size_t i) const {
    Match match;
    size_t at = i;
    if (Is(at, Class::kLead)) ++at;
    if (Is(at, Class::kThe) && Is(at + 1, Class::kPre)) ++at;
    const std::optional<int> pre = At(at).Get(Class::kPre);
    if (pre) ++at;
    const std::optional<int> weekday = At(at).Get(Class::kWeekday);
    if (!weekday) return match;
    size_t next = PastDot(at + 1);
    if (next > at + 1 && !(At(next).digits || At(next).word)) next = at + 1;
    if (Is(next, Class::kDayPart)) ++next;
    size_t inner = next;
    const bool bracket = Sign(inner, U"(");
    if (bracket || Sign(inner, U",")) ++inner;
    Match date = Numeric(inner, *weekday, !bracket);
    if (date.end == 0 && !Is(inner, Class::kPre)) date = Date(inner);
    if (date.end == 0 && bracket && reference_) {
      if (auto day = DayAt(inner, false); day && Sign(day->first, U")")) {
        date.when = DayOfMonthNear(day->second, false);
        date.end = day->first;
      }
    }
    if (date.end > 0 && (!date.when || date.when->precision == Precision::kDay)) {
      if (!bracket) return date;
      if (Sign(date.end, U")")) {
        ++date.end;
        return date;
      }
    }
    // "Wed 13th"
    if (auto day = DayAt(next, false);
        day && day->first == next + 2 && next == at + 1 && reference_) {
      const bool future = Future(i, next);
      for (int shift = 0; shift <= 12 && !match.when; ++shift) {
        const When month = UnitAt(kMonths, future ? shift : -shift, *reference_);
        const sys_days that = month.first + days(day->second - 1);
        if (that <= month.last && WeekdayOf(that) == *weekday &&
            (future ? that >= *reference_ : that <= *reference_)) {
          match.when = Day(that);
        }
      }
      if (match.when) {
        match.end = day->first;
        return match;
      }
    }
    match.end = next;
    if (!reference_) return match;
    const sys_days day = *reference_;
    if (pre) {
      match.when = Day(Week(day + days(7 * *pre)).first + days(*weekday - 1));
      return match;
    }
    size_t unit = Is(next, Class::kOf) || Sign(next, U",") ? next + 1 : next;
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

  static std::string Length(int count, int unit, bool and_half = false) {
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
      default:
        return "P" + number + kUnits[static_cast<size_t>(unit)];
    }
  }

  // "the last two years", "two coming months": a stretch that ends, or begins, with the reference;
  // of whole quarters.
  Match Beside(int unit, int shift, int count, size_t end) const {
    Match match;
    match.kind = TimeKind::kDateRange;
    match.end = end;
    sys_days from = *reference_;
    if (unit == kQuarters) {
      from = UnitAt(kQuarters, shift < 0 ? 0 : 1, *reference_).first - days(shift < 0 ? 0 : 1);
    }
    const std::optional<sys_days> edge =
        ExactShift(unit, shift * count, from + days(shift > 0 ? 1 : 0));
    if (!edge) return {};
    if (shift < 0) {
      match.interval = {IsoDay(*edge), IsoDay(unit == kQuarters ? from - days(1) : from)};
      match.value = IsoDay(*edge) + "/" + IsoDay(from);
    } else {
      match.interval = {IsoDay(from + days(1)), IsoDay(*edge - days(1))};
      match.value = IsoDay(from + days(1)) + "/" + IsoDay(*edge);
    }
    return match;
  }

  // What counts in units: "last month", "bulan lalu", "three days ago", "the past two years".
  Match Counted(size_t i) const {
    Match match;
    size_t at = i;
    if (Is(at, Class::kIn)) {
      // "in two weeks"
      size_t number_at = at + 1;
      int count = 1;
      std::optional<int> unit;
      size_t end = 0;
      if (auto number = NumberAt(number_at)) {
        count = number->second;
        unit = At(number->first).Get(Class::kUnit);
        end = number->first + 1;
      } else if (Is(number_at, Class::kOneUnit)) {
        unit = At(number_at).Get(Class::kOneUnit);
        end = number_at + 1;
      }
      // "in two years" may look back as well.
      if (unit && reference_ && Future(i, end) && !Is(end, Class::kAgo) &&
          !Is(end, Class::kRelative)) {
        match.when = Shifted(*unit, count, *reference_);
        if (match.when) {
          match.end = end;
          return match;
        }
      }
      return {};
    }
    if (std::optional<int> shift = At(at).Get(Class::kPre)) {
      ++at;
      if (auto number = NumberAt(at); number && *shift != 0) {
        const std::optional<int> unit = At(number->first).Get(Class::kUnit);
        if (!unit || !reference_ || *unit >= kHours) return {};
        return Beside(*unit, *shift, number->second, number->first + 1);
      }
      if (std::optional<int> month = At(at).Get(Class::kMonth);
          (month || (Is(at, Class::kMaybeMonth) && At(at).upper)) && reference_) {
        month = MonthAt(at);
        const int year = YearOf(*reference_);
        const int now = MonthOf(*reference_);
        const int y = *shift == 0  ? year
                      : *shift < 0 ? (*month < now ? year : year - 1)
                                   : (*month > now ? year : year + 1);
        match.kind = TimeKind::kDateRange;
        match.when = Month(y, *month);
        match.end = at + 1;
        return match;
      }
      const std::optional<int> unit = At(at).Get(Class::kUnit);
      if (!unit || *unit >= kHours) return {};
      if (*unit == kDays && *shift == 0) return {};
      match.end = at + 1;
      // "next week Monday"
      if (const std::optional<int> weekday = At(at + 1).Get(Class::kWeekday);
          weekday && *unit == kWeeks && reference_) {
        match.when = Day(UnitAt(kWeeks, *shift, *reference_).first + days(*weekday - 1));
        match.end = at + 2;
        return match;
      }
      match.kind = *unit == kDays ? TimeKind::kDate : TimeKind::kDateRange;
      if (*unit == kDays && anchor_) {
        match.when = Day(*anchor_ + days(*shift));
      } else if (reference_) {
        match.when = UnitAt(*unit, *shift, *reference_);
      }
      return match;
    }
    // "bulan lalu"
    if (std::optional<int> unit = At(at).Get(Class::kUnit); unit && *unit < kHours) {
      if (std::optional<int> shift = At(at + 1).Get(Class::kPost)) {
        match.end = at + 2;
        match.kind = *unit == kDays ? TimeKind::kDate : TimeKind::kDateRange;
        if (reference_) match.when = UnitAt(*unit, *shift, *reference_);
        return match;
      }
      return {};
    }
    int count = 1;
    std::optional<int> unit = At(at).Get(Class::kOneUnit);
    size_t next = at + 1;
    // "half an hour", "setengah jam"
    if (Is(at, Class::kFraction)) {
      if (At(next).Get(Class::kNumber) == 1) ++next;
      if (At(next).Get(Class::kUnit) != kHours && At(next).Get(Class::kUnit) != kYears) return {};
      match.kind = TimeKind::kDuration;
      match.value = At(next).Get(Class::kUnit) == kHours ? "PT30M" : "P6M";
      match.end = next + 1;
      return match;
    }
    // "one and a half hours", "2.5 hours", "satu setengah tahun"
    {
      std::optional<size_t> with;
      if (auto number = NumberAt(at)) {
        count = number->second;
        size_t fraction = number->first;
        if (Is(fraction, Class::kAnd)) ++fraction;
        if (fraction > number->first && At(fraction).Get(Class::kNumber) == 1) ++fraction;
        if (Is(fraction, Class::kFraction)) with = fraction + 1;
      } else if (At(at).digits && At(at).length <= 3 && Sign(at + 1, U".,") && At(at + 1).glued &&
                 At(at + 2).glued && At(at + 2).digits && At(at + 2).length == 1 &&
                 At(at + 2).number == 5) {
        count = At(at).number;
        with = at + 3;
      }
      if (with) {
        const std::optional<int> of = At(*with).Get(Class::kUnit);
        if (!of) return {};
        match.kind = TimeKind::kDuration;
        match.value = Length(count, *of, true);
        match.end = *with + 1;
        return match;
      }
      count = 1;
    }
    if (!unit) {
      auto number = NumberAt(at);
      if (!number) return {};
      count = number->second;
      next = number->first;
      // "a five-year pact"
      if (Dash(next) && At(next).glued && At(next + 1).glued) ++next;
      // "tiga bulan terakhir"
      unit = At(next).Get(Class::kUnit);
      if (!unit) return {};
      ++next;
    }
    std::optional<int> direction = At(next).Get(Class::kAgo);
    if (!direction) direction = At(next).Get(Class::kPost);
    if (direction && *direction != 0) {
      match.end = next + 1;
      if (reference_) match.when = Shifted(*unit, *direction * count, *reference_);
      if (match.when && match.when->precision != Precision::kDay) {
        match.kind = TimeKind::kDateRange;
      }
      return match;
    }
    if (std::optional<int> relative = At(next).Get(Class::kRelative)) {
      match.end = next + 1;
      const std::optional<sys_days> from = anchor_ ? anchor_ : reference_;
      if (from) match.when = Shifted(*unit, *relative * count, *from);
      return match;
    }
    // "three days after Christmas", "two weeks from tomorrow"
    const bool before = Is(next, Class::kBefore);
    if (before || Is(next, Class::kAfter) || Is(next, Class::kFrom)) {
      Match from = Weekday(next + 1);
      for (const Match& other : {Date(next + 1), Feast(next + 1), Named(next + 1)}) {
        if (other.end > from.end) from = other;
      }
      if (IsSingleDay(from)) {
        if (auto day = ExactShift(*unit, before ? -count : count, from.when->first)) {
          match.when = Day(*day);
          match.end = from.end;
          return match;
        }
      }
    }
    if (Is(at, Class::kOneUnit)) return {};
    match.kind = TimeKind::kDuration;
    match.value = Length(count, *unit);
    match.end = next;
    // "one hour and a half"
    if (Is(next, Class::kAnd)) {
      size_t fraction = next + 1;
      if (At(fraction).Get(Class::kNumber) == 1) ++fraction;
      if (Is(fraction, Class::kFraction)) {
        match.value = Length(count, *unit, true);
        match.end = fraction + 1;
      }
    }
    return match;
  }

  // "today", "tomorrow", and where `now` is meant, that.
  Match Named(size_t i) const {
    Match match;
    const bool now = Is(i, Class::kNow);
    if (std::optional<int> day = now ? 0 : At(i).Get(Class::kDay)) {
      match.end = i + 1;
      if (reference_) match.when = Day(*reference_ + days(*day));
    }
    return match;
  }

  // Years, decades, quarters, halves.
  Match Years(size_t i) const {
    Match match;
    match.kind = TimeKind::kDateRange;
    size_t at = i;
    while ((Is(at, Class::kLead) || At(at).Get(Class::kUnit) == kYears ||
            At(at).Get(Class::kUnit) == kDecades ||
            (Is(at, Class::kThe) && At(at + 1).digits && At(at + 2).glued)) &&
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
          (i > 0 && (Is(i - 1, Class::kYearCue) || Is(i - 1, Class::kPart) ||
                     Is(i - 1, Class::kOf) || Is(i - 1, Class::kSince) ||
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

  // A time of day, in minutes, or two of them.
  struct Hours {
    size_t end = 0;  // 0: nothing
    int first = 0;
    int second = -1;
    bool sure = false;  // can be nothing else
    int half = -1;      // 0 or 12, where it is said which half of the day
  };

  // "5:30 p.m.", "pukul 16.00 WIB", "jam 5 sore", "noon"; a bare "5" is not sure.
  Hours HourAt(size_t i) const {
    Hours hours;
    size_t at = i;
    const bool led = Is(at, Class::kClock);
    if (led) ++at;
    if (std::optional<int> hour = At(at).Get(Class::kClockWord)) {
      return {at + 1, *hour * 60, -1, true, *hour == 12 ? 12 : 0};
    }
    const std::optional<int> hour = Figure(at, 1, 2, true);
    if (!hour || *hour > 24 ||
        (at > 0 && At(at).glued && (At(at - 1).word || Sign(at - 1, U".,:/$")))) {
      return {};
    }
    int minutes = *hour * 60;
    size_t next = at + 1;
    bool exact = false;
    if (Sign(next, U":.") && At(next).glued && At(next + 1).glued) {
      const std::optional<int> minute = Figure(next + 1, 2, 2, true);
      const bool colon = At(next).sign == ':';
      if (minute && *minute < 60 && (colon || led || Is(next + 2, Class::kAm))) {
        minutes += *minute;
        next += 2;
        exact = colon || led;
        if (colon && Sign(next, U":") && At(next).glued && Figure(next + 1, 2, 2, true)) next += 2;
      }
    }
    if (Sign(next, U".,:") && At(next).glued && At(next + 1).digits && At(next + 1).glued) {
      return {};
    }
    if (const std::optional<int> half = At(next).Get(Class::kAm); half && *hour <= 12) {
      hours.half = *half;
      minutes = minutes % (12 * 60) + *half * 60;
      ++next;
      if (Sign(next, U".") && At(next).glued && At(next - 1).key.find('.') != std::string::npos) {
        ++next;
      }
    } else {
      // "8 in the morning", "jam 5 sore": the hour that is not before the part's first one.
      size_t part = next;
      if (Is(part, Class::kOf)) ++part;
      if (Is(part, Class::kThe)) ++part;
      const std::optional<int> least = At(part).Get(Class::kDayPart);
      if (least && *hour <= 12 && !Is(part, Class::kDay) && (led || exact || part > next)) {
        if (minutes < *least * 60) minutes = (minutes + 12 * 60) % (24 * 60);
        hours.half = minutes < 12 * 60 ? 0 : 12;
        next = part + 1;
      }
    }
    hours.sure = exact || hours.half >= 0 || (led && Is(next, Class::kZone));
    if (Is(next, Class::kZone)) ++next;
    hours.first = minutes;
    hours.end = next;
    return hours;
  }

  // The same, or a stretch of hours: "from 2:00 to 2:30 pm", "pukul 08.00-10.00". `dated`: beside
  // a day, where "from 2 to 3" and "at 5" are hours too.
  Hours HoursAt(size_t i, bool dated) const {
    const bool between = Is(i, Class::kBetween);
    const bool framed = between || Is(i, Class::kFrom);
    Hours hours = HourAt(framed ? i + 1 : i);
    if (hours.end == 0) return {};
    if (Is(hours.end, Class::kTo) || Dash(hours.end) || (between && Is(hours.end, Class::kAnd))) {
      Hours to = HourAt(hours.end + 1);
      if (to.end > 0 && (hours.sure || to.sure || (framed && dated))) {
        if (hours.half < 0 && to.half == 12 && hours.first < 12 * 60 &&
            hours.first + 12 * 60 < to.first) {
          hours.first += 12 * 60;
        }
        return {to.end, hours.first, to.first, true, to.half};
      }
    }
    if (framed) return {};
    if (!hours.sure && !(dated && Is(i, Class::kClock))) return {};
    return hours;
  }
  static std::string ClockText(int minutes) {
    char text[16];
    std::snprintf(text, sizeof text, "T%02d:%02d:00", minutes / 60 % 100, minutes % 60);
    return text;
  }
  Match Clock(size_t i) const {
    Match match;
    const Hours hours = HoursAt(i, false);
    if (hours.end == 0) return match;
    match.end = hours.end;
    match.kind = hours.second < 0 ? TimeKind::kTime : TimeKind::kTimeRange;
    match.value = ClockText(hours.first);
    if (hours.second >= 0) match.value += "/" + ClockText(hours.second);
    return match;
  }
  static bool IsSingleDay(const Match& match) {
    return match.end > 0 && match.when && match.value.empty() &&
           match.when->precision == Precision::kDay && match.when->first == match.when->last;
  }
  // A day, named from item `i` to `last`, with hours; "tonight from 7 to 8" are those of the
  // evening.
  Match Timed(sys_days day, Hours hours, size_t end, size_t i, size_t last) const {
    Match match;
    match.end = end;
    for (; i < last && hours.half < 0; ++i) {
      const std::optional<int> least = At(i).Get(Class::kDayPart);
      if (!least || hours.first >= 12 * 60) continue;
      if (hours.first < *least * 60) hours.first += 12 * 60;
      if (hours.second >= 0 && hours.second < *least * 60) hours.second += 12 * 60;
      break;
    }
    match.when = Day(day);
    const std::string from = IsoDay(day) + ClockText(hours.first);
    if (hours.second < 0) {
      match.kind = TimeKind::kDateTime;
      match.value = from;
      match.interval = {from.substr(0, 16), from.substr(0, 16)};
    } else {
      match.kind = TimeKind::kDateTimeRange;
      const std::string to =
          IsoDay(hours.second < hours.first ? day + days(1) : day) + ClockText(hours.second);
      match.value = from + "/" + to;
      match.interval = {from.substr(0, 16), to.substr(0, 16)};
    }
    return match;
  }
  // "20 October 2023 at 5 p.m.", "from 2 to 3 pm on Tuesday", "tomorrow before 5 pm".
  Match DayAndHours(size_t i) const {
    if (Match day = Point(i); IsSingleDay(day)) {
      const size_t at = Sign(day.end, U",") ? day.end + 1 : day.end;
      if (Hours hours = HoursAt(at, true); hours.end > 0) {
        return Timed(day.when->first, hours, hours.end, i, day.end);
      }
      for (const Class what : {Class::kBefore, Class::kAfter}) {
        if (!Is(at, what)) continue;
        const Hours hours = HourAt(at + 1);
        if (hours.end == 0 || !hours.sure) continue;
        Match match = Timed(day.when->first, hours, hours.end, i, day.end);
        match.kind = TimeKind::kDateTimeRange;
        if (what == Class::kBefore) {
          match.value = "../" + match.value;
          match.interval.from.clear();
        } else {
          match.value += "/..";
          match.interval.to.clear();
        }
        return match;
      }
      return {};
    }
    const Hours hours = HoursAt(i, true);
    if (hours.end == 0) return {};
    size_t at = hours.end;
    if (Sign(at, U",") || Is(at, Class::kOn)) ++at;
    Match day = Point(at);
    // "at 5 May": the bare hour belongs to the date.
    if (!IsSingleDay(day) || (!hours.sure && at == hours.end)) return {};
    return Timed(day.when->first, hours, day.end, at, day.end);
  }

  Match Set(size_t i) const {
    Match match;
    match.kind = TimeKind::kSet;
    if (std::optional<int> set = At(i).Get(Class::kSet)) {
      match.value = Length(*set / 10, *set % 10);
      match.end = i + 1;
      return match;
    }
    if (!Is(i, Class::kEvery)) return {};
    size_t at = i + 1;
    const bool other = Is(at, Class::kOther);
    if (other) ++at;
    if (std::optional<int> weekday = At(at).Get(Class::kWeekday)) {
      match.value = "XXXX-WXX-" + std::to_string(*weekday);
      match.end = at + 1;
      return match;
    }
    int count = other ? 2 : 1;
    if (auto number = NumberAt(at)) {
      count = number->second;
      at = number->first;
    }
    const std::optional<int> unit = At(at).Get(Class::kUnit);
    if (!unit) return {};
    match.value = Length(count, *unit);
    match.end = at + 1;
    return match;
  }

  // "Christmas", "Christmas Eve 2023"; "next spring", "summer of 2021".
  Match Feast(size_t i) const {
    Match match;
    size_t at = Is(i, Class::kThe) ? i + 1 : i;
    const std::optional<int> pre = At(at).Get(Class::kPre);
    if (pre) ++at;
    const std::optional<int> feast = At(at).Get(Class::kFeast);
    const std::optional<int> season = At(at).Get(Class::kSeason);
    if (!feast && !season) return match;
    YearWord word = YearWordAt(at + 1);
    if (!word.year && word.direction == 0 && !Is(at + 1, Class::kPost)) word = {};
    const int month = feast ? *feast / 100 : *season;
    const int day = feast ? *feast % 100 : 1;
    if (!feast && !pre && word.end == 0) return match;
    match.end = word.end > 0 ? word.end : at + 1;
    if (!word.year && !reference_) return match;
    int year = word.year.value_or(0);
    if (!word.year) {
      const int direction = pre ? *pre : word.direction;
      year = YearNear(month, day, direction == 0 && Future(i, match.end), direction);
      if (pre && *pre == 0) year = YearOf(*reference_);
    }
    if (feast) {
      if (!ValidDay(year, month, day)) return {};
      match.when = Day(DayOf(year, month, day));
    } else {
      match.kind = TimeKind::kDateRange;
      match.when = Months(year, month, 3, Precision::kSpan);
    }
    return match;
  }

  // "21st century", "abad ke-21".
  Match Century(size_t i) const {
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

  // The weeks of a stretch are those whose Thursday lies in it (ISO 8601).
  static std::optional<When> NthOf(int unit, int number, int count, const When& whole) {
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
      out = Months(YearOf(whole.first), from, count,
                   count == 1 ? Precision::kMonth : Precision::kSpan);
    } else {
      return std::nullopt;
    }
    if (out.last > whole.last + days(3) || out.first < whole.first - days(3)) return std::nullopt;
    return out;
  }
  // "the first week of 2021", "the last four months of 2021", "week 27 of last year".
  Match Nth(size_t i) const {
    Match match;
    match.kind = TimeKind::kDateRange;
    size_t at = Is(i, Class::kThe) ? i + 1 : i;
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
    } else if (auto ordinal = DayAt(at, true);
               ordinal && (At(at).word || ordinal->first > at + 1)) {
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

  Match Point(size_t i) const {
    Match best;
    auto consider = [&](Match match) {
      if (match.end > best.end) best = std::move(match);
    };
    consider(Weekday(i));
    consider(Date(i));
    consider(Years(i));
    consider(Counted(i));
    consider(Feast(i));
    consider(Nth(i));
    consider(Century(i));
    const size_t at = Is(i, Class::kThe) ? i + 1 : i;
    for (size_t from : {i, at}) {
      if (!Is(from, Class::kNow)) consider(Named(from));
      if (std::optional<int> shift = At(from).Get(Class::kAnaphor)) {
        Match match;
        match.end = from + 1;
        const std::optional<sys_days> origin = anchor_ ? anchor_ : reference_;
        if (origin) match.when = Day(*origin + days(*shift));
        consider(match);
      }
    }
    if (best.end > i && Is(best.end, Class::kDayPart) && best.when &&
        best.when->precision == Precision::kDay) {
      ++best.end;
    }
    return best;
  }

  // "[the end of] the year", "[akhir] tahun": the present one.
  Match Current(size_t i) const {
    const size_t at = Is(i, Class::kThe) ? i + 1 : i;
    const std::optional<int> unit = At(at).Get(Class::kUnit);
    if (!reference_ || (unit != kYears && unit != kMonths && (unit != kWeeks || at == i)))
      return {};
    Match match;
    match.kind = TimeKind::kDateRange;
    match.when = UnitAt(*unit, 0, *reference_);
    match.end = at + 1;
    return match;
  }

  // "early 2024", "akhir bulan lalu": a third of it.
  Match PartOf(size_t i) const {
    const std::optional<int> part = At(i).Get(Class::kPart);
    if (!part) return {};
    size_t at = i + 1;
    if (Dash(at) && At(at).glued) ++at;
    if (Is(at, Class::kOf)) ++at;
    Match match = Point(at);
    if (match.end == 0) match = Current(at);
    if (match.end == 0 || !match.when) return {};
    const When whole = *match.when;
    When third = whole;
    if (whole.precision == Precision::kYear) {
      third = Months(YearOf(whole.first), 1 + 4 * *part, 4, Precision::kSpan);
    } else if (whole.precision == Precision::kMonth) {
      third.precision = Precision::kDay;
      third.first = whole.first + days(10 * *part);
      if (*part < 2) third.last = third.first + days(9);
    } else if (whole.precision == Precision::kWeek) {
      third.precision = Precision::kDay;
      third.first = whole.first + days(*part == 0 ? 0 : *part == 1 ? 2 : 3);
      third.last = whole.first + days(*part == 0 ? 2 : *part == 1 ? 4 : 6);
    } else if (whole.precision == Precision::kDecade) {
      const int year = YearOf(whole.first) + (*part == 0 ? 0 : *part == 1 ? 4 : 7);
      third = Months(year, 1, *part == 1 ? 36 : *part == 0 ? 48 : 36, Precision::kYear);
    } else {
      return {};
    }
    match.when = third;
    match.kind = TimeKind::kDateRange;
    match.to_end = *part == 2;
    match.value.clear();
    return match;
  }

  // `now`: in a range, where "now" is a point of time too.
  Match Stretch(size_t i, bool now) const {
    Match part = PartOf(i);
    if (part.end > 0) return part;
    Match point = Point(i);
    return point.end > 0 || !now ? point : Named(i);
  }
  // What comes again, at its first time after `first`.
  static void Follow(const Match& first, Match& second) {
    if (second.period == 0 || !first.when || !second.when) return;
    if (first.period == 0 && first.when->first <= second.when->first) return;
    for (int turn = 0; turn < 2 && second.when->first <= first.when->first; ++turn) {
      Turn(second, 1);
    }
  }
  static void Turn(Match& match, int by) {
    When& when = *match.when;
    if (match.period == 7) {
      when.first += days(7 * by);
      when.last += days(7 * by);
      return;
    }
    const int months = 12 * by;
    const sys_days first = *ExactShift(kMonths, months, when.first);
    when.last = when.precision == Precision::kMonth ? Month(YearOf(first), MonthOf(first)).last
                                                    : first + (when.last - when.first);
    when.first = first;
  }

  // A stretch that is open at one side. `before` leaves out the end itself.
  static Match Opened(Match match, bool from, bool before) {
    const When when = *match.when;
    if (from) {
      match.interval = {Iso(when.first, when.precision), ""};
      match.value = IsoDay(when.first) + "/..";
    } else if (before) {
      match.interval = {"", IsoDay(when.first - days(1))};
      match.value = "../" + IsoDay(when.first);
    } else {
      match.interval = {"", Iso(when.last, when.precision)};
      match.value =
          "../" + IsoDay(when.precision == Precision::kDay ? when.last : when.last + days(1));
    }
    match.kind = TimeKind::kDateRange;
    match.when.reset();
    return match;
  }

  Match Expression(size_t i) const {
    const Item& item = items_[i];
    if (!item.digits && item.entries[0] == nullptr && item.entries[1] == nullptr) return {};
    Match best;
    auto consider = [&](Match match) {
      if (match.end > best.end) best = std::move(match);
    };
    // "from X to Y", "between X and Y", "X to Y", "since X", "until X"
    const bool between = Is(i, Class::kBetween);
    const bool framed = between || Is(i, Class::kFrom);
    const Match first = Stretch(framed ? i + 1 : i, framed);
    if (first.end > 0 && first.when) {
      const size_t to = first.end;
      if (Is(to, Class::kTo) || Dash(to) || (between && Is(to, Class::kAnd))) {
        Match from = first;
        Match second = Stretch(to + 1, true);
        // "26 June to 28 June 2020": the year is that of both.
        if (second.when && from.period > 7 && second.period == 0 &&
            second.when->precision <= Precision::kSpan) {
          for (int turn = 0; turn < 60; ++turn) {
            const int years = YearOf(second.when->first) - YearOf(from.when->first);
            if (years == 0) break;
            Turn(from, years > 0 ? 1 : -1);
          }
          if (from.when->first > second.when->first) Turn(from, -1);
        }
        Follow(from, second);
        if (second.end > 0 && second.when && second.when->last > from.when->first) {
          Match range;
          range.kind = TimeKind::kDateRange;
          range.end = second.end;
          range.interval = {Iso(from.when->first, from.when->precision),
                            Iso(second.when->last, second.when->precision)};
          range.value = IsoDay(from.when->first) + "/" +
                        IsoDay(second.to_end ? second.when->last + days(1) : second.when->first);
          consider(range);
        }
      }
    }
    if (!framed) consider(first);
    // "from 2014 to 2019" whole; its years alone are found from the next item on.
    const bool several = first.when ? first.when->precision == Precision::kSpan ||
                                          (first.when->precision == Precision::kDay &&
                                           first.when->first != first.when->last)
                                    : first.interval.known();
    if (framed && first.end > 0 && several) {
      consider(first);
    }
    for (const Class what : {Class::kSince, Class::kUntil, Class::kAfter, Class::kBefore}) {
      if (!Is(i, what)) continue;
      Match open = Stretch(i + 1, false);
      if (open.end == 0 || !open.when) continue;
      const bool loose = what == Class::kAfter || what == Class::kBefore;
      // "after Friday's talks" names what came before, not a stretch of time.
      const bool word =
          At(open.end).word && !Is(open.end, Class::kAnd) && !Is(open.end, Class::kOn);
      if (loose && (Sign(open.end, U"'’") || word)) continue;
      consider(Opened(std::move(open), what == Class::kSince || what == Class::kAfter,
                      what == Class::kBefore));
    }
    // "2012 or later"
    if (std::optional<int> onward = At(first.end).Get(Class::kOnward);
        onward && first.end > 0 && first.when) {
      Match open = first;
      open.end = first.end + 1;
      consider(Opened(std::move(open), *onward > 0, false));
    }
    consider(Set(i));
    consider(DayAndHours(i));
    consider(Clock(i));
    if (best.when && best.kind == TimeKind::kDate && best.when->first != best.when->last) {
      best.kind = TimeKind::kDateRange;
    }
    return best;
  }

  const Language& language_;
  std::optional<sys_days> reference_;
  std::optional<sys_days> anchor_;
  std::vector<Item> items_;
};

std::optional<sys_days> ReferenceOf(const Article& article) {
  const std::string_view text = article.published;
  int part[3] = {0, 0, 0};
  constexpr size_t kFrom[3] = {0, 5, 8};
  constexpr size_t kSize[3] = {4, 2, 2};
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (int i = 0; i < 3; ++i) {
    const char* from = text.data() + kFrom[i];
    const auto [end, error] = std::from_chars(from, from + kSize[i], part[i]);
    if (error != std::errc() || end != from + kSize[i]) return std::nullopt;
  }
  if (part[0] < 1600 || part[0] > 2500 || !ValidDay(part[0], part[1], part[2])) {
    return std::nullopt;
  }
  return DayOf(part[0], part[1], part[2]);
}

// A number, or a number and a unit's letter ("1M" -> for sets, "W" for units).
bool ParseValue(Class what, std::string_view cell, int& value) {
  if (what == Class::kUnit || what == Class::kOneUnit) {
    if (cell.size() != 1) return false;
    value = static_cast<int>(kUnits.find(cell[0]));
    return kUnits.find(cell[0]) != std::string_view::npos;
  }
  if (cell.empty()) {
    value = 0;
    return true;
  }
  int unit = 0;
  if (what == Class::kSet) {
    const size_t letter = kUnits.find(cell.back());
    if (letter == std::string_view::npos) return false;
    unit = static_cast<int>(letter);
    cell.remove_suffix(1);
  }
  if (cell.starts_with('+')) cell.remove_prefix(1);
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return false;
  if (value < -999 || value > 9999) return false;
  if (what == Class::kSet) value = value * 10 + unit;
  return true;
}

}  // namespace

TimeFinder::TimeFinder(std::unique_ptr<TimeLexicon> lexicon) : lexicon_(std::move(lexicon)) {}
TimeFinder::TimeFinder(TimeFinder&&) noexcept = default;
TimeFinder& TimeFinder::operator=(TimeFinder&&) noexcept = default;
TimeFinder::~TimeFinder() = default;

Result<TimeFinder> TimeFinder::Load(const Resources& resources) {
  auto lexicon = std::make_unique<TimeLexicon>();
  for (const std::string& lang : resources.Languages()) {
    const std::string name = "data/lang/" + lang + "/times.tsv";
    if (!resources.Has(name)) continue;
    Result<Tsv> table = Tsv::Load(resources, name, {"class", "words", "value"});
    if (!table) return table.error();
    TimeLexicon::Language& language = lexicon->languages[lang];
    for (const Tsv::Row& row : table->rows()) {
      const auto* found = std::find(kClassNames.begin(), kClassNames.end(), row[0]);
      if (found == kClassNames.end()) {
        return table->ErrorAt(row, "no such class: " + std::string(row[0]));
      }
      const Class what = static_cast<Class>(found - kClassNames.begin());
      if (what == Class::kOrder) {
        language.month_first = row[1] == "month first";
        continue;
      }
      int value = 0;
      if (!ParseValue(what, row[2], value)) {
        return table->ErrorAt(row, "not a value of this class: " + std::string(row[2]));
      }
      for (std::string_view word : SplitCell(row[1])) {
        size_t at = 0;
        const bool capital = IsUpper(DecodeUtf8(word, at));
        (capital ? language.capitals : language.words)[LowerCase(word)].push_back({what, value});
        const auto words = static_cast<size_t>(std::count(word.begin(), word.end(), ' ')) + 1;
        language.longest = std::max(language.longest, words);
      }
    }
  }
  return TimeFinder(std::move(lexicon));
}

void TimeFinder::Annotate(Document& document) const {
  document.times.clear();
  const Article& article = document.article;
  const std::optional<sys_days> reference = ReferenceOf(article);
  auto find = [&](std::string_view lang) -> const Language* {
    const auto found = lexicon_->languages.find(lang);
    return found == lexicon_->languages.end() ? nullptr : &found->second;
  };
  const Language* main = find(article.lang);
  if (main != nullptr) {
    Finder body(*main, reference);
    uint32_t token = 0;
    for (const Sentence& sentence : document.sentences) {
      if (sentence.end > article.text.size() || sentence.start > sentence.end) continue;
      const size_t before = document.times.size();
      const std::string_view text =
          std::string_view(article.text).substr(sentence.start, sentence.end - sentence.start);
      const Language* language = find(document.LangOf(sentence));
      if (language == nullptr) continue;
      if (language == main) {
        body.Run(text, sentence.start, Layer::kBody, 0, document.times);
      } else {
        Finder(*language, reference).Run(text, sentence.start, Layer::kBody, 0, document.times);
      }
      token = std::max(token, sentence.first);
      for (size_t i = before; i < document.times.size(); ++i) {
        TimeExpression& time = document.times[i];
        while (token < sentence.last && document.tokens[token].end <= time.span.start) ++token;
        time.first = time.last = token;
        while (time.last < sentence.last && document.tokens[time.last].start < time.span.end) {
          ++time.last;
        }
      }
    }
    Finder(*main, reference).Run(article.title, 0, Layer::kTitle, 0, document.times);
    for (size_t i = 0; i < article.captions.size() && i < UINT16_MAX; ++i) {
      Finder(*main, reference)
          .Run(article.captions[i].text, 0, Layer::kCaption, static_cast<uint16_t>(i),
               document.times);
    }
  }
}

}  // namespace kronik
