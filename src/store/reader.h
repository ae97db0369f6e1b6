// Reader: the records of the chronicle as they are given out, with what reviewers said of them.
// Whoever calls sees to it that all is of one moment, and takes the database's errors.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kronik/store.h"
#include "record/json.h"
#include "store/database.h"
#include "store/event_index.h"
#include "store/query.h"

namespace kronik {

class Reader {
 public:
  using Visit = std::function<bool(std::string_view record, const CitedArticles& articles)>;

  explicit Reader(Database& database) : database_(database) {}

  Result<void> ForEachEvent(const Query& query, const Visit& visit);
  // Calls `count` with an index, and what is to be asked of it for the events of `query`.
  using Count = std::function<void(const EventIndex& index, const Query& query,
                                   const std::optional<EventIndex::Marks>& marks)>;
  Result<void> Index(const Query& query, const Count& count);
  // To be called after what was read within a transaction was undone.
  void Forget() { index_ = {}; }
  Result<void> ForEachBrief(const Query& query,
                            const std::function<void(const EventBrief& brief)>& visit);
  Result<std::vector<std::string>> Statements(const Query& query);
  // The reviews of one kind of records, by their ids.
  std::map<std::string, Json> Reviews(std::string_view kind);

  // The kind of the record that has the id, and the record with its corrections; an empty kind asks
  // for any. None where there is no such record.
  std::optional<std::pair<std::string, Json>> Find(const std::string& kind, const std::string& id);

 private:
  // Calls `count` with the index that is kept in memory.
  void Indexed(const Query& query, const Phrases& phrases, const Count& count);
  void ForEachIndexed(const Query& query, const Phrases& phrases, const Visit& visit);
  Result<void> ForEachAccepted(const Query& query, const Visit& visit);
  Result<std::vector<std::string>> AcceptedStatements(const Query& query);
  // An event that a query found.
  struct Found {
    int64_t number;
    std::string id;
    int64_t best;
    std::string review;
  };
  struct Whole {
    Json record;
    CitedArticles articles;
  };
  std::vector<Whole> WholeEvents(std::span<const Found> events);
  // Visits the events, which are then no longer needed; false if `visit` ended it.
  bool VisitAll(std::vector<Found>& events, const Visit& visit);
  std::optional<Json> FindEvent(const std::string& id);

  Database& database_;
  EventIndex index_;
};

}  // namespace kronik
