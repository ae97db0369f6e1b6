#include "kronik/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/utf8.h"
#include "record/json.h"
#include "store/ledger.h"
#include "store/query.h"
#include "store/schema.h"
#include "store/story.h"

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
      error.message = "the disk is full; what was not committed before is not written";
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

// The most ids of actors and facets that are kept at hand.
constexpr size_t kMostIds = 100000;

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
    db_.exec(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        "PRAGMA wal_autocheckpoint=8000");
    if (Pragma("user_version") != kSchemaVersion) {
      if (Result<void> migrated = Migrate(); !migrated) return migrated;
    }
    db_.exec("PRAGMA foreign_keys=ON");
    return {};
  }

 private:
  // With foreign keys off, since it replaces tables that others refer to.
  Result<void> Migrate() {
    db_.exec("PRAGMA foreign_keys=OFF");
    SQLite::Transaction transaction(db_, SQLite::TransactionBehavior::IMMEDIATE);
    // Once more, since another process may just have made the tables.
    if (Result<void> ours = Check(); !ours) return ours;
    const int before = Pragma("user_version");
    for (int version = before; version < kSchemaVersion; ++version) {
      db_.exec(kMigrations[version]);
    }
    if (before < kDerivedSince) Rebuild();
    db_.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
    db_.exec("PRAGMA user_version=" + std::to_string(kSchemaVersion));
    transaction.commit();
    return {};
  }

 public:
  Result<bool> Put(const Document& document, std::string_view source) {
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
    const std::vector<int64_t> bands = StoryBands(document.article.text);
    if (options_.keep != Keep::kFull) DropText(article);
    if (options_.keep == Keep::kOffsets) {
      for (auto* list : {&events, &statements, &commitments}) {
        for (Json& record : *list) DropWords(record);
      }
    }
    return Guard<bool>([&] {
      // A batch's transaction goes on; whatever happens to this report, the others' work stays.
      const bool begins = sqlite3_get_autocommit(db_.getHandle()) != 0;
      if (begins) {
        db_.exec("BEGIN IMMEDIATE");
        ids_.clear();  // another process may have written meanwhile
      }
      try {
        db_.exec("SAVEPOINT report");
        const bool changed = Write(article, source, bands, events, statements, commitments);
        db_.exec("RELEASE report");
        if (!batching_) db_.exec("COMMIT");
        return changed;
      } catch (const SQLite::Exception&) {
        ids_.clear();
        statements_.clear();
        // SQLite itself ends the transaction after some errors.
        if (sqlite3_get_autocommit(db_.getHandle()) == 0) {
          db_.exec(begins ? "ROLLBACK" : "ROLLBACK TO report; RELEASE report");
        }
        throw;
      }
    });
  }

  Result<bool> Begin() {
    return Guard<bool>([&] { return batching_ = true; });
  }

  Result<bool> Commit() {
    return Guard<bool>([&] {
      if (sqlite3_get_autocommit(db_.getHandle()) == 0) db_.exec("COMMIT");
      return true;
    });
  }

  // Every row's one column, as strings.
  Result<std::vector<std::string>> Select(const std::string& sql,
                                          const std::vector<std::string>& values) {
    return Select(Sql{sql, {values.begin(), values.end()}});
  }

  Result<std::vector<std::string>> Select(const Sql& sql) {
    return Guard<std::vector<std::string>>([&] {
      SQLite::Statement query = Prepared(sql);
      std::vector<std::string> records;
      while (query.executeStep()) records.push_back(query.getColumn(0).getString());
      return records;
    });
  }

  // Calls `make` with a function that counts rows, and gives the records of what it returns.
  template <typename Make>
  Result<std::vector<std::string>> SelectCounted(const Make& make) {
    Result<Result<Sql>> sql = Guard<Result<Sql>>([&] { return make(counter()); });
    if (!sql) return sql.error();
    if (!*sql) return sql->error();
    return Select(**sql);
  }

  Result<void> ForEachEvent(const Query& query,
                            const std::function<bool(std::string_view record)>& visit) {
    Result<Result<void>> done = Guard<Result<void>>([&]() -> Result<void> {
      Result<std::vector<Sql>> statements = EventsSql(query, counter());
      if (!statements) return statements.error();
      int skip = std::max(query.offset, 0), left = query.limit;
      for (Sql& sql : *statements) {
        if (query.limit >= 0) sql.Add(" LIMIT ?", {int64_t{left} + skip});
        SQLite::Statement rows = Prepared(sql);
        while (left != 0 && rows.executeStep()) {
          if (skip > 0) {
            --skip;
            continue;
          }
          --left;
          const std::string record =
              EventRecord(rows.getColumn(0).getInt64(), rows.getColumn(1).getString(),
                          rows.getColumn(2).getInt64());
          if (!visit(record)) return {};
        }
      }
      return {};
    });
    return done ? std::move(*done) : done.error();
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
  SQLite::Statement& Ready(const char* sql) {
    auto& statement = statements_[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(db_, sql);
    statement->reset();
    statement->clearBindings();
    return *statement;
  }

  template <typename... Values>
  void Run(const char* sql, const Values&... values) {
    SQLite::Statement& statement = Ready(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
    statement.reset();
  }

  std::vector<std::string> Column(const char* sql, const std::string& value) {
    SQLite::Statement& statement = Ready(sql);
    statement.bind(1, value);
    std::vector<std::string> column;
    while (statement.executeStep()) column.push_back(statement.getColumn(0).getString());
    statement.reset();
    return column;
  }

  SQLite::Statement Prepared(const Sql& sql) {
    SQLite::Statement statement(db_, sql.text);
    int index = 0;
    for (const Sql::Value& value : sql.values) {
      ++index;
      std::visit([&](const auto& bound) { statement.bind(index, bound); }, value);
    }
    return statement;
  }

  CountRows counter() {
    return [this](const Sql& sql) {
      SQLite::Statement statement = Prepared(sql);
      statement.executeStep();
      return statement.getColumn(0).getInt64();
    };
  }

  // The first row's one number.
  template <typename... Values>
  std::optional<int64_t> FindNumber(const char* sql, const Values&... values) {
    SQLite::Statement& statement = Ready(sql);
    int index = 0;
    (statement.bind(++index, values), ...);
    std::optional<int64_t> number;
    if (statement.executeStep()) number = statement.getColumn(0).getInt64();
    statement.reset();
    return number;
  }

  bool Write(const Json& article, std::string_view source, const std::vector<int64_t>& bands,
             const std::vector<Json>& events, const std::vector<Json>& statements,
             const std::vector<Json>& commitments) {
    const std::string id = Text(article, "id");
    const Lines article_lines(std::vector<Json>{article}), event_lines(events),
        statement_lines(statements);
    const std::string fingerprint = HashId({article_lines.nameless, event_lines.nameless,
                                            statement_lines.nameless, Lines(commitments).nameless});
    const std::vector<std::string> known =
        Column("SELECT fingerprint FROM articles WHERE id = ?", id);
    const bool changed = known.empty() || known[0] != fingerprint;
    // Actors that may be nobody's afterwards.
    std::set<std::string> left;
    if (changed) {
      if (!known.empty()) {
        for (const char* sql :
             {"SELECT actor FROM event_actors WHERE event IN"
              " (SELECT event FROM evidence WHERE article = ?)",
              "SELECT source FROM statements WHERE source IS NOT NULL AND article = ?",
              "SELECT actor FROM commitment_parties WHERE article = ?"}) {
          for (std::string& actor : Column(sql, id)) left.insert(std::move(actor));
        }
        Remove(id, bands);
      }
      Run("INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", id, fingerprint,
          Text(article, "url"), Text(article, "publisher"), Text(article, "lang"),
          Text(article, "published"), Text(article, "title"), id, article_lines.all[0]);
      JoinStory(db_.getLastInsertRowid(), id, bands);
      WriteEvents(article, events, event_lines.all);
    }
    if (!source.empty()) {
      Run("INSERT OR REPLACE INTO sources VALUES (?, ?)", std::string(source), id);
    }
    if (!changed) return false;

    for (size_t i = 0; i < statements.size(); ++i) {
      const Json& record = statements[i];
      const Json& speaker = Part(record, "source");
      std::string day = DayOf(Part(record, "date"), false);
      if (day.empty()) day = Day(Text(article, "published"), false);
      const int64_t actor = speaker.is_object() ? ActorId(speaker) : 0;
      Run("INSERT INTO statements VALUES (NULL, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?)", id,
          static_cast<int64_t>(i), Text(record, "id"), actor, Text(speaker, "code"),
          Text(Part(record, "addressee"), "code"), Text(record, "kind"), day,
          statement_lines.all[i]);
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
    if (!left.empty()) ids_.clear();
    return true;
  }

  // Takes an article and its records out, but for what other articles report too. `bands` are those
  // that it will have when it comes back.
  void Remove(const std::string& id, const std::vector<int64_t>& bands) {
    std::string lang, publisher, story;
    {
      SQLite::Statement& row = Ready("SELECT lang, publisher, story FROM articles WHERE id = ?");
      row.bind(1, id);
      row.executeStep();
      lang = row.getColumn(0).getString();
      publisher = row.getColumn(1).getString();
      story = row.getColumn(2).getString();
      row.reset();
    }
    const std::vector<std::string> touched =
        Column("SELECT DISTINCT event FROM evidence WHERE article = ?", id);
    std::vector<int64_t> old_bands;
    for (const std::string& band : Column("SELECT band FROM story_bands WHERE article ="
                                          " (SELECT number FROM articles WHERE id = ?)",
                                          id)) {
      old_bands.push_back(std::stoll(band));
    }
    Run("DELETE FROM articles WHERE id = ?", id);
    for (const std::string& number : touched) {
      const int64_t event = std::stoll(number);
      Run("DELETE FROM event_facets WHERE event = ?1 AND facet = ?2 AND NOT EXISTS"
          " (SELECT 1 FROM evidence v JOIN articles a ON a.id = v.article"
          "  WHERE v.event = ?1 AND a.lang = ?3)",
          event, FacetId("lang", lang), lang);
      Run("DELETE FROM event_facets WHERE event = ?1 AND facet = ?2 AND NOT EXISTS"
          " (SELECT 1 FROM evidence v JOIN articles a ON a.id = v.article"
          "  WHERE v.event = ?1 AND a.publisher = ?3)",
          event, FacetId("publisher", publisher), publisher);
      Refresh(event, {});
    }
    if (!std::is_permutation(bands.begin(), bands.end(), old_bands.begin(), old_bands.end())) {
      Regroup(story);
    }
  }

  void WriteEvents(const Json& article, const std::vector<Json>& events,
                   const std::vector<std::string>& lines) {
    const std::string id = Text(article, "id");
    std::set<int64_t> told_before;
    Written written;
    for (size_t i = 0; i < events.size(); ++i) {
      const Json& record = events[i];
      const std::string chronicle_id = ChronicleId(record);
      std::optional<int64_t> event =
          FindNumber("SELECT number FROM events WHERE id = ?", chronicle_id);
      const bool first = !event;
      if (first) {
        Run("INSERT INTO events (id, day) VALUES (?, ?)", chronicle_id,
            DayNumber(DayOf(Part(record, "date"), false)));
        event = db_.getLastInsertRowid();
      } else {
        told_before.insert(*event);
      }
      std::string line = lines[i];
      line.insert(line.size() - 1, ",\"chronicle_id\":\"" + chronicle_id + '"');
      Run("INSERT INTO evidence VALUES (NULL, ?, ?, ?, ?, ?, ?)", id, static_cast<int64_t>(i),
          *event, Text(record, "id"), Number(record, "confidence"), line);
      const int64_t number = db_.getLastInsertRowid();
      written[number] = &record;
      const int64_t day = DayNumber(DayOf(Part(record, "date"), false));
      AddFacet(*event, "lang", Text(article, "lang"), day);
      AddFacet(*event, "publisher", Text(article, "publisher"), day);
      if (first) SetBest(*event, number, record);
    }
    for (int64_t event : told_before) Refresh(event, written);
  }

  // The article's story: that of every article with a band in common, named by the first of their
  // ids, so that the order of reading makes no difference.
  void JoinStory(int64_t number, const std::string& id, const std::vector<int64_t>& bands) {
    std::set<std::string> stories{id};
    for (int64_t band : bands) {
      // All that share a band share the story already.
      SQLite::Statement& other = Ready(
          "SELECT a.story FROM story_bands b JOIN articles a ON a.number = b.article"
          " WHERE b.band = ? LIMIT 1");
      other.bind(1, band);
      if (other.executeStep()) stories.insert(other.getColumn(0).getString());
      other.reset();
      Run("INSERT OR IGNORE INTO story_bands VALUES (?, ?)", band, number);
    }
    const std::string& first = *stories.begin();
    Run("UPDATE articles SET story = ? WHERE number = ?", first, number);
    for (const std::string& story : stories) {
      if (story != first) Run("UPDATE articles SET story = ? WHERE story = ?", first, story);
    }
  }

  // Finds the stories of what was one story, after an article left it.
  void Regroup(const std::string& story) {
    std::vector<std::pair<int64_t, std::string>> members;
    std::vector<std::vector<int64_t>> bands;
    {
      SQLite::Statement& rows = Ready("SELECT number, id FROM articles WHERE story = ?");
      rows.bind(1, story);
      while (rows.executeStep()) {
        members.emplace_back(rows.getColumn(0).getInt64(), rows.getColumn(1).getString());
      }
      rows.reset();
    }
    for (const auto& [number, id] : members) {
      SQLite::Statement& rows = Ready("SELECT band FROM story_bands WHERE article = ?");
      rows.bind(1, number);
      bands.emplace_back();
      while (rows.executeStep()) bands.back().push_back(rows.getColumn(0).getInt64());
      rows.reset();
      Run("DELETE FROM story_bands WHERE article = ?", number);
    }
    for (size_t i = 0; i < members.size(); ++i) {
      JoinStory(members[i].first, members[i].second, bands[i]);
    }
  }

  // Fills the tables that follow from the records, after a migration.
  void Rebuild() {
    SQLite::Statement articles(
        db_, "SELECT number, id, coalesce(json_extract(record, '$.text'), '') FROM articles");
    while (articles.executeStep()) {
      JoinStory(articles.getColumn(0).getInt64(), articles.getColumn(1).getString(),
                StoryBands(articles.getColumn(2).getString()));
    }
    SQLite::Statement events(db_, "SELECT number FROM events");
    while (events.executeStep()) Refresh(events.getColumn(0).getInt64(), {});
    SQLite::Statement evidence(
        db_,
        "SELECT e.number, e.day, a.lang, a.publisher FROM evidence v"
        " JOIN events e ON e.number = v.event JOIN articles a ON a.id = v.article");
    while (evidence.executeStep()) {
      const int64_t event = evidence.getColumn(0).getInt64(),
                    day = evidence.getColumn(1).getInt64();
      AddFacet(event, "lang", evidence.getColumn(2).getString(), day);
      AddFacet(event, "publisher", evidence.getColumn(3).getString(), day);
    }
  }

  // A record as it is stored, and without the name of its input, which says nothing about it.
  struct Lines {
    explicit Lines(const std::vector<Json>& records) {
      for (const Json& record : records) {
        std::string line = ToLine(record);
        // Nothing that strangers wrote stands before it.
        const std::string input = "\"input\":" + ToLine(record["input"]);
        const size_t at = line.find(input);
        nameless += std::string_view(line).substr(0, at);
        nameless += std::string_view(line).substr(std::min(at + input.size(), line.size()));
        nameless += '\n';
        all.push_back(std::move(line));
      }
    }
    std::vector<std::string> all;
    std::string nameless;
  };

  int64_t ActorId(const Json& actor) {
    std::string name = Text(actor, "name");
    if (name.empty()) name = Text(actor, "text");
    const std::string code = Text(actor, "code");
    return Id("actor\n" + code + "\n" + name, [&] {
      Run("INSERT OR IGNORE INTO actors (code, name, wikidata) VALUES (?, ?, ?)", code, name,
          Text(actor, "wikidata"));
      return FindNumber("SELECT id FROM actors WHERE code = ? AND name = ?", code, name);
    });
  }

  int64_t FacetId(const std::string& kind, const std::string& value) {
    return Id("facet\n" + kind + "\n" + value, [&] {
      Run("INSERT OR IGNORE INTO facets (kind, value) VALUES (?, ?)", kind, value);
      return FindNumber("SELECT id FROM facets WHERE kind = ? AND value = ?", kind, value);
    });
  }

  // A number that is the same all through a transaction.
  template <typename Find>
  int64_t Id(const std::string& key, const Find& find) {
    const auto found = ids_.find(key);
    if (found != ids_.end()) return found->second;
    if (ids_.size() > kMostIds) ids_.clear();
    return ids_[key] = find().value();
  }

  void AddFacet(int64_t event, const char* kind, const std::string& value, int64_t day) {
    if (value.empty()) return;
    Run("INSERT OR IGNORE INTO event_facets VALUES (?, ?, ?)", event, FacetId(kind, value), day);
  }

  // Records by their number in evidence, so that they need not be parsed again.
  using Written = std::unordered_map<int64_t, const Json*>;

  // Makes an event's row from the best report of it, or removes it with the last. The best is
  // chosen by what it says, not by which came first, so that the order in which reports are read
  // makes no difference. Looks at no other report: an event may have thousands.
  void Refresh(int64_t event, const Written& written) {
    const std::optional<int64_t> number = FindNumber(
        "SELECT number FROM evidence WHERE event = ?"
        " ORDER BY confidence DESC, article, ordinal LIMIT 1",
        event);
    if (!number) {
      Run("DELETE FROM events WHERE number = ?", event);
      return;
    }
    if (FindNumber("SELECT best FROM events WHERE number = ?", event) == *number) return;
    Run("DELETE FROM event_actors WHERE event = ?", event);
    Run("DELETE FROM event_facets WHERE event = ?1 AND facet NOT IN"
        " (SELECT id FROM facets WHERE kind IN ('lang', 'publisher'))",
        event);
    const auto at_hand = written.find(*number);
    if (at_hand != written.end()) {
      SetBest(event, *number, *at_hand->second);
    } else {
      SetBest(event, *number, Json::parse(RecordAt(*number)));
    }
  }

  // Fills the row of an event, and its actors and lists, from its best report.
  void SetBest(int64_t event, int64_t number, const Json& best) {
    const std::string first = DayOf(Part(best, "date"), false);
    const int64_t day = DayNumber(first);
    Run("UPDATE events SET best = ?2, event_type = ?3, mode = ?4, cameo = ?5, quad_category = ?6,"
        " goldstein = ?7, confidence = ?8, status = ?9, day = ?10, day_from = ?11, day_to = ?12"
        " WHERE number = ?1",
        event, number, Text(best, "event_type"), Text(best, "mode"), Text(best, "cameo"),
        static_cast<int>(Number(best, "quad_category")), Number(best, "goldstein"),
        Number(best, "confidence"), Text(best, "status"), day, first,
        DayOf(Part(best, "date"), true));
    std::map<std::string, int> parties;
    for (const char* role : {"actor", "recipient"}) {
      int64_t ordinal = 0;
      for (const Json& actor : Part(best, role)) {
        const std::string code = Text(actor, "code");
        Run("INSERT INTO event_actors VALUES (?, ?, ?, ?, ?)", event, std::string(role), ordinal++,
            ActorId(actor), code);
        ++parties[code];
        for (const Json& sector : Part(actor, "sectors")) {
          if (sector.is_string()) AddFacet(event, "sector", sector.get<std::string>(), day);
        }
      }
    }
    for (const auto& [code, times] : parties) {
      AddFacet(event, "party", code, day);
      if (times > 1) AddFacet(event, "party_twice", code, day);
    }
    AddFacet(event, "type", Text(best, "event_type"), day);
    for (const Json& context : Part(best, "context")) {
      if (context.is_string()) AddFacet(event, "context", context.get<std::string>(), day);
    }
  }

  std::string RecordAt(int64_t evidence) {
    SQLite::Statement& row = Ready("SELECT record FROM evidence WHERE number = ?");
    row.bind(1, evidence);
    row.executeStep();
    std::string record = row.getColumn(0).getString();
    row.reset();
    return record;
  }

  // An event as it is given out: what the best report says, and every report of it.
  std::string EventRecord(int64_t event, const std::string& id, int64_t best) {
    SQLite::Statement& rows = Ready(
        "SELECT v.number, v.record, a.story FROM evidence v JOIN articles a ON a.id = v.article"
        " WHERE v.event = ? ORDER BY v.confidence DESC, v.article, v.ordinal");
    rows.bind(1, event);
    Json whole;
    Json evidence = Json::array();
    while (rows.executeStep()) {
      Json record = Json::parse(rows.getColumn(1).getString());
      Json piece;
      for (const char* key : {"id", "article", "input", "trigger", "sentence", "sentence_number",
                              "reported_by", "confidence"}) {
        if (record.contains(key)) piece[key] = record[key];
        if (key == std::string_view("article")) piece["story"] = rows.getColumn(2).getString();
      }
      evidence.push_back(std::move(piece));
      if (rows.getColumn(0).getInt64() == best) whole = std::move(record);
    }
    rows.reset();
    whole.erase("chronicle_id");
    whole["id"] = id;
    whole["evidence"] = std::move(evidence);
    return ToLine(whole);
  }

  const std::string path_;
  const StoreOptions options_;
  std::mutex mutex_;
  SQLite::Database db_;
  // By the address of their text, which is a literal.
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
  std::unordered_map<std::string, int64_t> ids_;  // of actors and facets, in this transaction
  bool batching_ = false;
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

Result<bool> Store::Put(const Document& document, std::string_view source) {
  return impl_->Put(document, source);
}

Result<bool> Store::Knows(std::string_view source) const {
  auto found = impl_->Select("SELECT 1 FROM sources WHERE id = ?", {std::string(source)});
  if (!found) return found.error();
  return !found->empty();
}

Result<void> Store::Begin() {
  Result<bool> done = impl_->Begin();
  return done ? Result<void>() : done.error();
}

Result<void> Store::Commit() {
  Result<bool> done = impl_->Commit();
  return done ? Result<void>() : done.error();
}

Result<void> Store::ForEachEvent(const Query& query,
                                 const std::function<bool(std::string_view)>& visit) const {
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
  Result<Sql> sql = StatementsSql(query);
  if (!sql) return sql.error();
  return impl_->Select(*sql);
}

Result<std::vector<std::string>> Store::Stats(const Query& query,
                                              const std::vector<std::string>& by) const {
  return impl_->SelectCounted([&](const CountRows& count) { return StatsSql(query, by, count); });
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

Result<std::vector<std::string>> Store::Articles(bool whole, const Query& query) const {
  Result<Sql> sql = ArticlesSql(query, whole);
  if (!sql) return sql.error();
  return impl_->Select(*sql);
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
