#include "cli/evaluate.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <memory>

#include "record/conllu.h"
#include "train/names.h"
#include "train/ud_scores.h"

namespace kronik::cli {
namespace {

struct ParserChoice {
  std::string gold, system;  // CoNLL-U files; without the second, the gold text is analysed
  bool relations = false;    // a table of the relations too
};

struct NamesChoice {
  std::vector<std::string> gold;
};

void PrintHead(std::string_view title) {
  Print(fmt::format("{:<16}{:>8}{:>8}{:>8}{:>9}\n", title, "P", "R", "F1", "gold"));
}

void PrintRow(std::string_view name, const train::Agreement& measure) {
  Print(fmt::format("{:<16}{:8.2f}{:8.2f}{:8.2f}{:9}\n", name, 100 * measure.precision(),
                    100 * measure.recall(), 100 * measure.f1(), measure.gold));
}

// The bytes of one file, unpacked.
std::optional<std::string> ReadFile(const std::string& path, const InputOptions& hints) {
  std::optional<std::string> bytes;
  std::atomic<uint64_t> bytes_read = 0;
  ForEachInput({path}, hints, {}, bytes_read, [&](Found found) {
    if (auto* input = std::get_if<Input>(&found)) {
      bytes = std::move(input->bytes);
    } else if (const auto* error = std::get_if<Error>(&found)) {
      Complain(error->ToString());
    }
    return false;
  });
  return bytes;
}

// What kronik makes of the raw text of a treebank, as CoNLL-U.
Result<std::string> Analyse(const Options& options, const std::string& name,
                            const std::string& gold) {
  Result<std::string> raw = train::RawText(gold);
  if (!raw) return Error{raw.error().code, raw.error().ToString(), name};
  const Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return resources.error();
  const Result<Pipeline> pipeline = Pipeline::Load(*resources, kTrees);
  if (!pipeline) return pipeline.error();
  Document document(Input{.name = name,
                          .bytes = std::move(*raw),
                          .kind = InputKind::kText,
                          .url = {},
                          .lang = options.hints.lang,
                          .date = {},
                          .content_type = {}});
  Workspace workspace;
  pipeline->Run(document, workspace);
  if (!document.problems.empty()) return document.problems.front();
  return WriteConllu(document);
}

// The measures of the CoNLL 2018 shared task.
int EvaluateParser(const Options& options, const ParserChoice& choice) {
  const std::optional<std::string> gold = ReadFile(choice.gold, options.hints);
  if (!gold) return kCouldNotRun;
  std::string system;
  if (!choice.system.empty()) {
    std::optional<std::string> bytes = ReadFile(choice.system, options.hints);
    if (!bytes) return kCouldNotRun;
    system = std::move(*bytes);
  } else {
    Result<std::string> analysis = Analyse(options, choice.gold, *gold);
    if (!analysis) return Failed(analysis.error());
    system = std::move(*analysis);
  }
  const Result<std::vector<train::Agreement>> agreements = train::CompareConllu(*gold, system);
  if (!agreements) {
    Complain(choice.gold + ": " + agreements.error().ToString());
    return kCouldNotRun;
  }
  PrintHead("");
  for (const train::Agreement& agreement : *agreements) PrintRow(agreement.name, agreement);
  if (choice.relations) {
    Print("\n");
    const auto relations = train::CompareRelations(*gold, system);
    if (!relations) return Failed(relations.error());
    for (const auto& [relation, agreement] : *relations) PrintRow(relation, agreement);
  }
  FlushOutput();
  return kAllDone;
}

int EvaluateNames(const Options& options, const NamesChoice& choice) {
  const std::string& lang = options.hints.lang;
  const Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Failed(resources.error());
  const std::string file = "models/" + lang + ".names.bin";
  if (!resources->Has(file)) {
    Complain("there is no model of names for language " + lang);
    return kCouldNotRun;
  }
  const Result<NameLists> lists = NameLists::Load(*resources, lang);
  if (!lists) return Failed(lists.error());
  const Result<std::string_view> bytes = resources->Read(file);
  if (!bytes) return Failed(bytes.error());
  const Result<NameModel> model = NameModel::Load(*bytes);
  if (!model) return Failed({model.error().code, model.error().message, file});
  NameFinder finder;
  finder.Add(lang, *lists, *model);
  for (const std::string& path : choice.gold) {
    const Result<train::NameCorpus> corpus = train::ReadNames(path);
    if (!corpus) return Failed(corpus.error());
    PrintNameScores(path + ", the model alone", train::EvaluateNames(*model, *lists, *corpus));
    PrintNameScores(path + ", settled", train::EvaluateNames(finder, lang, *corpus));
  }
  FlushOutput();
  return kAllDone;
}

}  // namespace

void PrintNameScores(const std::string& title, const train::NameScores& scores) {
  Print(title + "\n");
  PrintHead("");
  for (const train::Agreement& kind : scores.kinds) {
    if (kind.gold > 0) PrintRow(kind.name, kind);
  }
  const train::Agreement sum = scores.WithoutMisc();
  PrintRow(sum.name, sum);
  Print("\n");
}

void AddEvaluate(CLI::App& verb, Options& options, int& code) {
  verb.require_subcommand(1);
  const auto parsing = std::make_shared<ParserChoice>();
  CLI::App* parser = verb.add_subcommand(
      "parser",
      "words, tags, lemmas and trees, from a treebank's raw text, by the measures of the "
      "CoNLL 2018 shared task");
  parser->footer("Example:\n  kronik evaluate parser en_ewt-ud-dev.conllu --lang en --relations");
  parser->add_option("GOLD", parsing->gold, "a CoNLL-U file, also .gz")->required();
  parser->add_option("SYSTEM", parsing->system,
                     "another analysis of the same text, instead of kronik's");
  parser->add_option("--lang", options.hints.lang, "the language of the text");
  parser->add_flag("--relations", parsing->relations, "a line for each relation too");
  parser->callback([&, parsing] { code = EvaluateParser(options, *parsing); });

  const auto naming = std::make_shared<NamesChoice>();
  CLI::App* names = verb.add_subcommand(
      "names",
      "names of persons, organisations and places: exact bounds and kinds, of the model "
      "alone and settled by the rules that follow it");
  names->footer("Example:\n  kronik evaluate names news-dev.tsv --lang en");
  names
      ->add_option("GOLD", naming->gold,
                   "files with a token, a tab and its BIO tag a line and an empty line after a "
                   "sentence, or CoNLL-U with GUM's entities; also .gz")
      ->required();
  names->add_option("--lang", options.hints.lang, "the language of the text")->required();
  names->callback([&, naming] { code = EvaluateNames(options, *naming); });
}

}  // namespace kronik::cli
