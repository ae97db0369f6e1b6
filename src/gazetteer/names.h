// Names that the data files know: a table of phrases, and the gazetteer in it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

// Finds the longest known phrase at a place of a text, by bytes, so that it doesn't matter how the
// text was cut into tokens. A phrase ends where a word ends, or before a hyphen.
class PhraseTable {
 public:
  struct Hit {
    uint32_t size = 0;  // bytes; 0: nothing found
    const std::vector<uint32_t>* values = nullptr;
  };

  // With `fold`, ASCII letters match in either case.
  void Add(std::string_view form, uint32_t value, bool fold);
  Hit Find(std::string_view text, size_t at) const;

 private:
  struct Phrase {
    std::string form;
    bool fold = false;
    std::vector<uint32_t> values;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
  };
  std::unordered_map<std::string, std::vector<Phrase>, Hash, std::equal_to<>>
      by_word_;  // lower-case first word
};

enum class EntryKind : uint8_t {
  kCountry,
  kAdjective,
  kPeople,
  kCapital,
  kSeat,
  kPlace,
  kHalf,
  kNothing,
  kOrganisation,
  kHolder,
};

struct NameEntry {
  EntryKind kind = EntryKind::kNothing;
  ActorKind actor = ActorKind::kState;
  std::string name;  // the first form of its row
  std::string code;
  std::vector<std::string> sectors;
  std::string role;
  std::string from, to;  // of an office holder, or of what a capital belongs to: "2004-03"
  std::string wikidata;
  std::string organ_of;
  bool carrier = false;
  bool firm = false;
};

// A noun for people, a body or an office, with the sectors it adds to a country.
struct Agent {
  std::vector<std::string> forms;
  std::vector<std::string> sectors;
};

// data/actors: countries, organisations, office holders; before them, the user's own dictionaries
// in the format of PETRARCH, resources named "dictionaries/...".
class Gazetteer {
 public:
  static Result<Gazetteer> Load(const Resources& resources);
  // The table of a language; of an unknown one, what is the same in all languages.
  const PhraseTable& Table(std::string_view lang) const;
  const NameEntry& entry(uint32_t index) const { return entries_[index]; }
  const std::vector<Agent>& agents() const { return agents_; }

 private:
  Result<void> LoadDictionaries(const Resources& resources);
  uint32_t AddEntry(NameEntry entry);
  void AddForm(std::string_view lang, std::string_view form, uint32_t value);

  std::vector<NameEntry> entries_;
  std::vector<Agent> agents_;
  std::map<std::string, PhraseTable, std::less<>> tables_;
};

// A lower-case copy that keeps every byte's place (ASCII letters only).
std::string FoldAscii(std::string_view text);

}  // namespace kronik
