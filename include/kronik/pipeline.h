// Pipeline: the stages in order.
//
//   Result<Resources> resources = Resources::Open();
//   Result<Pipeline> pipeline = Pipeline::Load(*resources);
//   Workspace workspace;  // one a thread
//   Document document(Input{.name = "report.html", .bytes = bytes});
//   pipeline->Run(document, workspace);
//
// Threads: immutable after Load; any number may call Run at once, each with its own Document and
// Workspace.
#pragma once

#include <memory>
#include <vector>

#include "kronik/resources.h"
#include "kronik/stage.h"

namespace kronik {

class Pipeline {
 public:
  // All stages up to those that add `wanted`; what nothing wanted needs is left out.
  // `given` is kTrees where the inputs are CoNLL-U with their trees, which are then taken as they
  // are. `resources` must outlive the pipeline. Errors: a data or model file that doesn't load.
  static Result<Pipeline> Load(const Resources& resources,
                               Layers wanted = kEvents | kStatements | kCommitments,
                               Layers given = kInputBytes);

  // From ready stages. Error: kInvalidInput, if a stage needs a layer that none before it adds.
  static Result<Pipeline> Of(std::vector<std::unique_ptr<Stage>> stages);

  // Runs the stages. One that fails adds its error to document.problems and ends the run; the
  // layers made so far stay.
  void Run(Document& document, Workspace& workspace) const;

 private:
  std::vector<std::unique_ptr<Stage>> stages_;
};

}  // namespace kronik
