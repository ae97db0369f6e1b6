// What the fuzzers of models share.
#pragma once

#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "kronik/result.h"

namespace kronik {

// Loads any bytes as a model: as the whole file, for what stands around the content, and, for the
// caller to use, as the content behind `magic`, since no mutation of a zstd frame is one. The
// frame's level is the quickest.
template <typename Model>
Result<Model> LoadAny(std::string_view magic, const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)Model::Load(bytes);
  std::string file(magic);
  file.resize(magic.size() + ZSTD_compressBound(size));
  file.resize(magic.size() +
              ZSTD_compress(file.data() + magic.size(), file.size() - magic.size(), data, size, 1));
  return Model::Load(file);
}

}  // namespace kronik
