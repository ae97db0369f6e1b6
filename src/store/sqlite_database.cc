#include "store/sqlite_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <utility>

#include "store/schema.h"

namespace kronik {
namespace {

constexpr const char* kWordTables[] = {"article_words", "evidence_words", "statement_words"};
constexpr int kWaitForWriter = 10000;  // milliseconds

Error Explain(int code, const char* said, const std::string& path) {
  Error error{ErrorCode::kIo, said, path};
  switch (code & 0xFF) {
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

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// A connection, and what goes wrong on it.
struct Connection {
  std::string path;
  std::unique_ptr<sqlite3, Close> db;

  void Check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    throw DatabaseError(Explain(code, sqlite3_errmsg(db.get()), path));
  }
  void Execute(const char* sql) const {
    Check(sqlite3_exec(db.get(), sql, nullptr, nullptr, nullptr));
  }
};

class SqliteStatement : public PreparedStatement {
 public:
  SqliteStatement(const Connection& connection, const std::string& sql) : connection_(connection) {
    sqlite3_stmt* statement = nullptr;
    connection_.Check(sqlite3_prepare_v2(connection_.db.get(), sql.c_str(),
                                         static_cast<int>(sql.size()), &statement, nullptr));
    statement_.reset(statement);
  }

  void Start(std::span<const Value> values) override { Bind(values, SQLITE_TRANSIENT); }
  bool Step() override {
    const int code = sqlite3_step(statement_.get());
    connection_.Check(code);
    return code == SQLITE_ROW;
  }
  void Stop() override { sqlite3_reset(statement_.get()); }
  void Run(std::span<const Value> values) override {
    Bind(values, SQLITE_STATIC);
    Step();
    Stop();
  }

  int64_t Integer(int column) override { return sqlite3_column_int64(statement_.get(), column); }
  double Real(int column) override { return sqlite3_column_double(statement_.get(), column); }
  std::string_view Text(int column) override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return text == nullptr ? std::string_view() : std::string_view(text, static_cast<size_t>(size));
  }

 private:
  // `keep`: whether the text stays until the statement is stopped, or must be copied.
  void Bind(std::span<const Value> values, sqlite3_destructor_type keep) {
    sqlite3_reset(statement_.get());
    int index = 0;
    for (const Value& value : values) {
      ++index;
      connection_.Check(
          std::visit([&](const auto& bound) { return BindOne(index, bound, keep); }, value));
    }
  }
  int BindOne(int index, std::nullptr_t, sqlite3_destructor_type) {
    return sqlite3_bind_null(statement_.get(), index);
  }
  int BindOne(int index, int64_t value, sqlite3_destructor_type) {
    return sqlite3_bind_int64(statement_.get(), index, value);
  }
  int BindOne(int index, double value, sqlite3_destructor_type) {
    return sqlite3_bind_double(statement_.get(), index, value);
  }
  int BindOne(int index, std::string_view value, sqlite3_destructor_type keep) {
    // A null pointer would bind NULL.
    return sqlite3_bind_text(statement_.get(), index, value.empty() ? "" : value.data(),
                             static_cast<int>(value.size()), keep);
  }

  const Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Close> statement_;
};

class SqliteDatabase : public Database {
 public:
  explicit SqliteDatabase(Connection connection) : connection_(std::move(connection)) {}
  ~SqliteDatabase() override { ForgetStatements(); }

  const std::string& name() const override { return connection_.path; }

  // At one moment: another process may be making the tables.
  Contents Look() override {
    if (InTransaction()) return LookNow();
    connection_.Execute("BEGIN");
    const Contents contents = LookNow();
    connection_.Execute("COMMIT");
    return contents;
  }

  Contents LookNow() {
    const int application = Pragma("application_id"), version = Pragma("user_version");
    if (application == kApplicationId) return {Contents::kKronik, version};
    const bool fresh =
        application == 0 && version == 0 && Number("SELECT count(*) FROM sqlite_master") == 0;
    return {fresh ? Contents::kNobody : Contents::kAnother, 0};
  }

  void Settle() override {
    connection_.Execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        "PRAGMA wal_autocheckpoint=65536; PRAGMA foreign_keys=ON");
  }

  // With foreign keys off, since tables that others refer to are replaced.
  void BeginUpgrade() override { connection_.Execute("PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE"); }
  void CommitUpgrade(int version) override {
    connection_.Execute(("PRAGMA application_id=" + std::to_string(kApplicationId) +
                         "; PRAGMA user_version=" + std::to_string(version) +
                         "; COMMIT; PRAGMA foreign_keys=ON")
                            .c_str());
  }
  void Upgrade(int version) override { connection_.Execute(kMigrations[version - 1].sqlite); }

  // What is written goes all over the indices: who writes has more of them at hand.
  void BeginWriting() override {
    connection_.Execute("PRAGMA cache_size=-262144; BEGIN IMMEDIATE");
  }
  void BeginReading() override { connection_.Execute("BEGIN"); }
  void Commit() override { connection_.Execute("COMMIT"); }
  void Rollback() override {
    ForgetStatements();
    // SQLite itself ends the transaction after some errors.
    if (InTransaction()) {
      sqlite3_exec(connection_.db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
  }
  // FTS5 writes out what it has gathered at every savepoint, which makes a report twice as dear.
  void SetMark() override {}
  void DropMark() override {}
  bool ReturnToMark() override { return false; }
  bool InTransaction() const override { return sqlite3_get_autocommit(connection_.db.get()) == 0; }

  std::unique_ptr<PreparedStatement> Prepare(const std::string& sql, Use) override {
    return std::make_unique<SqliteStatement>(connection_, sql);
  }

  // A statement for each row: one of many rows is a savepoint, as is said at SetMark.
  void RunForAll(const char* sql, std::span<const Value> rows) override {
    PreparedStatement& one = Ready(sql);
    const auto columns = static_cast<size_t>(std::count(sql, sql + std::strlen(sql), '?'));
    for (; !rows.empty(); rows = rows.subspan(columns)) one.Run(rows.first(columns));
  }

  Sql Matching(WordTable words, const std::vector<std::string>& phrases) const override {
    // Only a quote ends an FTS5 string, and a phrase has none; a NUL would end the expression.
    std::string expression;
    for (const std::string& phrase : phrases) {
      expression += '"' + phrase + "\" ";
    }
    for (char& c : expression) {
      if (c == '\0') c = ' ';
    }
    if (expression.empty()) expression = "\"\"";
    const std::string table = kWordTables[words];
    return {"SELECT rowid FROM " + table + " WHERE " + table + " MATCH ?", {expression}};
  }
  Sql Holds(WordTable table, const std::string& number,
            const std::vector<std::string>& phrases) const override {
    Sql sql{"EXISTS (", {}};
    return sql.Add(Matching(table, phrases)).Add(" AND rowid = " + number + ")");
  }
  bool FindsOneByOne() const override { return false; }
  void AddWords(WordTable table, int64_t number,
                std::initializer_list<std::string_view> columns) override {
    static constexpr const char* kInserts[] = {
        "INSERT INTO article_words(rowid, title, body) VALUES (?, ?, ?)",
        "INSERT INTO evidence_words(rowid, sentence) VALUES (?, ?)",
        "INSERT INTO statement_words(rowid, sentence) VALUES (?, ?)"};
    std::vector<Value> values{number};
    values.insert(values.end(), columns.begin(), columns.end());
    Ready(kInserts[table]).Run(values);
  }
  Sql Lists(const std::string& record, const std::string& part, const std::string& list,
            const std::string& value) const override {
    return {"EXISTS (SELECT 1 FROM json_each(" + record + ", '$." + part + "." + list +
                "') WHERE value = ?)",
            {value}};
  }
  std::string By(std::string_view index) const override {
    return " INDEXED BY " + std::string(index);
  }

 private:
  int Pragma(const char* name) { return Number((std::string("PRAGMA ") + name).c_str()); }
  int Number(const char* sql) {
    SqliteStatement statement(connection_, sql);
    return statement.Step() ? static_cast<int>(statement.Integer(0)) : 0;
  }

  const Connection connection_;
};

}  // namespace

Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, bool create) {
  std::error_code ignored;
  if (!create && path != ":memory:" && !std::filesystem::exists(path, ignored)) {
    return Error{ErrorCode::kNotFound, "no chronicle here: make one with `kronik read`", path};
  }
  // Both save locks at every step: nobody asks how much memory SQLite uses, and a Database is one
  // thread's at a time. The first is refused, to no harm, where SQLite is in use already.
  static const int unused = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(unused);
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  sqlite3* db = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &db, kFlags | (create ? SQLITE_OPEN_CREATE : 0), nullptr);
  Connection connection{path, std::unique_ptr<sqlite3, Close>(db)};
  if (code != SQLITE_OK) return Explain(code, sqlite3_errstr(code), path);
  sqlite3_busy_timeout(db, kWaitForWriter);
  return std::unique_ptr<Database>(std::make_unique<SqliteDatabase>(std::move(connection)));
}

}  // namespace kronik
