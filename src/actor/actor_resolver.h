// ActorResolver: whose each noun phrase of a document is: one actor for all its mentions.
//
// Persons named in full, or with an office, are known first, then the phrases are gone through in
// text order: a part of a name means the person, an office who holds it, a pronoun one named before
// (recall.h). A body without a country is one of where the sentence is set, where the report is
// from, or the country it speaks most of.
// Lifetime: refers to the document and to the phrases, which it completes.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "actor/actor_language.h"
#include "actor/gaps.h"
#include "actor/phrase_reader.h"
#include "actor/recall.h"
#include "kronik/document.h"

namespace kronik {

class ActorResolver {
 public:
  // `place`: the code of where the report is from; may be empty.
  ActorResolver(const ActorLanguages& languages, const SectorSides& sides, const Document& document,
                std::string place, Phrases& read)
      : languages_(languages),
        document_(document),
        text_(document.article.text),
        gaps_(document.article.text),
        place_(std::move(place)),
        read_(read),
        recall_(actors, sides) {}
  ActorResolver(const ActorResolver&) = delete;
  ActorResolver& operator=(const ActorResolver&) = delete;

  // Fills the three below; mentions don't overlap.
  void Resolve();

  std::vector<Actor> actors;
  std::vector<ActorMention> mentions, places;

 private:
  const ActorLanguage& LanguageOf(const Phrase& phrase) const;
  void CountCodes();
  const NameEntry* WholeOf(const NameEntry& half,
                           const std::map<std::string, int, std::less<>>& count);
  void RegisterPersons();
  void RegisterPerson(Phrase& phrase);
  uint32_t KnownPerson(const std::string& key) const;
  void LearnMore(const Phrase& phrase, const std::string& name, Actor& actor);
  void ResolvePhrase(size_t index);
  ActorMention MentionOf(const Phrase& phrase);
  void Remember(const Phrase& phrase, const ActorMention& mention);
  void Own(size_t index);
  uint32_t ActorOf(const Phrase& phrase);
  uint32_t NamedActor(const Phrase& phrase);
  uint32_t StateActor(const Phrase& phrase);
  uint32_t StateOf(uint32_t actor);
  uint32_t FindState(const std::string& code);
  uint32_t RoleActor(const Phrase& phrase);
  uint32_t BodyOf(const Phrase& phrase, const std::string& text);
  uint32_t SpokenFor(const Phrase& phrase);
  uint32_t HolderOf(const Phrase& phrase, const std::string& code, const std::string& text) const;
  void Place(const Phrase& phrase);

  void OwnOfSpeaker(size_t index);
  bool SpeaksOf(uint32_t speaker, uint32_t word) const;
  uint32_t HeadOf(const Phrase& phrase) const;
  uint32_t SubjectOver(uint32_t token) const;
  bool IsSubject(uint32_t token) const;
  bool Definite(const Phrase& phrase) const;
  std::string StoryCode(uint32_t sentence, const Role* role) const;
  std::string_view Opening() const;
  std::string Cut(uint32_t start, uint32_t end) const;
  std::string RoleText(const Phrase& phrase) const;
  std::string NameText(const Phrase& phrase) const;
  uint32_t NewActor(ActorKind kind, const std::string& name, const std::string& code,
                    const std::vector<std::string>& sectors, const std::string& role);
  static void AddName(const std::string& name, Actor& actor);
  static void AddAlias(const std::string& name, Actor& actor);

  const ActorLanguages& languages_;
  const Document& document_;
  std::string_view text_;
  Gaps gaps_;
  std::string place_;
  Phrases& read_;
  Recall recall_;
  std::deque<NameEntry> wholes_;                   // of halves
  uint32_t blocked_ = 0;                           // the end of the mention before
  std::string main_code_;                          // the country that the report speaks most of
  int most_ = 0;                                   // how often
  std::map<std::string, int, std::less<>> count_;  // how often each country is named
  std::map<std::string, uint32_t> person_by_name_;
  std::map<std::string, uint32_t> person_by_part_;
  std::unordered_map<std::string, uint32_t> by_key_;
  std::unordered_map<std::string, uint32_t> state_by_code_;
};

}  // namespace kronik
