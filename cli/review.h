// `kronik review`: what people say of the chronicle's records.
#pragma once

#include <string>
#include <vector>

#include "kronik/review.h"

namespace kronik::cli {

// Each returns the exit code. `sets` are "field=value", of a correction; `data` overrides the
// embedded files.
int AddReviews(const std::vector<std::string>& ids, const Review& review,
               const std::vector<std::string>& sets, const std::string& store,
               const std::string& data);
// Prints the log as a table in one of kTableForms.
int ListReviews(const ReviewQuery& query, const std::string& store, const std::string& form);

}  // namespace kronik::cli
