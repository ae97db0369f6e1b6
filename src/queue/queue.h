// Queue: tasks for many machines, on a JetStream stream of a NATS server.
//
//   Result<std::unique_ptr<Queue>> queue = Queue::Open({.server = "nats://localhost:4222"});
//   (*queue)->Submit(task.ToJson(), id);
//
//   while (Result<std::optional<Message>> message = (*queue)->Take(1000)) {
//     if (!*message) continue;              // nothing within a second
//     ... (*queue)->Extend(**message) ...   // now and then: others would get it otherwise
//     (*queue)->Done(**message);            // or Return, or Bury
//   }
//
// Two streams, made where they are missing, on disk. `kronik` (or another name) has the subject
// `kronik.task`; a message stays until a worker says that it is done, and comes again to whoever
// asks, when its lease has run out or it was returned. `kronik-dead`, subject `kronik.dead`, keeps
// what was given up, as {"message", "reason", "tries"}, until somebody submits it again.
//
// What is promised is at least once: a message comes twice if a worker dies, if its lease runs out,
// or if the network loses what it said. So work must bear being done again.
//
// Threads: any number may call; only one at a time may Take.
// Errors:  kIo for what the network or the server said; calls may be tried again, since the
//          connection mends itself.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "kronik/result.h"

namespace kronik {

struct QueueOptions {
  std::string server;       // "nats://[user:password@]host:4222", several by commas
  std::string credentials;  // a file of them, as `nsc` writes it; or empty
  std::string stream = "kronik";
  int lease_s = 60;    // only the first worker of a queue decides it
  bool create = true;  // false: kNotFound where nobody made the queue
};

// A message that this program holds. Destroying it settles nothing: it comes again.
class Message {
 public:
  Message(Message&&) noexcept;
  Message& operator=(Message&&) noexcept;
  ~Message();

  std::string body;
  uint64_t tries = 1;     // how often it was handed out, this time included
  uint64_t sequence = 0;  // its place in the stream

 private:
  friend class Queue;
  struct Handle;
  explicit Message(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

struct QueueStatus {
  uint64_t submitted = 0;    // since the stream was made
  uint64_t pending = 0;      // not handed out yet
  uint64_t in_flight = 0;    // handed out and not settled
  uint64_t redelivered = 0;  // of those: handed out more than once
  uint64_t done = 0;         // settled
  uint64_t dead = 0;         // dead letters
};

struct DeadLetter {
  uint64_t sequence = 0;  // its name in Resubmit and Drop
  std::string at;         // when it was given up, RFC 3339
  std::string message;    // its body
  std::string reason;
  uint64_t tries = 0;
};

class Queue {
 public:
  // Connects, and makes what is missing. Errors: kInvalidInput for a name that no stream may have;
  // kNotFound.
  static Result<std::unique_ptr<Queue>> Open(const QueueOptions& options);
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Adds a message. False if one with this id came within the last two minutes: this one is
  // dropped. Without an id none is dropped.
  Result<bool> Submit(const std::string& body, const std::string& id);

  // The next message; nothing if none came in this time.
  Result<std::optional<Message>> Take(int timeout_ms);
  // Begins the lease anew.
  void Extend(const Message& message);
  // How long a lease is.
  int lease_s() const;

  // Each of these settles a message.
  Result<void> Done(const Message& message);
  // It comes again, after `delay_s`; `tries` counts on.
  Result<void> Return(const Message& message, int delay_s);
  // It comes again as a new one, whose tries begin anew.
  Result<void> HandBack(const Message& message);
  // It goes to the dead letters.
  Result<void> Bury(const Message& message, const std::string& reason);
  // Waits until the server has what was said. After the last call.
  void Flush();

  Result<QueueStatus> Status();
  // The dead letters, oldest first; false from `visit` ends it.
  Result<void> ForEachDeadLetter(const std::function<bool(const DeadLetter&)>& visit);
  // Moves a dead letter back into the queue, or drops it for good.
  Result<void> Resubmit(const DeadLetter& letter);
  Result<void> Drop(const DeadLetter& letter);

 private:
  class Impl;
  explicit Queue(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
