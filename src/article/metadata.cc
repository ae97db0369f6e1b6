#include "article/metadata.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unicode/dtfmtsym.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace kronik {
namespace {

using html::NodeKind;
using html::Tag;
using nlohmann::json;

constexpr size_t kMaxJsonNodes = 200000;
constexpr size_t kMaxAuthors = 30;

// ---- text --------------------------------------------------------------------------------------

// Text of an attribute or a JSON string, where entities and tags are written out by mistake.
std::string Plain(std::string_view text) {
  if (text.find_first_of("&<") == std::string_view::npos || text.size() > 10000)
    return Squash(text);
  const std::string page = fmt::format("<p>{}", text);
  Result<html::Tree> tree = html::Tree::Parse(page);
  return Squash(tree ? tree->Text(0) : std::string(text));
}

std::string Host(std::string_view url) {
  size_t at = url.find("://");
  if (at == std::string_view::npos) return {};
  url.remove_prefix(at + 3);
  std::string host = LowerCase(url.substr(0, url.find_first_of("/?#:")));
  return host.starts_with("www.") ? host.substr(4) : host;
}

bool IsUrl(std::string_view text) {
  return text.starts_with("http") || text.starts_with("//") || text.starts_with("www.");
}

template <size_t n>
int Rank(std::string_view word, const std::string_view (&words)[n]) {
  const auto* it = std::find(std::begin(words), std::end(words), word);
  return it == std::end(words) ? -1 : static_cast<int>(it - std::begin(words));
}

// ---- JSON-LD -----------------------------------------------------------------------------------

constexpr std::string_view kArticleTypes[] = {"NewsArticle",
                                              "ReportageNewsArticle",
                                              "AnalysisNewsArticle",
                                              "OpinionNewsArticle",
                                              "BackgroundNewsArticle",
                                              "AskPublicNewsArticle",
                                              "ReviewNewsArticle",
                                              "LiveBlogPosting",
                                              "Article",
                                              "BlogPosting",
                                              "Report",
                                              "SocialMediaPosting",
                                              "VideoObject"};
constexpr int kLastOwnType = 11;

struct JsonLd {
  std::vector<json> pages;
  std::map<std::string, const json*> by_id;
  const json* article = nullptr;
};

int TypeRank(const json& node) {
  auto type = node.find("@type");
  if (type == node.end()) return -1;
  if (type->is_string()) return Rank(type->get_ref<const std::string&>(), kArticleTypes);
  int best = -1;
  if (type->is_array()) {
    for (const json& one : *type) {
      int rank = one.is_string() ? Rank(one.get_ref<const std::string&>(), kArticleTypes) : -1;
      if (rank >= 0 && (best < 0 || rank < best)) best = rank;
    }
  }
  return best;
}

// JSON as pages write it: comments and CDATA marks around, raw line breaks within strings.
json ParseLoose(std::string text) {
  std::string_view inner = text;
  for (bool cut = true; cut;) {
    cut = false;
    while (!inner.empty() && static_cast<unsigned char>(inner.front()) <= ' ')
      inner.remove_prefix(1);
    while (!inner.empty() &&
           (static_cast<unsigned char>(inner.back()) <= ' ' || inner.back() == ';')) {
      inner.remove_suffix(1);
    }
    for (std::string_view mark :
         {"<![CDATA[", "//<![CDATA[", "<!--", "//]]>", "]]>", "//-->", "-->"}) {
      if (inner.starts_with(mark)) inner.remove_prefix(mark.size()), cut = true;
      if (inner.ends_with(mark)) inner.remove_suffix(mark.size()), cut = true;
    }
  }
  text = std::string(inner);
  json value = json::parse(text, nullptr, false, true);
  if (!value.is_discarded()) return value;
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return json::parse(text, nullptr, false, true);
}

void ReadJsonLd(const html::Tree& tree, JsonLd& ld) {
  for (uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != Tag::kScript || !tree.Attr(i, "type").starts_with("application/ld+json"))
      continue;
    json value = ParseLoose(tree.Text(i));
    if (!value.is_discarded()) ld.pages.push_back(std::move(value));
  }
  int best = -1;
  size_t left = kMaxJsonNodes;
  for (const json& page : ld.pages) {
    std::vector<std::pair<const json*, int>> todo{{&page, 0}};
    while (!todo.empty() && left > 0) {
      --left;
      auto [node, depth] = todo.back();
      todo.pop_back();
      if (node->is_object()) {
        if (auto id = node->find("@id"); id != node->end() && id->is_string() && node->size() > 1) {
          ld.by_id.emplace(id->get<std::string>(), node);
        }
        int rank = TypeRank(*node);
        // What a list page or a publisher's node nests is not the page's own article.
        int cost = rank < 0 ? -1 : rank + depth * 4 + (node->contains("headline") ? 0 : 20);
        if (cost >= 0 && (best < 0 || cost < best)) {
          best = cost;
          ld.article = node;
        }
        if (depth > 6) continue;
        for (const auto& [key, child] : node->items()) {
          if (child.is_structured()) todo.push_back({&child, key == "@graph" ? depth : depth + 1});
        }
      } else if (node->is_array() && depth <= 6) {
        for (size_t i = node->size(); i > 0; --i) todo.push_back({&(*node)[i - 1], depth});
      }
    }
  }
}

// All the strings a value stands for: names of things, members of lists, what an @id points to.
std::vector<std::string> Strings(const json& value, const JsonLd& ld, int depth = 0) {
  std::vector<std::string> out;
  if (depth > 3) return out;
  if (value.is_string()) {
    out.push_back(Plain(value.get_ref<const std::string&>()));
  } else if (value.is_array()) {
    size_t count = 0;
    for (const json& one : value) {
      if (out.size() > 60 || ++count > 200) break;
      for (std::string& s : Strings(one, ld, depth + 1)) out.push_back(std::move(s));
    }
  } else if (value.is_object()) {
    for (const char* key : {"name", "@value", "headline"}) {
      if (auto it = value.find(key); it != value.end()) return Strings(*it, ld, depth + 1);
    }
    auto given = value.find("givenName"), family = value.find("familyName");
    if (given != value.end() && family != value.end() && given->is_string() &&
        family->is_string()) {
      return {Plain(given->get<std::string>() + " " + family->get<std::string>())};
    }
    if (auto id = value.find("@id"); id != value.end() && id->is_string()) {
      auto it = ld.by_id.find(id->get<std::string>());
      if (it != ld.by_id.end() && it->second != &value) return Strings(*it->second, ld, depth + 1);
    }
  }
  std::erase_if(out, [](const std::string& s) { return s.empty(); });
  return out;
}

std::vector<std::string> Field(const JsonLd& ld, const char* key) {
  if (ld.article == nullptr) return {};
  auto it = ld.article->find(key);
  return it == ld.article->end() ? std::vector<std::string>() : Strings(*it, ld);
}

std::string First(std::vector<std::string> strings) {
  return strings.empty() ? std::string() : std::move(strings[0]);
}

// ---- the page's own elements -------------------------------------------------------------------

struct Page {
  std::map<std::string, std::vector<std::string>> meta;  // by name, property or itemprop
  std::vector<std::string> h1;
  std::string title;
  std::string canonical;
  std::string lang;
  std::vector<std::string> item_dates;
  std::vector<std::string> times;
  std::vector<std::string> item_authors;
  std::vector<std::string> bylines;
  std::vector<std::string> tag_links;
  std::vector<std::string> date_lines;

  const std::string& Meta(std::initializer_list<const char*> names) const {
    static const std::string kEmpty;
    for (const char* name : names) {
      auto it = meta.find(name);
      if (it != meta.end()) return it->second[0];
    }
    return kEmpty;
  }
};

bool HasWord(std::string_view list, std::string_view word) {
  size_t at = list.find(word);
  return at != std::string_view::npos && (at == 0 || list[at - 1] == ' ') &&
         (at + word.size() == list.size() || list[at + word.size()] == ' ');
}

// Whether a heading is a link to the site's front page: its own name, not a story's.
bool LinksToFrontPage(const html::Tree& tree, uint32_t heading) {
  constexpr uint32_t kNear = 8;  // nodes
  const uint32_t end = std::min(tree[heading].end, heading + kNear);
  for (uint32_t i = heading; i < end; ++i) {
    if (tree[i].tag != Tag::kA) continue;
    std::string_view url = tree.Attr(i, "href");
    if (const size_t host = url.find("//"); host != std::string_view::npos) {
      const size_t path = url.find('/', host + 2);
      url = path == std::string_view::npos ? "/" : url.substr(path);
    }
    return url == "/";
  }
  return false;
}

Page ReadPage(const html::Tree& tree, const PageWords& words) {
  Page page;
  ClassKinds class_kind(words);
  uint32_t skip_until = 0;
  uint32_t first_author = 0;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    Tag tag = tree[i].tag;
    if (tree[i].kind != NodeKind::kElement) continue;
    if (tree[i].space != html::Namespace::kHtml || tag == Tag::kImg || tag == Tag::kScript ||
        tag == Tag::kStyle || tag == Tag::kSource) {
      continue;
    }
    // Nothing below needs a look at an element that is neither named nor a heading or a title.
    if (tree[i].attribute_count == 0 && tag != Tag::kH1 && tag != Tag::kTitle &&
        tag != Tag::kTime) {
      continue;
    }
    std::string_view item = tree.Attr(i, "itemprop");
    if (tag == Tag::kHtml) {
      page.lang = tree.Attr(i, "lang");
      if (page.lang.empty()) page.lang = tree.Attr(i, "xml:lang");
    } else if (tag == Tag::kTitle && page.title.empty()) {
      page.title = Squash(tree.Text(i));
    } else if (tag == Tag::kLink && LowerCase(tree.Attr(i, "rel")) == "canonical") {
      if (page.canonical.empty()) page.canonical = tree.Attr(i, "href");
    } else if (tag == Tag::kMeta) {
      std::string content = Plain(tree.Attr(i, "content"));
      if (content.empty()) continue;
      for (const char* attribute : {"property", "name", "itemprop"}) {
        std::string name = LowerCase(tree.Attr(i, attribute));
        if (!name.empty()) page.meta[name].push_back(content);
      }
    }
    if (tag == Tag::kH1) {
      std::string text = Squash(tree.Text(i));
      if (!text.empty() && page.h1.size() < 20 && !LinksToFrontPage(tree, i)) {
        page.h1.push_back(text);
      }
    }
    if (HasWord(item, "datePublished") && tag != Tag::kMeta) {
      std::string_view value = tree.Attr(i, "datetime");
      if (value.empty()) value = tree.Attr(i, "content");
      page.item_dates.push_back(value.empty() ? tree.Text(i) : std::string(value));
    }
    if (tag == Tag::kTime && page.times.size() < 50) {
      std::string_view value = tree.Attr(i, "datetime");
      page.times.push_back(value.empty() ? tree.Text(i) : std::string(value));
    }
    if (i < skip_until) continue;
    std::string_view rel = tree.Attr(i, "rel");
    bool item_author = HasWord(item, "author") && tag != Tag::kMeta;
    if (item_author || (tag == Tag::kA && HasWord(rel, "author"))) {
      // The name is inside, if marked; the rest of such a box is a role, a portrait, links.
      std::string name;
      for (uint32_t k = i; k < tree[i].end && name.empty(); ++k) {
        if (HasWord(tree.Attr(k, "itemprop"), "name")) {
          name = tree[k].tag == Tag::kMeta ? std::string(tree.Attr(k, "content")) : tree.Text(k);
        }
      }
      if (name.empty()) name = tree.Text(i);
      name = Squash(name);
      // Far from the first one it is the author of another story, in a teaser.
      if (page.item_authors.empty()) first_author = i;
      if (!name.empty() && name.size() < 120 && i - first_author < 60) {
        page.item_authors.push_back(name);
      }
      skip_until = tree[i].end;
      continue;
    }
    if (tag == Tag::kA && HasWord(rel, "tag") && page.tag_links.size() < 40) {
      page.tag_links.push_back(Squash(tree.Text(i)));
    }
    if (tree[i].end - i > 40 || page.bylines.size() > 20) continue;
    std::string_view classes = tree.Attr(i, "class");
    if (classes.find("comment") != std::string_view::npos) continue;
    const PartKind kind = class_kind(classes.empty() ? tree.Attr(i, "id") : classes);
    if (kind == PartKind::kAuthor) {
      std::string line = Squash(tree.Text(i));
      if (!line.empty() && line.size() < 160) page.bylines.push_back(line);
    } else if (kind == PartKind::kMeta && page.date_lines.size() < 20) {
      std::string line = Squash(tree.Text(i));
      if (!line.empty() && line.size() < 120) page.date_lines.push_back(line);
    }
  }
  return page;
}

// ---- title -------------------------------------------------------------------------------------

// The title without " - Site" at its end or "Site | " at its start.
std::string WithoutSite(std::string title, const std::string& site, const std::string& host) {
  std::string site_key = LettersAndDigits(site);
  std::string host_key = LettersAndDigits(host);
  std::string label = LettersAndDigits(host.substr(0, host.rfind('.')));
  auto is_site = [&](std::string_view part) {
    std::string key = LettersAndDigits(part);
    if (key.size() < 2) return false;
    return key == site_key || key == host_key || key == label ||
           (key.size() > 3 && (label.find(key) != std::string::npos || key.find(label) == 0)) ||
           (!site_key.empty() && key.size() > 3 &&
            (site_key.find(key) == 0 || key.find(site_key) == 0));
  };
  for (int round = 0; round < 3; ++round) {
    size_t best = std::string::npos;
    size_t width = 0;
    for (std::string_view mark :
         {" - ", " | ", " – ", " — ", " · ", " • ", " :: ", " // ", " » ", "ㅣ", "|"}) {
      size_t at = title.rfind(mark);
      if (at != std::string::npos && (best == std::string::npos || at > best)) {
        best = at;
        width = mark.size();
      }
    }
    if (best == std::string::npos || !is_site(std::string_view(title).substr(best + width))) break;
    title.resize(best);
    title = Squash(title);
  }
  for (std::string_view mark : {" | ", " - ", " – "}) {
    size_t at = title.find(mark);
    if (at != std::string::npos && is_site(std::string_view(title).substr(0, at))) {
      title.erase(0, at + mark.size());
    }
  }
  return title;
}

// Whether what follows a title is set off by a mark: " - National", "* The Site".
bool IsTail(std::string_view rest) {
  while (rest.starts_with(" ")) rest.remove_prefix(1);
  for (std::string_view mark : {"-", "|", "–", "—", "*", "·", "：", "ㅣ", "/", "»", "•"}) {
    if (rest.starts_with(mark)) return true;
  }
  return false;
}

// Whether a title starts with a few words and a colon.
bool HasTopic(std::string_view title) {
  const size_t colon = title.find(": ");
  return colon != std::string_view::npos && colon < title.size() / 2 &&
         std::count(title.begin(), title.begin() + static_cast<ptrdiff_t>(colon), ' ') < 5;
}

std::string PickTitle(const Page& page, const JsonLd& ld, const std::string& site,
                      const std::string& host) {
  struct Candidate {
    std::string text;
    double weight;
  };
  std::vector<Candidate> candidates;
  auto add = [&](std::string_view text, double weight) {
    std::string clean = WithoutSite(Squash(text), site, host);
    if (!clean.empty()) candidates.push_back({std::move(clean), weight});
  };
  // The heading that the other titles begin with; a page may have a site's name as its first h1.
  std::string whole =
      LettersAndDigits(page.title + page.Meta({"og:title"}) + First(Field(ld, "headline")));
  const std::string* h1 = page.h1.empty() ? nullptr : &page.h1[0];
  for (const std::string& h : page.h1) {
    if (whole.find(LettersAndDigits(h)) != std::string::npos &&
        LettersAndDigits(h) != LettersAndDigits(site)) {
      h1 = &h;
      break;
    }
  }
  // A headline unlike all the rest is the one that the editors gave; the others are all made for
  // searching. Unless it is the site's own, on every page.
  const std::string headline = LettersAndDigits(First(Field(ld, "headline")));
  const std::string site_key = LettersAndDigits(site);
  const auto alike = [&](std::string_view text) {
    const std::string key = LettersAndDigits(text);
    return !key.empty() && (key.starts_with(headline) || headline.starts_with(key));
  };
  const bool lone = h1 != nullptr && !alike(*h1) && !alike(page.title) &&
                    !alike(page.Meta({"og:title"})) && !page.Meta({"og:title"}).empty();
  const bool own = !headline.empty() && !(site_key.size() > 3 && headline.starts_with(site_key));
  add(First(Field(ld, "headline")), !own ? 0.1 : lone ? 10 : 1.2);
  // "A topic: the title": the title that is passed on goes without the topic of the shown one.
  const bool topic =
      h1 != nullptr && alike(*h1) && HasTopic(*h1) && !HasTopic(page.Meta({"og:title"}));
  add(page.Meta({"og:title"}), topic ? 3.5 : 1.3);
  if (h1 != nullptr) add(*h1, 1.0);
  add(page.Meta({"twitter:title", "dc.title", "parsely-title", "sailthru.title"}), 0.5);
  add(page.title, 0.6);
  const Candidate* best = nullptr;
  double best_votes = 0;
  for (const Candidate& c : candidates) {
    double votes = 0;
    std::string key = LettersAndDigits(c.text);
    for (const Candidate& other : candidates) {
      if (LettersAndDigits(other.text) == key) {
        votes += other.weight;
      } else if (other.text.size() > c.text.size() + 1 && c.text.size() > 15 &&
                 other.text.starts_with(c.text) && IsTail(other.text.substr(c.text.size()))) {
        votes += other.weight * 0.9;
      }
    }
    if (votes > best_votes + 1e-9) {
      best_votes = votes;
      best = &c;
    }
  }
  return best == nullptr ? std::string() : best->text;
}

// ---- authors -----------------------------------------------------------------------------------

// Whether a name is the publisher's own: "Stern" at stern.de.
bool IsHouse(const std::string& name, const std::string& site, const std::string& host) {
  const std::string key = LettersAndDigits(name);
  const std::string label = host.substr(0, host.rfind('.'));
  return key == LettersAndDigits(site) || key == LettersAndDigits(host) ||
         key == LettersAndDigits(label.substr(label.rfind('.') + 1));
}

void AddAuthors(std::string text, const PageWords& words, const std::string& site,
                const std::string& host, std::vector<std::string>& out) {
  text = Squash(text);
  for (int round = 0; round < 3; ++round) {
    size_t prefix = words.Prefix(PartKind::kByline, text);
    if (prefix == 0 || prefix >= text.size()) break;
    text = Squash(std::string_view(text).substr(prefix));
    while (!text.empty() && text[0] == ':') text = Squash(std::string_view(text).substr(1));
  }
  // Marks between names first, then the words that join the last two.
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' || text[i] == ';' || text[i] == '|' || text[i] == '/') {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  std::vector<std::string> names;
  for (const std::string& part : parts) {
    std::string name;
    for (size_t at = 0; at < part.size();) {
      size_t end = std::min(part.find(' ', at), part.size());
      std::string word = part.substr(at, end - at);
      const auto& joins = words.Phrases(PartKind::kJoin);
      if (std::find(joins.begin(), joins.end(), word) != joins.end()) {
        names.push_back(std::exchange(name, {}));
      } else if (!word.empty()) {
        if (!name.empty()) name += ' ';
        name += word;
      }
      at = end + 1;
    }
    names.push_back(std::move(name));
  }
  for (std::string& name : names) {
    size_t prefix = words.Prefix(PartKind::kByline, name);
    if (prefix > 0 && prefix < name.size()) name = Squash(std::string_view(name).substr(prefix));
    if (size_t at = name.find(" ("); at != std::string::npos) name.resize(at);
    size_t upper = 0, lower = 0;
    bool digits = false;
    size_t spaces = static_cast<size_t>(std::count(name.begin(), name.end(), ' '));
    for (size_t at = 0; at < name.size();) {
      char32_t c = DecodeUtf8(name, at);
      upper += IsUpper(c) || (c > 0x2E80 && IsLetter(c)) ? 1 : 0;
      lower += !IsUpper(c) && IsLetter(c) && c < 0x590;  // scripts with two cases
      digits = digits || IsDigit(c);
    }
    if (name.size() < 2 || name.size() > 70 || spaces > 5 || digits || IsUrl(name)) continue;
    if (upper == 0 && lower > 0 && spaces > 0) continue;
    if (name.find('@') != std::string::npos || out.size() >= kMaxAuthors) continue;
    if (name[0] == '(' || name.back() == ')' ||
        words.Prefix(PartKind::kByline, name) == name.size())
      continue;
    if (words.Prefix(PartKind::kRole, name) > 0 || words.Prefix(PartKind::kCredit, name) > 0)
      continue;
    if (!site.empty() && IsHouse(name, site, host)) continue;
    bool known = std::any_of(out.begin(), out.end(), [&](const std::string& o) {
      return LettersAndDigits(o) == LettersAndDigits(name);
    });
    if (!known) out.push_back(std::move(name));
  }
}

// Whether every word is capitalised but for the small ones of names ("van", "de la").
bool IsFullName(std::string_view text) {
  size_t words = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    size_t letter = at;
    const char32_t first = DecodeUtf8(text, letter);
    if (!IsLetter(first)) return false;
    if (first < 0x590 && !IsUpper(first) && end - at > 3) return false;
    ++words;
    at = end + 1;
  }
  return words >= 2 && words <= 5;
}

std::vector<std::string> PickAuthors(const Page& page, const JsonLd& ld, const PageWords& words,
                                     const std::string& site, const std::string& host) {
  std::vector<std::string> out;
  for (const std::string& name : Field(ld, "author")) AddAuthors(name, words, site, host, out);
  bool stated = !out.empty();
  auto metas = [&](std::initializer_list<const char*> names) {
    for (const char* key : names) {
      if (!out.empty()) return;
      auto it = page.meta.find(key);
      if (it == page.meta.end()) continue;
      for (const std::string& name : it->second) AddAuthors(name, words, site, host, out);
    }
  };
  // What a page shows a chat that links to it: a label and what it labels.
  if (out.empty() && words.Prefix(PartKind::kByline, page.Meta({"twitter:label1"})) > 0) {
    AddAuthors(page.Meta({"twitter:data1"}), words, site, host, out);
  }
  metas({"author", "content_author", "article:author", "parsely-author", "sailthru.author",
         "dc.creator", "byl", "dcterms.creator", "article:author_name", "cxenseparse:author",
         "authors"});
  for (const std::string& name : page.item_authors) {
    if (!stated && out.size() < 4) AddAuthors(name, words, site, host, out);
  }
  for (const std::string& line : page.bylines) {
    if (!out.empty()) break;
    const bool name_like = line.size() < 40 && IsFullName(line);
    if (words.Prefix(PartKind::kByline, line) > 0 || name_like)
      AddAuthors(line, words, site, host, out);
  }
  return out;
}

// ---- dates -------------------------------------------------------------------------------------

// Month names of a language (CLDR) in lower case, with their numbers.
std::vector<std::pair<std::string, int>> Months(std::string_view lang) {
  std::vector<std::pair<std::string, int>> out;
  for (std::string_view one : {lang, std::string_view("en")}) {
    if (one.empty()) continue;
    UErrorCode status = U_ZERO_ERROR;
    icu::DateFormatSymbols symbols(icu::Locale(std::string(one).c_str()), status);
    if (U_FAILURE(status)) continue;
    for (auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      int32_t count = 0;
      const icu::UnicodeString* names =
          symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, width);
      for (int32_t i = 0; i < std::min(count, 12); ++i) {
        std::string name;
        names[i].toUTF8String(name);
        name = LowerCase(name);
        if (!name.empty() && name.back() == '.') name.pop_back();
        if (name.size() > 2 && !IsDigit(static_cast<unsigned char>(name[0]))) {
          out.emplace_back(name, i + 1);
        }
      }
    }
  }
  return out;
}

bool ValidDay(int y, int m, int d) {
  return y >= 1900 && y <= 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

std::string Day(int y, int m, int d) { return fmt::format("{:04}-{:02}-{:02}", y, m, d); }

std::string UnixTime(int64_t seconds) {
  std::time_t t = seconds;
  std::tm tm{};
  gmtime_r(&t, &tm);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", Day(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday),
                     tm.tm_hour, tm.tm_min, tm.tm_sec);
}

// The time of day and zone in what follows or goes before a date.
std::string TimeOf(std::string_view text, const PageWords& words) {
  static const RE2 kTime(
      R"((?i)(?:^|[^\d:.])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m\b)?\.?\s*(z\b|[+-]\d{2}:?\d{2})?\s*\(?(?:([a-z]{2,5})([+-]\d{1,2})?\b)?)");
  std::string h, m, s, half, offset, zone, from_zone;
  if (!RE2::PartialMatch(text, kTime, &h, &m, &s, &half, &offset, &zone, &from_zone)) return {};
  int hour = std::stoi(h);
  if (!half.empty()) hour = hour % 12 + (half[0] == 'p' || half[0] == 'P' ? 12 : 0);
  if (hour > 23 || std::stoi(m) > 59) return {};
  if (offset == "z") offset = "Z";
  if (offset.size() == 5) offset.insert(3, ":");
  if (offset.empty() && !zone.empty()) {
    offset = words.Offset(LowerCase(zone));
    // "GMT+7": as far from a zone that has no offset of its own.
    const int hours = from_zone.empty() ? 0 : std::stoi(from_zone.substr(1));
    if (offset == "+00:00" && hours > 0 && hours <= 14) {
      offset = fmt::format("{}{:02}:00", from_zone[0], hours);
    }
  }
  return fmt::format("T{:02}:{}:{}{}", hour, m, s.empty() ? "00" : s, offset);
}

}  // namespace

std::vector<std::string> ReadByline(std::string_view line, const Metadata& metadata,
                                    const PageWords& words) {
  std::vector<std::string> out;
  if (words.Prefix(PartKind::kByline, line) == 0) return out;
  AddAuthors(std::string(line), words, metadata.publisher, Host(metadata.url), out);
  return out;
}

std::string ReadDate(std::string_view raw, std::string_view lang, const PageWords& words) {
  std::string text = Squash(raw.substr(0, 300));
  static const RE2 kIso(
      R"((?i)\b(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*([+-]\d{2}(?::?\d{2})?|[a-z]{1,5}\b)?)?)");
  std::string ys, ms, ds, hs, mins, ss, offset;
  if (RE2::PartialMatch(text, kIso, &ys, &ms, &ds, &hs, &mins, &ss, &offset)) {
    int y = std::stoi(ys), m = std::stoi(ms), d = std::stoi(ds);
    if (!ValidDay(y, m, d)) return {};
    std::string out = Day(y, m, d);
    if (hs.empty() || std::stoi(hs) > 23 || std::stoi(mins) > 59) return out;
    if (!offset.empty() && offset[0] != '+' && offset[0] != '-') {
      const std::string zone = LowerCase(offset);
      const bool none = zone == "z" || zone == "utc" || zone == "gmt";
      offset = none ? "Z" : std::string(words.Offset(zone));
    }
    if (offset.size() == 3) offset += ":00";
    if (offset.size() == 5) offset.insert(3, ":");
    return fmt::format("{}T{}:{}:{}{}", out, hs, mins, ss.empty() ? "00" : ss, offset);
  }
  static const RE2 kUnix(R"(^(\d{10})(\d{3})?$)");
  if (RE2::FullMatch(text, kUnix, &ys)) return UnixTime(std::stoll(ys));
  static const RE2 kCompact(R"(^(20\d{2})(\d{2})(\d{2})(?:T?\d*)?Z?$)");
  if (RE2::FullMatch(text, kCompact, &ys, &ms, &ds) &&
      ValidDay(std::stoi(ys), std::stoi(ms), std::stoi(ds))) {
    return Day(std::stoi(ys), std::stoi(ms), std::stoi(ds));
  }
  static const RE2 kYearFirst(R"(\b(\d{4})\s?[/.年]\s?(\d{1,2})\s?[/.月]\s?(\d{1,2}))");
  static const RE2 kNumbers(R"(\b(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})\b)");
  std::string mark;
  int y = 0, m = 0, d = 0;
  std::string rest = text;
  if (RE2::PartialMatch(text, kYearFirst, &ys, &ms, &ds)) {
    y = std::stoi(ys), m = std::stoi(ms), d = std::stoi(ds);
    RE2::Replace(&rest, kYearFirst, " ");
  } else if (RE2::PartialMatch(text, kNumbers, &ds, &mark, &ms, &ys)) {
    y = std::stoi(ys), m = std::stoi(ms), d = std::stoi(ds);
    // The order is the writer's: a month over 12 tells, else American English alone has it first.
    if (m > 12 || (d <= 12 && mark == "/" && lang == "en-us")) std::swap(m, d);
    RE2::Replace(&rest, kNumbers, " ");
  } else {
    static const RE2 kDayFirst(
        R"((?i)\b(\d{1,2})\.?(?:st|nd|rd|th)?(?:\s+de)?[\s-]+(\p{L}{3,})\.?,?(?:\s+de)?[\s-]+(\d{4}))");
    static const RE2 kMonthFirst(R"((?i)(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))");
    std::string name;
    bool day_first = RE2::PartialMatch(text, kDayFirst, &ds, &name, &ys);
    if (!day_first && !RE2::PartialMatch(text, kMonthFirst, &name, &ds, &ys)) return {};
    name = LowerCase(name);
    for (const auto& [month, number] : Months(lang.substr(0, 2))) {
      if (name == month || (m == 0 && name.size() >= 3 && month.starts_with(name))) m = number;
    }
    if (m == 0) m = words.Month(name);
    y = std::stoi(ys), d = std::stoi(ds);
    RE2::Replace(&rest, day_first ? kDayFirst : kMonthFirst, " ");
  }
  if (!ValidDay(y, m, d)) return {};
  return Day(y, m, d) + TimeOf(rest, words);
}

Metadata ReadMetadata(const html::Tree& tree, std::string_view url, const PageWords& words) {
  Metadata out;
  JsonLd ld;
  ReadJsonLd(tree, ld);
  Page page = ReadPage(tree, words);

  out.url = IsUrl(page.canonical) ? page.canonical : page.Meta({"og:url"});
  if (!IsUrl(out.url)) out.url = First(Field(ld, "url"));
  // A canonical address that is the site's front page is a mistake.
  size_t path = out.url.find('/', std::min(out.url.size(), out.url.find("://") + 3));
  if (!IsUrl(out.url) || path == std::string::npos || path + 1 == out.url.size()) {
    if (!url.empty()) out.url = url;
  }
  if (out.url.starts_with("//")) out.url.insert(0, "https:");
  std::string host = Host(out.url.empty() ? url : std::string_view(out.url));

  std::string lang = LowerCase(page.lang);
  if (lang.size() < 2) lang = LowerCase(First(Field(ld, "inLanguage")));
  if (lang.size() < 2) lang = LowerCase(page.Meta({"og:locale", "content-language", "language"}));
  std::replace(lang.begin(), lang.end(), '_', '-');
  if (lang.size() == 2 || (lang.size() > 2 && lang[2] == '-')) out.lang = lang.substr(0, 2);
  if (out.lang == "in") out.lang = "id";

  out.publisher = First(Field(ld, "publisher"));
  const std::string& site = page.Meta({"og:site_name"});
  if (out.publisher.empty()) out.publisher = site;
  if (out.publisher.empty()) out.publisher = page.Meta({"application-name", "publisher"});
  if (out.publisher.empty()) out.publisher = host;

  out.title = PickTitle(page, ld, site.empty() ? out.publisher : site, host);
  out.title_tag_alone = page.h1.empty() && First(Field(ld, "headline")).empty() &&
                        page.Meta({"og:title", "twitter:title", "dc.title"}).empty();
  out.description = page.Meta({"og:description", "description", "twitter:description"});
  if (out.description.empty()) out.description = First(Field(ld, "description"));
  out.authors = PickAuthors(page, ld, words, out.publisher, host);
  for (const std::string& name : Field(ld, "author")) AddAuthors(name, words, {}, host, out.house);
  if (out.house.empty()) AddAuthors(page.Meta({"author"}), words, {}, host, out.house);

  auto first_date = [&](const std::vector<std::string>& from) {
    for (const std::string& text : from) {
      std::string date = ReadDate(text, lang, words);
      if (!date.empty()) return date;
    }
    return std::string();
  };
  auto meta_date = [&](std::initializer_list<const char*> names) {
    for (const char* name : names) {
      auto it = page.meta.find(name);
      if (it == page.meta.end()) continue;
      std::string date = first_date(it->second);
      if (!date.empty()) return date;
    }
    return std::string();
  };
  out.published = first_date(Field(ld, "datePublished"));
  if (out.published.empty()) {
    out.published = meta_date({"article:published_time",
                               "og:article:published_time",
                               "datepublished",
                               "og:published_time",
                               "article:published",
                               "parsely-pub-date",
                               "pubdate",
                               "publishdate",
                               "publish-date",
                               "publish_date",
                               "publication_date",
                               "dc.date.issued",
                               "dcterms.created",
                               "dc.date",
                               "dc.date.created",
                               "sailthru.date",
                               "date",
                               "content_publishdate",
                               "cxenseparse:recs:publishtime",
                               "cxenseparse:publishtime",
                               "article.published",
                               "created",
                               "last-modified"});
  }
  if (out.published.empty()) out.published = first_date(page.item_dates);
  if (out.published.empty()) out.published = first_date(page.times);
  if (out.published.empty()) out.published = first_date(Field(ld, "dateCreated"));
  if (out.published.empty()) out.published = first_date(page.date_lines);
  if (out.published.empty()) out.published = first_date(page.bylines);
  if (out.published.empty()) {
    static const RE2 kInUrl(R"(/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$))");
    int y = 0, m = 0, d = 0;
    if (RE2::PartialMatch(out.url, kInUrl, &y, &m, &d) && ValidDay(y, m, d)) {
      out.published = Day(y, m, d);
    }
  }
  out.modified = first_date(Field(ld, "dateModified"));
  if (out.modified.empty()) {
    out.modified = meta_date({"article:modified_time", "og:updated_time", "datemodified",
                              "article:modified", "lastmod"});
  }

  std::vector<std::string> tags = Field(ld, "keywords");
  if (auto it = page.meta.find("article:tag"); tags.empty() && it != page.meta.end()) {
    tags = it->second;
  }
  if (tags.empty()) tags = page.tag_links;
  if (tags.empty()) tags = {page.Meta({"news_keywords", "keywords"})};
  for (const std::string& list : tags) {
    for (size_t at = 0; at <= list.size() && out.tags.size() < 40;) {
      size_t end = std::min(list.find_first_of(",;", at), list.size());
      std::string tag = Squash(std::string_view(list).substr(at, end - at));
      if (!tag.empty() && tag.size() < 100 &&
          std::find(out.tags.begin(), out.tags.end(), tag) == out.tags.end()) {
        out.tags.push_back(std::move(tag));
      }
      at = end + 1;
    }
  }
  if (ld.article != nullptr) {
    auto free = ld.article->find("isAccessibleForFree");
    if (free != ld.article->end()) {
      out.paywall = (free->is_boolean() && !free->get<bool>()) ||
                    (free->is_string() && LowerCase(free->get<std::string>()) == "false");
    }
    auto body = ld.article->find("articleBody");
    if (body != ld.article->end() && body->is_string()) {
      out.body = Squash(body->get_ref<const std::string&>());
    }
  }
  return out;
}

}  // namespace kronik
