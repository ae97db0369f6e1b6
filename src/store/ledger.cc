#include "store/ledger.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "store/deed_fit.h"
#include "store/fields.h"
#include "store/ledger_entry.h"

namespace kronik {
namespace {

using namespace ledger;  // NOLINT: the entries' own vocabulary

constexpr size_t kCandidates = 256;  // the latest entries of a party that are looked at
constexpr int kRetoldDays = 400;     // the same signing is told again within these
constexpr int kAlikeDays = 60;       // what has little in common is another after these
constexpr int kFollowUpDays = 1100;  // and followed up within these
constexpr int kDisputeDays = 30;     // reports of the same weeks disagree; later ones supersede
constexpr int kAfterEndDays = 7;     // a promise made after an end is another one
constexpr int kDeadlineDays = 1;     // "before 30 June" is "by 30 June" in another report

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
    const Set& texts = entry.items.front().text_words;
    const size_t words =
        std::max(Common(entry.words, item.words), SharedThings(entry.words, item.words, texts));
    content = acts + 0.5 * static_cast<double>(words) +
              (Common(entry.numbers, item.numbers) > 0 ? 0.5 : 0);
    // "at the invitation of": of the two there is one.
    if (entry.kind == "invitation" && item.kind == "invitation" && !begins && parties >= 2)
      content = std::max(content, 1.0);
    // Words that say nothing of what it is ("broke its promise"): only the parties tell.
    if (content < 1 && !(item.Vague() && parties >= 2)) return 0;
    if (begins && entry.made && content < 1.5 && item.day > entry.last_day + kAlikeDays && !answers)
      return 0;
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

// "sent home 700 workers", of 1,200: fewer than were promised, together with those sent before.
bool Fewer(const Entry& entry, const Item& item) {
  return std::any_of(item.counts.begin(), item.counts.end(), [&](const auto& count) {
    const auto promised = entry.counts.find(count.first);
    const auto before = entry.done.find(count.first);
    const long done = before == entry.done.end() ? 0 : before->second;
    return promised != entry.counts.end() && count.second + done < promised->second;
  });
}

// A deed comes to an entry: what that is stays as it was told.
void JoinDeed(Entry& entry, Item deed, const std::string& act, Json why) {
  entry.done_acts.insert(act);
  if (deed.status == "fulfilled" && Fewer(entry, deed)) deed.status = "partly_fulfilled";
  for (const auto& [what, count] : deed.counts) entry.done[what] += count;
  if (Ended(deed.status)) entry.ended = deed.day;
  entry.last_day = std::max(entry.last_day, deed.day);
  entry.matches.push_back(std::move(why));
  entry.items.push_back(std::move(deed));
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
  entry.persons.insert(item.persons.begin(), item.persons.end());
  entry.names.insert(item.names.begin(), item.names.end());
  entry.made = entry.made || item.status == "made";
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
    const bool is_deed = !entry.items[i].outcomes.empty();
    for (const Json& party : Part(item, "parties")) {
      if (!is_deed && known.insert(name_of(party)).second) parties.push_back(party);
    }
    for (const Json& told : Part(item, "evidence")) {
      Json piece{{"id", entry.items[i].id}};
      piece.update(told);
      if (is_deed) piece["status"] = entry.items[i].status;
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

class Builder {
 public:
  void Add(Item item) {
    item.outcomes.empty() ? AddTold(std::move(item)) : AddDeed(std::move(item));
  }
  std::vector<Entry>& entries() { return entries_; }

 private:
  // The latest entries of an item's parties.
  std::set<size_t> Candidates(const Item& item) {
    std::set<size_t> candidates;
    for (const std::string& party : item.parties) {
      const std::vector<size_t>& all = of_party_[party];
      const size_t skip = all.size() - std::min(all.size(), kCandidates);
      candidates.insert(all.begin() + static_cast<std::ptrdiff_t>(skip), all.end());
    }
    return candidates;
  }
  void AddTold(Item item);
  void AddDeed(Item deed);

  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<size_t>> of_party_;
};

void Builder::AddTold(Item item) {
  size_t best = entries_.size();
  double score = 0;
  for (const size_t candidate : Candidates(item)) {
    const double next = ScoreOf(entries_[candidate], item);
    // Of two that fit alike, the later one.
    if (next > 0 && next >= score) {
      score = next;
      best = candidate;
    }
  }
  Json why;
  if (best == entries_.size()) {
    entries_.emplace_back();
  } else {
    why = WhyOf(entries_[best], item, score);
  }
  const Set before = entries_[best].parties;
  for (const std::string& party : item.parties) {
    if (!before.contains(party)) of_party_[party].push_back(best);
  }
  Join(entries_[best], std::move(item), std::move(why));
}

// A deed makes no entry, and joins none of two that it fits equally well.
void Builder::AddDeed(Item deed) {
  DeedFit best;
  size_t entry = entries_.size();
  bool alone = true;
  for (const size_t candidate : Candidates(deed)) {
    const DeedFit next = FitOf(entries_[candidate], deed);
    if (next.score <= 0) continue;
    if (next.score > best.score + kEqualFits) {
      alone = true;
    } else if (next.score > best.score - kEqualFits) {
      alone = false;
    }
    if (next.score > best.score) {
      best = next;
      entry = candidate;
    }
  }
  if (entry == entries_.size() || !alone) return;
  deed.status = best.outcome->status;
  Json why = WhyOf(entries_[entry], deed, best.score);
  why["deed"] = Text(deed.record, "deed");
  why["outcome"] = Json{{"act", best.outcome->act}, {"status", best.outcome->status}};
  const std::string act = best.outcome->act;
  JoinDeed(entries_[entry], std::move(deed), act, std::move(why));
}

}  // namespace

std::vector<Json> BuildLedger(std::vector<Json> records, std::vector<Json> deeds) {
  std::vector<Item> items;
  items.reserve(records.size() + deeds.size());
  for (auto* list : {&records, &deeds}) {
    for (Json& record : *list) items.push_back(ItemOf(std::move(record)));
  }
  // How it began comes before what came of it on the same day; those of unknown day come first.
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    const auto key = [](const Item& item) {
      return std::tuple(item.day, !Begins(item.status), std::string_view(item.id));
    };
    return key(a) < key(b);
  });

  Builder builder;
  for (Item& item : items) builder.Add(std::move(item));
  std::vector<Json> ledger;
  ledger.reserve(builder.entries().size());
  for (Entry& entry : builder.entries()) ledger.push_back(RecordOf(entry));
  return ledger;
}

}  // namespace kronik
