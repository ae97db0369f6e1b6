#include "entity/time_reader.h"

namespace kronik::times {

Match TimeReader::Beside(int unit, int shift, int count, size_t end) const {
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

Match TimeReader::Counted(size_t i) const {
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

Match TimeReader::Named(size_t i) const {
  Match match;
  const bool now = Is(i, Class::kNow);
  if (std::optional<int> day = now ? 0 : At(i).Get(Class::kDay)) {
    match.end = i + 1;
    if (reference_) match.when = Day(*reference_ + days(*day));
  }
  return match;
}

Match TimeReader::Set(size_t i) const {
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

}  // namespace kronik::times
