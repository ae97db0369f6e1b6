#include "statement/clause.h"

#include <algorithm>

namespace kronik::statement {
namespace {

constexpr size_t kSubtreeLimit = 200;
constexpr int kSubtreeDepth = 40;
constexpr int kClimbLimit = 4;

bool Verbal(const Token& token) { return token.upos == Upos::kVerb || token.upos == Upos::kAux; }
bool Nominal(const Token& token) {
  return token.upos == Upos::kNoun || token.upos == Upos::kPropn || token.upos == Upos::kPron ||
         token.upos == Upos::kDet || token.upos == Upos::kNum;
}

}  // namespace

struct ClauseReader::Context {
  const Lexicon& lexicon;
  const Sentence& sentence;
  const std::vector<std::string>& words;
  bool Is(uint32_t t, uint32_t classes) const { return (lexicon.Classes(words[t]) & classes) != 0; }
};

// The cue's word that governs the others.
uint32_t ClauseReader::HeadOf(const Range& cue) const {
  for (uint32_t t = cue.first; t < cue.last; ++t) {
    const uint32_t head = tree_.Head(t);
    if (head == kNone || head < cue.first || head >= cue.last) return t;
  }
  return cue.first;
}

// What hangs from a cue: from its head, and from its verbs below ("declined to say").
std::vector<uint32_t> ClauseReader::Dependents(const Range& cue, uint32_t head) const {
  std::vector<uint32_t> dependents;
  for (uint32_t t = cue.first; t < cue.last; ++t) {
    if (t != head && !tree_.token(t).Is("xcomp")) continue;
    for (uint32_t child : tree_.Children(t)) {
      if (child < cue.first || child >= cue.last) dependents.push_back(child);
    }
  }
  return dependents;
}

// Whether a verb is passive. Where the language has an auxiliary for it ("was told"), a verb with a
// tense but without one is not: "both sides agreed".
bool ClauseReader::Passive(uint32_t verb) const {
  const Token& token = tree_.token(verb);
  bool marked = token.Feat("Voice") == "Pass" && token.Feat("Tense").empty();
  bool subject = false;
  for (uint32_t child : tree_.Children(verb)) {
    const std::string_view relation = tree_.token(child).deprel;
    marked = marked || relation == "aux:pass" || relation == "obl:agent";
    subject = subject || relation == "nsubj:pass";
  }
  return marked || (subject && token.Feat("Tense").empty());
}

bool ClauseReader::HasSubject(uint32_t verb) const {
  const std::vector<uint32_t>& children = tree_.Children(verb);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t child) { return tree_.token(child).Is("nsubj"); });
}

// Whether a word may be a source: a noun, a name, or a pronoun that stands for somebody.
bool ClauseReader::CanSpeak(uint32_t t) const {
  const Token& token = tree_.token(t);
  return (Nominal(token) || (token.Is("nsubj") && !Verbal(token))) &&
         token.Feat("PronType") != "Dem" && token.Feat("PronType") != "Int";
}

// The stretch that a subtree covers.
Range ClauseReader::Extent(const Context& context, uint32_t node) const {
  Range range{node, node + 1};
  for (uint32_t t : tree_.Subtree(node, kSubtreeLimit, kSubtreeDepth)) {
    if (t < context.sentence.first || t >= context.sentence.last) continue;
    range.first = std::min(range.first, t);
    range.last = std::max(range.last, t + 1);
  }
  return range;
}

// The head of a verb's subject: its own, or the one it takes from the words above it.
uint32_t ClauseReader::Subject(const Context& context, uint32_t verb, int depth) const {
  uint32_t subject = kNone;
  for (uint32_t child : tree_.Children(verb)) {
    const Token& token = tree_.token(child);
    if (!token.Is("nsubj") || (token.deprel == "nsubj:pass" && Passive(verb))) continue;
    // Of two the nearest: the other is the outer one ("the plan is that he leaves").
    if (subject == kNone || child < verb) subject = child;
  }
  const uint32_t head = tree_.Head(verb);
  const Token& token = tree_.token(verb);
  if (subject != kNone) {
    const bool relative =
        tree_.token(subject).Feat("PronType") == "Rel" || context.Is(subject, kRelative);
    return relative && head != kNone && token.Is("acl") ? head : subject;
  }
  if (head == kNone || depth >= kClimbLimit) return kNone;
  if (token.Is("acl")) return Nominal(tree_.token(head)) ? head : kNone;
  if (token.Is("xcomp")) {
    // The object of "asked him to say" says it.
    for (uint32_t child : tree_.Children(head)) {
      const Token& object = tree_.token(child);
      if ((object.deprel == "obj" || object.deprel == "iobj") && child < verb) return child;
    }
  }
  if (token.Is("xcomp") || token.Is("conj") || token.Is("advcl") || token.Is("ccomp")) {
    if (token.Is("ccomp") && token.Feat("VerbForm") != "Inf") return kNone;
    return Subject(context, head, depth + 1);
  }
  return kNone;
}

Range ClauseReader::Complement(const Sentence& sentence, const Range& cue) const {
  const uint32_t head = HeadOf(cue);
  for (uint32_t child : tree_.Children(head)) {
    const Token& token = tree_.token(child);
    const bool clause = token.Is("ccomp") || (token.deprel == "acl" && Nominal(tree_.token(head)));
    if (!clause || child < cue.last) continue;
    Range range{child, child + 1};
    for (uint32_t t : tree_.Subtree(child, kSubtreeLimit, kSubtreeDepth)) {
      if (t < cue.last || t >= sentence.last) continue;
      range.first = std::min(range.first, t);
      range.last = std::max(range.last, t + 1);
    }
    return range;
  }
  return {};
}

// "ingin pergi": a wish that UD has as an auxiliary or an adverb of what is wished.
std::optional<Clause> ClauseReader::Modal(const Context& context, const Range& cue,
                                          uint32_t head) const {
  const uint32_t verb = tree_.Head(head);
  if (verb == kNone || verb < cue.last || !Verbal(tree_.token(verb))) return std::nullopt;
  Clause clause;
  clause.cue = cue;
  clause.source = Subject(context, verb, 0);
  if (clause.source == kNone || clause.source > cue.first) return std::nullopt;
  clause.content = {{cue.last, Extent(context, verb).last}};
  clause.wish = true;
  return clause;
}

std::optional<Clause> ClauseReader::Read(const Lexicon& lexicon, const Sentence& sentence,
                                         const Range& cue, const Entry& entry) const {
  const Context context{lexicon, sentence, words_};
  const uint32_t frames = entry.frames;
  const uint32_t head = HeadOf(cue);
  const Token& word = tree_.token(head);
  if (word.deprel.empty() || word.upos == Upos::kX) return std::nullopt;
  if (frames & (kPrep | kCarry | kBy)) return std::nullopt;
  const bool noun = (frames & kNoun) != 0 && (word.upos == Upos::kNoun);
  if (!noun && (word.Is("aux") || word.Is("advmod")) && (frames & kInf) != 0) {
    return Modal(context, cue, head);
  }
  const bool adjective = ((frames & kAdj) != 0 || word.upos == Upos::kAdj) && !noun;
  if ((frames & kNoun) != 0 && !noun) return std::nullopt;
  if (!noun && !adjective && !Verbal(word)) return std::nullopt;
  if (word.Is("amod") || word.Is("compound")) return std::nullopt;

  Clause clause;
  clause.cue = cue;
  uint32_t content = kNone;  // the head of the clause
  uint32_t passive = kNone;  // the subject of a passive
  uint32_t agent = kNone;
  uint32_t object = kNone;
  const bool is_passive = Passive(head);
  // "is believed to be": what takes a clause takes an infinitive in the passive.
  const uint32_t takes = is_passive ? kInf | kClause | kThat | kComp : kInf;
  uint32_t copula = kNone;
  uint32_t denial = kNone;
  uint32_t paratactic = kNone;
  for (uint32_t child : Dependents(cue, head)) {
    const Token& token = tree_.token(child);
    if (token.Is("ccomp") || token.deprel == "csubj") {
      if (content == kNone) content = child;
    } else if (token.Is("xcomp") || (adjective && token.Is("advcl") && child > head) ||
               (noun && token.Is("acl") && !token.deprel.ends_with("relcl"))) {
      bool marked = false;
      for (uint32_t mark : tree_.Children(child)) {
        marked |= tree_.token(mark).Is("mark") && context.Is(mark, kComplementizer);
        // "knows how to"
        marked |= tree_.token(mark).Feat("PronType") == "Int" && mark < child;
      }
      const bool infinitive = !marked && (frames & takes) != 0 && !token.Is("advcl") &&
                              (Verbal(token) || token.upos == Upos::kAdj || Nominal(token)) &&
                              token.Feat("VerbForm") != "Ger";
      if (content == kNone && (marked || infinitive)) content = child;
    } else if (token.deprel == "nsubj:pass") {
      passive = child;
    } else if (is_passive && token.deprel == "nsubj" && passive == kNone) {
      passive = child;
    } else if (token.deprel == "obl:agent") {
      agent = child;
    } else if (token.Is("obl") || token.Is("nmod")) {
      for (uint32_t mark : tree_.Children(child)) {
        if (!tree_.token(mark).Is("case")) continue;
        if (context.Is(mark, kAgent) && (noun || is_passive)) agent = child;
        if (context.Is(mark, kHearer) && clause.hearer == kNone) clause.hearer = child;
      }
    } else if (token.deprel == "obj" || token.deprel == "iobj") {
      if (object == kNone) object = child;
    } else if ((token.Is("cop") || (adjective && token.deprel == "aux:pass")) && child < head) {
      copula = child;
    } else if (token.Is("parataxis") && child > head && paratactic == kNone) {
      paratactic = child;
    }
    if ((token.Is("advmod") || token.Is("det")) && child < head && context.Is(child, kNegator)) {
      denial = child;
    }
  }

  std::vector<Range> beside;  // a content that the cue's own clause stands in
  if (content == kNone && !noun && !adjective && (frames & (kQuote | kClause | kThat)) != 0) {
    const uint32_t above = tree_.Head(head);
    bool as = false;
    for (uint32_t child : tree_.Children(head)) {
      as |= tree_.token(child).Is("mark") && context.Is(child, kAs);
    }
    const bool aside = word.Is("parataxis") || (word.Is("advcl") && as);
    if (aside && above != kNone && (Verbal(tree_.token(above)) || as || above < head)) {
      const Range whole = Extent(context, above);
      const Range own = Extent(context, head);
      if (own.first > whole.first) beside.push_back({whole.first, own.first});
      if (own.last < whole.last) beside.push_back({own.last, whole.last});
    } else if (paratactic != kNone && !word.Is("parataxis") && !is_passive) {
      bool colon = false;
      const Range range = Extent(context, paratactic);
      for (uint32_t t = cue.last; t < range.first + 1 && t < sentence.last; ++t) {
        colon |= words_[t] == ":";
      }
      if (colon) content = paratactic;
    }
  }
  if (content == kNone && beside.empty()) return std::nullopt;
  if (object != kNone && clause.hearer == kNone && (frames & kAddressee) != 0) {
    clause.hearer = object;
  }

  // Whose it is.
  if (noun) {
    for (uint32_t child : tree_.Children(head)) {
      const Token& token = tree_.token(child);
      if (token.deprel == "nmod:poss" || token.deprel == "det:poss") clause.source = child;
      if (clause.source == kNone && token.Is("nmod") && child != content && child < content) {
        clause.source = child;
      }
    }
    if (agent != kNone) clause.source = agent;
    const uint32_t light = tree_.Head(head);
    if (clause.source == kNone && light != kNone && Verbal(tree_.token(light)) &&
        (word.Is("obj") || word.Is("obl"))) {
      clause.source = Subject(context, light, 0);
    }
  } else if (is_passive && adjective) {
    clause.source = passive;  // "is convinced that"
  } else if (is_passive) {
    clause.source = agent;
    clause.impersonal = agent == kNone;
  } else {
    clause.source = Subject(context, head, 0);
  }
  if (clause.source == kNone && !clause.impersonal) return std::nullopt;
  if (clause.source != kNone && !CanSpeak(clause.source)) return std::nullopt;
  if (clause.impersonal && (frames & (kClause | kInf | kThat | kComp)) == 0) return std::nullopt;
  // "he was told that": the subject hears it, and who said it is not stated.
  if (clause.impersonal && passive != kNone && (frames & kAddressee) != 0) return std::nullopt;

  // Its words.
  if (content != kNone) {
    Range range = Extent(context, content);
    if (content >= cue.last) range.first = std::max(range.first, cue.last);
    if (content < cue.first) range.last = std::min(range.last, cue.first);
    // "urged Chile to leave": the object belongs to what is wanted.
    const bool wanted = (frames & kNp) != 0 || tree_.token(content).Is("xcomp");
    if (object != kNone && wanted && object >= cue.last && object < range.first) {
      range.first = std::max(cue.last, Extent(context, object).first);
    }
    if (clause.source != kNone && clause.source > range.first && clause.source < range.last &&
        content < cue.first) {
      return std::nullopt;
    }
    if (is_passive && !adjective && passive != kNone && passive < cue.first &&
        !HasSubject(content)) {
      clause.content.push_back(Extent(context, passive));
      clause.content.back().last = std::min(clause.content.back().last, cue.first);
    }
    clause.content.push_back(range);
    clause.wish = tree_.token(content).Is("xcomp") && !is_passive;
  } else {
    clause.content = std::move(beside);
  }
  std::erase_if(clause.content, [](const Range& range) { return range.empty(); });
  if (clause.content.empty()) return std::nullopt;

  if (denial != kNone && denial < cue.first) {
    clause.negated = true;
    if (cue.first - denial <= 2) clause.cue.first = denial;
  }
  if (copula != kNone && copula < cue.first && cue.first - copula <= 3) {
    clause.cue.first = std::min(clause.cue.first, copula);
  }
  return clause;
}

}  // namespace kronik::statement
