// Reads expressions of time: a descent over the items of one sentence, a function for each form
// that an expression has. Each returns how far it read from item `i` on; the longest reading wins.
//
// time_reader.cc has what all forms are made of, time_dates.cc days and months, time_counts.cc what
// is counted in units, time_years.cc years and their parts, time_clock.cc hours, time_ranges.cc
// stretches and the choice among all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entity/calendar.h"
#include "entity/time_items.h"
#include "entity/time_lexicon.h"
#include "kronik/document.h"

namespace kronik::times {

// What was found from one item on.
struct Match {
  size_t end = 0;  // one past the last item; 0: nothing
  TimeKind kind = TimeKind::kDate;
  std::optional<When> when;
  std::string value;      // where it isn't that of `when`
  TimeInterval interval;  // likewise
  int period = 0;         // days after which it comes again, where it names no year or week
  bool to_end = false;    // "the end of 2008": as a range's end, with all of it
  bool middle = false;    // "mid-2008": as a range's end, its first half
};

// A single day, whole.
bool IsSingleDay(const Match& match);

// What a month or date without a year is given by the words after it: the year, or the direction in
// which it lies (-1, 1).
struct YearWord {
  size_t end = 0;
  std::optional<int> year;
  int direction = 0;
};

// A time of day, in minutes, or two of them.
struct Hours {
  size_t end = 0;  // 0: nothing
  int first = 0;
  int second = -1;
  bool sure = false;  // can be nothing else
  int half = -1;      // 0 or 12, where it is said which half of the day
};

class TimeReader {
 public:
  // `language` must outlive it. Without a reference, the day of the report, what is relative to it
  // stays unknown.
  TimeReader(const Language& language, std::optional<sys_days> reference)
      : language_(language), reference_(reference) {}

  // Appends the expressions of one sentence or line.
  // `fresh`: it opens a paragraph.
  void Run(std::string_view text, uint32_t offset, Layer layer, uint16_t index,
           std::vector<TimeExpression>& out, bool fresh = false);

 private:
  const Item& At(size_t i) const;
  bool Is(size_t i, Class what) const { return At(i).Is(what); }
  bool Sign(size_t i, std::u32string_view signs) const {
    return At(i).sign != 0 && signs.find(At(i).sign) != std::u32string_view::npos;
  }
  bool Dash(size_t i) const { return Sign(i, U"-–—‑"); }
  // A number in figures of `least` to `most` digits that is not a piece of a longer one.
  std::optional<int> Figure(size_t i, int least, int most, bool loose = false) const;
  std::optional<int> YearAt(size_t i) const;
  // "20", "20th", "twentieth": its end, and the day.
  std::optional<std::pair<size_t, int>> DayAt(size_t i, bool words) const;
  std::optional<std::pair<size_t, int>> NumberAt(size_t i) const;
  // In words: "twenty-five", "a hundred and twenty", "dua ratus".
  std::optional<std::pair<size_t, int>> SpelledAt(size_t i) const;
  bool One(size_t i) const;  // "a", "one"
  std::optional<int> MonthAt(size_t i) const;
  // Past the dot of an abbreviated name: "Oct. 20".
  size_t PastDot(size_t i) const;
  // Whether the words around speak of what is to come.
  bool Future(size_t from, size_t to) const;
  // A weekday in relation to the reference: the latest one, or the next.
  When WeekdayNear(int weekday, bool future) const;
  // The year of a date that names none: the nearest one, but the next where it is to come.
  int YearNear(int month, int day, bool future, int direction) const;
  // "lalu", "last year", "tahun ini", "of this year" after a month or date without a year.
  YearWord YearWordAt(size_t i) const;
  std::optional<When> DayOfMonthNear(int day, bool future) const;

  // The days from..to of a month, with or without a year. nullopt: no such day.
  std::optional<When> DatesOf(int from, int to, int month, const YearWord& word, size_t i) const;
  // "2023-10-20", "20/10/2023", "20/10", in figures. `weekday` settles which is the month.
  Match Numeric(size_t i, int weekday, bool bare) const;
  // "3-5/2/2024"
  Match DaysInFigures(size_t i, bool bare) const;
  void Order(int year, int weekday, bool dots, int& day, int& month) const;
  // A day, or days, of a month; a month of a year.
  Match Date(size_t i) const;
  // "20 October 2023", "20-22 October", "the 20th of October", "20 dan 21 Oktober", "tanggal 20
  // bulan ini": `day` stands at `day_at`, before it what leads from `i` and, from `at`, an article.
  Match DayFirst(size_t i, size_t at, size_t day_at, std::pair<size_t, int> day) const;
  // "bulan ini", "last month", as the month of a day: how far it is from the present one.
  std::optional<int> MonthBeside(size_t i) const;
  // "October 20, 2023", "Oct. 20-22", "Jun-15"; `at` is the month's name.
  Match MonthAndDay(size_t i, size_t at) const;
  // "October 2023", "October", "November to January 2024".
  Match MonthAlone(size_t i, size_t at) const;
  // "Friday", "last Friday", "Jumat (20/10)", "Friday, 20 October", "Jumat pekan depan".
  Match Weekday(size_t i) const;
  // The date after a weekday, which ends before `next`.
  Match WeekdayAndDate(size_t i, int weekday, size_t next) const;

  // "the last two years", "two coming months": a stretch that ends, or begins, with the reference;
  // of whole quarters.
  Match Beside(int unit, int shift, int count, size_t end) const;
  // "in two weeks", where the words around look ahead.
  Match Ahead(size_t i) const;
  // "last month", "the past two years", "next March".
  Match Preceded(size_t i) const;
  int YearBeside(int month, int shift) const;  // of "last March": of the latest, this or next one
  // "bulan lalu"
  Match Followed(size_t i) const;
  // "the same day", "that year", "tahun yang sama", "hari itu": as the time named before.
  Match Same(size_t i) const;
  // "the following year", "the previous month", "the following March": beside the time named
  // before.
  Match NextTo(size_t i) const;
  // "the weekend"
  Match TheWeekend(size_t i) const;
  // From where `count` units are counted that lead away from the time named before: its first day,
  // where it is as precise as the unit. Where none was named, what lies before is before the
  // report.
  std::optional<sys_days> Origin(int unit, int count) const;
  // "..., the police said on Sunday": the day on which something was told.
  bool IsOfSpeech(size_t i) const;
  // "the week of 12 October", "week ending Friday 14 June".
  Match WeekOf(size_t i) const;
  // "half an hour", "two and a half years", "2.5 hours".
  Match Halves(size_t i) const;
  size_t PastHalf(size_t i) const;  // past "and a half"; `i` where that doesn't stand there
  // "five years", "five-year", "setahun".
  struct Amount {
    size_t end;
    int count;
    int unit;
  };
  std::optional<Amount> AmountAt(size_t i) const;
  // An amount of time from some day: "three days ago", "two weeks after Christmas".
  Match Away(const Amount& amount, bool lasts) const;
  // Whether words before say that it is a length: "for the", "selama".
  bool Lasts(size_t i) const;
  // What counts in units: all the above, and lengths of time.
  Match Counted(size_t i) const;
  // "today", "tomorrow", and where `now` is meant, that.
  Match Named(size_t i) const;
  Match Set(size_t i) const;

  // Years, decades, quarters, halves.
  Match Years(size_t i) const;
  // The day of a feast in a year; nullopt where none stands at `i`.
  std::optional<sys_days> FeastDay(size_t i, int year) const;
  // "Christmas", "Christmas Eve 2023"; "next spring", "summer of 2021". `bare`: where words before
  // make it a time, "[until] spring".
  Match Feast(size_t i, bool bare = false) const;
  // "21st century", "abad ke-21".
  Match Century(size_t i) const;
  // "the first week of 2021", "the last four months of 2021", "week 27 of last year".
  Match Nth(size_t i) const;

  // "5:30", "16.00" where a word leads.
  Hours HourInFigures(size_t i, bool led) const;
  // "noon", "eight o'clock", "half past seven", "a quarter to ten".
  Hours HourInWords(size_t i) const;
  // "5:30 p.m.", "pukul 16.00 WIB", "jam 5 sore", "noon"; a bare "5" is not sure.
  Hours HourAt(size_t i) const;
  // The same, or a stretch of hours: "from 2:00 to 2:30 pm", "pukul 08.00-10.00". `dated`: beside
  // a day, where "from 2 to 3" and "at 5" are hours too.
  Hours HoursAt(size_t i, bool dated) const;
  Match Clock(size_t i) const;
  // A day, named from item `i` to `last`, with hours; "tonight from 7 to 8" are those of the
  // evening.
  Match Timed(sys_days day, Hours hours, size_t end, size_t i, size_t last) const;
  // "20 October 2023 at 5 p.m.", "from 2 to 3 pm on Tuesday", "tomorrow before 5 pm".
  Match DayAndHours(size_t i) const;

  // Whether "the day before" at item `i` goes on with what it was before.
  bool LeadsOn(size_t i) const;
  Match Point(size_t i) const;
  // "[the end of] the year", "[akhir] tahun": the present one.
  Match Current(size_t i) const;
  // "early 2024", "akhir bulan lalu": a third of it.
  Match PartOf(size_t i) const;
  // `now`: in a range, where "now" is a point of time too.
  Match Stretch(size_t i, bool now) const;
  // "from X to Y", "between X and Y", "X to Y", of which `first` is X.
  Match FromTo(const Match& first, bool between) const;
  // "since X", "until X", "after X", "before X".
  Match OpenAtOneSide(size_t i) const;
  // The longest of all.
  Match Expression(size_t i) const;

  const Language& language_;
  std::optional<sys_days> reference_;
  std::optional<When> anchor_;     // the time named last
  std::optional<sys_days> day_;    // the day named last
  size_t sentence_ = 0;            // how many were read
  size_t anchored_ = 0;            // the one with the anchor
  std::optional<sys_days> story_;  // the day named last of the week before the report
  bool aside_ = false;             // whether the anchor is of a paragraph before
  std::vector<Item> items_;
};

}  // namespace kronik::times
