#include <algorithm>
#include <utility>

#include "entity/time_reader.h"

namespace kronik::times {

namespace {

void Turn(Match& match, int by) {
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

void Follow(const Match& first, Match& second) {
  if (second.period == 0 || !first.when || !second.when) return;
  if (first.period == 0 && first.when->first <= second.when->first) return;
  for (int turn = 0; turn < 2 && second.when->first <= first.when->first; ++turn) {
    Turn(second, 1);
  }
}

sys_days Middle(const When& when) {
  return when.first + (when.last - when.first + days(1)) / 2 - days(1);
}

Match Opened(Match match, bool from, bool before) {
  const When when = *match.when;
  if (from) {
    match.interval = {Iso(when.first, when.precision), ""};
    match.value = IsoDay(when.first) + "/..";
  } else if (before) {
    // "before the end of March" is still in March, "before mid-March" in its first half.
    const sys_days last = match.to_end   ? when.last
                          : match.middle ? Middle(when)
                                         : when.first - days(1);
    match.interval = {"",
                      Iso(last, match.to_end || match.middle ? when.precision : Precision::kDay)};
    match.value = "../" + IsoDay(last + days(1));
  } else {
    match.interval = {"", Iso(match.middle ? Middle(when) : when.last, when.precision)};
    match.value =
        "../" + IsoDay(when.precision == Precision::kDay ? when.last : when.last + days(1));
  }
  match.kind = TimeKind::kDateRange;
  match.when.reset();
  return match;
}

}  // namespace

bool TimeReader::LeadsOn(size_t i) const {
  const size_t next = i + 1;
  const std::string& key = At(i).key;
  const auto word = language_.words.find(key.substr(key.rfind(' ') + 1));
  const bool open = word != language_.words.end() &&
                    std::any_of(word->second.begin(), word->second.end(), [](const Meaning& m) {
                      return m.what == Class::kBefore || m.what == Class::kAfter;
                    });
  return open && At(next).word && !Is(next, Class::kOn) && !Is(next, Class::kIn) &&
         !Is(next, Class::kOf) && !Is(next, Class::kClock) && !Is(next, Class::kAnd);
}

Match TimeReader::Point(size_t i) const {
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
      if (const auto origin = Origin(kDays, *shift)) match.when = Day(*origin + days(*shift));
      // "the day before the vote": of no day known
      if (LeadsOn(from)) match.when.reset();
      // "the day after Christmas"
      Match next = Feast(from + 1);
      if (next.end == 0) next = Date(from + 1);
      if (IsSingleDay(next)) {
        match.end = next.end;
        match.when = Day(next.when->first + days(*shift));
      }
      consider(match);
    }
  }
  if (best.end > i && Is(best.end, Class::kDayPart) && best.when &&
      best.when->precision == Precision::kDay) {
    ++best.end;
  }
  return best;
}

Match TimeReader::Current(size_t i) const {
  const size_t at = Is(i, Class::kThe) ? i + 1 : i;
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!reference_ || (unit != kYears && unit != kMonths && (unit != kWeeks || at == i))) return {};
  Match match;
  match.kind = TimeKind::kDateRange;
  match.when = UnitAt(*unit, 0, *reference_);
  match.end = at + 1;
  return match;
}

Match TimeReader::PartOf(size_t i) const {
  const std::optional<int> part = At(i).Get(Class::kPart);
  if (!part) return {};
  size_t at = i + 1;
  if (Dash(at) && At(at).glued) ++at;
  if (Is(at, Class::kOf)) ++at;
  Match match = Point(at);
  if (match.end == 0) match = Current(at);
  if (match.end == 0) match = Feast(at, true);  // "the end of the summer"
  if (match.end == 0 || !match.when) return {};
  const When whole = *match.when;
  When third = whole;
  if (whole.precision == Precision::kSpan) {
    // "the end of the summer", "early in the third quarter": a third of its days.
    if (*part > 2) return {};
    const auto third_of = (whole.last - whole.first + days(1)) / 3;
    third.precision = Precision::kDay;
    third.first = whole.first + third_of * *part;
    if (*part < 2) third.last = third.first + third_of - days(1);
  } else if (*part > 2) {
    // "earlier this month", "later this year": up to the report's day, or from it on.
    if (!reference_ || *reference_ < whole.first || *reference_ > whole.last) return {};
    third.precision = Precision::kDay;
    (*part == 3 ? third.last : third.first) = *reference_;
  } else if (whole.precision == Precision::kYear) {
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
  match.middle = *part == 1;
  match.value.clear();
  return match;
}

Match TimeReader::Stretch(size_t i, bool now) const {
  Match part = PartOf(i);
  if (part.end > 0) return part;
  Match point = Point(i);
  return point.end > 0 || !now ? point : Named(i);
}

Match TimeReader::FromTo(const Match& first, bool between) const {
  Match range;
  const size_t to = first.end;
  if (to == 0 || !first.when) return range;
  if (!Is(to, Class::kTo) && !Dash(to) && !(between && Is(to, Class::kAnd))) return range;
  Match from = first;
  Match second = Stretch(to + 1, true);
  if (second.end == 0 || !second.when) return range;
  // "26 June to 28 June 2020": the year is that of both.
  if (from.period > 7 && second.period == 0 && second.when->precision <= Precision::kSpan) {
    for (int turn = 0; turn < 60; ++turn) {
      const int years = YearOf(second.when->first) - YearOf(from.when->first);
      if (years == 0) break;
      Turn(from, years > 0 ? 1 : -1);
    }
    if (from.when->first > second.when->first) Turn(from, -1);
  }
  Follow(from, second);
  if (second.when->last <= from.when->first) return range;
  range.kind = TimeKind::kDateRange;
  range.end = second.end;
  range.interval = {Iso(from.when->first, from.when->precision),
                    Iso(second.when->last, second.when->precision)};
  range.value = IsoDay(from.when->first) + "/" +
                IsoDay(second.to_end ? second.when->last + days(1) : second.when->first);
  return range;
}

Match TimeReader::OpenAtOneSide(size_t i) const {
  for (const Class what : {Class::kSince, Class::kUntil, Class::kAfter, Class::kBefore}) {
    if (!Is(i, what)) continue;
    Match open = Stretch(i + 1, false);
    if (open.end == 0) open = Feast(i + 1, true);  // "until spring"
    if (open.end == 0 || !open.when) continue;
    const bool loose = what == Class::kAfter || what == Class::kBefore;
    // "after Friday's talks" names what came before, not a stretch of time.
    const bool word = At(open.end).word && !Is(open.end, Class::kAnd) && !Is(open.end, Class::kOn);
    if (loose && (Sign(open.end, U"'’") || word)) continue;
    return Opened(std::move(open), what == Class::kSince || what == Class::kAfter,
                  what == Class::kBefore);
  }
  return {};
}

Match TimeReader::Expression(size_t i) const {
  const Item& item = items_[i];
  if (!item.digits && item.entries[0] == nullptr && item.entries[1] == nullptr) return {};
  Match best;
  auto consider = [&](Match match) {
    if (match.end > best.end) best = std::move(match);
  };
  const bool between = Is(i, Class::kBetween);
  const bool framed = between || Is(i, Class::kFrom);
  const Match first = Stretch(framed ? i + 1 : i, framed);
  consider(FromTo(first, between));
  // "from 2014 to 2019" whole; its years alone are found from the next item on.
  const bool several = first.when ? first.when->precision == Precision::kSpan ||
                                        (first.when->precision == Precision::kDay &&
                                         first.when->first != first.when->last)
                                  : first.interval.known();
  if (!framed || several) consider(first);
  consider(OpenAtOneSide(i));
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

}  // namespace kronik::times
