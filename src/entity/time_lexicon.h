// The words of time of each language: data/lang/<code>/times.tsv, which explains its classes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

namespace times {

// What a word can be; the table's names for them are in time_lexicon.cc, in the same order.
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
  kArticle,
  kScale,
  kSame,
  kAll,
  kWeekOf,
  kMinutes,
  kPastHour,
  kToHour,
  kEaster,
  kNthWeekday,
  kOClock,
  kStretch,
  kThroughout,
  kPlural,
  kThat,
  kBeside,
  kSaid,
  kSome,
};

// A set ("daily") has for its value a count times this, and a unit.
inline constexpr int kSetUnit = 100;

struct Meaning {
  Class what;
  int value;
};
using Entry = std::vector<Meaning>;

struct Language {
  std::unordered_map<std::string, Entry> words;     // lower case; several words by one space
  std::unordered_map<std::string, Entry> capitals;  // only where the text has a capital
  size_t longest = 1;  // words and apostrophes of the longest entry, at most
  bool month_first = false;
};

}  // namespace times

class TimeLexicon {
 public:
  // Errors: a table that doesn't load, or kInvalidInput for a class or value that isn't known.
  static Result<TimeLexicon> Load(const Resources& resources);

  // nullptr: the language has no table.
  const times::Language* Find(std::string_view code) const;

 private:
  std::map<std::string, times::Language, std::less<>> languages_;
};

}  // namespace kronik
