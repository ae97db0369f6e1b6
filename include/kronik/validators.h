// By what a server tells whether what was fetched from it has changed (RFC 9110, section 8.8).
#pragma once

#include <string>

namespace kronik {

// The words of the server's answer; empty where it had none.
struct Validators {
  std::string etag, last_modified;
  bool empty() const { return etag.empty() && last_modified.empty(); }
  bool operator==(const Validators&) const = default;
};

}  // namespace kronik
