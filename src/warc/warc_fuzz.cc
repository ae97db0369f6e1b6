// Any bytes as a WARC file: the reader ends, stays within its limits, and reads a sound file the
// same whatever the pieces in which its bytes come (how much comes of a damaged member may differ).
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

struct Outcome {
  std::string seen;
  size_t errors = 0;
};

Outcome ReadAll(std::string_view bytes, size_t piece) {
  constexpr size_t kMaxBlock = 1 << 16;
  Outcome outcome;
  Trickle source(bytes, piece);
  kronik::Unpacker unpacker(source);
  const kronik::Result<bool> any = unpacker.Next();
  if (!any || !*any) return outcome;
  kronik::WarcReader reader(unpacker, "", kMaxBlock);
  for (;;) {
    kronik::Result<std::optional<kronik::WarcRecord>> record = reader.Next();
    if (!record) {
      // Each error is the end of a member, or stands for a record.
      if (++outcome.errors > 3 * bytes.size() + 3000) std::abort();
      continue;
    }
    if (!*record) return outcome;
    if ((*record)->block.size() > kMaxBlock) std::abort();
    outcome.seen += (*record)->position.ToString() + " " + (*record)->id + "\n";
    kronik::Result<std::optional<kronik::Input>> page =
        kronik::PageOf(std::move(**record), kMaxBlock);
    if (page && *page) outcome.seen += (*page)->bytes + "\n";
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome whole = ReadAll(bytes, size + 1), pieces = ReadAll(bytes, 7);
  if (whole.errors + pieces.errors == 0 && whole.seen != pieces.seen) std::abort();
  return 0;
}
