#include "cli/find.h"

#include <climits>
#include <cstdint>
#include <string>
#include <utility>

#include "cli/output.h"
#include "cli/table.h"

namespace kronik::cli {
namespace {

// Prints the first `limit` of the records, and says if there are more.
class Printer {
 public:
  Printer(int limit, Table table) : limit_(limit), table_(std::move(table)) {}

  // False where no further one will be printed.
  bool Add(std::string_view record) {
    if (limit_ >= 0 && count_ == limit_) {
      more_ = true;
      return false;
    }
    ++count_;
    table_.Add(record);
    return !Interrupted();
  }
  int Finish() {
    table_.Finish();
    if (more_) Complain("there are more than these " + std::to_string(limit_) + " (--limit)");
    return Interrupted() ? kInterrupted : kAllDone;
  }

 private:
  const int64_t limit_;
  int64_t count_ = 0;
  bool more_ = false;
  Table table_;
};

int PrintAll(const Result<std::vector<std::string>>& records, int limit, Table table) {
  if (!records) return Failed(records.error());
  Printer printer(limit, std::move(table));
  for (const std::string& record : *records) {
    if (!printer.Add(record)) break;
  }
  return printer.Finish();
}

}  // namespace

int Find(const std::string& kind, const Query& asked, const std::string& path,
         const std::string& form) {
  if (kind == "statements" && (!asked.event_type.empty() || !asked.context.empty() ||
                               !asked.status.empty() || asked.min_confidence > 0)) {
    return Failed({ErrorCode::kInvalidInput,
                   "statements have no --type, --context, --status or --min-confidence", ""});
  }
  if (kind == "articles" && (asked.accepted || !asked.since.empty())) {
    return Failed({ErrorCode::kInvalidInput, "articles have no --accepted or --since", ""});
  }
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  Query query = asked;
  if (query.limit >= 0 && query.limit < INT_MAX) ++query.limit;
  if (kind == "statements") {
    return PrintAll((*store)->Statements(query), asked.limit, Table(form, StatementColumns()));
  }
  if (kind == "articles") {
    return PrintAll((*store)->Articles(false, query), asked.limit, Table(form, ArticleColumns()));
  }
  Printer printer(asked.limit, Table(form, EventColumns()));
  const Result<void> done =
      (*store)->ForEachEvent(query, [&](std::string_view record) { return printer.Add(record); });
  return done ? printer.Finish() : Failed(done.error());
}

int Stats(const Query& query, const std::vector<std::string>& by, const std::string& path,
          const std::string& form) {
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  return PrintAll((*store)->Stats(query, by), -1, Table(form, StatsColumns(by)));
}

}  // namespace kronik::cli
