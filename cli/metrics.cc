#include "cli/metrics.h"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

namespace kronik::cli {
namespace {

// One metric; a value for each label's value, or one without.
class Page {
 public:
  template <typename Value>
  void Add(const char* name, const char* type, const char* help, const char* label,
           std::initializer_list<std::pair<const char*, Value>> values) {
    text_ += fmt::format("# HELP kronik_{} {}\n# TYPE kronik_{} {}\n", name, help, name, type);
    for (const auto& [of, value] : values) {
      text_ += *label == '\0' ? fmt::format("kronik_{} {}\n", name, value)
                              : fmt::format("kronik_{}{{{}=\"{}\"}} {}\n", name, label, of, value);
    }
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string Metrics::Render(const std::optional<QueueStatus>& queue) const {
  Page page;
  page.Add<uint64_t>("documents_total", "counter", "Reports by what came of them.", "result",
                     {{"stored", stored}, {"unchanged", unchanged}});
  page.Add<uint64_t>("records_total", "counter", "Records of the reports that were stored.", "kind",
                     {{"event", events}, {"statement", statements}, {"commitment", commitments}});
  page.Add<uint64_t>("failures_total", "counter",
                     "Inputs and reports that could not be read or had problems.", "",
                     {{"", failures}});
  page.Add<uint64_t>("read_bytes_total", "counter", "Bytes read of files.", "", {{"", bytes}});
  page.Add<uint64_t>("messages_total", "counter", "Messages by how they were settled.", "result",
                     {{"done", done},
                      {"returned", returned},
                      {"handed_back", handed_back},
                      {"divided", divided},
                      {"dead", buried}});
  page.Add<double>("seconds_total", "counter", "Seconds of all threads by what they did.", "stage",
                   {{"analyse", analysing_s}, {"save", saving_s}});
  if (queue) {
    page.Add<uint64_t>("queue_messages", "gauge", "Messages of the queue by where they are.",
                       "state",
                       {{"pending", queue->pending},
                        {"in_flight", queue->in_flight},
                        {"redelivered", queue->redelivered},
                        {"dead", queue->dead}});
  }
  return page.Take();
}

}  // namespace kronik::cli
