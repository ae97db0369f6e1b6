// Options of the command line that several verbs have.
#pragma once

#include <string>

#include "cli/run.h"
#include "kronik/store.h"
#include "queue/queue.h"

namespace CLI {
class App;
}

namespace kronik::cli {

// Each adds options to a verb that fill what is given, which must outlive the verb.

// INPUT, --lang and --date.
void AddInputs(CLI::App& verb, Options& options);
// --jobs and those of fetching.
void AddReadingOptions(CLI::App& verb, Options& options);
// Both.
void AddInputOptions(CLI::App& verb, Options& options);
void AddKeep(CLI::App& verb, Keep& keep);
void AddStore(CLI::App& verb, std::string& store);
// Which queue.
void AddQueue(CLI::App& verb, QueueOptions& queue);

}  // namespace kronik::cli
