#include "store/words.h"

#include <sqlite3.h>

#include <cassert>

#include "base/hash.h"

namespace kronik {
namespace {

constexpr size_t kLongest = 255;  // bytes of a word that is kept as it is
constexpr size_t kKept = 64;      // and of a longer one

void Add(std::vector<std::string>& words, std::string_view word) {
  if (word.size() <= kLongest) {
    words.emplace_back(word);
  } else {
    words.push_back(std::string(word.substr(0, kKept)) + HashId({word}));
  }
}

}  // namespace

struct Words::Tokenizer {
  sqlite3* db = nullptr;
  fts5_tokenizer module = {};
  Fts5Tokenizer* tokenizer = nullptr;
};

// Fails only without memory, or with a SQLite that lacks FTS5, which the chronicle needs anyway.
Words::Words() : tokenizer_(std::make_unique<Tokenizer>()) {
  sqlite3_open(":memory:", &tokenizer_->db);
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(tokenizer_->db, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  assert(api != nullptr);
  void* context = nullptr;
  api->xFindTokenizer(api, "unicode61", &context, &tokenizer_->module);
  const char* options[] = {"remove_diacritics", "2"};
  tokenizer_->module.xCreate(context, options, 2, &tokenizer_->tokenizer);
  assert(tokenizer_->tokenizer != nullptr);
}

Words::~Words() {
  tokenizer_->module.xDelete(tokenizer_->tokenizer);
  sqlite3_close_v2(tokenizer_->db);
}

std::vector<std::string> Words::Of(std::string_view text) const {
  std::vector<std::string> words;
  const auto take = [](void* taken, int, const char* word, int size, int, int) {
    Add(*static_cast<std::vector<std::string>*>(taken), {word, static_cast<size_t>(size)});
    return SQLITE_OK;
  };
  tokenizer_->module.xTokenize(tokenizer_->tokenizer, &words, FTS5_TOKENIZE_DOCUMENT, text.data(),
                               static_cast<int>(text.size()), take);
  return words;
}

}  // namespace kronik
