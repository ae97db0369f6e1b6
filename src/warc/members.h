// Where a WARC file may be cut, so that several machines may read it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace kronik {

// The first place in `bytes`, which may be any stretch of a file, at which a gzip member begins
// whose content begins with a WARC record.
std::optional<size_t> FindMember(std::string_view bytes);

}  // namespace kronik
