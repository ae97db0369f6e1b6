// Any bytes as a page: whatever is made of them keeps the document's promises.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "article/html_article.h"
#include "article/metadata.h"
#include "base/utf8.h"

namespace kronik {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void Read(std::string_view page) {
  static const Resources resources = *Resources::Open();
  static const PageWords words = *PageWords::Load(resources);
  static const PageModel model = *PageModel::Load(resources);
  static const ArticleWords article_words = *ArticleWords::Load(resources);
  const Result<html::Tree> tree = html::Tree::Parse(page);
  if (!tree) return;
  Document document;
  HtmlToArticle(*tree, words, article_words, model, document);
  const Article& article = document.article;
  uint32_t end = 0;
  for (const Block& block : article.blocks) {
    Require(block.start >= end && block.end > block.start && block.end <= article.text.size());
    end = block.end;
  }
  Require(IsValidUtf8(article.text) && IsValidUtf8(article.title));
  for (const Caption& caption : article.captions) {
    Require(IsValidUtf8(caption.text) && IsValidUtf8(caption.credit.text));
  }
}

}  // namespace
}  // namespace kronik

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The page stage hands on valid UTF-8 alone.
  const std::string page = kronik::ToValidUtf8({reinterpret_cast<const char*>(data), size});
  kronik::Read(page);
  return 0;
}
