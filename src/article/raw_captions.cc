#include "article/raw_captions.h"

#include "base/ascii.h"
#include "base/tsv.h"

namespace kronik {
namespace {

// "AFP A truck at the borderAFP": what a picture shows, for those who don't see it; its caption
// is the line below.
bool TakePictureText(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  const auto words = SplitCell(line.text, ' ');
  for (size_t size = 1; size <= 2 && size + 3 < words.size(); ++size) {
    const std::string_view last = words[size - 1];
    const std::string agency =
        line.text.substr(0, static_cast<size_t>(last.data() - line.text.data()) + last.size());
    if (report.words.AgencyOf(agency).empty() || !line.text.ends_with(agency) ||
        line.text.ends_with(" " + agency)) {
      continue;
    }
    MakeResidue(line, "caption");
    if (i + 1 >= report.lines.size() || report.lines[i + 1].role != LineRole::kUnset) return true;
    RawLine& next = report.lines[i + 1];
    if (next.words >= 3 && next.words <= 40 && !(i + 1 == report.body || next.strong)) {
      AddCaption(report, next, {next.text, report.words.ReadCredit(agency)});
    }
    return true;
  }
  return false;
}

// "A. Name/AP", "ANTARA/A. Name" beside a picture's caption.
bool TakeNameAndAgency(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  const size_t slash = line.text.rfind('/');
  if (i == 0 || slash == std::string::npos || line.words > 6 || line.ends) return false;
  const std::string_view left = std::string_view(line.text).substr(0, slash);
  const std::string_view right = std::string_view(line.text).substr(slash + 1);
  if (!report.words.IsNameLike(left) || !report.words.IsNameLike(right) ||
      (report.words.AgencyOf(left).empty() && report.words.AgencyOf(right).empty())) {
    return false;
  }
  RawLine& before = report.lines[i - 1];
  if (before.role == LineRole::kCaption && !report.article.captions.empty()) {
    if (report.article.captions.back().credit.text.empty()) {
      report.article.captions.back().credit = report.words.ReadCredit(line.text);
    }
  } else if (before.role == LineRole::kUnset && before.words >= 4) {
    AddCaption(report, before, {before.text, report.words.ReadCredit(line.text)});
  }
  report.captions.insert(line.key);
  MakeResidue(line, "caption");
  return true;
}

// A line that is nothing but a credit belongs to the caption before it.
bool TakeCredit(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  if (line.cue.kind != "credit") return false;
  // "Photo: The ministers in Oslo. (AP)": the label of a caption.
  const std::string_view rest = std::string_view(line.text).substr(line.cue.rest);
  if (const Caption caption = report.words.SplitCredit(rest);
      !caption.credit.text.empty() && SplitCell(caption.text, ' ').size() >= 5) {
    AddCaption(report, line, caption);
    return true;
  }
  if (line.words > 20) return false;
  const Credit credit = report.words.ReadCredit(line.text);
  if (i > 0) {
    RawLine& before = report.lines[i - 1];
    if (before.role == LineRole::kCaption && !report.article.captions.empty()) {
      if (report.article.captions.back().credit.text.empty())
        report.article.captions.back().credit = credit;
    } else if ((before.role == LineRole::kUnset || before.role == LineRole::kDeck) &&
               !before.strong && !line.after_blank) {
      if (before.role == LineRole::kDeck) report.article.deck.clear();
      AddCaption(report, before, {before.text, credit});
    } else if (before.role == LineRole::kUnset && i - 1 < report.body && !line.after_blank) {
      AddCaption(report, before, {before.text, credit});
    }
  }
  MakeResidue(line, "caption");
  return true;
}

}  // namespace

Caption SplitSlashed(const ArticleWords& words, const std::string& text) {
  constexpr size_t kLongest = 50;  // bytes
  const size_t open = text.ends_with(')') ? text.rfind('(') : kNowhere;
  if (open == kNowhere || open == 0 || text.size() - open > kLongest) return {text, {}};
  const std::string inner = text.substr(open + 1, text.size() - open - 2);
  const bool numbers = inner.find_first_of("0123456789") != kNowhere;
  if (numbers || inner.find('/') == kNowhere) return {text, {}};
  return {std::string(TrimAscii(std::string_view(text).substr(0, open))), words.ReadCredit(inner)};
}

bool TakeCreditLine(RawReport& report, size_t i) {
  return TakeCredit(report, i) || TakeNameAndAgency(report, i) || TakePictureText(report, i);
}

void AddCaption(RawReport& report, RawLine& line, const Caption& caption) {
  line.strong = false;
  // Twice is once, be it with a credit or without.
  size_t count = 0;
  const std::string bare = KeyOf(caption.text, count);
  const bool known =
      report.captions.contains(line.key) || (count >= 4 && report.captions.contains(bare));
  report.captions.insert(line.key);
  report.captions.insert(bare);
  if (known) {
    MakeResidue(line, "caption");
    return;
  }
  line.role = LineRole::kCaption;
  if (!caption.text.empty()) report.article.captions.push_back(caption);
}

bool TakeCaptionInside(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  // A paragraph may end "... (AFP)", so a bracket alone makes no caption of a sentence.
  const Caption caption = report.words.SplitCredit(line.text);
  const bool credited = !caption.credit.text.empty();
  const bool labelled = line.cue.kind == "caption" && line.words <= 60;
  const bool plain = credited && !report.words.AgencyOf(caption.credit.text).empty();
  const bool next_credit = i + 1 < report.lines.size() &&
                           report.lines[i + 1].cue.kind == "credit" &&
                           !report.lines[i + 1].after_blank && line.words <= 40;
  // The credit below the last paragraph is of the picture at the top.
  if (next_credit && !credited && !(line.strong && i == report.last)) {
    AddCaption(report, line, {line.text, {}});
    return true;
  }
  if (!labelled && !(credited && line.words <= 60 && (!plain || !line.ends) && i != report.body)) {
    return false;
  }
  AddCaption(report, line, caption);
  return true;
}

}  // namespace kronik
