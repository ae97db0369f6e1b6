// PlaceTable: which country a place is in, and where it lies, by the names that reports give it.
//
//   Result<PlaceTable> places = PlaceTable::Load(resources);
//   const PlaceTable::Place* place = places->Find("Jenewa");   // {"Geneva", "CHE", 46.2, 6.15}
//
// Immutable once loaded. Source: data/actors/places.tsv, and the names of countries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class PlaceTable {
 public:
  struct Place {
    std::string name;                             // its first one; empty for a country as a whole
    std::string country;                          // ISO 3166-1 alpha-3
    std::optional<std::pair<double, double>> at;  // latitude and longitude, where they are told
  };

  static Result<PlaceTable> Load(const Resources& resources);

  // The place of that name in any case of letters, alone or before a comma; null for others.
  const Place* Find(std::string_view name) const;

 private:
  std::unordered_map<std::string, Place> places_;  // by their names in lower case
};

}  // namespace kronik
