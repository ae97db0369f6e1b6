#include <arpa/inet.h>
#include <gtest/gtest.h>

#include "fetch/address.h"
#include "fetch/fetcher.h"
#include "fetch/hosts.h"
#include "fetch/robots.h"

namespace kronik {
namespace {

TEST(Robots, Rules) {
  const struct {
    const char* text;
    const char* path;
    bool want;
  } kCases[] = {
      {"", "/a", true},
      {"User-agent: *\nDisallow: /a", "/a/b", false},
      {"User-agent: *\nDisallow: /a", "/b", true},
      {"User-agent: *\nDisallow:", "/a", true},
      {"Disallow: /", "/a", true},  // of no group
      // The longest rule decides, and allow among equals.
      {"User-agent: *\nDisallow: /\nAllow: /news", "/news/1", true},
      {"User-agent: *\nAllow: /news\nDisallow: /", "/x", false},
      {"User-agent: *\nDisallow: /page\nAllow: /page", "/page", true},
      {"User-agent: *\nAllow: /p\nDisallow: /", "/page", true},
      {"User-agent: *\nAllow: /folder\nDisallow: /folder/", "/folder/page", false},
      // Its own group, in any case and with a version, instead of everybody's.
      {"User-agent: *\nDisallow: /\n\nUser-agent: KRONIK/2\nDisallow: /x", "/a", true},
      {"User-agent: kronik\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/a", false},
      {"User-agent: kronik\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", true},
      {"User-agent: kronikus\nDisallow: /", "/a", true},
      {"User-agent: kronik\nUser-agent: other\nDisallow: /", "/a", false},
      {"User-agent: kronik\nDisallow: /a\n\nUser-agent: kronik\nDisallow: /b", "/b", false},
      {"User-agent: kronik\n\nUser-agent: x\nDisallow: /a", "/a",
       false},  // blank lines are nothing
      {"User-agent: kronik\nAllow: /\nUser-agent: x\nDisallow: /a", "/a", true},
      {"User-agent: *\nSitemap: http://x/\nDisallow: /a", "/a", false},
      // Wildcards and ends.
      {"User-agent: *\nDisallow: /*.php", "/a/b.php?x", false},
      {"User-agent: *\nDisallow: /*.php$", "/b.php", false},
      {"User-agent: *\nDisallow: /*.php$", "/b.php?x", true},
      {"User-agent: *\nDisallow: /$", "/", false},
      {"User-agent: *\nDisallow: /$", "/a", true},
      {"User-agent: *\nDisallow: *a*b*c", "/xxaxxbxxc", false},
      {"User-agent: *\nDisallow: /a*a*a*a*b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
      // Percent-encoding, comments, line ends, rubbish.
      {"User-agent: *\nDisallow: /%7Ejoe", "/~joe", false},
      {"User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9", false},
      {"User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
      {"User-agent: * # all\rDisallow: /a # this\r", "/a", false},
      {"\xEF\xBB\xBFuser-AGENT : *\n disallow : /a", "/a", false},
      {"<html>Not found: really</html>", "/a", true},
      {"User-agent: *\nDisallow: /", "/robots.txt", true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Robots::Parse(c.text, "kronik/1.0").Allows(c.path), c.want)
        << c.text << "\n-- " << c.path;
  }
  EXPECT_TRUE(Robots::AllowAll().Allows("/a"));
  EXPECT_FALSE(Robots::DisallowAll().Allows("/a"));
}

TEST(Robots, CrawlDelay) {
  const std::pair<const char*, double> kCases[] = {
      {"User-agent: *\nDisallow: /a", 0},
      {"User-agent: *\nCrawl-delay: 10", 10},
      {"User-agent: *\nCrawl-Delay : 2.5 # seconds\nDisallow: /a", 2.5},
      {"User-agent: *\nCrawl-delay: 5\nUser-agent: kronik\nCrawl-delay: 1", 1},
      {"User-agent: *\nCrawl-delay: 5\nAllow: /\nUser-agent: kronik\nCrawl-delay: 1", 1},
      {"User-agent: *\nCrawl-delay: 5\nAllow: /\nUser-agent: kronik\nAllow: /", 0},
      {"User-agent: other\nCrawl-delay: 5", 0},
      {"Crawl-delay: 5", 0},
      {"User-agent: *\nCrawl-delay: -5", 0},
      {"User-agent: *\nCrawl-delay: soon", 0},
      {"User-agent: *\nCrawl-delay: 5 s", 0},
      {"User-agent: *\nCrawl-delay: inf", 0},
      {"User-agent: *\nCrawl-delay: nan", 0},
      {"User-agent: *\nCrawl-delay: 1e400", 0},
  };
  for (const auto& [text, want] : kCases) {
    EXPECT_EQ(Robots::Parse(text, "kronik/1.0").crawl_delay_s(), want) << text;
  }
  // It ends no group (RFC 9309, section 2.2.4).
  EXPECT_FALSE(
      Robots::Parse("User-agent: kronik\nCrawl-delay: 5\nUser-agent: x\nDisallow: /", "kronik")
          .Allows("/a"));
}

TEST(Hosts, TurnsComeOneAfterTheOther) {
  using std::chrono::seconds;
  Hosts hosts;
  const auto now = Hosts::Clock::now();
  EXPECT_LT(hosts.Turn("a", seconds(10)) - now, seconds(5));
  EXPECT_GE(hosts.Turn("a", seconds(10)) - now, seconds(10));
  EXPECT_LT(hosts.Turn("b", seconds(10)) - now, seconds(5));
  EXPECT_LE(hosts.LeftAloneFor("a"), seconds(0));
  hosts.LeaveAlone("a", now + seconds(100));
  hosts.LeaveAlone("a", now + seconds(60));  // the longest counts
  EXPECT_GT(hosts.LeftAloneFor("a"), seconds(90));
  EXPECT_GE(hosts.Turn("a", seconds(10)) - now, seconds(100));
  EXPECT_GE(hosts.Turn("a", seconds(10)) - now, seconds(110));
}

TEST(Hosts, RulesAreKept) {
  Hosts hosts;
  EXPECT_EQ(hosts.RulesOf("http://a:80"), nullptr);
  const auto rules = std::make_shared<Hosts::Rules>();
  hosts.Keep("http://a:80", rules);
  EXPECT_EQ(hosts.RulesOf("http://a:80"), rules);
  // Not of any number of hosts.
  for (int i = 0; i < 3000; ++i) hosts.Keep("http://" + std::to_string(i) + ":80", rules);
  EXPECT_EQ(hosts.RulesOf("http://a:80"), nullptr);
  EXPECT_EQ(hosts.RulesOf("http://2999:80"), rules);
}

TEST(Address, OnlyThePublicInternet) {
  const std::pair<const char*, bool> kCases[] = {
      {"8.8.8.8", true},
      {"1.1.1.1", true},
      {"172.32.0.1", true},
      {"100.128.0.1", true},
      {"223.255.255.255", true},
      {"127.0.0.1", false},
      {"127.8.8.8", false},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"172.16.0.1", false},
      {"172.31.255.255", false},
      {"192.168.1.1", false},
      {"169.254.169.254", false},
      {"100.64.0.1", false},
      {"192.0.2.1", false},
      {"198.19.255.255", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"2606:4700::1", true},
      {"2a00:1450::1", true},
      {"::1", false},
      {"::", false},
      {"fe80::1", false},
      {"fc00::1", false},
      {"fd12:3456::1", false},
      {"ff02::1", false},
      {"2001:db8::1", false},
      {"::ffff:127.0.0.1", false},
      {"::ffff:8.8.8.8", true},
      {"64:ff9b::10.0.0.1", false},
      {"64:ff9b::8.8.8.8", true},
      {"2002:7f00:1::1", false},
      {"2002:808:808::1", true},
      {"::127.0.0.1", false},
      {"2001:0:4137::1", false},
  };
  for (const auto& [text, want] : kCases) {
    uint8_t bytes[16];
    const bool six = std::string_view(text).find(':') != std::string_view::npos;
    ASSERT_EQ(inet_pton(six ? AF_INET6 : AF_INET, text, bytes), 1) << text;
    EXPECT_EQ(IsPublicAddress({bytes, six ? 16u : 4u}), want) << text;
  }
  EXPECT_FALSE(IsPublicAddress({}));
}

TEST(Fetcher, ResolvesReferences) {
  const struct {
    const char *base, *reference, *want;
  } kCases[] = {
      {"http://a.example/x/y", "z", "http://a.example/x/z"},
      {"http://a.example/x/y", "/z?q=1#f", "http://a.example/z?q=1#f"},
      {"http://a.example/x", "https://b.example/", "https://b.example/"},
      {"http://a.example/x", "//b.example/c", "http://b.example/c"},
      {"nothing", "z", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(ResolveUrl(c.base, c.reference), c.want) << c.reference;
}

TEST(Fetcher, OtherSchemesAreRefused) {
  Fetcher fetcher({.user_agent = "kronik/1"});
  for (const char* url : {"file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "x"}) {
    Result<FetchedPage> page = fetcher.Get(url);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kUnsupported) << url;
  }
}

TEST(Fetcher, PrivateAddressesAreRefused) {
  Fetcher fetcher({.user_agent = "kronik/1"});
  for (const char* url : {"http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/",
                          "http://2130706433:1/", "http://0x7f.1:1/"}) {
    Result<FetchedPage> page = fetcher.Get(url);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::kUnsupported) << url << page.error().ToString();
  }
}

}  // namespace
}  // namespace kronik
