// What a page says about itself: JSON-LD, OpenGraph, Twitter cards, <meta>, <time>, h1, the byline
// and its address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/page_words.h"
#include "html/tree.h"

namespace kronik {

// Fields that nothing states are empty.
struct Metadata {
  std::string url;  // canonical, absolute
  std::string title;
  bool title_tag_alone = false;  // nothing but <title> gives it, which may name the site as well
  std::string description;
  std::vector<std::string> authors;
  std::vector<std::string> house;  // who signs where no author is named: the publisher, an agency
  std::string published;           // RFC 3339, as Article has it
  std::string modified;
  std::string publisher;
  std::string lang;  // ISO 639-1
  std::vector<std::string> tags;
  std::string body;  // JSON-LD's articleBody, white space closed up
  bool paywall = false;
};

// `url` is where the page came from, if known.
Metadata ReadMetadata(const html::Tree& tree, std::string_view url, const PageWords& words);

// The authors that a line of the page names after a word like "by", or none.
std::vector<std::string> ReadByline(std::string_view line, const Metadata& metadata,
                                    const PageWords& words);

// A date in any usual form (ISO 8601, RFC 2822, Unix time, words with the months' names of `lang`
// or English) as RFC 3339; without an offset or a time where none is given. Empty for none.
std::string ReadDate(std::string_view text, std::string_view lang, const PageWords& words);

}  // namespace kronik
