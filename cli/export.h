// `kronik export`: the chronicle's events in the file formats of the field.
#pragma once

#include <string>

#include "kronik/store.h"

namespace kronik::cli {

struct ExportOptions {
  std::string format;
  std::string output;    // a file; empty: standard output
  std::string evidence;  // a file; empty: `output` with ".evidence" before its extension
  std::string data;
  Query query;
};

// Returns the exit code.
int Export(const ExportOptions& options, const std::string& store);

}  // namespace kronik::cli
