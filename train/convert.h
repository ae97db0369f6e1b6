// Brings a treebank of older annotation conventions to the current ones.
#pragma once

#include <functional>
#include <string>

#include "train/conllu.h"
#include "train/train.h"

namespace kronik::train {

// Learns from sentences that stand in both conventions (`old_pairs` and `new_pairs`, matched by
// their words) how one becomes the other, and returns `old` in the new one: a network that is told
// what the older annotation says. It learns the language from `old` and `others` too, whose
// conventions it keeps apart. Tokens are split into words as the pairs do.
// The result has features but no lemmas.
Treebank Modernise(const Treebank& old, const Treebank& old_pairs, const Treebank& new_pairs,
                   const std::vector<Treebank>& others, const Options& options,
                   const std::function<void(const std::string&)>& log);

}  // namespace kronik::train
