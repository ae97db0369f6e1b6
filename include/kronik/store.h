// Store: the chronicle, in one SQLite file or a PostgreSQL database.
//
//   Result<std::unique_ptr<Store>> store = Store::Open("kronik.db");
//   if (!store) return store.error();
//   Result<bool> changed = (*store)->Put(document);
//   for (const std::string& record : *(*store)->Events({.parties = {"RUS", "PRK"}})) ...
//
// Records go in as the stages left them and come out as JSON, one object a string, in the shape
// that doc/records.md fixes. Reading the same report twice changes nothing; reading it with
// another kronik replaces its records.
//
// Threads:   any number may call; the calls take turns.
// Processes: any number may read while one writes. A second writer waits up to ten seconds, with
//            PostgreSQL a minute; which of them puts a report first makes no difference.
// Errors:    kIo for what the disk, its space, another process's lock or the network caused; a
//            failed Put leaves the chronicle as it was. After a lost connection the next call
//            makes another. No error tells a password.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "kronik/result.h"
#include "kronik/review.h"
#include "kronik/validators.h"

namespace kronik {

// How much of an article's text the chronicle keeps.
enum class Keep {
  kFull,      // the whole text
  kEvidence,  // the words that the records cite
  kOffsets,   // no words, only where they stand
};

struct StoreOptions {
  bool create = true;  // false: kNotFound where there is no chronicle
  Keep keep = Keep::kFull;
  // The moment, in seconds since 1970, that goes into the logs of changes and reviews; the system's
  // clock if empty.
  std::function<int64_t()> now = {};
};

// Which records of the chronicle. An empty field asks for nothing; what is asked must all hold.
struct Query {
  // Codes of actors or recipients (of a statement: its source or addressee), in any order. The same
  // code twice: two actors of that code.
  std::vector<std::string> parties{};
  std::string sector{};  // of one of the actors or recipients; of a statement's source
  // First and last day, both inclusive: "2023-09-01". An event of less precise date is in the
  // range if it may be; one of unknown date is in no range. A statement without a date, and an
  // article, are of the day of publication.
  std::string from{};
  std::string to{};
  std::string lang{};       // of an article that reports it
  std::string publisher{};  // of an article that reports it
  // Words that must all stand in one sentence of the evidence, of an article anywhere in its title
  // and text; "words in quotes" follow each other. Case and accents make no difference.
  std::string text{};
  // Of events. An article has them if one of its events has them all.
  std::string event_type{};
  std::string context{};
  std::string status{};
  double min_confidence = 0;
  int quad_category = 0;  // 1 to 4
  // One of these is where the event was, as its best report spells it.
  std::vector<std::string> places{};
  std::string event{};  // one event's id
  // Of events and statements. Only what reviewers accepted, with their corrections, by which it is
  // then found too.
  bool accepted = false;
  // Only what came or changed since then: "2026-11-25", or "2026-11-25T18:02:11Z".
  std::string since{};
  int limit = -1;  // the most that come back; negative for all
  int offset = 0;
};

// What a table of events says of an article that tells one.
struct CitedArticle {
  std::string url, publisher, published, lang;
};
using CitedArticles = std::map<std::string, CitedArticle, std::less<>>;  // by id

// How many events of a query there are.
struct EventCounts {
  int64_t total = 0;
  std::string first, last;  // days on which one began; empty if none is known
  std::map<std::string, int64_t> types, statuses;
  std::map<int, int64_t> quads;
  std::map<std::string, int64_t> codes;  // of actors or recipients
};

// Who had to do with whom in the events of a query.
struct EventNetwork {
  struct Actor {
    std::string code;
    int64_t events;
  };
  // The events between two codes, an actor and a recipient in either direction.
  struct Tie {
    std::string a, b;
    int64_t events;
    double goldstein;              // the mean
    std::array<int64_t, 5> quads;  // at 1 to 4, and at 0 for those of none
  };
  std::vector<Actor> actors;  // those of most events first
  std::vector<Tie> ties;      // by the codes
};

// Where the events of a query were, and whose they were.
struct EventPlaces {
  struct Sum {
    std::string name;  // a code of an actor or recipient; a place as reports spell it. Or empty.
    int64_t events;
    double goldstein;              // the mean
    std::array<int64_t, 5> quads;  // at 1 to 4, and at 0 for those of none
  };
  std::vector<Sum> parties, places;
};

// Which entries of the ledger. An empty field asks for nothing.
struct LedgerQuery {
  std::vector<std::string> parties = {};  // codes: all of them are parties
  std::string from = {}, to = {};         // made in these days, as in Query
  std::string due_before = {};            // the term ends before this day
  std::string status = {};                // "broken"; "disputed" where reports disagree
  std::string subject = {};               // words of a subject, or a topic; in any case of letters
  std::string id = {};                    // of the entry, or of a report's record in it
  bool explain = false;                   // evidence says why it was joined (`match`)
  bool accepted = false;                  // as in Query
};

struct Report;  // of src/store

class Store {
 public:
  // A document's records, ready to be put in.
  class Prepared {
   public:
    Prepared(Prepared&&) noexcept;
    Prepared& operator=(Prepared&&) noexcept;
    ~Prepared();

   private:
    friend class Store;
    explicit Prepared(std::unique_ptr<const Report> report);
    std::unique_ptr<const Report> report_;
  };

  // Opens the chronicle at `place`, and makes it where nothing is yet: a file; ":memory:", which
  // has none; or postgresql://USER:PASSWORD@HOST:PORT/DATABASE, as libpq reads it. Errors:
  // kConflict if it is another program's, or a newer kronik's; kInvalidInput for a URL that is
  // none; kUnsupported for a database that isn't in UTF-8; kNotFound; kIo.
  static Result<std::unique_ptr<Store>> Open(const std::string& place, StoreOptions options = {});

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Takes in the article and its records in one transaction, in place of the article's earlier
  // ones. False if just these were there already, whichever input they came from. `source` is
  // remembered for ProblemsOf.
  // Error: kInvalidInput for an article without an id.
  Result<bool> Put(const Document& document, std::string_view source = {});
  // The same in two steps. The first, a third of the work, needs no turn: many threads may do it at
  // once.
  Prepared Prepare(const Document& document) const;
  Result<bool> Put(const Prepared& prepared, std::string_view source = {});

  // A source is a hash over an input and all that its records depend on. Where what is in the
  // chronicle came from it, the problems of its document, so that a report that was read before
  // need not be analysed again; nothing for one that isn't known. A source is known until an
  // article replaces what came from it, unless both came from one reading: one Store, one hour. A
  // problem whose place is the input itself has none here.
  Result<std::optional<std::vector<Error>>> ProblemsOf(std::string_view source) const;

  // Remembers what a server said of an address all of whose reports are in the chronicle. Put
  // forgets it again when it takes in another report of that address. `version` is a hash of all
  // that the records depend on beside the server's bytes.
  Result<void> Remember(std::string_view url, std::string_view version,
                        const Validators& validators);
  // What was remembered of the address with this version; empty where nothing was.
  Result<Validators> Recall(std::string_view url, std::string_view version) const;

  // From now on what Put takes in is committed by Commit, or by the Store's end: many reports at
  // once are much faster. The chronicle stays locked for other writers from the first Put to
  // Commit. After an error of the disk or the
  // network, what was not committed is lost.
  Result<void> Begin();
  // Commits what Put has taken in since the last time, and goes on.
  Result<void> Commit();

  // Events of the chronicle, by date (unknown dates last). What several sentences or articles
  // report with the same type, status, actors, recipients and first day is one event; its record
  // is that of the most confident report, its `id` the chronicle's own, and `evidence` has every
  // report: {id, article, story, input, trigger, sentence, sentence_number, reported_by,
  // confidence}. Pieces with the same `story` are copies of one text, whoever carries it.
  // What was reviewed has `review`: {number, id, verdict, reviewer, at, note, fields}, and, where
  // the fields stand in the record, `original` with what the machine wrote there.
  // Errors of every query: kInvalidInput for a `text` of too many words, a `since` that is no
  // moment.
  Result<std::vector<std::string>> Events(const Query& query) const;
  // One at a time, without holding all of them. `visit` must not call the store; false ends it.
  Result<void> ForEachEvent(const Query& query,
                            const std::function<bool(std::string_view record)>& visit) const;
  // The same, with the articles that tell the event.
  Result<void> ForEachEvent(const Query& query,
                            const std::function<bool(std::string_view record,
                                                     const CitedArticles& articles)>& visit) const;
  // Counts of all these events, whatever the limit; over a million of them in hundredths of a
  // second, but for the first time, which takes seconds: what events are counted by is kept in
  // memory from then on (but for what `sector`, `context`, `lang`, `publisher`, `since`,
  // `min_confidence` or `accepted` ask), some 70 bytes an event.
  Result<EventCounts> Count(const Query& query) const;
  // The actors of most events, and the ties between them.
  Result<EventNetwork> Network(const Query& query, size_t most_actors) const;
  // Where they were, and whose.
  Result<EventPlaces> Places(const Query& query) const;

  // Statements by date, then by article.
  Result<std::vector<std::string>> Statements(const Query& query) const;

  // Counts of events, the largest first where not by time. `by`: any of "year", "month", "day",
  // "dyad" (actor and recipient; a pair of each where there are several), "type". Each record is
  // {day | month | year, actor, recipient, event_type, count, goldstein (the mean)}.
  // Error: kInvalidInput for another word.
  Result<std::vector<std::string>> Stats(const Query& query,
                                         const std::vector<std::string>& by) const;

  // Commitments by the day they were made, unknown days first. What several reports tell of one
  // is one entry: its record is the first report's, its `evidence` has every report with the
  // status that it tells, and `status` is what came of it; `disputed` where reports disagree.
  Result<std::vector<std::string>> Ledger(const LedgerQuery& query = {}) const;

  // Articles by their date, newest first; `whole` with text, blocks and residue, otherwise
  // without, but with the count of their events in `event_count` and their `story`: the id of the
  // first of all articles that carry nearly the same text, by id.
  Result<std::vector<std::string>> Articles(bool whole = true, const Query& query = {}) const;
  // One article. Error: kNotFound.
  Result<std::string> FindArticle(std::string_view id) const;

  // The records of one article, in its order; empty for an article that isn't there. An event has
  // the chronicle's id as `chronicle_id`.
  Result<std::vector<std::string>> EventsOf(std::string_view article) const;
  Result<std::vector<std::string>> StatementsOf(std::string_view article) const;
  Result<std::vector<std::string>> CommitmentsOf(std::string_view article) const;

  // Adds a review to the log, and gives the entry: {number, kind, id, verdict, reviewer, at, note,
  // fields}, with what the record's `review` now is, or null. Errors: kInvalidInput for what is no
  // review, or a field that `rules` refuse; kNotFound where no record has the id; kConflict for an
  // undo of nothing.
  Result<std::string> AddReview(const Review& review, const ReviewRules& rules);
  // The log, newest first; an entry whose record is gone has `orphaned`.
  Result<std::vector<std::string>> Reviews(const ReviewQuery& query = {}) const;

  // The events that were withdrawn since a moment, by id: {kind, id, first_seen, withdrawn,
  // record}, the last being what one report said of it. Error: kInvalidInput.
  Result<std::vector<std::string>> WithdrawnEvents(const std::string& since) const;

 private:
  class Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
