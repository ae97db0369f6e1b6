// The parameters of a request, checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kronik/store.h"
#include "server/api.h"

namespace kronik {

inline constexpr int kMostRecords = 5000;   // of one page
inline constexpr int kMostScanned = 50000;  // of one file

enum class AnswerFormat { kJson, kJsonl, kCsv };

struct Filter {
  std::vector<std::string> parties;  // at most two
  std::string from, to;              // days, months or years
  std::string type;                  // of events
  std::string id;
  std::string status;
  std::string kind;   // of commitments; of an input
  std::string text;   // words to look for
  std::string place;  // of events: a place's name, or the code of a country
  std::string lang;
  std::string date, url;  // of an input
  std::string since;      // a moment
  int quad = 0;           // 0: any
  bool accepted = false;
  bool orphaned = false;  // of reviews
  int limit = kMostRecords;
  int offset = 0;
  AnswerFormat format = AnswerFormat::kJson;

  // The same question to the chronicle, for one record more than `limit`.
  Query ForStore() const;
};

// `allowed` are the names that this path takes, between spaces: " party from to ".
// Errors: kInvalidInput for another name or a value that isn't what it should be.
Result<Filter> ReadQuery(const Parameters& parameters, std::string_view allowed);

}  // namespace kronik
