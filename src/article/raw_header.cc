// What the lines above the story are: captions, deck, names of authors, furniture.
#include "article/raw_bylines.h"
#include "article/raw_captions.h"
#include "article/raw_steps.h"

namespace kronik {
namespace {

void MakeDeck(RawReport& report, RawLine& line) {
  line.role = LineRole::kDeck;
  line.strong = false;
  report.article.deck = line.text;
}

// What has been met on the way down to the line.
struct Above {
  bool meta = false;    // a byline or an editor, below the title
  bool list = false;    // the heading of a list of other stories
  bool points = false;  // "Key points"
};

// Whether the line above is a credit and nothing else.
bool IsBelowCredit(const RawReport& report, size_t i) {
  if (i == 0) return false;
  const RawLine& line = report.lines[i - 1];
  if (line.role == LineRole::kResidue && line.residue == "caption") {
    return i == 1 || report.lines[i - 2].role != LineRole::kCaption;
  }
  if (line.role != LineRole::kCaption) return false;
  const Caption above = report.words.SplitCredit(line.text);
  return above.text.empty() && !above.credit.text.empty();
}

// "A. Name is a reporter in Oslo.": who wrote the story.
bool IsAboutAuthor(const RawReport& report, size_t i) {
  constexpr size_t kNear = 60;  // lines, of the story
  const RawLine& line = report.lines[i];
  if (i + kNear < report.body) return false;
  for (const NameLine& meta : report.metas) {
    if (meta.line >= report.body || meta.line + kNear < report.body) continue;
    for (const std::string& author : meta.authors) {
      if (author.find(' ') != kNowhere && line.text.starts_with(author)) return true;
    }
  }
  return false;
}

// A caption by its credit, its label, or by standing there twice.
bool TakeCaption(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  const RawLine& next = report.lines[i + 1];
  Caption caption = report.words.SplitCredit(line.text);
  const bool next_credit = next.cue.kind == "credit" && !next.after_blank && line.words >= 2;
  if (caption.credit.text.empty()) caption = SplitSlashed(report.words, line.text);
  if (caption.credit.text.empty() && line.ends && line.words >= 4 && IsBelowCredit(report, i)) {
    caption.credit = report.words.ReadCredit(report.lines[i - 1].text);
  }
  if (caption.credit.text.empty() && line.cue.kind != "caption" && !next_credit &&
      !(line.repeated && line.ends && line.words >= 4)) {
    return false;
  }
  AddCaption(report, line, caption);
  return true;
}

// Whether a line below the title is the deck: right below it, or the lead above a dateline.
bool IsDeck(const RawReport& report, size_t i, const Above& above) {
  const RawLine& line = report.lines[i];
  if (!report.article.deck.empty()) return false;
  return (!above.meta && !line.repeated && i <= report.title + 2) ||
         (line.strong && i + 1 == report.body);
}

void MarkLine(RawReport& report, size_t i, const Above& above) {
  RawLine& line = report.lines[i];
  const bool placed = report.title != kNowhere && i > report.title;
  if (placed && IsPlaceAlone(report, i)) {
    line.role = LineRole::kMeta;
    report.place_line = i;
    return;
  }
  if (TakeCaption(report, i)) return;
  if (line.key == report.deck_key && report.article.deck.empty()) {
    MakeDeck(report, line);
  } else if (TakeAuthorLine(report, i)) {
    return;
  } else if (IsAboutAuthor(report, i)) {
    MakeResidue(line, "other");
  } else if (report.captions.contains(line.key)) {
    MakeResidue(line, "caption");
  } else if (above.points && !line.ends) {
    MakeResidue(line, "other");
  } else if (line.bullet || line.words < 4) {
    MakeResidue(line, above.list && line.bullet ? "related" : !placed ? "navigation" : "other");
  } else if (placed && IsDeck(report, i, above)) {
    MakeDeck(report, line);
  } else if (placed && line.words >= 5 && (above.meta || line.ends) && !line.repeated &&
             !line.text.ends_with('?') && !report.lines[i - 1].text.ends_with(':')) {
    AddCaption(report, line, report.words.SplitCredit(line.text));
  } else {
    MakeResidue(line, placed ? "other" : "navigation");
  }
}

}  // namespace

void MarkHeader(RawReport& report) {
  if (report.body == kNowhere) return;
  Above above;
  for (size_t i = 0; i < report.body; ++i) {
    RawLine& line = report.lines[i];
    above.list |= line.role == LineRole::kResidue && line.cue.heading;
    above.points |= report.words.IsWord("points", line.text);
    above.meta |= (line.role == LineRole::kMeta || line.residue == "editor") && i > report.title;
    if (line.role != LineRole::kUnset) continue;
    if (report.title != kNowhere && line.key == report.lines[report.title].key) {
      MakeResidue(line, "title");
    } else if (!TakeCreditLine(report, i)) {
      MarkLine(report, i, above);
    }
  }
}

}  // namespace kronik
