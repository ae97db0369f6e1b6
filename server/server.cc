#include "server/server.h"

#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/web_files.h"

namespace kronik {
namespace {

constexpr char kHost[] = "127.0.0.1";
constexpr int kThreads = 8;
constexpr int kSecondsToRead = 5;
constexpr int kSecondsToWrite = 10;
constexpr size_t kMostBodyBytes = 4096;  // no request here needs a body
constexpr int kMostRecords = 1000;       // of one answer
constexpr size_t kMostParameterBytes = 64;

// Nothing but the page's own files, and text never becomes markup.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

void Fail(httplib::Response& response, int status, const std::string& why) {
  response.status = status;
  response.set_content(
      nlohmann::json{{"error", why}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
      "application/json");
}

void Fail(httplib::Response& response, const Error& error) {
  Fail(response, error.code == ErrorCode::kNotFound ? 404 : 500, error.message);
}

// "[a,b]" of records that are JSON already.
std::string List(const std::vector<std::string>& records, size_t first, size_t count) {
  std::string list = "[";
  for (size_t i = first; i < records.size() && i - first < count; ++i) {
    if (i > first) list += ',';
    list += records[i];
  }
  return list + "]";
}

bool IsLocal(std::string host) {
  if (size_t colon = host.rfind(':'); colon != std::string::npos) host.resize(colon);
  return host == kHost || host == "localhost";
}

bool IsWord(const std::string& text) {
  return text.size() <= kMostParameterBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

bool IsDate(const std::string& text) {
  static constexpr std::string_view kForm = "0000-00-00";
  if (text.size() != 0 && text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

// The parameters of a request, or what is wrong with them.
struct Parameters {
  std::vector<std::string> parties;
  EventQuery query;
};

Result<Parameters> Read(const httplib::Request& request) {
  Parameters parameters;
  EventQuery& query = parameters.query;
  query.limit = kMostRecords;
  auto bad = [](const std::string& name) {
    return Error{ErrorCode::kInvalidInput, "can't read the parameter '" + name + "'", ""};
  };
  for (const auto& [name, value] : request.params) {
    if (name == "limit" || name == "offset") {
      int number = 0;
      auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
      if (error != std::errc() || end != value.data() + value.size() || number < 0) {
        return bad(name);
      }
      (name == "limit" ? query.limit : query.offset) = number;
      query.limit = std::min(query.limit, kMostRecords);
    } else if (name == "from" || name == "to") {
      if (!IsDate(value)) return bad(name);
      (name == "from" ? query.from : query.to) = value;
    } else if (name == "party" || name == "type" || name == "id") {
      if (!IsWord(value)) return bad(name);
      if (name == "party" && !value.empty()) parameters.parties.push_back(value);
      if (name == "type") query.event_type = value;
      if (name == "id") query.event = value;
    } else {
      return Error{ErrorCode::kInvalidInput, "no such parameter; it takes party, from, to, type, id, limit, offset", ""};
    }
  }
  if (parameters.parties.size() > 2) {
    return Error{ErrorCode::kInvalidInput, "at most two parties", ""};
  }
  return parameters;
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(const Store& store) : store_(store) {
    http_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // The library's default is SO_REUSEPORT, by which two servers would share a port unnoticed.
    http_.set_socket_options([](socket_t socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    });
    http_.set_read_timeout(kSecondsToRead);
    http_.set_write_timeout(kSecondsToWrite);
    http_.set_keep_alive_timeout(2);
    http_.set_payload_max_length(kMostBodyBytes);
    http_.set_default_headers({{"Content-Security-Policy", kPolicy},
                               {"X-Content-Type-Options", "nosniff"},
                               {"Referrer-Policy", "no-referrer"},
                               {"Cross-Origin-Resource-Policy", "same-origin"},
                               {"Cache-Control", "no-store"}});
    // The library's own routes are std::regex, which recurses once a character of the path.
    http_.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          response.status = 200;
          Answer(request, response);
          return httplib::Server::HandlerResponse::Handled;
        });
    http_.set_exception_handler([](const httplib::Request&, httplib::Response& response,
                                   std::exception_ptr) { Fail(response, 500, "internal error"); });
  }

  Result<int> Bind(int port) {
    int bound = port;
    if (port == 0) {
      bound = http_.bind_to_any_port(kHost);
    } else if (port < 0 || port > 65535 || !http_.bind_to_port(kHost, port)) {
      bound = -1;
    }
    if (bound < 0) {
      return Error{ErrorCode::kIo,
                   "can't listen on port " + std::to_string(port) +
                       ": is it taken? Give another with --port",
                   kHost};
    }
    return bound;
  }

  Result<void> Run() {
    running_ = true;
    const bool ended_well = stopped_ || http_.listen_after_bind();
    running_ = false;
    if (ended_well) return {};
    return Error{ErrorCode::kIo, "the server ended by itself", kHost};
  }

  void Stop() {
    stopped_ = true;
    // The library forgets a stop that comes before it listens.
    while (running_ && !http_.is_running())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    http_.stop();
  }

 private:
  void Answer(const httplib::Request& request, httplib::Response& response) {
    if (!IsLocal(request.get_header_value("Host"))) {
      return Fail(response, 403, "this server answers to localhost only");
    }
    if (request.method != "GET" && request.method != "HEAD") {
      response.set_header("Allow", "GET, HEAD");
      response.set_header("Connection", "close");  // the body stays unread
      return Fail(response, 405, "only GET");
    }
    const std::string& path = request.path;
    if (path == "/") return Give(response, kIndexHtml, "text/html; charset=utf-8");
    if (path == "/app.js") return Give(response, kAppJs, "text/javascript; charset=utf-8");
    if (path == "/style.css") return Give(response, kStyleCss, "text/css; charset=utf-8");

    Result<Parameters> parameters = Read(request);
    if (!parameters) return Fail(response, 400, parameters.error().message);
    static constexpr std::string_view kArticle = "/api/articles/";
    if (path == "/api/events") return Events(*parameters, response);
    if (path == "/api/commitments") return Commitments(*parameters, response);
    if (path == "/api/articles") {
      return Page("articles", store_.Articles(false), parameters->query, response);
    }
    if (path.starts_with(kArticle)) return Article(path.substr(kArticle.size()), response);
    Fail(response, 404, "nothing here");
  }

  static void Give(httplib::Response& response, std::string_view bytes, const char* type) {
    response.set_content(bytes.data(), bytes.size(), type);
  }

  void Events(const Parameters& parameters, httplib::Response& response) {
    EventQuery query = parameters.query;
    if (!parameters.parties.empty()) query.a = parameters.parties[0];
    if (parameters.parties.size() > 1) query.b = parameters.parties[1];
    ++query.limit;  // one more, to know whether there is more
    auto events = store_.Events(query);
    if (!events) return Fail(response, events.error());
    Give(response, "events", *events, 0, static_cast<size_t>(parameters.query.limit));
  }

  void Commitments(const Parameters& parameters, httplib::Response& response) {
    auto ledger = store_.Ledger({.parties = parameters.parties,
                                 .from = parameters.query.from,
                                 .to = parameters.query.to});
    Page("commitments", std::move(ledger), parameters.query, response);
  }

  void Page(const char* name, Result<std::vector<std::string>> records, const EventQuery& query,
            httplib::Response& response) {
    if (!records) return Fail(response, records.error());
    Give(response, name, *records, static_cast<size_t>(query.offset),
         static_cast<size_t>(query.limit));
  }

  static void Give(httplib::Response& response, const char* name,
                   const std::vector<std::string>& records, size_t first, size_t count) {
    const bool more = records.size() > first && records.size() - first > count;
    response.set_content("{\"" + std::string(name) + "\":" + List(records, first, count) +
                             ",\"more\":" + (more ? "true}" : "false}"),
                         "application/json");
  }

  void Article(const std::string& id, httplib::Response& response) {
    auto article = store_.FindArticle(id);
    if (!article) return Fail(response, article.error());
    std::string body = "{\"article\":" + *article;
    for (auto [name, records] : {std::pair{"events", store_.EventsOf(id)},
                                 {"statements", store_.StatementsOf(id)},
                                 {"commitments", store_.CommitmentsOf(id)}}) {
      if (!records) return Fail(response, records.error());
      body += ",\"" + std::string(name) + "\":" + List(*records, 0, records->size());
    }
    response.set_content(body + "}", "application/json");
  }

  const Store& store_;
  httplib::Server http_;
  std::atomic<bool> running_{false};
  std::atomic<bool> stopped_{false};
};

Server::Server(const Store& store) : impl_(std::make_unique<Impl>(store)) {}
Server::~Server() = default;
Result<int> Server::Bind(int port) { return impl_->Bind(port); }
Result<void> Server::Run() { return impl_->Run(); }
void Server::Stop() { impl_->Stop(); }

}  // namespace kronik
