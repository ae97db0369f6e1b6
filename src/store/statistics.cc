#include "store/statistics.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>
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

// The values that an event counts for in one dimension.
std::vector<Row> ValuesOf(const EventBrief& event, const std::string& name) {
  if (name == "type") return {{event.event_type}};
  if (name == "year") return {{event.day.substr(0, 4)}};
  if (name == "month") return {{event.day.substr(0, 7)}};
  if (name == "day") return {{event.day}};
  const std::set<std::string> actors(event.actors.begin(), event.actors.end());
  std::set<std::string> recipients(event.recipients.begin(), event.recipients.end());
  if (recipients.empty()) recipients.insert("");
  std::vector<Row> pairs;
  for (const std::string& actor : actors) {
    for (const std::string& recipient : recipients) pairs.push_back({actor, recipient});
  }
  return pairs;
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
  std::vector<Row> rows(1);
  for (const std::string& name : by_) {
    const std::vector<Row> values = ValuesOf(event, name);
    std::vector<Row> longer;
    for (const Row& row : rows) {
      for (const Row& more : values) {
        longer.push_back(row);
        longer.back().insert(longer.back().end(), more.begin(), more.end());
      }
    }
    rows = std::move(longer);
  }
  for (const Row& row : rows) {
    Sum& sum = sums_[row];
    ++sum.count;
    sum.goldstein += std::llround(event.goldstein * 1000);
  }
}

std::vector<std::string> Statistics::Records(const Query& page) const {
  using Entry = std::pair<const Row, Sum>;
  std::vector<const Entry*> order;
  for (const Entry& entry : sums_) order.push_back(&entry);
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
