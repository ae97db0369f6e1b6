// Review: what people say of the chronicle's records, beside what the machine wrote.
//
//   Result<ReviewRules> rules = ReviewRules::Load(resources);
//   store->AddReview({.id = id, .verdict = "correct", .reviewer = "Ana",
//                     .fields = R"({"date": "2024-05-02"})"}, *rules);
//
// Each review is one entry of a log that only grows. A record's state is what its entries come to:
// the last verdict, and all corrections, but for those that an "undo" took back. An entry belongs
// to the id of its record, so it is found again however often the reports are read anew; where no
// record has that id any more the entry stays, as an orphan.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

struct Review {
  std::string kind{};  // "event", "statement" or "commitment"; empty: whichever has the id
  std::string id{};    // an event's in the chronicle; of an entry of the ledger any of its reports'
  std::string verdict{};   // "accept", "correct", "reject", or "undo": takes the last one back
  std::string reviewer{};  // a name, at most 100 bytes
  std::string note{};      // at most 2000 bytes
  std::string fields{};    // of "correct": what ReviewRules::Check takes
};

// Which entries of the log. An empty field asks for nothing.
struct ReviewQuery {
  std::string id{};
  bool orphaned = false;  // only those whose record is gone
  int limit = -1;
  int offset = 0;
};

// What may be corrected, by the ontology.
// Threads: immutable after Load.
class ReviewRules {
 public:
  // Errors: those of a table that doesn't load.
  static Result<ReviewRules> Load(const Resources& resources);

  // Checks the fields of a correction of `record` and gives them as they are kept. `fields` is a
  // JSON object; a value is text, or a list of texts:
  //   event       event_type mode context cameo actor recipient date place status
  //   statement   source addressee kind negated date place
  //   commitment  kind status bound toward made term place
  // An actor is a code and its sectors ("PRK MIL"), a date "2024-05", "2024-05-01..2024-05-03" or
  // open on a side ("..2024-06"). What is empty is taken out of the record. What follows from a
  // type, a mode or a code of CAMEO (goldstein, quad_category, each other) is filled in.
  // Error: kInvalidInput, which names the field.
  Result<std::string> Check(std::string_view kind, std::string_view record,
                            std::string_view fields) const;

  // What there is to choose from, as JSON: {event_type: {TYPE: [its modes]}, context[], sector[],
  // actor[], cameo[]}.
  std::string Choices() const;

 private:
  struct Scale {
    std::string event_type, mode;
    double goldstein = 0;
    int quad = 0;
  };
  class Checker;

  std::map<std::string, Scale, std::less<>> types_;  // by event type
  std::map<std::string, Scale, std::less<>> modes_;  // by "TYPE/mode"
  std::map<std::string, Scale, std::less<>> cameo_;  // by code
  std::set<std::string, std::less<>> contexts_, sectors_;
  std::set<std::string, std::less<>> actors_;  // codes
};

}  // namespace kronik
