#include "cli/train.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/evaluate.h"
#include "train/convert.h"
#include "train/names.h"
#include "train/pages.h"
#include "train/train.h"

namespace kronik::cli {
namespace {

struct ParserChoice {
  std::string out;
  std::vector<std::string> treebanks;  // FILE, or FILE=3 to show it three times as often
  // Instead of a model, write `old`, a treebank of older conventions, in those of the second of
  // `pairs`: two files with the same sentences, old and new.
  std::string old;
  std::vector<std::string> pairs;
  train::Options training;
};

struct NamesChoice {
  std::string out;
  std::vector<std::string> texts;
  std::string lang;
  std::vector<std::string> cross;  // of `texts`: measure on these, and write nothing
  int folds = 5;
  train::NameOptions training;
};

struct PagesChoice {
  std::string out, folder;
  bool cross = false;  // `out` is a folder, with a model for each fold
  train::PageOptions training;
};

void Log(const std::string& line) { fmt::print(stderr, "{}\n", line); }

// Writes a file and says so.
bool Save(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream << bytes;
  if (!stream.flush()) return Complain(path.string() + ": can't be written"), false;
  Log(fmt::format("{}: {} bytes", path.string(), bytes.size()));
  return true;
}

Result<train::Treebank> ReadWeighted(std::string path) {
  int weight = 1;
  if (const size_t equals = path.rfind('='); equals != std::string::npos) {
    const char* end = path.data() + path.size();
    const auto [rest, error] = std::from_chars(path.data() + equals + 1, end, weight);
    if (error == std::errc() && rest == end && weight > 0) path.resize(equals);
  }
  Result<train::Treebank> bank = train::ReadTreebank(path);
  if (bank) bank->weight = std::max(weight, 1);
  return bank;
}

int TrainParser(const ParserChoice& choice) {
  std::vector<train::Treebank> banks;
  for (const std::string& path : choice.treebanks) {
    Result<train::Treebank> bank = ReadWeighted(path);
    if (!bank) return Failed(bank.error());
    banks.push_back(std::move(*bank));
  }
  if (choice.old.empty()) {
    return Save(choice.out, train::Train(banks, choice.training, Log).Write()) ? kAllDone
                                                                               : kCouldNotRun;
  }
  const Result<train::Treebank> old = ReadWeighted(choice.old);
  const Result<train::Treebank> old_pairs = ReadWeighted(choice.pairs[0]);
  const Result<train::Treebank> new_pairs = ReadWeighted(choice.pairs[1]);
  for (const auto* read : {&old, &old_pairs, &new_pairs}) {
    if (!*read) return Failed(read->error());
  }
  const train::Treebank converted =
      train::Modernise(*old, *old_pairs, *new_pairs, banks, choice.training, Log);
  return Save(choice.out, WriteTreebank(converted)) ? kAllDone : kCouldNotRun;
}

// Measures on one corpus, by models that have seen only the rest of it and the others.
void CrossValidate(const std::vector<train::NameCorpus>& corpora, const train::NameCorpus& measured,
                   const NameLists& lists, const NamesChoice& choice) {
  train::NameScores alone, settled;
  for (int fold = 0; fold < choice.folds; ++fold) {
    const train::NameCorpus rest = train::Fold(measured, choice.folds, fold, true);
    const train::NameCorpus held = train::Fold(measured, choice.folds, fold, false);
    std::vector<const train::NameCorpus*> shown;
    for (const train::NameCorpus& corpus : corpora) {
      shown.push_back(&corpus == &measured ? &rest : &corpus);
    }
    const NameModel model = train::TrainNames(shown, lists, choice.training, Log);
    NameFinder finder;
    finder.Add(choice.lang, lists, model);
    alone.Add(train::EvaluateNames(model, lists, held));
    settled.Add(train::EvaluateNames(finder, choice.lang, held));
  }
  PrintNameScores(measured.name + ", cross-validated, the model alone", alone);
  PrintNameScores(measured.name + ", cross-validated, settled", settled);
}

int TrainNames(const std::string& data, NamesChoice& choice) {
  const Result<Resources> resources = Resources::Open(data);
  if (!resources) return Failed(resources.error());
  const Result<NameLists> lists = NameLists::Load(*resources, choice.lang);
  if (!lists) return Failed(lists.error());
  std::vector<train::NameCorpus> corpora;
  for (const std::string& path : choice.texts) {
    Result<train::NameCorpus> corpus = train::ReadNames(path);
    if (!corpus) return Failed(corpus.error());
    corpora.push_back(std::move(*corpus));
  }
  const auto corpus_of = [&](const std::string& path) {
    return static_cast<size_t>(std::ranges::find(choice.texts, path) - choice.texts.begin());
  };
  for (const auto* files : {&choice.cross, &choice.training.own}) {
    for (const std::string& path : *files) {
      if (corpus_of(path) == corpora.size())
        return Failed({ErrorCode::kInvalidInput, "not among the files to train on", path});
    }
  }
  for (std::string& own : choice.training.own) own = corpora[corpus_of(own)].name;
  for (const std::string& path : choice.cross) {
    CrossValidate(corpora, corpora[corpus_of(path)], *lists, choice);
  }
  if (!choice.cross.empty()) return kAllDone;
  std::vector<const train::NameCorpus*> shown;
  for (const train::NameCorpus& corpus : corpora) shown.push_back(&corpus);
  const std::string bytes = train::TrainNames(shown, *lists, choice.training, Log).Write();
  return Save(choice.out, bytes) ? kAllDone : kCouldNotRun;
}

bool SavePageModel(const std::filesystem::path& path,
                   const std::vector<const train::LabelledPage*>& pages,
                   const train::PageOptions& options) {
  static constexpr std::string_view kOrigin =
      "# Which lines of a page are its story: see src/article/page_model.h. Fitted to annotated\n"
      "# news pages by kronik train pages (doc/accuracy.md); numbers only. Apache-2.0.\n";
  return Save(path, std::string(kOrigin) + train::FitPages(pages, options).ToTsv());
}

int TrainPages(const std::string& data, const PagesChoice& choice) {
  const Result<Resources> resources = Resources::Open(data);
  if (!resources) return Failed(resources.error());
  const Result<std::vector<train::LabelledPage>> pages =
      train::ReadPages(choice.folder, *resources);
  if (!pages) return Failed(pages.error());
  if (!choice.cross) {
    std::vector<const train::LabelledPage*> all;
    for (const train::LabelledPage& page : *pages) all.push_back(&page);
    return SavePageModel(choice.out, all, choice.training) ? kAllDone : kCouldNotRun;
  }
  for (int fold = 0; fold < choice.training.folds; ++fold) {
    std::vector<const train::LabelledPage*> others;
    std::string held;
    for (const train::LabelledPage& page : *pages) {
      if (train::FoldOf(page.publisher, choice.training.folds, choice.training.boost.seed) ==
          fold) {
        held += page.file + "\n";
      } else {
        others.push_back(&page);
      }
    }
    if (others.empty()) {
      return Failed({ErrorCode::kInvalidInput,
                     "all publishers fall into one fold: try another --seed", choice.folder});
    }
    const std::filesystem::path folder = std::filesystem::path(choice.out) / std::to_string(fold);
    std::error_code error;
    std::filesystem::create_directories(folder / "data", error);
    if (!Save(folder / "pages.txt", held) ||
        !SavePageModel(folder / "data" / "page_model.tsv", others, choice.training)) {
      return kCouldNotRun;
    }
  }
  return kAllDone;
}

void AddSeed(CLI::App& kind, uint64_t& seed) {
  kind.add_option("--seed", seed, "the same seed gives the same file")->capture_default_str();
}
void AddEpochs(CLI::App& kind, int& epochs) {
  kind.add_option("--epochs", epochs, "how often each sentence is shown")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}
void AddFolds(CLI::App& kind, int& folds) {
  kind.add_option("--folds", folds, "parts of which one is left out at a time")
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
}

void AddParser(CLI::App& kind, int& code) {
  const auto choice = std::make_shared<ParserChoice>();
  kind.add_option("CONLLU", choice->treebanks, "treebanks, also .gz; FILE=3 counts threefold")
      ->required();
  kind.add_option("--out", choice->out,
                  "the file to write: DIR/models/CODE.bin is used with --data DIR")
      ->required();
  CLI::Option* old =
      kind.add_option("--old", choice->old,
                      "write this treebank in the newer conventions of --pairs, and no model");
  CLI::Option* pairs =
      kind.add_option("--pairs", choice->pairs, "OLD NEW: the same sentences in both conventions")
          ->expected(2);
  old->needs(pairs);
  pairs->needs(old);
  kind.add_option_function<size_t>(
          "--width", [choice](size_t width) { choice->training.shape.Widen(width); },
          "of the layers; wider ones are a little better, slower and larger")
      ->check(CLI::IsMember({64, 96, 128, 160, 192, 224, 256}))
      ->default_str("160");
  AddEpochs(kind, choice->training.epochs);
  AddSeed(kind, choice->training.seed);
  kind.callback([&code, choice] { code = TrainParser(*choice); });
}

void AddNames(CLI::App& kind, const Options& options, int& code) {
  const auto choice = std::make_shared<NamesChoice>();
  train::NameOptions& training = choice->training;
  kind.add_option(
          "TEXT", choice->texts,
          "files with a token, a tab and its BIO tag (of PER, ORG, LOC and MISC) a line and "
          "an empty line after a sentence, or CoNLL-U with GUM's entities; also .gz")
      ->required();
  kind.add_option("--lang", choice->lang, "the language, whose tables of names are used")
      ->required();
  CLI::Option_group* result = kind.add_option_group("What comes of it");
  result->add_option("--out", choice->out,
                     "the file to write: DIR/models/CODE.names.bin is used with --data DIR");
  result->add_option("--cross-validate", choice->cross,
                     "measure on these of the files, by models that have seen the rest; writes "
                     "nothing");
  result->require_option(1);
  kind.add_option("--own", training.own, "of the files, those that get weights of their own");
  kind.add_option("--rate", training.rate, "of AdaGrad")->capture_default_str();
  kind.add_option("--start", training.start, "of AdaGrad's sums of squares")->capture_default_str();
  kind.add_option("--decay", training.decay, "how strongly weights are kept small")
      ->capture_default_str();
  kind.add_option("--lower", training.lower, "share of the text that is shown in lower case too")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  kind.add_option("--min-count", training.min_count, "how often a feature must occur")
      ->capture_default_str();
  AddFolds(kind, choice->folds);
  AddEpochs(kind, training.epochs);
  AddSeed(kind, training.seed);
  kind.callback([&, choice] { code = TrainNames(options.data, *choice); });
}

void AddPages(CLI::App& kind, const Options& options, int& code) {
  const auto choice = std::make_shared<PagesChoice>();
  train::BoostOptions& boost = choice->training.boost;
  kind.add_option("FOLDER", choice->folder,
                  "gold.jsonl (file, body, and publisher or url of each page) and the pages")
      ->required();
  kind.add_option("--out", choice->out,
                  "the file to write: DIR/data/page_model.tsv is used with --data DIR")
      ->required();
  kind.add_flag("--cross-validate", choice->cross,
                "for each fold N of publishers, write OUT/N/data/page_model.tsv, fitted to the "
                "others, and OUT/N/pages.txt, the files of the fold");
  kind.add_option("--trees", boost.trees, "of each of the two forests")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  kind.add_option("--depth", boost.depth, "questions of a tree")
      ->check(CLI::Range(1, 10))
      ->capture_default_str();
  kind.add_option("--rate", boost.rate, "how much of each tree is believed")->capture_default_str();
  kind.add_option("--ridge", boost.ridge, "how strongly values are kept small")
      ->capture_default_str();
  kind.add_option("--group-share", boost.group_share, "share of the pages that a tree sees")
      ->capture_default_str();
  kind.add_option("--feature-share", boost.feature_share, "share of the features that a tree sees")
      ->capture_default_str();
  AddFolds(kind, choice->training.folds);
  AddSeed(kind, boost.seed);
  kind.callback([&, choice] { code = TrainPages(options.data, *choice); });
}

}  // namespace

void AddTrain(CLI::App& verb, const Options& options, int& code) {
  verb.require_subcommand(1);
  // Nothing is written before the end, so there is nothing to finish: stop at once.
  verb.preparse_callback([](size_t) {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
  });
  const auto kind = [&](const char* name, const char* what, const char* example) -> CLI::App& {
    CLI::App* sub = verb.add_subcommand(name, what);
    sub->footer(std::string("Example:\n  kronik train ") + example);
    return *sub;
  };
  AddParser(kind("parser", "a language's tagger and parser, from treebanks",
                 "parser pt_bosque-ud-train.conllu --out pt/models/pt.bin"),
            code);
  AddNames(kind("names", "what finds a language's names, from annotated text",
                "names news.tsv minutes.tsv --lang pt --out pt/models/pt.names.bin"),
           options, code);
  AddPages(kind("pages", "what finds the story of a page, from pages whose story is known",
                "pages annotated/ --out mine/data/page_model.tsv"),
           options, code);
}

}  // namespace kronik::cli
