#include "cli/review.h"

#include "cli/output.h"
#include "cli/table.h"
#include "kronik/store.h"

namespace kronik::cli {
namespace {

Result<std::string> FieldsOf(const std::vector<std::string>& sets) {
  if (sets.empty()) return std::string();
  Json fields = Json::object();
  for (const std::string& set : sets) {
    const size_t equals = set.find('=');
    if (equals == std::string::npos) {
      return Error{ErrorCode::kInvalidInput, "write --set field=value", set};
    }
    fields[set.substr(0, equals)] = set.substr(equals + 1);
  }
  return ToLine(fields);
}

std::vector<Table::Column> ReviewColumns() {
  const auto member = [](const char* name) {
    return Table::Column{name, [name](const Json& entry) { return TextOf(entry, name); }};
  };
  return {member("at"),
          member("reviewer"),
          member("verdict"),
          member("kind"),
          member("id"),
          {"fields",
           [](const Json& entry) {
             return entry.contains("fields") ? ToLine(entry["fields"]) : std::string();
           }},
          member("note"),
          {"orphaned", [](const Json& entry) { return entry.contains("orphaned") ? "yes" : ""; }}};
}

}  // namespace

int AddReviews(const std::vector<std::string>& ids, const Review& review,
               const std::vector<std::string>& sets, const std::string& path,
               const std::string& data) {
  const Result<std::string> fields = FieldsOf(sets);
  if (!fields) return Failed(fields.error());
  Result<Resources> resources = Resources::Open(data);
  if (!resources) return Failed(resources.error());
  const Result<ReviewRules> rules = ReviewRules::Load(*resources);
  if (!rules) return Failed(rules.error());
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  int code = kAllDone;
  for (const std::string& id : ids) {
    Review one = review;
    one.id = id;
    one.fields = *fields;
    const Result<std::string> entry = (*store)->AddReview(one, *rules);
    if (entry) {
      PrintLine(*entry);
    } else {
      Complain(entry.error().ToString());
      code = kSomeFailed;
    }
  }
  FlushOutput();
  return code;
}

int ListReviews(const ReviewQuery& query, const std::string& path, const std::string& form) {
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  const Result<std::vector<std::string>> entries = (*store)->Reviews(query);
  if (!entries) return Failed(entries.error());
  Table table(form, ReviewColumns());
  for (const std::string& entry : *entries) table.Add(entry);
  table.Finish();
  return kAllDone;
}

}  // namespace kronik::cli
