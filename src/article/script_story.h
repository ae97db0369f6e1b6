// A story that a page holds only as data for its scripts.
#pragma once

#include <string>

#include "html/tree.h"

namespace kronik {

// The longest string of JSON in the page's scripts that is HTML with paragraphs, unescaped; empty
// for none. Linear in the scripts.
std::string FindScriptStory(const html::Tree& tree);

}  // namespace kronik
