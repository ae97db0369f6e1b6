// The memory of a tree: strings that are freed with it.
#pragma once

#include <cstring>
#include <memory_resource>
#include <string_view>

namespace kronik::html {

using Arena = std::pmr::monotonic_buffer_resource;

inline std::string_view KeepIn(Arena& arena, std::string_view text) {
  auto* copy = static_cast<char*>(arena.allocate(text.size() + 1, 1));
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

}  // namespace kronik::html
