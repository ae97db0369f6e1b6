// Which addresses are the public internet's.
#pragma once

#include <cstdint>
#include <span>

namespace kronik {

// Whether an IPv4 (4 bytes) or IPv6 address (16 bytes), in network order, is one that the public
// internet routes. Not: loopback, private, link-local, shared, reserved, documentation and
// multicast ranges (IANA's registries of special-purpose addresses), nor IPv6 addresses that hold
// an IPv4 address which is not public.
bool IsPublicAddress(std::span<const uint8_t> address);

}  // namespace kronik
