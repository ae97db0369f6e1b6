#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <span>
#include <unordered_map>

#include "fetch/address.h"
#include "fetch/robots.h"

namespace kronik {
namespace {

// RFC 9309 asks for at least 500 KiB.
constexpr size_t kMaxRobots = 512u << 10;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

Url ParseUrl(const std::string& text) {
  Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return nullptr;
  curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);
  return url;
}

std::string Part(const Url& url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK || text == nullptr) return {};
  std::string out = text;
  curl_free(text);
  return out;
}

bool IsHttp(const Url& url) {
  const std::string scheme = Part(url, CURLUPART_SCHEME);
  return scheme == "http" || scheme == "https";
}

// "https://news.example:443".
std::string OriginOf(const Url& url) {
  return Part(url, CURLUPART_SCHEME) + "://" + Part(url, CURLUPART_HOST) + ":" +
         Part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string PathOf(const Url& url) {
  const std::string query = Part(url, CURLUPART_QUERY);
  return Part(url, CURLUPART_PATH) + (query.empty() ? "" : "?" + query);
}

struct Response {
  long status = 0;
  std::string redirect;  // absolute
  std::string content_type;
  std::string bytes;
};

std::span<const uint8_t> AddressOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    const auto& in = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    return {reinterpret_cast<const uint8_t*>(&in), 4};
  }
  if (address.sa_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return {reinterpret_cast<const uint8_t*>(&in), 16};
  }
  return {};
}

}  // namespace

class Fetcher::Impl {
 public:
  explicit Impl(FetchOptions options) : options_(std::move(options)) {
    static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kStarted == CURLE_OK) curl_.reset(curl_easy_init());
  }

  Result<FetchedPage> Get(const std::string& text) {
    Result<Response> response = Follow(text, options_.max_bytes, true);
    if (!response) return response.error();
    if (response->status >= 400) {
      const bool gone = response->status == 404 || response->status == 410;
      return Error{gone ? ErrorCode::kNotFound : ErrorCode::kIo,
                   "the server answers " + std::to_string(response->status), text};
    }
    return FetchedPage{url_, std::move(response->content_type), std::move(response->bytes)};
  }

 private:
  struct FreeCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };

  // Requests the URL and where it leads; url_ is then the last one. `polite`: asks robots.txt and
  // keeps the pause.
  Result<Response> Follow(const std::string& text, size_t max_bytes, bool polite) {
    url_ = text;
    for (int hop = 0; hop <= options_.max_redirects; ++hop) {
      const Url url = ParseUrl(url_);
      if (!url || !IsHttp(url)) {
        return Error{ErrorCode::kUnsupported, "not an http or https address: " + url_, text};
      }
      const std::string here = Part(url, CURLUPART_URL);
      if (polite) {
        if (Result<void> allowed = AskRobots(url, text); !allowed) return allowed.error();
        if (!Pause(Part(url, CURLUPART_HOST))) return Interrupted(text);
      }
      Result<Response> response = Request(here, text, max_bytes);
      if (!response || response->redirect.empty()) {
        url_ = here;
        return response;
      }
      url_ = response->redirect;
    }
    return Error{ErrorCode::kLimit,
                 "more than " + std::to_string(options_.max_redirects) + " redirects", text};
  }

  // Whether robots.txt lets the address be fetched.
  Result<void> AskRobots(const Url& url, const std::string& where) {
    const std::string origin = OriginOf(url);
    auto found = robots_.find(origin);
    if (found == robots_.end()) {
      const std::string before = url_;
      Result<Response> response = Follow(origin + "/robots.txt", kMaxRobots, false);
      url_ = before;
      if (!response && response.error().code == ErrorCode::kUnsupported) {
        return Error{response.error().code, response.error().message, where};
      }
      Robots rules = Robots::AllowAll();
      std::string trouble;
      if (!response || response->status >= 500) {
        // Section 2.3.1.4: what can't be reached allows nothing.
        trouble = !response ? response.error().message
                            : "the server answers " + std::to_string(response->status);
        rules = Robots::DisallowAll();
      } else if (response->status < 300) {
        rules = Robots::Parse(response->bytes, options_.user_agent);
      }
      found = robots_.emplace(origin, Rules{std::move(rules), std::move(trouble)}).first;
    }
    if (found->second.robots.Allows(PathOf(url))) return {};
    return Error{found->second.trouble.empty() ? ErrorCode::kUnsupported : ErrorCode::kIo,
                 found->second.trouble.empty()
                     ? "robots.txt forbids it"
                     : "its robots.txt can't be read: " + found->second.trouble,
                 where};
  }

  // Waits until the host may be asked again; false if told to stop.
  bool Pause(const std::string& host) {
    const Clock::time_point now = Clock::now();
    Clock::time_point& next = next_request_[host];
    if (next > now) {
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable_any().wait_until(lock, options_.stop, next, [] { return false; });
    }
    next = Clock::now() + std::chrono::milliseconds(options_.delay_ms);
    return !options_.stop.stop_requested();
  }

  Result<Response> Request(const std::string& url, const std::string& where, size_t max_bytes) {
    CURL* const curl = curl_.get();
    if (curl == nullptr) return Error{ErrorCode::kIo, "libcurl does not start", where};
    Response response;
    response_ = &response;
    max_bytes_ = max_bytes;
    too_large_ = false;
    refused_ = false;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, options_.user_agent.c_str());
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(options_.timeout_s));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, OnProgress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
    if (!options_.allow_private) {
      curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, OnSocket);
      curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, this);
      // Behind a proxy the address can't be looked at.
      curl_easy_setopt(curl, CURLOPT_PROXY, "");
    }
    const CURLcode code = curl_easy_perform(curl);
    if (options_.stop.stop_requested()) return Interrupted(where);
    if (refused_) {
      return Error{ErrorCode::kUnsupported,
                   "the address is not one of the public internet (--allow-private fetches it)",
                   where};
    }
    // A robots.txt that is too long counts as far as it was read.
    if (too_large_ && max_bytes < options_.max_bytes) return Finish(response);
    if (too_large_) {
      return Error{ErrorCode::kLimit, "larger than " + std::to_string(max_bytes >> 20) + " MiB",
                   where};
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
      return Error{ErrorCode::kLimit,
                   "took longer than " + std::to_string(options_.timeout_s) + " s", where};
    }
    if (code != CURLE_OK) return Error{ErrorCode::kIo, curl_easy_strerror(code), where};
    return Finish(response);
  }

  Response Finish(Response& response) {
    char* text = nullptr;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &response.status);
    if (curl_easy_getinfo(curl_.get(), CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text) {
      response.redirect = text;
    }
    if (curl_easy_getinfo(curl_.get(), CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text) {
      response.content_type = text;
    }
    return std::move(response);
  }

  static Error Interrupted(const std::string& where) {
    return {ErrorCode::kIo, "interrupted", where};
  }

  static size_t OnBytes(char* bytes, size_t, size_t count, void* data) {
    Impl& self = *static_cast<Impl*>(data);
    const size_t room = self.max_bytes_ - self.response_->bytes.size();
    self.response_->bytes.append(bytes, std::min(count, room));
    self.too_large_ = count > room;
    return self.too_large_ ? 0 : count;
  }

  static int OnProgress(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Impl*>(data)->options_.stop.stop_requested();
  }

  static curl_socket_t OnSocket(void* data, curlsocktype, curl_sockaddr* address) {
    if (!IsPublicAddress(AddressOf(address->addr))) {
      static_cast<Impl*>(data)->refused_ = true;
      return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }

  using Clock = std::chrono::steady_clock;
  struct Rules {
    Robots robots;
    std::string trouble;  // why it can't be read, where it can't
  };

  const FetchOptions options_;
  std::unique_ptr<CURL, FreeCurl> curl_;
  std::string url_;                                                  // of the request in hand
  std::unordered_map<std::string, Rules> robots_;                    // by origin
  std::unordered_map<std::string, Clock::time_point> next_request_;  // by host
  // Of the request in hand, for libcurl's callbacks.
  Response* response_ = nullptr;
  size_t max_bytes_ = 0;
  bool too_large_ = false;
  bool refused_ = false;
};

Fetcher::Fetcher(FetchOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Fetcher::~Fetcher() = default;

Result<FetchedPage> Fetcher::Get(const std::string& url) { return impl_->Get(url); }

bool IsHttpUrl(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string ResolveUrl(const std::string& base, const std::string& reference) {
  const Url url = ParseUrl(base);
  if (!url || curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK) return {};
  return Part(url, CURLUPART_URL);
}

}  // namespace kronik
