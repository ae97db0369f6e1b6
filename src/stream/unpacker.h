// Unpacker: a source plain, gzip- or zstd-compressed, by its first bytes, one member at a time.
//
// A gzip file is a row of members and a zstd file one of frames; both are called members here. A
// plain source is one member. A WARC file has a member for each record, so its reader needs their
// bounds and their places; who doesn't goes on with Next() when Read() gives nothing.
//
//   Unpacker unpacker(source);
//   for (Result<bool> more = unpacker.Next(); more && *more; more = unpacker.Next()) {
//     ... unpacker.Read(buffer, size) until it returns 0
//   }
//
// zstd:   skippable frames are skipped; one with the magic 0x184D2A5D at the source's start holds a
//         dictionary for the frames that follow, itself zstd-compressed or not (IIPC, "Zstandard
//         for WARC").
// Limits: a member that unpacks to over two thousand times its size, beyond the first 64 MiB, is an
//         error; so is a dictionary over 64 MiB.
// Memory: constant, about 2 MiB and the decompressor's window (at most 128 MiB).
// Errors: kInvalidInput for bytes that are damaged or end too soon, kLimit, kIo.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "kronik/result.h"
#include "stream/source.h"

namespace kronik {

class Unpacker {
 public:
  // `source` must outlive the unpacker. Where it is a file's bytes from a later member on, `start`
  // is that member's offset.
  explicit Unpacker(ByteSource& source, uint64_t start = 0);
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  // Goes to the next member; the one in hand has to be read to its end. False at the source's end.
  Result<bool> Next();

  // Writes at most `size` unpacked bytes of the member to `to`; returns how many, 0 at its end.
  Result<size_t> Read(char* to, size_t size);

  // After an error in a packed source: goes to the next member whose bytes begin with `start`,
  // looking for it from the byte after the damaged member's first, or from 1 MiB back if that is
  // later. False if there is none.
  Result<bool> Resync(std::string_view start);

  // Whether there is a member in hand that is not read to its end.
  bool inside() const { return !member_ended_; }
  // Where the member begins in the file, in bytes.
  uint64_t offset() const { return member_; }
  // Whether the member is compressed.
  bool packed() const { return form_ != Form::kPlain; }

 private:
  enum class Form { kPlain, kGzip, kZstd };
  struct Codecs;

  Result<void> Want(size_t count);  // has `count` raw bytes at hand, where the source has as many
  Result<void> Fill();
  std::string_view pending() const { return std::string_view(raw_).substr(at_); }
  uint64_t position() const { return raw_offset_ + at_; }
  Result<bool> OpenMember();
  Result<void> TakeSkippable();
  Result<void> LoadDictionary(std::string_view bytes);
  Result<size_t> ReadGzip(char* to, size_t size);
  Result<size_t> ReadZstd(char* to, size_t size);

  ByteSource& source_;
  std::unique_ptr<Codecs> codecs_;
  std::string raw_;      // bytes of the source: up to 1 MiB behind at_, and what is ahead
  size_t at_ = 0;        // the next one to be unpacked
  uint64_t raw_offset_;  // of raw_[0] in the file
  bool source_ended_ = false;
  bool started_ = false;
  bool member_ended_ = true;
  Form form_ = Form::kPlain;
  uint64_t member_ = 0;
  uint64_t unpacked_ = 0;  // bytes of the member so far
  int trials_ = 0;
};

}  // namespace kronik
