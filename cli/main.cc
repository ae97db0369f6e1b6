// kronik, the program: small verbs over the library. Records go to standard output, people's words
// to standard error.
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/report.h"
#include "kronik/pipeline.h"
#include "record/json.h"
#if __has_include("record/conllu.h")
#include "record/conllu.h"
#define KRONIK_HAS_CONLLU
#endif

namespace kronik::cli {
namespace {

// What the verbs share.
struct Options {
  std::vector<std::string> inputs;
  InputOptions hints;
  std::string data;
};

// Runs a pipeline over inputs and counts what went wrong.
class Run {
 public:
  static std::optional<Run> Start(const Options& options, Layers wanted) {
    Result<Resources> resources = Resources::Open(options.data);
    if (!resources) return Failed(resources.error());
    Run run;
    run.resources_ = std::make_unique<Resources>(std::move(*resources));
    Result<Pipeline> pipeline = Pipeline::Load(*run.resources_, wanted);
    if (!pipeline) return Failed(pipeline.error());
    run.pipeline_ = std::make_unique<Pipeline>(std::move(*pipeline));
    return run;
  }

  // Calls `take` with every report that could be read; returns the exit code.
  template <typename Take>
  int Over(const Options& options, Take take) {
    ForEachInput(options.inputs, options.hints, [&](Result<Input> input) {
      if (input) {
        Document document(std::move(*input));
        pipeline_->Run(document, workspace_);
        for (const Error& problem : document.problems) Complain(problem.ToString());
        failed_ |= !document.problems.empty();
        // A report whose language is not supported still has its article.
        if (!document.article.id.empty()) failed_ |= !take(document);
      } else {
        Complain(input.error().ToString());
        failed_ = true;
      }
      return !Interrupted();
    });
    FlushOutput();
    if (Interrupted()) return kInterrupted;
    return failed_ ? kSomeFailed : kAllDone;
  }

 private:
  static std::nullopt_t Failed(const Error& error) {
    Complain(error.ToString());
    return std::nullopt;
  }

  std::unique_ptr<Resources> resources_;
  std::unique_ptr<Pipeline> pipeline_;
  Workspace workspace_;
  bool failed_ = false;
};

void AddInputOptions(CLI::App& verb, Options& options) {
  verb.add_option("INPUT", options.inputs,
                  "files, folders, or - for standard input; each may be .gz or .zst")
      ->required();
  verb.add_option("--lang", options.hints.lang,
                  "the language (en, id) of inputs that don't state it");
  verb.add_option("--date", options.hints.date,
                  "the day of publication (2023-10-20) of inputs that don't state it");
}

// One kind of record as JSONL.
template <typename Write>
int Filter(const Options& options, Layers wanted, Write write) {
  std::optional<Run> run = Run::Start(options, wanted);
  if (!run) return kCouldNotRun;
  return run->Over(options, [&](const Document& document) {
    Records records(document);
    write(document, records);
    return true;
  });
}

struct EventOptions {
  bool sentences = false;
  bool all = false;
  bool explain = false;
};

int Events(const Options& options, const EventOptions& choice) {
  return Filter(options, kEvents, [&](const Document& document, const Records& records) {
    for (const Event& event : document.events) {
      const bool of_the_day = !event.background && (event.status == EventStatus::kAsserted ||
                                                    event.status == EventStatus::kPlanned);
      if (choice.sentences && !choice.all && !of_the_day) continue;
      Json record = records.EventRecord(event);
      if (choice.explain) record["explanation"] = event.explanation;
      PrintLine(ToLine(record));
    }
  });
}

int Parse(const Options& options, [[maybe_unused]] const std::string& format) {
  return Filter(options, kNames, [&](const Document& document, const Records& records) {
#ifdef KRONIK_HAS_CONLLU
    if (format == "conllu") {
      Print(ToConllu(document));
      return;
    }
#endif
    for (const Sentence& sentence : document.sentences) {
      Json line{{"input", document.input.name},
                {"sentence", records.SpanRecord({sentence.start, sentence.end, Layer::kBody, 0})}};
      Json& tokens = line["tokens"] = Json::array();
      for (uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Token& token = document.tokens[i];
        Json word{{"form", token.form},
                  {"lemma", token.lemma},
                  {"upos", UposName(token.upos)},
                  {"head",
                   token.head == kRoot ? 0 : token.head - static_cast<int32_t>(sentence.first) + 1},
                  {"deprel", token.deprel}};
        Json span = records.SpanRecord({token.start, token.end, Layer::kBody, 0});
        word["start"] = span["start"];
        word["end"] = span["end"];
        tokens.push_back(std::move(word));
      }
      Json& names = line["names"] = Json::array();
      for (const Mention& mention : document.mentions) {
        if (mention.first < sentence.first || mention.last > sentence.last) continue;
        static constexpr const char* kKinds[] = {"PER", "ORG", "LOC", "MISC"};
        Json name = records.SpanRecord(mention.span);
        name["kind"] = kKinds[static_cast<size_t>(mention.kind)];
        names.push_back(std::move(name));
      }
      Json& dates = line["dates"] = Json::array();
      for (const TimeExpression& time : document.times) {
        if (time.span.layer != Layer::kBody || time.span.start < sentence.start ||
            time.span.end > sentence.end) {
          continue;
        }
        Json date = records.SpanRecord(time.span);
        date["value"] = time.value;
        date["interval"] = IntervalRecord(time.interval);
        dates.push_back(std::move(date));
      }
      PrintLine(ToLine(line));
    }
  });
}

int Main(int argc, char** argv) {
  CLI::App app{"kronik reads news reports and keeps a chronicle of what they report"};
  app.set_version_flag("--version", "kronik " KRONIK_VERSION);
  app.require_subcommand(1);
  Options options;
  app.add_option("--data", options.data,
                 "a folder whose files override the embedded data and models");
  app.fallthrough();
  int code = kAllDone;

  const auto verb = [&](const char* name, const char* what, const char* example) {
    CLI::App* sub = app.add_subcommand(name, what);
    sub->footer(std::string("Example:\n  ") + example);
    return sub;
  };

  CLI::App* article = verb("article", "articles as JSONL", "kronik article page.html | jq .title");
  AddInputOptions(*article, options);
  article->callback([&] {
    code = Filter(options, kArticle, [](const Document&, const Records& records) {
      PrintLine(ToLine(records.ArticleRecord()));
    });
  });

  EventOptions event_options;
  CLI::App* events =
      verb("events", "events as JSONL", "kronik events reports/ | jq -r .event_type");
  AddInputOptions(*events, options);
  events->add_flag("--sentences", event_options.sentences,
                   "each JSONL line is a sentence: only asserted and planned events of the day");
  events->add_flag("--all", event_options.all,
                   "with --sentences: every event, whatever its status");
  events->add_flag("--explain", event_options.explain, "say which pattern and actor rule fired");
  events->callback([&] { code = Events(options, event_options); });

  CLI::App* statements = verb("statements", "attributed statements as JSONL",
                              "kronik statements report.txt --date 2023-10-20");
  AddInputOptions(*statements, options);
  statements->callback([&] {
    code = Filter(options, kStatements, [](const Document& document, const Records& records) {
      for (const Statement& item : document.statements)
        PrintLine(ToLine(records.StatementRecord(item)));
    });
  });

  CLI::App* commitments =
      verb("commitments", "pledges, agreements, plans and demands as JSONL",
           "kronik commitments report.txt | jq '{subject: .subject.text, term}'");
  AddInputOptions(*commitments, options);
  commitments->callback([&] {
    code = Filter(options, kCommitments, [](const Document& document, const Records& records) {
      for (const Commitment& item : document.commitments) {
        PrintLine(ToLine(records.CommitmentRecord(item)));
      }
    });
  });

  std::string format = "conllu";
  CLI::App* parse =
      verb("parse", "sentences, trees, names and dates", "kronik parse --format conllu report.txt");
  AddInputOptions(*parse, options);
  parse->add_option("--format", format, "conllu or jsonl")
      ->check(CLI::IsMember({"conllu", "jsonl"}));
  parse->callback([&] { code = Parse(options, format); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kAllDone : kCouldNotRun;
  }
  FlushOutput();
  return code;
}

}  // namespace
}  // namespace kronik::cli

int main(int argc, char** argv) {
  kronik::cli::WatchForInterrupt();
  return kronik::cli::Main(argc, argv);
}
