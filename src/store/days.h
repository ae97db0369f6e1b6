// The days of a record's dates, as queries compare them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "record/json.h"

namespace kronik {

// The first or last day of a date of any precision; empty for what isn't one.
std::string Day(std::string_view date, bool last);
// 20231020 for "2023-10-20"; kNoDay for an empty one.
int64_t DayNumber(std::string_view day);
inline constexpr int64_t kNoDay = 99999999;
// The first or last day of a record's date: an object of `from` and `to`, or a string.
std::string DayOf(const Json& date, bool last);

}  // namespace kronik
