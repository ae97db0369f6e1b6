// kronik_train: makes a model file of one language from treebanks, and measures it.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "train/convert.h"
#include "train/train.h"

using namespace kronik;
using namespace kronik::train;

int main(int argc, char** argv) {
  CLI::App app("Trains a tagger, lemmatiser and parser on CoNLL-U treebanks");
  std::string out;
  std::vector<std::string> paths, dev, pairs;
  std::string old;
  Options options;
  int holdout = 0;
  bool evaluate = false;
  app.add_option("OUT", out, "model file to write (or to read, with --evaluate)")->required();
  app.add_option("TRAIN", paths, "CoNLL-U, .gz or plain; FILE=3 shows it three times an epoch");
  app.add_option("--dev", dev, "treebanks to measure on");
  app.add_option("--old", old, "treebank of older conventions, to be converted; FILE=2 as above");
  app.add_option("--pairs", pairs, "OLD NEW: sentences in both conventions")->expected(2);
  app.add_option("--holdout", holdout, "keep every Nth sentence back and measure on those");
  app.add_option("--tagger-epochs", options.tagger_epochs);
  app.add_option("--parser-epochs", options.parser_epochs);
  app.add_option("--folds", options.folds);
  app.add_option("--seed", options.seed);
  app.add_option("--min-updates", options.min_updates);
  app.add_option("--scale", options.scale);
  app.add_flag("--evaluate", evaluate, "measure OUT as it is");
  CLI11_PARSE(app, argc, argv);

  const auto log = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  std::vector<Treebank> banks;
  std::vector<std::pair<std::string, Treebank>> tests;
  const auto read = [](const std::string& path) {
    Result<Treebank> bank = ReadTreebank(path);
    if (!bank) {
      fmt::print(stderr, "kronik_train: {}\n", bank.error().ToString());
      std::exit(1);
    }
    return std::move(*bank);
  };
  for (std::string path : paths) {
    int weight = 1;
    if (const size_t equals = path.rfind('='); equals != std::string::npos) {
      weight = std::max(1, std::atoi(path.c_str() + equals + 1));
      path.resize(equals);
    }
    Treebank bank = read(path);
    bank.weight = weight;
    if (holdout > 1 && bank.complete) {
      Treebank rest = bank, held;
      rest.trees.clear();
      for (size_t i = 0; i < bank.trees.size(); ++i) {
        const bool back = i % static_cast<size_t>(holdout) == static_cast<size_t>(holdout) - 1;
        (back ? held : rest).trees.push_back(std::move(bank.trees[i]));
      }
      tests.emplace_back(path + " (held out)", std::move(held));
      bank = std::move(rest);
    }
    banks.push_back(std::move(bank));
  }
  if (!old.empty() && pairs.size() == 2) {
    int weight = 1;
    if (const size_t equals = old.rfind('='); equals != std::string::npos) {
      weight = std::max(1, std::atoi(old.c_str() + equals + 1));
      old.resize(equals);
    }
    Treebank from = read(old), new_pairs = read(pairs[1]);
    from.weight = weight;
    // What is held back must not teach the converter either.
    for (const auto& [name, bank] : tests) {
      std::erase_if(new_pairs.trees, [&](const Tree& tree) {
        return std::ranges::any_of(bank.trees, [&](const Tree& held) {
          return std::ranges::equal(tree, held, {}, &TreeWord::form, &TreeWord::form);
        });
      });
    }
    Options convert = options;
    convert.parser_epochs = 10;
    Treebank converted = Modernise(from, read(pairs[0]), new_pairs, convert, log);
    converted.has_feats = true;
    banks.push_back(std::move(converted));
  }
  for (const std::string& path : dev) tests.emplace_back(path, read(path));

  if (!evaluate) {
    const LanguageModel trained =
        Train(banks, options, [](const std::string& line) { fmt::print(stderr, "{}\n", line); });
    const std::string bytes = trained.Write();
    std::ofstream stream(out, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) {
      fmt::print(stderr, "kronik_train: {} can't be written\n", out);
      return 1;
    }
    fmt::print("{}: {} bytes\n", out, bytes.size());
  }
  std::ifstream stream(out, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  Result<LanguageModel> model = LanguageModel::Load(bytes.str());
  if (!model) {
    fmt::print(stderr, "kronik_train: {}: {}\n", out, model.error().ToString());
    return 1;
  }
  for (const auto& [name, bank] : tests) {
    const Scores scores = Evaluate(*model, bank);
    const auto percent = [](size_t right, size_t of) {
      return of == 0 ? 0.0 : 100.0 * static_cast<double>(right) / static_cast<double>(of);
    };
    fmt::print(
        "{}: words {} UPOS {:.2f} FEATS {:.2f} lemma {:.2f} UAS {:.2f} LAS {:.2f} (with subtypes "
        "{:.2f}), {:.0f} words/s\n",
        name, scores.words, percent(scores.upos, scores.words), percent(scores.feats, scores.words),
        percent(scores.lemmas, scores.lemmas_of), percent(scores.heads, scores.words),
        percent(scores.labelled, scores.words), percent(scores.labelled_full, scores.words),
        static_cast<double>(scores.words) / std::max(scores.seconds, 1e-9));
  }
  return 0;
}
