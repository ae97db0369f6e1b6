#include "article/article_stage.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "article/article_words.h"
#include "article/html_article.h"
#include "article/page_model.h"
#include "article/page_words.h"
#include "article/raw_article.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "html/tree.h"
#include "page/charset.h"

namespace kronik {
namespace {

// Offsets are 32-bit; this leaves room for what later stages add.
constexpr size_t kMaxBytes = size_t{1} << 30;

bool IsBinary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  size_t control = 0;
  for (const char c : head) {
    if (c == '\0') return true;
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f') ++control;
  }
  return control * 20 > head.size();
}

bool HasUtf16Mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

bool IsBlank(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    if (!IsSpace(c) && c != 0xFEFF) return false;
  }
  return true;
}

// The paragraphs of clean text are its stretches between empty lines, without outer white space.
void TextToArticle(Document& document) {
  Article& article = document.article;
  article.text = document.input.bytes;
  const std::string_view text = article.text;
  size_t start = std::string_view::npos;
  size_t end = 0;
  const auto flush = [&] {
    if (start == std::string_view::npos) return;
    article.blocks.push_back(
        {BlockKind::kParagraph, static_cast<uint32_t>(start), static_cast<uint32_t>(end)});
    start = std::string_view::npos;
  };
  for (size_t line = 0; line < text.size();) {
    size_t next = text.find('\n', line);
    if (next == std::string_view::npos) next = text.size();
    size_t first = line;
    size_t last = line;
    bool empty = true;
    for (size_t at = line; at < next;) {
      const size_t here = at;
      const char32_t c = DecodeUtf8(text, at);
      if (IsSpace(c) || c == 0xFEFF) continue;
      if (empty) first = here;
      empty = false;
      last = at;
    }
    if (empty) {
      flush();
    } else {
      if (start == std::string_view::npos) start = first;
      end = last;
    }
    line = next + 1;
  }
  flush();
}

class ArticleStage : public Stage {
 public:
  ArticleStage(ArticleWords words, PageWords page_words, PageModel page_model)
      : words_(std::move(words)),
        page_words_(std::move(page_words)),
        page_model_(std::move(page_model)) {}

  std::string_view name() const override { return "article"; }
  Layers needs() const override { return kInputBytes; }
  Layers adds() const override { return kArticle; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    Article before = std::move(document.article);
    document.article = {};
    Result<void> made = Make(document);
    if (!made) {
      document.article = std::move(before);
      return made;
    }
    document.input.bytes = std::string();
    return {};
  }

 private:
  static Error Invalid(const Document& document, std::string message) {
    return {ErrorCode::kInvalidInput, std::move(message), document.input.name};
  }

  Result<void> Make(Document& document) const {
    Input& input = document.input;
    Article& article = document.article;
    if (IsBlank(input.bytes)) return Invalid(document, "the input is empty");
    if (input.bytes.size() > kMaxBytes) {
      return Error{ErrorCode::kLimit, "the input is longer than 1 GiB", input.name};
    }
    const InputKind kind =
        input.kind == InputKind::kUnknown ? RecogniseInput(input.bytes) : input.kind;
    if (IsBinary(input.bytes) && !(kind == InputKind::kHtml && HasUtf16Mark(input.bytes))) {
      return Invalid(document, "the input is not text");
    }
    article.url = input.url;
    if (!input.date.empty()) {
      article.published = input.date;
      article.published_basis = PublishedBasis::kStated;
    }
    if (kind == InputKind::kHtml) {
      std::string converted;
      Result<std::string_view> page = ToUtf8(input.bytes, input.content_type, converted);
      if (!page) return page.error();
      Result<html::Tree> tree = html::Tree::Parse(*page);
      if (!tree) return Error{tree.error().code, tree.error().message, input.name};
      HtmlToArticle(*tree, page_words_, words_, page_model_, document);
    } else if (kind == InputKind::kText) {
      if (!IsValidUtf8(input.bytes)) {
        return Invalid(document, "the text is not UTF-8; convert it, or give it as raw text");
      }
      TextToArticle(document);
      if (article.publisher.empty()) article.publisher = words_.PublisherOfUrl(article.url);
    } else {
      RawToArticle(words_, document);
    }
    if (article.text.empty()) return Invalid(document, "the input holds no report");
    if (article.lang.empty()) {
      article.lang = !input.lang.empty() ? input.lang : words_.DetectLanguage(article.text);
    }
    if (article.id.empty()) {
      article.id = HashId({article.url.empty() ? std::string_view(input.bytes) : article.url});
    }
    return {};
  }

  ArticleWords words_;
  PageWords page_words_;
  PageModel page_model_;
};

}  // namespace

InputKind RecogniseInput(std::string_view bytes) {
  if (HasUtf16Mark(bytes)) return InputKind::kHtml;  // its charset is the page reader's affair
  std::string head(bytes.substr(0, 2048));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<meta ",
                                     "<title>", "<script", "<article", "<div", "<p>", "<p "}) {
    if (head.find(tag) != std::string::npos) return InputKind::kHtml;
  }
  return InputKind::kRaw;
}

Result<std::unique_ptr<Stage>> MakeArticleStage(const Resources& resources) {
  Result<ArticleWords> words = ArticleWords::Load(resources);
  if (!words) return words.error();
  Result<PageWords> page_words = PageWords::Load(resources);
  if (!page_words) return page_words.error();
  Result<PageModel> page_model = PageModel::Load(resources);
  if (!page_model) return page_model.error();
  return std::unique_ptr<Stage>(std::make_unique<ArticleStage>(
      std::move(*words), std::move(*page_words), std::move(*page_model)));
}

}  // namespace kronik
