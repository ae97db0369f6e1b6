#include "store/database.h"

#include "store/postgres_database.h"
#include "store/sqlite_database.h"

namespace kronik {

Result<std::unique_ptr<Database>> Database::Open(const std::string& place, bool create) {
  return IsPostgresUrl(place) ? OpenPostgres(place, create) : OpenSqlite(place, create);
}

PreparedStatement& Database::Ready(const char* sql) {
  std::unique_ptr<PreparedStatement>& statement = ready_[sql];
  if (!statement) statement = Prepare(sql, Use::kOften);
  return *statement;
}

void Database::Execute(const char* sql, std::initializer_list<Value> values) {
  Ready(sql).Run(values);
}

std::optional<int64_t> Database::Number(PreparedStatement& statement,
                                        std::initializer_list<Value> values) {
  statement.Start(values);
  std::optional<int64_t> number;
  if (statement.Step()) number = statement.Integer(0);
  statement.Stop();
  return number;
}

std::vector<std::string> Database::Texts(const char* sql, const Value& value) {
  PreparedStatement& statement = Ready(sql);
  statement.Start({&value, 1});
  std::vector<std::string> column;
  while (statement.Step()) column.emplace_back(statement.Text(0));
  statement.Stop();
  return column;
}

std::vector<int64_t> Database::Numbers(const char* sql, const Value& value) {
  PreparedStatement& statement = Ready(sql);
  statement.Start({&value, 1});
  std::vector<int64_t> column;
  while (statement.Step()) column.push_back(statement.Integer(0));
  statement.Stop();
  return column;
}

std::unique_ptr<PreparedStatement> Database::Started(const Sql& sql, Use use) {
  std::unique_ptr<PreparedStatement> statement = Prepare(sql.text, use);
  std::vector<Value> values;
  for (const Sql::Value& value : sql.values) {
    values.push_back(std::visit([](const auto& bound) { return Value(bound); }, value));
  }
  statement->Start(values);
  return statement;
}

int64_t Database::Count(const Sql& sql) {
  const std::unique_ptr<PreparedStatement> statement = Started(sql);
  return statement->Step() ? statement->Integer(0) : 0;
}

}  // namespace kronik
