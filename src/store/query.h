// From a Query to SQL over the tables of schema.h.
//
// The rule for speed: the rarest of the asked-for lists (event_facets, or the full text) drives, in
// the order of days, and each event in it is looked up in the others, until there are enough.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kronik/store.h"

namespace kronik {

// A statement, or a part of one, and the values of its parameters in their order.
struct Sql {
  using Value = std::variant<int64_t, double, std::string>;

  std::string text;
  std::vector<Value> values;

  Sql& Add(std::string_view part, std::initializer_list<Value> more = {}) {
    text += part;
    values.insert(values.end(), more);
    return *this;
  }
  Sql& Add(const Sql& part) {
    text += part.text;
    values.insert(values.end(), part.values.begin(), part.values.end());
    return *this;
  }
};

// The first or last day of a date of any precision; empty for what isn't one.
std::string Day(std::string_view date, bool last);
// 20231020 for "2023-10-20"; kNoDay for an empty one.
int64_t DayNumber(std::string_view day);
inline constexpr int64_t kNoDay = 99999999;

// An FTS5 expression for people's words: each word, and each "run of words" in quotes, must be
// there. None of FTS5's own syntax has a meaning. Error: kInvalidInput for over 64 words.
Result<std::string> MatchOf(std::string_view words);

// Runs a statement that gives one number.
using CountRows = std::function<int64_t(const Sql&)>;

// Statements that together give the events asked for, one after the other in the order of days:
// each has the columns number, id and best of `events` and stands without the query's limit and
// offset. A query with `from` has two, since an event of many days may begin before it.
Result<std::vector<Sql>> EventsSql(const Query& query, const CountRows& count);
Result<Sql> StatsSql(const Query& query, const std::vector<std::string>& by,
                     const CountRows& count);
// Each gives one column of records.
Result<Sql> StatementsSql(const Query& query);
Result<Sql> ArticlesSql(const Query& query, bool whole);

}  // namespace kronik
