#include "cli/find.h"

#include <climits>

#include "cli/output.h"
#include "cli/table.h"

namespace kronik::cli {
namespace {

// Prints the first `limit` of the records, and says if there are more.
int PrintAll(const std::vector<std::string>& records, int limit, Table table) {
  size_t left = limit < 0 ? records.size() : static_cast<size_t>(limit);
  for (const std::string& record : records) {
    if (left-- == 0) break;
    table.Add(record);
  }
  table.Finish();
  if (limit >= 0 && records.size() > static_cast<size_t>(limit)) {
    Complain("there are more than these " + std::to_string(limit) + " (--limit)");
  }
  return kAllDone;
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
  const Result<std::vector<std::string>> records = kind == "events" ? (*store)->Events(query)
                                                   : kind == "statements"
                                                       ? (*store)->Statements(query)
                                                       : (*store)->Articles(false, query);
  if (!records) return Failed(records.error());
  return PrintAll(*records, asked.limit,
                  Table(form, kind == "events"       ? EventColumns()
                              : kind == "statements" ? StatementColumns()
                                                     : ArticleColumns()));
}

int Stats(const Query& query, const std::vector<std::string>& by, const std::string& path,
          const std::string& form) {
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  const Result<std::vector<std::string>> records = (*store)->Stats(query, by);
  if (!records) return Failed(records.error());
  return PrintAll(*records, -1, Table(form, StatsColumns(by)));
}

}  // namespace kronik::cli
