#include "entity/name_finder.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"

namespace kronik {
namespace {

// The lists that this file asks for.
struct Bits {
  NameLists::Set role = NameLists::Bit("role person") | NameLists::Bit("word title");
  NameLists::Set state = NameLists::Bit("name") | NameLists::Bit("adj");
  NameLists::Set place =
      NameLists::Bit("name") | NameLists::Bit("capital") | NameLists::Bit("place");
  NameLists::Set nation = NameLists::Bit("adj") | NameLists::Bit("person");
  NameLists::Set organisation = NameLists::Bit("organisation");
  NameLists::Set holder = NameLists::Bit("holder");
  NameLists::Set none = NameLists::Bit("none");
  NameLists::Set org_word = NameLists::Bit("word org");
  NameLists::Set loc_word = NameLists::Bit("word loc");
  NameLists::Set definite = NameLists::Bit("word definite");
  NameLists::Set common = role | NameLists::Bit("role body") | NameLists::Bit("role people") |
                          NameLists::Bit("word not");
  NameLists::Set small = NameLists::Bit("word inner") | NameLists::Bit("word not");
};
const Bits& TheBits() {
  static const Bits kBits;
  return kBits;
}

// The kind of a phrase of data/actors.
std::optional<NameKind> KnownKind(NameLists::Set set) {
  const Bits& bits = TheBits();
  if ((set & bits.none) != 0) return std::nullopt;
  if ((set & bits.holder) != 0) return NameKind::kPer;
  if ((set & bits.organisation) != 0) return NameKind::kOrg;
  if ((set & bits.place) != 0) return NameKind::kLoc;
  if ((set & bits.nation) != 0) return NameKind::kMisc;
  return std::nullopt;
}

// Takes off what stands before a person's own name: "the Iraqi President", "Mr.".
void StripRoles(const std::vector<NameWord>& words, bool person, uint32_t& first, uint32_t last) {
  const Bits& bits = TheBits();
  uint32_t from = first;
  for (uint32_t i = first; i + 1 < last; ++i) {
    // "2015 general election" has no role in it.
    const bool written = person || (words[i].upper && words[i + 1].upper);
    if (written && ((words[i].begins | words[i].inside) & bits.role) != 0) from = i + 1;
  }
  if (from == first) return;
  while (from + 1 < last &&
         (!words[from].letter || (!words[from].upper && (words[from].begins & bits.small) != 0) ||
          ((words[from].begins | words[from].inside) & bits.state) != 0)) {
    ++from;
  }
  first = from;
}

// Takes off the article before a name and the common words after it ("the Iraqi forces"), and what
// is left of a description then ("Afghan President"). Returns the kind of the rest.
NameKind StripCommon(const std::vector<NameWord>& words, NameKind kind, uint32_t& first,
                     uint32_t& last) {
  const Bits& bits = TheBits();
  if (first + 1 < last && (words[first].begins & bits.definite) != 0) ++first;
  const uint32_t whole = last;
  // "2015 British general election" ends in one, as names of events do.
  while (kind != NameKind::kMisc && first + 1 < last && words[last - 1].letter &&
         !words[last - 1].upper && !words[last - 1].inner_upper) {
    --last;
  }
  const NameWord& word = words[first];
  const uint32_t state = first + word.length;
  if ((word.begins & bits.state) == 0 || state > last) return kind;
  const bool roles = std::all_of(
      words.begin() + state, words.begin() + last,
      [&](const NameWord& other) { return ((other.begins | other.inside) & bits.role) != 0; });
  if (!roles || (state == whole && kind != NameKind::kPer)) return kind;
  last = state;
  return KnownKind(word.begins).value_or(kind);
}

// "Menteri Luar Negeri [Korea Utara][Ri Myong-su]": between a role and a person's name stands the
// role's country. Returns where the person's name begins, or `first`.
uint32_t PersonAfterState(const std::vector<NameWord>& words, uint32_t first, uint32_t last) {
  const Bits& bits = TheBits();
  if (first == 0 || ((words[first - 1].begins | words[first - 1].inside) & bits.role) == 0) {
    return first;
  }
  const NameWord& word = words[first];
  return (word.begins & bits.state) != 0 && first + word.length < last ? first + word.length
                                                                       : first;
}

// The end of a name that the model doesn't see, from word `i` on, or `i`: a run of the parser's
// proper nouns, or of capitalised words that begins with a word for an organisation.
uint32_t UnknownEnd(const Document& document, const Sentence& sentence,
                    const std::vector<NameWord>& words, const std::vector<uint8_t>& labels,
                    uint32_t i) {
  const Bits& bits = TheBits();
  const auto plain = [&](uint32_t at) {
    return labels[at] == kOutside && words[at].upper &&
           ((words[at].begins | words[at].inside) & bits.common) == 0;
  };
  uint32_t last = i;
  if ((words[i].begins & bits.org_word) != 0 && words[i].upper) {
    last = i + 1;
    while (last < words.size() && plain(last)) ++last;
    return last > i + 1 ? last : i;
  }
  while (last < words.size() && plain(last) &&
         document.tokens[sentence.first + last].upos == Upos::kPropn) {
    ++last;
  }
  return last;
}

NameKind UnknownKind(const Document& document, const Sentence& sentence,
                     const std::vector<NameWord>& words, uint32_t first, uint32_t last) {
  const Bits& bits = TheBits();
  bool subject = false;
  for (uint32_t i = first; i < last; ++i) {
    if ((words[i].begins & bits.org_word) != 0) return NameKind::kOrg;
    subject |= document.tokens[sentence.first + i].Is("nsubj");
  }
  if ((words[last - 1].begins & bits.loc_word) != 0) return NameKind::kLoc;
  return subject ? NameKind::kPer : NameKind::kMisc;
}

// Whether a name of one word that no list knows is the beginning of the person's name at `next`:
// "[Tran][Minh Duc]".
bool IsFirstName(const Document& document, const Mention& name, const std::vector<NameWord>& words,
                 uint32_t sentence, uint32_t next) {
  if (name.kind != NameKind::kMisc || name.last != next || name.last - name.first != 1 ||
      name.first < sentence) {
    return false;
  }
  const NameWord& word = words[name.first - sentence];
  return ((word.begins | word.inside) & (TheBits().state | TheBits().role | TheBits().common)) ==
             0 &&
         document.tokens[name.first].upos == Upos::kPropn &&
         document.tokens[name.first].end + 1 == document.tokens[next].start;
}

// A surname, or another single word of a person's full name, means that person in the whole
// document.
void SettleSurnames(const Document& document, std::vector<Mention>& mentions) {
  std::unordered_map<std::string_view, bool> last_words;
  for (const Mention& mention : mentions) {
    if (mention.kind != NameKind::kPer || mention.last - mention.first < 2) continue;
    last_words[document.tokens[mention.last - 1].form] = true;
  }
  for (Mention& mention : mentions) {
    if (mention.last - mention.first == 1 && mention.kind != NameKind::kLoc &&
        last_words.contains(document.tokens[mention.first].form)) {
      mention.kind = NameKind::kPer;
    }
  }
}

}  // namespace

void NameFinder::Add(const std::string& lang, NameLists lists, NameModel model) {
  languages_.insert_or_assign(lang, Language{std::move(lists), std::move(model)});
}

Result<NameFinder> NameFinder::Load(const Resources& resources) {
  NameFinder out;
  for (const std::string& lang : resources.Languages()) {
    Result<NameLists> lists = NameLists::Load(resources, lang);
    if (!lists) return lists.error();
    NameModel model;
    const std::string name = "models/" + lang + ".names.bin";
    if (resources.Has(name)) {
      Result<std::string_view> file = resources.Read(name);
      if (!file) return file.error();
      Result<NameModel> loaded = NameModel::Load(*file);
      if (!loaded) {
        Error error = loaded.error();
        error.where = name;
        return error;
      }
      model = std::move(*loaded);
    }
    out.Add(lang, std::move(*lists), std::move(model));
  }
  return out;
}

std::vector<Mention> NameFinder::Find(const Document& document) const {
  std::vector<Mention> out;
  const CaseStatistics statistics(document);
  NameSentence words;
  std::vector<uint8_t> labels;
  const Bits& bits = TheBits();
  for (const Sentence& sentence : document.sentences) {
    const auto language = languages_.find(document.LangOf(sentence));
    if (language == languages_.end() || sentence.first >= sentence.last) continue;
    words.Read(language->second.lists, statistics, document, sentence);
    language->second.model.Tag(words, labels);
    const auto count = static_cast<uint32_t>(labels.size());
    for (uint32_t i = 0; i < count;) {
      uint32_t first = i;
      uint32_t last = i + 1;
      std::optional<NameKind> kind;
      if (labels[i] != kOutside) {
        kind = KindOfLabel(labels[i]);
        while (last < count && labels[last] == InsideOf(*kind)) ++last;
        i = last;
        if (*kind != NameKind::kOrg) {
          const uint32_t whole = first;
          StripRoles(words.words, *kind == NameKind::kPer, first, last);
          if (first != whole) kind = NameKind::kPer;
          // "Russian Foreign Minister Ivan Petrenko" names a state too.
          const NameWord& word = words.words[whole];
          if (whole + word.length <= first && (word.begins & bits.state) != 0) {
            const uint32_t from = whole + sentence.first, to = from + word.length;
            out.push_back({document.SpanOf(from, to), from, to,
                           KnownKind(word.begins).value_or(NameKind::kMisc)});
          }
        }
        if (*kind != NameKind::kOrg) {
          const uint32_t person = PersonAfterState(words.words, first, last);
          if (person != first) {
            const uint32_t from = first + sentence.first, to = person + sentence.first;
            out.push_back({document.SpanOf(from, to), from, to, NameKind::kLoc});
            first = person;
            kind = NameKind::kPer;
          }
        }
        if (!words.caseless) kind = StripCommon(words.words, *kind, first, last);
        const auto upper = [](const NameWord& word) { return word.upper || word.inner_upper; };
        if (!words.caseless &&
            std::none_of(words.words.begin() + first, words.words.begin() + last, upper)) {
          continue;
        }
      } else {
        // All words of the phrase must be free and written as a name.
        while (last < count && words.words[last].inside != 0 && words.words[last].begins == 0 &&
               labels[last] == kOutside) {
          ++last;
        }
        if (words.words[i].upper && !words.caseless && words.words[i].length == last - i) {
          kind = KnownKind(words.words[i].begins);
        }
        if (!kind && !words.caseless) {
          last = UnknownEnd(document, sentence, words.words, labels, i);
          if (last > i) kind = UnknownKind(document, sentence, words.words, i, last);
        }
        i = kind ? last : i + 1;
      }
      if (!kind) continue;
      first += sentence.first;
      last += sentence.first;
      if (!out.empty() && *kind == NameKind::kPer &&
          IsFirstName(document, out.back(), words.words, sentence.first, first)) {
        first = out.back().first;
        out.pop_back();
      }
      out.push_back({document.SpanOf(first, last), first, last, *kind});
    }
  }
  SettleSurnames(document, out);
  return out;
}

}  // namespace kronik
