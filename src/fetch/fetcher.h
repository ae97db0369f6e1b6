// Fetcher: pages over HTTP, as a guest should.
//
//   Fetcher fetcher({.user_agent = "kronik/0.1.0"});
//   Result<FetchedPage> page = fetcher.Get("https://news.example/a");
//
// robots.txt (RFC 9309) is read once a day and honoured, for every address on the way of a
// redirect. Between two requests to one host there is a pause: that of the options, or Crawl-delay
// where robots.txt asks for more, up to a minute. A server that answers 429 or 503 with Retry-After
// is left alone for so long, and asked again if that is within two minutes; else whatever is asked
// of it meanwhile fails at once. Where an answer of before is remembered, the server is asked
// whether it has changed. Only http and https are followed.
// Unless told otherwise, a connection to an address that is not the public internet's is refused:
// the address is looked at when the connection is made, so that a name which changes its address
// in between gains nothing.
//
// Threads: one at a time.
// Errors:  kIo for what the network or the server said; kNotFound for 404 and 410; kLimit for size,
//          time or redirects; kUnsupported for what may not be fetched.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "fetch/hosts.h"
#include "kronik/result.h"
#include "kronik/validators.h"

namespace kronik {

struct FetchOptions {
  std::string user_agent;  // "product/version"; the product is what robots.txt may name
  bool allow_private = false;
  size_t max_bytes = 64u << 20;  // unpacked
  int timeout_s = 30;            // of one request, whole
  int delay_ms = 1000;           // between requests to one host
  int max_redirects = 5;
  std::stop_token stop = {};          // ends a request in hand and every wait
  std::shared_ptr<Hosts> hosts = {};  // shared with other fetchers; its own if null
  // What is remembered of an address's last answer; may be empty.
  std::function<Validators(const std::string& url)> recall = {};
};

struct FetchedPage {
  std::string url;  // after redirects
  std::string content_type;
  std::string bytes;  // content codings undone
  Validators validators;
  bool unchanged = false;  // since the answer that was recalled; there are no bytes then
};

class Fetcher {
 public:
  explicit Fetcher(FetchOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  Result<FetchedPage> Get(const std::string& url);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

bool IsHttpUrl(std::string_view text);

// `reference` as seen from `base` (RFC 3986, section 5); empty if either is no URL.
std::string ResolveUrl(const std::string& base, const std::string& reference);

}  // namespace kronik
