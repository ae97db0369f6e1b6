#include "feed/feed.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

#include "base/ascii.h"
#include "page/charset.h"

namespace kronik {
namespace {

constexpr size_t kMaxEntries = 50'000;
constexpr size_t kMaxDepth = 200;
constexpr size_t kHead = 4096;

constexpr std::string_view kContent = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";
constexpr std::string_view kXmlLang = "http://www.w3.org/XML/1998/namespace lang";

// "uri local", as expat gives a name in a namespace.
struct Name {
  explicit Name(std::string_view whole) {
    const size_t space = whole.rfind(' ');
    space_ = space == std::string_view::npos ? std::string_view() : whole.substr(0, space);
    local = space == std::string_view::npos ? whole : whole.substr(space + 1);
  }
  bool Is(std::string_view space, std::string_view name) const {
    return space_ == space && local == name;
  }
  std::string_view local;

 private:
  std::string_view space_;
};

std::string_view Attribute(const XML_Char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (name == attributes[0]) return attributes[1];
  }
  return {};
}

// The encoding in an XML declaration, in the form of an HTTP header.
std::string DeclaredCharset(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min<size_t>(bytes.find("?>"), 200));
  size_t at = head.find("encoding=");
  if (at == std::string_view::npos || at + 10 > head.size()) return {};
  at += 9;
  const size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  return "text/xml; charset=" + std::string(head.substr(at + 1, end - at - 1));
}

class Reader {
 public:
  explicit Reader(Feed& feed) : feed_(feed), parser_(XML_ParserCreateNS("UTF-8", ' ')) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), OnText);
    XML_SetEntityDeclHandler(parser_.get(), OnEntity);
  }

  void Read(std::string_view xml) {
    // expat counts in int.
    for (size_t at = 0; at <= xml.size() && !stopped_; at += kPiece) {
      const std::string_view piece = xml.substr(at, kPiece);
      const bool last = at + piece.size() == xml.size();
      if (XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last) ==
              XML_STATUS_ERROR &&
          !stopped_) {
        Stop(ErrorCode::kInvalidInput,
             std::string("XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())) + " in line " +
                 std::to_string(XML_GetCurrentLineNumber(parser_.get())));
      }
      if (last) break;
    }
  }

 private:
  static constexpr size_t kPiece = 1 << 20;

  struct FreeParser {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
  };

  static Reader& Self(void* data) { return *static_cast<Reader*>(data); }
  static void OnStart(void* data, const XML_Char* name, const XML_Char** attributes) {
    Self(data).Start(Name(name), attributes);
  }
  static void OnEnd(void* data, const XML_Char* name) { Self(data).End(Name(name)); }
  static void OnText(void* data, const XML_Char* text, int size) {
    Self(data).Text(std::string_view(text, static_cast<size_t>(size)));
  }
  static void OnEntity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                       const XML_Char*, const XML_Char*, const XML_Char*) {
    Self(data).Stop(ErrorCode::kUnsupported, "the XML declares entities");
  }

  void Stop(ErrorCode code, std::string message) {
    if (stopped_) return;
    stopped_ = true;
    feed_.problem = Error{code, std::move(message), ""};
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void Start(Name name, const XML_Char** attributes) {
    if (stopped_) return;
    if (++depth_ > kMaxDepth) return Stop(ErrorCode::kLimit, "the XML is nested too deeply");
    if (markup_depth_ > 0) return Open(name, attributes);
    if (depth_ == 1) {
      Root(name.local);
      feed_.lang = Attribute(attributes, kXmlLang);
      return;
    }
    if (entry_depth_ == 0) {
      if (name.local == item_) {
        if (feed_.entries.size() == kMaxEntries) {
          return Stop(ErrorCode::kLimit, "more than 50000 entries");
        }
        entry_depth_ = depth_;
        entry_ = {};
        guid_.clear();
        updated_.clear();
      } else if (name.local == "language" && feed_.lang.empty()) {
        Collect(feed_.lang);
      }
      return;
    }
    if (depth_ == entry_depth_ + 1) Field(name, attributes);
    // Atom's author has parts.
    if (depth_ == entry_depth_ + 2 && in_author_ && name.local == "name") Collect(entry_.author);
  }

  void Root(std::string_view name) {
    if (name == "rss" || name == "RDF") {
      item_ = "item";
    } else if (name == "feed") {
      item_ = "entry";
    } else if (name == "urlset") {
      item_ = "url";
      feed_.kind = Feed::Kind::kSitemap;
    } else if (name == "sitemapindex") {
      item_ = "sitemap";
      feed_.kind = Feed::Kind::kSitemapIndex;
    }
  }

  void Field(Name name, const XML_Char** attributes) {
    in_author_ = name.local == "author";
    if (name.Is(kContent, "encoded")) {
      Collect(entry_.html);
    } else if (name.Is(kAtom, "content")) {
      const std::string_view type = Attribute(attributes, "type");
      if (type == "xhtml") {
        entry_.html.clear();
        markup_depth_ = depth_;
      } else if (type == "html" || type == "text/html") {
        Collect(entry_.html);
      }
    } else if (name.Is(kAtom, "link")) {
      const std::string_view rel = Attribute(attributes, "rel");
      if (entry_.url.empty() && (rel.empty() || rel == "alternate")) {
        entry_.url = Attribute(attributes, "href");
      }
    } else if (name.Is(kDublinCore, "creator") || name.Is("", "author")) {
      Collect(entry_.author);
    } else if (name.Is("", "pubDate") || name.Is(kDublinCore, "date") ||
               name.Is(kAtom, "published")) {
      Collect(entry_.date);
    } else if (name.Is(kAtom, "updated")) {
      Collect(updated_);
    } else if (name.Is("", "guid")) {
      if (Attribute(attributes, "isPermaLink") != "false") Collect(guid_);
    } else if (name.local == "title" && entry_.title.empty()) {
      Collect(entry_.title);
    } else if ((name.local == "link" || name.local == "loc") && entry_.url.empty()) {
      Collect(entry_.url);
    }
  }

  void End(Name name) {
    if (stopped_) return;
    if (markup_depth_ > 0 && depth_ > markup_depth_) Close(name);
    if (depth_ == markup_depth_) markup_depth_ = 0;
    if (depth_ == field_depth_) {
      *field_ = std::string(TrimAscii(*field_));
      field_depth_ = 0;
      field_ = nullptr;
    }
    if (depth_ == entry_depth_) {
      entry_depth_ = 0;
      if (entry_.url.empty() && guid_.starts_with("http")) entry_.url = guid_;
      entry_.date = FeedDate(entry_.date.empty() ? updated_ : entry_.date);
      if (!entry_.url.empty() || !entry_.html.empty()) feed_.entries.push_back(std::move(entry_));
    }
    --depth_;
  }

  void Text(std::string_view text) {
    if (stopped_) return;
    if (markup_depth_ > 0) {
      AppendEscaped(text, entry_.html);
    } else if (field_ != nullptr && depth_ == field_depth_) {
      *field_ += text;
    }
  }

  void Collect(std::string& field) {
    field.clear();
    field_ = &field;
    field_depth_ = depth_;
  }

  // Atom's xhtml content is written out again.
  void Open(Name name, const XML_Char** attributes) {
    entry_.html += '<';
    entry_.html += name.local;
    for (; *attributes != nullptr; attributes += 2) {
      entry_.html += ' ';
      entry_.html += Name(attributes[0]).local;
      entry_.html += "=\"";
      AppendEscaped(attributes[1], entry_.html);
      entry_.html += '"';
    }
    entry_.html += '>';
  }
  void Close(Name name) {
    // In HTML these have no end tag.
    for (const std::string_view empty : {"br", "hr", "img", "wbr", "source", "input"}) {
      if (name.local == empty) return;
    }
    entry_.html += "</";
    entry_.html += name.local;
    entry_.html += '>';
  }

  Feed& feed_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::string_view item_;  // the element of an entry
  FeedEntry entry_;
  std::string guid_, updated_;
  std::string* field_ = nullptr;
  size_t depth_ = 0, entry_depth_ = 0, field_depth_ = 0, markup_depth_ = 0;
  bool in_author_ = false;
  bool stopped_ = false;
};

// The root element's local name, or empty.
std::string_view RootOf(std::string_view bytes) {
  std::string_view head = bytes.substr(0, kHead);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  for (;;) {
    const size_t first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || head[first] != '<') return {};
    head.remove_prefix(first + 1);
    std::string_view end = ">";
    if (head.starts_with("!--")) {
      end = "-->";
    } else if (head.starts_with('?')) {
      end = "?>";
    } else if (!head.starts_with('!')) {
      break;
    }
    const size_t found = head.find(end);
    if (found == std::string_view::npos) return {};
    head.remove_prefix(found + end.size());
  }
  std::string_view name = head.substr(0, head.find_first_of(" \t\r\n/>"));
  return name.substr(name.find(':') + 1);
}

}  // namespace

bool LooksLikeFeed(std::string_view bytes) {
  const std::string_view root = RootOf(bytes);
  constexpr std::string_view kRoots[] = {"rss", "RDF", "feed", "urlset", "sitemapindex"};
  return std::find(std::begin(kRoots), std::end(kRoots), root) != std::end(kRoots);
}

Result<Feed> ReadFeed(std::string_view bytes, std::string_view content_type) {
  if (!LooksLikeFeed(bytes)) return Error{ErrorCode::kInvalidInput, "not a feed or sitemap", ""};
  std::string charset(content_type);
  if (charset.find("charset") == std::string::npos) charset = DeclaredCharset(bytes);
  std::string converted;
  Result<std::string_view> xml = ToUtf8(bytes, charset, converted);
  if (!xml) return xml.error();
  Feed feed;
  Reader(feed).Read(xml->substr(std::min(xml->find('<'), xml->size())));
  return feed;
}

std::string PageOf(const FeedEntry& entry, std::string_view lang) {
  std::string page = "<!DOCTYPE html>\n<html";
  const auto attribute = [&](std::string_view before, std::string_view value) {
    page += before;
    AppendEscaped(value, page);
    page += '"';
  };
  if (!lang.empty()) attribute(" lang=\"", lang);
  page += "><head><meta charset=\"utf-8\"><title>";
  AppendEscaped(entry.title, page);
  page += "</title>";
  if (!entry.url.empty()) {
    attribute("<link rel=\"canonical\" href=\"", entry.url);
    page += '>';
  }
  if (!entry.author.empty()) {
    attribute("<meta name=\"author\" content=\"", entry.author);
    page += '>';
  }
  page += "</head><body><article><h1>";
  AppendEscaped(entry.title, page);
  page += "</h1>\n" + entry.html + "\n</article></body></html>\n";
  return page;
}

std::string FeedDate(std::string_view date) {
  const std::string text(TrimAscii(date));
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-') {
    const bool sound =
        text.size() <= 35 && text.find_first_not_of("0123456789-:.+TZ") == std::string::npos;
    return sound ? text : std::string();
  }
  // day month year [hour:minute[:second]] [zone], perhaps after "Tue,".
  int day = 0, year = 0, hour = 0, minute = 0, second = 0;
  char month[4] = "", zone[6] = "";
  const size_t comma = text.find(',');
  const std::string rest = comma == std::string::npos ? text : text.substr(comma + 1);
  if (std::sscanf(rest.c_str(), "%2d %3s %4d", &day, month, &year) != 3) return {};
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const size_t index = kMonths.find(month);
  if (std::string_view(month).size() != 3 || index == std::string_view::npos || index % 3 != 0 ||
      day < 1 || day > 31 || year < 1900 || year > 9999) {
    return {};
  }
  char out[40];
  std::snprintf(out, sizeof(out), "%04d-%02d-%02d", year, static_cast<int>(index / 3) + 1, day);
  std::string result = out;
  const size_t colon = rest.find(':');
  if (colon == std::string::npos || colon < 2) return result;
  const char* const clock = rest.c_str() + colon - 2;
  if (std::sscanf(clock, "%2d:%2d:%2d %5s", &hour, &minute, &second, zone) < 3 &&
      std::sscanf(clock, "%2d:%2d %5s", &hour, &minute, zone) < 2) {
    return result;
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return result;
  }
  std::snprintf(out, sizeof(out), "T%02d:%02d:%02d", hour, minute, second);
  result += out;
  // The zones of RFC 5322, section 4.3; another letter says nothing.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kZones = {{
      {"GMT", "Z"},
      {"UT", "Z"},
      {"UTC", "Z"},
      {"Z", "Z"},
      {"EDT", "-04:00"},
      {"EST", "-05:00"},
      {"CDT", "-05:00"},
      {"CST", "-06:00"},
      {"MDT", "-06:00"},
      {"MST", "-07:00"},
      {"PDT", "-07:00"},
      {"PST", "-08:00"},
  }};
  const std::string_view name = zone;
  if (name.size() == 5 && (name[0] == '+' || name[0] == '-')) {
    return result + std::string(name.substr(0, 3)) + ":" + std::string(name.substr(3));
  }
  for (const auto& [known, offset] : kZones) {
    if (name == known) return result + std::string(offset);
  }
  return result;
}

}  // namespace kronik
