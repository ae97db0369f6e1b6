// robots.txt (RFC 9309), and its Crawl-delay, which the RFC leaves out and many sites state.
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

  // The seconds that Crawl-delay asks for between two requests; 0 where it doesn't.
  double crawl_delay_s() const { return crawl_delay_s_; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
  double crawl_delay_s_ = 0;
};

}  // namespace kronik
