#include "article/raw_dateline.h"

#include <re2/re2.h>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kNowhere = std::string_view::npos;

// "BEIJING, September 3. /TASS/. The ...", "Bishkek, June 12 /KABAR/. The ...": no dash ends it.
std::optional<Dateline> BetweenSlashes(const ArticleWords& words, std::string_view lang,
                                       std::string_view text) {
  static const RE2* const kSlashes =
      new RE2(R"(^(\p{Lu}[\pL ]{2,30}), [^/\n]{3,24} /([^/]{2,30})/\.? )");
  std::string place, sender;
  if (!RE2::PartialMatch(text.substr(0, 100), *kSlashes, &place, &sender)) return std::nullopt;
  return Dateline{place, words.OutletName(sender),
                  words.FindDate(text.substr(0, text.find('/')), lang), true};
}

// What stands before the first dash or colon of a paragraph.
struct Head {
  std::string_view text;
  bool colon = false;  // a colon ends it
  bool tight = false;  // a dash without spaces
};

Head HeadOf(std::string_view text) {
  constexpr size_t kLongest = 100;
  text = text.substr(0, kLongest);
  Head head;
  size_t end = kNowhere;
  for (const std::string_view mark : {" - ", " – ", " — ", " -- ", "—", "–", "--", ": "}) {
    const size_t at = text.find(mark);
    if (at == kNowhere || at == 0 || at >= end) continue;
    end = at;
    head.colon = mark == ": ";
    head.tight = mark[0] != ' ' && !head.colon;
  }
  if (end != kNowhere) head.text = text.substr(0, end);
  return head;
}

// A dateline's head with commas alone between its pieces. Who sent the report may stand in brackets
// behind a place ("PRISTINA (Balkan Post)", "COLOMBO, Jan. 9, 2022 (Island Courier)") and is taken.
std::string PiecesOf(const ArticleWords& words, std::string_view head, Dateline& found) {
  static const RE2* const kSender = new RE2(R"(^([^()]{3,60}?) ?\(([^()0-9]{2,40})\)$)");
  static const RE2* const kStop = new RE2(R"(^(\pL[\pL ]{2,30})\. (\pL))");  // "MOSCOW. Aug 22"
  std::string place, sender;
  std::string pieces(head);
  if (RE2::FullMatch(head, *kSender, &place, &sender) && words.IsNameLike(sender) &&
      AllUpper(std::string_view(place).substr(0, place.find_first_of(",.")))) {
    found.publisher = sender;
    pieces = place;
  }
  RE2::Replace(&pieces, *kStop, R"(\1, \2)");
  for (char& c : pieces) {
    if (std::string_view("()[]|/").find(c) != kNowhere) c = ',';
  }
  return pieces;
}

}  // namespace

bool IsDatePiece(const ArticleWords& words, std::string_view piece) {
  bool any = false;
  for (const std::string_view word : SplitCell(piece, ' ')) {
    const bool number = word.find_first_not_of("0123456789/.-") == kNowhere;
    if (!number && !words.IsMonth(word) && !words.IsWord("filler", word)) return false;
    any = true;
  }
  return any;
}

Dateline ReadDateline(const ArticleWords& words, std::string_view lang, std::string_view text) {
  if (std::optional<Dateline> found = BetweenSlashes(words, lang, text)) return *found;
  const Head head = HeadOf(text);
  if (head.text.empty()) return {};
  Dateline found;
  bool carrier = false;
  bool dated = false;
  size_t place_words = 0;
  const std::string pieces = PiecesOf(words, head.text, found);
  for (const std::string_view piece : SplitCell(pieces, ',')) {
    const bool web = piece.find(' ') == kNowhere && piece.find('.') != kNowhere &&
                     !words.PublisherOfUrl(piece).empty();
    if (const std::string_view agency = words.AgencyOf(piece); web || !agency.empty()) {
      carrier = true;
      found.publisher = web ? words.PublisherOfUrl(piece) : std::string(agency);
      continue;
    }
    if (IsDatePiece(words, piece)) {
      dated = true;
      continue;
    }
    if (!words.IsNameLike(piece)) return {};
    place_words += SplitCell(piece, ' ').size();
    if (!found.place.empty()) found.place += ", ";
    const bool stop = piece.ends_with('.') && piece.find('.') + 1 == piece.size();
    found.place += stop ? piece.substr(0, piece.size() - 1) : piece;  // "YEREVAN. - The ..."
  }
  if (place_words > 5) return {};
  if (found.place.empty() && !carrier) return {};
  if (dated) found.date = words.FindDate(head.text, lang);
  found.sure =
      carrier || dated || (!head.colon && AllUpper(found.place) && found.place.size() >= 3);
  if (!found.sure && (head.tight || place_words > (head.colon ? 3 : 2))) return {};
  return found;
}

std::vector<FoundDate> BracketDates(const ArticleWords& words, std::string_view lang,
                                    std::string_view text) {
  std::vector<FoundDate> dates;
  for (size_t at = text.find('('); at != kNowhere && dates.size() < 8;
       at = text.find('(', at + 1)) {
    const size_t end = text.find(')', at);
    if (end == kNowhere) break;
    if (end - at > 14) continue;
    const auto date = words.FindDate(text.substr(at + 1, end - at - 1), lang);
    if (date) dates.push_back(*date);
  }
  return dates;
}

}  // namespace kronik
