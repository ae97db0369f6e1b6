// Standard output and standard error of the program: one place that knows of closed pipes, full
// disks and terminals.
#pragma once

#include <string_view>

#include "kronik/result.h"

namespace kronik::cli {

// Exit codes (GUIDE.md).
inline constexpr int kAllDone = 0;
inline constexpr int kSomeFailed = 1;
inline constexpr int kCouldNotRun = 2;
inline constexpr int kInterrupted = 130;

// Writes to standard output. A closed pipe ends the program as a success, any other failure (a full
// disk) ends it with kCouldNotRun and a message.
void Print(std::string_view text);
void PrintLine(std::string_view line);
// Flushes what Print wrote, with the same care.
void FlushOutput();

// "kronik: message" on standard error. Control characters become "?", since the message may have
// words of strangers.
void Complain(std::string_view message);
// Complains of an error; gives kCouldNotRun.
int Failed(const Error& error);

// Whether standard error is a terminal that can show progress.
bool WantsProgress();
// Puts a line in place of the last; it goes away before anything else is written. Empty: no line.
void ShowProgress(std::string_view line);

// Whether standard output is a terminal that wants colour (NO_COLOR).
bool WantsColour();

// Asks the program to stop after the report in hand; set by SIGINT and SIGTERM.
void WatchForInterrupt();
bool Interrupted();

}  // namespace kronik::cli
