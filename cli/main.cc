// kronik, the program: small verbs over the library. Records go to standard output, people's words
// to standard error.
#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/chronicle.h"
#include "cli/evaluate.h"
#include "cli/export.h"
#include "cli/find.h"
#include "cli/flags.h"
#include "cli/output.h"
#include "cli/pretokenized.h"
#include "cli/review.h"
#include "cli/run.h"
#include "cli/submit.h"
#include "cli/table.h"
#include "cli/train.h"
#include "cli/worker.h"
#include "record/article_forms.h"
#include "record/conllu.h"
#include "record/json.h"

namespace kronik::cli {
namespace {

void AddTrees(CLI::App& verb, Options& options) {
  verb.add_flag(
      "--trees", options.trees,
      "the inputs are CoNLL-U, one report a file, whose words and trees are taken as they are");
}

// Prints what `render` makes of each report.
int PrintEach(const Options& options, Layers wanted,
              const std::function<std::string(const Document&)>& text_of) {
  std::optional<Run> run = Run::Start(options, wanted);
  if (!run) return kCouldNotRun;
  return run->Over(
      options, [&](const Document& document) { return Run::Rendered{text_of(document)}; },
      [](const Document&, const Run::Rendered& rendered, std::string_view) {
        Print(rendered.text);
        return true;
      });
}

void AppendLine(const Json& record, std::string& out) {
  out += ToLine(record);
  out += '\n';
}

int Articles(const Options& options, const std::string& form) {
  if (form == "jsonl") {
    return PrintEach(options, kArticle, [](const Document& document) {
      std::string line;
      AppendLine(Records(document).ArticleRecord(), line);
      return line;
    });
  }
  if (form == "html") {
    Print(kHtmlStart);
    const int code = PrintEach(options, kArticle, [](const Document& document) {
      return ArticleAsHtml(document.article);
    });
    Print(kHtmlEnd);
    return code;
  }
  std::optional<Run> run = Run::Start(options, kArticle);
  if (!run) return kCouldNotRun;
  const bool text = form == "txt";
  bool first = true;
  return run->Over(
      options,
      [&](const Document& document) {
        return Run::Rendered{text ? ArticleAsText(document.article)
                                  : ArticleAsMarkdown(document.article)};
      },
      [&](const Document&, const Run::Rendered& article, std::string_view) {
        if (!first) Print(text ? "\n" + std::string(72, '=') + "\n\n" : "\n---\n\n");
        first = false;
        Print(article.text);
        return true;
      });
}

struct EventOptions {
  bool sentences = false;
  bool all = false;
  bool explain = false;
};

int Events(const Options& options, const EventOptions& choice) {
  return PrintEach(options, kEvents, [&](const Document& document) {
    const Records records(document);
    std::string lines;
    for (const Event& event : document.events) {
      const bool of_the_day = !event.background && (event.status == EventStatus::kAsserted ||
                                                    event.status == EventStatus::kPlanned);
      if (choice.sentences && !choice.all && !of_the_day) continue;
      Json record = records.EventRecord(event);
      if (choice.explain) record["explanation"] = event.explanation;
      AppendLine(record, lines);
    }
    return lines;
  });
}

int Parse(const Options& options, const std::string& format) {
  return PrintEach(options, kNames, [&](const Document& document) {
    if (format == "conllu") return WriteConllu(document);
    const Records records(document);
    std::string lines;
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
      AppendLine(line, lines);
    }
    return lines;
  });
}

int Main(int argc, char** argv) {
  CLI::App app{"kronik reads news reports and keeps a chronicle of what they report"};
  app.set_version_flag("--version", "kronik " KRONIK_VERSION);
  app.require_subcommand(1);
  Options options;
  app.add_option("--data", options.data,
                 "a folder whose files override the embedded data and models");
  app.add_option("--actors", options.actors,
                 "a dictionary of actors or agents in the format of PETRARCH, before kronik's own")
      ->allow_extra_args(false);
  app.fallthrough();
  int code = kAllDone;

  const auto verb = [&](const char* name, const char* what, const char* example) {
    CLI::App* sub = app.add_subcommand(name, what);
    sub->footer(std::string("Example:\n  ") + example);
    return sub;
  };

  std::string article_form = "jsonl";
  CLI::App* article = verb("article", "articles, without what stands around them",
                           "kronik article --format md page.html");
  AddInputOptions(*article, options);
  article->add_option("--format", article_form, "jsonl, md, txt or html")
      ->check(CLI::IsMember({"jsonl", "md", "txt", "html"}))
      ->capture_default_str();
  article->callback([&] { code = Articles(options, article_form); });

  EventOptions event_options;
  CLI::App* events =
      verb("events", "events as JSONL", "kronik events reports/ | jq -r .event_type");
  AddInputOptions(*events, options);
  events->add_flag("--sentences", event_options.sentences,
                   "each JSONL line is a sentence: only asserted and planned events of the day");
  events->add_flag("--all", event_options.all,
                   "with --sentences: every event, whatever its status");
  events->add_flag("--explain", event_options.explain, "say which pattern and actor rule fired");
  AddTrees(*events, options);
  events->callback([&] { code = Events(options, event_options); });

  CLI::App* statements = verb("statements", "attributed statements as JSONL",
                              "kronik statements report.txt --date 2023-10-20");
  AddInputOptions(*statements, options);
  bool explain_statements = false;
  statements->add_flag("--explain", explain_statements, "say by what the confidence was weighed");
  AddTrees(*statements, options);
  statements->callback([&] {
    code = PrintEach(options, kStatements, [&](const Document& document) {
      const Records records(document);
      std::string lines;
      for (const Statement& item : document.statements) {
        Json record = records.StatementRecord(item);
        if (explain_statements) record["explanation"] = item.explanation;
        AppendLine(record, lines);
      }
      return lines;
    });
  });

  CLI::App* commitments =
      verb("commitments", "pledges, agreements, plans and demands as JSONL",
           "kronik commitments report.txt | jq '{subject: .subject.text, term}'");
  AddInputOptions(*commitments, options);
  AddTrees(*commitments, options);
  commitments->callback([&] {
    code = PrintEach(options, kCommitments, [](const Document& document) {
      const Records records(document);
      std::string lines;
      for (const Commitment& item : document.commitments) {
        AppendLine(records.CommitmentRecord(item), lines);
      }
      return lines;
    });
  });

  std::string format = "conllu";
  CLI::App* parse =
      verb("parse", "sentences, trees, names and dates", "kronik parse --format conllu report.txt");
  AddInputOptions(*parse, options);
  parse->add_option("--format", format, "conllu or jsonl")
      ->check(CLI::IsMember({"conllu", "jsonl"}));
  bool pretokenized = false;
  parse->add_flag("--pretokenized", pretokenized,
                  "inputs have one token a line and an empty line after a sentence; with --lang");
  parse->callback(
      [&] { code = pretokenized ? ParsePretokenized(options) : Parse(options, format); });

  std::string store = "kronik.db";
  const auto add_store = [&](CLI::App* sub) { AddStore(*sub, store); };

  CLI::App* read = verb("read", "reads reports into the chronicle and prints what it found",
                        "kronik read reports/ --store kronik.db");
  AddInputOptions(*read, options);
  add_store(read);
  ReadOptions read_options;
  read->add_flag("--quiet", read_options.quiet, "print nothing of what was found");
  read->add_flag("--again", read_options.again,
                 "analyse reports that this kronik has read before, too");
  AddKeep(*read, read_options.keep);
  read->callback([&] { code = ReadIntoStore(options, store, read_options); });

  Query query;
  std::string output = "text";
  const auto add_output = [&](CLI::App* sub) {
    sub->add_option("--format", output, "text, jsonl, csv or tsv")
        ->check(
            CLI::IsMember(std::vector<std::string>(std::begin(kTableForms), std::end(kTableForms))))
        ->capture_default_str();
  };
  const CLI::Validator date(
      [](const std::string& text) {
        static constexpr std::string_view kForm = "dddd-dd-dd";
        bool good = text.size() == 4 || text.size() == 7 || text.size() == 10;
        for (size_t i = 0; good && i < text.size(); ++i) {
          good = kForm[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
        }
        return good ? std::string() : "not a day, a month or a year: " + text;
      },
      "DATE");
  const auto add_days = [&](CLI::App* sub, Query& of) {
    sub->add_option("--from", of.from, "the first day")->check(date);
    sub->add_option("--to", of.to, "the last day")->check(date);
  };
  const auto add_reviewed = [&](CLI::App* sub, bool& accepted) {
    sub->add_flag("--accepted", accepted,
                  "only what reviewers accepted, with their corrections (kronik review)");
  };
  const auto add_since = [&](CLI::App* sub, Query& of) {
    sub->add_option("--since", of.since,
                    "only what came or changed since: 2026-11-25, or 2026-11-25T18:02:11Z");
  };
  const auto add_filters = [&](CLI::App* sub) {
    sub->add_option("--party", query.parties,
                    "an actor's or recipient's code, a source's or addressee's; several: all of "
                    "them")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    sub->add_option("--sector", query.sector, "of one of them: GOV, MIL, ...");
    sub->add_option("--type", query.event_type, "the type of the event: CONSULT, ...");
    sub->add_option("--context", query.context, "a context of the event: military, ...");
    add_days(sub, query);
    sub->add_option("--lang", query.lang, "the language of the article");
    sub->add_option("--publisher", query.publisher, "the publisher of the article");
    sub->add_option("--status", query.status, "asserted, negated, planned or hypothetical")
        ->check(CLI::IsMember({"asserted", "negated", "planned", "hypothetical"}));
    sub->add_option("--min-confidence", query.min_confidence, "the least confidence of the event")
        ->check(CLI::Range(0.0, 1.0));
    sub->add_option("--text", query.text,
                    "words that the sentence (of an article: title or text) has, all of them; "
                    "\"in quotes\": one after the other");
    add_reviewed(sub, query.accepted);
    add_store(sub);
    add_output(sub);
  };

  CLI::App* timeline = verb("timeline", "what one actor did, or two did to each other, in order",
                            "kronik timeline RUS PRK --from 2023-09-01");
  timeline
      ->add_option("PARTY", query.parties,
                   "a country's or organisation's code, and the other side's")
      ->required()
      ->expected(1, 2);
  add_days(timeline, query);
  timeline->add_option("--type", query.event_type, "only events of this type");
  add_reviewed(timeline, query.accepted);
  add_store(timeline);
  add_output(timeline);
  timeline->callback([&] { code = PrintTimeline(query, store, output); });

  std::string kind;
  CLI::App* find = verb("find", "events, statements or articles that are so and so",
                        "kronik find events --party RUS --party PRK --text \"rail line\"");
  find->add_option("KIND", kind, "events, statements or articles")
      ->required()
      ->check(CLI::IsMember({"events", "statements", "articles"}));
  add_filters(find);
  add_since(find, query);
  int limit = 100;
  find->add_option("--limit", limit, "the most that are shown; -1 for all")
      ->check(CLI::Range(-1, 1000000000))
      ->capture_default_str();
  find->callback([&] {
    query.limit = limit;
    code = Find(kind, query, store, output);
  });

  std::vector<std::string> by{"month"};
  CLI::App* stats = verb("stats", "how many events, and their mean on the Goldstein scale",
                         "kronik stats --by month,dyad --party RUS");
  stats->add_option("--by", by, "any of year, month, day, dyad and type")
      ->delimiter(',')
      ->check(CLI::IsMember({"year", "month", "day", "dyad", "type"}))
      ->capture_default_str();
  add_filters(stats);
  stats->callback([&] {
    // What was denied, planned or feared did not happen.
    if (query.status.empty()) query.status = "asserted";
    code = Stats(query, by, store, output);
  });

  LedgerQuery wanted;
  std::string explained;
  CLI::App* ledger = verb("ledger", "commitments, their parties and terms, and what came of them",
                          "kronik ledger --party PRK --status broken");
  ledger->add_option("--party", wanted.parties, "a party's code; several: all of them");
  ledger->add_option("--due-before", wanted.due_before, "the term ends before this day");
  ledger->add_option("--status", wanted.status, "made, fulfilled, broken, ...; or disputed");
  ledger->add_option("--subject", wanted.subject, "words of what it is about, or a topic");
  ledger->add_option("--explain", explained, "an entry's id: why its reports were joined");
  add_reviewed(ledger, wanted.accepted);
  add_store(ledger);
  add_output(ledger);
  ledger->callback([&] {
    wanted.id = explained;
    wanted.explain = !explained.empty();
    code = PrintLedger(wanted, store, output);
  });

  ExportOptions export_options;
  CLI::App* exporting = verb("export", "events in the formats of the field's data sets",
                             "kronik export --format gdelt --output events.tsv");
  exporting->add_option("--format", export_options.format, "how")
      ->required()
      ->check(CLI::IsMember({"csv", "tsv", "jsonl", "gdelt", "polecat", "icews", "phoenix"}));
  exporting->add_option("--output", export_options.output,
                        "the file to write, and beside it the evidence; else standard output");
  exporting->add_option("--evidence", export_options.evidence, "another file for the evidence");
  exporting->add_option("--party", export_options.query.parties,
                        "only events of this code; several: of all of them");
  add_days(exporting, export_options.query);
  exporting->add_option("--type", export_options.query.event_type, "only events of this type");
  add_reviewed(exporting, export_options.query.accepted);
  add_since(exporting, export_options.query);
  exporting->add_option("--withdrawn", export_options.withdrawn,
                        "with --since: the file for what was withdrawn; else beside --output");
  exporting->add_flag("--safe-cells", export_options.safe_cells,
                      "csv, tsv: no cell is a formula to a spreadsheet");
  exporting->add_flag("--with-recipient", export_options.with_recipient,
                      "leave out events that nobody receives, and in which nobody else takes part");
  exporting->add_flag("--no-domestic", export_options.no_domestic,
                      "leave out events whose parties are all of one country");
  exporting
      ->add_option("--reciprocal", export_options.reciprocal,
                   "what two do with each other: once, each-way, or mirrored (a visit is told of "
                   "the host too)")
      ->check(CLI::IsMember({"once", "each-way", "mirrored"}))
      ->capture_default_str();
  exporting
      ->add_flag("--statements", export_options.statements,
                 "CAMEO's statements and appeals (01, 02) too, made of attributed statements")
      ->excludes("--since");
  add_store(exporting);
  exporting->callback([&] {
    export_options.data = options.data;
    code = Export(export_options, store);
  });

  CLI::App* reviewing = verb("review", "what people say of the records, kept beside them",
                             "kronik review correct 3f1a... --set date=2024-05-02 --reviewer Ana");
  reviewing->require_subcommand(1);
  Review review;
  std::vector<std::string> reviewed, sets;
  for (const auto& [verdict, what] : {std::pair("accept", "the record is right"),
                                      {"correct", "it is, but for some fields"},
                                      {"reject", "it is wrong"},
                                      {"undo", "takes the last review of it back"}}) {
    CLI::App* sub = reviewing->add_subcommand(verdict, what);
    sub->add_option("ID", reviewed, "ids of events, statements or commitments")->required();
    sub->add_option("--reviewer", review.reviewer, "the name of who says so")->required();
    sub->add_option("--note", review.note, "why");
    if (verdict == std::string_view("correct")) {
      sub->add_option("--set", sets,
                      "field=value: event_type, mode, cameo, actor (\"PRK MIL, RUS\"), date "
                      "(2024-05-01..2024-05-03), status ...; nothing takes a value out")
          ->required()
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    add_store(sub);
    sub->callback([&, verdict = std::string(verdict)] {
      review.verdict = verdict;
      code = AddReviews(reviewed, review, sets, store, options.data);
    });
  }
  ReviewQuery review_query;
  CLI::App* listing = reviewing->add_subcommand("list", "the log, newest first");
  listing->add_option("--id", review_query.id, "of one record");
  listing->add_flag("--orphaned", review_query.orphaned, "only those whose record is gone");
  add_store(listing);
  add_output(listing);
  listing->callback([&] { code = ListReviews(review_query, store, output); });

  ServeOptions serve_options;
  CLI::App* serve = verb("serve", "the chronicle as a page and an HTTP API, on this machine",
                         "kronik serve --port 8080");
  serve->add_option("--port", serve_options.port, "0 picks a free one")->capture_default_str();
  serve
      ->add_option("--host", serve_options.host,
                   "the address to listen on; beyond localhost a token is asked for "
                   "(KRONIK_TOKEN, else a random one) and only evidence sentences are given")
      ->capture_default_str();
  add_store(serve);
  serve->callback([&] {
    serve_options.data = options.data;
    code = Serve(store, serve_options);
  });

  AddSubmit(*verb("submit", "puts inputs into a queue, for workers on any machine",
                  "kronik submit /news/2024 --queue nats://queue.example:4222"),
            options, code);
  AddWorker(*verb("worker", "reads what is in a queue into the chronicle, until stopped",
                  "kronik worker --queue nats://queue.example:4222 --root /news"),
            options, code);
  AddStatus(*verb("status", "what is in a queue, and what was given up and why",
                  "kronik status --queue nats://queue.example:4222"),
            code);

  AddTrain(*verb("train", "makes the models that kronik reads with",
                 "kronik train parser --out models/id.bin id_csui-ud-train.conllu"),
           options, code);
  AddEvaluate(*verb("evaluate", "how well trees and names agree with annotated text",
                    "kronik evaluate parser en_ewt-ud-dev.conllu --lang en"),
              options, code);

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
