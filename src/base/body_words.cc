#include "base/body_words.h"

#include <algorithm>

#include "base/body_times.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr int kClimbLimit = 12;         // steps up a tree
constexpr uint32_t kMentionLimit = 40;  // tokens of a mention

// "didn\u2019t": one spelling of the apostrophe is enough.
std::string Lower(const Token& token) {
  std::string word = LowerCase(token.form);
  if (const size_t at = word.find("\u2019"); at != std::string::npos) {
    word = word.substr(0, at) + "'" + word.substr(at + 3);
  }
  return word;
}

}  // namespace

BodyWords::BodyWords(Document& doc)
    : document(doc), longest(doc.tokens.size(), kNone), times(BodyTimes(doc)) {
  words.reserve(doc.tokens.size());
  for (const Token& token : doc.tokens) words.push_back(Lower(token));
  for (uint32_t m = 0; m < doc.actor_mentions.size(); ++m) {
    const ActorMention& mention = doc.actor_mentions[m];
    if (mention.span.layer != Layer::kBody || mention.actors.empty()) continue;
    const uint32_t end = std::min<uint32_t>(mention.last, static_cast<uint32_t>(words.size()));
    for (uint32_t t = mention.first; t < end && t < mention.first + kMentionLimit; ++t) {
      if (longest[t] == kNone || doc.actor_mentions[longest[t]].span.size() < mention.span.size()) {
        longest[t] = m;
      }
    }
  }
}

bool BodyView::Punct(uint32_t t) const {
  if (T(t).upos == Upos::kPunct) return true;
  if (T(t).upos == Upos::kSym) return false;  // "$25 million"
  size_t at = 0;
  const char32_t c = DecodeUtf8(words_[t], at);
  return !IsLetter(c) && !IsDigit(c) && at == words_[t].size();
}

uint32_t BodyView::TokenAt(uint32_t byte) const {
  const auto at = std::lower_bound(doc_.tokens.begin(), doc_.tokens.end(), byte,
                                   [](const Token& token, uint32_t b) { return token.start < b; });
  return static_cast<uint32_t>(at - doc_.tokens.begin());
}

bool BodyView::Below(uint32_t t, uint32_t top) const {
  int32_t at = static_cast<int32_t>(t);
  for (int step = 0; step < kClimbLimit && at >= 0; ++step) {
    if (static_cast<uint32_t>(at) == top) return true;
    at = T(static_cast<uint32_t>(at)).head;
  }
  return false;
}

}  // namespace kronik
