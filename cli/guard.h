// Guard: work on many reports that goes on when one of them ends the program: a crash, or the
// system's answer to a want of memory.
//
//   return Guarded([&](Guard& guard) { ... });
//
// The work is done by a child process. In memory that both share, each thread notes the report it
// has in hand. If a signal ends the child meanwhile, another does the work anew, and has each of
// these reports alone in hand; which of them ends the program once more is left out from then on.
// So the work must know, and pass over, what is done already.
//
// Threads: any number may call Analyse.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace kronik::cli {

class Guard {
 public:
  Guard();
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  // Runs `analyse` with a report in hand. False, without running it, if it has ended the program
  // twice. `report` is a hash of at most 32 bytes.
  bool Analyse(const std::string& report, const std::function<void()>& analyse);

  // Of the parent, after a child: counts what it had in hand, and gives how many that were.
  size_t CountDeaths();

 private:
  struct Seat;
  Seat& Take(const std::string& report);

  Seat* const seats_;                  // shared with the child
  std::map<std::string, int> deaths_;  // by report; the child's are of before it began
  std::shared_mutex alone_;            // held by who must be alone, shared by all others
};

// Calls `work` in a child and gives its exit code. Signals that ask the program to end reach it. A
// child that ends by a signal without a report in hand is not tried again: kCouldNotRun, after a
// complaint. To be called while the program has one thread.
int Guarded(const std::function<int(Guard&)>& work);

}  // namespace kronik::cli
