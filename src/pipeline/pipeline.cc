#include "kronik/pipeline.h"

#include <string>

#include "actor/actor_stage.h"
#include "article/article_stage.h"
#include "commitment/commitment_stage.h"
#include "entity/entity_stage.h"
#include "event/event_stage.h"
#include "parse/parse_stage.h"
#include "record/conllu_stage.h"
#include "statement/statement_stage.h"
#include "token/token_stage.h"

namespace kronik {
namespace {

struct StageEntry {
  Layers adds;
  Layers needs_also;  // what must be loaded for `adds` to be of use
  Result<std::unique_ptr<Stage>> (*make)(const Resources&);
};

constexpr Layers kLanguage = kArticle | kTokens | kTrees | kNames | kActors;

// In the order the data travels.
constexpr StageEntry kStages[] = {
    {kArticle, 0, MakeArticleStage},
    {kTokens, kArticle, MakeTokenStage},
    {kTrees, kArticle | kTokens, MakeParseStage},
    {kNames, kArticle | kTokens | kTrees, MakeEntityStage},
    {kActors, kArticle | kTokens | kTrees | kNames, MakeActorStage},
    {kStatements, kLanguage, MakeStatementStage},
    {kEvents, kLanguage | kStatements, MakeEventStage},
    {kCommitments, kLanguage | kStatements | kEvents, MakeCommitmentStage},
};

}  // namespace

Result<Pipeline> Pipeline::Load(const Resources& resources, Layers wanted, Layers given) {
  for (const StageEntry& entry : kStages) {
    if (wanted & entry.adds) wanted |= entry.needs_also;
  }
  std::vector<std::unique_ptr<Stage>> stages;
  if (given & kTrees) {
    stages.push_back(MakeConlluStage());
    wanted &= ~stages.back()->adds();
  }
  for (const StageEntry& entry : kStages) {
    if (!(wanted & entry.adds)) continue;
    Result<std::unique_ptr<Stage>> stage = entry.make(resources);
    if (!stage) return stage.error();
    stages.push_back(std::move(*stage));
  }
  return Of(std::move(stages));
}

Result<Pipeline> Pipeline::Of(std::vector<std::unique_ptr<Stage>> stages) {
  Layers ready = kInputBytes;
  for (const std::unique_ptr<Stage>& stage : stages) {
    if (stage->needs() & ~ready) {
      return Error{ErrorCode::kInvalidInput, "the stage needs a layer that no stage before it adds",
                   std::string(stage->name())};
    }
    ready |= stage->adds();
  }
  Pipeline pipeline;
  pipeline.stages_ = std::move(stages);
  return pipeline;
}

void Pipeline::Run(Document& document, Workspace& workspace) const {
  for (const std::unique_ptr<Stage>& stage : stages_) {
    Result<void> done = stage->Annotate(document, workspace);
    if (done) continue;
    Error error = done.error();
    if (error.where.empty()) error.where = document.input.name;
    document.problems.push_back(std::move(error));
    return;
  }
}

}  // namespace kronik
