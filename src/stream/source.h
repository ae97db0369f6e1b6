// Bytes that come in pieces: of a file, of standard input, of memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "kronik/result.h"

namespace kronik {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Writes at most `size` bytes (at least one may be asked for) to `to`; returns how many, 0 at the
  // end. Error: kIo.
  virtual Result<size_t> Read(char* to, size_t size) = 0;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<size_t> Read(char* to, size_t size) override {
    const size_t count = bytes_.copy(to, size, at_);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace kronik
