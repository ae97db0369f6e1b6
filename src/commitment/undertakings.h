// What deeds, events and actors are to commitments: data/undertakings.tsv, and the ontology's
// deeds.tsv and sectors.tsv.
//
// Threads: immutable once loaded.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik::commitment {

// What an event of the ontology may be, as bits.
enum EventClass : uint32_t {
  kThreatens = 1 << 0,  // announced with a condition it is no promise
  kMeets = 1 << 1,      // the host speaks for it too
  kAccuses = 1 << 2,    // what it says another plans is no plan of the other's
};

class Undertakings {
 public:
  // Errors: kInvalidInput with file:line, for an unknown word in a table.
  static Result<Undertakings> Load(const Resources& resources);

  // Of a deed: which acts it carries out or breaks; `act` is "*" where its clause names them.
  const std::vector<Outcome>& Outcomes(std::string_view deed) const;
  // Which deed an event is; empty: none.
  std::string_view DeedOf(const Event& event) const;
  bool Is(const Event& event, EventClass wanted) const;
  // Whether an actor is a state or a body of states, or of a sector that is a side in politics.
  bool IsPolitical(const Actor& actor) const;

 private:
  struct EventRow {
    uint32_t classes = 0;
    std::string deed;
  };
  const EventRow* Find(std::string_view type, std::string_view mode) const;

  std::map<std::string, std::vector<Outcome>, std::less<>> outcomes_;
  std::map<std::string, EventRow, std::less<>> events_;  // by type, or type and mode
  std::set<std::string, std::less<>> political_;         // sectors
};

}  // namespace kronik::commitment
