// The words by which the furniture of a news page is told from its story: labels of bylines and
// credits, "read also", month names, agencies. From data/agencies.tsv and each language's
// data/lang/<code>/{article,months}.tsv. All languages' words are asked at once, since a page in
// one language has buttons in another.
//
// Threads: immutable after Load. Texts are UTF-8; results are views into the argument where they
// are views.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

// A date found in a line.
struct FoundDate {
  size_t start = 0;  // bytes, half-open; with weekday, time and zone
  size_t end = 0;
  int year = 0;
  int month = 0;
  int day = 0;
  std::string time;        // "12:29:00", or empty
  std::string offset;      // "+07:00", "Z", or empty
  bool swappable = false;  // numbers that could also be read with day and month exchanged

  std::string ToString() const;  // RFC 3339: "2023-10-20T12:29:00", "2023-10-20"
};

// What a known line or label is; `kind` as in article.tsv.
struct LineCue {
  std::string_view kind;  // empty: none
  size_t rest = 0;        // bytes of the line where what follows the words starts
  bool heading = false;   // it opens a list
};

class ArticleWords {
 public:
  // Errors: kInvalidInput with file:line for an unknown match or a month outside 1 to 12.
  static Result<ArticleWords> Load(const Resources& resources);

  // The cue that a whole line is, starts with or holds; the longest words win.
  LineCue CueOf(std::string_view line) const;
  // Whether a word is in one of the sets of article.tsv: filler, conjunction, creditword, handout.
  bool IsWord(std::string_view kind, std::string_view word) const;

  // The line without what pages add behind links and pictures for screen readers and buyers.
  std::string_view WithoutTail(std::string_view line) const;

  // The bytes at a line's start that screen readers say of a list ("list 1 of 3"), or 0.
  size_t AloudPart(std::string_view line) const;

  // The first date of a line, with a time where one stands next to it; numbers are read in the
  // order of the language (day first where it is not known).
  std::optional<FoundDate> FindDate(std::string_view line, std::string_view lang) const;
  // The date in a web address's path ("/2023/10/20/"), or nothing.
  std::optional<FoundDate> DateOfUrl(std::string_view url) const;

  // A caption's credit, where the text ends with one: "(Handout / MINISTRY / AFP)", "Photo: X",
  // "Reuters/A. Name". Returns the caption; `credit` is empty where the text has none.
  Caption SplitCredit(std::string_view text) const;
  // The agency and the giver of a credit's text.
  Credit ReadCredit(std::string_view text) const;
  // The names of a byline whose label and dates are taken off: "A. Name, B. Name and C. Name".
  std::vector<std::string> SplitAuthors(std::string_view names) const;

  // Whether all words start upper-case (conjunctions aside), and there are not too many of them.
  bool IsNameLike(std::string_view text) const;

  // Whether a word names a time zone: "WIB", "UTC+3".
  bool IsZone(std::string_view word) const;
  // Whether a word is a month's name.
  bool IsMonth(std::string_view word) const;

  // The known name of an agency or outlet ("Associated Press" -> "AP"), or empty.
  std::string_view AgencyOf(std::string_view name) const;
  // The known name of an agency or outlet, or what stands there.
  std::string OutletName(std::string_view name) const;
  // The publisher behind a web address or a host: a known name, or the host's registrable part
  // ("detik.com"). Empty for none, and for social networks and link shorteners.
  std::string PublisherOfUrl(std::string_view url) const;

  // ISO 639-1, of the languages that have a folder where the text is in one of them (or one that
  // is hard to tell from it); else what the detector says; else empty.
  std::string DetectLanguage(std::string_view text) const;

 private:
  struct Cue {
    std::string kind;
    std::string match;  // line, heading, prefix, label
  };
  struct Agency {
    std::string name;
    std::string kind;  // agency, outlet, photo, social
  };
  std::optional<FoundDate> NamedDate(std::string_view line) const;
  bool IsCredit(std::string_view text) const;

  std::unordered_map<std::string, std::vector<Cue>> cues_;      // by lower-case words
  size_t longest_cue_ = 0;                                      // in words
  std::vector<std::pair<std::string, std::string>> contained_;  // words, kind
  std::vector<std::pair<std::string, bool>> aloud_;             // words, of a whole line alone
  std::unordered_map<std::string, std::unordered_set<std::string>> sets_;
  std::unordered_map<std::string, int> months_;
  std::unordered_map<std::string, std::string> zones_;
  std::unordered_map<std::string, Agency> agencies_;  // by lower-case name
  std::unordered_map<std::string, Agency> hosts_;
  std::unordered_map<std::string, std::string> orders_;    // language -> dmy, mdy
  std::unordered_map<std::string, std::string> confused_;  // detected -> language
  std::vector<std::string> languages_;
};

}  // namespace kronik
