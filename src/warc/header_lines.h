// Header fields of WARC records and HTTP messages: "Name: value" lines up to an empty one.
#pragma once

#include <functional>
#include <string_view>

namespace kronik {

// The size of the header at the start of `bytes`, the empty line included; 0 if it does not end.
// `seen` bytes are known to hold no end. Lines end in CR LF or LF.
size_t EndOfHeader(std::string_view bytes, size_t seen = 0);

// Calls `take` with every field, its name in lower case and its value without outer blanks; folded
// lines are joined. The first line (the version or the status) is left out.
void ForEachField(std::string_view header,
                  const std::function<void(std::string_view name, std::string_view value)>& take);

}  // namespace kronik
