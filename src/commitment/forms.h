// The constructions of a commitment: what each cue binds, to what, and in which words.
#pragma once

#include "commitment/parties.h"

namespace kronik::commitment {

// Each fills a commitment's kind, status, parties and instrument as far as its construction says,
// the words that carry it and those that say what; false where the construction is not there.
// `begin` is the first token that may belong to it.
class Forms : View {
 public:
  Forms(Work& work, const Parties& parties) : View(work), parties_(parties) {}

  // "delivered the rice, as promised", "visited Kenya at the invitation of": the act that carries
  // a commitment out. `trigger` becomes its verb.
  bool Refers(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
              Range& subject) const;
  // "vowed to ...", "agreed that ...", "menjanjikan ...".
  bool Complement(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
                  const Range& trigger, Range& subject) const;
  // "urged X to ...", "invited X to ...".
  bool ToParty(const Sentence& sentence, uint32_t begin, bool binds, Commitment& c,
               const Range& trigger, Range& subject) const;
  // "gave X until Friday to ...", in somebody's words "X has ten days to ...".
  bool Grants(const Sentence& sentence, uint32_t begin, Commitment& c, const Range& trigger,
              Range& subject) const;
  // "X must ...", in the words of another side.
  bool Must(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
            Range& subject) const;
  // "signed an exchange plan", "the pact was signed by", "called off the talks".
  bool Text(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
            const Range& trigger, Range& subject) const;
  // "Perjanjian antara A dan B tentang C", "an agreement between A and B to C".
  bool NamedText(const Sentence& sentence, uint32_t t, Commitment& c, Range& subject,
                 uint32_t& end) const;
  // "its commitment to ...", "janji X untuk ...", "rencana pertemuan antara A dan B".
  bool Noun(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
            Range& subject) const;
  // "will meet", "akan menggelar"; "it would complete" in somebody's statement is a pledge.
  bool Future(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
              Range& subject) const;

 private:
  bool OpensClause(uint32_t t) const;
  bool Act(uint32_t t) const;
  uint32_t PastTime(uint32_t t, uint32_t limit) const;
  uint32_t TextBehind(const Range& trigger, const Sentence& sentence, uint64_t wanted) const;
  bool TextBefore(const Sentence& sentence, const Range& before, const Range& trigger,
                  uint64_t wanted, Commitment& c, Range& subject) const;
  void BrokenLater(const Sentence& sentence, uint32_t from, uint32_t to, Commitment& c) const;
  bool Ultimatum(const Sentence& sentence, uint32_t begin, Commitment& c, const Range& trigger,
                 Range& subject) const;
  void Owner(const Sentence& sentence, uint32_t begin, const Range& trigger, uint32_t marker,
             std::vector<Party>& own) const;
  void NounStatus(uint32_t begin, const Range& trigger, Commitment& c) const;
  bool Hosted(uint32_t verb) const;
  bool OfThing(uint32_t verb, uint32_t begin) const;
  bool Accepted(uint32_t begin, const Range& trigger, uint32_t marker, Commitment& c) const;
  bool InvitationTo(const Sentence& sentence, uint32_t begin, const Range& trigger, uint32_t marker,
                    Commitment& c, Range& subject) const;
  const Parties& parties_;
};

}  // namespace kronik::commitment
