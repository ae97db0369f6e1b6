#include "entity/entity_stage.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/tsv.h"
#include "base/utf8.h"
#include "entity/times.h"
#include "gazetteer/names.h"

namespace kronik {
namespace {

constexpr uint32_t kMaxNameTokens = 10;

struct LanguageNames {
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> words;
  PhraseTable roles;
  // Whether the lower-case word is in the list `key`.
  bool Is(std::string_view key, std::string_view word) const {
    const auto found = words.find(key);
    return found != words.end() && found->second.contains(word);
  }
};

Result<LanguageNames> LoadLanguage(const Resources& resources, const std::string& lang) {
  LanguageNames out;
  const std::string folder = "data/lang/" + lang + "/";
  for (const char* file : {"names.tsv", "reference.tsv"}) {
    if (!resources.Has(folder + file)) continue;
    Result<Tsv> table = Tsv::Load(resources, folder + file, {"key", "forms"});
    if (!table) return table.error();
    for (const Tsv::Row& row : table->rows()) {
      for (std::string_view word : SplitCell(row[1])) {
        out.words[std::string(row[0])].emplace(word);
      }
    }
  }
  if (resources.Has(folder + "roles.tsv")) {
    Result<Tsv> roles = Tsv::Load(resources, folder + "roles.tsv", {"forms", "kind", "sectors"});
    if (!roles) return roles.error();
    for (const Tsv::Row& row : roles->rows()) {
      for (std::string_view form : SplitCell(row[0])) {
        const bool exact = std::ranges::any_of(form, [](char c) { return c >= 'A' && c <= 'Z'; });
        out.roles.Add(form, row[1] == "person" ? 1 : 0, !exact);
      }
    }
  }
  return out;
}

bool IsCapitalised(std::string_view form) {
  size_t at = 0;
  if (form.empty()) return false;
  const char32_t first = DecodeUtf8(form, at);
  if (IsUpper(first)) return true;
  // "al-Qaeda", "el-Sisi": a name whose second part is capitalised.
  const size_t hyphen = form.find('-');
  if (hyphen == std::string_view::npos || hyphen > 3 || hyphen + 1 >= form.size()) return false;
  at = hyphen + 1;
  return IsUpper(DecodeUtf8(form, at));
}

bool IsAcronym(std::string_view form) {
  if (form.size() < 2 || form.size() > 7) return false;
  return std::ranges::all_of(form, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

class EntityStage : public Stage {
 public:
  EntityStage(Gazetteer gazetteer, std::map<std::string, LanguageNames, std::less<>> languages,
              TimeFinder times)
      : gazetteer_(std::move(gazetteer)),
        languages_(std::move(languages)),
        times_(std::move(times)) {}

  std::string_view name() const override { return "entity"; }
  Layers needs() const override { return kArticle | kTokens; }
  Layers adds() const override { return kNames; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    std::vector<Mention> mentions;
    const Words words = Collect(document);
    for (const Sentence& sentence : document.sentences) {
      FindNames(document, sentence, words, mentions);
    }
    SettleSingles(document, mentions);
    document.mentions = std::move(mentions);
    times_.Annotate(document);
    return {};
  }

 private:
  // How the words of the document are written elsewhere than at a sentence's start.
  struct Words {
    std::unordered_set<std::string_view> lower;
    std::unordered_set<std::string_view> upper;
  };

  static Words Collect(const Document& document) {
    Words out;
    for (const Sentence& sentence : document.sentences) {
      for (uint32_t i = sentence.first; i < sentence.last; ++i) {
        const std::string_view form = document.tokens[i].form;
        if (!IsCapitalised(form)) {
          out.lower.insert(form);
        } else if (i > sentence.first) {
          out.upper.insert(form);
        }
      }
    }
    return out;
  }

  const LanguageNames& Names(std::string_view lang) const {
    static const LanguageNames kEmpty;
    const auto found = languages_.find(lang);
    return found != languages_.end() ? found->second : kEmpty;
  }

  void FindNames(const Document& document, const Sentence& sentence, const Words& words,
                 std::vector<Mention>& out) const {
    const std::string_view lang = document.LangOf(sentence);
    const LanguageNames& names = Names(lang);
    const PhraseTable& table = gazetteer_.Table(lang);
    const std::string_view text = document.article.text;
    const std::vector<Token>& tokens = document.tokens;
    bool after_title = false;
    for (uint32_t i = sentence.first; i < sentence.last;) {
      const Token& token = tokens[i];
      if (token.upos == Upos::kPunct &&
          token.form.find_first_not_of("\"'(.") != std::string_view::npos) {
        after_title = false;
      }
      if (token.start >= text.size()) return;
      const PhraseTable::Hit known = table.Find(text, token.start);
      const PhraseTable::Hit role = names.roles.Find(text, token.start);
      if (known.size != 0 && known.size >= role.size) {
        const uint32_t last = TokenAfter(document, sentence, i, token.start + known.size);
        const NameEntry& entry = gazetteer_.entry(known.values->front());
        Add(document, i, last, KindOf(entry), out);
        after_title = entry.kind != EntryKind::kHolder && after_title;
        i = last;
        continue;
      }
      if (role.size != 0) {
        const uint32_t last = TokenAfter(document, sentence, i, token.start + role.size);
        // "Ministry of ...", "Workers Party": a capitalised body or group begins a name of its own.
        bool org = IsCapitalised(token.form) && role.values->front() == 0 && last < sentence.last &&
                   token.start + role.size == tokens[last - 1].end;
        if (org) {
          const std::string next = LowerCase(tokens[last].form);
          if (names.Is("inner", next) && last + 1 < sentence.last) {
            org = IsCapitalised(tokens[last + 1].form) && names.Is("org", LowerCase(token.form));
          } else {
            org = IsCapitalised(tokens[last].form) && !names.Is("not", next) &&
                  tokens[last].start < text.size() &&
                  table.Find(text, tokens[last].start).size == 0 &&
                  (names.roles.Find(text, tokens[last].start).size == 0 || names.Is("org", next)) &&
                  (names.Is("org", LowerCase(token.form)) || names.Is("org", next));
          }
        }
        if (org) {
          const uint32_t end = RunEnd(document, sentence, i, names, table);
          Add(document, i, end, NameKind::kOrg, out);
          after_title = false;
          i = end;
          continue;
        }
        after_title = role.values->front() == 1;
        i = last;
        continue;
      }
      const std::string lower = LowerCase(token.form);
      if (names.Is("title", lower)) {
        after_title = true;
        ++i;
        if (i < sentence.last && tokens[i].form == ".") ++i;
        continue;
      }
      if (!StartsName(document, sentence, i, lower, names, words)) {
        if (token.upos != Upos::kPunct && token.form != ".") after_title = false;
        ++i;
        continue;
      }
      const uint32_t last = RunEnd(document, sentence, i, names, table);
      Add(document, i, last, Classify(document, sentence, i, last, names, after_title), out);
      after_title = false;
      i = last;
    }
  }

  static uint32_t TokenAfter(const Document& document, const Sentence& sentence, uint32_t from,
                             uint32_t end) {
    uint32_t last = from + 1;
    while (last < sentence.last && document.tokens[last].start < end) ++last;
    return last;
  }

  static void Add(const Document& document, uint32_t first, uint32_t last,
                  std::optional<NameKind> kind, std::vector<Mention>& out) {
    if (!kind) return;
    out.push_back({document.SpanOf(first, last), first, last, *kind});
  }

  static std::optional<NameKind> KindOf(const NameEntry& entry) {
    switch (entry.kind) {
      case EntryKind::kHolder:
        return NameKind::kPer;
      case EntryKind::kOrganisation:
        return NameKind::kOrg;
      case EntryKind::kAdjective:
      case EntryKind::kPeople:
        return NameKind::kMisc;
      default:
        return NameKind::kLoc;
    }
  }

  static bool StartsName(const Document& document, const Sentence& sentence, uint32_t i,
                         const std::string& lower, const LanguageNames& names, const Words& words) {
    const Token& token = document.tokens[i];
    if (!IsCapitalised(token.form) || token.form.size() < 2 || names.Is("not", lower)) return false;
    bool initial = i == sentence.first;
    // A quotation inside the sentence starts one too.
    if (!initial) {
      const std::string_view before = document.tokens[i - 1].form;
      initial = before == "\"" || before == "“" || before == "``" || before == ":" ||
                before == "-" || before == "–";
    }
    if (!initial || IsAcronym(token.form)) return true;
    if (words.lower.contains(lower)) return false;
    if (words.upper.contains(token.form)) return true;
    if (token.upos == Upos::kPropn) return true;
    const uint32_t next = i + 1;
    return next < sentence.last && token.upos == Upos::kX &&
           IsCapitalised(document.tokens[next].form) &&
           !names.Is("not", LowerCase(document.tokens[next].form));
  }

  uint32_t RunEnd(const Document& document, const Sentence& sentence, uint32_t first,
                  const LanguageNames& names, const PhraseTable& table) const {
    const std::vector<Token>& tokens = document.tokens;
    bool org = names.Is("org", LowerCase(tokens[first].form));
    uint32_t last = first + 1;
    while (last < sentence.last && last - first < kMaxNameTokens) {
      const Token& token = tokens[last];
      const std::string lower = LowerCase(token.form);
      const bool joined = token.form == "-" && !tokens[last - 1].space_after && !token.space_after;
      const bool inner = joined || names.Is("particle", lower) ||
                         (org && names.Is("inner", lower)) ||
                         (token.form == "." && tokens[last - 1].form.size() == 1);
      if (inner && !IsCapitalised(token.form)) {
        uint32_t next = last + 1;
        if (next < sentence.last && names.Is("particle", LowerCase(tokens[next].form))) ++next;
        if (next >= sentence.last || !IsCapitalised(tokens[next].form) ||
            names.Is("not", LowerCase(tokens[next].form))) {
          break;
        }
        last = next + 1;
        continue;
      }
      if (!IsCapitalised(token.form) || (names.Is("not", lower) && !org)) break;
      // A country, an office or an office holder starts a phrase of its own.
      if (!org && token.start < document.article.text.size()) {
        const PhraseTable::Hit known = table.Find(document.article.text, token.start);
        if (known.size != 0) {
          const EntryKind kind = gazetteer_.entry(known.values->front()).kind;
          if (kind != EntryKind::kNothing && kind != EntryKind::kPlace) break;
        }
        if (names.roles.Find(document.article.text, token.start).size > token.form.size()) break;
      }
      if (names.Is("org", lower)) org = true;
      ++last;
    }
    return last;
  }

  static NameKind Classify(const Document& document, const Sentence& sentence, uint32_t first,
                           uint32_t last, const LanguageNames& names, bool after_title) {
    const std::vector<Token>& tokens = document.tokens;
    const std::string head = LowerCase(tokens[first].form);
    const std::string tail = LowerCase(tokens[last - 1].form);
    for (uint32_t i = first; i < last; ++i) {
      if (names.Is("org", LowerCase(tokens[i].form))) return NameKind::kOrg;
    }
    if (names.Is("misc", head) || names.Is("misc", tail)) return NameKind::kMisc;
    if (names.Is("loc", head) || (names.Is("loc", tail) && last - first > 1)) return NameKind::kLoc;
    if (after_title) return NameKind::kPer;
    if (last - first == 1 && IsAcronym(tokens[first].form)) return NameKind::kOrg;
    if (first > sentence.first && names.Is("locative", LowerCase(tokens[first - 1].form)))
      return NameKind::kLoc;
    for (uint32_t i = first + 1; i + 1 < last; ++i) {
      if (names.Is("particle", LowerCase(tokens[i].form))) return NameKind::kPer;
    }
    return last - first > 1 ? NameKind::kPer : NameKind::kMisc;
  }

  // A single word that is part of a person's full name elsewhere means that person; one that has
  // been called something surer elsewhere is that.
  static void SettleSingles(const Document& document, std::vector<Mention>& mentions) {
    std::unordered_map<std::string_view, NameKind> kinds;
    for (const Mention& mention : mentions) {
      if (mention.kind == NameKind::kMisc) continue;
      if (mention.kind == NameKind::kPer) {
        for (uint32_t i = mention.first; i < mention.last; ++i) {
          if (document.tokens[i].form.size() > 2) kinds[document.tokens[i].form] = NameKind::kPer;
        }
      } else if (mention.last - mention.first == 1) {
        kinds.emplace(document.tokens[mention.first].form, mention.kind);
      }
    }
    for (Mention& mention : mentions) {
      if (mention.kind != NameKind::kMisc || mention.last - mention.first != 1) continue;
      const auto found = kinds.find(document.tokens[mention.first].form);
      if (found != kinds.end()) {
        mention.kind = found->second;
      } else if (document.tokens[mention.first].upos == Upos::kPropn &&
                 document.tokens[mention.first].Is("nsubj")) {
        mention.kind = NameKind::kPer;
      }
    }
  }

  Gazetteer gazetteer_;
  std::map<std::string, LanguageNames, std::less<>> languages_;
  TimeFinder times_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeEntityStage(const Resources& resources) {
  Result<Gazetteer> gazetteer = Gazetteer::Load(resources);
  if (!gazetteer) return gazetteer.error();
  std::map<std::string, LanguageNames, std::less<>> languages;
  for (const std::string& lang : resources.Languages()) {
    Result<LanguageNames> names = LoadLanguage(resources, lang);
    if (!names) return names.error();
    languages.emplace(lang, std::move(*names));
  }
  Result<TimeFinder> times = TimeFinder::Load(resources);
  if (!times) return times.error();
  return std::unique_ptr<Stage>(std::make_unique<EntityStage>(
      std::move(*gazetteer), std::move(languages), std::move(*times)));
}

}  // namespace kronik
