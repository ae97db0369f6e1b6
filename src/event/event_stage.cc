#include "event/event_stage.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "event/coder.h"
#include "event/discourse.h"
#include "event/event_language.h"
#include "event/ontology.h"
#include "pattern/confidence.h"

namespace kronik {
namespace {

constexpr std::string_view kOntology = "data/ontology/plover";
constexpr size_t kRoot = 2,
                 kSubcode = 3;      // digits of a code that tell the kind of act, and the act
constexpr char kUnspecified = '0';  // the digit of an act that is no more than its kind
constexpr double kSurer = 0.05;     // by how much a later telling must be surer than the first
constexpr size_t kReport = 5;  // sentences; what is shorter tells too little of what it is about

// Who acts, in words that are the same for "Quito" and "Ecuador".
std::vector<std::string> Parties(const Document& document, const std::vector<ActorRef>& refs) {
  std::vector<std::string> out;
  for (const ActorRef& ref : refs) {
    const Actor& actor = document.actors[ref.actor];
    const bool state = actor.kind == ActorKind::kState && !actor.code.empty();
    out.push_back(state ? actor.code : std::to_string(ref.actor));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Whether one code may be the other's, told with less: "030" of "032".
bool SameAct(std::string_view a, std::string_view b) {
  a = a.substr(0, kSubcode);
  b = b.substr(0, kSubcode);
  return a == b || (a.substr(0, kRoot) == b.substr(0, kRoot) &&
                    (a.ends_with(kUnspecified) || b.ends_with(kUnspecified)));
}

// Told again: the first telling of the same act by the same to the same stays, unless a later one
// is surer.
void DropRetellings(const Document& document, std::vector<Event>& events) {
  std::map<std::tuple<std::string, std::string, std::vector<std::string>, std::vector<std::string>,
                      std::string, EventStatus>,
           std::vector<size_t>>
      seen;  // one for each code
  std::vector<Event> kept;
  std::vector<bool> keep(events.size(), true);
  for (size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    std::vector<size_t>& known =
        seen[{event.event_type, event.mode, Parties(document, event.actor),
              Parties(document, event.recipient), event.date.from, event.status}];
    const auto same = std::ranges::find_if(
        known, [&](size_t other) { return SameAct(events[other].cameo, event.cameo); });
    if (same == known.end()) {
      known.push_back(i);
    } else if (event.confidence > events[*same].confidence + kSurer) {
      keep[*same] = false;
      *same = i;
    } else {
      keep[i] = false;
    }
  }
  for (size_t i = 0; i < events.size(); ++i) {
    if (keep[i]) kept.push_back(std::move(events[i]));
  }
  events = std::move(kept);
}

// Whether both sides of an event, or two of its actors, are who `fits` asks for.
template <typename Fits>
bool Between(const Document& document, const Event& event, Fits fits) {
  const auto count = [&](const std::vector<ActorRef>& refs) {
    return std::ranges::count_if(
        refs, [&](const ActorRef& ref) { return fits(document.actors[ref.actor]); });
  };
  const auto actors = count(event.actor);
  return event.recipient.empty() ? actors > 1 : actors > 0 && count(event.recipient) > 0;
}

bool IsKnown(const Actor& actor) { return !actor.code.empty() || !actor.sectors.empty(); }

// A report on business, crime or sport that meets a word of politics here and there: where no
// likely event is between two who are known, only likely ones are told, and those of public life.
void DropStray(const Document& document, const Ontology& ontology, double threshold,
               std::vector<Event>& events) {
  if (document.sentences.size() < kReport) return;
  const auto is_political = [&](const Event& event) {
    return event.confidence >= threshold && Between(document, event, IsKnown);
  };
  if (std::ranges::any_of(events, is_political)) return;
  std::erase_if(events, [&](const Event& event) {
    if (event.confidence >= threshold) return false;
    return !Between(document, event, [&](const Actor& actor) {
      if (actor.sectors.empty()) return !actor.code.empty();
      return !ontology.IsPrivate(actor.sectors.front(), event.event_type);
    });
  });
}

class EventStage : public Stage {
 public:
  EventStage(Ontology ontology, Confidence confidence, EventLanguages languages)
      : ontology_(std::move(ontology)),
        confidence_(std::move(confidence)),
        languages_(std::move(languages)) {}

  std::string_view name() const override { return "event"; }
  Layers needs() const override { return kTrees | kNames | kActors | kStatements; }
  Layers adds() const override { return kEvents; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    std::vector<Event> events;
    Coder coder(ontology_, confidence_, document);
    for (const Sentence& sentence : document.sentences) {
      if (sentence.last > document.tokens.size() || sentence.first >= sentence.last) continue;
      if (sentence.block < document.article.blocks.size() &&
          document.article.blocks[sentence.block].kind == BlockKind::kHeading) {
        continue;
      }
      const auto language = languages_.find(document.LangOf(sentence));
      if (language != languages_.end()) coder.Code(sentence, language->second, events);
    }
    DropStray(document, ontology_, confidence_.stray_threshold(), events);
    // Before counterparts, since two promises are one only where the words say to the same.
    DropRetellings(document, events);
    FindCounterparts(document, ontology_.functions(), events);
    OrientTalks(document, ontology_.functions(), events);
    document.events = std::move(events);
    return {};
  }

 private:
  Ontology ontology_;
  Confidence confidence_;
  EventLanguages languages_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeEventStage(const Resources& resources) {
  const std::string folder(kOntology);
  Result<Ontology> ontology = Ontology::Load(resources, kOntology);
  if (!ontology) return ontology.error();
  Result<Confidence> confidence = Confidence::Load(resources, folder + "/confidence.tsv");
  if (!confidence) return confidence.error();
  Result<EventLanguages> languages = LoadEventLanguages(resources, folder, *ontology);
  if (!languages) return languages.error();
  return std::unique_ptr<Stage>(std::make_unique<EventStage>(
      std::move(*ontology), std::move(*confidence), std::move(*languages)));
}

}  // namespace kronik
