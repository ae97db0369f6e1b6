#include "token/token_stage.h"

#include <map>
#include <span>
#include <string>

#include "base/utf8.h"
#include "token/rules.h"
#include "token/tokenizer.h"

namespace kronik {
namespace {

class TokenStage : public Stage {
 public:
  explicit TokenStage(std::map<std::string, TokenRules, std::less<>> languages)
      : languages_(std::move(languages)) {}

  std::string_view name() const override { return "token"; }
  Layers needs() const override { return kArticle; }
  Layers adds() const override { return kTokens; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    const Article& article = document.article;
    const auto language = languages_.find(article.lang);
    if (language == languages_.end()) return Unsupported(article.lang);
    std::vector<Sentence> sentences;
    std::vector<Token> tokens;
    const std::string_view text = article.text;
    for (uint32_t b = 0; b < article.blocks.size(); ++b) {
      const Block& block = article.blocks[b];
      if (block.start >= block.end || block.end > text.size()) continue;
      const bool by_line = block.kind == BlockKind::kList || block.kind == BlockKind::kTable;
      Target out{text, b, by_line, sentences, tokens};
      ForEachSentence(language->second, out, block.start, block.end, [&](std::span<const Cut> cut) {
        const auto other = Foreign(article.lang, text, cut);
        if (other == languages_.end()) return Add(cut, {}, out);
        // What is one sentence by the rules of the article's language may be more by others.
        ForEachSentence(
            other->second, out, cut.front().start, cut.back().end,
            [&](std::span<const Cut> part) { Add(part, document.Keep(other->first), out); });
      });
    }
    document.sentences = std::move(sentences);
    document.tokens = std::move(tokens);
    return {};
  }

 private:
  using Languages = std::map<std::string, TokenRules, std::less<>>;

  // A block and where its sentences go.
  struct Target {
    std::string_view text;
    uint32_t block;
    bool by_line;
    std::vector<Sentence>& sentences;
    std::vector<Token>& tokens;
  };

  template <typename Take>
  static void ForEachSentence(const TokenRules& rules, const Target& target, uint32_t start,
                              uint32_t end, Take take) {
    const std::vector<Cut> words = CutTokens(rules, target.text, start, end);
    const std::vector<uint32_t> firsts = CutSentences(rules, target.text, words, target.by_line);
    for (size_t s = 0; s < firsts.size(); ++s) {
      const size_t last = s + 1 < firsts.size() ? firsts[s + 1] : words.size();
      take(std::span(words).subspan(firsts[s], last - firsts[s]));
    }
  }

  static void Add(std::span<const Cut> words, std::string_view lang, Target& target) {
    const auto first = static_cast<uint32_t>(target.tokens.size());
    target.sentences.push_back({.start = words.front().start,
                                .end = words.back().end,
                                .first = first,
                                .last = first + static_cast<uint32_t>(words.size()),
                                .block = target.block,
                                .lang = lang});
    for (size_t w = 0; w < words.size(); ++w) {
      Token token;
      token.start = words[w].start;
      token.end = words[w].end;
      token.form = target.text.substr(token.start, token.end - token.start);
      token.mwt = words[w].mwt;
      token.space_after = target.text.size() <= token.end || IsSpaceAt(target.text, token.end);
      target.tokens.push_back(token);
    }
  }
  static bool IsSpaceAt(std::string_view text, size_t at) { return IsSpace(DecodeUtf8(text, at)); }

  // The language, other than the article's, that a sentence is plainly in: several of the words
  // that begin its sentences, and none of the article's language's own.
  Languages::const_iterator Foreign(std::string_view lang, std::string_view text,
                                    std::span<const Cut> words) const {
    constexpr size_t kFewest = 3;
    std::map<std::string_view, size_t> counts;
    for (const Cut& word : words) {
      if (word.end - word.start > 16) continue;
      const std::string form = LowerCase(text.substr(word.start, word.end - word.start));
      for (const auto& [code, rules] : languages_) {
        if (!rules.starters.contains(form)) continue;
        if (code == lang) return languages_.end();
        ++counts[code];
      }
    }
    for (const auto& [code, count] : counts) {
      if (count >= kFewest) return languages_.find(code);
    }
    return languages_.end();
  }

  Error Unsupported(const std::string& lang) const {
    std::string known;
    for (const auto& [code, rules] : languages_) known += (known.empty() ? "" : ", ") + code;
    const std::string what =
        lang.empty() ? "the language of this report is not known" : "no data for language " + lang;
    return {ErrorCode::kUnsupported, what + "; there is data for: " + known, {}};
  }

  Languages languages_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeTokenStage(const Resources& resources) {
  std::map<std::string, TokenRules, std::less<>> languages;
  for (const std::string& lang : resources.Languages()) {
    if (!resources.Has("data/lang/" + lang + "/tokens.tsv")) continue;
    Result<TokenRules> rules = TokenRules::Load(resources, lang);
    if (!rules) return rules.error();
    languages.emplace(lang, std::move(*rules));
  }
  return std::unique_ptr<Stage>(std::make_unique<TokenStage>(std::move(languages)));
}

}  // namespace kronik
