#include "store/ledger_entry.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "store/fields.h"

namespace kronik::ledger {
namespace {

constexpr size_t kWordLength = 4;   // letters of a word that says something
constexpr size_t kThingLength = 6;  // and of one that says what it is by itself
constexpr int kCounted = 3;         // words behind a number that it may count
constexpr size_t kEndings = 2;      // letters by which forms of a word differ

// Whether a sign between figures groups them by thousands: "1,200", "1.200".
bool Groups(std::string_view text, size_t at) {
  const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  return (text[at] == '.' || text[at] == ',') && at > 0 && digit(at - 1) && digit(at + 1) &&
         digit(at + 2) && digit(at + 3) && !digit(at + 4);
}

// The words and numbers of a text, and how many of what. Names are the parties' business: they
// start with a capital.
void ReadWords(std::string_view text, Set& words, Set& numbers, Counts& counts) {
  size_t at = 0, start = 0;
  long count = 0;  // the number before
  int behind = 0;  // how many words it may count yet: "300 Rwandan soldiers"
  const auto take = [&](size_t end) {
    const std::string_view word = text.substr(start, end - start);
    if (word.empty()) return;
    size_t first = 0;
    const char32_t c = DecodeUtf8(word, first);
    if (IsDigit(c)) {
      std::string number(word);
      std::erase_if(number, [](char sign) { return sign == '.' || sign == ','; });
      const auto read = std::from_chars(number.data(), number.data() + number.size(), count);
      behind = read.ec == std::errc() && number.size() < 12 ? kCounted : 0;
      numbers.insert(std::move(number));
      return;
    }
    behind = word.size() >= kWordLength ? behind : 0;
    if (behind-- > 0) counts.emplace(LowerCase(word), count);
    if (!IsUpper(c) && word.size() >= kWordLength) {
      words.insert(LowerCase(word));
    }
  };
  while (at < text.size()) {
    const size_t here = at;
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) || IsDigit(c) || Groups(text, here)) continue;
    take(here);
    start = at;
  }
  take(text.size());
}

}  // namespace

Set Names(const Json& list) {
  Set names;
  for (const Json& name : list) {
    if (name.is_string()) names.insert(name.get<std::string>());
  }
  return names;
}

Set Shared(const Set& a, const Set& b) {
  Set shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(),
                        std::inserter(shared, shared.end()));
  return shared;
}

size_t Common(const Set& a, const Set& b) {
  size_t count = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const int order = i->compare(*j);
    count += order == 0;
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
  return count;
}

size_t SharedThings(const Set& a, const Set& b, const Set& without) {
  size_t count = 0;
  for (const std::string& word : a) {
    if (word.size() < kThingLength || without.contains(word)) continue;
    const std::string stem = word.substr(0, std::max(kThingLength, word.size() - kEndings));
    const auto near = b.lower_bound(stem);
    count += near != b.end() && near->starts_with(stem) && near->size() <= word.size() + kEndings;
  }
  return count;
}

int DayNumber(std::string_view date) {
  const auto number = [&](size_t at, size_t size, int otherwise) {
    int value = otherwise;
    if (date.size() >= at + size) std::from_chars(date.data() + at, date.data() + at + size, value);
    return value;
  };
  if (date.size() < 4) return 0;
  int year = number(0, 4, 1970);
  const int month = std::clamp(number(5, 2, 1), 1, 12), day = number(8, 2, 1);
  year -= month <= 2;  // Howard Hinnant's days_from_civil
  const int era = year / 400, of_era = year - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool Ended(std::string_view status) {
  return status == "fulfilled" || status == "broken" || status == "withdrawn";
}
bool Begins(std::string_view status) { return status == "made" || status == "proposed"; }
int Verdict(std::string_view status) {
  if (status == "fulfilled" || status == "partly_fulfilled") return 1;
  return status == "broken" || status == "withdrawn" ? -1 : 0;
}

std::string PartyOf(const Json& actor) {
  std::string code = Text(actor, "code");
  if (code.empty()) return LowerCase(Text(actor, "name"));
  const Set sectors = Names(Part(actor, "sectors"));
  for (const char* sector : {"REB", "SEP", "OPP"}) {
    if (sectors.contains(sector)) return code + ' ' + sector;
  }
  return code;
}

// The words of names of two words or more: "Rui Mendes".
static Set LongNames(std::string_view text) {
  Set names;
  std::string before;  // the word before, if it has a capital
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of(" ,.;:()\"", at), text.size());
    size_t first = at;
    if (end > at && IsUpper(DecodeUtf8(text, first))) {
      std::string word = LowerCase(text.substr(at, end - at));
      if (!before.empty()) names.insert({before, word});
      before = std::move(word);
    } else if (end > at) {
      before.clear();
    }
    if (end < text.size() && text[end] != ' ') before.clear();
    at = end + 1;
  }
  return names;
}

// The words of a person's own name; a role ("the prime minister") is none.
static void AddPerson(const Json& actor, Set& words) {
  if (Text(actor, "kind") != "person") return;
  const std::string name = Text(actor, "name");
  Set own;
  for (size_t at = 0; at < name.size();) {
    const size_t end = std::min(name.find(' ', at), name.size());
    size_t first = at;
    if (end > at && !IsUpper(DecodeUtf8(name, first))) return;
    if (end > at) own.insert(LowerCase(std::string_view(name).substr(at, end - at)));
    at = end + 1;
  }
  words.insert(own.begin(), own.end());
}

Item ItemOf(Json record) {
  Item item;
  item.id = Text(record, "id");
  item.article = Text(record, "article");
  if (const Json& evidence = Part(record, "evidence"); !evidence.empty()) {
    const double start = Number(Part(evidence.front(), "sentence"), "start");
    item.sentence = item.article + ' ' + std::to_string(static_cast<long>(start));
  }
  item.kind = Text(record, "kind");
  item.status = Text(record, "status");
  const Json& parties = Part(record, "parties");
  const bool sides = std::any_of(parties.begin(), parties.end(), [](const Json& party) {
    return !Text(Part(party, "actor"), "code").empty();
  });
  for (const Json& party : parties) {
    const std::string role = Text(party, "role");
    if (role != "bound" && role != "toward") continue;
    const Json& actor = Part(party, "actor");
    std::string name = PartyOf(actor);
    if (name.empty()) continue;
    AddPerson(actor, role == "bound" ? item.persons : item.met);
    // A person without a country is no side beside those that have one.
    if (sides && Text(actor, "code").empty() && Text(actor, "kind") == "person") continue;
    item.parties.insert(name);
    if (role == "bound") item.bound.insert(std::move(name));
  }
  item.acts = Names(Part(record, "acts"));
  item.topics = Names(Part(record, "topics"));
  ReadWords(Text(Part(record, "subject"), "text"), item.words, item.numbers, item.counts);
  item.names = LongNames(Text(Part(record, "subject"), "text"));
  Set none;
  Counts no_counts;
  ReadWords(Text(record, "instrument"), item.text_words, none, no_counts);
  const Json& term = Part(record, "term");
  item.term_from = Text(term, "from");
  item.term_to = Text(term, "to");
  item.day = DayNumber(Text(Part(record, "made"), "from"));
  for (const Json& outcome : Part(record, "outcomes")) {
    item.outcomes.push_back({Text(outcome, "act"), Text(outcome, "status"),
                             !Part(outcome, "object").empty(), !Part(outcome, "sides").empty()});
  }
  item.omitted = !Part(record, "omitted").empty();
  item.record = std::move(record);
  return item;
}

}  // namespace kronik::ledger
