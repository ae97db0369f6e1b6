// From the command line's INPUT words to the inputs of documents.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kronik/document.h"

namespace kronik::cli {

// The most bytes one report may have, unpacked. A larger one is refused with kLimit.
inline constexpr size_t kMaxReportBytes = 64u << 20;

struct InputOptions {
  std::string lang;  // what the inputs don't state
  std::string date;
};

// Gets an input, or the error of one; returns false to end the walk.
using InputSink = std::function<bool(Result<Input>)>;

// Calls `sink` for every report in `words`, in order: a file, a folder (its files by name, those
// below it too; hidden ones left out), or "-" for standard input; each also gzip- or
// zstd-compressed. A file whose first line is a JSON object with `html`, `raw` or `text` is JSONL
// and gives one input a line; the rest is recognised later, by the article stage.
void ForEachInput(const std::vector<std::string>& words, const InputOptions& options,
                  const InputSink& sink);

}  // namespace kronik::cli
