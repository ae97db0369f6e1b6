#include "export/goldstein.h"

#include <charconv>

#include "base/tsv.h"

namespace kronik {

Result<GoldsteinScale> LoadGoldstein(const Resources& resources) {
  Result<Tsv> table = Tsv::Load(resources, "data/ontology/plover/cameo.tsv",
                                {"cameo", "event_type", "mode", "context", "goldstein"});
  if (!table) return table.error();
  GoldsteinScale scale;
  for (const Tsv::Row& row : table->rows()) {
    double value = 0;
    if (std::from_chars(row[4].data(), row[4].data() + row[4].size(), value).ec != std::errc()) {
      return table->ErrorAt(row, "no number");
    }
    scale.emplace(row[0], value);
  }
  return scale;
}

}  // namespace kronik
