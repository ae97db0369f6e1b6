// Events as an Atom feed (RFC 4287), newest first.
#pragma once

#include <string>
#include <vector>

#include "record/json.h"

namespace kronik {

// `events` in the order of their dates; each becomes an entry. `base` is the
// server's address, `query` that of the feed itself: "party=NOR&party=PER". Control characters are
// left out, everything else is escaped.
std::string AtomFeed(const std::vector<std::string>& events, const std::string& title,
                     const std::string& base, const std::string& query);

}  // namespace kronik
