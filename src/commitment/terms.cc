#include "commitment/terms.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <utility>

#include "base/utf8.h"

namespace kronik::commitment {

void Terms::Dates(const Sentence& sentence, const Range& trigger, const Range& subject,
                  const Event* event, Commitment& c) const {
  auto next =
      std::lower_bound(times().begin(), times().end(), T(sentence.first).start,
                       [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
  std::string lasts;  // a length that the term has: "P5Y"
  for (; next != times().end() && (*next)->span.start < T(sentence.last - 1).end; ++next) {
    const TimeExpression& time = **next;
    const uint32_t first = TokenAt(time.span.start);
    const uint64_t words = Governing(first, sentence);
    const bool inner = subject.first <= first && first < subject.last;
    const bool after = first >= trigger.first;
    if (time.kind == TimeKind::kDuration) {
      // "has ten days to leave": a length between who has it and what is to be done.
      const bool granted =
          c.kind == CommitmentKind::kDemand && first >= trigger.last && first < subject.first;
      if ((after && (words & kWithin)) || granted) {
        // "within 60 days of a truce": no day is known.
        if (Upon(time, sentence)) continue;
        if (c.term.to.empty()) c.term.to = Moved(Made(c), time.value);
      } else if (lasts.empty() && (((inner || after || Opens(first, trigger, sentence)) &&
                                    (words & kPeriod) && !Record(trigger.last, first)) ||
                                   OfInstrument(time, sentence))) {
        lasts = time.value;
      }
      continue;
    }
    if (!time.interval.known() || time.kind == TimeKind::kSet) continue;
    // "agreed to leave by Saturday": not the day on which it was agreed.
    if (event != nullptr && after && (words & (kDeadline | kWithin | kStart)) &&
        event->date == time.interval) {
      event = nullptr;
    }
    // "postponed the vote to March"
    const bool moved = c.status == CommitmentStatus::kDelayed && after && first > sentence.first &&
                       Is(first - 1, kToward);
    if (moved || (after && (words & (kDeadline | kWithin)))) {
      if (inner || c.term.to.empty()) c.term.to = Due(time);
    } else if ((inner || after || Opens(first, trigger, sentence)) && (words & kStart) &&
               c.term.from.empty() && c.kind != CommitmentKind::kInvitation) {
      const bool since = Is(first, kSince) || (first > sentence.first && Is(first - 1, kSince));
      if (since && Later(time.interval)) continue;  // "held since November"
      c.term.from = NextWeekday(time, since ? time.interval.from : Coming(time, c).from);
      if (time.kind == TimeKind::kDateRange && time.interval.to != time.interval.from) {
        c.term.to = time.interval.to;  // "from 2024 to 2028"
      }
    } else if (inner && !c.term.known() && lasts.empty() && Ahead(time.interval, c)) {
      c.term = Coming(time, c);
    } else if (!c.made.known() && !Later(time.interval)) {
      c.made = time.interval;
    }
  }
  Lasting(lasts, c);
  YearOfText(sentence, c);
  MadeOn(sentence, trigger, event, c);
}

// Whether a length is counted from what is still to come, other than the signing.
bool Terms::Upon(const TimeExpression& length, const Sentence& sentence) const {
  const uint32_t last = TokenAt(length.span.end);
  if (last + 1 >= sentence.last || !Is(last, kUpon)) return false;
  for (uint32_t t = last + 1; t < std::min(sentence.last, last + 5); ++t) {
    if (Is(t, kSigning)) return false;
    if (HasTime({t, t + 1}) || Comma(t)) return false;
    if (CommonNoun(t)) return true;
  }
  return false;
}

// "For five years from July, X will ...": whether a time opens the sentence and says when.
bool Terms::Opens(uint32_t first, const Range& trigger, const Sentence& sentence) const {
  constexpr uint32_t kOpening = 8;
  if (first == sentence.first) return true;
  if (first > sentence.first + kOpening || first >= trigger.first) return false;
  for (uint32_t t = sentence.first; t < first; ++t) {
    if (Verb(t) || MentionAt(t) != nullptr) return false;
  }
  const uint32_t limit = std::min(trigger.first, first + kOpening);
  for (uint32_t t = first; t < limit; ++t) {
    if (Comma(t)) return true;
  }
  return MentionAt(limit) != nullptr;
}

// The words that govern a time, or that it starts with: "by March", "hingga 2026".
uint64_t Terms::Governing(uint32_t first, const Sentence& sentence) const {
  constexpr uint64_t kWanted = kDeadline | kStart | kPeriod | kWithin;
  uint64_t words = first < sentence.last ? cues().Classes(words_, first) & kWanted : 0;
  for (uint32_t t = first; t > sentence.first && first - t < 5; --t) {
    // "through the port as early as May": a name or a verb ends what governs the time.
    const ActorMention* mention = MentionAt(t - 1);
    if ((mention != nullptr && mention->form == MentionForm::kName) ||
        T(t - 1).upos == Upos::kPropn)
      break;
    const uint64_t own = cues().Classes(words_, t - 1) & kWanted;
    if (own == 0 && Verb(t - 1)) break;
    words |= own;
  }
  return words;
}

// The day it was made, where no time of the sentence was: the event's, or the report's.
void Terms::MadeOn(const Sentence& sentence, const Range& trigger, const Event* event,
                   Commitment& c) const {
  if (!c.made.known() && event != nullptr && event->date.known() && !Later(event->date) &&
      !(event->date == c.term) && c.kind != CommitmentKind::kPlan) {
    c.made = event->date;
  }
  bool earlier = false;
  for (uint32_t t = sentence.first; t < trigger.first; ++t) earlier = earlier || Is(t, kEarlier);
  if (!c.made.known() && !earlier && !doc_.article.published.empty()) {
    c.made.from = c.made.to = doc_.article.published.substr(0, 10);
  }
}

// The middle of months of a year, or of days of a month, as exact as they are.
std::string Terms::Halfway(const TimeInterval& time) {
  const std::string &from = time.from, &to = time.to;
  if (from.size() != to.size() || (to.size() != 7 && to.size() != 10)) return to;
  int a = 0, b = 0;
  const size_t at = to.size() - 2;
  if (from.compare(0, at, to, 0, at) != 0 ||
      std::from_chars(from.data() + at, from.data() + at + 2, a).ec != std::errc() ||
      std::from_chars(to.data() + at, to.data() + at + 2, b).ec != std::errc()) {
    return to;
  }
  const int middle = (a + b) / 2;
  return to.substr(0, at) + static_cast<char>('0' + middle / 10) +
         static_cast<char>('0' + middle % 10);
}

// "from Monday", told on a Thursday: the one to come. A weekday is a name; "yesterday" is none.
std::string Terms::NextWeekday(const TimeExpression& time, std::string day) const {
  const std::string today = doc_.article.published.substr(0, 10);
  const std::string_view text = doc_.Cut(time.span);
  // Any word of "mulai Jumat", "Saturday noon"; "last Friday" is gone by.
  bool named = false;
  for (size_t at = 0; at < text.size(); at = std::min(text.find(' ', at), text.size() - 1) + 1) {
    size_t letter = at;
    named = named || IsUpper(DecodeUtf8(text, letter));
  }
  const std::string first = LowerCase(text.substr(0, std::min(text.find(' '), text.size())));
  const bool bare = named && text.find_first_of("0123456789") == std::string_view::npos &&
                    !(cues().Classes({first}, 0) & kEarlier);
  if (bare && day.size() > 10) day.resize(10);
  const TimeInterval& when = time.interval;
  if (!bare || (!when.to.empty() && !when.from.empty() && when.from != when.to) ||
      day.size() != 10 || day >= today || Moved(day, "P7D") <= today) {
    return day;
  }
  return Moved(day, "P7D");
}

// The day that a deadline names. What is due lies ahead: "until October" is the next one.
std::string Terms::Due(const TimeExpression& time) const {
  std::string due = time.interval.to.empty() ? time.interval.from : time.interval.to;
  // The first word alone: "mid-2025" may be one token.
  const std::string words = LowerCase(doc_.Cut(time.span));
  const size_t end = std::min(words.find_first_of(" -"), words.size());
  if (cues().Classes({words.substr(0, end)}, 0) & kMiddle) due = Halfway(time.interval);
  due = NextWeekday(time, std::move(due));
  const std::string today = doc_.article.published.substr(0, 10);
  const std::string_view text = doc_.Cut(time.span);
  const std::string year = due.substr(0, std::min<size_t>(4, due.size()));
  int number = 0;
  for (uint32_t t = time.first; t < time.last; ++t) {
    if (Is(t, kEarlier)) return due;  // "by last December"
  }
  if (today.empty() || due >= today.substr(0, due.size()) || year.size() < 4 ||
      text.find(year) != std::string_view::npos ||
      std::from_chars(year.data(), year.data() + 4, number).ec != std::errc()) {
    return due;
  }
  const std::string next = std::to_string(number + 1);
  due.replace(0, 4, next);
  return due >= today.substr(0, due.size()) ? due : time.interval.to;
}

// Whether a time ends after the report's day; not known to where the report has none.
bool Terms::Later(const TimeInterval& time) const {
  const std::string today = doc_.article.published.substr(0, 10);
  const std::string& end = time.to.empty() ? time.from : time.to;
  return !today.empty() && end > today.substr(0, end.size());
}

// Whether a time among the words that say what is when it is due, not when it was agreed: a day
// that has come is the latter, and a text is signed on a day but holds for a period.
bool Terms::Ahead(const TimeInterval& time, const Commitment& c) const {
  if (c.status != CommitmentStatus::kMade && c.status != CommitmentStatus::kProposed) {
    return c.status == CommitmentStatus::kDelayed && Later(time);
  }
  const bool day = time.from == time.to && time.from.size() >= 10;
  if (day && !c.instrument.empty()) return false;
  if (day && !doc_.article.published.empty()) return Later(time);
  return doc_.article.published.empty() || Later(time) || c.instrument.empty();
}

// A month or day that has no year is the next one, where it says when something is to be done.
TimeInterval Terms::Coming(const TimeExpression& time, const Commitment& c) const {
  if (c.status != CommitmentStatus::kMade && c.status != CommitmentStatus::kProposed) {
    return time.interval;
  }
  const std::string to = Due(time);
  const std::string& from = time.interval.from;
  if (to == (time.interval.to.empty() ? from : time.interval.to)) return time.interval;
  return {from.empty() ? from : to.substr(0, 4) + from.substr(4), to};
}

// Whether a length of time stands beside an instrument: "a five-year pact", "kontrak dua tahun".
bool Terms::OfInstrument(const TimeExpression& length, const Sentence& sentence) const {
  const uint32_t first = TokenAt(length.span.start), last = TokenAt(length.span.end);
  for (uint32_t t = last; t < std::min(sentence.last, last + 4); ++t) {
    if (Is(t, kInstrument)) return true;
    if (!Nominal(t) && T(t).upos != Upos::kAdj && words_[t] != "-") break;
  }
  for (uint32_t t = first; t > sentence.first && first - t < 3; --t) {
    if (Is(t - 1, kInstrument)) return true;
    if (!CommonNoun(t - 1)) break;
  }
  return false;
}

// "the first accord in twenty years": the length is that of the time before it.
bool Terms::Record(uint32_t from, uint32_t to) const {
  for (uint32_t t = from; t < to; ++t) {
    if (T(t).Feat("NumType") == "Ord" || T(t).Feat("Degree") == "Sup") return true;
  }
  return false;
}

// "the 1991 treaty", signed by others than today's: it was made then.
void Terms::YearOfText(const Sentence& sentence, Commitment& c) const {
  if (c.instrument.empty() || c.status != CommitmentStatus::kMade) return;
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (words_[t].size() != 4 || !Numbered(t) || T(t).upos != Upos::kNum) continue;
    int year = 0;
    if (std::from_chars(words_[t].data(), words_[t].data() + 4, year).ec != std::errc() ||
        year < 1800 || year > 2100 || words_[t] >= doc_.article.published) {
      continue;
    }
    for (uint32_t n = t + 1; n < std::min(sentence.last, t + 6); ++n) {
      if (!Nominal(n) && T(n).upos != Upos::kAdj) break;
      if (!Is(n, kInstrument) || c.instrument.find(T(n).form) == std::string::npos) continue;
      c.made.from = c.made.to = words_[t];
      if (c.term.from.empty()) c.term.from = words_[t];
      return;
    }
  }
}

// The day it was made, or that of the report: "2010-04-09"; may be less exact, or empty.
std::string Terms::Made(const Commitment& c) const {
  return c.made.known() ? c.made.from : doc_.article.published.substr(0, 10);
}

// A term that lasts: months and years, as exact as they are; "P7Y" made in 2010 is 2010 to 2017. It
// starts on the day named for it ("for five years from January"), else when it was made.
void Terms::Lasting(const std::string& value, Commitment& c) const {
  if (value.empty() || !c.term.to.empty()) return;
  const std::string from = c.term.from.empty() ? Made(c) : c.term.from;
  const bool months = value.back() == 'M' && value.find('T') == std::string::npos;
  const size_t exact = value.back() == 'Y' && c.term.from.empty() ? 4
                       : months && c.term.from.size() < 10        ? 7
                                                                  : 10;
  const std::string end = Moved(from, value);
  if (end.empty() || (value.back() != 'Y' && from.size() < std::min<size_t>(exact, 7))) return;
  c.term = {from.substr(0, exact), end.substr(0, exact)};
}

// A day and what lies a length of time after it ("P6M", "PT48H"), as exact as the day; empty if
// either can't be read.
std::string Terms::Moved(const std::string& day, const std::string& length) {
  using namespace std::chrono;
  int part[3] = {0, 1, 1};
  for (size_t i = 0; i < 3 && day.size() >= (i == 0 ? 4 : 2 + 3 * i); ++i) {
    const char* from = day.data() + (i == 0 ? 0 : 2 + 3 * i);
    if (std::from_chars(from, from + (i == 0 ? 4 : 2), part[i]).ec != std::errc()) return {};
  }
  const size_t digits = length.find_first_of("0123456789");
  int count = 0;
  if (day.size() < 4 || digits == std::string::npos ||
      std::from_chars(length.data() + digits, length.data() + length.size() - 1, count).ec !=
          std::errc() ||
      count < 1 || count > 2000) {
    return {};
  }
  year_month_day date{year(part[0]), month(static_cast<unsigned>(part[1])),
                      std::chrono::day(static_cast<unsigned>(part[2]))};
  if (!date.ok()) return {};
  const bool hours = length.find('T') != std::string::npos;
  switch (length.back()) {
    case 'Y':
      date += years(count);
      break;
    case 'M':
      if (hours) return {};
      date += months(count);
      break;
    case 'W':
      date = sys_days(date) + weeks(count);
      break;
    case 'D':
      date = sys_days(date) + days(count);
      break;
    case 'H':
      date = sys_days(date) + days((count + 23) / 24);
      break;
    default:
      return {};
  }
  if (!date.ok()) date = date.year() / date.month() / last;
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return std::string(text).substr(0, std::min<size_t>(day.size(), 10));
}

}  // namespace kronik::commitment
