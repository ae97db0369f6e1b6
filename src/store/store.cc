#include "kronik/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/utf8.h"
#include "record/json.h"
#include "store/ledger.h"
#include "store/schema.h"

namespace kronik {
namespace {

std::string Text(const Json& record, const char* key) {
  if (!record.is_object()) return "";
  auto at = record.find(key);
  return at != record.end() && at->is_string() ? at->get<std::string>() : "";
}

double Number(const Json& record, const char* key) {
  auto at = record.find(key);
  return at != record.end() && at->is_number() ? at->get<double>() : 0;
}

const Json& Part(const Json& record, const char* key) {
  static const Json kEmpty = Json::array();
  if (!record.is_object()) return kEmpty;
  auto at = record.find(key);
  return at != record.end() && !at->is_null() ? *at : kEmpty;
}

// The first or last day of a date of any precision; empty for what isn't one.
std::string Day(std::string_view date, bool last) {
  if (date.size() >= 10) return std::string(date.substr(0, 10));
  if (date.size() == 7) return std::string(date) + (last ? "-31" : "-01");
  if (date.size() == 4) return std::string(date) + (last ? "-12-31" : "-01-01");
  return "";
}

// A date is an object of `from` and `to`, or a string.
std::string DayOf(const Json& date, bool last) {
  if (date.is_string()) return Day(date.get_ref<const std::string&>(), last);
  std::string day = Day(Text(date, last ? "to" : "from"), last);
  // Open at this side: no limit there, but only where the other side is known.
  if (day.empty() && !Text(date, last ? "from" : "to").empty()) day = last ? "9999-12-31" : "0000";
  return day;
}

// Whether an entry of the ledger is one that the query asks for.
bool Asked(const Json& entry, const LedgerQuery& query) {
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

// Who an actor is, for telling events apart: the code, or the name of one without a code.
std::string Identity(const Json& actor) {
  std::string code = Text(actor, "code");
  if (!code.empty()) return code;
  std::string name = Text(actor, "name");
  return "~" + (name.empty() ? Text(actor, "text") : name);
}

std::string Identities(const Json& actors) {
  std::set<std::string> identities;
  for (const Json& actor : actors) identities.insert(Identity(actor));
  std::string joined;
  for (const std::string& identity : identities) joined += identity + "\n";
  return joined;
}

// The chronicle's id of an event. One without a day or an actor is like no other, so it is told
// apart by its own id. The status belongs to it: a denial is no evidence for what it denies.
std::string ChronicleId(const Json& event) {
  std::string day = Day(Text(Part(event, "date"), "from"), false);
  std::string actors = Identities(Part(event, "actor"));
  if (day.empty() || actors.empty()) {
    return HashId(
        {"event", Text(event, "article"), Text(event, "id"), Text(event, "event_type"), actors});
  }
  return HashId({"event", Text(event, "event_type"), Text(event, "status"), day, actors,
                 Identities(Part(event, "recipient"))});
}

// Empties the words of every span. Records nest a few levels only.
void DropWords(Json& record) {
  if (record.is_object() && record.contains("text") &&
      (record.contains("start") || record.contains("from"))) {
    record["text"] = "";
  }
  if (record.is_structured()) {
    for (Json& part : record) DropWords(part);
  }
}

void DropText(Json& article) {
  for (const char* key : {"text", "deck"}) {
    if (article.contains(key)) article[key] = "";
  }
  for (const char* key : {"blocks", "captions", "residue"}) {
    if (article.contains(key)) article[key] = Json::array();
  }
}

Error Explain(const SQLite::Exception& exception, const std::string& path) {
  const int code = exception.getErrorCode();
  Error error{ErrorCode::kIo, exception.what(), path};
  switch (code) {
    case SQLITE_NOTADB:
      error.code = ErrorCode::kConflict;
      error.message = "is not a chronicle: give another file with --store";
      break;
    case SQLITE_FULL:
      error.message = "the disk is full; nothing of this report was written";
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error.message = "another process is writing to it; try again when it has ended";
      break;
    case SQLITE_READONLY:
      error.message = "may not be written to";
      break;
    case SQLITE_CANTOPEN:
      error.message = "cannot be opened: does its folder exist, and may you write there?";
      break;
    case SQLITE_CORRUPT:
      error.message = "is damaged; `sqlite3 FILE .recover` may save what is in it";
      break;
    default:
      break;
  }
  return error;
}

}  // namespace

class Store::Impl {
 public:
  Impl(std::string path, StoreOptions options)
      : path_(std::move(path)),
        options_(options),
        db_(path_, SQLite::OPEN_READWRITE | (options.create ? SQLite::OPEN_CREATE : 0), 10000) {}

  // Checks whose file it is and brings its tables up to date.
  Result<void> Prepare() {
    // Before the file is touched: setting WAL would write to another program's database.
    if (Result<void> ours = Check(); !ours) return ours;
    db_.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;");
    if (Pragma("user_version") == kSchemaVersion) return {};
    SQLite::Transaction transaction(db_, SQLite::TransactionBehavior::IMMEDIATE);
    // Once more, since another process may just have made the tables.
    if (Result<void> ours = Check(); !ours) return ours;
    for (int version = Pragma("user_version"); version < kSchemaVersion; ++version) {
      db_.exec(kMigrations[version]);
    }
    db_.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
    db_.exec("PRAGMA user_version=" + std::to_string(kSchemaVersion));
    transaction.commit();
    return {};
  }

  Result<bool> Put(const Document& document) {
    if (document.article.id.empty()) {
      return Error{ErrorCode::kInvalidInput, "an article without an id", document.input.name};
    }
    const Records records(document);
    Json article = records.ArticleRecord();
    std::vector<Json> events, statements, commitments;
    for (const Event& event : document.events) events.push_back(records.EventRecord(event));
    for (const Statement& statement : document.statements) {
      statements.push_back(records.StatementRecord(statement));
    }
    for (const Commitment& commitment : document.commitments) {
      commitments.push_back(records.CommitmentRecord(commitment));
    }
    if (options_.keep != Keep::kFull) DropText(article);
    if (options_.keep == Keep::kOffsets) {
      for (auto* list : {&events, &statements, &commitments}) {
        for (Json& record : *list) DropWords(record);
      }
    }
    return Guard<bool>([&] { return Write(article, events, statements, commitments); });
  }

  // Every row's one column, as strings.
  Result<std::vector<std::string>> Select(const std::string& sql,
                                          const std::vector<std::string>& values) {
    return Guard<std::vector<std::string>>([&] {
      SQLite::Statement query(db_, sql);
      for (size_t i = 0; i < values.size(); ++i) query.bind(static_cast<int>(i) + 1, values[i]);
      std::vector<std::string> records;
      while (query.executeStep()) records.push_back(query.getColumn(0).getString());
      return records;
    });
  }

  const std::string& path() const { return path_; }

 private:
  template <typename T, typename F>
  Result<T> Guard(F&& work) {
    std::lock_guard<std::mutex> lock(mutex_);
    try {
      return Result<T>(work());
    } catch (const SQLite::Exception& exception) {
      return Explain(exception, path_);
    }
  }

  int Pragma(const char* name) { return db_.execAndGet(std::string("PRAGMA ") + name).getInt(); }

  Result<void> Check() {
    const int application = Pragma("application_id");
    const bool fresh = application == 0 && Pragma("user_version") == 0 &&
                       db_.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (fresh) return {};
    if (application != kApplicationId) {
      return Error{ErrorCode::kConflict,
                   "is another program's database: give another file with --store", path_};
    }
    if (const int version = Pragma("user_version"); version > kSchemaVersion) {
      return Error{ErrorCode::kConflict,
                   "was written by a newer kronik (chronicle version " + std::to_string(version) +
                       ", this one knows " + std::to_string(kSchemaVersion) + "): update kronik",
                   path_};
    }
    return {};
  }

  // A prepared statement, ready for new values.
  SQLite::Statement& Sql(const char* sql) {
    auto& statement = statements_[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(db_, sql);
    statement->reset();
    statement->clearBindings();
    return *statement;
  }

  template <typename... Values>
  void Run(const char* sql, const Values&... values) {
    SQLite::Statement& statement = Sql(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
    statement.reset();
  }

  std::vector<std::string> Column(const char* sql, const std::string& value) {
    SQLite::Statement& statement = Sql(sql);
    statement.bind(1, value);
    std::vector<std::string> column;
    while (statement.executeStep()) column.push_back(statement.getColumn(0).getString());
    statement.reset();
    return column;
  }

  bool Write(const Json& article, const std::vector<Json>& events,
             const std::vector<Json>& statements, const std::vector<Json>& commitments) {
    const std::string id = Text(article, "id");
    const std::string fingerprint = Fingerprint(article, {&events, &statements, &commitments});

    SQLite::Transaction transaction(db_, SQLite::TransactionBehavior::IMMEDIATE);
    std::vector<std::string> known = Column("SELECT fingerprint FROM articles WHERE id = ?", id);
    if (!known.empty() && known[0] == fingerprint) return false;

    // Events whose evidence changes, and actors that may be nobody's afterwards.
    std::set<std::string> touched;
    std::set<std::string> left;
    if (!known.empty()) {
      for (std::string& event : Column("SELECT event FROM evidence WHERE article = ?", id)) {
        touched.insert(std::move(event));
      }
      for (const char* sql :
           {"SELECT actor FROM event_actors WHERE event IN"
            " (SELECT event FROM evidence WHERE article = ?)",
            "SELECT source FROM statements WHERE source IS NOT NULL AND article = ?",
            "SELECT actor FROM commitment_parties WHERE article = ?"}) {
        for (std::string& actor : Column(sql, id)) left.insert(std::move(actor));
      }
      Run("DELETE FROM articles WHERE id = ?", id);
    }
    Run("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, fingerprint,
        Text(article, "url"), Text(article, "publisher"), Text(article, "lang"),
        Text(article, "published"), Text(article, "title"), ToLine(article));

    for (size_t i = 0; i < events.size(); ++i) {
      const std::string chronicle_id = ChronicleId(events[i]);
      if (touched.insert(chronicle_id).second) {
        Run("INSERT OR IGNORE INTO events VALUES (?, '', '', '', 0, '', '', '', '')", chronicle_id);
      }
      Json record = events[i];
      record["chronicle_id"] = chronicle_id;
      Run("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", id, static_cast<int64_t>(i),
          chronicle_id, Text(record, "id"), Number(record, "confidence"), ToLine(record));
    }
    for (const std::string& event : touched) Refresh(event);

    for (size_t i = 0; i < statements.size(); ++i) {
      const Json& record = statements[i];
      const Json& source = Part(record, "source");
      const int64_t ordinal = static_cast<int64_t>(i);
      if (!source.is_object()) {
        Run("INSERT INTO statements VALUES (?, ?, ?, NULL, '', ?, ?, ?)", id, ordinal,
            Text(record, "id"), Text(record, "kind"), DayOf(Part(record, "date"), false),
            ToLine(record));
        continue;
      }
      Run("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, ordinal, Text(record, "id"),
          ActorId(source), Text(source, "code"), Text(record, "kind"),
          DayOf(Part(record, "date"), false), ToLine(record));
    }
    for (size_t i = 0; i < commitments.size(); ++i) {
      const Json& record = commitments[i];
      const int64_t ordinal = static_cast<int64_t>(i);
      const Json& term = Part(record, "term");
      Run("INSERT INTO commitments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id, ordinal,
          Text(record, "id"), Text(record, "kind"), Text(record, "status"),
          DayOf(Part(record, "made"), false), DayOf(Part(record, "made"), true), DayOf(term, false),
          DayOf(term, true), ToLine(record));
      int64_t number = 0;
      for (const Json& party : Part(record, "parties")) {
        const Json& actor = Part(party, "actor");
        if (!actor.is_object()) continue;
        Run("INSERT INTO commitment_parties VALUES (?, ?, ?, ?, ?, ?)", id, ordinal, number++,
            Text(party, "role"), ActorId(actor), Text(actor, "code"));
      }
    }
    for (const std::string& actor : left) {
      Run("DELETE FROM actors WHERE id = ?1"
          " AND NOT EXISTS (SELECT 1 FROM event_actors WHERE actor = ?1)"
          " AND NOT EXISTS (SELECT 1 FROM statements WHERE source = ?1)"
          " AND NOT EXISTS (SELECT 1 FROM commitment_parties WHERE actor = ?1)",
          static_cast<int64_t>(std::stoll(actor)));
    }
    transaction.commit();
    return true;
  }

  // Over all records of an article but the name of its input, which says nothing about it.
  static std::string Fingerprint(const Json& article,
                                 std::initializer_list<const std::vector<Json>*> lists) {
    std::string all;
    auto add = [&all](Json record) {
      if (record.is_object()) record.erase("input");
      all += ToLine(record);
      all += '\n';
    };
    add(article);
    for (const std::vector<Json>* records : lists) {
      for (const Json& record : *records) add(record);
      all += '\n';
    }
    return HashId({all});
  }

  int64_t ActorId(const Json& actor) {
    std::string name = Text(actor, "name");
    if (name.empty()) name = Text(actor, "text");
    const std::string code = Text(actor, "code");
    Run("INSERT OR IGNORE INTO actors (code, name, wikidata) VALUES (?, ?, ?)", code, name,
        Text(actor, "wikidata"));
    SQLite::Statement& find = Sql("SELECT id FROM actors WHERE code = ? AND name = ?");
    find.bind(1, code);
    find.bind(2, name);
    find.executeStep();
    const int64_t id = find.getColumn(0).getInt64();
    find.reset();
    return id;
  }

  // Makes an event's row from its evidence, or removes it with the last of that. The best
  // report is chosen by what it says, not by which came first, so that the order in which
  // reports are read makes no difference.
  void Refresh(const std::string& event) {
    std::vector<std::string> rows = Column(
        "SELECT record FROM evidence WHERE event = ? ORDER BY confidence DESC, article, ordinal",
        event);
    Run("DELETE FROM event_actors WHERE event = ?", event);
    if (rows.empty()) {
      Run("DELETE FROM events WHERE id = ?", event);
      return;
    }
    Json best = Json::parse(rows[0]);
    Json evidence = Json::array();
    for (const std::string& row : rows) {
      Json record = Json::parse(row);
      Json piece;
      for (const char* key : {"id", "article", "input", "trigger", "sentence", "sentence_number",
                              "reported_by", "confidence"}) {
        if (record.contains(key)) piece[key] = record[key];
      }
      evidence.push_back(std::move(piece));
    }
    best.erase("chronicle_id");
    best["id"] = event;
    best["evidence"] = std::move(evidence);
    const Json& date = Part(best, "date");
    Run("UPDATE events SET event_type = ?2, mode = ?3, cameo = ?4, quad_category = ?5,"
        " status = ?6, day_from = ?7, day_to = ?8, record = ?9 WHERE id = ?1",
        event, Text(best, "event_type"), Text(best, "mode"), Text(best, "cameo"),
        static_cast<int>(Number(best, "quad_category")), Text(best, "status"), DayOf(date, false),
        DayOf(date, true), ToLine(best));
    for (const char* role : {"actor", "recipient"}) {
      int64_t ordinal = 0;
      for (const Json& actor : Part(best, role)) {
        Run("INSERT INTO event_actors VALUES (?, ?, ?, ?, ?)", event, std::string(role), ordinal++,
            ActorId(actor), Text(actor, "code"));
      }
    }
  }

  const std::string path_;
  const StoreOptions options_;
  std::mutex mutex_;
  SQLite::Database db_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> statements_;
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::Open(const std::string& path, StoreOptions options) {
  if (path.empty())
    return Error{ErrorCode::kInvalidInput, "no file is named for the chronicle", ""};
  std::error_code ignored;
  if (!options.create && path != ":memory:" && !std::filesystem::exists(path, ignored)) {
    return Error{ErrorCode::kNotFound, "no chronicle here: make one with `kronik read`", path};
  }
  try {
    auto impl = std::make_unique<Impl>(path, options);
    if (Result<void> ready = impl->Prepare(); !ready) return ready.error();
    return std::unique_ptr<Store>(new Store(std::move(impl)));
  } catch (const SQLite::Exception& exception) {
    return Explain(exception, path);
  }
}

Result<bool> Store::Put(const Document& document) { return impl_->Put(document); }

Result<std::vector<std::string>> Store::Events(const EventQuery& query) const {
  std::string sql = "SELECT record FROM events WHERE 1";
  std::vector<std::string> values;
  auto add = [&](const char* condition, std::string value) {
    sql += condition;
    values.push_back(std::move(value));
  };
  static constexpr char kParty[] = " AND id IN (SELECT event FROM event_actors WHERE code = ?)";
  if (!query.a.empty()) add(kParty, query.a);
  if (!query.b.empty() && query.b != query.a) add(kParty, query.b);
  if (!query.b.empty() && query.b == query.a) {
    add(" AND id IN (SELECT event FROM event_actors WHERE code = ?"
        " GROUP BY event HAVING count(*) > 1)",
        query.b);
  }
  if (!query.from.empty()) add(" AND day_to >= ?", Day(query.from, false));
  if (!query.to.empty()) add(" AND day_from != '' AND day_from <= ?", Day(query.to, true));
  if (!query.event_type.empty()) add(" AND event_type = ?", query.event_type);
  if (!query.event.empty()) add(" AND id = ?", query.event);
  sql += " ORDER BY day_from = '', day_from, id LIMIT " + std::to_string(query.limit) + " OFFSET " +
         std::to_string(std::max(query.offset, 0));
  return impl_->Select(sql, values);
}

Result<std::vector<std::string>> Store::Ledger(const LedgerQuery& query) const {
  // An entry may hold reports that name one party only, so all are joined before any is left out.
  Result<std::vector<std::string>> rows = impl_->Select("SELECT record FROM commitments", {});
  if (!rows) return rows.error();
  std::vector<Json> records;
  records.reserve(rows->size());
  for (const std::string& row : *rows) records.push_back(Json::parse(row));
  std::vector<std::string> lines;
  for (Json& entry : BuildLedger(std::move(records))) {
    if (!Asked(entry, query)) continue;
    if (!query.explain) {
      for (Json& evidence : entry["evidence"]) evidence.erase("match");
    }
    lines.push_back(ToLine(entry));
  }
  return lines;
}

Result<std::vector<std::string>> Store::Articles(bool whole) const {
  return impl_->Select(
      whole ? "SELECT record FROM articles ORDER BY published DESC, id"
            : "SELECT json_set(json_remove(record, '$.text', '$.blocks', '$.residue', '$.related'),"
              " '$.event_count', (SELECT count(*) FROM evidence WHERE article = articles.id))"
              " FROM articles ORDER BY published DESC, id",
      {});
}

Result<std::string> Store::FindArticle(std::string_view id) const {
  auto found = impl_->Select("SELECT record FROM articles WHERE id = ?", {std::string(id)});
  if (!found) return found.error();
  if (found->empty()) return Error{ErrorCode::kNotFound, "no such article", std::string(id)};
  return std::move(found->front());
}

Result<std::vector<std::string>> Store::EventsOf(std::string_view article) const {
  return impl_->Select("SELECT record FROM evidence WHERE article = ? ORDER BY ordinal",
                       {std::string(article)});
}

Result<std::vector<std::string>> Store::StatementsOf(std::string_view article) const {
  return impl_->Select("SELECT record FROM statements WHERE article = ? ORDER BY ordinal",
                       {std::string(article)});
}

Result<std::vector<std::string>> Store::CommitmentsOf(std::string_view article) const {
  return impl_->Select("SELECT record FROM commitments WHERE article = ? ORDER BY ordinal",
                       {std::string(article)});
}

}  // namespace kronik
