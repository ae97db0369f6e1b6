// A table of tab-separated values, the form of all data that people edit.
//
// Lines that start with '#' are comments (source, licence, version); the first other line is the
// header, which is the schema. Every row has as many cells as the header; trailing empty cells may
// be left out. No quoting; a cell holds anything but tab and newline.
//
//   Result<Tsv> table = Tsv::Parse("roles.tsv", bytes, {"word", "sector"});
//   for (const Tsv::Row& row : table->rows()) Use(row[0], row[1], row.line);
//
// Lifetime: rows hold views into the bytes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class Tsv {
 public:
  struct Row {
    std::vector<std::string_view> cells;
    int line = 0;  // from 1
    std::string_view operator[](size_t column) const {
      return column < cells.size() ? cells[column] : std::string_view();
    }
  };

  // `columns` are the names the header must have, in that order; more may follow them.
  // Errors: kInvalidInput with `name:line`, for a wrong header or a row with too many cells.
  static Result<Tsv> Parse(std::string_view name, std::string_view bytes,
                           std::initializer_list<std::string_view> columns);
  // The same, of a resource. Error: kNotFound too.
  static Result<Tsv> Load(const Resources& resources, std::string_view name,
                          std::initializer_list<std::string_view> columns);

  const std::string& name() const { return name_; }
  const std::vector<std::string_view>& header() const { return header_; }
  const std::vector<Row>& rows() const { return rows_; }
  // "name:line", for messages and for records that name the rule that fired.
  std::string Where(const Row& row) const { return name_ + ":" + std::to_string(row.line); }
  // An error about a row.
  Error ErrorAt(const Row& row, std::string message) const;

 private:
  std::string name_;
  std::vector<std::string_view> header_;
  std::vector<Row> rows_;
};

// The parts of a cell between separators, outer spaces taken off; empty parts are left out.
std::vector<std::string_view> SplitCell(std::string_view cell, char separator = '|');

}  // namespace kronik
