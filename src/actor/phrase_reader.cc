#include "actor/phrase_reader.h"

#include <algorithm>
#include <set>

namespace kronik {
namespace {

void Extend(Phrase& phrase, const Item& item) {
  if (phrase.last == 0) {
    phrase.start = item.start;
    phrase.first = item.first;
  }
  phrase.end = std::max(phrase.end, item.end);
  phrase.last = std::max(phrase.last, item.last);
}

void TakeRole(Phrase& phrase, const Item& item) {
  Extend(phrase, item);
  if (phrase.roles.empty()) phrase.roles_start = item.start;
  phrase.roles_end = item.end;
  phrase.roles.push_back(item.role);
}

// The roles that another phrase was given with, for one that stands beside it.
void CopyRoles(const Phrase& from, Phrase& to) {
  to.roles = from.roles;
  to.roles_start = from.roles_start;
  to.roles_end = from.roles_end;
}

bool HasKind(const Phrase& phrase, RoleKind kind) {
  return std::ranges::any_of(phrase.roles, [&](const Role* role) { return role->kind == kind; });
}

// The role that tells the sectors. The body an official is of tells more than the office: "army
// officials", "police chief".
const Role* TellingRole(const Phrase& phrase) {
  for (const RoleKind kind : {RoleKind::kPeople, RoleKind::kBody, RoleKind::kPerson}) {
    for (const Role* role : phrase.roles) {
      if (role->kind == kind && !role->neutral) return role;
    }
  }
  return nullptr;
}

std::vector<std::string> SectorsOf(const Phrase& phrase) {
  const NameEntry* holder = phrase.name != nullptr ? phrase.name->entry : nullptr;
  const NameEntry* party = phrase.country;
  const bool body = party != nullptr && party->kind == EntryKind::kOrganisation;
  if (const Role* role = TellingRole(phrase)) {
    // "Hamas police" are police, a "Hamas official" is of Hamas; a UN official has no sector.
    const bool of_body = body && role->kind == RoleKind::kPerson &&
                         (!party->sectors.empty() || role->sectors.front() == "GOV");
    return of_body ? party->sectors : role->sectors;
  }
  if (!phrase.roles.empty() && party != nullptr && !body) return {"GOV"};
  if (phrase.roles.empty() && phrase.people) return {"CVL"};
  if (party != nullptr) return party->sectors;
  return holder != nullptr ? holder->sectors : std::vector<std::string>{};
}

}  // namespace

void PhraseReader::Read(const Sentence& sentence, const ActorLanguage& language, Phrases& out) {
  const size_t s = out.items.size();
  std::vector<Item>& items = out.items.emplace_back();
  std::string& set_in = out.set_in.emplace_back();
  std::string& set_in_land = out.set_in_land.emplace_back();
  finder_.Find(sentence, language, items);
  TellBodies(language, items);
  const size_t begin = out.phrases.size();
  const Item* place_before = nullptr;  // where the item before was a place
  const auto add = [&](Phrase phrase) {
    phrase.sentence = static_cast<uint32_t>(s);
    Settle(language, phrase);
    out.phrases.push_back(std::move(phrase));
  };
  for (size_t k = 0; k < items.size();) {
    const Item& item = items[k];
    if (item.type == Item::Type::kReference) {
      Phrase phrase;
      phrase.reference = true;
      phrase.what = item.reference;
      Extend(phrase, item);
      ++k;
      add(std::move(phrase));
      continue;
    }
    if (item.type == Item::Type::kEntry && item.entry->kind == EntryKind::kNothing) {
      ++k;
      continue;
    }
    Phrase phrase = ReadPhrase(language, items, k, 0);
    const bool bare = phrase.roles.empty() && phrase.name == nullptr;
    if (bare && item.IsCountry()) {
      const NameEntry* town = item.where != nullptr ? item.where : item.entry;
      const bool place = town->kind == EntryKind::kPlace;
      const bool capital = town->kind == EntryKind::kCapital;
      const bool located = gaps_.Before(language, "locative", "direction", item.start, 6) &&
                           !gaps_.Followed(language, "border", item.end);
      const bool chained = place_before != nullptr && Chained(*place_before, item);
      if (located || place) {
        set_in = town->code;
        if (!capital && !OfNoun(item)) set_in_land = town->code;
      }
      if (place || (capital && (located || chained)) ||
          (chained && text_[place_before->end] == ',' && item.entry->kind == EntryKind::kCountry)) {
        if (chained) set_in = town->code;
        phrase.country = town;
        out.places.push_back(std::move(phrase));
        place_before = &item;
        continue;
      }
    }
    place_before = nullptr;
    if (phrase.placed) set_in = set_in_land = phrase.country->code;
    phrase.joined = out.phrases.size() > begin && Joined(language, out.phrases.back(), phrase);
    add(std::move(phrase));
  }
  ShareRoles(language, begin, out.phrases);
  Appose(language, begin, out.phrases);
  for (size_t i = begin; i < out.phrases.size(); ++i) Settle(language, out.phrases[i]);
}

// "the fighting in Mali": where a thing is, not where the sentence is set.
bool PhraseReader::OfNoun(const Item& place) const {
  for (uint32_t t = place.first; t < place.last; ++t) {
    if (document_.tokens[t].Is("nmod")) return true;
  }
  return false;
}

// "Goma, Congo", "Paris and Moscow": the second of two places, with no verb between.
bool PhraseReader::Chained(const Item& place, const Item& next) const {
  constexpr uint32_t kNear = 8;  // bytes
  if (next.start < place.end || next.start - place.end >= kNear) return false;
  for (uint32_t t = place.last; t < next.first; ++t) {
    if (document_.tokens[t].upos == Upos::kVerb) return false;
  }
  return true;
}

// "the Security Council" is the United Nations', "the Russian Security Council" is a body of
// Russia.
void PhraseReader::TellBodies(const ActorLanguage& language, std::vector<Item>& items) const {
  for (size_t left = 0; left + 1 < items.size(); ++left) {
    const size_t k = language.country_first ? left + 1 : left;
    if (items[k].type != Item::Type::kEntry || items[k].role == nullptr) continue;
    const Item& state = items[language.country_first ? left : left + 1];
    if (state.IsCountry() && state.entry->kind != EntryKind::kOrganisation &&
        state.entry->kind != EntryKind::kNothing &&
        gaps_.Adjacent(language, items[left], items[left + 1], language.country_first)) {
      items[k].type = Item::Type::kRole;
    }
  }
}

// ---- one phrase --------------------------------------------------------------------------------

// Reads a phrase that starts at items[k]; moves k past it.
Phrase PhraseReader::ReadPhrase(const ActorLanguage& language, const std::vector<Item>& items,
                                size_t& k, int depth) const {
  Phrase phrase;
  if (items[k].IsCountry()) {
    ReadCountry(language, items, k, phrase);
  } else if (items[k].IsRole()) {
    ReadRoles(language, items, k, phrase);
  } else {
    ReadName(language, items, k, phrase);
    return phrase;
  }
  ReadPlacing(language, items, k, phrase);
  if (ReadOf(language, items, k, depth, phrase)) return phrase;
  if (!phrase.roles.empty() && phrase.name == nullptr && k < items.size() && items[k].IsName() &&
      (gaps_.Adjacent(language, items[k - 1], items[k], false) ||
       InOffice(language, items[k - 1], items[k]))) {
    phrase.name = &items[k];
    Extend(phrase, items[k++]);
  }
  return phrase;
}

void PhraseReader::ReadCountry(const ActorLanguage& language, const std::vector<Item>& items,
                               size_t& k, Phrase& phrase) const {
  const auto next = [&]() -> const Item* { return k < items.size() ? &items[k] : nullptr; };
  const auto take = [&]() -> const Item& {
    Extend(phrase, items[k]);
    return items[k++];
  };
  phrase.country = take().entry;
  if (!language.country_first) return;
  // "US-led NATO forces" keeps the nearest.
  if (phrase.country->kind == EntryKind::kAdjective && next() != nullptr && next()->IsCountry() &&
      next()->entry->kind == EntryKind::kOrganisation &&
      gaps_.Adjacent(language, items[k - 1], *next(), false)) {
    phrase.country = take().entry;
  }
  // "Bosnian Serb forces", "Kosovo Albanians": the state goes before the people.
  if (next() != nullptr && next()->IsCountry() &&
      phrase.country->kind != EntryKind::kOrganisation &&
      (next()->entry->kind == EntryKind::kAdjective || next()->entry->kind == EntryKind::kPeople) &&
      next()->start == items[k - 1].end + 1 && text_[items[k - 1].end] == ' ') {
    phrase.people = take().entry->kind == EntryKind::kPeople;
  }
  while (next() != nullptr && next()->IsRole() &&
         gaps_.Adjacent(language, items[k - 1], *next(), phrase.roles.empty())) {
    TakeRole(phrase, items[k++]);
  }
  if (phrase.roles.empty() && next() != nullptr && next()->type == Item::Type::kName &&
      next()->kind == NameKind::kOrg && gaps_.Adjacent(language, items[k - 1], *next(), true)) {
    phrase.name = &take();
  }
}

void PhraseReader::ReadRoles(const ActorLanguage& language, const std::vector<Item>& items,
                             size_t& k, Phrase& phrase) const {
  do {
    TakeRole(phrase, items[k++]);
  } while (k < items.size() && items[k].IsRole() &&
           gaps_.Adjacent(language, items[k - 1], items[k], false));
  if (!language.country_first && k < items.size() && items[k].IsCountry() &&
      items[k].entry->kind != EntryKind::kNothing &&
      (gaps_.Adjacent(language, items[k - 1], items[k], false) ||
       InOffice(language, items[k - 1], items[k]))) {
    phrase.country = items[k].entry;
    Extend(phrase, items[k++]);
  }
}

// "Menteri Hukum dan HAM Yasonna Laoly", "Menteri Hukum Singapura": an office with its field.
bool PhraseReader::InOffice(const ActorLanguage& language, const Item& office,
                            const Item& next) const {
  return office.IsRole() && office.role->kind == RoleKind::kPerson &&
         gaps_.Field(language, office, next);
}

void PhraseReader::ReadName(const ActorLanguage& language, const std::vector<Item>& items,
                            size_t& k, Phrase& phrase) const {
  phrase.name = &items[k];
  phrase.country = items[k].entry;
  Extend(phrase, items[k++]);
  // "Kementerian Perhubungan Malaysia"
  if (!language.country_first && !phrase.name->IsName() && k < items.size() &&
      items[k].IsCountry() && gaps_.Adjacent(language, items[k - 1], items[k], false)) {
    phrase.country = items[k].entry;
    Extend(phrase, items[k++]);
  }
}

// "police in Yogyakarta", "opposition parties in Nepal", "Albanians of southern Serbia": a body or
// a people is of the country it is in.
void PhraseReader::ReadPlacing(const ActorLanguage& language, const std::vector<Item>& items,
                               size_t& k, Phrase& phrase) const {
  const bool body =
      !phrase.roles.empty() && phrase.country == nullptr && !HasKind(phrase, RoleKind::kPerson);
  const bool people = phrase.roles.empty() && phrase.country != nullptr &&
                      phrase.country->kind == EntryKind::kPeople;
  if ((!body && !people) || k >= items.size() || !items[k].IsCountry() ||
      items[k].entry->kind == EntryKind::kNothing ||
      items[k].entry->kind == EntryKind::kOrganisation ||
      gaps_.Followed(language, "border", items[k].end)) {
    return;
  }
  if (!gaps_.Between(language, "genitive", items[k - 1], items[k]) &&
      !(body && gaps_.Between(language, "locative", items[k - 1], items[k]))) {
    return;
  }
  phrase.people = people;
  phrase.country = items[k].where != nullptr ? items[k].where : items[k].entry;
  phrase.placed = true;
  Extend(phrase, items[k++]);
}

// "spokesman for the Russian Foreign Ministry", "juru bicara dari pemerintah Rusia". True where the
// phrase ends with it.
bool PhraseReader::ReadOf(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                          int depth, Phrase& phrase) const {
  if (phrase.roles.empty() || phrase.country != nullptr || depth >= 2 || k >= items.size() ||
      !(items[k].IsCountry() || items[k].IsRole()) ||
      !gaps_.Between(language, "genitive", items[k - 1], items[k])) {
    return false;
  }
  size_t inner = k;
  const Phrase of = ReadPhrase(language, items, inner, depth + 1);
  // "pejabat dari pemerintahan|nya"
  const bool owned = of.country == nullptr && !of.roles.empty() && of.name == nullptr &&
                     inner < items.size() && items[inner].type == Item::Type::kReference &&
                     items[inner].start == of.end;
  if (of.country == nullptr && !owned) return false;
  phrase.roles.insert(phrase.roles.end(), of.roles.begin(), of.roles.end());
  phrase.end = of.end;
  phrase.last = of.last;
  k = inner;
  if (owned) return true;
  phrase.country = of.country;
  if (of.name != nullptr) phrase.name = of.name;
  return false;
}

bool PhraseReader::IsFormer(const ActorLanguage& language, const Phrase& phrase) const {
  if (gaps_.Before(language, "former", "modifier", phrase.start, 3)) return true;
  const auto words = language.words.find("former");
  if (phrase.country == nullptr || phrase.roles.empty() || words == language.words.end()) {
    return false;
  }
  const std::string_view text = text_.substr(phrase.start, phrase.end - phrase.start);
  return std::ranges::any_of(words->second, [&](const std::string& word) {
    return text.find(" " + word + " ") != std::string_view::npos;
  });
}

// Tells the sectors of a phrase from its parts.
void PhraseReader::Settle(const ActorLanguage& language, Phrase& phrase) const {
  if (phrase.reference) return;
  phrase.former = IsFormer(language, phrase);
  const bool person = !phrase.roles.empty() || phrase.name != nullptr;
  phrase.sectors = phrase.former && person ? std::vector<std::string>{"ELI"} : SectorsOf(phrase);
}

// ---- phrases side by side ----------------------------------------------------------------------

bool PhraseReader::Joined(const ActorLanguage& language, const Phrase& left,
                          const Phrase& right) const {
  if (left.reference) return false;
  Item before, after;
  before.end = left.end;
  after.start = right.start;
  return gaps_.Between(language, "and", before, after) || gaps_.Comma(language, before, after);
}

// "the Russian and Chinese foreign ministers": the role goes to each.
void PhraseReader::ShareRoles(const ActorLanguage& language, size_t begin,
                              std::vector<Phrase>& phrases) {
  if (!language.country_first) return;
  for (size_t i = phrases.size(); i-- > begin + 1;) {
    const Phrase& right = phrases[i];
    Phrase& left = phrases[i - 1];
    if (!right.roles.empty() && right.country != nullptr && right.joined && left.roles.empty() &&
        left.name == nullptr && left.country != nullptr &&
        left.country->kind == EntryKind::kAdjective) {
      CopyRoles(right, left);
    }
  }
}

// "Sergei Lavrov, the Russian foreign minister," and "the foreign minister, Sergei Lavrov,"
void PhraseReader::Appose(const ActorLanguage& language, size_t begin,
                          std::vector<Phrase>& phrases) const {
  const auto person = [](const Phrase& phrase) {
    return phrase.name != nullptr && phrase.name->IsName() && phrase.roles.empty();
  };
  const auto office = [](const Phrase& phrase) {
    return phrase.name == nullptr && HasKind(phrase, RoleKind::kPerson);
  };
  for (size_t i = begin; i + 1 < phrases.size(); ++i) {
    Phrase& left = phrases[i];
    Phrase& right = phrases[i + 1];
    if (left.reference || right.reference) continue;
    Item before, after;
    before.end = left.end;
    after.start = right.start;
    const bool closed = right.end < text_.size() &&
                        (i + 2 >= phrases.size() ||
                         std::string_view(",.; ").find(text_[right.end]) != std::string_view::npos);
    if (!closed || !gaps_.Comma(language, before, after)) continue;
    if (person(left) && office(right) && right.country != nullptr) {
      left.country = right.country;
      CopyRoles(right, left);
      right.name = left.name;
    } else if (person(right) && office(left)) {
      left.name = right.name;
      right.country = left.country;
      CopyRoles(left, right);
    } else {
      continue;
    }
    right.same_as = static_cast<int>(i);
    right.joined = false;
  }
}

}  // namespace kronik
