// `kronik worker`: takes tasks from a queue and puts what it reads into the chronicle.
#pragma once

#include <string>

#include "cli/run.h"
#include "kronik/store.h"
#include "queue/queue.h"

namespace kronik::cli {

struct WorkerOptions {
  QueueOptions queue;
  std::string root = ".";  // no file outside of it is read
  bool fetch = true;       // whether addresses may be fetched
  Keep keep = Keep::kFull;
  unsigned tries = 5;        // how often a message is handed out before it is given up
  int delay_s = 30;          // before a message that failed comes again; doubled each time
  int patience_s = 600;      // a report that takes longer ends the worker, as a crash would
  int outage_s = 3600;       // the chronicle or the queue away for longer ends the worker
  bool until_empty = false;  // end when nothing is left, in flight included
  std::string metrics;       // HOST:PORT to answer /metrics at, or empty
};

// Returns the program's exit code.
int Work(const Options& options, const std::string& store, const WorkerOptions& choice);

}  // namespace kronik::cli
