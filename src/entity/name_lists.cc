#include "entity/name_lists.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kMaxWords = 8;

// The kinds in each table, in the order of the bits.
constexpr std::array<std::string_view, NameLists::kLists> kNames = {
    // countries.tsv
    "name", "adj", "person", "capital", "seat", "place", "none",
    // the other two of data/actors
    "organisation", "holder",
    // gazetteer.tsv
    "city", "town", "geography", "given", "family", "group",
    // names.tsv and reference.tsv
    "word org", "word loc", "word misc", "word not", "word title", "word particle", "word inner",
    "word locative", "word definite",
    // roles.tsv
    "role person", "role body", "role people"};

int ListOf(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  return found == kNames.end() ? -1 : static_cast<int>(found - kNames.begin());
}

uint64_t Extend(uint64_t hash, std::string_view word) { return HashName(word, hash ^ 0x20); }

}  // namespace

NameLists::Set NameLists::Bit(std::string_view name) {
  const int list = ListOf(name);
  return list < 0 ? 0 : Set{1} << list;
}

void NameLists::Add(std::string_view form, int list) {
  const std::string lower = LowerCase(form);
  const std::vector<std::string_view> words = SplitCell(lower, ' ');
  if (words.empty() || words.size() > kMaxWords) return;
  uint64_t hash = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    hash = Extend(hash, words[i]);
    Entry& entry = phrases_[hash];
    if (i + 1 < words.size()) {
      entry.more = true;
    } else {
      entry.set |= Set{1} << list;
    }
  }
}

Result<NameLists> NameLists::Load(const Resources& resources, const std::string& lang) {
  NameLists out;
  struct Source {
    std::string file;
    std::initializer_list<std::string_view> columns;
    size_t kind;         // the column of the kind
    size_t forms;        // the column of the forms
    std::string prefix;  // of the kind's name
    bool strict;         // every kind must be one of ours
  };
  const std::string folder = "data/lang/" + lang + "/";
  const Source sources[] = {
      {"data/actors/countries.tsv", {"code", "lang", "kind", "forms"}, 2, 3, "", true},
      {"data/names/gazetteer.tsv", {"kind", "forms"}, 0, 1, "", true},
      {folder + "names.tsv", {"key", "forms"}, 0, 1, "word ", false},
      {folder + "reference.tsv", {"key", "forms"}, 0, 1, "word ", false},
      {folder + "roles.tsv", {"forms", "kind", "sectors"}, 1, 0, "role ", true},
      {"data/actors/organisations.tsv",
       {"code", "sectors", "kind", "organ_of", "wikidata", "forms"},
       0,
       5,
       "organisation",
       false},
      {"data/actors/office_holders.tsv",
       {"forms", "code", "sectors", "role", "from", "to"},
       1,
       0,
       "holder",
       false},
  };
  for (const Source& source : sources) {
    if (!resources.Has(source.file)) continue;
    Result<Tsv> table = Tsv::Load(resources, source.file, source.columns);
    if (!table) return table.error();
    const int whole = ListOf(source.prefix);
    const bool of_languages = table->header()[1] == "lang";
    for (const Tsv::Row& row : table->rows()) {
      if (of_languages && row[1] != "*" && row[1] != lang) continue;
      // Of "people|local" the first is the kind.
      const std::string kind(row[source.kind].substr(0, row[source.kind].find('|')));
      const int list = whole >= 0 ? whole : ListOf(source.prefix + kind);
      if (list < 0 && source.strict) return table->ErrorAt(row, "unknown kind");
      if (list < 0) continue;
      for (std::string_view form : SplitCell(row[source.forms])) out.Add(form, list);
    }
  }
  return out;
}

NameLists::Set NameLists::Find(std::span<const std::string_view> words, size_t& length) const {
  Set best = 0;
  length = 0;
  uint64_t hash = 0;
  for (size_t i = 0; i < words.size() && i < kMaxWords; ++i) {
    hash = Extend(hash, words[i]);
    const auto found = phrases_.find(hash);
    if (found == phrases_.end()) break;
    if (found->second.set != 0) {
      best = found->second.set;
      length = i + 1;
    }
    if (!found->second.more) break;
  }
  return best;
}

}  // namespace kronik
