// Database: the one place where the chronicle's SQL meets an engine.
//
//   Result<std::unique_ptr<Database>> database = Database::Open("kronik.db", true);
//   (*database)->BeginWriting();
//   (*database)->Run("INSERT INTO sources VALUES (?, ?)", source, article);
//   (*database)->Commit();
//
// The SQL of this folder is written once, in what the engines have in common, with `?` for values
// (`?1` for one that stands twice); what each says in its own way is asked of the Database. One
// thread at a time.
// Errors: every member throws DatabaseError for what the disk, the network or another program
// caused; what was not committed is then lost, unless ReturnToMark brings it back.
#pragma once

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kronik/result.h"

namespace kronik {

// A value on its way to the database; text must outlive the call that takes it.
using Value = std::variant<std::nullptr_t, int64_t, double, std::string_view>;

// A statement, or a part of one, and the values of its parameters in their order.
struct Sql {
  using Value = std::variant<int64_t, double, std::string>;

  std::string text;
  std::vector<Value> values;

  Sql& Add(std::string_view part, std::initializer_list<Value> more = {}) {
    text += part;
    values.insert(values.end(), more);
    return *this;
  }
  Sql& Add(const Sql& part) {
    text += part.text;
    values.insert(values.end(), part.values.begin(), part.values.end());
    return *this;
  }
};

class DatabaseError : public std::exception {
 public:
  explicit DatabaseError(Error error) : error_(std::move(error)) {}
  const Error& error() const { return error_; }
  const char* what() const noexcept override { return error_.message.c_str(); }

 private:
  Error error_;
};

// A prepared statement.
class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;
  // Begins anew, with a value for each parameter.
  virtual void Start(std::span<const Value> values) = 0;
  // Goes to the next row; false after the last one.
  virtual bool Step() = 0;
  // Gives up the rows that are left.
  virtual void Stop() = 0;
  // Runs it for what it does. Its error may come from a later call, at the latest from Commit.
  virtual void Run(std::span<const Value> values) = 0;
  // A column of the row, from 0. Text lives until the next Step or Stop.
  virtual int64_t Integer(int column) = 0;
  virtual double Real(int column) = 0;
  virtual std::string_view Text(int column) = 0;
};

class Database {
 public:
  // How a statement is used: kept for many times, once, or once for more rows than should be held.
  enum class Use { kOften, kOnce, kManyRows };
  // The tables of full text.
  enum WordTable { kArticleWords, kEvidenceWords, kStatementWords };
  // Whose the database is, and which of the versions in schema.h.
  struct Contents {
    enum Owner { kNobody, kKronik, kAnother } owner = kNobody;
    int version = 0;
  };

  // Opens a file, or connects to what a postgresql:// URL names. `create`: a file that isn't there
  // may be made.
  static Result<std::unique_ptr<Database>> Open(const std::string& place, bool create);

  virtual ~Database() = default;
  // What errors call it: without a password.
  virtual const std::string& name() const = 0;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual Contents Look() = 0;
  // Makes a chronicle's database ready for work. Only now is another's safe from being changed.
  virtual void Settle() = 0;
  // Between these two no other program sees or changes the tables.
  virtual void BeginUpgrade() = 0;
  virtual void CommitUpgrade(int version) = 0;
  // Brings the tables to a version from the one before it.
  virtual void Upgrade(int version) = 0;

  // Keeps other writers out until Commit or Rollback; waits for those that came before.
  virtual void BeginWriting() = 0;
  // Everything that is read until Commit is of one moment.
  virtual void BeginReading() = 0;
  virtual void Commit() = 0;
  // Undoes the transaction, if there is one. Throws nothing.
  virtual void Rollback() = 0;
  virtual bool InTransaction() const = 0;
  // Marks where the transaction stands.
  virtual void SetMark() = 0;
  // What came since the mark stays. Waits until it is done; only then its errors are known.
  virtual void DropMark() = 0;
  // Undoes what came since the mark. False where an engine can't: then only a Rollback helps.
  virtual bool ReturnToMark() = 0;

  virtual std::unique_ptr<PreparedStatement> Prepare(const std::string& sql,
                                                     Use use = Use::kOnce) = 0;

  // "SELECT rowid ... WHERE ...", with room for further conditions: the rows of a table of full
  // text that hold every phrase, each within one column. Nothing but letters and digits counts;
  // case and accents make no difference.
  virtual Sql Matching(WordTable table, const std::vector<std::string>& phrases) const = 0;
  // A condition: the row of this number is one of those.
  virtual Sql Holds(WordTable table, const std::string& number,
                    const std::vector<std::string>& phrases) const = 0;
  // Whether, where many rows hold a phrase, a page of them is found sooner by Holds than by
  // Matching.
  virtual bool FindsOneByOne() const = 0;
  // Puts the columns of a record that has come into a table of full text.
  virtual void AddWords(WordTable table, int64_t number,
                        std::initializer_list<std::string_view> columns) = 0;
  // A condition: a list in a part of the record has this string.
  virtual Sql Lists(const std::string& record, const std::string& part, const std::string& list,
                    const std::string& value) const = 0;
  // What stands after a table's name so that a query goes by this index.
  virtual std::string By(std::string_view index) const = 0;

  // A statement that stays prepared. `sql` must be a literal: it is known by its address.
  PreparedStatement& Ready(const char* sql);
  // Runs a literal statement for what it does; errors may come from a later call.
  template <typename... Values>
  void Run(const char* sql, const Values&... values) {
    Execute(sql, {ValueOf(values)...});
  }
  // Runs a literal "INSERT INTO table (...) VALUES (?, ?) ..." of one row for each of several,
  // whose values follow each other.
  virtual void RunForAll(const char* sql, std::span<const Value> rows) = 0;
  // Runs a literal statement whose one column is a number: the first row's.
  template <typename... Values>
  std::optional<int64_t> FindNumber(const char* sql, const Values&... values) {
    return Number(Ready(sql), {ValueOf(values)...});
  }
  // Every row's one column.
  std::vector<std::string> Texts(const char* sql, const Value& value);
  std::vector<int64_t> Numbers(const char* sql, const Value& value);
  // A statement of any text, with its values.
  std::unique_ptr<PreparedStatement> Started(const Sql& sql, Use use = Use::kOnce);
  // The number in the first row of a statement that has one.
  int64_t Count(const Sql& sql);

 protected:
  Database() = default;
  // Forgets the statements that Ready keeps.
  void ForgetStatements() { ready_.clear(); }

 private:
  static Value ValueOf(std::nullptr_t) { return nullptr; }
  static Value ValueOf(int number) { return int64_t{number}; }
  static Value ValueOf(int64_t number) { return number; }
  static Value ValueOf(double number) { return number; }
  static Value ValueOf(std::string_view text) { return text; }
  static Value ValueOf(const std::optional<int64_t>& number) {
    return number ? Value(*number) : Value(nullptr);
  }
  void Execute(const char* sql, std::initializer_list<Value> values);
  static std::optional<int64_t> Number(PreparedStatement& statement,
                                       std::initializer_list<Value> values);

  std::unordered_map<const char*, std::unique_ptr<PreparedStatement>> ready_;
};

}  // namespace kronik
