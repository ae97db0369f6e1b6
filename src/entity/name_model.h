// NameModel: finds names in a sentence with a linear-chain conditional random field (Lafferty,
// McCallum and Pereira 2001) over hashed features of the words around.
//
// A label says what a word is in a name: alone, first or inside (the others), for each kind; or
// outside. A document whose words are all in lower case, and a sentence all in capitals, are read
// by the features that don't look at case.
// Threads: immutable; any number may read.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entity/name_lists.h"
#include "kronik/document.h"
#include "kronik/result.h"

namespace kronik {

inline constexpr int kNameLabels = 13;
inline constexpr uint8_t kOutside = 0;
constexpr uint8_t SingleOf(NameKind kind) {
  return static_cast<uint8_t>(1 + 3 * static_cast<int>(kind));
}
constexpr uint8_t FirstOf(NameKind kind) { return static_cast<uint8_t>(SingleOf(kind) + 1); }
constexpr uint8_t InsideOf(NameKind kind) { return static_cast<uint8_t>(SingleOf(kind) + 2); }
// The kind of a label that is not kOutside.
constexpr NameKind KindOfLabel(uint8_t label) { return static_cast<NameKind>((label - 1) / 3); }
// Whether `next` may follow `label`; kOutside stands for a sentence's start and end.
constexpr bool MayFollow(uint8_t label, uint8_t next) {
  const bool inside = next != kOutside && next == InsideOf(KindOfLabel(next));
  const bool first = label != kOutside && label == FirstOf(KindOfLabel(label));
  if (!inside) return !first;
  return label == next || label + 1 == next;
}

// How the words of a document are written.
class CaseStatistics {
 public:
  explicit CaseStatistics(const Document& document);
  // Hardly any word has a capital.
  bool caseless() const { return caseless_; }
  // Of a lower-case form: 1 it stands in the document in lower case, 2 with a capital that no
  // sentence's start accounts for; 3 both.
  uint32_t Seen(uint64_t lower) const {
    const auto found = seen_.find(lower);
    return found == seen_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<uint64_t, uint32_t> seen_;
  bool caseless_ = false;
};

// What the features look at of one word, as hashes.
struct NameWord {
  uint64_t raw = 0;
  uint64_t lower = 0;  // digits closed up to '0'
  uint64_t shape = 0;
  std::array<uint64_t, 5> prefix{};  // of 1 to 5 bytes, lower case; 0 where the word is shorter
  std::array<uint64_t, 5> suffix{};
  uint32_t seen = 0;          // CaseStatistics
  NameLists::Set begins = 0;  // the lists of a phrase that begins here
  NameLists::Set inside = 0;  // the lists of a phrase that began before
  uint32_t length = 0;        // words of the phrase that begins here
  bool upper = false;         // starts with a capital
  bool inner_upper = false;   // has one further on: "al-Fulan", "iPhone"
  bool letter = false;        // starts with a letter
  // The words before and after the run of capitalised words that this one is in, and its last one.
  uint64_t before = 0, after = 0, last = 0;
};

// The words of one sentence. Keeps its memory from call to call.
struct NameSentence {
  std::vector<NameWord> words;
  bool caseless = false;

  void Read(const NameLists& lists, const CaseStatistics& statistics, const Document& document,
            const Sentence& sentence);
  // Replaces `out` with the features of a word: 64-bit hashes.
  void Features(size_t at, std::vector<uint64_t>& out) const;

 private:
  std::vector<std::string> lower_;
  std::vector<std::string_view> views_;
};

class NameModel {
 public:
  struct Row {
    uint64_t feature = 0;
    std::array<int8_t, kNameLabels> weights{};
  };
  using Transitions = std::array<std::array<int32_t, kNameLabels>, kNameLabels>;

  NameModel() = default;
  // Rows may come in any order, no feature twice. Transitions in the weights' unit.
  NameModel(const Transitions& transitions, const std::vector<Row>& rows);

  // The bytes of a model file, and back. Errors: kInvalidInput for bytes that are no model,
  // kUnsupported for another version, kLimit for one that would unpack to more than 64 MiB.
  std::string Write() const;
  static Result<NameModel> Load(std::string_view file);

  // Sets `labels` to the best labels of the sentence's words.
  void Tag(const NameSentence& sentence, std::vector<uint8_t>& labels) const;

 private:
  // A slot of an open hash table: sixteen bytes, so that none crosses a cache line. `check` holds
  // bits of the feature's hash that its place doesn't, and is 0 in a free slot.
  struct alignas(16) Slot {
    uint16_t check = 0;
    std::array<int8_t, 14> weights{};
  };
  static uint16_t Check(uint64_t feature) { return static_cast<uint16_t>(feature | 1); }
  size_t Place(uint64_t feature) const { return static_cast<size_t>(feature >> shift_); }

  Transitions transitions_{};
  int shift_ = 63;
  std::vector<Slot> slots_;
};

}  // namespace kronik
