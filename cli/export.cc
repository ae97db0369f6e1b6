#include "cli/export.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "cli/output.h"
#include "export/export.h"
#include "export/statement_events.h"

namespace kronik::cli {
namespace {

// A file that appears under its name only once it is whole.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {
    file_ = std::fopen(part_.c_str(), "wb");
    failed_ = file_ == nullptr ? errno : 0;
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (file_ != nullptr) std::fclose(file_);
    if (!done_) std::remove(part_.c_str());
  }

  void Write(std::string_view text) {
    if (failed_ == 0 && std::fwrite(text.data(), 1, text.size(), file_) != text.size()) {
      failed_ = errno;
    }
  }

  Result<void> Close() {
    if (file_ != nullptr && std::fclose(std::exchange(file_, nullptr)) != 0 && failed_ == 0) {
      failed_ = errno;
    }
    if (failed_ == 0 && std::rename(part_.c_str(), path_.c_str()) != 0) failed_ = errno;
    if (failed_ != 0) return Error{ErrorCode::kIo, std::strerror(failed_), path_};
    done_ = true;
    return {};
  }

 private:
  const std::string path_, part_;
  std::FILE* file_ = nullptr;
  int failed_ = 0;
  bool done_ = false;
};

// "events.csv" -> "events.evidence.csv".
std::string Beside(const std::string& output, const char* what) {
  const std::filesystem::path path(output);
  std::filesystem::path name = path.stem();
  name += std::string(".") + what;
  name += path.has_extension() ? path.extension() : std::filesystem::path(".tsv");
  return (path.parent_path() / name).string();
}

// A file beside the output: `given`, or named after the output where that is a file; else none.
std::unique_ptr<NewFile> OpenBeside(const std::string& given, const std::string& output,
                                    const char* what) {
  if (given.empty() && output.empty()) return nullptr;
  return std::make_unique<NewFile>(given.empty() ? Beside(output, what) : given);
}

// What an export since a moment takes back: events that were withdrawn, or that reviewers no longer
// accept where only accepted ones are asked for.
Result<std::string> TakenBack(const Store& store, const Exporter& exporter, const Query& query) {
  Result<std::vector<std::string>> withdrawn = store.WithdrawnEvents(query.since);
  if (!withdrawn) return withdrawn.error();
  std::string rows;
  for (const std::string& line : *withdrawn) {
    const Json entry = Json::parse(line);
    Json event = entry["record"];
    event["id"] = entry["id"];
    rows += exporter.WithdrawnRows(event, entry["withdrawn"]);
  }
  if (!query.accepted) return rows;
  Result<std::vector<std::string>> log = store.Reviews();
  if (!log) return log.error();
  std::set<std::string> reviewed;
  for (const std::string& entry : *log) reviewed.insert(Json::parse(entry)["id"]);
  Query all;
  all.since = query.since;
  Result<void> done = store.ForEachEvent(all, [&](std::string_view record) {
    const Json event = Json::parse(record);
    const bool accepted = event.contains("review") && event["review"]["verdict"] != "reject";
    if (!accepted && reviewed.contains(event["id"])) rows += exporter.WithdrawnRows(event, "");
    return true;
  });
  if (!done) return done.error();
  return rows;
}

// Whether the conventions that were asked for leave an event out.
bool LeftOut(const ExportOptions& options, const Json& event) {
  const Json &actors = event["actor"], &recipients = event["recipient"];
  if (options.with_recipient && recipients.empty() && actors.size() < 2) return true;
  if (!options.no_domestic) return false;
  std::set<std::string> countries;
  for (const Json* side : {&actors, &recipients}) {
    for (const Json& party : *side) {
      if (party.contains("code") && party["code"].is_string()) countries.insert(party["code"]);
    }
  }
  return countries.size() == 1;
}

// What is cited of an article; nothing of one that isn't there.
CitedArticle Cite(const Store& store, const std::string& id) {
  Result<std::string> record = store.FindArticle(id);
  if (!record) return {};
  const Json article = Json::parse(*record);
  return {article.value("url", ""), article.value("publisher", ""), article.value("published", ""),
          article.value("lang", "")};
}

// Gives each statement of the chronicle that CAMEO counts as an event (01, 02) and no event tells.
Result<void> ForEachStatement(
    const Store& store, const Resources& resources, const Query& query,
    const std::function<bool(const Json& event, const CitedArticles& articles)>& visit) {
  Result<StatementEvents> statements = StatementEvents::Load(resources);
  if (!statements) return statements.error();
  Result<void> told = store.ForEachEvent({}, [&](std::string_view record) {
    statements->Told(Json::parse(record));
    return !Interrupted();
  });
  if (!told) return told.error();
  Result<std::vector<std::string>> records = store.Statements(query);
  if (!records) return records.error();
  CitedArticles cited;  // the last one: the statements of an article stand together
  for (const std::string& record : *records) {
    const Json statement = Json::parse(record);
    const std::string id = statement["article"];
    if (!cited.contains(id)) cited = {{id, Cite(store, id)}};
    const std::optional<Json> event = statements->Of(statement, cited.find(id)->second);
    if (event && !visit(*event, cited)) break;
  }
  return {};
}

}  // namespace

int Export(const ExportOptions& options, const std::string& path) {
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Failed(resources.error());
  const std::optional<ExportFormat> format = ExportFormatOf(options.format);
  if (!format) return Failed({ErrorCode::kInvalidInput, "no such format", options.format});
  if (options.statements && *format == ExportFormat::kPolecat) {
    return Failed({ErrorCode::kUnsupported, "PLOVER's events are no statements", options.format});
  }
  const std::optional<Reciprocal> reciprocal = ReciprocalOf(options.reciprocal);
  if (!reciprocal) return Failed({ErrorCode::kInvalidInput, "no such way", options.reciprocal});
  Result<Exporter> exporter =
      Exporter::Load(*resources, *format, {*reciprocal, options.safe_cells});
  if (!exporter) return Failed(exporter.error());
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  const bool since = !options.query.since.empty();
  std::unique_ptr<NewFile> output, evidence, withdrawn;
  if (!options.output.empty()) output = std::make_unique<NewFile>(options.output);
  // A JSON record carries its evidence itself.
  if (!options.evidence.empty() || *format != ExportFormat::kJsonl) {
    evidence = OpenBeside(options.evidence, options.output, "evidence");
  }
  if (evidence) evidence->Write(exporter->EvidenceHeader());
  std::string taken_back;
  if (since) {
    withdrawn = OpenBeside(options.withdrawn, options.output, "withdrawn");
    Result<std::string> rows = TakenBack(**store, *exporter, options.query);
    if (!rows) return Failed(rows.error());
    taken_back = std::move(*rows);
  }
  auto write = [&](std::string_view text) { output ? output->Write(text) : Print(text); };
  write(exporter->Header());
  const auto tell = [&](const Json& event, const CitedArticles& articles) {
    const bool left_out = LeftOut(options, event);
    const std::string rows = left_out ? "" : exporter->Rows(event, articles);
    write(rows);
    // It changed into what this format can't tell.
    if (since && rows.empty()) taken_back += exporter->WithdrawnRows(event, "");
    if (evidence && !left_out) evidence->Write(exporter->EvidenceRows(event, articles));
    return !Interrupted();
  };
  Result<void> written = (*store)->ForEachEvent(
      options.query, [&](std::string_view record, const CitedArticles& articles) {
        return tell(Json::parse(record), articles);
      });
  if (!written) return Failed(written.error());
  // A statement has no type, so whoever asks for one asks for no statements.
  if (options.statements && options.query.event_type.empty()) {
    written = ForEachStatement(**store, *resources, options.query, tell);
    if (!written) return Failed(written.error());
  }
  if (Interrupted()) return kInterrupted;
  if (withdrawn) {
    withdrawn->Write(exporter->WithdrawnHeader());
    withdrawn->Write(taken_back);
  } else if (!taken_back.empty()) {
    Complain("events were withdrawn since then: --output or --withdrawn lists them");
  }
  for (NewFile* file : {output.get(), evidence.get(), withdrawn.get()}) {
    if (file == nullptr) continue;
    if (Result<void> closed = file->Close(); !closed) return Failed(closed.error());
  }
  if (!output) FlushOutput();
  return kAllDone;
}

}  // namespace kronik::cli
