#include "cli/flags.h"

#include <CLI/CLI.hpp>
#include <map>

namespace kronik::cli {

void AddInputs(CLI::App& verb, Options& options) {
  verb.add_option("INPUT", options.inputs,
                  "files, folders, addresses (http, https), or - for standard input; each may be "
                  "gzip- or zstd-compressed")
      ->required();
  verb.add_option("--lang", options.hints.lang,
                  "the language (en, id) of inputs that don't state it");
  verb.add_option("--date", options.hints.date,
                  "the day of publication (2023-10-20) of inputs that don't state it");
}

void AddReadingOptions(CLI::App& verb, Options& options) {
  verb.add_option("--jobs", options.jobs, "threads; as many as the machine has if not given")
      ->check(CLI::Range(1, 1024));
  verb.add_option("--fetch-limit", options.hints.fetch_limit,
                  "the most pages that the links of one feed or sitemap may lead to")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb.add_option("--fetch-timeout", options.hints.fetch_timeout_s, "seconds for one page")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  verb.add_option("--fetch-delay", options.hints.fetch_delay_ms,
                  "milliseconds between two requests to one host")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb.add_flag("--allow-private", options.hints.allow_private,
                "fetch from addresses that are not of the public internet, too");
}

void AddInputOptions(CLI::App& verb, Options& options) {
  AddInputs(verb, options);
  AddReadingOptions(verb, options);
}

void AddKeep(CLI::App& verb, Keep& keep) {
  verb.add_option("--keep", keep,
                  "how much of the articles the chronicle keeps: full, evidence (the words that "
                  "records cite) or none (only where they stand)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Keep>{
          {"full", Keep::kFull}, {"evidence", Keep::kEvidence}, {"none", Keep::kOffsets}}));
}

void AddStore(CLI::App& verb, std::string& store) {
  verb.add_option("--store", store, "the chronicle: a file, or a postgresql:// URL")
      ->capture_default_str();
}

void AddQueue(CLI::App& verb, QueueOptions& queue) {
  // Not from the command line alone, since every user of the machine can read it.
  verb.add_option("--queue", queue.server,
                  "the NATS server: nats://[user:password@]host:4222, several by commas")
      ->envname("KRONIK_QUEUE")
      ->required();
  verb.add_option("--credentials", queue.credentials, "a file of NATS credentials");
  verb.add_option("--stream", queue.stream, "the name of the queue on the server")
      ->capture_default_str();
}

}  // namespace kronik::cli
