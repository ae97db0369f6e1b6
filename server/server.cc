#include "server/server.h"

#include <arpa/inet.h>
#include <httplib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <thread>

#include "server/web_files.h"

namespace kronik {
namespace {

constexpr int kThreads = 8;
constexpr int kSecondsToRead = 5;
constexpr int kSecondsToWrite = 10;
constexpr size_t kLeastTokenBytes = 16;
constexpr char kReadPath[] = "/api/read";
constexpr char kReviewPath[] = "/api/reviews";
constexpr size_t kMostReviewBytes = 64 << 10;
constexpr char kCookie[] = "kronik";

// Nothing but the page's own files, and text never becomes markup.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

// "[::1]:8080" -> "::1", "localhost:8080" -> "localhost".
std::string NameOfHost(const std::string& header) {
  if (header.starts_with('[')) return header.substr(1, header.find(']') - 1);
  return header.substr(0, header.find(':'));
}

bool IsAddress(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> ignored;
  return inet_pton(AF_INET, name.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), ignored.data()) == 1;
}

bool IsToken(const std::string& text) {
  return text.size() >= kLeastTokenBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

// In time that doesn't tell how much of it is right.
bool SameSecret(std::string_view given, std::string_view secret) {
  if (given.size() != secret.size()) return false;
  unsigned char difference = 0;
  for (size_t i = 0; i < given.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (given[i] ^ secret[i]));
  }
  return difference == 0;
}

std::string CookieOf(const std::string& header) {
  const std::string name = std::string(kCookie) + "=";
  for (size_t at = 0; at < header.size();) {
    const size_t end = std::min(header.find(';', at), header.size());
    std::string_view pair = std::string_view(header).substr(at, end - at);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(name)) return std::string(pair.substr(name.size()));
    at = end + 1;
  }
  return "";
}

// Whether the page itself answers at a path: it has a view for each.
bool IsView(const std::string& path) {
  for (std::string_view view :
       {"/", "/reports", "/events", "/ledger", "/network", "/map", "/read"}) {
    if (path == view) return true;
  }
  return (path.starts_with("/reports/") || path.starts_with("/events/")) &&
         std::count(path.begin(), path.end(), '/') == 2;
}

}  // namespace

bool IsLoopback(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

class Server::Impl {
 public:
  Impl(const Api& api, ServerOptions options) : api_(api), options_(std::move(options)) {
    http_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // The library's default is SO_REUSEPORT, by which two servers would share a port unnoticed.
    http_.set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    });
    http_.set_read_timeout(kSecondsToRead);
    http_.set_write_timeout(kSecondsToWrite);
    // One request a connection: the body of a refused one is never read as the next request.
    http_.set_keep_alive_max_count(1);
    http_.set_payload_max_length(options_.most_body_bytes);
    http_.set_default_headers({{"Content-Security-Policy", kPolicy},
                               {"X-Content-Type-Options", "nosniff"},
                               {"Referrer-Policy", "no-referrer"},
                               {"Cross-Origin-Resource-Policy", "same-origin"},
                               {"Cross-Origin-Opener-Policy", "same-origin"},
                               {"Cache-Control", "no-store"}});
    // The library's own routes are std::regex, which recurses once a character of the path; only
    // the one request whose body has to be read goes that way.
    http_.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          if (Admit(request, response) && request.method == "POST") {
            return httplib::Server::HandlerResponse::Unhandled;
          }
          return httplib::Server::HandlerResponse::Handled;
        });
    http_.Post(kReadPath, [this](const httplib::Request& request, httplib::Response& response) {
      Parameters parameters = request.params;
      parameters.erase("token");
      Give(response, api_.Read(request.body, parameters));
    });
    http_.Post(kReviewPath, [this](const httplib::Request& request, httplib::Response& response) {
      Give(response, api_.Review(request.body));
    });
    http_.set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (response.has_header("Content-Type")) return;
      Give(response, Api::Fail(response.status, response.status == 413 ? "the body is too large"
                                                                       : "can't read the request"));
    });
    http_.set_logger([this](const httplib::Request&, const httplib::Response& response) {
      ++answers_[static_cast<size_t>(std::clamp(response.status / 100, 0, 5))];
    });
    http_.set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
          Give(response, Api::Fail(500, "internal error"));
        });
  }

  Result<int> Bind(int port) {
    if (!IsLoopback(options_.host) && !IsToken(options_.token)) {
      return Error{ErrorCode::kInvalidInput,
                   "beyond localhost a token of at least 16 letters and digits is needed",
                   options_.host};
    }
    int bound = port;
    if (port == 0) {
      bound = http_.bind_to_any_port(options_.host);
    } else if (port < 0 || port > 65535 || !http_.bind_to_port(options_.host, port)) {
      bound = -1;
    }
    if (bound < 0) {
      return Error{ErrorCode::kIo,
                   "can't listen on port " + std::to_string(port) +
                       ": is it taken? Give another with --port",
                   options_.host};
    }
    return bound;
  }

  Result<void> Run() {
    running_ = true;
    const bool ended_well = stopped_ || http_.listen_after_bind();
    running_ = false;
    if (ended_well) return {};
    return Error{ErrorCode::kIo, "the server ended by itself", options_.host};
  }

  void Stop() {
    stopped_ = true;
    // The library forgets a stop that comes before it listens.
    while (running_ && !http_.is_running())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    http_.stop();
  }

 private:
  // From a provider, since the library compresses other contents by brotli at its slowest, which
  // takes seconds for what this machine hands to itself at once.
  static void Send(httplib::Response& response, int status, std::string_view bytes,
                   const std::string& type, std::shared_ptr<const std::string> owner) {
    response.status = status;
    // A provider of nothing is never done.
    if (bytes.empty()) return response.set_content("", type.c_str());
    response.set_content_provider(
        bytes.size(), type, [bytes, owner](size_t offset, size_t size, httplib::DataSink& sink) {
          return sink.write(bytes.data() + offset, size);
        });
  }

  static void Give(httplib::Response& response, Answer answer) {
    auto body = std::make_shared<const std::string>(std::move(answer.body));
    Send(response, answer.status, *body, answer.type, body);
    if (!answer.file.empty()) {
      response.set_header("Content-Disposition", "attachment; filename=\"" + answer.file + "\"");
    }
    if (answer.status == 503) response.set_header("Retry-After", "2");
  }

  // Bytes of the program itself.
  static void Give(httplib::Response& response, std::string_view bytes, const char* type) {
    Send(response, 200, bytes, type, nullptr);
  }

  static bool Refuse(httplib::Response& response, int status, const std::string& why) {
    Give(response, Api::Fail(status, why));
    return false;
  }

  bool AnswersTo(const std::string& host) const {
    const std::string name = NameOfHost(host);
    if (IsLoopback(name)) return true;
    // A page that binds its own name to this address still has that name; an address is no name.
    return !IsLoopback(options_.host) && (name == options_.host || IsAddress(name));
  }

  bool HasToken(const httplib::Request& request) const {
    if (options_.token.empty()) return true;
    static constexpr std::string_view kBearer = "Bearer ";
    const std::string authorization = request.get_header_value("Authorization");
    if (authorization.starts_with(kBearer) &&
        SameSecret(std::string_view(authorization).substr(kBearer.size()), options_.token)) {
      return true;
    }
    return SameSecret(CookieOf(request.get_header_value("Cookie")), options_.token) ||
           SameSecret(request.get_param_value("token"), options_.token);
  }

  // Whether the request may go on; it is answered already where it needs no body.
  bool Admit(const httplib::Request& request, httplib::Response& response) {
    if (!AnswersTo(request.get_header_value("Host"))) {
      return Refuse(response, 403, "this server doesn't go by that name");
    }
    if (!HasToken(request)) {
      response.set_header("WWW-Authenticate", "Bearer");
      return Refuse(response, 401, "open the address, with its token, that kronik serve printed");
    }
    if (request.method == "GET" || request.method == "HEAD") {
      Show(request, response);
      return true;
    }
    const bool reads = request.path == kReadPath, reviews = request.path == kReviewPath;
    if (request.method != "POST" || !(reads || reviews)) {
      response.set_header("Allow", reads ? "POST" : reviews ? "GET, HEAD, POST" : "GET, HEAD");
      return Refuse(response, 405, "no such method here");
    }
    return AdmitBody(request, response);
  }

  bool AdmitBody(const httplib::Request& request, httplib::Response& response) const {
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    const std::string origin = request.get_header_value("Origin");
    if ((!site.empty() && site != "same-origin" && site != "none") ||
        (!origin.empty() &&
         origin.substr(origin.find("//") + 2) != request.get_header_value("Host"))) {
      return Refuse(response, 403, "other sites may not ask this");
    }
    const bool reviews = request.path == kReviewPath;
    const std::string type = request.get_header_value("Content-Type");
    if (request.has_header("Content-Encoding") || type.starts_with("multipart/")) {
      return Refuse(response, 415, "send the report itself as the body");
    }
    // A form of another site can't send this type, and a script there has to ask first.
    if (reviews && type.substr(0, type.find(';')) != "application/json") {
      return Refuse(response, 415, "send the review as application/json");
    }
    const std::string length = request.get_header_value("Content-Length");
    size_t bytes = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (request.has_header("Transfer-Encoding") || length.empty() || error != std::errc() ||
        end != length.data() + length.size()) {
      return Refuse(response, 411, "say the body's size in Content-Length");
    }
    if (bytes > (reviews ? kMostReviewBytes : options_.most_body_bytes))
      return Refuse(response, 413, "the body is too large");
    return true;
  }

  void Show(const httplib::Request& request, httplib::Response& response) const {
    const std::string& path = request.path;
    if (IsView(path)) {
      if (!options_.token.empty() && request.has_param("token")) {
        // The token leaves the address, so that it isn't passed on with it.
        response.set_header("Set-Cookie", std::string(kCookie) + "=" + options_.token +
                                              "; HttpOnly; SameSite=Strict; Path=/");
        response.set_redirect(path.c_str(), 303);
        return;
      }
      return Give(response, IndexHtml(), "text/html; charset=utf-8");
    }
    if (path == "/metrics") {
      return Give(response,
                  {.status = 200, .type = "text/plain; version=0.0.4", .body = Metrics()});
    }
    if (path == "/app.js") return Give(response, AppJs(), "text/javascript; charset=utf-8");
    if (path == "/style.css") return Give(response, StyleCss(), "text/css; charset=utf-8");
    if (path == "/icon.svg") return Give(response, IconSvg(), "image/svg+xml");
    if (path == "/licences") return Give(response, Licences(), "text/plain; charset=utf-8");
    Parameters parameters = request.params;
    if (!options_.token.empty()) parameters.erase("token");
    Give(response, api_.Get(path, parameters, "http://" + request.get_header_value("Host")));
  }

  // In the text format of Prometheus.
  std::string Metrics() const {
    std::string text =
        "# HELP kronik_answers_total Answers by their status.\n"
        "# TYPE kronik_answers_total counter\n";
    for (size_t status = 2; status < answers_.size(); ++status) {
      text += "kronik_answers_total{status=\"" + std::to_string(status) + "xx\"} " +
              std::to_string(answers_[status]) + "\n";
    }
    return text;
  }

  const Api& api_;
  const ServerOptions options_;
  std::array<std::atomic<uint64_t>, 6> answers_{};  // by the first digit of the status
  httplib::Server http_;
  std::atomic<bool> running_{false};
  std::atomic<bool> stopped_{false};
};

Server::Server(const Api& api, ServerOptions options)
    : impl_(std::make_unique<Impl>(api, std::move(options))) {}
Server::~Server() = default;
Result<int> Server::Bind(int port) { return impl_->Bind(port); }
Result<void> Server::Run() { return impl_->Run(); }
void Server::Stop() { impl_->Stop(); }

}  // namespace kronik
