#include "kronik/store.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "base/utf8.h"
#include "record/json.h"
#include "store/changes.h"
#include "store/database.h"
#include "store/days.h"
#include "store/fields.h"
#include "store/ledger.h"
#include "store/query.h"
#include "store/reader.h"
#include "store/report.h"
#include "store/review.h"
#include "store/schema.h"
#include "store/statistics.h"
#include "store/writer.h"

namespace kronik {
namespace {

// Whether an entry of the ledger is one that the query asks for.
bool IsAsked(const Json& entry, const LedgerQuery& query) {
  for (const std::string& code : query.parties) {
    bool found = false;
    for (const Json& party : Part(entry, "parties")) {
      found = found || Text(Part(party, "actor"), "code") == code;
    }
    if (!found) return false;
  }
  const Json& made = Part(entry, "made");
  if (!query.from.empty() && DayOf(made, true) < Day(query.from, false)) return false;
  if (!query.to.empty()) {
    const std::string first = DayOf(made, false);
    if (first.empty() || first > Day(query.to, true)) return false;
  }
  if (!query.due_before.empty()) {
    const std::string due = Day(Text(Part(entry, "term"), "to"), true);
    if (due.empty() || due >= Day(query.due_before, false)) return false;
  }
  if (query.status == "disputed") {
    if (!entry.contains("disputed")) return false;
  } else if (!query.status.empty() && Text(entry, "status") != query.status) {
    return false;
  }
  bool subject = query.subject.empty();
  bool id = query.id.empty() || Text(entry, "id") == query.id;
  const std::string wanted = LowerCase(query.subject);
  for (const char* names : {"topics", "acts"}) {
    for (const Json& name : Part(entry, names)) subject = subject || name == wanted;
  }
  for (const Json& evidence : Part(entry, "evidence")) {
    id = id || Text(evidence, "id") == query.id;
    subject = subject ||
              LowerCase(Text(Part(evidence, "subject"), "text")).find(wanted) != std::string::npos;
  }
  return subject && id;
}

// Gives an entry of the ledger the last review of any of its reports' records.
void AttachReview(Json& entry, const std::map<std::string, Json>& reviews, bool corrected) {
  const Json* last = nullptr;
  for (const Json& evidence : Part(entry, "evidence")) {
    const auto found = reviews.find(Text(evidence, "id"));
    if (found == reviews.end()) continue;
    if (last == nullptr || Number(*last, "number") < Number(found->second, "number")) {
      last = &found->second;
    }
  }
  if (last == nullptr) return;
  if (corrected) return Correct("commitment", *last, entry);
  entry["review"] = *last;
}

bool IsAccepted(const Json& record) {
  return record.contains("review") && Text(record["review"], "verdict") != "reject";
}

int64_t SecondsNow() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

}  // namespace

class Store::Impl {
 public:
  Impl(std::unique_ptr<Database> database, StoreOptions options)
      : options_(options),
        database_(std::move(database)),
        reader_(*database_),
        writer_(*database_) {}

  // Checks whose database it is and brings its tables up to date.
  Result<void> Prepare() {
    Result<Result<void>> done = Guard<Result<void>>([&]() -> Result<void> {
      const Database::Contents contents = database_->Look();
      if (Result<void> ours = Check(contents); !ours) return ours;
      database_->Settle();
      return contents.version == kSchemaVersion ? Result<void>() : Upgrade();
    });
    return done ? std::move(*done) : done.error();
  }

  Result<bool> Put(const Report& report, std::string_view source) {
    if (report.id.empty()) {
      return Error{ErrorCode::kInvalidInput, "an article without an id",
                   Text(report.article, "input")};
    }
    return Written<bool>([&] { return Result<bool>(writer_.Write(report, source, Now())); });
  }

  Result<void> Remember(std::string_view url, std::string_view version,
                        const Validators& validators) {
    const Result<bool> done = Written<bool>([&] {
      database_->Run(
          "INSERT INTO fetched VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
          " version = excluded.version, etag = excluded.etag,"
          " last_modified = excluded.last_modified",
          AddressId(url), version, validators.etag, validators.last_modified);
      return Result<bool>(true);
    });
    return done ? Result<void>() : done.error();
  }

  Result<Validators> Recall(std::string_view url, std::string_view version) {
    return Guard<Validators>([&] {
      const auto row =
          database_->Started({"SELECT etag, last_modified FROM fetched"
                              " WHERE id = ? AND version = ?",
                              {AddressId(url), std::string(version)}});
      if (!row->Step()) return Validators();
      return Validators{std::string(row->Text(0)), std::string(row->Text(1))};
    });
  }

  Result<std::optional<std::vector<Error>>> ProblemsOf(std::string_view source) {
    using Problems = std::optional<std::vector<Error>>;
    return Guard<Problems>([&] {
      const std::vector<std::string> found =
          database_->Texts("SELECT problems FROM sources WHERE id = ?", source);
      return found.empty() ? Problems() : ParsedProblems(found[0]);
    });
  }

  Keep keep() const { return options_.keep; }

  Result<void> Begin() {
    std::lock_guard<std::mutex> lock(mutex_);
    batching_ = true;
    return {};
  }

  Result<void> Commit() {
    const Result<bool> done = Guard<bool>([&] {
      if (database_->InTransaction()) database_->Commit();
      return true;
    });
    return done ? Result<void>() : done.error();
  }

  // Every row's one column, as strings.
  Result<std::vector<std::string>> Select(const std::string& sql,
                                          const std::vector<std::string>& values) {
    return Select(Sql{sql, {values.begin(), values.end()}});
  }

  Result<std::vector<std::string>> Select(const Sql& sql) {
    return Select(sql, [](PreparedStatement& row) { return std::string(row.Text(0)); });
  }

  // What `read` makes of every row.
  template <typename Read>
  Result<std::vector<std::string>> Select(const Sql& sql, const Read& read) {
    return Guard<std::vector<std::string>>([&] {
      const std::unique_ptr<PreparedStatement> rows = database_->Started(sql);
      std::vector<std::string> records;
      while (rows->Step()) records.push_back(read(*rows));
      return records;
    });
  }

  Result<std::vector<std::string>> Stats(const Query& query, const std::vector<std::string>& by) {
    Result<Statistics> statistics = Statistics::By(by);
    if (!statistics) return statistics.error();
    Query events = query;
    events.limit = -1;
    events.offset = 0;
    Result<void> counted = Asked<void>([&] {
      return reader_.ForEachBrief(events, [&](const EventBrief& brief) { statistics->Add(brief); });
    });
    if (!counted) return counted.error();
    return statistics->Records(query);
  }

  Result<std::vector<std::string>> Articles(bool whole, const Query& query) {
    using Lines = std::vector<std::string>;
    return Asked<Lines>([&]() -> Result<Lines> {
      const Result<Sql> sql = ArticlesSql(query, *database_);
      if (!sql) return sql.error();
      Lines records;
      const std::unique_ptr<PreparedStatement> rows = database_->Started(*sql);
      while (rows->Step()) records.push_back(whole ? std::string(rows->Text(0)) : Short(*rows));
      return records;
    });
  }

  Result<std::vector<std::string>> Statements(const Query& query) {
    return Asked<std::vector<std::string>>([&] { return reader_.Statements(query); });
  }

  Result<void> ForEachEvent(const Query& query, const Reader::Visit& visit) {
    return Asked<void>([&] { return reader_.ForEachEvent(query, visit); });
  }

  Result<void> Index(const Query& query, const Reader::Count& count) {
    return Asked<void>([&] { return reader_.Index(query, count); });
  }

  // Rows of a record and its review.
  Result<std::vector<std::string>> SelectReviewed(const std::string& sql, std::string_view value) {
    return Select(Sql{sql, {std::string(value)}},
                  [](PreparedStatement& row) { return WithReview(row.Text(0), row.Text(1)); });
  }

  Result<std::map<std::string, Json>> ReviewsOf(std::string_view kind) {
    return Guard<std::map<std::string, Json>>([&] { return reader_.Reviews(kind); });
  }

  Result<std::string> AddReview(Review review, const ReviewRules& rules) {
    if (Result<void> checked = CheckReview(review); !checked) return checked.error();
    return Written<std::string>([&] { return Append(review, rules); });
  }

  Result<std::vector<std::string>> Reviews(const ReviewQuery& query) {
    return Guard<std::vector<std::string>>([&] {
      const Reading reading(*database_);
      return ReviewLog(*database_).Entries(query);
    });
  }

  Result<std::vector<std::string>> Withdrawn(std::string_view kind, int64_t since) {
    return Guard<std::vector<std::string>>(
        [&] { return ChangeLog(*database_).Withdrawn(kind, since); });
  }

 private:
  // What is read while it lives is of one moment, or of the transaction that is under way.
  class Reading {
   public:
    explicit Reading(Database& database) : database_(database), begins_(!database.InTransaction()) {
      if (begins_) database_.BeginReading();
    }
    ~Reading() {
      if (!begins_) return;
      try {
        database_.Commit();
      } catch (const DatabaseError&) {
        database_.Rollback();
      }
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    Database& database_;
    const bool begins_;
  };

  // An article of ArticlesSql without its text.
  static std::string Short(PreparedStatement& row) {
    Json record = Json::parse(row.Text(0));
    for (const char* key : {"text", "blocks", "residue", "related"}) record.erase(key);
    record["story"] = row.Text(1);
    record["event_count"] = row.Integer(2);
    return ToLine(record);
  }

  template <typename T, typename F>
  Result<T> Guard(F&& work) {
    std::lock_guard<std::mutex> lock(mutex_);
    try {
      return Result<T>(work());
    } catch (const DatabaseError& failure) {
      return failure.error();
    }
  }

  // What the reader gives, all of it of one moment.
  template <typename T, typename F>
  Result<T> Asked(F&& ask) {
    Result<Result<T>> done = Guard<Result<T>>([&] {
      const Reading reading(*database_);
      return ask();
    });
    return done ? std::move(*done) : done.error();
  }

  // What `write` gives, which runs in a transaction of its own or, in a batch, in the one under
  // way.
  template <typename T, typename F>
  Result<T> Written(F&& write) {
    Result<Result<T>> done = Guard<Result<T>>([&] {
      const bool begins = !database_->InTransaction();
      try {
        if (begins) {
          database_->BeginWriting();
          writer_.Forget();  // another process may have written meanwhile
        }
        if (batching_) database_->SetMark();
        Result<T> written = write();
        batching_ ? database_->DropMark() : database_->Commit();
        return written;
      } catch (const DatabaseError&) {
        Undo(begins);
        throw;
      }
    });
    return done ? std::move(*done) : done.error();
  }

  int64_t Now() const { return options_.now ? options_.now() : SecondsNow(); }

  Result<std::string> Append(Review& review, const ReviewRules& rules) {
    const auto found = reader_.Find(review.kind, review.id);
    // What was said of a record that is gone can still be taken back.
    if (!found && review.verdict != "undo") {
      return Error{ErrorCode::kNotFound, "no such record", review.id};
    }
    review.kind = found ? found->first : "";
    std::string fields;
    if (review.verdict == "correct") {
      Result<std::string> checked = rules.Check(review.kind, ToLine(found->second), review.fields);
      if (!checked) return checked.error();
      fields = std::move(*checked);
    }
    const int64_t now = Now();
    Result<std::string> entry = ReviewLog(*database_).Append(review, fields, now);
    if (entry && found) ChangeLog(*database_).Touch(review.kind, review.id, now);
    return entry;
  }

  Result<void> Check(const Database::Contents& contents) const {
    if (contents.owner == Database::Contents::kAnother) {
      return Error{ErrorCode::kConflict,
                   "is another program's database: give another one with --store",
                   database_->name()};
    }
    if (contents.version > kSchemaVersion) {
      return Error{ErrorCode::kConflict,
                   "was written by a newer kronik (chronicle version " +
                       std::to_string(contents.version) + ", this one knows " +
                       std::to_string(kSchemaVersion) + "): update kronik",
                   database_->name()};
    }
    return {};
  }

  Result<void> Upgrade() {
    database_->BeginUpgrade();
    // Once more, since another process may just have made the tables.
    const Database::Contents contents = database_->Look();
    if (Result<void> ours = Check(contents); !ours) return ours;
    for (int version = contents.version; version < kSchemaVersion;) database_->Upgrade(++version);
    if (contents.version < kDerivedSince) writer_.Rebuild();
    if (contents.version < kChangesSince) ChangeLog(*database_).Begin(Now());
    database_->CommitUpgrade(kSchemaVersion);
    return {};
  }

  // After an error in a report: undoes it alone where a batch's transaction still stands.
  void Undo(bool begins) {
    writer_.Forget();
    reader_.Forget();
    if (begins || !database_->ReturnToMark()) database_->Rollback();
  }

  const StoreOptions options_;
  std::mutex mutex_;
  const std::unique_ptr<Database> database_;
  Reader reader_;
  Writer writer_;
  bool batching_ = false;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const std::string& place, StoreOptions options) {
  if (place.empty())
    return Error{ErrorCode::kInvalidInput, "no file is named for the chronicle", ""};
  Result<std::unique_ptr<Database>> database = Database::Open(place, options.create);
  if (!database) return database.error();
  auto impl = std::make_unique<Impl>(std::move(*database), options);
  if (Result<void> ready = impl->Prepare(); !ready) return ready.error();
  return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Store::Prepared::Prepared(std::unique_ptr<const Report> report) : report_(std::move(report)) {}
Store::Prepared::Prepared(Prepared&&) noexcept = default;
Store::Prepared& Store::Prepared::operator=(Prepared&&) noexcept = default;
Store::Prepared::~Prepared() = default;

Store::Prepared Store::Prepare(const Document& document) const {
  return Prepared(std::make_unique<const Report>(document, impl_->keep()));
}

Result<bool> Store::Put(const Prepared& prepared, std::string_view source) {
  return impl_->Put(*prepared.report_, source);
}

Result<bool> Store::Put(const Document& document, std::string_view source) {
  return Put(Prepare(document), source);
}

Result<std::optional<std::vector<Error>>> Store::ProblemsOf(std::string_view source) const {
  return impl_->ProblemsOf(source);
}

Result<void> Store::Remember(std::string_view url, std::string_view version,
                             const Validators& validators) {
  return impl_->Remember(url, version, validators);
}

Result<Validators> Store::Recall(std::string_view url, std::string_view version) const {
  return impl_->Recall(url, version);
}

Result<void> Store::Begin() { return impl_->Begin(); }

Result<void> Store::Commit() { return impl_->Commit(); }

Result<void> Store::ForEachEvent(const Query& query,
                                 const std::function<bool(std::string_view)>& visit) const {
  return impl_->ForEachEvent(
      query, [&](std::string_view record, const CitedArticles&) { return visit(record); });
}

Result<void> Store::ForEachEvent(
    const Query& query,
    const std::function<bool(std::string_view, const CitedArticles&)>& visit) const {
  return impl_->ForEachEvent(query, visit);
}

Result<std::vector<std::string>> Store::Events(const Query& query) const {
  std::vector<std::string> records;
  Result<void> done = ForEachEvent(query, [&](std::string_view record) {
    records.emplace_back(record);
    return true;
  });
  if (!done) return done.error();
  return records;
}

Result<std::vector<std::string>> Store::Statements(const Query& query) const {
  return impl_->Statements(query);
}

Result<EventCounts> Store::Count(const Query& query) const {
  EventCounts counts;
  Result<void> done =
      impl_->Index(query, [&](const auto& index, const Query& asked, const auto& marks) {
        counts = index.Count(asked, marks);
      });
  if (!done) return done.error();
  return counts;
}

Result<EventNetwork> Store::Network(const Query& query, size_t most_actors) const {
  EventNetwork network;
  Result<void> done =
      impl_->Index(query, [&](const auto& index, const Query& asked, const auto& marks) {
        network = index.Network(asked, marks, most_actors);
      });
  if (!done) return done.error();
  return network;
}

Result<EventPlaces> Store::Places(const Query& query) const {
  EventPlaces places;
  Result<void> done =
      impl_->Index(query, [&](const auto& index, const Query& asked, const auto& marks) {
        places = index.Places(asked, marks);
      });
  if (!done) return done.error();
  return places;
}

Result<std::vector<std::string>> Store::Stats(const Query& query,
                                              const std::vector<std::string>& by) const {
  return impl_->Stats(query, by);
}

Result<std::vector<std::string>> Store::Ledger(const LedgerQuery& query) const {
  // An entry may hold reports that name one party only, so all are joined before any is left out.
  Result<std::vector<std::string>> rows = impl_->Select("SELECT record FROM commitments", {});
  if (!rows) return rows.error();
  const Result<std::map<std::string, Json>> reviews = impl_->ReviewsOf("commitment");
  if (!reviews) return reviews.error();
  Result<std::vector<std::string>> done = impl_->Select("SELECT record FROM deeds", {});
  if (!done) return done.error();
  const auto parsed = [](const std::vector<std::string>& texts) {
    std::vector<Json> records;
    records.reserve(texts.size());
    for (const std::string& text : texts) records.push_back(Json::parse(text));
    return records;
  };
  std::vector<std::string> lines;
  for (Json& entry : BuildLedger(parsed(*rows), parsed(*done))) {
    AttachReview(entry, *reviews, query.accepted);
    if ((query.accepted && !IsAccepted(entry)) || !IsAsked(entry, query)) continue;
    if (!query.explain) {
      for (Json& evidence : entry["evidence"]) evidence.erase("match");
    }
    lines.push_back(ToLine(entry));
  }
  return lines;
}

Result<std::vector<std::string>> Store::Articles(bool whole, const Query& query) const {
  return impl_->Articles(whole, query);
}

Result<std::string> Store::FindArticle(std::string_view id) const {
  auto found = impl_->Select("SELECT record FROM articles WHERE id = ?", {std::string(id)});
  if (!found) return found.error();
  if (found->empty()) return Error{ErrorCode::kNotFound, "no such article", std::string(id)};
  return std::move(found->front());
}

Result<std::vector<std::string>> Store::EventsOf(std::string_view article) const {
  return impl_->SelectReviewed(
      "SELECT v.record, (SELECT review FROM reviewed r WHERE r.id = e.id) FROM evidence v"
      " JOIN events e ON e.number = v.event WHERE v.article = ? ORDER BY v.ordinal",
      article);
}

Result<std::vector<std::string>> Store::StatementsOf(std::string_view article) const {
  return impl_->SelectReviewed(
      "SELECT record, (SELECT review FROM reviewed r WHERE r.id = t.id) FROM statements t"
      " WHERE article = ? ORDER BY ordinal",
      article);
}

Result<std::vector<std::string>> Store::CommitmentsOf(std::string_view article) const {
  return impl_->SelectReviewed(
      "SELECT record, (SELECT review FROM reviewed r WHERE r.id = t.id) FROM commitments t"
      " WHERE article = ? ORDER BY ordinal",
      article);
}

Result<std::string> Store::AddReview(const Review& review, const ReviewRules& rules) {
  return impl_->AddReview(review, rules);
}

Result<std::vector<std::string>> Store::Reviews(const ReviewQuery& query) const {
  return impl_->Reviews(query);
}

Result<std::vector<std::string>> Store::WithdrawnEvents(const std::string& since) const {
  const std::optional<int64_t> moment = MomentOf(since);
  if (!moment) return NoMoment(since);
  return impl_->Withdrawn("event", *moment);
}

}  // namespace kronik
