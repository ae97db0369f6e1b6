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

constexpr Named<uint64_t> kFrames[] = {
    {"inf", kInf},     {"that", kThat},     {"np", kNp},         {"text", kText},
    {"party", kParty}, {"future", kFuture}, {"noun", kNoun},     {"meeting", kMeeting},
    {"binds", kBinds}, {"refers", kRefers}, {"grants", kGrants}, {"must", kMust}};
constexpr Named<uint64_t> kWords[] = {{"infinitive", kInfinitive},
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
                                      {"failing", kFailing},
                                      {"part", kPart},
                                      {"accept", kAccept},
                                      {"within", kWithin},
                                      {"middle", kMiddle},
                                      {"unless", kUnless},
                                      {"sport", kSport},
                                      {"campaign", kCampaign},
                                      {"stative", kStative},
                                      {"pending", kPending},
                                      {"threat", kThreat},
                                      {"since", kSince},
                                      {"collective", kCollective},
                                      {"sportly", kSportly},
                                      {"first", kFirst},
                                      {"harm", kHarm},
                                      {"upon", kUpon},
                                      {"signing", kSigning},
                                      {"invariant", kInvariant}};
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

std::vector<std::string> WordsOf(std::string_view phrase) {
  const std::string lower = LowerCase(phrase);
  std::vector<std::string> words;
  for (std::string_view word : SplitCell(lower, ' ')) words.emplace_back(word);
  return words;
}

}  // namespace

std::optional<CommitmentStatus> StatusOf(std::string_view name) { return ValueOf(kStatuses, name); }

Result<Cues> Cues::Load(const Resources& resources, const std::string& folder) {
  Result<Tsv> table = Tsv::Load(resources, folder + "commitment_cues.tsv",
                                {"word", "forms", "kind", "status", "frame"});
  if (!table) return table.error();
  Cues cues;
  for (const Tsv::Row& row : table->rows()) {
    uint64_t bits = 0;
    const bool function = row[2] == "function";
    const bool noun = row[2] == "instrument" || row[2] == "meeting" || row[2] == "act";
    for (std::string_view name : SplitCell(row[4])) {
      const std::optional<uint64_t> bit = function ? ValueOf(kWords, name) : ValueOf(kFrames, name);
      if (!bit) return table->ErrorAt(row, "unknown frame '" + std::string(name) + "'");
      bits |= *bit;
    }
    if (noun) {
      bits = row[2] == "meeting" ? kMeetingNoun : row[2] == "act" ? kActNoun : kInstrument;
    }
    Entry entry;
    entry.frames = function || noun ? 0 : static_cast<uint32_t>(bits);
    if (!function && !noun) {
      const std::optional<CommitmentKind> kind = ValueOf(kKinds, row[2]);
      const std::optional<CommitmentStatus> status = StatusOf(row[3]);
      if (!kind) return table->ErrorAt(row, "unknown kind '" + std::string(row[2]) + "'");
      if (!status) return table->ErrorAt(row, "unknown status '" + std::string(row[3]) + "'");
      entry.kind = *kind;
      entry.status = *status;
    }
    for (std::string_view form : SplitCell(row[1])) {
      std::vector<std::string> words = WordsOf(form);
      entry.length = static_cast<uint32_t>(words.size());
      if (function || noun) {
        cues.classes_.Add(std::move(words), bits);
      } else {
        cues.entries_.Add(std::move(words), entry);
      }
    }
  }
  if (const std::string topics = folder + "topics.tsv"; resources.Has(topics)) {
    if (Result<void> done = cues.LoadTopics(resources, topics); !done) return done.error();
  }
  if (const std::string deeds = folder + "deeds.tsv"; resources.Has(deeds)) {
    if (Result<void> done = cues.LoadDeeds(resources, deeds); !done) return done.error();
  }
  return cues;
}

Result<void> Cues::LoadTopics(const Resources& resources, const std::string& name) {
  const Result<Tsv> table = Tsv::Load(resources, name, {"topic", "kind", "words"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    if (row[1] != "act" && row[1] != "thing") {
      return table->ErrorAt(row, "unknown kind '" + std::string(row[1]) + "'");
    }
    for (std::string_view form : SplitCell(row[2])) {
      topics_.Add(WordsOf(form), {std::string(row[0]), row[1] == "act"});
    }
  }
  return {};
}

Result<void> Cues::LoadDeeds(const Resources& resources, const std::string& name) {
  const Result<Tsv> table = Tsv::Load(resources, name, {"deed", "side", "words"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    if (row[1] != "does" && row[1] != "gets" && row[1] != "comes") {
      return table->ErrorAt(row, "unknown side '" + std::string(row[1]) + "'");
    }
    for (std::string_view form : SplitCell(row[2])) {
      deeds_.Add(WordsOf(form), {std::string(row[0]), row[1] == "gets", row[1] == "comes"});
    }
  }
  return {};
}

void Cues::Find(const std::vector<std::string>& words, uint32_t at, uint32_t end,
                std::vector<const Entry*>& out) const {
  entries_.At(words, at, end, [&](const Entry& entry, uint32_t) { out.push_back(&entry); });
}

uint64_t Cues::Classes(const std::vector<std::string>& words, uint32_t at) const {
  uint64_t bits = 0;
  classes_.At(words, at, static_cast<uint32_t>(words.size()),
              [&](uint64_t more, uint32_t) { bits |= more; });
  return bits;
}

uint32_t Cues::Topics(const std::vector<std::string>& words, uint32_t at,
                      std::vector<std::string>& things, std::vector<std::string>& acts) const {
  uint32_t longest = 0;
  const uint32_t end = static_cast<uint32_t>(words.size());
  topics_.At(words, at, end,
             [&](const Topic&, uint32_t length) { longest = std::max(longest, length); });
  topics_.At(words, at, end, [&](const Topic& topic, uint32_t length) {
    if (length == longest) (topic.act ? acts : things).push_back(topic.name);
  });
  return longest;
}

uint32_t Cues::Deeds(const std::vector<std::string>& words, uint32_t at,
                     std::vector<const DeedWord*>& out) const {
  uint32_t longest = 0;
  const uint32_t end = static_cast<uint32_t>(words.size());
  deeds_.At(words, at, end,
            [&](const DeedWord&, uint32_t length) { longest = std::max(longest, length); });
  deeds_.At(words, at, end, [&](const DeedWord& deed, uint32_t length) {
    if (length == longest) out.push_back(&deed);
  });
  return longest;
}

}  // namespace kronik::commitment
