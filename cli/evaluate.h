// The verb evaluate, which measures trees and names against annotated text.
#pragma once

#include <string>

#include "cli/run.h"

namespace CLI {
class App;
}
namespace kronik::train {
struct NameScores;
}

namespace kronik::cli {

// Adds `kronik evaluate parser` and `names`, whose callbacks set `code` to the exit code.
void AddEvaluate(CLI::App& verb, Options& options, int& code);

// Prints a table of kinds: bounds and kind must agree. `title` says of what.
void PrintNameScores(const std::string& title, const train::NameScores& scores);

}  // namespace kronik::cli
