// The log of reviews, and what a record's entries come to (include/kronik/review.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/review.h"
#include "record/json.h"
#include "store/database.h"

namespace kronik {

// Moments are seconds since 1970 in UTC; people write them "2026-11-25T18:02:11Z" or, for its first
// second, "2026-11-25".
std::string MomentText(int64_t seconds);
std::optional<int64_t> MomentOf(std::string_view text);

Error NoMoment(const std::string& text);

// Whether a review may stand in the log. Error: kInvalidInput.
Result<void> CheckReview(const Review& review);

// The `review` of a record whose entries these are, in their order:
//   {number, id, verdict, reviewer, at, note, fields}
// Null where all was undone.
Json StateOf(const std::vector<Json>& entries);

// A record as it is given out, with its review; `review` is empty where there is none.
std::string WithReview(std::string_view record, std::string_view review);

// Puts the fields of `review` in place of the machine's, which become `review.original`, and adds
// the review to the record.
void Correct(std::string_view kind, Json review, Json& record);

// The tables `reviews` and `reviewed`. Whoever calls holds a transaction.
class ReviewLog {
 public:
  explicit ReviewLog(Database& database) : database_(database) {}

  // Adds an entry and gives it, with the record's `review`, which may be null. `fields` are those
  // of a correction, checked. Error: kConflict for an undo of nothing.
  Result<std::string> Append(const Review& review, const std::string& fields, int64_t now);
  // The newest first, `orphaned` where no record has the id.
  std::vector<std::string> Entries(const ReviewQuery& query);

 private:
  std::vector<Json> EntriesOf(const std::string& id);

  Database& database_;
};

}  // namespace kronik
