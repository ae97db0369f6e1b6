#include "base/ordered_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace kronik {
namespace {

using Job = std::unique_ptr<int>;

TEST(OrderedQueue, KeepsTheOrderWhateverTheNumberOfWorkers) {
  for (const int workers : {1, 2, 7}) {
    OrderedQueue<Job> queue(5, 1000);
    std::jthread producer([&] {
      for (int i = 0; i < 2000; ++i) ASSERT_TRUE(queue.Push(std::make_unique<int>(i), 1));
      queue.Close();
    });
    std::vector<std::jthread> pool;
    for (int w = 0; w < workers; ++w) {
      pool.emplace_back([&] {
        while (auto* slot = queue.Claim()) {
          if (*slot->item % 7 == 0) std::this_thread::yield();
          *slot->item *= 2;
          queue.Finish(slot);
        }
      });
    }
    int next = 0;
    while (std::optional<Job> job = queue.Take()) EXPECT_EQ(**job, 2 * next++);
    EXPECT_EQ(next, 2000);
  }
}

TEST(OrderedQueue, HoldsTheProducerUp) {
  const struct {
    size_t max_items, max_cost, cost, want;
  } kCases[] = {{3, 1000, 1, 3}, {100, 10, 4, 2}, {100, 10, 50, 1}};
  for (const auto& c : kCases) {
    OrderedQueue<int> queue(c.max_items, c.max_cost);
    std::atomic<size_t> pushed = 0;
    std::jthread producer([&] {
      while (queue.Push(0, c.cost)) ++pushed;
    });
    while (pushed < c.want) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(pushed, c.want);
    queue.Stop();
  }
}

TEST(OrderedQueue, StopEndsEverybody) {
  OrderedQueue<int> queue(2, 1000);
  std::jthread producer([&] {
    while (queue.Push(0, 1)) {
    }
  });
  std::jthread worker([&] {
    while (queue.Claim() != nullptr) {  // and never finishes
    }
  });
  std::jthread taker([&] { EXPECT_FALSE(queue.Take().has_value()); });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  queue.Stop();
}

TEST(OrderedQueue, NothingAtAll) {
  OrderedQueue<int> queue(2, 1000);
  queue.Close();
  EXPECT_EQ(queue.Claim(), nullptr);
  EXPECT_FALSE(queue.Take().has_value());
}

}  // namespace
}  // namespace kronik
