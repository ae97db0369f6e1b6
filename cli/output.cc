#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace kronik::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void OnSignal(int) { interrupted = 1; }

[[noreturn]] void EndForOutput() {
  if (errno == EPIPE) std::_Exit(kAllDone);
  Complain(std::string("standard output: ") + std::strerror(errno));
  std::_Exit(kCouldNotRun);
}

}  // namespace

void Print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) EndForOutput();
}

void PrintLine(std::string_view line) {
  Print(line);
  Print("\n");
}

void FlushOutput() {
  if (std::fflush(stdout) != 0) EndForOutput();
}

void Complain(std::string_view message) {
  FlushOutput();
  std::fprintf(stderr, "kronik: %.*s\n", static_cast<int>(message.size()), message.data());
}

bool WantsColour() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && (no_colour == nullptr || *no_colour == '\0');
}

void WatchForInterrupt() {
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool Interrupted() { return interrupted != 0; }

}  // namespace kronik::cli
