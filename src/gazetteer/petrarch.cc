#include "gazetteer/petrarch.h"

#include <algorithm>
#include <map>

#include "base/ascii.h"

namespace kronik {
namespace {

constexpr size_t kMaxForms = 2000;         // that the sets of one entry may make
constexpr size_t kMaxFormBytes = 1 << 20;  // of all of them: a word of a set may name its own set
constexpr size_t kAcronym = 5;             // letters that a name in capitals may have

bool Space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// "YYMMDD" or "YYYYMMDD" as "YYYY-MM"; empty for what is no date. Years below 30 are of this
// century, as in TABARI.
std::string Month(std::string_view date) {
  if (date.size() != 6 && date.size() != 8) return {};
  if (!std::ranges::all_of(date, [](char c) { return c >= '0' && c <= '9'; })) return {};
  const std::string_view month = date.substr(date.size() - 4, 2);
  if (month < "01" || month > "12") return {};
  std::string year(date.substr(0, date.size() - 4));
  if (year.size() == 2) year = (year < "30" ? "20" : "19") + year;
  return year + "-" + std::string(month);
}

// "SADDAM_HUSSEIN_" as names stand in texts. The dictionaries know capitals only.
std::vector<std::string> Forms(std::string_view written) {
  std::string upper;
  for (char c : written) upper += c == '_' || c == '=' ? ' ' : c;
  upper = TrimAscii(upper);
  std::string title;
  for (size_t i = 0; i < upper.size(); ++i) {
    const char c = upper[i];
    const bool first = i == 0 || upper[i - 1] == ' ' || upper[i - 1] == '-';
    title += !first && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  std::vector<std::string> out;
  if (title.empty()) return out;
  out.push_back(title);
  const bool word = upper.find(' ') == std::string::npos && upper.size() <= kAcronym;
  if (word && upper != title) out.push_back(upper);
  return out;
}

class PetrarchReader {
 public:
  explicit PetrarchReader(std::string_view name) : name_(name) {}

  Result<std::vector<PetrarchEntry>> Read(std::string_view text) {
    for (line_ = 1; !text.empty(); ++line_) {
      const size_t end = std::min(text.find('\n'), text.size());
      if (Result<void> read = ReadLine(text.substr(0, end)); !read) return read.error();
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (Result<void> closed = Close(); !closed) return closed.error();
    return std::move(entries_);
  }

 private:
  Error At(std::string message) const {
    return {ErrorCode::kInvalidInput, std::move(message), name_ + ":" + std::to_string(line_)};
  }

  Result<void> Close() {
    if (!open_) return {};
    open_ = false;
    if (entries_.back().codes.empty()) return At("the actor above has no code");
    std::vector<PetrarchCode>& codes = entries_.back().codes;
    std::stable_partition(codes.begin(), codes.end(), [](const PetrarchCode& code) {
      return !code.from.empty() || !code.to.empty();
    });
    return {};
  }

  Result<void> ReadLine(std::string_view line) {
    line = line.substr(0, line.find_first_of("#;"));
    const bool indented = !line.empty() && Space(line.front());
    line = TrimAscii(line);
    if (line.empty() || line.starts_with("<!") || line.starts_with('&')) return {};
    if (const size_t equals = line.find(" = ");
        line.starts_with('!') && equals != std::string_view::npos) {
      return ReadSet(line.substr(0, equals), line.substr(equals + 3));
    }
    const size_t bracket = std::min(line.find_first_of("[{"), line.size());
    const std::string_view written = TrimAscii(line.substr(0, bracket));
    if (line.starts_with('+')) {
      if (!open_) return At("a synonym without an actor");
      return AddForms(written.substr(1));
    }
    if (!(indented && written.empty())) {
      if (Result<void> closed = Close(); !closed) return closed;
      entries_.emplace_back();
      open_ = true;
      if (Result<void> added = AddForms(written); !added) return added;
    } else if (!open_) {
      return At("a code without an actor");
    }
    return ReadBrackets(line.substr(bracket), written);
  }

  Result<void> ReadSet(std::string_view set, std::string_view words) {
    std::vector<std::string>& out = sets_[std::string(TrimAscii(set))];
    while (!words.empty()) {
      const size_t comma = std::min(words.find(','), words.size());
      if (std::string_view word = TrimAscii(words.substr(0, comma)); !word.empty()) {
        out.emplace_back(word);
      }
      words.remove_prefix(std::min(comma + 1, words.size()));
    }
    return {};
  }

  // "POLICE_!OFFICIAL!_" with each word of the set.
  Result<void> AddForms(std::string_view written) {
    std::vector<std::string> all = {std::string(written)};
    size_t bytes = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      const size_t begin = all[i].find('!');
      if (begin == std::string::npos) continue;
      const size_t end = all[i].find('!', begin + 1);
      const auto set = sets_.find(all[i].substr(begin, end - begin + 1));
      if (end == std::string::npos || set == sets_.end()) return At("no such set of words");
      const std::string before = all[i].substr(0, begin), after = all[i].substr(end + 1);
      all[i].clear();
      for (const std::string& word : set->second) {
        all.push_back(before + word + after);
        bytes += all.back().size();
        if (all.size() > kMaxForms || bytes > kMaxFormBytes) return At("too many forms");
      }
    }
    for (const std::string& form : all) {
      for (std::string& text : Forms(form)) entries_.back().forms.push_back(std::move(text));
    }
    return {};
  }

  Result<void> ReadBrackets(std::string_view rest, std::string_view singular) {
    bool plural = false;
    PetrarchEntry& entry = entries_.back();
    while (!(rest = TrimAscii(rest)).empty()) {
      const char open = rest.front();
      const size_t end = rest.find(open == '{' ? '}' : ']');
      if ((open != '{' && open != '[') || end == std::string_view::npos) {
        return At("a code stands in brackets");
      }
      const std::string_view inside = TrimAscii(rest.substr(1, end - 1));
      rest.remove_prefix(end + 1);
      if (open == '{') {
        plural = true;  // an empty one: there is none
        if (!inside.empty()) {
          if (Result<void> added = AddForms(inside); !added) return added;
        }
      } else if (Result<void> read = ReadCode(inside); !read) {
        return read;
      }
    }
    if (entry.agent && !plural && !singular.empty()) {
      const std::vector<std::string> forms = entry.forms;
      for (const std::string& form : forms) entry.forms.push_back(form + "s");
    }
    return {};
  }

  Result<void> ReadCode(std::string_view inside) {
    const size_t space = std::min(inside.find_first_of(" \t"), inside.size());
    PetrarchCode code;
    for (char c : inside.substr(0, space)) {
      if (c == '~') {
        entries_.back().agent = true;
      } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-') {
        code.code += c;
      } else {
        return At("a code is made of capitals");
      }
    }
    const std::string_view dates = TrimAscii(inside.substr(space));
    if (dates.starts_with('<')) {
      code.to = Month(TrimAscii(dates.substr(1)));
    } else if (dates.starts_with('>')) {
      code.from = Month(TrimAscii(dates.substr(1)));
    } else if (const size_t dash = dates.find('-'); dash != std::string_view::npos) {
      code.from = Month(TrimAscii(dates.substr(0, dash)));
      code.to = Month(TrimAscii(dates.substr(dash + 1)));
      if (code.from.empty() || code.to.empty()) return At("not a range of dates");
    }
    if (!dates.empty() && code.from.empty() && code.to.empty()) return At("not a date");
    if (!code.code.empty()) entries_.back().codes.push_back(std::move(code));
    return {};
  }

  std::string name_;
  size_t line_ = 1;
  bool open_ = false;
  std::vector<PetrarchEntry> entries_;
  std::map<std::string, std::vector<std::string>> sets_;
};

}  // namespace

Result<std::vector<PetrarchEntry>> ReadPetrarch(std::string_view text, std::string_view name) {
  return PetrarchReader(name).Read(text);
}

}  // namespace kronik
