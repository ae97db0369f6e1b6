#include "cli/run.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <variant>

#include "base/hash.h"
#include "base/ordered_queue.h"
#include "cli/progress.h"

namespace kronik::cli {
namespace {

// The most input bytes in the window. Fewer reports than its items if they are large.
constexpr size_t kMaxWindowBytes = 256u << 20;

struct Report {
  std::variant<std::unique_ptr<Document>, Error, Note, Visit> found;
  Run::Rendered rendered{};
  std::string source{};
};

Report ReportOf(Found found) {
  if (Input* input = std::get_if<Input>(&found)) {
    return {std::make_unique<Document>(std::move(*input))};
  }
  if (Error* error = std::get_if<Error>(&found)) return {std::move(*error)};
  if (Visit* visit = std::get_if<Visit>(&found)) return {std::move(*visit)};
  return {std::move(std::get<Note>(found))};
}

Error EndsProgram(const Input& input) {
  return {ErrorCode::kUnsupported, "has ended the program twice: left out", input.name};
}

}  // namespace

std::optional<Run> Run::Start(const Options& options, Layers wanted) {
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) {
    Complain(resources.error().ToString());
    return std::nullopt;
  }
  for (size_t i = 0; i < options.actors.size(); ++i) {
    // In the order of the command line, whatever the files are called.
    const std::string number = std::to_string(1000 + i).substr(1);
    Result<void> added =
        resources->Add("dictionaries/" + number + "/" + options.actors[i], options.actors[i]);
    if (!added) {
      Complain(added.error().ToString());
      return std::nullopt;
    }
  }
  Run run;
  run.resources_ = std::make_unique<Resources>(std::move(*resources));
  run.wanted_ = wanted;
  if (options.trees) run.given_ = kTrees;
  return run;
}

const Pipeline* Run::pipeline() const {
  std::call_once(lazy_->once, [&] {
    Result<Pipeline> loaded = Pipeline::Load(*resources_, wanted_, given_);
    if (!loaded) return Complain(loaded.error().ToString());
    lazy_->pipeline = std::make_unique<Pipeline>(std::move(*loaded));
  });
  return lazy_->pipeline.get();
}

std::string Run::Version() const {
  std::string version = KRONIK_VERSION;
  for (const std::string& name : resources_->List("")) {
    version = HashId({version, name, *resources_->Read(name)});
  }
  return version;
}

int Run::Over(const Options& options, const Render& render, const Take& take, const Spare* spare) {
  if (spare == nullptr && pipeline() == nullptr) return kCouldNotRun;
  const unsigned jobs = JobsOf(options);
  OrderedQueue<Report> queue(4 * size_t{jobs} + 4, kMaxWindowBytes);
  std::atomic<uint64_t> bytes_read = 0;
  bool failed = false;
  std::atomic<bool> did_not_load = false;
  {
    std::jthread finder([&](std::stop_token stop) {
      InputOptions hints = options.hints;
      if (spare != nullptr) hints.recall = spare->recall;
      ForEachInput(options.inputs, hints, stop, bytes_read, [&](Found found) {
        const Input* input = std::get_if<Input>(&found);
        const size_t cost = input == nullptr ? 0 : input->bytes.size();
        return queue.Push(ReportOf(std::move(found)), cost);
      });
      queue.Close();
    });
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < jobs; ++i) {
      workers.emplace_back([&] {
        Workspace workspace;
        while (auto* slot = queue.Claim()) {
          Report& report = slot->item;
          if (auto* document = std::get_if<std::unique_ptr<Document>>(&report.found)) {
            std::optional<std::vector<Error>> known;
            if (spare != nullptr) {
              report.source = spare->source((*document)->input);
              known = spare->known(report.source);
            }
            if (known) {
              (*document)->input.bytes = std::string();
              (*document)->problems = Placed(std::move(*known), (*document)->input.name);
              queue.Finish(slot);
              continue;
            }
            const Pipeline* const stages = pipeline();
            if (stages == nullptr) {
              did_not_load = true;
              finder.request_stop();
              queue.Stop();
              return;
            }
            const auto analyse = [&] { stages->Run(**document, workspace); };
            if (spare == nullptr) {
              analyse();
            } else if (!spare->guarded(report.source, analyse)) {
              report.found = EndsProgram((*document)->input);
              queue.Finish(slot);
              continue;
            }
            // A report whose language is not supported still has its article.
            if (!(*document)->article.id.empty()) report.rendered = render(**document);
          }
          queue.Finish(slot);
        }
      });
    }
    // A signal handler may not stop the queue, so this thread watches for one.
    std::jthread watch([&](std::stop_token ended) {
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable_any pause;
      while (!ended.stop_requested() && !Interrupted()) {
        pause.wait_for(lock, ended, std::chrono::milliseconds(20), [] { return Interrupted(); });
      }
      if (!Interrupted()) return;
      finder.request_stop();
      queue.Stop();
    });
    Progress progress(options.inputs);
    size_t taken = 0, last_failure = 0;  // counted from 1
    while (std::optional<Report> report = queue.Take()) {
      ++taken;
      bool good = true;
      if (const Error* error = std::get_if<Error>(&report->found)) {
        Complain(error->ToString());
        good = false;
      } else if (const Note* note = std::get_if<Note>(&report->found)) {
        Complain(note->text);
      } else if (const Visit* visit = std::get_if<Visit>(&report->found)) {
        if (spare != nullptr && last_failure + visit->told < taken) spare->visited(*visit);
      } else {
        const Document& document = *std::get<std::unique_ptr<Document>>(report->found);
        for (const Error& problem : document.problems) Complain(problem.ToString());
        good = document.problems.empty();
        if (!document.article.id.empty()) {
          good &= take(document, report->rendered, report->source);
        }
        progress.Count(bytes_read);
      }
      if (!good) last_failure = taken;
    }
    failed = last_failure > 0;
  }
  FlushOutput();
  if (did_not_load) return kCouldNotRun;
  if (Interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kAllDone;
}

std::string SourceOf(const Input& input, const std::string& version) {
  return HashId({version, input.bytes, std::to_string(static_cast<int>(input.kind)), input.url,
                 input.lang, input.date, input.content_type});
}

std::vector<Error> Placed(std::vector<Error> problems, const std::string& input) {
  for (Error& problem : problems) {
    if (problem.where.empty()) problem.where = input;
  }
  return problems;
}

std::string VisitVersion(const std::string& version, const std::string& lang,
                         const std::string& date) {
  return HashId({version, lang, date});
}

unsigned JobsOf(const Options& options) {
  return options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace kronik::cli
