#include "statement/cue_finder.h"

#include <algorithm>

namespace kronik::statement {
namespace {

constexpr uint32_t kQuoteReach = 6;    // tokens from a quotation to a cue that only goes with one
constexpr uint32_t kClauseReach = 40;  // tokens around a word in which its clause is looked for

}  // namespace

bool CueFinder::CueAt(uint32_t t, uint32_t end) const {
  while (t < end && (Comma(t) || Is(t, kSkip))) ++t;
  if (t >= end) return false;
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, t, end, matches);
  for (const auto& match : matches) {
    if (match.entry->frames & (kQuote | kAfter | kCarry)) return true;
  }
  return false;
}

bool CueFinder::CueEndingAt(uint32_t t, uint32_t begin, uint32_t frames, Cue& cue) const {
  std::vector<Lexicon::Match> matches;
  for (uint32_t from = t > begin + 5 ? t - 5 : begin; from < t; ++from) {
    lexicon().Find(words_, from, t, matches);
    for (const auto& match : matches) {
      if (from + match.length == t && (match.entry->frames & frames)) {
        cue = {from, t, match.entry, match.split};
        return true;
      }
    }
  }
  return false;
}

std::vector<Cue> CueFinder::CuesOf(const Range& range) const {
  std::vector<Cue> cues;
  std::vector<Lexicon::Match> matches;
  for (uint32_t t = range.first; t < range.last;) {
    uint32_t step = 1;
    if (!work_.used[t]) {
      lexicon().Find(words_, t, range.last, matches);
      const uint32_t described = Described(t, range, matches);
      const Lexicon::Match* best = nullptr;
      for (const auto& match : matches) {
        if (Fits(t, match, range) && (best == nullptr || (best->entry->frames & kNoun) != 0)) {
          best = &match;
        }
      }
      if (best != nullptr) {
        Cue cue{t, t + best->length + described, best->entry, best->split};
        Shorten(cue);
        Rejects(cue, range);
        cues.push_back(cue);
        step = cue.last - cue.first;
      } else if (!matches.empty() && (matches.front().entry->frames & (kComp | kIdiom)) != 0) {
        step = matches.front().length;  // "declined to say": the tree's, and no "say"
      }
    }
    t += step;
  }
  return cues;
}

// "voiced deep concern that", "warned on Friday against": the cue of a verb and the words that go
// with it, where adjectives or a time stand between them. The number of those is returned.
uint32_t CueFinder::Described(uint32_t t, const Range& range,
                              std::vector<Lexicon::Match>& matches) const {
  if (!Verb(t) || (!matches.empty() && matches.front().length > 1)) return 0;
  const uint32_t limit = std::min(range.last, t + 5);
  uint32_t next = t + 1;
  while (next < limit &&
         (T(next).upos == Upos::kAdj || T(next).Is("amod") || T(next).Feat("Poss") == "Yes")) {
    ++next;
  }
  const bool noun = next > t + 1 && next < range.last && T(next).upos == Upos::kNoun;
  if (!noun) {
    next = t + 1;
    while (next < limit && (IsTime(next) || T(next).upos == Upos::kAdv ||
                            (T(next).upos == Upos::kAdp && next + 1 < limit && IsTime(next + 1)))) {
      ++next;
    }
    if (next == t + 1 || next >= range.last || T(next).upos != Upos::kAdp) return 0;
  }
  std::vector<std::string> words{words_[t]};
  const uint32_t end = std::min(range.last, next + 2);
  words.insert(words.end(), words_.begin() + next, words_.begin() + end);
  std::vector<Lexicon::Match> found;
  lexicon().Find(words, 0, static_cast<uint32_t>(words.size()), found);
  if (found.empty() || found.front().length < 2) return 0;
  matches = found;
  return next - t - 1;
}

// "insisted on Monday", "argued for months that", "rejected the claim as false", "denied the
// charges": the last words are no part of the cue.
void CueFinder::Shorten(Cue& cue) const {
  if (cue.last - cue.first < 2 || cue.last >= words_.size()) return;
  const Upos last = T(cue.last - 1).upos;
  const uint32_t near = std::min(cue.last + 3, static_cast<uint32_t>(words_.size()));
  bool that = false;
  for (uint32_t t = cue.last; t < near; ++t) that = that || Is(t, kComplementizer);
  const bool day = last == Upos::kAdp && (IsTime(cue.last) || that);
  const bool object = last == Upos::kNoun && (cue.frames() & kNp) != 0 && !that &&
                      words_[cue.last] != ":" && T(cue.last).upos != Upos::kVerb;
  // "menurut laporan itu", "menurut laporan yang dirilis": the noun is the source.
  const bool described = last == Upos::kNoun && (cue.frames() & (kCarry | kPrep)) != 0 &&
                         (Is(cue.last, kRelative) || EndsPhrase(cue.last));
  if (!day && !object && !described && !Is(cue.last, kRole)) return;
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, cue.first, cue.last - 1, matches);
  if (matches.empty()) return;
  cue = {cue.first, cue.first + matches.front().length, matches.front().entry,
         matches.front().split};
}

// "dismissed repeated suggestions that": the noun is a part of the cue.
void CueFinder::Rejects(Cue& cue, const Range& range) const {
  if (!Is(cue.first, kRejects) || !Verb(cue.first) || cue.last != cue.first + 1) return;
  uint32_t noun = cue.last;
  while (noun + 1 < range.last && noun < cue.last + 4 && !Is(noun, kThing) &&
         (T(noun).upos == Upos::kDet || T(noun).upos == Upos::kAdj || T(noun).Is("amod") ||
          T(noun).Is("compound"))) {
    ++noun;
  }
  if (noun + 2 >= range.last || !IsThing(noun) || !Is(noun + 1, kComplementizer)) return;
  cue.last = noun + 1;
  cue.entry = &lexicon().rejection();
}

bool CueFinder::IsThing(uint32_t t) const {
  if (T(t).upos != Upos::kNoun) return false;
  return Is(t, kThing) || IsNoun(t, t + 1);
}

bool CueFinder::Fits(uint32_t t, const Lexicon::Match& match, const Range& range) const {
  const uint32_t frames = match.entry->frames;
  // Only the tree shows their content, or a complementizer.
  const uint32_t next_word = t + match.length;
  const bool marked = MarkedAt(next_word, range.last);
  const bool told = marked || ((frames & kQuote) != 0 && BesideQuote(t, next_word));
  if ((frames & kAdj) != 0 || ((frames & kComp) != 0 && !told)) return false;
  if (frames & (kPrep | kCarry | kBy | kAfter)) return true;
  if (frames & kWithin) return next_word < range.last && Comma(next_word);
  const Upos upos = T(t).upos;
  if (upos == Upos::kX) return (frames & kNoun) != 0 || !IsPassive(t, range);
  if ((frames & kIdiom) != 0 || OfTitle(t)) return false;
  // "had been told of"
  if (match.length > 1 && upos == Upos::kVerb && T(t).Feat("VerbForm") == "Part" &&
      T(t).Feat("Tense") == "Past" && IsPassive(t, range)) {
    return false;
  }
  if (match.length > 1) return upos != Upos::kNoun || (frames & kNoun) != 0;
  const bool nominal = upos == Upos::kNoun || upos == Upos::kPropn;
  if (frames & kNoun) return nominal;
  if (MainVerb(t, next_word, range)) return true;
  if (T(t).Is("amod") && !T(t).Feat("VerbForm").empty()) {
    // "the disputed islands", but "...," the chief executive told reporters
    return (frames & kQuote) != 0 && T(t).Feat("Tense") == "Past" && BesideQuote(t, next_word) &&
           !HasVerbStrict({next_word, range.last});
  }
  if (T(t).deprel == "acl" && T(t).Feat("Tense") == "Past" && t > range.first && !Punct(t - 1)) {
    return false;  // "a comet called"
  }
  if (upos == Upos::kVerb || upos == Upos::kAux) return !IsPassive(t, range);
  // "Opponents counter that": a noun in a wrong tree.
  const bool that = next_word < range.last && Is(next_word, kComplementizer);
  if (nominal && that && (frames & (kThat | kClause)) != 0 && t > range.first &&
      (T(t - 1).upos == Upos::kNoun || T(t - 1).upos == Upos::kPropn) && !IsNoun(t, next_word)) {
    return true;
  }
  if (nominal && (Predicates(t) || Plans(t, next_word, range))) return true;
  // "yakin bahwa", "khawatir bendungan itu akan jebol"
  if (upos == Upos::kAdj && (frames & kComp) != 0) return true;
  if (upos != Upos::kAdj || (frames & kClause) == 0 || t + 1 >= range.last) return false;
  const Upos next = T(t + 1).upos;
  const bool nominal_next = next == Upos::kNoun || next == Upos::kPropn || next == Upos::kPron;
  return Is(t + 1, kComplementizer) || (nominal_next && HasVerb({t + 1, range.last}));
}

// "Voters feel that": whether the tree, that takes the verb for a noun, gives it a subject before
// it and a clause behind it.
bool CueFinder::Predicates(uint32_t t) const {
  bool subject = false;
  bool clause = false;
  for (uint32_t child : work_.tree.Children(t)) {
    subject = subject || (child < t && T(child).Is("nsubj"));
    clause = clause || (child > t && T(child).Is("ccomp"));
  }
  return subject && clause;
}

// Whether a quotation ends a few words before a cue at [first, last), or starts right behind it.
bool CueFinder::BesideQuote(uint32_t first, uint32_t last) const {
  for (const Quote& quote : work_.quotes) {
    if (!quote.direct) continue;
    const uint32_t mark = quote.words.first;
    if (mark >= last && mark <= last + 2) return true;
    if (quote.after > first || first > quote.after + kQuoteReach) continue;
    bool stop = false;
    for (uint32_t t = quote.after; t < first; ++t) stop = stop || Stop(t) || Verb(t);
    if (!stop) return true;
  }
  return false;
}

// Whether a complementizer follows, maybe behind a time: "has known for a decade that".
bool CueFinder::MarkedAt(uint32_t t, uint32_t end) const {
  if (t + 1 < end && T(t).upos == Upos::kAdp && (IsTime(t + 1) || Is(t, kBoundary))) {
    const uint32_t limit = std::min(end, t + 7);
    do {
      ++t;
    } while (t < limit && !Is(t, kComplementizer) && !Verb(t) && !Punct(t));
  }
  return t < end && Is(t, kComplementizer) && T(t).upos == Upos::kSconj;
}

// "asked the court to act and plans to appeal": a verb that the tree takes for a noun.
bool CueFinder::Plans(uint32_t t, uint32_t next, const Range& range) const {
  return T(t).Is("conj") && t > range.first && Is(t - 1, kConjunction) && next + 1 < range.last &&
         Is(next, kInfinitive) && Verb(next + 1) && T(t).head >= 0 &&
         T(static_cast<uint32_t>(T(t).head)).upos == Upos::kVerb;
}

// "The chairman reminded members that", "No one doubts that", ", a state audit found": what must be
// a verb, whatever the tree has, since its clause has no other.
bool CueFinder::MainVerb(uint32_t t, uint32_t next, const Range& range) const {
  if (t <= range.first || lexicon().after()) return false;
  const Token& before = T(t - 1);
  const bool past = T(t).Feat("VerbForm") == "Part" && T(t).Feat("Tense") == "Past";
  const bool noun =
      T(t).upos == Upos::kNoun && ((before.upos == Upos::kPron && before.Feat("Poss") != "Yes") ||
                                   (before.upos == Upos::kNoun && before.Feat("Number") == "Plur" &&
                                    T(t).Feat("Number") == "Sing"));
  const bool texts =
      next < range.last && words_[next] == ":" && T(t).upos == Upos::kNoun;  // "An aide texts:"
  const bool named =
      before.upos == Upos::kNoun || before.upos == Upos::kPropn || before.upos == Upos::kPron;
  // "The suit alleges the bank knew": no noun has an article or "they" behind it.
  const bool clausal = next < range.last && T(t).upos == Upos::kNoun &&
                       (T(next).Feat("PronType") == "Art" || T(next).Feat("Case") == "Nom");
  // "Executives at the maker fear that": no modifier of a noun lacks both its case and an article.
  const bool bare = T(t).upos == Upos::kNoun && T(t).Is("nmod") && before.upos != Upos::kDet &&
                    next < range.last && Is(next, kComplementizer) && !HasCase(t);
  if ((!past && !noun && !texts && !clausal && !bare) || !named) return false;
  uint32_t clause = t;  // where the cue's clause starts
  while (clause > range.first && t - clause < kClauseReach && !Punct(clause - 1)) --clause;
  for (uint32_t n = clause; n < t; ++n) {
    if (Verb(n)) return false;
  }
  if (clausal && clause == range.first) {
    return HasVerbStrict({next, std::min(range.last, next + kClauseReach)});
  }
  if (texts) return (clause == range.first || words_[clause - 1] == ":") && !Is(t, kThing);
  if (next >= range.last || Comma(next)) return clause > range.first && Comma(clause - 1);
  uint32_t that = next;
  while (that < range.last && that < next + 4 && !Is(that, kComplementizer) && !Verb(that)) ++that;
  return that < range.last && Is(that, kComplementizer) && !Verb(that + 1) && clause == range.first;
}

bool CueFinder::HasCase(uint32_t t) const { return !work_.tree.Case(t).empty(); }

// Whether a word is a cue as a noun too: "the report that".
bool CueFinder::IsNoun(uint32_t t, uint32_t end) const {
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, t, end, matches);
  return std::any_of(matches.begin(), matches.end(),
                     [](const auto& match) { return (match.entry->frames & kNoun) != 0; });
}

// "but rejected suggestions": whether an object follows a verb, of whichever verb the tree has it.
bool CueFinder::HasObject(uint32_t t, uint32_t end) const {
  for (uint32_t n = t + 1; n < std::min(end, t + 5); ++n) {
    if (T(n).deprel == "obj") return true;
    if (Punct(n) || Verb(n) || T(n).upos == Upos::kAdp) return false;
  }
  return false;
}

bool CueFinder::IsPassive(uint32_t t, const Range& range) const {
  if (Participle(t)) return false;
  // "was called in and told that": the auxiliary serves both.
  const auto passive = [&](int32_t n) {
    return n >= 0 && T(static_cast<uint32_t>(n)).Feat("Voice") == "Pass";
  };
  if (T(t).Is("conj") && passive(static_cast<int32_t>(t)) && passive(T(t).head)) {
    return !HasObject(t, range.last);
  }
  uint32_t p = t;
  while (p > range.first && t - p < 4) {
    --p;
    if (Is(p, kPassive)) return true;
    if (!Is(p, kSkip) && T(p).upos != Upos::kAdv) return false;
  }
  return false;
}

bool CueFinder::Negated(const Cue& cue, uint32_t begin) const {
  for (uint32_t t = cue.first; t > begin && cue.first - t < 3; --t) {
    if (Is(t - 1, kNegator)) return true;
    if (!Is(t - 1, kSkip) && T(t - 1).upos != Upos::kAux && T(t - 1).upos != Upos::kAdv) break;
  }
  return false;
}

bool CueFinder::StartsWithCue(const Range& piece) const {
  const std::vector<Cue> cues = CuesOf(piece);
  return !cues.empty() && Verb(cues.front().first) &&
         OnlySkipped({piece.first, cues.front().first});
}

}  // namespace kronik::statement
