// Store: the chronicle, in one SQLite file.
//
//   Result<std::unique_ptr<Store>> store = Store::Open("kronik.db");
//   if (!store) return store.error();
//   Result<bool> changed = (*store)->Put(document);
//   for (const std::string& record : *(*store)->Events({.a = "RUS", .b = "PRK"})) ...
//
// Records go in as the stages left them and come out as JSON, one object a string, in the shape
// that doc/records.md fixes. Reading the same report twice changes nothing; reading it with
// another kronik replaces its records.
//
// Threads:   any number may call; the calls take turns.
// Processes: any number may read while one writes; a second writer waits up to ten seconds.
// Errors:    kIo for what the disk, its space or another process's lock caused; a failed Put
//            leaves the chronicle as it was.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "kronik/result.h"

namespace kronik {

// How much of an article's text the chronicle keeps.
enum class Keep {
  kFull,      // the whole text
  kEvidence,  // the words that the records cite
  kOffsets,   // no words, only where they stand
};

struct StoreOptions {
  bool create = true;  // false: kNotFound where there is no file
  Keep keep = Keep::kFull;
};

// Which events of the chronicle. An empty field asks for nothing.
struct EventQuery {
  // Codes. Two: events between them, in either direction or side by side.
  std::string a;
  std::string b;
  // First and last day, both inclusive: "2023-09-01". An event of less precise date is in the
  // range if it may be; one of unknown date is in no range.
  std::string from;
  std::string to;
  std::string event_type;
  std::string event;  // one event's id
  int limit = -1;     // the most that come back; negative for all
  int offset = 0;
};

// Which entries of the ledger. An empty field asks for nothing.
struct LedgerQuery {
  std::vector<std::string> parties = {};  // codes: all of them are parties
  std::string from = {}, to = {};         // made in these days, as in EventQuery
  std::string due_before = {};            // the term ends before this day
  std::string status = {};                // "broken"; "disputed" where reports disagree
  std::string subject = {};               // words of a subject, or a topic; in any case of letters
  std::string id = {};                    // of the entry, or of a report's record in it
  bool explain = false;                   // evidence says why it was joined (`match`)
};

class Store {
 public:
  // Opens the chronicle at `path`, and makes it where nothing is yet. ":memory:" has no file.
  // Errors: kConflict if the file is another program's, or a newer kronik's; kNotFound; kIo.
  static Result<std::unique_ptr<Store>> Open(const std::string& path, StoreOptions options = {});

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Takes in the article and its records in one transaction, in place of the article's earlier
  // ones. False if just these were there already, whichever input they came from.
  // Error: kInvalidInput for an article without an id.
  Result<bool> Put(const Document& document);

  // Events of the chronicle, by date (unknown dates last). What several sentences or articles
  // report with the same type, status, actors, recipients and first day is one event; its record
  // is that of the most confident report, its `id` the chronicle's own, and `evidence` has every
  // report: {id, article, input, trigger, sentence, sentence_number, reported_by, confidence}.
  Result<std::vector<std::string>> Events(const EventQuery& query) const;

  // Commitments by the day they were made, unknown days first. What several reports tell of one
  // is one entry: its record is the first report's, its `evidence` has every report with the
  // status that it tells, and `status` is what came of it; `disputed` where reports disagree.
  Result<std::vector<std::string>> Ledger(const LedgerQuery& query = {}) const;

  // Articles by their date, newest first; `whole` with text, blocks and residue, otherwise
  // without, but with the count of their events in `event_count`.
  Result<std::vector<std::string>> Articles(bool whole = true) const;
  // One article. Error: kNotFound.
  Result<std::string> FindArticle(std::string_view id) const;

  // The records of one article, in its order; empty for an article that isn't there. An event has
  // the chronicle's id as `chronicle_id`.
  Result<std::vector<std::string>> EventsOf(std::string_view article) const;
  Result<std::vector<std::string>> StatementsOf(std::string_view article) const;
  Result<std::vector<std::string>> CommitmentsOf(std::string_view article) const;

 private:
  class Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
