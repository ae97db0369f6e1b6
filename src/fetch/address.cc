#include "fetch/address.h"

#include <algorithm>

namespace kronik {
namespace {

struct Range {
  uint8_t prefix[16];
  int bits;
};

constexpr Range kSpecial4[] = {
    {{0}, 8},
    {{10}, 8},
    {{100, 64}, 10},
    {{127}, 8},
    {{169, 254}, 16},
    {{172, 16}, 12},
    {{192, 0, 0}, 24},
    {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},
    {{192, 168}, 16},
    {{198, 18}, 15},
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 3},  // multicast, reserved, broadcast
};
// Only 2000::/3 is given out; these are special inside it.
constexpr Range kSpecial6[] = {
    {{0x20, 0x01, 0x00}, 23},        // protocol assignments, Teredo among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x3f, 0xff, 0x00}, 20},
};

bool Within(std::span<const uint8_t> address, const Range& range) {
  for (int bit = 0; bit < range.bits; bit += 8) {
    const int left = std::min(8, range.bits - bit);
    const auto mask = static_cast<uint8_t>(0xFF << (8 - left));
    const auto i = static_cast<size_t>(bit / 8);
    if ((address[i] & mask) != (range.prefix[i] & mask)) return false;
  }
  return true;
}

template <size_t N>
bool WithinAny(std::span<const uint8_t> address, const Range (&ranges)[N]) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return Within(address, range); });
}

}  // namespace

bool IsPublicAddress(std::span<const uint8_t> address) {
  if (address.size() == 4) return !WithinAny(address, kSpecial4);
  if (address.size() != 16) return false;
  constexpr Range kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96};
  constexpr Range kTranslated = {{0x00, 0x64, 0xFF, 0x9B}, 96};
  constexpr Range kSixToFour = {{0x20, 0x02}, 16};
  constexpr Range kGlobal = {{0x20}, 3};
  if (Within(address, kMapped) || Within(address, kTranslated)) {
    return IsPublicAddress(address.subspan(12));
  }
  if (Within(address, kSixToFour)) return IsPublicAddress(address.subspan(2, 4));
  return Within(address, kGlobal) && !WithinAny(address, kSpecial6);
}

}  // namespace kronik
