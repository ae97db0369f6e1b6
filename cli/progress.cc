#include "cli/progress.h"

#include <fmt/format.h>

#include "cli/inputs.h"
#include "cli/output.h"

namespace kronik::cli {

Progress::Progress(const std::vector<std::string>& inputs)
    : shown_(WantsProgress()), start_(Clock::now()), next_(start_) {
  if (shown_) total_bytes_ = TotalBytes(inputs);
}

Progress::~Progress() {
  if (shown_) ShowProgress("");
}

void Progress::Count(uint64_t bytes_read) {
  ++reports_;
  const Clock::time_point now = Clock::now();
  if (!shown_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string line = fmt::format("{} reports", reports_);
  if (seconds > 0.5) line += fmt::format(", {:.0f}/s", static_cast<double>(reports_) / seconds);
  if (total_bytes_ > 0) {
    // What is read and not yet done counts as done: the window is short.
    line += fmt::format(", {}%", std::min<uint64_t>(100, 100 * bytes_read / total_bytes_));
  }
  ShowProgress(line);
}

}  // namespace kronik::cli
