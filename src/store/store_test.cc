#include "kronik/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "store/schema.h"

namespace kronik {
namespace {

EventQuery Between(std::string_view a, std::string_view b, std::string_view from = {},
                   std::string_view to = {}) {
  EventQuery query;
  query.a = a;
  query.b = b;
  query.from = from;
  query.to = to;
  return query;
}

using Json = nlohmann::ordered_json;
using ::testing::HasSubstr;

// A folder that goes with the test.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    std::string name = ::testing::TempDir() + "kronik_store_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~StoreTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name = "kronik.db") const { return folder_ + "/" + name; }
  std::unique_ptr<Store> Open(StoreOptions options = {}) const {
    auto store = Store::Open(Path(), options);
    EXPECT_TRUE(store) << (store ? "" : store.error().ToString());
    return store ? std::move(*store) : nullptr;
  }
  int64_t Count(const std::string& table) const {
    SQLite::Database db(Path());
    return db.execAndGet("SELECT count(*) FROM " + table).getInt64();
  }

 private:
  std::string folder_;
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

std::vector<Json> Parsed(const Result<std::vector<std::string>>& records) {
  EXPECT_TRUE(records) << (records ? "" : records.error().ToString());
  std::vector<Json> parsed;
  if (records) {
    for (const std::string& record : *records) parsed.push_back(Json::parse(record));
  }
  return parsed;
}

TEST_F(StoreTest, ReadingTwiceChangesNothing) {
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

TEST_F(StoreTest, AnotherReadingReplacesTheRecords) {
  auto store = Open();
  Put(*store, {"a1", "TUR", "GRC"});
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "BGR", "AID"}));
  auto events = Parsed(store->Events({}));
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0]["event_type"], "AID");
  EXPECT_TRUE(store->Events(Between("GRC", ""))->empty());
  EXPECT_EQ(store->Ledger()->size(), 1u);
  EXPECT_EQ(Count("actors"), 2);  // the Greek minister is nobody's any more
  EXPECT_EQ(Count("evidence"), 1);
}

TEST_F(StoreTest, OneEventOfSeveralArticles) {
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

TEST_F(StoreTest, TheOrderOfReadingMakesNoDifference) {
  const Told kTold[] = {{"a1", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.7},
                        {"a2", "TUR", "GRC", "CONSULT", "2024-03-05", EventStatus::kAsserted, 0.7},
                        {"a3", "TUR", "GRC"}};
  auto one = std::move(*Store::Open(Path("one.db")));
  auto other = std::move(*Store::Open(Path("other.db")));
  for (int i : {0, 1, 2}) Put(*one, kTold[i]);
  for (int i : {2, 1, 0}) Put(*other, kTold[i]);
  EXPECT_EQ(*one->Events({}), *other->Events({}));
}

TEST_F(StoreTest, EventsWithoutDayOrActorStayApart) {
  auto store = Open();
  for (const char* id : {"a1", "a2"}) Put(*store, {id, "TUR", "GRC", "CONSULT", ""});
  auto nobody = Report({"a3", "TUR", "GRC"});
  nobody->events[0].actor.clear();
  nobody->events.push_back(nobody->events[0]);
  nobody->events[1].trigger = nobody->events[0].sentence;
  EXPECT_TRUE(*store->Put(*nobody));
  EXPECT_EQ(store->Events({})->size(), 4u);
}

TEST_F(StoreTest, TimelineByPartyAndDay) {
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
  EventQuery query;
  query.limit = 1;
  query.offset = 1;
  EXPECT_EQ(Parsed(store->Events(query)).at(0)["article"], "day");
}

TEST_F(StoreTest, LedgerByParties) {
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

TEST_F(StoreTest, ArticlesWholeAndShort) {
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

TEST_F(StoreTest, KeepsAsMuchTextAsAskedFor) {
  auto store = Open({.keep = Keep::kEvidence});
  Put(*store, {"a1", "TUR", "GRC"});
  EXPECT_EQ(Parsed(store->Articles()).at(0)["text"], "");
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["text"], "hosted");
  store = Open({.keep = Keep::kOffsets});
  EXPECT_TRUE(Put(*store, {"a1", "TUR", "GRC"}));
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["text"], "");
  EXPECT_EQ(Parsed(store->EventsOf("a1")).at(0)["trigger"]["start"], 12);
}

TEST_F(StoreTest, OnlyItsOwnFiles) {
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

TEST_F(StoreTest, AnArticleWithoutIdIsRefused) {
  auto store = Open();
  EXPECT_EQ(store->Put(*Report({"", "TUR", "GRC"})).error().code, ErrorCode::kInvalidInput);
}

TEST_F(StoreTest, IllFormedTextIsKeptReadable) {
  auto store = Open();
  auto document = Report({"a1", "TUR", "GRC"});
  document->actors[0].name = "Minister \xFF\xC3";
  EXPECT_TRUE(*store->Put(*document));
  EXPECT_FALSE(*store->Put(*document));
  EXPECT_EQ(Parsed(store->EventsOf("a1")).size(), 1u);
}

TEST_F(StoreTest, KilledWhileWriting) {
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
  SQLite::Database db(Path());
  EXPECT_EQ(db.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement broken(db, "PRAGMA foreign_key_check");
  EXPECT_FALSE(broken.executeStep());
}

TEST_F(StoreTest, AFullDiskLeavesWhatWasThere) {
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

TEST_F(StoreTest, ManyThreadsAndTwoConnections) {
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

}  // namespace
}  // namespace kronik
