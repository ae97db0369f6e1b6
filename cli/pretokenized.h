// The verb parse, for text that is cut into words already.
#pragma once

#include "cli/run.h"

namespace kronik::cli {

// Reads one token a line and an empty line after each sentence, writes CoNLL-U; returns the exit
// code.
int ParsePretokenized(const Options& options);

}  // namespace kronik::cli
