#include "article/article_words.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "base/ascii.h"
#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

// Furniture is short; what lies further into a line is not asked for dates or credits.
constexpr size_t kLineHead = 400;
constexpr size_t kNowhere = std::string_view::npos;

int ToInt(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string Two(int value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

bool IsDay(int year, int month, int day) {
  static constexpr std::array<int, 13> kDays = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2 && day == 29) return leap;
  return day <= kDays[static_cast<size_t>(month)];
}

// Where `part`, a view into `whole`, starts.
size_t Offset(std::string_view part, std::string_view whole) {
  return static_cast<size_t>(part.data() - whole.data());
}

// The bytes of symbols, as outlets set them before links, at a line's start: "♦ ", "►". Not those
// of marks that text itself has.
size_t SymbolsBefore(std::string_view line) {
  constexpr char32_t kArrows = 0x2190;
  constexpr char32_t kLastSymbol = 0x2BFF;
  constexpr char32_t kPictures = 0x1F300;
  size_t end = 0;
  for (size_t at = 0; at < line.size();) {
    const char32_t c = DecodeUtf8(line, at);
    const bool symbol = (c >= kArrows && c <= kLastSymbol) || c >= kPictures || c == 0xFE0F;
    if (!symbol && c != U' ') break;
    end = at;
  }
  return end < line.size() ? end : 0;
}

struct Patterns {
  RE2 day_first{R"((\d{1,2})\pL{0,2}[\s.\-]+(?:\pL{1,2}\s+)?(\pL{3,})\.?,?[\s\-]+(\d{4}))"};
  RE2 month_first{R"((\pL{3,})\.?\s+(\d{1,2})\pL{0,2},?\s+(\d{4}))"};
  RE2 year_first{R"(((?:18|19|20|21)\d\d)([-/.])(\d{1,2})[-/.](\d{1,2}))"};
  RE2 numbers{R"((\d{1,2})[/.\-](\d{1,2})[/.\-]((?:18|19|20|21)\d\d))"};
  RE2 time_after{
      R"(^(?:[\s,|•·–—\-(@/]|T)*(?:\pL{2,5}\s+)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?)"
      R"(\s*([AaPp]\.?[Mm]\b\.?)?\s*\(?(Z\b|[+\-]\d{2}:?\d{2}|\pL{2,5}(?:[+\-]\d{1,2})?)?)"};
  RE2 time_before{
      R"((\d{1,2})[:.](\d{2})()\s*([AaPp]\.?[Mm]\b\.?)?\s*\(?(\pL{2,5}(?:[+\-]\d{1,2})?)?\)?(?:[\s,|•·–—\-]+\pL*){0,2}[\s,]*$)"};
  RE2 in_path{R"(/(20\d\d)[/\-]?(\d\d)[/\-]?(\d\d)(?:[/\-_]|\d{4,}/|$))"};
  RE2 host{R"((?i)^(?:https?:)?//(?:[^/@\s]*@)?([a-z0-9.\-]+))"};
  RE2 bare_host{R"((?i)^([a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,})\b)"};
};

const Patterns& P() {
  static const Patterns* const patterns = new Patterns;
  return *patterns;
}

// Finds `pattern` and gives its groups as views into `text`; unmatched ones are empty.
bool Match(std::string_view text, const RE2& pattern,
           std::initializer_list<std::string_view*> groups) {
  std::array<re2::StringPiece, 8> found;
  const int count = static_cast<int>(groups.size()) + 1;
  if (!pattern.Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, found.data(),
                     count)) {
    return false;
  }
  size_t index = 1;
  for (std::string_view* group : groups) {
    *group = std::string_view(found[index].data(), found[index].size());
    ++index;
  }
  return true;
}

void ReadTime(const FoundDate& date, std::string_view hour, std::string_view minute,
              std::string_view second, std::string_view half, std::string_view zone,
              const std::unordered_map<std::string, std::string>& zones, FoundDate& out) {
  out = date;
  int h = ToInt(hour);
  const int m = ToInt(minute);
  const int s = ToInt(second);
  if (!half.empty()) {
    if (h < 1 || h > 12) return;
    h = h % 12 + (half[0] == 'p' || half[0] == 'P' ? 12 : 0);
  }
  if (h > 23 || m > 59 || s > 59) return;
  out.time = Two(h) + ":" + Two(m) + ":" + Two(s);
  if (zone.empty()) return;
  if (zone[0] == '+' || zone[0] == '-') {
    out.offset = std::string(zone);
    if (zone.size() == 5) out.offset.insert(3, ":");
    return;
  }
  // "GMT+7" is an offset from a zone that has none.
  const size_t sign = zone.find_first_of("+-");
  const auto it = zones.find(LowerCase(zone.substr(0, sign)));
  if (it == zones.end()) return;
  out.offset = it->second;
  if (sign == kNowhere || out.offset != "Z") return;
  const int hours = ToInt(zone.substr(sign + 1));
  if (hours <= 14) out.offset = zone[sign] + Two(hours) + ":00";
}

}  // namespace

std::string FoundDate::ToString() const {
  std::string text = std::to_string(year) + "-" + Two(month) + "-" + Two(day);
  if (!time.empty()) text += "T" + time + offset;
  return text;
}

Result<ArticleWords> ArticleWords::Load(const Resources& resources) {
  ArticleWords words;
  words.languages_ = resources.Languages();
  words.zones_["z"] = "Z";
  for (const std::string& language : words.languages_) {
    const std::string folder = "data/lang/" + language + "/";
    if (resources.Has(folder + "months.tsv")) {
      Result<Tsv> table = Tsv::Load(resources, folder + "months.tsv", {"word", "month"});
      if (!table) return table.error();
      for (const Tsv::Row& row : table->rows()) {
        const int month = ToInt(row[1]);
        if (month < 1 || month > 12) return table->ErrorAt(row, "a month is 1 to 12");
        words.months_[LowerCase(row[0])] = month;
      }
    }
    if (!resources.Has(folder + "article.tsv")) continue;
    Result<Tsv> table = Tsv::Load(resources, folder + "article.tsv", {"kind", "match", "word"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      const std::string kind(row[0]);
      const std::string word = LowerCase(row[2]);
      if (row[1] == "-") {
        if (kind == "order") {
          words.orders_[language] = std::string(row[3]);
        } else if (kind == "detected") {
          words.confused_[word] = language;
        } else if (kind == "zone") {
          words.zones_[word] = std::string(row[3]);
        } else {
          words.sets_[kind].insert(word);
        }
      } else if (kind == "aloud") {
        words.aloud_.emplace_back(word, row[1] == "line");
      } else if (row[1] == "contains") {
        words.contained_.emplace_back(word, kind);
      } else if (row[1] == "line" || row[1] == "heading" || row[1] == "prefix" ||
                 row[1] == "label") {
        words.cues_[word].push_back({kind, std::string(row[1])});
        const auto spaces = std::count(word.begin(), word.end(), ' ');
        words.longest_cue_ = std::max(words.longest_cue_, static_cast<size_t>(spaces) + 1);
      } else {
        return table->ErrorAt(row, "match is line, heading, prefix, label, contains or -");
      }
    }
  }
  if (resources.Has("data/agencies.tsv")) {
    Result<Tsv> table =
        Tsv::Load(resources, "data/agencies.tsv", {"name", "kind", "hosts", "aliases"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      const Agency agency{std::string(row[0]), std::string(row[1])};
      for (const std::string_view host : SplitCell(row[2])) {
        words.hosts_[LowerCase(host)] = agency;
      }
      if (agency.kind == "social") continue;
      words.agencies_[LowerCase(row[0])] = agency;
      for (const std::string_view alias : SplitCell(row[3])) {
        words.agencies_[LowerCase(alias)] = agency;
      }
    }
  }
  return words;
}

LineCue ArticleWords::CueOf(std::string_view line) const {
  LineCue best;
  line = TrimAscii(line);
  std::string key;
  size_t count = 0;
  for (size_t at = SymbolsBefore(line); at < line.size() && count < longest_cue_; ++count) {
    size_t end = line.find_first_of(" \t", at);
    if (end == std::string_view::npos) end = line.size();
    if (const size_t colon = line.substr(at, end - at).find(':'); at + colon + 1 < end) {
      // "Read also:The story"
      size_t next = at + colon + 1;
      if (colon != kNowhere && IsLetter(DecodeUtf8(line, next))) end = at + colon + 1;
    }
    if (!key.empty()) key += ' ';
    key += LowerCase(line.substr(at, end - at));
    at = std::min(line.find_first_not_of(" \t", end), line.size());
    // "Editor:", "Editor :", "Editor |"; the words also as they stand ("dok.").
    const char last = key.back();
    const bool inside = last == ':' || last == '|';
    const bool labels = inside || (at < line.size() && (line[at] == ':' || line[at] == '|'));
    size_t rest = at;
    if (!inside && labels) rest = std::min(line.find_first_not_of(" \t", at + 1), line.size());
    const std::string bare(TrimAscii(key, ":|.,…!- "));
    const bool whole = rest >= line.size();
    for (const std::string& form : {key, bare}) {
      const auto it = cues_.find(form);
      if (it == cues_.end()) continue;
      for (const Cue& cue : it->second) {
        // A byline's label may stand alone, its name on the next line.
        const bool alone = whole && (cue.kind == "byline" || cue.kind == "editor");
        const bool fits = cue.match == "label"    ? labels || alone
                          : cue.match == "prefix" ? true
                                                  : whole;
        if (fits) best = {cue.kind, rest, cue.match == "heading"};
      }
      if (form == bare) break;
    }
  }
  if (!best.kind.empty()) return best;
  if (line.starts_with("©")) return {"footer", line.size(), false};
  if (line.size() <= 2000) {
    const std::string lower = LowerCase(line);
    for (const auto& [words, kind] : contained_) {
      if (lower.find(words) != std::string::npos) return {kind, line.size(), false};
    }
  }
  return {};
}

bool ArticleWords::IsWord(std::string_view kind, std::string_view word) const {
  const auto set = sets_.find(std::string(kind));
  return set != sets_.end() && set->second.contains(LowerCase(word));
}

std::string_view ArticleWords::WithoutTail(std::string_view line) const {
  const auto tails = sets_.find("tail");
  if (tails == sets_.end()) return line;
  for (bool cut = true; cut;) {
    cut = false;
    const std::string lower = LowerCase(line);
    if (lower.size() != line.size()) break;
    for (const std::string& tail : tails->second) {
      if (lower.size() <= tail.size() || !lower.ends_with(tail)) continue;
      line = TrimAscii(line.substr(0, line.size() - tail.size()), " ,");
      cut = true;
      break;
    }
  }
  return line;
}

size_t ArticleWords::AloudPart(std::string_view line) const {
  const auto digit = [&](size_t at) {
    return at < line.size() && line[at] >= '0' && line[at] <= '9';
  };
  for (const auto& [words, whole] : aloud_) {
    size_t at = 0;
    bool fits = true;
    for (const char c : words) {
      fits = c == '#' ? digit(at) : at < line.size() && AsciiLower(line.substr(at, 1))[0] == c;
      if (!fits) break;
      ++at;
      if (c == '#' && digit(at)) ++at;
    }
    if (!fits || (whole && at < line.size())) continue;
    return std::min(line.find_first_not_of(' ', at), line.size());
  }
  return 0;
}

bool ArticleWords::IsZone(std::string_view word) const {
  const size_t sign = word.find_first_of("+-");
  if (sign != kNowhere && word.find_first_not_of("0123456789:", sign + 1) != kNowhere) return false;
  return zones_.contains(LowerCase(word.substr(0, sign)));
}

bool ArticleWords::IsMonth(std::string_view word) const {
  return months_.contains(LowerCase(TrimAscii(word, ".,")));
}

bool ArticleWords::IsNameLike(std::string_view text) const {
  size_t count = 0;
  for (const std::string_view word : SplitCell(text, ' ')) {
    if (IsWord("conjunction", word) || word == "&") continue;
    size_t at = 0;
    if (!IsUpper(DecodeUtf8(word, at))) return false;
    if (word.find_first_of("0123456789:?!\"") != kNowhere) return false;
    ++count;
  }
  return count >= 1 && count <= 8;
}

std::optional<FoundDate> ArticleWords::NamedDate(std::string_view line) const {
  std::optional<FoundDate> best;
  for (const bool day_first : {true, false}) {
    std::string_view rest = line;
    std::string_view a, b, year;
    const RE2& pattern = day_first ? P().day_first : P().month_first;
    while (Match(rest, pattern, {&a, &b, &year})) {
      const auto month = months_.find(LowerCase(day_first ? b : a));
      FoundDate date;
      date.start = Offset(a, line);
      date.end = Offset(year, line) + 4;
      date.year = ToInt(year);
      date.day = ToInt(day_first ? a : b);
      date.month = month == months_.end() ? 0 : month->second;
      if (IsDay(date.year, date.month, date.day)) {
        if (!best || date.start < best->start) best = date;
        break;
      }
      rest = line.substr(Offset(a, line) + a.size());
    }
  }
  return best;
}

std::optional<FoundDate> ArticleWords::FindDate(std::string_view line,
                                                std::string_view lang) const {
  line = line.substr(0, kLineHead);
  std::optional<FoundDate> best = NamedDate(line);
  std::string_view a, b, c, separator;
  if (Match(line, P().year_first, {&a, &separator, &b, &c})) {
    FoundDate date;
    date.start = Offset(a, line);
    date.end = Offset(c, line) + c.size();
    date.year = ToInt(a);
    date.month = ToInt(b);
    date.day = ToInt(c);
    if (IsDay(date.year, date.month, date.day) && (!best || date.start < best->start)) best = date;
  }
  if (Match(line, P().numbers, {&a, &b, &c})) {
    FoundDate date;
    date.start = Offset(a, line);
    date.end = Offset(c, line) + 4;
    date.year = ToInt(c);
    date.day = ToInt(a);
    date.month = ToInt(b);
    const bool either =
        IsDay(date.year, date.month, date.day) && IsDay(date.year, date.day, date.month);
    const auto order = orders_.find(std::string(lang));
    // Dots part day, month and year everywhere.
    const bool dots = line[Offset(a, line) + a.size()] == '.';
    const bool month_first = order != orders_.end() && order->second == "mdy" && !dots;
    if (either ? month_first : !IsDay(date.year, date.month, date.day)) {
      std::swap(date.day, date.month);
    }
    date.swappable = either && date.day != date.month && !dots;
    if (IsDay(date.year, date.month, date.day) && (!best || date.start < best->start)) best = date;
  }
  if (!best) return best;

  std::string_view hour, minute, second, half, zone;
  if (Match(line.substr(best->end), P().time_after, {&hour, &minute, &second, &half, &zone})) {
    const size_t end = Offset(minute, line) + 2;
    ReadTime(FoundDate(*best), hour, minute, second, half, zone, zones_, *best);
    best->end = end;
    for (const std::string_view part : {second, half}) {
      if (!part.empty()) best->end = Offset(part, line) + part.size();
    }
    if (!best->offset.empty()) best->end = Offset(zone, line) + zone.size();
  } else if (Match(line.substr(0, best->start), P().time_before,
                   {&hour, &minute, &second, &half, &zone})) {
    ReadTime(FoundDate(*best), hour, minute, second, half, zone, zones_, *best);
    best->start = Offset(hour, line);
  }
  return best;
}

std::optional<FoundDate> ArticleWords::DateOfUrl(std::string_view url) const {
  std::string_view a, b, c;
  if (!Match(url, P().in_path, {&a, &b, &c})) return std::nullopt;
  FoundDate date;
  date.year = ToInt(a);
  date.month = ToInt(b);
  date.day = ToInt(c);
  if (!IsDay(date.year, date.month, date.day)) return std::nullopt;
  date.start = Offset(a, url);
  date.end = Offset(c, url) + 2;
  return date;
}

std::string_view ArticleWords::AgencyOf(std::string_view name) const {
  name = TrimAscii(name, " \t.,;:()[]");
  if (name.empty() || name.size() > 80) return {};
  const auto it = agencies_.find(LowerCase(name));
  return it == agencies_.end() ? std::string_view() : std::string_view(it->second.name);
}

std::string ArticleWords::OutletName(std::string_view name) const {
  const std::string_view agency = AgencyOf(name);
  return std::string(agency.empty() ? TrimAscii(name) : agency);
}

namespace {

// The parts of a credit: "Handout / MINISTRY / AFP", "A. Name via Reuters", "X, Y | Z".
std::vector<std::string_view> CreditParts(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t start = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    size_t length = 0;
    if (at == text.size() || text[at] == '/' || text[at] == '|' || text[at] == ',' ||
        text[at] == ';') {
      length = 1;
    } else if (text.substr(at).starts_with(" via ")) {
      length = 5;
    } else if (text.substr(at).starts_with(" - ")) {
      length = 3;
    }
    if (length == 0) continue;
    if (const auto part = TrimAscii(text.substr(start, at - start)); !part.empty()) {
      parts.push_back(part);
    }
    start = at + length;
    at += length - 1;
  }
  return parts;
}

}  // namespace

bool ArticleWords::IsCredit(std::string_view text) const {
  text = TrimAscii(text);
  if (text.empty() || text.size() > 200) return false;
  const LineCue cue = CueOf(text);
  if (cue.kind == "credit" || cue.kind == "source") return true;
  for (const std::string_view part : CreditParts(text)) {
    if (!AgencyOf(part).empty()) return true;
    size_t words = 0;
    for (const std::string_view word : SplitCell(part, ' ')) {
      const std::string_view bare = TrimAscii(word, ".:,");
      if (words++ == 0 && (IsWord("creditword", bare) || !AgencyOf(bare).empty())) return true;
    }
  }
  return false;
}

Credit ArticleWords::ReadCredit(std::string_view text) const {
  Credit credit;
  text = TrimAscii(text, " \t()[]");
  credit.text = std::string(text);
  const LineCue cue = CueOf(text);
  if (cue.kind == "credit" || cue.kind == "source") text = text.substr(cue.rest);
  bool handout = false;
  for (const std::string_view part : CreditParts(text)) {
    if (const std::string_view agency = AgencyOf(part); !agency.empty()) {
      credit.agency = std::string(agency);
      handout = false;
      continue;
    }
    if (handout && credit.handout_by.empty()) credit.handout_by = std::string(part);
    handout = IsWord("handout", part);
    const size_t space = part.find(' ');
    if (handout || space == std::string_view::npos) continue;
    const std::string_view first = part.substr(0, space);
    if (IsWord("handout", first) || IsWord("handout", TrimAscii(first, ".:"))) {
      credit.handout_by = std::string(TrimAscii(part.substr(space), " :"));
    } else if (const auto agency_first = AgencyOf(first); !agency_first.empty()) {
      credit.agency = std::string(agency_first);  // "AFP PHOTO"
    } else if (const auto last = AgencyOf(part.substr(part.rfind(' '))); !last.empty()) {
      credit.agency = std::string(last);
    }
  }
  return credit;
}

Caption ArticleWords::SplitCredit(std::string_view text) const {
  text = TrimAscii(text);
  const auto split = [&](size_t caption_end, std::string_view credit) {
    return Caption{std::string(TrimAscii(text.substr(0, caption_end))), ReadCredit(credit)};
  };
  if (text.ends_with(')') || text.ends_with(']')) {
    const size_t open = text.rfind(text.back() == ')' ? '(' : '[');
    if (open != std::string_view::npos) {
      const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
      if (IsCredit(inner)) return split(open, inner);
    }
  }
  // "... in Tokyo. © A. Name, AFP"
  if (const size_t sign = text.rfind("©");
      sign != std::string_view::npos && sign > 0 && text.size() - sign < 60) {
    // "An Office / © A. Name": a credit and nothing else.
    const std::string_view before = TrimAscii(text.substr(0, sign));
    const size_t start = before.ends_with('/') && SplitCell(before, ' ').size() <= 5 ? 0 : sign;
    return split(start, text.substr(start));
  }
  // "... in Tokyo. | A. Name/AFP"
  if (const size_t bar = text.rfind(" | "); bar != std::string_view::npos && bar > 0) {
    const std::string_view tail = text.substr(bar + 3);
    const bool sentence = std::string_view(".?!").find(text[bar - 1]) != std::string_view::npos;
    if (IsCredit(tail) ||
        (sentence && tail.size() < 60 && tail.find_first_of("/") != std::string_view::npos)) {
      return split(bar, tail);
    }
  }
  // "... in Tokyo. Photo: A. Name", among the last words.
  size_t at = text.size();
  for (int words = 0; words < 12 && at > 0; ++words) {
    at = text.rfind(' ', at - 1);
    const size_t start = at == std::string_view::npos ? 0 : at + 1;
    const std::string_view tail = text.substr(start);
    const LineCue cue = CueOf(tail);
    if (cue.kind == "credit" && !cue.heading && cue.rest < tail.size()) return split(start, tail);
    // "... in Tokyo. REUTERS/A. Name"
    const bool after_stop = start >= 2 && (text[start - 2] == '.' || text[start - 2] == '?');
    if (after_stop && tail.size() < 60 &&
        !AgencyOf(tail.substr(0, tail.find_first_of("/ "))).empty()) {
      return split(start, tail);
    }
    if (start == 0) break;
  }
  // "... in TokyoImage: A. Name": a label that has run into the caption.
  for (size_t i = text.size() > 120 ? text.size() - 120 : 1; i < text.size(); ++i) {
    const bool joint = text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    if (joint && CueOf(text.substr(i)).kind == "credit") return split(i, text.substr(i));
  }
  // "... in Tokyo/AFP"
  const size_t slash = text.rfind('/');
  if (slash != std::string_view::npos && slash > 0 && text.size() - slash < 40) {
    const std::string_view tail = text.substr(slash + 1);
    if (!AgencyOf(tail).empty() || IsWord("creditword", TrimAscii(tail, " .")))
      return split(slash, tail);
  }
  return {std::string(text), {}};
}

std::vector<std::string> ArticleWords::SplitAuthors(std::string_view names) const {
  std::vector<std::string> authors;
  std::string current;
  const auto flush = [&] {
    std::string name = std::move(current);
    current.clear();
    if (const size_t bracket = name.find_first_of("(["); bracket != std::string::npos) {
      name.resize(bracket);
    }
    std::string_view bare = TrimAscii(name, " \t.,;:-|•*@");
    // "A. Name The Associated Press": an outlet behind the name is not a part of it.
    size_t cut = bare.size();
    for (int tail = 0; tail < 3; ++tail) {
      cut = cut == 0 ? kNowhere : bare.rfind(' ', cut - 1);
      if (cut == kNowhere || bare.find(' ') >= cut) break;
      if (AgencyOf(bare.substr(cut)).empty()) continue;
      bare = TrimAscii(bare.substr(0, cut));
      break;
    }
    // Initials keep their stop: "A. B.", "Jr."
    const bool stop = name.find(std::string(bare) + ".") != std::string::npos && bare.size() > 1 &&
                      (bare[bare.size() - 2] == ' ' || bare.ends_with("Jr"));
    const auto words = std::count(bare.begin(), bare.end(), ' ') + 1;
    if (bare.size() < 2 || words > 6 || !AgencyOf(bare).empty()) return;
    if (bare.find_first_of("0123456789/:@") != std::string_view::npos) return;
    if (words == 1 && bare.find('.') != std::string_view::npos) return;  // a web address
    if (words == 1 && bare.size() <= 5 && AllUpper(bare)) return;        // an outlet or a time zone
    std::string author = std::string(bare) + (stop ? "." : "");
    if (std::find(authors.begin(), authors.end(), author) == authors.end()) {
      authors.push_back(std::move(author));
    }
  };
  for (size_t at = 0; at < names.size();) {
    size_t end = names.find_first_of(" ,;/&|", at);
    if (end == std::string_view::npos) end = names.size();
    const std::string_view word = names.substr(at, end - at);
    if (IsWord("conjunction", word)) {
      flush();
    } else if (!word.empty()) {
      if (!current.empty()) current += ' ';
      current += word;
    }
    if (end < names.size() && names[end] != ' ') flush();
    at = end + 1;
  }
  flush();
  return authors;
}

std::string ArticleWords::PublisherOfUrl(std::string_view url) const {
  url = TrimAscii(url);
  std::string_view found;
  if (!Match(url, P().host, {&found}) && !Match(url, P().bare_host, {&found})) {
    return {};
  }
  const std::string host = LowerCase(found);
  std::string_view rest = host;
  while (true) {
    if (const auto it = hosts_.find(std::string(rest)); it != hosts_.end()) {
      return it->second.kind == "social" ? std::string() : it->second.name;
    }
    const size_t dot = rest.find('.');
    if (dot == std::string_view::npos) break;
    rest = rest.substr(dot + 1);
  }
  // The last two labels; three under a country's second level ("x.co.id", "x.or.jp").
  size_t cut = host.rfind('.');
  if (cut == std::string::npos || cut == 0) return {};
  const bool country = host.size() - cut == 3;
  size_t before = host.rfind('.', cut - 1);
  if (before != std::string::npos && country && cut - before <= 4 && before > 0) {
    before = host.rfind('.', before - 1);
  }
  return before == std::string::npos ? host : host.substr(before + 1);
}

std::string ArticleWords::DetectLanguage(std::string_view text) const {
  text = text.substr(0, size_t{1} << 16);
  std::array<CLD2::Language, 3> languages = {};
  std::array<int, 3> percents = {};
  std::array<double, 3> scores = {};
  int bytes = 0;
  bool reliable = false;
  const std::string valid = ToValidUtf8(text);
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ExtDetectLanguageSummary(valid.data(), static_cast<int>(valid.size()), true, &hints, 0,
                                 languages.data(), percents.data(), scores.data(), nullptr, &bytes,
                                 &reliable);
  const std::string first = CLD2::LanguageCode(languages[0]);
  if (languages[0] == CLD2::UNKNOWN_LANGUAGE) return {};
  if (std::find(languages_.begin(), languages_.end(), first) != languages_.end()) return first;
  const auto it = confused_.find(first);
  return it == confused_.end() ? first : it->second;
}

}  // namespace kronik
