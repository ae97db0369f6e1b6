#include "statement/quote_finder.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::statement {

namespace {

constexpr size_t kQuoteLimit = 256;    // quotations of a block; more are taken as plain words
constexpr size_t kSingleLimit = 1000;  // bytes of a quotation in single marks

}  // namespace

void QuoteFinder::Find(const Block& block, const Range& tokens) {
  Pair(block);
  Locate(tokens);
  for (Quote& quote : work_.quotes) quote.direct = IsDirect(quote, tokens);
}

Quote& QuoteFinder::Open(size_t open, size_t inner) {
  Quote quote;
  quote.open = static_cast<uint32_t>(open);
  quote.inner = static_cast<uint32_t>(inner);
  work_.quotes.push_back(quote);
  return work_.quotes.back();
}

// The marks of a block, each opening one with its closing one.
void QuoteFinder::Pair(const Block& block) {
  work_.quotes.clear();
  const std::string_view text = std::string_view(doc_.article.text).substr(0, block.end);
  bool line_start = true;
  char32_t before = U' ';
  // A quotation that the paragraph before left open goes on without a mark of its own.
  bool open = work_.open_statement != kNone && ClosesFirst(text, block.start);
  if (open) Open(block.start, block.start);
  for (size_t at = block.start; at < text.size() && work_.quotes.size() < kQuoteLimit;) {
    const size_t here = at;
    const char32_t c = DecodeUtf8(text, at);
    const bool left = c == 0x201C || c == 0xAB || c == 0x201E;
    const bool right = c == 0x201D || c == 0xBB;
    const bool straight = c == '"';
    const bool twin = !straight && ((c == '\'' && text.substr(here).starts_with("''")) ||
                                    (c == '`' && text.substr(here).starts_with("``")));
    if (twin) at = here + 2;
    if (!open && (left || straight || twin || (right && line_start))) {
      Open(here, at);
      open = true;
    } else if (open && (right || straight || twin)) {
      work_.quotes.back().close = static_cast<uint32_t>(here);
      open = false;
    } else if (!open && (c == 0x2018 || c == '\'') && !IsLetter(before) && !IsDigit(before)) {
      if (const size_t close = SingleClose(text, at); close != std::string_view::npos) {
        Open(here, at).close = static_cast<uint32_t>(close);
        at = close;
        DecodeUtf8(text, at);
      }
    }
    if (!IsSpace(c)) line_start = false;
    before = c;
  }
  if (open) {
    work_.quotes.back().close = block.end;
    work_.quotes.back().closed = false;
  }
}

// The tokens of each quotation.
void QuoteFinder::Locate(const Range& tokens) {
  uint32_t t = tokens.first;
  for (Quote& quote : work_.quotes) {
    while (t < tokens.last && T(t).start < quote.inner) ++t;
    quote.words.first = t;
    while (t < tokens.last && T(t).start < quote.close) ++t;
    quote.words.last = t;
    while (t < tokens.last && T(t).start <= quote.close) ++t;
    quote.after = t;
  }
}

// Whether the first quotation mark of a block closes: no space before it, none inside.
bool QuoteFinder::ClosesFirst(std::string_view text, size_t at) {
  char32_t before = U' ';
  while (at < text.size()) {
    const char32_t c = DecodeUtf8(text, at);
    if (c == 0x201D || c == 0xBB) return true;
    if (c == 0x201C || c == 0xAB || c == 0x201E) return false;
    if (c == '"') return !IsSpace(before) && before != '(';
    before = c;
  }
  return false;
}

// Where a quotation in single marks that starts at `at` closes: after a mark that ends a clause,
// so that an apostrophe doesn't; npos: nowhere near.
size_t QuoteFinder::SingleClose(std::string_view text, size_t at) {
  const size_t end = std::min(text.size(), at + kSingleLimit);
  char32_t before = U' ';
  while (at < end) {
    const size_t here = at;
    const char32_t c = DecodeUtf8(text, at);
    const bool ended = before == ',' || before == '.' || before == '?' || before == '!';
    if ((c == 0x2019 || c == '\'') && ended) return here;
    if (c == '"' || c == 0x201C || c == 0x201D || c == 0x2018) break;
    before = c;
  }
  return std::string_view::npos;
}

// Whether the words are a quotation of their own, not a few quoted words of a clause.
bool QuoteFinder::IsDirect(const Quote& quote, const Range& block) const {
  if (quote.words.empty()) return false;
  uint32_t before = quote.words.first;
  while (before > block.first && T(before - 1).start >= quote.open) --before;
  const std::string& end = words_[quote.words.last - 1];
  const bool ended = end == "," || end == "." || end == "?" || end == "!" ||
                     (quote.after < block.last && words_[quote.after] == ",");
  if (!quote.closed) {
    return quote.words.size() >= 3 && (before == block.first || Stop(before - 1) ||
                                       words_[before - 1] == ":" || words_[before - 1] == ",");
  }
  if (before == block.first || Stop(before - 1) || SentenceStart(before) || Quoted(before - 1)) {
    if (ended || cues_.CueAt(quote.after, block.last)) return true;
    return quote.words.size() >= 8 && quote.after >= block.last;
  }
  const std::string& word = words_[before - 1];
  if (word == ":") return true;
  if (SpansSentences(quote) && AfterCue(before, block)) return true;
  // He said, "Never," and left; crowds shouting "Shame!"
  Cue telling;
  const bool told =
      cues_.CueEndingAt(word == "," ? before - 1 : before, block.first, kQuote, telling);
  if (told && (end == "!" || end == "?" || (word == "," && ended))) return true;
  if (quote.words.size() < 3) return false;
  if (word == ",") return IsUpperStart(quote.words.first) || Continues(quote);
  if (Dash(before - 1)) return Continues(quote);
  // Directly after a cue: he said "we will go".
  Cue cue;
  return cues_.CueEndingAt(before, block.first, kQuote, cue) && IsUpperStart(quote.words.first);
}

// Whether a quotation goes on behind the end of its first sentence.
bool QuoteFinder::SpansSentences(const Quote& quote) const {
  const uint32_t end = doc_.SentenceOf(quote.words.first).last;
  return end < quote.words.last && quote.words.last - end >= 2;
}

// Whether a cue ends before a token, or before the complementizer there: he wrote that "...".
bool QuoteFinder::AfterCue(uint32_t t, const Range& block) const {
  if (t > block.first + 1 && Is(t - 1, kComplementizer)) --t;
  Cue cue;
  return cues_.CueEndingAt(t, block.first, kQuote, cue);
}

// Whether a quotation ended shortly before: its attribution interrupts it.
bool QuoteFinder::Continues(const Quote& quote) const {
  const size_t q = static_cast<size_t>(&quote - work_.quotes.data());
  return q > 0 && work_.quotes[q - 1].direct && quote.words.first - work_.quotes[q - 1].after < 20;
}

bool QuoteFinder::Quoted(uint32_t t) const {
  for (const Quote& quote : work_.quotes) {
    if (quote.direct && T(t).start == quote.close) return true;
  }
  return false;
}

}  // namespace kronik::statement
