#include "server/places.h"

#include <charconv>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

std::optional<double> Degrees(std::string_view text) {
  double degrees = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), degrees);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return degrees;
}

}  // namespace

Result<PlaceTable> PlaceTable::Load(const Resources& resources) {
  PlaceTable table;
  Result<Tsv> places =
      Tsv::Load(resources, "data/actors/places.tsv", {"names", "country", "latitude", "longitude"});
  if (!places) return places.error();
  for (const Tsv::Row& row : places->rows()) {
    const auto names = SplitCell(row[0]);
    Place place{std::string(names.empty() ? row[0] : names.front()), std::string(row[1]), {}};
    const auto latitude = Degrees(row[2]), longitude = Degrees(row[3]);
    if (latitude && longitude) place.at = {*latitude, *longitude};
    for (std::string_view name : names) table.places_.try_emplace(LowerCase(name), place);
  }
  Result<Tsv> countries =
      Tsv::Load(resources, "data/actors/countries.tsv", {"code", "lang", "kind", "forms"});
  if (!countries) return countries.error();
  for (const Tsv::Row& row : countries->rows()) {
    if (row[2] != "name") continue;
    for (std::string_view name : SplitCell(row[3])) {
      const auto [at, fresh] = table.places_.try_emplace(LowerCase(name));
      // A country is no point in it. A dependency stays where it lies.
      if (fresh || at->second.country == row[0]) at->second = {"", std::string(row[0]), {}};
    }
  }
  return table;
}

const PlaceTable::Place* PlaceTable::Find(std::string_view name) const {
  auto found = places_.find(LowerCase(name));
  if (found == places_.end() && name.find(',') != std::string_view::npos) {
    found = places_.find(LowerCase(name.substr(0, name.find(','))));
  }
  return found == places_.end() ? nullptr : &found->second;
}

}  // namespace kronik
