#include "store/days.h"

#include "store/fields.h"

namespace kronik {

std::string Day(std::string_view date, bool last) {
  if (date.size() >= 10) return std::string(date.substr(0, 10));
  if (date.size() == 7) return std::string(date) + (last ? "-31" : "-01");
  if (date.size() == 4) return std::string(date) + (last ? "-12-31" : "-01-01");
  return "";
}

int64_t DayNumber(std::string_view day) {
  if (day.empty()) return kNoDay;
  int64_t number = 0;
  for (char c : day.substr(0, 10)) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  }
  return number;
}

std::string DayOf(const Json& date, bool last) {
  if (date.is_string()) return Day(date.get_ref<const std::string&>(), last);
  std::string day = Day(Text(date, last ? "to" : "from"), last);
  // Open at this side: no limit there, but only where the other side is known.
  if (day.empty() && !Text(date, last ? "from" : "to").empty()) day = last ? "9999-12-31" : "0000";
  return day;
}

}  // namespace kronik
