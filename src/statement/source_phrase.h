// The noun phrase that names a source, around the name in it: "a spokesman for the ministry" around
// "ministry". PARC and PolNeAR mark a source so, with its articles, titles and appositions.
#pragma once

#include <functional>

#include "pattern/tree.h"
#include "statement/clause.h"

namespace kronik::statement {

// The phrase around `named`, no token of which is `barred`; `named` itself where the tree shows
// none. Relative clauses stay out unless `relatives` asks for them.
Range SourcePhrase(const Tree& tree, const Sentence& sentence, const Range& named, bool relatives,
                   const std::function<bool(uint32_t)>& barred);

}  // namespace kronik::statement
