// OrderedQueue: work for many threads whose results are wanted in the order of the work.
//
//   OrderedQueue<Job> queue(64, 256 << 20);
//   producer:  while (more) queue.Push(job, job.size());   queue.Close();
//   workers:   while (auto* slot = queue.Claim()) { Do(slot->item); queue.Finish(slot); }
//   taker:     while (std::optional<Job> job = queue.Take()) Print(*job);
//
// What is pushed and not yet taken is the window. Push waits while the window has `max_items` items
// or more than `max_cost` of cost, so that a slow item or a slow taker holds up the producer
// instead of filling the memory. One item always fits, whatever its cost.
//
// Threads: one producer, one taker, any number of workers. All of them end after Stop().
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace kronik {

template <typename Item>
class OrderedQueue {
 public:
  struct Slot {
    Item item;
    size_t cost = 0;
    bool finished = false;
  };

  OrderedQueue(size_t max_items, size_t max_cost) : max_items_(max_items), max_cost_(max_cost) {}
  OrderedQueue(const OrderedQueue&) = delete;
  OrderedQueue& operator=(const OrderedQueue&) = delete;

  // Adds an item when there is room. False once the queue is stopped.
  bool Push(Item item, size_t cost) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] {
      return stopped_ || slots_.empty() ||
             (slots_.size() < max_items_ && cost_ + cost <= max_cost_);
    });
    if (stopped_) return false;
    slots_.push_back({std::move(item), cost});
    cost_ += cost;
    work_.notify_one();
    return true;
  }

  // No more will be pushed.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    work_.notify_all();
    done_.notify_all();
  }

  // Everybody ends; what nobody has taken is dropped.
  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
    work_.notify_all();
    done_.notify_all();
  }

  // The oldest item that no worker has; it is the caller's until Finish. Null at the end.
  Slot* Claim() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return stopped_ || closed_ || claimed_ < slots_.size(); });
    if (stopped_ || claimed_ == slots_.size()) return nullptr;
    // A deque's elements stay in place while others come and go at its ends.
    return &slots_[claimed_++];
  }

  void Finish(Slot* slot) {
    const std::lock_guard lock(mutex_);
    slot->finished = true;
    if (slot == &slots_.front()) done_.notify_one();
  }

  // The oldest item, once it is finished. Nothing at the end.
  std::optional<Item> Take() {
    std::unique_lock lock(mutex_);
    done_.wait(lock,
               [&] { return stopped_ || (slots_.empty() ? closed_ : slots_.front().finished); });
    if (stopped_ || slots_.empty()) return std::nullopt;
    std::optional<Item> item(std::move(slots_.front().item));
    cost_ -= slots_.front().cost;
    slots_.pop_front();
    --claimed_;
    room_.notify_one();
    return item;
  }

 private:
  const size_t max_items_, max_cost_;
  std::mutex mutex_;
  std::condition_variable room_, work_, done_;
  std::deque<Slot> slots_;
  size_t claimed_ = 0;  // of slots_, from the front
  size_t cost_ = 0;
  bool closed_ = false;
  bool stopped_ = false;
};

}  // namespace kronik
