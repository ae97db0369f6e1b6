#include "base/tsv.h"

namespace kronik {

Result<Tsv> Tsv::Load(const Resources& resources, std::string_view name,
                      std::initializer_list<std::string_view> columns) {
  Result<std::string_view> bytes = resources.Read(name);
  if (!bytes) return bytes.error();
  return Parse(name, *bytes, columns);
}

}  // namespace kronik
