// What can be seen of a page's line that tells whether it is a part of the story.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "article/metadata.h"
#include "article/page_lines.h"
#include "article/page_parts.h"

namespace kronik {

// Names of features, as data/page_model.tsv has them; the values' units stand in
// line_features.cc. Those before `own` are of a line alone; the rest need the first
// forest's scores.
// clang-format off
#define KRONIK_LINE_FEATURES(X) \
  X(letters) X(words) X(bytes) X(link_share) X(links) X(strong_share) X(emphasis_share) \
  X(capital_share) X(digit_share) X(ends_sentence) X(ends_colon) X(starts_small) X(has_at) \
  X(has_address) X(has_bar) X(commas) \
  X(tag_p) X(tag_div) X(tag_h1) X(tag_h2) X(tag_h3) X(tag_li) X(tag_cell) \
  X(heading) X(list) X(table) X(quote) X(in_figure) \
  X(in_article) X(in_main) X(in_aside) X(in_header) X(in_footer) X(in_section) \
  X(depth) X(box_lines) X(box_mass_share) X(parent_lines) X(parent_mass_share) X(parent_link_share) \
  X(kind) X(junk) X(kind_level) \
  X(above_body) X(above_deck) X(above_related) X(above_share) X(above_newsletter) \
  X(above_comments) X(above_author) X(above_meta) X(above_navigation) X(above_footer) \
  X(above_tags) X(above_ad) X(above_other) X(above_caption) X(above_credit) X(above_embed) \
  X(in_container) X(up_to_container) X(down_from_container) X(container_child_mass) \
  X(same_form_lines) X(same_form_mass) X(same_form_link_share) X(same_parent_form_mass) \
  X(class_named) X(parent_class_named) \
  X(position) X(from_first_mass) X(to_last_mass) X(mass_before) X(mass_after) \
  X(lines_since_mass) X(lines_to_mass) X(after_title) X(title_near) \
  X(is_title) X(in_title) X(is_description) X(in_article_body) X(names_author) X(repeated) \
  X(since_heading) X(heading_related) X(heading_newsletter) X(heading_words) \
  X(prev_letters) X(prev_link_share) X(prev_heading) X(prev_same_box) X(prev_same_form) \
  X(next_letters) X(next_link_share) X(next_heading) X(next_same_box) X(next_same_form) \
  X(prev2_letters) X(next2_letters) X(prev_colon) \
  X(group_lines) X(group_link_share) X(group_letters) X(box_link_share) \
  X(prefix_related) X(prefix_share) X(prefix_newsletter) X(prefix_syndication) X(prefix_editor) \
  X(prefix_footer) X(prefix_ad) X(prefix_comments) X(prefix_other) X(prefix_paywall) \
  X(prefix_byline) X(prefix_credit) X(prefix_role) \
  X(said) X(prev_said) X(next_said) X(images_before) X(images_after) X(in_group) X(titles_between) X(other_article) X(in_alts) \
  X(own) X(own_prev) X(own_prev2) X(own_next) X(own_next2) X(own_prev3) X(own_next3) \
  X(near_mean) X(box_mean) X(parent_mean) X(grand_mean) X(group_mean) X(form_mean) \
  X(before_share) X(after_share) X(since_kept) X(to_kept) X(heading_score) X(next_text_score)
// clang-format on

enum class LineFeature : uint16_t {
#define KRONIK_LINE_FEATURE(name) name,
  KRONIK_LINE_FEATURES(KRONIK_LINE_FEATURE)
#undef KRONIK_LINE_FEATURE
};
inline constexpr size_t kLineFeatures = 0
#define KRONIK_LINE_FEATURE(name) +1
    KRONIK_LINE_FEATURES(KRONIK_LINE_FEATURE)
#undef KRONIK_LINE_FEATURE
    ;
inline constexpr size_t kFeaturesAlone = static_cast<size_t>(LineFeature::own);

std::string_view LineFeatureName(size_t feature);

using LineFeatures = std::array<int16_t, kLineFeatures>;

struct Description {
  std::vector<LineFeatures> features;  // of every line
  std::vector<uint64_t> forms;         // of every line: alike for elements named alike
};

// The features of every line, all but those that need scores. Linear in the page.
Description Describe(const html::Tree& tree, const PageLines& page, const PageParts& parts,
                     const Metadata& metadata);

// Fills in the rest; `scores` are the first forest's, one a line.
void DescribeNeighbours(const PageLines& page, std::span<const float> scores,
                        Description& description);

}  // namespace kronik
