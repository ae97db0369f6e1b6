// Server: the HTTP API of a chronicle and the page over it, on this machine alone.
//
//   Server server(store);
//   Result<int> port = server.Bind(8080);   // 0 picks a free one
//   if (!port) return port.error();
//   server.Run();                           // until Stop, from another thread
//
//   GET /api/articles?limit&offset            {"articles": [...], "more": bool}, without text
//   GET /api/articles/ID                      {"article", "events", "statements", "commitments"}
//   GET /api/events?party&party&from&to&type&id&limit&offset    {"events": [...], "more": bool}
//   GET /api/commitments?party&from&to&limit&offset             {"commitments": [...], "more"}
//   GET /  /app.js  /style.css
//
// Errors are {"error": "..."} with a status: 400 a parameter that isn't what it should be, 403 a
// request that names another host, 404, 405 anything but GET and HEAD, 500 the chronicle failed.
//
// It listens on 127.0.0.1 only, since whoever reaches it reads whole articles; and it answers to
// that name and "localhost" only, so that no web page can reach it under a name of its own.
#pragma once

#include <memory>

#include "kronik/result.h"
#include "kronik/store.h"

namespace kronik {

class Server {
 public:
  // The store must outlive the server.
  explicit Server(const Store& store);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port, and gives it back. Error: kIo where it is taken.
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
