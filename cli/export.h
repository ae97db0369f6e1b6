// `kronik export`: the chronicle's events in the file formats of the field.
#pragma once

#include <string>

#include "kronik/store.h"

namespace kronik::cli {

struct ExportOptions {
  std::string format;
  std::string output;     // a file; empty: standard output
  std::string evidence;   // a file; empty: `output` with ".evidence" before its extension
  std::string withdrawn;  // of an export since a moment; empty: with ".withdrawn"
  bool safe_cells = false;
  std::string reciprocal = "each-way";  // or "once", "mirrored"
  bool with_recipient = false;          // leave out events that nobody receives or shares
  bool no_domestic = false;             // leave out events within one country
  bool statements = false;              // CAMEO's statements and appeals (01, 02) too
  std::string data;
  Query query;
};

// Returns the exit code.
int Export(const ExportOptions& options, const std::string& store);

}  // namespace kronik::cli
