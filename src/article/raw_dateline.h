// "STRELSAU, May 3 (Reuters) - ...": what stands before the first sentence of a report.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article_words.h"

namespace kronik {

struct Dateline {
  std::string place;
  std::string publisher;
  std::optional<FoundDate> date;  // with a year
  bool sure = false;              // not a place and a colon alone
};

// The dateline that a paragraph starts with; all empty where it has none.
Dateline ReadDateline(const ArticleWords& words, std::string_view lang, std::string_view text);

// "Oct 20", "(20/10)", "Friday".
bool IsDatePiece(const ArticleWords& words, std::string_view piece);

// Dates in brackets, as they stand behind a weekday: "(20/10/2023)". Eight at most.
std::vector<FoundDate> BracketDates(const ArticleWords& words, std::string_view lang,
                                    std::string_view text);

}  // namespace kronik
