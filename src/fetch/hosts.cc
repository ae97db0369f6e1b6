#include "fetch/hosts.h"

#include <algorithm>
#include <utility>

namespace kronik {
namespace {

// More are forgotten as they go stale: strangers decide how many hosts there are.
constexpr size_t kMaxHosts = 10000;
constexpr size_t kMaxRules = 1000;

}  // namespace

std::shared_ptr<const Hosts::Rules> Hosts::RulesOf(const std::string& origin) const {
  const std::lock_guard lock(mutex_);
  const auto found = rules_.find(origin);
  if (found == rules_.end() || found->second.until <= Clock::now()) return nullptr;
  return found->second.rules;
}

void Hosts::Keep(const std::string& origin, std::shared_ptr<const Rules> rules) {
  const std::lock_guard lock(mutex_);
  if (rules_.size() >= kMaxRules) {
    rules_.erase(std::min_element(rules_.begin(), rules_.end(), [](const auto& a, const auto& b) {
      return a.second.until < b.second.until;
    }));
  }
  const std::chrono::minutes good_for(rules->trouble.empty() ? 24 * 60 : 1);
  rules_[origin] = {std::move(rules), Clock::now() + good_for};
}

Hosts::Clock::time_point Hosts::Turn(const std::string& host, Clock::duration pause) {
  const std::lock_guard lock(mutex_);
  Host& known = HostNamed(host);
  const Clock::time_point turn = std::max({Clock::now(), known.next, known.left_alone_until});
  known.next = turn + pause;
  return turn;
}

void Hosts::LeaveAlone(const std::string& host, Clock::time_point until) {
  const std::lock_guard lock(mutex_);
  Host& known = HostNamed(host);
  known.left_alone_until = std::max(known.left_alone_until, until);
}

Hosts::Clock::duration Hosts::LeftAloneFor(const std::string& host) const {
  const std::lock_guard lock(mutex_);
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return Clock::duration::zero();
  return found->second.left_alone_until - Clock::now();
}

Hosts::Host& Hosts::HostNamed(const std::string& name) {
  if (hosts_.size() >= kMaxHosts) {
    std::erase_if(hosts_, [now = Clock::now()](const auto& host) {
      return host.second.next <= now && host.second.left_alone_until <= now;
    });
  }
  return hosts_[name];
}

}  // namespace kronik
