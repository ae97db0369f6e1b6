// The page in a WARC record.
#pragma once

#include <optional>

#include "kronik/document.h"
#include "kronik/result.h"
#include "warc/warc.h"

namespace kronik {

// The page that the record holds: the body of an HTTP response of success (2xx) whose Content-Type
// is HTML, its transfer and content codings undone; or a resource or conversion of that type.
// Nothing for any other record. `url` is the target URI, `content_type` the HTTP header's; the
// caller gives the name.
// Errors: kInvalidInput for a response that is no HTTP message or can't be decoded; kLimit for a
// page of more than `max_bytes`.
Result<std::optional<Input>> PageOf(WarcRecord record, size_t max_bytes);

}  // namespace kronik
