#include "cli/chronicle.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>

#include "cli/guard.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/table.h"
#include "record/json.h"
#ifdef KRONIK_HAS_SERVER
#include "server/api.h"
#include "server/server.h"
#endif

namespace kronik::cli {
namespace {

// The chronicle, or null after a complaint.
std::unique_ptr<Store> OpenStore(const std::string& path, StoreOptions options) {
  Result<std::unique_ptr<Store>> store = Store::Open(path, options);
  if (store) return std::move(*store);
  Complain(store.error().ToString());
  return nullptr;
}

void PrintEvent(const Json& event) {
  std::string type = TextOf(event, "event_type");
  if (std::string mode = TextOf(event, "mode"); !mode.empty()) type += "/" + mode;
  std::string line =
      fmt::format("{:22} {:20} {}", IntervalOf(event, "date"), type, ActorsOf(event["actor"]));
  if (!event["recipient"].empty()) line += " → " + ActorsOf(event["recipient"]);
  if (std::string status = TextOf(event, "status"); status != "asserted")
    line += "  (" + status + ")";
  if (std::string review = ReviewOf(event); !review.empty()) line += "  [" + review + "]";
  PrintLine(line);
  for (const Json& evidence : event.value("evidence", Json::array())) {
    std::string sentence =
        evidence.contains("sentence") ? TextOf(evidence["sentence"], "text") : "";
    PrintLine(fmt::format("    “{}”  {}", Squash(sentence), TextOf(evidence, "input")));
  }
}

std::string PartiesForPeople(const Json& commitment) {
  std::string parties;
  for (const Json& party : commitment["parties"]) {
    const std::string code = TextOf(party["actor"], "code");
    const std::string name = code.empty() ? Squash(TextOf(party["actor"], "name")) : code;
    if (!parties.empty()) parties += TextOf(party, "role") == "toward" ? " → " : ", ";
    parties += name;
    const std::string role = TextOf(party, "role");
    if (role != "bound" && role != "toward") parties += " (" + role + ")";
  }
  return parties;
}

std::string SubjectForPeople(const Json& commitment) {
  return Squash(TextOf(commitment.value("subject", Json::object()), "text"));
}

std::vector<Table::Column> LedgerColumns() {
  return {
      {"made", [](const Json& r) { return IntervalOf(r, "made"); }},
      {"term", [](const Json& r) { return IntervalOf(r, "term"); }},
      {"kind", [](const Json& r) { return TextOf(r, "kind"); }},
      {"status",
       [](const Json& r) { return TextOf(r, "status") + (r.contains("disputed") ? "?" : ""); }},
      {"reports", [](const Json& r) { return std::to_string(r["evidence"].size()); }},
      {"parties", PartiesForPeople},
      {"subject", SubjectForPeople},
      {"id", [](const Json& r) { return TextOf(r, "id"); }},
      {"review", ReviewOf},
  };
}

std::string List(const Json& names) {
  std::string list;
  for (const Json& name : names) list += (list.empty() ? "" : ", ") + name.get<std::string>();
  return list;
}

// One entry with all its reports and why each of them is in it.
void ExplainEntry(const Json& entry) {
  PrintLine(fmt::format("{}  {}  {}{}", TextOf(entry, "id"), TextOf(entry, "kind"),
                        TextOf(entry, "status"), entry.contains("disputed") ? " (disputed)" : ""));
  PrintLine("  " + PartiesForPeople(entry) + ": " + SubjectForPeople(entry));
  for (const Json& evidence : entry["evidence"]) {
    PrintLine(fmt::format("  {:12} {:16} {}", IntervalOf(evidence, "date"),
                          TextOf(evidence, "status"), TextOf(evidence, "input")));
    if (std::string source = ActorsOf(evidence["source"]); !source.empty())
      PrintLine("    according to " + source);
    PrintLine("    “" + Squash(TextOf(evidence["sentence"], "text")) + "”");
    const Json& match = evidence["match"];
    if (!match.is_object()) {
      PrintLine("    opens the entry");
      continue;
    }
    std::string why = "same parties " + List(match["parties"]);
    if (!match["acts"].empty()) why += "; same acts " + List(match["acts"]);
    if (!match["topics"].empty()) why += "; same topics " + List(match["topics"]);
    if (!match["words"].empty()) why += "; same words " + List(match["words"]);
    if (match["same_term"] == true) why += "; same term";
    if (match.contains("deed")) {
      const std::string act = TextOf(match["outcome"], "act");
      why += fmt::format("; the deed \"{}\" leaves {} {}", TextOf(match, "deed"),
                         act.empty() || act == "-" ? "it" : '"' + act + '"',
                         TextOf(match["outcome"], "status"));
    }
    PrintLine(fmt::format("    joined: {} (score {:.1f})", why, match["score"].get<double>()));
  }
}

#ifdef KRONIK_HAS_SERVER
// What a stranger has to show: KRONIK_TOKEN, or 128 random bits. Not an option, since every user of
// the machine can read a command line.
std::string Token() {
  if (const char* token = std::getenv("KRONIK_TOKEN")) return token;
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}
#endif

}  // namespace

namespace {

// Commits what a store takes in, twice a second, so that many reports share a transaction and other
// programs neither wait for long nor see old news.
class Committer {
 public:
  explicit Committer(Store& store) : store_(store) {
    Keep(store.Begin());
    thread_ = std::jthread([this](std::stop_token stop) {
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable_any pause;
      while (!pause.wait_for(lock, stop, std::chrono::milliseconds(500),
                             [&] { return stop.stop_requested(); })) {
        Keep(store_.Commit());
      }
    });
  }

  // Commits the rest. The first error of all.
  Result<void> Finish() {
    thread_.request_stop();
    thread_.join();
    Keep(store_.Commit());
    return result_;
  }

 private:
  void Keep(Result<void> result) {
    if (result_) result_ = std::move(result);
  }

  Store& store_;
  Result<void> result_;
  std::jthread thread_;
};

int ReadGuarded(const Options& options, const std::string& path, const ReadOptions& choice,
                Guard& guard) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = true, .keep = choice.keep});
  if (!store) return kCouldNotRun;
  std::optional<Run> run = Run::Start(options, kEvents | kStatements | kCommitments);
  if (!run) return kCouldNotRun;
  const bool colour = WantsColour();
  size_t read = 0, unchanged = 0, unchanged_addresses = 0;
  std::atomic<size_t> known = 0;
  const std::string version = run->Version() + std::to_string(static_cast<int>(choice.keep));
  const std::string visit_version = VisitVersion(version, options.hints.lang, options.hints.date);
  const Run::Spare spare{[&](const Input& input) { return SourceOf(input, version); },
                         [&](const std::string& of) {
                           using Problems = std::optional<std::vector<Error>>;
                           if (choice.again) return Problems();
                           const Result<Problems> found = store->ProblemsOf(of);
                           if (!found) return Problems();
                           known += found->has_value();
                           return *found;
                         },
                         [&](const std::string& source, const std::function<void()>& analyse) {
                           return guard.Analyse(source, analyse);
                         },
                         [&](const std::string& url) {
                           if (choice.again) return Validators();
                           const Result<Validators> found = store->Recall(url, visit_version);
                           return found ? *found : Validators();
                         },
                         [&](const Visit& visit) {
                           unchanged_addresses += visit.unchanged;
                           if (visit.unchanged) return;
                           const Result<void> done =
                               store->Remember(visit.url, visit_version, visit.validators);
                           if (!done) Complain(done.error().ToString());
                         }};
  Committer committer(*store);
  const int code = run->Over(
      options,
      [&](const Document& document) {
        return Run::Rendered{
            choice.quiet ? std::string() : ReportForPeople(document, colour) + "\n",
            store->Prepare(document)};
      },
      [&](const Document& document, const Run::Rendered& rendered, std::string_view source) {
        Result<bool> changed = store->Put(*rendered.records, source);
        if (!changed) {
          Complain(document.input.name + ": " + changed.error().ToString());
          return false;
        }
        ++read;
        unchanged += !*changed;
        Print(rendered.text);
        return true;
      },
      &spare);
  const Result<void> committed = committer.Finish();
  if (!committed) return Failed(committed.error());
  if (code == kCouldNotRun) return code;
  std::string ending;
  if (unchanged_addresses > 0) {
    ending = fmt::format("; {} addresses have not changed", unchanged_addresses);
  }
  fmt::print(stderr, "kronik: {} reports read into {}, {} of them were there already{}\n",
             read + known, path, unchanged + known, ending);
  return code;
}

}  // namespace

int ReadIntoStore(const Options& options, const std::string& path, const ReadOptions& choice) {
  const auto read = [&](Guard& guard) { return ReadGuarded(options, path, choice, guard); };
  // What came from standard input does not come again.
  const std::vector<std::string>& inputs = options.inputs;
  if (std::find(inputs.begin(), inputs.end(), "-") == inputs.end()) return Guarded(read);
  Guard guard;
  return read(guard);
}

int PrintTimeline(const Query& query, const std::string& path, const std::string& form) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  const bool text = form == "text";
  Table table(form, EventColumns());
  Result<void> done = store->ForEachEvent(query, [&](std::string_view record) {
    text ? PrintEvent(Json::parse(record)) : table.Add(record);
    return !Interrupted();
  });
  text ? FlushOutput() : table.Finish();
  if (Interrupted()) return kInterrupted;
  return done ? kAllDone : Failed(done.error());
}

int PrintLedger(const LedgerQuery& query, const std::string& path, const std::string& form) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  const Result<std::vector<std::string>> records = store->Ledger(query);
  if (!records) return Failed(records.error());
  if (query.explain && records->empty()) {
    Complain(query.id + ": no such entry");
    return kCouldNotRun;
  }
  if (query.explain && form == "text") {
    for (const std::string& record : *records) ExplainEntry(Json::parse(record));
    FlushOutput();
    return kAllDone;
  }
  Table table(form, LedgerColumns());
  for (const std::string& record : *records) table.Add(record);
  table.Finish();
  return kAllDone;
}

int Serve([[maybe_unused]] const std::string& path, [[maybe_unused]] const ServeOptions& options) {
#ifdef KRONIK_HAS_SERVER
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Failed(resources.error());
  Result<Pipeline> pipeline = Pipeline::Load(*resources);
  if (!pipeline) return Failed(pipeline.error());
  // So that the first question finds in memory what events are counted by.
  if (Result<EventCounts> counts = store->Count({}); !counts) return Failed(counts.error());
  const bool local = IsLoopback(options.host);
  Result<std::unique_ptr<Api>> api =
      Api::Load(*store, *resources, *pipeline, {.whole_articles = local});
  if (!api) return Failed(api.error());
  const std::string token = local ? "" : Token();
  Server server(**api, {.host = options.host, .token = token});
  Result<int> bound = server.Bind(options.port);
  if (!bound) return Failed(bound.error());
  const std::string name = local ? "localhost" : options.host;
  fmt::print(stderr, "kronik: serving {} at http://{}:{}/{} (Ctrl-C ends it)\n", path,
             name.find(':') == std::string::npos ? name : "[" + name + "]", *bound,
             local ? "" : "?token=" + token);
  // A signal handler may not stop the server, so this thread watches for one.
  std::jthread watch([&](std::stop_token ended) {
    while (!ended.stop_requested() && !Interrupted()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    server.Stop();
  });
  Result<void> served = server.Run();
  if (!served) return Failed(served.error());
  return kAllDone;
#else
  Complain("this kronik was built without the server (KRONIK_SERVER)");
  return kCouldNotRun;
#endif
}

}  // namespace kronik::cli
