// Any bytes make a tree whose links and order agree, as a page and as a fragment.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "html/tree.h"

namespace {

void Check(const kronik::Result<kronik::html::Tree>& tree) {
  using kronik::html::kNoNode;
  if (!tree) std::abort();
  for (uint32_t i = 0; i < tree->size(); ++i) {
    uint32_t end = i + 1;
    for (uint32_t child = (*tree)[i].first_child; child != kNoNode;
         child = (*tree)[child].next_sibling) {
      if (child != end || (*tree)[child].parent != i) std::abort();
      end = (*tree)[child].end;
    }
    if (end != (*tree)[i].end) std::abort();
  }
  (void)tree->Text(0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  Check(kronik::html::Tree::Parse(page));
  for (std::string_view context : {"div", "td", "select", "template", "table", "textarea"}) {
    Check(kronik::html::Tree::ParseFragment(page, {context}));
  }
  Check(kronik::html::Tree::ParseFragment(page, {"foreignObject", kronik::html::Namespace::kSvg}));
  return 0;
}
