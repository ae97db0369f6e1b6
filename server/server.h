// Server: the HTTP API of a chronicle and the page over it.
//
//   Server server(api);
//   Result<int> port = server.Bind(8080);   // 0 picks a free one
//   if (!port) return port.error();
//   server.Run();                           // until Stop, from another thread
//
//   GET  /api/...        doc/openapi.yaml
//   POST /api/read       the records of the report in the body, of which nothing is kept
//   POST /api/reviews    adds the review in the body, JSON of at most 64 KiB
//   GET  /licences       of what others made, in the page
//   GET  /metrics        how many answers were given, for Prometheus
//   GET  /  /reports  /reports/ID  /events  /events/ID  /ledger  /network  /map  /read   the page
//
// Whom it answers. On localhost: whoever reaches it, under a name of this machine alone, so that no
// web page can reach it under a name of its own. Beyond localhost (`host`): who shows the token, as
// `Authorization: Bearer TOKEN`, as the parameter `token`, or in the cookie that the page gets when
// it is opened with that parameter. A POST that another site's page makes is refused.
//
// Errors are {"error": "..."} with a status: those of Api, and 401 without the token, 403 for
// another host or site, 405, 411 and 413 for a body of unknown or too great a size, 415 for a
// coded one or a review that isn't sent as application/json.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "kronik/result.h"
#include "server/api.h"

namespace kronik {

struct ServerOptions {
  std::string host = "127.0.0.1";  // the address to listen on
  std::string token;               // needed beyond localhost
  size_t most_body_bytes = 4 << 20;
};

// Whether an address is this machine's own.
bool IsLoopback(const std::string& host);

class Server {
 public:
  // The api must outlive the server.
  explicit Server(const Api& api, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port, and gives it back. Errors: kIo where it is taken; kInvalidInput for a host
  // beyond localhost without a token of at least 16 ASCII letters and digits.
  Result<int> Bind(int port);
  // Answers until Stop. Call after Bind.
  Result<void> Run();
  // Ends Run, also one that has yet to begin; from another thread, not from a signal handler.
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
