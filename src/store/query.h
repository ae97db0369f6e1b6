// From a Query to SQL over the tables of schema.h.
//
// The rule for speed: the rarest of the asked-for lists (event_facets, or the full text) drives, in
// the order of days, and each event in it is looked up in the others, until there are enough.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kronik/store.h"
#include "store/database.h"

namespace kronik {

// People's words to phrases: each word, and each "run of words" in quotes. Error: kInvalidInput for
// over 64 of them.
Result<std::vector<std::string>> PhrasesOf(std::string_view words);

// Statements that together give the events asked for, one after the other in the order of days:
// each has the columns number, id and best of `events` and stands without the query's limit and
// offset. A query with `from` has two, since an event of many days may begin before it.
Result<std::vector<Sql>> EventsSql(const Query& query, Database& database);

// Counts of events: a column for each of `members`, then their number, and the sum of their
// Goldstein values in thousandths.
struct Counts {
  Sql sql;
  std::vector<std::string> members;
};
Result<Counts> StatsSql(const Query& query, const std::vector<std::string>& by, Database& database);
// One column of records.
Result<Sql> StatementsSql(const Query& query, const Database& database);
// Each article's record, story and count of events.
Result<Sql> ArticlesSql(const Query& query, const Database& database);

}  // namespace kronik
