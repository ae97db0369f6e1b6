// What the reader of actors finds in a sentence: items, and the noun phrases made of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actor/actor_language.h"
#include "gazetteer/names.h"
#include "kronik/document.h"

namespace kronik {

// One thing found in a sentence's words: a name that the data know, a noun for an office or a
// group, a pronoun, or another name.
struct Item {
  enum class Type : uint8_t { kEntry, kRole, kReference, kName };
  Type type = Type::kName;
  uint32_t start = 0, end = 0;       // bytes
  uint32_t first = 0, last = 0;      // tokens
  const NameEntry* entry = nullptr;  // of a name: the state it begins with
  const NameEntry* where = nullptr;  // of a seat that is a town too: the state it is in
  const Role* role = nullptr;        // of an entry: the one that the same words name elsewhere
  Reference reference = kHe;
  NameKind kind = NameKind::kPer;

  bool IsCountry() const { return type == Type::kEntry && entry->kind != EntryKind::kHolder; }
  bool IsRole() const { return type == Type::kRole; }
  bool IsName() const {
    return (type == Type::kName && kind == NameKind::kPer) ||
           (type == Type::kEntry && entry->kind == EntryKind::kHolder);
  }
};

// A noun phrase: a mention before it is known whose.
struct Phrase {
  uint32_t start = 0, end = 0;   // bytes
  uint32_t first = 0, last = 0;  // tokens
  const NameEntry* country = nullptr;
  std::vector<const Role*> roles;
  uint32_t roles_start = 0, roles_end = 0;
  const Item* name = nullptr;
  std::vector<std::string> sectors;
  bool reference = false;
  Reference what = kHe;
  bool former = false;
  bool people = false;  // persons of a nation, whose state the phrase tells besides
  std::string owner;    // the code of whom a pronoun before it means
  bool placed = false;  // the country is where it is
  int same_as = -1;     // index of the phrase it stands in apposition to
  bool joined = false;  // coordinated with the phrase before it
  uint32_t sentence = 0;
  uint32_t actor = kNone;

  const Role* MainRole() const { return roles.empty() ? nullptr : roles.front(); }
  // The code of its country, its owner or its name; empty where none has one.
  std::string Code() const {
    if (country != nullptr) return country->code == "-" ? "" : country->code;
    if (!owner.empty()) return owner;
    return name != nullptr && name->entry != nullptr ? name->entry->code : "";
  }
};

}  // namespace kronik
