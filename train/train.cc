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

constexpr float kWeightScale = 64;  // of the lemmatiser's weights, as whole numbers

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
    for (size_t i = 0; i < example.words.size(); ++i) {
      const TreeWord& word = (*example.tree)[i];
      if (word.lemma.empty() || word.form.size() > 64) continue;
      const TagSet::Tag& tag = set.tags[example.tags[i]];
      const uint64_t tag_key = LemmaKey(word.form, tag.hash);
      const uint64_t upos_key = LemmaKey(word.form, static_cast<uint64_t>(tag.upos) + 1);
      ++by_tag[tag_key][word.lemma];
      ++by_upos[upos_key][word.lemma];
      upos_of[tag_key] = upos_key;
      types.try_emplace({word.form, example.tags[i]},
                        Type{word.form, word.lemma, &example.words[i], example.tags[i]});
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
  lemmatiser.model = perceptron.Freeze(1, kWeightScale);
  return lemmatiser;
}

// Leaves out tags too rare to be learnt, which would cost time at every word: their words get the
// commonest tag of the same part of speech.
void MergeRareTags(Prepared& prepared) {
  constexpr size_t kRare = 5;
  const TagSet all = std::move(prepared.tags);
  std::vector<size_t> counts(all.tags.size());
  for (const Example& example : prepared.examples) {
    for (uint16_t tag : example.tags) ++counts[tag];
  }
  std::map<Upos, size_t> commonest;
  for (size_t i = 0; i < counts.size(); ++i) {
    const auto [at, added] = commonest.try_emplace(all.tags[i].upos, i);
    if (!added && counts[i] > counts[at->second]) at->second = i;
  }
  prepared.tags = {};
  std::vector<uint16_t> kept(counts.size());
  const auto keep = [&](size_t i) {
    kept[i] = static_cast<uint16_t>(prepared.tags.tags.size());
    prepared.tags.tags.push_back(all.tags[i]);
  };
  const auto rare = [&](size_t i) { return counts[i] < kRare && commonest[all.tags[i].upos] != i; };
  for (size_t i = 0; i < counts.size(); ++i) {
    if (!rare(i)) keep(i);
  }
  for (size_t i = 0; i < counts.size(); ++i) {
    if (rare(i)) kept[i] = kept[commonest[all.tags[i].upos]];
  }
  for (Example& example : prepared.examples) {
    for (uint16_t& tag : example.tags) tag = kept[tag];
  }
}

}  // namespace

Prepared Prepare(const std::vector<Treebank>& banks) {
  Prepared prepared;
  std::map<std::pair<Upos, std::string>, uint16_t> tag_index;
  std::map<std::string, uint16_t> label_index = {{"root", 0}};
  prepared.labels.push_back("root");
  for (const Treebank& bank : banks) {
    for (const Tree& tree : bank.trees) {
      Example& example = prepared.examples.emplace_back();
      example.tree = &tree;
      example.weight = bank.weight;
      example.tags_known = bank.has_feats;
      for (const TreeWord& word : tree) {
        example.words.push_back(MakeWord(word.form));
        WordFeatures(example.words.back(), example.features.emplace_back());
        const auto [tag, new_tag] = tag_index.try_emplace(
            {word.upos, word.feats}, static_cast<uint16_t>(prepared.tags.tags.size()));
        if (new_tag) prepared.tags.Add(word.upos, word.feats);
        example.tags.push_back(tag->second);
        example.heads.push_back(word.head);
        const bool root = word.head == tree.size();
        const std::string& label = root ? "root" : word.deprel == "root" ? "dep" : word.deprel;
        const auto [at, added] =
            label_index.try_emplace(label, static_cast<uint16_t>(prepared.labels.size()));
        if (added) prepared.labels.push_back(label);
        example.labels.push_back(at->second);
      }
    }
  }
  MergeRareTags(prepared);
  return prepared;
}

LanguageModel Train(const std::vector<Treebank>& banks, const Options& options,
                    const std::function<void(const std::string&)>& log) {
  LanguageModel model;
  const Prepared prepared = Prepare(banks);
  model.tags = prepared.tags;
  model.labels = prepared.labels;
  model.lemmatiser = TrainLemmatiser(prepared.examples, model.tags, options);
  log("lemmatiser: " + std::to_string(model.lemmatiser.dictionary.size()) + " forms, " +
      std::to_string(model.lemmatiser.rules.size()) + " rules");
  Learned learned = TrainNetwork(model.tags, model.labels.size(), model.root_label,
                                 prepared.examples, options, log);
  model.embeddings = std::move(learned.embeddings);
  model.network = std::move(learned.network);
  log(std::to_string(model.embeddings.size()) + " embeddings");
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
      const TagSet::Tag& tag = model.tags.tags[analysis.tags[i]];
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
