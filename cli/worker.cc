#include "cli/worker.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "cli/flags.h"
#include "cli/metrics.h"
#include "cli/saver.h"
#include "cli/split.h"
#include "kronik/store.h"
#include "queue/queue.h"
#include "queue/task.h"
#ifdef KRONIK_HAS_SERVER
#include "server/metrics.h"
#endif

namespace kronik::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kTakeMs = 500;
constexpr std::chrono::seconds kPauseInTrouble(1);
constexpr int kLongestDelay_s = 3600;

struct WorkerOptions {
  std::string store = "kronik.db";
  QueueOptions queue;
  std::string root = ".";  // no file outside of it is read
  bool fetch = true;       // whether addresses may be fetched
  Keep keep = Keep::kFull;
  unsigned tries = 5;        // how often a message is handed out before it is given up
  int delay_s = 30;          // before a message that failed comes again; doubled each time
  int patience_s = 600;      // a report that takes longer ends the worker, as a crash would
  int outage_s = 3600;       // the chronicle or the queue away for longer ends the worker
  bool until_empty = false;  // end when nothing is left, in flight included
  std::string metrics;       // HOST:PORT to answer /metrics at, or empty
};

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// A message in hand. It is settled when its last document is saved.
struct Job {
  explicit Job(Message taken) : message(std::move(taken)) {}

  Message message;
  Task task;
  std::atomic<size_t> open = 1;  // documents that are not saved yet, and 1 while more may come

  std::mutex mutex;
  size_t told = 0;       // reports and errors that were found in it
  size_t documents = 0;  // that the chronicle has
  bool stopped = false;  // not all was read or saved, since the worker ends
  bool passing = false;  // a failure that another try may mend
  std::string failure;   // the first
  // Which of what was told failed; and the addresses that it is of, each with the number of what
  // was told before it.
  std::vector<size_t> failures;
  std::vector<std::pair<size_t, Visit>> visits;
};

// What a thread is at, for who watches it.
struct Desk {
  std::mutex mutex;
  std::string report;  // empty: none
  Clock::time_point since;
};

class Worker {
 public:
  Worker(const Options& options, const WorkerOptions& choice, const Run& run, Queue& queue,
         Saver& saver, Metrics& metrics, fs::path root)
      : options_(options),
        choice_(choice),
        run_(run),
        version_(run.Version() + std::to_string(static_cast<int>(choice.keep))),
        root_(std::move(root)),
        queue_(queue),
        saver_(saver),
        metrics_(metrics) {}

  // Works until it is interrupted, or the queue is empty where that was asked for. False if it gave
  // up, since the chronicle or the queue was away for too long, and has complained.
  bool Work() {
    std::jthread keeper([this](std::stop_token ended) { Keep(ended); });
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 0; i < JobsOf(options_); ++i)
        threads.emplace_back([this] { TakeAndRead(); });
    }
    saver_.Finish();
    queue_.Flush();
    return !gave_up_;
  }

 private:
  bool ends() const { return Interrupted() || empty_ || gave_up_; }

  // ---- the threads ----

  void TakeAndRead() {
    Workspace workspace;
    Desk& desk = NewDesk();
    while (!ends()) {
      std::unique_lock turn(take_);
      std::optional<Message> message = Next();
      if (!message) continue;
      const std::shared_ptr<Job> job = Hold(std::move(*message));
      if (job->message.tries == choice_.tries) {
        // The last try is alone, so that what another message does to the program is not held
        // against this one.
        WaitUntilHeld(1);
        Handle(job, workspace, desk);
        WaitUntilHeld(0);
      } else {
        turn.unlock();
        Handle(job, workspace, desk);
      }
    }
  }

  // To be called by who has the turn.
  std::optional<Message> Next() {
    if (ends()) return std::nullopt;
    Result<std::optional<Message>> message = queue_.Take(kTakeMs);
    if (!message) {
      Tell(message.error());
      std::this_thread::sleep_for(kPauseInTrouble);
      return std::nullopt;
    }
    trouble_.clear();
    if (!*message && choice_.until_empty) {
      const Result<QueueStatus> status = queue_.Status();
      empty_ = status && status->done == status->submitted;
    }
    return std::move(*message);
  }

  // Complains of the queue, once for each trouble, and gives up if it lasts.
  void Tell(const Error& error) {
    if (trouble_.empty()) trouble_since_ = Clock::now();
    if (const std::string text = error.ToString(); text != trouble_) {
      Complain(text + "; trying again");
      trouble_ = text;
    }
    if (SecondsSince(trouble_since_) > choice_.outage_s) GiveUpWaiting("the queue");
  }

  void GiveUpWaiting(std::string_view what) {
    if (gave_up_.exchange(true)) return;
    Complain(
        fmt::format("{} has been away for {} s (--outage): the worker ends, and what it has in "
                    "hand will come again",
                    what, choice_.outage_s));
  }

  // Keeps the leases of what is in hand, and ends the program if a report takes too long.
  void Keep(const std::stop_token& ended) {
    Clock::time_point extended = Clock::now();
    while (!ended.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      WatchDesks();
      if (saver_.away_s() > choice_.outage_s) GiveUpWaiting("the chronicle");
      if (Interrupted() || gave_up_) saver_.Hurry();
      if (Clock::now() - extended < std::chrono::seconds(queue_.lease_s()) / 4) continue;
      extended = Clock::now();
      const std::lock_guard lock(mutex_);
      for (const std::shared_ptr<Job>& job : held_) queue_.Extend(job->message);
    }
  }

  void WatchDesks() {
    const std::lock_guard lock(mutex_);
    for (Desk& desk : desks_) {
      const std::lock_guard at_desk(desk.mutex);
      if (desk.report.empty() || SecondsSince(desk.since) < choice_.patience_s) continue;
      Complain(
          fmt::format("{}: not done after {} s (--patience): the worker ends as if it had "
                      "crashed",
                      desk.report, choice_.patience_s));
      std::_Exit(kCouldNotRun);
    }
  }

  Desk& NewDesk() {
    const std::lock_guard lock(mutex_);
    return desks_.emplace_back();
  }

  // ---- one message ----

  std::shared_ptr<Job> Hold(Message message) {
    auto job = std::make_shared<Job>(std::move(message));
    const std::lock_guard lock(mutex_);
    held_.push_back(job);
    return job;
  }

  // Waits until no more than so many messages are in hand.
  void WaitUntilHeld(size_t most) {
    std::unique_lock lock(mutex_);
    settled_.wait(lock, [&] { return held_.size() <= most; });
  }

  void Handle(const std::shared_ptr<Job>& job, Workspace& workspace, Desk& desk) {
    Result<Task> task = Task::Parse(job->message.body);
    if (task) job->task = std::move(*task);
    if (!task) {
      Fail(*job, task.error());
    } else if (job->message.tries > choice_.tries) {
      return GiveUp(job);
    } else if (Result<void> allowed = Allowed(job->task); !allowed) {
      Fail(*job, allowed.error());
    } else {
      Read(job, workspace, desk);
    }
    Close(job);
  }

  // Whoever may write to the queue may not have any file of this machine read.
  Result<void> Allowed(const Task& task) const {
    if (!task.url.empty()) {
      if (choice_.fetch) return {};
      return Error{ErrorCode::kUnsupported, "this worker fetches nothing (--no-fetch)", task.url};
    }
    std::error_code error;
    const fs::path path = fs::canonical(task.file, error);
    if (error) return Error{ErrorCode::kIo, error.message(), task.file};
    const auto [inside, rest] = std::mismatch(root_.begin(), root_.end(), path.begin(), path.end());
    if (inside != root_.end()) {
      return Error{ErrorCode::kUnsupported, "lies outside of " + root_.string() + " (--root)",
                   task.file};
    }
    if (fs::is_regular_file(path, error)) return {};
    return Error{ErrorCode::kUnsupported, "is not a file", task.file};
  }

  void Read(const std::shared_ptr<Job>& job, Workspace& workspace, Desk& desk) {
    InputOptions hints = options_.hints;
    hints.lang = job->task.lang;
    hints.date = job->task.date;
    hints.hosts = hosts_;
    hints.recall = [this, version = VersionOf(job->task)](const std::string& url) {
      return saver_.Recall(url, version);
    };
    const InputSink sink = [&](Found found) { return On(job, std::move(found), workspace, desk); };
    if (job->task.url.empty()) {
      // Files don't keep one waiting: what is begun is read to its end.
      ForEachInputOf(job->task.file, job->task.range, hints, {}, metrics_.bytes, sink);
      return;
    }
    std::stop_source stop;
    const std::jthread watch([&](std::stop_token read) {
      while (!read.stop_requested() && !ends()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }
      stop.request_stop();
    });
    ForEachInput({job->task.url}, hints, stop.get_token(), metrics_.bytes, sink);
    const std::lock_guard lock(job->mutex);
    job->stopped |= ends();
  }

  // On what the records of a task's addresses depend, beside what servers answer.
  std::string VersionOf(const Task& task) const {
    return VisitVersion(version_, task.lang, task.date);
  }

  bool On(const std::shared_ptr<Job>& job, Found found, Workspace& workspace, Desk& desk) {
    size_t number = 0;
    {
      const std::lock_guard lock(job->mutex);
      job->stopped |= ends();
      if (job->stopped) return false;
      number = job->told++;
    }
    if (const Error* error = std::get_if<Error>(&found)) {
      Fail(*job, *error, number);
    } else if (Visit* visit = std::get_if<Visit>(&found)) {
      OnVisit(*job, std::move(*visit), number);
    } else if (const Note* note = std::get_if<Note>(&found)) {
      Complain(note->text);
    } else {
      Analyse(job, std::move(std::get<Input>(found)), number, workspace, desk);
    }
    return true;
  }

  void OnVisit(Job& job, Visit visit, size_t number) {
    const std::lock_guard lock(job.mutex);
    if (visit.unchanged) {
      ++metrics_.unchanged;
      ++job.documents;
    } else {
      job.visits.emplace_back(number, std::move(visit));
    }
  }

  void Analyse(const std::shared_ptr<Job>& job, Input input, size_t number, Workspace& workspace,
               Desk& desk) {
    const size_t cost = input.bytes.size();
    std::string source = SourceOf(input, version_);
    if (const auto known = saver_.ProblemsOf(source)) {
      ++metrics_.unchanged;
      Tell(Placed(*known, input.name));
      const std::lock_guard lock(job->mutex);
      ++job->documents;
      if (!known->empty()) job->failures.push_back(number);
      return;
    }
    auto document = std::make_unique<Document>(std::move(input));
    const Clock::time_point start = Clock::now();
    Sit(desk, document->input.name, start);
    run_.pipeline()->Run(*document, workspace);
    Sit(desk, "", start);
    metrics_.analysing_s += SecondsSince(start);
    Tell(document->problems);
    if (!document->problems.empty()) {
      const std::lock_guard lock(job->mutex);
      job->failures.push_back(number);
      if (job->failure.empty() && document->article.id.empty()) {
        job->failure = document->problems.front().ToString();
      }
    }
    if (document->article.id.empty()) return;
    ++job->open;
    saver_.Save(std::move(document), std::move(source), cost,
                [this, job, number](const Document& saved, const Saver::Saved& how) {
                  OnSaved(*job, saved, how, number);
                  Close(job);
                });
  }

  void Tell(const std::vector<Error>& problems) {
    for (const Error& problem : problems) Complain(problem.ToString());
    metrics_.failures += problems.size();
  }

  static void Sit(Desk& desk, const std::string& report, Clock::time_point since) {
    const std::lock_guard lock(desk.mutex);
    desk.report = report;
    desk.since = since;
  }

  void OnSaved(Job& job, const Document& document, const Saver::Saved& how, size_t number) {
    if (how.refused) return Fail(job, *how.refused, number);
    const std::lock_guard lock(job.mutex);
    if (!how.committed) {
      job.stopped = true;
      return;
    }
    ++job.documents;
    ++(how.changed ? metrics_.stored : metrics_.unchanged);
    metrics_.saving_s = saver_.seconds();
    if (!how.changed) return;
    metrics_.events += document.events.size();
    metrics_.statements += document.statements.size();
    metrics_.commitments += document.commitments.size();
  }

  void Fail(Job& job, const Error& error, size_t number = 0) {
    Complain(error.ToString());
    ++metrics_.failures;
    const std::lock_guard lock(job.mutex);
    job.failures.push_back(number);
    if (job.failure.empty()) job.failure = error.ToString();
    // A page that took too long may be quicker the next time; a file won't be smaller.
    job.passing |=
        error.code == ErrorCode::kIo || (error.code == ErrorCode::kLimit && !job.task.url.empty());
  }

  // ---- the end of a message ----

  // One thing less to wait for.
  void Close(const std::shared_ptr<Job>& job) {
    if (--job->open == 0) Settle(*job, &Worker::Conclude);
  }

  void Settle(Job& job, Result<void> (Worker::*how)(Job&)) {
    {
      const std::lock_guard lock(mutex_);
      held_.remove_if([&](const std::shared_ptr<Job>& held) { return held.get() == &job; });
    }
    const Result<void> settled = (this->*how)(job);
    if (!settled) Complain(settled.error().ToString() + "; " + NameOf(job) + " will come again");
    settled_.notify_all();
  }

  static std::string NameOf(const Job& job) {
    return job.task == Task{} ? "a message" : job.task.Name();
  }

  Result<void> Conclude(Job& job) {
    const std::lock_guard lock(job.mutex);
    if (job.stopped) {
      ++metrics_.handed_back;
      return queue_.HandBack(job.message);
    }
    RememberVisits(job);
    if (job.passing && job.message.tries < choice_.tries) {
      ++metrics_.returned;
      return queue_.Return(job.message, Delay_s(job.message.tries));
    }
    if (job.passing || (!job.failure.empty() && job.documents == 0)) {
      return Bury(job, job.failure);
    }
    ++metrics_.done;
    return queue_.Done(job.message);
  }

  // Those of which every report is in the chronicle.
  void RememberVisits(const Job& job) {
    for (const auto& [number, visit] : job.visits) {
      const size_t first = number - visit.told;
      const bool failed =
          std::any_of(job.failures.begin(), job.failures.end(),
                      [&](size_t failure) { return failure >= first && failure < number; });
      if (!failed) saver_.Remember(visit.url, VersionOf(job.task), visit.validators);
    }
  }

  int Delay_s(uint64_t tries) const {
    const uint64_t doubled = static_cast<uint64_t>(choice_.delay_s)
                             << std::min<uint64_t>(tries - 1, 12);
    return static_cast<int>(std::min<uint64_t>(doubled, kLongestDelay_s));
  }

  Result<void> Bury(Job& job, const std::string& reason) {
    ++metrics_.buried;
    Complain(NameOf(job) + ": goes to the dead letters: " + reason);
    return queue_.Bury(job.message, reason);
  }

  // No worker that had the message settled it: something in it may end them. So that this alone is
  // lost, a message of many reports is divided first.
  void GiveUp(const std::shared_ptr<Job>& job) {
    Settle(*job,
           job->message.tries == choice_.tries + 1 ? &Worker::Divide : &Worker::BuryUnsettled);
  }

  Result<void> Divide(Job& job) {
    if (!job.task.url.empty() || !Allowed(job.task)) return BuryUnsettled(job);
    const Result<std::vector<FileRange>> parts = SplitFile(job.task.file, 1, job.task.range);
    if (!parts || parts->size() == 1) return BuryUnsettled(job);
    for (size_t i = 0; i < parts->size(); ++i) {
      Task part = job.task;
      part.range = (*parts)[i];
      const Result<bool> added =
          queue_.Submit(part.ToJson(), fmt::format("part:{}:{}", job.message.sequence, i));
      if (!added) return added.error();
    }
    ++metrics_.divided;
    return queue_.Done(job.message);
  }

  Result<void> BuryUnsettled(Job& job) {
    return Bury(job, fmt::format("{} workers had it, and each of them ended or lost it before it "
                                 "was done: something in it may crash or stop them",
                                 job.message.tries - 1));
  }

  const Options& options_;
  const WorkerOptions& choice_;
  const Run& run_;
  const std::string version_;
  const fs::path root_;
  Queue& queue_;
  Saver& saver_;
  Metrics& metrics_;
  const std::shared_ptr<Hosts> hosts_ = std::make_shared<Hosts>();

  std::mutex take_;      // whose turn it is to take
  std::string trouble_;  // of the queue, told last; guarded by take_
  Clock::time_point trouble_since_;
  std::atomic<bool> empty_ = false;
  std::atomic<bool> gave_up_ = false;
  std::mutex mutex_;
  std::condition_variable settled_;
  std::list<std::shared_ptr<Job>> held_;
  std::list<Desk> desks_;
};

// The queue as soon as its server answers: machines start in any order. Null if it can't be, or not
// in time, after a complaint, or if the program is told to stop.
std::unique_ptr<Queue> Connect(const QueueOptions& options, int outage_s) {
  const Clock::time_point start = Clock::now();
  bool told = false;
  while (!Interrupted()) {
    Result<std::unique_ptr<Queue>> queue = Queue::Open(options);
    if (queue) return std::move(*queue);
    const bool passing = queue.error().code == ErrorCode::kIo;
    if (!told) Complain(queue.error().ToString() + (passing ? "; trying again" : ""));
    told = true;
    if (!passing) return nullptr;
    if (SecondsSince(start) > outage_s) {
      Complain(fmt::format("the queue did not answer for {} s (--outage)", outage_s));
      return nullptr;
    }
    std::this_thread::sleep_for(kPauseInTrouble);
  }
  return nullptr;
}

int Work(const Options& options, const WorkerOptions& choice) {
  const auto failed = [](const Error& error) {
    Complain(error.ToString());
    return kCouldNotRun;
  };
  std::error_code error;
  const fs::path root = fs::canonical(choice.root, error);
  if (error) return failed({ErrorCode::kIo, error.message(), choice.root});
  std::optional<Run> run = Run::Start(options, kEvents | kStatements | kCommitments);
  if (!run || run->pipeline() == nullptr) return kCouldNotRun;
  const std::unique_ptr<Queue> queue = Connect(choice.queue, choice.outage_s);
  if (queue == nullptr) return Interrupted() ? kAllDone : kCouldNotRun;
  Saver saver(choice.store, {.create = true, .keep = choice.keep});
  if (Result<void> opened = saver.Open(); !opened) return failed(opened.error());
  Metrics metrics;
#ifdef KRONIK_HAS_SERVER
  std::unique_ptr<MetricsServer> page;
  if (!choice.metrics.empty()) {
    Result<std::unique_ptr<MetricsServer>> started = MetricsServer::Start(choice.metrics, [&] {
      const Result<QueueStatus> status = queue->Status();
      return metrics.Render(status ? std::optional(*status) : std::nullopt);
    });
    if (!started) return failed(started.error());
    page = std::move(*started);
    fmt::print(stderr, "kronik: metrics at port {}, /metrics\n", page->port());
  }
#endif
  const bool worked = Worker(options, choice, *run, *queue, saver, metrics, root).Work();
  fmt::print(stderr,
             "kronik: {} reports taken in, {} were there already; messages: {} done, {} to come "
             "again, {} handed back, {} divided, {} to the dead letters\n",
             metrics.stored.load(), metrics.unchanged.load(), metrics.done.load(),
             metrics.returned.load(), metrics.handed_back.load(), metrics.divided.load(),
             metrics.buried.load());
  if (!worked) return kCouldNotRun;
  // For a worker that was told to stop, what failed before is no failure of the stop.
  const bool failures = metrics.buried > 0 || metrics.failures > 0;
  return choice.until_empty && failures ? kSomeFailed : kAllDone;
}

}  // namespace

void AddWorker(CLI::App& verb, Options& options, int& code) {
  const auto choice = std::make_shared<WorkerOptions>();
  AddReadingOptions(verb, options);
  AddQueue(verb, choice->queue);
  AddStore(verb, choice->store);
  AddKeep(verb, choice->keep);
  verb.add_option("--root", choice->root, "the folder outside of which no file is read")
      ->capture_default_str();
  verb.add_flag("!--no-fetch", choice->fetch, "fetch no address");
  verb.add_option("--tries", choice->tries, "how often a message is tried before it is given up")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  verb.add_option("--delay", choice->delay_s,
                  "seconds before a message that failed is tried again; doubled each time")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  verb.add_option("--lease", choice->queue.lease_s,
                  "seconds after which what a dead worker had goes to others; the first worker "
                  "of a queue decides it")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
  verb.add_option("--patience", choice->patience_s,
                  "seconds for one report; one that takes longer ends the worker")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
  verb.add_option("--outage", choice->outage_s,
                  "seconds for which the chronicle or the queue may be away; then the worker ends "
                  "with exit code 2")
      ->check(CLI::Range(0, 1 << 30))
      ->capture_default_str();
  verb.add_flag("--until-empty", choice->until_empty,
                "end when nothing is left in the queue, nor in anybody's hands");
  verb.add_option("--metrics", choice->metrics,
                  "HOST:PORT, or a port of this machine, to answer Prometheus at (/metrics)");
  verb.callback([&options, &code, choice] { code = Work(options, *choice); });
}

}  // namespace kronik::cli
