#include "statement/lexicon.h"

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik::statement {
namespace {

constexpr std::pair<std::string_view, uint32_t> kFrameNames[] = {
    {"clause", kClause},     {"that", kThat},
    {"quote", kQuote},       {"addressee", kAddressee},
    {"inf", kInf},           {"np", kNp},
    {"ifquoted", kIfQuoted}, {"prep", kPrep},
    {"carry", kCarry},       {"by", kBy},
    {"noun", kNoun},         {"after", kAfter},
    {"adj", kAdj},           {"comp", kComp},
    {"as", kCalls},          {"reason", kReason},
    {"question", kQuestion}, {"within", kWithin},
    {"names", kNames},       {"idiom", kIdiom}};
constexpr std::pair<std::string_view, uint32_t> kWordNames[] = {{"complementizer", kComplementizer},
                                                                {"infinitive", kInfinitive},
                                                                {"agent", kAgent},
                                                                {"hearer", kHearer},
                                                                {"negator", kNegator},
                                                                {"conjunction", kConjunction},
                                                                {"contrast", kContrast},
                                                                {"relative", kRelative},
                                                                {"pronoun", kPronoun},
                                                                {"passive", kPassive},
                                                                {"skip", kSkip},
                                                                {"inside", kInside},
                                                                {"as", kAs},
                                                                {"anaphor", kAnaphor},
                                                                {"boundary", kBoundary},
                                                                {"hearers", kHearers},
                                                                {"outlet", kOutlet},
                                                                {"medium", kMedium},
                                                                {"role", kRole},
                                                                {"asks", kAsks},
                                                                {"thing", kThing},
                                                                {"light", kLight},
                                                                {"rejects", kRejects},
                                                                {"degree", kDegree},
                                                                {"outlet name", kOutletName},
                                                                {"cause", kCause}};

template <typename Names>
uint32_t BitOf(const Names& names, std::string_view name) {
  for (const auto& [known, bit] : names) {
    if (known == name) return bit;
  }
  return 0;
}

}  // namespace

Result<Lexicon> Lexicon::Load(const Resources& resources, std::string_view file) {
  Result<Tsv> table = Tsv::Load(resources, file, {"word", "forms", "kind", "frame"});
  if (!table) return table.error();
  Lexicon lexicon;
  for (const Tsv::Row& row : table->rows()) {
    const bool function = row[2] == "function";
    uint32_t bits = 0;
    for (std::string_view name : SplitCell(row[3])) {
      const uint32_t bit = function ? BitOf(kWordNames, name) : BitOf(kFrameNames, name);
      if (bit == 0) return table->ErrorAt(row, "unknown frame '" + std::string(name) + "'");
      bits |= bit;
    }
    for (std::string_view form : SplitCell(row[1])) {
      const std::string lower = LowerCase(form);
      if (function) {
        // Of several words the last one decides: the rule looks at single tokens.
        const std::vector<std::string_view> parts = SplitCell(lower, ' ');
        if (!parts.empty()) lexicon.classes_[std::string(parts.back())] |= bits;
        continue;
      }
      Entry entry;
      entry.frames = bits;
      lexicon.after_ = lexicon.after_ || (bits & kAfter) != 0;
      entry.denial = row[2] == "denial";
      std::vector<std::string> words;
      for (std::string_view word : SplitCell(lower, ' ')) {
        const size_t plus = word.find('+');
        if (plus != std::string_view::npos) entry.clitic = word.substr(plus + 1);
        words.emplace_back(word.substr(0, plus));
      }
      if (!words.empty() && !entry.clitic.empty()) {
        // The fused spelling is another word.
        Entry fused = entry;
        fused.fused = true;
        std::vector<std::string> whole = words;
        whole.back() += fused.clitic;
        lexicon.entries_.Add(std::move(whole), std::move(fused));
      }
      lexicon.entries_.Add(std::move(words), std::move(entry));
    }
  }
  return lexicon;
}

void Lexicon::Find(const std::vector<std::string>& words, uint32_t at, uint32_t end,
                   std::vector<Match>& out) const {
  out.clear();
  entries_.At(words, at, end, [&](const Entry& entry, uint32_t length) {
    const bool split = !entry.clitic.empty() && !entry.fused;
    if (split) {
      const uint32_t next = at + length;
      if (next >= end || (words[next] != entry.clitic && words[next] != "-" + entry.clitic)) return;
      ++length;
    }
    if (!out.empty() && out.front().length > length) return;
    if (!out.empty() && out.front().length < length) out.clear();
    out.push_back({&entry, length, split});
  });
}

uint32_t Lexicon::Classes(const std::string& word) const {
  const auto found = classes_.find(word);
  return found == classes_.end() ? 0 : found->second;
}

}  // namespace kronik::statement
