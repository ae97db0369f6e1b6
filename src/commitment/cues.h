// The cue words of one language for commitments, by their first word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"
#include "pattern/phrases.h"

namespace kronik::commitment {

// How a cue is built, and the classes of other words, as bits.
enum Frame : uint32_t {
  kInf = 1 << 0,
  kThat = 1 << 1,
  kNp = 1 << 2,
  kText = 1 << 3,
  kParty = 1 << 4,
  kFuture = 1 << 5,
  kNoun = 1 << 6,
  kMeeting = 1 << 7,
  kBinds = 1 << 8,
  kRefers = 1 << 9,
  kGrants = 1 << 10,
  kMust = 1 << 11,
};
enum Word : uint64_t {
  kInfinitive = 1 << 0,
  kComplementizer = 1 << 1,
  kAgent = 1 << 2,
  kBetween = 1 << 3,
  kWith = 1 << 4,
  kToward = 1 << 5,
  kTopic = 1 << 6,
  kDeadline = 1 << 7,
  kStart = 1 << 8,
  kPeriod = 1 << 9,
  kHedge = 1 << 10,
  kCondition = 1 << 11,
  kNegator = 1 << 12,
  kEarlier = 1 << 13,
  kConjunction = 1 << 14,
  kContrast = 1 << 15,
  kRelative = 1 << 16,
  kBoundary = 1 << 17,
  kSkip = 1 << 18,
  kMediatorWord = 1 << 19,
  kWitnessWord = 1 << 20,
  kGuarantorWord = 1 << 21,
  kInstrument = 1 << 22,
  kMeetingNoun = 1 << 23,
  kFailing = 1 << 24,
  kActNoun = 1 << 25,
  kPart = 1 << 26,
  kAccept = 1 << 27,
  kWithin = 1 << 28,
  kMiddle = 1 << 29,
  kUnless = 1 << 30,
  kSport = uint64_t{1} << 31,
  kCampaign = uint64_t{1} << 32,
  kStative = uint64_t{1} << 33,
  kPending = uint64_t{1} << 34,
  kThreat = uint64_t{1} << 35,
  kSince = uint64_t{1} << 36,
  kCollective = uint64_t{1} << 37,
  kSportly = uint64_t{1} << 38,
  kFirst = uint64_t{1} << 39,
  kHarm = uint64_t{1} << 40,
  kUpon = uint64_t{1} << 41,
  kSigning = uint64_t{1} << 42,
  kInvariant = uint64_t{1} << 43,
};

// A deed that a word tells of.
struct DeedWord {
  std::string name;
  bool gets = false;   // it is done to the word's subject
  bool comes = false;  // the word has no object
};

// The status that a table names ("" is made); nothing for an unknown one.
std::optional<CommitmentStatus> StatusOf(std::string_view name);

struct Entry {
  uint32_t length = 0;  // words
  CommitmentKind kind = CommitmentKind::kPledge;
  CommitmentStatus status = CommitmentStatus::kMade;
  uint32_t frames = 0;
};

class Cues {
 public:
  // The tables in a language's folder; topics.tsv and deeds.tsv may be absent.
  static Result<Cues> Load(const Resources& resources, const std::string& folder);
  // Appends the cues that start at `at`. `end` bounds the look-ahead.
  void Find(const std::vector<std::string>& words, uint32_t at, uint32_t end,
            std::vector<const Entry*>& out) const;
  // The classes of the token at `at`; instruments and meetings of two words count at their first.
  uint64_t Classes(const std::vector<std::string>& words, uint32_t at) const;
  // Appends the topics of the longest phrase at `at` to things or acts; returns its length.
  uint32_t Topics(const std::vector<std::string>& words, uint32_t at,
                  std::vector<std::string>& things, std::vector<std::string>& acts) const;

  // Appends the deeds of the longest phrase at `at`; returns its length.
  uint32_t Deeds(const std::vector<std::string>& words, uint32_t at,
                 std::vector<const DeedWord*>& out) const;

 private:
  Result<void> LoadTopics(const Resources& resources, const std::string& name);
  Result<void> LoadDeeds(const Resources& resources, const std::string& name);

  Phrases<Entry> entries_;
  Phrases<uint64_t> classes_;
  struct Topic {
    std::string name;
    bool act = false;
  };
  Phrases<Topic> topics_;
  Phrases<DeedWord> deeds_;
};

}  // namespace kronik::commitment
