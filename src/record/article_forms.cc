#include "record/article_forms.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace kronik {
namespace {

// Valid UTF-8 without control characters and noncharacters; tabs and line ends stay.
std::string Clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text, at);
    const bool control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
    if (!control && (c & 0xFFFE) != 0xFFFE) AppendUtf8(c, out);
  }
  return out;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// "A. Writer, B. Writer · 2025-01-14 · OSLO · The Paper", each part made by `form`.
template <typename Form>
std::string Byline(const Article& article, Form form) {
  std::string authors;
  for (const std::string& author : article.authors)
    authors += (authors.empty() ? "" : ", ") + author;
  std::string line;
  for (const std::string& part : {authors, article.published, article.place, article.publisher}) {
    if (!part.empty()) line += (line.empty() ? "" : " · ") + form(part);
  }
  return line;
}

// The blocks without the deck, which stands above them.
std::vector<std::pair<BlockKind, std::string>> BodyOf(const Article& article) {
  std::vector<std::pair<BlockKind, std::string>> body;
  for (const Block& block : article.blocks) {
    const std::string_view text =
        std::string_view(article.text).substr(block.start, block.end - block.start);
    if (&block == &article.blocks.front() && text == article.deck) continue;
    body.emplace_back(block.kind, Clean(text));
  }
  return body;
}

// ---- Markdown ----------------------------------------------------------------------------------

// Text that Markdown shows as it is. At the start of a line more characters have a meaning.
std::string MarkdownLine(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  text.remove_prefix(first);
  std::string out;
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  for (size_t i = 0; i < text.size(); ++i) {
    constexpr std::string_view kEverywhere = "\\`*_[]<>&|~$";
    constexpr std::string_view kAtStart = "#+-=:";
    const bool numbered = digits > 0 && i == digits && (text[i] == '.' || text[i] == ')');
    if (kEverywhere.find(text[i]) != std::string_view::npos || numbered ||
        (i == 0 && kAtStart.find(text[i]) != std::string_view::npos)) {
      out += '\\';
    }
    out += text[i];
  }
  return out;
}

std::string Markdown(std::string_view text, std::string_view prefix = "") {
  std::string out;
  const std::string clean = Clean(text);
  for (const std::string_view line : Split(clean, '\n')) {
    const std::string escaped = MarkdownLine(line);
    if (escaped.empty()) continue;
    if (!out.empty()) out += '\n';
    out += prefix;
    out += escaped;
  }
  return out;
}

// On one line, for what a line end would end.
std::string MarkdownWords(std::string_view text) { return Markdown(Squash(text)); }

std::string MarkdownTable(std::string_view text) {
  size_t columns = 0;
  const std::vector<std::string_view> rows = Split(text, '\n');
  for (const std::string_view row : rows) columns = std::max(columns, Split(row, '\t').size());
  std::string out;
  for (size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::string_view> cells = Split(rows[r], '\t');
    out += (r == 0 ? "|" : "\n|");
    for (size_t c = 0; c < columns; ++c) {
      out += " " + (c < cells.size() ? MarkdownWords(cells[c]) : "") + " |";
    }
    if (r > 0) continue;
    out += "\n|";
    for (size_t c = 0; c < columns; ++c) out += " --- |";
  }
  return out;
}

// ---- HTML --------------------------------------------------------------------------------------

std::string Html(std::string_view text) {
  std::string out;
  AppendEscaped(Clean(text), out);
  return out;
}

std::string Element(std::string_view tag, std::string_view inner) {
  const std::string name(tag.substr(0, tag.find(' ')));
  return "<" + std::string(tag) + ">" + std::string(inner) + "</" + name + ">";
}

std::string HtmlBlock(BlockKind kind, const std::string& text) {
  std::string inner;
  switch (kind) {
    case BlockKind::kParagraph:
      return Element("p", Html(text));
    case BlockKind::kHeading:
      return Element("h2", Html(text));
    case BlockKind::kQuote:
      return Element("blockquote", Element("p", Html(text)));
    case BlockKind::kList:
      for (const std::string_view item : Split(text, '\n')) inner += Element("li", Html(item));
      return Element("ul", inner);
    case BlockKind::kTable:
      for (const std::string_view row : Split(text, '\n')) {
        std::string cells;
        for (const std::string_view cell : Split(row, '\t')) cells += Element("td", Html(cell));
        inner += Element("tr", cells);
      }
      return Element("table", inner);
  }
  return {};
}

}  // namespace

std::string ArticleAsText(const Article& article) {
  std::string out;
  const auto add = [&](std::string_view part) {
    if (part.empty()) return;
    if (!out.empty()) out += '\n';
    out += Clean(part) + "\n";
  };
  add(article.title);
  add(article.deck);
  std::string meta = Byline(article, [](const std::string& part) { return part; });
  if (!article.url.empty()) meta += (meta.empty() ? "" : "\n") + article.url;
  add(meta);
  for (const auto& [kind, text] : BodyOf(article)) {
    if (kind != BlockKind::kList && kind != BlockKind::kQuote) {
      add(text);
      continue;
    }
    std::string lines;
    for (const std::string_view line : Split(text, '\n')) {
      lines += (lines.empty() ? "" : "\n") + std::string(kind == BlockKind::kList ? "- " : "    ");
      lines += line;
    }
    add(lines);
  }
  for (const Caption& caption : article.captions) {
    const std::string& credit = caption.credit.text;
    add("[" + caption.text + (credit.empty() || caption.text.empty() ? "" : " ") +
        (credit.empty() ? "" : "(" + credit + ")") + "]");
  }
  return out;
}

std::string ArticleAsMarkdown(const Article& article) {
  std::string out;
  const auto add = [&](std::string_view before, const std::string& part, std::string_view after) {
    if (part.empty()) return;
    if (!out.empty()) out += '\n';
    out += std::string(before) + part + std::string(after) + "\n";
  };
  add("# ", MarkdownWords(article.title), "");
  add("**", MarkdownWords(article.deck), "**");
  add("", Byline(article, MarkdownWords), "");
  add("", MarkdownWords(article.url), "");
  for (const auto& [kind, text] : BodyOf(article)) {
    switch (kind) {
      case BlockKind::kParagraph:
        add("", Markdown(text), "");
        break;
      case BlockKind::kHeading:
        add("## ", MarkdownWords(text), "");
        break;
      case BlockKind::kQuote:
        add("", Markdown(text, "> "), "");
        break;
      case BlockKind::kList:
        add("", Markdown(text, "- "), "");
        break;
      case BlockKind::kTable:
        add("", MarkdownTable(text), "");
        break;
    }
  }
  for (const Caption& caption : article.captions) {
    std::string text = MarkdownWords(caption.text);
    if (!text.empty()) text = "*" + text + "*";
    if (!caption.credit.text.empty()) {
      text += (text.empty() ? "" : " ") + MarkdownWords("(" + caption.credit.text + ")");
    }
    add("", text, "");
  }
  return out;
}

std::string ArticleAsHtml(const Article& article) {
  const std::string lang = article.lang.empty() ? "" : " lang=\"" + Html(article.lang) + "\"";
  std::string out = "<article" + lang + ">\n<header>\n";
  const auto add = [&](std::string_view tag, const std::string& inner) {
    if (!inner.empty()) out += Element(tag, inner) + "\n";
  };
  add("h1", Html(article.title));
  add("p class=\"deck\"", Html(article.deck));
  add("p class=\"byline\"", Byline(article, [&](const std::string& part) {
        const std::string text = Html(part);
        return part == article.published ? Element("time datetime=\"" + text + "\"", text) : text;
      }));
  const std::string url = Html(article.url);
  const bool link = article.url.starts_with("http://") || article.url.starts_with("https://");
  add("p class=\"address\"", link ? Element("a href=\"" + url + "\"", url) : url);
  out += "</header>\n";
  for (const auto& [kind, text] : BodyOf(article)) out += HtmlBlock(kind, text) + "\n";
  for (const Caption& caption : article.captions) {
    std::string inner = Html(caption.text);
    if (!caption.credit.text.empty()) {
      inner += (inner.empty() ? "" : " ") + Element("small", Html(caption.credit.text));
    }
    add("figure", Element("figcaption", inner));
  }
  return out + "</article>\n";
}

}  // namespace kronik
