// Report: what one document puts into the chronicle, as records ready to be written.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "kronik/store.h"
#include "record/json.h"

namespace kronik {

// Records of one kind and their lines of JSON.
struct RecordList {
  std::vector<Json> records;
  std::vector<std::string> lines;
  std::vector<std::string> sentences;  // what full text has of each; none of commitments and deeds
};

struct Report {
  // Everything that can be done without the database.
  Report(const Document& document, Keep keep);

  std::string id;                   // of the article
  std::set<std::string> addresses;  // hashes (AddressId) of those that it was found at
  Json article;
  std::string article_line;
  std::string text;  // what full text has of it
  // The chronicle's id of each event; the lines of `events` have it too.
  std::vector<std::string> event_ids;
  RecordList events, statements, commitments, deeds;
  std::vector<int64_t> bands;  // story.h
  // A hash over all records, whichever input they came from.
  std::string fingerprint;
  std::string problems;  // the document's, as ParsedProblems reads them; empty where there are none
};

// The problems of a report as the chronicle has them.
std::vector<Error> ParsedProblems(std::string_view text);

// The name of an address in the table of what was fetched: of any length, it is short.
std::string AddressId(std::string_view url);

}  // namespace kronik
