// Records as a table: for people, or for other programs.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "record/json.h"

namespace kronik::cli {

// The forms of a table: "text" (aligned; on a terminal cut at its edge), "jsonl" (the records as
// they are), "csv" (RFC 4180) and "tsv" (no quoting: tabs and line ends become spaces).
inline constexpr const char* kTableForms[] = {"text", "jsonl", "csv", "tsv"};

class Table {
 public:
  struct Column {
    const char* name;
    std::function<std::string(const Json& record)> cell;
  };

  Table(std::string_view form, std::vector<Column> columns);

  void Add(std::string_view record);
  // Prints what waits for the widths of the columns, and flushes.
  void Finish();

 private:
  void PrintAligned();
  void PrintSeparated(const std::vector<std::string>& cells) const;

  const std::string form_;
  const std::vector<Column> columns_;
  std::vector<std::vector<std::string>> waiting_;  // text only
  std::vector<size_t> widths_;                     // code points
};

std::string TextOf(const Json& record, const char* name);  // empty where there is none
std::string IntervalOf(const Json& record, const char* name);
// "RUS GOV (Lavrov)".
std::string ActorOf(const Json& actor);
std::string ActorsOf(const Json& actors);
// The verdict of its review; empty where it has none.
std::string ReviewOf(const Json& record);

std::vector<Table::Column> EventColumns();
std::vector<Table::Column> StatementColumns();
std::vector<Table::Column> ArticleColumns();
// `by` as in Store::Stats.
std::vector<Table::Column> StatsColumns(const std::vector<std::string>& by);

}  // namespace kronik::cli
