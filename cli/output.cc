#include "cli/output.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace kronik::cli {
namespace {

// Written by a signal handler and read by other threads.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);
bool progress_shown = false;

void OnSignal(int) { interrupted = true; }

[[noreturn]] void EndForOutput() {
  if (errno == EPIPE) std::_Exit(kAllDone);
  Complain(std::string("standard output: ") + std::strerror(errno));
  std::_Exit(kCouldNotRun);
}

void HideProgress() {
  if (progress_shown) std::fputs("\r\x1b[K", stderr);
  progress_shown = false;
}

}  // namespace

void Print(std::string_view text) {
  HideProgress();
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
  HideProgress();
  std::string line(message);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = '?';
  }
  std::fprintf(stderr, "kronik: %s\n", line.c_str());
}

int Failed(const Error& error) {
  Complain(error.ToString());
  return kCouldNotRun;
}

bool WantsProgress() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) && terminal != nullptr && std::string_view(terminal) != "dumb";
}

void ShowProgress(std::string_view line) {
  if (isatty(STDOUT_FILENO)) FlushOutput();
  HideProgress();
  if (line.empty()) return;
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  progress_shown = true;
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

bool Interrupted() { return interrupted; }

}  // namespace kronik::cli
