// Any bytes as CoNLL-U: what is read can be written, and what was written be read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kronik/document.h"
#include "record/conllu.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  kronik::Document document{kronik::Input{}};
  if (!kronik::ReadConllu({reinterpret_cast<const char*>(data), size}, document)) return 0;
  const std::string written = kronik::WriteConllu(document);
  kronik::Document again{kronik::Input{}};
  if (!kronik::ReadConllu(written, again)) std::abort();
  if (again.tokens.size() != document.tokens.size()) std::abort();
  return 0;
}
