// WarcReader: the records of a WARC file (ISO 28500; versions 1.0 and 1.1), one at a time.
//
//   WarcReader reader(unpacker, max_block_bytes);
//   for (;;) {
//     Result<std::optional<WarcRecord>> record = reader.Next();
//     if (!record) { Complain(record.error()); continue; }  // the reader goes on behind the damage
//     if (!*record) break;
//     ...
//   }
//
// Forms:  plain; gzip or zstd with a member for each record or for all; a zstd dictionary in front.
// Damage: a record that is cut off or whose lengths don't fit is an error, whose `where` is its
//         position; the next record is looked for at the next member that begins with a record, or
//         the next line that begins with "WARC/". All up to the next whole record is one error.
// Limits: 64 KiB of header; a block over `max_block_bytes` is an error (kLimit) and is passed over.
// Memory: constant: one record and what the Unpacker holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kronik/result.h"
#include "stream/unpacker.h"

namespace kronik {

// Where a record begins: in the file, in bytes; and, where it lies inside a compressed member with
// others, how many unpacked bytes of the member come before it.
struct WarcPosition {
  uint64_t offset = 0;
  uint64_t within = 0;
  std::string ToString() const;  // "1234", or "0+5678"
};

struct WarcRecord {
  WarcPosition position;
  std::string type;  // "response"
  std::string id;    // "<urn:uuid:...>"
  std::string target_uri;
  std::string date;
  std::string content_type;
  std::string block;  // of a response, resource or conversion; else empty
};

// Whether a file's unpacked bytes are those of a WARC file.
bool LooksLikeWarc(std::string_view bytes);

class WarcReader {
 public:
  // `unpacker` must outlive the reader and stand in its first member, of which `head` are the bytes
  // that were read already.
  WarcReader(Unpacker& unpacker, std::string head, size_t max_block_bytes);

  // The next record; nothing at the end.
  Result<std::optional<WarcRecord>> Next();

 private:
  struct Header;

  bool Fill();
  bool Has(size_t count);
  bool SkipNewlines();
  bool FindLine();
  Result<bool> NextMember();
  Result<Header> ReadHeader();
  Result<WarcRecord> ReadRecord();
  Error SkipTooLarge(const WarcRecord& record, uint64_t length);
  Error Broken(std::string message) const;
  WarcPosition PositionOf(uint64_t within) const;
  std::string_view ahead() const { return std::string_view(buffer_).substr(at_); }

  Unpacker& unpacker_;
  const size_t max_block_bytes_;
  std::string buffer_;   // unpacked bytes of the member
  size_t at_ = 0;        // the first that is not consumed
  uint64_t before_ = 0;  // unpacked bytes of the member before buffer_
  bool member_ended_ = false;
  bool rescan_ = false;     // the record at at_ is broken: look for another behind its first byte
  bool searching_ = false;  // no whole record was found since the last damage that was told
  bool ended_ = false;
  std::optional<Error> damage_;  // of the compressed data, met after what is in buffer_
  bool damage_told_ = false;
  WarcPosition position_;  // of the record in hand
};

}  // namespace kronik
