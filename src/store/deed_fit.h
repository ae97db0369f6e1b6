// Whether what was done is what was undertaken.
#pragma once

#include <string>

#include "store/ledger_entry.h"

namespace kronik::ledger {

struct DeedFit {
  double score = 0;  // 0: it is nothing of the entry's
  const Outcome* outcome = nullptr;
};

// How well a deed fits an open entry: it came later, who did it is who should have, it is an act
// that carries that one out or breaks it (data/undertakings.tsv), of the same thing where that
// matters.
DeedFit FitOf(const Entry& entry, const Item& deed);

// How alike two fits are: of entries that a deed fits equally well it joins none.
inline constexpr double kEqualFits = 0.3;

}  // namespace kronik::ledger
