// Hosts: what a program's fetchers know of the hosts that they ask, so that many threads are as
// polite as one.
//
// Threads: any number.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "fetch/robots.h"

namespace kronik {

class Hosts {
 public:
  using Clock = std::chrono::steady_clock;

  // What an origin's robots.txt says.
  struct Rules {
    Robots robots;
    std::string trouble;  // why it can't be read, where it can't
  };

  // The rules of an origin ("https://news.example:443"); null where they are not known, or are to
  // be read again: after a day (RFC 9309, section 2.4), or a minute where they could not be read.
  std::shared_ptr<const Rules> RulesOf(const std::string& origin) const;
  void Keep(const std::string& origin, std::shared_ptr<const Rules> rules);

  // The caller's turn to ask the host, with `pause` kept after it.
  Clock::time_point Turn(const std::string& host, Clock::duration pause);
  // Nobody's turn comes before then.
  void LeaveAlone(const std::string& host, Clock::time_point until);
  // How long LeaveAlone still holds; zero or less: not at all.
  Clock::duration LeftAloneFor(const std::string& host) const;

 private:
  struct Host {
    Clock::time_point next = {};  // whose turn is given next
    Clock::time_point left_alone_until = {};
  };
  struct Known {
    std::shared_ptr<const Rules> rules;
    Clock::time_point until;
  };
  Host& HostNamed(const std::string& name);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Host> hosts_;
  std::unordered_map<std::string, Known> rules_;  // by origin
};

}  // namespace kronik
