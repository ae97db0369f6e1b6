#include "server/metrics.h"

#include <httplib.h>

#include <charconv>
#include <thread>

namespace kronik {
namespace {

constexpr char kType[] = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace

class MetricsServer::Impl {
 public:
  explicit Impl(std::function<std::string()> render) : render_(std::move(render)) {
    http_.new_task_queue = [] { return new httplib::ThreadPool(2); };
    http_.set_read_timeout(5);
    http_.set_write_timeout(5);
    http_.set_payload_max_length(0);
    // As in Server: the library's own routes recurse once a character of the path.
    http_.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          const bool found = request.method == "GET" && request.path == "/metrics";
          response.status = found ? 200 : 404;
          response.set_content(found ? render_() : "GET /metrics\n", kType);
          return httplib::Server::HandlerResponse::Handled;
        });
  }
  ~Impl() {
    http_.stop();
    if (thread_.joinable()) thread_.join();
  }

  bool Listen(const std::string& host, int port) {
    port_ = port == 0 ? http_.bind_to_any_port(host) : http_.bind_to_port(host, port) ? port : -1;
    if (port_ < 0) return false;
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    // The library forgets a stop that comes before it listens.
    while (!http_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return true;
  }

  int port() const { return port_; }

 private:
  const std::function<std::string()> render_;
  httplib::Server http_;
  int port_ = -1;
  std::thread thread_;
};

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MetricsServer::~MetricsServer() = default;
int MetricsServer::port() const { return impl_->port(); }

Result<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address,
                                                            std::function<std::string()> render) {
  const size_t colon = address.rfind(':');
  const std::string host = colon == std::string::npos ? "127.0.0.1" : address.substr(0, colon);
  const std::string number = colon == std::string::npos ? address : address.substr(colon + 1);
  int port = -1;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), port);
  if (error != std::errc() || end != number.data() + number.size() || port < 0 || port > 65535) {
    return Error{ErrorCode::kInvalidInput, "not HOST:PORT", address};
  }
  auto impl = std::make_unique<Impl>(std::move(render));
  if (!impl->Listen(host, port)) {
    return Error{ErrorCode::kIo, "can't listen there: is the port taken?", address};
  }
  return std::unique_ptr<MetricsServer>(new MetricsServer(std::move(impl)));
}

}  // namespace kronik
