#include "html/tags.h"

#include <array>

namespace kronik::html {
namespace {

constexpr std::array<std::string_view, kTagCount> kNames = {"",
#define KRONIK_HTML_TAG(name, text) text,
                                                            KRONIK_HTML_TAGS(KRONIK_HTML_TAG)
#undef KRONIK_HTML_TAG
};

constexpr size_t kSlots = 1024;

constexpr size_t Slot(std::string_view name) {
  uint32_t hash = static_cast<uint32_t>(name.size());
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
  return (hash ^ (hash >> 15)) % kSlots;
}

// Open addressing; a quarter full at most.
constexpr std::array<uint8_t, kSlots> MakeTable() {
  static_assert(kTagCount < kSlots / 4 && kTagCount <= 256);
  std::array<uint8_t, kSlots> table{};
  for (size_t tag = 1; tag < kTagCount; ++tag) {
    size_t slot = Slot(kNames[tag]);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<uint8_t>(tag);
  }
  return table;
}

constexpr std::array<uint8_t, kSlots> kTable = MakeTable();
constexpr size_t kLongest = 14;  // "annotation-xml"

}  // namespace

Tag TagOf(std::string_view name) {
  if (name.empty() || name.size() > kLongest) return Tag::kUnknown;
  for (size_t slot = Slot(name); kTable[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kNames[kTable[slot]] == name) return static_cast<Tag>(kTable[slot]);
  }
  return Tag::kUnknown;
}

std::string_view TagName(Tag tag) { return kNames[static_cast<size_t>(tag)]; }

}  // namespace kronik::html
