#include "article/raw_bylines.h"

#include <re2/re2.h>

#include <algorithm>
#include <iterator>

#include "article/raw_steps.h"
#include "base/ascii.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

// The authors in a line of names; an outlet where it names nobody else.
std::vector<std::string> NamesIn(const ArticleWords& words, std::string_view names) {
  std::vector<std::string> authors = words.SplitAuthors(names);
  if (authors.empty() && !words.AgencyOf(names).empty()) authors.emplace_back(names);
  return authors;
}

// "CAIRO, March 18, 2023 (Nile Wire)": a dateline on a line of its own, `rest` without its date.
bool IsDatedPlace(const RawLine& line, std::string_view rest) {
  static const RE2* const kPlace =
      new RE2(R"(^([^|()]{3,40}), *\|[ ,]*(?:\([^()]{2,40}\))?[.:]?$)");
  std::string place;
  return line.words <= 12 && RE2::FullMatch(rest, *kPlace, &place) && AllUpper(place);
}

// A part of a byline without times, months and words like "published".
std::string WithoutFiller(const ArticleWords& words, std::string_view part) {
  static const RE2* const kTime = new RE2(R"([\d:.]+(?:[ap]\.?m)?)");
  std::string names;
  for (const std::string_view word : SplitCell(part, ' ')) {
    std::string_view bare = word;
    while (!bare.empty() && std::string_view(",.:;()").find(bare.back()) != kNowhere) {
      bare.remove_suffix(1);
    }
    while (!bare.empty() && bare.front() == '(') bare.remove_prefix(1);
    // "A. Name, Reporter-Sunday, 5 May"
    if (const size_t dash = bare.find('-'); dash != kNowhere) {
      const bool day = words.IsWord("filler", bare.substr(dash + 1));
      if (day && words.IsWord("job", bare.substr(0, dash))) continue;
    }
    if (bare.empty() || bare[0] == '+' || words.IsWord("filler", bare) || words.IsMonth(bare) ||
        words.IsZone(bare) || RE2::FullMatch({bare.data(), bare.size()}, *kTime)) {
      continue;
    }
    if (!names.empty()) names += ' ';
    names += word;
  }
  return names;
}

// A line's parts with one bar between them; a comma is inside of lists of names.
std::string Barred(std::string text) {
  for (const std::string_view mark :
       {"•", "·", " - ", " – ", " — ", "—", " / ", "/ ", "»", ">", ";"}) {
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      text.replace(at, mark.size(), "|");
    }
  }
  return text;
}

// What stands beside the parts of a byline.
struct Beside {
  bool dated = false;     // a date, on the same line
  bool labelled = false;  // the line has a label
  bool barred = false;    // several parts
};

// Takes the authors of one part: a label and names, names alone, or filler. False if something in
// it is none of these.
bool ReadPart(const ArticleWords& words, std::string_view part, const Beside& beside,
              NameLine& meta) {
  const LineCue cue = words.CueOf(part);
  const bool byline = cue.kind == "byline";
  if (cue.kind == "editor" || cue.kind == "source") return true;
  if (byline || cue.kind == "date" || cue.kind == "modified") part = part.substr(cue.rest);
  if (byline && !words.AgencyOf(part).empty()) {
    meta.authors.emplace_back(TrimAscii(part));
    return true;
  }
  const std::string names = WithoutFiller(words, part);
  if (names.empty()) return true;
  const bool agency = !words.AgencyOf(names).empty();
  if (!byline && agency) return true;
  if (!words.IsNameLike(names)) return false;
  const std::vector<std::string> authors = words.SplitAuthors(names);
  const auto single = [](const std::string& name) { return name.find(' ') == std::string::npos; };
  // "... | World, Japan": what it is filed under.
  if (!byline && authors.size() > 1 && std::all_of(authors.begin(), authors.end(), single)) {
    return true;
  }
  // "Jakarta, 20 October 2023": one word beside a date is no author.
  if (!byline && authors.size() == 1 && single(authors[0]) &&
      (!beside.barred || words.CueOf(names).kind == "navigation")) {
    return true;
  }
  if (byline && authors.empty() && agency) {
    meta.authors.push_back(names);
    return true;
  }
  if (!byline && !beside.dated && !beside.labelled) return false;
  meta.authors.insert(meta.authors.end(), authors.begin(), authors.end());
  return true;
}

// The authors of a byline, given without its date. False if it holds anything else.
bool ReadParts(const ArticleWords& words, const std::string& rest, bool labelled, NameLine& meta) {
  const std::string text = Barred(rest);
  const bool dated = meta.date.has_value();
  const Beside beside{dated, labelled, std::count(text.begin(), text.end(), '|') > (dated ? 1 : 0)};
  for (const std::string_view part : SplitCell(text)) {
    if (!ReadPart(words, part, beside, meta)) return false;
  }
  return dated || !meta.authors.empty();
}

// "Kamis, 26 Sep 2024 14:05 WIB", and nothing else.
bool IsDateAlone(const RawReport& report, size_t i) {
  if (i >= report.lines.size() || report.lines[i].words > 10) return false;
  const std::optional<FoundDate> date =
      report.words.FindDate(report.lines[i].text, report.article.lang);
  if (!date) return false;
  const std::string_view text = report.lines[i].text;
  for (const std::string_view side : {text.substr(0, date->start), text.substr(date->end)}) {
    for (const std::string_view word : SplitCell(side, ' ')) {
      const std::string_view bare = TrimAscii(word, ",.|/-–");
      const bool time = bare.find_first_not_of("0123456789:.") == kNowhere;
      if (!time && !report.words.IsWord("filler", bare)) return false;
    }
  }
  return true;
}

// "A. Name · Outlet", "A. Name | Reuters"; beside a date of its own line also "A. Name -
// AnyOutlet".
bool NameBesideOutlet(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  if (line.words > 10 || line.ends) return false;
  for (const std::string_view mark : {" · ", " • ", " | ", " / ", " - ", " – "}) {
    const size_t at = line.text.find(mark);
    if (at == std::string::npos) continue;
    const std::string_view name = std::string_view(line.text).substr(0, at);
    std::string_view outlet = std::string_view(line.text).substr(at + mark.size());
    outlet = outlet.substr(0, outlet.find(mark.substr(0, mark.size() - 1)));
    if (!report.words.IsNameLike(name)) continue;
    const bool full = outlet.find(' ') == kNowhere && name.find(' ') != kNowhere;
    if (report.words.AgencyOf(outlet).empty() &&
        !(full && ((i > 0 && IsDateAlone(report, i - 1)) || IsDateAlone(report, i + 1)))) {
      continue;
    }
    std::vector<std::string> authors = report.words.SplitAuthors(name);
    if (authors.empty() || authors[0].find(' ') == std::string::npos) return false;
    line.role = LineRole::kMeta;
    if (report.beside_publisher.empty()) report.beside_publisher = report.words.OutletName(outlet);
    report.metas.push_back({i, std::nullopt, false, std::move(authors)});
    return true;
  }
  return false;
}

// "A. Name in Oslo and agencies": the name.
std::string_view WithoutPost(const ArticleWords& words, std::string_view text) {
  for (const std::string_view word : SplitCell(text, ' ')) {
    if (words.IsWord("post", word) && word.data() > text.data()) {
      return TrimAscii(text.substr(0, static_cast<size_t>(word.data() - text.data())));
    }
  }
  return text;
}

// "A. Name — name@outlet.com": the name.
std::string_view WithoutMail(std::string_view text) {
  const size_t last = text.rfind(' ');
  const size_t sign = text.rfind('@');
  if (last == kNowhere || sign == kNowhere || sign < last) return text;
  text = text.substr(0, last);
  for (const std::string_view mark : {" ", "—", "–", "-", "|", "/", ":", "("}) {
    while (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  return text;
}

// "A. Name in Oslo | name@outlet.com": the name alone.
std::string_view NameAlone(const ArticleWords& words, std::string_view text) {
  return WithoutPost(words, WithoutMail(text));
}

// "Wire One, Oslo": an outlet, and where its author sits.
bool IsOutletAndPlace(const RawReport& report, size_t i) {
  const std::string_view text = report.lines[i].text;
  const size_t comma = text.find(',');
  return i < report.body && report.lines[i].words <= 6 && comma != kNowhere &&
         report.words.IsNameLike(text.substr(comma + 1)) &&
         !report.words.AgencyOf(text.substr(0, comma)).empty();
}

bool IsDated(const RawReport& report, size_t i) {
  if (i >= report.lines.size() || report.lines[i].role != LineRole::kMeta) return false;
  return std::any_of(report.metas.begin(), report.metas.end(), [&](const NameLine& meta) {
    return meta.line == i && meta.date && meta.authors.empty();
  });
}

// Whether a line starts with a word that joins names: "and B. Name".
bool JoinsNames(const RawReport& report, size_t i) {
  if (i >= report.body || report.lines[i].words > 6 || report.lines[i].ends) return false;
  const std::string_view text = report.lines[i].text;
  return report.words.IsWord("conjunction", text.substr(0, text.find(' '))) &&
         report.words.IsNameLike(text);
}

// "ABC News Live", "BBC News, Oslo": whether a line starts with an outlet's name.
bool StartsWithOutlet(const ArticleWords& words, std::string_view text) {
  constexpr size_t kLongest = 4;  // words
  size_t end = 0;
  for (size_t i = 0; i < kLongest && end != kNowhere; ++i) {
    end = text.find(' ', end + 1);
    if (!words.AgencyOf(text.substr(0, end)).empty()) return true;
  }
  return false;
}

// A name alone next to the date, or an outlet's name right above the story.
bool IsAuthorLine(const RawReport& report, size_t i) {
  const RawLine& line = report.lines[i];
  const std::string_view name = NameAlone(report.words, line.text);
  if (line.words > (name == line.text ? 6 : 10) || line.ends || report.title == kNowhere ||
      i < report.title) {
    return false;
  }
  if (!report.words.AgencyOf(line.text).empty()) {
    return i + 1 == report.body || IsDated(report, i + 1) || IsDated(report, i - 1);
  }
  // What stands there twice is navigation, but for a byline whose author has a box of his own
  // below.
  const bool beside = IsDated(report, i + 1) || JoinsNames(report, i + 1);
  if ((line.repeated && !beside) || line.words < 2 || !report.words.IsNameLike(name)) return false;
  if (StartsWithOutlet(report.words, name)) return false;
  for (const std::string_view word : SplitCell(name, ' ')) {
    if (report.words.IsWord("filler", word)) return false;
  }
  const bool below = i == report.title + 1 ||
                     (i == report.title + 2 && report.lines[i - 1].role == LineRole::kDeck);
  const bool shared =
      report.lines[i + 1].role == LineRole::kResidue && report.lines[i + 1].residue == "share";
  const bool named = std::any_of(
      report.metas.begin(), report.metas.end(),
      [&](const NameLine& meta) { return meta.line < report.body && !meta.authors.empty(); });
  return beside || IsJob(report, i + 1) ||
         (!named && i > report.title + 1 && IsDated(report, i - 1)) ||
         (below && (i + 1 == report.body || shared));
}

// "Reporter:" alone: the name stands on the next line; behind a comma another one.
void TakeNextName(RawReport& report, size_t i) {
  for (size_t at = i + 1; at < report.lines.size(); ++at) {
    RawLine& next = report.lines[at];
    if (next.words > 12 || next.ends || !report.words.IsNameLike(next.text)) return;
    std::string_view names = next.text;
    const LineCue cue = report.words.CueOf(names);
    if (cue.kind == "byline") names = names.substr(cue.rest);
    report.metas.push_back({at, std::nullopt, false, NamesIn(report.words, names)});
    next.role = LineRole::kMeta;
    next.strong = false;
    if (!names.ends_with(',')) return;
  }
}

// A line without a date: authors behind a label, or beside their outlet.
void TakeNames(RawReport& report, size_t i) {
  RawLine& line = report.lines[i];
  if (line.cue.kind.empty()) NameBesideOutlet(report, i);
  if (line.cue.kind != "byline") return;
  NameLine meta{i, std::nullopt, false, {}};
  const bool alone = line.cue.rest >= line.text.size() && i + 1 < report.lines.size();
  if (!alone &&
      ((line.ends && line.words > 6) || !ReadParts(report.words, line.text, true, meta))) {
    return;
  }
  line.role = LineRole::kMeta;
  line.strong = false;
  if (alone) {
    TakeNextName(report, i);
  } else {
    report.metas.push_back(std::move(meta));
  }
}

// Takes the further dates of a line out of `rest`, each behind a label that says which it is:
// "3 May 2024 10:15 (Updated: 3 May 2024 12:30)".
void TakeFurtherDates(const RawReport& report, std::string& rest, size_t line,
                      std::vector<NameLine>& found) {
  constexpr int kMost = 3;
  for (int round = 0; round < kMost; ++round) {
    const std::optional<FoundDate> date = report.words.FindDate(rest, report.article.lang);
    if (!date) return;
    std::string_view before = std::string_view(rest).substr(0, date->start);
    before = before.substr(before.find_last_of("|(") + 1);
    const LineCue cue = report.words.CueOf(before);
    if (cue.kind == "date" || cue.kind == "modified") {
      found.push_back({line, date, cue.kind == "modified", {}});
    }
    rest = rest.substr(0, date->start) + " | " + rest.substr(date->end);
  }
}

// A line with a date and nothing else but authors, labels, or a place.
void TakeDatedLine(RawReport& report, size_t i, const FoundDate& date) {
  RawLine& line = report.lines[i];
  const std::string_view kind = line.cue.kind;
  const std::string_view text = line.text;
  NameLine meta{i, date, false, {}};
  // The label nearest before the date says which date it is.
  const auto before = SplitCell(text.substr(0, date.start));
  meta.modified = !before.empty() && report.words.CueOf(before.back()).kind == "modified";
  std::string rest = line.text.substr(0, date.start) + " | " + line.text.substr(date.end);
  if (IsDatedPlace(line, rest)) {
    report.place_line = i;
    rest = " | ";
  }
  const bool labelled = kind == "byline" || kind == "date" || kind == "modified";
  std::vector<NameLine> further;
  TakeFurtherDates(report, rest, i, further);
  if (!ReadParts(report.words, rest, labelled, meta)) return;
  line.role = LineRole::kMeta;
  line.strong = false;
  report.metas.push_back(std::move(meta));
  std::move(further.begin(), further.end(), std::back_inserter(report.metas));
}

}  // namespace

bool IsJob(const RawReport& report, size_t i) {
  if (i >= report.body || report.lines[i].words > 6 || report.lines[i].ends) return false;
  if (IsOutletAndPlace(report, i)) return true;
  if (report.lines[i].cue.kind == "byline") return false;  // "Reporter", and the name below
  const std::vector<std::string_view> words = SplitCell(report.lines[i].text, ' ');
  return report.words.IsWord("job", words.back()) || report.words.IsWord("job", words.front());
}

bool IsPlaceAlone(const RawReport& report, size_t i) {
  const RawLine& line = report.lines[i];
  return i + 1 == report.body && line.words <= 3 && AllUpper(line.text) && !line.ends &&
         line.cue.kind.empty() && report.words.IsNameLike(line.text);
}

bool TakeAuthorLine(RawReport& report, size_t i) {
  if (!IsAuthorLine(report, i)) return false;
  RawLine& line = report.lines[i];
  line.role = LineRole::kMeta;
  std::vector<std::string> authors = NamesIn(report.words, NameAlone(report.words, line.text));
  report.metas.push_back({i, std::nullopt, false, std::move(authors)});
  return true;
}

void MarkBylines(RawReport& report) {
  for (size_t i = 0; i < report.lines.size(); ++i) {
    RawLine& line = report.lines[i];
    if (line.role != LineRole::kUnset || line.words > 24 || line.bullet) continue;
    if (line.cue.kind == "source" && line.words <= 8) {
      line.role = LineRole::kMeta;
    } else if (const auto date = report.words.FindDate(line.text, report.article.lang)) {
      TakeDatedLine(report, i, *date);
    } else {
      TakeNames(report, i);
    }
  }
}

}  // namespace kronik
