#include "store/postgres_database.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "store/schema.h"
#include "store/words.h"

namespace kronik {
namespace {

// A writer holds the lock for one report, or until the next Commit of a batch.
// All rows of a cursor are read; to look for a word in a row costs some hundred times what the
// server takes for granted; and what would be compiled takes less time than the compiler.
constexpr char kSession[] =
    "SELECT set_config('lock_timeout', '60s', false), set_config('cursor_tuple_fraction', '1', "
    "false),"
    " set_config('cpu_operator_cost', '0.02', false), set_config('jit', 'off', false)";
constexpr char kConnectSeconds[] = "10";
constexpr size_t kMostUnanswered = 1000;  // statements sent ahead
constexpr int kRowsAtOnce = 4000;         // of a statement that gives many
constexpr size_t kMostRowsOfAnInsert = 16;

struct Free {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Rows = std::unique_ptr<PGresult, Free>;

// `?` and `?2` to `$1` and `$2`, but not within quotes.
std::string Numbered(std::string_view sql) {
  std::string numbered;
  int next = 0;
  bool quoted = false;
  for (size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (sql[i] != '?' || quoted) {
      numbered += sql[i];
      continue;
    }
    numbered += '$';
    const bool named = i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9';
    if (!named) numbered += std::to_string(++next);
  }
  return numbered;
}

// The statements of a text of several.
std::vector<std::string> Split(std::string_view sql) {
  std::vector<std::string> statements;
  for (size_t at = 0; at < sql.size();) {
    const size_t end = std::min(sql.find(";\n", at), sql.size());
    statements.emplace_back(sql.substr(at, end - at));
    at = end + 2;
  }
  return statements;
}

std::string Replaced(std::string text, std::string_view what, std::string_view with) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// The tables of schema.h in PostgreSQL's words. Text sorts by its bytes, as it does in SQLite.
std::string Translated(std::string sql) {
  for (const auto& [ours, theirs] : {std::pair{" WITHOUT ROWID", ""},
                                     {" INTEGER", " BIGINT"},
                                     {" REAL", " DOUBLE PRECISION"},
                                     {" TEXT", " TEXT COLLATE \"C\""}}) {
    sql = Replaced(std::move(sql), ours, theirs);
  }
  return sql;
}

// A value in PostgreSQL's text form; nothing for NULL. Text can have no NUL there, and none that is
// ill-formed: both become U+FFFD. (A record's line is JSON, where a NUL is written as \u0000.)
std::optional<std::string> Written(const Value& value) {
  struct Write {
    std::optional<std::string> operator()(std::nullptr_t) const { return std::nullopt; }
    std::optional<std::string> operator()(int64_t number) const { return std::to_string(number); }
    std::optional<std::string> operator()(double number) const { return fmt::format("{}", number); }
    std::optional<std::string> operator()(std::string_view text) const {
      return Replaced(ToValidUtf8(text), std::string_view("\0", 1), "\uFFFD");
    }
  };
  return std::visit(Write(), value);
}

// Where a chronicle is, without what must stay secret.
struct Place {
  std::string url;
  std::string shown;                 // without the password
  std::vector<std::string> secrets;  // passwords that the URL has

  Error Wrong(ErrorCode code, std::string message) const {
    for (const std::string& secret : secrets) {
      if (!secret.empty()) message = Replaced(std::move(message), secret, "***");
    }
    // One line, whatever the server said.
    for (char& c : message) {
      if (c == '\n' || c == '\t') c = ' ';
    }
    while (!message.empty() && message.back() == ' ') message.pop_back();
    return {code, std::move(message), shown};
  }
};

// Nothing for what isn't a URL.
std::optional<Place> PlaceOf(const std::string& url) {
  const std::unique_ptr<PQconninfoOption, Free> options(PQconninfoParse(url.c_str(), nullptr));
  if (options == nullptr) return std::nullopt;
  std::map<std::string, std::string> values;
  Place place{url, "postgresql://", {}};
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    values[option->keyword] = option->val;
    if (option->dispchar[0] == '*') place.secrets.emplace_back(option->val);
  }
  // An unescaped / or @ in a password would leave a part of it in these.
  const auto odd = [&](const char* key, std::string_view letters) {
    return values[key].find_first_of(letters) != std::string::npos;
  };
  if (odd("user", "@:") || odd("host", "@:?#") || odd("dbname", "@") ||
      values["port"].find_first_not_of("0123456789,") != std::string::npos) {
    return std::nullopt;
  }
  if (!values["user"].empty()) place.shown += values["user"] + "@";
  place.shown += values["host"].empty() ? values["hostaddr"] : values["host"];
  if (!values["port"].empty()) place.shown += ":" + values["port"];
  place.shown += "/" + values["dbname"];
  return place;
}

class PostgresDatabase;

class PostgresStatement : public PreparedStatement {
 public:
  PostgresStatement(PostgresDatabase& database, std::string sql, Database::Use use);
  ~PostgresStatement() override { Stop(); }

  void Start(std::span<const Value> values) override;
  bool Step() override;
  void Stop() override;
  void Run(std::span<const Value> values) override;

  int64_t Integer(int column) override { return Parsed<int64_t>(column); }
  double Real(int column) override { return Parsed<double>(column); }
  std::string_view Text(int column) override {
    return {PQgetvalue(rows_.get(), row_, column),
            static_cast<size_t>(PQgetlength(rows_.get(), row_, column))};
  }

 private:
  template <typename T>
  T Parsed(int column) {
    const std::string_view text = Text(column);
    T value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  void Send(std::span<const Value> values);
  void Fetch();

  PostgresDatabase& database_;
  const std::string sql_;
  const Database::Use use_;
  std::string name_;   // of the prepared statement or the cursor
  int64_t epoch_ = 0;  // PostgresDatabase::epoch when it got its name
  Rows rows_;
  int row_ = -1;
};

class PostgresDatabase : public Database {
 public:
  explicit PostgresDatabase(Place place) : place_(std::move(place)) {}
  ~PostgresDatabase() override {
    inserts_.clear();
    ForgetStatements();
  }

  const std::string& name() const override { return place_.shown; }

  Contents Look() override {
    const auto tables = Started(
        {"SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
         " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT EXISTS"
         " (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')),"
         " CASE WHEN to_regclass(quote_ident(current_schema()) || '.kronik_chronicle') IS NULL"
         " THEN 0 ELSE 1 END",
         {}});
    tables->Step();
    if (tables->Integer(1) == 0) {
      return {tables->Integer(0) == 0 ? Contents::kNobody : Contents::kAnother, 0};
    }
    return {Contents::kKronik,
            static_cast<int>(Count({"SELECT version FROM kronik_chronicle", {}}))};
  }
  void Settle() override {}

  void BeginUpgrade() override { BeginWriting(); }
  void CommitUpgrade(int version) override {
    Run("CREATE TABLE IF NOT EXISTS kronik_chronicle (version BIGINT NOT NULL)");
    Run("DELETE FROM kronik_chronicle");
    Run("INSERT INTO kronik_chronicle VALUES (?)", version);
    Commit();
  }
  void Upgrade(int version) override {
    const Migration& migration = kMigrations[version - 1];
    const char* const sql = migration.postgres ? migration.postgres : migration.sqlite;
    for (const std::string& statement : Split(Translated(sql)))
      Prepare(statement, Use::kOnce)->Run({});
    Answer();
  }

  void BeginWriting() override {
    Begin("BEGIN");
    // Plans are kept; one that was made when a table was empty must not read all of it for ever.
    Run("SET LOCAL enable_seqscan = off");
    Run("SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))", kApplicationId);
  }
  void BeginReading() override { Begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  void Commit() override {
    Run("COMMIT");
    const Rows done = Answer();
    in_transaction_ = false;
    // After an error in it, the server takes COMMIT for ROLLBACK.
    if (std::string_view(PQcmdStatus(done.get())) != "COMMIT") {
      throw DatabaseError(place_.Wrong(
          ErrorCode::kIo, "an error before undid what was not committed; it is not written"));
    }
  }
  void Rollback() override {
    if (!InTransaction()) return;
    try {
      Run("ROLLBACK");
      Answer();
    } catch (const DatabaseError&) {
      // The server rolls back what it lost the connection to.
      Disconnect();
    }
    in_transaction_ = false;
  }
  bool InTransaction() const override { return in_transaction_; }
  void SetMark() override { Run("SAVEPOINT report"); }
  void DropMark() override {
    Run("RELEASE SAVEPOINT report");
    Answer();
  }
  bool ReturnToMark() override {
    if (!in_transaction_) return false;
    try {
      Run("ROLLBACK TO SAVEPOINT report");
      DropMark();
      return true;
    } catch (const DatabaseError&) {
      return false;
    }
  }

  std::unique_ptr<PreparedStatement> Prepare(const std::string& sql, Use use) override {
    return std::make_unique<PostgresStatement>(*this, Numbered(sql), use);
  }

  void RunForAll(const char* sql, std::span<const Value> rows) override;
  Sql Matching(WordTable table, const std::vector<std::string>& phrases) const override;
  Sql Holds(WordTable table, const std::string& number,
            const std::vector<std::string>& phrases) const override;
  bool FindsOneByOne() const override { return true; }
  void AddWords(WordTable table, int64_t number,
                std::initializer_list<std::string_view> columns) override;
  Sql Lists(const std::string& record, const std::string& part, const std::string& list,
            const std::string& value) const override;
  std::string By(std::string_view) const override { return ""; }

  // What a statement does with the connection.
  void Connect();
  void SendPrepare(const std::string& name, const std::string& sql);
  void SendPrepared(const std::string& name, std::span<const Value> values);
  void Send(const std::string& sql, std::span<const Value> values);
  // Reads all answers that are due; the last one's rows.
  Rows Answer();
  void CloseCursor(const std::string& cursor, int64_t epoch) noexcept;
  // Another one after each new connection and each error: what was prepared before may be gone.
  int64_t epoch() const { return epoch_; }
  std::string NewName() { return "k" + std::to_string(++names_); }

 private:
  void Begin(const char* sql) {
    Run(sql);
    in_transaction_ = true;
  }
  void Sent(int success);
  void Disconnect() {
    connection_.reset();
    unanswered_ = 0;
    in_transaction_ = false;
  }
  [[noreturn]] void Lose();
  Error Explain(const PGresult* failed) const;

  const Place place_;
  const Words words_;
  // Inserts of several rows, by the one's text and their count.
  std::map<std::pair<const char*, size_t>, std::unique_ptr<PreparedStatement>> inserts_;
  std::unique_ptr<PGconn, Free> connection_;
  int64_t epoch_ = 0;
  int64_t names_ = 0;
  size_t unanswered_ = 0;  // statements
  bool in_transaction_ = false;
};

// Values as libpq takes them.
class Parameters {
 public:
  explicit Parameters(std::span<const Value> values) {
    for (const Value& value : values) written_.push_back(Written(value));
    for (const auto& text : written_) pointers_.push_back(text ? text->c_str() : nullptr);
  }
  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* data() const { return pointers_.data(); }

 private:
  std::vector<std::optional<std::string>> written_;
  std::vector<const char*> pointers_;
};

void PostgresDatabase::Connect() {
  if (connection_ != nullptr) return;
  // What the URL says comes later and so counts more.
  const char* const keys[] = {"connect_timeout", "fallback_application_name", "dbname",
                              "client_encoding", nullptr};
  const char* const values[] = {kConnectSeconds, "kronik", place_.url.c_str(), "UTF8", nullptr};
  connection_.reset(PQconnectdbParams(keys, values, 1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    const Error error = place_.Wrong(ErrorCode::kIo, PQerrorMessage(connection_.get()));
    Disconnect();
    throw DatabaseError(error);
  }
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  const char* const encoding = PQparameterStatus(connection_.get(), "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
    Disconnect();
    throw DatabaseError(
        place_.Wrong(ErrorCode::kUnsupported,
                     "the database's text is not in UTF-8: make one with ENCODING 'UTF8'"));
  }
  ++epoch_;
  PQenterPipelineMode(connection_.get());
  Send(kSession, {});
  Answer();
}

void PostgresDatabase::SendPrepare(const std::string& name, const std::string& sql) {
  Sent(PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr));
}

void PostgresDatabase::SendPrepared(const std::string& name, std::span<const Value> values) {
  const Parameters parameters(values);
  Sent(PQsendQueryPrepared(connection_.get(), name.c_str(), parameters.count(), parameters.data(),
                           nullptr, nullptr, 0));
}

void PostgresDatabase::Send(const std::string& sql, std::span<const Value> values) {
  const Parameters parameters(values);
  Sent(PQsendQueryParams(connection_.get(), sql.c_str(), parameters.count(), nullptr,
                         parameters.data(), nullptr, nullptr, 0));
}

void PostgresDatabase::Sent(int success) {
  if (success == 0) Lose();
  if (++unanswered_ >= kMostUnanswered) Answer();
}

void PostgresDatabase::Lose() {
  Disconnect();
  throw DatabaseError(place_.Wrong(
      ErrorCode::kIo, "the connection was lost; what was not committed before is not written"));
}

void PostgresDatabase::CloseCursor(const std::string& cursor, int64_t epoch) noexcept {
  // After an error, or with its transaction, it is closed already.
  if (connection_ == nullptr || !in_transaction_ || epoch != epoch_) return;
  try {
    Send("CLOSE " + cursor, {});
  } catch (const DatabaseError&) {
    // The next call meets it too.
  }
}

Rows PostgresDatabase::Answer() {
  if (unanswered_ == 0) return nullptr;
  unanswered_ = 0;
  if (PQpipelineSync(connection_.get()) == 0) Lose();
  Rows last;
  std::optional<Error> error;
  // A null stands between the answers of two statements; two, for a connection that is gone.
  for (bool ended = false;;) {
    Rows rows(PQgetResult(connection_.get()));
    if (rows == nullptr) {
      if (ended) Lose();
      ended = true;
      continue;
    }
    ended = false;
    const ExecStatusType status = PQresultStatus(rows.get());
    if (status == PGRES_PIPELINE_SYNC) break;
    if (status == PGRES_FATAL_ERROR && !error) error = Explain(rows.get());
    last = std::move(rows);
  }
  if (!error) return last;
  ++epoch_;
  if (PQstatus(connection_.get()) != CONNECTION_OK) Disconnect();
  throw DatabaseError(*error);
}

Error PostgresDatabase::Explain(const PGresult* failed) const {
  const char* const field = PQresultErrorField(failed, PG_DIAG_SQLSTATE);
  const std::string_view state = field == nullptr ? "08000" : field;
  const auto wrong = [&](const char* message) { return place_.Wrong(ErrorCode::kIo, message); };
  if (state.starts_with("08") || state.starts_with("57P")) {
    return wrong("the connection was lost; what was not committed before is not written");
  }
  if (state == "55P03") {
    return wrong("another process is writing to it; try again when it has ended");
  }
  if (state == "53100") {
    return wrong("the server's disk is full; what was not committed before is not written");
  }
  // What no later try would get in: too long for an index, say.
  if (state.starts_with("22") || state.starts_with("54")) {
    return place_.Wrong(ErrorCode::kInvalidInput,
                        PQresultErrorField(failed, PG_DIAG_MESSAGE_PRIMARY));
  }
  if (state == "42501" || state == "25006") return wrong("may not be written to");
  if (state == "3F000") return wrong("there is no schema to write to: see its search_path");
  return wrong(PQresultErrorField(failed, PG_DIAG_MESSAGE_PRIMARY));
}

// Few statements, each of one of few sizes, so that each is planned once.
void PostgresDatabase::RunForAll(const char* sql, std::span<const Value> rows) {
  const std::string_view text = sql;
  const size_t open = text.find("(?"), close = text.find(')', open);
  const std::string_view row = text.substr(open, close + 1 - open);
  const auto columns = static_cast<size_t>(std::count(row.begin(), row.end(), '?'));
  for (size_t size = kMostRowsOfAnInsert; !rows.empty();) {
    while (size > rows.size() / columns) size /= 2;
    std::unique_ptr<PreparedStatement>& statement = inserts_[{sql, size}];
    if (!statement) {
      std::string whole(text.substr(0, close + 1));
      for (size_t i = 1; i < size; ++i) whole.append(", ").append(row);
      statement = Prepare(whole.append(text.substr(close + 1)), Use::kOften);
    }
    statement->Run(rows.first(size * columns));
    rows = rows.subspan(size * columns);
  }
}

Sql PostgresDatabase::Matching(WordTable table, const std::vector<std::string>& phrases) const {
  std::vector<std::string> words, runs;
  for (const std::string& phrase : phrases) {
    std::vector<std::string> more = words_.Of(phrase);
    if (more.size() > 1) runs.push_back(fmt::format(" {} ", fmt::join(more, " ")));
    words.insert(words.end(), more.begin(), more.end());
  }
  static constexpr const char* kSelects[] = {"SELECT rowid FROM article_words WHERE ",
                                             "SELECT rowid FROM evidence_words WHERE ",
                                             "SELECT rowid FROM statement_words WHERE "};
  Sql sql{kSelects[table], {}};
  if (words.empty()) return sql.Add("false");
  for (const std::string& word : words) {
    sql.Add(sql.values.empty() ? "string_to_array(words, ' ') @> ARRAY[?" : ", ?", {word});
  }
  sql.Add("]");
  for (const std::string& run : runs) sql.Add(" AND strpos(words, ?) > 0", {run});
  return sql;
}

// The words of a row stand between blanks (AddWords), so that a piece of text is enough.
Sql PostgresDatabase::Holds(WordTable table, const std::string& number,
                            const std::vector<std::string>& phrases) const {
  static constexpr const char* kTables[] = {"article_words", "evidence_words", "statement_words"};
  Sql sql{"(SELECT true", {}};
  for (const std::string& phrase : phrases) {
    const std::vector<std::string> words = words_.Of(phrase);
    if (words.empty()) continue;
    sql.Add(" AND strpos(words, ?) > 0", {fmt::format(" {} ", fmt::join(words, " "))});
  }
  if (sql.values.empty()) return {"false", {}};
  return sql.Add(std::string(" FROM ") + kTables[table] + " WHERE rowid = " + number + ")");
}

void PostgresDatabase::AddWords(WordTable table, int64_t number,
                                std::initializer_list<std::string_view> columns) {
  static constexpr const char* kInserts[] = {"INSERT INTO article_words VALUES (?, ?)",
                                             "INSERT INTO evidence_words VALUES (?, ?)",
                                             "INSERT INTO statement_words VALUES (?, ?)"};
  // A line for each column, so that no run of words goes over its end.
  std::string lines;
  for (std::string_view column : columns) {
    lines += ' ';
    for (const std::string& word : words_.Of(column)) lines += word + ' ';
    lines += '\n';
  }
  Run(kInserts[table], number, lines);
}

Sql PostgresDatabase::Lists(const std::string& record, const std::string& part,
                            const std::string& list, const std::string& value) const {
  // PostgreSQL reads no JSON with a NUL in it.
  return {"EXISTS (SELECT 1 FROM json_array_elements_text(replace(" + record +
              ", '\\u0000', '\\ufffd')::json -> '" + part + "' -> '" + list +
              "') AS listed(value) WHERE value = ?)",
          {value}};
}

PostgresStatement::PostgresStatement(PostgresDatabase& database, std::string sql, Database::Use use)
    : database_(database), sql_(std::move(sql)), use_(use) {}

void PostgresStatement::Send(std::span<const Value> values) {
  database_.Connect();
  if (use_ != Database::Use::kOften) return database_.Send(sql_, values);
  if (epoch_ != database_.epoch()) {
    epoch_ = database_.epoch();
    name_ = database_.NewName();
    database_.SendPrepare(name_, sql_);
  }
  database_.SendPrepared(name_, values);
}

void PostgresStatement::Start(std::span<const Value> values) {
  row_ = -1;
  if (use_ != Database::Use::kManyRows) {
    Send(values);
    rows_ = database_.Answer();
    return;
  }
  epoch_ = database_.epoch();
  name_ = database_.NewName();
  database_.Send("DECLARE " + name_ + " NO SCROLL CURSOR FOR " + sql_, values);
  Fetch();
}

void PostgresStatement::Fetch() {
  database_.Send(fmt::format("FETCH {} FROM {}", kRowsAtOnce, name_), {});
  rows_ = database_.Answer();
  row_ = -1;
}

bool PostgresStatement::Step() {
  const int count = PQntuples(rows_.get());
  if (++row_ < count) return true;
  if (use_ != Database::Use::kManyRows || count < kRowsAtOnce) return false;
  Fetch();
  return Step();
}

void PostgresStatement::Stop() {
  rows_.reset();
  row_ = -1;
  if (use_ != Database::Use::kManyRows || name_.empty()) return;
  database_.CloseCursor(std::exchange(name_, ""), epoch_);
}

void PostgresStatement::Run(std::span<const Value> values) { Send(values); }

}  // namespace

bool IsPostgresUrl(std::string_view place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

Result<std::unique_ptr<Database>> OpenPostgres(const std::string& url, bool create) {
  const std::optional<Place> place = PlaceOf(url);
  if (!place) {
    return Error{
        ErrorCode::kInvalidInput,
        "is not the URL of a database: postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with "
        "any of :/?#@% in one of these as %3A, %2F, %3F, %23, %40, %25",
        "postgresql://..."};
  }
  auto database = std::make_unique<PostgresDatabase>(*place);
  try {
    database->Connect();
    if (!create && database->Look().owner == Database::Contents::kNobody) {
      return Error{ErrorCode::kNotFound, "no chronicle here: make one with `kronik read`",
                   place->shown};
    }
  } catch (const DatabaseError& failure) {
    return failure.error();
  }
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace kronik
