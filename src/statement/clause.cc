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

// What hangs from a cue.
struct ClauseReader::Parts {
  Range cue;
  uint32_t frames = 0;
  uint32_t head = kNone;  // of the cue
  bool noun = false;
  bool adjective = false;
  bool is_passive = false;
  uint32_t content = kNone;  // the head of the clause
  uint32_t passive = kNone;  // the subject of a passive
  uint32_t agent = kNone;
  uint32_t object = kNone;
  uint32_t hearer = kNone;
  uint32_t copula = kNone;
  uint32_t denial = kNone;      // a negator before the cue
  uint32_t auxiliary = kNone;   // "did" of "did not say"
  uint32_t paratactic = kNone;  // a clause beside it
  bool Has(uint32_t any) const { return (frames & any) != 0; }
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
    // "have no plans to": what hangs from its noun.
    if (t != head && !tree_.token(t).Is("xcomp") && !tree_.token(t).Is("obj")) continue;
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
  // "when asked if he knew"
  const Token& before = tree_.token(verb > 0 ? verb - 1 : verb);
  if (token.Is("advcl") && token.Feat("Tense") == "Past" && !HasSubject(verb) &&
      (before.upos == Upos::kSconj || before.Feat("PronType") == "Int") &&
      (before.Is("advmod") || before.Is("mark"))) {
    return true;
  }
  // "was called in and told that": the auxiliary serves both.
  const uint32_t above = tree_.Head(verb);
  if (token.Is("conj") && above != kNone && token.Feat("Voice") == "Pass" && !HasSubject(verb) &&
      tree_.token(above).Feat("Voice") == "Pass") {
    return true;
  }
  bool subject = false;
  for (uint32_t child : tree_.Children(verb)) {
    const std::string_view relation = tree_.token(child).deprel;
    marked = marked || relation == "aux:pass" || relation == "obl:agent";
    subject = subject || relation == "nsubj:pass";
  }
  return marked || (subject && token.Feat("Tense").empty());
}

// "said the airline plans to grow": a verb that the tree takes for a noun, and for the subject of
// the verb before it.
std::optional<Clause> ClauseReader::Plans(const Context& context, const Range& cue,
                                          const Entry& entry) const {
  const Token& word = tree_.token(cue.first);
  const uint32_t head = tree_.Head(cue.first);
  if (word.upos != Upos::kNoun || !word.Is("nsubj") || (entry.frames & (kInf | kNoun)) != kInf ||
      cue.last != cue.first + 1 || head == kNone || head >= cue.first ||
      cue.last + 1 >= context.sentence.last || !context.Is(cue.last, kInfinitive) ||
      tree_.token(cue.last + 1).Feat("VerbForm") != "Inf") {
    return std::nullopt;
  }
  const uint32_t source = cue.first - 1;
  if (tree_.Head(source) != cue.first || !tree_.token(source).Is("compound")) return std::nullopt;
  Clause clause;
  clause.cue = cue;
  clause.source = source;
  clause.content = {{cue.last, Extent(context, cue.last + 1).last}};
  clause.wish = true;
  return clause;
}

// "Voters feel that": a verb that the tree takes for a noun.
bool ClauseReader::Predicates(uint32_t noun) const {
  bool subject = false;
  bool clause = false;
  for (uint32_t child : tree_.Children(noun)) {
    subject = subject || (child < noun && tree_.token(child).Is("nsubj"));
    clause = clause || (child > noun && tree_.token(child).Is("ccomp"));
  }
  return subject && clause;
}

bool ClauseReader::HasSubject(uint32_t verb) const {
  const std::vector<uint32_t>& children = tree_.Children(verb);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t child) { return tree_.token(child).Is("nsubj"); });
}

// Whether a word may be a source: a noun, a name, or a pronoun that stands for somebody.
bool ClauseReader::CanSpeak(uint32_t t) const {
  const Token& token = tree_.token(t);
  // "those who doubt that"
  const std::vector<uint32_t>& children = tree_.Children(t);
  const bool described = std::any_of(children.begin(), children.end(), [&](uint32_t child) {
    return tree_.token(child).deprel == "acl:relcl";
  });
  return (Nominal(token) || (token.Is("nsubj") && !Verbal(token))) &&
         (token.Feat("PronType") != "Dem" || described) && token.Feat("PronType") != "Int";
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

// Whether an ordinal number goes with a noun.
bool ClauseReader::First(uint32_t noun) const {
  const std::vector<uint32_t>& children = tree_.Children(noun);
  return std::any_of(children.begin(), children.end(),
                     [&](uint32_t child) { return tree_.token(child).Feat("NumType") == "Ord"; });
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
  // "There are reasons to doubt that", "had the courage to say that", "the first leader to say
  // that"
  if (token.deprel == "acl" && token.Feat("VerbForm") == "Inf" && !First(head)) {
    const Token& noun = tree_.token(head);
    const uint32_t light = tree_.Head(head);
    return noun.Is("obj") && light != kNone ? Subject(context, light, depth + 1) : kNone;
  }
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
  // "Oslo ingin perundingan dimulai": of two subjects the one before the cue wishes.
  for (uint32_t child : tree_.Children(verb)) {
    if (tree_.token(child).Is("nsubj") && child < cue.first) clause.source = child;
  }
  if (clause.source == kNone || clause.source > cue.first) return std::nullopt;
  clause.content = {{cue.last, Extent(context, verb).last}};
  clause.wish = true;
  return clause;
}

std::optional<Clause> ClauseReader::Read(const Lexicon& lexicon, const Sentence& sentence,
                                         const Range& cue, const Entry& entry) const {
  const Context context{lexicon, sentence, words_};
  Parts parts;
  parts.cue = cue;
  parts.frames = entry.frames;
  parts.head = HeadOf(cue);
  const Token& word = tree_.token(parts.head);
  if (word.deprel.empty() || word.upos == Upos::kX) return std::nullopt;
  if (parts.Has(kPrep | kCarry | kBy)) return std::nullopt;
  parts.noun = parts.Has(kNoun) && word.upos == Upos::kNoun;
  if (!parts.noun && (word.Is("aux") || word.Is("advmod")) && parts.Has(kInf)) {
    return Modal(context, cue, parts.head);
  }
  parts.adjective = (parts.Has(kAdj) || word.upos == Upos::kAdj) && !parts.noun;
  if (parts.Has(kNoun) && !parts.noun) return std::nullopt;
  if (std::optional<Clause> plan = Plans(context, cue, entry)) return plan;
  if (!parts.noun && !parts.adjective && !Verbal(word) && !Predicates(parts.head)) {
    return std::nullopt;
  }
  if (word.Is("amod") || word.Is("compound")) return std::nullopt;
  // "books called codices": a name, and nobody's.
  const bool name = parts.Has(kNames) && word.deprel == "acl" && word.Feat("Tense") == "Past";
  if (name) return std::nullopt;

  parts.is_passive = Passive(parts.head);
  for (uint32_t child : Dependents(cue, parts.head)) Sort(context, child, parts);
  // "of her desire to run": an infinitive that the tree hangs elsewhere.
  if (parts.noun && parts.Has(kInf) && parts.content == kNone && cue.last + 1 < sentence.last &&
      context.Is(cue.last, kInfinitive) && tree_.token(cue.last).Is("mark") &&
      tree_.Head(cue.last) == cue.last + 1) {
    parts.content = cue.last + 1;
  }
  const std::vector<Range> beside =
      parts.content == kNone ? Beside(context, parts) : std::vector<Range>{};
  Clause clause;
  if (parts.content == kNone && beside.empty()) {
    clause.object = !parts.noun && !parts.adjective && parts.Has(kNp) && !parts.is_passive &&
                    !(parts.Has(kInf) && parts.Has(kClause | kAddressee)) &&
                    parts.object != kNone && parts.object >= cue.last &&
                    tree_.token(parts.object).upos != Upos::kPron;
    if (!clause.object) return std::nullopt;
  }
  clause.cue = cue;
  clause.hearer = parts.hearer;
  if (clause.hearer == kNone && parts.Has(kAddressee)) clause.hearer = parts.object;
  if (!Source(context, parts, clause)) return std::nullopt;
  clause.content = beside;
  if (clause.object) clause.content = {Object(context, parts)};
  if (parts.content != kNone && !Words(context, parts, clause)) return std::nullopt;
  std::erase_if(clause.content, [](const Range& range) { return range.empty(); });
  if (clause.content.empty()) return std::nullopt;
  if (parts.denial != kNone && parts.denial < cue.first) {
    clause.negated = true;
    if (cue.first - parts.denial <= 2) {
      clause.cue.first = parts.denial;
      if (parts.auxiliary + 1 == parts.denial) clause.cue.first = parts.auxiliary;
    }
  }
  if (parts.copula != kNone && parts.copula < cue.first && cue.first - parts.copula <= 3) {
    clause.cue.first = std::min(clause.cue.first, parts.copula);
  }
  return clause;
}

// "blamed the council for the delay": a thing, with what a preposition adds right behind it.
Range ClauseReader::Object(const Context& context, const Parts& parts) const {
  Range range = Extent(context, parts.object);
  range.first = std::max(range.first, parts.cue.last);
  for (uint32_t child : Dependents(parts.cue, parts.head)) {
    const Range beside = Extent(context, child);
    if (child < parts.object || beside.first != range.last) continue;
    if (context.Is(beside.first, kInside)) range.last = beside.last;
  }
  return range;
}

// What a dependent of the cue is to it.
void ClauseReader::Sort(const Context& context, uint32_t child, Parts& parts) const {
  const Token& token = tree_.token(child);
  const std::string_view relation = token.deprel;
  if (token.Is("ccomp") || relation == "csubj") {
    if (parts.content == kNone && !Perceived(context, child, parts)) parts.content = child;
  } else if (token.Is("xcomp") || (parts.adjective && token.Is("advcl") && child > parts.head) ||
             ((parts.noun || (parts.Has(kInf) && tree_.Head(child) != parts.head)) &&
              token.Is("acl") && !relation.ends_with("relcl"))) {
    if (parts.content == kNone && Complements(context, child, parts)) parts.content = child;
  } else if (CalledAs(context, child, parts)) {
    if (parts.content == kNone) parts.content = child;
  } else if (token.Is("advcl") && parts.content == kNone &&
             (Asked(context, child, parts) || Wanted(context, child, parts))) {
    parts.content = child;
  } else if (relation == "nsubj:pass" ||
             (parts.is_passive && relation == "nsubj" && parts.passive == kNone)) {
    parts.passive = child;
  } else if (relation == "obl:agent") {
    parts.agent = child;
  } else if (token.Is("obl") || token.Is("nmod")) {
    for (uint32_t mark : tree_.Children(child)) {
      if (!tree_.token(mark).Is("case")) continue;
      // "appealed to both sides to"
      const bool own = mark >= parts.cue.first && mark < parts.cue.last;
      if (own && token.Is("obl") && parts.Has(kInf) && parts.object == kNone) parts.object = child;
      if (context.Is(mark, kAgent) && (parts.noun || parts.is_passive)) parts.agent = child;
      if (context.Is(mark, kHearer) && parts.hearer == kNone) parts.hearer = child;
    }
  } else if (relation == "obj" || relation == "iobj") {
    if (parts.object == kNone) parts.object = child;
    if (parts.content == kNone && (Named(child, parts) || Meant(context, child, parts))) {
      parts.content = child;
    }
  } else if ((token.Is("cop") || (parts.adjective && relation == "aux:pass")) &&
             child < parts.head) {
    parts.copula = child;
  } else if (token.Is("parataxis") && child > parts.head && parts.paratactic == kNone) {
    parts.paratactic = child;
  }
  if (token.Is("aux") && child < parts.head) parts.auxiliary = child;
  if ((token.Is("advmod") || token.Is("det")) && child < parts.head &&
      context.Is(child, kNegator)) {
    parts.denial = child;
  }
}

// Whether an open or adnominal clause is what the cue tells: a "that" clause, "knows how to", or an
// infinitive where the cue takes one. In the passive ("is believed to be") what takes a clause
// does.
bool ClauseReader::Complements(const Context& context, uint32_t child, const Parts& parts) const {
  const Token& token = tree_.token(child);
  for (uint32_t mark : tree_.Children(child)) {
    if (tree_.token(mark).Is("mark") && context.Is(mark, kComplementizer)) return true;
    if (tree_.token(mark).Feat("PronType") == "Int" && mark < child) return true;
  }
  // "called the law an insult", but not "called the dog Rex".
  if (parts.Has(kNames) && token.Is("xcomp") && !Verbal(token) && token.upos != Upos::kPropn) {
    return true;
  }
  // "admitted taking the money"
  if (child == parts.cue.last && parts.Has(kClause) && token.Feat("VerbForm") == "Ger") return true;
  // "its claim to the port rests on": no infinitive.
  if (parts.noun && token.Feat("VerbForm") == "Fin") return false;
  const uint32_t takes = parts.is_passive ? kInf | kClause | kThat | kComp : kInf;
  return parts.Has(takes) && !token.Is("advcl") &&
         (Verbal(token) || token.upos == Upos::kAdj || Nominal(token)) &&
         token.Feat("VerbForm") != "Ger";
}

// "saw prices rise": what is seen to happen is nothing known or told.
bool ClauseReader::Perceived(const Context& context, uint32_t child, const Parts& parts) const {
  if (tree_.token(child).Feat("VerbForm") != "Inf" || parts.is_passive || !parts.Has(kComp) ||
      parts.Has(kInf)) {
    return false;
  }
  for (uint32_t below : tree_.Children(child)) {
    const Token& token = tree_.token(below);
    if (token.Is("mark") || token.Is("aux") || context.Is(below, kAsks)) return false;
  }
  return true;
}

// "what he described as a trap", "was described by doctors as stable".
bool ClauseReader::CalledAs(const Context& context, uint32_t child, const Parts& parts) const {
  const Token& token = tree_.token(child);
  if (!parts.Has(kCalls) || child < parts.cue.last || (!token.Is("obl") && !token.Is("advcl"))) {
    return false;
  }
  const bool gap = tree_.token(parts.head).deprel == "acl:relcl" || parts.is_passive;
  const uint32_t mark = Extent(context, child).first;
  return gap && context.Is(mark, kRole) && mark < child;
}

// "did not say when it would be": a question that stays open, which trees have beside the verb.
bool ClauseReader::Asked(const Context& context, uint32_t child, const Parts& parts) const {
  if (child < parts.cue.last || !parts.Has(kClause | kThat | kComp)) return false;
  const uint32_t first = Extent(context, child).first;
  if (parts.is_passive && parts.agent != kNone && context.Is(first, kComplementizer)) return true;
  return parts.denial != kNone && first == parts.cue.last && context.Is(first, kAsks);
}

// "wants the bloc to act": an infinitive behind an object, which trees may have beside the verb.
bool ClauseReader::Wanted(const Context& context, uint32_t child, const Parts& parts) const {
  return parts.Has(kInf) && parts.object != kNone && parts.object >= parts.cue.last &&
         parts.object < child && context.Is(Extent(context, child).first, kInfinitive);
}

// "wants the fund to be used": an infinitive that trees may hang on the object.
bool ClauseReader::Meant(const Context& context, uint32_t object, const Parts& parts) const {
  if (!parts.Has(kInf) || object < parts.cue.last) return false;
  for (uint32_t child : tree_.Children(object)) {
    if (tree_.token(child).deprel == "acl" && Verbal(tree_.token(child)) &&
        context.Is(Extent(context, child).first, kInfinitive)) {
      return true;
    }
  }
  return false;
}

// "considers the plan a mistake": two nouns that trees may have for one.
bool ClauseReader::Named(uint32_t object, const Parts& parts) const {
  if (!parts.Has(kNames) || object < parts.cue.last) return false;
  for (uint32_t child : tree_.Children(object)) {
    if (!tree_.token(child).Is("appos") || child < object) continue;
    bool comma = false;
    for (uint32_t t = object; t < child; ++t) comma |= words_[t] == ",";
    if (!comma && tree_.token(child).upos == Upos::kNoun) return true;
  }
  return false;
}

// The content that the cue's own clause stands in ("The road, he said, is closed"); or, as
// `parts.content`, a clause behind a colon.
std::vector<Range> ClauseReader::Beside(const Context& context, Parts& parts) const {
  std::vector<Range> beside;
  if (parts.noun || parts.adjective || !parts.Has(kQuote | kClause | kThat)) return beside;
  const Token& word = tree_.token(parts.head);
  const uint32_t above = tree_.Head(parts.head);
  bool as = false;
  for (uint32_t child : tree_.Children(parts.head)) {
    as |= tree_.token(child).Is("mark") && context.Is(child, kAs);
  }
  // What only goes with a quotation needs its marks, save in "as he put it".
  const bool aside =
      (word.Is("parataxis") && parts.Has(kClause | kThat)) || (word.Is("advcl") && as);
  if (aside && above != kNone && (Verbal(tree_.token(above)) || as || above < parts.head)) {
    const Range whole = Extent(context, above);
    const Range own = Extent(context, parts.head);
    if (own.first > whole.first) beside.push_back({whole.first, own.first});
    if (own.last < whole.last) beside.push_back({own.last, whole.last});
  } else if (parts.paratactic != kNone && !word.Is("parataxis") && !parts.is_passive) {
    const uint32_t end = Extent(context, parts.paratactic).first + 1;
    for (uint32_t t = parts.cue.last; t < end && t < context.sentence.last; ++t) {
      if (words_[t] == ":") parts.content = parts.paratactic;
    }
  }
  return beside;
}

// Whose the content is; false: it has no source that may be one.
bool ClauseReader::Source(const Context& context, const Parts& parts, Clause& clause) const {
  if (parts.noun) {
    clause.source = Owner(context, parts);
  } else if (parts.is_passive && parts.adjective) {
    clause.source = parts.passive;  // "is convinced that"
  } else if (parts.is_passive) {
    clause.source = parts.agent;
    clause.impersonal = parts.agent == kNone;
  } else {
    clause.source = Subject(context, parts.head, 0);
  }
  // "it is unclear whether"
  if (parts.adjective && clause.source != kNone &&
      tree_.token(clause.source).Feat("Gender") == "Neut" &&
      tree_.token(clause.source).Feat("PronType") == "Prs") {
    return false;
  }
  if (clause.impersonal && parts.Has(kAddressee) && tree_.token(parts.head).Is("advcl")) {
    return false;  // "when asked if he knew"
  }
  if (!clause.impersonal) return clause.source != kNone && CanSpeak(clause.source);
  // "he was told that": the subject hears it, and who said it is not stated.
  // "it is not known whether": nobody says so.
  return parts.Has(kClause | kInf | kThat | kComp) && parts.denial == kNone &&
         (parts.passive == kNone || !parts.Has(kAddressee));
}

// Whose a noun is: "Berg's claim", "the claim by Berg", "Berg made the claim".
uint32_t ClauseReader::Owner(const Context& context, const Parts& parts) const {
  if (parts.agent != kNone) return parts.agent;
  uint32_t owner = kNone;
  for (uint32_t child : tree_.Children(parts.head)) {
    const Token& token = tree_.token(child);
    if (token.deprel == "nmod:poss" || token.deprel == "det:poss") owner = child;
    if (owner == kNone && token.Is("nmod") && child != parts.content && child < parts.content) {
      owner = child;
    }
  }
  const Token& word = tree_.token(parts.head);
  const uint32_t light = tree_.Head(parts.head);
  if (owner == kNone && light != kNone && Verbal(tree_.token(light)) &&
      (word.Is("obj") ? context.Is(light, kLight)
                      : word.Is("obl") && Governed(context, parts.head))) {
    owner = Subject(context, light, 0);
  }
  return owner;
}

// "in the belief that", but not "without evidence that".
bool ClauseReader::Governed(const Context& context, uint32_t noun) const {
  const std::vector<uint32_t>& children = tree_.Children(noun);
  return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
    return tree_.token(child).Is("case") && !context.Is(child, kNegator);
  });
}

// "memutuskan gugatan itu tidak dapat diterima": an object that is the subject of the clause behind
// it, with nothing between them.
bool ClauseReader::Shares(const Context& context, uint32_t content, const Parts& parts) const {
  if (parts.object == kNone || parts.Has(kAddressee) || HasSubject(content)) return false;
  return Extent(context, parts.object).last == Extent(context, content).first;
}

// The words of the content; false where its source stands among them.
bool ClauseReader::Words(const Context& context, const Parts& parts, Clause& clause) const {
  const uint32_t content = parts.content;
  Range range = Extent(context, content);
  if (content >= parts.cue.last) range.first = std::max(range.first, parts.cue.last);
  if (content < parts.cue.first) range.last = std::min(range.last, parts.cue.first);
  // "urged Chile to leave": the object belongs to what is wanted.
  const bool wanted =
      parts.Has(kNp) || tree_.token(content).Is("xcomp") || Wanted(context, content, parts) ||
      (parts.Has(kInf) && tree_.token(content).Feat("VerbForm") == "Inf" && !HasSubject(content)) ||
      Shares(context, content, parts);
  const uint32_t object = parts.object;
  if (object != kNone && wanted && object >= parts.cue.last && object < range.first) {
    range.first = std::max(parts.cue.last, Extent(context, object).first);
  }
  if (clause.source != kNone && clause.source > range.first && clause.source < range.last &&
      content < parts.cue.first) {
    return false;
  }
  if (parts.is_passive && !parts.adjective && parts.passive != kNone &&
      parts.passive < parts.cue.first && !HasSubject(content) &&
      tree_.token(parts.passive).Feat("Gender") != "Neut") {
    clause.content.push_back(Extent(context, parts.passive));
    clause.content.back().last = std::min(clause.content.back().last, parts.cue.first);
  }
  if (range.size() > 1 && !Verbal(tree_.token(content)) && context.Is(range.first, kRole)) {
    ++range.first;  // "as a trap"
  }
  clause.content.push_back(range);
  const Token& told = tree_.token(content);
  clause.wish = (told.Is("xcomp") || told.Is("advcl")) && !parts.is_passive && !parts.Has(kNames);
  return true;
}

}  // namespace kronik::statement
