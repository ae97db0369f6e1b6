// Text as scraped from a page -> article: title, bylines, captions, story, and what is neither.
#pragma once

#include "article/article_words.h"
#include "kronik/document.h"

namespace kronik {

// Reads document.input.bytes (any bytes; what is not UTF-8 is replaced) and fills document.article,
// whose stated date and URL are kept. Leaves its text empty where no line is a story's.
// Linear in the input.
void RawToArticle(const ArticleWords& words, Document& document);

}  // namespace kronik
