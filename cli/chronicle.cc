#include "cli/chronicle.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <thread>

#include "cli/output.h"
#include "cli/report.h"
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

std::string Text(const Json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string Interval(const Json& record, const char* name) {
  auto found = record.find(name);
  if (found == record.end()) return "";
  std::string from = Text(*found, "from"), to = Text(*found, "to");
  return from == to ? from : from + ".." + to;
}

// "RUS GOV (Lavrov)".
std::string Actor(const Json& actor) {
  std::string code = Text(actor, "code");
  for (const Json& sector : actor.value("sectors", Json::array())) {
    code += (code.empty() ? "" : " ") + sector.get<std::string>();
  }
  std::string name = Squash(Text(actor, "name"));
  if (name.empty()) name = Squash(Text(actor, "text"));
  return code.empty() ? name : code + " (" + name + ")";
}

std::string Actors(const Json& actors) {
  std::string list;
  for (const Json& actor : actors) list += (list.empty() ? "" : ", ") + Actor(actor);
  return list;
}

void PrintEvent(const Json& event) {
  std::string type = Text(event, "event_type");
  if (std::string mode = Text(event, "mode"); !mode.empty()) type += "/" + mode;
  std::string line =
      fmt::format("{:22} {:20} {}", Interval(event, "date"), type, Actors(event["actor"]));
  if (!event["recipient"].empty()) line += " → " + Actors(event["recipient"]);
  if (std::string status = Text(event, "status"); status != "asserted")
    line += "  (" + status + ")";
  PrintLine(line);
  for (const Json& evidence : event.value("evidence", Json::array())) {
    std::string sentence = evidence.contains("sentence") ? Text(evidence["sentence"], "text") : "";
    PrintLine(fmt::format("    “{}”  {}", Squash(sentence), Text(evidence, "input")));
  }
}

std::string PartiesForPeople(const Json& commitment) {
  std::string parties;
  for (const Json& party : commitment["parties"]) {
    const std::string code = Text(party["actor"], "code");
    const std::string name = code.empty() ? Squash(Text(party["actor"], "name")) : code;
    if (!parties.empty()) parties += Text(party, "role") == "toward" ? " → " : ", ";
    parties += name;
    const std::string role = Text(party, "role");
    if (role != "bound" && role != "toward") parties += " (" + role + ")";
  }
  return parties;
}

std::string SubjectForPeople(const Json& commitment) {
  return Squash(Text(commitment.value("subject", Json::object()), "text"));
}

// How many columns a text takes, near enough: its code points.
size_t Width(std::string_view text) {
  size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return width;
}

// The ledger as a table: its columns are as wide as their widest cell, up to a limit.
void PrintLedgerTable(const std::vector<Json>& entries) {
  constexpr size_t kWidest = 40;
  const std::vector<std::string> header = {"made",    "term",    "kind",   "status",
                                           "reports", "parties", "subject"};
  std::vector<std::vector<std::string>> rows{header};
  for (const Json& entry : entries) {
    std::string status = Text(entry, "status");
    if (entry.contains("disputed")) status += "?";
    std::string term = Interval(entry, "term");
    rows.push_back({Interval(entry, "made"), term, Text(entry, "kind"), std::move(status),
                    std::to_string(entry["evidence"].size()), PartiesForPeople(entry),
                    SubjectForPeople(entry)});
  }
  std::vector<size_t> widths(header.size(), 0);
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], std::min(Width(row[i]), kWidest));
    }
  }
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) {
        line.append(widths[i] - std::min(widths[i], Width(row[i])) + 2, ' ');
      }
    }
    PrintLine(line);
  }
}

std::string List(const Json& names) {
  std::string list;
  for (const Json& name : names) list += (list.empty() ? "" : ", ") + name.get<std::string>();
  return list;
}

// One entry with all its reports and why each of them is in it.
void ExplainEntry(const Json& entry) {
  PrintLine(fmt::format("{}  {}  {}{}", Text(entry, "id"), Text(entry, "kind"),
                        Text(entry, "status"), entry.contains("disputed") ? " (disputed)" : ""));
  PrintLine("  " + PartiesForPeople(entry) + ": " + SubjectForPeople(entry));
  for (const Json& evidence : entry["evidence"]) {
    PrintLine(fmt::format("  {:12} {:16} {}", Interval(evidence, "date"), Text(evidence, "status"),
                          Text(evidence, "input")));
    if (std::string source = Actors(evidence["source"]); !source.empty())
      PrintLine("    according to " + source);
    PrintLine("    “" + Squash(Text(evidence["sentence"], "text")) + "”");
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
    PrintLine(fmt::format("    joined: {} (score {:.1f})", why, match["score"].get<double>()));
  }
}

template <typename PrintOne>
int PrintRecords(const Result<std::vector<std::string>>& records, bool jsonl, PrintOne print) {
  if (!records) {
    Complain(records.error().ToString());
    return kCouldNotRun;
  }
  for (const std::string& record : *records) {
    if (jsonl) {
      PrintLine(record);
    } else {
      print(Json::parse(record));
    }
  }
  FlushOutput();
  return kAllDone;
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

int ReadIntoStore(const Options& options, const std::string& path, const ReadOptions& choice) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = true, .keep = choice.keep});
  if (!store) return kCouldNotRun;
  std::optional<Run> run = Run::Start(options, kEvents | kStatements | kCommitments);
  if (!run) return kCouldNotRun;
  const bool colour = WantsColour();
  size_t read = 0, unchanged = 0;
  const int code = run->Over(
      options,
      [&](const Document& document) {
        return choice.quiet ? std::string() : ReportForPeople(document, colour) + "\n";
      },
      [&](const Document& document, std::string_view report) {
        Result<bool> changed = store->Put(document);
        if (!changed) {
          Complain(document.input.name + ": " + changed.error().ToString());
          return false;
        }
        ++read;
        unchanged += !*changed;
        Print(report);
        return true;
      });
  fmt::print(stderr, "kronik: {} reports read into {}, {} of them were there already\n", read, path,
             unchanged);
  return code;
}

int PrintTimeline(const EventQuery& query, const std::string& path, bool jsonl) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  return PrintRecords(store->Events(query), jsonl, PrintEvent);
}

int PrintLedger(const LedgerQuery& query, const std::string& path, bool jsonl) {
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  const Result<std::vector<std::string>> records = store->Ledger(query);
  if (query.explain && records && records->empty()) {
    Complain(query.id + ": no such entry");
    return kCouldNotRun;
  }
  if (jsonl || !records) return PrintRecords(records, jsonl, [](const Json&) {});
  std::vector<Json> entries;
  for (const std::string& record : *records) entries.push_back(Json::parse(record));
  if (query.explain) {
    for (const Json& entry : entries) ExplainEntry(entry);
  } else {
    PrintLedgerTable(entries);
  }
  FlushOutput();
  return kAllDone;
}

int Serve([[maybe_unused]] const std::string& path, [[maybe_unused]] const ServeOptions& options) {
#ifdef KRONIK_HAS_SERVER
  std::unique_ptr<Store> store = OpenStore(path, {.create = false});
  if (!store) return kCouldNotRun;
  auto failed = [](const Error& error) {
    Complain(error.ToString());
    return kCouldNotRun;
  };
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return failed(resources.error());
  Result<Pipeline> pipeline = Pipeline::Load(*resources);
  if (!pipeline) return failed(pipeline.error());
  const bool local = IsLoopback(options.host);
  Result<std::unique_ptr<Api>> api =
      Api::Load(*store, *resources, *pipeline, {.whole_articles = local});
  if (!api) return failed(api.error());
  const std::string token = local ? "" : Token();
  Server server(**api, {.host = options.host, .token = token});
  Result<int> bound = server.Bind(options.port);
  if (!bound) return failed(bound.error());
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
  if (!served) return failed(served.error());
  return kAllDone;
#else
  Complain("this kronik was built without the server (KRONIK_SERVER)");
  return kCouldNotRun;
#endif
}

}  // namespace kronik::cli
