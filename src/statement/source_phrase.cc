#include "statement/source_phrase.h"

#include <algorithm>

namespace kronik::statement {
namespace {

constexpr uint32_t kPhraseLimit = 20;  // tokens to either side
constexpr int kClimbLimit = 12;

bool Nominal(const Token& token) {
  return token.upos == Upos::kNoun || token.upos == Upos::kPropn || token.upos == Upos::kNum ||
         token.upos == Upos::kX ||
         (token.upos == Upos::kAdj && token.Is("nsubj"));  // "few in the party"
}

// The head of a phrase in the sense of the tree: no other token of it governs it.
uint32_t HeadOf(const Tree& tree, const Range& phrase) {
  // A name cut wrongly may have two heads: the subject is the one.
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    if (tree.token(t).Is("nsubj")) return t;
  }
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    const uint32_t head = tree.Head(t);
    if (head == kNone || head < phrase.first || head >= phrase.last) return t;
  }
  return phrase.first;
}

// Whether a name is a part of the phrase above it: "[ministry] spokesman", "leader of the [party]".
bool PartOf(const Token& token) {
  return token.Is("compound") || token.Is("flat") || token.Is("appos") || token.Is("nmod") ||
         token.Is("amod") || token.Is("fixed");
}

// Whether a noun is what the cue takes for its source, so that the name below it is but a part.
bool Speaks(const Tree& tree, uint32_t noun, const std::function<bool(uint32_t)>& barred) {
  const Token& token = tree.token(noun);
  if (token.Is("nsubj") || token.deprel == "obl:agent") return true;
  for (uint32_t child : tree.Children(noun)) {
    if (tree.token(child).Is("case") && barred(child)) return true;
  }
  return false;
}

// "the army, whose commander, ...": another clause lies between.
bool RelativeBetween(const Tree& tree, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; ++t) {
    if (tree.token(t).Feat("PronType") == "Rel") return true;
  }
  return false;
}

class Below {
 public:
  Below(const Tree& tree, uint32_t top, bool relatives)
      : tree_(tree), top_(top), relatives_(relatives) {}
  // Whether `t` hangs below the top, by no clause save a relative one where wanted.
  bool operator()(uint32_t t) const {
    for (int step = 0; step < kClimbLimit && t != kNone; ++step) {
      if (t == top_) return true;
      const Token& token = tree_.token(t);
      const bool inside = relatives_ && t != top_ && InRelative(t);
      if (token.deprel == "acl:relcl"
              ? !relatives_
              : !inside && (token.Is("parataxis") || token.Is("ccomp") || token.Is("advcl"))) {
        return false;
      }
      t = tree_.Head(t);
    }
    return false;
  }

 private:
  // Whether a relative clause lies between a token and the top.
  bool InRelative(uint32_t t) const {
    for (int step = 0; step < kClimbLimit && t != kNone && t != top_; ++step) {
      if (tree_.token(t).deprel == "acl:relcl") return true;
      t = tree_.Head(t);
    }
    return false;
  }

  const Tree& tree_;
  const uint32_t top_;
  const bool relatives_;
};

}  // namespace

Range SourcePhrase(const Tree& tree, const Sentence& sentence, const Range& named, bool relatives,
                   const std::function<bool(uint32_t)>& barred) {
  uint32_t head = HeadOf(tree, named);
  if (tree.token(head).upos == Upos::kPron && !tree.token(head).Is("nmod")) return named;
  const auto near = [&](uint32_t t) {
    return t >= sentence.first && t < sentence.last &&
           std::max(t, head) - std::min(t, head) < kPhraseLimit && !barred(t);
  };
  for (int step = 0; step < kClimbLimit && (PartOf(tree.token(head)) || tree.token(head).Is("obl"));
       ++step) {
    const uint32_t above = tree.Head(head);
    if (above == kNone || !near(above) || !Nominal(tree.token(above))) break;
    if (RelativeBetween(tree, std::min(above, head), std::max(above, head))) break;
    if (!tree.Case(head).empty() && !Speaks(tree, above, barred)) break;
    head = above;
  }
  const Below below(tree, head, relatives);
  Range phrase = named;
  // To the left: an unbroken stretch that hangs below the head.
  while (phrase.first > sentence.first && near(phrase.first - 1) && below(phrase.first - 1)) {
    // A mark only inside: "the chairman, Anna Berg".
    const bool hyphen = tree.token(phrase.first - 1).end == tree.token(phrase.first).start &&
                        tree.token(phrase.first - 1).form == "-";
    if (tree.token(phrase.first - 1).upos == Upos::kPunct && head >= phrase.first && !hyphen) break;
    --phrase.first;
  }
  const auto aside = [&](uint32_t t) {
    const Token& token = tree.token(t);
    // "nearly half of the voters"
    const bool degree = token.Is("advmod") && tree.Head(t) == t + 1 &&
                        tree.token(t + 1).upos != Upos::kPropn && t + 1 < named.last;
    return token.Is("cc") || token.Is("case") || token.Is("mark") ||
           (token.Is("advmod") && !degree);
  };
  bool apposed = tree.token(HeadOf(tree, named)).Is("appos");
  for (uint32_t t = phrase.first; t < named.first && !apposed; ++t) {
    if (tree.token(t).upos == Upos::kPunct) break;
    apposed = t + 1 == named.first;
  }
  while (phrase.first < named.first && aside(phrase.first)) {
    // "For months Kyiv": a phrase of its own.
    if (tree.token(phrase.first).Is("case") &&
        (!apposed || tree.Head(phrase.first) != head || tree.token(head).Is("nsubj"))) {
      phrase.first = named.first - 1;
    }
    ++phrase.first;
  }
  // An article right before it is its own, whatever a wrong tree has.
  if (near(phrase.first - 1) && phrase.first > sentence.first &&
      tree.token(phrase.first - 1).upos == Upos::kDet) {
    --phrase.first;
  }
  // To the right: a mark belongs to it only if the phrase goes on behind it.
  for (uint32_t t = phrase.last; near(t); ++t) {
    const bool mark = tree.token(t).upos == Upos::kPunct;
    if (!mark && !below(t)) break;
    // "Berg, the minister", but not "Berg, in Oslo," and "Berg, adding".
    const bool opens = tree.token(t - 1).upos == Upos::kPunct;
    if (opens && (tree.token(t).Is("case") || tree.token(t).upos == Upos::kVerb)) break;
    if (!mark) phrase.last = t + 1;
  }
  // The mark of a possessor is no part of its name: "the minister's claim".
  while (phrase.last > named.last && tree.token(phrase.last - 1).upos == Upos::kPart) {
    --phrase.last;
  }
  return head >= phrase.first && head < phrase.last ? phrase : named;
}

}  // namespace kronik::statement
