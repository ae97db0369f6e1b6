#include "feed/feed.h"

#include <gmock/gmock.h>

namespace kronik {
namespace {

using ::testing::HasSubstr;

TEST(Feed, IsRecognisedByItsRoot) {
  const struct {
    const char* bytes;
    bool want;
  } kCases[] = {
      {"<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", true},
      {"\xEF\xBB\xBF <!-- a --> <feed xmlns=\"http://www.w3.org/2005/Atom\">", true},
      {"<?xml version='1.0'?><?xml-stylesheet href='a'?><urlset>", true},
      {"<sm:sitemapindex xmlns:sm='x'>", true},
      {"<rdf:RDF>", true},
      {"<!DOCTYPE html><html><body><rss>", false},
      {"<rssfeed>", false},
      {"The <rss> element", false},
      {"<?xml", false},
      {"", false},
  };
  for (const auto& c : kCases) EXPECT_EQ(LooksLikeFeed(c.bytes), c.want) << c.bytes;
}

TEST(Feed, Rss) {
  Result<Feed> feed = ReadFeed(R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>All</title>
<language>en-gb</language><link>http://news.example/</link>
<item><title>Peru &amp; Norway</title><link> http://news.example/1 </link>
<description>Short.</description><dc:creator>A. Writer</dc:creator>
<pubDate>Tue, 14 Jan 2025 09:30:00 +0700</pubDate>
<content:encoded><![CDATA[<p>Caf)"
                               "\xE9"
                               R"( &amp; more.</p>]]></content:encoded></item>
<item><guid>http://news.example/2</guid><description>Only a summary.</description></item>
<item><title>nothing to read</title></item>
</channel></rss>)",
                               "");
  ASSERT_TRUE(feed);
  EXPECT_FALSE(feed->problem);
  EXPECT_EQ(feed->lang, "en-gb");
  ASSERT_EQ(feed->entries.size(), 2u);
  const FeedEntry& first = feed->entries[0];
  EXPECT_EQ(first.url, "http://news.example/1");
  EXPECT_EQ(first.title, "Peru & Norway");
  EXPECT_EQ(first.author, "A. Writer");
  EXPECT_EQ(first.date, "2025-01-14T09:30:00+07:00");
  EXPECT_EQ(first.html, "<p>Caf\xC3\xA9 &amp; more.</p>");
  EXPECT_EQ(feed->entries[1].url, "http://news.example/2");
  EXPECT_EQ(feed->entries[1].html, "");
}

TEST(Feed, Atom) {
  Result<Feed> feed = ReadFeed(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
<title>All</title><link href="http://news.example/"/>
<entry><title>One</title><link rel="self" href="/self"/><link href="/1"/>
<author><name>B. Writer</name><email>x</email></author><updated>2025-01-15T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="a&quot;b">1 &lt; 2<br/>so</p></div></content></entry>
<entry><link rel="alternate" href="/2"/><published>2025-01-14T00:00:00Z</published>
<content type="html">&lt;p>Two&lt;/p></content></entry>
<entry><link href="/3"/><content>plain</content><summary type="html">x</summary></entry></feed>)",
                               "");
  ASSERT_TRUE(feed);
  EXPECT_FALSE(feed->problem);
  EXPECT_EQ(feed->lang, "id");
  ASSERT_EQ(feed->entries.size(), 3u);
  EXPECT_EQ(feed->entries[0].url, "/1");
  EXPECT_EQ(feed->entries[0].author, "B. Writer");
  EXPECT_EQ(feed->entries[0].date, "2025-01-15T00:00:00Z");
  EXPECT_EQ(feed->entries[0].html, "<div><p class=\"a&quot;b\">1 &lt; 2<br>so</p></div>");
  EXPECT_EQ(feed->entries[1].html, "<p>Two</p>");
  EXPECT_EQ(feed->entries[2].html, "");
}

TEST(Feed, Sitemaps) {
  const std::string urls =
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
      "<url><loc>http://a.example/1</loc><lastmod>2025-01-01</lastmod></url>"
      "<url><loc>\nhttp://a.example/2?a=1&amp;b=2\n</loc></url></urlset>";
  Result<Feed> map = ReadFeed(urls, "application/xml");
  ASSERT_TRUE(map);
  EXPECT_EQ(map->kind, Feed::Kind::kSitemap);
  ASSERT_EQ(map->entries.size(), 2u);
  EXPECT_EQ(map->entries[1].url, "http://a.example/2?a=1&b=2");

  Result<Feed> index = ReadFeed(
      "<sitemapindex><sitemap><loc>http://a.example/s.xml</loc></sitemap></sitemapindex>", "");
  ASSERT_TRUE(index);
  EXPECT_EQ(index->kind, Feed::Kind::kSitemapIndex);
  EXPECT_EQ(index->entries.size(), 1u);
}

TEST(Feed, HostileXmlEndsWithWhatCameBefore) {
  const std::string item = "<item><link>http://a.example/1</link></item>";
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const std::pair<std::string, const char*> kCases[] = {
      {"<rss><channel>" + item + "<item><link>http://a.example/2", "XML: "},
      {"<rss><channel>" + item + "&nbsp;</channel></rss>", "XML: "},
      {"<rss><channel>" + item + deep, "nested"},
      {"<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel>" + item,
       "entities"},
      {"<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss>&x;</rss>", "entities"},
  };
  for (const auto& [xml, problem] : kCases) {
    Result<Feed> feed = ReadFeed(xml, "");
    // A document type with an internal subset is not even taken for a feed.
    if (!feed) continue;
    ASSERT_TRUE(feed->problem) << xml.substr(0, 80);
    EXPECT_THAT(feed->problem->message, HasSubstr(problem));
    EXPECT_EQ(feed->entries.size(), xml.find("<!D") == 0 ? 0u : 1u) << xml.substr(0, 80);
  }
}

TEST(Feed, Dates) {
  const std::pair<const char*, const char*> kCases[] = {
      {"Tue, 14 Jan 2025 09:30:00 +0700", "2025-01-14T09:30:00+07:00"},
      {"14 Jan 2025 09:30:00 GMT", "2025-01-14T09:30:00Z"},
      {"Tue, 4 Feb 2025 09:30 EST", "2025-02-04T09:30:00-05:00"},
      {"Tue, 4 Feb 2025 09:30:00 XYZ", "2025-02-04T09:30:00"},
      {"Tue, 4 Feb 2025", "2025-02-04"},
      {"2025-01-14T09:30:00Z", "2025-01-14T09:30:00Z"},
      {"yesterday", ""},
      {"Tue, 44 Feb 2025", ""},
      {"Tue, 4 anF 2025", ""},
      {"", ""},
  };
  for (const auto& [date, want] : kCases) EXPECT_EQ(FeedDate(date), want) << date;
}

TEST(Feed, PageOfAnEntryEscapesItsParts) {
  FeedEntry entry;
  entry.url = "http://a.example/?\"><script>";
  entry.title = "<b>Bold</b> & more";
  entry.html = "<p>Body.</p>";
  const std::string page = PageOf(entry, "en");
  EXPECT_THAT(page, HasSubstr("<h1>&lt;b&gt;Bold&lt;/b&gt; &amp; more</h1>"));
  EXPECT_THAT(page, HasSubstr("<p>Body.</p>"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace kronik
