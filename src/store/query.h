// From a Query to SQL over the tables of schema.h.
//
// The rule for speed: the rarest of the asked-for lists (event_facets, or the full text) drives, in
// the order of days, and each event in it is looked up in the others, until there are enough.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kronik/store.h"
#include "record/json.h"
#include "store/database.h"

namespace kronik {

using Phrases = std::vector<std::string>;

// The phrases of a query whose other values are good too. Errors: those of the other PhrasesOf, and
// kInvalidInput for a `since` that is no moment.
Result<Phrases> PhrasesOf(const Query& query);
// People's words to phrases: each word, and each "run of words" in quotes. Error: kInvalidInput for
// over 64 of them.
Result<Phrases> PhrasesOf(std::string_view words);

// Statements that together give the events asked for, one after the other in the order of days:
// each has the columns number, id and best of `events` and the review, and stands without the
// query's limit and offset. A query with `from` has two, since an event of many days may begin
// before it.
Result<std::vector<Sql>> EventsSql(const Query& query, Database& database);
// A row for each of the events asked for: day_from, type, status, quad category, Goldstein value,
// and the codes of actors and recipients, a line each.
Result<Sql> BriefsSql(const Query& query, Database& database);
// The accepted events: number, id, best, day, review, and whether it was corrected. Of those that
// were not, everything is asked but the limit and offset; of the others, what no correction
// changes.
Result<Sql> AcceptedEventsSql(const Query& query, const Database& database);

// Records and their reviews.
Result<Sql> StatementsSql(const Query& query, const Database& database);
// The accepted ones: record, review and the article's day of publication; asks what no correction
// changes.
Result<Sql> AcceptedStatementsSql(const Query& query, const Database& database);
// Each article's record, story and count of events.
Result<Sql> ArticlesSql(const Query& query, Database& database);

// Whether a record with its corrections is what is asked, but for what no correction changes.
bool MatchesEvent(const Query& query, const Json& record);
bool MatchesStatement(const Query& query, const Json& record, const std::string& published);

}  // namespace kronik
