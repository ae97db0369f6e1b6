#include "cli/language.h"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <fstream>

#include "base/utf8.h"
#include "entity/entity_stage.h"
#include "parse/parse_stage.h"
#include "record/conllu.h"
#include "train/convert.h"
#include "train/train.h"
#include "train/ud_scores.h"

namespace kronik::cli {
namespace {

std::optional<train::Treebank> Read(std::string path) {
  int weight = 1;
  if (const size_t equals = path.rfind('='); equals != std::string::npos) {
    const char* end = path.data() + path.size();
    const auto [rest, error] = std::from_chars(path.data() + equals + 1, end, weight);
    if (error == std::errc() && rest == end && weight > 0) path.resize(equals);
  }
  Result<train::Treebank> bank = train::ReadTreebank(path);
  if (!bank) {
    Complain(bank.error().ToString());
    return std::nullopt;
  }
  bank->weight = std::max(weight, 1);
  return std::move(*bank);
}

// The bytes of one file, unpacked.
std::optional<std::string> ReadFile(const std::string& path, const InputOptions& hints) {
  std::optional<std::string> bytes;
  std::atomic<uint64_t> bytes_read = 0;
  ForEachInput({path}, hints, {}, bytes_read, [&](Found found) {
    if (auto* input = std::get_if<Input>(&found)) {
      bytes = std::move(input->bytes);
    } else if (const auto* error = std::get_if<Error>(&found)) {
      Complain(error->ToString());
    }
    return false;
  });
  return bytes;
}

}  // namespace

int TrainModel(const TrainOptions& options) {
  // Nothing is written before the end, so there is nothing to finish: stop at once.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  train::Options training;
  training.seed = options.seed;
  if (options.epochs > 0) training.epochs = options.epochs;
  const auto log = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  std::vector<train::Treebank> banks;
  for (const std::string& path : options.treebanks) {
    std::optional<train::Treebank> bank = Read(path);
    if (!bank) return kCouldNotRun;
    banks.push_back(std::move(*bank));
  }
  std::string bytes;
  if (!options.old.empty()) {
    const std::optional<train::Treebank> old = Read(options.old);
    const std::optional<train::Treebank> old_pairs = Read(options.pairs[0]);
    const std::optional<train::Treebank> new_pairs = Read(options.pairs[1]);
    if (!old || !old_pairs || !new_pairs) return kCouldNotRun;
    bytes = WriteTreebank(train::Modernise(*old, *old_pairs, *new_pairs, banks, training, log));
  } else {
    bytes = train::Train(banks, training, log).Write();
  }
  std::ofstream stream(options.out, std::ios::binary);
  stream << bytes;
  if (!stream.flush()) {
    Complain(options.out + ": can't be written");
    return kCouldNotRun;
  }
  fmt::print(stderr, "{}: {} bytes\n", options.out, bytes.size());
  return kAllDone;
}

int Evaluate(const Options& options, const EvaluateOptions& choice) {
  const std::optional<std::string> gold = ReadFile(choice.gold, options.hints);
  if (!gold) return kCouldNotRun;
  std::string system;
  if (!choice.system.empty()) {
    std::optional<std::string> bytes = ReadFile(choice.system, options.hints);
    if (!bytes) return kCouldNotRun;
    system = std::move(*bytes);
  } else {
    Result<std::string> raw = train::RawText(*gold);
    if (!raw) {
      Complain(choice.gold + ": " + raw.error().ToString());
      return kCouldNotRun;
    }
    const Result<Resources> resources = Resources::Open(options.data);
    if (!resources) return Complain(resources.error().ToString()), kCouldNotRun;
    const Result<Pipeline> pipeline = Pipeline::Load(*resources, kTrees);
    if (!pipeline) return Complain(pipeline.error().ToString()), kCouldNotRun;
    Document document(Input{.name = choice.gold,
                            .bytes = std::move(*raw),
                            .kind = InputKind::kText,
                            .url = {},
                            .lang = options.hints.lang,
                            .date = {},
                            .content_type = {}});
    Workspace workspace;
    pipeline->Run(document, workspace);
    if (!document.problems.empty()) {
      return Complain(document.problems.front().ToString()), kCouldNotRun;
    }
    system = WriteConllu(document);
  }
  const Result<std::vector<train::Agreement>> agreements = train::CompareConllu(*gold, system);
  if (!agreements) {
    Complain(choice.gold + ": " + agreements.error().ToString());
    return kCouldNotRun;
  }
  const auto row = [](std::string_view name, const train::Agreement& agreement) {
    Print(fmt::format("{:<16}{:8.2f}{:8.2f}{:8.2f}{:9}\n", name, 100 * agreement.precision(),
                      100 * agreement.recall(), 100 * agreement.f1(), agreement.gold));
  };
  Print(fmt::format("{:<16}{:>8}{:>8}{:>8}{:>9}\n", "", "P", "R", "F1", "gold"));
  for (const train::Agreement& agreement : *agreements) row(agreement.name, agreement);
  if (choice.relations) {
    Print("\n");
    const auto relations = train::CompareRelations(*gold, system);
    if (!relations) return Complain(relations.error().ToString()), kCouldNotRun;
    for (const auto& [relation, agreement] : *relations) row(relation, agreement);
  }
  FlushOutput();
  return kAllDone;
}

int ParsePretokenized(const Options& options) {
  if (options.hints.lang.empty()) {
    Complain("--pretokenized needs --lang");
    return kCouldNotRun;
  }
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Complain(resources.error().ToString()), kCouldNotRun;
  if (!resources->Has("models/" + options.hints.lang + ".bin")) {
    Complain("there is no model for language " + options.hints.lang);
    return kCouldNotRun;
  }
  Result<std::unique_ptr<Stage>> trees = MakeParseStage(*resources);
  if (!trees) return Complain(trees.error().ToString()), kCouldNotRun;
  Result<std::unique_ptr<Stage>> names = MakeEntityStage(*resources);
  if (!names) return Complain(names.error().ToString()), kCouldNotRun;
  Workspace workspace;
  bool failed = false;
  std::atomic<uint64_t> bytes_read = 0;
  ForEachInput(options.inputs, options.hints, {}, bytes_read, [&](Found found) {
    const auto* input = std::get_if<Input>(&found);
    if (input == nullptr) {
      const auto* error = std::get_if<Error>(&found);
      if (error == nullptr) return !Interrupted();
      Complain(error->ToString());
      failed = true;
      return !Interrupted();
    }
    std::string rows;
    size_t id = 0;
    const std::string_view bytes = input->bytes;
    for (size_t at = 0; at < bytes.size();) {
      const size_t end = std::min(bytes.find('\n', at), bytes.size());
      const std::string token = Squash(bytes.substr(at, end - at));
      at = end + 1;
      if (token.empty()) {
        rows += '\n';
        id = 0;
      } else {
        rows += fmt::format("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", ++id, token);
      }
    }
    Document document(Input{.name = input->name,
                            .bytes = {},
                            .url = {},
                            .lang = input->lang,
                            .date = {},
                            .content_type = {}});
    document.article.lang = input->lang;
    Result<void> done;
    if (!IsValidUtf8(bytes)) {
      done = Error{ErrorCode::kInvalidInput, "not UTF-8", input->name};
    } else if (done = ReadConllu(rows, document); done) {
      done = (*trees)->Annotate(document, workspace);
      if (done) done = (*names)->Annotate(document, workspace);
    }
    if (done) {
      Print(WriteConllu(document));
    } else {
      Complain(done.error().ToString());
      failed = true;
    }
    return !Interrupted();
  });
  FlushOutput();
  if (Interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kAllDone;
}

}  // namespace kronik::cli
