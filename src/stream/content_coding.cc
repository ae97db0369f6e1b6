#include "stream/content_coding.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <memory>
#include <vector>

#include "base/ascii.h"

namespace kronik {
namespace {

constexpr size_t kPiece = 1 << 16;

// Calls step(out, size) -> bytes written, until it writes none; false over the limit.
template <typename Step>
bool Collect(std::string& out, size_t max_bytes, Step step) {
  for (;;) {
    const size_t before = out.size();
    out.resize(before + kPiece);
    const size_t count = step(out.data() + before, kPiece);
    out.resize(before + count);
    if (out.size() > max_bytes) return false;
    if (count == 0) return true;
  }
}

bool Inflate(std::string_view body, int window_bits, size_t max_bytes, std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return true;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ending(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  return Collect(out, max_bytes, [&](char* to, size_t size) {
    stream.next_out = reinterpret_cast<Bytef*>(to);
    stream.avail_out = static_cast<uInt>(size);
    const int code = inflate(&stream, Z_NO_FLUSH);
    if (code == Z_DATA_ERROR || code == Z_MEM_ERROR || code == Z_NEED_DICT) stream.avail_in = 0;
    return size - stream.avail_out;
  });
}

bool Unbrotli(std::string_view body, size_t max_bytes, std::string& out) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  size_t left = body.size();
  const auto* in = reinterpret_cast<const uint8_t*>(body.data());
  return Collect(out, max_bytes, [&](char* to, size_t size) {
    size_t room = size;
    auto* next = reinterpret_cast<uint8_t*>(to);
    BrotliDecoderDecompressStream(state.get(), &left, &in, &room, &next, nullptr);
    return size - room;
  });
}

bool Unzstd(std::string_view body, size_t max_bytes, std::string& out) {
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                   ZSTD_freeDCtx);
  ZSTD_inBuffer input{body.data(), body.size(), 0};
  return Collect(out, max_bytes, [&](char* to, size_t size) {
    ZSTD_outBuffer output{to, size, 0};
    while (output.pos == 0 && input.pos < input.size) {
      if (ZSTD_isError(ZSTD_decompressStream(context.get(), &output, &input))) break;
    }
    // What the decoder still holds comes without further input.
    if (output.pos == 0) ZSTD_decompressStream(context.get(), &output, &input);
    return output.pos;
  });
}

std::vector<std::string> Names(std::string_view codings) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : AsciiLower(codings) + ",") {
    if (c == ',') {
      if (!name.empty() && name != "identity") names.push_back(name);
      name.clear();
    } else if (c != ' ' && c != '\t') {
      name += c;
    }
  }
  return names;
}

bool LooksLikeText(std::string_view body) {
  const size_t first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first != std::string_view::npos && body[first] == '<';
}

}  // namespace

Result<std::string> DecodeContent(std::string_view codings, std::string body, size_t max_bytes) {
  std::vector<std::string> names = Names(codings);
  if (names.size() > 3) return Error{ErrorCode::kLimit, "over three content codings", ""};
  for (; !names.empty(); names.pop_back()) {
    const std::string& name = names.back();
    std::string out;
    bool fits = true;
    if (name == "gzip" || name == "x-gzip") {
      if (!body.starts_with("\x1F\x8B")) continue;
      fits = Inflate(body, 15 + 16, max_bytes, out);
    } else if (name == "deflate") {
      // The header of zlib: the method 8 and a sum divisible by 31 (RFC 1950).
      const bool zlib =
          body.size() >= 2 && (body[0] & 0x0F) == 8 &&
          (static_cast<unsigned char>(body[0]) * 256 + static_cast<unsigned char>(body[1])) % 31 ==
              0;
      fits = Inflate(body, zlib ? 15 : -15, max_bytes, out);
    } else if (name == "br") {
      fits = Unbrotli(body, max_bytes, out);
    } else if (name == "zstd") {
      if (!body.starts_with("\x28\xB5\x2F\xFD")) continue;
      fits = Unzstd(body, max_bytes, out);
    } else {
      return Error{ErrorCode::kUnsupported, "the content coding " + name + " is not known", ""};
    }
    if (!fits) return Error{ErrorCode::kLimit, "the body unpacks to too much", ""};
    if (out.empty() && !body.empty()) {
      if (LooksLikeText(body)) continue;
      return Error{ErrorCode::kInvalidInput, "the body is not " + name, ""};
    }
    body = std::move(out);
  }
  return body;
}

}  // namespace kronik
