#include "warc/warc.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "warc/header_lines.h"

namespace kronik {
namespace {

constexpr size_t kMaxHeader = 64u << 10;
constexpr size_t kPiece = 1u << 16;
constexpr std::string_view kMagic = "WARC/";

bool KeepsBlock(std::string_view type) {
  return type == "response" || type == "resource" || type == "conversion";
}

bool IsVersion(std::string_view line) {
  return line.size() >= 8 && line.starts_with(kMagic) && (line[5] == '0' || line[5] == '1') &&
         line[6] == '.';
}

}  // namespace

struct WarcReader::Header {
  WarcRecord record;
  uint64_t length = 0;  // of the block
  size_t size = 0;      // of the header in the buffer, the empty line included
};

std::string WarcPosition::ToString() const {
  return std::to_string(offset) + (within > 0 ? "+" + std::to_string(within) : "");
}

bool LooksLikeWarc(std::string_view bytes) { return IsVersion(bytes.substr(0, 16)); }

WarcReader::WarcReader(Unpacker& unpacker, std::string head, size_t max_block_bytes)
    : unpacker_(unpacker), max_block_bytes_(max_block_bytes), buffer_(std::move(head)) {}

// Gets more of the member; false at its end, and where the compressed data is damaged.
bool WarcReader::Fill() {
  if (member_ended_ || damage_) return false;
  if (at_ > kPiece && at_ > buffer_.size() / 2) {
    buffer_.erase(0, at_);
    before_ += at_;
    at_ = 0;
  }
  const size_t before = buffer_.size();
  buffer_.resize(before + kPiece);
  Result<size_t> count = unpacker_.Read(buffer_.data() + before, kPiece);
  buffer_.resize(before + (count ? *count : 0));
  if (!count) {
    damage_ = count.error();
    return false;
  }
  member_ended_ = *count == 0;
  return !member_ended_;
}

// Whether `count` bytes lie ahead, after getting what there is.
bool WarcReader::Has(size_t count) {
  while (buffer_.size() - at_ < count) {
    if (!Fill()) return false;
  }
  return true;
}

// Goes to the next byte that is no part of an empty line; false at the member's end.
bool WarcReader::SkipNewlines() {
  for (;; ++at_) {
    if (!Has(1)) return false;
    if (buffer_[at_] != '\r' && buffer_[at_] != '\n') return true;
  }
}

// Goes to the next line of the member that begins a record; false if it has none.
bool WarcReader::FindLine() {
  constexpr std::string_view kLine = "\nWARC/";
  for (;;) {
    const size_t found = ahead().find(kLine);
    if (found != std::string_view::npos) {
      at_ += found + 1;
      return true;
    }
    at_ = std::max(at_, buffer_.size() - std::min(buffer_.size(), kLine.size() - 1));
    if (!Fill()) return false;
  }
}

// Goes to the next member, past damage where there is any; false at the end.
Result<bool> WarcReader::NextMember() {
  Result<bool> found = false;
  if (damage_) {
    const bool lost = damage_->code == ErrorCode::kIo || !unpacker_.packed();
    damage_.reset();
    damage_told_ = false;
    if (lost) return false;
    found = unpacker_.Resync(kMagic);
  } else {
    found = unpacker_.Next();
    if (!found) damage_ = found.error();
  }
  buffer_.clear();
  at_ = 0;
  before_ = 0;
  member_ended_ = false;
  return found;
}

Result<std::optional<WarcRecord>> WarcReader::Next() {
  while (!ended_) {
    if (rescan_) {
      rescan_ = false;
      ++at_;
      if (!FindLine()) at_ = buffer_.size();
    }
    if (!SkipNewlines()) {
      position_ = PositionOf(before_ + at_);
      if (damage_ && !damage_told_) {
        damage_told_ = searching_ = true;
        return Error{damage_->code, damage_->message, position_.ToString()};
      }
      Result<bool> more = NextMember();
      if (!more && !damage_) {
        // Nothing can be found behind it.
        ended_ = true;
        return Error{more.error().code, more.error().message, std::to_string(unpacker_.offset())};
      }
      ended_ = more && !*more;
      continue;
    }
    position_ = PositionOf(before_ + at_);
    const bool told = searching_;
    Result<WarcRecord> record = ReadRecord();
    searching_ = rescan_;
    // What only looked like a record's beginning, inside damage that is told already.
    if (rescan_ && told) continue;
    if (!record) return record.error();
    return std::optional<WarcRecord>(std::move(*record));
  }
  return std::optional<WarcRecord>();
}

WarcPosition WarcReader::PositionOf(uint64_t within) const {
  if (!unpacker_.packed()) return {within, 0};
  return {unpacker_.offset(), within};
}

Error WarcReader::Broken(std::string message) const {
  return {ErrorCode::kInvalidInput, std::move(message), position_.ToString()};
}

Result<WarcReader::Header> WarcReader::ReadHeader() {
  Has(kMagic.size() + 3);
  if (!IsVersion(ahead())) return Broken("no WARC record begins here");
  size_t end = 0, seen = 0;
  while (end == 0) {
    end = EndOfHeader(ahead(), seen);
    seen = ahead().size();
    if (end > kMaxHeader || (end == 0 && seen > kMaxHeader)) {
      return Broken("the record's header is longer than 64 KiB");
    }
    if (end == 0 && !Fill()) {
      return Broken(damage_ ? damage_->message : "the record ends inside its header");
    }
  }
  Header header;
  header.size = end;
  WarcRecord& record = header.record;
  record.position = position_;
  bool sized = false;
  ForEachField(ahead().substr(0, end), [&](std::string_view name, std::string_view value) {
    if (name == "warc-type") {
      record.type = value;
    } else if (name == "warc-record-id") {
      record.id = value;
    } else if (name == "warc-target-uri") {
      // Old writers put it in angle brackets, as 1.0's grammar has it.
      if (value.size() > 2 && value.front() == '<' && value.back() == '>') {
        value = value.substr(1, value.size() - 2);
      }
      record.target_uri = value;
    } else if (name == "warc-date") {
      record.date = value;
    } else if (name == "content-type") {
      record.content_type = value;
    } else if (name == "content-length") {
      sized = !value.empty() && value.size() < 19 &&
              value.find_first_not_of("0123456789") == std::string_view::npos;
      if (sized) header.length = std::stoull(std::string(value));
    }
  });
  if (!sized) return Broken("the record has no valid Content-Length");
  return header;
}

Error WarcReader::SkipTooLarge(const WarcRecord& record, uint64_t length) {
  while (length > 0 && (at_ < buffer_.size() || Fill())) {
    const size_t step = static_cast<size_t>(std::min<uint64_t>(length, buffer_.size() - at_));
    at_ += step;
    length -= step;
  }
  return {ErrorCode::kLimit,
          "the record" + (record.target_uri.empty() ? "" : " of " + record.target_uri) +
              " is larger than " + std::to_string(max_block_bytes_ >> 20) + " MiB",
          position_.ToString()};
}

Result<WarcRecord> WarcReader::ReadRecord() {
  Result<Header> header = ReadHeader();
  const auto broken = [&](Error error) {
    rescan_ = true;
    damage_told_ = damage_.has_value();  // with the record that it broke
    return error;
  };
  if (!header) return broken(header.error());
  WarcRecord& record = header->record;
  const bool keeps = KeepsBlock(record.type);
  if (header->length > max_block_bytes_) {
    at_ += header->size;
    if (keeps) return SkipTooLarge(record, header->length);
    SkipTooLarge(record, header->length);
    return std::move(record);
  }
  const size_t length = static_cast<size_t>(header->length);
  // Nothing is consumed before the record is known to be whole, so that one whose length is wrong
  // hides none of those behind it.
  if (!Has(header->size + length)) {
    return broken(Broken(damage_ ? damage_->message : "the record ends before its Content-Length"));
  }
  // Two line ends close a record. Where a writer left some out, the next record has to follow.
  size_t next = header->size + length;
  const size_t limit = next + 16;
  int line_ends = 0;
  while (next < limit && Has(next + 1) && (ahead()[next] == '\r' || ahead()[next] == '\n')) {
    line_ends += ahead()[next++] == '\n';
  }
  Has(next + kMagic.size());
  const std::string_view follows = ahead().substr(next, kMagic.size());
  if (line_ends < 2 && follows != kMagic.substr(0, follows.size())) {
    return broken(Broken("the record's Content-Length is wrong"));
  }
  if (keeps) record.block = ahead().substr(header->size, length);
  at_ += next;
  return std::move(record);
}

}  // namespace kronik
