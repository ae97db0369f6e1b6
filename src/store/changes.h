// The log of changes: when each record was first seen, last changed, and withdrawn. It says what an
// export since a moment has to bring; nothing else that the chronicle gives out depends on it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace kronik {

class ChangeLog {
 public:
  // What an article says, by the ids of its records. An event has the chronicle's id, and a line
  // for every sentence that tells it.
  struct Record {
    const char* kind;
    std::string lines;
  };
  using RecordMap = std::map<std::string, Record, std::less<>>;
  static void Add(const char* kind, std::string_view id, std::string_view line, RecordMap& records);

  explicit ChangeLog(Database& database) : database_(database) {}

  // The article's records as the tables have them.
  RecordMap RecordsOf(std::string_view article);
  // Notes what became of an article's records. `all` if what its events' rows say of the article
  // itself (its address, its publisher) is new.
  void Note(const RecordMap& before, const RecordMap& after, bool all, int64_t now);
  // One record has come, or changed.
  void Touch(std::string_view kind, std::string_view id, int64_t now);
  // Enters everything that is there.
  void Begin(int64_t now);
  // What was withdrawn since a moment, in the order of ids:
  //   {kind, id, first_seen, withdrawn, record}
  std::vector<std::string> Withdrawn(std::string_view kind, int64_t since);

 private:
  // Rows of id, kind, and the moment twice.
  void TouchAll(std::span<const Value> rows);

  Database& database_;
};

}  // namespace kronik
