// `kronik worker`: takes tasks from a queue and puts what it reads into the chronicle.
#pragma once

#include "cli/run.h"

namespace CLI {
class App;
}

namespace kronik::cli {

// Adds the verb, whose callback sets `code` to the program's exit code.
void AddWorker(CLI::App& verb, Options& options, int& code);

}  // namespace kronik::cli
