#include "article/raw_article.h"

#include "base/utf8.h"

namespace kronik {

void RawToArticle(const ArticleWords&, Document& document) {
  document.article.AppendBlock(BlockKind::kParagraph, ToValidUtf8(document.input.bytes));
}

}  // namespace kronik
