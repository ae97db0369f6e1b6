// PhraseReader: the noun phrases of a document that tell an actor, sentence by sentence.
//
// A phrase is a country with roles and a name in the order of the language ("Russian Foreign
// Minister Sergei Lavrov", "Menteri Luar Negeri Rusia Sergei Lavrov"), with what "of" adds to it
// and what stands in apposition. Capitals and towns after a preposition of place are kept apart:
// they say where the sentence is set.
// Lifetime: refers to the tables and to the document.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "actor/gaps.h"
#include "actor/item_finder.h"
#include "actor/phrase.h"

namespace kronik {

// What is read of a document.
struct Phrases {
  std::deque<std::vector<Item>> items;  // by sentence; phrases point into them
  std::vector<Phrase> phrases, places;  // in text order
  // By sentence: the code of where it is set; and the same, without capitals, which may host the
  // talks of others.
  std::vector<std::string> set_in, set_in_land;
};

class PhraseReader {
 public:
  PhraseReader(const Document& document, ItemFinder finder)
      : document_(document), text_(document.article.text), gaps_(document.article.text), finder_(std::move(finder)) {}

  // Appends what the next sentence has.
  void Read(const Sentence& sentence, const ActorLanguage& language, Phrases& out);

 private:
  bool InOffice(const ActorLanguage& language, const Item& office, const Item& next) const;
  bool OfNoun(const Item& place) const;
  bool Chained(const Item& place, const Item& next) const;
  void TellBodies(const ActorLanguage& language, std::vector<Item>& items) const;
  Phrase ReadPhrase(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                    int depth) const;
  void ReadCountry(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                   Phrase& phrase) const;
  void ReadRoles(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                 Phrase& phrase) const;
  void ReadName(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                Phrase& phrase) const;
  void ReadPlacing(const ActorLanguage& language, const std::vector<Item>& items, size_t& k,
                   Phrase& phrase) const;
  bool ReadOf(const ActorLanguage& language, const std::vector<Item>& items, size_t& k, int depth,
              Phrase& phrase) const;
  bool IsFormer(const ActorLanguage& language, const Phrase& phrase) const;
  void Settle(const ActorLanguage& language, Phrase& phrase) const;
  bool Joined(const ActorLanguage& language, const Phrase& left, const Phrase& right) const;
  static void ShareRoles(const ActorLanguage& language, size_t begin, std::vector<Phrase>& phrases);
  void Appose(const ActorLanguage& language, size_t begin, std::vector<Phrase>& phrases) const;

  const Document& document_;
  std::string_view text_;
  Gaps gaps_;
  ItemFinder finder_;
};

}  // namespace kronik
