// kronik, the program: small verbs over the library. Records go to standard output, people's words
// to standard error.
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/chronicle.h"
#include "cli/output.h"
#include "cli/run.h"
#include "record/conllu.h"
#include "record/json.h"

namespace kronik::cli {
namespace {

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

int Parse(const Options& options, const std::string& format) {
  return Filter(options, kNames, [&](const Document& document, const Records& records) {
    if (format == "conllu") {
      Print(WriteConllu(document));
      return;
    }
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

  std::string store = "kronik.db";
  const auto add_store = [&](CLI::App* sub) {
    sub->add_option("--store", store, "the chronicle's file")->capture_default_str();
  };

  CLI::App* read = verb("read", "reads reports into the chronicle and prints what it found",
                        "kronik read reports/ --store kronik.db");
  AddInputOptions(*read, options);
  add_store(read);
  bool quiet = false;
  read->add_flag("--quiet", quiet, "print nothing of what was found");
  read->callback([&] { code = ReadIntoStore(options, store, quiet); });

  EventQuery query;
  std::string output = "text";
  const auto add_output = [&](CLI::App* sub) {
    sub->add_option("--format", output, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}));
  };
  CLI::App* timeline = verb("timeline", "what one actor did, or two did to each other, in order",
                            "kronik timeline RUS PRK --from 2023-09-01");
  timeline->add_option("A", query.a, "a country's or organisation's code")->required();
  timeline->add_option("B", query.b, "the other side's code");
  timeline->add_option("--from", query.from, "the first day");
  timeline->add_option("--to", query.to, "the last day");
  timeline->add_option("--type", query.event_type, "only events of this type");
  add_store(timeline);
  add_output(timeline);
  timeline->callback([&] { code = PrintTimeline(query, store, output == "jsonl"); });

  LedgerQuery wanted;
  std::string explained;
  CLI::App* ledger =
      verb("ledger", "commitments, their parties and terms, and what came of them",
           "kronik ledger --party PRK --status broken");
  ledger->add_option("--party", wanted.parties, "a party's code; several: all of them");
  ledger->add_option("--due-before", wanted.due_before, "the term ends before this day");
  ledger->add_option("--status", wanted.status, "made, fulfilled, broken, ...; or disputed");
  ledger->add_option("--subject", wanted.subject, "words of what it is about, or a topic");
  ledger->add_option("--explain", explained, "an entry's id: why its reports were joined");
  add_store(ledger);
  add_output(ledger);
  ledger->callback([&] {
    wanted.id = explained;
    wanted.explain = !explained.empty();
    code = PrintLedger(wanted, store, output == "jsonl");
  });

  int port = 8080;
  CLI::App* serve =
      verb("serve", "the chronicle as a page on this machine", "kronik serve --port 8080");
  serve->add_option("--port", port, "0 picks a free one")->capture_default_str();
  add_store(serve);
  serve->callback([&] { code = Serve(store, port); });

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
