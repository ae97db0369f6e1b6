#include "warc/page_record.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "stream/content_coding.h"
#include "warc/header_lines.h"

namespace kronik {
namespace {

// Whether the media type is HTML; without one, whether the bytes begin with a tag.
bool IsHtml(std::string_view content_type, std::string_view body) {
  const std::string type = AsciiLower(content_type.substr(0, content_type.find(';')));
  if (type.find("html") != std::string::npos) return true;
  const size_t first = body.find_first_not_of(" \t\r\n");
  return type.empty() && first != std::string_view::npos && body[first] == '<';
}

// Undoes the chunked transfer coding (RFC 9112, section 7.1). Archives also hold bodies that are
// whole already under its header: those come back as they are. Of a body that is cut short comes
// what there is.
std::string Dechunk(std::string body) {
  std::string out;
  for (size_t at = 0; at < body.size();) {
    size_t size = 0;
    const char* const last = body.data() + body.size();
    const auto [end, error] = std::from_chars(body.data() + at, last, size, 16);
    if (error != std::errc()) break;
    const size_t line = body.find('\n', static_cast<size_t>(end - body.data()));
    // A chunk's extensions are short; more is no chunked body.
    if (line == std::string::npos || line - at > 4096) break;
    if (size == 0) return out;
    at = line + 1;
    out.append(body, at, std::min(size, body.size() - at));
    if (size >= body.size() - at) return out;
    at += size;
    if (body.compare(at, 2, "\r\n") == 0) {
      at += 2;
    } else if (body[at] == '\n') {
      ++at;
    } else {
      break;
    }
  }
  return out.empty() ? body : out;
}

}  // namespace

Result<std::optional<Input>> PageOf(WarcRecord record, size_t max_bytes) {
  Input input;
  input.kind = InputKind::kHtml;
  input.url = record.target_uri;
  if (record.type == "resource" || record.type == "conversion") {
    if (!IsHtml(record.content_type, {})) return std::optional<Input>();
    input.content_type = record.content_type;
    input.bytes = std::move(record.block);
    return std::optional<Input>(std::move(input));
  }
  if (record.type != "response" ||
      !AsciiLower(record.content_type).starts_with("application/http")) {
    return std::optional<Input>();
  }
  const std::string_view block = record.block;
  if (!block.starts_with("HTTP/")) {
    return Error{ErrorCode::kInvalidInput, "the response is no HTTP message", ""};
  }
  const size_t space = std::min(block.find(' '), block.size());
  if (!block.substr(space).starts_with(" 2")) return std::optional<Input>();
  const size_t header = EndOfHeader(block);
  if (header == 0) {
    return Error{ErrorCode::kInvalidInput, "the response ends inside its HTTP header", ""};
  }
  std::string transfer, coding;
  ForEachField(block.substr(0, header), [&](std::string_view name, std::string_view value) {
    if (name == "content-type") input.content_type = value;
    if (name == "transfer-encoding") transfer = AsciiLower(value);
    if (name == "content-encoding") coding = value;
  });
  // Before the work of decoding a picture.
  if (!input.content_type.empty() && !IsHtml(input.content_type, {})) {
    return std::optional<Input>();
  }
  record.block.erase(0, header);
  if (transfer.find("chunked") != std::string::npos)
    record.block = Dechunk(std::move(record.block));
  Result<std::string> body = DecodeContent(coding, std::move(record.block), max_bytes);
  if (!body) return body.error();
  if (!IsHtml(input.content_type, *body)) return std::optional<Input>();
  input.bytes = std::move(*body);
  return std::optional<Input>(std::move(input));
}

}  // namespace kronik
