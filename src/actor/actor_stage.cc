#include "actor/actor_stage.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/dateline.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "gazetteer/names.h"

namespace kronik {
namespace {

enum class RoleKind : uint8_t { kPerson, kBody, kPeople };

struct Role {
  RoleKind kind = RoleKind::kPerson;
  bool neutral = false;  // takes the sectors of what it stands with
  bool local = false;    // belongs to where the sentence is set, be it a capital that hosts others
  std::vector<std::string> sectors;
  std::string form;
};

// data/lang/<code>/roles.tsv and reference.tsv.
struct Language {
  std::vector<Role> roles;
  PhraseTable role_table;
  PhraseTable reference;  // pronouns and pairs, by their key's number
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> words;
  bool country_first = true;

  bool Is(std::string_view key, std::string_view word) const {
    const auto found = words.find(key);
    return found != words.end() && found->second.contains(word);
  }
};

enum Reference : uint32_t { kHe, kThey, kIt, kPair, kWhose };

Result<Language> LoadLanguage(const Resources& resources, const std::string& lang,
                              const std::vector<Agent>& agents) {
  Language out;
  // The user's before the table's, since the first of equals is taken.
  for (const Agent& agent : agents) {
    Role role;
    role.kind = RoleKind::kPeople;
    role.sectors = agent.sectors;
    for (const std::string& form : agent.forms) {
      role.form = form;
      out.role_table.Add(form, static_cast<uint32_t>(out.roles.size()), true);
      out.roles.push_back(role);
    }
  }
  const std::string folder = "data/lang/" + lang + "/";
  if (resources.Has(folder + "roles.tsv")) {
    Result<Tsv> table = Tsv::Load(resources, folder + "roles.tsv", {"forms", "kind", "sectors"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      Role role;
      for (std::string_view kind : SplitCell(row[1])) {
        if (kind == "body") {
          role.kind = RoleKind::kBody;
        } else if (kind == "people") {
          role.kind = RoleKind::kPeople;
        } else if (kind == "local") {
          role.local = true;
        } else if (kind != "person") {
          return table->ErrorAt(row, "unknown kind");
        }
      }
      role.neutral = row[2] == "*";
      if (!role.neutral) {
        for (std::string_view sector : SplitCell(row[2])) role.sectors.emplace_back(sector);
      }
      for (std::string_view form : SplitCell(row[0])) {
        role.form = form;
        const bool exact = std::ranges::any_of(form, [](char c) { return c >= 'A' && c <= 'Z'; });
        out.role_table.Add(form, static_cast<uint32_t>(out.roles.size()), !exact);
        out.roles.push_back(role);
      }
    }
  }
  if (resources.Has(folder + "reference.tsv")) {
    Result<Tsv> table = Tsv::Load(resources, folder + "reference.tsv", {"key", "forms"});
    if (!table) return table.error();
    static const std::map<std::string_view, Reference> kKeys = {
        {"person", kHe}, {"many", kThey}, {"thing", kIt}, {"pair", kPair}, {"whose", kWhose}};
    for (const Tsv::Row& row : table->rows()) {
      for (std::string_view form : SplitCell(row[1])) {
        out.words[std::string(row[0])].emplace(form);
        const auto key = kKeys.find(row[0]);
        if (key != kKeys.end()) out.reference.Add(form, key->second, true);
      }
      if (row[0] == "order") out.country_first = row[1] == "before";
    }
  }
  return out;
}

// One thing found in a sentence's words.
struct Item {
  enum class Type : uint8_t { kEntry, kRole, kReference, kName };
  Type type = Type::kName;
  uint32_t start = 0, end = 0;       // bytes
  uint32_t first = 0, last = 0;      // tokens
  const NameEntry* entry = nullptr;  // of a name: the state it begins with
  const Role* role = nullptr;
  Reference reference = kHe;
  NameKind kind = NameKind::kPer;

  bool IsCountry() const { return type == Type::kEntry && entry->kind != EntryKind::kHolder; }
  bool IsRole() const { return type == Type::kRole; }
  bool IsName() const {
    return (type == Type::kName && kind == NameKind::kPer) ||
           (type == Type::kEntry && entry->kind == EntryKind::kHolder);
  }
};

// A noun phrase: a mention before it is known whose.
struct Phrase {
  uint32_t start = 0, end = 0, first = 0, last = 0;
  const NameEntry* country = nullptr;
  std::vector<const Role*> roles;
  uint32_t roles_start = 0, roles_end = 0;
  const Item* name = nullptr;
  std::vector<std::string> sectors;
  bool reference = false;
  Reference what = kHe;
  bool former = false;
  bool people = false;  // persons of a nation, whose state the phrase tells besides
  std::string owner;    // the code of whom a pronoun before it means
  bool placed = false;  // the country is where it is
  int same_as = -1;     // index of the phrase it stands in apposition to
  bool joined = false;  // coordinated with the phrase before it
  uint32_t sentence = 0;
  uint32_t actor = kNone;

  const Role* MainRole() const { return roles.empty() ? nullptr : roles.front(); }
};

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part + "|";
  return out;
}

// The reader of one document.
class Reader {
 public:
  Reader(const Gazetteer& gazetteer, const std::map<std::string, Language, std::less<>>& languages,
         const Document& document)
      : gazetteer_(gazetteer),
        languages_(languages),
        document_(document),
        text_(document.article.text) {
    const std::string& date =
        document.article.published.empty() ? document.input.date : document.article.published;
    month_ = date.substr(0, 7);
  }

  void Read() {
    place_ = PlaceOf(document_.article.place, document_.article.lang);
    sentence_place_.resize(document_.sentences.size());
    sentence_land_.resize(document_.sentences.size());
    for (uint32_t s = 0; s < document_.sentences.size(); ++s) ReadSentence(s);
    CountCodes();
    RegisterPersons();
    Resolve();
    for (const Phrase& phrase : places_) {
      if (phrase.country->code == "-") continue;
      const Span span{phrase.start, phrase.end, Layer::kBody, 0};
      places.push_back({span,
                        phrase.first,
                        phrase.last,
                        phrase.last - 1,
                        MentionForm::kName,
                        {StateActor(phrase)}});
    }
  }

  std::vector<Actor> actors;
  std::vector<ActorMention> mentions, places;

 private:
  static const Language& Empty() {
    static const Language kEmpty;
    return kEmpty;
  }
  const Language& LanguageOf(std::string_view code) const {
    const auto found = languages_.find(code);
    return found != languages_.end() ? found->second : Empty();
  }

  std::string PlaceOf(std::string_view place, std::string_view lang) const {
    std::string code;
    for (size_t at = 0; at < place.size() && at < 200; ++at) {
      if (at > 0 && place[at - 1] != ' ' && place[at - 1] != ',') continue;
      const PhraseTable::Hit hit = gazetteer_.Table(lang).Find(place, at);
      if (hit.size == 0) continue;
      const NameEntry& entry = gazetteer_.entry(hit.values->front());
      if (entry.kind != EntryKind::kNothing && entry.kind != EntryKind::kHolder) code = entry.code;
    }
    return code;
  }

  // ---- items -----------------------------------------------------------------------------------

  const NameEntry* ChooseEntry(const std::vector<uint32_t>& values) const {
    const NameEntry* best = nullptr;
    bool best_fits = false;
    for (const uint32_t value : values) {
      const NameEntry& entry = gazetteer_.entry(value);
      if (entry.kind != EntryKind::kHolder) {
        // A name before an adjective of the same form; the state before the group.
        if (best == nullptr || entry.kind < best->kind) best = &entry;
        continue;
      }
      const bool fits =
          month_.empty() ? entry.to.empty()
                         : month_.substr(0, entry.from.size()) >= entry.from &&
                               (entry.to.empty() || month_.substr(0, entry.to.size()) <= entry.to);
      if (best == nullptr || (fits && !best_fits)) {
        best = &entry;
        best_fits = fits;
      }
    }
    return best;
  }

  std::string_view WordBefore(uint32_t at) const {
    uint32_t end = at;
    while (end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '-' || text_[end - 1] == '"'))
      --end;
    uint32_t start = end;
    while (start > 0 && end - start < 40 && text_[start - 1] != ' ' && text_[start - 1] != '-' &&
           text_[start - 1] != '\n') {
      --start;
    }
    return text_.substr(start, end - start);
  }

  // Whether a word of the list `key` stands before, with only words of `between`, or capitalised
  // ones, after it.
  bool Before(const Language& language, std::string_view key, std::string_view between, uint32_t at,
              int words) const {
    for (; words > 0; --words) {
      const std::string_view word = WordBefore(at);
      if (word.empty()) return false;
      const std::string lower = FoldAscii(word);
      if (language.Is(key, lower)) return true;
      const bool capital = key == "former" && word[0] >= 'A' && word[0] <= 'Z' &&
                           word.back() != ',' && word.back() != '.';
      if (!capital && !language.Is(between, lower)) return false;
      at = static_cast<uint32_t>(word.data() - text_.data());
    }
    return false;
  }

  void FindItems(const Sentence& sentence, std::vector<Item>& items) {
    const Language& language = LanguageOf(document_.LangOf(sentence));
    const PhraseTable& names = gazetteer_.Table(document_.LangOf(sentence));
    const std::vector<Token>& tokens = document_.tokens;
    uint32_t cursor = 0;
    while (next_mention_ < document_.mentions.size() &&
           document_.mentions[next_mention_].first < sentence.first) {
      ++next_mention_;
    }
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      const Token& token = tokens[t];
      if (token.end > text_.size()) return;
      while (next_mention_ < document_.mentions.size() &&
             document_.mentions[next_mention_].first < t) {
        ++next_mention_;
      }
      for (uint32_t at = token.start; at < token.end;) {
        if (at >= cursor) {
          Item item;
          if (FindItem(language, names, t, at, item)) {
            cursor = item.end;
            item.first = t;
            item.last = t + 1;
            while (item.last < sentence.last && tokens[item.last].start < item.end) ++item.last;
            items.push_back(item);
          }
        }
        const size_t hyphen = text_.find('-', at);
        if (hyphen == std::string_view::npos || hyphen + 1 >= token.end) break;
        at = static_cast<uint32_t>(hyphen) + 1;
      }
    }
  }

  // "Iran-backed militia": the name before the hyphen tells about the militia, and does not act.
  bool Backed(const Language& language, uint32_t at) const {
    if (at + 1 >= text_.size() || text_[at] != '-') return false;
    uint32_t end = at + 1;
    while (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') ++end;
    return language.Is("not_before", text_.substr(at + 1, end - at - 1));
  }

  // "Young Kenyans" is no name, but a people with a word before it.
  bool EndsWithPeople(const PhraseTable& names, const Mention& mention) const {
    const std::string_view text = document_.Cut(mention.span);
    const size_t space = text.rfind(' ');
    if (space == std::string_view::npos) return false;
    const uint32_t last = mention.span.start + static_cast<uint32_t>(space) + 1;
    const PhraseTable::Hit hit = names.Find(text_, last);
    return last + hit.size == mention.span.end && hit.size != 0 &&
           ChooseEntry(*hit.values)->kind == EntryKind::kPeople;
  }

  bool FindItem(const Language& language, const PhraseTable& names, uint32_t t, uint32_t at,
                Item& item) const {
    const Token& token = document_.tokens[t];
    PhraseTable::Hit known = names.Find(text_, at);
    PhraseTable::Hit role = language.role_table.Find(text_, at);
    const PhraseTable::Hit reference = language.reference.Find(text_, at);
    // A word with a clitic that is a token of its own: "pemerintahan|nya".
    if (role.size == 0 && t + 1 < document_.tokens.size() &&
        document_.tokens[t + 1].start == token.end) {
      role = language.role_table.Find(text_.substr(0, token.end), at);
    }
    if (known.size != 0 && Backed(language, at + known.size)) known = {};
    // "head", "press", "state" as a verb.
    if (role.size != 0 && at + role.size <= token.end && token.upos == Upos::kVerb) role = {};
    item.start = at;
    if (at > 0 && text_[at - 1] == '-' && language.Is("not_after", FoldAscii(WordBefore(at))))
      return false;
    const Mention* mention = nullptr;
    if (next_mention_ < document_.mentions.size() && document_.mentions[next_mention_].first == t &&
        at == token.start) {
      mention = &document_.mentions[next_mention_];
    }
    if (known.size != 0 && known.size >= role.size && known.size >= reference.size) {
      const NameEntry* entry = ChooseEntry(*known.values);
      // "Afghan Interior Ministry": a state with one of its institutions, which the roles know.
      const uint32_t rest = at + known.size + 1;
      const bool institution =
          mention != nullptr && entry->kind <= EntryKind::kAdjective && rest < text_.size() &&
          rest + language.role_table.Find(text_, rest).size == mention->span.end;
      const bool longer = mention != nullptr && mention->span.end > at + known.size &&
                          mention->kind != NameKind::kLoc && entry->kind != EntryKind::kNothing &&
                          !institution;
      if (!longer) {
        item.type = Item::Type::kEntry;
        item.entry = entry;
        item.end = at + known.size;
        return true;
      }
    }
    // "Thousands", "Ribuan" at the head of a sentence is no name.
    if (mention != nullptr && language.Is("quantity", FoldAscii(document_.Cut(mention->span)))) {
      mention = nullptr;
    }
    if (mention != nullptr && EndsWithPeople(names, *mention)) mention = nullptr;
    if (mention != nullptr &&
        (mention->kind == NameKind::kPer || mention->kind == NameKind::kOrg) &&
        mention->span.size() >= role.size && mention->span.size() > reference.size) {
      item.type = Item::Type::kName;
      item.kind = mention->kind;
      item.end = mention->span.end;
      // "Afghan Taliban", "U.S. Treasury Department": an organisation of the state it names.
      if (known.size != 0 && item.kind == NameKind::kOrg) {
        const NameEntry* entry = ChooseEntry(*known.values);
        if (entry->kind <= EntryKind::kAdjective) item.entry = entry;
      }
      if (role.size != 0 && item.kind == NameKind::kOrg) {
        item.role = &language.roles[role.values->front()];
      }
      return true;
    }
    if (role.size != 0 && role.size >= reference.size) {
      item.type = Item::Type::kRole;
      item.role = &language.roles[role.values->front()];
      item.end = at + role.size;
      // A doubled word is a plural: "dokter-dokter".
      const std::string_view word = text_.substr(at, role.size);
      if (item.end < token.end && text_[item.end] == '-' &&
          FoldAscii(text_.substr(item.end + 1, role.size)) == FoldAscii(word)) {
        item.end += 1 + role.size;
      }
      return true;
    }
    if (reference.size != 0) {
      item.type = Item::Type::kReference;
      item.reference = static_cast<Reference>(reference.values->front());
      item.end = at + reference.size;
      return true;
    }
    return false;
  }

  // ---- phrases ---------------------------------------------------------------------------------

  // Whether only modifiers (at most three) and, where allowed, a possessive ending stand between.
  bool Adjacent(const Language& language, const Item& a, const Item& b, bool possessive) const {
    if (b.start < a.end || b.start - a.end > 60) return false;
    std::string_view between = text_.substr(a.end, b.start - a.end);
    if (possessive && language.words.contains("possessive")) {
      for (const std::string& ending : language.words.find("possessive")->second) {
        if (ending.size() > 1 && between.starts_with(ending)) {
          between.remove_prefix(ending.size());
          break;
        }
      }
    }
    int count = 0;
    for (size_t at = 0; at < between.size();) {
      const size_t end = std::min(between.find(' ', at), between.size());
      if (end > at) {
        const std::string word = FoldAscii(between.substr(at, end - at));
        const bool title =
            word.ends_with('.') && language.Is("title", word.substr(0, word.size() - 1));
        if (++count > 3 || (!language.Is("modifier", word) && !language.Is("former", word) &&
                            !language.Is("title", word) && !title)) {
          return false;
        }
      }
      at = end + 1;
    }
    return true;
  }

  // Whether a word of the list `key` stands between, with nothing but a determiner and modifiers.
  bool Between(const Language& language, std::string_view key, const Item& a, const Item& b) const {
    if (b.start < a.end || b.start - a.end > 40) return false;
    const std::string_view between = text_.substr(a.end, b.start - a.end);
    bool found = false;
    for (size_t at = 0; at < between.size();) {
      const size_t end = std::min(between.find(' ', at), between.size());
      if (end > at) {
        const std::string word = FoldAscii(between.substr(at, end - at));
        if (!found && language.Is(key, word)) {
          found = true;
        } else if (!language.Is("definite", word) && !language.Is("modifier", word) &&
                   !(found && language.Is("direction", word))) {
          return false;
        }
      }
      at = end + 1;
    }
    return found;
  }

  // ", " with at most a determiner and modifiers.
  bool Comma(const Language& language, const Item& a, const Item& b) const {
    if (b.start < a.end + 2 || b.start - a.end > 40 || text_[a.end] != ',') return false;
    Item from = a;
    from.end = a.end + 1;
    if (Adjacent(language, from, b, false)) return true;
    std::string_view between = text_.substr(from.end, b.start - from.end);
    while (between.starts_with(' ')) between.remove_prefix(1);
    const size_t space = between.find(' ');
    if (space == std::string_view::npos ||
        !language.Is("definite", FoldAscii(between.substr(0, space)))) {
      return false;
    }
    from.end = b.start - static_cast<uint32_t>(between.size() - space);
    return Adjacent(language, from, b, false);
  }

  static void Extend(Phrase& phrase, const Item& item) {
    if (phrase.last == 0) {
      phrase.start = item.start;
      phrase.first = item.first;
    }
    phrase.end = std::max(phrase.end, item.end);
    phrase.last = std::max(phrase.last, item.last);
  }

  static void TakeRole(Phrase& phrase, const Item& item) {
    Extend(phrase, item);
    if (phrase.roles.empty()) phrase.roles_start = item.start;
    phrase.roles_end = item.end;
    phrase.roles.push_back(item.role);
  }

  // Reads a phrase that starts at items[k]; moves k past it.
  Phrase ReadPhrase(const Language& language, const std::vector<Item>& items, size_t& k,
                    int depth) const {
    Phrase phrase;
    const auto next = [&]() -> const Item* { return k < items.size() ? &items[k] : nullptr; };
    const Item* previous = &items[k];
    if (items[k].IsCountry()) {
      phrase.country = items[k].entry;
      Extend(phrase, items[k++]);
      // "US-led NATO forces" keeps the nearest.
      if (language.country_first && phrase.country->kind == EntryKind::kAdjective &&
          next() != nullptr && next()->IsCountry() &&
          next()->entry->kind == EntryKind::kOrganisation &&
          Adjacent(language, *previous, *next(), false)) {
        phrase.country = next()->entry;
        previous = next();
        Extend(phrase, *previous);
        ++k;
      }
      // "Bosnian Serb forces", "Kosovo Albanians": the state goes before the people.
      if (language.country_first && next() != nullptr && next()->IsCountry() &&
          phrase.country->kind != EntryKind::kOrganisation &&
          (next()->entry->kind == EntryKind::kAdjective ||
           next()->entry->kind == EntryKind::kPeople) &&
          next()->start == previous->end + 1 && text_[previous->end] == ' ') {
        phrase.people = next()->entry->kind == EntryKind::kPeople;
        previous = next();
        Extend(phrase, *previous);
        ++k;
      }
      if (language.country_first) {
        while (next() != nullptr && next()->IsRole() &&
               Adjacent(language, *previous, *next(), phrase.roles.empty())) {
          previous = next();
          TakeRole(phrase, *previous);
          ++k;
        }
      }
      if (language.country_first && phrase.roles.empty() && next() != nullptr &&
          next()->type == Item::Type::kName && next()->kind == NameKind::kOrg &&
          Adjacent(language, *previous, *next(), true)) {
        phrase.name = next();
        Extend(phrase, items[k++]);
      }
    } else if (items[k].IsRole()) {
      TakeRole(phrase, items[k++]);
      while (next() != nullptr && next()->IsRole() &&
             Adjacent(language, *previous, *next(), false)) {
        previous = next();
        TakeRole(phrase, *previous);
        ++k;
      }
      const auto is_party = [&](const Item& item) {
        return item.IsCountry() && item.entry->kind != EntryKind::kNothing &&
               !(language.country_first && item.entry->kind == EntryKind::kOrganisation);
      };
      if (!language.country_first && next() != nullptr && is_party(*next()) &&
          Adjacent(language, *previous, *next(), false)) {
        phrase.country = next()->entry;
        previous = next();
        Extend(phrase, *previous);
        ++k;
      }
    } else {
      phrase.name = &items[k];
      phrase.country = items[k].entry;
      Extend(phrase, items[k++]);
      // "Kementerian Perhubungan Malaysia"
      if (!language.country_first && !phrase.name->IsName() && next() != nullptr &&
          next()->IsCountry() && Adjacent(language, *previous, *next(), false)) {
        phrase.country = next()->entry;
        Extend(phrase, items[k++]);
      }
      return phrase;
    }
    // "police in Yogyakarta", "opposition parties in Nepal", "Albanians of southern Serbia": a body
    // or a people is of the country it is in.
    const bool placed = !phrase.roles.empty() && phrase.country == nullptr &&
                        std::ranges::none_of(phrase.roles, [](const Role* role) {
                          return role->kind == RoleKind::kPerson;
                        });
    const bool people = phrase.roles.empty() && phrase.country != nullptr &&
                        phrase.country->kind == EntryKind::kPeople;
    if ((placed || people) && next() != nullptr && next()->IsCountry() &&
        next()->entry->kind != EntryKind::kNothing &&
        next()->entry->kind != EntryKind::kOrganisation &&
        (Between(language, "genitive", *previous, *next()) ||
         (placed && Between(language, "locative", *previous, *next())))) {
      phrase.people = people;
      phrase.country = next()->entry;
      phrase.placed = true;
      previous = next();
      Extend(phrase, *previous);
      ++k;
    }
    // "spokesman for the Russian Foreign Ministry", "juru bicara dari pemerintah Rusia"
    if (!phrase.roles.empty() && phrase.country == nullptr && depth < 2 && next() != nullptr &&
        (next()->IsCountry() || next()->IsRole()) &&
        Between(language, "genitive", *previous, *next())) {
      size_t inner = k;
      const Phrase of = ReadPhrase(language, items, inner, depth + 1);
      if (of.country != nullptr) {
        phrase.country = of.country;
        phrase.roles.insert(phrase.roles.end(), of.roles.begin(), of.roles.end());
        phrase.end = of.end;
        phrase.last = of.last;
        k = inner;
        if (of.name != nullptr) phrase.name = of.name;
        previous = &items[k - 1];
      } else if (!of.roles.empty() && of.name == nullptr && inner < items.size() &&
                 items[inner].type == Item::Type::kReference && items[inner].start == of.end) {
        // "pejabat dari pemerintahan|nya"
        phrase.roles.insert(phrase.roles.end(), of.roles.begin(), of.roles.end());
        phrase.end = of.end;
        phrase.last = of.last;
        k = inner;
        return phrase;
      }
    }
    if (!phrase.roles.empty() && phrase.name == nullptr && next() != nullptr && next()->IsName() &&
        Adjacent(language, *previous, *next(), false)) {
      phrase.name = next();
      Extend(phrase, *next());
      ++k;
    }
    return phrase;
  }

  void Settle(const Language& language, Phrase& phrase, uint32_t sentence) const {
    phrase.sentence = sentence;
    if (phrase.reference) return;
    phrase.former = Before(language, "former", "modifier", phrase.start, 3);
    if (phrase.country != nullptr && !phrase.roles.empty()) {
      const std::string_view before = text_.substr(phrase.start, phrase.end - phrase.start);
      for (const std::string& word : language.words.contains("former")
                                         ? language.words.find("former")->second
                                         : std::set<std::string, std::less<>>{}) {
        if (before.find(" " + word + " ") != std::string_view::npos) phrase.former = true;
      }
    }
    phrase.sectors.clear();
    const Role* best = nullptr;
    // The body an official is of tells more than the office: "army officials", "police chief".
    for (const RoleKind kind : {RoleKind::kPeople, RoleKind::kBody, RoleKind::kPerson}) {
      for (const Role* role : phrase.roles) {
        if (best == nullptr && role->kind == kind && !role->neutral) best = role;
      }
    }
    const NameEntry* holder = phrase.name != nullptr ? phrase.name->entry : nullptr;
    const NameEntry* party = phrase.country;
    const bool body = party != nullptr && party->kind == EntryKind::kOrganisation;
    if (best != nullptr) {
      phrase.sectors = best->sectors;
      // "Hamas police" are police, a "Hamas official" is of Hamas; a UN official has no sector.
      if (body && best->kind == RoleKind::kPerson &&
          (!party->sectors.empty() || best->sectors.front() == "GOV")) {
        phrase.sectors = party->sectors;
      }
    } else if (!phrase.roles.empty()) {
      if (body) {
        phrase.sectors = party->sectors;
      } else if (party != nullptr) {
        phrase.sectors = {"GOV"};
      } else if (holder != nullptr) {
        phrase.sectors = holder->sectors;
      }
    } else if (phrase.people) {
      phrase.sectors = {"CVL"};
    } else if (party != nullptr) {
      phrase.sectors = party->sectors;
    } else if (holder != nullptr) {
      phrase.sectors = holder->sectors;
    }
    if (phrase.former && (!phrase.roles.empty() || phrase.name != nullptr))
      phrase.sectors = {"ELI"};
  }

  void ReadSentence(uint32_t s) {
    const Sentence& sentence = document_.sentences[s];
    const Language& language = LanguageOf(document_.LangOf(sentence));
    std::vector<Item>& items = items_.emplace_back();
    FindItems(sentence, items);
    const size_t begin = phrases_.size();
    bool dropped = false;  // the item before was a place
    size_t dropped_at = 0;
    for (size_t k = 0; k < items.size();) {
      const size_t from = k;
      const Item& item = items[k];
      if (item.type == Item::Type::kReference) {
        Phrase phrase;
        phrase.reference = true;
        phrase.what = item.reference;
        Extend(phrase, item);
        ++k;
        Settle(language, phrase, s);
        phrases_.push_back(std::move(phrase));
        continue;
      }
      if (item.type == Item::Type::kEntry && item.entry->kind == EntryKind::kNothing) {
        ++k;
        continue;
      }
      // "the Russian and Chinese foreign ministers": the role goes to each.
      Phrase phrase = ReadPhrase(language, items, k, 0);
      const bool bare = phrase.roles.empty() && phrase.name == nullptr;
      if (bare && item.IsCountry()) {
        const bool place = item.entry->kind == EntryKind::kPlace;
        const bool located = Before(language, "locative", "direction", item.start, 6);
        const bool chained = dropped && item.start - items[dropped_at].end < 8 &&
                             item.start >= items[dropped_at].end;
        if (located || place) {
          sentence_place_[s] = item.entry->code;
          if (item.entry->kind != EntryKind::kCapital) sentence_land_[s] = item.entry->code;
        }
        if (place || (item.entry->kind == EntryKind::kCapital && (located || chained)) ||
            (chained && text_[items[dropped_at].end] == ',' &&
             item.entry->kind == EntryKind::kCountry)) {
          if (chained) sentence_place_[s] = item.entry->code;
          places_.push_back(phrase);
          dropped = true;
          dropped_at = from;
          continue;
        }
      }
      dropped = false;
      if (phrase.placed) sentence_place_[s] = sentence_land_[s] = phrase.country->code;
      if (!phrases_.empty() && phrases_.size() > begin && !phrases_.back().reference) {
        Item left;
        left.end = phrases_.back().end;
        Item right;
        right.start = phrase.start;
        phrase.joined = Between(language, "and", left, right) || Comma(language, left, right);
      }
      Settle(language, phrase, s);
      phrases_.push_back(std::move(phrase));
    }
    ShareRoles(language, begin);
    Appose(language, begin);
    for (size_t i = begin; i < phrases_.size(); ++i) Settle(language, phrases_[i], s);
  }

  // "the Russian and Chinese foreign ministers"
  void ShareRoles(const Language& language, size_t begin) {
    if (!language.country_first) return;
    for (size_t i = phrases_.size(); i-- > begin + 1;) {
      Phrase& right = phrases_[i];
      Phrase& left = phrases_[i - 1];
      if (!right.roles.empty() && right.country != nullptr && right.joined && left.roles.empty() &&
          left.name == nullptr && left.country != nullptr &&
          left.country->kind == EntryKind::kAdjective) {
        left.roles = right.roles;
        left.roles_start = right.roles_start;
        left.roles_end = right.roles_end;
      }
    }
  }

  // "Sergei Lavrov, the Russian foreign minister," and "the foreign minister, Sergei Lavrov,"
  void Appose(const Language& language, size_t begin) {
    for (size_t i = begin; i + 1 < phrases_.size(); ++i) {
      Phrase& left = phrases_[i];
      Phrase& right = phrases_[i + 1];
      if (left.reference || right.reference) continue;
      Item a;
      a.end = left.end;
      Item b;
      b.start = right.start;
      if (!Comma(language, a, b)) continue;
      const bool closed =
          right.end < text_.size() &&
          (text_[right.end] == ',' || text_[right.end] == '.' || text_[right.end] == ';' ||
           i + 2 >= phrases_.size() || text_[right.end] == ' ');
      const auto office = [](const Phrase& phrase) {
        return phrase.name == nullptr && phrase.MainRole() != nullptr &&
               std::ranges::any_of(
                   phrase.roles, [](const Role* role) { return role->kind == RoleKind::kPerson; });
      };
      if (!closed) continue;
      if (left.name != nullptr && left.name->IsName() && left.roles.empty() && office(right) &&
          right.country != nullptr) {
        left.country = right.country;
        left.roles = right.roles;
        left.roles_start = right.roles_start;
        left.roles_end = right.roles_end;
        right.same_as = static_cast<int>(i);
        right.joined = false;
        right.name = left.name;
      } else if (right.name != nullptr && right.name->IsName() && right.roles.empty() &&
                 office(left)) {
        left.name = right.name;
        right.country = left.country;
        right.roles = left.roles;
        right.roles_start = left.roles_start;
        right.roles_end = left.roles_end;
        right.same_as = static_cast<int>(i);
        right.joined = false;
      }
    }
  }

  // ---- reference -------------------------------------------------------------------------------

  static std::string CodeOf(const Phrase& phrase) {
    if (phrase.country != nullptr) return phrase.country->code == "-" ? "" : phrase.country->code;
    if (!phrase.owner.empty()) return phrase.owner;
    if (phrase.name != nullptr && phrase.name->entry != nullptr) return phrase.name->entry->code;
    return {};
  }

  void CountCodes() {
    std::unordered_map<std::string, int> count;
    for (const Phrase& phrase : phrases_) {
      if (phrase.country == nullptr || phrase.country->actor == ActorKind::kOrganisation) continue;
      const int n = ++count[phrase.country->code];
      if (n > most_) {
        most_ = n;
        main_code_ = phrase.country->code;
      }
    }
  }

  std::string Cut(uint32_t start, uint32_t end) const {
    return Squash(text_.substr(start, end - start));
  }

  std::string RoleText(const Phrase& phrase) const {
    return phrase.roles.empty() ? std::string() : Cut(phrase.roles_start, phrase.roles_end);
  }

  uint32_t NewActor(ActorKind kind, const std::string& name, const std::string& code,
                    const std::vector<std::string>& sectors, const std::string& role) {
    Actor actor;
    actor.kind = kind;
    actor.name = name;
    actor.code = code;
    actor.sectors = sectors;
    actor.role = role;
    actors.push_back(std::move(actor));
    return static_cast<uint32_t>(actors.size() - 1);
  }

  void AddAlias(uint32_t index, const std::string& name) {
    Actor& actor = actors[index];
    if (name.empty() || name == actor.name || actor.aliases.size() > 30) return;
    if (std::ranges::find(actor.aliases, name) == actor.aliases.end())
      actor.aliases.push_back(name);
  }

  static bool IsFull(std::string_view name) { return name.find(' ') != std::string_view::npos; }

  std::string NameText(const Phrase& phrase) const {
    return Cut(phrase.name->start, phrase.name->end);
  }

  // All persons named in full, or with an office, before any is looked up by a part of the name.
  void RegisterPersons() {
    for (Phrase& phrase : phrases_) {
      if (phrase.name == nullptr || !phrase.name->IsName()) continue;
      const std::string name = NameText(phrase);
      const NameEntry* holder = phrase.name->entry;
      if (!IsFull(name) && phrase.roles.empty() && holder == nullptr) continue;
      const std::string key = holder != nullptr ? holder->name : name;
      uint32_t index = kNone;
      if (const auto found = person_by_name_.find(key); found != person_by_name_.end()) {
        index = found->second;
      } else if (const auto part = person_by_part_.find(key);
                 !IsFull(key) && part != person_by_part_.end()) {
        index = part->second;
      }
      if (index != kNone) {
        Actor& actor = actors[index];
        if (actor.code.empty()) actor.code = CodeOf(phrase);
        if (actor.sectors.empty()) actor.sectors = phrase.sectors;
        if (actor.role.empty()) actor.role = RoleText(phrase);
        if (name.size() > actor.name.size()) {
          const std::string old = actor.name;
          actor.name = name;
          AddAlias(index, old);
        } else {
          AddAlias(index, name);
        }
      } else {
        std::string role = RoleText(phrase);
        if (role.empty() && holder != nullptr) role = holder->role;
        std::string code = CodeOf(phrase);
        // An office without a country is one of the story's.
        if (code.empty() && phrase.MainRole() != nullptr && !phrase.MainRole()->neutral) {
          code = StoryCode(phrase.sentence, phrase.MainRole());
        }
        index = NewActor(ActorKind::kPerson, name, code, phrase.sectors, role);
      }
      person_by_name_[key] = index;
      for (const std::string& part : {key, name}) {
        for (size_t at = 0; at < part.size();) {
          const size_t end = std::min(part.find(' ', at), part.size());
          if (end - at > 2) person_by_part_.emplace(part.substr(at, end - at), index);
          at = end + 1;
        }
      }
      phrase.actor = index;
    }
  }

  uint32_t StateActor(const Phrase& phrase) {
    const NameEntry& entry = *phrase.country;
    const std::string name = Cut(phrase.start, phrase.end);
    if (phrase.people) {
      const auto [group, first] = by_key_.emplace("P|" + entry.code + "|" + FoldAscii(name), kNone);
      if (first)
        group->second = NewActor(ActorKind::kGroup, name, CodeOf(phrase), phrase.sectors, "");
      return group->second;
    }
    const std::string key = entry.actor == ActorKind::kState || entry.actor == ActorKind::kGroup
                                ? (entry.kind == EntryKind::kOrganisation
                                       ? "O|" + entry.name
                                       : "S|" + entry.code + "|" + Joined(entry.sectors) +
                                             (entry.code == "-" ? name : ""))
                                : "O|" + entry.name;
    const auto [found, fresh] = by_key_.emplace(key, kNone);
    if (fresh) {
      found->second = NewActor(entry.actor, name, CodeOf(phrase), entry.sectors, "");
      Actor& actor = actors[found->second];
      actor.wikidata = entry.wikidata;
      actor.carrier = entry.carrier;
      actor.organ_of = entry.organ_of;
    } else {
      AddAlias(found->second, name);
    }
    return found->second;
  }

  static std::string LastWord(const std::string& text) {
    const size_t space = text.rfind(' ');
    return space == std::string::npos ? text : text.substr(space + 1);
  }

  // "the spokesman", "juru bicara itu"
  bool Definite(const Phrase& phrase) const {
    const Language& language = LanguageOf(document_.LangOf(document_.sentences[phrase.sentence]));
    if (language.Is("definite", FoldAscii(WordBefore(phrase.start)))) return true;
    if (language.country_first || phrase.end + 1 >= text_.size() || text_[phrase.end] != ' ')
      return false;
    uint32_t end = phrase.end + 1;
    while (end < text_.size() && text_[end] >= 'a' && text_[end] <= 'z') ++end;
    return language.Is("definite", text_.substr(phrase.end + 1, end - phrase.end - 1));
  }

  uint32_t RoleActor(const Phrase& phrase) {
    const Role& role = *phrase.MainRole();
    const std::string text = FoldAscii(RoleText(phrase));
    std::string code = CodeOf(phrase);
    const bool person = std::ranges::all_of(
        phrase.roles, [](const Role* r) { return r->kind == RoleKind::kPerson; });
    // The office of somebody who is named: the nearest before, of the same country where one is
    // told.
    if (person && !phrase.former) {
      for (size_t i = recent_.size(); i-- > 0 && recent_.size() - i < 60;) {
        const Actor& actor = actors[recent_[i].actor];
        if (actor.kind != ActorKind::kPerson || actor.role.empty()) continue;
        if (!code.empty() && actor.code != code) continue;
        const std::string have = FoldAscii(actor.role);
        if (have == text || (code.empty() && (!role.neutral || Definite(phrase)) &&
                             (have.starts_with(text + " ") || have.ends_with(" " + text)))) {
          return recent_[i].actor;
        }
      }
    }
    if (code.empty()) {
      for (size_t i = recent_.size(); i-- > 0 && recent_.size() - i < 60;) {
        const Actor& actor = actors[recent_[i].actor];
        if (!actor.code.empty() && !actor.role.empty() && FoldAscii(actor.role) == text)
          return recent_[i].actor;
      }
      // A neutral role without a party ("the leader") stands for nobody known.
      if (role.neutral) return kNone;
      code = StoryCode(phrase.sentence, &role);
    }
    const std::string party =
        phrase.country != nullptr && phrase.country->kind == EntryKind::kOrganisation
            ? phrase.country->name
            : code;
    const std::string key = "R|" + party + "|" + text + "|" + Joined(phrase.sectors);
    const auto [found, fresh] = by_key_.emplace(key, kNone);
    const std::string name = Cut(phrase.start, phrase.end);
    if (fresh) {
      const ActorKind kind = role.kind == RoleKind::kPerson ? ActorKind::kPerson
                             : role.kind == RoleKind::kBody ? ActorKind::kOrganisation
                                                            : ActorKind::kGroup;
      found->second = NewActor(kind, name, code, phrase.sectors, RoleText(phrase));
    } else if (name.size() > actors[found->second].name.size()) {
      const std::string old = actors[found->second].name;
      actors[found->second].name = name;
      AddAlias(found->second, old);
    } else {
      AddAlias(found->second, name);
    }
    return found->second;
  }

  // The country a body without one belongs to: where the sentence is set, where the report is
  // from, or the one it speaks most of.
  // A capital may host the talks of others; only the people of the place are then its own.
  std::string StoryCode(uint32_t sentence, const Role* role) const {
    const std::string& place =
        (role != nullptr && role->local ? sentence_place_ : sentence_land_)[sentence];
    if (!place.empty() && place != "-") return place;
    if (most_ >= 2 || place_.empty()) return main_code_;
    return place_;
  }

  struct Recent {
    uint32_t actor = kNone;
    uint32_t sentence = 0;
    bool subject = false;
    bool joined = false;
  };

  uint32_t HeadOf(const Phrase& phrase, const Language& language) const {
    const std::vector<Token>& tokens = document_.tokens;
    uint32_t out = kNone;
    for (uint32_t t = phrase.first; t < phrase.last; ++t) {
      const Token& token = tokens[t];
      const bool outside = token.head == kRoot || token.head < static_cast<int32_t>(phrase.first) ||
                           token.head >= static_cast<int32_t>(phrase.last);
      if (!outside || token.upos == Upos::kPunct || token.upos == Upos::kAdp) continue;
      if (out == kNone || (language.country_first && phrase.name == nullptr)) out = t;
      if (!token.deprel.empty() && (token.Is("nsubj") || token.Is("obj") || token.Is("obl")))
        return t;
    }
    return out == kNone ? phrase.last - 1 : out;
  }

  bool IsSubject(uint32_t token) const {
    // A conjunct of a subject is one too.
    for (int step = 0; step < 4; ++step) {
      const Token& t = document_.tokens[token];
      if (t.Is("nsubj")) return true;
      if (!(t.Is("conj") || t.Is("flat") || t.Is("appos") || t.Is("compound")) || t.head < 0 ||
          static_cast<size_t>(t.head) >= document_.tokens.size()) {
        return false;
      }
      token = static_cast<uint32_t>(t.head);
    }
    return false;
  }

  bool Singular(uint32_t actor) const { return actors[actor].kind == ActorKind::kPerson; }

  // Whether somebody is a side of its own in its country.
  static bool IsSide(const Actor& actor) {
    return !actor.sectors.empty() && actor.kind != ActorKind::kState &&
           (actor.sectors.front() != "GOV");
  }

  std::vector<uint32_t> Refer(const Phrase& phrase) const {
    std::vector<uint32_t> out;
    const uint32_t s = phrase.sentence;
    const auto near = [&](const Recent& recent, uint32_t reach) {
      return recent.sentence + reach >= s;
    };
    switch (phrase.what) {
      case kHe: {
        const Recent* any = nullptr;
        for (size_t i = recent_.size(); i-- > 0 && near(recent_[i], 3);) {
          const Recent& recent = recent_[i];
          if (!Singular(recent.actor)) continue;
          if (any == nullptr) any = &recent;
          if (recent.subject) {
            // The subject nearest, unless another person stands much nearer.
            out.push_back(recent.sentence + 1 >= any->sentence ? recent.actor : any->actor);
            return out;
          }
        }
        if (any != nullptr) out.push_back(any->actor);
        return out;
      }
      case kWhose: {
        const Recent* any = nullptr;
        for (size_t i = recent_.size(); i-- > 0 && near(recent_[i], 2);) {
          if (any == nullptr) any = &recent_[i];
          if (recent_[i].subject) return {recent_[i].actor};
        }
        if (any != nullptr) out.push_back(any->actor);
        return out;
      }
      case kIt: {
        for (size_t i = recent_.size(); i-- > 0 && near(recent_[i], 1);) {
          if (!Singular(recent_[i].actor) && recent_[i].subject) return {recent_[i].actor};
        }
        return out;
      }
      case kThey: {
        for (size_t i = recent_.size(); i-- > 0 && near(recent_[i], 2);) {
          if (recent_[i].joined) {
            size_t first = i;
            while (first > 0 && recent_[first].joined) --first;
            for (size_t j = first; j <= i; ++j) Push(out, recent_[j].actor);
            if (out.size() > 1) return out;
            out.clear();
          }
          const ActorKind kind = actors[recent_[i].actor].kind;
          if (kind == ActorKind::kGroup || kind == ActorKind::kOrganisation)
            return {recent_[i].actor};
        }
        return out;
      }
      case kPair: {
        // The two of the nearest sentence that has two, those joined by "and" before others; else
        // with the sentence before it. A body that states made is no side among them.
        std::vector<uint32_t> found;
        std::vector<std::string> sides;
        const auto add = [&](const Recent& recent) {
          const Actor& actor = actors[recent.actor];
          if (found.size() == 2 || actor.code.empty() || actor.carrier ||
              actor.kind == ActorKind::kOrganisation) {
            return;
          }
          const std::string side = actor.code + (IsSide(actor) ? actor.sectors.front() : "");
          if (std::ranges::find(sides, side) != sides.end()) return;
          sides.push_back(side);
          found.push_back(recent.actor);
        };
        for (size_t i = recent_.size(); i > 0 && near(recent_[i - 1], 6) && found.size() < 2;) {
          size_t first = i;
          while (first > 0 && recent_[first - 1].sentence == recent_[i - 1].sentence) --first;
          for (size_t j = first + 1; j < i && found.size() < 2; ++j) {
            if (!recent_[j].joined) continue;
            found.clear();
            sides.clear();
            add(recent_[j - 1]);
            add(recent_[j]);
          }
          for (size_t j = first; j < i; ++j) add(recent_[j]);
          i = first;
        }
        if (found.size() == 2) return found;
        return out;
      }
    }
    return out;
  }

  static void Push(std::vector<uint32_t>& list, uint32_t actor) {
    if (std::ranges::find(list, actor) == list.end()) list.push_back(actor);
  }

  void Resolve() {
    uint32_t blocked = 0;  // mentions don't overlap
    for (size_t i = 0; i < phrases_.size(); ++i) {
      Phrase& phrase = phrases_[i];
      const Sentence& sentence = document_.sentences[phrase.sentence];
      const Language& language = LanguageOf(document_.LangOf(sentence));
      ActorMention mention;
      mention.span = Span{phrase.start, phrase.end, Layer::kBody, 0};
      mention.first = phrase.first;
      mention.last = phrase.last;
      mention.head = HeadOf(phrase, language);
      if (phrase.reference) {
        mention.form = MentionForm::kPronoun;
        mention.actors = Refer(phrase);
      } else {
        if (phrase.same_as >= 0) phrase.actor = phrases_[static_cast<size_t>(phrase.same_as)].actor;
        if (phrase.actor == kNone) Own(language, i);
        if (phrase.actor == kNone) phrase.actor = ActorOf(phrase);
        if (phrase.actor != kNone) mention.actors = {phrase.actor};
        mention.form =
            phrase.name != nullptr && phrase.same_as < 0 ? MentionForm::kName
            : !phrase.roles.empty()                      ? MentionForm::kNominal
            : phrase.country != nullptr && (phrase.country->kind == EntryKind::kAdjective ||
                                            phrase.country->kind == EntryKind::kPeople)
                ? MentionForm::kNominal
                : MentionForm::kName;
      }
      if (mention.actors.empty() || phrase.start < blocked) continue;
      blocked = phrase.end;
      // A nationality alone is in the background: pronouns don't mean it.
      const bool adjective = phrase.roles.empty() && phrase.name == nullptr &&
                             phrase.country != nullptr &&
                             phrase.country->kind == EntryKind::kAdjective;
      if (!phrase.reference && !adjective) {
        recent_.push_back({phrase.actor, phrase.sentence, IsSubject(mention.head), phrase.joined});
      } else if (phrase.reference && phrase.what == kHe) {
        recent_.push_back({mention.actors[0], phrase.sentence, IsSubject(mention.head), false});
      }
      mentions.push_back(std::move(mention));
    }
  }

  // "its troops", "pemerintahannya": whose a role is that a pronoun stands with.
  void Own(const Language& language, size_t i) {
    Phrase& phrase = phrases_[i];
    if (phrase.country != nullptr || phrase.name != nullptr || phrase.roles.empty()) return;
    const size_t other = language.country_first ? i - 1 : i + 1;
    if (other >= phrases_.size()) return;
    const Phrase& pronoun = phrases_[other];
    if (!pronoun.reference || pronoun.what == kPair || pronoun.sentence != phrase.sentence) return;
    Item left, right;
    left.end = language.country_first ? pronoun.end : phrase.end;
    right.start = language.country_first ? phrase.start : pronoun.start;
    if (!Adjacent(language, left, right, false)) return;
    for (const uint32_t actor : Refer(pronoun)) {
      if (actors[actor].code.empty()) continue;
      phrase.owner = actors[actor].code;
      return;
    }
  }

  uint32_t ActorOf(const Phrase& phrase) {
    if (phrase.name != nullptr) {
      const std::string name = NameText(phrase);
      if (phrase.name->IsName()) {
        const auto found = person_by_part_.find(name);
        if (found != person_by_part_.end()) {
          AddAlias(found->second, name);
          return found->second;
        }
        const uint32_t index = NewActor(ActorKind::kPerson, name, "", {}, "");
        person_by_part_[name] = index;
        return index;
      }
      const auto [found, fresh] = by_key_.emplace("N|" + name, kNone);
      if (fresh) {
        const Role* role = phrase.name->role;
        std::string code = CodeOf(phrase);
        if (code.empty() && role != nullptr && role->kind == RoleKind::kBody) {
          code = StoryCode(phrase.sentence, role);
        }
        found->second = NewActor(ActorKind::kOrganisation, name, code,
                                 role != nullptr ? role->sectors : std::vector<std::string>{}, "");
      }
      return found->second;
    }
    if (!phrase.roles.empty()) return RoleActor(phrase);
    if (phrase.country != nullptr &&
        (phrase.country->code != "-" || phrase.country->kind == EntryKind::kPeople)) {
      return StateActor(phrase);
    }
    return kNone;
  }

  const Gazetteer& gazetteer_;
  const std::map<std::string, Language, std::less<>>& languages_;
  const Document& document_;
  std::string_view text_;
  std::string month_;
  std::string place_;
  std::vector<std::string> sentence_place_;  // codes of where the sentences are set
  std::vector<std::string> sentence_land_;   // the same, without capitals
  size_t next_mention_ = 0;
  std::deque<std::vector<Item>> items_;  // by sentence; phrases point into them
  std::vector<Phrase> phrases_;
  std::vector<Phrase> places_;
  std::string main_code_;
  int most_ = 0;
  std::map<std::string, uint32_t> person_by_name_;
  std::map<std::string, uint32_t> person_by_part_;
  std::unordered_map<std::string, uint32_t> by_key_;
  std::vector<Recent> recent_;
};

class ActorStage : public Stage {
 public:
  ActorStage(Gazetteer gazetteer, std::map<std::string, Language, std::less<>> languages)
      : gazetteer_(std::move(gazetteer)), languages_(std::move(languages)) {}

  std::string_view name() const override { return "actor"; }
  Layers needs() const override { return kArticle | kTokens | kNames; }
  Layers adds() const override { return kActors; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    Reader reader(gazetteer_, languages_, document);
    reader.Read();
    document.actors = std::move(reader.actors);
    document.actor_mentions = std::move(reader.mentions);
    document.places = std::move(reader.places);
    DropDatelines(document);
    return {};
  }

 private:
  // The place of a dateline does nothing in the report; its outlet may carry statements, and stays.
  static void DropDatelines(Document& document) {
    std::erase_if(document.actor_mentions, [&](const ActorMention& mention) {
      if (mention.first >= document.tokens.size() || document.sentences.empty()) return false;
      const bool carries = std::ranges::any_of(
          mention.actors, [&](uint32_t actor) { return document.actors[actor].carrier; });
      return !carries &&
             mention.last <= AfterDateline(document, document.SentenceOf(mention.first));
    });
  }

  Gazetteer gazetteer_;
  std::map<std::string, Language, std::less<>> languages_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeActorStage(const Resources& resources) {
  Result<Gazetteer> gazetteer = Gazetteer::Load(resources);
  if (!gazetteer) return gazetteer.error();
  std::map<std::string, Language, std::less<>> languages;
  for (const std::string& lang : resources.Languages()) {
    Result<Language> language = LoadLanguage(resources, lang, gazetteer->agents());
    if (!language) return language.error();
    languages.emplace(lang, std::move(*language));
  }
  return std::unique_ptr<Stage>(
      std::make_unique<ActorStage>(std::move(*gazetteer), std::move(languages)));
}

}  // namespace kronik
