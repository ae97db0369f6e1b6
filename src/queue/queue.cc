#include "queue/queue.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nats/nats.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

namespace kronik {
namespace {

using Json = nlohmann::json;

constexpr char kConsumer[] = "workers";
constexpr int64_t kNanoseconds = 1000000000;
constexpr int64_t kDuplicateWindow = 120 * kNanoseconds;
constexpr int64_t kReconnectWaitMs = 500;
constexpr int64_t kAnswerWaitMs = 5000;

template <auto destroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    destroy(object);
  }
};
template <typename T, auto destroy>
using Owned = std::unique_ptr<T, Destroy<destroy>>;

using Options = Owned<natsOptions, natsOptions_Destroy>;
using Connection = Owned<natsConnection, natsConnection_Destroy>;
using Context = Owned<jsCtx, jsCtx_Destroy>;
using Subscription = Owned<natsSubscription, natsSubscription_Destroy>;
using StreamInfo = Owned<jsStreamInfo, jsStreamInfo_Destroy>;
using ConsumerInfo = Owned<jsConsumerInfo, jsConsumerInfo_Destroy>;
using PubAck = Owned<jsPubAck, jsPubAck_Destroy>;
using MetaData = Owned<jsMsgMetaData, jsMsgMetaData_Destroy>;
using NatsMessage = Owned<natsMsg, natsMsg_Destroy>;

// The library's words for what it did last on this thread: "(conn.c:2088): No server available".
std::string Explain(natsStatus status) {
  const std::string text = natsStatus_GetText(status);
  natsStatus last = NATS_OK;
  const char* const said = nats_GetLastError(&last);
  if (last != status || said == nullptr) return text;
  std::string_view detail = said;
  if (const size_t place = detail.find("): "); detail.starts_with('(') && place != detail.npos) {
    detail.remove_prefix(place + 3);
  }
  return detail.empty() || detail == text ? text : text + ": " + std::string(detail);
}

bool IsStreamName(std::string_view name) {
  return !name.empty() && name.size() <= 200 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

std::string BodyOf(const natsMsg* message) {
  return {natsMsg_GetData(message), static_cast<size_t>(natsMsg_GetDataLength(message))};
}

std::string StringOf(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

struct Message::Handle {
  NatsMessage message;
};

Message::Message(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Message::Message(Message&&) noexcept = default;
Message& Message::operator=(Message&&) noexcept = default;
Message::~Message() = default;

class Queue::Impl {
 public:
  explicit Impl(const QueueOptions& options)
      : where_(options.stream),
        task_(options.stream + ".task"),
        dead_stream_(options.stream + "-dead"),
        dead_(options.stream + ".dead"),
        lease_s_(options.lease_s) {}

  Result<void> Connect(const QueueOptions& options) {
    natsOptions* made = nullptr;
    if (natsStatus status = natsOptions_Create(&made); status != NATS_OK) return Failed(status);
    const Options settings(made);
    natsStatus status = natsOptions_SetURL(made, options.server.c_str());
    if (status != NATS_OK) {
      return Error{ErrorCode::kInvalidInput, "not the address of a NATS server", options.server};
    }
    natsOptions_SetName(made, "kronik");
    natsOptions_SetMaxReconnect(made, -1);
    natsOptions_SetReconnectWait(made, kReconnectWaitMs);
    natsOptions_SetTimeout(made, kAnswerWaitMs);
    // The library would print what went wrong; each call says it too.
    natsOptions_SetErrorHandler(
        made, [](natsConnection*, natsSubscription*, natsStatus, void*) {}, nullptr);
    if (!options.credentials.empty()) {
      status = natsOptions_SetUserCredentialsFromFiles(made, options.credentials.c_str(), nullptr);
      if (status != NATS_OK) return Failed(status);
    }
    natsConnection* connection = nullptr;
    status = natsConnection_Connect(&connection, made);
    if (status != NATS_OK) return Failed(status);
    connection_.reset(connection);
    jsOptions wait;
    jsOptions_Init(&wait);
    wait.Wait = kAnswerWaitMs;
    jsCtx* context = nullptr;
    status = natsConnection_JetStream(&context, connection, &wait);
    if (status != NATS_OK) return Failed(status);
    context_.reset(context);
    if (!options.create) return Exists();
    if (Result<void> made_task = MakeStream(where_, task_, js_WorkQueuePolicy); !made_task) {
      return made_task;
    }
    return MakeStream(dead_stream_, dead_, js_LimitsPolicy);
  }

  // False: it was there already.
  Result<bool> Publish(const std::string& subject, const std::string& body, const std::string& id) {
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MsgId = id.empty() ? nullptr : id.c_str();
    jsPubAck* answer = nullptr;
    jsErrCode code{};
    const natsStatus status = js_Publish(&answer, context_.get(), subject.c_str(), body.data(),
                                         static_cast<int>(body.size()), &options, &code);
    if (status != NATS_OK) return Failed(status);
    return !PubAck(answer)->Duplicate;
  }

  Result<bool> Submit(const std::string& body, const std::string& id) {
    return Publish(task_, body, id);
  }

  Result<std::optional<Message>> Take(int timeout_ms) {
    if (Result<void> ready = Subscribe(); !ready) return ready.error();
    natsMsgList list{};
    jsErrCode code{};
    const natsStatus status =
        natsSubscription_Fetch(&list, subscription_.get(), 1, timeout_ms, &code);
    if (status == NATS_TIMEOUT && !connected()) {
      return Error{ErrorCode::kIo, "the queue: its server is away", where_};
    }
    if (status == NATS_TIMEOUT) {
      FindForgotten();
      return std::optional<Message>();
    }
    if (status != NATS_OK) {
      const Error error = Failed(status);
      // The stream or the consumer may be gone, with the disk of a server: make them anew.
      subscription_.reset();
      return error;
    }
    auto handle = std::make_unique<Message::Handle>();
    handle->message.reset(list.Msgs[0]);
    list.Msgs[0] = nullptr;
    natsMsgList_Destroy(&list);
    jsMsgMetaData* about = nullptr;
    const natsStatus told = natsMsg_GetMetaData(&about, handle->message.get());
    if (told != NATS_OK) return Failed(told);
    const MetaData owned(about);
    Message message(std::move(handle));
    message.body = BodyOf(message.handle_->message.get());
    message.tries = about->NumDelivered;
    message.sequence = about->Sequence.Stream;
    return std::optional<Message>(std::move(message));
  }

  int lease_s() const { return lease_s_; }

  void Extend(const Message& message) { natsMsg_InProgress(Of(message), nullptr); }

  Result<void> Done(const Message& message) { return Checked(natsMsg_Ack(Of(message), nullptr)); }

  Result<void> Return(const Message& message, int delay_s) {
    return Checked(natsMsg_NakWithDelay(Of(message), delay_s * kNanoseconds, nullptr));
  }

  Result<void> HandBack(const Message& message) {
    const Result<bool> added =
        Submit(message.body, fmt::format("back:{}:{}", message.sequence, message.tries));
    if (!added) return added.error();
    return Done(message);
  }

  Result<void> Bury(const Message& message, const std::string& reason) {
    const Json letter{{"message", message.body}, {"reason", reason}, {"tries", message.tries}};
    // The id is the message's: who dies before it can settle it buries it once.
    const Result<bool> added =
        Publish(dead_, letter.dump(-1, ' ', false, Json::error_handler_t::replace),
                fmt::format("{}:{}", where_, message.sequence));
    if (!added) return added.error();
    return Done(message);
  }

  void Flush() { natsConnection_FlushTimeout(connection_.get(), kAnswerWaitMs); }

  Result<QueueStatus> Status() {
    const Result<StreamInfo> tasks = Info(where_);
    if (!tasks) return tasks.error();
    const Result<StreamInfo> dead = Info(dead_stream_);
    if (!dead) return dead.error();
    QueueStatus status;
    status.submitted = (*tasks)->State.LastSeq;
    status.pending = (*tasks)->State.Msgs;
    status.done = status.submitted - std::min(status.submitted, status.pending);
    status.dead = (*dead)->State.Msgs;
    jsConsumerInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus told =
        js_GetConsumerInfo(&info, context_.get(), where_.c_str(), kConsumer, nullptr, &code);
    if (told == NATS_NOT_FOUND) return status;  // no worker was there yet
    if (told != NATS_OK) return Failed(told);
    const ConsumerInfo consumer(info);
    // The stream drops what is settled. After a crash the consumer may count some of that still.
    const uint64_t left = status.pending;
    status.in_flight = std::min(left, static_cast<uint64_t>(consumer->NumAckPending));
    status.pending = std::min(left - status.in_flight, consumer->NumPending);
    status.redelivered = static_cast<uint64_t>(consumer->NumRedelivered);
    return status;
  }

  Result<void> ForEachDeadLetter(const std::function<bool(const DeadLetter&)>& visit) {
    const Result<StreamInfo> info = Info(dead_stream_);
    if (!info) return info.error();
    const jsStreamState& state = (*info)->State;
    for (uint64_t at = state.FirstSeq; state.Msgs > 0 && at <= state.LastSeq; ++at) {
      natsMsg* found = nullptr;
      jsErrCode code{};
      const natsStatus status =
          js_GetMsg(&found, context_.get(), dead_stream_.c_str(), at, nullptr, &code);
      if (status == NATS_NOT_FOUND) continue;  // resubmitted or dropped before
      if (status != NATS_OK) return Failed(status);
      const NatsMessage message(found);
      if (!visit(LetterOf(*message, at))) break;
    }
    return {};
  }

  Result<void> Resubmit(const DeadLetter& letter) {
    const Result<bool> added = Submit(letter.message, fmt::format("again:{}", letter.sequence));
    if (!added) return added.error();
    return Drop(letter);
  }

  Result<void> Drop(const DeadLetter& letter) {
    jsErrCode code{};
    const natsStatus status =
        js_DeleteMsg(context_.get(), dead_stream_.c_str(), letter.sequence, nullptr, &code);
    return status == NATS_NOT_FOUND ? Result<void>() : Checked(status);
  }

 private:
  bool connected() const {
    return natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED;
  }
  static natsMsg* Of(const Message& message) { return message.handle_->message.get(); }

  Error Failed(natsStatus status) const {
    return {ErrorCode::kIo, "the queue: " + Explain(status), where_};
  }
  Result<void> Checked(natsStatus status) const {
    return status == NATS_OK ? Result<void>() : Result<void>(Failed(status));
  }

  Result<StreamInfo> Info(const std::string& stream) {
    jsStreamInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetStreamInfo(&info, context_.get(), stream.c_str(), nullptr, &code);
    if (status != NATS_OK) return Failed(status);
    return StreamInfo(info);
  }

  // A server that was killed may have forgotten messages that it still holds. A consumer made anew
  // gets them all; what is done twice meanwhile is done once in the chronicle.
  void FindForgotten() {
    const Result<QueueStatus> status = Status();
    const bool forgotten =
        status && status->submitted - status->done > status->pending + status->in_flight;
    const auto now = std::chrono::steady_clock::now();
    if (!forgotten) {
      forgotten_since_.reset();
    } else if (!forgotten_since_) {
      forgotten_since_ = now;
    } else if (now - *forgotten_since_ > std::chrono::seconds(3 * lease_s_)) {
      js_DeleteConsumer(context_.get(), where_.c_str(), kConsumer, nullptr, nullptr);
      subscription_.reset();
      forgotten_since_.reset();
    }
  }

  Result<void> Exists() {
    jsStreamInfo* info = nullptr;
    jsErrCode code{};
    const natsStatus status =
        js_GetStreamInfo(&info, context_.get(), where_.c_str(), nullptr, &code);
    const StreamInfo owned(info);
    if (status != NATS_NOT_FOUND) return Checked(status);
    return Error{ErrorCode::kNotFound, "no queue of this name: `kronik submit` makes it", where_};
  }

  Result<void> MakeStream(const std::string& name, const std::string& subject,
                          jsRetentionPolicy retention) {
    if (Info(name)) return {};
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    const char* subjects[] = {subject.c_str()};
    config.Name = name.c_str();
    config.Subjects = subjects;
    config.SubjectsLen = 1;
    config.Retention = retention;
    config.Storage = js_FileStorage;
    config.Duplicates = kDuplicateWindow;
    jsErrCode code{};
    return Checked(js_AddStream(nullptr, context_.get(), &config, nullptr, &code));
  }

  // Makes the consumer that all workers share, where it is missing, and asks it.
  Result<void> Subscribe() {
    if (subscription_) return {};
    if (Result<void> made = MakeStream(where_, task_, js_WorkQueuePolicy); !made) return made;
    jsErrCode code{};
    jsConsumerInfo* info = nullptr;
    natsStatus status =
        js_GetConsumerInfo(&info, context_.get(), where_.c_str(), kConsumer, nullptr, &code);
    if (status == NATS_NOT_FOUND) {
      jsConsumerConfig config;
      jsConsumerConfig_Init(&config);
      config.Durable = kConsumer;
      config.AckPolicy = js_AckExplicit;
      config.AckWait = lease_s_ * kNanoseconds;
      // Workers count the tries, since what the server gave up would lie there unseen.
      config.MaxDeliver = -1;
      config.MaxAckPending = -1;
      status = js_AddConsumer(&info, context_.get(), where_.c_str(), &config, nullptr, &code);
    }
    if (status != NATS_OK) return Failed(status);
    const ConsumerInfo consumer(info);
    lease_s_ = static_cast<int>(consumer->Config->AckWait / kNanoseconds);
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = where_.c_str();
    options.Consumer = kConsumer;
    natsSubscription* subscription = nullptr;
    status = js_PullSubscribe(&subscription, context_.get(), task_.c_str(), kConsumer, nullptr,
                              &options, &code);
    if (status != NATS_OK) return Failed(status);
    subscription_.reset(subscription);
    return {};
  }

  std::optional<std::chrono::steady_clock::time_point> forgotten_since_;

  static DeadLetter LetterOf(const natsMsg& message, uint64_t sequence) {
    DeadLetter letter;
    letter.sequence = sequence;
    auto* const raw = const_cast<natsMsg*>(&message);  // the library's getters take no const
    letter.at = fmt::format("{:%FT%TZ}", fmt::gmtime(natsMsg_GetTime(raw) / kNanoseconds));
    const Json object = Json::parse(BodyOf(&message), nullptr, false);
    if (!object.is_object()) {
      letter.message = BodyOf(&message);
      letter.reason = "no letter of kronik's";
      return letter;
    }
    letter.message = StringOf(object, "message");
    letter.reason = StringOf(object, "reason");
    const auto tries = object.find("tries");
    if (tries != object.end() && tries->is_number_unsigned()) letter.tries = *tries;
    return letter;
  }

  const std::string where_, task_, dead_stream_, dead_;
  std::atomic<int> lease_s_;
  Connection connection_;
  Context context_;
  Subscription subscription_;
};

Queue::Queue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Queue::~Queue() = default;

Result<std::unique_ptr<Queue>> Queue::Open(const QueueOptions& options) {
  if (!IsStreamName(options.stream)) {
    return Error{ErrorCode::kInvalidInput, "a stream's name has letters, digits, - and _ alone",
                 options.stream};
  }
  auto impl = std::make_unique<Impl>(options);
  if (Result<void> connected = impl->Connect(options); !connected) return connected.error();
  return std::unique_ptr<Queue>(new Queue(std::move(impl)));
}

Result<bool> Queue::Submit(const std::string& body, const std::string& id) {
  return impl_->Submit(body, id);
}
Result<std::optional<Message>> Queue::Take(int timeout_ms) { return impl_->Take(timeout_ms); }
void Queue::Extend(const Message& message) { impl_->Extend(message); }
int Queue::lease_s() const { return impl_->lease_s(); }
Result<void> Queue::Done(const Message& message) { return impl_->Done(message); }
Result<void> Queue::Return(const Message& message, int delay_s) {
  return impl_->Return(message, delay_s);
}
Result<void> Queue::HandBack(const Message& message) { return impl_->HandBack(message); }
Result<void> Queue::Bury(const Message& message, const std::string& reason) {
  return impl_->Bury(message, reason);
}
void Queue::Flush() { impl_->Flush(); }
Result<QueueStatus> Queue::Status() { return impl_->Status(); }
Result<void> Queue::ForEachDeadLetter(const std::function<bool(const DeadLetter&)>& visit) {
  return impl_->ForEachDeadLetter(visit);
}
Result<void> Queue::Resubmit(const DeadLetter& letter) { return impl_->Resubmit(letter); }
Result<void> Queue::Drop(const DeadLetter& letter) { return impl_->Drop(letter); }

}  // namespace kronik
