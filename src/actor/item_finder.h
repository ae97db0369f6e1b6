// ItemFinder: the names, roles and pronouns of a sentence, left to right, none inside another.
// Lifetime: refers to the tables and to the document; sentences are read in order.
#pragma once

#include <vector>

#include "actor/gaps.h"
#include "actor/phrase.h"

namespace kronik {

class ItemFinder {
 public:
  // `month`: of publication ("2004-03"), by which office holders are told apart; may be empty.
  ItemFinder(const Gazetteer& gazetteer, const Document& document, std::string month)
      : gazetteer_(gazetteer),
        document_(document),
        text_(document.article.text),
        gaps_(document.article.text),
        month_(std::move(month)) {}

  void Find(const Sentence& sentence, const ActorLanguage& language, std::vector<Item>& items);

 private:
  const NameEntry* ChooseEntry(const std::vector<uint32_t>& values) const;
  bool Backed(const ActorLanguage& language, uint32_t at) const;
  bool IsMoney(const ActorLanguage& language, uint32_t start, uint32_t end) const;
  bool OfSomebody(const ActorLanguage& language, const PhraseTable::Hit& reference,
                  uint32_t at) const;
  bool EndsWithPeople(const PhraseTable& names, const Mention& mention) const;
  const Mention* MentionAt(uint32_t token, uint32_t at) const;
  PhraseTable::Hit RoleAt(const ActorLanguage& language, uint32_t token, uint32_t at) const;
  bool FindItem(const ActorLanguage& language, const PhraseTable& names, uint32_t token,
                uint32_t at, Item& item) const;
  bool StandsAlone(const ActorLanguage& language, uint32_t start, uint32_t end) const;
  bool TakeEntry(const ActorLanguage& language, const PhraseTable::Hit& known,
                 const Mention* mention, Item& item) const;
  const NameEntry* StateAtEnd(const PhraseTable& names, const Mention& mention) const;
  void TakeName(const ActorLanguage& language, const PhraseTable& names,
                const PhraseTable::Hit& known, const PhraseTable::Hit& role, const Mention& mention,
                Item& item) const;
  void TakeRole(const ActorLanguage& language, const PhraseTable::Hit& role, uint32_t token,
                Item& item) const;

  const Gazetteer& gazetteer_;
  const Document& document_;
  std::string_view text_;
  Gaps gaps_;
  std::string month_;
  size_t next_mention_ = 0;
};

}  // namespace kronik
