// Cells of CSV files (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace kronik {

// A cell, in quotes where it needs them.
std::string CsvCell(std::string_view text);

// A text that a spreadsheet would take for a formula, with an apostrophe before it, which makes it
// text there: what begins with = + - @, a tab or a carriage return. A plain number stays as it is.
std::string SafeCell(std::string text);

}  // namespace kronik
