#include "entity/time_lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "base/tsv.h"
#include "base/utf8.h"
#include "entity/calendar.h"

namespace kronik {
namespace {

using times::Class;
using times::kSetUnit;
using times::kUnits;
using times::Language;

constexpr std::array<std::string_view, 67> kClassNames = {
    "month",   "month?", "weekday",     "number",   "ordinal", "unit",       "one_unit",
    "day",     "pre",    "post",        "ago",      "in",      "relative",   "anaphor",
    "of",      "on",     "the",         "lead",     "since",   "until",      "from",
    "between", "to",     "and",         "part",     "every",   "set",        "clock",
    "am",      "zone",   "daypart",     "quarter",  "half",    "decade",     "ordinal_suffix",
    "future",  "past",   "order",       "year_cue", "before",  "after",      "onward",
    "feast",   "now",    "season",      "century",  "other",   "clock_word", "fraction",
    "article", "scale",  "same",        "all",      "week_of", "minutes",    "past_hour",
    "to_hour", "easter", "nth_weekday", "oclock",   "stretch", "throughout", "plural",
    "that",    "beside", "said",        "some"};

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
  if (what == Class::kSet) value = value * kSetUnit + unit;
  return true;
}

}  // namespace

Result<TimeLexicon> TimeLexicon::Load(const Resources& resources) {
  TimeLexicon lexicon;
  for (const std::string& lang : resources.Languages()) {
    const std::string name = "data/lang/" + lang + "/times.tsv";
    if (!resources.Has(name)) continue;
    Result<Tsv> table = Tsv::Load(resources, name, {"class", "words", "value"});
    if (!table) return table.error();
    Language& language = lexicon.languages_[lang];
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
        // An apostrophe may be followed by letters of its own.
        const auto spaces = std::count(word.begin(), word.end(), ' ');
        const auto apostrophes = std::count(word.begin(), word.end(), '\'');
        language.longest =
            std::max(language.longest, static_cast<size_t>(1 + spaces + 2 * apostrophes));
      }
    }
  }
  return lexicon;
}

const Language* TimeLexicon::Find(std::string_view code) const {
  const auto found = languages_.find(code);
  return found == languages_.end() ? nullptr : &found->second;
}

}  // namespace kronik
