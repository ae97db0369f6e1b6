#include "base/tsv.h"

#include <algorithm>

namespace kronik {
namespace {

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<Tsv> Tsv::Parse(std::string_view name, std::string_view bytes,
                       std::initializer_list<std::string_view> columns) {
  Tsv table;
  table.name_ = name;
  int line_number = 0;
  while (!bytes.empty()) {
    ++line_number;
    size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    Row row{SplitTabs(line), line_number};
    if (table.header_.empty()) {
      table.header_ = std::move(row.cells);
      if (table.header_.size() < columns.size() ||
          !std::equal(columns.begin(), columns.end(), table.header_.begin())) {
        std::string expected;
        for (std::string_view column : columns) {
          if (!expected.empty()) expected += ' ';
          expected += column;
        }
        return table.ErrorAt(row, "the header row should be: " + expected);
      }
      continue;
    }
    if (row.cells.size() > table.header_.size()) {
      return table.ErrorAt(row, "the row has " + std::to_string(row.cells.size()) +
                                    " cells, the header " + std::to_string(table.header_.size()));
    }
    table.rows_.push_back(std::move(row));
  }
  if (table.header_.empty()) {
    return Error{ErrorCode::kInvalidInput, "the table has no header row", table.name_};
  }
  return table;
}

Error Tsv::ErrorAt(const Row& row, std::string message) const {
  return Error{ErrorCode::kInvalidInput, std::move(message), Where(row)};
}

std::vector<std::string_view> SplitCell(std::string_view cell, char separator) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    size_t end = std::min(cell.find(separator), cell.size());
    std::string_view part = cell.substr(0, end);
    cell.remove_prefix(std::min(end + 1, cell.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

}  // namespace kronik
