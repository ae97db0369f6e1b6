// `kronik submit` and `kronik status`: into a queue, and a look at it.
#pragma once

#include "cli/run.h"

namespace CLI {
class App;
}

namespace kronik::cli {

// Add the verbs, whose callbacks set `code` to the program's exit code.
void AddSubmit(CLI::App& verb, Options& options, int& code);
void AddStatus(CLI::App& verb, int& code);

}  // namespace kronik::cli
