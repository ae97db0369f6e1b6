// MetricsServer: one text at /metrics, for Prometheus.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kronik/result.h"

namespace kronik {

// Threads: `render` is called on the server's own.
class MetricsServer {
 public:
  // Answers from now on, until its end. `address` is "HOST:PORT", or a port of this machine.
  // Errors: kInvalidInput for another form; kIo where the port is taken.
  static Result<std::unique_ptr<MetricsServer>> Start(const std::string& address,
                                                      std::function<std::string()> render);
  ~MetricsServer();
  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

  int port() const;

 private:
  class Impl;
  explicit MetricsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kronik
