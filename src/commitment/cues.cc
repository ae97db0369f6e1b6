#include "commitment/cues.h"

#include <algorithm>
#include <optional>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik::commitment {
namespace {

template <typename T>
struct Named {
  std::string_view name;
  T value;
};

constexpr Named<uint32_t> kFrames[] = {{"inf", kInf},   {"that", kThat},       {"np", kNp},
                                       {"text", kText}, {"party", kParty},     {"future", kFuture},
                                       {"noun", kNoun}, {"meeting", kMeeting}, {"binds", kBinds}};
constexpr Named<uint32_t> kWords[] = {{"infinitive", kInfinitive},
                                      {"complementizer", kComplementizer},
                                      {"agent", kAgent},
                                      {"between", kBetween},
                                      {"with", kWith},
                                      {"toward", kToward},
                                      {"topic", kTopic},
                                      {"deadline", kDeadline},
                                      {"start", kStart},
                                      {"period", kPeriod},
                                      {"hedge", kHedge},
                                      {"condition", kCondition},
                                      {"negator", kNegator},
                                      {"earlier", kEarlier},
                                      {"conjunction", kConjunction},
                                      {"contrast", kContrast},
                                      {"relative", kRelative},
                                      {"boundary", kBoundary},
                                      {"skip", kSkip},
                                      {"mediator", kMediatorWord},
                                      {"witness", kWitnessWord},
                                      {"guarantor", kGuarantorWord},
                                      {"failing", kFailing}};
constexpr Named<CommitmentKind> kKinds[] = {{"pledge", CommitmentKind::kPledge},
                                            {"agreement", CommitmentKind::kAgreement},
                                            {"plan", CommitmentKind::kPlan},
                                            {"invitation", CommitmentKind::kInvitation},
                                            {"demand", CommitmentKind::kDemand}};
constexpr Named<CommitmentStatus> kStatuses[] = {
    {"", CommitmentStatus::kMade},
    {"made", CommitmentStatus::kMade},
    {"proposed", CommitmentStatus::kProposed},
    {"reaffirmed", CommitmentStatus::kReaffirmed},
    {"delayed", CommitmentStatus::kDelayed},
    {"partly_fulfilled", CommitmentStatus::kPartlyFulfilled},
    {"fulfilled", CommitmentStatus::kFulfilled},
    {"broken", CommitmentStatus::kBroken},
    {"withdrawn", CommitmentStatus::kWithdrawn}};

template <typename T, size_t n>
std::optional<T> ValueOf(const Named<T> (&names)[n], std::string_view name) {
  for (const Named<T>& known : names) {
    if (known.name == name) return known.value;
  }
  return std::nullopt;
}

bool Matches(const std::vector<std::string>& phrase, const std::vector<std::string>& words,
             uint32_t at, uint32_t end) {
  return phrase.size() <= end - at && std::equal(phrase.begin(), phrase.end(), words.begin() + at);
}

}  // namespace

Result<Cues> Cues::Load(const Resources& resources, std::string_view file) {
  Result<Tsv> table = Tsv::Load(resources, file, {"word", "forms", "kind", "status", "frame"});
  if (!table) return table.error();
  Cues cues;
  for (const Tsv::Row& row : table->rows()) {
    uint32_t bits = 0;
    const bool function = row[2] == "function";
    const bool noun = row[2] == "instrument" || row[2] == "meeting";
    for (std::string_view name : SplitCell(row[4])) {
      const std::optional<uint32_t> bit = function ? ValueOf(kWords, name) : ValueOf(kFrames, name);
      if (!bit) return table->ErrorAt(row, "unknown frame '" + std::string(name) + "'");
      bits |= *bit;
    }
    if (noun) bits = row[2] == "meeting" ? kMeetingNoun : kInstrument;
    Entry entry;
    entry.frames = bits;
    if (!function && !noun) {
      const std::optional<CommitmentKind> kind = ValueOf(kKinds, row[2]);
      const std::optional<CommitmentStatus> status = ValueOf(kStatuses, row[3]);
      if (!kind) return table->ErrorAt(row, "unknown kind '" + std::string(row[2]) + "'");
      if (!status) return table->ErrorAt(row, "unknown status '" + std::string(row[3]) + "'");
      entry.kind = *kind;
      entry.status = *status;
    }
    for (std::string_view form : SplitCell(row[1])) {
      const std::string lower = LowerCase(form);
      entry.words.clear();
      for (std::string_view word : SplitCell(lower, ' ')) entry.words.emplace_back(word);
      if (entry.words.empty()) continue;
      if (function || noun) {
        cues.classes_[entry.words.front()].push_back({entry.words, bits});
      } else {
        cues.entries_[entry.words.front()].push_back(entry);
      }
    }
  }
  return cues;
}

void Cues::Find(const std::vector<std::string>& words, uint32_t at, uint32_t end,
                std::vector<const Entry*>& out) const {
  const auto found = entries_.find(words[at]);
  if (found == entries_.end()) return;
  for (const Entry& entry : found->second) {
    if (Matches(entry.words, words, at, end)) out.push_back(&entry);
  }
}

uint32_t Cues::Classes(const std::vector<std::string>& words, uint32_t at) const {
  const auto found = classes_.find(words[at]);
  if (found == classes_.end()) return 0;
  uint32_t bits = 0;
  for (const Phrase& phrase : found->second) {
    if (Matches(phrase.words, words, at, static_cast<uint32_t>(words.size()))) bits |= phrase.bits;
  }
  return bits;
}

}  // namespace kronik::commitment
