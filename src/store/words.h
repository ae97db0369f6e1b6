// Words: the words of a text as SQLite's full text (FTS5, `unicode61 remove_diacritics 2`) finds
// them, for a database whose own full text would find others.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kronik {

class Words {
 public:
  Words();
  ~Words();
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  // In their order, lower case and without accents; letters and digits only. One that is too long
  // for an index is cut, and a hash of the whole stands for the rest.
  std::vector<std::string> Of(std::string_view text) const;

 private:
  struct Tokenizer;
  std::unique_ptr<Tokenizer> tokenizer_;
};

}  // namespace kronik
