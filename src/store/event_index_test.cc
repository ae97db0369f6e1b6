#include "store/event_index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "record/json.h"
#include "store/any_store.h"
#include "store/fields.h"

namespace kronik {
namespace {

// Counts of the events as they are given out, one by one.
EventCounts CountedAnew(const Store& store, const Query& query) {
  EventCounts counts;
  Query all = query;
  all.limit = -1;
  EXPECT_TRUE(store.ForEachEvent(all, [&](std::string_view line) {
    const Json event = Json::parse(line);
    ++counts.total;
    ++counts.types[Text(event, "event_type")];
    ++counts.statuses[Text(event, "status")];
    ++counts.quads[static_cast<int>(Number(event, "quad_category"))];
    std::set<std::string> codes;
    for (const char* role : {"actor", "recipient"}) {
      for (const Json& actor : Part(event, role)) codes.insert(Text(actor, "code"));
    }
    codes.erase("");
    for (const std::string& code : codes) ++counts.codes[code];
    return true;
  }));
  return counts;
}

std::map<std::pair<std::string, std::string>, std::pair<int64_t, double>> TiesAnew(
    const Store& store, const Query& query) {
  std::map<std::pair<std::string, std::string>, std::pair<int64_t, double>> ties;
  EXPECT_TRUE(store.ForEachEvent(query, [&](std::string_view line) {
    const Json event = Json::parse(line);
    std::set<std::pair<std::string, std::string>> pairs;
    for (const Json& actor : Part(event, "actor")) {
      for (const Json& recipient : Part(event, "recipient")) {
        const std::string a = Text(actor, "code"), b = Text(recipient, "code");
        if (!a.empty() && !b.empty() && a != b) pairs.insert(std::minmax(a, b));
      }
    }
    for (const auto& pair : pairs) {
      ++ties[pair].first;
      ties[pair].second += Number(event, "goldstein");
    }
    return true;
  }));
  return ties;
}

using Sums = std::map<std::string, std::pair<int64_t, double>>;

// By the codes of parties, and by places.
std::pair<Sums, Sums> PlacesAnew(const Store& store, const Query& query) {
  std::pair<Sums, Sums> sums;
  EXPECT_TRUE(store.ForEachEvent(query, [&](std::string_view line) {
    const Json event = Json::parse(line);
    std::set<std::string> codes;
    for (const char* role : {"actor", "recipient"}) {
      for (const Json& actor : Part(event, role)) codes.insert(Text(actor, "code"));
    }
    const auto add = [&](auto& sum) {
      ++sum.first;
      sum.second += Number(event, "goldstein");
    };
    for (const std::string& code : codes) add(sums.first[code]);
    add(sums.second[Text(event, "place")]);
    return true;
  }));
  return sums;
}

void ExpectSums(const std::vector<EventPlaces::Sum>& sums, const Sums& expected) {
  EXPECT_EQ(sums.size(), expected.size());
  for (const EventPlaces::Sum& sum : sums) {
    ASSERT_TRUE(expected.contains(sum.name)) << sum.name;
    const auto& [events, goldstein] = expected.at(sum.name);
    EXPECT_EQ(sum.events, events) << sum.name;
    EXPECT_NEAR(sum.goldstein, goldstein / static_cast<double>(events), 0.001) << sum.name;
  }
}

constexpr const char* kCodes[] = {"TUR", "GRC", "BGR", ""};
constexpr const char* kTypes[] = {"AID", "CONSULT", "ASSAULT"};
constexpr const char* kDays[] = {"2024-03-05", "2024-03", "2023", "2023-12-31", ""};
constexpr const char* kPlaces[] = {"Ankara", "Varna", ""};
constexpr const char* kWords[] = {"envoy", "rail", "harbour"};

class EventIndexTest : public AnyStoreTest, public ::testing::WithParamInterface<Engine> {
 protected:
  EventIndexTest() : AnyStoreTest(GetParam()) {}

  int Any(int below) { return std::uniform_int_distribution<>(0, below - 1)(random_); }

  // One of few reports, of one to three events, in one of many readings.
  std::unique_ptr<Document> AnyReport() {
    auto document = std::make_unique<Document>();
    document->article.id = "r" + std::to_string(Any(12));
    document->article.lang = "en";
    for (const char* code : kCodes) {
      Actor actor;
      actor.code = code;
      actor.name = std::string("one of ") + code;
      document->actors.push_back(actor);
    }
    for (int i = 1 + Any(3); i > 0; --i) {
      const auto start = static_cast<uint32_t>(document->article.text.size());
      document->article.AppendBlock(BlockKind::kParagraph, std::string(kWords[Any(3)]) + " came.");
      Event event;
      event.event_type = kTypes[Any(2) ? Any(3) : 0];
      event.quad_category = Any(5);
      event.goldstein = Any(200) / 10.0 - 10;
      event.confidence = Any(5) / 4.0;
      event.place = kPlaces[Any(3)];
      event.status = Any(3) == 0 ? EventStatus::kPlanned : EventStatus::kAsserted;
      const char* day = kDays[Any(2) ? Any(5) : 0];  // so that many tell of the same
      event.date = {day, day};
      event.sentence = document->article.blocks.back().start == 0
                           ? Span{0, document->article.blocks.back().end}
                           : Span{start + 2, document->article.blocks.back().end};
      event.trigger = event.sentence;
      for (int actors = Any(3); actors > 0; --actors) {
        event.actor.push_back({static_cast<uint32_t>(Any(2) ? Any(4) : 0), event.trigger});
      }
      event.recipient = {{static_cast<uint32_t>(Any(2) ? Any(4) : 1), event.trigger}};
      document->events.push_back(event);
    }
    return document;
  }

  // A review of one of the events, or its undoing.
  void ReviewAny(Store& store) {
    const std::vector<std::string> events = *store.Events({});
    if (events.empty()) return;
    Review review;
    review.id = Text(Json::parse(events[static_cast<size_t>(Any(int(events.size())))]), "id");
    static constexpr const char* kVerdicts[] = {"accept", "correct", "reject", "undo"};
    review.verdict = kVerdicts[Any(4)];
    review.reviewer = "Ana";
    if (review.verdict == "correct") review.fields = R"({"date": "2024-03-07"})";
    (void)store.AddReview(review, rules_);  // there may be nothing to undo
  }

  Query AnyQuery() {
    Query query;
    for (int parties = Any(3); parties > 0; --parties) query.parties.push_back(kCodes[Any(3)]);
    if (Any(3) == 0) query.from = kDays[Any(4)];
    if (Any(3) == 0) query.to = kDays[Any(4)];
    if (Any(4) == 0) query.event_type = kTypes[Any(3)];
    if (Any(4) == 0) query.status = "planned";
    if (Any(4) == 0) query.quad_category = 1 + Any(4);
    for (int places = Any(6) - 3; places > 0; --places) query.places.push_back(kPlaces[Any(2)]);
    if (Any(3) == 0) query.text = kWords[Any(3)];
    if (Any(8) == 0) query.accepted = true;
    if (Any(8) == 0) query.min_confidence = 0.5;
    if (Any(8) == 0) query.lang = Any(2) ? "en" : "id";
    return query;
  }

  void ExpectTheSame(const Store& store, const Query& query) {
    const EventCounts expected = CountedAnew(store, query), counts = *store.Count(query);
    EXPECT_EQ(counts.total, expected.total);
    EXPECT_EQ(counts.types, expected.types);
    EXPECT_EQ(counts.statuses, expected.statuses);
    EXPECT_EQ(counts.quads, expected.quads);
    EXPECT_EQ(counts.codes, expected.codes);
    const EventNetwork network = *store.Network(query, 10);
    EXPECT_EQ(network.actors.size(), expected.codes.size());
    for (const auto& actor : network.actors) {
      EXPECT_EQ(actor.events, expected.codes.at(actor.code));
    }
    const auto ties = TiesAnew(store, query);
    ASSERT_EQ(network.ties.size(), ties.size());
    for (const auto& tie : network.ties) {
      const auto& [events, goldstein] = ties.at({tie.a, tie.b});
      EXPECT_EQ(tie.events, events);
      EXPECT_NEAR(tie.goldstein, goldstein / static_cast<double>(events), 0.001);
    }
    const EventPlaces places = *store.Places(query);
    const auto [by_party, by_place] = PlacesAnew(store, query);
    ExpectSums(places.parties, by_party);
    ExpectSums(places.places, by_place);
  }

  std::mt19937 random_{3};
  const ReviewRules rules_ = std::move(*ReviewRules::Load(*Resources::Open()));
};
INSTANTIATE_TEST_SUITE_P(Engines, EventIndexTest, ::testing::ValuesIn(Engines()), EngineName);

// Reports come, are read anew and reviewed, here and by another program; the log of what was
// touched loses its beginning; batches are undone.
TEST_P(EventIndexTest, CountsAreThoseOfCountingAnew) {
  auto store = Open(), other = Open();
  for (int step = 0; step < 120; ++step) {
    Store& writer = Any(2) ? *store : *other;
    for (int reports = Any(4); reports > 0; --reports) EXPECT_TRUE(writer.Put(*AnyReport()));
    if (Any(3) == 0) ReviewAny(writer);
    if (Any(20) == 0) {
      auto database = std::move(*Database::Open(Path(), false));
      database->BeginWriting();
      database->Run("DELETE FROM touched WHERE number < (SELECT max(number) FROM touched)");
      database->Commit();
    }
    for (int i = 0; i < 3; ++i) ExpectTheSame(*store, AnyQuery());
    // A store that has no index finds the same events.
    Query page = AnyQuery();
    page.limit = Any(3) ? Any(5) : -1;
    page.offset = Any(3);
    EXPECT_EQ(*store->Events(page), *Open()->Events(page));
  }
}

TEST_P(EventIndexTest, WhatIsNotCommittedIsCountedAndForgotten) {
  auto store = Open();
  EXPECT_TRUE(store->Put(*AnyReport()));
  const int64_t before = store->Count({})->total;
  EXPECT_TRUE(store->Begin());
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(store->Put(*AnyReport()));
    ExpectTheSame(*store, {});
  }
  store = Open();
  EXPECT_EQ(store->Count({})->total, before);
  ExpectTheSame(*store, {});
}

TEST_P(EventIndexTest, ItsDaysAreTheFirstAndTheLast) {
  auto store = Open();
  EXPECT_EQ(store->Count({})->first, "");
  for (const char* day : {"", "2024-03", "2023-12-31", "2024-03-05"}) {
    auto report = AnyReport();
    report->article.id = std::string("of ") + day;
    for (Event& event : report->events) event.date = {day, day};
    EXPECT_TRUE(store->Put(*report));
  }
  EXPECT_EQ(store->Count({})->first, "2023-12-31");
  EXPECT_EQ(store->Count({})->last, "2024-03-05");
  EXPECT_EQ(store->Count({.since = "soon"}).error().code, ErrorCode::kInvalidInput);
}

}  // namespace
}  // namespace kronik
