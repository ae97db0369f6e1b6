#include "record/article_forms.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using ::testing::HasSubstr;

Article Sample() {
  Article article;
  article.title = "Peru & Norway <sign>";
  article.deck = "A *first* step.";
  article.authors = {"A. Writer", "B. Writer"};
  article.published = "2025-01-14";
  article.place = "OSLO";
  article.url = "https://news.example/?a=1&b=2";
  article.lang = "en";
  article.AppendBlock(BlockKind::kParagraph, article.deck);
  article.AppendBlock(BlockKind::kParagraph, "1. No list.\n# No heading.\n    No code.");
  article.AppendBlock(BlockKind::kHeading, "What next");
  article.AppendBlock(BlockKind::kQuote, "We agreed.");
  article.AppendBlock(BlockKind::kList, "one\ntwo");
  article.AppendBlock(BlockKind::kTable, "a\tb\nc|d");
  article.captions.push_back({"The ministers.", {"Handout / AFP", "AFP", "Handout"}});
  return article;
}

TEST(ArticleForms, Text) {
  EXPECT_EQ(ArticleAsText(Sample()), R"(Peru & Norway <sign>

A *first* step.

A. Writer, B. Writer · 2025-01-14 · OSLO
https://news.example/?a=1&b=2

1. No list.
# No heading.
    No code.

What next

    We agreed.

- one
- two

a	b
c|d

[The ministers. (Handout / AFP)]
)");
}

TEST(ArticleForms, Markdown) {
  EXPECT_EQ(ArticleAsMarkdown(Sample()), R"(# Peru \& Norway \<sign\>

**A \*first\* step.**

A. Writer, B. Writer · 2025-01-14 · OSLO

https://news.example/?a=1\&b=2

1\. No list.
\# No heading.
No code.

## What next

> We agreed.

- one
- two

| a | b |
| --- | --- |
| c\|d |  |

*The ministers.* (Handout / AFP)
)");
}

TEST(ArticleForms, Html) {
  EXPECT_EQ(ArticleAsHtml(Sample()), R"(<article lang="en">
<header>
<h1>Peru &amp; Norway &lt;sign&gt;</h1>
<p class="deck">A *first* step.</p>
<p class="byline">A. Writer, B. Writer · <time datetime="2025-01-14">2025-01-14</time> · OSLO</p>
<p class="address"><a href="https://news.example/?a=1&amp;b=2">https://news.example/?a=1&amp;b=2</a></p>
</header>
<p>1. No list.
# No heading.
    No code.</p>
<h2>What next</h2>
<blockquote><p>We agreed.</p></blockquote>
<ul><li>one</li><li>two</li></ul>
<table><tr><td>a</td><td>b</td></tr><tr><td>c|d</td></tr></table>
<figure><figcaption>The ministers. <small>Handout / AFP</small></figcaption></figure>
</article>
)");
}

TEST(ArticleForms, MarkdownEscapesWhatItWouldInterpret) {
  const std::pair<const char*, const char*> kCases[] = {
      {"a_b_c *d* `e` ~f~", "a\\_b\\_c \\*d\\* \\`e\\` \\~f\\~\n"},
      {"[a](http://x) ![b](y)", "\\[a\\](http://x) !\\[b\\](y)\n"},
      {"- a", "\\- a\n"},
      {"+ a", "\\+ a\n"},
      {"> a", "\\> a\n"},
      {"12) a", "12\\) a\n"},
      {"12.5 per cent", "12\\.5 per cent\n"},
      {"a - b # c. d", "a - b # c. d\n"},
      {"a\n===", "a\n\\===\n"},
      {"a\n---", "a\n\\---\n"},
      {"&lt;b&gt; <i>", "\\&lt;b\\&gt; \\<i\\>\n"},
      {"back\\slash", "back\\\\slash\n"},
      {"a | b", "a \\| b\n"},
  };
  for (const auto& [text, want] : kCases) {
    Article article;
    article.AppendBlock(BlockKind::kParagraph, text);
    EXPECT_EQ(ArticleAsMarkdown(article), want);
  }
}

TEST(ArticleForms, LeaveOutWhatActsOnATerminalOrBreaksXml) {
  Article article;
  article.title =
      "a\x1b[31mb\x07\xC2\x9B"
      "c\xEF\xBF\xBE";
  for (const std::string& form :
       {ArticleAsText(article), ArticleAsMarkdown(article), ArticleAsHtml(article)}) {
    EXPECT_THAT(form, HasSubstr("31mbc"));
    EXPECT_EQ(form.find_first_of("\x1b\x07\xC2\xEF"), std::string::npos) << form;
  }
}

TEST(ArticleForms, OnlyWebAddressesBecomeLinks) {
  Article article;
  article.url = "javascript:alert(1)";
  EXPECT_EQ(ArticleAsHtml(article).find("href"), std::string::npos);
  article.url = "https://a.example/\"onclick=\"x";
  EXPECT_THAT(ArticleAsHtml(article),
              HasSubstr("href=\"https://a.example/&quot;onclick=&quot;x\""));
}

}  // namespace
}  // namespace kronik
