// The chronicle at size: makes one of many events and times what is asked of it.
//
//   store_bench STORE [EVENTS]    makes it, if it isn't there, with EVENTS (1000000)
//
// STORE is a file, or the URL of an empty PostgreSQL database.
//
// The reports are made up, with the skew of real ones: few countries, types and publishers have
// most of the events (Zipf's law), a fifth of the reports are copies of another one, the newest
// years have the most. The same numbers give the same chronicle. Prints records a second for the
// making (by the clock, and by the time that the processor spent on it), and the median and the
// 95th percentile for each kind of query, over many different ones.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "kronik/store.h"

namespace kronik {
namespace {

using Clock = std::chrono::steady_clock;

double Milliseconds(Clock::time_point since) {
  return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

double ProcessorMilliseconds() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Draws 0 .. size - 1, by Zipf's law.
class Zipf {
 public:
  Zipf(size_t size, double exponent) {
    double sum = 0;
    for (size_t i = 1; i <= size; ++i) {
      sum += 1 / std::pow(static_cast<double>(i), exponent);
      sums_.push_back(sum);
    }
  }
  size_t operator()(std::mt19937& random) const {
    const double at = std::uniform_real_distribution<>(0, sums_.back())(random);
    return static_cast<size_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

constexpr const char* kTypes[] = {
    "CONSULT", "AGREE",    "SUPPORT", "COOPERATE", "AID",      "YIELD",  "REQUEST", "ACCUSE",
    "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE", "ASSAULT", "RETREAT"};
constexpr const char* kPlaces[] = {"Oslo", "Lima", "Geneva", "Nairobi", "Jakarta", "a border post"};
constexpr const char* kSectors[] = {"GOV", "MIL", "LEG", "JUD", "REB", "BUS", "MED", "CVL"};
constexpr const char* kContexts[] = {"diplomatic", "military",  "economic", "legal",
                                     "election",   "migration", "health",   "environment"};

// Things of the made-up world, and how they are drawn.
class World {
 public:
  std::string Code() { return CodeOf(codes_(random)); }
  static std::string CodeOf(size_t i) {
    std::string code = "AAA";
    for (size_t at = 3; at-- > 0; i /= 26) code[at] = static_cast<char>('A' + i % 26);
    return code;
  }
  std::string Word() { return "word" + std::to_string(words_(random)); }
  std::string Publisher() { return "Publisher " + std::to_string(publishers_(random)); }
  const char* Type() { return kTypes[types_(random)]; }
  const char* Sector() { return kSectors[few_(random)]; }
  const char* Context() { return kContexts[few_(random)]; }
  bool Chance(double p) { return std::bernoulli_distribution(p)(random); }
  // A day of ten years, later ones more likely.
  std::string Day() {
    const double at = std::sqrt(std::uniform_real_distribution<>(0, 1)(random));
    const int day = static_cast<int>(at * 3650);
    return fmt::format("{}-{:02}-{:02}", 2015 + day / 365, 1 + day % 365 / 31, 1 + day % 28);
  }

  std::mt19937 random{20150101};

 private:
  Zipf codes_{220, 1.0}, words_{30000, 1.0}, publishers_{800, 1.0}, types_{std::size(kTypes), 0.9},
      few_{8, 1.2};
};

constexpr size_t kEventsOfAReport = 8;
constexpr size_t kReportsOfABatch = 5000;  // of a commit
constexpr size_t kThreads = 2;             // that put reports

struct Told {
  std::string text;
  std::vector<Event> events;
  std::vector<Actor> actors;
};

// Fills a document; a copy carries what an earlier report said.
void Fill(World& world, Document& document, size_t number, Told& told, bool copy) {
  Article& article = document.article;
  article.id = fmt::format("{:032x}", number * 0x9E3779B97F4A7C15u);
  article.url = fmt::format("https://news.example/{}", number);
  article.publisher = world.Publisher();
  article.lang = world.Chance(0.2) ? "id" : "en";
  if (!copy) {
    told = {};
    const std::string day = world.Day();
    std::vector<std::string> sentences;
    for (size_t i = 0; i < kEventsOfAReport; ++i) {
      std::string sentence = "The";
      for (int w = 0; w < 14; ++w) sentence += " " + world.Word();
      sentences.push_back(sentence + ".");
    }
    for (size_t i = 0; i < 3; ++i) {
      Actor actor;
      actor.kind = ActorKind::kState;
      actor.code = world.Code();
      actor.name = "Government of " + actor.code;
      actor.sectors = {world.Sector()};
      told.actors.push_back(actor);
    }
    uint32_t at = 0;
    for (size_t i = 0; i < sentences.size(); ++i) {
      const auto size = static_cast<uint32_t>(sentences[i].size());
      Event event;
      event.event_type = world.Type();
      event.context = {world.Context()};
      event.goldstein = static_cast<double>(event.event_type.size()) - 6;
      event.sentence = {at, at + size};
      event.trigger = {at + 4, at + 9};
      event.actor = {{static_cast<uint32_t>(i % 3), {at, at + 3}}};
      event.recipient = {{static_cast<uint32_t>((i + 1) % 3), {at + 4, at + 9}}};
      event.date = {world.Chance(0.05) ? day.substr(0, 7) : day, ""};
      event.date.to = event.date.from;
      if (world.Chance(0.02)) event.date = {};
      event.status = world.Chance(0.15) ? EventStatus::kPlanned : EventStatus::kAsserted;
      event.confidence = std::uniform_int_distribution<>(30, 95)(world.random) / 100.0;
      if (told.events.empty()) event.place = kPlaces[size % std::size(kPlaces)];
      told.events.push_back(event);
      at += size + 2;
      told.text += (i == 0 ? "" : "\n\n") + sentences[i];
    }
    article.published = day;
  } else {
    article.published = told.events[0].date.from;
  }
  article.title = world.Word() + " " + world.Word() + " " + world.Word();
  article.text = told.text;
  article.blocks = {{BlockKind::kParagraph, 0, static_cast<uint32_t>(told.text.size())}};
  document.events = told.events;
  document.actors = told.actors;
  document.input.name = article.url;
  for (size_t i = 0; i < 2; ++i) {
    Statement statement;
    statement.source = {static_cast<uint32_t>(i), told.events[i].trigger};
    statement.cue = told.events[i].trigger;
    statement.content = {told.events[i].sentence};
    statement.sentence = told.events[i].sentence;
    document.statements.push_back(statement);
  }
}

// Puts documents from several threads: what one makes ready waits for nobody, while another writes.
Result<void> PutAll(Store& store, const std::vector<Document>& documents) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  Result<void> done;
  const auto put = [&] {
    for (size_t i = next++; i < documents.size(); i = next++) {
      Result<bool> changed = store.Put(documents[i]);
      if (changed) continue;
      const std::lock_guard lock(mutex);
      done = changed.error();
    }
  };
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < kThreads; ++i) threads.emplace_back(put);
  threads.clear();
  return done ? store.Commit() : done;
}

int Make(const std::string& path, size_t events) {
  auto store = Store::Open(path);
  if (!store) return fmt::print(stderr, "{}\n", store.error().ToString()), 2;
  World world;
  Told told;
  Result<void> done = (*store)->Begin();
  size_t records = 0;
  double putting = 0, processor = 0;
  const size_t reports = events / kEventsOfAReport;
  for (size_t first = 0; first < reports && done; first += kReportsOfABatch) {
    std::vector<Document> documents(std::min(kReportsOfABatch, reports - first));
    for (size_t i = 0; i < documents.size(); ++i) {
      Fill(world, documents[i], first + i + 1, told, first + i > 0 && world.Chance(0.2));
      records += 1 + documents[i].events.size() + documents[i].statements.size();
    }
    const Clock::time_point start = Clock::now();
    const double before = ProcessorMilliseconds();
    done = PutAll(**store, documents);
    putting += Milliseconds(start);
    processor += ProcessorMilliseconds() - before;
    if (first / kReportsOfABatch % 4 == 0) fmt::print(stderr, "{} of {}\n", first, reports);
  }
  if (!done) return fmt::print(stderr, "{}\n", done.error().ToString()), 2;
  std::error_code no_file;
  const uintmax_t size = std::filesystem::file_size(path, no_file);
  fmt::print(
      "put: {} reports, {} records in {:.1f} s: {:.0f} records/s ({:.0f}/s of this program's"
      " processor time); {} MiB\n",
      reports, records, putting / 1000, static_cast<double>(records) / putting * 1000,
      static_cast<double>(records) / processor * 1000, (no_file ? 0 : size) >> 20);
  return 0;
}

int Ask(const std::string& path) {
  auto store = Store::Open(path, {.create = false});
  if (!store) return fmt::print(stderr, "{}\n", store.error().ToString()), 2;
  World world;
  world.random.seed(7);
  const auto time = [&](const char* name, const std::function<size_t()>& ask, int times = 200) {
    std::vector<double> took;
    size_t found = 0;
    for (int i = 0; i < times; ++i) {
      const Clock::time_point start = Clock::now();
      found += ask();
      took.push_back(Milliseconds(start));
    }
    std::sort(took.begin(), took.end());
    fmt::print("{:48} median {:7.2f} ms, 95% {:8.2f} ms, {:.1f} records\n", name,
               took[took.size() / 2], took[took.size() * 95 / 100],
               static_cast<double>(found) / times);
    std::fflush(stdout);
  };
  const auto events = [&](Query query) {
    query.limit = 100;
    auto found = (*store)->Events(query);
    return found ? found->size() : 0;
  };
  const auto dyad = [&] { return std::vector<std::string>{world.Code(), world.Code()}; };
  const auto from = [&] { return world.Day(); };
  time("dyad timeline", [&] { return events({.parties = dyad()}); });
  time("dyad timeline from a day", [&] { return events({.parties = dyad(), .from = from()}); });
  time("dyad timeline, the largest dyad", [&] {
    return events({.parties = {World::CodeOf(0), World::CodeOf(1)}});
  });
  time("dyad timeline, a dyad by chance", [&] {
    std::uniform_int_distribution<size_t> any(0, 219);
    return events(
        {.parties = {World::CodeOf(any(world.random)), World::CodeOf(any(world.random))}});
  });
  time("party, sector, type, context", [&] {
    return events({.parties = {world.Code()},
                   .sector = world.Sector(),
                   .event_type = world.Type(),
                   .context = world.Context()});
  });
  time("type, status, confidence, days", [&] {
    const std::string day = world.Day();
    return events({.from = day,
                   .to = day.substr(0, 4) + "-12-31",
                   .event_type = world.Type(),
                   .status = "planned",
                   .min_confidence = 0.8});
  });
  time("publisher, lang, days",
       [&] { return events({.from = from(), .lang = "id", .publisher = world.Publisher()}); });
  time("party and a word",
       [&] { return events({.parties = {world.Code()}, .text = world.Word()}); });
  time("two words", [&] { return events({.text = world.Word() + " " + world.Word()}); });
  time("days alone", [&] { return events({.from = from()}); });
  time("statements of a party", [&] {
    auto found = (*store)->Statements({.parties = {world.Code()}, .limit = 100});
    return found ? found->size() : 0;
  });
  time("articles by words", [&] {
    auto found = (*store)->Articles(false, {.text = world.Word(), .limit = 100});
    return found ? found->size() : 0;
  });
  time(
      "stats of a dyad by month",
      [&] {
        auto found = (*store)->Stats({.parties = dyad()}, {"month", "dyad"});
        return found ? found->size() : 0;
      },
      50);
  time(
      "stats of all by month and type",
      [&] {
        auto found = (*store)->Stats({}, {"month", "type"});
        return found ? found->size() : 0;
      },
      3);
  return 0;
}

}  // namespace
}  // namespace kronik

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: store_bench STORE [EVENTS]\n");
    return 2;
  }
  const std::string path = argv[1];
  if (!kronik::Store::Open(path, {.create = false})) {
    const size_t events = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000000;
    if (const int code = kronik::Make(path, events); code != 0) return code;
  }
  return kronik::Ask(path);
}
