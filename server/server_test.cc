#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "kronik/pipeline.h"
#include "kronik/resources.h"
#include "server/places.h"
#include "server/web_files.h"

namespace kronik {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

// Takes the whole input as one paragraph: the tests need no models.
class OneParagraph : public Stage {
 public:
  std::string_view name() const override { return "one paragraph"; }
  Layers needs() const override { return kInputBytes; }
  Layers adds() const override { return kArticle; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    if (document.input.bytes == "nothing") {
      return Error{ErrorCode::kInvalidInput, "the input holds no report", ""};
    }
    document.article.id = "read";
    document.article.lang = document.input.lang;
    document.article.AppendBlock(BlockKind::kParagraph, document.input.bytes);
    return {};
  }
};

Pipeline FakePipeline() {
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<OneParagraph>());
  return std::move(*Pipeline::Of(std::move(stages)));
}

Document& Fill(Document& document, const char* id) {
  document.input.name = id;
  Article& article = document.article;
  article.id = id;
  article.url = std::string("https://news.example/") + id;
  article.title = std::string("<script>alert(1)</script> ") + id;
  article.published = "2024-05-02";
  article.related = {{"<script>alert(1)</script> one", ""}, {"elsewhere", "https://x.example/"}};
  article.residue = {{"footer", "SECRET footer"}};
  article.AppendBlock(BlockKind::kParagraph, "It rained.");
  article.AppendBlock(BlockKind::kParagraph, "Envoys met Peru in Bern. SECRET rest.");
  document.actors.resize(2);
  document.actors[0].code = "CHE";
  document.actors[1].code = "PER";
  Event event;
  event.event_type = "CONSULT";
  event.quad_category = 1;
  event.goldstein = 4;
  event.actor = {{0, {12, 18}}};
  event.recipient = {{1, {23, 27}}};
  event.date = {"2024-05-01", "2024-05-01"};
  event.place = "Jenewa";
  event.trigger = {19, 22};
  event.sentence = {12, 36};
  document.events.push_back(event);
  Commitment commitment;
  commitment.parties = {{{0, {12, 18}}, PartyRole::kBound}};
  commitment.status = CommitmentStatus::kBroken;
  commitment.sentence = {12, 36};
  commitment.made = {"2024-05-01", "2024-05-01"};
  document.commitments.push_back(commitment);
  return document;
}

class ServerTest : public ::testing::Test {
 protected:
  explicit ServerTest(ServerOptions options = {}, ApiOptions api_options = {})
      : store_(std::move(*Store::Open(":memory:"))),
        resources_(std::move(*Resources::Open())),
        pipeline_(FakePipeline()),
        api_(std::move(*Api::Load(*store_, resources_, pipeline_, api_options))),
        server_(*api_, options) {
    for (const char* id : {"one", "two"}) {
      Document document;
      EXPECT_TRUE(*store_->Put(Fill(document, id)));
    }
    auto port = server_.Bind(0);
    EXPECT_TRUE(port);
    port_ = *port;
    thread_ = std::thread([this] { EXPECT_TRUE(server_.Run()); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", port_);
  }
  ~ServerTest() override {
    client_.reset();
    server_.Stop();
    thread_.join();
  }

  Json GetJson(const std::string& path) {
    auto answer = client_->Get(path.c_str());
    return answer ? Json::parse(answer->body) : Json();
  }

  std::unique_ptr<Store> store_;
  Resources resources_;
  Pipeline pipeline_;
  std::unique_ptr<Api> api_;
  Server server_;
  int port_ = 0;
  std::thread thread_;
  std::unique_ptr<httplib::Client> client_;
};

TEST(PlaceTable, KnowsPlacesAndCountriesByTheirNames) {
  const PlaceTable places = std::move(*PlaceTable::Load(*Resources::Open()));
  const struct {
    const char* words;
    const char* name;
    const char* country;
    bool lies;  // somewhere that is told
  } kCases[] = {
      {"Jenewa", "Geneva", "CHE", true},
      {"GENEVA", "Geneva", "CHE", true},
      {"Geneva, Switzerland", "Geneva", "CHE", true},
      {"Swiss", "", "CHE", false},
      {"Fiji", "", "FJI", false},                   // though the table of places has it
      {"Puerto Rico", "Puerto Rico", "PRI", true},  // though its people are counted with the USA
  };
  for (const auto& one : kCases) {
    const PlaceTable::Place* place = places.Find(one.words);
    ASSERT_NE(place, nullptr) << one.words;
    EXPECT_EQ(place->name, one.name);
    EXPECT_EQ(place->country, one.country);
    EXPECT_EQ(place->at.has_value(), one.lies) << one.words;
  }
  for (const char* unknown : {"", ",", "the old mill", "Geneva Convention"}) {
    EXPECT_EQ(places.Find(unknown), nullptr) << unknown;
  }
}

TEST_F(ServerTest, Answers) {
  const struct {
    std::string path;
    int status;
    const char* type;
    const char* word;
  } kCases[] = {
      {"/", 200, "text/html; charset=utf-8", "<!doctype html>"},
      {"/reports", 200, "text/html; charset=utf-8", "<!doctype html>"},
      {"/reports/one?record=x", 200, "text/html; charset=utf-8", "<!doctype html>"},
      {"/events?party=CHE", 200, "text/html; charset=utf-8", "<!doctype html>"},
      {"/map?by=place", 200, "text/html; charset=utf-8", "<!doctype html>"},
      {"/events/one/two", 404, "application/json", "error"},
      {"/app.js", 200, "text/javascript; charset=utf-8", "api/articles"},
      {"/metrics", 200, "text/plain; version=0.0.4", "kronik_answers_total{status=\"2xx\"} "},
      {"/style.css", 200, "text/css; charset=utf-8", "color-scheme"},
      {"/icon.svg", 200, "image/svg+xml", "<svg"},
      {"/api/openapi.yaml", 200, "application/yaml; charset=utf-8", "openapi: 3.1"},
      {"/api/articles", 200, "application/json", "\"event_count\":1"},
      {"/api/articles?q=ALERT(1)%3C%2Fscript%3E%20two", 200, "application/json", "\"id\":\"two\""},
      {"/api/articles?lang=xx", 200, "application/json", "\"articles\":[]"},
      {"/api/articles?format=csv", 200, "text/csv; charset=utf-8", "id,published,title"},
      {"/api/articles/one", 200, "application/json", "\"statements\":[]"},
      {"/api/articles/three", 404, "application/json", "error"},
      {"/api/articles/", 404, "application/json", "error"},
      {"/api/articles/..%2F..%2Fetc%2Fpasswd", 404, "application/json", "error"},
      {"/api/events?party=CHE&from=2024-05-01&to=2024-05&type=CONSULT", 200, "application/json",
       "\"more\":false"},
      {"/api/events?party=FRA", 200, "application/json", "\"events\":[]"},
      {"/api/events?quad=4", 200, "application/json", "\"events\":[]"},
      {"/api/events?quad=1&status=asserted&q=ENVOYS", 200, "application/json", "CONSULT"},
      {"/api/events?status=negated", 200, "application/json", "\"events\":[]"},
      {"/api/events?q=nowhere", 200, "application/json", "\"events\":[]"},
      {"/api/events?format=csv", 200, "text/csv; charset=utf-8", "id,event_type"},
      {"/api/events?format=jsonl&q=met", 200, "application/jsonl; charset=utf-8", "\"evidence\""},
      {"/api/events/none", 404, "application/json", "no such event"},
      {"/api/facets?party=PER", 200, "application/json", "\"CONSULT\":1"},
      {"/api/network", 200, "application/json", "\"goldstein\":4.0"},
      {"/api/places", 200, "application/json", "\"name\":\"Geneva\""},
      {"/api/places", 200, "application/json", "\"unplaced\":0"},
      {"/api/places?place=FRA", 200, "application/json", "\"parties\":[]"},
      {"/api/events?place=geneva", 200, "application/json", "CONSULT"},
      {"/api/events?place=CHE&format=csv", 200, "text/csv; charset=utf-8", "CONSULT"},
      {"/api/events?place=switzerland", 200, "application/json", "CONSULT"},
      {"/api/events?place=Bern", 200, "application/json", "\"events\":[]"},
      {"/api/facets?place=Geneva,%20Switzerland", 200, "application/json", "\"total\":1"},
      {"/api/network?place=nowhere", 200, "application/json", "\"ties\":[]"},
      {"/api/articles?from=2024-05-02&to=2024-05", 200, "application/json", "\"id\":\"one\""},
      {"/api/articles?from=2025", 200, "application/json", "\"articles\":[]"},
      {"/api/commitments?party=CHE", 200, "application/json", "\"status\":\"broken\""},
      {"/api/commitments?status=made", 200, "application/json", "\"commitments\":[]"},
      {"/api/commitments?format=csv", 200, "text/csv; charset=utf-8", ",broken,CHE,"},
      {"/api/feed?party=CHE&party=PER", 200, "application/atom+xml; charset=utf-8", "<entry>"},
      {"/api/events?accepted=1", 200, "application/json", "\"events\":[]"},
      {"/api/events?accepted=yes", 400, "application/json", "accepted"},
      {"/api/events?since=2020-01-01", 200, "application/json", "CONSULT"},
      {"/api/events?since=soon", 400, "application/json", "no moment"},
      {"/api/reviews", 200, "application/json", "{\"reviews\":[],\"more\":false}"},
      {"/api/reviews?format=jsonl", 200, "application/jsonl; charset=utf-8", ""},
      {"/api/events?party=FRA&format=jsonl", 200, "application/jsonl; charset=utf-8", ""},
      {"/api/reviews?format=csv", 200, "text/csv; charset=utf-8", "at,reviewer,verdict"},
      {"/api/ontology", 200, "application/json", "\"CONSULT\":[\"multilateral"},
      {"/licences", 200, "text/plain; charset=utf-8", "Redistribution and use"},
      {"/api/feed", 400, "application/json", "party"},
      {"/api/names?lang=en", 200, "application/json", "\"NOR\":\"Norway\""},
      {"/api/names?lang=id", 200, "application/json", "\"NOR\":\"Norwegia\""},
      {"/api/names?lang=xx", 200, "application/json", "{}"},
      {"/api/events?party=A%27%20OR%201", 400, "application/json", "each a code"},
      {"/api/events?party=A&party=B&party=C", 400, "application/json", "two"},
      {"/api/events?from=yesterday", 400, "application/json", "from"},
      {"/api/events?limit=-1", 400, "application/json", "limit"},
      {"/api/events?limit=99999999999999999999", 400, "application/json", "limit"},
      {"/api/events?quad=5", 400, "application/json", "quad"},
      {"/api/events?format=xml", 400, "application/json", "format"},
      {"/api/events?colour=red", 400, "application/json", "no such parameter"},
      {"/api/articles/one?q=x", 400, "application/json", "no such parameter"},
      {"/api/facets?party%20from=x", 400, "application/json", "no such parameter"},
      {"/../server.cc", 404, "application/json", "error"},
      {"/" + std::string(8000, 'a'), 404, "application/json", "error"},
      {"/" + std::string(9000, 'a'), 414, "", ""},
  };
  for (const auto& test : kCases) {
    auto answer = client_->Get(test.path.c_str());
    ASSERT_TRUE(answer) << test.path;
    EXPECT_EQ(answer->status, test.status) << test.path;
    EXPECT_THAT(answer->body, HasSubstr(test.word)) << test.path;
    if (test.status == 414) continue;
    EXPECT_EQ(answer->get_header_value("Content-Type"), test.type) << test.path;
    const std::string policy = answer->get_header_value("Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer->get_header_value("Access-Control-Allow-Origin"), "");
  }
}

TEST_F(ServerTest, Pages) {
  Json page = GetJson("/api/articles?limit=1&offset=1");
  EXPECT_EQ(page["articles"].size(), 1u);
  EXPECT_EQ(page["more"], false);
  EXPECT_EQ(GetJson("/api/articles?limit=1")["more"], true);
  EXPECT_EQ(GetJson("/api/articles?offset=9")["articles"].size(), 0u);
  for (const char* path : {"/api/events?limit=1", "/api/events?limit=1&q=met"}) {
    Json events = GetJson(path);
    ASSERT_EQ(events["events"].size(), 1u) << path;  // two reports, one event
    EXPECT_EQ(events["more"], false) << path;
    EXPECT_EQ(events["events"][0]["evidence"].size(), 2u) << path;
  }
  EXPECT_EQ(GetJson("/api/events?limit=0&q=met")["more"], true);
  EXPECT_EQ(GetJson("/api/events?offset=1&q=met")["events"].size(), 0u);
}

TEST_F(ServerTest, AReportHasWhatStandsBesideIt) {
  Json report = GetJson("/api/articles/two");
  EXPECT_EQ(report["links"][0]["article"], "one");  // by its title
  EXPECT_FALSE(report["links"][1].contains("article"));
  ASSERT_EQ(report["reports"].size(), 1u);
  EXPECT_EQ(report["reports"][0]["id"], "one");
  EXPECT_EQ(report["nearby"].size(), 0u);
}

TEST_F(ServerTest, AnEventHasEveryReportInItsParagraph) {
  const std::string id = GetJson("/api/events")["events"][0]["id"];
  Json event = GetJson("/api/events/" + id);
  ASSERT_EQ(event["reports"].size(), 2u);
  for (const Json& report : event["reports"]) {
    EXPECT_EQ(report["paragraph"]["text"], "Envoys met Peru in Bern. SECRET rest.");
    EXPECT_EQ(report["paragraph"]["start"], 12);
    EXPECT_EQ(report["record"]["actor"][0]["start"], 12);
  }
  EXPECT_NE(event["reports"][0]["article"]["id"], event["reports"][1]["article"]["id"]);
}

TEST_F(ServerTest, AFeedEscapesWhatStrangersWrote) {
  Document document;
  Fill(document, "hostile");
  document.article.blocks.clear();
  document.article.text.clear();
  document.article.AppendBlock(BlockKind::kParagraph, "It rained. <b>&\x1b met Peru ]]> in Bern.");
  document.events[0].date = {"2024-06", "2024-06"};
  ASSERT_TRUE(*store_->Put(document));
  const std::string feed = client_->Get("/api/feed?party=CHE")->body;
  EXPECT_THAT(feed, Not(HasSubstr("<b>")));
  EXPECT_THAT(feed, Not(HasSubstr("\x1b")));
  EXPECT_THAT(feed, HasSubstr("<updated>2024-06-01T00:00:00Z</updated>"));
  EXPECT_LT(feed.find("2024-06-01"), feed.find("2024-05-01"));  // newest first
}

TEST_F(ServerTest, ReadsAReportAndKeepsNothing) {
  auto answer = client_->Post("/api/read?lang=en", "Envoys met.", "text/plain");
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200);
  Json report = Json::parse(answer->body);
  EXPECT_EQ(report["article"]["blocks"][0]["text"], "Envoys met.");
  EXPECT_EQ(report["article"]["lang"], "en");
  EXPECT_EQ(report["problems"], Json::array());
  EXPECT_EQ(GetJson("/api/articles")["articles"].size(), 2u);
  EXPECT_EQ(client_->Post("/api/read", "nothing", "text/plain")->status, 422);
  EXPECT_EQ(client_->Post("/api/read?kind=pdf", "x", "text/plain")->status, 400);
  EXPECT_EQ(client_->Post("/api/read?colour=red", "x", "text/plain")->status, 400);
  EXPECT_EQ(client_->Get("/api/read")->status, 404);
}

TEST_F(ServerTest, AReviewIsAnEntryOfALog) {
  const std::string id = GetJson("/api/events")["events"][0]["id"];
  const auto say = [&](const Json& review) {
    auto answer = client_->Post("/api/reviews", review.dump(), "application/json");
    return answer ? std::pair(answer->status, Json::parse(answer->body)) : std::pair(0, Json());
  };
  const Json accept{{"id", id}, {"verdict", "accept"}, {"reviewer", "Ana"}};
  const auto [status, answer] = say(accept);
  EXPECT_EQ(status, 201);
  EXPECT_EQ(answer["review"]["kind"], "event");
  EXPECT_EQ(answer["review"]["review"]["verdict"], "accept");
  EXPECT_EQ(GetJson("/api/events?accepted=1")["events"].size(), 1u);
  EXPECT_EQ(GetJson("/api/facets?accepted=1")["total"], 1);
  EXPECT_EQ(GetJson("/api/network?accepted=1")["ties"].size(), 1u);
  EXPECT_EQ(GetJson("/api/places?accepted=1&place=CHE")["places"].size(), 1u);
  Json correct = accept;
  correct["verdict"] = "correct";
  correct["fields"] = {{"status", "planned"}, {"actor", {"CHE GOV"}}};
  EXPECT_EQ(say(correct).first, 201);
  EXPECT_EQ(GetJson("/api/events")["events"][0]["status"], "asserted");
  EXPECT_EQ(GetJson("/api/events?accepted=1")["events"][0]["status"], "planned");
  EXPECT_EQ(GetJson("/api/events/" + id)["event"]["review"]["fields"]["status"], "planned");
  EXPECT_EQ(GetJson("/api/reviews?id=" + id)["reviews"].size(), 2u);
  Json undo = accept;
  undo["verdict"] = "undo";
  EXPECT_EQ(say(undo).second["review"]["review"]["verdict"], "accept");
  EXPECT_EQ(say(undo).second["review"]["review"], nullptr);
  EXPECT_EQ(say(undo).first, 409);
  const std::string entry = GetJson("/api/commitments")["commitments"][0]["id"];
  EXPECT_EQ(say({{"id", entry}, {"verdict", "reject"}, {"reviewer", "Ana"}}).first, 201);
  EXPECT_EQ(GetJson("/api/commitments?accepted=1")["commitments"].size(), 0u);
  for (const auto& [name, value] : std::vector<std::pair<std::string, Json>>{{"id", "none"},
                                                                             {"verdict", "maybe"},
                                                                             {"reviewer", ""},
                                                                             {"reviewer", 7},
                                                                             {"colour", "red"},
                                                                             {"kind", "article"}}) {
    Json wrong = accept;
    wrong[name] = value;
    const int refused = say(wrong).first;
    EXPECT_TRUE(refused == 400 || refused == 404) << name << refused;
  }
  correct["fields"] = {{"status", "perhaps"}};
  EXPECT_EQ(say(correct).first, 400);
  EXPECT_EQ(say(Json::array()).first, 400);
  const std::string deep =
      "{\"id\":\"x\",\"verdict\":\"correct\",\"reviewer\":\"Ana\",\"fields\":{\"a\":" +
      std::string(30000, '[') + std::string(30000, ']') + "}}";
  EXPECT_EQ(client_->Post("/api/reviews", deep, "application/json")->status, 400);
}

TEST_F(ServerTest, OtherSitesMayNotReview) {
  const std::string own = "127.0.0.1:" + std::to_string(port_);
  const std::string id = GetJson("/api/events")["events"][0]["id"];
  const std::string body = Json{{"id", id}, {"verdict", "reject"}, {"reviewer", "Eve"}}.dump();
  const struct {
    httplib::Headers headers;
    const char* type;
    int status;
  } kCases[] = {
      {{{"Origin", "http://evil.example"}}, "application/json", 403},
      {{{"Origin", "null"}}, "application/json", 403},
      {{{"Sec-Fetch-Site", "cross-site"}}, "application/json", 403},
      {{{"Sec-Fetch-Site", "same-site"}}, "application/json", 403},
      {{{"Host", "evil.example"}}, "application/json", 403},
      // What a form can send without asking.
      {{}, "text/plain", 415},
      {{}, "application/x-www-form-urlencoded", 415},
      {{}, "multipart/form-data; boundary=b", 415},
      {{{"Content-Encoding", "gzip"}}, "application/json", 415},
  };
  for (const auto& test : kCases) {
    auto answer = client_->Post("/api/reviews", test.headers, body, test.type);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, test.status) << test.type;
  }
  EXPECT_EQ(GetJson("/api/reviews")["reviews"].size(), 0u);
  auto large = client_->Post("/api/reviews", std::string(100 << 10, ' '), "application/json");
  EXPECT_TRUE(!large || large->status == 413);
  EXPECT_EQ(client_->Options("/api/reviews")->status, 405);
  EXPECT_EQ(client_
                ->Post("/api/reviews", {{"Origin", "http://" + own}}, body,
                       "application/json; charset=utf-8")
                ->status,
            201);
}

TEST_F(ServerTest, OnlyItsOwnNamesAndMethods) {
  for (const char* host : {"evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "[::2]", ""}) {
    auto answer = client_->Get("/api/articles", {{"Host", host}});
    ASSERT_TRUE(answer) << host;
    EXPECT_GE(answer->status, 400) << host;
  }
  for (const char* host : {"localhost:1", "localhost", "127.0.0.1", "[::1]:8080"}) {
    EXPECT_EQ(client_->Get("/api/articles", {{"Host", host}})->status, 200) << host;
  }
  EXPECT_EQ(client_->Post("/api/articles", "x", "text/plain")->status, 405);
  EXPECT_EQ(client_->Delete("/api/articles/one")->status, 405);
  EXPECT_EQ(client_->Put("/api/read", "x", "text/plain")->status, 405);
  EXPECT_EQ(client_->Options("/api/read")->status, 405);
}

TEST_F(ServerTest, OtherSitesMayNotPost) {
  const std::string own = "127.0.0.1:" + std::to_string(port_);
  const struct {
    httplib::Headers headers;
    int status;
  } kCases[] = {
      {{}, 200},
      {{{"Origin", "http://" + own}}, 200},
      {{{"Origin", "http://" + own}, {"Sec-Fetch-Site", "same-origin"}}, 200},
      {{{"Origin", "http://evil.example"}}, 403},
      {{{"Origin", "null"}}, 403},
      {{{"Origin", "http://" + own}, {"Sec-Fetch-Site", "cross-site"}}, 403},
      {{{"Sec-Fetch-Site", "same-site"}}, 403},
      {{{"Content-Encoding", "gzip"}}, 415},
  };
  for (const auto& test : kCases) {
    auto answer = client_->Post("/api/read", test.headers, "Envoys met.", "text/plain");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, test.status);
  }
  EXPECT_EQ(client_->Post("/api/read", "x", "multipart/form-data; boundary=b")->status, 415);
}

TEST_F(ServerTest, ABodyHasALimitAndASize) {
  httplib::Client big("127.0.0.1", port_);
  // The server closes without reading, which some clients take for an error.
  auto answer = big.Post("/api/read", std::string(5 << 20, 'x'), "text/plain");
  EXPECT_TRUE(!answer || answer->status == 413);
  auto chunked = client_->Post(
      "/api/read",
      [](size_t, httplib::DataSink& sink) {
        sink.write("x", 1);
        sink.done();
        return true;
      },
      "text/plain");
  EXPECT_TRUE(!chunked || chunked->status == 411);
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

TEST_F(ServerTest, DoesNotSpendTimeOnCompressing) {
  for (const char* path : {"/app.js", "/api/events"}) {
    auto answer = client_->Get(path, {{"Accept-Encoding", "gzip, br"}});
    EXPECT_FALSE(answer->has_header("Content-Encoding")) << path;
  }
}

TEST_F(ServerTest, ATakenPortIsAnError) {
  Server other(*api_);
  auto port = other.Bind(port_);
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, ErrorCode::kIo);
  EXPECT_FALSE(other.Bind(70000));
}

// Beyond localhost: the same server on every address, as `kronik serve --host 0.0.0.0` makes it.
constexpr char kToken[] = "0123456789abcdef";
class OpenServerTest : public ServerTest {
 protected:
  OpenServerTest() : ServerTest({.host = "0.0.0.0", .token = kToken}, {.whole_articles = false}) {}
};

TEST_F(OpenServerTest, AsksForTheToken) {
  const struct {
    std::string path;
    httplib::Headers headers;
    int status;
  } kCases[] = {
      {"/api/articles", {}, 401},
      {"/", {}, 401},
      {"/app.js", {}, 401},
      {"/api/articles?token=0123456789abcdeX", {}, 401},
      {"/api/articles?token=", {}, 401},
      {"/api/articles", {{"Authorization", std::string("Bearer ") + kToken}}, 200},
      {"/api/articles", {{"Authorization", "Bearer x"}}, 401},
      {"/api/articles", {{"Cookie", std::string("a=b; kronik=") + kToken}}, 200},
      {"/api/articles", {{"Cookie", "kronik="}}, 401},
      {std::string("/api/feed?party=CHE&token=") + kToken, {}, 200},
      {"/api/articles",
       {{"Host", "evil.example"}, {"Cookie", std::string("kronik=") + kToken}},
       403},
      {"/api/articles",
       {{"Host", "192.0.2.7:80"}, {"Cookie", std::string("kronik=") + kToken}},
       200},
  };
  for (const auto& test : kCases) {
    auto answer = client_->Get(test.path.c_str(), test.headers);
    ASSERT_TRUE(answer) << test.path;
    EXPECT_EQ(answer->status, test.status) << test.path;
  }
  EXPECT_EQ(client_->Post("/api/read", "x", "text/plain")->status, 401);
}

TEST_F(OpenServerTest, TheTokenLeavesTheAddress) {
  auto answer = client_->Get((std::string("/events?token=") + kToken).c_str());
  EXPECT_EQ(answer->status, 303);
  EXPECT_EQ(answer->get_header_value("Location"), "/events");
  const std::string cookie = answer->get_header_value("Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr(std::string("kronik=") + kToken));
  EXPECT_THAT(cookie, HasSubstr("HttpOnly"));
  EXPECT_THAT(cookie, HasSubstr("SameSite=Strict"));
}

TEST_F(OpenServerTest, GivesEvidenceNotArticles) {
  const httplib::Headers headers{{"Authorization", std::string("Bearer ") + kToken}};
  auto body = [&](const std::string& path) { return client_->Get(path.c_str(), headers)->body; };
  const Json events = Json::parse(body("/api/events"));
  const std::string id = events["events"][0]["id"];
  for (const std::string& path :
       {std::string("/api/articles"), std::string("/api/articles?format=jsonl"),
        std::string("/api/articles/one"), std::string("/api/events"), "/api/events/" + id,
        std::string("/api/commitments"), std::string("/api/events?format=csv")}) {
    EXPECT_THAT(body(path), Not(HasSubstr("SECRET"))) << path;
  }
  EXPECT_THAT(body("/api/articles/one"), HasSubstr("Envoys met Peru in Bern."));
}

TEST(Server, NeedsATokenBeyondLocalhost) {
  auto store = std::move(*Store::Open(":memory:"));
  Resources resources = std::move(*Resources::Open());
  Pipeline pipeline = FakePipeline();
  auto api = std::move(*Api::Load(*store, resources, pipeline));
  for (const char* token : {"", "short", "0123456789abcde", "0123456789abcdef;x=y"}) {
    Server server(*api, {.host = "0.0.0.0", .token = token});
    auto port = server.Bind(0);
    ASSERT_FALSE(port) << token;
    EXPECT_EQ(port.error().code, ErrorCode::kInvalidInput);
  }
}

TEST(Server, StopsBeforeAndWhileItBegins) {
  auto store = std::move(*Store::Open(":memory:"));
  Resources resources = std::move(*Resources::Open());
  Pipeline pipeline = FakePipeline();
  auto api = std::move(*Api::Load(*store, resources, pipeline));
  for (int i = 0; i < 30; ++i) {
    Server server(*api);
    ASSERT_TRUE(server.Bind(0));
    std::thread thread([&] { EXPECT_TRUE(server.Run()); });
    std::this_thread::sleep_for(std::chrono::microseconds(i * 20));
    server.Stop();
    thread.join();
  }
}

// What strangers wrote becomes text, never markup. The script has D3's own selection.html, which
// nothing calls: the page's policy forbids it (trusted types).
TEST(WebFiles, NothingInlineAndNothingFromElsewhere) {
  for (const char* word : {"style=", "onclick", "http://", "https://", "<script>"}) {
    EXPECT_EQ(IndexHtml().find(word), std::string_view::npos) << word;
  }
  for (const char* word : {"@import", "url("}) {
    EXPECT_EQ(StyleCss().find(word), std::string_view::npos) << word;
  }
  for (const char* word : {"insertAdjacentHTML", "document.write", "eval(", "srcdoc"}) {
    EXPECT_EQ(AppJs().find(word), std::string_view::npos) << word;
  }
}

}  // namespace
}  // namespace kronik
