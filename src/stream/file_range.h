// A stretch of a file, so that several machines may share a large one.
#pragma once

#include <cstdint>
#include <optional>

namespace kronik {

// The bytes from `start` up to `end`.
struct FileRange {
  uint64_t start = 0;
  uint64_t end = UINT64_MAX;             // or to the file's end
  std::optional<uint64_t> first_line{};  // of JSONL: how many lines come before
  friend bool operator==(const FileRange&, const FileRange&) = default;
};

}  // namespace kronik
