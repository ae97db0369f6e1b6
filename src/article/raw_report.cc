#include "article/raw_report.h"

#include <re2/re2.h>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

Link LinkOf(std::string_view rest) {
  Link link;
  const size_t http = rest.find("http");
  if (http != kNowhere && IsUrl(rest.substr(http))) {
    link.url = std::string(rest.substr(http));
    rest = rest.substr(0, http);
  }
  while (!rest.empty() && (rest.front() == ':' || rest.front() == ' ')) rest.remove_prefix(1);
  link.text = Squash(rest);
  return link;
}

}  // namespace

void MakeResidue(RawLine& line, std::string_view kind) {
  line.role = LineRole::kResidue;
  line.residue = std::string(kind);
  line.strong = false;
}

bool IsButton(const RawLine& line) { return line.residue == "share" && line.repeated; }

bool IsAge(const ArticleWords& words, std::string_view text) {
  static const RE2* const kNumber = new RE2(R"(\d+[hmdsw]?)");
  if (text.empty() || text.size() > 60) return false;
  for (const std::string_view word : SplitCell(text, ' ')) {
    const bool number = RE2::FullMatch({word.data(), word.size()}, *kNumber);
    if (!number && !words.IsWord("filler", word)) return false;
  }
  return true;
}

// One word ("here") is no title of a story.
void AddRelated(RawReport& report, std::string_view text) {
  Link link = LinkOf(text);
  if (link.text.find(' ') == std::string::npos || IsAge(report.words, link.text)) return;
  report.article.related.push_back(std::move(link));
}

// "(WIL)", "(abc/def)": the initials of who wrote and edited.
bool IsInitials(std::string_view text) {
  static const RE2* const kInitials = new RE2(R"(^[(\[]\pL{2,5}(?:\s?[/\-|,]\s?\pL{2,5})*[)\]]$)");
  return text.size() <= 40 && RE2::FullMatch({text.data(), text.size()}, *kInitials);
}

}  // namespace kronik
