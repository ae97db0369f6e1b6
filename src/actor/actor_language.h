// ActorLanguage: what the actor stage knows of one language: its nouns for offices, bodies and
// groups, and the small words by which an actor is found again.
// Threads: immutable after Load.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gazetteer/names.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

enum class RoleKind : uint8_t { kPerson, kBody, kPeople };

struct Role {
  RoleKind kind = RoleKind::kPerson;
  bool neutral = false;  // takes the sectors of what it stands with
  bool unknown = false;  // of nobody's country, unless the sentence is set in one: "gunmen"
  bool local = false;    // belongs to where the sentence is set, be it a capital that hosts others
  std::vector<std::string> sectors;
  std::string form;
};

// data/lang/<code>/roles.tsv and reference.tsv.
struct ActorLanguage {
  std::vector<Role> roles;
  PhraseTable role_table;
  PhraseTable reference;  // pronouns and pairs, by their key's number
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> words;
  bool country_first = true;

  bool Is(std::string_view key, std::string_view word) const {
    const auto found = words.find(key);
    return found != words.end() && found->second.contains(word);
  }
};

// What a pronoun stands for.
// kPair are two sides ("both parties"), kStates two states ("kedua negara"), kPersons two who speak
// for theirs ("the two leaders").
enum Reference : uint32_t { kHe, kThey, kIt, kPair, kWhose, kStates, kPersons };

inline bool IsPair(Reference what) { return what == kPair || what == kStates || what == kPersons; }

using ActorLanguages = std::map<std::string, ActorLanguage, std::less<>>;

// The user's agents stand before the table's roles. Errors: those of Tsv::Load, and kInvalidInput
// for an unknown kind of role.
Result<ActorLanguages> LoadActorLanguages(const Resources& resources,
                                          const std::vector<Agent>& agents);

}  // namespace kronik
