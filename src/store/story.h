// Which articles carry the same story: an agency's text, printed by many with small changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kronik {

// How many bands a text has that has any.
inline constexpr size_t kBands = 10;

// The bands of a text. Two texts that share a band are copies of one story: of two with a Jaccard
// similarity of 0.9 over their five-word shingles nearly all do (99.7%), of 0.8 90%, of 0.5 8%, of
// 0.3 0.2%. None for a text of fewer than twenty words. Linear in the text.
// Source: MinHash (Broder 1997) and its banding (Leskovec et al., Mining of Massive Datasets, 3.4).
std::vector<int64_t> StoryBands(std::string_view text);

}  // namespace kronik
