#include "store/deed_fit.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kronik::ledger {
namespace {

constexpr int kDeedDays = 1100;     // a deed follows what was undertaken within these
constexpr int kToldAgainDays = 21;  // what ended an entry is told again within these
constexpr int kEarlyDays = 7;       // before a term begins
constexpr int kLateDays = 3;        // after the day that was planned
constexpr int kMonthDays = 31;
constexpr std::pair<long, long> kYears = {1900, 2100};  // a number between is a year

// The last day of a date of any precision.
int LastDay(const std::string& date) {
  const int day = DayNumber(date);
  return day == 0 || date.size() >= 10 ? day : day + (date.size() >= 7 ? 30 : 365);
}

bool SameCount(const Entry& entry, const Item& deed) {
  return std::any_of(deed.counts.begin(), deed.counts.end(), [&](const auto& count) {
    const auto promised = entry.counts.find(count.first);
    return promised != entry.counts.end() && promised->second == count.second;
  });
}

// "delivered 120 buses", of 40: others.
bool MoreThanPromised(const Entry& entry, const Item& deed) {
  return std::any_of(deed.counts.begin(), deed.counts.end(), [&](const auto& count) {
    const auto promised = entry.counts.find(count.first);
    return promised != entry.counts.end() && count.second > promised->second + promised->second / 4;
  });
}

// Who is to do what was undertaken.
const Set& Performers(const Entry& entry) {
  const bool asked = entry.kind == "demand" || entry.kind == "invitation";
  const Set& who = asked ? entry.toward : entry.kind == "agreement" ? entry.parties : entry.bound;
  return who.empty() ? entry.parties : who;
}

// What most entries of a party are not: of the deed's time, and with a side more in common. Told
// first, since it costs least.
bool Near(const Entry& entry, const Item& deed) {
  if (deed.day == 0 || entry.first_day == 0 || deed.day <= entry.first_day ||
      deed.day > entry.last_day + kDeedDays) {
    return false;
  }
  return entry.parties.size() < 2 || deed.parties.size() < 2 ||
         Common(entry.parties, deed.parties) > 1;
}

// Whether it came when what was undertaken could come to it.
bool InTime(const Entry& entry, const Item& deed, const Outcome& outcome) {
  const auto told = [&](const Item& item) { return item.sentence == deed.sentence; };
  if (!deed.article.empty() && (deed.article == entry.items.front().article ||
                                std::any_of(entry.items.begin(), entry.items.end(), told))) {
    return false;
  }
  const int verdict = Verdict(outcome.status);
  if (entry.ended != 0) {
    const std::string& last = entry.items.back().status;
    const bool late = last == "broken" && verdict > 0;  // done after all
    const bool more = entry.acts.contains(outcome.act) && !entry.done_acts.empty() &&
                      !entry.done_acts.contains(outcome.act);
    if (Verdict(last) != verdict && !late) return false;
    if (!late && !more && deed.day > entry.ended + kToldAgainDays) return false;
  }
  const int from = DayNumber(entry.term_from), to = LastDay(entry.term_to);
  if (deed.omitted) return to != 0 && deed.day > to;
  // Of two sides' meeting or visit there may be another: it is that of its day or month.
  if (verdict > 0 && outcome.sides && !outcome.object && from > entry.first_day) {
    const bool day = entry.term_to.size() >= 10 && entry.term_from == entry.term_to;
    if (deed.day + (day ? kLateDays : kEarlyDays) < from) return false;
    if (to != 0 && deed.day > to + (day ? kLateDays : 2 * kMonthDays)) return false;
  }
  // What is told to be over breaks nothing.
  return verdict >= 0 || outcome.status != "broken" || to == 0 || outcome.act.empty() ||
         !outcome.sides || deed.day <= to;
}

// "150 officers" between the same two sides: a number that is no day of a month and no year.
bool SameNumber(const Entry& entry, const Item& deed) {
  if (Common(entry.parties, deed.parties) < 2) return false;
  for (const std::string& number : Shared(entry.numbers, deed.numbers)) {
    const long value = number.size() < 10 ? std::atol(number.c_str()) : kYears.second;
    if (value > kMonthDays && (value < kYears.first || value > kYears.second)) return true;
  }
  return false;
}

bool SameThings(const Entry& entry, const Item& deed) {
  if (SameCount(entry, deed) || SameNumber(entry, deed)) return true;
  if (Common(entry.names, deed.met) > 0) return true;
  const size_t topics = Common(entry.topics, deed.topics);
  const size_t named = std::min(entry.topics.size(), deed.topics.size());
  if (named > 0) return topics > 0 && 2 * topics >= named;
  return SharedThings(entry.words, deed.words, entry.items.front().text_words) > 0;
}

// Whether it came on the day or in the month that it was planned for.
bool OnTime(const Entry& entry, const Item& deed) {
  const int from = DayNumber(entry.term_from), to = LastDay(entry.term_to);
  return from != 0 && to != 0 && to - from <= kMonthDays && deed.day + 1 >= from &&
         deed.day <= to + kLateDays;
}

bool Differ(const Entry& entry, const Item& deed) {
  return !entry.topics.empty() && !deed.topics.empty() && !SameThings(entry, deed);
}

// Whether the deed is one of those that the entry's act, or the thing it names, can come to.
bool Meant(const Entry& entry, const Outcome& outcome) {
  if (outcome.act.empty()) return true;
  if (outcome.act == "-") return entry.acts.empty();
  return entry.acts.contains(outcome.act) || entry.topics.contains(outcome.act);
}

// The sides of the deed are those of the entry, as far as they are named.
bool SameSides(const Entry& entry, const Item& deed, const Outcome& outcome) {
  const size_t shared = Common(entry.parties, deed.parties);
  const size_t both = std::min<size_t>(2, entry.parties.size());
  if (shared == 0 || (shared < both && shared < deed.parties.size())) return false;
  if (outcome.sides && shared < both) return false;
  const bool mutual = outcome.sides && both == 2;
  const Set& who = mutual ? entry.parties : Performers(entry);
  if (!deed.bound.empty()) return Common(deed.bound, who) > 0;
  return shared >= both || SameThings(entry, deed);
}

// Where both name who does it, or with whom it is done, one of them must be the same.
bool SamePersons(const Entry& entry, const Item& deed) {
  const bool actors =
      entry.persons.empty() || deed.persons.empty() || Common(entry.persons, deed.persons) > 0;
  return actors && (entry.names.empty() || deed.met.empty() ||
                    Common(entry.names, deed.met) + Common(entry.persons, deed.met) > 0);
}

// One side in common says little of a country in which much is done: then topics and words, or how
// many, must be the same.
bool Tied(const Entry& entry, const Item& deed, const Outcome& outcome) {
  if (Common(entry.parties, deed.parties) > 1 || entry.topics.contains(outcome.act)) return true;
  return Common(entry.topics, deed.topics) > 0 &&
         (SameCount(entry, deed) ||
          SharedThings(entry.words, deed.words, entry.items.front().text_words) > 0);
}

bool Fits(const Entry& entry, const Item& deed, const Outcome& outcome) {
  if (!Meant(entry, outcome) || !InTime(entry, deed, outcome)) return false;
  if (!Tied(entry, deed, outcome)) return false;
  if (!SameSides(entry, deed, outcome) || MoreThanPromised(entry, deed)) return false;
  if (outcome.sides && !SamePersons(entry, deed)) return false;
  if (outcome.object) return SameThings(entry, deed);
  // A meeting on its day, shells that break a truce: whatever else the words are about.
  if (outcome.sides && (OnTime(entry, deed) || entry.topics.contains(outcome.act))) return true;
  return !Differ(entry, deed);
}

}  // namespace

DeedFit FitOf(const Entry& entry, const Item& deed) {
  DeedFit fit;
  if (!Near(entry, deed)) return fit;
  for (const Outcome& outcome : deed.outcomes) {
    if (!Fits(entry, deed, outcome)) continue;
    // Kept or broken, as one takes it: nothing is known.
    if (fit.outcome != nullptr && Verdict(fit.outcome->status) != Verdict(outcome.status))
      return {};
    if (fit.outcome == nullptr) fit.outcome = &outcome;
  }
  if (fit.outcome == nullptr) return fit;
  const size_t named = std::min(entry.topics.size(), deed.topics.size());
  const size_t shared = Common(entry.parties, deed.parties);
  const auto strangers = static_cast<double>(deed.parties.size() - shared);
  fit.score = 1 + 0.5 * static_cast<double>(shared) - 0.25 * strangers;
  if (named > 0)
    fit.score +=
        2 * static_cast<double>(Common(entry.topics, deed.topics)) / static_cast<double>(named);
  fit.score += 0.5 * static_cast<double>(std::min<size_t>(
                         3, SharedThings(entry.words, deed.words, entry.items.front().text_words)));
  if (SameCount(entry, deed)) fit.score += 1;
  fit.score = std::max(fit.score, 0.1);
  return fit;
}

}  // namespace kronik::ledger
