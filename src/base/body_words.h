// The body of a document as the stages behind the trees read it: its words in lower case, the
// longest name over each token, its times.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kronik/document.h"

namespace kronik {

// Tokens of Document, half-open.
struct Range {
  uint32_t first = 0;
  uint32_t last = 0;
  bool empty() const { return first >= last; }
  uint32_t size() const { return empty() ? 0 : last - first; }
};

// Made once for a document, whose tokens, times and mentions must stay as they are.
struct BodyWords {
  explicit BodyWords(Document& document);

  Document& document;
  std::vector<std::string> words;            // lower case, one spelling of the apostrophe
  std::vector<uint32_t> longest;             // the longest mention over a token, or kNone
  std::vector<const TimeExpression*> times;  // in text order
};

// The small questions about tokens. A handle: copies see the same words. Classes that read a
// document step by step derive from it.
class BodyView {
 protected:
  explicit BodyView(BodyWords& body) : doc_(body.document), words_(body.words), body_(body) {}

  uint32_t Size() const { return static_cast<uint32_t>(words_.size()); }
  const Token& T(uint32_t t) const { return doc_.tokens[t]; }
  bool Comma(uint32_t t) const { return words_[t] == ","; }
  // A token of one sign that is no letter, no digit and no symbol ("$").
  bool Punct(uint32_t t) const;
  const ActorMention* MentionAt(uint32_t t) const {
    return t < body_.longest.size() && body_.longest[t] != kNone
               ? &doc_.actor_mentions[body_.longest[t]]
               : nullptr;
  }
  // The first token that starts at a byte or behind it.
  uint32_t TokenAt(uint32_t byte) const;
  // Whether `top` governs a token, or is it.
  bool Below(uint32_t t, uint32_t top) const;
  const std::vector<const TimeExpression*>& times() const { return body_.times; }

  Document& doc_;
  const std::vector<std::string>& words_;

 private:
  const BodyWords& body_;
};

}  // namespace kronik
