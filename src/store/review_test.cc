#include "store/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kronik/store.h"
#include "store/any_store.h"

namespace kronik {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kNoon = 1764072000;  // 2025-11-25T12:00:00Z

const ReviewRules& Rules() {
  static const Resources* const kResources = new Resources(std::move(*Resources::Open()));
  static const ReviewRules* const kRules =
      new ReviewRules(std::move(*ReviewRules::Load(*kResources)));
  return *kRules;
}

uint32_t AddActor(Document& document, const char* code) {
  Actor actor;
  actor.kind = ActorKind::kState;
  actor.name = std::string("Envoy of ") + code;
  actor.code = code;
  document.actors.push_back(actor);
  return static_cast<uint32_t>(document.actors.size() - 1);
}

Span Find(const Document& document, std::string_view words) {
  const size_t at = document.article.text.find(words);
  EXPECT_NE(at, std::string::npos) << words;
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

// A report of one event, one statement and one commitment of two countries.
struct Told {
  const char* id = "harbour";
  const char* type = "CONSULT";
  const char* day = "2024-03-05";
  const char* publisher = "Harbour Post";
  double confidence = 0.5;
};

void Fill(const Told& told, Document& document) {
  document.input.name = std::string(told.id) + ".txt";
  Article& article = document.article;
  article.id = told.id;
  article.lang = "en";
  article.title = "Envoys meet at the harbour";
  article.published = "2024-03-06";
  article.publisher = told.publisher;
  article.AppendBlock(BlockKind::kParagraph, "Malta met Kenya at the old harbour.");
  article.AppendBlock(BlockKind::kParagraph, "Malta will send two tugboats, its envoy said.");
  const uint32_t malta = AddActor(document, "MLT"), kenya = AddActor(document, "KEN");
  Event event;
  event.event_type = told.type;
  event.cameo = "040";
  event.actor = {{malta, Find(document, "Malta")}};
  event.recipient = {{kenya, Find(document, "Kenya")}};
  event.trigger = Find(document, "met");
  event.sentence = {article.blocks[0].start, article.blocks[0].end};
  event.date = {told.day, told.day};
  event.quad_category = 1;
  event.confidence = told.confidence;
  document.events.push_back(event);
  Statement statement;
  statement.source = {malta, Find(document, "its envoy")};
  statement.cue = Find(document, "said");
  statement.content = {Find(document, "Malta will send two tugboats")};
  statement.sentence = {article.blocks[1].start, article.blocks[1].end};
  document.statements.push_back(statement);
  Commitment commitment;
  commitment.parties = {{{malta, Find(document, "Malta will")}, PartyRole::kBound},
                        {{kenya, {}}, PartyRole::kToward}};
  commitment.subject = Find(document, "two tugboats");
  commitment.trigger = Find(document, "will send");
  commitment.sentence = statement.sentence;
  commitment.made = {told.day, told.day};
  document.commitments.push_back(commitment);
}

class ReviewTest : public AnyStoreTest, public ::testing::WithParamInterface<Engine> {
 protected:
  ReviewTest() : AnyStoreTest(GetParam()) {
    StoreOptions options;
    options.now = [this] { return now_; };
    store_ = Open(options);
  }
  ~ReviewTest() override { store_.reset(); }

  void Put(const Told& told = {}) {
    Document document;
    Fill(told, document);
    EXPECT_TRUE(store_->Put(document));
  }
  Json Only(const Result<std::vector<std::string>>& records) {
    EXPECT_TRUE(records) << (records ? "" : records.error().ToString());
    EXPECT_THAT(*records, SizeIs(1));
    return records && !records->empty() ? Json::parse(records->front()) : Json();
  }
  Json Event(const Query& query = {}) { return Only(store_->Events(query)); }
  Result<std::string> Say(const std::string& id, const char* verdict, const char* fields = "") {
    ++now_;
    return store_->AddReview({.id = id, .verdict = verdict, .reviewer = "Ana", .fields = fields},
                             Rules());
  }
  void MustSay(const std::string& id, const char* verdict, const char* fields = "") {
    auto said = Say(id, verdict, fields);
    EXPECT_TRUE(said) << (said ? "" : said.error().ToString());
  }
  size_t Count(const Query& query) {
    auto found = store_->Events(query);
    return found ? found->size() : 99;
  }

  int64_t now_ = kNoon;
  std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Engines, ReviewTest, ::testing::ValuesIn(Engines()), EngineName);

TEST_P(ReviewTest, StandsBesideTheRecordAndNeverInIt) {
  Put();
  const Json machine = Event();
  EXPECT_FALSE(machine.contains("review"));
  MustSay(machine["id"], "correct", R"({"date": "2024-03-04", "status": "planned"})");
  Json shown = Event();
  EXPECT_EQ(shown["review"]["verdict"], "correct");
  EXPECT_EQ(shown["review"]["at"], "2025-11-25T12:00:01Z");
  shown.erase("review");
  EXPECT_EQ(shown, machine);
}

TEST_P(ReviewTest, AcceptedOnesComeWithTheirCorrections) {
  Put();
  Put({.id = "other", .type = "AGREE"});
  Put({.id = "third", .type = "AID"});
  const std::string id = Event({.event_type = "CONSULT"})["id"];
  EXPECT_EQ(Count({.accepted = true}), 0);
  MustSay(id, "correct", R"({"date": "2024-02", "actor": ["KEN GOV"], "recipient": "MLT"})");
  MustSay(Event({.event_type = "AGREE"})["id"], "accept");
  MustSay(Event({.event_type = "AID"})["id"], "reject");
  EXPECT_EQ(Count({}), 3);
  EXPECT_EQ(Count({.accepted = true}), 2);
  const Json event = Event({.event_type = "CONSULT", .accepted = true});
  EXPECT_EQ(event["date"]["from"], "2024-02");
  EXPECT_EQ(event["actor"][0]["text"], "Kenya");  // the machine's own, on its right side
  EXPECT_EQ(event["actor"][0]["sectors"], Json({"GOV"}));
  EXPECT_EQ(event["recipient"][0]["name"], "Envoy of MLT");
  EXPECT_EQ(event["review"]["original"]["date"]["from"], "2024-03-05");
  EXPECT_EQ(event["review"]["original"]["actor"][0]["code"], "MLT");
  // They are found and ordered by what they are now.
  EXPECT_EQ(Count({.from = "2024-02-01", .to = "2024-02-29", .accepted = true}), 1);
  EXPECT_EQ(Count({.from = "2024-03-01", .event_type = "CONSULT", .accepted = true}), 0);
  EXPECT_EQ(Count({.sector = "GOV", .accepted = true}), 1);
  EXPECT_EQ(Count({.text = "harbour", .accepted = true}), 2);
  EXPECT_EQ(Count({.publisher = "Nobody", .accepted = true}), 0);
  EXPECT_EQ(Json::parse((*store_->Events({.accepted = true}))[0])["id"], id);
  EXPECT_EQ(Count({.accepted = true, .limit = 1, .offset = 1}), 1);
  const Json count =
      Only(store_->Stats({.accepted = true, .limit = -1}, {"type"})->size() == 2
               ? store_->Stats({.event_type = "CONSULT", .accepted = true}, {"month", "dyad"})
               : Result<std::vector<std::string>>(std::vector<std::string>()));
  EXPECT_EQ(count["month"], "2024-02");
  EXPECT_EQ(count["actor"], "KEN");
}

TEST_P(ReviewTest, CorrectionsAddUpAndUndoTakesTheLastBack) {
  Put();
  const std::string id = Event()["id"];
  MustSay(id, "correct", R"({"place": "Valletta"})");
  MustSay(id, "correct", R"({"status": "negated"})");
  MustSay(id, "accept");
  Json event = Event({.accepted = true});
  EXPECT_EQ(event["place"], "Valletta");
  EXPECT_EQ(event["status"], "negated");
  MustSay(id, "undo");
  EXPECT_EQ(Event()["review"]["verdict"], "correct");
  MustSay(id, "undo");
  EXPECT_EQ(Event({.accepted = true})["status"], "asserted");
  MustSay(id, "undo");
  EXPECT_FALSE(Event().contains("review"));
  const auto nothing = Say(id, "undo");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::kConflict);
  EXPECT_THAT(*store_->Reviews(), SizeIs(6));  // the log keeps all
  EXPECT_EQ(Json::parse((*store_->Reviews({.limit = 1}))[0])["verdict"], "undo");
}

TEST_P(ReviewTest, SurvivesReadingAgainAndOutlivesItsRecord) {
  Put();
  const std::string id = Event()["id"];
  MustSay(id, "accept");
  Put({.publisher = "Harbour Evening Post", .confidence = 0.9});  // the same, by a better kronik
  EXPECT_EQ(Event({.accepted = true})["confidence"], 0.9);
  Put({.type = "AGREE"});  // now it says something else
  EXPECT_FALSE(Event().contains("review"));
  EXPECT_EQ(Count({.accepted = true}), 0);
  const Json orphan = Only(store_->Reviews({.orphaned = true}));
  EXPECT_EQ(orphan["id"], id);
  EXPECT_EQ(orphan["orphaned"], true);
  EXPECT_FALSE(Say(id, "accept"));
  Put();
  EXPECT_EQ(Event()["review"]["verdict"], "accept");
  EXPECT_THAT(*store_->Reviews({.orphaned = true}), IsEmpty());
}

TEST_P(ReviewTest, StatementsAndTheLedgerHaveTheirOwn) {
  Put();
  const Json statement = Only(store_->Statements({}));
  MustSay(statement["id"], "correct", R"({"source": "KEN", "negated": "true"})");
  EXPECT_THAT(*store_->Statements({.parties = {"MLT"}, .accepted = true}), IsEmpty());
  const Json corrected = Only(store_->Statements({.parties = {"KEN"}, .accepted = true}));
  EXPECT_EQ(corrected["negated"], true);
  EXPECT_EQ(corrected["review"]["original"]["source"]["code"], "MLT");

  const std::string entry = Only(store_->Ledger())["id"];
  MustSay(entry, "correct",
          R"({"status": "fulfilled", "toward": "TUN, KEN", "term": "..2024-06"})");
  EXPECT_EQ(Only(store_->Ledger())["status"], "made");
  LedgerQuery query;
  query.accepted = true;
  query.status = "fulfilled";
  query.parties = {"TUN"};
  const Json kept = Only(store_->Ledger(query));
  EXPECT_EQ(kept["term"]["to"], "2024-06");
  EXPECT_TRUE(kept["term"]["from"].is_null());
  EXPECT_THAT(kept["parties"], SizeIs(3));
  EXPECT_EQ(Only(store_->StatementsOf("harbour"))["review"]["verdict"], "correct");
  EXPECT_EQ(Only(store_->CommitmentsOf("harbour"))["review"]["verdict"], "correct");
  MustSay(Event()["id"], "accept");
  EXPECT_EQ(Only(store_->EventsOf("harbour"))["review"]["verdict"], "accept");
}

TEST_P(ReviewTest, TheLogOfChangesSaysWhatCameChangedAndWent) {
  Put();
  const std::string id = Event()["id"];
  now_ = kNoon + 100;
  const std::string later = MomentText(now_);
  EXPECT_EQ(Count({.since = "2025-11-25"}), 1);
  EXPECT_EQ(Count({.since = later}), 0);
  Put();  // nothing new
  EXPECT_EQ(Count({.since = later}), 0);
  Put({.id = "second"});  // another report of it
  EXPECT_EQ(Count({.since = later}), 1);
  now_ = kNoon + 200;
  Put({.id = "second", .publisher = "Quay Weekly"});  // its row says so
  EXPECT_EQ(Count({.since = MomentText(now_)}), 1);
  now_ = kNoon + 300;
  MustSay(id, "accept");
  EXPECT_EQ(Count({.since = MomentText(now_)}), 1);
  now_ = kNoon + 400;
  Put({.id = "second", .type = "AGREE"});  // the first report still tells it
  EXPECT_EQ(Count({.since = MomentText(now_)}), 2);
  EXPECT_THAT(*store_->WithdrawnEvents(later), IsEmpty());
  now_ = kNoon + 500;
  Put({.type = "AGREE"});
  EXPECT_EQ(Count({.since = MomentText(now_)}), 1);
  const Json gone = Only(store_->WithdrawnEvents(MomentText(now_)));
  EXPECT_EQ(gone["id"], id);
  EXPECT_EQ(gone["first_seen"], "2025-11-25T12:00:00Z");
  EXPECT_EQ(gone["record"]["event_type"], "CONSULT");
  EXPECT_THAT(*store_->WithdrawnEvents(MomentText(now_ + 1)), IsEmpty());
  EXPECT_EQ(store_->WithdrawnEvents("yesterday").error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(Count({.since = "soon"}), 99);
}

TEST_P(ReviewTest, CountsGoByCorrectionsWhereOnlyAcceptedOnesAreAskedFor) {
  Put();
  Put({.id = "other", .type = "AGREE"});
  EXPECT_EQ(store_->Count({.event_type = "AGREE"})->total, 1);
  EXPECT_EQ(store_->Count({.event_type = "AGREE", .accepted = true})->total, 0);
  MustSay(Event({.event_type = "AGREE"})["id"], "correct", R"({"event_type": "ASSAULT"})");
  EXPECT_EQ(store_->Count({.event_type = "AGREE"})->total, 1);
  const EventCounts accepted = *store_->Count({.quad_category = 4, .accepted = true});
  EXPECT_EQ(accepted.total, 1);
  EXPECT_THAT(accepted.types, ElementsAre(std::pair("ASSAULT", 1)));
  EXPECT_THAT(accepted.codes, ElementsAre(std::pair("KEN", 1), std::pair("MLT", 1)));
}

TEST(ReviewRules, CheckAgainstTheOntology) {
  const std::string record =
      R"({"event_type": "CONSULT", "mode": "visit", "cameo": "042", "status": "asserted"})";
  const struct {
    const char* kind;
    const char* fields;
    const char* checked;  // or words of the error
  } kCases[] = {
      {"event", R"({"mode": "phone"})",
       R"({"mode":"phone","cameo":"","goldstein":1.5,"quad_category":1})"},
      {"event", R"({"event_type": "AGREE"})",
       R"({"event_type":"AGREE","mode":"","cameo":"","goldstein":2.5,"quad_category":1})"},
      {"event", R"({"cameo": "173"})",
       R"({"cameo":"173","event_type":"COERCE","mode":"arrest","goldstein":-5.0,"quad_category":4})"},
      {"event", R"({"cameo": "173", "event_type": "AID"})", "cameo: 173 is of the type COERCE"},
      {"event", R"({"cameo": "999"})", "cameo: there is no '999'"},
      {"event", R"({"event_type": "DANCE"})", "event_type: there is no 'DANCE'"},
      {"event", R"({"mode": "riot"})", "mode: is none of CONSULT, which has"},
      {"event", R"({"status": "sure"})", "status: is one of asserted negated"},
      {"event", R"({"status": ""})", "status: may not be empty"},
      {"event", R"({"actor": "RUS GOV, UNO"})", R"({"actor":["RUS GOV","UNO"]})"},
      {"event", R"({"actor": ["XXX"]})", "no country or organisation has the code 'XXX'"},
      {"event", R"({"actor": "RUS TANK"})", "actor: there is no sector 'TANK'"},
      {"event", R"({"recipient": ""})", R"({"recipient":[]})"},
      {"event", R"({"date": "2024-02-30"})", "date: '2024-02-30' is no day"},
      {"event", R"({"date": "2024-03..2024-02-01"})", "date: ends before it begins"},
      {"event", R"({"date": "2024-03..2024-03-05"})",
       R"({"date":{"from":"2024-03","to":"2024-03-05"}})"},
      {"event", R"({"date": "..2024"})", R"({"date":{"from":null,"to":"2024"}})"},
      {"event", R"({"context": "military,legal"})", R"({"context":["military","legal"]})"},
      {"event", R"({"context": "naval"})", "context: there is no 'naval'"},
      {"event", R"({"id": "x"})", "id: can't be corrected"},
      {"event", R"({"place": {"a": 1}})", "place: is a text"},
      {"event", R"({"place": "a\u0007"})", "place: has a control character"},
      {"event", R"({})", "a correction needs a field"},
      {"event", R"([1])", "are a JSON object"},
      {"event", "{", "are a JSON object"},
      {"statement", R"({"source": "RUS, USA"})", "source: is one actor"},
      {"statement", R"({"source": ""})", R"({"source":""})"},
      {"statement", R"({"negated": "maybe"})", "negated: is true or false"},
      {"commitment", R"({"kind": "pledge", "bound": "PRK"})",
       R"({"kind":"pledge","bound":["PRK"]})"},
      {"commitment", R"({"status": "forgotten"})", "status: is one of proposed"},
  };
  for (const auto& [kind, fields, expected] : kCases) {
    const Result<std::string> checked = Rules().Check(kind, record, fields);
    const std::string said = checked ? *checked : checked.error().message;
    if (checked) {
      EXPECT_EQ(Json::parse(said), Json::parse(expected, nullptr, false)) << fields << said;
    } else {
      EXPECT_THAT(said, HasSubstr(expected)) << fields;
    }
  }
  const std::string deep = "{\"place\": " + std::string(4000, '[') + std::string(3000, ']') + "}";
  EXPECT_FALSE(Rules().Check("event", record, deep));
}

TEST(Review, HasANameAndAVerdict) {
  const Review good{.id = "x", .verdict = "accept", .reviewer = "Ana"};
  EXPECT_TRUE(CheckReview(good));
  Review bad = good;
  bad.reviewer = "";
  EXPECT_FALSE(CheckReview(bad));
  bad.reviewer = "Ana\x1b[2J";
  EXPECT_FALSE(CheckReview(bad));
  bad = good;
  bad.verdict = "maybe";
  EXPECT_FALSE(CheckReview(bad));
  bad = good;
  bad.fields = "{}";
  EXPECT_FALSE(CheckReview(bad));
  bad = good;
  bad.note = std::string(3000, 'x');
  EXPECT_FALSE(CheckReview(bad));
}

TEST(Moments, AreReadAndWritten) {
  EXPECT_EQ(MomentText(kNoon), "2025-11-25T12:00:00Z");
  EXPECT_EQ(MomentOf("2025-11-25T12:00:00Z"), kNoon);
  EXPECT_EQ(MomentOf("2025-11-25"), kNoon - 12 * 3600);
  for (const char* bad : {"", "2025", "2025-13-01", "2025-11-25T12:00:00", "2025-11-25 12:00:00Z",
                          "2025-11-25T25:00:00Z", "x025-11-25"}) {
    EXPECT_FALSE(MomentOf(bad)) << bad;
  }
}

}  // namespace
}  // namespace kronik
