// The words by which pages name their parts: in classes and ids, and in the text itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class PageWords {
 public:
  // data/page_words.tsv. Errors: those of Tsv::Load.
  static Result<PageWords> Load(const Resources& resources);

  // The kind that a class or id names, or empty. Words are told apart at capitals and at all but
  // letters and digits; of several kinds the last one named wins, since names go from general to
  // particular ("article-related").
  std::string_view ClassKind(std::string_view attribute) const;
  // The length in bytes of the `kind` phrase that `text` starts with, whatever its case, up to the
  // end of a word; 0 for none.
  size_t Prefix(std::string_view kind, std::string_view text) const;
  // The phrases of a kind, in lower case.
  const std::vector<std::string>& Phrases(std::string_view kind) const;

 private:
  std::unordered_map<std::string, std::string> classes_;
  std::unordered_map<std::string, std::vector<std::string>> phrases_;
};

}  // namespace kronik
