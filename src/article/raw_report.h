// What is known so far of a scraped report; the steps of raw_steps.h fill it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "article/article_words.h"
#include "article/raw_lines.h"
#include "kronik/document.h"

namespace kronik {

// A line of names or of a date.
struct NameLine {
  size_t line = 0;
  std::optional<FoundDate> date;
  bool modified = false;  // the date is that of the last change
  std::vector<std::string> authors;
};

struct RawReport {
  RawReport(const ArticleWords& known, Document& target)
      : words(known), document(target), article(target.article) {}

  const ArticleWords& words;
  Document& document;
  Article& article;

  std::vector<RawLine> lines;
  std::vector<NameLine> metas;

  // Lines, kNowhere where there is none.
  size_t title = kNowhere;
  size_t body = kNowhere;        // the story's first
  size_t last = 0;               // and its last
  size_t end_mark = 0;           // that marks its end; 0 for none
  size_t place_line = kNowhere;  // of a dateline that stands alone
  std::optional<size_t> tail_author;

  // What labels ("Title:", "Summary:") say.
  std::string title_key, label_title, deck_key, label_deck;

  std::string url_publisher;
  std::string beside_publisher;  // the outlet beside an author's name
  std::optional<FoundDate> url_date;

  std::unordered_set<std::string> captions;  // keys of those met
};

// Takes a line for furniture of that kind.
void MakeResidue(RawLine& line, std::string_view kind);

// "Share" below each entry of a live report: it opens no list.
bool IsButton(const RawLine& line);

// "5 days ago", "2h ago", "4 min read".
bool IsAge(const ArticleWords& words, std::string_view text);

// Notes the title of another story, with its address where one follows.
void AddRelated(RawReport& report, std::string_view text);

// "(WIL)", "(abc/def)": the initials of who wrote and edited.
bool IsInitials(std::string_view text);

}  // namespace kronik
