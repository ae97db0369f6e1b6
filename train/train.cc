#include "train/train.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "base/utf8.h"
#include "train/learn.h"
#include "train/perceptron.h"

namespace kronik::train {
namespace {

// The order of an epoch's sentences, each as often as its weight.
std::vector<size_t> Order(const std::vector<size_t>& chosen, const std::vector<Example>& examples,
                          std::mt19937_64& random) {
  std::vector<size_t> order;
  for (size_t i : chosen) order.insert(order.end(), static_cast<size_t>(examples[i].weight), i);
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

// The dynamic oracle for arc-hybrid (Goldberg and Nivre 2013): how many gold arcs a step loses.
class Oracle {
 public:
  explicit Oracle(const Example& example)
      : example_(example), children_(example.words.size() + 1), gone_(example.words.size() + 1) {
    for (uint32_t i = 0; i < example.heads.size(); ++i) children_[example.heads[i]].push_back(i);
  }
  void Left(const ParseState& state) { gone_[state.stack().back()] = true; }

  int Shift(const ParseState& state) const {
    const uint32_t next = state.next(), head = example_.heads[next];
    const auto on_stack = [&](uint32_t i) { return i < next && !gone_[i]; };
    int cost = on_stack(head) && head != state.stack().back() ? 1 : 0;
    for (uint32_t child : children_[next]) cost += on_stack(child) ? 1 : 0;
    return cost;
  }
  // The top of the stack leaves, with the head `to`.
  int Pop(const ParseState& state, uint32_t to) const {
    const uint32_t top = state.stack().back(), next = state.next(), head = example_.heads[top];
    int cost = 0;
    if (head != to) {
      const bool below = state.stack().size() >= 2 && head == *(state.stack().rbegin() + 1);
      cost += head >= next || below ? 1 : 0;
    }
    for (uint32_t child : children_[top]) cost += child >= next ? 1 : 0;
    return cost;
  }

 private:
  const Example& example_;
  std::vector<std::vector<uint32_t>> children_;
  std::vector<bool> gone_;
};

Lexicon MakeLexicon(const std::vector<Example>& examples) {
  std::map<uint64_t, std::map<Upos, uint32_t>> counts;
  for (const Example& example : examples) {
    for (size_t i = 0; i < example.words.size(); ++i) {
      ++counts[example.words[i].norm][(*example.tree)[i].upos];
    }
  }
  Lexicon lexicon;
  for (const auto& [word, of] : counts) {
    uint32_t all = 0, most = 0, known = 0;
    for (const auto& [upos, count] : of) all += count;
    if (all < 3) continue;
    for (const auto& [upos, count] : of) {
      if (count * 20 >= all) known |= uint32_t{1} << static_cast<int>(upos);
      if (count > most) {
        most = count;
        known = (known & 0xFFFFFF) | ((static_cast<uint32_t>(upos) + 1) << 24);
      }
    }
    lexicon[word] = known;
  }
  return lexicon;
}

Lemmatiser TrainLemmatiser(const std::vector<Example>& examples, const TagSet& set,
                           const Options& options) {
  Lemmatiser lemmatiser;
  // How often each form has each lemma, by tag and by part of speech.
  std::map<uint64_t, std::map<std::string, int>> by_tag, by_upos;
  std::map<uint64_t, uint64_t> upos_of;
  struct Type {
    std::string form, lemma;
    const Word* word;
    uint16_t tag;
  };
  std::map<std::pair<std::string, uint16_t>, Type> types;
  for (const Example& example : examples) {
    if (!example.complete) continue;
    for (size_t i = 0; i < example.words.size(); ++i) {
      const TreeWord& word = (*example.tree)[i];
      if (word.lemma.empty() || word.form.size() > 64) continue;
      const TagSet::Tag& tag = set.tags[example.gold_tags[i]];
      const uint64_t tag_key = LemmaKey(word.form, tag.hash);
      const uint64_t upos_key = LemmaKey(word.form, static_cast<uint64_t>(tag.upos) + 1);
      ++by_tag[tag_key][word.lemma];
      ++by_upos[upos_key][word.lemma];
      upos_of[tag_key] = upos_key;
      types.try_emplace({word.form, example.gold_tags[i]},
                        Type{word.form, word.lemma, &example.words[i], example.gold_tags[i]});
    }
  }
  const auto most = [](const std::map<std::string, int>& counts) {
    return std::ranges::max_element(counts, {}, [](const auto& of) { return of.second; })->first;
  };
  for (const auto& [key, counts] : by_upos) lemmatiser.dictionary[key] = most(counts);
  for (const auto& [key, counts] : by_tag) {
    if (most(counts) != lemmatiser.dictionary[upos_of[key]]) {
      lemmatiser.dictionary[key] = most(counts);
    }
  }
  std::map<LemmaRule, int> counts;
  for (const auto& [key, type] : types) ++counts[LemmaRule::Between(type.form, type.lemma)];
  std::map<LemmaRule, size_t> index;
  for (const auto& [rule, count] : counts) {
    bool valid = count >= 2;
    for (const auto* part : {&rule.cut_front, &rule.add_front, &rule.cut_back, &rule.add_back}) {
      valid &= IsValidUtf8(*part) && part->size() < 12;
    }
    if (!valid || lemmatiser.rules.size() == kMaxClasses) continue;
    index[rule] = lemmatiser.rules.size();
    lemmatiser.rules.push_back(rule);
  }
  Perceptron perceptron(lemmatiser.rules.size());
  std::mt19937_64 random(options.seed);
  std::vector<const Type*> order;
  for (const auto& [key, type] : types) {
    if (index.contains(LemmaRule::Between(type.form, type.lemma))) order.push_back(&type);
  }
  std::vector<uint32_t> features;
  std::vector<float> scores(lemmatiser.rules.size());
  std::string lemma;
  for (int epoch = 0; epoch < 8; ++epoch) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const Type* type : order) {
      LemmaFeatures(*type->word, set.tags[type->tag], features);
      perceptron.Score(features, scores);
      const size_t gold = index[LemmaRule::Between(type->form, type->lemma)];
      size_t best = gold;
      for (size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] > scores[best] &&
            lemmatiser.rules[i].Apply(type->form, type->word->lower, lemma)) {
          best = i;
        }
      }
      // At the start all scores are equal; a margin makes it learn something.
      if (best == gold) {
        for (size_t i = 0; i < scores.size() && best == gold; ++i) {
          if (i != gold && scores[i] + 1 > scores[gold] &&
              lemmatiser.rules[i].Apply(type->form, type->word->lower, lemma)) {
            best = i;
          }
        }
      }
      if (best != gold) perceptron.Update(features, gold, best);
      perceptron.Tick();
    }
  }
  lemmatiser.model = perceptron.Freeze(1, options.scale * 4);
  return lemmatiser;
}

}  // namespace

LinearModel TrainTagger(const TagSet& set, const std::vector<Example>& examples,
                        const std::vector<size_t>& chosen, int epochs, const Options& options) {
  Perceptron perceptron(set.tags.size());
  std::mt19937_64 random(options.seed);
  std::vector<uint32_t> features;
  std::vector<float> scores(set.tags.size());
  std::vector<uint16_t> tags;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (size_t i : Order(chosen, examples, random)) {
      const Example& example = examples[i];
      tags.assign(example.words.size(), 0);
      for (size_t at = 0; at < example.words.size(); ++at) {
        TagFeatures(example.words, at, tags, set, features);
        if (!example.guides.empty()) AddTagGuide(example, at, features);
        perceptron.Score(features, scores);
        const auto best = static_cast<uint16_t>(std::ranges::max_element(scores) - scores.begin());
        if (best != example.gold_tags[at]) {
          perceptron.Update(features, example.gold_tags[at], best);
        }
        tags[at] = best;
        perceptron.Tick();
      }
    }
  }
  return perceptron.Freeze(options.min_updates, options.scale);
}

LinearModel TrainParser(const TagSet& set, size_t labels, size_t root_label,
                        const std::vector<Example>& examples, const std::vector<size_t>& chosen,
                        const Options& options,
                        const std::function<void(const std::string&)>& log) {
  Perceptron perceptron(1 + 2 * labels);
  std::mt19937_64 random(options.seed);
  std::vector<uint32_t> features;
  std::vector<float> scores(perceptron.classes());
  std::vector<ParseWord> seen;
  ParseState state;
  for (int epoch = 0; epoch < options.parser_epochs; ++epoch) {
    size_t steps = 0, wrong = 0;
    for (size_t i : Order(chosen, examples, random)) {
      const Example& example = examples[i];
      seen.clear();
      for (size_t at = 0; at < example.words.size(); ++at) {
        seen.push_back(MakeParseWord(example.words[at], set.tags[example.tags[at]]));
      }
      Oracle oracle(example);
      for (state.Start(seen.size(), labels, root_label); !state.done();) {
        state.Features(seen, features);
        if (!example.guides.empty()) AddParseGuide(example, state, seen, features);
        perceptron.Score(features, scores);
        constexpr int kNever = 1 << 20;
        const int shift = state.CanShift() ? oracle.Shift(state) : kNever;
        const uint32_t top = state.stack().empty() ? 0 : state.stack().back();
        const uint32_t below = state.CanRight() ? *(state.stack().rbegin() + 1) : 0;
        const int left = state.CanLeft() ? oracle.Pop(state, state.next()) : kNever;
        const int right = state.CanRight() ? oracle.Pop(state, below) : kNever;
        const auto cost = [&](size_t step) {
          if (step == 0) return shift;
          const bool to_left = step <= labels;
          const size_t label = to_left ? step - 1 : step - 1 - labels;
          const bool right_head = example.heads[top] == (to_left ? state.next() : below);
          return (to_left ? left : right) + (right_head && label != example.labels[top] ? 1 : 0);
        };
        int least = kNever;
        for (size_t step = 0; step < perceptron.classes(); ++step) {
          if (state.Can(step)) least = std::min(least, cost(step));
        }
        size_t best = SIZE_MAX, gold = SIZE_MAX;
        for (size_t step = 0; step < perceptron.classes(); ++step) {
          if (!state.Can(step)) continue;
          if (best == SIZE_MAX || scores[step] > scores[best]) best = step;
          if (cost(step) == least && (gold == SIZE_MAX || scores[step] > scores[gold])) gold = step;
        }
        ++steps;
        if (cost(best) > least) {
          perceptron.Update(features, gold, best);
          ++wrong;
        }
        perceptron.Tick();
        // Follow its own mistakes most of the time, once it knows a little.
        const size_t next = epoch > 0 && random() % 10 != 0 ? best : gold;
        if (next != 0) oracle.Left(state);
        state.Do(next);
      }
    }
    log("parser epoch " + std::to_string(epoch + 1) + ": " + std::to_string(wrong) + " of " +
        std::to_string(steps) + " steps wrong");
  }
  return perceptron.Freeze(options.min_updates, options.scale);
}

LanguageModel Train(const std::vector<Treebank>& banks, const Options& options,
                    const std::function<void(const std::string&)>& log) {
  LanguageModel model;
  std::vector<Example> examples;
  std::map<std::pair<Upos, std::string>, uint16_t> tag_index;
  std::map<std::string, uint16_t> label_index;
  const auto tag_of = [&](Upos upos, const std::string& feats) {
    const auto [at, added] =
        tag_index.try_emplace({upos, feats}, static_cast<uint16_t>(model.tagger.set.tags.size()));
    if (added) model.tagger.set.Add(upos, feats);
    return at->second;
  };
  label_index["root"] = 0;
  model.labels.push_back("root");
  for (const Treebank& bank : banks) {
    for (const Tree& tree : bank.trees) {
      Example& example = examples.emplace_back();
      example.tree = &tree;
      example.weight = bank.weight;
      example.complete = bank.complete;
      example.has_feats = bank.has_feats;
      for (const TreeWord& word : tree) {
        example.words.push_back(MakeWord(word.form));
        example.gold_tags.push_back(tag_of(word.upos, word.feats));
        example.heads.push_back(word.head);
        const bool root = word.head == tree.size();
        const std::string& label = root ? "root" : word.deprel == "root" ? "dep" : word.deprel;
        const auto [at, added] =
            label_index.try_emplace(label, static_cast<uint16_t>(model.labels.size()));
        if (added) model.labels.push_back(label);
        example.labels.push_back(at->second);
      }
    }
  }
  model.lexicon = MakeLexicon(examples);
  for (Example& example : examples) {
    for (Word& word : example.words) {
      if (auto found = model.lexicon.find(word.norm); found != model.lexicon.end()) {
        word.known = found->second;
      }
    }
  }
  std::vector<size_t> all, complete;
  for (size_t i = 0; i < examples.size(); ++i) {
    all.push_back(i);
    if (examples[i].complete) complete.push_back(i);
  }
  const bool lacking = std::ranges::any_of(
      examples, [](const Example& example) { return !example.complete && !example.has_feats; });
  if (lacking && !complete.empty()) {
    // The other treebanks get the features that a tagger thinks likeliest for their parts of
    // speech.
    const LinearModel first =
        TrainTagger(model.tagger.set, examples, complete, options.tagger_epochs / 2, options);
    std::vector<bool> seen(model.tagger.set.tags.size());
    for (size_t i : complete) {
      for (uint16_t tag : examples[i].gold_tags) seen[tag] = true;
    }
    std::vector<uint32_t> features;
    std::vector<int32_t> scores(first.classes());
    for (Example& example : examples) {
      if (example.complete || example.has_feats) continue;
      for (size_t at = 0; at < example.words.size(); ++at) {
        TagFeatures(example.words, at, example.gold_tags, model.tagger.set, features);
        first.Score(features, scores);
        int best = -1;
        for (size_t i = 0; i < scores.size(); ++i) {
          if (seen[i] && model.tagger.set.tags[i].upos == (*example.tree)[at].upos &&
              (best < 0 || scores[i] > scores[static_cast<size_t>(best)])) {
            best = static_cast<int>(i);
          }
        }
        if (best >= 0) example.gold_tags[at] = static_cast<uint16_t>(best);
      }
    }
    log("features added to treebanks that lack them");
  }

  for (int fold = 0; fold < options.folds; ++fold) {
    std::vector<size_t> rest, held;
    for (size_t i : all) {
      const bool is_held =
          i * static_cast<size_t>(options.folds) / all.size() == static_cast<size_t>(fold);
      (is_held ? held : rest).push_back(i);
    }
    Tagger tagger{model.tagger.set, TrainTagger(model.tagger.set, examples, rest,
                                                (options.tagger_epochs + 1) / 2, options)};
    size_t words = 0, right = 0;
    for (size_t i : held) {
      tagger.Tag(examples[i].words, examples[i].tags);
      for (size_t at = 0; at < examples[i].tags.size(); ++at) {
        ++words;
        right += examples[i].tags[at] == examples[i].gold_tags[at] ? 1 : 0;
      }
    }
    log("fold " + std::to_string(fold + 1) + ": " + std::to_string(right) + " of " +
        std::to_string(words) + " tags right");
  }
  model.tagger.model = TrainTagger(model.tagger.set, examples, all, options.tagger_epochs, options);
  log("tagger: " + std::to_string(model.tagger.model.features()) + " features");
  model.lemmatiser = TrainLemmatiser(examples, model.tagger.set, options);
  log("lemmatiser: " + std::to_string(model.lemmatiser.dictionary.size()) + " forms, " +
      std::to_string(model.lemmatiser.rules.size()) + " rules");
  model.parser = TrainParser(model.tagger.set, model.labels.size(), model.root_label, examples, all,
                             options, log);
  log("parser: " + std::to_string(model.parser.features()) + " features");
  return model;
}

Scores Evaluate(const LanguageModel& model, const Treebank& bank) {
  Scores scores;
  const auto universal = [](std::string_view label) { return label.substr(0, label.find(':')); };
  for (const Tree& tree : bank.trees) {
    std::vector<std::string_view> forms;
    for (const TreeWord& word : tree) forms.push_back(word.form);
    const auto start = std::chrono::steady_clock::now();
    const Analysis analysis = model.Analyse(forms);
    scores.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (size_t i = 0; i < tree.size(); ++i) {
      const TagSet::Tag& tag = model.tagger.set.tags[analysis.tags[i]];
      const std::string& label = model.labels[analysis.labels[i]];
      ++scores.words;
      scores.upos += tag.upos == tree[i].upos ? 1 : 0;
      scores.feats += tag.feats == tree[i].feats ? 1 : 0;
      if (!tree[i].lemma.empty()) {
        ++scores.lemmas_of;
        scores.lemmas += analysis.lemmas[i] == tree[i].lemma ? 1 : 0;
      }
      if (analysis.heads[i] != tree[i].head) continue;
      ++scores.heads;
      scores.labelled += universal(label) == universal(tree[i].deprel) ? 1 : 0;
      scores.labelled_full += label == tree[i].deprel ? 1 : 0;
    }
  }
  return scores;
}

}  // namespace kronik::train
