// The entries of the ledger while it is built, and the records that join them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/json.h"

namespace kronik::ledger {

using Set = std::set<std::string>;
using Counts = std::map<std::string, long>;  // "700 workers"

// The strings of a list.
Set Names(const Json& list);
Set Shared(const Set& a, const Set& b);
size_t Common(const Set& a, const Set& b);
// How many words both have, but for their endings, that are long enough to say by themselves what
// it is; `without` are left out.
size_t SharedThings(const Set& a, const Set& b, const Set& without);
// Days since 1970, of a date of any precision; 0 for none.
int DayNumber(std::string_view date);
// A party's code, or its name where it has none. Who fights the state or opposes it is no part of
// it.
std::string PartyOf(const Json& actor);

bool Ended(std::string_view status);
bool Begins(std::string_view status);
// Kept, or not: what two reports can disagree about. 0: neither.
int Verdict(std::string_view status);

// What a deed is to who undertook an act (kronik::Outcome).
struct Outcome {
  std::string act, status;
  bool object = false, sides = false;
};

// A record of a commitment or of a deed.
struct Item {
  Json record;
  std::string id, kind, status;
  std::string article, sentence;  // ids: whose record it is, and where in it
  Set parties;                    // codes, or names in lower case; not those who only help
  Set bound;
  Set acts, topics, words, numbers;
  Counts counts;
  Set text_words;  // of the instrument: "promise", "agreement"
  std::string term_from, term_to;
  int day = 0;
  std::vector<Outcome> outcomes;  // of a deed
  Set persons;                    // words of the names of persons who act
  Set met;                        // and of those it is done with
  Set names;                      // words of names of two words or more in the subject
  bool omitted = false;

  // Whether it says nothing of what it is ("broke its promise"): no word but that for the text.
  bool Vague() const {
    return acts.empty() && topics.empty() && Common(words, text_words) == words.size();
  }
};

// Of either kind of record; one that has outcomes is a deed.
Item ItemOf(Json record);

struct Entry {
  std::vector<Item> items;
  std::vector<Json> matches;
  Set parties, bound, toward, acts, topics, words, numbers, persons, names;
  Set done_acts;        // acts that a deed was
  Counts counts, done;  // how many were promised, and are done
  std::string kind, term_from, term_to;
  int first_day = 0, last_day = 0;
  bool made = false;  // not only proposed
  int ended = 0;      // the day it was fulfilled, broken or withdrawn
};

}  // namespace kronik::ledger
