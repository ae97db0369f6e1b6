// An article for people to read: plain text, Markdown, HTML.
//
// Each has the title, the deck, then authors, date, place, publisher and address, the blocks by
// their kind, and the captions with their credits. The words are strangers': control characters are
// left out, and what Markdown or HTML would interpret is escaped.
#pragma once

#include <string>
#include <string_view>

#include "kronik/document.h"

namespace kronik {

std::string ArticleAsText(const Article& article);

// CommonMark, with the tables of GFM.
std::string ArticleAsMarkdown(const Article& article);

// An <article> element, well-formed as XML too. Several stand between kHtmlStart and kHtmlEnd. Only
// http and https addresses become links.
std::string ArticleAsHtml(const Article& article);
inline constexpr std::string_view kHtmlStart =
    "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head><meta "
    "charset=\"utf-8\"/>"
    "<title>kronik</title></head>\n<body>\n";
inline constexpr std::string_view kHtmlEnd = "</body>\n</html>\n";

}  // namespace kronik
