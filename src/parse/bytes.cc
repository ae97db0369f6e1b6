#include "parse/bytes.h"

#include <zstd.h>

namespace kronik {
namespace {

constexpr std::string_view kMagic = "KRONIKPM";
constexpr char kVersion = 2;
constexpr uint64_t kMaxContent = uint64_t{32} << 20;  // the largest of kronik's own has 8

}  // namespace

void ByteWriter::Number(uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
  bytes_.push_back(static_cast<char>(value));
}

void ByteWriter::String(std::string_view text) {
  Number(text.size());
  bytes_.append(text);
}

uint64_t ByteReader::Number() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64 && !left_.empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(left_.front());
    left_.remove_prefix(1);
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  Fail();
  return 0;
}

size_t ByteReader::Count() {
  const uint64_t count = Number();
  if (count <= left_.size()) return static_cast<size_t>(count);
  Fail();
  return 0;
}

std::string_view ByteReader::String() { return Bytes(Count()); }

std::string_view ByteReader::Bytes(size_t size) {
  if (size > left_.size()) return Fail(), std::string_view();
  const std::string_view text = left_.substr(0, size);
  left_.remove_prefix(size);
  return text;
}

std::string PackModel(std::string_view content) {
  std::string file(kMagic);
  file.push_back(kVersion);
  const size_t header = file.size();
  file.resize(header + ZSTD_compressBound(content.size()));
  const size_t size =
      ZSTD_compress(file.data() + header, file.size() - header, content.data(), content.size(), 19);
  file.resize(header + (ZSTD_isError(size) ? 0 : size));
  return file;
}

Result<std::string> UnpackModel(std::string_view file) {
  if (!file.starts_with(kMagic) || file.size() == kMagic.size()) {
    return Error{ErrorCode::kInvalidInput, "not a parse model", ""};
  }
  if (file[kMagic.size()] != kVersion) {
    return Error{ErrorCode::kUnsupported, "a parse model of another format version", ""};
  }
  file.remove_prefix(kMagic.size() + 1);
  const unsigned long long size = ZSTD_getFrameContentSize(file.data(), file.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return Error{ErrorCode::kInvalidInput, "the parse model is damaged", ""};
  }
  if (size > kMaxContent) return Error{ErrorCode::kLimit, "the parse model is too large", ""};
  std::string content(static_cast<size_t>(size), '\0');
  if (ZSTD_decompress(content.data(), content.size(), file.data(), file.size()) != size) {
    return Error{ErrorCode::kInvalidInput, "the parse model is damaged", ""};
  }
  return content;
}

}  // namespace kronik
