// kronik_train_names: makes a model of names of one language from annotated text, and measures it.
#include "train/names.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>

using namespace kronik;
using namespace kronik::train;

namespace {

void Print(const std::string& name, const NameScores& scores) {
  static constexpr const char* kKinds[] = {"PER", "ORG", "LOC", "MISC"};
  fmt::print("{:36s}", name);
  for (size_t kind = 0; kind < scores.kinds.size(); ++kind) {
    const NameScores::Count& count = scores.kinds[kind];
    const auto share = [&](size_t of) {
      return of == 0 ? 0.0 : 100.0 * static_cast<double>(count.right) / static_cast<double>(of);
    };
    fmt::print("  {} {:.0f}/{:.0f}", kKinds[kind], share(count.found), share(count.gold));
  }
  fmt::print("  F1 {:.2f} with MISC {:.2f}  {:.0f} words/s\n", 100 * scores.Sum(3).f1(),
             100 * scores.Sum(4).f1(),
             static_cast<double>(scores.words) / std::max(scores.seconds, 1e-9));
}

template <typename T>
T Must(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "kronik_train_names: {}\n", result.error().ToString());
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Trains a model of names on text with BIO tags");
  std::string out, lang, data;
  std::vector<std::string> paths, dev, cross;
  NameOptions options;
  int folds = 5;
  bool evaluate = false, quiet = false;
  app.add_option("OUT", out, "model file to write (or to read, with --evaluate)")->required();
  app.add_option("TRAIN", paths, "one token and its tag a line, .gz or plain");
  app.add_option("--lang", lang, "language of the lists to use")->required();
  app.add_option("--data", data, "folder whose files replace the embedded data");
  app.add_option("--dev", dev, "files to measure on");
  app.add_option("--cross", cross,
                 "files of TRAIN to measure on by cross-validation; OUT is not written");
  app.add_option("--folds", folds);
  app.add_option("--epochs", options.epochs);
  app.add_option("--rate", options.rate);
  app.add_option("--start", options.start);
  app.add_option("--decay", options.decay);
  app.add_option("--lower", options.lower);
  app.add_option("--min-count", options.min_count);
  app.add_option("--own", options.own, "files of TRAIN that get weights of their own");
  app.add_option("--seed", options.seed);
  app.add_flag("--evaluate", evaluate, "measure OUT as it is");
  app.add_flag("--quiet", quiet);
  CLI11_PARSE(app, argc, argv);

  const auto log = [&](const std::string& line) {
    if (!quiet) fmt::print(stderr, "{}\n", line);
  };
  const Resources resources = Must(Resources::Open(data));
  const NameLists lists = Must(NameLists::Load(resources, lang));
  std::vector<NameCorpus> corpora;
  for (const std::string& path : paths) corpora.push_back(Must(ReadNames(path)));
  if (!cross.empty()) {
    for (const std::string& path : cross) {
      const std::string name = path.substr(path.rfind('/') + 1);
      NameScores scores, settled;
      for (int fold = 0; fold < folds; ++fold) {
        std::vector<const NameCorpus*> train;
        NameCorpus rest, held;
        for (const NameCorpus& corpus : corpora) {
          if (corpus.name != name) {
            train.push_back(&corpus);
            continue;
          }
          rest = Fold(corpus, folds, fold, true);
          held = Fold(corpus, folds, fold, false);
          train.push_back(&rest);
        }
        const NameModel model = TrainNames(train, lists, options, log);
        scores.Add(EvaluateNames(model, lists, held));
        NameFinder finder;
        finder.Add(lang, lists, model);
        settled.Add(EvaluateNames(finder, lang, held));
      }
      Print(name + " x", scores);
      Print(name + " x settled", settled);
    }
    return 0;
  }
  if (!evaluate) {
    std::vector<const NameCorpus*> train;
    for (const NameCorpus& corpus : corpora) train.push_back(&corpus);
    const std::string bytes = TrainNames(train, lists, options, log).Write();
    std::ofstream stream(out, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) {
      fmt::print(stderr, "kronik_train_names: {} can't be written\n", out);
      return 1;
    }
    fmt::print("{}: {} bytes\n", out, bytes.size());
  }
  std::ifstream stream(out, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  const NameModel model = Must(NameModel::Load(bytes.str()));
  for (const std::string& path : dev) {
    const NameCorpus corpus = Must(ReadNames(path));
    Print(corpus.name, EvaluateNames(model, lists, corpus));
    NameFinder finder;
    finder.Add(lang, lists, model);
    Print(corpus.name + " settled", EvaluateNames(finder, lang, corpus));
  }
  return 0;
}
