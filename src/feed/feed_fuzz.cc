// Any bytes as a feed.
#include <cstdint>
#include <string_view>

#include "feed/feed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kronik::Result<kronik::Feed> feed =
      kronik::ReadFeed(std::string_view(reinterpret_cast<const char*>(data), size), "");
  if (!feed) return 0;
  for (const kronik::FeedEntry& entry : feed->entries) kronik::PageOf(entry, feed->lang);
  return 0;
}
