#include "cli/submit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

#include "base/hash.h"
#include "base/utf8.h"
#include "cli/flags.h"
#include "cli/split.h"
#include "fetch/fetcher.h"
#include "queue/queue.h"
#include "queue/task.h"
#include "record/json.h"

namespace kronik::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kBetweenLooks(1);
constexpr size_t kMostReasons = 10;

struct SubmitOptions {
  QueueOptions queue;
  uint64_t split_mib = 32;  // of a large file that can be split
};

struct StatusOptions {
  QueueOptions queue;
  bool dead_letters = false;
  bool resubmit = false, drop = false;  // the dead letters that are shown
  std::string only;                     // text that their reason or message has
};

class Submitter {
 public:
  Submitter(Queue& queue, const Options& options, uint64_t split_bytes)
      : queue_(queue), options_(options), split_bytes_(split_bytes) {}

  // False: it failed, and has complained.
  bool Word(const std::string& word) {
    if (IsHttpUrl(word)) return Send({.url = word}, "");
    if (word == "-") {
      return Complaint({ErrorCode::kUnsupported, "standard input lies on no other machine", word});
    }
    std::error_code error;
    const fs::path path = fs::absolute(word, error).lexically_normal();
    if (!fs::is_directory(path, error)) return File(path);
    const Result<std::vector<std::string>> files = FilesBelow(path.string());
    if (!files) return Complaint(files.error());
    bool good = true;
    for (const std::string& file : *files) {
      if (Interrupted()) break;
      good &= File(file);
    }
    return good;
  }

  size_t sent() const { return sent_; }
  size_t dropped() const { return dropped_; }

 private:
  static bool Complaint(const Error& error) {
    Complain(error.ToString());
    return false;
  }

  bool File(const fs::path& path) {
    const std::string name = path.string();
    if (!IsValidUtf8(name)) {
      return Complaint({ErrorCode::kUnsupported, "its name is not UTF-8", name});
    }
    const Result<std::vector<FileRange>> ranges = SplitFile(name, split_bytes_);
    if (!ranges) return Complaint(ranges.error());
    // A file that changes is another.
    std::error_code error;
    const std::string state =
        fmt::format("{} {}", fs::file_size(path, error),
                    fs::last_write_time(path, error).time_since_epoch().count());
    for (const FileRange& range : *ranges) {
      if (!Send({.file = name, .range = range}, state)) return false;
    }
    return true;
  }

  bool Send(Task task, const std::string& state) {
    task.lang = options_.hints.lang;
    task.date = options_.hints.date;
    const std::string body = task.ToJson();
    const Result<bool> added = queue_.Submit(body, HashId({body, state}));
    if (!added) return Complaint(added.error());
    ++(*added ? sent_ : dropped_);
    return true;
  }

  Queue& queue_;
  const Options& options_;
  const uint64_t split_bytes_;
  size_t sent_ = 0, dropped_ = 0;
};

// The dead letters' reasons and how many each has, the first ones alone.
Result<Json> Reasons(Queue& queue) {
  std::map<std::string, size_t> counts;
  Result<void> done = queue.ForEachDeadLetter([&](const DeadLetter& letter) {
    if (counts.size() < kMostReasons || counts.contains(letter.reason)) ++counts[letter.reason];
    return !Interrupted();
  });
  if (!done) return done.error();
  Json reasons = Json::array();
  for (const auto& [reason, count] : counts) {
    reasons.push_back({{"reason", reason}, {"count", count}});
  }
  return reasons;
}

// Two looks at the queue, a second apart.
Result<Json> Look(Queue& queue) {
  const Result<QueueStatus> before = queue.Status();
  if (!before) return before.error();
  std::this_thread::sleep_for(kBetweenLooks);
  const Result<QueueStatus> now = queue.Status();
  if (!now) return now.error();
  Result<Json> reasons = now->dead > 0 ? Reasons(queue) : Result<Json>(Json::array());
  if (!reasons) return reasons.error();
  return Json{{"submitted", now->submitted},
              {"pending", now->pending},
              {"in_flight", now->in_flight},
              {"redelivered", now->redelivered},
              {"done", now->done},
              {"dead_letters", now->dead},
              {"submitted_per_second", now->submitted - before->submitted},
              {"done_per_second", now->done - std::min(now->done, before->done)},
              {"reasons", std::move(*reasons)}};
}

void PrintForPeople(const Json& status) {
  for (const char* name : {"submitted", "pending", "in_flight", "redelivered", "done",
                           "dead_letters", "submitted_per_second", "done_per_second"}) {
    PrintLine(fmt::format("{:22} {:>12}", name, status[name].get<uint64_t>()));
  }
  for (const Json& reason : status["reasons"]) {
    PrintLine(fmt::format("{:>12} × {}", reason["count"].get<size_t>(),
                          reason["reason"].get<std::string>()));
  }
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

int DeadLetters(Queue& queue, const StatusOptions& options) {
  Result<void> moved;
  const Result<void> done = queue.ForEachDeadLetter([&](const DeadLetter& letter) {
    if (!Contains(letter.reason, options.only) && !Contains(letter.message, options.only)) {
      return !Interrupted();
    }
    PrintLine(ToLine(Json{{"sequence", letter.sequence},
                          {"at", letter.at},
                          {"tries", letter.tries},
                          {"reason", letter.reason},
                          {"message", letter.message}}));
    if (options.resubmit) moved = queue.Resubmit(letter);
    if (options.drop) moved = queue.Drop(letter);
    return moved.has_value() && !Interrupted();
  });
  for (const Result<void>& result : {done, moved}) {
    if (!result) return Complain(result.error().ToString()), kCouldNotRun;
  }
  return kAllDone;
}

int Submit(const Options& options, const SubmitOptions& choice) {
  Result<std::unique_ptr<Queue>> queue = Queue::Open(choice.queue);
  if (!queue) return Complain(queue.error().ToString()), kCouldNotRun;
  Submitter submitter(**queue, options, choice.split_mib << 20);
  bool failed = false;
  for (const std::string& word : options.inputs) {
    if (Interrupted()) break;
    failed |= !submitter.Word(word);
  }
  fmt::print(stderr, "kronik: {} messages submitted, {} more were there already\n",
             submitter.sent(), submitter.dropped());
  if (Interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kAllDone;
}

int Status(const StatusOptions& options) {
  QueueOptions there = options.queue;
  there.create = false;
  Result<std::unique_ptr<Queue>> queue = Queue::Open(there);
  if (!queue) return Complain(queue.error().ToString()), kCouldNotRun;
  if (options.dead_letters) return DeadLetters(**queue, options);
  const Result<Json> status = Look(**queue);
  if (!status) return Complain(status.error().ToString()), kCouldNotRun;
  if (isatty(STDOUT_FILENO)) {
    PrintForPeople(*status);
  } else {
    PrintLine(ToLine(*status));
  }
  FlushOutput();
  return kAllDone;
}

}  // namespace

void AddSubmit(CLI::App& verb, Options& options, int& code) {
  const auto choice = std::make_shared<SubmitOptions>();
  AddInputs(verb, options);
  AddQueue(verb, choice->queue);
  verb.add_option("--split", choice->split_mib,
                  "MiB of an archive or of JSONL that are one message")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  verb.callback([&options, &code, choice] { code = Submit(options, *choice); });
}

void AddStatus(CLI::App& verb, int& code) {
  const auto choice = std::make_shared<StatusOptions>();
  AddQueue(verb, choice->queue);
  CLI::Option* letters = verb.add_flag("--dead-letters", choice->dead_letters,
                                       "each message that was given up, as JSONL");
  verb.add_flag("--resubmit", choice->resubmit, "put those back into the queue")->needs(letters);
  verb.add_flag("--drop", choice->drop, "drop those for good")->needs(letters);
  verb.add_option("--only", choice->only, "those whose reason or message has this text")
      ->needs(letters);
  verb.callback([&code, choice] { code = Status(*choice); });
}

}  // namespace kronik::cli
