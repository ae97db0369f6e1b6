// Saver: documents of many threads into one chronicle, several in a transaction.
//
//   Saver saver("kronik.db", {});
//   if (Result<void> opened = saver.Open(); !opened) return opened.error();
//   saver.Save(std::move(document), source, cost, [](const Document&, const Saver::Saved&) { ...
//   }); saver.Finish();
//
// While the chronicle can't be written (its disk is full, its server is away, another program holds
// it), the saver says so once and goes on trying, and Save waits. Nothing is lost meanwhile, and
// nothing counts as saved before it is committed. Who watches away_s may Hurry it.
//
// Threads: any number may call; `done` is called on the saver's own.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "kronik/store.h"

namespace kronik::cli {

class Saver {
 public:
  struct Saved {
    bool committed =
        false;             // false: given up, since the chronicle is away and the saver in a hurry
    bool changed = false;  // false: just this was there already
    std::optional<Error> refused{};  // of this document, which no later try would mend
  };
  using Done = std::function<void(const Document&, const Saved&)>;

  Saver(std::string path, StoreOptions options);
  ~Saver();
  Saver(const Saver&) = delete;
  Saver& operator=(const Saver&) = delete;

  // Opens the chronicle. To be called first.
  Result<void> Open();
  // As Store::ProblemsOf; nothing too if the chronicle can't say.
  std::optional<std::vector<Error>> ProblemsOf(const std::string& source) const;
  // As Store::Recall; empty too if the chronicle can't say.
  Validators Recall(const std::string& url, const std::string& version) const;
  // As Store::Remember, with the next transaction, or never if the program ends before.
  void Remember(const std::string& url, const std::string& version, const Validators& validators);
  // Hands over a document; waits while those that wait are too many. `cost` is about its bytes.
  void Save(std::unique_ptr<Document> document, std::string source, size_t cost, Done done);
  // From now on nobody waits for a chronicle that is away: what can't be saved at once is given up.
  void Hurry();
  // Saves what waits, and ends.
  void Finish();

  // For how many seconds the chronicle has been away; 0 where it isn't.
  double away_s() const;
  // Seconds in transactions so far.
  double seconds() const { return seconds_; }

 private:
  struct Entry {
    std::unique_ptr<Document> document;
    std::optional<Store::Prepared> records;
    std::string source;
    size_t cost = 0;
    Done done;
    Saved saved{};
  };

  struct Memory {
    std::string url, version;
    Validators validators;
  };
  // What goes into one transaction.
  struct Batch {
    std::vector<Entry> entries;
    std::vector<Memory> memories;
    bool empty() const { return entries.empty() && memories.empty(); }
  };

  void Work();
  Batch Next();
  Result<void> Commit(Batch& batch);
  Result<void> Insist(Batch& batch);
  Result<void> Reopen();
  std::shared_ptr<Store> store() const;

  const std::string path_;
  const StoreOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable room_, work_;
  std::shared_ptr<Store> store_;
  Batch waiting_;
  size_t cost_ = 0;
  bool hurrying_ = false;
  bool finishing_ = false;
  std::optional<std::chrono::steady_clock::time_point> away_since_;
  std::atomic<double> seconds_ = 0;
  std::thread thread_;
};

}  // namespace kronik::cli
