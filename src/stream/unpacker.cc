#include "stream/unpacker.h"

#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

namespace kronik {
namespace {

constexpr size_t kBehind = 1 << 20;  // kept, so that Resync can go back
constexpr size_t kPiece = 1 << 17;
constexpr size_t kMaxDictionary = 64u << 20;
constexpr uint64_t kFreeRatio = 64u << 20;
constexpr uint64_t kMaxRatio = 2000;  // gzip's own bound is about 1030
// Each trial of Resync may unpack a block, so a source made of false starts must not have many.
constexpr int kMaxTrials = 1000;

constexpr std::string_view kGzipMagic = "\x1F\x8B\x08";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
constexpr unsigned char kDictionaryMagic = 0x5D;  // the first byte of 0x184D2A5D

bool IsSkippable(std::string_view bytes) {
  return bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0) == 0x50 &&
         bytes.substr(1, 3) == "\x2A\x4D\x18";
}

Error Damaged(std::string message) { return {ErrorCode::kInvalidInput, std::move(message), ""}; }
// What ISA-L's codes mean.
std::string_view GzipFault(int code) {
  switch (code) {
    case ISAL_INVALID_BLOCK:
      return "invalid block";
    case ISAL_INVALID_SYMBOL:
      return "invalid symbol";
    case ISAL_INVALID_LOOKBACK:
      return "invalid distance too far back";
    case ISAL_INVALID_WRAPPER:
      return "incorrect header";
    case ISAL_UNSUPPORTED_METHOD:
      return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM:
      return "incorrect data check";
    default:
      return "damaged";
  }
}

Error CutOff() { return Damaged("the compressed data ends too soon"); }
Error Bomb() { return {ErrorCode::kLimit, "unpacks to over 2000 times its size", ""}; }

}  // namespace

struct Unpacker::Codecs {
  ~Codecs() { ZSTD_freeDCtx(zstd); }
  std::unique_ptr<inflate_state> gzip;  // made when first needed: it is large
  int gzip_fault = ISAL_DECOMP_OK;      // of the member in hand
  ZSTD_DCtx* zstd = nullptr;
};

Unpacker::Unpacker(ByteSource& source, uint64_t start)
    : source_(source), codecs_(std::make_unique<Codecs>()), raw_offset_(start) {}
Unpacker::~Unpacker() = default;

Result<void> Unpacker::Fill() {
  if (at_ > 2 * kBehind) {
    const size_t gone = at_ - kBehind;
    raw_.erase(0, gone);
    at_ -= gone;
    raw_offset_ += gone;
  }
  const size_t before = raw_.size();
  raw_.resize(before + kPiece);
  Result<size_t> count = source_.Read(raw_.data() + before, kPiece);
  raw_.resize(before + (count ? *count : 0));
  if (!count) return count.error();
  source_ended_ = *count == 0;
  return {};
}

Result<void> Unpacker::Want(size_t count) {
  while (raw_.size() - at_ < count && !source_ended_) {
    if (Result<void> filled = Fill(); !filled) return filled;
  }
  return {};
}

Result<bool> Unpacker::Next() {
  if (started_ && form_ == Form::kPlain) return false;
  for (;;) {
    if (Result<void> wanted = Want(8); !wanted) return wanted.error();
    if (IsSkippable(pending())) {
      if (Result<void> taken = TakeSkippable(); !taken) return taken.error();
      started_ = true;
      form_ = Form::kZstd;
    } else if (started_ && !pending().empty() && pending().front() == '\0') {
      ++at_;  // what pads the blocks of a tape
    } else {
      return OpenMember();
    }
  }
}

Result<bool> Unpacker::OpenMember() {
  member_ = position();
  unpacked_ = 0;
  if (pending().empty()) return false;
  member_ended_ = false;
  if (pending().starts_with(kGzipMagic)) {
    form_ = Form::kGzip;
    if (codecs_->gzip == nullptr) codecs_->gzip = std::make_unique<inflate_state>();
    isal_inflate_init(codecs_->gzip.get());
    codecs_->gzip->crc_flag = ISAL_GZIP;
    codecs_->gzip_fault = ISAL_DECOMP_OK;
  } else if (pending().starts_with(kZstdMagic)) {
    form_ = Form::kZstd;
    if (codecs_->zstd == nullptr) codecs_->zstd = ZSTD_createDCtx();
    if (codecs_->zstd == nullptr) return Error{ErrorCode::kIo, "no memory for zstd", ""};
    ZSTD_DCtx_reset(codecs_->zstd, ZSTD_reset_session_only);
  } else if (started_) {
    member_ended_ = true;
    return Damaged("what follows is neither gzip nor zstd");
  } else {
    form_ = Form::kPlain;
  }
  started_ = true;
  return true;
}

Result<void> Unpacker::TakeSkippable() {
  member_ = position();
  if (pending().size() < 8) return CutOff();
  uint32_t size = 0;
  for (size_t i = 8; i-- > 4;) size = size << 8 | static_cast<unsigned char>(pending()[i]);
  const bool dictionary =
      !started_ && static_cast<unsigned char>(pending().front()) == kDictionaryMagic;
  at_ += 8;
  if (dictionary) {
    if (size > kMaxDictionary) {
      return Error{ErrorCode::kLimit, "a zstd dictionary of over 64 MiB", ""};
    }
    if (Result<void> wanted = Want(size); !wanted) return wanted;
    if (pending().size() < size) return CutOff();
    Result<void> loaded = LoadDictionary(pending().substr(0, size));
    at_ += size;
    return loaded;
  }
  while (size > 0) {
    if (Result<void> wanted = Want(1); !wanted) return wanted;
    if (pending().empty()) return CutOff();
    const size_t step = std::min<size_t>(size, pending().size());
    at_ += step;
    size -= static_cast<uint32_t>(step);
  }
  return {};
}

Result<void> Unpacker::LoadDictionary(std::string_view bytes) {
  codecs_->zstd = ZSTD_createDCtx();
  if (codecs_->zstd == nullptr) return Error{ErrorCode::kIo, "no memory for zstd", ""};
  std::string unpacked;
  if (bytes.starts_with(kZstdMagic)) {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    size_t hint = 1;
    while (hint != 0) {
      const size_t before = unpacked.size();
      if (before >= kMaxDictionary) {
        return Error{ErrorCode::kLimit, "a zstd dictionary of over 64 MiB", ""};
      }
      unpacked.resize(before + kPiece);
      ZSTD_outBuffer output{unpacked.data() + before, kPiece, 0};
      hint = ZSTD_decompressStream(codecs_->zstd, &output, &input);
      unpacked.resize(before + output.pos);
      if (ZSTD_isError(hint)) return Damaged("the zstd dictionary is damaged");
      if (hint != 0 && output.pos == 0 && input.pos == input.size) return CutOff();
    }
    bytes = unpacked;
  }
  if (ZSTD_isError(ZSTD_DCtx_loadDictionary(codecs_->zstd, bytes.data(), bytes.size()))) {
    return Damaged("the zstd dictionary is damaged");
  }
  return {};
}

Result<size_t> Unpacker::Read(char* to, size_t size) {
  if (member_ended_ || size == 0) return size_t{0};
  if (form_ == Form::kPlain) {
    if (Result<void> wanted = Want(1); !wanted) return wanted.error();
    const size_t count = pending().copy(to, size);
    at_ += count;
    unpacked_ += count;
    member_ended_ = count == 0;
    return count;
  }
  Result<size_t> count = form_ == Form::kGzip ? ReadGzip(to, size) : ReadZstd(to, size);
  if (!count) return count;
  unpacked_ += *count;
  if (unpacked_ > kFreeRatio && unpacked_ / kMaxRatio > position() - member_) return Bomb();
  return count;
}

Result<size_t> Unpacker::ReadGzip(char* to, size_t size) {
  inflate_state& gzip = *codecs_->gzip;
  size = std::min<size_t>(size, std::numeric_limits<uint32_t>::max());
  gzip.next_out = reinterpret_cast<uint8_t*>(to);
  gzip.avail_out = static_cast<uint32_t>(size);
  while (gzip.avail_out == size && codecs_->gzip_fault == ISAL_DECOMP_OK) {
    if (Result<void> wanted = Want(1); !wanted) return wanted.error();
    if (pending().empty()) return CutOff();
    gzip.next_in = reinterpret_cast<uint8_t*>(raw_.data() + at_);
    gzip.avail_in = static_cast<uint32_t>(pending().size());
    const int code = isal_inflate(&gzip);
    at_ = raw_.size() - gzip.avail_in;
    if (code < 0) {
      codecs_->gzip_fault = code;
    } else if (gzip.block_state == ISAL_BLOCK_FINISH) {
      member_ended_ = true;
      break;
    }
  }
  const size_t count = size - gzip.avail_out;
  // What came before the damage counts.
  if (codecs_->gzip_fault != ISAL_DECOMP_OK && count == 0) {
    return Damaged("gzip: " + std::string(GzipFault(codecs_->gzip_fault)));
  }
  return count;
}

Result<size_t> Unpacker::ReadZstd(char* to, size_t size) {
  ZSTD_outBuffer output{to, size, 0};
  while (output.pos == 0) {
    if (Result<void> wanted = Want(1); !wanted) return wanted.error();
    ZSTD_inBuffer input{raw_.data() + at_, pending().size(), 0};
    const size_t hint = ZSTD_decompressStream(codecs_->zstd, &output, &input);
    at_ += input.pos;
    if (ZSTD_isError(hint)) return Damaged(std::string("zstd: ") + ZSTD_getErrorName(hint));
    if (hint == 0) {
      member_ended_ = true;
      break;
    }
    if (output.pos == 0 && pending().empty() && source_ended_) return CutOff();
  }
  return output.pos;
}

Result<bool> Unpacker::Resync(std::string_view start) {
  if (form_ == Form::kPlain) return false;
  uint64_t from = std::max(member_ + 1, raw_offset_);
  if (position() > kBehind) from = std::max(from, position() - kBehind);
  // zstd may have refused the member without taking a byte of it.
  at_ = std::min(static_cast<size_t>(from - raw_offset_), raw_.size());
  for (;;) {
    if (Result<void> wanted = Want(kGzipMagic.size() + 1); !wanted) return wanted.error();
    const std::string_view rest = pending();
    if (rest.size() <= kGzipMagic.size()) return false;
    const size_t found = rest.find_first_of("\x1F\x28");
    if (found != 0) {
      at_ += std::min(found, rest.size());
      continue;
    }
    if (!rest.starts_with(kGzipMagic) && !rest.starts_with(kZstdMagic)) {
      ++at_;
      continue;
    }
    if (++trials_ > kMaxTrials) {
      return Error{ErrorCode::kLimit, "too damaged: a thousand false beginnings of records", ""};
    }
    const uint64_t candidate = position();
    Result<bool> opened = OpenMember();
    if (!opened) return opened;
    std::string head(start.size(), '\0');
    size_t count = 0;
    while (count < start.size()) {
      Result<size_t> read = Read(head.data() + count, start.size() - count);
      if (!read || *read == 0) break;
      count += *read;
      // A gzip header's name may be endless; one of an archive is not.
      if (position() - candidate > kBehind / 2) break;
    }
    const bool right = count == start.size() && head == start;
    if (candidate < raw_offset_) return Error{ErrorCode::kLimit, "too damaged", ""};
    at_ = static_cast<size_t>(candidate - raw_offset_);
    if (right) return OpenMember();
    ++at_;
  }
}

}  // namespace kronik
