// Runs the pipeline over the command line's inputs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "cli/output.h"
#include "kronik/pipeline.h"

namespace kronik::cli {

// What the verbs share.
struct Options {
  std::vector<std::string> inputs;
  InputOptions hints;
  std::string data;
  std::vector<std::string> actors;  // dictionaries in the format of PETRARCH
};

// Runs a pipeline over inputs and counts what went wrong.
class Run {
 public:
  static std::optional<Run> Start(const Options& options, Layers wanted) {
    Result<Resources> resources = Resources::Open(options.data);
    if (!resources) return Failed(resources.error());
    for (size_t i = 0; i < options.actors.size(); ++i) {
      // In the order of the command line, whatever the files are called.
      const std::string number = std::to_string(1000 + i).substr(1);
      Result<void> added =
          resources->Add("dictionaries/" + number + "/" + options.actors[i], options.actors[i]);
      if (!added) return Failed(added.error());
    }
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

}  // namespace kronik::cli
