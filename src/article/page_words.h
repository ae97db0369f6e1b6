// The words by which pages name their parts: in classes and ids, and in the text itself.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

// What a part of a page is for, or what a line says of itself.
enum class PartKind : uint8_t {
  kUnnamed,
  kBody,
  kDeck,
  kRelated,
  kShare,
  kNewsletter,
  kComments,
  kAuthor,
  kMeta,
  kNavigation,
  kFooter,
  kTags,
  kAd,
  kOther,
  kCaption,
  kCredit,
  kEmbed,
  kSyndication,
  kEditor,
  kPaywall,
  kByline,
  kJoin,
  kRole,
};
inline constexpr size_t kPartKinds = 23;
std::string_view PartKindName(PartKind kind);  // "related"; empty for kUnnamed

class PageWords {
 public:
  // For each kind the length in bytes of the longest phrase of it that a text starts with; 0 for
  // none.
  using Prefixes = std::array<uint8_t, kPartKinds>;

  // data/page_words.tsv, and each language's months and time zones (data/lang/<code>/months.tsv and
  // article.tsv). Errors: those of Tsv::Load; a kind or a place that is not known.
  static Result<PageWords> Load(const Resources& resources);

  // The kind that a class or id names, or kUnnamed. Words are told apart at capitals and at all but
  // letters and digits; of several kinds the last one named wins, since names go from general to
  // particular ("article-related").
  PartKind ClassKind(std::string_view attribute) const;
  // The phrases that `text` starts with, whatever its case, up to the end of a word.
  Prefixes Match(std::string_view text) const;
  size_t Prefix(PartKind kind, std::string_view text) const {
    return Match(text)[static_cast<size_t>(kind)];
  }
  // The month that a lower-case word names in any of the languages, or 0.
  int Month(std::string_view word) const {
    const auto it = months_.find(word);
    return it == months_.end() ? 0 : it->second;
  }
  // How far a lower-case name of a time zone is from UTC ("+07:00"), or empty.
  std::string_view Offset(std::string_view zone) const {
    const auto it = zones_.find(zone);
    return it == zones_.end() ? std::string_view() : std::string_view(it->second);
  }
  // The phrases of a kind, in lower case.
  const std::vector<std::string>& Phrases(PartKind kind) const {
    return phrases_[static_cast<size_t>(kind)];
  }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Phrase {
    std::string text;
    PartKind kind;
  };

  Result<void> LoadDates(const Resources& resources);

  std::unordered_map<std::string, PartKind, Hash, std::equal_to<>> classes_;
  std::unordered_map<std::string, int, Hash, std::equal_to<>> months_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> zones_;
  std::array<std::vector<std::string>, kPartKinds> phrases_;
  std::array<std::vector<Phrase>, 256> by_first_byte_;
};

// Remembers the kinds of a page's class names, which come again and again. The names must outlive
// it.
class ClassKinds {
 public:
  explicit ClassKinds(const PageWords& words) : words_(words) {}
  PartKind operator()(std::string_view attribute) {
    auto [it, fresh] = known_.try_emplace(attribute, PartKind::kUnnamed);
    if (fresh) it->second = words_.ClassKind(attribute);
    return it->second;
  }

 private:
  const PageWords& words_;
  std::unordered_map<std::string_view, PartKind> known_;
};

}  // namespace kronik
