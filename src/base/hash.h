// The hash behind every record's id.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace kronik {

// The first 128 bits of SHA-256 over the parts, each preceded by its length, as 32 hexadecimal
// digits. Cryptographic, since reports are written by strangers: nobody can make a report that
// takes another's place.
std::string HashId(std::initializer_list<std::string_view> parts);

}  // namespace kronik
