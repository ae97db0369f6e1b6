#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <span>

#include "fetch/address.h"
#include "fetch/hosts.h"
#include "fetch/robots.h"

namespace kronik {
namespace {

using std::chrono::seconds;

// RFC 9309 asks for at least 500 KiB.
constexpr size_t kMaxRobots = 512u << 10;
// A Crawl-delay above it is cut to it.
constexpr double kMaxCrawlDelay_s = 60;
// The longest Retry-After that is waited for, how often, and the longest that is believed.
constexpr seconds kLongestWait(120);
constexpr int kMaxRetries = 2;
constexpr seconds kLongestRetryAfter(24 * 3600);
// Longer ones are no validators that anybody needs.
constexpr size_t kMaxValidator = 1024;

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

// The value of a header field of the answer; empty if it has none that can be sent back.
std::string HeaderOf(CURL* curl, const char* name) {
  curl_header* header = nullptr;
  if (curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return {};
  const std::string_view value = header->value;
  const auto printable = [](unsigned char c) { return c >= ' ' && c != 0x7F; };
  if (value.size() > kMaxValidator || !std::all_of(value.begin(), value.end(), printable))
    return {};
  return std::string(value);
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

void Add(HeaderList& headers, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  curl_slist* const longer = curl_slist_append(headers.get(), (name + ": " + value).c_str());
  if (longer == nullptr) return;
  headers.release();
  headers.reset(longer);
}

struct Response {
  long status = 0;
  seconds retry_after{0};
  Validators validators;
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
    if (!options_.hosts) options_.hosts = std::make_shared<Hosts>();
    static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kStarted == CURLE_OK) curl_.reset(curl_easy_init());
  }

  Result<FetchedPage> Get(const std::string& text) {
    Result<Response> response = Follow(text, options_.max_bytes, true);
    if (!response) return response.error();
    if (response->status >= 400) {
      const bool gone = response->status == 404 || response->status == 410;
      return Error{gone ? ErrorCode::kNotFound : ErrorCode::kIo, AnswerOf(*response), text};
    }
    return FetchedPage{url_, std::move(response->content_type), std::move(response->bytes),
                       std::move(response->validators), response->status == 304};
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
      Result<Response> response =
          polite ? RequestPolitely(url, here, text, max_bytes) : Request(here, {}, text, max_bytes);
      if (!response || response->redirect.empty()) {
        url_ = here;
        return response;
      }
      url_ = response->redirect;
    }
    return Error{ErrorCode::kLimit,
                 "more than " + std::to_string(options_.max_redirects) + " redirects", text};
  }

  // A request that robots.txt allows, in its turn, and again if the server asks for that.
  Result<Response> RequestPolitely(const Url& url, const std::string& here,
                                   const std::string& where, size_t max_bytes) {
    const Result<std::shared_ptr<const Hosts::Rules>> rules = AskRobots(url, where);
    if (!rules) return rules.error();
    const std::string host = Part(url, CURLUPART_HOST);
    const Validators recalled = options_.recall ? options_.recall(here) : Validators();
    for (int retries = 0;; ++retries) {
      const Result<void> turn = WaitForTurn(host, (*rules)->robots.crawl_delay_s(), where);
      if (!turn) return turn.error();
      Result<Response> response = Request(here, recalled, where, max_bytes);
      if (!response || response->retry_after <= seconds(0)) return response;
      options_.hosts->LeaveAlone(host, Clock::now() + response->retry_after);
      if (response->retry_after > kLongestWait || retries == kMaxRetries) return response;
    }
  }

  // What robots.txt says, if it lets the address be fetched.
  Result<std::shared_ptr<const Hosts::Rules>> AskRobots(const Url& url, const std::string& where) {
    const std::string origin = OriginOf(url);
    std::shared_ptr<const Hosts::Rules> rules = options_.hosts->RulesOf(origin);
    if (rules == nullptr) {
      Result<Hosts::Rules> read = ReadRobots(origin, where);
      if (!read) return read.error();
      rules = std::make_shared<const Hosts::Rules>(std::move(*read));
      options_.hosts->Keep(origin, rules);
    }
    if (rules->robots.Allows(PathOf(url))) return rules;
    return Error{rules->trouble.empty() ? ErrorCode::kUnsupported : ErrorCode::kIo,
                 rules->trouble.empty() ? "robots.txt forbids it"
                                        : "its robots.txt can't be read: " + rules->trouble,
                 where};
  }

  // Error: kUnsupported where the origin may not be asked at all.
  Result<Hosts::Rules> ReadRobots(const std::string& origin, const std::string& where) {
    const std::string before = url_;
    Result<Response> response = Follow(origin + "/robots.txt", kMaxRobots, false);
    url_ = before;
    if (!response && response.error().code == ErrorCode::kUnsupported) {
      return Error{response.error().code, response.error().message, where};
    }
    // Section 2.3.1.4: what can't be reached allows nothing. Too many requests are no absence.
    if (!response) return Hosts::Rules{Robots::DisallowAll(), response.error().message};
    if (response->status >= 500 || response->status == 429) {
      return Hosts::Rules{Robots::DisallowAll(), AnswerOf(*response)};
    }
    if (response->status >= 300) return Hosts::Rules{Robots::AllowAll(), ""};
    return Hosts::Rules{Robots::Parse(response->bytes, options_.user_agent), ""};
  }

  static std::string AnswerOf(const Response& response) {
    std::string answer = "the server answers " + std::to_string(response.status);
    if (response.retry_after > seconds(0)) {
      answer += ", and to come again in " + std::to_string(response.retry_after.count()) + " s";
    }
    return answer;
  }

  // Waits until the host may be asked.
  Result<void> WaitForTurn(const std::string& host, double crawl_delay_s,
                           const std::string& where) {
    const Clock::duration pause = std::max<Clock::duration>(
        std::chrono::milliseconds(options_.delay_ms),
        std::chrono::milliseconds(
            static_cast<int64_t>(1000 * std::min(crawl_delay_s, kMaxCrawlDelay_s))));
    do {
      const seconds rest = std::chrono::ceil<seconds>(options_.hosts->LeftAloneFor(host));
      if (rest > kLongestWait) {
        return Error{ErrorCode::kIo,
                     "its host asks to be left alone for " + std::to_string(rest.count()) + " s",
                     where};
      }
      const Clock::time_point turn = options_.hosts->Turn(host, pause);
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable_any().wait_until(lock, options_.stop, turn, [] { return false; });
      if (options_.stop.stop_requested()) return Interrupted(where);
      // Another thread may have been told meanwhile to leave the host alone.
    } while (options_.hosts->LeftAloneFor(host) > Clock::duration::zero());
    return {};
  }

  Result<Response> Request(const std::string& url, const Validators& recalled,
                           const std::string& where, size_t max_bytes) {
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
    HeaderList headers;
    Add(headers, "If-None-Match", recalled.etag);
    Add(headers, "If-Modified-Since", recalled.last_modified);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
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
    curl_off_t retry_after = 0;  // 0 where the server states none
    if (response.status == 429 || response.status == 503) {
      curl_easy_getinfo(curl_.get(), CURLINFO_RETRY_AFTER, &retry_after);
    }
    response.retry_after = std::min<seconds>(seconds(retry_after), kLongestRetryAfter);
    response.validators = {HeaderOf(curl_.get(), "etag"), HeaderOf(curl_.get(), "last-modified")};
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

  using Clock = Hosts::Clock;

  FetchOptions options_;
  std::unique_ptr<CURL, FreeCurl> curl_;
  std::string url_;  // of the request in hand
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
