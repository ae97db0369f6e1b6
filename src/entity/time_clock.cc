#include <cstdio>

#include "entity/time_reader.h"

namespace kronik::times {

namespace {

std::string ClockText(int minutes) {
  char text[16];
  std::snprintf(text, sizeof text, "T%02d:%02d:00", minutes / 60 % 100, minutes % 60);
  return text;
}

}  // namespace

bool IsSingleDay(const Match& match) {
  return match.end > 0 && match.when && match.value.empty() &&
         match.when->precision == Precision::kDay && match.when->first == match.when->last;
}

Hours TimeReader::HourInFigures(size_t i, bool led) const {
  const std::optional<int> hour = Figure(i, 1, 2, true);
  if (!hour || *hour > 24 || (i > 0 && At(i).glued && (At(i - 1).word || Sign(i - 1, U".,:/$")))) {
    return {};
  }
  Hours hours{.end = i + 1, .first = *hour * 60};
  size_t& next = hours.end;
  if (Sign(next, U":.") && At(next).glued && At(next + 1).glued) {
    const std::optional<int> minute = Figure(next + 1, 2, 2, true);
    const bool colon = At(next).sign == ':';
    if (minute && *minute < 60 && (colon || led || Is(next + 2, Class::kAm))) {
      hours.first += *minute;
      next += 2;
      hours.sure = colon || led;
      if (colon && Sign(next, U":") && At(next).glued && Figure(next + 1, 2, 2, true)) next += 2;
    }
  }
  if (Sign(next, U".,:") && At(next).glued && At(next + 1).digits && At(next + 1).glued) return {};
  return hours;
}

Hours TimeReader::HourInWords(size_t i) const {
  if (std::optional<int> hour = At(i).Get(Class::kClockWord)) {
    return {i + 1, *hour * 60, -1, true, *hour == 12 ? 12 : 0};
  }
  // "half past", "a quarter to", "ten past", "twenty minutes to"
  int minutes = 0;
  size_t at = i;
  if (std::optional<int> part = At(i).Get(Class::kMinutes)) {
    minutes = *part;
    at = i + 1;
  } else if (auto number = NumberAt(i); number && number->second < 60) {
    const bool unit = At(number->first).Get(Class::kUnit) == kMinutes;
    const size_t past = number->first + (unit ? 1 : 0);
    if (Is(past, Class::kPastHour) || (unit && Is(past, Class::kToHour))) {
      minutes = number->second;
      at = past;
    }
  }
  if (at > i) {
    if (!Is(at, Class::kPastHour) && !Is(at, Class::kToHour)) return {};
    if (Is(at, Class::kToHour)) minutes = -minutes;
    ++at;
  }
  const bool past = at > i;
  const auto hour = NumberAt(at);
  if (!hour || hour->second < 1 || hour->second > 12) return {};
  const bool sure = Is(hour->first, Class::kOClock);
  if (!past && !sure && !Is(hour->first, Class::kAm)) return {};
  return {hour->first + (sure ? 1 : 0), hour->second * 60 + minutes, -1, past || sure, -1};
}

Hours TimeReader::HourAt(size_t i) const {
  const bool led = Is(i, Class::kClock);
  const size_t at = led ? i + 1 : i;
  Hours hours = HourInWords(at);
  if (hours.end == 0) hours = HourInFigures(at, led);
  if (hours.end == 0) return {};
  const bool twelve = hours.first < 13 * 60 && hours.half < 0;  // which half of the day is open
  if (const std::optional<int> half = At(hours.end).Get(Class::kAm); half && twelve) {
    hours.half = *half;
    hours.first = hours.first % (12 * 60) + *half * 60;
    ++hours.end;
    if (Sign(hours.end, U".") && At(hours.end).glued &&
        At(hours.end - 1).key.find('.') != std::string::npos) {
      ++hours.end;
    }
  } else if (twelve) {
    // "8 in the morning", "jam 5 sore": the hour that is not before the part's first one.
    size_t part = hours.end;
    if (Is(part, Class::kOf)) ++part;
    if (Is(part, Class::kThe)) ++part;
    const std::optional<int> least = At(part).Get(Class::kDayPart);
    if (least && !Is(part, Class::kDay) && (led || hours.sure || part > hours.end)) {
      if (hours.first < *least * 60) hours.first = (hours.first + 12 * 60) % (24 * 60);
      hours.half = hours.first < 12 * 60 ? 0 : 12;
      hours.end = part + 1;
    }
  }
  hours.sure = hours.sure || hours.half >= 0 || (led && Is(hours.end, Class::kZone));
  if (Is(hours.end, Class::kZone)) ++hours.end;
  return hours;
}

Hours TimeReader::HoursAt(size_t i, bool dated) const {
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

Match TimeReader::Clock(size_t i) const {
  Match match;
  const Hours hours = HoursAt(i, false);
  if (hours.end == 0) return match;
  match.end = hours.end;
  match.kind = hours.second < 0 ? TimeKind::kTime : TimeKind::kTimeRange;
  match.value = ClockText(hours.first);
  if (hours.second >= 0) match.value += "/" + ClockText(hours.second);
  return match;
}

Match TimeReader::Timed(sys_days day, Hours hours, size_t end, size_t i, size_t last) const {
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

Match TimeReader::DayAndHours(size_t i) const {
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

}  // namespace kronik::times
