// The line that tells, on a terminal alone, how far the work is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace kronik::cli {

// "1234 reports, 56/s, 40%": the percentage where the inputs are files, whose size is known.
class Progress {
 public:
  // Does nothing where standard error is no terminal.
  explicit Progress(const std::vector<std::string>& inputs);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One report more; `bytes_read` of the files so far.
  void Count(uint64_t bytes_read);

 private:
  using Clock = std::chrono::steady_clock;

  bool shown_ = false;
  uint64_t total_bytes_ = 0;  // 0: not known
  uint64_t reports_ = 0;
  Clock::time_point start_, next_;
};

}  // namespace kronik::cli
