#include "html/tokenizer.h"

#include <algorithm>
#include <array>

#include "html/scan.h"

namespace kronik::html {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr size_t kFewAttributes = 16;  // so many are compared one by one

// What ends or changes a name.
enum : uint8_t { kSpace = 1, kEndsTagName = 2, kEndsAttributeName = 4, kRewrite = 8, kAlpha = 16 };

constexpr std::array<uint8_t, 256> MakeClasses() {
  std::array<uint8_t, 256> classes{};
  for (char c : {' ', '\t', '\n', '\f'}) {
    classes[static_cast<unsigned char>(c)] = kSpace | kEndsTagName | kEndsAttributeName;
  }
  classes['/'] = classes['>'] = kEndsTagName | kEndsAttributeName;
  classes['='] = kEndsAttributeName;
  classes[0] = kRewrite;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] = kRewrite | kAlpha;
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] = kAlpha;
  return classes;
}

constexpr std::array<uint8_t, 256> kClasses = MakeClasses();

bool Is(char c, uint8_t what) { return (kClasses[static_cast<unsigned char>(c)] & what) != 0; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

const char* SkipSpace(const char* at, const char* end) {
  while (at != end && Is(*at, kSpace)) ++at;
  return at;
}

bool StartsWithNoCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(),
                                                   [](char l, char c) { return l == Lower(c); });
}

}  // namespace

// ---- text --------------------------------------------------------------------------------------

Token& Tokenizer::Text(const char* from, const char* to) {
  token_.kind = Token::Kind::kText;
  token_.text = Slice(from, to);
  return token_;
}

// From '&': the character it stands for, or the ampersand itself.
bool Tokenizer::Reference() {
  reference_ = ReadCharacterReference(Slice(at_, end_), false);
  if (reference_.length == 0) {
    Text(at_, at_ + 1);
    ++at_;
  } else {
    token_.kind = Token::Kind::kText;
    token_.text = reference_.view();
    at_ += reference_.length;
  }
  return true;
}

std::string_view Tokenizer::Name(const char* from, const char* to, bool lower) {
  if (std::none_of(from, to, [&](char c) { return c == 0 || (lower && Is(c, kRewrite)); })) {
    return Slice(from, to);
  }
  scratch_.clear();
  for (const char* c = from; c != to; ++c) {
    if (*c == 0) {
      scratch_ += kReplacement;
    } else {
      scratch_ += lower ? Lower(*c) : *c;
    }
  }
  return KeepIn(arena_, scratch_);
}

std::string_view Tokenizer::Value(const char* from, const char* to, bool references) {
  const char* next = references ? Find<'&', '\0', '\0'>(from, to) : FindByte(from, to, '\0');
  if (next == to) return Slice(from, to);
  scratch_.clear();
  while (from != to) {
    scratch_.append(from, next);
    from = next;
    if (from == to) break;
    if (*from == '\0') {
      scratch_ += kReplacement;
      ++from;
    } else {
      const CharacterReference reference = ReadCharacterReference(Slice(from, to), true);
      scratch_ += reference.length == 0 ? std::string_view("&") : reference.view();
      from += std::max<size_t>(reference.length, 1);
    }
    next = references ? Find<'&', '\0', '\0'>(from, to) : FindByte(from, to, '\0');
  }
  return KeepIn(arena_, scratch_);
}

Token& Tokenizer::Next() {
  while (at_ != end_) {
    switch (state_) {
      case State::kData: {
        if (*at_ == '<') {
          if (Markup()) return token_;
          continue;
        }
        if (*at_ == '&') {
          Reference();
          return token_;
        }
        const char* from = at_;
        at_ = *at_ == '\0' ? at_ + 1 : Find<'<', '&', '\0'>(at_, end_);
        return Text(from, at_);
      }
      case State::kRcdata:
      case State::kRawtext:
        RawText();
        return token_;
      case State::kScriptData:
        ScriptData();
        return token_;
      case State::kPlaintext: {
        const char* from = std::exchange(at_, end_);
        token_.kind = Token::Kind::kText;
        token_.text = Replaced(from, end_);
        return token_;
      }
      case State::kCdata: {
        const char* from = at_;
        Cdata();
        if (at_ != from && !token_.text.empty()) return token_;
      }
    }
  }
  token_.kind = Token::Kind::kEnd;
  return token_;
}

// ---- raw text ----------------------------------------------------------------------------------

// Whether the end tag that leaves the state stands at `at`, which is a '<'.
bool Tokenizer::AtEndTag(const char* at) const {
  const std::string_view rest = Slice(at, end_);
  const size_t name_end = 2 + end_tag_.size();
  return !end_tag_.empty() && rest.size() > name_end && rest[1] == '/' &&
         StartsWithNoCase(rest.substr(2), end_tag_) && Is(rest[name_end], kEndsTagName);
}

void Tokenizer::RawText() {
  const bool references = state_ == State::kRcdata;
  if (*at_ == '<' && AtEndTag(at_)) {
    state_ = State::kData;
    ++at_;
    ++at_;
    if (!Tags(false)) token_.kind = Token::Kind::kEnd;
    return;
  }
  if (references && *at_ == '&') {
    Reference();
    return;
  }
  const char* from = at_;
  const char* to = at_;
  do {
    if (*to == '<') ++to;
    to = references ? Find<'<', '&', '&'>(to, end_) : FindByte(to, end_, '<');
  } while (to != end_ && *to == '<' && !AtEndTag(to));
  at_ = to;
  token_.kind = Token::Kind::kText;
  token_.text = Replaced(from, to);
}

// "<!--" hides the end tag of a script that itself holds "<script" (13.2.5.17 to 31): it counts
// again after the inner "</script" or after "-->".
void Tokenizer::ScriptData() {
  if (*at_ == '<' && AtEndTag(at_)) {
    RawText();
    return;
  }
  enum { kPlain, kEscaped, kDoubleEscaped } level = kPlain;
  const char* from = at_;
  const char* to = at_;
  const char* escape = nullptr;  // after it "-->" ends the escape
  auto script_follows = [&](const char* name) {
    const std::string_view rest = Slice(name, end_);
    return rest.size() > 6 && StartsWithNoCase(rest, "script") && Is(rest[6], kEndsTagName);
  };
  while (to != end_) {
    const char* next = FindByte(to, end_, '<');
    if (level != kPlain) {
      const char* close = std::max(to, escape);
      while ((close = FindByte(close, next, '>')) != next) {
        if (close - escape >= 2 && close[-1] == '-' && close[-2] == '-') break;
        ++close;
      }
      if (close != next) {
        level = kPlain;
        to = close + 1;
        continue;
      }
    }
    to = next;
    if (to == end_) break;
    const std::string_view rest = Slice(to, end_);
    if (level == kPlain) {
      if (AtEndTag(to)) break;
      if (rest.starts_with("<!--")) {
        level = kEscaped;
        escape = to + 2;  // its own dashes may end it: "<!-->"
        to += 4;
      } else {
        ++to;
      }
    } else if (level == kEscaped) {
      if (AtEndTag(to)) break;
      if (script_follows(to + 1)) {
        level = kDoubleEscaped;
        to += 7;
        escape = to;
      } else {
        ++to;
      }
    } else {
      if (rest.size() > 1 && rest[1] == '/' && script_follows(to + 2)) {
        level = kEscaped;
        to += 8;
        escape = to;
      } else {
        ++to;
      }
    }
  }
  at_ = to;
  token_.kind = Token::Kind::kText;
  token_.text = Replaced(from, to);
}

void Tokenizer::Cdata() {
  const char* from = at_;
  const char* close = at_;
  while ((close = FindByte(close, end_, ']')) != end_) {
    if (Slice(close, end_).starts_with("]]>")) break;
    ++close;
  }
  // A NUL in a section is kept, and comes alone.
  const char* nul = FindByte(from, close, '\0');
  if (nul != close) {
    at_ = nul == from ? from + 1 : nul;
    Text(from, at_);
    return;
  }
  at_ = close == end_ ? end_ : close + 3;
  state_ = State::kData;
  Text(from, close);
}

// ---- tags --------------------------------------------------------------------------------------

bool Tokenizer::Markup() {
  const char* from = at_;
  const char next = end_ - at_ > 1 ? at_[1] : '\0';
  if (Is(next, kAlpha)) {
    ++at_;
    return Tags(true);
  }
  if (next == '/' && end_ - at_ > 2) {
    at_ += 2;
    if (Is(*at_, kAlpha)) return Tags(false);
    if (*at_ == '>') {
      ++at_;
      return false;
    }
    BogusComment();
    return true;
  }
  if (next == '!') {
    at_ += 2;
    const std::string_view rest = Slice(at_, end_);
    if (rest.starts_with("--")) {
      at_ += 2;
      Comment();
    } else if (StartsWithNoCase(rest, "doctype")) {
      at_ += 7;
      Doctype();
    } else if (allow_cdata_ && rest.starts_with("[CDATA[")) {
      at_ += 7;
      state_ = State::kCdata;
      return false;
    } else {
      BogusComment();
    }
    return true;
  }
  if (next == '?') {
    ++at_;
    BogusComment();
    return true;
  }
  at_ += next == '/' ? 2 : 1;  // "</" at the end
  Text(from, at_);
  return true;
}

// From a tag's name on. False where the input ends within the tag: it is then no token.
bool Tokenizer::Tags(bool start) {
  const char* from = at_;
  while (at_ != end_ && !Is(*at_, kEndsTagName)) ++at_;
  token_.kind = start ? Token::Kind::kStartTag : Token::Kind::kEndTag;
  token_.text = Name(from, at_, true);
  token_.tag = TagOf(token_.text);
  token_.self_closing = false;
  token_.attributes.clear();
  if (at_ != end_ && *at_ == '>') {
    ++at_;
    return true;
  }
  return ReadAttributes();
}

bool Tokenizer::ReadAttributes() {
  while (true) {
    at_ = SkipSpace(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '>') {
      ++at_;
      return true;
    }
    if (*at_ == '/') {
      ++at_;
      if (at_ != end_ && *at_ == '>') {
        token_.self_closing = true;
        ++at_;
        return true;
      }
      continue;
    }
    const char* from = at_;
    if (*at_ == '=') ++at_;
    bool rewrite = false;
    while (at_ != end_ && !Is(*at_, kEndsAttributeName)) rewrite |= Is(*at_++, kRewrite);
    const std::string_view name = rewrite ? Name(from, at_, true) : Slice(from, at_);
    at_ = SkipSpace(at_, end_);
    if (at_ == end_) return false;
    if (*at_ != '=') {
      AddAttribute(name, {});
      continue;
    }
    at_ = SkipSpace(at_ + 1, end_);
    if (at_ == end_) return false;
    if (*at_ == '"' || *at_ == '\'') {
      const char* value = at_ + 1;
      const char* close = FindByte(value, end_, *at_);
      at_ = close;
      if (close == end_) return false;
      ++at_;
      AddAttribute(name, Value(value, close, true));
    } else {
      const char* value = at_;
      while (at_ != end_ && !Is(*at_, kSpace) && *at_ != '>') ++at_;
      if (at_ == end_) return false;
      AddAttribute(name, Value(value, at_, true));
    }
  }
}

void Tokenizer::AddAttribute(std::string_view name, std::string_view value) {
  std::vector<Attribute>& attributes = token_.attributes;
  if (attributes.size() >= kMaxAttributes) return;
  if (attributes.size() < kFewAttributes) {
    for (const Attribute& other : attributes) {
      if (other.name == name) return;
    }
  } else {
    if (attributes.size() == kFewAttributes) {
      names_.clear();
      for (const Attribute& other : attributes) names_.insert(other.name);
    }
    if (!names_.insert(name).second) return;
  }
  attributes.push_back({name, value});
}

// ---- comments and doctypes ---------------------------------------------------------------------

void Tokenizer::BogusComment() {
  const char* from = at_;
  const char* close = FindByte(at_, end_, '>');
  at_ = close == end_ ? end_ : close + 1;
  token_.kind = Token::Kind::kComment;
  token_.text = Replaced(from, close);
}

void Tokenizer::Comment() {
  token_.kind = Token::Kind::kComment;
  token_.text = {};
  const std::string_view rest = Slice(at_, end_);
  for (std::string_view abrupt : {">", "->"}) {
    if (rest.starts_with(abrupt)) {
      at_ += abrupt.size();
      return;
    }
  }
  const char* from = at_;
  for (const char* dash = at_; (dash = FindByte(dash, end_, '-')) != end_; ++dash) {
    const std::string_view mark = Slice(dash, end_);
    const size_t length = mark.starts_with("-->") ? 3 : mark.starts_with("--!>") ? 4 : 0;
    if (length == 0) continue;
    token_.text = Replaced(from, dash);
    at_ = dash + length;
    return;
  }
  at_ = end_;
  const char* to = end_;
  for (std::string_view mark : {"--!", "--", "-"}) {
    if (!rest.ends_with(mark)) continue;
    to -= mark.size();
    break;
  }
  token_.text = Replaced(from, to);
}

void Tokenizer::Doctype() {
  token_.kind = Token::Kind::kDoctype;
  token_.text = {};
  token_.public_id.reset();
  token_.system_id.reset();
  token_.force_quirks = true;  // until it turns out to be whole
  at_ = SkipSpace(at_, end_);
  const char* from = at_;
  while (at_ != end_ && !Is(*at_, kSpace) && *at_ != '>') ++at_;
  token_.text = Name(from, at_, true);
  if (at_ == end_) return;
  if (from == at_) {  // no name
    ++at_;
    return;
  }
  // A quoted identifier at at_; it is missing where there is no quote. False if it is broken off.
  auto quoted = [this](std::optional<std::string_view>& id) {
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return true;
    const char quote = *at_++;
    const char* start = at_;
    while (at_ != end_ && *at_ != quote && *at_ != '>') ++at_;
    id = Replaced(start, at_);
    if (at_ == end_) return false;
    return *at_++ == quote;
  };
  auto skip_rest = [this] {
    at_ = FindByte(at_, end_, '>');
    if (at_ != end_) ++at_;
  };
  at_ = SkipSpace(at_, end_);
  const std::string_view rest = Slice(at_, end_);
  const bool is_public = StartsWithNoCase(rest, "public");
  if (is_public || StartsWithNoCase(rest, "system")) {
    at_ = SkipSpace(at_ + 6, end_);
    std::optional<std::string_view>& first = is_public ? token_.public_id : token_.system_id;
    if (!quoted(first)) return;
    if (!first) {  // quirks
      skip_rest();
      return;
    }
    at_ = SkipSpace(at_, end_);
    if (is_public && !quoted(token_.system_id)) return;
    at_ = SkipSpace(at_, end_);
  } else if (rest.empty() || rest[0] != '>') {
    skip_rest();
    return;
  }
  if (at_ == end_) return;
  // What stands after a system identifier, or between a public one and '>', is only skipped.
  token_.force_quirks = *at_ != '>' && !token_.system_id;
  skip_rest();
}

}  // namespace kronik::html
