#include "kronik/pipeline.h"

#include <string>
#if __has_include("actor/actor_stage.h")
#include "actor/actor_stage.h"
#define KRONIK_HAS_ACTOR
#endif
#if __has_include("article/article_stage.h")
#include "article/article_stage.h"
#define KRONIK_HAS_ARTICLE
#endif
#if __has_include("commitment/commitment_stage.h")
#include "commitment/commitment_stage.h"
#define KRONIK_HAS_COMMITMENT
#endif
#if __has_include("entity/entity_stage.h")
#include "entity/entity_stage.h"
#define KRONIK_HAS_ENTITY
#endif
#if __has_include("event/event_stage.h")
#include "event/event_stage.h"
#define KRONIK_HAS_EVENT
#endif
#if __has_include("parse/parse_stage.h")
#include "parse/parse_stage.h"
#define KRONIK_HAS_PARSE
#endif
#if __has_include("statement/statement_stage.h")
#include "statement/statement_stage.h"
#define KRONIK_HAS_STATEMENT
#endif
#if __has_include("token/token_stage.h")
#include "token/token_stage.h"
#define KRONIK_HAS_TOKEN
#endif

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
#ifdef KRONIK_HAS_ARTICLE
    {kArticle, 0, MakeArticleStage},
#endif
#ifdef KRONIK_HAS_TOKEN
    {kTokens, kArticle, MakeTokenStage},
#endif
#ifdef KRONIK_HAS_PARSE
    {kTrees, kArticle | kTokens, MakeParseStage},
#endif
#ifdef KRONIK_HAS_ENTITY
    {kNames, kArticle | kTokens | kTrees, MakeEntityStage},
#endif
#ifdef KRONIK_HAS_ACTOR
    {kActors, kArticle | kTokens | kTrees | kNames, MakeActorStage},
#endif
#ifdef KRONIK_HAS_STATEMENT
    {kStatements, kLanguage, MakeStatementStage},
#endif
#ifdef KRONIK_HAS_EVENT
    {kEvents, kLanguage | kStatements, MakeEventStage},
#endif
#ifdef KRONIK_HAS_COMMITMENT
    {kCommitments, kLanguage | kStatements | kEvents, MakeCommitmentStage},
#endif
};

}  // namespace

Result<Pipeline> Pipeline::Load(const Resources& resources, Layers wanted) {
  for (const StageEntry& entry : kStages) {
    if (wanted & entry.adds) wanted |= entry.needs_also;
  }
  std::vector<std::unique_ptr<Stage>> stages;
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
