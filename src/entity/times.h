// Finds expressions of time ("20 October 2023", "last month", "Jumat (20/10/2023)") and resolves
// them against the article's date.
//
// Reads data/lang/<code>/times.tsv (class, words, value; the file explains its classes). A weekday
// or a date without a year means the latest one up to the article's day, unless the words around
// it speak of the future. "Two days earlier" counts from the last day named before it.
// Immutable after Load. Time is linear in the length of the text.
#pragma once

#include <memory>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class TimeLexicon;

class TimeFinder {
 public:
  // Errors: a table that doesn't load, or kInvalidInput for a class or value that isn't known.
  static Result<TimeFinder> Load(const Resources& resources);
  TimeFinder(TimeFinder&&) noexcept;
  TimeFinder& operator=(TimeFinder&&) noexcept;
  ~TimeFinder();

  // Replaces document.times: those of the body, in text order, then those of the title and the
  // captions. Needs sentences and tokens for the body. Without a date of publication what is
  // relative to it stays unknown. A language without a table gets none.
  void Annotate(Document& document) const;

 private:
  explicit TimeFinder(std::unique_ptr<TimeLexicon> lexicon);
  std::unique_ptr<TimeLexicon> lexicon_;
};

}  // namespace kronik
