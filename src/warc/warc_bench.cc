// Reads archives made of the pages beside the checkout, from memory, and beside each what its
// decompressor alone makes of the same bytes. `bytes_per_second` counts what comes out.
#include <benchmark/benchmark.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/pages_bench.h"
#include "stream/packing.h"
#include "stream/source.h"
#include "stream/unpacker.h"
#include "warc/page_record.h"
#include "warc/warc.h"

namespace kronik {
namespace {

constexpr size_t kMaxBlock = 64u << 20;
// A response with each page.
const std::vector<std::string>& Records() {
  static const std::vector<std::string> records = [] {
    std::vector<std::string> made;
    for (const std::string& page : PagesBesideTheCheckout()) {
      const std::string block =
          "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page;
      made.push_back(
          "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
          "WARC-Target-URI: http://news.example/1\r\nWARC-Date: 2025-01-14T09:30:00Z\r\n"
          "Content-Type: application/http; msgtype=response\r\nContent-Length: " +
          std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n");
    }
    return made;
  }();
  return records;
}

using Pack = std::string (*)(std::string_view);

std::string Plain(std::string_view bytes) { return std::string(bytes); }
std::string ZstdFrame(std::string_view bytes) { return Zstd(bytes); }

// The archive's members.
std::vector<std::string> Members(Pack pack) {
  std::vector<std::string> members;
  for (const std::string& record : Records()) members.push_back(pack(record));
  return members;
}

size_t UnpackedBytes() {
  size_t bytes = 0;
  for (const std::string& record : Records()) bytes += record.size();
  return bytes;
}

// Bytes of memory, as a file gives them.
class Borrowed : public ByteSource {
 public:
  explicit Borrowed(std::string_view bytes) : left_(bytes) {}
  Result<size_t> Read(char* to, size_t size) override {
    const size_t count = left_.copy(to, size);
    left_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view left_;
};

void Count(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * UnpackedBytes()));
}

// The reader, up to the page of each record.
void Reader(benchmark::State& state, Pack pack) {
  if (Records().empty()) return state.SkipWithError("no pages beside the checkout");
  std::string archive;
  for (const std::string& member : Members(pack)) archive += member;
  for (auto _ : state) {
    Borrowed source(archive);
    Unpacker unpacker(source);
    size_t pages = 0;
    if (!unpacker.Next()) return state.SkipWithError("no member");
    WarcReader reader(unpacker, "", kMaxBlock);
    for (auto record = reader.Next(); record && *record; record = reader.Next()) {
      auto page = PageOf(std::move(**record), kMaxBlock);
      pages += page && *page;
    }
    if (pages != Records().size()) return state.SkipWithError("pages are missing");
  }
  Count(state);
}

void Inflate(std::string_view packed, std::string& to) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(to.data());
  stream.avail_out = static_cast<uInt>(to.size());
  inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
}

void Unzstd(std::string_view packed, std::string& to) {
  ZSTD_decompress(to.data(), to.size(), packed.data(), packed.size());
}

void Copy(std::string_view bytes, std::string& to) { bytes.copy(to.data(), to.size()); }

// The decompressor alone, into one buffer that is large enough.
void Alone(benchmark::State& state, Pack pack, void (*unpack)(std::string_view, std::string&)) {
  const std::vector<std::string> members = Members(pack);
  size_t most = 0;
  for (const std::string& record : Records()) most = std::max(most, record.size());
  std::string to(most, '\0');
  for (auto _ : state) {
    for (const std::string& member : members) {
      unpack(member, to);
      benchmark::DoNotOptimize(to.data());
      benchmark::ClobberMemory();
    }
  }
  Count(state);
}

BENCHMARK_CAPTURE(Reader, plain, Plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Alone, plain_memcpy, Plain, Copy)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Reader, gzip, Gzip)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Alone, gzip_zlib, Gzip, Inflate)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Reader, zstd, ZstdFrame)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Alone, zstd_libzstd, ZstdFrame, Unzstd)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kronik
