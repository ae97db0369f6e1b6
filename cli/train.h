// The verb train, which makes the models that kronik reads with.
#pragma once

#include "cli/run.h"

namespace CLI {
class App;
}

namespace kronik::cli {

// Adds `kronik train parser`, `names` and `pages`, whose callbacks set `code` to the exit code.
void AddTrain(CLI::App& verb, const Options& options, int& code);

}  // namespace kronik::cli
