#include "train/ud_scores.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "base/utf8.h"

namespace kronik::train {
namespace {

constexpr size_t kNone = SIZE_MAX;

struct Range {
  size_t start = 0, end = 0;
  auto operator<=>(const Range&) const = default;
};

struct ScoredWord {
  Range at;  // of the characters without white space; of the whole token in a multiword one
  std::string lower;
  std::string_view lemma, upos, deprel;
  std::string feats;
  size_t head = kNone;  // a word of the whole text; none for the root
  bool inside = false;  // of a multiword token

  std::string_view relation() const { return deprel.substr(0, deprel.find(':')); }
};

struct Text {
  std::string characters;
  std::vector<Range> tokens, sentences;
  std::vector<ScoredWord> words;
};

std::string WithoutSpace(std::string_view form) {
  std::string bare;
  for (size_t at = 0; at < form.size();) {
    const size_t from = at;
    if (!IsSpace(DecodeUtf8(form, at))) bare.append(form.substr(from, at - from));
  }
  return bare;
}

std::string UniversalFeatures(std::string_view feats) {
  static const std::set<std::string_view> kUniversal = {
      "Abbr",    "Animacy", "Aspect",   "Case",    "Definite", "Degree",   "Evident",
      "Foreign", "Gender",  "Mood",     "NumType", "Number",   "Person",   "Polarity",
      "Polite",  "Poss",    "PronType", "Reflex",  "Tense",    "VerbForm", "Voice"};
  std::set<std::string_view> kept;
  for (size_t at = 0; at < feats.size();) {
    const size_t end = std::min(feats.find('|', at), feats.size());
    const std::string_view feature = feats.substr(at, end - at);
    if (kUniversal.contains(feature.substr(0, feature.find('=')))) kept.insert(feature);
    at = end + 1;
  }
  std::string joined;
  for (std::string_view feature : kept) joined.append(feature).push_back('|');
  return joined;
}

class Reader {
 public:
  Result<Text> Read(std::string_view conllu) {
    size_t line_number = 0;
    for (size_t at = 0; at <= conllu.size();) {
      const size_t end = std::min(conllu.find('\n', at), conllu.size());
      std::string_view line = conllu.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      at = end + 1;
      ++line_number;
      const char* wrong = line.empty() ? EndSentence() : line[0] == '#' ? nullptr : Line(line);
      if (wrong != nullptr) {
        return Error{ErrorCode::kInvalidInput, wrong, "line " + std::to_string(line_number)};
      }
    }
    if (const char* wrong = EndSentence()) return Error{ErrorCode::kInvalidInput, wrong, "the end"};
    return std::move(text_);
  }

 private:
  const char* Line(std::string_view line) {
    std::array<std::string_view, 10> cells;
    size_t count = 0;
    for (size_t from = 0; from <= line.size(); ++count) {
      const size_t tab = std::min(line.find('\t', from), line.size());
      if (count < cells.size()) cells[count] = line.substr(from, tab - from);
      from = tab + 1;
    }
    if (count != cells.size()) return "not ten columns";
    if (cells[0].find('.') != cells[0].npos) return nullptr;  // an empty node
    const auto number = [](std::string_view digits, size_t& value) {
      return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc();
    };
    if (const size_t dash = cells[0].find('-'); dash != cells[0].npos) {
      if (!number(cells[0].substr(dash + 1), multiword_until_)) return "no number of words";
      multiword_ = Token(cells[1]);
      return nullptr;
    }
    size_t id = 0, head = 0;
    if (!number(cells[0], id)) return "no number of a word";
    if (!number(cells[6], head)) return "no head";
    ScoredWord& word = text_.words.emplace_back();
    word.inside = id <= multiword_until_;
    word.at = word.inside ? multiword_ : Token(cells[1]);
    if (word.at.start == word.at.end) return "an empty form";
    word.lower = LowerCase(cells[1]);
    word.lemma = cells[2];
    word.upos = cells[3];
    word.feats = UniversalFeatures(cells[5]);
    word.deprel = cells[7];
    word.head = head == 0 ? kNone : first_ + head - 1;
    return nullptr;
  }

  Range Token(std::string_view form) {
    const size_t start = text_.characters.size();
    text_.characters += WithoutSpace(form);
    return text_.tokens.emplace_back(Range{start, text_.characters.size()});
  }

  const char* EndSentence() {
    const size_t last = text_.words.size();
    multiword_until_ = 0;
    if (last == first_) return nullptr;
    for (size_t i = first_; i < last; ++i) {
      size_t steps = 0;
      for (size_t up = i; up != kNone; up = text_.words[up].head) {
        if (up >= last) return "a head outside its sentence";
        if (++steps > last - first_) return "a cycle among the heads";
      }
    }
    text_.sentences.push_back({text_.words[first_].at.start, text_.characters.size()});
    first_ = last;
    return nullptr;
  }

  Text text_;
  size_t first_ = 0;  // word of the sentence
  Range multiword_;
  size_t multiword_until_ = 0;
};

using Pairs = std::vector<std::pair<size_t, size_t>>;  // a gold word, a word of the system

// Pairs of a longest common subsequence of the forms of two stretches of words.
void AlignForms(const Text& gold, Range g, const Text& system, Range s, Pairs& pairs) {
  const size_t rows = g.end - g.start, columns = s.end - s.start;
  const auto same = [&](size_t i, size_t j) {
    return gold.words[g.start + i].lower == system.words[s.start + j].lower;
  };
  std::vector<std::vector<size_t>> longest(rows + 1, std::vector<size_t>(columns + 1));
  for (size_t i = rows; i-- > 0;) {
    for (size_t j = columns; j-- > 0;) {
      longest[i][j] =
          same(i, j) ? 1 + longest[i + 1][j + 1] : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  for (size_t i = 0, j = 0; i < rows && j < columns;) {
    if (same(i, j)) {
      pairs.emplace_back(g.start + i++, s.start + j++);
    } else if (longest[i][j] == longest[i + 1][j]) {
      ++i;
    } else {
      ++j;
    }
  }
}

Pairs Align(const Text& gold, const Text& system) {
  Pairs pairs;
  const std::vector<ScoredWord>&gw = gold.words, &sw = system.words;
  for (size_t g = 0, s = 0; g < gw.size() && s < sw.size();) {
    if (!gw[g].inside && !sw[s].inside) {
      if (gw[g].at == sw[s].at) {
        pairs.emplace_back(g++, s++);
      } else if (gw[g].at.start <= sw[s].at.start) {
        ++g;
      } else {
        ++s;
      }
      continue;
    }
    if (!gw[g].inside && gw[g].at.start < sw[s].at.start) {
      ++g;
      continue;
    }
    if (!sw[s].inside && sw[s].at.start < gw[g].at.start) {
      ++s;
      continue;
    }
    // Widen the stretch until both sides end together.
    size_t g_end = g, s_end = s;
    size_t end = std::max(gw[g].inside ? gw[g].at.end : 0, sw[s].inside ? sw[s].at.end : 0);
    for (bool grown = true; grown;) {
      grown = false;
      const auto widen = [&](const std::vector<ScoredWord>& words, size_t& to) {
        for (; to < words.size() && words[to].at.start < end; ++to) {
          if (!words[to].inside || words[to].at.end <= end) continue;
          end = words[to].at.end;
          grown = true;
        }
      };
      widen(gw, g_end);
      widen(sw, s_end);
    }
    AlignForms(gold, {g, g_end}, system, {s, s_end}, pairs);
    g = g_end;
    s = s_end;
  }
  return pairs;
}

struct Compared {
  Text gold, system;
  Pairs pairs;
  std::vector<size_t> gold_of;  // for each word of the system

  bool SameHead(size_t g, size_t s) const {
    const size_t gold_head = gold.words[g].head, system_head = system.words[s].head;
    if (gold_head == kNone || system_head == kNone) return gold_head == system_head;
    return gold_of[system_head] == gold_head;
  }
  bool SameArc(size_t g, size_t s) const {
    return SameHead(g, s) && gold.words[g].relation() == system.words[s].relation();
  }
};

Result<Compared> Compare(std::string_view gold, std::string_view system) {
  Compared compared;
  for (const bool is_gold : {true, false}) {
    Result<Text> text = Reader().Read(is_gold ? gold : system);
    if (!text) {
      Error error = text.error();
      error.where = (is_gold ? "gold, " : "system, ") + error.where;
      return error;
    }
    (is_gold ? compared.gold : compared.system) = std::move(*text);
  }
  const std::string &a = compared.gold.characters, &b = compared.system.characters;
  if (a != b) {
    size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    while (at > 0 && at < a.size() && (a[at] & 0xC0) == 0x80) --at;
    return Error{ErrorCode::kInvalidInput, "the two texts differ",
                 "byte " + std::to_string(at) + " without white space"};
  }
  compared.pairs = Align(compared.gold, compared.system);
  compared.gold_of.assign(compared.system.words.size(), kNone);
  for (const auto& [g, s] : compared.pairs) compared.gold_of[s] = g;
  return compared;
}

bool IsContent(const ScoredWord& word) {
  static const std::set<std::string_view> kFunction = {"aux", "case", "cc",   "clf",
                                                       "cop", "det",  "mark", "punct"};
  return !kFunction.contains(word.relation());
}

size_t CountCommon(const std::vector<Range>& a, const std::vector<Range>& b) {
  std::vector<Range> common;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  return common.size();
}

}  // namespace

Result<std::vector<Agreement>> CompareConllu(std::string_view gold_text,
                                             std::string_view system_text) {
  const Result<Compared> compared = Compare(gold_text, system_text);
  if (!compared) return compared.error();
  const Text &gold = compared->gold, &system = compared->system;
  const Pairs& pairs = compared->pairs;
  std::vector<Agreement> result = {
      {"Tokens", CountCommon(gold.tokens, system.tokens), gold.tokens.size(), system.tokens.size()},
      {"Sentences", CountCommon(gold.sentences, system.sentences), gold.sentences.size(),
       system.sentences.size()},
      {"Words", pairs.size(), gold.words.size(), system.words.size()}};
  const auto add = [&](std::string_view name, auto same) {
    Agreement& agreement =
        result.emplace_back(Agreement{name, 0, gold.words.size(), system.words.size()});
    for (const auto& [g, s] : pairs) agreement.right += same(g, s) ? 1 : 0;
  };
  const auto &gw = gold.words, &sw = system.words;
  add("UPOS", [&](size_t g, size_t s) { return gw[g].upos == sw[s].upos; });
  add("UFeats", [&](size_t g, size_t s) { return gw[g].feats == sw[s].feats; });
  add("Lemmas",
      [&](size_t g, size_t s) { return gw[g].lemma == "_" || gw[g].lemma == sw[s].lemma; });
  add("UAS", [&](size_t g, size_t s) { return compared->SameHead(g, s); });
  add("LAS", [&](size_t g, size_t s) { return compared->SameArc(g, s); });
  add("CLAS", [&](size_t g, size_t s) {
    return IsContent(gw[g]) && IsContent(sw[s]) && compared->SameArc(g, s);
  });
  result.back().gold = static_cast<size_t>(std::ranges::count_if(gw, IsContent));
  result.back().system = static_cast<size_t>(std::ranges::count_if(sw, IsContent));
  return result;
}

Result<std::vector<RelationAgreement>> CompareRelations(std::string_view gold_text,
                                                        std::string_view system_text) {
  const Result<Compared> compared = Compare(gold_text, system_text);
  if (!compared) return compared.error();
  std::map<std::string_view, Agreement> relations;
  for (const ScoredWord& word : compared->gold.words) ++relations[word.deprel].gold;
  for (const ScoredWord& word : compared->system.words) ++relations[word.deprel].system;
  for (const auto& [g, s] : compared->pairs) {
    const std::string_view deprel = compared->gold.words[g].deprel;
    if (compared->SameHead(g, s) && deprel == compared->system.words[s].deprel) {
      ++relations[deprel].right;
    }
  }
  std::vector<RelationAgreement> result;
  for (const auto& [relation, agreement] : relations) {
    if (agreement.gold > 0) result.push_back({std::string(relation), agreement});
  }
  std::ranges::stable_sort(result, std::greater(),
                           [](const RelationAgreement& of) { return of.agreement.gold; });
  return result;
}

Result<std::string> RawText(std::string_view conllu) {
  std::string raw, paragraph;
  bool words = false, text = false;
  size_t line_number = 0;
  const auto flush = [&] {
    if (!raw.empty() && !paragraph.empty()) raw += "\n\n";
    raw += paragraph;
    paragraph.clear();
  };
  for (size_t at = 0; at <= conllu.size();) {
    const size_t end = std::min(conllu.find('\n', at), conllu.size());
    std::string_view line = conllu.substr(at, end - at);
    at = end + 1;
    ++line_number;
    constexpr std::string_view kText = "# text = ";
    if (line.starts_with("# newdoc") || line.starts_with("# newpar")) {
      flush();
    } else if (line.starts_with(kText)) {
      if (!paragraph.empty()) paragraph += ' ';
      paragraph += Squash(line.substr(kText.size()));
      text = true;
    } else if (line.empty() || line == "\r") {
      words = text = false;
    } else if (line[0] != '#' && !words) {
      words = true;
      if (!text) {
        return Error{ErrorCode::kInvalidInput, "the sentence has no `# text`",
                     "line " + std::to_string(line_number)};
      }
    }
  }
  flush();
  return raw;
}

}  // namespace kronik::train
