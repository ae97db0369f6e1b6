#include "gazetteer/names.h"

#include <algorithm>
#include <array>

#include "base/tsv.h"
#include "gazetteer/petrarch.h"

namespace kronik {
namespace {

bool IsWordByte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

char Fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// The typographic apostrophe, U+2019.
constexpr std::string_view kApostrophe = "\xE2\x80\x99";

constexpr size_t kMaxWord = 64;  // bytes

std::string_view FirstWord(std::string_view text, size_t at) {
  size_t end = at;
  // The bytes of U+2019 would pass as a word's.
  while (end < text.size() && IsWordByte(text[end]) && !text.substr(end).starts_with(kApostrophe) &&
         end - at < kMaxWord) {
    ++end;
  }
  if (end == at && at < text.size()) ++end;
  return text.substr(at, end - at);
}

bool Matches(std::string_view text, std::string_view form, bool fold) {
  if (text.size() < form.size()) return false;
  if (!fold) return text.starts_with(form);
  for (size_t i = 0; i < form.size(); ++i) {
    if (Fold(text[i]) != form[i]) return false;
  }
  return true;
}

std::vector<std::string> Strings(std::string_view cell) {
  std::vector<std::string> out;
  for (std::string_view part : SplitCell(cell)) out.emplace_back(part);
  return out;
}

}  // namespace

std::string FoldAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Fold(c);
  return out;
}

void PhraseTable::Add(std::string_view form, uint32_t value, bool fold) {
  if (form.empty()) return;
  if (const size_t at = form.find('\''); at != std::string_view::npos) {
    std::string other(form);
    for (size_t i = at; (i = other.find('\'', i)) != std::string::npos;) {
      other.replace(i, 1, kApostrophe);
    }
    Add(other, value, fold);
  }
  std::string stored = fold ? FoldAscii(form) : std::string(form);
  std::vector<Phrase>& phrases = by_word_[FoldAscii(FirstWord(stored, 0))];
  for (Phrase& phrase : phrases) {
    if (phrase.form == stored && phrase.fold == fold) {
      if (std::ranges::find(phrase.values, value) == phrase.values.end()) {
        phrase.values.push_back(value);
      }
      return;
    }
  }
  const auto place = std::ranges::find_if(
      phrases, [&](const Phrase& other) { return other.form.size() < stored.size(); });
  phrases.insert(place, Phrase{std::move(stored), fold, {value}});
}

PhraseTable::Hit PhraseTable::Find(std::string_view text, size_t at) const {
  if (at >= text.size()) return {};
  // Asked for at every word of a text: without a string of its own.
  std::array<char, kMaxWord> folded;
  const std::string_view word = FirstWord(text, at);
  std::ranges::transform(word, folded.begin(), Fold);
  const auto found = by_word_.find(std::string_view(folded.data(), word.size()));
  if (found == by_word_.end()) return {};
  const std::string_view rest = text.substr(at);
  for (const Phrase& phrase : found->second) {
    if (!Matches(rest, phrase.form, phrase.fold)) continue;
    const size_t end = phrase.form.size();
    if (end < rest.size() && IsWordByte(rest[end]) && IsWordByte(rest[end - 1]) &&
        !(static_cast<unsigned char>(rest[end]) == 0xE2)) {
      continue;
    }
    return {static_cast<uint32_t>(end), &phrase.values};
  }
  return {};
}

uint32_t Gazetteer::AddEntry(NameEntry entry) {
  entries_.push_back(std::move(entry));
  return static_cast<uint32_t>(entries_.size() - 1);
}

void Gazetteer::AddForm(std::string_view lang, std::string_view form, uint32_t value) {
  if (lang != "*") {
    tables_.find(lang)->second.Add(form, value, false);
    return;
  }
  for (auto& [unused, table] : tables_) table.Add(form, value, false);
}

// What is told first wins where a name stands twice, so the user's actors come before others.
Result<void> Gazetteer::LoadDictionaries(const Resources& resources) {
  const std::vector<std::string> files = resources.List("dictionaries/");
  if (files.empty()) return {};
  Result<Tsv> table =
      Tsv::Load(resources, "data/actors/cameo_sectors.tsv", {"cameo", "kind", "plover"});
  if (!table) return table.error();
  std::map<std::string, std::string, std::less<>> renamed, bodies;
  for (const Tsv::Row& row : table->rows()) {
    (row[1] == "code" ? bodies : renamed)[std::string(row[0])] = row[2];
  }
  const auto sectors = [&](std::string_view code) {
    std::vector<std::string> parts;
    for (; code.size() >= 3; code.remove_prefix(3)) {
      const auto found = renamed.find(code.substr(0, 3));
      std::string part(found != renamed.end() ? std::string_view(found->second)
                                              : code.substr(0, 3));
      if (std::ranges::find(parts, part) == parts.end()) parts.push_back(std::move(part));
    }
    return parts;
  };
  for (const std::string& file : files) {
    Result<std::string_view> text = resources.Read(file);
    if (!text) return text.error();
    Result<std::vector<PetrarchEntry>> read = ReadPetrarch(*text, file);
    if (!read) return read.error();
    for (const PetrarchEntry& actor : *read) {
      if (actor.forms.empty()) continue;
      if (actor.agent) {
        agents_.push_back({actor.forms, sectors(actor.codes.front().code)});
        continue;
      }
      for (const PetrarchCode& code : actor.codes) {
        NameEntry entry;
        std::string_view rest = code.code;
        const auto body = bodies.find(rest.substr(0, 6));
        entry.code = body != bodies.end() ? std::string_view(body->second) : rest.substr(0, 3);
        rest.remove_prefix(std::min<size_t>(body != bodies.end() ? 6 : 3, rest.size()));
        if (entry.code == "---") entry.code.clear();
        entry.name = actor.forms.front();
        entry.sectors = sectors(rest);
        entry.from = code.from;
        entry.to = code.to;
        const bool terms = actor.codes.size() > 1 || !code.from.empty() || !code.to.empty();
        entry.kind = terms                   ? EntryKind::kHolder
                     : entry.sectors.empty() ? EntryKind::kCountry
                                             : EntryKind::kOrganisation;
        entry.actor = terms                   ? ActorKind::kPerson
                      : entry.sectors.empty() ? ActorKind::kState
                                              : ActorKind::kGroup;
        const uint32_t index = AddEntry(std::move(entry));
        for (const std::string& form : actor.forms) AddForm("*", form, index);
      }
    }
  }
  return {};
}

Result<Gazetteer> Gazetteer::Load(const Resources& resources) {
  Gazetteer out;
  out.tables_[""];
  for (const std::string& lang : resources.Languages()) out.tables_[lang];
  if (Result<void> loaded = out.LoadDictionaries(resources); !loaded) return loaded.error();
  Result<Tsv> countries =
      Tsv::Load(resources, "data/actors/countries.tsv", {"code", "lang", "kind", "forms"});
  if (!countries) return countries.error();
  static const std::map<std::string_view, EntryKind> kKinds = {
      {"name", EntryKind::kCountry},  {"adj", EntryKind::kAdjective},
      {"person", EntryKind::kPeople}, {"capital", EntryKind::kCapital},
      {"seat", EntryKind::kSeat},     {"place", EntryKind::kPlace},
      {"none", EntryKind::kNothing},
  };
  for (const Tsv::Row& row : countries->rows()) {
    const auto kind = kKinds.find(row[2]);
    if (kind == kKinds.end()) return countries->ErrorAt(row, "unknown kind");
    if (row[1] != "*" && !out.tables_.contains(row[1])) continue;
    NameEntry entry;
    entry.kind = kind->second;
    entry.code = row[0];
    entry.from = row[4];
    entry.to = row[5];
    if (entry.kind == EntryKind::kCapital || entry.kind == EntryKind::kSeat) {
      entry.sectors = {"GOV"};
    } else if (entry.kind == EntryKind::kPeople) {
      entry.sectors = {"CVL"};
      entry.actor = ActorKind::kGroup;
    }
    const uint32_t index = out.AddEntry(std::move(entry));
    for (std::string_view form : SplitCell(row[3])) out.AddForm(row[1], form, index);
  }
  Result<Tsv> halves = Tsv::Load(resources, "data/actors/halves.tsv", {"states", "lang", "forms"});
  if (!halves) return halves.error();
  for (const Tsv::Row& row : halves->rows()) {
    if (!out.tables_.contains(row[1])) continue;
    NameEntry entry;
    entry.kind = EntryKind::kHalf;
    entry.code = row[0];
    const uint32_t index = out.AddEntry(std::move(entry));
    for (std::string_view form : SplitCell(row[2])) out.AddForm(row[1], form, index);
  }
  Result<Tsv> organisations =
      Tsv::Load(resources, "data/actors/organisations.tsv",
                {"code", "sectors", "kind", "organ_of", "wikidata", "forms"});
  if (!organisations) return organisations.error();
  for (const Tsv::Row& row : organisations->rows()) {
    NameEntry entry;
    entry.kind = EntryKind::kOrganisation;
    entry.actor = ActorKind::kOrganisation;
    entry.code = row[0];
    entry.sectors = Strings(row[1]);
    entry.carrier = row[2] == "carrier";
    entry.firm = row[2] == "firm";
    if (row[2] == "group") entry.actor = ActorKind::kGroup;
    entry.organ_of = row[3];
    const std::vector<std::string_view> forms = SplitCell(row[5]);
    if (forms.empty()) return organisations->ErrorAt(row, "no forms");
    entry.wikidata = row[4];
    // Rows without an item of their own list several bodies: each form is one.
    if (entry.wikidata.empty()) {
      for (std::string_view form : forms) {
        entry.name = form;
        out.AddForm("*", form, out.AddEntry(entry));
      }
    } else {
      entry.name = forms[0];
      const uint32_t index = out.AddEntry(std::move(entry));
      for (std::string_view form : forms) out.AddForm("*", form, index);
    }
  }
  Result<Tsv> holders = Tsv::Load(resources, "data/actors/office_holders.tsv",
                                  {"forms", "code", "sectors", "role", "from", "to"});
  if (!holders) return holders.error();
  for (const Tsv::Row& row : holders->rows()) {
    const std::vector<std::string_view> forms = SplitCell(row[0]);
    if (forms.empty()) return holders->ErrorAt(row, "no forms");
    NameEntry entry;
    entry.kind = EntryKind::kHolder;
    entry.actor = ActorKind::kPerson;
    entry.name = forms[0];
    entry.code = row[1];
    entry.sectors = Strings(row[2]);
    entry.role = row[3];
    entry.from = row[4];
    entry.to = row[5];
    const uint32_t index = out.AddEntry(std::move(entry));
    for (std::string_view form : forms) out.AddForm("*", form, index);
  }
  Result<Tsv> places =
      Tsv::Load(resources, "data/actors/places.tsv", {"names", "country", "latitude", "longitude"});
  if (!places) return places.error();
  for (const Tsv::Row& row : places->rows()) {
    NameEntry entry;
    entry.kind = EntryKind::kPlace;
    entry.code = row[1];
    const uint32_t index = out.AddEntry(std::move(entry));
    for (std::string_view form : SplitCell(row[0])) out.AddForm("*", form, index);
  }
  return out;
}

const PhraseTable& Gazetteer::Table(std::string_view lang) const {
  const auto found = tables_.find(lang);
  return found != tables_.end() ? found->second : tables_.find("")->second;
}

}  // namespace kronik
