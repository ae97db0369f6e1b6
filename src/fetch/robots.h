// robots.txt (RFC 9309).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kronik {

class Robots {
 public:
  // The rules in `text` for the crawler whose product token is `product` ("kronik"): those of its
  // own groups, or of the groups for "*" if it has none. Whatever isn't a rule is passed over.
  static Robots Parse(std::string_view text, std::string_view product);
  static Robots AllowAll() { return {}; }
  static Robots DisallowAll();

  // Whether `path`, with its query ("/news?id=1"), may be fetched: the longest matching rule
  // decides, and allow among equals. "*" stands for any bytes, "$" at a rule's end for the path's
  // end; percent-encoding is made alike on both sides.
  bool Allows(std::string_view path) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace kronik
