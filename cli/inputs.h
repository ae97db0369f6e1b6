// From the command line's INPUT words to the inputs of documents.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "fetch/hosts.h"
#include "kronik/document.h"
#include "kronik/validators.h"
#include "stream/file_range.h"

namespace kronik::cli {

// The most bytes one report may have, unpacked. A larger one is refused with kLimit.
inline constexpr size_t kMaxReportBytes = 64u << 20;

struct InputOptions {
  std::string lang;  // what the inputs don't state
  std::string date;
  bool allow_private = false;  // fetch from addresses that are not public, too
  int fetch_timeout_s = 30;
  int fetch_delay_ms = 1000;  // between requests to one host
  int fetch_limit = 100;      // the most pages that the links of one INPUT may lead to
  // What is known of hosts, shared with whoever else fetches at the same time; its own if null.
  std::shared_ptr<Hosts> hosts = {};
  // What is remembered of an address's last answer; may be empty.
  std::function<Validators(const std::string& url)> recall = {};
};

// What is worth telling and no failure.
struct Note {
  std::string text;
};
// The end of an address that was fetched, after what it held. An answer without validators, or of
// which a part was left out, isn't told.
struct Visit {
  std::string url;  // after redirects
  Validators validators;
  bool unchanged = false;  // since the answer that was recalled: it was not read again
  size_t told = 0;         // how many were told of it before this, those of its links included
};
using Found = std::variant<Input, Error, Note, Visit>;

// Gets what was found; returns false to end the walk.
using InputSink = std::function<bool(Found)>;

// Calls `sink` for every report in `words`, in order: a file, a folder (its files by name, those
// below it too; hidden ones left out), "-" for standard input, or an http(s) URL, which is fetched;
// each also gzip- or zstd-compressed. What it holds is recognised by content:
//
//   WARC    one input for each page in it, by name "FILE@POSITION <record id>"
//   JSONL   whose first line is a JSON object with `html`, `raw` or `text`: one input a line
//   a feed  one input for each entry, by name "FEED <entry's URL>": from its full content or, where
//           it has none and the feed was fetched itself, by fetching its link
//   a sitemap that was fetched: one input for each page of it, fetched
//   the rest is one input, recognised later by the article stage
//
// `bytes_read` counts what was read of files. A wait for input or for the network ends when `stop`
// is requested.
void ForEachInput(const std::vector<std::string>& words, const InputOptions& options,
                  std::stop_token stop, std::atomic<uint64_t>& bytes_read, const InputSink& sink);

// The same for one file alone, or for a stretch of it as SplitFile gives it: what all stretches
// hold is what the file holds, by the same names.
void ForEachInputOf(const std::string& file, const FileRange& range, const InputOptions& options,
                    std::stop_token stop, std::atomic<uint64_t>& bytes_read, const InputSink& sink);

// The files below a folder by name, hidden ones left out. Error: kIo.
Result<std::vector<std::string>> FilesBelow(const std::string& folder);

// The size of the files that ForEachInput would read, or 0 if some are no files.
uint64_t TotalBytes(const std::vector<std::string>& words);

}  // namespace kronik::cli
