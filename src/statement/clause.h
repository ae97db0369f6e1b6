// What one cue attributes, by the dependency tree (UD v2): whose words, to whom, which clause.
//
// The frames of the cue say which complements count (data/lang/<code>/reporting_verbs.tsv). Reads
// complement clauses (ccomp, xcomp, csubj), reporting clauses beside their content (parataxis,
// "as X said"), passives with and without an agent, adjectives and nouns with a clause, and the
// subject that a relative, participle, infinitive or joined verb takes from the words above it.
// Source: Pareti 2012 (PARC) and Newell et al. 2018 (PolNeAR) for what is an attribution.
#pragma once

#include <optional>
#include <vector>

#include "base/body_words.h"
#include "pattern/tree.h"
#include "statement/lexicon.h"

namespace kronik::statement {

struct Clause {
  Range cue;                   // with the copula of an adjective and the words that deny
  uint32_t source = kNone;     // the head of the source's phrase
  bool impersonal = false;     // a passive that names no source: "is expected to"
  uint32_t hearer = kNone;     // the head of the addressee's phrase
  std::vector<Range> content;  // in text order; never empty
  bool negated = false;        // said not to have been said or thought
  bool object = false;  // the content is a thing, not a clause: of one inside another's words
  bool wish = false;    // the content is an infinitive: what is wanted or meant to be done
};

class ClauseReader {
 public:
  // `words` are the document's tokens in lower case. Both must outlive the reader.
  ClauseReader(const Tree& tree, const std::vector<std::string>& words)
      : tree_(tree), words_(words) {}

  // The clause of a cue at `cue`; nothing where the tree has no content for it.
  std::optional<Clause> Read(const Lexicon& lexicon, const Sentence& sentence, const Range& cue,
                             const Entry& entry) const;
  // The complement clause of the cue's verb, as a stretch of tokens right of it; empty: none.
  Range Complement(const Sentence& sentence, const Range& cue) const;

 private:
  struct Context;
  struct Parts;
  void Sort(const Context& context, uint32_t child, Parts& parts) const;
  bool Complements(const Context& context, uint32_t child, const Parts& parts) const;
  bool Perceived(const Context& context, uint32_t child, const Parts& parts) const;
  bool CalledAs(const Context& context, uint32_t child, const Parts& parts) const;
  bool Asked(const Context& context, uint32_t child, const Parts& parts) const;
  bool Wanted(const Context& context, uint32_t child, const Parts& parts) const;
  bool Meant(const Context& context, uint32_t object, const Parts& parts) const;
  bool Named(uint32_t object, const Parts& parts) const;
  std::vector<Range> Beside(const Context& context, Parts& parts) const;
  bool Source(const Context& context, const Parts& parts, Clause& clause) const;
  uint32_t Owner(const Context& context, const Parts& parts) const;
  bool Shares(const Context& context, uint32_t content, const Parts& parts) const;
  bool Governed(const Context& context, uint32_t noun) const;
  bool Words(const Context& context, const Parts& parts, Clause& clause) const;
  uint32_t HeadOf(const Range& cue) const;
  bool CanSpeak(uint32_t t) const;
  bool Passive(uint32_t verb) const;
  std::optional<Clause> Plans(const Context& context, const Range& cue, const Entry& entry) const;
  bool First(uint32_t noun) const;
  bool Predicates(uint32_t noun) const;
  bool HasSubject(uint32_t verb) const;
  std::vector<uint32_t> Dependents(const Range& cue, uint32_t head) const;
  uint32_t Subject(const Context& context, uint32_t verb, int depth) const;
  std::optional<Clause> Modal(const Context& context, const Range& cue, uint32_t head) const;
  Range Object(const Context& context, const Parts& parts) const;
  Range Extent(const Context& context, uint32_t node) const;

  const Tree& tree_;
  const std::vector<std::string>& words_;
};

}  // namespace kronik::statement
