#include "commitment/topics.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::commitment {

void Topics::Of(const Range& words, Commitment& c) const {
  const auto sort = [](std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  };
  for (uint32_t t = words.first; t < words.last;) {
    const ActorMention* mention = MentionAt(t);
    const bool name = mention != nullptr && mention->form == MentionForm::kName;
    uint32_t length = name ? 0 : cues().Topics(words_, t, c.topics, c.acts);
    if (length == 0 && !name) cues().Topics({LowerCase(T(t).lemma)}, 0, c.topics, c.acts);
    t += std::max(length, 1U);
  }
  NameOfText(words, c);
  sort(c.topics);
  sort(c.acts);
}

void Topics::NameOfText(const Range& words, Commitment& c) const {
  constexpr uint32_t kNameWords = 4;
  const auto name = [&](uint32_t t) {
    size_t at = 0;
    if (T(t).upos != Upos::kPropn || Is(t, kInstrument) || !IsUpper(DecodeUtf8(T(t).form, at)))
      return false;
    const ActorMention* mention = MentionAt(t);
    for (const Party& party : c.parties) {
      if (mention != nullptr && !mention->actors.empty() &&
          doc_.actors[mention->actors.front()].code == doc_.actors[party.actor.actor].code) {
        return false;
      }
    }
    return true;
  };
  const auto add = [&](uint32_t t) { c.topics.push_back(LowerCase(T(t).form)); };
  const uint32_t limit = std::min(words.last, words.first + 8);
  for (uint32_t t = words.first; t < limit; ++t) {
    size_t at = 0;
    if (!Is(t, kInstrument) || !IsUpper(DecodeUtf8(T(t).form, at))) continue;
    for (uint32_t n = t; n > words.first && t - n < kNameWords && name(n - 1); --n) add(n - 1);
    for (uint32_t n = t + 1; n < std::min(words.last, t + kNameWords) && name(n); ++n) add(n);
    return;
  }
}

}  // namespace kronik::commitment
