#include "token/tokenizer.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kLongestLookup = 64;  // bytes; no listed form is longer
// Words of a sentence. What is longer is no sentence, and each of the records that it gives rise to
// would hold it whole.
constexpr uint32_t kLongestSentence = 500;

bool IsMark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || c == 0xAD || c == 0x200C || c == 0x200D ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x0900 && c <= 0x0963 && !IsLetter(c)) ||
         (c >= 0x064B && c <= 0x065F) || c == 0xB2 || c == 0xB3;
}
bool IsWordChar(char32_t c) { return IsLetter(c) || IsDigit(c) || IsMark(c) || c == '_'; }
bool IsApostrophe(char32_t c) { return c == '\'' || c == 0x2019; }
bool IsCurrency(char32_t c) {
  return c == '$' || c == 0xA3 || c == 0xA5 || (c >= 0x20A0 && c <= 0x20CF);
}
bool IsCloser(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0x2019 ||
         c == 0xBB || c == 0x203A;
}
bool IsOpener(char32_t c) {
  return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' || c == 0x201C || c == 0x2018 ||
         c == 0xAB || c == 0x2039 || c == 0x201E || c == 0xBF || c == 0xA1;
}
bool IsTerminator(std::string_view form) {
  if (form == "…" || form == "。" || form == "！" || form == "？" || form == "؟") return true;
  if (form.empty() || form.size() > 16) return false;
  return form.find_first_not_of(".!?") == std::string_view::npos;
}

char32_t At(std::string_view text, size_t at) {
  return at < text.size() ? DecodeUtf8(text, at) : U'\0';
}

// Lower case and straight apostrophes, for look-ups; empty for what is too long to be listed.
std::string Key(std::string_view word) {
  if (word.size() > kLongestLookup) return {};
  std::string key = LowerCase(word);
  for (size_t at; (at = key.find("’")) != std::string::npos;) key.replace(at, 3, "'");
  return key;
}

// How many bytes at the end of `word` the `tail` of its key stands for: only the apostrophe differs
// in length.
size_t SurfaceTail(std::string_view word, std::string_view tail) {
  if (tail.find('\'') == std::string_view::npos) return tail.size();
  size_t at = word.size();
  for (size_t i = tail.size(); i-- > 0 && at > 0;) {
    at -= tail[i] == '\'' && at >= 3 && word.substr(at - 3, 3) == "’" ? 3 : 1;
  }
  return word.size() - at;
}

// A syllable of an East Asian name in Latin letters ("Jong", "un", "wai"), whose hyphen joins.
bool IsNameSyllable(std::string_view part) {
  static const RE2 kSyllable(
      "(?i)(?:[bcdfghjklmnpqrstvwxyz]|ch|sh|zh|ts|hw|kw)?[yw]?[aeiou]{1,3}(?:ng|[nklmptrhbu])?");
  return part.size() <= 7 && RE2::FullMatch(re2::StringPiece(part.data(), part.size()), kSyllable);
}

class Cutter {
 public:
  Cutter(const TokenRules& rules, std::string_view text, uint32_t start, uint32_t end)
      : rules_(rules), text_(text.substr(0, end)), at_(start), begin_(start) {}

  std::vector<Cut> Run() {
    while (true) {
      SkipSpace();
      if (at_ >= text_.size()) return std::move(words_);
      chunk_end_ = ChunkEnd();
      while (at_ < chunk_end_) One();
    }
  }

 private:
  void SkipSpace() {
    while (at_ < text_.size()) {
      size_t next = at_;
      const char32_t c = DecodeUtf8(text_, next);
      if (!IsSpace(c)) return;
      space_ = true;
      line_ = line_ || c == '\n';
      at_ = next;
    }
  }
  size_t ChunkEnd() const {
    size_t at = at_;
    while (at < text_.size()) {
      size_t next = at;
      if (IsSpace(DecodeUtf8(text_, next))) return at;
      at = next;
    }
    return at;
  }

  void Emit(size_t end, bool abbreviation = false, bool may_end = false) {
    words_.push_back({.start = static_cast<uint32_t>(at_),
                      .end = static_cast<uint32_t>(end),
                      .mwt = 0,
                      .space_before = space_,
                      .line_before = line_,
                      .abbreviation = abbreviation,
                      .may_end = may_end});
    space_ = line_ = false;
    at_ = end;
  }
  // One surface token of several words; `ends` are the ends of the words.
  void EmitMultiword(const std::vector<size_t>& ends) {
    const size_t first = words_.size();
    for (size_t end : ends) Emit(end);
    words_[first].mwt = static_cast<uint8_t>(ends.size());
  }

  void One() {
    size_t next = at_;
    const char32_t c = DecodeUtf8(text_, next);
    if (size_t end = AddressEnd()) return Emit(end);
    if (IsLetter(c) || IsDigit(c) || c == '_') return Word();
    if ((c == '#' || c == '@') && IsLetter(At(text_, next))) {
      while (next < chunk_end_ && IsWordChar(At(text_, next))) DecodeUtf8(text_, next);
      return Emit(next);
    }
    // "'90s", "'em": the apostrophe belongs to the word.
    if (IsApostrophe(c)) {
      size_t end = next;
      while (end < chunk_end_ && end - at_ < 12 && IsWordChar(At(text_, end))) {
        DecodeUtf8(text_, end);
      }
      const std::string key = Key(text_.substr(at_, end - at_));
      if (end > next && (rules_.keeps.contains(key) ||
                         (key.size() == 4 && IsDigit(At(key, 1)) && key.ends_with("0s")))) {
        return Emit(end);
      }
    }
    if (size_t end = EmoticonEnd()) return Emit(end);
    // Runs of one sign, and of "?!", are one token.
    constexpr std::string_view kRuns = ".-`*=~!?$<>\\";
    if (c == 0x2026 || (c < 0x80 && kRuns.find(static_cast<char>(c)) != kRuns.npos)) {
      while (next < chunk_end_) {
        const char32_t d = At(text_, next);
        const bool mixed = (d == '!' || d == '?') && (c == '!' || c == '?' || c == '.');
        if (d != c && !mixed) break;
        DecodeUtf8(text_, next);
      }
    }
    while (next < chunk_end_ && IsMark(At(text_, next))) DecodeUtf8(text_, next);
    Emit(next);
  }

  // The end of a face made of signs, ":-)", that begins here, or 0.
  size_t EmoticonEnd() const {
    size_t at = at_;
    const auto next = [&] { return at < chunk_end_ ? text_[at++] : ' '; };
    const char eyes = next();
    if (eyes != ':' && eyes != ';' && eyes != '=') return 0;
    char mouth = next();
    if (mouth == '-' || mouth == '\'') mouth = next();
    const bool letter = mouth == 'D' || mouth == 'P' || mouth == 'p';
    if (mouth != ')' && mouth != '(' && !letter) return 0;
    // ":(" opens a parenthesis where something follows.
    if ((letter || mouth == '(') && at < chunk_end_ && IsWordChar(At(text_, at))) return 0;
    return at;
  }

  // The end of a URL, host name or e-mail address that begins here, or 0.
  size_t AddressEnd() {
    if (address_checked_ > at_) return 0;
    const char32_t c = At(text_, at_);
    if (!IsLetter(c) && !IsDigit(c)) return 0;
    address_checked_ = chunk_end_;
    static const RE2 kAddress(
        "(?i)(?:https?|ftp)://[^\\s<>\"“”]+|www\\.[^\\s<>\"“”]+|"
        "[\\pL\\d._%+-]+@[\\pL\\d-]+(?:\\.[\\pL\\d-]+)+|"
        "(?:[a-z\\d-]+\\.)+(?:com|org|net|gov|edu|co|info|go|or|ac|id)(?:\\.[a-z]{2})?"
        "(?:/[^\\s<>\"“”]*)?");
    std::string_view chunk = text_.substr(at_, chunk_end_ - at_);
    re2::StringPiece rest(chunk.data(), chunk.size());
    if (!RE2::Consume(&rest, kAddress)) return 0;
    std::string_view found = chunk.substr(0, chunk.size() - rest.size());
    const bool open = found.find('(') != std::string_view::npos;
    while (!found.empty() && (std::string_view(".,;:!?'\"").find(found.back()) != found.npos ||
                              (found.back() == ')' && !open))) {
      found.remove_suffix(1);
    }
    const size_t end = at_ + found.size();
    if (found.find('.') == found.npos || IsWordChar(At(text_, end))) return 0;
    return end;
  }

  // The end of the run of word characters and the signs that join them, hyphens included.
  void Word() {
    size_t at = at_;
    char32_t before = 0;
    std::vector<size_t> hyphens;
    bool digits = true;
    bool dots = false;
    size_t segment = at_;
    while (at < chunk_end_) {
      size_t next = at;
      const char32_t c = DecodeUtf8(text_, next);
      if (IsWordChar(c)) {
        if (!IsDigit(c)) digits = false;
        before = c;
        at = next;
        continue;
      }
      const char32_t after = next < chunk_end_ ? At(text_, next) : U'\0';
      bool joins = false;
      if (IsLetter(after) || IsDigit(after)) {
        if (c == '.') {
          // Not "talks.The": a full stop without its space.
          joins = (IsDigit(before) && IsDigit(after)) ||
                  (IsLetter(before) && IsLetter(after) &&
                   (at - segment <= 2 || !IsUpper(after) || IsUpper(before)));
          dots = dots || (joins && IsLetter(before));
        } else if (c == ',') {
          joins = IsDigit(before) && IsDigit(after);
        } else if (c == ':' || c == '/') {
          joins = IsDigit(before) && IsDigit(after);
          // "c/o", "III/2007", but not "and/or".
          if (c == '/') joins = joins || at - segment == 1 || (IsUpper(before) && IsDigit(after));
        } else if (IsApostrophe(c)) {
          joins = true;
        } else if (c == '&') {
          joins = IsUpper(before) && IsUpper(after);
        } else if (c == '-' || c == 0x2010 || c == 0x2011) {
          joins = true;
          hyphens.push_back(at);
        }
        if (joins) {
          digits = digits && !IsLetter(after);
          segment = next;
        }
      }
      if (c == '$' && at - at_ <= 3 && IsUpper(before)) {
        at = next;  // "US$"
        break;
      }
      if (!joins) break;
      at = next;
    }
    if (!hyphens.empty()) return Hyphenated(at, hyphens, digits);
    Plain(at, dots);
  }

  // Cuts [at_, end) at those hyphens that don't join.
  void Hyphenated(size_t end, const std::vector<size_t>& hyphens, bool digits) {
    if (digits && hyphens.size() >= 2) return Emit(end);  // a date, a telephone number
    std::vector<size_t> cuts;
    size_t from = at_;
    for (size_t i = 0; i < hyphens.size(); ++i) {
      const size_t hyphen = hyphens[i];
      const size_t width = text_[hyphen] == '-' ? 1 : 3;
      const size_t to = i + 1 < hyphens.size() ? hyphens[i + 1] : end;
      std::string_view left = text_.substr(from, hyphen - from);
      std::string_view right = text_.substr(hyphen + width, to - hyphen - width);
      from = hyphen + width;
      bool joins = false;
      const bool right_digit = IsDigit(At(right, 0));
      const bool left_digit = IsDigit(At(left, 0));
      if (rules_.split_hyphens) {
        // "555-0100": a telephone number.
        joins = (digits && right.size() == 4 && (left.size() == 3 || left.size() == 1)) ||
                rules_.prefixes.contains(Key(left)) ||
                (IsUpper(At(left, 0)) && IsNameSyllable(left) && IsNameSyllable(right));
      } else {
        // "2009-2014", "Mei-Juni", "F-16"; but not "1990-an", "ke-5", "Raja-Raja".
        const bool names = IsUpper(At(left, 0)) && IsUpper(At(right, 0)) && right.size() > 1 &&
                           Key(left) != Key(right) &&
                           !(IsNameSyllable(left) && IsNameSyllable(right));
        joins = !names && !(right_digit && (left_digit || IsUpper(At(left, 0))));
        const std::string key = Key(right);
        if (IsUpper(At(right, 0)) && std::find(rules_.suffixes.begin(), rules_.suffixes.end(),
                                               key) != rules_.suffixes.end()) {
          joins = false;
        }
      }
      if (!joins) cuts.push_back(hyphen);
    }
    if (cuts.empty()) {
      Plain(end, false);
      return;
    }
    for (size_t hyphen : cuts) {
      if (hyphen > at_) Plain(hyphen, false);
      Emit(hyphen + (text_[hyphen] == '-' ? 1 : 3));
    }
    if (at_ < end) Plain(end, false);
  }

  // A run without hyphens that split: takes its dot, and falls into its words.
  void Plain(size_t end, bool dots) {
    const std::string_view form = text_.substr(at_, end - at_);
    std::string key = Key(form);
    if (end < chunk_end_ && text_[end] == '.' && At(text_, end + 1) != '.') {
      if (auto found = rules_.abbreviations.find(key + "."); found != rules_.abbreviations.end()) {
        // "No." and the like are words too: they need their number or name.
        return Emit(end + 1, true, found->second);
      }
      const char32_t first = At(text_, at_);
      size_t one = at_;
      DecodeUtf8(text_, one);
      const bool followed = end + 1 < text_.size();
      // An initial; "Plan B." at the end of a block is none.
      if (one == end && IsUpper(first) && followed && InitialBefore()) {
        return Emit(end + 1, true, true);
      }
      if (dots && form.size() <= 12 && AcronymWithDots(form)) return Emit(end + 1, true, true);
      // "1. Open the lid": the number of a list's item.
      if (at_ == begin_ && IsDigit(first) && form.size() <= 2 && followed &&
          At(text_, end + 1) == ' ') {
        return Emit(end + 1, true, false);
      }
    }
    if (key.empty()) return Emit(end);
    // "5km", "10am".
    if (IsDigit(At(key, 0))) {
      const size_t letter = key.find_first_not_of("0123456789.,:");
      if (letter != std::string::npos && rules_.units.contains(key.substr(letter))) {
        const size_t cut = at_ + letter;
        Emit(cut);
        return Plain(end, dots);
      }
    }
    // "Rp5.000".
    if (const size_t digit = key.find_first_of("0123456789");
        digit != std::string::npos && digit > 0 &&
        rules_.currencies.contains(key.substr(0, digit))) {
      Emit(at_ + digit);
      return Plain(end, dots);
    }
    if (auto found = rules_.splits.find(key); found != rules_.splits.end()) {
      return Split(end, found->second);
    }
    if (rules_.keeps.contains(key)) return Emit(end);
    for (const std::string& suffix : rules_.suffixes) {
      if (key.size() <= suffix.size() + 1 && suffix[0] != '\'') continue;
      if (key.size() > suffix.size() && key.ends_with(suffix)) {
        const size_t tail = SurfaceTail(form, suffix);
        if (tail < form.size()) return EmitMultiword({end - tail, end});
      }
    }
    if (rules_.bare_possessive && end < chunk_end_ && IsApostrophe(At(text_, end)) &&
        (key.ends_with('s') || key.ends_with('z') || key.ends_with('x')) && PossessiveAt(end)) {
      size_t after = end;
      DecodeUtf8(text_, after);
      return EmitMultiword({end, after});
    }
    Emit(end);
  }

  void Split(size_t end, const std::vector<std::string>& parts) {
    std::vector<size_t> ends;
    size_t at = end;
    for (size_t i = parts.size(); i-- > 0;) {
      ends.insert(ends.begin(), at);
      at -= std::min(at - at_, SurfaceTail(text_.substr(at_, at - at_), parts[i]));
    }
    if (at != at_ || ends.front() == at_) return Emit(end);
    EmitMultiword(ends);
  }

  static bool AcronymWithDots(std::string_view form) {
    static const RE2 kAcronym("\\pL(?:\\.\\pL)+|Ph\\.D");
    return RE2::FullMatch(re2::StringPiece(form.data(), form.size()), kAcronym);
  }

  // Whether the letter at at_ stands where an initial would: next to a capitalised word.
  bool InitialBefore() const {
    if (!words_.empty() && words_.back().abbreviation) return true;
    size_t at = at_;
    DecodeUtf8(text_, at);
    ++at;
    while (at < text_.size() && text_[at] == ' ') ++at;
    const bool upper_after = IsUpper(At(text_, at));
    if (upper_after) return At(text_, at_) != 'I' || words_.empty() || !Lower(words_.back());
    return !words_.empty() && IsUpper(At(text_, words_.back().start)) && at < text_.size() &&
           !IsCloser(At(text_, at));
  }
  bool Lower(const Cut& word) const {
    const char32_t c = At(text_, word.start);
    return IsLetter(c) && !IsUpper(c);
  }

  // Whether the apostrophe after an s is a possessive: what follows is a word, and no single
  // quotation mark is open.
  bool PossessiveAt(size_t quote) const {
    size_t at = quote;
    DecodeUtf8(text_, at);
    if (At(text_, at) != ' ') return false;
    const char32_t next = At(text_, at + 1);
    if (!IsLetter(next) && !IsDigit(next)) return false;
    const size_t look = words_.size() > 40 ? words_.size() - 40 : 0;
    for (size_t i = words_.size(); i-- > look;) {
      std::string_view form = text_.substr(words_[i].start, words_[i].end - words_[i].start);
      if ((form == "'" || form == "‘") && (i == 0 || words_[i].space_before)) return false;
      if (form == "'" || form == "’") return true;
    }
    return true;
  }

  const TokenRules& rules_;
  std::string_view text_;
  size_t at_;
  size_t begin_;
  size_t chunk_end_ = 0;
  size_t address_checked_ = 0;
  bool space_ = false;
  bool line_ = false;
  std::vector<Cut> words_;
};

// Cuts what is longer than a sentence may be, where a word starts.
std::vector<uint32_t> CutLong(const std::vector<uint32_t>& firsts, const std::vector<Cut>& words) {
  std::vector<uint32_t> out;
  const auto count = static_cast<uint32_t>(words.size());
  uint32_t free = 0;  // words before are a part of a multiword token
  for (uint32_t w = 0, s = 0; w < count; ++w) {
    const bool starts = s < firsts.size() && firsts[s] == w;
    s += starts ? 1 : 0;
    if (starts || (w - out.back() >= kLongestSentence && w >= free)) out.push_back(w);
    if (words[w].mwt > 0) free = w + words[w].mwt;
  }
  return out;
}

}  // namespace

std::vector<Cut> CutTokens(const TokenRules& rules, std::string_view text, uint32_t start,
                           uint32_t end) {
  return Cutter(rules, text, start, end).Run();
}

std::vector<uint32_t> CutSentences(const TokenRules& rules, std::string_view text,
                                   const std::vector<Cut>& words, bool by_line) {
  std::vector<uint32_t> firsts;
  if (words.empty()) return firsts;
  firsts.push_back(0);
  const uint32_t count = static_cast<uint32_t>(words.size());
  auto form = [&](uint32_t i) {
    return text.substr(words[i].start, words[i].end - words[i].start);
  };
  for (uint32_t i = 0; i + 1 < count; ++i) {
    uint32_t next = i + 1;
    if (by_line && words[next].line_before) {
      firsts.push_back(next);
      continue;
    }
    const std::string_view here = form(i);
    const bool stop = IsTerminator(here);
    if (!stop && !words[i].may_end) continue;
    bool quoted = false;
    while (next < count && !words[next].space_before && IsCloser(At(form(next), 0)) &&
           form(next).size() <= 3) {
      quoted = quoted || !form(next).starts_with(')');
      ++next;
    }
    // "in 1805. [6] He": the mark of a note belongs to the sentence before it.
    while (next + 2 < count && !words[next].line_before && form(next) == "[" &&
           IsDigit(At(form(next + 1), 0)) && form(next + 2) == "]") {
      next += 3;
    }
    if (next >= count || !words[next].space_before) {
      // "agreed.He": a stop without its space, and only between words.
      const bool glued = next < count && next == i + 1 && here == "." && i > 0 &&
                         !words[i].space_before && IsUpper(At(form(next), 0));
      if (!glued) continue;
    }
    uint32_t word = next;
    while (word + 1 < count && IsOpener(At(form(word), 0)) && word < next + 3) ++word;
    const char32_t first = At(form(word), 0);
    if (IsLetter(first) && !IsUpper(first) && LowerCase(form(word)) == form(word) &&
        first < 0x250) {
      // Careless writing: "is it far? we asked". Only after a stop that can be nothing else.
      if (i == 0 || next != i + 1 || word != next || words[i].space_before) continue;
      const std::string_view before = form(i - 1);
      const bool certain =
          here.front() == '?' ||
          (here == "." && before.size() >= 5 &&
           std::ranges::all_of(before, [](char c) { return c >= 'a' && c <= 'z'; }));
      if (!certain) continue;
    }
    if (!IsLetter(first) && !IsDigit(first) && !IsOpener(first) && word == next && first != '#' &&
        first != '@' && !IsCurrency(first) && first != '-' && first != 0x2014 && first != 0x2022) {
      continue;
    }
    if (words[i].may_end && !stop && !rules.starters.contains(LowerCase(form(word)))) continue;
    if (here == "..." || here == "…") {
      if (!IsUpper(first)) continue;
    }
    // "Why?" Lee asked: the sentence goes on.
    if (quoted && here != ".") {
      bool cue = false;
      for (uint32_t k = word; k < std::min(word + 5, count) && !cue; ++k) {
        if (!IsLetter(At(form(k), 0)) || words[k].abbreviation) break;
        cue = rules.cues.contains(LowerCase(form(k)));
      }
      if (cue) continue;
    }
    firsts.push_back(next);
    i = next - 1;
  }
  return CutLong(firsts, words);
}

}  // namespace kronik
