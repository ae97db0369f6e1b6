// Any bytes as a WARC file: the reader ends, stays within its limits, and reads the same whatever
// the pieces in which the bytes come.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "warc/page_record.h"
#include "warc/warc.h"

namespace {

// Gives at most `piece` bytes at once.
class Trickle : public kronik::ByteSource {
 public:
  Trickle(std::string_view bytes, size_t piece) : bytes_(bytes), piece_(piece) {}
  kronik::Result<size_t> Read(char* to, size_t size) override {
    const size_t count = bytes_.copy(to, std::min(size, piece_), at_);
    at_ += count;
    return count;
  }

 private:
  std::string_view bytes_;
  size_t piece_, at_ = 0;
};

std::string ReadAll(std::string_view bytes, size_t piece) {
  constexpr size_t kMaxBlock = 1 << 16;
  std::string seen;
  Trickle source(bytes, piece);
  kronik::Unpacker unpacker(source);
  const kronik::Result<bool> any = unpacker.Next();
  if (!any || !*any) return seen;
  kronik::WarcReader reader(unpacker, "", kMaxBlock);
  // Every record and every error takes at least a byte of the unpacked bytes.
  for (;;) {
    kronik::Result<std::optional<kronik::WarcRecord>> record = reader.Next();
    if (!record) {
      seen += record.error().ToString() + "\n";
      continue;
    }
    if (!*record) return seen;
    if ((*record)->block.size() > kMaxBlock) std::abort();
    seen += (*record)->position.ToString() + " " + (*record)->id + "\n";
    kronik::Result<std::optional<kronik::Input>> page =
        kronik::PageOf(std::move(**record), kMaxBlock);
    if (page && *page) seen += (*page)->bytes + "\n";
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (ReadAll(bytes, size + 1) != ReadAll(bytes, 7)) std::abort();
  return 0;
}
