// Runs the pipeline over the command line's inputs.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "cli/output.h"
#include "kronik/pipeline.h"
#include "kronik/store.h"

namespace kronik::cli {

// What the verbs share.
struct Options {
  std::vector<std::string> inputs;
  InputOptions hints;
  std::string data;
  unsigned jobs = 0;                // threads; 0: as many as the machine has
  std::vector<std::string> actors;  // dictionaries in the format of PETRARCH
  bool trees = false;               // the inputs are CoNLL-U
};

// Runs a pipeline over inputs and counts what went wrong.
//
// One thread finds the inputs, `jobs` threads run the pipeline, and the caller's takes what they
// made in the order of the inputs, so that output and messages are the same for any number. A
// window of reports bounds the memory.
class Run {
 public:
  // What is printed of a report, and stored; called by many threads at once.
  struct Rendered {
    std::string text{};
    std::optional<Store::Prepared> records{};
  };
  using Render = std::function<Rendered(const Document&)>;
  // Gets every report that could be read, with what was rendered of it and its source (below), in
  // order and on the caller's thread. False: it failed, and has complained.
  using Take =
      std::function<bool(const Document&, const Rendered& rendered, std::string_view source)>;
  // Work that was done before. All but the last are called by many threads at once.
  struct Spare {
    // A hash of an input, together with all else that its records depend on.
    std::function<std::string(const Input&)> source;
    // What was wrong with a source's report where nothing need be done for it: it is counted, its
    // problems are told again, and no more. Nothing for one that isn't known.
    std::function<std::optional<std::vector<Error>>(const std::string& source)> known;
    // Runs the analysis of a source. False: it has ended the program before, and was left out.
    std::function<bool(const std::string& source, const std::function<void()>& analyse)> guarded;
    // What is remembered of an address's last answer; empty where it is to be fetched anyhow.
    std::function<Validators(const std::string& url)> recall;
    // An address has not changed, or all that it led to was taken. On the caller's thread.
    std::function<void(const Visit&)> visited;
  };

  // Nothing after a complaint, if the data can't be read.
  static std::optional<Run> Start(const Options& options, Layers wanted);

  // A hash of the program's version and of every data and model file.
  std::string Version() const;
  // Loaded when it is first asked for, since there may be nothing to analyse. Null if the data or
  // the models don't load; the first call has complained of it. By any thread.
  const Pipeline* pipeline() const;

  // Returns the exit code.
  int Over(const Options& options, const Render& render, const Take& take,
           const Spare* spare = nullptr);

 private:
  struct Lazy {
    std::once_flag once;
    std::unique_ptr<Pipeline> pipeline;
  };
  std::unique_ptr<Resources> resources_;
  Layers wanted_ = 0;
  Layers given_ = kInputBytes;
  std::unique_ptr<Lazy> lazy_ = std::make_unique<Lazy>();
};

// A hash of an input and all that its records depend on; `version` is that of Run and whatever else
// decides what is kept.
std::string SourceOf(const Input& input, const std::string& version);

// What Store::ProblemsOf gave, of an input.
std::vector<Error> Placed(std::vector<Error> problems, const std::string& input);

// A hash of all that the records of an address depend on, beside what its server answers.
std::string VisitVersion(const std::string& version, const std::string& lang,
                         const std::string& date);

// How many threads the options ask for.
unsigned JobsOf(const Options& options);

}  // namespace kronik::cli
