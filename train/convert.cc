#include "train/convert.h"

#include <algorithm>
#include <map>

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

// Which old annotation each word of a split sentence has.
std::vector<Guide> Guides(const Tree& old, const std::vector<std::vector<std::string>>& tokens) {
  std::vector<uint32_t> first;
  uint32_t words = 0;
  for (const auto& token : tokens) {
    first.push_back(words);
    words += static_cast<uint32_t>(token.size());
  }
  first.push_back(words);
  std::vector<Guide> guides(words);
  for (size_t i = 0; i < old.size(); ++i) {
    for (uint32_t piece = 0; piece < tokens[i].size(); ++piece) {
      Guide& guide = guides[first[i] + piece];
      guide.upos = old[i].upos;
      guide.piece = piece;
      guide.label = piece == 0 ? HashText(old[i].deprel) : 2;
      guide.head = piece == 0 ? first[old[i].head] : first[i];
    }
  }
  for (uint32_t i = 0; i < words; ++i) {
    if (guides[i].head < words) {
      uint32_t& last = guides[guides[i].head].last;
      last = std::max(last, i);
    }
  }
  return guides;
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

}  // namespace

void AddTagGuide(const Example& example, size_t at, std::vector<uint32_t>& features) {
  const Guide& guide = example.guides[at];
  const Word& word = example.words[at];
  const auto upos = static_cast<uint64_t>(guide.upos) * 4 + std::min<uint32_t>(guide.piece, 3);
  const uint64_t above = guide.head < example.guides.size()
                             ? static_cast<uint64_t>(example.guides[guide.head].upos)
                             : 99u;
  features.push_back(Feature(5001, upos));
  features.push_back(Feature(5002, upos, word.norm));
  features.push_back(Feature(5003, upos, word.suffix[2], word.prefix[1]));
  features.push_back(Feature(5004, upos, guide.label));
  features.push_back(Feature(5005, upos, guide.label, above));
  features.push_back(Feature(5006, upos, word.shape));
}

void AddParseGuide(const Example& example, const ParseState& state,
                   const std::vector<ParseWord>& words, std::vector<uint32_t>& features) {
  const auto size = static_cast<uint32_t>(words.size());
  const std::vector<uint32_t>& stack = state.stack();
  const uint32_t next = state.next();
  static const ParseWord kNone;
  static const Guide kNoGuide;
  const uint32_t none = UINT32_MAX;
  const uint32_t i0 = stack.empty() ? none : stack.back();
  const uint32_t i1 = stack.size() < 2 ? none : stack[stack.size() - 2];
  const auto guide = [&](uint32_t i) -> const Guide& {
    return i < size ? example.guides[i] : kNoGuide;
  };
  const auto word = [&](uint32_t i) -> const ParseWord& { return i < size ? words[i] : kNone; };
  // Where the older head of a word is.
  const auto where = [&](uint32_t i) -> uint64_t {
    if (i >= size) return 9;
    const uint32_t head = example.guides[i].head;
    if (head == next) return 1;
    if (head == i0) return 2;
    if (head == i1) return 3;
    return head > next ? 4 : 5;
  };
  const uint64_t h0 = where(i0), h1 = where(i1), hb = where(next);
  const uint64_t l0 = guide(i0).label, l1 = guide(i1).label, lb = guide(next).label;
  const uint64_t more = i0 < size && guide(i0).last >= next ? 1 : 0;
  const uint64_t u0 = static_cast<uint64_t>(guide(i0).upos);
  uint32_t id = 6000;
  const auto add = [&](uint64_t x, uint64_t y = 0, uint64_t z = 0) {
    features.push_back(Feature(++id, x, y, z));
  };
  const uint64_t place = h0 * 10 + hb * 100 + more;
  add(h0, more);
  add(place);
  add(place, h1);
  add(h0 * 2 + more, l0);
  add(place, l0);
  add(place, l0, lb);
  add(place, h1, l1);
  add(h0 * 2 + more, l0, word(i0).tag);
  add(h0 * 2 + more, l0, word(i0).form);
  add(h0 * 2 + more, l0, word(next).tag);
  add(h0 * 2 + more, l0, word(next).form);
  add(h0 * 2 + more, l0, word(i1).tag);
  add(h0 * 2 + more, l0, word(i1).form);
  add(place, word(i0).tag, word(next).tag);
  add(place, word(i0).tag, word(i1).tag);
  add(place, l0, u0);
}

Treebank Modernise(const Treebank& old, const Treebank& old_pairs, const Treebank& new_pairs,
                   const Options& options, const std::function<void(const std::string&)>& log) {
  TagSet set;
  std::vector<std::string> labels = {"root"};
  std::map<std::pair<Upos, std::string>, uint16_t> tag_index;
  std::map<std::string, uint16_t> label_index = {{"root", 0}};
  std::map<std::string, const Tree*> by_text;
  Splitter splitter;
  splitter.Learn(new_pairs);
  for (const Tree& tree : old_pairs.trees) {
    std::string text;
    for (const TreeWord& word : tree) text += word.form + " ";
    by_text[text] = &tree;
  }
  std::vector<Example> examples;
  std::vector<size_t> chosen;
  for (const Tree& tree : new_pairs.trees) {
    const auto tokens = Tokens(tree);
    std::string text;
    for (const auto& token : tokens) text += Join(token) + " ";
    const auto found = by_text.find(text);
    if (found == by_text.end()) continue;
    Example example;
    for (const TreeWord& word : tree) {
      example.words.push_back(MakeWord(word.form));
      const auto [tag, new_tag] =
          tag_index.try_emplace({word.upos, word.feats}, static_cast<uint16_t>(set.tags.size()));
      if (new_tag) set.Add(word.upos, word.feats);
      example.gold_tags.push_back(tag->second);
      const auto [label, new_label] =
          label_index.try_emplace(word.deprel, static_cast<uint16_t>(labels.size()));
      if (new_label) labels.push_back(word.deprel);
      example.labels.push_back(label->second);
      example.heads.push_back(word.head);
    }
    example.tags = example.gold_tags;
    example.guides = Guides(*found->second, tokens);
    chosen.push_back(examples.size());
    examples.push_back(std::move(example));
  }
  log(std::to_string(examples.size()) + " sentences stand in both conventions");
  if (examples.empty()) return {};

  const LinearModel tagger = TrainTagger(set, examples, chosen, 10, options);
  const LinearModel parser =
      TrainParser(set, labels.size(), 0, examples, chosen, options, [](const std::string&) {});

  const auto convert = [&](const Tree& from) {
    std::vector<std::vector<std::string>> tokens;
    for (const TreeWord& word : from) tokens.push_back(splitter.Split(word));
    Example example;
    for (const auto& token : tokens) {
      for (const std::string& form : token) example.words.push_back(MakeWord(form));
    }
    example.guides = Guides(from, tokens);
    std::vector<uint32_t> features;
    std::vector<int32_t> scores(tagger.classes());
    for (size_t at = 0; at < example.words.size(); ++at) {
      TagFeatures(example.words, at, example.tags, set, features);
      AddTagGuide(example, at, features);
      tagger.Score(features, scores);
      example.tags.push_back(
          static_cast<uint16_t>(std::ranges::max_element(scores) - scores.begin()));
    }
    std::vector<ParseWord> seen;
    for (size_t at = 0; at < example.words.size(); ++at) {
      seen.push_back(MakeParseWord(example.words[at], set.tags[example.tags[at]]));
    }
    ParseState state;
    scores.resize(parser.classes());
    for (state.Start(seen.size(), labels.size(), 0); !state.done();) {
      state.Features(seen, features);
      AddParseGuide(example, state, seen, features);
      parser.Score(features, scores);
      state.Do(state.Best(std::span<const int32_t>(scores)));
    }
    Tree to;
    size_t at = 0;
    for (uint32_t token = 0; token < tokens.size(); ++token) {
      for (const std::string& form : tokens[token]) {
        TreeWord& word = to.emplace_back();
        word.form = form;
        word.token = token;
        word.upos = set.tags[example.tags[at]].upos;
        word.feats = set.tags[example.tags[at]].feats;
        word.deprel = labels[state.labels()[at]];
        word.head = state.heads()[at];
        ++at;
      }
    }
    return to;
  };
  Treebank result;
  result.weight = old.weight;
  for (const Tree& tree : old.trees) result.trees.push_back(convert(tree));
  return result;
}

}  // namespace kronik::train
