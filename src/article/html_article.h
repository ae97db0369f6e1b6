// A page -> article: what it says about itself, and its story without what stands around it.
#pragma once

#include "article/article_words.h"
#include "article/page_model.h"
#include "article/page_words.h"
#include "html/tree.h"
#include "kronik/document.h"

namespace kronik {

// Fills document.article but for its id; what is stated there already (url, published, publisher)
// is kept. Leaves its text empty where the page holds no story. Linear in the page.
void HtmlToArticle(const html::Tree& tree, const PageWords& words,
                   const ArticleWords& article_words, const PageModel& model, Document& document);

}  // namespace kronik
