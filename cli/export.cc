#include "cli/export.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <unordered_map>

#include "cli/output.h"
#include "export/export.h"

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
std::string EvidencePath(const std::string& output) {
  const std::filesystem::path path(output);
  std::filesystem::path name = path.stem();
  name += ".evidence";
  name += path.has_extension() ? path.extension() : std::filesystem::path(".tsv");
  return (path.parent_path() / name).string();
}

}  // namespace

int Export(const ExportOptions& options, const std::string& path) {
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Failed(resources.error());
  const std::optional<ExportFormat> format = ExportFormatOf(options.format);
  if (!format) return Failed({ErrorCode::kInvalidInput, "no such format", options.format});
  Result<Exporter> exporter = Exporter::Load(*resources, *format);
  if (!exporter) return Failed(exporter.error());
  Result<std::unique_ptr<Store>> store = Store::Open(path, {.create = false});
  if (!store) return Failed(store.error());
  Result<std::vector<std::string>> records = (*store)->Articles(false);
  if (!records) return Failed(records.error());
  std::unordered_map<std::string, Json> articles;
  for (const std::string& record : *records) {
    Json article = Json::parse(record);
    std::string id = article["id"];
    articles.emplace(std::move(id), std::move(article));
  }
  const Exporter::Articles find = [&](std::string_view id) {
    auto found = articles.find(std::string(id));
    return found == articles.end() ? nullptr : &found->second;
  };

  std::unique_ptr<NewFile> output, evidence;
  if (!options.output.empty()) output = std::make_unique<NewFile>(options.output);
  // A JSON record carries its evidence itself.
  if (!options.evidence.empty() || (!options.output.empty() && *format != ExportFormat::kJsonl)) {
    evidence = std::make_unique<NewFile>(options.evidence.empty() ? EvidencePath(options.output)
                                                                  : options.evidence);
    evidence->Write(exporter->EvidenceHeader());
  }
  auto write = [&](std::string_view text) { output ? output->Write(text) : Print(text); };
  write(exporter->Header());
  Result<void> written = (*store)->ForEachEvent(options.query, [&](std::string_view record) {
    const Json event = Json::parse(record);
    write(exporter->Rows(event, find));
    if (evidence) evidence->Write(exporter->EvidenceRows(event, find));
    return !Interrupted();
  });
  if (!written) return Failed(written.error());
  if (Interrupted()) return kInterrupted;
  for (NewFile* file : {output.get(), evidence.get()}) {
    if (file == nullptr) continue;
    if (Result<void> closed = file->Close(); !closed) return Failed(closed.error());
  }
  if (!output) FlushOutput();
  return kAllDone;
}

}  // namespace kronik::cli
