#include "cli/saver.h"

#include <algorithm>
#include <chrono>

#include "cli/output.h"

namespace kronik::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostWaiting = 64;
constexpr size_t kMostCost = 256u << 20;
// Reports that come in this time share a transaction.
constexpr std::chrono::milliseconds kGathering(100);
constexpr std::chrono::milliseconds kFirstPause(100);
constexpr std::chrono::milliseconds kLongestPause(10000);

// Whether trying again may help: what the disk or a server said, not what the document is.
bool OfTheStore(const Error& error) {
  return error.code == ErrorCode::kIo || error.code == ErrorCode::kConflict ||
         error.code == ErrorCode::kNotFound;
}

}  // namespace

Saver::Saver(std::string path, StoreOptions options) : path_(std::move(path)), options_(options) {}

Saver::~Saver() { Finish(); }

Result<void> Saver::Open() {
  if (Result<void> opened = Reopen(); !opened) return opened;
  thread_ = std::thread([this] { Work(); });
  return {};
}

std::optional<std::vector<Error>> Saver::ProblemsOf(const std::string& source) const {
  const std::shared_ptr<Store> here = store();
  if (here == nullptr) return std::nullopt;
  const Result<std::optional<std::vector<Error>>> known = here->ProblemsOf(source);
  return known ? *known : std::nullopt;
}

Validators Saver::Recall(const std::string& url, const std::string& version) const {
  const std::shared_ptr<Store> here = store();
  if (here == nullptr) return {};
  const Result<Validators> found = here->Recall(url, version);
  return found ? *found : Validators();
}

void Saver::Remember(const std::string& url, const std::string& version,
                     const Validators& validators) {
  const std::lock_guard lock(mutex_);
  waiting_.memories.push_back({url, version, validators});
  work_.notify_one();
}

void Saver::Save(std::unique_ptr<Document> document, std::string source, size_t cost, Done done) {
  Entry entry{std::move(document), {}, std::move(source), cost, std::move(done)};
  // On the caller's thread, of which there are many.
  if (const auto here = store()) entry.records = here->Prepare(*entry.document);
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    return hurrying_ || waiting_.entries.empty() ||
           (waiting_.entries.size() < kMostWaiting && cost_ + cost <= kMostCost);
  });
  waiting_.entries.push_back(std::move(entry));
  cost_ += cost;
  work_.notify_one();
}

void Saver::Hurry() {
  const std::lock_guard lock(mutex_);
  hurrying_ = true;
  work_.notify_all();
  room_.notify_all();
}

void Saver::Finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    work_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Store> Saver::store() const {
  const std::lock_guard lock(mutex_);
  return store_;
}

Result<void> Saver::Reopen() {
  {
    const std::lock_guard lock(mutex_);
    store_.reset();
  }
  Result<std::unique_ptr<Store>> opened = Store::Open(path_, options_);
  if (!opened) return opened.error();
  if (Result<void> begun = (*opened)->Begin(); !begun) return begun;
  const std::lock_guard lock(mutex_);
  store_ = std::move(*opened);
  return {};
}

Saver::Batch Saver::Next() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return finishing_ || !waiting_.empty(); });
  work_.wait_for(lock, kGathering, [&] {
    return finishing_ || hurrying_ || waiting_.entries.size() >= kMostWaiting ||
           cost_ >= kMostCost / 2;
  });
  cost_ = 0;
  room_.notify_all();
  return std::exchange(waiting_, {});
}

// Everything that isn't refused in one transaction. A refusal may have undone what came before it,
// so that the others are put in anew.
Result<void> Saver::Commit(Batch& batch) {
  for (;;) {
    const std::shared_ptr<Store> here = store();
    if (here == nullptr) return Error{ErrorCode::kIo, "the chronicle is not open", ""};
    bool refused = false;
    for (Entry& entry : batch.entries) {
      if (entry.saved.refused) continue;
      if (!entry.records) entry.records = here->Prepare(*entry.document);
      Result<bool> changed = here->Put(*entry.records, entry.source);
      if (!changed && OfTheStore(changed.error())) return changed.error();
      entry.saved.changed = changed && *changed;
      if (changed) continue;
      entry.saved.refused = changed.error();
      refused = true;
      break;
    }
    for (const Memory& memory : batch.memories) {
      if (refused) break;
      const Result<void> done = here->Remember(memory.url, memory.version, memory.validators);
      if (!done) return done;
    }
    if (!refused) return here->Commit();
    if (Result<void> reopened = Reopen(); !reopened) return reopened;
  }
}

double Saver::away_s() const {
  const std::lock_guard lock(mutex_);
  if (!away_since_) return 0;
  return std::chrono::duration<double>(Clock::now() - *away_since_).count();
}

// Goes on trying until the batch is committed, or the saver hurries.
Result<void> Saver::Insist(Batch& batch) {
  Result<void> committed = Commit(batch);
  std::chrono::milliseconds pause = kFirstPause;
  std::string told;
  while (!committed) {
    if (const std::string why = committed.error().ToString(); why != told) {
      Complain(why + "; trying again");
      told = why;
    }
    {
      std::unique_lock lock(mutex_);
      if (!away_since_) away_since_ = Clock::now();
      work_.wait_for(lock, pause, [&] { return hurrying_; });
      if (hurrying_) return committed;
    }
    pause = std::min(2 * pause, kLongestPause);
    committed = Reopen();
    if (committed) committed = Commit(batch);
    if (committed) Complain("the chronicle works again");
  }
  const std::lock_guard lock(mutex_);
  away_since_.reset();
  return {};
}

void Saver::Work() {
  for (Batch batch = Next(); !batch.empty(); batch = Next()) {
    const Clock::time_point start = Clock::now();
    const bool committed = Insist(batch).has_value();
    seconds_ = seconds_ + std::chrono::duration<double>(Clock::now() - start).count();
    for (Entry& entry : batch.entries) {
      entry.saved.committed = committed;
      entry.done(*entry.document, entry.saved);
    }
  }
}

}  // namespace kronik::cli
