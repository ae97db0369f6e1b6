#include "store/statistics.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>
#include <string_view>
#include <utility>

#include "record/json.h"

namespace kronik {
namespace {

struct Dimension {
  const char* name;
  std::initializer_list<const char*> members;  // of the record
  bool time;
};
constexpr Dimension kDimensions[] = {
    {"year", {"year"}, true},        {"month", {"month"}, true},
    {"day", {"day"}, true},          {"dyad", {"actor", "recipient"}, false},
    {"type", {"event_type"}, false},
};

using Row = std::vector<std::string>;

// No day, type or code has one.
constexpr char kEnd = '\n';

// The value that an event counts for in a dimension but dyad.
std::string_view ValueOf(const EventBrief& event, std::string_view name) {
  if (name == "type") return event.event_type;
  const size_t size = name == "year" ? 4 : name == "month" ? 7 : std::string::npos;
  return std::string_view(event.day).substr(0, size);
}

// The dyads that an event counts for, as a part of a key each.
std::vector<std::string> DyadsOf(const EventBrief& event) {
  const std::set<std::string_view> actors(event.actors.begin(), event.actors.end());
  std::set<std::string_view> recipients(event.recipients.begin(), event.recipients.end());
  if (recipients.empty()) recipients.insert("");
  std::vector<std::string> dyads;
  for (std::string_view actor : actors) {
    for (std::string_view recipient : recipients) {
      std::string& dyad = dyads.emplace_back(actor);
      ((dyad += kEnd) += recipient) += kEnd;
    }
  }
  return dyads;
}

Row Split(std::string_view key) {
  Row values;
  for (size_t at = 0; at < key.size();) {
    const size_t end = key.find(kEnd, at);
    values.emplace_back(key.substr(at, end - at));
    at = end + 1;
  }
  return values;
}

}  // namespace

Result<Statistics> Statistics::By(const std::vector<std::string>& by) {
  Statistics statistics;
  for (const std::string& name : by) {
    const auto* const found = std::find_if(std::begin(kDimensions), std::end(kDimensions),
                                           [&](const Dimension& d) { return name == d.name; });
    if (found == std::end(kDimensions)) {
      return Error{ErrorCode::kInvalidInput, "counts are by year, month, day, dyad or type", name};
    }
    statistics.by_.push_back(name);
    statistics.members_.insert(statistics.members_.end(), found->members.begin(),
                               found->members.end());
    statistics.time_ |= found->time;
  }
  return statistics;
}

void Statistics::Add(const EventBrief& event) {
  keys_.assign(1, "");
  for (const std::string& name : by_) {
    if (name != "dyad") {
      for (std::string& key : keys_) (key += ValueOf(event, name)) += kEnd;
      continue;
    }
    const std::vector<std::string> dyads = DyadsOf(event);
    std::vector<std::string> longer;
    for (const std::string& key : keys_) {
      for (const std::string& dyad : dyads) longer.push_back(key + dyad);
    }
    keys_ = std::move(longer);
  }
  for (const std::string& key : keys_) {
    Sum& sum = sums_[key];
    ++sum.count;
    sum.goldstein += std::llround(event.goldstein * 1000);
  }
}

std::vector<std::string> Statistics::Records(const Query& page) const {
  using Entry = std::pair<Row, Sum>;
  std::vector<Entry> sorted;
  for (const auto& [key, sum] : sums_) sorted.emplace_back(Split(key), sum);
  std::sort(sorted.begin(), sorted.end(),
            [](const Entry& a, const Entry& b) { return a.first < b.first; });
  std::vector<const Entry*> order;
  for (const Entry& entry : sorted) order.push_back(&entry);
  if (!time_) {
    std::stable_sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) {
      return a->second.count > b->second.count;
    });
  }
  if (by_.empty() && order.empty()) return {ToLine(Json{{"count", 0}, {"goldstein", nullptr}})};
  std::vector<std::string> records;
  for (size_t i = static_cast<size_t>(std::max(page.offset, 0)); i < order.size(); ++i) {
    if (page.limit >= 0 && records.size() == static_cast<size_t>(page.limit)) break;
    const auto& [values, sum] = *order[i];
    Json record;
    for (size_t member = 0; member < members_.size(); ++member) {
      record[members_[member]] = values[member];
    }
    record["count"] = sum.count;
    // With three decimals.
    record["goldstein"] =
        std::round(static_cast<double>(sum.goldstein) / static_cast<double>(sum.count)) / 1000;
    records.push_back(ToLine(record));
  }
  return records;
}

}  // namespace kronik
