// What a worker counts, in the text format of Prometheus.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "queue/queue.h"

namespace kronik::cli {

// Threads: any number may count and render at once.
struct Metrics {
  using Count = std::atomic<uint64_t>;

  Count stored = 0, unchanged = 0;                    // documents: taken in; known before
  Count events = 0, statements = 0, commitments = 0;  // of the documents that were taken in
  Count failures = 0;  // inputs and documents that could not be read or had problems
  Count bytes = 0;     // read of files
  Count done = 0, returned = 0, handed_back = 0, divided = 0, buried = 0;  // messages
  std::atomic<double> analysing_s = 0, saving_s = 0;                       // of all threads

  // `queue` is left out where it can't be asked.
  std::string Render(const std::optional<QueueStatus>& queue) const;
};

}  // namespace kronik::cli
