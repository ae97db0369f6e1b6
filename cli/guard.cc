#include "cli/guard.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>

#include "cli/output.h"

namespace kronik::cli {
namespace {

constexpr size_t kSeats = 4096;  // more than --jobs allows
constexpr size_t kMostBytes = 32;
constexpr int kMostDeaths = 2;

volatile sig_atomic_t child_to_tell = 0;

void TellChild(int signal) {
  if (child_to_tell > 0) kill(child_to_tell, signal);
}

// Signals that mean somebody wants the program to end.
bool IsWish(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
}

}  // namespace

struct Guard::Seat {
  std::atomic<bool> taken;
  std::atomic<size_t> size;  // of the report's name; 0 while it is written
  char report[kMostBytes];
};

Guard::Guard()
    : seats_([] {
        // Zeros, which are free seats.
        void* const memory = mmap(nullptr, kSeats * sizeof(Seat), PROT_READ | PROT_WRITE,
                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        return memory == MAP_FAILED ? nullptr : static_cast<Seat*>(memory);
      }()) {}

Guard::~Guard() {
  if (seats_ != nullptr) munmap(seats_, kSeats * sizeof(Seat));
}

Guard::Seat& Guard::Take(const std::string& report) {
  for (size_t i = 0;; i = (i + 1) % kSeats) {
    Seat& seat = seats_[i];
    if (seat.taken.exchange(true)) continue;
    const size_t size = report.copy(seat.report, kMostBytes);
    seat.size = size;
    return seat;
  }
}

bool Guard::Analyse(const std::string& report, const std::function<void()>& analyse) {
  if (seats_ == nullptr) {
    analyse();
    return true;
  }
  const auto found = deaths_.find(report);
  if (found != deaths_.end() && found->second >= kMostDeaths) return false;
  std::shared_lock together(alone_, std::defer_lock);
  std::unique_lock alone(alone_, std::defer_lock);
  if (found == deaths_.end()) {
    together.lock();
  } else {
    alone.lock();
  }
  Seat& seat = Take(report);
  analyse();
  seat.size = 0;
  seat.taken = false;
  return true;
}

size_t Guard::CountDeaths() {
  size_t count = 0;
  for (size_t i = 0; seats_ != nullptr && i < kSeats; ++i) {
    Seat& seat = seats_[i];
    if (const size_t size = seat.size.exchange(0); size > 0) {
      ++deaths_[std::string(seat.report, std::min(size, kMostBytes))];
      ++count;
    }
    seat.taken = false;
  }
  return count;
}

int Guarded(const std::function<int(Guard&)>& work) {
  Guard guard;
  for (;;) {
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0) return work(guard);  // as well as can be
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) std::_Exit(kCouldNotRun);
      return work(guard);
    }
    child_to_tell = child;
    std::signal(SIGINT, TellChild);
    std::signal(SIGTERM, TellChild);
    // What came while nobody would have passed it on.
    if (Interrupted()) kill(child, SIGTERM);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    child_to_tell = 0;
    WatchForInterrupt();
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    const int signal = WTERMSIG(status);
    const size_t in_hand = guard.CountDeaths();
    const std::string how = fmt::format("ended by signal {} ({})", signal, strsignal(signal));
    if (in_hand == 0 || IsWish(signal) || Interrupted()) {
      Complain(how);
      return kCouldNotRun;
    }
    Complain(fmt::format("{}, with {} reports in hand: it goes on, and reads these one by one", how,
                         in_hand));
  }
}

}  // namespace kronik::cli
