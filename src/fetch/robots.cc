#include "fetch/robots.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/ascii.h"

namespace kronik {
namespace {

// A longer pattern matches no address that a server takes.
constexpr size_t kMaxPattern = 4096;

bool IsUnreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendPercent(unsigned char c, std::string& out) {
  constexpr char kHex[] = "0123456789ABCDEF";
  out += '%';
  out += kHex[c >> 4];
  out += kHex[c & 15];
}

// Section 2.2.2: what needs no encoding is decoded, bytes beyond ASCII are encoded.
std::string Normalise(std::string_view path) {
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(path[i]);
    if (c == '%' && i + 2 < path.size() && HexValue(path[i + 1]) >= 0 &&
        HexValue(path[i + 2]) >= 0) {
      c = static_cast<unsigned char>(HexValue(path[i + 1]) * 16 + HexValue(path[i + 2]));
      i += 2;
      if (IsUnreserved(c)) {
        out += static_cast<char>(c);
      } else {
        AppendPercent(c, out);
      }
    } else if (c >= 0x80) {
      AppendPercent(c, out);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

// Whether the pattern matches the path from its start. Going back to the last star alone is enough.
bool Matches(std::string_view pattern, std::string_view path) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  size_t p = 0, at = 0, star = std::string_view::npos, star_at = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored || at == path.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_at = at;
    } else if (p < pattern.size() && at < path.size() && pattern[p] == path[at]) {
      ++p;
      ++at;
    } else if (star != std::string_view::npos && star_at < path.size()) {
      p = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
}

// "Kronik/1.0" -> "kronik".
std::string ProductToken(std::string_view agent) {
  const std::string lower = AsciiLower(agent);
  return lower.substr(0, lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-*"));
}

// "2.5" -> 2.5; 0 for what is no number of seconds.
double SecondsIn(std::string_view text) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(seconds) ? std::max(seconds, 0.0) : 0;
}

}  // namespace

Robots Robots::DisallowAll() {
  Robots robots;
  robots.rules_.push_back({"/", false});
  return robots;
}

Robots Robots::Parse(std::string_view text, std::string_view product) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string own = ProductToken(product);
  Robots mine, everybody;
  bool named = false;   // whether any group names the product
  bool for_me = false;  // the group in hand
  bool for_everybody = false;
  bool in_agents = false;  // among the user-agent lines that begin a group
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    line = line.substr(0, line.find('#'));
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = AsciiLower(TrimAscii(line.substr(0, colon)));
    const std::string_view value = TrimAscii(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!in_agents) for_me = for_everybody = false;
      in_agents = true;
      const std::string agent = ProductToken(value);
      for_me |= agent == own;
      named |= agent == own;
      for_everybody |= agent == "*";
    } else if (key == "allow" || key == "disallow") {
      in_agents = false;
      const std::string pattern = Normalise(value);
      if (pattern.empty() || pattern.size() > kMaxPattern) continue;
      if (for_me) mine.rules_.push_back({pattern, key == "allow"});
      if (for_everybody) everybody.rules_.push_back({pattern, key == "allow"});
    } else if (key == "crawl-delay") {
      // No rule of the RFC, so it doesn't end the lines that begin a group (section 2.2.4).
      const double delay_s = SecondsIn(value);
      if (for_me) mine.crawl_delay_s_ = std::max(mine.crawl_delay_s_, delay_s);
      if (for_everybody) everybody.crawl_delay_s_ = std::max(everybody.crawl_delay_s_, delay_s);
    }
  }
  return named ? mine : everybody;
}

bool Robots::Allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  const std::string normal = Normalise(path);
  size_t longest = 0;
  bool allow = true;
  for (const Rule& rule : rules_) {
    if (rule.pattern.size() < longest || (rule.pattern.size() == longest && allow)) continue;
    if (!Matches(rule.pattern, normal)) continue;
    longest = rule.pattern.size();
    allow = rule.allow;
  }
  return allow;
}

}  // namespace kronik
