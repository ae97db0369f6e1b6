#include "article/raw_lines.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "article/raw_dateline.h"
#include "base/ascii.h"
#include "base/utf8.h"

namespace kronik {
namespace {

bool StripSuffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// Whether a line ends as sentences do; a bracket behind the stop ("... said. (AFP)") is looked
// past.
bool EndsLikeSentence(std::string_view text) {
  for (int round = 0; round < 12 && !text.empty(); ++round) {
    const char last = text.back();
    if (last == '.' || last == '?' || last == '!' || last == ';') return true;
    if (text.ends_with("…")) return true;
    if (last == ')' || last == ']') {
      const size_t open = text.rfind(last == ')' ? '(' : '[');
      if (open == kNowhere || open == 0) return false;
      if (text.size() - open <= 24) {
        text = text.substr(0, open);
      } else {
        text.remove_suffix(1);
      }
      continue;
    }
    if (last == '*' || last == ' ') {
      text.remove_suffix(1);
      continue;
    }
    if (last == '"' || last == '\'') return true;
    return StripSuffix(text, "”") || StripSuffix(text, "’") || StripSuffix(text, "»");
  }
  return false;
}

bool StartsWithBullet(std::string_view text) {
  for (const std::string_view mark : {"•", "- ", "– ", "* ", "▪", "●", "·", "…"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

// "[Photo] The ministers in Oslo": without the label of a credit in brackets.
std::string_view WithoutLabel(const ArticleWords& words, std::string_view text) {
  const size_t close = text.starts_with('[') ? text.substr(0, 24).find(']') : kNowhere;
  if (close == kNowhere) return text;
  const std::string label = std::string(text.substr(1, close - 1)) + ":";
  return words.CueOf(label).kind == "credit" ? TrimAscii(text.substr(close + 1)) : text;
}

// "STRELSAU —": a dateline whose paragraph stands on the next line.
bool IsLoneDateline(const ArticleWords& words, std::string_view lang, std::string_view text) {
  if (text.size() > 80) return false;
  for (const std::string_view dash : {"-", "–", "—"}) {
    if (text.ends_with(dash)) return ReadDateline(words, lang, std::string(text) + " x").sure;
  }
  return false;
}

// Text broken at a fixed width has its paragraphs put together again.
void Unwrap(std::vector<std::string>& raw) {
  constexpr size_t kWidest = 130;
  size_t pairs = 0;
  size_t broken = 0;
  size_t lower = 0;  // of these, how many go on in lower case
  size_t widest = 0;
  for (size_t i = 0; i < raw.size(); ++i) {
    widest = std::max(widest, raw[i].size());
    if (i + 1 >= raw.size() || raw[i].empty() || raw[i + 1].empty()) continue;
    ++pairs;
    if (raw[i].size() < 45 || EndsLikeSentence(raw[i])) continue;
    ++broken;
    size_t at = 0;
    const char32_t first = DecodeUtf8(raw[i + 1], at);
    if (IsLetter(first) && !IsUpper(first)) ++lower;
  }
  if (widest > kWidest || pairs < 4 || broken * 2 < pairs || lower * 2 < broken) return;
  std::vector<std::string> joined;
  size_t last = 0;  // the length of the line that was put in last
  for (std::string& text : raw) {
    const size_t size = text.size();
    if (!text.empty() && !joined.empty() && !joined.back().empty() && last * 10 >= widest * 6) {
      joined.back() += ' ';
      joined.back() += text;
    } else {
      joined.push_back(std::move(text));
    }
    last = size;
  }
  raw = std::move(joined);
}

// The text between line ends of either system, without what stands for pictures, screen readers
// and buyers.
std::vector<std::string> SplitText(const ArticleWords& words, std::string_view bytes) {
  static const RE2* const kEmbed = new RE2(R"(^(?:\[[a-z]+[.:_ ]?\d+\]\s*)+)");
  const std::string valid = ToValidUtf8(bytes);
  std::vector<std::string> raw;
  for (size_t at = 0; at <= valid.size();) {
    size_t end = valid.find_first_of("\n\r", at);
    if (end == std::string::npos) end = valid.size();
    std::string text = Squash(std::string_view(valid).substr(at, end - at));
    if (!RE2::Replace(&text, *kEmbed, "")) text.erase(0, words.AloudPart(text));
    text = std::string(words.WithoutTail(WithoutLabel(words, text)));
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    raw.push_back(std::move(text));
    at = end + 1;
    if (end < valid.size() && valid[end] == '\r' && at < valid.size() && valid[at] == '\n') ++at;
  }
  Unwrap(raw);
  return raw;
}

}  // namespace

std::vector<RawLine> ReadRawLines(const ArticleWords& words, std::string_view lang,
                                  std::string_view bytes) {
  std::vector<RawLine> lines;
  bool blank = true;
  for (std::string& text : SplitText(words, bytes)) {
    if (text.empty()) {
      blank = true;
      continue;
    }
    if (!lines.empty() && IsLoneDateline(words, lang, lines.back().text)) {
      text = lines.back().text + " " + text;
      blank = lines.back().after_blank;
      lines.pop_back();
    }
    RawLine line;
    line.key = KeyOf(text, line.words);
    line.ends = EndsLikeSentence(text);
    line.bullet = StartsWithBullet(text);
    line.after_blank = std::exchange(blank, false);
    line.text = std::move(text);
    if (line.words == 0) line.role = LineRole::kResidue;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string KeyOf(std::string_view text, size_t& words) {
  std::string key;
  words = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (IsLetter(c) || IsDigit(c)) {
      if (!inside && !key.empty()) key += ' ';
      if (!inside) ++words;
      inside = true;
      AppendUtf8(c, key);
    } else if (c != U'\'' && c != U'’') {
      inside = false;
    }
  }
  return LowerCase(key);
}

bool StartsUpper(std::string_view text) {
  size_t at = 0;
  return !text.empty() && IsUpper(DecodeUtf8(text, at));
}

bool StartsWithNumber(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && at < 3 && text[at] >= '0' && text[at] <= '9') ++at;
  if (at == 0 && text.size() > 1 && text[0] >= 'a' && text[0] <= 'z') at = 1;
  return at > 0 && at + 1 < text.size() && (text[at] == '.' || text[at] == ')') &&
         text[at + 1] == ' ';
}

bool MayBeHeadline(const RawLine& line) {
  if (line.words > 20) return false;
  std::string_view text = line.text;
  if (text.ends_with('?')) return true;
  if (!StripSuffix(text, "\"") && !StripSuffix(text, "'") && !StripSuffix(text, "”") &&
      !StripSuffix(text, "’")) {
    return false;
  }
  return !text.empty() && std::string_view(".,!?").find(text.back()) == kNowhere &&
         !text.ends_with("…");
}

bool IsUrl(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://") ||
          text.starts_with("www.")) &&
         text.find(' ') == kNowhere;
}

}  // namespace kronik
