// For tests: a chronicle of either engine.
#pragma once

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "kronik/store.h"
#include "store/database.h"

namespace kronik {

// The engine that a test runs on. PostgreSQL where KRONIK_POSTGRES names a server
// (tests/postgres/server.py).
enum class Engine { kSqlite, kPostgres };

inline std::vector<Engine> Engines() {
  std::vector<Engine> engines{Engine::kSqlite};
  if (std::getenv("KRONIK_POSTGRES") != nullptr) engines.push_back(Engine::kPostgres);
  return engines;
}

// A folder or a server's databases, which go with the test.
class AnyStoreTest : public ::testing::Test {
 protected:
  explicit AnyStoreTest(Engine engine) : engine_(engine) {
    std::string name = ::testing::TempDir() + "kronik_store_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~AnyStoreTest() override {
    std::filesystem::remove_all(folder_);
    for (const std::string& database : databases_)
      Manage("DROP DATABASE " + database + " WITH (FORCE)");
  }

  // The place of a chronicle that nobody else has.
  std::string Path(const std::string& name = "kronik.db") {
    if (engine_ == Engine::kSqlite) return folder_ + "/" + name;
    const std::string database = DatabaseOf(name);
    if (databases_.insert(database).second) Manage("CREATE DATABASE " + database);
    return std::getenv("KRONIK_POSTGRES") + database;
  }
  std::unique_ptr<Store> Open(StoreOptions options = {}) {
    auto store = Store::Open(Path(), options);
    EXPECT_TRUE(store) << (store ? "" : store.error().ToString());
    return store ? std::move(*store) : nullptr;
  }
  // One for which speed counts.
  std::unique_ptr<Store> OpenQuick(const std::string& name) {
    return std::move(*Store::Open(engine_ == Engine::kSqlite ? ":memory:" : Path(name)));
  }
  int64_t Count(const std::string& table) {
    auto database = std::move(*Database::Open(Path(), false));
    return database->Count({"SELECT count(*) FROM " + table, {}});
  }

  // Runs a statement on the server.
  static void Manage(const std::string& sql, std::string url = "") {
    if (url.empty()) url = std::getenv("KRONIK_POSTGRES") + std::string("postgres");
    PGconn* connection = PQconnectdb(url.c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    EXPECT_EQ(PQresultErrorMessage(result), std::string()) << sql << PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
  }

 private:
  std::string DatabaseOf(std::string name) const {
    for (char& c : name) {
      if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    }
    return "test_" + std::to_string(process_) + "_" + name;
  }

  const Engine engine_;
  const pid_t process_ = getpid();  // a child's databases are the parent's
  std::string folder_;
  std::set<std::string> databases_;
};

// The engine's name, for the name of a test.
inline std::string EngineName(const ::testing::TestParamInfo<Engine>& test) {
  return test.param == Engine::kSqlite ? "Sqlite" : "Postgres";
}

}  // namespace kronik
