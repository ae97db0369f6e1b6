#include "warc/members.h"

#include <array>
#include <string>

#include "stream/unpacker.h"
#include "warc/warc.h"

namespace kronik {
namespace {

// Enough for the header of a gzip member and the first block of a small record.
constexpr size_t kHead = 64u << 10;

bool BeginsRecord(std::string_view bytes) {
  MemorySource source(std::string(bytes.substr(0, kHead)));
  Unpacker unpacker(source);
  const Result<bool> opened = unpacker.Next();
  std::array<char, 16> head{};
  size_t size = 0;
  while (opened && *opened && size < head.size()) {
    const Result<size_t> count = unpacker.Read(head.data() + size, head.size() - size);
    if (!count || *count == 0) break;
    size += *count;
  }
  return LooksLikeWarc({head.data(), size});
}

}  // namespace

std::optional<size_t> FindMember(std::string_view bytes) {
  constexpr std::string_view kMagic = "\x1F\x8B\x08";
  for (size_t at = bytes.find(kMagic); at != std::string_view::npos;
       at = bytes.find(kMagic, at + 1)) {
    if (BeginsRecord(bytes.substr(at))) return at;
  }
  return std::nullopt;
}

}  // namespace kronik
