#include "cli/split.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "jsonl/jsonl.h"
#include "warc/members.h"

namespace kronik::cli {
namespace {

constexpr size_t kPiece = 1u << 20;
// A cut is looked for so far behind where it is wanted, first near and then further; a record that
// is larger has none in it.
constexpr size_t kNear = 128u << 10;
constexpr size_t kFar = 8u << 20;

class File {
 public:
  static Result<File> Open(const std::string& path) {
    File file;
    file.stream_.open(path, std::ios::binary | std::ios::ate);
    if (!file.stream_) return Error{ErrorCode::kIo, std::strerror(errno), path};
    file.size_ = static_cast<uint64_t>(std::max<std::streamoff>(0, file.stream_.tellg()));
    return file;
  }

  uint64_t size() const { return size_; }

  std::string Read(uint64_t at, size_t size) {
    std::string bytes(static_cast<size_t>(std::min<uint64_t>(size, size_ - std::min(at, size_))),
                      '\0');
    stream_.seekg(static_cast<std::streamoff>(at));
    stream_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<size_t>(stream_.gcount()));
    stream_.clear();
    return bytes;
  }

 private:
  std::ifstream stream_;
  uint64_t size_ = 0;
};

// Ends the last stretch at `at` and begins another.
void Cut(std::vector<FileRange>& ranges, uint64_t at, std::optional<uint64_t> first_line = {}) {
  const uint64_t end = ranges.back().end;
  ranges.back().end = at;
  ranges.push_back({at, end, first_line});
}

// Where the first record behind `from` begins that can be found.
std::optional<uint64_t> NextRecord(File& file, uint64_t from) {
  for (size_t window : {kNear, kFar}) {
    if (const auto found = FindMember(file.Read(from, window))) return from + *found;
  }
  return std::nullopt;
}

std::vector<FileRange> SplitWarc(File& file, uint64_t bytes, const FileRange& of) {
  std::vector<FileRange> ranges{of};
  const uint64_t end = std::min(of.end, file.size());
  uint64_t wanted = of.start + bytes;
  while (wanted < end) {
    const std::optional<uint64_t> found = NextRecord(file, wanted);
    if (found && *found >= end) break;
    if (found) Cut(ranges, *found);
    wanted = found ? *found + bytes : wanted + kFar;
  }
  return ranges;
}

std::vector<FileRange> SplitLines(File& file, uint64_t bytes, const FileRange& of) {
  std::vector<FileRange> ranges{of};
  uint64_t lines = of.first_line.value_or(0);
  ranges.back().first_line = lines;
  const uint64_t last = std::min(of.end, file.size());
  for (uint64_t at = of.start; at < last;) {
    const std::string piece =
        file.Read(at, static_cast<size_t>(std::min<uint64_t>(kPiece, last - at)));
    if (piece.empty()) break;
    for (size_t end = piece.find('\n'); end != std::string::npos; end = piece.find('\n', end + 1)) {
      ++lines;
      const uint64_t next = at + end + 1;
      if (next - ranges.back().start >= bytes && next < last) Cut(ranges, next, lines);
    }
    at += piece.size();
  }
  return ranges;
}

}  // namespace

Result<std::vector<FileRange>> SplitFile(const std::string& path, uint64_t bytes,
                                         const FileRange& of) {
  Result<File> file = File::Open(path);
  if (!file) return file.error();
  if (of.start < file->size() && std::min(of.end, file->size()) - of.start > bytes) {
    const std::string head = file->Read(of.start, kPiece);
    if (FindMember(head) == size_t{0}) return SplitWarc(*file, bytes, of);
    if (of.first_line || LooksLikeJsonLines(head)) return SplitLines(*file, bytes, of);
  }
  return std::vector<FileRange>{of};
}

}  // namespace kronik::cli
