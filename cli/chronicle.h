// The verbs that work on the chronicle.
#pragma once

#include <string>
#include <vector>

#include "cli/run.h"
#include "kronik/store.h"

namespace kronik::cli {

struct ReadOptions {
  Keep keep = Keep::kFull;
  bool quiet = false;
  bool again = false;  // analyse what was read before, too
};

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = 8080;
  std::string data;  // overrides of the embedded files
};

// Each returns the program's exit code.
int ReadIntoStore(const Options& options, const std::string& store, const ReadOptions& choice);
// `form` is one of kTableForms; as text with each report's sentence below the event.
int PrintTimeline(const Query& query, const std::string& store, const std::string& form);
int PrintLedger(const LedgerQuery& query, const std::string& store, const std::string& form);
int Serve(const std::string& store, const ServeOptions& options);

}  // namespace kronik::cli
