#include "actor/actor_stage.h"

#include <algorithm>
#include <string>
#include <utility>

#include "actor/actor_language.h"
#include "actor/actor_resolver.h"
#include "actor/item_finder.h"
#include "actor/phrase_reader.h"
#include "base/dateline.h"
#include "gazetteer/names.h"

namespace kronik {
namespace {

constexpr size_t kMaxPlace = 200;  // bytes of a dateline's place that are looked at

// The code of the country that a dateline's place names last; empty if none.
std::string CodeOfPlace(const Gazetteer& gazetteer, std::string_view place, std::string_view lang) {
  std::string code;
  for (size_t at = 0; at < place.size() && at < kMaxPlace; ++at) {
    if (at > 0 && place[at - 1] != ' ' && place[at - 1] != ',') continue;
    const PhraseTable::Hit hit = gazetteer.Table(lang).Find(place, at);
    if (hit.size == 0) continue;
    const NameEntry& entry = gazetteer.entry(hit.values->front());
    if (entry.kind != EntryKind::kNothing && entry.kind != EntryKind::kHolder) code = entry.code;
  }
  return code;
}

// The month of publication, "2004-03"; empty where nothing tells it.
std::string MonthOf(const Document& document) {
  const std::string& published = document.article.published;
  return (published.empty() ? document.input.date : published).substr(0, 7);
}

// The place of a dateline does nothing in the report; its outlet may carry statements, and stays.
void DropDatelines(Document& document) {
  std::erase_if(document.actor_mentions, [&](const ActorMention& mention) {
    if (mention.first >= document.tokens.size() || document.sentences.empty()) return false;
    const bool carries = std::ranges::any_of(
        mention.actors, [&](uint32_t actor) { return document.actors[actor].carrier; });
    return !carries && mention.last <= AfterDateline(document, document.SentenceOf(mention.first));
  });
}

class ActorStage : public Stage {
 public:
  ActorStage(Gazetteer gazetteer, ActorLanguages languages, SectorSides sides)
      : gazetteer_(std::move(gazetteer)),
        languages_(std::move(languages)),
        sides_(std::move(sides)) {}

  std::string_view name() const override { return "actor"; }
  Layers needs() const override { return kArticle | kTokens | kNames; }
  Layers adds() const override { return kActors; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    static const ActorLanguage kNoLanguage;
    Phrases read;
    PhraseReader reader(document, ItemFinder(gazetteer_, document, MonthOf(document)));
    for (const Sentence& sentence : document.sentences) {
      const auto language = languages_.find(document.LangOf(sentence));
      reader.Read(sentence, language != languages_.end() ? language->second : kNoLanguage, read);
    }
    const Article& article = document.article;
    ActorResolver resolver(languages_, sides_, document,
                           CodeOfPlace(gazetteer_, article.place, article.lang), read);
    resolver.Resolve();
    document.actors = std::move(resolver.actors);
    document.actor_mentions = std::move(resolver.mentions);
    document.places = std::move(resolver.places);
    DropDatelines(document);
    return {};
  }

 private:
  Gazetteer gazetteer_;
  ActorLanguages languages_;
  SectorSides sides_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeActorStage(const Resources& resources) {
  Result<Gazetteer> gazetteer = Gazetteer::Load(resources);
  if (!gazetteer) return gazetteer.error();
  Result<ActorLanguages> languages = LoadActorLanguages(resources, gazetteer->agents());
  if (!languages) return languages.error();
  Result<SectorSides> sides = LoadSectorSides(resources);
  if (!sides) return sides.error();
  return std::unique_ptr<Stage>(std::make_unique<ActorStage>(
      std::move(*gazetteer), std::move(*languages), std::move(*sides)));
}

}  // namespace kronik
