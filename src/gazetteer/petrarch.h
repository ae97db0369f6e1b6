// The actor and agent dictionaries of PETRARCH and TABARI, in which event coders keep their actors.
//
//   MOHAMMAD_KARZAI_ [AFGELI]        an actor with its CAMEO code; '_' is a space
//   +KARZAI_                         another name of it
//   	[AFGGOV 011222-140929]         its code in those days; also "<011222" and ">140929"
//   POLICEMAN_ {POLICEMEN_} [~COP]   an agent with its plural; the country stands where '~' does
//   !OFFICIAL! = CHIEF, HEAD         a set of words, for "POLICE_!OFFICIAL!_ [~COP]"
//
// '#' and ';' begin comments. Source: the TABARI and PETRARCH manuals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik {

struct PetrarchCode {
  std::string code;      // as written, without '~'
  std::string from, to;  // "2001-12", inclusive; empty: open
};

struct PetrarchEntry {
  std::vector<std::string> forms;   // as in a text: "Mohammad Karzai"; short ones in capitals too
  std::vector<PetrarchCode> codes;  // those with dates first
  bool agent = false;
};

// Errors: kInvalidInput with the line, for a code or date that can't be read, a name without a
// code, and a synonym or code without a name above it.
Result<std::vector<PetrarchEntry>> ReadPetrarch(std::string_view text, std::string_view name);

}  // namespace kronik
