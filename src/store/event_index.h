// EventIndex: what events are counted by, in memory, so that a count over a million of them takes
// hundredths of a second whatever is asked. Some 70 bytes an event with its evidence.
//
//   EventIndex index;
//   index.Refresh(database);   // reads what came since the last time
//   EventCounts counts = index.Count(query, std::nullopt);
//
// One thread at a time. Whoever calls Refresh sees to it that all it reads is of one moment, and
// takes the database's errors.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/store.h"
#include "store/database.h"

namespace kronik {

// An event without its words.
struct EventBrief {
  std::string day;  // its first; empty if unknown
  std::string event_type, status;
  int quad_category = 0;
  double goldstein = 0;
  std::vector<std::string> actors, recipients;  // codes; empty for those without one
  std::string place;
};

// The codes in a row of the table of events.
std::vector<std::string> LinesOf(std::string_view text);

class EventIndex {
 public:
  // Whether an index of the chronicle's events can tell what a query asks for.
  static bool CanTell(const Query& query);

  // Reads what the chronicle has got, changed and lost since the last time.
  void Refresh(Database& database);
  // Whether it was read.
  bool IsRead() const { return !events_.empty(); }
  // Adds an event of which nothing is asked.
  void Add(const EventBrief& event);

  // The events that hold these pieces of evidence, by the numbers of both.
  using Marks = std::vector<bool>;
  void Mark(int64_t evidence, Marks& marks) const;

  // Of the events asked for; of those that are marked, where there are marks.
  EventCounts Count(const Query& query, const std::optional<Marks>& marks) const;
  EventNetwork Network(const Query& query, const std::optional<Marks>& marks,
                       size_t most_actors) const;
  EventPlaces Places(const Query& query, const std::optional<Marks>& marks) const;
  // Their numbers by day and id: a page of them, as the query's limit and offset say.
  std::vector<int64_t> Find(const Query& query, const std::optional<Marks>& marks) const;

 private:
  // Words by their numbers, which begin at 0 with the empty one.
  class Numbering {
   public:
    Numbering() { Of(""); }
    uint32_t Of(std::string_view word);
    std::optional<uint32_t> Find(const std::string& word) const;
    const std::string& Word(uint32_t number) const { return words_[number]; }
    size_t size() const { return words_.size(); }

   private:
    std::vector<std::string> words_;
    std::unordered_map<std::string, uint32_t> numbers_;
  };
  struct Event {
    std::array<uint64_t, 2> id = {};
    int32_t from = 0, to = 0;  // days; to is 0 where none is known
    int32_t goldstein = 0;     // in thousandths
    uint32_t type = 0, status = 0, place = 0;
    uint32_t first_party = 0;  // in parties_: the actors, then the recipients
    uint32_t actors = 0, recipients = 0;
    uint8_t quad = 0;
    bool there = false;
  };

  void Put(Event& event, int64_t day, std::string_view day_to, const EventBrief& brief);
  void Read(PreparedStatement& row);
  void ReadEvents(Database& database, int64_t after);
  void ReadTouched(Database& database);
  void Reread(Database& database, int64_t event);
  void ReadEvidence(PreparedStatement& rows);
  std::span<const uint32_t> PartiesOf(const Event& event) const {
    return {parties_.data() + event.first_party, event.actors + event.recipients};
  }
  // Visits every event that is asked for.
  template <typename Visit>
  void ForEach(const Query& query, const std::optional<Marks>& marks, const Visit& visit) const;

  Numbering words_;  // types, statuses and codes
  Numbering places_;
  std::vector<Event> events_;  // by their numbers
  std::vector<uint32_t> parties_;
  std::vector<uint32_t> event_of_;  // by the numbers of evidence
  int64_t touched_ = 0;             // the last entry of that log that was read
};

}  // namespace kronik
