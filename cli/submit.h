// `kronik submit` and `kronik status`: into a queue, and a look at it.
#pragma once

#include <string>

#include "cli/run.h"
#include "queue/queue.h"

namespace kronik::cli {

struct SubmitOptions {
  QueueOptions queue;
  uint64_t split_mib = 32;  // of a large file that can be split
};

struct StatusOptions {
  QueueOptions queue;
  bool dead_letters = false;
  bool resubmit = false, drop = false;  // the dead letters that are shown
  std::string only;                     // text that their reason or message has
};

// Each returns the program's exit code.
int Submit(const Options& options, const SubmitOptions& choice);
int Status(const StatusOptions& options);

}  // namespace kronik::cli
