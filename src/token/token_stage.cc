#include "token/token_stage.h"

#include <map>
#include <string>

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
      const std::vector<Cut> words = CutTokens(language->second, text, block.start, block.end);
      const bool by_line = block.kind == BlockKind::kList || block.kind == BlockKind::kTable;
      const std::vector<uint32_t> firsts = CutSentences(language->second, text, words, by_line);
      const uint32_t base = static_cast<uint32_t>(tokens.size());
      for (size_t s = 0; s < firsts.size(); ++s) {
        const uint32_t first = firsts[s];
        const uint32_t last =
            s + 1 < firsts.size() ? firsts[s + 1] : static_cast<uint32_t>(words.size());
        sentences.push_back({.start = words[first].start,
                             .end = words[last - 1].end,
                             .first = base + first,
                             .last = base + last,
                             .block = b,
                             .lang = {}});
      }
      for (size_t w = 0; w < words.size(); ++w) {
        Token token;
        token.start = words[w].start;
        token.end = words[w].end;
        token.form = text.substr(token.start, token.end - token.start);
        token.mwt = words[w].mwt;
        token.space_after = w + 1 == words.size() || words[w + 1].space_before;
        tokens.push_back(token);
      }
    }
    document.sentences = std::move(sentences);
    document.tokens = std::move(tokens);
    return {};
  }

 private:
  Error Unsupported(const std::string& lang) const {
    std::string known;
    for (const auto& [code, rules] : languages_) known += (known.empty() ? "" : ", ") + code;
    const std::string what =
        lang.empty() ? "the language of this report is not known" : "no data for language " + lang;
    return {ErrorCode::kUnsupported, what + "; there is data for: " + known, {}};
  }

  std::map<std::string, TokenRules, std::less<>> languages_;
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
