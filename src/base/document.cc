#include "kronik/document.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace kronik {
namespace {

constexpr std::array<std::string_view, kUposCount> kUposNames = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

}  // namespace

void Article::AppendBlock(BlockKind kind, std::string_view block) {
  if (block.empty()) return;
  if (!text.empty()) text += "\n\n";
  const auto start = static_cast<uint32_t>(text.size());
  text += block;
  blocks.push_back({kind, start, static_cast<uint32_t>(text.size())});
}

std::string_view UposName(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }

std::optional<Upos> UposFromName(std::string_view name) {
  const auto* found = std::find(kUposNames.begin(), kUposNames.end(), name);
  if (found == kUposNames.end()) return std::nullopt;
  return static_cast<Upos>(found - kUposNames.begin());
}

std::string_view Token::Feat(std::string_view name) const {
  for (size_t at = 0; at < feats.size();) {
    size_t stop = std::min(feats.find('|', at), feats.size());
    std::string_view pair = feats.substr(at, stop - at);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
    at = stop + 1;
  }
  return {};
}

std::string_view Document::Cut(const Span& span) const {
  std::string_view text;
  switch (span.layer) {
    case Layer::kBody:
      text = article.text;
      break;
    case Layer::kTitle:
      text = article.title;
      break;
    case Layer::kDeck:
      text = article.deck;
      break;
    case Layer::kCaption:
      if (span.item < article.captions.size()) text = article.captions[span.item].text;
      break;
  }
  if (span.start > span.end || span.end > text.size()) return {};
  return text.substr(span.start, span.size());
}

Span Document::SpanOf(uint32_t first, uint32_t last) const {
  if (first >= last || last > tokens.size()) return {};
  return {tokens[first].start, tokens[last - 1].end, Layer::kBody, 0};
}

const Sentence& Document::SentenceOf(uint32_t token) const {
  auto after = std::upper_bound(sentences.begin(), sentences.end(), token,
                                [](uint32_t t, const Sentence& s) { return t < s.first; });
  return *(after - 1);
}

std::string_view Document::Keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(arena_.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

}  // namespace kronik
