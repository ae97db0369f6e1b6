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

Match TimeReader::Ahead(size_t i) const {
  if (!Is(i, Class::kIn)) return {};
  int count = 1;
  std::optional<int> unit = At(i + 1).Get(Class::kOneUnit);
  size_t end = i + 2;
  if (auto number = NumberAt(i + 1)) {
    count = number->second;
    unit = At(number->first).Get(Class::kUnit);
    end = number->first + 1;
  }
  // "in two years" may look back as well.
  if (!unit || !reference_ || !Future(i, end) || Is(end, Class::kAgo) || Is(end, Class::kRelative))
    return {};
  Match match;
  match.when = Shifted(*unit, count, *reference_);
  if (match.when) match.end = end;
  return match;
}

bool TimeReader::Lasts(size_t i) const {
  return (i > 0 && Is(i - 1, Class::kThroughout)) ||
         (i > 1 && Is(i - 1, Class::kThe) && Is(i - 2, Class::kThroughout));
}

Match TimeReader::Preceded(size_t i) const {
  const std::optional<int> shift = At(i).Get(Class::kPre);
  if (!shift) return {};
  const size_t at = i + 1;
  // "is to last 90 days": a verb.
  if (*shift < 0 && i > 0 && NumberAt(at) && (Is(i - 1, Class::kTo) || Is(i - 1, Class::kFuture)) &&
      At(i - 1).key.size() > 1) {
    return {};
  }
  if (Is(at, Class::kPlural) && *shift != 0) {
    Match vague;  // "in the coming weeks": how many is not said
    vague.end = at + 1;
    vague.kind = TimeKind::kDateRange;
    vague.value = *shift < 0 ? "PAST_REF" : "FUTURE_REF";
    return vague;
  }
  if (auto number = NumberAt(at); number && *shift != 0) {
    const std::optional<int> unit = At(number->first).Get(Class::kUnit);
    if (!unit || !reference_) return {};
    if (*unit == kHours && number->second % 24 == 0) {
      return Beside(kDays, *shift, number->second / 24, number->first + 1);
    }
    return *unit >= kHours ? Match() : Beside(*unit, *shift, number->second, number->first + 1);
  }
  Match match;
  match.end = at + 1;
  match.kind = TimeKind::kDateRange;
  if ((Is(at, Class::kMonth) || (Is(at, Class::kMaybeMonth) && At(at).upper)) && reference_) {
    match.when = Month(YearBeside(*MonthAt(at), *shift), *MonthAt(at));
    return match;
  }
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!unit || *unit >= kHours || (*unit == kDays && *shift == 0)) return {};
  // "the past decade", "over the next year": counted from the day of the report.
  if (*unit != kDays && *shift != 0 && reference_ && (Is(i, Class::kStretch) || Lasts(i))) {
    if (*unit == kFortnights) return Beside(kWeeks, *shift, 2, match.end);
    if (*unit == kDecades) return Beside(kYears, *shift, 10, match.end);
    return *unit == kWeekends ? Match() : Beside(*unit, *shift, 1, match.end);
  }
  if (*unit == kFortnights) {
    return *shift == 0 || !reference_ ? Match() : Beside(kWeeks, *shift, 2, match.end);
  }
  // "next week Monday"
  if (const std::optional<int> weekday = At(at + 1).Get(Class::kWeekday);
      weekday && *unit == kWeeks && reference_) {
    match.when = Day(UnitAt(kWeeks, *shift, *reference_).first + days(*weekday - 1));
    match.end = at + 2;
    return match;
  }
  if (*unit == kDays) match.kind = TimeKind::kDate;
  if (*unit == kDays && anchor_) {
    if (const auto from = Origin(kDays, *shift)) match.when = Day(*from + days(*shift));
  } else if (reference_) {
    match.when = UnitAt(*unit, *shift, *reference_);
  }
  return match;
}

Match TimeReader::NextTo(size_t i) const {
  if (!anchor_) return {};
  Match match;
  match.kind = TimeKind::kDateRange;
  // "tahun berikutnya"
  const bool after = Is(i + 1, Class::kBeside) && Is(i, Class::kUnit);
  const std::optional<int> shift = At(after ? i + 1 : i).Get(Class::kBeside);
  const size_t at = after ? i : i + 1;
  match.end = i + 2;
  if (!shift) return {};
  if (Is(at, Class::kMonth) || (Is(at, Class::kMaybeMonth) && At(at).upper)) {
    const int month = *MonthAt(at), year = YearOf(anchor_->first), from = MonthOf(anchor_->first);
    const bool whole_year = anchor_->precision > Precision::kMonth;
    const bool other = whole_year || (*shift > 0 ? month <= from : month >= from);
    match.when = Month(other ? year + *shift : year, month);
    return match;
  }
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!unit || *unit >= kHours) return {};
  if (Is(at, Class::kPlural) && !after) {
    match.value = *shift < 0 ? "PAST_REF" : "FUTURE_REF";
    return match;
  }
  if (*unit == kDays) match.kind = TimeKind::kDate;
  if (const auto from = Origin(*unit == kWeeks ? kWeeks : *unit, *shift)) {
    match.when = UnitAt(*unit, *shift, *from);
  }
  return match;
}

Match TimeReader::TheWeekend(size_t i) const {
  const size_t at = Is(i, Class::kThe) ? i + 1 : i;
  if (!reference_ || At(at).Get(Class::kUnit) != kWeekends) return {};
  const bool led = i > 0 && (Is(i - 1, Class::kOn) || Is(i - 1, Class::kThroughout));
  if (at == i && !led) return {};
  const bool within = WeekdayOf(*reference_) > 5;
  Match match;
  match.kind = TimeKind::kDateRange;
  match.end = at + 1;
  match.when = UnitAt(kWeekends, within || Future(i, match.end) ? 0 : -1, *reference_);
  return match;
}

int TimeReader::YearBeside(int month, int shift) const {
  const int year = YearOf(*reference_), now = MonthOf(*reference_);
  if (shift < 0) return month < now ? year : year - 1;
  if (shift > 0) return month > now ? year : year + 1;
  return year;
}

Match TimeReader::Followed(size_t i) const {
  const std::optional<int> unit = At(i).Get(Class::kUnit);
  const std::optional<int> shift = At(i + 1).Get(Class::kPost);
  if (!unit || !shift || *unit >= kHours) return {};
  if (Is(i + 1, Class::kStretch)) return Away({i + 1, 1, *unit}, true);  // "dekade terakhir"
  if (anchor_ && Is(i + 1, Class::kBeside)) return NextTo(i);
  Match match;
  match.end = i + 2;
  match.kind = *unit == kDays ? TimeKind::kDate : TimeKind::kDateRange;
  if (reference_) match.when = UnitAt(*unit, *shift, *reference_);
  return match;
}

Match TimeReader::Same(size_t i) const {
  const bool that = At(i).Get(Class::kThat) == -1 || At(i + 1).Get(Class::kThat) == 1;
  const bool after = Is(i, Class::kUnit) && (that || Is(i + 1, Class::kSame));
  const size_t at = after ? i : i + 1;
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!unit || *unit >= kHours || (!after && !that && !Is(i, Class::kSame))) return {};
  if (that && (!anchor_ || (!after && Is(at, Class::kPlural)))) return {};
  Match match;
  match.end = i + 2;
  match.kind = *unit == kDays ? TimeKind::kDate : TimeKind::kDateRange;
  if (const std::optional<sys_days> from = anchor_ ? Origin(*unit, 0) : reference_) {
    match.when = UnitAt(*unit, 0, *from);
  }
  return match;
}

Match TimeReader::WeekOf(size_t i) const {
  const size_t at = Is(i, Class::kThe) ? i + 1 : i;
  if (At(at).Get(Class::kUnit) != kWeeks) return {};
  if (!Is(at + 1, Class::kWeekOf) && !(at > i && Is(at + 1, Class::kOf))) return {};
  Match match = Date(at + 2);
  if (match.end == 0) {
    // "of the 18th"
    const auto day = Is(at + 2, Class::kThe) ? DayAt(at + 3, false) : std::nullopt;
    if (!day || day->first != at + 5 || !reference_) return {};
    match.when = DayOfMonthNear(day->second, Future(i, day->first));
    match.end = day->first;
  }
  if (!IsSingleDay(match)) return {};
  match.kind = TimeKind::kDateRange;
  match.when = Week(match.when->first);
  return match;
}

size_t TimeReader::PastHalf(size_t i) const {
  const size_t at = Is(i, Class::kAnd) && One(i + 1) ? i + 2 : Is(i, Class::kAnd) ? i + 1 : i;
  return Is(at, Class::kFraction) ? at + 1 : i;
}

Match TimeReader::Halves(size_t i) const {
  Match match;
  match.kind = TimeKind::kDuration;
  // "half an hour", "setengah jam"
  if (Is(i, Class::kFraction)) {
    const size_t at = One(i + 1) ? i + 2 : i + 1;
    const std::optional<int> unit = At(at).Get(Class::kUnit);
    if (unit != kHours && unit != kYears) return {};
    match.value = unit == kHours ? "PT30M" : "P6M";
    match.end = at + 1;
    return match;
  }
  // "one and a half hours", "2.5 hours", "satu setengah tahun"
  int count = 0;
  size_t at = i;
  if (auto number = NumberAt(i)) {
    count = number->second;
    at = PastHalf(number->first);
    if (at == number->first) return {};
  } else if (At(i).digits && At(i).length <= 3 && Sign(i + 1, U".,") && At(i + 1).glued &&
             At(i + 2).glued && At(i + 2).length == 1 && At(i + 2).number == 5) {
    count = At(i).number;
    at = i + 3;
  }
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (at == i || !unit) return {};
  match.value = Length(count, *unit, true);
  match.end = at + 1;
  return match;
}

std::optional<TimeReader::Amount> TimeReader::AmountAt(size_t i) const {
  if (const std::optional<int> unit = At(i).Get(Class::kOneUnit)) return Amount{i + 1, 1, *unit};
  auto number = NumberAt(i);
  // "a 60-day truce"
  if (const auto figure = Figure(i, 1, 3); !number && figure && Dash(i + 1) && At(i + 1).glued &&
                                           At(i + 2).glued && Is(i + 2, Class::kUnit)) {
    number = std::pair{i + 1, *figure};
  }
  if (!number) return std::nullopt;
  // "a five-year pact"
  const size_t dash = number->first;
  const size_t at = Dash(dash) && At(dash).glued && At(dash + 1).glued ? dash + 1 : dash;
  const std::optional<int> unit = At(at).Get(Class::kUnit);
  if (!unit) return std::nullopt;
  return Amount{at + 1, number->second, *unit};
}

Match TimeReader::Away(const Amount& amount, bool lasts) const {
  Match match;
  size_t next = amount.end;
  // "in two weeks' time", "a year's time"
  if (Sign(next, U"'’")) {
    const size_t word = At(next + 1).key == "s" ? next + 2 : next + 1;
    if (At(word).Is(Class::kAgo)) next = word;
  }
  // "selama lima tahun ke depan", "dua dekade terakhir": a stretch beside the day of the report.
  const std::optional<int> beside = At(next).Get(Class::kStretch);
  if (const std::optional<int> side = beside  ? beside
                                      : lasts ? At(next).Get(Class::kAgo)
                                              : std::nullopt;
      side && *side != 0 && reference_ && amount.unit != kWeekends) {
    if (amount.unit == kHours && amount.count % 24 == 0) {
      return Beside(kDays, *side, amount.count / 24, next + 1);
    }
    if (amount.unit >= kHours) return {};
    const int of = amount.unit == kFortnights ? 2 : amount.unit == kDecades ? 10 : 1;
    const int unit = amount.unit == kFortnights ? kWeeks
                     : amount.unit == kDecades  ? kYears
                                                : amount.unit;
    return Beside(unit, *side, amount.count * of, next + 1);
  }
  std::optional<int> direction = At(next).Get(Class::kAgo);
  if (!direction && !Is(next, Class::kBeside)) direction = At(next).Get(Class::kPost);
  if (direction && *direction != 0) {
    match.end = next + 1;
    if (reference_) match.when = Shifted(amount.unit, *direction * amount.count, *reference_);
    if (match.when && match.when->precision != Precision::kDay) {
      match.kind = TimeKind::kDateRange;
    }
    return match;
  }
  if (std::optional<int> relative = At(next).Get(Class::kRelative)) {
    match.end = next + 1;
    // "two days before the vote"
    if (Is(next, Class::kBefore) && At(next + 1).word) return match;
    if (const auto from = Origin(amount.unit, *relative)) {
      match.when = Shifted(amount.unit, *relative * amount.count, *from);
    }
    return match;
  }
  // "three days after Christmas", "two weeks from tomorrow"
  const bool before = Is(next, Class::kBefore);
  // "for seven days from Monday" is a length and its first day.
  if (!before && !Is(next, Class::kAfter) && (lasts || !Is(next, Class::kFrom))) return {};
  Match from = Weekday(next + 1);
  for (const Match& other : {Date(next + 1), Feast(next + 1), Named(next + 1)}) {
    if (other.end > from.end) from = other;
  }
  if (!IsSingleDay(from)) return {};
  if (auto day = ExactShift(amount.unit, before ? -amount.count : amount.count, from.when->first)) {
    match.when = Day(*day);
    match.end = from.end;
  }
  return match;
}

Match TimeReader::Counted(size_t i) const {
  if (Is(i, Class::kIn)) return Ahead(i);
  if (anchor_ && Is(i, Class::kBeside)) return NextTo(i);
  if (Is(i, Class::kPre)) return Preceded(i);
  Match match;
  if (Is(i, Class::kAll)) {
    const std::optional<int> unit = At(i + 1).Get(Class::kUnit);
    if (!unit || *unit >= kHours) return {};
    match.kind = TimeKind::kDuration;
    match.value = Length(1, *unit);
    match.end = i + 2;
    return match;
  }
  // "beberapa hari lalu": how many is not said
  if (Is(i, Class::kSome) && Is(i + 1, Class::kUnit)) {
    const std::optional<int> post = At(i + 2).Get(Class::kPost);
    const std::optional<int> side = post ? post : At(i + 2).Get(Class::kAgo);
    if (!side || *side == 0) return {};
    match.kind = TimeKind::kDateRange;
    match.value = *side < 0 ? "PAST_REF" : "FUTURE_REF";
    match.end = i + 3;
    return match;
  }
  for (Match named : {Same(i), WeekOf(i), Followed(i), Halves(i), TheWeekend(i)}) {
    if (named.end > 0) return named;
  }
  // "the two previous years"
  if (auto number = NumberAt(i); number && i > 0 && Is(i - 1, Class::kThe) && reference_) {
    const std::optional<int> shift = At(number->first).Get(Class::kPre);
    const std::optional<int> unit = At(number->first + 1).Get(Class::kUnit);
    if (shift.value_or(0) != 0 && unit && *unit < kHours) {
      return Beside(*unit, *shift, number->second, number->first + 2);
    }
  }
  const std::optional<Amount> amount = AmountAt(i);
  if (!amount) return {};
  match = Away(*amount, Lasts(i));
  // "sehari" is a length only in "sehari setelah" something.
  const bool beside = Is(amount->end, Class::kAfter) || Is(amount->end, Class::kBefore);
  if (match.end > 0 || (Is(i, Class::kOneUnit) && !beside)) return match;
  match.kind = TimeKind::kDuration;
  // "one hour and a half"
  const size_t half = Is(amount->end, Class::kAnd) ? PastHalf(amount->end) : amount->end;
  match.value = Length(amount->count, amount->unit, half > amount->end);
  match.end = half;
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
    match.value = Length(*set / kSetUnit, *set % kSetUnit);
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
