#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/web_files.h"

namespace kronik {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() : store_(std::move(*Store::Open(":memory:"))), server_(*store_) {
    for (const char* id : {"one", "two"}) {
      Document document;
      document.input.name = id;
      document.article.id = id;
      document.article.title = "<script>alert(1)</script>";
      document.article.AppendBlock(BlockKind::kParagraph, "Envoys met in Bern.");
      Actor actor;
      actor.code = "CHE";
      document.actors.push_back(actor);
      Event event;
      event.event_type = "CONSULT";
      event.actor = {{0, {0, 6}}};
      event.date = {"2024-05-01", "2024-05-01"};
      event.trigger = {7, 10};
      event.sentence = {0, 19};
      document.events.push_back(event);
      EXPECT_TRUE(*store_->Put(document));
    }
    auto port = server_.Bind(0);
    EXPECT_TRUE(port);
    port_ = *port;
    thread_ = std::thread([this] { EXPECT_TRUE(server_.Run()); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", port_);
    client_->set_keep_alive(true);
  }
  ~ServerTest() override {
    client_.reset();
    server_.Stop();
    thread_.join();
  }

  std::unique_ptr<Store> store_;
  Server server_;
  int port_ = 0;
  std::thread thread_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(ServerTest, Answers) {
  const struct {
    std::string path;
    int status;
    const char* word;
  } kCases[] = {
      {"/", 200, "<!doctype html>"},
      {"/app.js", 200, "textContent"},
      {"/style.css", 200, "color-scheme"},
      {"/api/articles", 200, "\"event_count\":1"},
      {"/api/articles/one", 200, "\"commitments\":[]"},
      {"/api/articles/three", 404, "error"},
      {"/api/articles/..%2F..%2Fetc%2Fpasswd", 404, "error"},
      {"/api/events?party=CHE&from=2024-05-01&to=2024-05&type=CONSULT", 200, "\"more\":false"},
      {"/api/events?party=FRA", 200, "\"events\":[]"},
      {"/api/commitments?party=CHE", 200, "\"commitments\":[]"},
      {"/api/events?party=A%27%20OR%201", 400, "party"},
      {"/api/events?party=A&party=B&party=C", 400, "two"},
      {"/api/events?from=yesterday", 400, "from"},
      {"/api/events?limit=-1", 400, "limit"},
      {"/api/events?limit=99999999999999999999", 400, "limit"},
      {"/api/events?colour=red", 400, "no such parameter"},
      {"/../server.cc", 404, "error"},
      {"/" + std::string(8000, 'a'), 404, "error"},
      {"/" + std::string(9000, 'a'), 414, ""},
  };
  for (const auto& test : kCases) {
    auto answer = client_->Get(test.path.c_str());
    ASSERT_TRUE(answer) << test.path;
    EXPECT_EQ(answer->status, test.status) << test.path;
    EXPECT_THAT(answer->body, HasSubstr(test.word)) << test.path;
    if (test.status == 414) continue;
    EXPECT_THAT(answer->get_header_value("Content-Security-Policy"),
                HasSubstr("default-src 'none'"));
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
  }
}

TEST_F(ServerTest, Pages) {
  auto answer = client_->Get("/api/articles?limit=1&offset=1");
  Json page = Json::parse(answer->body);
  EXPECT_EQ(page["articles"].size(), 1u);
  EXPECT_EQ(page["more"], false);
  EXPECT_EQ(Json::parse(client_->Get("/api/articles?limit=1")->body)["more"], true);
  EXPECT_EQ(Json::parse(client_->Get("/api/articles?offset=9")->body)["articles"].size(), 0u);
  Json events = Json::parse(client_->Get("/api/events?limit=1")->body);
  ASSERT_EQ(events["events"].size(), 1u);  // two reports, one event
  EXPECT_EQ(events["more"], false);
  EXPECT_EQ(events["events"][0]["evidence"].size(), 2u);
}

TEST_F(ServerTest, OnlyItsOwnNameAndGet) {
  for (const char* host : {"evil.example", "127.0.0.1.evil.example:80", ""}) {
    auto answer = client_->Get("/api/articles", {{"Host", host}});
    ASSERT_TRUE(answer) << host;
    EXPECT_GE(answer->status, 400) << host;
  }
  EXPECT_EQ(client_->Get("/api/articles", {{"Host", "localhost:1"}})->status, 200);
  EXPECT_EQ(client_->Post("/api/articles", "x", "text/plain")->status, 405);
  EXPECT_EQ(client_->Delete("/api/articles/one")->status, 405);
  httplib::Client big("127.0.0.1", port_);
  auto answer = big.Post("/api/articles", std::string(1 << 20, 'x'), "text/plain");
  EXPECT_TRUE(!answer || answer->status >= 400);
  EXPECT_EQ(client_->Get("/api/articles")->status, 200);
}

TEST_F(ServerTest, LongHeadersDoNoHarm) {
  for (const char* name : {"Range", "Accept", "Cookie", "Accept-Encoding", "Content-Type"}) {
    httplib::Client client("127.0.0.1", port_);
    std::string value = "bytes=0-1";
    while (value.size() < 8000) value += ",0-1";
    (void)client.Get("/api/articles", {{name, value}});
  }
  EXPECT_EQ(client_->Get("/api/articles")->status, 200);
}

TEST_F(ServerTest, ATakenPortIsAnError) {
  Server other(*store_);
  auto port = other.Bind(port_);
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, ErrorCode::kIo);
  EXPECT_FALSE(other.Bind(70000));
}

TEST(Server, StopsBeforeAndWhileItBegins) {
  auto store = std::move(*Store::Open(":memory:"));
  for (int i = 0; i < 30; ++i) {
    Server server(*store);
    ASSERT_TRUE(server.Bind(0));
    std::thread thread([&] { EXPECT_TRUE(server.Run()); });
    std::this_thread::sleep_for(std::chrono::microseconds(i * 20));
    server.Stop();
    thread.join();
  }
}

// What strangers wrote becomes text, never markup.
TEST(WebFiles, NoMarkupFromText) {
  for (const char* word :
       {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "srcdoc"}) {
    EXPECT_EQ(kAppJs.find(word), std::string_view::npos) << word;
  }
  for (const char* word : {"style=", "onclick", "http://", "https://"}) {
    EXPECT_EQ(kIndexHtml.find(word), std::string_view::npos) << word;
  }
}

}  // namespace
}  // namespace kronik
