// Any bytes as a table.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/tsv.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kronik::Result<kronik::Tsv> table =
      kronik::Tsv::Parse("table", {reinterpret_cast<const char*>(data), size}, {"form"});
  if (!table) return 0;
  for (const kronik::Tsv::Row& row : table->rows()) {
    if (row.cells.size() > table->header().size()) std::abort();
    for (const std::string_view cell : row.cells) kronik::SplitCell(cell);
  }
  return 0;
}
