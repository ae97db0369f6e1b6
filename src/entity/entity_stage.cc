#include "entity/entity_stage.h"

#include <utility>

#include "entity/name_finder.h"
#include "entity/times.h"

namespace kronik {
namespace {

class EntityStage : public Stage {
 public:
  EntityStage(NameFinder names, TimeFinder times)
      : names_(std::move(names)), times_(std::move(times)) {}

  std::string_view name() const override { return "entity"; }
  Layers needs() const override { return kArticle | kTokens; }
  Layers adds() const override { return kNames; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    document.mentions = names_.Find(document);
    times_.Annotate(document);
    return {};
  }

 private:
  NameFinder names_;
  TimeFinder times_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeEntityStage(const Resources& resources) {
  Result<NameFinder> names = NameFinder::Load(resources);
  if (!names) return names.error();
  Result<TimeFinder> times = TimeFinder::Load(resources);
  if (!times) return times.error();
  return std::unique_ptr<Stage>(
      std::make_unique<EntityStage>(std::move(*names), std::move(*times)));
}

}  // namespace kronik
