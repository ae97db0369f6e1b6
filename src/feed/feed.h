// Feeds (RSS 2.0 and 1.0, Atom) and sitemaps (sitemaps.org) to their entries.
//
// XML is read without entities but the five of XML itself and without anything outside the file: a
// document that declares entities is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik {

struct FeedEntry {
  std::string url;  // as written, so maybe relative
  std::string title;
  std::string author;
  std::string date;  // of publication, RFC 3339; empty where it has none or another form
  std::string html;  // the entry's full content, or empty
};

struct Feed {
  // The entries of an index are sitemaps.
  enum class Kind { kFeed, kSitemap, kSitemapIndex };
  Kind kind = Kind::kFeed;
  std::string lang;  // of the whole, as written: "en-us"
  std::vector<FeedEntry> entries;
  // What ended the reading before the end; the entries are those before.
  std::optional<Error> problem;
};

// Whether the bytes begin as XML whose root is that of a feed or a sitemap.
bool LooksLikeFeed(std::string_view bytes);

// The feed in `bytes`; `content_type` is the HTTP header's value, for its charset, and may be
// empty. A full content is RSS's content:encoded or Atom's content of type html or xhtml;
// descriptions and summaries are none. At most 50 000 entries (the limit of sitemaps) and 200
// levels are read. Error: kInvalidInput for another kind of document.
Result<Feed> ReadFeed(std::string_view bytes, std::string_view content_type);

// The entry as a page of its own: title, author, address and content.
std::string PageOf(const FeedEntry& entry, std::string_view lang);

// "Tue, 14 Jan 2025 09:30:00 +0700" (RFC 5322) in RFC 3339; what is in RFC 3339 already stays;
// empty for anything else.
std::string FeedDate(std::string_view date);

}  // namespace kronik
