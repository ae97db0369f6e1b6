// The HTML standard's tokenizer (section 13.2.5), without its parse errors.
//
// Input is UTF-8 whose line ends are already LF. Texts of tokens are views into the input where it
// has them as they are, otherwise into the arena or, for a character reference, into the tokenizer
// until the next call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "html/arena.h"
#include "html/character_references.h"
#include "html/tags.h"
#include "html/tree.h"

namespace kronik::html {

struct Token {
  enum class Kind : uint8_t { kText, kStartTag, kEndTag, kComment, kDoctype, kEnd };

  Kind kind = Kind::kEnd;
  Tag tag = Tag::kUnknown;
  bool self_closing = false;
  bool force_quirks = false;  // of a doctype
  // A run of characters (one text may come as several runs; a NUL that is not replaced comes
  // alone), a comment's text, the lower-case name of a tag or a doctype.
  std::string_view text;
  std::vector<Attribute> attributes;  // the first of each name
  // Of a doctype; its missing name is an empty one with force_quirks.
  std::optional<std::string_view> public_id;
  std::optional<std::string_view> system_id;
};

class Tokenizer {
 public:
  enum class State : uint8_t { kData, kRcdata, kRawtext, kScriptData, kPlaintext, kCdata };

  Tokenizer(std::string_view input, Arena& arena)
      : at_(input.data()), end_(input.data() + input.size()), arena_(arena) {}

  // How to read on: after the start tags of elements that hold raw text. `end_tag` is the name of
  // the end tag that leaves the state; it must outlive the state.
  void Enter(State state, std::string_view end_tag = {}) {
    state_ = state;
    end_tag_ = end_tag;
  }
  // Whether "<![CDATA[" starts a section, as it does in SVG and MathML.
  void AllowCdata(bool allow) { allow_cdata_ = allow; }

  // The next token; valid until the next call. After the input's end always kEnd.
  Token& Next();

 private:
  bool Markup();  // from '<'; false if it made no token
  bool Tags(bool start);
  bool ReadAttributes();
  void AddAttribute(std::string_view name, std::string_view value);
  void Comment();
  void BogusComment();
  void Doctype();
  void Cdata();
  void RawText();
  void ScriptData();
  bool AtEndTag(const char* at) const;

  Token& Text(const char* from, const char* to);
  bool Reference();
  std::string_view Slice(const char* from, const char* to) const {
    return {from, static_cast<size_t>(to - from)};
  }
  // The text with ASCII letters in lower case and NUL replaced.
  std::string_view Name(const char* from, const char* to, bool lower);
  // The text with NUL replaced and, where asked, character references decoded.
  std::string_view Value(const char* from, const char* to, bool references);
  std::string_view Replaced(const char* from, const char* to) { return Value(from, to, false); }

  const char* at_;
  const char* end_;
  Arena& arena_;
  State state_ = State::kData;
  std::string_view end_tag_;
  bool allow_cdata_ = false;
  Token token_;
  CharacterReference reference_;
  std::unordered_set<std::string_view> names_;  // of a tag with many attributes
  std::string scratch_;
};

}  // namespace kronik::html
