#include "store/event_index.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "store/days.h"

namespace kronik {
namespace {

constexpr char kEventsAfter[] =
    "SELECT number, day, day_to, event_type, status, quad_category, goldstein, actors, recipients, "
    "id, place"
    " FROM events WHERE number > ?";
constexpr char kEvent[] =
    "SELECT number, day, day_to, event_type, status, quad_category, goldstein, actors, recipients, "
    "id, place"
    " FROM events WHERE number = ?";

// "2024-03-05" for 20240305; empty where no day is known.
std::string DayText(int32_t day) {
  if (day == kNoDay) return "";
  if (day == 0) return "0000";
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
  return text;
}

int32_t Thousandths(double value) { return static_cast<int32_t>(std::lround(value * 1000)); }

// The number that 32 hexadecimal digits are. Numbers sort as the digits do.
std::array<uint64_t, 2> IdNumber(std::string_view id) {
  std::array<uint64_t, 2> number = {};
  for (size_t half = 0; half < 2 && id.size() == 32; ++half) {
    const char* const digits = id.data() + 16 * half;
    std::from_chars(digits, digits + 16, number[half], 16);
  }
  return number;
}

// A row's number as a place in a list. The file may be anyone's.
size_t PlaceOf(int64_t number) {
  constexpr int64_t kMostRows = int64_t{1} << 30;
  if (number < 1 || number > kMostRows) {
    throw DatabaseError({ErrorCode::kIo, "has numbers that kronik never gave", "the chronicle"});
  }
  return static_cast<size_t>(number);
}

// Counts each thing at most once for an event.
class Counter {
 public:
  explicit Counter(size_t things) : counts_(things), last_(things, -1) {}
  void Add(uint32_t thing, int64_t event) {
    if (last_[thing] == event) return;
    last_[thing] = event;
    ++counts_[thing];
  }
  int64_t operator[](uint32_t thing) const { return counts_[thing]; }

 private:
  std::vector<int64_t> counts_, last_;
};

}  // namespace

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size(); at += lines.back().size() + 1) {
    lines.emplace_back(text.substr(at, text.find('\n', at) - at));
  }
  return lines;
}

uint32_t EventIndex::Numbering::Of(std::string_view word) {
  const auto [at, fresh] =
      numbers_.try_emplace(std::string(word), static_cast<uint32_t>(words_.size()));
  if (fresh) words_.emplace_back(word);
  return at->second;
}

std::optional<uint32_t> EventIndex::Numbering::Find(const std::string& word) const {
  const auto found = numbers_.find(word);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

bool EventIndex::CanTell(const Query& query) {
  return !query.accepted && query.sector.empty() && query.context.empty() && query.lang.empty() &&
         query.publisher.empty() && query.event.empty() && query.since.empty() &&
         query.min_confidence <= 0;
}

void EventIndex::Put(Event& event, int64_t day, std::string_view day_to, const EventBrief& brief) {
  event.from = static_cast<int32_t>(day);
  event.to = day_to.empty() ? 0 : static_cast<int32_t>(DayNumber(day_to));
  event.goldstein = Thousandths(brief.goldstein);
  event.type = words_.Of(brief.event_type);
  event.status = words_.Of(brief.status);
  event.place = places_.Of(brief.place);
  event.quad = static_cast<uint8_t>(brief.quad_category);
  event.first_party = static_cast<uint32_t>(parties_.size());
  event.actors = static_cast<uint32_t>(brief.actors.size());
  event.recipients = static_cast<uint32_t>(brief.recipients.size());
  event.there = true;
  for (const auto* codes : {&brief.actors, &brief.recipients}) {
    for (const std::string& code : *codes) parties_.push_back(words_.Of(code));
  }
}

void EventIndex::Add(const EventBrief& event) {
  Put(events_.emplace_back(), DayNumber(event.day), event.day, event);
}

void EventIndex::Read(PreparedStatement& row) {
  const size_t number = PlaceOf(row.Integer(0));
  if (number >= events_.size()) events_.resize(number + 1);
  events_[number].id = IdNumber(row.Text(9));
  Put(events_[number], row.Integer(1), row.Text(2),
      {"", std::string(row.Text(3)), std::string(row.Text(4)), static_cast<int>(row.Integer(5)),
       row.Real(6), LinesOf(row.Text(7)), LinesOf(row.Text(8)), std::string(row.Text(10))});
}

void EventIndex::ReadEvents(Database& database, int64_t after) {
  const auto rows = database.Started({kEventsAfter, {after}}, Database::Use::kManyRows);
  while (rows->Step()) Read(*rows);
}

void EventIndex::ReadEvidence(PreparedStatement& rows) {
  while (rows.Step()) {
    const size_t number = PlaceOf(rows.Integer(0));
    if (number >= event_of_.size()) event_of_.resize(number + 1);
    event_of_[number] = static_cast<uint32_t>(PlaceOf(rows.Integer(1)));
  }
}

void EventIndex::Refresh(Database& database) {
  if (events_.empty()) {
    touched_ = database.FindNumber("SELECT max(number) FROM touched").value_or(0);
    events_.resize(1);  // numbers begin at 1
    event_of_.resize(1);
    ReadEvents(database, 0);
    const auto evidence =
        database.Started({"SELECT number, event FROM evidence", {}}, Database::Use::kManyRows);
    return ReadEvidence(*evidence);
  }
  ReadTouched(database);
  const auto last_event = static_cast<int64_t>(events_.size()) - 1;
  const auto last_evidence = static_cast<int64_t>(event_of_.size()) - 1;
  ReadEvents(database, last_event);
  const auto evidence =
      database.Started({"SELECT number, event FROM evidence WHERE number > ?", {last_evidence}},
                       Database::Use::kManyRows);
  ReadEvidence(*evidence);
}

void EventIndex::ReadTouched(Database& database) {
  const auto log = database.Started(
      {"SELECT number, event FROM touched WHERE number > ? ORDER BY number", {touched_}},
      Database::Use::kManyRows);
  std::set<int64_t> touched;
  for (bool first = true; log->Step(); first = false) {
    const int64_t number = log->Integer(0);
    if (first && number > touched_ + 1) {
      // The log no longer has all that was touched.
      *this = {};
      return Refresh(database);
    }
    touched_ = number;
    if (PlaceOf(log->Integer(1)) < events_.size()) touched.insert(log->Integer(1));
  }
  if (touched.empty()) return;
  for (uint32_t& event : event_of_) {
    if (touched.contains(event)) event = 0;
  }
  for (int64_t event : touched) Reread(database, event);
}

// Reads an event, of which something is known already, once more.
void EventIndex::Reread(Database& database, int64_t event) {
  events_[static_cast<size_t>(event)].there = false;
  PreparedStatement& row = database.Ready(kEvent);
  const Value values[] = {event};
  row.Start(values);
  if (row.Step()) Read(row);
  row.Stop();
  for (int64_t evidence : database.Numbers("SELECT number FROM evidence WHERE event = ?", event)) {
    const size_t number = PlaceOf(evidence);
    if (number < event_of_.size()) event_of_[number] = static_cast<uint32_t>(event);
  }
}

void EventIndex::Mark(int64_t evidence, Marks& marks) const {
  marks.resize(events_.size());
  const size_t number = PlaceOf(evidence);
  if (number < event_of_.size()) marks[event_of_[number]] = true;
}

template <typename Visit>
void EventIndex::ForEach(const Query& query, const std::optional<Marks>& marks,
                         const Visit& visit) const {
  // What no event has is asked for by a number that none has.
  const auto number_of = [&](const std::string& word) {
    return words_.Find(word).value_or(static_cast<uint32_t>(words_.size()));
  };
  std::map<uint32_t, int> parties;
  for (const std::string& code : query.parties) ++parties[number_of(code)];
  const uint32_t type = number_of(query.event_type), status = number_of(query.status);
  std::vector<bool> places(query.places.empty() ? 0 : places_.size());
  for (const std::string& place : query.places) {
    if (const auto number = places_.Find(place)) places[*number] = true;
  }
  const int64_t from = DayNumber(Day(query.from, false)), to = DayNumber(Day(query.to, true));
  const auto is_asked = [&](const Event& event) {
    if (!query.from.empty() && event.to < from) return false;
    if (!query.to.empty() && event.from > to) return false;
    if (!query.event_type.empty() && event.type != type) return false;
    if (!query.status.empty() && event.status != status) return false;
    if (query.quad_category != 0 && event.quad != query.quad_category) return false;
    if (!places.empty() && !places[event.place]) return false;
    return std::all_of(parties.begin(), parties.end(), [&](const auto& party) {
      const auto all = PartiesOf(event);
      return std::count(all.begin(), all.end(), party.first) >= std::min(party.second, 2);
    });
  };
  for (size_t number = 0; number < events_.size(); ++number) {
    if (marks && (number >= marks->size() || !(*marks)[number])) continue;
    const Event& event = events_[number];
    if (event.there && is_asked(event)) visit(event, static_cast<int64_t>(number));
  }
}

EventCounts EventIndex::Count(const Query& query, const std::optional<Marks>& marks) const {
  Counter codes(words_.size());
  std::vector<int64_t> types(words_.size()), statuses(words_.size()), quads(256);
  int32_t first = kNoDay, last = kNoDay;
  EventCounts counts;
  ForEach(query, marks, [&](const Event& event, int64_t number) {
    ++counts.total;
    ++types[event.type];
    ++statuses[event.status];
    ++quads[event.quad];
    for (uint32_t code : PartiesOf(event)) codes.Add(code, number);
    if (event.from == kNoDay) return;
    first = std::min(first, event.from);
    last = last == kNoDay ? event.from : std::max(last, event.from);
  });
  counts.first = DayText(first);
  counts.last = DayText(last);
  for (uint32_t word = 0; word < words_.size(); ++word) {
    if (types[word] > 0) counts.types[words_.Word(word)] = types[word];
    if (statuses[word] > 0) counts.statuses[words_.Word(word)] = statuses[word];
    if (word > 0 && codes[word] > 0) counts.codes[words_.Word(word)] = codes[word];
  }
  for (size_t quad = 0; quad < quads.size(); ++quad) {
    if (quads[quad] > 0) counts.quads[static_cast<int>(quad)] = quads[quad];
  }
  return counts;
}

std::vector<int64_t> EventIndex::Find(const Query& query, const std::optional<Marks>& marks) const {
  using Place = std::tuple<int32_t, std::array<uint64_t, 2>, int64_t>;
  constexpr size_t kSpare = 4096;  // places beyond the page that wait to be sorted out
  const auto first = static_cast<size_t>(std::max(query.offset, 0));
  const size_t last =
      query.limit < 0 ? SIZE_MAX - kSpare : first + static_cast<size_t>(query.limit);
  std::vector<Place> found;
  const auto keep_first = [&] {
    if (found.size() <= last) return;
    std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(last), found.end());
    found.resize(last);
  };
  ForEach(query, marks, [&](const Event& event, int64_t number) {
    found.emplace_back(event.from, event.id, number);
    if (found.size() >= last + kSpare) keep_first();
  });
  keep_first();
  std::sort(found.begin(), found.end());
  std::vector<int64_t> numbers;
  for (size_t i = first; i < found.size(); ++i) numbers.push_back(std::get<int64_t>(found[i]));
  return numbers;
}

EventPlaces EventIndex::Places(const Query& query, const std::optional<Marks>& marks) const {
  struct Sum {
    int64_t events = 0, goldstein = 0;
    int64_t last = -1;  // the event that was counted last
    std::array<int64_t, 5> quads = {};
  };
  std::vector<Sum> parties(words_.size()), places(places_.size());
  const auto add = [](Sum& sum, const Event& event, int64_t number) {
    if (std::exchange(sum.last, number) == number) return;
    ++sum.events;
    sum.goldstein += event.goldstein;
    ++sum.quads[event.quad <= 4 ? event.quad : 0];
  };
  ForEach(query, marks, [&](const Event& event, int64_t number) {
    add(places[event.place], event, number);
    for (uint32_t code : PartiesOf(event)) add(parties[code], event, number);
  });
  const auto listed = [](const Numbering& words, const std::vector<Sum>& sums, auto& list) {
    for (uint32_t word = 0; word < sums.size(); ++word) {
      const Sum& sum = sums[word];
      if (sum.events == 0) continue;
      list.push_back({words.Word(word), sum.events,
                      static_cast<double>(sum.goldstein) / 1000 / static_cast<double>(sum.events),
                      sum.quads});
    }
  };
  EventPlaces counts;
  listed(words_, parties, counts.parties);
  listed(places_, places, counts.places);
  return counts;
}

EventNetwork EventIndex::Network(const Query& query, const std::optional<Marks>& marks,
                                 size_t most_actors) const {
  struct Sum {
    int64_t events = 0, goldstein = 0;
    int64_t last = -1;  // the event that was counted last
    std::array<int64_t, 5> quads = {};
  };
  Counter codes(words_.size());
  std::unordered_map<uint64_t, Sum> sums;
  ForEach(query, marks, [&](const Event& event, int64_t number) {
    const auto parties = PartiesOf(event);
    for (uint32_t code : parties) codes.Add(code, number);
    for (uint32_t actor : parties.first(event.actors)) {
      for (uint32_t recipient : parties.subspan(event.actors)) {
        if (actor == 0 || recipient == 0 || actor == recipient) continue;
        const auto [a, b] = std::minmax(actor, recipient);
        Sum& sum = sums[uint64_t{a} << 32 | b];
        if (std::exchange(sum.last, number) == number) continue;
        ++sum.events;
        sum.goldstein += event.goldstein;
        ++sum.quads[event.quad <= 4 ? event.quad : 0];
      }
    }
  });
  EventNetwork network;
  for (uint32_t code = 1; code < words_.size(); ++code) {
    if (codes[code] > 0) network.actors.push_back({words_.Word(code), codes[code]});
  }
  std::sort(network.actors.begin(), network.actors.end(), [](const auto& one, const auto& other) {
    return std::pair(-one.events, std::string_view(one.code)) <
           std::pair(-other.events, std::string_view(other.code));
  });
  if (network.actors.size() > most_actors) network.actors.resize(most_actors);
  std::set<std::string> shown;
  for (const auto& actor : network.actors) shown.insert(actor.code);
  for (const auto& [pair, sum] : sums) {
    const std::string &one = words_.Word(static_cast<uint32_t>(pair >> 32)),
                      &other = words_.Word(static_cast<uint32_t>(pair));
    if (!shown.contains(one) || !shown.contains(other)) continue;
    const auto& [a, b] = std::minmax(one, other);
    network.ties.push_back(
        {a, b, sum.events,
         static_cast<double>(sum.goldstein) / 1000 / static_cast<double>(sum.events), sum.quads});
  }
  std::sort(network.ties.begin(), network.ties.end(), [](const auto& one, const auto& other) {
    return std::tie(one.a, one.b) < std::tie(other.a, other.b);
  });
  return network;
}

}  // namespace kronik
