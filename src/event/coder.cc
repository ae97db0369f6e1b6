#include "event/coder.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "event/nesting.h"
#include "event/roles.h"
#include "event/status.h"

namespace kronik {
namespace {

constexpr size_t kMaxContexts = 3;
constexpr size_t kMaxTriggers = 64;  // in one sentence
constexpr size_t kMaxTopic = 40;     // words looked at for what an act is about

bool Overlaps(const std::vector<ActorRef>& a, const std::vector<ActorRef>& b) {
  if (a.empty() || b.empty()) return true;
  return std::any_of(a.begin(), a.end(), [&](const ActorRef& ref) { return Holds(b, ref.actor); });
}

// What is missing on one side of an act, from another telling of it.
void Complete(const std::vector<ActorRef>& told, const std::vector<ActorRef>& other,
              std::vector<ActorRef>& missing) {
  if (!missing.empty()) return;
  for (const ActorRef& ref : told) {
    if (!Holds(other, ref.actor)) AddRef(ref, missing);
  }
}

// The same act in other words of a sentence counts once: the surer one stays, with the parties that
// only the other one names.
void AddOnce(Event event, std::vector<Event>& events) {
  const auto same = std::find_if(events.begin(), events.end(), [&](const Event& other) {
    return other.event_type == event.event_type && other.status == event.status &&
           Overlaps(other.actor, event.actor) && Overlaps(other.recipient, event.recipient);
  });
  if (same == events.end()) {
    events.push_back(std::move(event));
    return;
  }
  if (event.confidence > same->confidence) std::swap(event, *same);
  Complete(event.actor, same->recipient, same->actor);
  // Who did it together need nobody on the other side.
  if (same->actor.size() < 2) Complete(event.recipient, same->actor, same->recipient);
}

bool Together(const Candidate& candidate) {
  return candidate.match.pattern->symmetric && candidate.roles.actor.size() > 1;
}

}  // namespace

void Coder::Code(const Sentence& sentence, const EventLanguage& language, std::vector<Event>& out) {
  Scene scene{sentence, language};
  for (uint32_t at = sentence.first; at < sentence.last; ++at) {
    if (tree_.In(at, language.nonpolitical)) return;
    scene.nonpolitical += tree_.In(at, language.nonpolitical_weak) ? 1 : 0;
  }
  std::vector<Candidate> candidates = Triggers(scene);
  const RoleFinder roles(tree_, mentions_, language.words, ontology_);
  for (Candidate& candidate : candidates) {
    roles.Find(candidate);
    FindStatus(tree_, language.words, sentence, candidate);
  }
  ShareRecipients(candidates);
  Nesting(tree_, language.words, ontology_, candidates).Join();
  std::vector<Event> events;
  for (Candidate& candidate : candidates) {
    if (candidate.swallowed) continue;
    TellWarning(candidate, language.words);
    TellOffice(candidate);
    TellState(candidate);
    if (candidate.match.pattern->Flag("planned") && candidate.status == EventStatus::kAsserted) {
      candidate.status = EventStatus::kPlanned;
    }
    const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
    if (meaning == nullptr || !Tells(candidate, *meaning, scene)) continue;
    // "used tear gas to disperse the crowd": what force is meant for is no act of its own.
    if (candidate.purpose && !candidate.negated && meaning->quad_category > 2) continue;
    Refine(candidate, language.words);
    Event event = Make(candidate, *ontology_.Meaning(candidate.code), scene);
    if (dates_.IsHistory(event) || event.confidence < confidence_.threshold()) continue;
    if (candidate.match.pattern->Flag("again") && ToldBefore(event, out)) continue;
    AddOnce(std::move(event), events);
  }
  std::move(events.begin(), events.end(), std::back_inserter(out));
}

// ---- candidates --------------------------------------------------------------------------------

std::vector<Candidate> Coder::Triggers(const Scene& scene) const {
  std::vector<Candidate> candidates;
  for (uint32_t token = scene.sentence.first; token < scene.sentence.last; ++token) {
    // A word that only tells which noun is meant is no trigger: "beating victims".
    if (tree_.token(token).Is("compound") && tree_.token(token).upos == Upos::kVerb) continue;
    // A name is no trigger ("Defence", "March").
    const ActorMention* mention = mentions_.At(token);
    if (mention != nullptr && mention->head == token) continue;
    Match match = scene.language.patterns.At(tree_, token, scene.language.words);
    if (match.pattern == nullptr) continue;
    if (IsState(token, match)) continue;
    if (candidates.size() >= kMaxTriggers) break;
    Candidate candidate;
    candidate.code = match.pattern->code;
    candidate.mode = match.pattern->mode;
    candidate.match = std::move(match);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

// "recalled its ambassador from A and suspended trade": what is done next by the same, of the same
// kind, is to the same.
void Coder::ShareRecipients(std::vector<Candidate>& candidates) const {
  for (Candidate& candidate : candidates) {
    const Token& word = tree_.token(candidate.match.trigger);
    const Pattern& pattern = *candidate.match.pattern;
    if (!word.Is("conj") || IsNominal(word) || pattern.recipient.empty() || pattern.Flag("alone") ||
        pattern.symmetric || !candidate.roles.recipient.empty()) {
      continue;
    }
    const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
    for (const Candidate& before : candidates) {
      if (before.match.trigger != tree_.Head(candidate.match.trigger)) continue;
      const CodeMeaning* other = ontology_.Meaning(before.code);
      if (meaning == nullptr || other == nullptr || before.match.pattern->symmetric ||
          (meaning->quad_category > 2) != (other->quad_category > 2) ||
          !Overlaps(candidate.roles.actor, before.roles.actor)) {
        continue;
      }
      candidate.roles.recipient = before.roles.recipient;
      candidate.roles.content = true;
    }
  }
}

// "wounded soldiers", "an occupied town": what became of them, and when, is not told.
bool Coder::IsState(uint32_t token, const Match& match) const {
  const uint32_t head = tree_.Head(token);
  if (!tree_.token(token).Is("amod") || head == kNone || head < token || tree_.Misrooted(token)) {
    return false;
  }
  const CodeMeaning* meaning = ontology_.Meaning(match.pattern->code);
  return tree_.token(token).Feat("VerbForm") == "Part" && meaning != nullptr &&
         meaning->quad_category == 4;
}

// What an act is that is to come or that is refused: a visit to come is an agreement to meet.
void Coder::TellState(Candidate& candidate) const {
  if (candidate.status != EventStatus::kPlanned && candidate.status != EventStatus::kNegated) {
    return;
  }
  const std::string_view state =
      candidate.negated ? (candidate.future ? "will-not" : "not") : "future";
  const Composition* composition = nullptr;
  if (candidate.conditional && !candidate.negated) {
    composition = ontology_.Compose("future-if", candidate.code);
  }
  if (composition == nullptr) composition = ontology_.Compose(state, candidate.code);
  if (composition == nullptr) return;
  candidate.code = composition->code;
  candidate.mode = composition->mode;
  // "A will meet B" is A's word to B, "A and B will meet" that of both.
  Roles& roles = candidate.roles;
  if (roles.own > 0 && roles.own < roles.actor.size() && roles.recipient.empty()) {
    roles.recipient.assign(roles.actor.begin() + static_cast<ptrdiff_t>(roles.own),
                           roles.actor.end());
    roles.actor.resize(roles.own);
  }
  // A refusal is made, and so is a threat, whatever becomes of it.
  const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
  if (candidate.negated || (meaning != nullptr && meaning->quad_category == 3)) {
    candidate.status = EventStatus::kAsserted;
  }
}

// "warned B that it would respond": who warns another of what they will do themselves threatens,
// whatever it is.
void Coder::TellWarning(Candidate& candidate, const Words& words) const {
  const Match& match = candidate.match;
  if (!match.pattern->Flag("warns") || candidate.code != match.pattern->code ||
      candidate.roles.recipient.empty()) {
    return;
  }
  std::vector<uint32_t> content;
  for (const Argument& argument : match.arguments) {
    if (argument.slot == "comp") content.push_back(argument.node);
  }
  if (tree_.token(match.trigger).Is("parataxis")) content.push_back(tree_.Head(match.trigger));
  for (const uint32_t verb : content) {
    if (verb == kNone || tree_.Child(verb, words.Class("future"), "aux") == kNone) continue;
    std::vector<ActorRef> doers;
    for (const Argument& argument : tree_.Arguments(verb, words, Voice::kAny)) {
      if (argument.slot == "subj") mentions_.AddPhrase(argument.node, words, doers);
    }
    const bool own = std::ranges::any_of(doers, [&](const ActorRef& ref) {
      return Holds(candidate.roles.actor, ref.actor) ||
             (!mentions_.ActorOf(ref).code.empty() &&
              mentions_.SameCountry(candidate.roles.actor, ref));
    });
    const Composition* composition = own ? ontology_.Compose("warns-own", candidate.code) : nullptr;
    if (composition == nullptr) continue;
    candidate.code = composition->code;
    candidate.mode = composition->mode;
    return;
  }
}

// What people do in the street a government does in a note: "Kosovo protested".
void Coder::TellOffice(Candidate& candidate) const {
  const Match& match = candidate.match;
  if (!match.pattern->Flag("crowd") || IsNominal(tree_.token(match.trigger))) return;
  // "Hundreds of Thai nationalists" are no Thailand.
  const bool named = std::ranges::any_of(match.arguments, [&](const Argument& argument) {
    return argument.slot == "subj" && mentions_.At(argument.node) != nullptr;
  });
  if (!named || candidate.roles.scene) return;
  const Composition* composition = ontology_.Compose("office", candidate.code);
  if (composition == nullptr || !mentions_.Officials(candidate.roles.actor)) return;
  candidate.code = composition->code;
  candidate.mode = composition->mode;
}

// "demanded that the minister resign": what an act is about tells the finer code, the word that is
// nearest to the trigger before others.
void Coder::Refine(Candidate& candidate, const Words& words) const {
  const std::vector<Refinement>* finer = ontology_.Refinements(candidate.code);
  if (finer == nullptr || candidate.match.pattern->Flag("plain")) return;
  std::vector<uint32_t> queue = {candidate.match.trigger};
  if (candidate.light != kNone) queue.push_back(candidate.light);
  const size_t own = queue.size();
  for (size_t i = 0; i < queue.size(); ++i) {
    if (i >= own) {
      for (const Refinement& refinement : *finer) {
        if (!tree_.In(queue[i], words.Class(refinement.words))) continue;
        candidate.code = refinement.code;
        return;
      }
    }
    for (uint32_t child : tree_.Children(queue[i])) {
      if (queue.size() >= kMaxTopic) break;
      // Who acts, and who says so, is not what it is about.
      const Token& word = tree_.token(child);
      if (i < own && (word.deprel == "nsubj" || word.Is("parataxis"))) continue;
      if (std::ranges::find(queue, child) == queue.end()) queue.push_back(child);
    }
  }
}

// Whether a candidate is an event that the ontology wants told.
bool Coder::Tells(const Candidate& candidate, const CodeMeaning& meaning,
                  const Scene& scene) const {
  if (meaning.event_type.empty() || candidate.match.pattern->Flag("drop")) return false;
  if (ActsImpersonally(candidate, meaning, scene.language.words)) return false;
  if (!HasParties(candidate, meaning)) return false;
  // States play matches and own shares; police, protesters and rebels do what they do.
  return scene.nonpolitical < 2 || mentions_.Acts(candidate.roles.actor);
}

bool Coder::HasParties(const Candidate& candidate, const CodeMeaning& meaning) const {
  const Roles& roles = candidate.roles;
  const Pattern& pattern = *candidate.match.pattern;
  const bool actor = mentions_.Political(roles.actor);
  if (!actor && (pattern.Flag("actor") || !mentions_.Political(roles.recipient))) return false;
  if (AmongPrivate(roles, meaning)) return false;
  const EventType* type = ontology_.Type(meaning.event_type);
  const bool needs_two = pattern.Flag("two") || (type != nullptr && type->requires_recipient);
  if (needs_two && roles.recipient.empty() && !Together(candidate)) return false;
  if (pattern.Flag("recipient") && roles.recipient.empty()) return false;
  // Police beat people; where a state beats another, it is a match.
  return !(pattern.Flag("bodily") && actor && !mentions_.Acts(roles.actor));
}

// Whether nobody who is known on either side is of public life, and all are of one country. Who
// quarrels with people and is not known may be of it.
bool Coder::AmongPrivate(const Roles& roles, const CodeMeaning& meaning) const {
  std::set<std::string_view> countries;
  const auto known = [&](const ActorRef& ref) { return mentions_.Political({ref}); };
  if (meaning.quad_category > 2 && !roles.actor.empty() &&
      std::ranges::none_of(roles.actor, known)) {
    return false;
  }
  for (const auto* refs : {&roles.actor, &roles.recipient}) {
    for (const ActorRef& ref : *refs) {
      if (!known(ref)) continue;
      const Actor& actor = mentions_.ActorOf(ref);
      if (actor.sectors.empty() ||
          !ontology_.IsPrivate(actor.sectors.front(), meaning.event_type)) {
        return false;
      }
      if (!actor.code.empty()) countries.insert(actor.code);
    }
  }
  return countries.size() < 2;
}

bool Coder::ActsImpersonally(const Candidate& candidate, const CodeMeaning& meaning,
                             const Words& words) const {
  size_t subjects = 0, unpolitical = 0;
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot != "subj" && argument.slot != "agent") continue;
    if (mentions_.Impersonal(argument.node, words)) return true;
    ++subjects;
    unpolitical += mentions_.Unpolitical(argument.node, words) ? 1 : 0;
  }
  // What a book offers or a landlord threatens is no act of politics, whomever it is about; but who
  // kills is asked of everybody.
  return meaning.quad_category < 4 && subjects > 0 && unpolitical == subjects;
}

// What is discussed at a meeting already told is no other meeting: one of the same type, and
// between the same countries or some of them.
bool Coder::ToldBefore(const Event& event, const std::vector<Event>& before) const {
  if (!event.date_text.empty()) return false;
  const auto codes = [&](const Event& of) {
    std::set<std::string_view> out;
    for (const auto* refs : {&of.actor, &of.recipient}) {
      for (const ActorRef& ref : *refs) out.insert(mentions_.ActorOf(ref).code);
    }
    return out;
  };
  const std::set<std::string_view> mine = codes(event);
  if (mine.contains("")) return false;
  return std::any_of(before.begin(), before.end(), [&](const Event& other) {
    if (event.event_type != other.event_type) return false;
    const std::set<std::string_view> theirs = codes(other);
    return std::includes(theirs.begin(), theirs.end(), mine.begin(), mine.end());
  });
}

// ---- events ------------------------------------------------------------------------------------

Event Coder::Make(const Candidate& candidate, const CodeMeaning& meaning,
                  const Scene& scene) const {
  const Match& match = candidate.match;
  const Words& words = scene.language.words;
  Event event;
  event.event_type = meaning.event_type;
  event.mode = candidate.mode.empty() ? meaning.mode : candidate.mode;
  if (!ontology_.KnowsMode(event.event_type, event.mode)) event.mode.clear();
  event.cameo = candidate.code;
  event.goldstein = meaning.goldstein;
  event.quad_category = meaning.quad_category;
  event.actor = candidate.roles.actor;
  event.recipient = candidate.roles.recipient;
  event.status = candidate.status;
  event.sentence = {scene.sentence.start, scene.sentence.end, Layer::kBody, 0};
  event.trigger = TriggerSpan(match, words);
  event.pattern = match.pattern->where;
  AddTopicAndPlace(match, words, event);
  AddReporters(scene.sentence, event);
  dates_.Date(candidate, scene.sentence, words, event);
  AddContexts(meaning, scene, event);
  const std::vector<std::string_view> features = Features(candidate, event, scene);
  event.confidence = confidence_.Of(features);
  event.explanation = Explain(match, features);
  return event;
}

// The trigger, with the needed words that stand right behind it ("open fire", "call off"). Of a
// light verb whose noun stands elsewhere, the noun: it carries the type.
Span Coder::TriggerSpan(const Match& match, const Words& words) const {
  const uint32_t first = match.trigger;
  uint32_t last = first + 1;
  for (uint32_t with : match.with) {
    if (with == last) ++last;
  }
  if (last == first + 1 && tree_.In(first, words.Class("light"))) {
    for (uint32_t with : match.with) {
      if (tree_.token(with).upos == Upos::kNoun && tree_.token(with).Is("obj")) {
        return document_.SpanOf(with, with + 1);
      }
    }
  }
  return document_.SpanOf(first, last);
}

void Coder::AddTopicAndPlace(const Match& match, const Words& words, Event& event) const {
  for (const Argument& argument : match.arguments) {
    if (!event.topic && words.Class("topic").contains(argument.slot)) {
      std::vector<uint32_t> below = tree_.Subtree(argument.node, 60, 12);
      const auto [low, high] = std::minmax_element(below.begin(), below.end());
      event.topic = document_.SpanOf(*low, *high + 1);
    }
    if (event.place.empty() && words.Class("place").contains(argument.slot)) {
      event.place = mentions_.LocationAt(argument.node);
    }
  }
}

// Those in whose words the event stands. The act of speaking is not reported by its own speaker,
// but by whom the text names as having told of it ("Kim promised ..., KCNA said").
void Coder::AddReporters(const Sentence& sentence, Event& event) const {
  const auto index = static_cast<size_t>(&sentence - document_.sentences.data());
  bool speech = false;
  for (uint32_t s : mentions_.StatementsIn(index)) {
    speech |= document_.statements[s].cue.Contains(event.trigger);
  }
  for (uint32_t s : mentions_.StatementsIn(index)) {
    const Statement& statement = document_.statements[s];
    if (statement.cue.Contains(event.trigger)) {
      for (const Carrier& carrier : statement.via) {
        if (carrier.cue.size() > 0) AddRef(carrier.actor, event.reported_by);
      }
    }
    for (const Span& content : statement.content) {
      if (!content.Contains(event.trigger) || statement.cue == event.trigger) continue;
      // "A accused B of it, a charge that B denied": the charge was made.
      if (statement.negated && speech) continue;
      AddRef(statement.source, event.reported_by);
      if (statement.negated && event.status == EventStatus::kAsserted) {
        event.status = EventStatus::kNegated;
      }
    }
  }
}

// The contexts of the code, and those that the sentence's words speak of; the commonest first.
void Coder::AddContexts(const CodeMeaning& meaning, const Scene& scene, Event& event) const {
  std::map<std::string, int, std::less<>> counts;
  for (const std::string& context : meaning.contexts) counts[context] += 2;
  const auto count = [&](const std::string& word) {
    const auto found = scene.language.contexts.find(word);
    if (found == scene.language.contexts.end()) return;
    for (const std::string& context : found->second) ++counts[context];
  };
  for (uint32_t at = scene.sentence.first; at < scene.sentence.last; ++at) {
    const std::string form(tree_.Form(at)), lemma(tree_.Lemma(at));
    count(form);
    if (lemma != form) count(lemma);
    if (at + 1 < scene.sentence.last) count(form + " " + std::string(tree_.Form(at + 1)));
  }
  std::vector<std::pair<int, std::string>> order;
  for (auto& [context, n] : counts) order.emplace_back(-n, context);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size() && i < kMaxContexts; ++i) {
    event.context.push_back(order[i].second);
  }
}

// ---- confidence --------------------------------------------------------------------------------

// What tells whether an event is right; data/ontology/plover/confidence.tsv weighs it.
std::vector<std::string_view> Coder::Features(const Candidate& candidate, const Event& event,
                                              const Scene& scene) const {
  std::vector<std::string_view> out = {"bias"};
  PatternFeatures(candidate, out);
  PartyFeatures(candidate, event, out);
  if (event.background) out.push_back("background");
  if (scene.nonpolitical > 0) out.push_back("nonpolitical-word");
  return out;
}

void Coder::PatternFeatures(const Candidate& candidate, std::vector<std::string_view>& out) const {
  const Pattern& pattern = *candidate.match.pattern;
  const Token& trigger = tree_.token(candidate.match.trigger);
  const auto add = [&](bool holds, std::string_view feature) {
    if (holds) out.push_back(feature);
  };
  const bool noun = IsNominal(trigger);
  add(noun && candidate.light == kNone, "noun");
  add(noun && candidate.light != kNone, "noun-with-verb");
  add(trigger.upos == Upos::kAdj, "adjective");
  add(!pattern.needs.empty(), "pattern-needs");
  add(pattern.needs.size() > 1, "pattern-needs-two");
  add(pattern.Flag("weak"), "pattern-weak");
  add(candidate.composed, "composed");
  add(tree_.Head(candidate.match.trigger) == kNone, "root");
  add(trigger.deprel == "acl:relcl", "relative-clause");
  // "accused A of attacking B" is no circumstance, but what the act above is about.
  add(trigger.Is("advcl") && candidate.outer < 0, "adverbial-clause");
}

void Coder::PartyFeatures(const Candidate& candidate, const Event& event,
                          std::vector<std::string_view>& out) const {
  const Pattern& pattern = *candidate.match.pattern;
  const Roles& roles = candidate.roles;
  const auto add = [&](bool holds, std::string_view feature) {
    if (holds) out.push_back(feature);
  };
  const auto uncoded = [&](const std::vector<ActorRef>& refs) {
    return !refs.empty() && std::all_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
      return mentions_.ActorOf(ref).code.empty();
    });
  };
  static constexpr std::string_view kAlone[] = {
      "no-recipient", "no-recipient-verbal-cooperation", "no-recipient-material-cooperation",
      "no-recipient-verbal-conflict", "no-recipient-material-conflict"};
  const auto quad = static_cast<size_t>(event.quad_category);
  const bool together = pattern.symmetric && event.actor.size() > 1;
  // A strike or a troop movement needs nobody on the other side.
  const bool alone = event.recipient.empty() && !together;
  add(event.actor.empty(), "no-actor");
  add(uncoded(event.actor), "actor-uncoded");
  add(roles.inherited, "actor-inherited");
  add(roles.nearest, "actor-nearest");
  add(alone && pattern.Flag("alone"), "alone");
  add(alone && !pattern.Flag("alone"), kAlone[quad < std::size(kAlone) ? quad : 0]);
  add(uncoded(event.recipient), "recipient-uncoded");
  add(roles.content, "recipient-content");
  add(together, "together");
  add(event.actor.size() + event.recipient.size() > 3, "many-actors");
}

std::string Coder::Explain(const Match& match,
                           const std::vector<std::string_view>& features) const {
  std::string out = "at \"" + std::string(tree_.Form(match.trigger)) + "\":";
  for (const Argument& argument : match.arguments) {
    out += " " + argument.slot + "=" + std::string(tree_.Form(argument.node));
    if (argument.inherited) out += "*";
  }
  out += "; features:";
  for (std::string_view feature : features) out += " " + std::string(feature);
  return out;
}

}  // namespace kronik
