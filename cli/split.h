// Large files in stretches, so that several machines may read one.
#pragma once

#include <string>
#include <vector>

#include "kronik/result.h"
#include "stream/file_range.h"

namespace kronik::cli {

// Stretches of at least `bytes` that together are the file, or the stretch `of` it, for
// ForEachInputOf: of a WARC file whose records are gzip members of their own, and of JSONL that is
// not compressed. Anything else is one stretch. Only what lies around the cuts of a WARC file is
// read; JSONL is read whole, for the numbers of its lines. Error: kIo.
Result<std::vector<FileRange>> SplitFile(const std::string& path, uint64_t bytes,
                                         const FileRange& of = {});

}  // namespace kronik::cli
