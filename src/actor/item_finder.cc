#include "actor/item_finder.h"

#include <algorithm>

namespace kronik {

namespace {

constexpr int kMaxStateWords = 3;

// Of two readings of a form, which comes first: a name before an adjective; the state before the
// group; a seat of government before the town it is in.
bool Before(const NameEntry& a, const NameEntry& b) {
  if (a.kind == EntryKind::kSeat && b.kind == EntryKind::kCapital) return true;
  if (a.kind == EntryKind::kCapital && b.kind == EntryKind::kSeat) return false;
  return a.kind < b.kind;
}

}  // namespace

const NameEntry* ItemFinder::ChooseEntry(const std::vector<uint32_t>& values) const {
  const NameEntry* best = nullptr;
  bool best_fits = false;
  for (const uint32_t value : values) {
    const NameEntry& entry = gazetteer_.entry(value);
    const bool fits = month_.empty()
                          ? entry.to.empty()
                          : month_.substr(0, entry.from.size()) >= entry.from &&
                                (entry.to.empty() || month_.substr(0, entry.to.size()) <= entry.to);
    if (entry.kind != EntryKind::kHolder) {
      if (fits && (best == nullptr || Before(entry, *best))) best = &entry;
      continue;
    }
    if (best == nullptr || (fits && !best_fits)) {
      best = &entry;
      best_fits = fits;
    }
  }
  return best;
}

void ItemFinder::Find(const Sentence& sentence, const ActorLanguage& language,
                      std::vector<Item>& items) {
  const PhraseTable& names = gazetteer_.Table(document_.LangOf(sentence));
  const std::vector<Token>& tokens = document_.tokens;
  uint32_t cursor = 0;
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    const Token& token = tokens[t];
    if (token.end > text_.size()) return;
    while (next_mention_ < document_.mentions.size() &&
           document_.mentions[next_mention_].first < t) {
      ++next_mention_;
    }
    for (uint32_t at = token.start; at < token.end;) {
      Item item;
      if (at >= cursor && FindItem(language, names, t, at, item)) {
        cursor = item.end;
        item.first = t;
        item.last = t + 1;
        while (item.last < sentence.last && tokens[item.last].start < item.end) ++item.last;
        items.push_back(item);
      }
      const size_t hyphen = text_.find('-', at);
      if (hyphen == std::string_view::npos || hyphen + 1 >= token.end) break;
      at = static_cast<uint32_t>(hyphen) + 1;
    }
  }
}

// "Iran-backed militia": the name before the hyphen tells about the militia, and does not act.
bool ItemFinder::Backed(const ActorLanguage& language, uint32_t at) const {
  return language.Is("not_before", gaps_.WordAfter(at, '-'));
}

// "Hong Kong dollars", "dolar AS"
bool ItemFinder::IsMoney(const ActorLanguage& language, uint32_t start, uint32_t end) const {
  return language.Is("money", language.country_first ? gaps_.WordAfter(end, ' ')
                                                     : FoldAscii(gaps_.WordBefore(start)));
}

// "Young Kenyans" is no name, but a people with a word before it.
bool ItemFinder::EndsWithPeople(const PhraseTable& names, const Mention& mention) const {
  const std::string_view text = document_.Cut(mention.span);
  const size_t space = text.rfind(' ');
  if (space == std::string_view::npos) return false;
  const uint32_t last = mention.span.start + static_cast<uint32_t>(space) + 1;
  const PhraseTable::Hit hit = names.Find(text_, last);
  return last + hit.size == mention.span.end && hit.size != 0 &&
         ChooseEntry(*hit.values)->kind == EntryKind::kPeople;
}

// "Eleven Iraqi" is no name, but a known one with a number before it; "Tentara Kenya" is a role and
// a state, "Kelompok Houthi" an organisation with the word for its kind.
bool ItemFinder::HidesKnown(const ActorLanguage& language, const PhraseTable& names,
                            const Mention& mention, const PhraseTable::Hit& role) const {
  const std::string_view text = document_.Cut(mention.span);
  const auto known = [&](size_t skip) {
    const auto at = static_cast<uint32_t>(mention.span.start + skip + 1);
    const PhraseTable::Hit hit = at < mention.span.end ? names.Find(text_, at) : PhraseTable::Hit();
    return at + hit.size == mention.span.end && hit.size != 0 ? ChooseEntry(*hit.values) : nullptr;
  };
  const size_t space = text.find(' ');
  if (space == std::string_view::npos) return false;
  if (language.Is("quantity", FoldAscii(text.substr(0, space)))) return known(space) != nullptr;
  if (language.country_first || mention.kind == NameKind::kLoc) return false;
  if (role.size != 0 && mention.kind == NameKind::kOrg) return known(role.size) != nullptr;
  const NameEntry* entry = known(space);
  return entry != nullptr && entry->kind == EntryKind::kOrganisation;
}

// The name that starts at a byte, if that is where the token starts.
const Mention* ItemFinder::MentionAt(uint32_t token, uint32_t at) const {
  const bool starts = next_mention_ < document_.mentions.size() &&
                      document_.mentions[next_mention_].first == token &&
                      at == document_.tokens[token].start;
  return starts ? &document_.mentions[next_mention_] : nullptr;
}

PhraseTable::Hit ItemFinder::RoleAt(const ActorLanguage& language, uint32_t token,
                                    uint32_t at) const {
  const Token& word = document_.tokens[token];
  PhraseTable::Hit role = language.role_table.Find(text_, at);
  // A word with a clitic that is a token of its own: "pemerintahan|nya".
  if (role.size == 0 && token + 1 < document_.tokens.size() &&
      document_.tokens[token + 1].start == word.end) {
    role = language.role_table.Find(text_.substr(0, word.end), at);
  }
  // "a group of lawmakers": how many
  if (role.size != 0 && language.Is("of_group", FoldAscii(text_.substr(at, role.size))) &&
      language.Is("genitive", gaps_.WordAfter(at + role.size, ' '))) {
    role = {};
  }
  // "head", "press", "state" as a verb.
  if (role.size != 0 && at + role.size <= word.end && word.upos == Upos::kVerb) role = {};
  return role;
}

// "the leaders of Turkey and Egypt" are no leaders named before.
bool ItemFinder::OfSomebody(const ActorLanguage& language, const PhraseTable::Hit& reference,
                            uint32_t at) const {
  return IsPair(static_cast<Reference>(reference.values->front())) &&
         language.Is("owned", gaps_.WordAfter(at + reference.size, ' '));
}

bool ItemFinder::FindItem(const ActorLanguage& language, const PhraseTable& names, uint32_t token,
                          uint32_t at, Item& item) const {
  PhraseTable::Hit known = names.Find(text_, at);
  if (known.size != 0 && Backed(language, at + known.size)) known = {};
  if (known.size != 0 && IsMoney(language, at, at + known.size)) known = {};
  const PhraseTable::Hit role = RoleAt(language, token, at);
  const PhraseTable::Hit reference = language.reference.Find(text_, at);
  item.start = at;
  if (at > 0 && text_[at - 1] == '-' && language.Is("not_after", FoldAscii(gaps_.WordBefore(at)))) {
    return false;
  }
  const Mention* mention = MentionAt(token, at);
  if (known.size != 0 && known.size >= role.size && known.size >= reference.size &&
      TakeEntry(language, names, known, mention, item)) {
    if (role.size == known.size) item.role = &language.roles[role.values->front()];
    return true;
  }
  // "Thousands", "Ribuan" at the head of a sentence is no name.
  if (mention != nullptr &&
      (language.Is("quantity", FoldAscii(document_.Cut(mention->span))) ||
       EndsWithPeople(names, *mention) || HidesKnown(language, names, *mention, role))) {
    mention = nullptr;
  }
  // "the government of Peru" is named by what it is.
  if (mention != nullptr && role.size != 0 && text_[at] >= 'a' && text_[at] <= 'z') {
    mention = nullptr;
  }
  if (mention != nullptr && (mention->kind == NameKind::kPer || mention->kind == NameKind::kOrg) &&
      mention->span.size() >= role.size && mention->span.size() > reference.size &&
      !(mention->span.size() == role.size && language.roles[role.values->front()].neutral)) {
    TakeName(language, names, known, role, *mention, item);
    return true;
  }
  if (role.size != 0 && role.size >= reference.size) {
    TakeRole(language, role, token, item);
    return true;
  }
  if (reference.size == 0 || OfSomebody(language, reference, at)) return false;
  item.type = Item::Type::kReference;
  item.reference = static_cast<Reference>(reference.values->front());
  item.end = at + reference.size;
  return true;
}

// "the North", but not "the North Sea", nor "north".
bool ItemFinder::StandsAlone(const ActorLanguage& language, uint32_t start, uint32_t end) const {
  if (!language.Is("definite", FoldAscii(gaps_.WordBefore(start)))) return false;
  if (end >= text_.size() || text_[end] != ' ') return end < text_.size() && text_[end] != '-';
  return end + 1 < text_.size() && !(text_[end + 1] >= 'A' && text_[end + 1] <= 'Z');
}

// "Afghan Interior Ministry", "Nigeria's Air Force", "Australian Federal Police": behind a state
// one of its institutions, which the roles know.
bool ItemFinder::IsInstitution(const ActorLanguage& language, uint32_t at,
                               const Mention& mention) const {
  for (const std::string_view ending : {"'s", "’s"}) {
    if (language.country_first && text_.substr(at).starts_with(ending)) {
      at += static_cast<uint32_t>(ending.size());
    }
  }
  constexpr int kModifiers = 3;
  for (int word = 0; word <= kModifiers && at + 1 < mention.span.end; ++word) {
    if (at + 1 + language.role_table.Find(text_, at + 1).size >= mention.span.end) return true;
    const size_t space = std::min(text_.find(' ', at + 1), text_.size());
    if (!language.Is("modifier", FoldAscii(text_.substr(at + 1, space - at - 1)))) return false;
    at = static_cast<uint32_t>(space);
  }
  return false;
}

// "British and French": two nations, and no name.
bool ItemFinder::IsJoined(const ActorLanguage& language, const PhraseTable& names, uint32_t at,
                          const Mention& mention) const {
  const std::string_view word = gaps_.WordAfter(at, ' ');
  if (!language.Is("and", word)) return false;
  at += static_cast<uint32_t>(word.size()) + 2;
  const PhraseTable::Hit hit = names.Find(text_, at);
  return hit.size != 0 && at + hit.size == mention.span.end &&
         ChooseEntry(*hit.values)->kind <= EntryKind::kPeople;
}

// "Houthi Yaman": behind an organisation the state that it is in.
bool ItemFinder::IsOfState(const ActorLanguage& language, const PhraseTable& names, uint32_t at,
                           const Mention& mention) const {
  if (language.country_first) return false;
  const PhraseTable::Hit hit = names.Find(text_, at + 1);
  return hit.size != 0 && at + 1 + hit.size == mention.span.end &&
         ChooseEntry(*hit.values)->kind == EntryKind::kCountry;
}

// A name that the data know, unless it only begins a longer one.
bool ItemFinder::TakeEntry(const ActorLanguage& language, const PhraseTable& names,
                           const PhraseTable::Hit& known, const Mention* mention,
                           Item& item) const {
  const NameEntry* entry = ChooseEntry(*known.values);
  const uint32_t end = item.start + known.size;
  if (end < text_.size() && text_[end] == '$') return false;  // "US$"
  if (mention != nullptr && mention->span.end > end && mention->kind != NameKind::kLoc &&
      entry->kind != EntryKind::kNothing) {
    const bool state = entry->kind <= EntryKind::kAdjective;
    // "Iranian Revolutionary Guards": a state with one of its bodies that has a name.
    const PhraseTable::Hit body = state ? names.Find(text_, end + 1) : PhraseTable::Hit();
    if (body.size != 0 && end + 1 + body.size == mention->span.end) {
      const NameEntry* named = ChooseEntry(*body.values);
      if (named->kind == EntryKind::kOrganisation && named->code == entry->code) {
        item.type = Item::Type::kEntry;
        item.entry = named;
        item.end = mention->span.end;
        return true;
      }
    }
    if (!(state && IsInstitution(language, end, *mention)) &&
        !(state && IsJoined(language, names, end, *mention)) &&
        !(entry->kind == EntryKind::kOrganisation && IsOfState(language, names, end, *mention))) {
      return false;
    }
  }
  if (entry->kind == EntryKind::kHalf && !StandsAlone(language, item.start, end)) return false;
  item.type = Item::Type::kEntry;
  item.entry = entry;
  item.end = end;
  if (entry->kind == EntryKind::kSeat) {
    for (const uint32_t value : *known.values) {
      const NameEntry& other = gazetteer_.entry(value);
      if (other.kind == EntryKind::kCapital) item.where = &other;
    }
  }
  return true;
}

void ItemFinder::TakeName(const ActorLanguage& language, const PhraseTable& names,
                          const PhraseTable::Hit& known, const PhraseTable::Hit& role,
                          const Mention& mention, Item& item) const {
  item.type = Item::Type::kName;
  item.kind = mention.kind;
  item.end = mention.span.end;
  if (item.kind != NameKind::kOrg) return;
  // "Afghan Taliban", "U.S. Treasury Department": an organisation of the state it names.
  if (known.size != 0) {
    const NameEntry* entry = ChooseEntry(*known.values);
    if (entry->kind <= EntryKind::kAdjective) item.entry = entry;
  }
  if (item.entry == nullptr) item.entry = StateAtEnd(language, names, mention);
  if (role.size != 0) item.role = &language.roles[role.values->front()];
}

// "Bank of Japan", "Partai Komunis Vietnam": the state that ends the name of an organisation.
const NameEntry* ItemFinder::StateAtEnd(const ActorLanguage& language, const PhraseTable& names,
                                        const Mention& mention) const {
  const std::string_view text = document_.Cut(mention.span);
  constexpr int kWords = 4;  // of the longest state
  size_t space = text.size();
  for (int word = 0; word < kWords; ++word) {
    space = space == 0 ? std::string_view::npos : text.rfind(' ', space - 1);
    if (space == std::string_view::npos) return nullptr;
    const auto at = static_cast<uint32_t>(mention.span.start + space + 1);
    const PhraseTable::Hit hit = names.Find(text_, at);
    if (hit.size == 0 || at + hit.size != mention.span.end) continue;
    const NameEntry* entry = ChooseEntry(*hit.values);
    const bool of = !language.country_first || language.Is("genitive", gaps_.WordBefore(at));
    return of && entry->kind == EntryKind::kCountry ? entry : nullptr;
  }
  return nullptr;
}

void ItemFinder::TakeRole(const ActorLanguage& language, const PhraseTable::Hit& role,
                          uint32_t token, Item& item) const {
  item.type = Item::Type::kRole;
  item.role = &language.roles[role.values->front()];
  item.end = item.start + role.size;
  // A doubled word is a plural: "dokter-dokter".
  const std::string_view word = text_.substr(item.start, role.size);
  if (item.end < document_.tokens[token].end && text_[item.end] == '-' &&
      FoldAscii(text_.substr(item.end + 1, role.size)) == FoldAscii(word)) {
    item.end += 1 + role.size;
  }
}

}  // namespace kronik
