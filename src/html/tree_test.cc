#include "html/tree.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace kronik::html {
namespace {

uint32_t Find(const Tree& tree, std::string_view name) {
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].kind == NodeKind::kElement && tree[i].text == name) return i;
  }
  return kNoNode;
}

TEST(Tree, KeepsOrderTextAndAttributes) {
  Result<Tree> tree = Tree::Parse("<p CLASS=Lead>A &amp; b<b>c</b><x-Tag>d</x-Tag>");
  ASSERT_TRUE(tree);
  uint32_t p = Find(*tree, "p");
  ASSERT_NE(p, kNoNode);
  EXPECT_EQ(tree->Attr(p, "class"), "Lead");
  EXPECT_EQ(tree->Text(p), "A & bcd");
  EXPECT_EQ((*tree)[(*tree)[p].first_child].text, "A & b");
  EXPECT_EQ((*tree)[Find(*tree, "x-tag")].parent, p);
  EXPECT_EQ((*tree)[p].end, tree->size());
}

size_t Depth(const Tree& tree) {
  size_t deepest = 0;
  std::vector<size_t> depth(tree.size(), 0);
  for (uint32_t i = 1; i < tree.size(); ++i) {
    depth[i] = depth[tree[i].parent] + 1;
    deepest = std::max(deepest, depth[i]);
  }
  return deepest;
}

std::string Repeat(std::string_view what, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

TEST(Tree, DeepPagesAreFlattened) {
  for (std::string_view tag : {"<div>", "<b>", "<table><tr><td>", "<svg>", "<template>", "<x-y>",
                               "<ul><li>", "<object>", "<select><option>", "<math><mi>"}) {
    const std::string page = Repeat(tag, 100000) + "hello";
    Result<Tree> tree = Tree::Parse(page);
    ASSERT_TRUE(tree);
    EXPECT_TRUE(tree->Text(0).ends_with("hello")) << tag;
    EXPECT_LE(Depth(*tree), kMaxDepth + 8) << tag;
  }
}

TEST(Tree, ManyAttributesAreCut) {
  std::string page = "<a";
  for (int i = 0; i < 200000; ++i) page += " a" + std::to_string(i);
  page += ">x</a>";
  Result<Tree> tree = Tree::Parse(page);
  ASSERT_TRUE(tree);
  const uint32_t a = Find(*tree, "a");
  ASSERT_NE(a, kNoNode);
  EXPECT_EQ(tree->Attributes(a).size(), kMaxAttributes);
  EXPECT_EQ(tree->Text(a), "x");
}

TEST(Tree, PagesThatGrowAreCut) {
  std::string page;
  for (int i = 0; i < 500000; ++i) page += "<p><b id=" + std::to_string(i) + ">";
  Result<Tree> tree = Tree::Parse(page);
  ASSERT_TRUE(tree);
  EXPECT_TRUE(tree->truncated());
  EXPECT_LE(tree->size(), page.size() + 2048);
}

TEST(Tree, TextInPiecesIsOneNode) {
  struct Case {
    std::string_view page, text;
  };
  for (const Case& c : {Case{"<p>a&amp;b&lt;c", "a&b<c"}, Case{"<p>&#x27;&eacute", "'é"},
                        Case{"<p>1 < 2 & 3", "1 < 2 & 3"}, Case{"<p>a\r\nb\rc", "a\nb\nc"},
                        Case{"<p>&notit; &notin;", "¬it; ∉"}, Case{"<p>a<!>b", "ab"}}) {
    Result<Tree> tree = Tree::Parse(c.page);
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->Text(Find(*tree, "p")), c.text) << c.page;
  }
}

TEST(Tree, FragmentsHangOnTheDocument) {
  Result<Tree> tree = Tree::ParseFragment("<td>a<td>b", {"tr"});
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->size(), 5u);
  EXPECT_EQ((*tree)[1].tag, Tag::kTd);
  EXPECT_EQ((*tree)[3].parent, 0u);
  EXPECT_EQ((*tree)[1].next_sibling, 3u);
}

// Every way to break a page off gives a tree, and what was whole before the break stays.
TEST(Tree, EveryTruncation) {
  const std::string_view page =
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" 'x'><html lang=en><head>"
      "<title>A &mdash; B</title><script>if (a<b) '<!--<script>x</script>-->'</script></head>"
      "<body class='a b' id=\"c\" hidden><!-- note --><p>T\xC3\xA9xt &amp; more&hellip;"
      "<table>x<tr><td>1<td>2</table><svg viewBox='0 0 1 1'><![CDATA[<&]]></svg><b><i>x</b>y</i>"
      "<textarea>\n<b></textarea><select><option>1<option selected>2</select></body></html>";
  for (size_t cut = 0; cut <= page.size(); ++cut) {
    Result<Tree> tree = Tree::Parse(page.substr(0, cut));
    ASSERT_TRUE(tree);
    ASSERT_EQ((*tree)[0].end, tree->size()) << cut;
  }
}

// Text in tables is moved before them; one text must not be copied for each piece.
TEST(Tree, ManyPiecesOfText) {
  const std::string page = "<table>" + Repeat("&amp;<td>&amp;</td>", 100000);
  Result<Tree> tree = Tree::Parse(page);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->Text(0).size(), 200000u);
}

TEST(Tree, AnyBytes) {
  for (std::string_view page :
       {"", "<", "</", "<!--", "<script>", "<a b='", "text", "<svg><Path>"}) {
    EXPECT_TRUE(Tree::Parse(page)) << page;
  }
}

}  // namespace
}  // namespace kronik::html
