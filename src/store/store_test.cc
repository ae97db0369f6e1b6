#include "kronik/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "record/json.h"
#include "store/any_store.h"
#include "store/database.h"
#include "store/event_index.h"
#include "store/schema.h"
#include "store/story.h"

namespace kronik {
namespace {

Query Between(std::string_view a, std::string_view b, std::string_view from = {},
              std::string_view to = {}) {
  Query query;
  for (std::string_view code : {a, b}) {
    if (!code.empty()) query.parties.emplace_back(code);
  }
  query.from = from;
  query.to = to;
  return query;
}

using ::testing::HasSubstr;

// What both engines must do.
class StoreTest : public AnyStoreTest, public ::testing::WithParamInterface<Engine> {
 protected:
  StoreTest() : AnyStoreTest(GetParam()) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, StoreTest, ::testing::ValuesIn(Engines()), EngineName);

// What only a server can do to one; nothing where there is none.
class PostgresTest : public AnyStoreTest, public ::testing::WithParamInterface<const char*> {
 protected:
  PostgresTest() : AnyStoreTest(Engine::kPostgres) {}

  // Runs a statement in a database of this test.
  void ManageIn(const std::string& name, const std::string& sql) { Manage(sql, Path(name)); }
  // Ends the connections to the test's database, as a server that is restarted does.
  void Disconnect() {
    Manage(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname LIKE 'test_" +
        std::to_string(getpid()) + "_%'");
  }
};
std::vector<const char*> Servers() {
  const char* server = std::getenv("KRONIK_POSTGRES");
  return server == nullptr ? std::vector<const char*>() : std::vector<const char*>{server};
}
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PostgresTest);
INSTANTIATE_TEST_SUITE_P(Server, PostgresTest, ::testing::ValuesIn(Servers()),
                         [](const auto&) { return "Postgres"; });

class SqliteTest : public AnyStoreTest {
 protected:
  SqliteTest() : AnyStoreTest(Engine::kSqlite) {}
};

struct Told {
  const char* id;
  const char* actor;
  const char* recipient;
  const char* type = "CONSULT";
  const char* day = "2024-03-05";
  EventStatus status = EventStatus::kAsserted;
  double confidence = 0.5;
};

Span Find(const Document& document, std::string_view words) {
  size_t at = document.article.text.find(words);
  EXPECT_NE(at, std::string::npos);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

// One report of one event, with a statement and a commitment.
std::unique_ptr<Document> Report(const Told& told) {
  auto document = std::make_unique<Document>();
  document->input.name = std::string(told.id) + ".txt";
  Article& article = document->article;
  article.id = told.id;
  article.lang = "en";
  article.title = "Ministers meet";
  article.published = "2024-03-06";
  article.AppendBlock(BlockKind::kParagraph, "Café Ankara hosted the two ministers on Tuesday.");
  article.AppendBlock(BlockKind::kParagraph, "They promised a new rail line, an aide said.");
  for (const char* code : {told.actor, told.recipient}) {
    Actor actor;
    actor.kind = ActorKind::kState;
    actor.name = std::string("Minister of ") + code;
    actor.code = code;
    document->actors.push_back(actor);
  }
  Event event;
  event.event_type = told.type;
  event.actor = {{0, Find(*document, "Ankara")}};
  event.recipient = {{1, Find(*document, "ministers")}};
  event.trigger = Find(*document, "hosted");
  event.sentence = {0, article.blocks[0].end};
  event.date = {told.day, told.day};
  event.status = told.status;
  event.confidence = told.confidence;
  document->events.push_back(event);
  Statement statement;
  statement.source = {0, Find(*document, "aide")};
  statement.cue = Find(*document, "said");
  statement.content = {Find(*document, "They promised a new rail line")};
  document->statements.push_back(statement);
  Commitment commitment;
  commitment.parties = {{{0, Find(*document, "They")}, PartyRole::kBound},
                        {{1, {}}, PartyRole::kToward}};
  commitment.subject = Find(*document, "a new rail line");
  commitment.trigger = Find(*document, "promised");
  commitment.sentence = {article.blocks[1].start, article.blocks[1].end};
  commitment.made = {told.day, told.day};
  document->commitments.push_back(commitment);
  return document;
}

bool Put(Store& store, const Told& told) {
  auto changed = store.Put(*Report(told));
  EXPECT_TRUE(changed) << (changed ? "" : changed.error().ToString());
  return changed && *changed;
}

std::vector<std::string> Got(const Result<std::vector<std::string>>& records) {
  EXPECT_TRUE(records) << (records ? "" : records.error().ToString());
  return records ? *records : std::vector<std::string>();
}

std::vector<Json> Parsed(const Result<std::vector<std::string>>& records) {
  EXPECT_TRUE(records) << (records ? "" : records.error().ToString());
  std::vector<Json> parsed;
  if (records) {
    for (const std::string& record : *records) parsed.push_back(Json::parse(record));
  }
  return parsed;
}

TEST_P(StoreTest, ReadingTwiceChangesNothing) {
  auto store = Open();
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "GRC"}));
  auto before = *store->Events({});
  EXPECT_FALSE(Put(*store, {"a1", "TUR", "GRC"}));
  // The same report from another file is the same report.
  auto moved = Report({"a1", "TUR", "GRC"});
  moved->input.name = "elsewhere.txt";
  EXPECT_FALSE(*store->Put(*moved));
  EXPECT_EQ(*store->Events({}), before);
  EXPECT_EQ(store->Articles()->size(), 1u);
  EXPECT_EQ(store->StatementsOf("a1")->size(), 1u);
  EXPECT_EQ(store->CommitmentsOf("a1")->size(), 1u);
}

TEST_P(StoreTest, AnotherReadingReplacesTheRecords) {
  auto store = Open();
  Put(*store, {"a1", "TUR", "GRC"});
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "BGR", "AID"}));
  auto events = Parsed(store->Events({}));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0]["event_type"], "AID");
  EXPECT_TRUE(store->Events(Between("GRC", ""))->empty());
  EXPECT_EQ(store->Ledger()->size(), 1u);
  // The Greek minister is nobody's any more.
  EXPECT_EQ(Count("event_facets f JOIN facets c ON c.id = facet WHERE kind = 'party'"), 2);
  EXPECT_EQ(Count("evidence"), 1);
}

TEST_P(StoreTest, OneEventOfSeveralArticles) {
  auto store = Open();
  Put(*store, {"a1", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.5});
  Put(*store, {"a2", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.9});
  // Other day, other type, other direction, and a denial: each an event of its own.
  Put(*store, {"b1", "TUR", "GRC", "CONSULT", "2024-03-07"});
  Put(*store, {"b2", "TUR", "GRC", "AID"});
  Put(*store, {"b3", "GRC", "TUR"});
  Put(*store, {"b4", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kNegated});
  auto events = Parsed(store->Events({}));
  ASSERT_EQ(events.size(), 5u);
  int told_twice = 0;
  for (const Json& event : events) {
    if (event["evidence"].size() < 2) continue;
    ++told_twice;
    EXPECT_EQ(event["article"], "a2");  // the more confident report speaks for the event
    EXPECT_EQ(event["evidence"][1]["article"], "a1");
    EXPECT_EQ(event["evidence"][0]["trigger"]["text"], "hosted");
    EXPECT_EQ(event["evidence"][0]["trigger"]["start"], 12);  // code points
  }
  EXPECT_EQ(told_twice, 1);
  // An article that no longer reports it takes only its own evidence away.
  Put(*store, {"a2", "TUR", "GRC", "AID", "2024-04-01"});
  events = Parsed(store->Events(Between("TUR", "GRC", "2024-03-05", "2024-03-05")));
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(Parsed(store->EventsOf("a2"))[0]["event_type"], "AID");
}

TEST_P(StoreTest, TheOrderOfReadingMakesNoDifference) {
  const Told kTold[] = {{"a1", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.7},
                        {"a2", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.7},
                        {"a3", "TUR", "GRC"}};
  auto one = std::move(*Store::Open(Path("one.db")));
  auto other = std::move(*Store::Open(Path("other.db")));
  for (int i : {0, 1, 2}) Put(*one, kTold[i]);
  for (int i : {2, 1, 0}) Put(*other, kTold[i]);
  EXPECT_EQ(*one->Events({}), *other->Events({}));
}

TEST_P(StoreTest, EventsWithoutDayOrActorStayApart) {
  auto store = Open();
  for (const char* id : {"a1", "a2"}) Put(*store, {id, "TUR", "GRC", "CONSULT", ""});
  auto nobody = Report({"a3", "TUR", "GRC"});
  nobody->events[0].actor.clear();
  nobody->events.push_back(nobody->events[0]);
  nobody->events[1].trigger = nobody->events[0].sentence;
  EXPECT_TRUE(*store->Put(*nobody));
  EXPECT_EQ(store->Events({})->size(), 4u);
}

TEST_P(StoreTest, TimelineByPartyAndDay) {
  auto store = Open();
  Put(*store, {"day", "TUR", "GRC", "CONSULT", "2024-03-05"});
  Put(*store, {"month", "GRC", "TUR", "AID", "2024-04"});
  Put(*store, {"year", "TUR", "BGR", "COOPERATE", "2023"});
  Put(*store, {"unknown", "TUR", "GRC", "REJECT", ""});
  const struct {
    const char *a, *b, *from, *to;
    std::vector<std::string> articles;
  } kCases[] = {
      {"", "", "", "", {"year", "day", "month", "unknown"}},
      {"TUR", "GRC", "", "", {"day", "month", "unknown"}},
      {"GRC", "TUR", "", "", {"day", "month", "unknown"}},
      {"BGR", "", "", "", {"year"}},
      {"TUR", "TUR", "", "", {}},
      {"", "", "2024-03-05", "2024-03-05", {"day"}},
      {"", "", "2024-03-06", "", {"month"}},
      {"", "", "", "2023-06-01", {"year"}},
      {"", "", "2024-04-15", "2024-04-16", {"month"}},
      {"", "", "2024", "2024", {"day", "month"}},
      {"' OR 1=1 --", "", "", "", {}},
  };
  for (const auto& test : kCases) {
    std::vector<std::string> articles;
    for (const Json& event : Parsed(store->Events(Between(test.a, test.b, test.from, test.to)))) {
      articles.push_back(event["article"]);
    }
    EXPECT_EQ(articles, test.articles) << test.a << test.b << test.from << " " << test.to;
  }
  Query query;
  query.limit = 1;
  query.offset = 1;
  EXPECT_EQ(Parsed(store->Events(query)).at(0)["article"], "day");
}

TEST_P(StoreTest, LedgerByParties) {
  auto store = Open();
  Put(*store, {"a1", "TUR", "GRC", "CONSULT", "2024-03-05"});
  Put(*store, {"a2", "TUR", "BGR", "CONSULT", "2023-01-01"});
  EXPECT_EQ(store->Ledger()->size(), 2u);
  auto both = Parsed(store->Ledger({.parties = {"TUR"}}));
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0]["article"], "a2");
  EXPECT_EQ(store->Ledger({.parties = {"GRC", "TUR"}})->size(), 1u);
  EXPECT_TRUE(store->Ledger({.parties = {"GRC", "BGR"}})->empty());
  EXPECT_EQ(store->Ledger({.from = "2024"})->size(), 1u);
  EXPECT_EQ(store->Ledger({.parties = {"TUR"}, .to = "2023-12-31"})->size(), 1u);
}

TEST_P(StoreTest, ArticlesWholeAndShort) {
  auto store = Open();
  Put(*store, {"a1", "TUR", "GRC"});
  EXPECT_TRUE(Parsed(store->Articles()).at(0).contains("text"));
  Json head = Parsed(store->Articles(false)).at(0);
  EXPECT_FALSE(head.contains("text"));
  EXPECT_FALSE(head.contains("blocks"));
  EXPECT_EQ(head["event_count"], 1);
  EXPECT_EQ(Json::parse(*store->FindArticle("a1"))["title"], "Ministers meet");
  EXPECT_EQ(store->FindArticle("none").error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(store->EventsOf("none")->empty());
}

TEST_P(StoreTest, KeepsAsMuchTextAsAskedFor) {
  auto store = Open({.keep = Keep::kEvidence});
  Put(*store, {"a1", "TUR", "GRC"});
  EXPECT_EQ(Parsed(store->Articles()).at(0)["text"], "");
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["text"], "hosted");
  store = Open({.keep = Keep::kOffsets});
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "GRC"}));
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["text"], "");
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["start"], 12);
}

TEST_F(SqliteTest, OnlyItsOwnFiles) {
  {
    SQLite::Database other(Path("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE songs (name TEXT)");
    SQLite::Database named(Path("named.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    named.exec("PRAGMA application_id=7");
  }
  std::ofstream(Path("note.db")) << std::string(4096, 'x');
  std::ofstream(Path("empty.db"));
  ASSERT_TRUE(Store::Open(Path("newer.db")));
  SQLite::Database(Path("newer.db"), SQLite::OPEN_READWRITE).exec("PRAGMA user_version=99");
  const struct {
    const char* name;
    ErrorCode code;
    const char* word;
  } kCases[] = {
      {"other.db", ErrorCode::kConflict, "another program's database"},
      {"named.db", ErrorCode::kConflict, "another program's database"},
      {"note.db", ErrorCode::kConflict, "not a chronicle"},
      {"newer.db", ErrorCode::kConflict, "newer kronik"},
      {"no/such/folder.db", ErrorCode::kIo, "folder"},
  };
  for (const auto& test : kCases) {
    auto store = Store::Open(Path(test.name));
    ASSERT_FALSE(store) << test.name;
    EXPECT_EQ(store.error().code, test.code) << test.name;
    EXPECT_THAT(store.error().ToString(), HasSubstr(test.word));
    EXPECT_THAT(store.error().where, HasSubstr(test.name));
  }
  // The other program's file is as it was: no tables, no journal beside it.
  SQLite::Database other(Path("other.db"));
  EXPECT_EQ(other.execAndGet("SELECT count(*) FROM sqlite_master").getInt(), 1);
  EXPECT_FALSE(std::filesystem::exists(Path("other.db-wal")));
  EXPECT_TRUE(Store::Open(Path("empty.db")));
  EXPECT_FALSE(Store::Open(""));
  auto missing = Store::Open(Path("missing.db"), {.create = false});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(Path("missing.db")));
}

TEST_P(StoreTest, AnArticleWithoutIdIsRefused) {
  auto store = Open();
  EXPECT_EQ(store->Put(*Report({"", "TUR", "GRC"})).error().code, ErrorCode::kInvalidInput);
}

TEST_P(StoreTest, IllFormedTextIsKeptReadable) {
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  document->actors[0].name = "Minister \xFF\xC3";
  EXPECT_TRUE(*store->Put(*document));
  EXPECT_FALSE(*store->Put(*document));
  EXPECT_EQ(Parsed(store->EventsOf("a1")).size(), 1u);
}

TEST_P(StoreTest, KilledWhileWriting) {
  Open();
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto store = Store::Open(Path());
    for (int i = 0;; ++i) {
      std::string id = "a" + std::to_string(i % 50);
      auto document = Report({id.c_str(), "TUR", i % 3 ? "GRC" : "BGR"});
      for (int n = 0; n < 40; ++n) {
        document->events.push_back(document->events[0]);
        document->events.back().event_type = "TYPE" + std::to_string(n);
      }
      if (!store || !(*store)->Put(*document)) _exit(1);
    }
  }
  auto watcher = Open();
  for (int i = 0; i < 1000 && watcher->Articles(false)->empty(); ++i) usleep(10 * 1000);
  usleep(50 * 1000);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";

  auto store = Open();
  ASSERT_NE(store, nullptr);
  auto articles = Parsed(store->Articles());
  EXPECT_FALSE(articles.empty());
  for (const Json& article : articles) {
    EXPECT_EQ(store->EventsOf(article["id"].get<std::string>())->size(), 41u);
  }
  EXPECT_TRUE(Put(*store, {"after", "TUR", "GRC"}));
  if (GetParam() != Engine::kSqlite) return;
  SQLite::Database db(Path());
  EXPECT_EQ(db.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement broken(db, "PRAGMA foreign_key_check");
  EXPECT_FALSE(broken.executeStep());
}

TEST_F(SqliteTest, AFullDiskLeavesWhatWasThere) {
  Put(*Open(), {"a1", "TUR", "GRC"});
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    rlimit limit{512 * 1024, 512 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    auto store = Store::Open(Path());
    if (!store) _exit(2);
    for (int i = 0; i < 200; ++i) {
      std::string id = "big" + std::to_string(i);
      auto document = Report({id.c_str(), "TUR", "GRC"});
      document->article.AppendBlock(BlockKind::kParagraph, std::string(20000, 'x'));
      auto put = (*store)->Put(*document);
      if (!put) _exit(put.error().code == ErrorCode::kIo && !put.error().message.empty() ? 0 : 3);
    }
    _exit(4);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  auto store = Open();
  EXPECT_TRUE(store->FindArticle("a1"));
  EXPECT_TRUE(Put(*store, {"after", "TUR", "GRC"}));
}

TEST_P(StoreTest, ManyThreadsAndTwoConnections) {
  auto one = Open(), other = Open();
  std::vector<std::thread> threads;
  std::atomic<int> failed{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Store& store = t % 2 ? *one : *other;
      for (int i = 0; i < 25; ++i) {
        std::string id = std::to_string(t) + "-" + std::to_string(i);
        if (!store.Put(*Report({id.c_str(), "TUR", "GRC"}))) ++failed;
        if (!store.Events(Between("TUR", ""))) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(one->Articles()->size(), 100u);
  EXPECT_EQ(Parsed(one->Events({})).at(0)["evidence"].size(), 100u);
}

std::vector<std::string> ArticlesOf(const Result<std::vector<std::string>>& records) {
  std::vector<std::string> articles;
  for (const Json& record : Parsed(records)) {
    articles.push_back(record.contains("article") ? record["article"] : record["id"]);
  }
  return articles;
}

// Three reports that differ in all that can be asked for.
void PutThree(Store& store) {
  const struct {
    Told told;
    const char *lang, *publisher, *sector, *context, *word;
  } kReports[] = {
      {{"a", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.9},
       "en",
       "The Post",
       "GOV",
       "diplomatic",
       "Café"},
      {{"b", "GRC", "BGR", "AID", "2024-04", EventStatus::kPlanned, 0.5},
       "id",
       "Kabar",
       "MIL",
       "military",
       "NEAR"},
      {{"c", "TUR", "TUR", "CONSULT", "", EventStatus::kNegated, 0.7},
       "en",
       "Kabar",
       "GOV",
       "military",
       "OR"},
  };
  for (const auto& report : kReports) {
    auto document = Report(report.told);
    Article& article = document->article;
    article.lang = report.lang;
    article.publisher = report.publisher;
    article.published =
        std::string("2024-0") + (report.told.id[0] == 'b' ? "5" : "3") + "-06T10:00:00Z";
    article.title = std::string("Title of ") + report.told.id;
    article.blocks.clear();
    article.text.clear();
    article.AppendBlock(BlockKind::kParagraph,
                        std::string(report.word) + " Ankara hosted ministers.");
    article.AppendBlock(BlockKind::kParagraph, "They promised a new rail line, an aide said.");
    document->events[0].sentence = {0, article.blocks[0].end};
    document->events[0].context = {report.context};
    document->statements[0].sentence = {article.blocks[1].start, article.blocks[1].end};
    for (Actor& actor : document->actors) actor.sectors = {report.sector};
    EXPECT_TRUE(*store.Put(*document));
  }
}

TEST_P(StoreTest, EveryFilter) {
  auto store = Open();
  PutThree(*store);
  using Names = std::vector<std::string>;
  const struct {
    const char* name;
    Query query;
    Names events, statements, articles;
  } kCases[] = {
      // Events by day, statements by theirs, articles newest first.
      {"all", {}, {"a", "b", "c"}, {"a", "c", "b"}, {"b", "a", "c"}},
      {"party", {.parties = {"TUR"}}, {"a", "c"}, {"a", "c"}, {"a", "c"}},
      {"parties", {.parties = {"GRC", "TUR"}}, {"a"}, {}, {"a"}},
      {"twice", {.parties = {"TUR", "TUR"}}, {"c"}, {}, {"c"}},
      {"nobody", {.parties = {"USA"}}, {}, {}, {}},
      {"sector", {.sector = "MIL"}, {"b"}, {"b"}, {"b"}},
      {"from", {.from = "2024-04-01"}, {"b"}, {"b"}, {"b"}},
      {"to", {.to = "2024-03-31"}, {"a"}, {"a", "c"}, {"a", "c"}},
      {"days", {.from = "2024-04-10", .to = "2024-04-10"}, {"b"}, {}, {}},
      {"lang", {.lang = "en"}, {"a", "c"}, {"a", "c"}, {"a", "c"}},
      {"publisher", {.publisher = "Kabar"}, {"b", "c"}, {"c", "b"}, {"b", "c"}},
      {"both", {.lang = "en", .publisher = "Kabar"}, {"c"}, {"c"}, {"c"}},
      {"event", {.text = "ankara hosted"}, {"a", "b", "c"}, {}, {"b", "a", "c"}},
      {"accent", {.text = "CAFE"}, {"a"}, {}, {"a"}},
      {"statement", {.text = "rail"}, {}, {"a", "c", "b"}, {"b", "a", "c"}},
      {"title", {.text = "title of b"}, {}, {}, {"b"}},
      {"run", {.text = "\"hosted ministers\""}, {"a", "b", "c"}, {}, {"b", "a", "c"}},
      {"no run", {.text = "\"ministers hosted\""}, {}, {}, {}},
      {"open quote", {.text = "\"hosted ministers"}, {"a", "b", "c"}, {}, {"b", "a", "c"}},
      // FTS5's own syntax means nothing.
      {"operator", {.text = "OR"}, {"c"}, {}, {"c"}},
      {"near", {.text = "NEAR(ankara hosted)"}, {"b"}, {}, {"b"}},
      {"not", {.text = "ankara NOT hosted"}, {}, {}, {}},
      {"prefix", {.text = "host*"}, {}, {}, {}},
      {"column", {.text = "sentence:ankara"}, {}, {}, {}},
      {"no word", {.text = "-- ' *"}, {}, {}, {}},
      {"sql", {.text = "x'; DROP TABLE events; --"}, {}, {}, {}},
      {"word and party", {.parties = {"GRC"}, .text = "hosted"}, {"a", "b"}, {}, {"b", "a"}},
      {"word and day", {.from = "2024-04-10", .text = "hosted"}, {"b"}, {}, {"b"}},
      {"limit", {.limit = 1}, {"a"}, {"a"}, {"b"}},
      {"offset", {.limit = 1, .offset = 1}, {"b"}, {"c"}, {"a"}},
      {"type", {.event_type = "CONSULT"}, {"a", "c"}, {"a", "c", "b"}, {"a", "c"}},
      {"context", {.context = "military"}, {"b", "c"}, {"a", "c", "b"}, {"b", "c"}},
      {"status", {.status = "planned"}, {"b"}, {"a", "c", "b"}, {"b"}},
      {"confidence", {.min_confidence = 0.7}, {"a", "c"}, {"a", "c", "b"}, {"a", "c"}},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(ArticlesOf(store->Events(test.query)), test.events) << test.name;
    EXPECT_EQ(ArticlesOf(store->Statements(test.query)), test.statements) << test.name;
    EXPECT_EQ(ArticlesOf(store->Articles(false, test.query)), test.articles) << test.name;
  }
  std::string many;
  for (int i = 0; i < 65; ++i) many += "word ";
  EXPECT_EQ(store->Events({.text = many}).error().code, ErrorCode::kInvalidInput);
}

TEST_P(StoreTest, Statistics) {
  auto store = Open();
  PutThree(*store);
  const struct {
    std::vector<std::string> by;
    Query query;
    std::vector<std::string> records;
  } kCases[] = {
      {{}, {}, {R"({"count":3,"goldstein":0.0})"}},
      {{"type"},
       {},
       {R"({"event_type":"CONSULT","count":2,"goldstein":0.0})",
        R"({"event_type":"AID","count":1,"goldstein":0.0})"}},
      {{"month", "dyad"},
       {.status = "asserted"},
       {R"({"month":"2024-03","actor":"TUR","recipient":"GRC","count":1,"goldstein":0.0})"}},
      {{"year"}, {.from = "2024"}, {R"({"year":"2024","count":2,"goldstein":0.0})"}},
  };
  for (const auto& test : kCases) EXPECT_EQ(*store->Stats(test.query, test.by), test.records);
  EXPECT_EQ(store->Stats({}, {"week"}).error().code, ErrorCode::kInvalidInput);
}

std::string Words(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += "word" + std::to_string(i) + " ";
  return text;
}

TEST_P(StoreTest, CopiesCarryOneStory) {
  EXPECT_TRUE(StoryBands("too short to tell").empty());
  const auto put = [](Store& store, const char* id, const std::string& text) {
    auto document = Report({id, "TUR", "GRC"});
    document->article.AppendBlock(BlockKind::kParagraph, text);
    EXPECT_TRUE(store.Put(*document));
  };
  const auto stories = [](const Store& store) {
    std::map<std::string, std::string> of;
    for (const Json& article : Parsed(store.Articles(false))) of[article["id"]] = article["story"];
    return of;
  };
  auto store = Open();
  put(*store, "b", Words(0, 400));
  put(*store, "c", Words(0, 395));      // cut by an editor
  put(*store, "d", Words(1000, 1400));  // another story
  put(*store, "a", "Agency " + Words(0, 400));
  EXPECT_EQ(stories(*store),
            (std::map<std::string, std::string>{{"a", "a"}, {"b", "a"}, {"c", "a"}, {"d", "d"}}));
  const Json event = Parsed(store->Events({})).at(0);
  ASSERT_EQ(event["evidence"].size(), 4u);  // none is thrown away
  for (const Json& piece : event["evidence"]) {
    EXPECT_EQ(piece["story"], piece["article"] == "d" ? "d" : "a");
  }
  // A report that becomes another leaves its story to the rest.
  put(*store, "a", Words(2000, 2400));
  EXPECT_EQ(stories(*store),
            (std::map<std::string, std::string>{{"a", "a"}, {"b", "b"}, {"c", "b"}, {"d", "d"}}));
}

// All that the chronicle says.
std::vector<std::string> Everything(const Store& store) {
  std::vector<std::string> all = *store.Events({});
  for (const auto& more : {*store.Statements({}), *store.Articles(), *store.Articles(false),
                           *store.Events({.parties = {"GRC"}, .lang = "id"}), *store.Ledger({}),
                           *store.Stats({}, {"month", "dyad", "type"})}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

TEST_P(StoreTest, AnyOrderOfReadingGivesTheSameChronicle) {
  std::mt19937 random(1);
  const auto any = [&](int below) { return std::uniform_int_distribution<>(0, below - 1)(random); };
  static constexpr const char* kCodes[] = {"TUR", "GRC", "BGR"};
  static constexpr const char* kDays[] = {"2024-03-05", "2024-03-06", "2024-03", ""};
  std::vector<std::unique_ptr<Document>> reports;
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back("r" + std::to_string(i));
  for (int i = 0; i < 40; ++i) {
    auto report =
        Report({ids[i].c_str(), kCodes[any(3)], kCodes[any(3)], any(2) ? "AID" : "CONSULT",
                kDays[any(4)], EventStatus::kAsserted, any(4) / 4.0});
    report->article.lang = any(2) ? "en" : "id";
    const int text = 1000 * any(5);
    report->article.AppendBlock(BlockKind::kParagraph, Words(text + any(10), text + 200));
    reports.push_back(std::move(report));
  }
  std::vector<std::string> first;
  for (int round = 0; round < 6; ++round) {
    auto store = OpenQuick("round" + std::to_string(round));
    if (round % 2 == 1) {
      EXPECT_TRUE(store->Begin());
    }
    for (const auto& report : reports) {
      // Some were read before, with other records and another text.
      if (any(4) != 0) continue;
      auto old = Report({report->article.id.c_str(), kCodes[any(3)], kCodes[any(3)], "YIELD"});
      old->article.AppendBlock(BlockKind::kParagraph, Words(1000 * any(5), 1000 * any(5) + 200));
      EXPECT_TRUE(store->Put(*old));
    }
    for (const auto& report : reports) EXPECT_TRUE(store->Put(*report));
    EXPECT_TRUE(store->Commit());
    if (round == 0) first = Everything(*store);
    EXPECT_EQ(Everything(*store), first) << round;
    std::shuffle(reports.begin(), reports.end(), random);
  }
}

TEST_P(StoreTest, ManyReportsOfOneEventTakeLinearTime) {
  const auto work = [&](int reports) {
    auto store = OpenQuick("reports" + std::to_string(reports));
    EXPECT_TRUE(store->Begin());
    const std::clock_t start = std::clock();  // of the processor, so that other load doesn't count
    for (int i = 0; i < reports; ++i) {
      EXPECT_TRUE(Put(*store, {("r" + std::to_string(i)).c_str(), "TUR", "GRC"}));
    }
    EXPECT_TRUE(store->Commit());
    const std::clock_t took = std::clock() - start;
    EXPECT_EQ(Parsed(store->Events({})).at(0)["evidence"].size(), static_cast<size_t>(reports));
    return static_cast<double>(took);
  };
  work(100);
  // Eight times the reports; sixty-four times the work if each looked at all before it.
  EXPECT_LT(work(1600), 30 * work(200));
}

TEST_P(StoreTest, TheProblemsOfASourceAreRemembered) {
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  document->problems = {{ErrorCode::kUnsupported, "no data for it", document->input.name},
                        {ErrorCode::kLimit, "too deep", "elsewhere:7"}};
  EXPECT_TRUE(*store->Put(*document, "source"));
  const auto problems = *store->ProblemsOf("source");
  ASSERT_TRUE(problems);
  ASSERT_EQ(problems->size(), 2u);
  EXPECT_EQ(problems->at(0).code, ErrorCode::kUnsupported);
  EXPECT_EQ(problems->at(0).ToString(), "no data for it");
  EXPECT_EQ(problems->at(1).ToString(), "elsewhere:7: too deep");
  // The same records from a source without problems.
  document->problems.clear();
  EXPECT_FALSE(*store->Put(*document, "another"));
  EXPECT_TRUE((*store->ProblemsOf("another"))->empty());
}

TEST_P(StoreTest, PagesOfOneAddressAreKnownAfterOneReading) {
  int64_t now = 1000000;
  StoreOptions options{.now = [&] { return now; }};
  const std::string path = Path();
  auto store = std::move(*Store::Open(path, options));
  const auto first = Report({"a1", "TUR", "GRC"}), second = Report({"a1", "TUR", "BGR"});
  EXPECT_TRUE(*store->Put(*first, "first"));
  now += 600;
  EXPECT_TRUE(*store->Put(*second, "second"));
  EXPECT_TRUE(*store->ProblemsOf("first"));
  EXPECT_TRUE(*store->ProblemsOf("second"));
  // A later reading finds a third page, and then the first once more.
  now += 600;
  store = std::move(*Store::Open(path, options));
  EXPECT_TRUE(*store->ProblemsOf("first"));
  EXPECT_TRUE(*store->Put(*Report({"a1", "TUR", "ALB"}), "third"));
  EXPECT_FALSE(*store->ProblemsOf("first"));
  EXPECT_FALSE(*store->ProblemsOf("second"));
  EXPECT_TRUE(*store->ProblemsOf("third"));
  // A program that goes on for days reads more than once.
  now += 100000;
  EXPECT_TRUE(*store->Put(*first, "first"));
  EXPECT_FALSE(*store->ProblemsOf("third"));
  EXPECT_TRUE(*store->ProblemsOf("first"));
}

TEST_P(StoreTest, ABatchIsCommittedAtOnce) {
  int64_t now = 1000000;
  auto store = std::move(*Store::Open(Path(), {.now = [&] { return now; }}));
  auto other = Open();
  EXPECT_TRUE(store->Begin());
  auto document = Report({"a1", "TUR", "GRC"});
  EXPECT_TRUE(*store->Put(*document, "source"));
  EXPECT_TRUE(*store->ProblemsOf("source"));
  EXPECT_FALSE(store->Put(*Report({"", "TUR", "GRC"})));  // the rest of the batch stays
  EXPECT_TRUE(other->Articles()->empty());
  EXPECT_TRUE(store->Commit());
  EXPECT_EQ(other->Articles()->size(), 1u);
  EXPECT_TRUE(*other->ProblemsOf("source"));
  EXPECT_FALSE(*other->ProblemsOf("another"));
  // What replaces an article came from elsewhere.
  now += 100000;
  EXPECT_TRUE(*store->Put(*Report({"a1", "TUR", "BGR"}), "another"));
  EXPECT_TRUE(store->Commit());
  EXPECT_FALSE(*other->ProblemsOf("source"));
  EXPECT_TRUE(*other->ProblemsOf("another"));
  // What is not committed is gone with the store.
  EXPECT_TRUE(*store->Put(*Report({"a2", "TUR", "GRC"})));
  store.reset();
  EXPECT_EQ(other->Articles()->size(), 1u);
}

TEST_P(StoreTest, WhatAServerSaidOfAnAddress) {
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  document->input.url = "https://news.example/1";
  EXPECT_TRUE(*store->Put(*document));
  EXPECT_EQ(*store->Recall("https://news.example/1", "v1"), Validators());
  const Validators said{"\"abc\"", "Tue, 14 Jan 2025 09:30:00 GMT"};
  EXPECT_TRUE(store->Remember("https://news.example/1", "v1", {"\"old\"", ""}));
  EXPECT_TRUE(store->Remember("https://news.example/1", "v1", said));
  EXPECT_EQ(*store->Recall("https://news.example/1", "v1"), said);
  EXPECT_EQ(*store->Recall("https://news.example/1", "v2"), Validators());
  EXPECT_EQ(*store->Recall("https://news.example/2", "v1"), Validators());
  // The same report again changes nothing; another one of that address does.
  EXPECT_FALSE(*store->Put(*document));
  EXPECT_EQ(*store->Recall("https://news.example/1", "v1"), said);
  auto other = Report({"a1", "TUR", "BGR"});
  other->input.url = "https://news.example/1";
  EXPECT_TRUE(*store->Put(*other));
  EXPECT_EQ(*store->Recall("https://news.example/1", "v1"), Validators());
}

TEST_F(SqliteTest, AChronicleOfTheFirstVersionIsBroughtUpToDate) {
  {
    auto store = Open();
    PutThree(*store);
  }
  auto expected = Everything(*Open());
  {
    // The same reports as the first version wrote them.
    SQLite::Database db(Path("old.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(kMigrations[0].sqlite);
    db.exec("ATTACH '" + Path() + "' AS now");
    db.exec(
        "INSERT INTO main.articles SELECT id, fingerprint, url, publisher, lang, published,"
        " title, record FROM now.articles");
    db.exec(
        "INSERT INTO main.events SELECT id, event_type, mode, cameo, quad_category, status,"
        " day_from, day_to, '' FROM now.events");
    db.exec(
        "INSERT INTO main.evidence SELECT article, ordinal,"
        " (SELECT id FROM now.events e WHERE e.number = event), id, confidence, record"
        " FROM now.evidence");
    db.exec(
        "INSERT INTO main.statements SELECT article, ordinal, id, NULL, code, kind, '', record"
        " FROM now.statements");
    db.exec("INSERT INTO main.commitments SELECT * FROM now.commitments");
    db.exec("PRAGMA application_id=" + std::to_string(kApplicationId) + "; PRAGMA user_version=1");
  }
  auto store = Store::Open(Path("old.db"));
  ASSERT_TRUE(store) << store.error().ToString();
  EXPECT_EQ(Everything(**store), expected);
  EXPECT_EQ(ArticlesOf((*store)->Events({.text = "cafe"})), std::vector<std::string>{"a"});
  EXPECT_EQ((*store)->Events({.since = "2020-01-01"})->size(), (*store)->Events({})->size());
  EXPECT_TRUE(Put(**store, {"new", "TUR", "GRC"}));
}

// Forty reports of few parties, days and texts, so that many tell of the same.
std::vector<std::unique_ptr<Document>> ManyReports() {
  std::mt19937 random(2);
  const auto any = [&](int below) { return std::uniform_int_distribution<>(0, below - 1)(random); };
  static constexpr const char* kCodes[] = {"TUR", "GRC", "BGR"};
  static constexpr const char* kDays[] = {"2024-03-05", "2024-03", ""};
  std::vector<std::unique_ptr<Document>> reports;
  for (int i = 0; i < 40; ++i) {
    const std::string id = "r" + std::to_string(i);
    auto report = Report({id.c_str(), kCodes[any(3)], kCodes[any(3)], any(2) ? "AID" : "CONSULT",
                          kDays[any(3)], EventStatus::kAsserted, any(4) / 4.0});
    report->article.lang = any(2) ? "en" : "id";
    report->article.publisher = any(2) ? "Herald" : "herald";
    const int text = 1000 * any(5);
    report->article.AppendBlock(BlockKind::kParagraph, Words(text + any(10), text + 200));
    reports.push_back(std::move(report));
  }
  return reports;
}

// Rows of one chronicle to another, whose tables may be older. Numbers go as text, which both
// engines take for numbers.
void CopyRows(Database& from, Database& to, const std::string& select, int columns,
              const std::string& insert) {
  const auto rows = from.Started({select, {}});
  const auto target = to.Prepare(insert);
  while (rows->Step()) {
    std::vector<std::string> cells;
    for (int column = 0; column < columns; ++column) cells.emplace_back(rows->Text(column));
    target->Run(std::vector<Value>(cells.begin(), cells.end()));
  }
}

// The tables of the fourth version, from those of now.
void WriteFourthVersion(Database& now, Database& old) {
  const auto copy = [&](const char* table, const std::string& columns, int count) {
    std::string marks = "?";
    for (int i = 1; i < count; ++i) marks += ", ?";
    CopyRows(now, old, "SELECT " + columns + " FROM " + table, count,
             "INSERT INTO " + std::string(table) + " (" + columns + ") VALUES (" + marks + ")");
  };
  copy("articles", "number, id, fingerprint, url, publisher, lang, published, title, story, record",
       10);
  copy("events",
       "number, id, best, event_type, mode, cameo, quad_category, goldstein, confidence, status,"
       " day, day_from, day_to",
       13);
  copy("evidence", "number, article, ordinal, event, id, confidence, record", 7);
  copy("statements", "number, article, ordinal, id, code, addressee, kind, day, record", 9);
  copy("commitments",
       "article, ordinal, id, kind, status, made, made_to, term_from, term_to, record", 10);
  copy("facets", "id, kind, value", 3);
  copy("event_facets", "event, facet, day", 3);
  copy("story_bands", "band, article", 2);
  copy("changes", "id, kind, first_seen, last_changed, withdrawn, record", 6);
  old.Run("INSERT INTO actors VALUES (1, '', '', '')");
  const auto events = now.Started({"SELECT number, actors, recipients FROM events", {}});
  while (events->Step()) {
    for (const auto& [role, column] : {std::pair("actor", 1), {"recipient", 2}}) {
      int64_t ordinal = 0;
      for (const std::string& code : LinesOf(events->Text(column))) {
        old.Run("INSERT INTO event_actors VALUES (?, ?, ?, 1, ?)", events->Integer(0), role,
                ordinal++, code);
      }
    }
  }
  for (const auto& [table, words] : {std::pair("evidence", Database::kEvidenceWords),
                                     {"statements", Database::kStatementWords}}) {
    const auto rows = now.Started({"SELECT number, record FROM " + std::string(table), {}});
    while (rows->Step()) {
      const Json sentence = Json::parse(rows->Text(1)).value("sentence", Json::object());
      old.AddWords(words, rows->Integer(0), {sentence.value("text", "")});
    }
  }
  const auto articles = now.Started({"SELECT number, title, record FROM articles", {}});
  while (articles->Step()) {
    old.AddWords(Database::kArticleWords, articles->Integer(0),
                 {articles->Text(1), Json::parse(articles->Text(2))["text"].get<std::string>()});
  }
}

TEST_P(StoreTest, AChronicleOfTheFourthVersionIsBroughtUpToDate) {
  const std::vector<std::unique_ptr<Document>> reports = ManyReports();
  auto fresh = Open();
  for (size_t i = 0; i < reports.size(); ++i) {
    // Half of them are to become others.
    auto early = Report({reports[i]->article.id.c_str(), "TUR", "BGR", "YIELD"});
    early->article.AppendBlock(BlockKind::kParagraph, Words(0, 200));
    EXPECT_TRUE(fresh->Put(i % 2 == 0 ? *early : *reports[i]));
  }
  const auto expected = Everything(*fresh);
  {
    auto now = std::move(*Database::Open(Path(), false));
    auto old = std::move(*Database::Open(Path("old.db"), true));
    old->BeginUpgrade();
    for (int version = 1; version <= 4; ++version) old->Upgrade(version);
    WriteFourthVersion(*now, *old);
    old->CommitUpgrade(4);
  }
  auto store = Store::Open(Path("old.db"));
  ASSERT_TRUE(store) << store.error().ToString();
  EXPECT_EQ(Everything(**store), expected);
  const Query party{.parties = {"BGR"}, .text = "ankara"};
  EXPECT_EQ(*(*store)->Events(party), *fresh->Events(party));
  for (const auto& report : reports) {
    EXPECT_TRUE(fresh->Put(*report));
    EXPECT_TRUE((*store)->Put(*report));
  }
  EXPECT_EQ(Everything(**store), Everything(*fresh));
  EXPECT_EQ((*store)->Count({})->codes, fresh->Count({})->codes);
}

TEST_P(StoreTest, ProcessesMayWriteInAnyOrder) {
  constexpr unsigned kWriters = 4;
  std::vector<std::unique_ptr<Document>> reports = ManyReports();
  const std::string path = Path();
  std::vector<pid_t> writers;
  for (unsigned writer = 0; writer < kWriters; ++writer) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      // All make the tables and put the same reports, each in an order of its own.
      std::shuffle(reports.begin(), reports.end(), std::mt19937(writer));
      auto store = Store::Open(path);
      bool done = store.has_value();
      if (done && writer % 2 == 1) done = (*store)->Begin().has_value();
      for (size_t i = 0; done && i < reports.size(); ++i) {
        done = (*store)->Put(*reports[i], "source of " + reports[i]->article.id).has_value();
        if (done && i % 10 == 9) done = (*store)->Commit().has_value();
      }
      _exit(done ? 0 : 1);
    }
    writers.push_back(child);
  }
  for (pid_t writer : writers) {
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_EQ(status, 0);
  }
  auto alone = std::move(*Store::Open(":memory:"));
  for (const auto& report : reports) EXPECT_TRUE(alone->Put(*report));
  EXPECT_EQ(Everything(*Open()), Everything(*alone));
  EXPECT_EQ(Count("sources"), 40);
}

TEST_P(StoreTest, ANulInATextLosesNoReport) {
  using namespace std::string_literals;
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  Article& article = document->article;
  article.title = "Ministers\0meet"s;
  article.publisher = "The\0Post"s;
  article.AppendBlock(BlockKind::kParagraph, "A second round\0follows \\\\u0000."s);
  document->actors[0].name = "Minister\0of TUR"s;
  document->actors[0].sectors = {"GOV"};
  EXPECT_TRUE(*store->Put(*document));
  EXPECT_FALSE(*store->Put(*document));
  EXPECT_EQ(Json::parse(*store->FindArticle("a1"))["text"], article.text);
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["actor"][0]["name"], document->actors[0].name);
  EXPECT_EQ(store->Statements({.sector = "GOV"})->size(), 1u);
  EXPECT_TRUE(store->Statements({.sector = "MIL"})->empty());
  EXPECT_EQ(store->Articles(true, {.text = "second round"})->size(), 1u);
  EXPECT_EQ(store->Articles(false, {.text = "meet"})->size(), 1u);
  EXPECT_TRUE(store->Articles(false, {.text = "follows"})->empty());  // nothing after it is found
}

TEST_P(StoreTest, LongNamesLoseNoReport) {
  std::mt19937 random(3);
  std::string name;  // too long for an index of PostgreSQL, and not to be compressed
  for (int i = 0; i < 20000; ++i) name += static_cast<char>('!' + random() % 90);
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  document->article.publisher = name;
  document->article.title = name;
  document->actors[0].name = name;
  document->actors[1].code = "";
  document->actors[1].name = name;
  document->events[0].context = {name};
  EXPECT_TRUE(*store->Put(*document));
  EXPECT_FALSE(*store->Put(*document));
  EXPECT_EQ(Got(store->Events({.publisher = name, .context = name})).size(), 1u);
  EXPECT_EQ(Got(store->Articles(false, {.publisher = name})).size(), 1u);
}

TEST_P(PostgresTest, AnswersAsSqliteDoes) {
  const char* const kTexts[] = {
      "Presiden Joko Widodo bertemu Erdoğan di İstanbul; ıspanak, straße, ŒUVRE",
      "Ångström and A\u030Angstrom, Zürich, \u1E9E, ﬁnance, №5, x²",
      "Москва: Йошкар-Ола, ёлка. 東京で会談した。 서울에서 회담 العربية हिन्दी",
      "well-known O'Brien's \U0001F600 e-mail_address don't 3.14 1,000"};
  auto reference = std::move(*Store::Open(":memory:"));
  auto store = Open();
  std::vector<std::unique_ptr<Document>> reports = ManyReports();
  for (size_t i = 0; i < reports.size(); ++i) {
    Article& article = reports[i]->article;
    article.title = i % 2 ? "Élan" : "élan vital " + article.id;
    article.AppendBlock(BlockKind::kParagraph, kTexts[i % std::size(kTexts)]);
    reports[i]->events[0].sentence = {article.blocks.back().start, article.blocks.back().end};
    if (i == 7) article.AppendBlock(BlockKind::kParagraph, std::string(5000, 'x') + " longest");
    EXPECT_TRUE(reference->Put(*reports[i]));
    EXPECT_TRUE(store->Put(*reports[i]));
  }
  EXPECT_EQ(Everything(*store), Everything(*reference));
  // One search a line.
  std::string searches = R"(erdogan
ERDOĞAN istanbul
ıspanak
ispanak
strasse
straße
œuvre
angstrom
zurich
ß
finance
ﬁnance
5
x2
москва
Йошкар
елка
東京
東京で会談した
서울에서
العربية
हिन्दी
"joko widodo"
"widodo joko"
"o'brien's"
o'brien
s
e-mail_address
email
3.14
"1 000"
1000
élan vital
elan
"vital r3"
"r3 cafe"
😀
"😀" email
longest
%
_
\
)";
  searches += std::string(5000, 'X') + '\n' + std::string(4999, 'X') + '\n';
  std::istringstream lines(searches);
  for (std::string words; std::getline(lines, words);) {
    for (const char* lang : {"", "id"}) {
      const Query query{.lang = lang, .text = words};
      EXPECT_EQ(Got(store->Events(query)), Got(reference->Events(query))) << words;
      EXPECT_EQ(Got(store->Articles(false, query)), Got(reference->Articles(false, query)))
          << words;
      EXPECT_EQ(Got(store->Statements(query)), Got(reference->Statements(query))) << words;
    }
  }
  for (const char* publisher : {"Herald", "herald", "HERALD"}) {
    EXPECT_EQ(Got(store->Events({.publisher = publisher})),
              Got(reference->Events({.publisher = publisher})));
  }
}

TEST_P(PostgresTest, OnlyItsOwnDatabases) {
  ManageIn("other", "CREATE TABLE songs (name text)");
  EXPECT_TRUE(Store::Open(Path("newer")));
  ManageIn("newer", "UPDATE kronik_chronicle SET version = 99");
  Path("empty");
  const struct {
    std::string url;
    ErrorCode code;
    const char* word;
  } kCases[] = {
      {Path("other"), ErrorCode::kConflict, "another program's database"},
      {Path("newer"), ErrorCode::kConflict, "newer kronik"},
      {Path("empty"), ErrorCode::kNotFound, "no chronicle here"},
      {GetParam() + std::string("nowhere"), ErrorCode::kIo, "does not exist"},
      {Path("empty") + "?options=-csearch_path%3Dnowhere", ErrorCode::kNotFound, "no chronicle"},
      {"postgresql://%zz", ErrorCode::kInvalidInput, "URL"},
  };
  for (const auto& test : kCases) {
    auto store = Store::Open(test.url, {.create = false});
    ASSERT_FALSE(store) << test.url;
    EXPECT_EQ(store.error().code, test.code) << test.url;
    EXPECT_THAT(store.error().ToString(), HasSubstr(test.word));
  }
  auto nowhere = Store::Open(Path("empty") + "?options=-csearch_path%3Dnowhere");
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().ToString(), HasSubstr("schema"));
  Manage(
      "CREATE DATABASE test_latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER 'libc' TEMPLATE "
      "template0");
  auto latin = Store::Open(GetParam() + std::string("test_latin"));
  Manage("DROP DATABASE test_latin WITH (FORCE)");
  ASSERT_FALSE(latin);
  EXPECT_EQ(latin.error().code, ErrorCode::kUnsupported);
}

TEST_P(PostgresTest, NoErrorTellsThePassword) {
  for (const char* url :
       {"postgresql://user:s3cret@127.0.0.1:1/x", "postgresql://user:s3cret@/x?host=/nowhere",
        "postgresql://user@127.0.0.1:1/x?password=s3cret", "postgres://user:s3cret@[::1]:1/x",
        "postgresql://user:with/s3cret@127.0.0.1/x", "postgresql://user:s3cret@more@127.0.0.1:1/x",
        "postgresql://user:s3cret%zz@127.0.0.1/x", "postgresql://user:s3cret@127.0.0.1/x?odd=1",
        "postgresql://user:s3cret@no.such.host.example:1/x?connect_timeout=2"}) {
    auto store = Store::Open(url);
    ASSERT_FALSE(store) << url;
    EXPECT_THAT(store.error().ToString(), ::testing::Not(HasSubstr("s3cret"))) << url;
    EXPECT_THAT(store.error().ToString(), HasSubstr("postgresql://"));
    EXPECT_EQ(store.error().ToString().find('\n'), std::string::npos);
  }
}

TEST_P(PostgresTest, ALostConnectionIsMadeAgain) {
  auto store = Open();
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "GRC"}));
  Disconnect();
  auto lost = store->Put(*Report({"a2", "TUR", "GRC"}));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::kIo);
  EXPECT_THAT(lost.error().ToString(), HasSubstr("connection was lost"));
  EXPECT_EQ(store->Articles()->size(), 1u);
  EXPECT_TRUE(Put(*store, {"a2", "TUR", "GRC"}));
  Disconnect();
  EXPECT_EQ(store->Events({}).error().code, ErrorCode::kIo);
  EXPECT_EQ(store->Events({})->size(), 1u);

  // In a batch what was not committed is lost, and said to be.
  EXPECT_TRUE(store->Begin());
  EXPECT_TRUE(Put(*store, {"b1", "TUR", "GRC"}));
  Disconnect();
  EXPECT_FALSE(store->Put(*Report({"b2", "TUR", "GRC"})));
  EXPECT_TRUE(Put(*store, {"b3", "TUR", "GRC"}));
  EXPECT_TRUE(store->Commit());
  EXPECT_TRUE(Put(*store, {"b4", "TUR", "GRC"}));
  Disconnect();
  EXPECT_FALSE(store->Commit());
  EXPECT_EQ(ArticlesOf(store->Articles()), (std::vector<std::string>{"a1", "a2", "b3"}));
}

}  // namespace
}  // namespace kronik
