#include "train/convert.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.h"
#include "train/learn.h"

namespace kronik::train {
namespace {

// The surface tokens of a sentence, as the words that each consists of.
std::vector<std::vector<std::string>> Tokens(const Tree& tree) {
  std::vector<std::vector<std::string>> tokens;
  uint32_t last = 0;
  for (const TreeWord& word : tree) {
    if (tokens.empty() || word.token != last) tokens.emplace_back();
    last = word.token;
    tokens.back().push_back(word.form);
  }
  return tokens;
}

std::string Join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

constexpr int kPairsWeight = 4;  // they are few
// The styles of annotation that the converter tells apart.
constexpr uint64_t kOldStyle = 1, kNewStyle = 2, kOtherStyle = 3;

void AddStyle(Example& example, uint64_t style) {
  for (auto& word : example.features) word.push_back(Feature(7000, style));
}

// Tells each word of a split sentence what its old annotation is.
void AddGuides(const Tree& old, const std::vector<std::vector<std::string>>& tokens,
               Example& example) {
  std::vector<uint32_t> first;
  uint32_t words = 0;
  for (const auto& token : tokens) {
    first.push_back(words);
    words += static_cast<uint32_t>(token.size());
  }
  first.push_back(words);
  std::vector<Guide>& guides = example.guides;
  guides.assign(words, Guide{});
  for (size_t i = 0; i < old.size(); ++i) {
    const uint64_t label = HashText(old[i].deprel), upos = static_cast<uint64_t>(old[i].upos) + 1;
    const uint64_t above =
        old[i].head < old.size() ? static_cast<uint64_t>(old[old[i].head].upos) + 1 : 99;
    for (uint32_t piece = 0; piece < tokens[i].size(); ++piece) {
      const uint32_t at = first[i] + piece;
      guides[at].head = piece == 0 ? first[old[i].head] : first[i];
      const uint64_t offset = guides[at].head > at
                                  ? std::min<uint32_t>(guides[at].head - at, 6)
                                  : 10 + std::min<uint32_t>(at - guides[at].head, 6);
      std::vector<uint32_t>& features = example.features[at];
      features.push_back(Feature(7001, upos, piece));
      features.push_back(Feature(7002, label, piece));
      features.push_back(Feature(7003, upos, label, piece));
      features.push_back(Feature(7004, above, label, piece));
      features.push_back(Feature(7005, offset));
    }
  }
  for (uint32_t i = 0; i < words; ++i) {
    if (guides[i].head < words) {
      uint32_t& last = guides[guides[i].head].last;
      last = std::max(last, i);
    }
  }
}

// How the pairs split tokens: the parts that come off at the end, and what stays whole.
struct Splitter {
  std::map<std::string, int> endings;
  std::map<std::string, int> whole, split;

  void Learn(const Treebank& bank) {
    for (const Tree& tree : bank.trees) {
      for (const auto& token : Tokens(tree)) {
        const std::string form = LowerCase(Join(token));
        if (token.size() == 2) ++endings[LowerCase(token[1])], ++split[form];
        if (token.size() == 1) ++whole[form];
      }
    }
  }
  std::vector<std::string> Split(const TreeWord& word) const {
    const std::string lower = LowerCase(word.form);
    const auto kept = whole.find(lower);
    if (kept != whole.end() && !split.contains(lower)) return {word.form};
    for (const auto& [ending, count] : endings) {
      const bool known = split.contains(lower);
      if (lower.ends_with(ending) && lower.size() >= ending.size() + 3 &&
          lower.size() == word.form.size() &&
          (known || (count >= 20 && word.upos != Upos::kPropn))) {
        const size_t at = word.form.size() - ending.size();
        return {word.form.substr(0, at), word.form.substr(at)};
      }
    }
    return {word.form};
  }
};

bool Capitalised(const std::string& form) {
  size_t at = 0;
  return IsUpper(DecodeUtf8(form, at));
}

// A word that is never written small is a name: older annotation calls some of them common nouns.
void NameProperNouns(const std::vector<Treebank>& known, Treebank& bank) {
  std::set<std::string> small;
  for (const Treebank& other : known) {
    for (const Tree& tree : other.trees) {
      for (const TreeWord& word : tree) {
        if (!Capitalised(word.form)) small.insert(LowerCase(word.form));
      }
    }
  }
  for (Tree& tree : bank.trees) {
    for (size_t i = 1; i < tree.size(); ++i) {
      TreeWord& word = tree[i];
      if (word.upos == Upos::kNoun && Capitalised(word.form) && !small.contains(LowerCase(word.form))) {
        word.upos = Upos::kPropn;
        word.feats.clear();
      }
    }
  }
}

}  // namespace

Treebank Modernise(const Treebank& old, const Treebank& old_pairs, const Treebank& new_pairs,
                   const std::vector<Treebank>& others, const Options& options,
                   const std::function<void(const std::string&)>& log) {
  std::map<std::string, const Tree*> by_text;
  for (const Tree& tree : old_pairs.trees) {
    std::string text;
    for (const TreeWord& word : tree) text += word.form + " ";
    by_text[text] = &tree;
  }
  Splitter splitter;
  splitter.Learn(new_pairs);
  std::vector<Treebank> banks = {new_pairs, old};
  banks[0].weight = kPairsWeight;
  banks[1].weight = 1;
  banks.insert(banks.end(), others.begin(), others.end());
  Prepared prepared = Prepare(banks);
  const size_t old_from = new_pairs.trees.size(), others_from = old_from + old.trees.size();
  size_t pairs = 0;
  for (size_t i = 0; i < prepared.examples.size(); ++i) {
    Example& example = prepared.examples[i];
    AddStyle(example, i < old_from ? kNewStyle : i < others_from ? kOldStyle : kOtherStyle);
    if (i >= old_from) continue;
    const auto tokens = Tokens(*example.tree);
    std::string text;
    for (const auto& token : tokens) text += Join(token) + " ";
    const auto found = by_text.find(text);
    if (found == by_text.end()) continue;
    AddGuides(*found->second, tokens, example);
    ++pairs;
  }
  log(std::to_string(pairs) + " sentences stand in both conventions");
  const Learned learned =
      TrainNetwork(prepared.tags, prepared.labels.size(), 0, prepared.examples, options, log);

  Treebank result;
  result.weight = old.weight;
  result.has_feats = true;
  for (const Tree& from : old.trees) {
    std::vector<std::vector<std::string>> tokens;
    for (const TreeWord& word : from) tokens.push_back(splitter.Split(word));
    Example example;
    for (const auto& token : tokens) {
      for (const std::string& form : token) {
        example.words.push_back(MakeWord(form));
        WordFeatures(example.words.back(), example.features.emplace_back());
      }
    }
    AddStyle(example, kNewStyle);
    AddGuides(from, tokens, example);
    const Guess guess = Decode(learned, 0, example);
    Tree to;
    for (uint32_t token = 0; token < tokens.size(); ++token) {
      for (const std::string& form : tokens[token]) {
        const size_t at = to.size();
        TreeWord& word = to.emplace_back();
        word.form = form;
        word.token = token;
        word.upos = prepared.tags.tags[guess.tags[at]].upos;
        word.feats = prepared.tags.tags[guess.tags[at]].feats;
        word.deprel = prepared.labels[guess.parse.labels()[at]];
        word.head = guess.parse.heads()[at];
      }
    }
    result.trees.push_back(std::move(to));
  }
  banks[1] = result;
  NameProperNouns(banks, result);
  return result;
}

}  // namespace kronik::train
