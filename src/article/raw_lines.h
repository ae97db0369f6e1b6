// Scraped text -> lines, each with what can be seen of it alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article_words.h"

namespace kronik {

inline constexpr size_t kNowhere = std::string_view::npos;

// What a line is in the end; kUnset while no step has said so.
enum class LineRole { kUnset, kTitle, kDeck, kMeta, kCaption, kHeading, kBody, kList, kResidue };

struct RawLine {
  std::string text;
  std::string key;  // its words alone, lower case
  size_t words = 0;
  bool ends = false;  // like a sentence
  bool bullet = false;
  bool after_blank = false;
  bool repeated = false;  // another line has the same key
  bool strong = false;    // reads like a paragraph of the story
  LineCue cue;
  LineRole role = LineRole::kUnset;
  std::string residue = "other";  // the kind, where the role is kResidue
};

// The lines of `bytes` (what is not UTF-8 is replaced) that are not blank. Paragraphs that were
// broken at a fixed width are put together again, a dateline alone is put before its paragraph, and
// what was written for screen readers is taken off. Sets all members down to `after_blank`.
std::vector<RawLine> ReadRawLines(const ArticleWords& words, std::string_view lang,
                                  std::string_view bytes);

// The words of a text alone, in lower case, and how many they are.
std::string KeyOf(std::string_view text, size_t& words);

bool StartsUpper(std::string_view text);

// "1. ", "2) ", "a. ": the items of a numbered list.
bool StartsWithNumber(std::string_view text);

// Whether a line that ends like a sentence may still be a headline: these end in a question, or in
// a quotation without a stop.
bool MayBeHeadline(const RawLine& line);

// A web address alone.
bool IsUrl(std::string_view text);

}  // namespace kronik
