#include "html/tree.h"

#include <gtest/gtest.h>

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

TEST(Tree, DeepPagesLoseTagsNotText) {
  std::string page;
  for (int i = 0; i < 300000; ++i) page += "<div>";
  Result<Tree> tree = Tree::Parse(page += "hello");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->Text(0), "hello");
  EXPECT_LE(tree->size(), kMaxDepth + 5);
}

TEST(Tree, PagesThatGrowAreRefusedOrShort) {
  std::string page;
  for (int i = 0; i < 20000; ++i) page += "<p><b id=" + std::to_string(i) + ">";
  Result<Tree> tree = Tree::Parse(page);
  EXPECT_TRUE(tree || tree.error().code == ErrorCode::kLimit);
  page = "<a";
  for (int i = 0; i < 200000; ++i) page += " a" + std::to_string(i);
  page += ">x";
  EXPECT_TRUE(Tree::Parse(page));
}

TEST(Tree, AnyBytes) {
  for (std::string_view page :
       {"", "<", "</", "<!--", "<script>", "<a b='", "text", "<svg><Path>"}) {
    EXPECT_TRUE(Tree::Parse(page)) << page;
  }
}

}  // namespace
}  // namespace kronik::html
