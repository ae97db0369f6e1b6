#include "store/ledger.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "store/fields.h"

namespace kronik {
namespace {

using Set = std::set<std::string>;
using Counts = std::map<std::string, long>;  // "700 workers"

constexpr size_t kCandidates = 256;  // the latest entries of a party that are looked at
constexpr int kRetoldDays = 400;     // the same signing is told again within these
constexpr int kFollowUpDays = 1100;  // and followed up within these
constexpr int kDisputeDays = 30;     // reports of the same weeks disagree; later ones supersede
constexpr int kAfterEndDays = 7;     // a promise made after an end is another one
constexpr int kDeadlineDays = 1;     // "before 30 June" is "by 30 June" in another report
constexpr size_t kWordLength = 4;    // letters of a word that says something

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

// Days since 1970, of a date of any precision; 0 for none.
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
// Kept, or not: what two reports can disagree about. 0: neither.
int Verdict(std::string_view status) {
  if (status == "fulfilled" || status == "partly_fulfilled") return 1;
  return status == "broken" || status == "withdrawn" ? -1 : 0;
}

struct Item {
  Json record;
  std::string id, kind, status;
  Set parties;  // codes, or names in lower case; not those who only help
  Set bound;
  Set acts, topics, words, numbers;
  Counts counts;
  Set text_words;  // of the instrument: "promise", "agreement"
  std::string term_from, term_to;
  int day = 0;

  // Whether it says nothing of what it is ("broke its promise"): no word but that for the text.
  bool Vague() const {
    return acts.empty() && topics.empty() && Common(words, text_words) == words.size();
  }
};

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
  std::string number;  // the word before, if it is one
  const auto take = [&](size_t end) {
    const std::string_view word = text.substr(start, end - start);
    if (word.empty()) return;
    size_t first = 0;
    const char32_t c = DecodeUtf8(word, first);
    const std::string last = std::exchange(number, std::string());
    if (IsDigit(c)) {
      number = word;
      std::erase_if(number, [](char sign) { return sign == '.' || sign == ','; });
      numbers.insert(number);
      return;
    }
    long count = 0;
    if (!last.empty() && last.size() < 12 && word.size() >= kWordLength &&
        std::from_chars(last.data(), last.data() + last.size(), count).ec == std::errc()) {
      counts.emplace(LowerCase(word), count);
    }
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

// A party's code, or its name where it has none. Who fights the state or opposes it is no part of
// it.
std::string PartyOf(const Json& actor) {
  std::string code = Text(actor, "code");
  if (code.empty()) return LowerCase(Text(actor, "name"));
  const Set sectors = Names(Part(actor, "sectors"));
  for (const char* sector : {"REB", "SEP", "OPP"}) {
    if (sectors.contains(sector)) return code + ' ' + sector;
  }
  return code;
}

Item ItemOf(Json record) {
  Item item;
  item.id = Text(record, "id");
  item.kind = Text(record, "kind");
  item.status = Text(record, "status");
  for (const Json& party : Part(record, "parties")) {
    const std::string role = Text(party, "role");
    if (role != "bound" && role != "toward") continue;
    const Json& actor = Part(party, "actor");
    std::string name = PartyOf(actor);
    if (name.empty()) continue;
    item.parties.insert(name);
    if (role == "bound") item.bound.insert(std::move(name));
  }
  item.acts = Names(Part(record, "acts"));
  item.topics = Names(Part(record, "topics"));
  ReadWords(Text(Part(record, "subject"), "text"), item.words, item.numbers, item.counts);
  Set none;
  Counts no_counts;
  ReadWords(Text(record, "instrument"), item.text_words, none, no_counts);
  const Json& term = Part(record, "term");
  item.term_from = Text(term, "from");
  item.term_to = Text(term, "to");
  item.day = DayNumber(Text(Part(record, "made"), "from"));
  item.record = std::move(record);
  return item;
}

struct Entry {
  std::vector<Item> items;
  std::vector<Json> matches;
  Set parties, bound, toward, acts, topics, words, numbers;
  Counts counts;
  std::string kind, term_from, term_to;
  int first_day = 0, last_day = 0;
  int ended = 0;  // the day it was fulfilled, broken or withdrawn
};

bool Overlap(const std::string& a_from, const std::string& a_to, const std::string& b_from,
             const std::string& b_to) {
  const auto before = [](const std::string& end, const std::string& start) {
    if (end.empty() || start.empty()) return false;
    const size_t size = std::min(end.size(), start.size());
    return end.substr(0, size) < start.substr(0, size);
  };
  // Two deadlines: the day before a day is the same deadline, however precisely each is told.
  if (a_from.empty() && b_from.empty() &&
      std::abs(DayNumber(a_to) - DayNumber(b_to)) <= kDeadlineDays) {
    return true;
  }
  // A term of which only the end is known is that end.
  const std::string& a = a_from.empty() ? a_to : a_from;
  const std::string& b = b_from.empty() ? b_to : b_from;
  return !before(a_to, b) && !before(b_to, a);
}

bool Pledges(std::string_view kind) { return kind == "pledge" || kind == "plan"; }

bool SameTerm(const Entry& entry, const Item& item) {
  return !item.term_to.empty() && item.term_to == entry.term_to;
}

// Whether a report tells that who was asked or invited is to do it.
bool Answers(const Entry& entry, const Item& item) {
  if (entry.kind != "demand" && entry.kind != "invitation") return false;
  if (item.kind == "demand" || item.kind == "invitation" || entry.first_day > item.day)
    return false;
  if (Common(entry.acts, item.acts) == 0) return false;
  return std::any_of(item.bound.begin(), item.bound.end(),
                     [&](const std::string& party) { return entry.toward.contains(party); });
}

bool IsDay(std::string_view date) { return date.size() >= 10; }

// Of what was planned for a day: whether a report tells of that day (1) or of one before (-1).
int OnPlannedDay(const Entry& entry, const Item& item) {
  if (entry.kind != "plan" || Verdict(item.status) <= 0 || !IsDay(entry.term_from)) return 0;
  if (item.day + kDeadlineDays < DayNumber(entry.term_from)) return -1;
  return item.day <= DayNumber(entry.term_to) + kDeadlineDays ? 1 : 0;
}

// How well a report fits the entry; 0: it tells of something else.
double ScoreOf(const Entry& entry, const Item& item) {
  const bool begins = Begins(item.status);
  const size_t parties = Common(entry.parties, item.parties);
  const size_t smaller = std::min(entry.parties.size(), item.parties.size());
  if (parties == 0 || parties < std::min<size_t>(2, smaller)) return 0;
  // Both say what it is about: trade is not fisheries.
  const size_t topics = Common(entry.topics, item.topics);
  const size_t named = std::min(entry.topics.size(), item.topics.size());
  if (2 * topics < named) return 0;
  // Who is bound must be the same, unless the act answers a demand or an invitation.
  const bool directed = Pledges(entry.kind) && Pledges(item.kind);
  // Who accepts an invitation may not say whose.
  const bool accepts = item.kind == "invitation" && item.bound.empty() && entry.kind == item.kind;
  const bool bound = accepts || Common(entry.bound, item.bound) > 0;
  const bool answers = Answers(entry, item);
  if ((directed || parties == 1) && !bound && !answers) return 0;
  const int on_day = OnPlannedDay(entry, item);
  if (on_day < 0) return 0;
  if (begins) {
    if (entry.kind != item.kind && !directed && !answers) return 0;
    if ((item.kind == "demand" || item.kind == "invitation") && !bound) return 0;
    if (entry.ended != 0 && item.day > entry.ended + kAfterEndDays) return 0;
    if (item.day > entry.first_day + kRetoldDays) return 0;
    // Who is given until Friday may agree to do it by Sunday.
    if (!answers && !Overlap(entry.term_from, entry.term_to, item.term_from, item.term_to))
      return 0;
    if (!entry.numbers.empty() && !item.numbers.empty() &&
        Common(entry.numbers, item.numbers) == 0) {
      return 0;
    }
  }
  if (item.day != 0 && entry.last_day != 0 && item.day > entry.last_day + kFollowUpDays) return 0;

  const double acts = static_cast<double>(Common(entry.acts, item.acts));
  double content = 0;
  if (named > 0) {
    content = 2 * static_cast<double>(topics) / static_cast<double>(named) + 0.5 * acts;
  } else {
    content = acts + 0.5 * static_cast<double>(Common(entry.words, item.words));
    // "at the invitation of": of the two there is one.
    if (entry.kind == "invitation" && item.kind == "invitation" && !begins && parties >= 2)
      content = std::max(content, 1.0);
    // Words that say nothing of what it is ("broke its promise"): only the parties tell.
    if (content < 1 && !(item.Vague() && parties >= 2)) return 0;
  }
  return content + on_day + static_cast<double>(parties) + (SameTerm(entry, item) ? 1 : 0) +
         (entry.parties == item.parties ? 0.5 : 0) + (entry.kind == item.kind ? 0.5 : 0);
}

// What a report has in common with the entry that it joins.
Json WhyOf(const Entry& entry, const Item& item, double score) {
  return Json{{"parties", Shared(entry.parties, item.parties)},
              {"acts", Shared(entry.acts, item.acts)},
              {"topics", Shared(entry.topics, item.topics)},
              {"words", Shared(entry.words, item.words)},
              {"same_term", SameTerm(entry, item)},
              {"score", score}};
}

// "sent home 700 workers", of 1,200: fewer than were promised.
bool Fewer(const Entry& entry, const Item& item) {
  return std::any_of(item.counts.begin(), item.counts.end(), [&](const auto& count) {
    const auto promised = entry.counts.find(count.first);
    return promised != entry.counts.end() && count.second < promised->second;
  });
}

void Join(Entry& entry, Item item, Json why) {
  if (entry.items.empty()) {
    entry.kind = item.kind;
    entry.first_day = item.day;
    std::set_difference(item.parties.begin(), item.parties.end(), item.bound.begin(),
                        item.bound.end(), std::inserter(entry.toward, entry.toward.end()));
  }
  entry.parties.insert(item.parties.begin(), item.parties.end());
  entry.bound.insert(item.bound.begin(), item.bound.end());
  entry.acts.insert(item.acts.begin(), item.acts.end());
  entry.topics.insert(item.topics.begin(), item.topics.end());
  entry.words.insert(item.words.begin(), item.words.end());
  if (item.status == "fulfilled" && Fewer(entry, item)) item.status = "partly_fulfilled";
  if (Begins(item.status)) entry.counts.insert(item.counts.begin(), item.counts.end());
  if (Begins(item.status)) entry.numbers.insert(item.numbers.begin(), item.numbers.end());
  if (!item.term_from.empty() || !item.term_to.empty()) {
    entry.term_from = item.term_from;
    entry.term_to = item.term_to;
  }
  if (Ended(item.status)) entry.ended = item.day;
  entry.last_day = std::max(entry.last_day, item.day);
  entry.matches.push_back(std::move(why));
  entry.items.push_back(std::move(item));
}

// What came of it. A telling of how it began changes nothing that followed.
std::string StatusOf(const Entry& entry, bool& disputed) {
  std::string status = entry.items.front().status;
  int decided = 0;
  std::string verdict;
  for (const Item& item : entry.items) {
    if (item.status == "proposed" || (item.status == "made" && status != "proposed")) continue;
    if (Verdict(item.status) != 0) {
      if (!verdict.empty() && Verdict(verdict) != Verdict(item.status) &&
          item.day - decided <= kDisputeDays) {
        disputed = true;
      }
      verdict = item.status;
      decided = item.day;
    }
    status = item.status;
  }
  return status;
}

Json RecordOf(Entry& entry) {
  // The first that tells how it began; else the first.
  size_t base = 0;
  for (size_t i = entry.items.size(); i-- > 0;) {
    if (entry.items[i].status == "made") base = i;
  }
  Json record = entry.items[base].record;
  bool disputed = false;
  record["status"] = StatusOf(entry, disputed);
  if (disputed) record["disputed"] = true;
  record["term"] = Json{{"from", nullptr}, {"to", nullptr}};
  if (!entry.term_from.empty()) record["term"]["from"] = entry.term_from;
  if (!entry.term_to.empty()) record["term"]["to"] = entry.term_to;

  Json parties = Part(record, "parties");
  Set known;
  const auto name_of = [](const Json& party) { return PartyOf(Part(party, "actor")); };
  for (const Json& party : parties) known.insert(name_of(party));
  Json evidence = Json::array();
  for (size_t i = 0; i < entry.items.size(); ++i) {
    const Json& item = entry.items[i].record;
    for (const Json& party : Part(item, "parties")) {
      if (known.insert(name_of(party)).second) parties.push_back(party);
    }
    for (const Json& told : Part(item, "evidence")) {
      Json piece{{"id", entry.items[i].id}};
      piece.update(told);
      piece["input"] = Part(item, "input");
      piece["subject"] = Part(item, "subject");
      piece["match"] = std::move(entry.matches[i]);
      evidence.push_back(std::move(piece));
    }
  }
  record["parties"] = std::move(parties);
  record["evidence"] = std::move(evidence);
  return record;
}

}  // namespace

std::vector<Json> BuildLedger(std::vector<Json> records) {
  std::vector<Item> items;
  items.reserve(records.size());
  for (Json& record : records) items.push_back(ItemOf(std::move(record)));
  // How it began comes before what came of it on the same day; those of unknown day come first.
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    const auto key = [](const Item& item) {
      return std::tuple(item.day, !Begins(item.status), std::string_view(item.id));
    };
    return key(a) < key(b);
  });

  std::vector<Entry> entries;
  std::unordered_map<std::string, std::vector<size_t>> of_party;
  for (Item& item : items) {
    std::set<size_t> candidates;
    for (const std::string& party : item.parties) {
      const std::vector<size_t>& all = of_party[party];
      const size_t skip = all.size() - std::min(all.size(), kCandidates);
      candidates.insert(all.begin() + static_cast<std::ptrdiff_t>(skip), all.end());
    }
    size_t best = entries.size();
    double score = 0;
    for (const size_t candidate : candidates) {
      const double next = ScoreOf(entries[candidate], item);
      // Of two that fit alike, the later one.
      if (next > 0 && next >= score) {
        score = next;
        best = candidate;
      }
    }
    Json why;
    if (best == entries.size()) {
      entries.emplace_back();
    } else {
      why = WhyOf(entries[best], item, score);
    }
    const Set before = entries[best].parties;
    for (const std::string& party : item.parties) {
      if (!before.contains(party)) of_party[party].push_back(best);
    }
    Join(entries[best], std::move(item), std::move(why));
  }
  std::vector<Json> ledger;
  ledger.reserve(entries.size());
  for (Entry& entry : entries) ledger.push_back(RecordOf(entry));
  return ledger;
}

}  // namespace kronik
