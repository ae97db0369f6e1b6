// The bytes of a model file: variable-length numbers and strings, and the compressed container.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kronik/result.h"

namespace kronik {

// Appends numbers (LEB128) and length-prefixed strings.
class ByteWriter {
 public:
  void Number(uint64_t value);
  void Signed(int64_t value) {
    Number((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
  }
  void Byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void String(std::string_view text);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads them back. After the first failure everything reads as 0 and ok() stays false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}
  uint64_t Number();
  int64_t Signed() {
    const uint64_t value = Number();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  // A number of items of which each takes a byte or more: fails if there can't be that many.
  size_t Count();
  std::string_view String();
  std::string_view Bytes(size_t size);  // fails if there aren't as many
  void Fail() { ok_ = false, left_ = {}; }
  bool ok() const { return ok_; }
  bool done() const { return left_.empty(); }
  size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
  bool ok_ = true;
};

// A model file: magic, format version, zstd frame of the content.
std::string PackModel(std::string_view content);
// Errors: kInvalidInput for bytes that are no model, kUnsupported for another version, kLimit for
// one that would unpack to more than 32 MiB.
Result<std::string> UnpackModel(std::string_view file);

}  // namespace kronik
