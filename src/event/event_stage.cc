#include "event/event_stage.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/tsv.h"
#include "base/utf8.h"
#include "event/confidence.h"
#include "event/ontology.h"
#include "pattern/pattern.h"
#include "pattern/tree.h"
#include "pattern/words.h"

namespace kronik {
namespace {

constexpr int kNewsDays = 31;  // what is older is background

// The number of the last day that an ISO 8601 date of any precision covers, in an unbroken count;
// nothing for what is no date.
std::optional<int> LastDay(std::string_view date) {
  int year = 0;
  unsigned month = 12, day = 31;
  const auto read = [&](size_t at, size_t size, auto& value) {
    if (date.size() < at + size) return false;
    return std::from_chars(date.data() + at, date.data() + at + size, value).ptr ==
           date.data() + at + size;
  };
  if (!read(0, 4, year)) return std::nullopt;
  if (date.size() >= 7 && !read(5, 2, month)) return std::nullopt;
  if (date.size() >= 10 && !read(8, 2, day)) return std::nullopt;
  using namespace std::chrono;
  year_month_day whole{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (date.size() < 10 && whole.month().ok()) whole = whole.year() / whole.month() / last;
  if (!whole.ok()) return std::nullopt;
  return sys_days(whole).time_since_epoch().count();
}

constexpr std::string_view kOntology = "data/ontology/plover";
constexpr int kMaxClimb = 8;        // heads looked at above a trigger
constexpr size_t kMaxActors = 24;   // in one role
constexpr uint32_t kMaxGap = 4;     // words between a subject and its verb, without a tree
constexpr size_t kMaxContent = 80;  // words looked through for a recipient
constexpr size_t kMaxContexts = 3;
constexpr int kHistoryYears = 30;
constexpr int kHistoryBefore = 1980;  // where the report has no date
constexpr size_t kMaxTriggers = 64;   // in one sentence

struct Language {
  Words words;
  PatternTable patterns;
  std::unordered_map<std::string, std::vector<std::string>> contexts;  // word -> contexts
  WordSet nonpolitical, nonpolitical_weak;
};

struct Roles {
  std::vector<ActorRef> actor, recipient;
  bool inherited = false;  // the actor comes from the clause above
  bool nearest = false;    // the actor only stands before the verb
  bool content = false;    // the recipient is only named in the act's own words
  bool swapped = false;
  size_t own = 0;  // of the actors, those that are the subject
};

struct Candidate {
  Match match;
  std::string code, mode;
  Roles roles;
  EventStatus status = EventStatus::kAsserted;
  int outer = -1;  // the candidate whose content this one is
  bool swallowed = false;
  bool composed = false;
  bool future = false, negated = false;
  uint32_t light = kNone;
};

class EventStage : public Stage {
 public:
  EventStage(Ontology ontology, Confidence confidence,
             std::map<std::string, Language, std::less<>> languages)
      : ontology_(std::move(ontology)),
        confidence_(std::move(confidence)),
        languages_(std::move(languages)) {}
  std::string_view name() const override { return "event"; }
  Layers needs() const override { return kTrees | kNames | kActors | kStatements; }
  Layers adds() const override { return kEvents; }
  Result<void> Annotate(Document& document, Workspace& workspace) const override;

 private:
  Ontology ontology_;
  Confidence confidence_;
  std::map<std::string, Language, std::less<>> languages_;
};

// The work on one document.
class Coder {
 public:
  Coder(const Ontology& ontology, const Confidence& confidence, const Document& document)
      : ontology_(ontology),
        confidence_(confidence),
        document_(document),
        tree_(document),
        mention_of_(document.tokens.size(), kNone),
        place_of_(document.tokens.size(), kNone),
        location_of_(document.tokens.size(), kNone),
        speaker_of_(document.tokens.size(), kNone),
        statements_of_(document.sentences.size()) {
    for (uint32_t m = 0; m < document.mentions.size(); ++m) {
      const Mention& mention = document.mentions[m];
      if (mention.kind != NameKind::kLoc || mention.span.layer != Layer::kBody) continue;
      for (uint32_t t = mention.first; t < mention.last && t < location_of_.size(); ++t) {
        location_of_[t] = m;
      }
    }
    for (uint32_t s = 0; s < document.statements.size(); ++s) {
      const Statement& statement = document.statements[s];
      if (statement.source.actor >= document.actors.size()) continue;
      for (const Span& content : statement.content) {
        auto sentence =
            std::ranges::upper_bound(document.sentences, content.start, {}, &Sentence::end);
        for (; sentence != document.sentences.end() && sentence->start < content.end; ++sentence) {
          std::vector<uint32_t>& of =
              statements_of_[static_cast<size_t>(sentence - document.sentences.begin())];
          if (of.empty() || of.back() != s) of.push_back(s);
        }
        auto token = std::lower_bound(
            document.tokens.begin(), document.tokens.end(), content.start,
            [](const Token& before, uint32_t start) { return before.start < start; });
        for (; token != document.tokens.end() && token->end <= content.end; ++token) {
          speaker_of_[static_cast<size_t>(token - document.tokens.begin())] =
              statement.source.actor;
        }
      }
    }
    for (uint32_t p = 0; p < document.places.size(); ++p) {
      const ActorMention& place = document.places[p];
      for (uint32_t t = place.first; t < place.last && t < place_of_.size(); ++t) place_of_[t] = p;
    }
    // The tightest mention that holds a token wins, and the one whose head it is before all.
    for (uint32_t m = 0; m < document.actor_mentions.size(); ++m) {
      const ActorMention& mention = document.actor_mentions[m];
      if (mention.actors.empty() || mention.last > document.tokens.size()) continue;
      if (Passes(mention)) continue;
      for (uint32_t t = mention.first; t < mention.last; ++t) {
        const uint32_t known = mention_of_[t];
        if (known == kNone || mention.head == t ||
            (document.actor_mentions[known].head != t &&
             document.actor_mentions[known].span.size() > mention.span.size())) {
          mention_of_[t] = m;
        }
      }
    }
  }

  void Code(const Sentence& sentence, const Language& language, std::vector<Event>& out);

 private:
  bool Passes(const ActorMention& mention) const;
  void AddMention(uint32_t mention, std::vector<ActorRef>& out) const;
  bool Given(const Match& match, const ActorRef& ref) const;
  bool SameCountry(const std::vector<ActorRef>& refs, const ActorRef& other) const;
  void Placed(Candidate& candidate, const Language& language) const;
  void AddPlace(uint32_t node, std::vector<ActorRef>& out) const;
  void Speaker(uint32_t node, std::vector<ActorRef>& out) const;
  void Nearest(uint32_t trigger, const Language& language, std::vector<ActorRef>& out) const;
  void Means(const Match& match, const Language& language, std::vector<ActorRef>& out) const;
  void Content(Candidate& candidate, const Language& language) const;
  void Joined(uint32_t first, uint32_t last, std::vector<uint32_t>& out) const;
  void ActorsAt(uint32_t node, const Language& language, std::vector<ActorRef>& out) const;
  void Assign(Candidate& candidate, const Language& language) const;
  void Deeper(Candidate& candidate, std::string_view preposition, const Language& language) const;
  void OfObject(Candidate& candidate, const Language& language) const;
  void Status(Candidate& candidate, const Sentence& sentence, const Language& language) const;
  int Outer(const std::vector<Candidate>& candidates, const std::map<uint32_t, int>& at,
            const Candidate& inner, const Language& language) const;
  void Combine(Candidate& outer, Candidate& inner) const;
  void JoinOutcomes(std::vector<Candidate>& candidates) const;
  bool Political(const std::vector<ActorRef>& refs) const;
  bool Acts(const std::vector<ActorRef>& refs) const;
  bool Impersonal(uint32_t node, const Language& language) const;
  bool Coded(const ActorRef& ref) const {
    const Actor& actor = document_.actors[ref.actor];
    return !actor.code.empty() || !actor.sectors.empty();
  }
  std::vector<std::string_view> Features(const Candidate& candidate, const Event& event) const;
  Event Make(const Candidate& candidate, const CodeMeaning& meaning, const Sentence& sentence,
             const Language& language) const;
  bool Between(const Event& event, const Event& other) const;
  bool History(const Event& event) const;
  bool OfAnother(const TimeExpression& time, const Candidate& candidate) const;
  void Date(Event& event, const Candidate& candidate, const Sentence& sentence) const;
  void Context(Event& event, const CodeMeaning& meaning, const Sentence& sentence,
               const Language& language) const;

  const Ontology& ontology_;
  const Confidence& confidence_;
  int nonpolitical_ = 0;  // words of sport, markets and the like in the sentence
  const Document& document_;
  Tree tree_;
  std::vector<uint32_t> mention_of_;
  std::vector<uint32_t> place_of_;
  std::vector<uint32_t> location_of_;                 // mentions of locations
  std::vector<uint32_t> speaker_of_;                  // actors, by the tokens of what they say
  std::vector<std::vector<uint32_t>> statements_of_;  // by the sentences that their content is in
};

void AddRef(const ActorRef& ref, std::vector<ActorRef>& out) {
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const ActorRef& other) { return other.actor == ref.actor; });
  if (!known && out.size() < kMaxActors) out.push_back(ref);
}

bool Holds(const std::vector<ActorRef>& refs, uint32_t actor) {
  return std::any_of(refs.begin(), refs.end(),
                     [&](const ActorRef& ref) { return ref.actor == actor; });
}

// Whether a mention only passes the report on.
bool Coder::Passes(const ActorMention& mention) const {
  return std::all_of(mention.actors.begin(), mention.actors.end(), [&](uint32_t actor) {
    return actor < document_.actors.size() && document_.actors[actor].carrier;
  });
}

void Coder::AddMention(uint32_t mention, std::vector<ActorRef>& out) const {
  const ActorMention& found = document_.actor_mentions[mention];
  for (uint32_t actor : found.actors) {
    if (actor < document_.actors.size()) AddRef({actor, found.span}, out);
  }
}

// Whether a mention is what the pattern says is given ("sent aircraft to B"), not who gets it.
bool Coder::Given(const Match& match, const ActorRef& ref) const {
  const Pattern& pattern = *match.pattern;
  if (!pattern.Flag("recipient") && !pattern.Flag("thing")) return false;
  if (!pattern.recipient.empty() && pattern.recipient.front() == "obj") return false;
  const bool needs = std::any_of(pattern.needs.begin(), pattern.needs.end(), [](const Need& need) {
    return need.slot == "obj" && !need.negated;
  });
  if (!needs) return false;
  const auto holds = [&](uint32_t word) {
    return ref.span.Contains(document_.SpanOf(word, word + 1));
  };
  for (const Argument& argument : match.arguments) {
    if (argument.slot != "obj") continue;
    if (holds(argument.node)) return true;
    for (uint32_t child : tree_.Children(argument.node)) {
      if (tree_.token(child).Is("conj") && holds(child)) return true;
    }
  }
  return std::any_of(match.with.begin(), match.with.end(),
                     [&](uint32_t word) { return word != match.trigger && holds(word); });
}

// The state whose capital or town a word names.
void Coder::AddPlace(uint32_t node, std::vector<ActorRef>& out) const {
  if (place_of_[node] == kNone) return;
  const ActorMention& place = document_.places[place_of_[node]];
  for (uint32_t actor : place.actors) AddRef({actor, place.span}, out);
}

// The phrases joined by "and" to one that spans the tokens [first, last).
void Coder::Joined(uint32_t first, uint32_t last, std::vector<uint32_t>& out) const {
  for (uint32_t at = first; at < last; ++at) {
    // "Ethiopian and Eritrean forces": the first of them may hang on the second's noun.
    const uint32_t head = tree_.Head(at);
    if (tree_.token(at).Is("conj") && head != kNone && head < first && first - head < kMaxGap &&
        mention_of_[head] != kNone && tree_.token(head).upos == Upos::kAdj) {
      out.push_back(head);
    }
    for (uint32_t child : tree_.Children(at)) {
      const Token& word = tree_.token(child);
      if (word.Is("conj") && word.upos != Upos::kVerb && (child < first || child >= last)) {
        out.push_back(child);
      }
    }
  }
}

// "We" in somebody's words is who says them.
void Coder::Speaker(uint32_t node, std::vector<ActorRef>& out) const {
  if (speaker_of_[node] != kNone) {
    AddRef({speaker_of_[node], document_.SpanOf(node, node + 1)}, out);
  }
}

// The actors that a phrase names: the mention at its head with those joined to it by "and"; else
// the nearest ones inside ("the capital of B").
void Coder::ActorsAt(uint32_t node, const Language& language, std::vector<ActorRef>& out) const {
  std::vector<uint32_t> level = {node};
  std::vector<uint32_t> joined;
  // "US" is no "us".
  if (mention_of_[node] == kNone && tree_.In(node, language.words.Class("speaker"))) {
    Speaker(node, out);
    return;
  }
  for (int depth = 0; depth < 4 && !level.empty(); ++depth) {
    std::vector<uint32_t> next;
    const size_t before = out.size();
    for (uint32_t at : level) {
      const uint32_t mention = mention_of_[at];
      if (mention != kNone) {
        AddMention(mention, out);
        const ActorMention& found = document_.actor_mentions[mention];
        Joined(found.first, found.last, joined);
        if (depth > 0) continue;
      } else if (depth == 0) {
        Joined(at, at + 1, joined);
      }
      for (uint32_t child : tree_.Children(at)) {
        const Token& word = tree_.token(child);
        if (depth == 0 && word.Is("conj")) continue;
        if (word.Is("nmod") || word.Is("compound") || word.Is("amod") || word.Is("flat") ||
            word.Is("appos") || word.Is("conj") || word.Is("det") ||
            (word.Is("obl") && tree_.token(at).upos != Upos::kVerb)) {
          const std::string preposition(tree_.Case(child));
          if (!language.words.Class("topic").contains(preposition) &&
              !language.words.Class("place").contains(preposition)) {
            next.push_back(child);
          }
        }
      }
    }
    if (out.size() > before) break;
    level = std::move(next);
  }
  for (size_t i = 0; i < joined.size() && i < kMaxActors; ++i) {
    const uint32_t mention = mention_of_[joined[i]];
    if (mention != kNone) {
      AddMention(mention, out);
      const ActorMention& found = document_.actor_mentions[mention];
      Joined(found.first, found.last, joined);
    } else {
      for (uint32_t child : tree_.Children(joined[i])) {
        const Token& word = tree_.token(child);
        if ((word.Is("compound") || word.Is("amod") || word.Is("flat") || word.Is("nmod") ||
             word.Is("appos")) &&
            mention_of_[child] != kNone) {
          AddMention(mention_of_[child], out);
        }
      }
      Joined(joined[i], joined[i] + 1, joined);
    }
  }
}

bool Coder::Political(const std::vector<ActorRef>& refs) const {
  return std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) { return Coded(ref); });
}

// Whether somebody with a sector acts, not a state as such.
bool Coder::Acts(const std::vector<ActorRef>& refs) const {
  return std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
    const Actor& actor = document_.actors[ref.actor];
    return actor.kind != ActorKind::kState && !actor.sectors.empty() &&
           actor.sectors.front() != "BUS" && actor.sectors.front() != "JRN";
  });
}

// Whether a phrase is of what strikes and kills but does not act: a force of nature, a disease, an
// accident, a price. A name ("Typhoon Ines"), a measure ("a wave of cold") or another of its kind
// may be the head.
bool Coder::Impersonal(uint32_t node, const Language& language) const {
  const WordSet& forces = language.words.Class("impersonal");
  const uint32_t mention = mention_of_[node];
  if (mention != kNone) {
    std::vector<ActorRef> named;
    AddMention(mention, named);
    if (Political(named)) return false;
  }
  if (tree_.In(node, forces)) return true;
  const bool name = tree_.token(node).upos == Upos::kPropn;
  const bool measure = tree_.In(node, language.words.Class("container")) ||
                       tree_.In(node, language.words.Class("attackn"));
  const std::vector<uint32_t>& children = tree_.Children(node);
  return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
    const Token& word = tree_.token(child);
    const bool part = word.Is("compound") || word.Is("nmod");
    return (word.Is("conj") || ((name || measure) && part) || (name && word.Is("flat"))) &&
           tree_.In(child, forces);
  });
}

void Coder::Assign(Candidate& candidate, const Language& language) const {
  const Match& match = candidate.match;
  const Pattern& pattern = *match.pattern;
  const Words& words = language.words;
  Roles& roles = candidate.roles;
  const Token& trigger = tree_.token(match.trigger);
  const bool noun = trigger.upos != Upos::kVerb && trigger.upos != Upos::kAdj;
  const bool passive = !noun && tree_.Passive(match.trigger, match.voice);
  auto take = [&](std::string_view slot, std::vector<ActorRef>& out) {
    for (const Argument& argument : match.arguments) {
      if (argument.slot != slot) continue;
      const size_t before = out.size();
      ActorsAt(argument.node, language, out);
      if (&out == &roles.actor && out.size() > before && argument.inherited) roles.inherited = true;
    }
  };
  auto take_class = [&](std::string_view name, std::vector<ActorRef>& out) {
    const WordSet& set = words.Class(name);
    for (const Argument& argument : match.arguments) {
      if (set.contains(argument.slot)) ActorsAt(argument.node, language, out);
    }
  };
  std::vector<ActorRef> own;  // of a noun, without a preposition: whose it is
  if (!pattern.actor.empty()) {
    take(pattern.actor, roles.actor);
  } else if (noun) {
    for (const Argument& argument : match.arguments) {
      if (argument.slot == "subj" && argument.inherited)
        ActorsAt(argument.node, language, roles.actor);
    }
    take_class("by", roles.actor);
    take("poss", own);
    take_class("possessive", own);
    if (roles.actor.empty()) take("subj", roles.actor);
    if (roles.actor.empty() && tree_.LightVerb(match.trigger, words) == kNone) {
      roles.actor = own;
      own.clear();
    }
    if (roles.actor.empty()) roles.actor.swap(own);
    if (roles.actor.empty()) take_class("from", roles.actor);
  } else if (passive) {
    take("agent", roles.actor);
    if (roles.actor.empty()) take_class("by", roles.actor);
    if (roles.actor.empty() && !HasSlot(match.arguments, "agent")) take("subj", roles.actor);
    if (roles.actor.empty()) Means(match, language, roles.actor);
    // "was arrested in Peru": an act of those who rule there.
    if (roles.actor.empty() && pattern.Flag("local")) {
      for (const Argument& argument : match.arguments) {
        if (!words.Class("place").contains(argument.slot)) continue;
        ActorsAt(argument.node, language, roles.actor);
        if (roles.actor.empty()) AddPlace(argument.node, roles.actor);
      }
    }
  } else {
    take("subj", roles.actor);
  }
  if (roles.actor.empty() && !noun && !passive) {
    // "A said it would ...": a pronoun that nobody resolved is who speaks in the clause above.
    for (const Argument& argument : match.arguments) {
      if (argument.slot != "subj" || tree_.token(argument.node).upos != Upos::kPron) continue;
      const uint32_t head = tree_.Head(match.trigger);
      if (head == kNone || tree_.token(head).upos != Upos::kVerb) break;
      for (const Argument& above : tree_.Arguments(head, words, Voice::kAny)) {
        if (above.slot == "subj") ActorsAt(above.node, language, roles.actor);
      }
      if (!roles.actor.empty()) roles.inherited = true;
      break;
    }
  }
  if (roles.actor.empty() && !noun && !passive && trigger.deprel == "acl") {
    // "A issued a declaration demanding ...": who the clause above is about.
    const uint32_t head = tree_.Head(match.trigger);
    const uint32_t above = head == kNone ? kNone : tree_.Head(head);
    if (above != kNone && tree_.token(above).upos == Upos::kVerb) {
      for (const Argument& argument : tree_.Arguments(above, words, Voice::kAny)) {
        if (argument.slot == "subj") ActorsAt(argument.node, language, roles.actor);
      }
      roles.inherited = !roles.actor.empty();
    }
  }
  if (roles.actor.empty() && !noun && !passive) {
    Nearest(candidate.light != kNone ? candidate.light : match.trigger, language, roles.actor);
    roles.nearest = !roles.actor.empty();
  }
  roles.own = roles.actor.size();
  if (pattern.symmetric) {
    take_class("between", roles.actor);
    take_class("with", roles.actor);
    if (!noun) take("obj", roles.actor);
    for (const ActorRef& ref : own) AddRef(ref, roles.actor);
  }
  auto without_actor = [&](std::vector<ActorRef> refs) {
    std::erase_if(refs, [&](const ActorRef& ref) {
      return Holds(roles.actor, ref.actor) || Given(match, ref);
    });
    return refs;
  };
  for (const std::string& slot : pattern.recipient) {
    if (slot == "comp") {
      for (const Argument& argument : match.arguments) {
        if (argument.slot != "comp") continue;
        const std::vector<Argument> clause = tree_.Arguments(argument.node, words, Voice::kAny);
        const bool clause_passive = tree_.Passive(argument.node, Voice::kAny);
        const std::string_view does = !clause_passive            ? "subj"
                                      : HasSlot(clause, "agent") ? "agent"
                                                                 : "obj";
        for (const Argument& below : clause) {
          if (below.slot == does) {
            std::vector<ActorRef> found;
            ActorsAt(below.node, language, found);
            for (const ActorRef& ref : without_actor(found)) AddRef(ref, roles.recipient);
          }
        }
      }
    } else {
      std::vector<ActorRef> found;
      take(slot, found);
      // "poss" beside an actor that the noun's own light verb gave.
      if (slot == "poss" && !own.empty()) found.insert(found.end(), own.begin(), own.end());
      for (const ActorRef& ref : without_actor(found)) AddRef(ref, roles.recipient);
      // "shells at Quito", "blew up a bridge in Lima"
      if (roles.recipient.empty()) {
        for (const Argument& argument : match.arguments) {
          if (argument.slot == slot) AddPlace(argument.node, roles.recipient);
        }
      }
    }
    if (!roles.recipient.empty()) break;
    Deeper(candidate, slot, language);
    if (!roles.recipient.empty()) break;
  }
  if (roles.recipient.empty() && !pattern.recipient.empty()) {
    OfObject(candidate, language);
  }
  if (roles.recipient.empty() && passive) {
    std::vector<ActorRef> found;
    take("obj", found);
    for (const ActorRef& ref : without_actor(found)) AddRef(ref, roles.recipient);
  }
  const bool together = pattern.symmetric && roles.actor.size() > 1;
  if (roles.recipient.empty() && !pattern.recipient.empty() && !together) {
    Content(candidate, language);
    if (roles.recipient.empty()) Placed(candidate, language);
    roles.content = !roles.recipient.empty();
  }
  if (pattern.Flag("swap")) {
    std::swap(roles.actor, roles.recipient);
    roles.swapped = true;
  }
}

// The recipient further down, where the parser hung it on a noun of the content ("sent crates of
// rice to B").
void Coder::Deeper(Candidate& candidate, std::string_view preposition,
                   const Language& language) const {
  const Match& match = candidate.match;
  Roles& roles = candidate.roles;
  for (const Argument& argument : match.arguments) {
    if (argument.slot == "subj" || argument.slot == "agent" || argument.slot == "comp") continue;
    for (uint32_t node : tree_.Subtree(argument.node, 40, 4)) {
      if (node == argument.node || tree_.Case(node) != preposition) continue;
      std::vector<ActorRef> found;
      ActorsAt(node, language, found);
      for (const ActorRef& ref : found) {
        if (!Holds(roles.actor, ref.actor) && !Given(match, ref)) AddRef(ref, roles.recipient);
      }
      if (roles.recipient.empty()) AddPlace(node, roles.recipient);
      if (!roles.recipient.empty()) return;
    }
  }
  // "is scheduled to travel to B": of the verb that the pattern asks for.
  for (uint32_t with : match.with) {
    if (with == match.trigger || tree_.token(with).upos != Upos::kVerb) continue;
    for (const Argument& argument : tree_.Arguments(with, language.words, Voice::kAny)) {
      if (argument.slot != preposition) continue;
      std::vector<ActorRef> found;
      ActorsAt(argument.node, language, found);
      for (const ActorRef& ref : found) {
        if (!Holds(roles.actor, ref.actor)) AddRef(ref, roles.recipient);
      }
      if (roles.recipient.empty()) AddPlace(argument.node, roles.recipient);
    }
    if (!roles.recipient.empty()) return;
  }
}

// Whoever the object names, but where the pattern doesn't ask for it, not what is the actor's own
// ("withdrew its soldiers").
void Coder::OfObject(Candidate& candidate, const Language& language) const {
  const Match& match = candidate.match;
  Roles& roles = candidate.roles;
  const std::vector<std::string>& slots = match.pattern->recipient;
  const bool asked = std::find(slots.begin(), slots.end(), "obj") != slots.end();
  for (const Argument& argument : match.arguments) {
    if (argument.slot != "obj") continue;
    std::vector<ActorRef> found;
    ActorsAt(argument.node, language, found);
    for (const ActorRef& ref : found) {
      const bool own = !asked && SameCountry(roles.actor, ref);
      if (!own && !Holds(roles.actor, ref.actor) && !Given(match, ref)) {
        AddRef(ref, roles.recipient);
      }
    }
  }
}

// Whether an actor is of a country that already acts, or of none.
bool Coder::SameCountry(const std::vector<ActorRef>& refs, const ActorRef& other) const {
  const std::string& code = document_.actors[other.actor].code;
  return code.empty() || std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
           return ref.actor == other.actor || document_.actors[ref.actor].code == code;
         });
}

// "was killed in a Peruvian air strike": whose act it was.
void Coder::Means(const Match& match, const Language& language, std::vector<ActorRef>& out) const {
  const WordSet& acts = language.words.Class("attackn");
  for (const Argument& argument : match.arguments) {
    if (!language.words.Class("means").contains(argument.slot) || !tree_.In(argument.node, acts)) {
      continue;
    }
    for (const Argument& part : tree_.Arguments(argument.node, language.words, Voice::kAny)) {
      if (part.inherited) continue;
      if (part.slot == "poss" || language.words.Class("by").contains(part.slot) ||
          language.words.Class("possessive").contains(part.slot)) {
        ActorsAt(part.node, language, out);
      }
    }
    if (!out.empty()) return;
  }
}

// The mention that stands right before a verb, with nothing but auxiliaries and adverbs between:
// the subject, where the tree has none.
void Coder::Nearest(uint32_t trigger, const Language& language, std::vector<ActorRef>& out) const {
  for (uint32_t at = trigger, step = 0; at-- > 0 && step < kMaxGap; ++step) {
    if (mention_of_[at] != kNone) {
      AddMention(mention_of_[at], out);
      const ActorMention& found = document_.actor_mentions[mention_of_[at]];
      for (uint32_t t = found.first; t < found.last; ++t) {
        const uint32_t head = tree_.Head(t);
        if (tree_.token(t).Is("conj") && head != kNone && head < found.first &&
            mention_of_[head] != kNone) {
          AddMention(mention_of_[head], out);
        }
      }
      return;
    }
    const Token& word = tree_.token(at);
    if (word.upos != Upos::kAux && word.upos != Upos::kAdv && word.upos != Upos::kPart &&
        word.upos != Upos::kDet) {
      break;
    }
  }
  // Or a phrase of the verb's in front of it, without a preposition and not called its subject.
  for (uint32_t child : tree_.Children(trigger)) {
    const Token& word = tree_.token(child);
    if (child > trigger) return;
    if (word.upos == Upos::kVerb || !tree_.Case(child).empty() || word.Is("advcl")) continue;
    if (mention_of_[child] != kNone) {
      ActorsAt(child, language, out);
      return;
    }
  }
}

// The other party that the act's own words name, wherever the tree hung it ("vowed to deepen the
// friendship with B"): the first of another country than the actor's.
void Coder::Content(Candidate& candidate, const Language& language) const {
  Roles& roles = candidate.roles;
  std::vector<uint32_t> queue = {candidate.match.trigger};
  std::vector<uint32_t> found;
  for (size_t i = 0; i < queue.size() && queue.size() < kMaxContent; ++i) {
    for (uint32_t child : tree_.Children(queue[i])) {
      const Token& word = tree_.token(child);
      if (word.Is("nsubj") || word.Is("parataxis") || word.deprel == "acl:relcl") continue;
      if (word.Is("advcl") || (word.Is("conj") && i == 0)) continue;
      const std::string preposition(tree_.Case(child));
      if (language.words.Class("place").contains(preposition)) continue;
      // What stands before a verb is rather its subject than its object.
      if (i == 0 && child < queue[0] && tree_.token(queue[0]).upos == Upos::kVerb) continue;
      queue.push_back(child);
      if (mention_of_[child] != kNone) found.push_back(child);
    }
  }
  std::sort(found.begin(), found.end());
  for (uint32_t node : found) {
    std::vector<ActorRef> named;
    AddMention(mention_of_[node], named);
    std::erase_if(named, [&](const ActorRef& ref) { return SameCountry(roles.actor, ref); });
    if (named.empty()) continue;
    named.clear();
    ActorsAt(node, language, named);
    for (const ActorRef& ref : named) {
      if (!SameCountry(roles.actor, ref)) AddRef(ref, roles.recipient);
    }
    return;
  }
}

// Where the object is ("a village in Chad"), and where a material conflict takes place: what is
// done there is done to those who are there.
void Coder::Placed(Candidate& candidate, const Language& language) const {
  Roles& roles = candidate.roles;
  const WordSet& place = language.words.Class("place");
  const auto take = [&](uint32_t node) {
    std::vector<ActorRef> found;
    ActorsAt(node, language, found);
    if (found.empty()) AddPlace(node, found);
    for (const ActorRef& ref : found) {
      if (!SameCountry(roles.actor, ref)) AddRef(ref, roles.recipient);
    }
  };
  const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
  const bool conflict = meaning != nullptr && meaning->quad_category == 4;
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot == "obj") {
      for (uint32_t child : tree_.Children(argument.node)) {
        if (tree_.token(child).Is("nmod") && place.contains(std::string(tree_.Case(child)))) {
          take(child);
        }
      }
    } else if (conflict && place.contains(argument.slot)) {
      take(argument.node);
    }
    if (!roles.recipient.empty()) return;
  }
}

void Coder::Status(Candidate& candidate, const Sentence& sentence, const Language& language) const {
  const Words& words = language.words;
  const WordSet& no = words.Class("not");
  bool negated = false, future = false, maybe = false, planned = false, able = false;
  auto look = [&](uint32_t at) {
    for (uint32_t child : tree_.Children(at)) {
      const Token& word = tree_.token(child);
      const bool function = word.Is("aux") || word.Is("advmod") || word.Is("det") ||
                            word.Is("mark") || word.Is("cc") || word.upos == Upos::kAux ||
                            word.upos == Upos::kPart || word.upos == Upos::kAdv;
      if (!function) continue;
      if (tree_.In(child, no)) negated = true;
      if (tree_.In(child, words.Class("future"))) future = true;
      if (tree_.In(child, words.Class("able"))) {
        able = true;
      } else if (tree_.In(child, words.Class("maybe"))) {
        maybe = true;
      }
      if (word.Is("mark") || word.Is("advmod")) {
        if (tree_.In(child, words.Class("if"))) maybe = true;
      }
    }
  };
  uint32_t at = candidate.match.trigger;
  look(at);
  // "If" opens the clause wherever the parser hung it: right before the subject.
  for (uint32_t child : tree_.Children(at)) {
    if (child > at || !tree_.token(child).Is("nsubj")) continue;
    const std::vector<uint32_t> subject = tree_.Subtree(child, kMaxContent, kMaxClimb);
    const uint32_t first = *std::min_element(subject.begin(), subject.end());
    if (first > sentence.first && tree_.In(first - 1, words.Class("if"))) maybe = true;
  }
  candidate.light = tree_.LightVerb(at, words);
  if (candidate.light != kNone) {
    at = candidate.light;
    look(at);
  }
  // The clauses above: a modal verb, a plan, a condition. Speech lets its content be.
  for (int step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree_.Head(at);
    if (head == kNone) break;
    const Token& word = tree_.token(at);
    const bool complement = word.Is("xcomp") || word.Is("ccomp") || word.Is("acl") ||
                            word.Is("advcl") || word.Is("csubj") || word.Is("obj") ||
                            word.deprel == "nsubj:pass" || word.Is("obl") || word.Is("nmod") ||
                            word.Is("nsubj");
    if (!complement && !word.Is("conj")) break;
    if (word.deprel == "acl:relcl") break;
    if (!word.Is("conj")) {
      if (tree_.In(head, words.Class("plan")) && !word.Is("advcl")) planned = true;
      if (tree_.In(head, words.Class("want"))) maybe = true;
      if (tree_.In(head, words.Class("fail")) && !word.Is("advcl") && !word.Is("obl")) {
        negated = true;
      }
      const uint32_t purpose = tree_.Child(at, words.Class("purpose"), "mark");
      if (word.Is("advcl") && step == 0 && purpose != kNone) {
        // "has yet to": no purpose, but what has not been done.
        const bool undone = purpose > sentence.first && tree_.In(purpose - 1, no);
        (undone ? negated : planned) = true;
      }
      if (word.Is("nmod") || word.Is("nsubj") || word.Is("obl") || word.Is("advcl")) break;
      if (word.Is("ccomp") && tree_.Child(at, words.Class("future"), "aux") == kNone &&
          !tree_.In(head, words.Class("plan")) && !tree_.In(head, words.Class("fail"))) {
        break;
      }
    } else if (tree_.Child(at, words.Class("but"), "cc") != kNone) {
      break;
    }
    // "did not agree to", "will begin to": what holds of the verb above holds below.
    if (word.Is("xcomp") || word.Is("conj") || word.Is("obj") || word.deprel == "nsubj:pass") {
      const uint32_t next = head;
      if (word.Is("xcomp") || word.Is("conj") || tree_.In(head, words.Class("plan"))) {
        if (!word.Is("conj"))
          look(next);
        else if (!future && HasSlot(tree_.Arguments(at, words, Voice::kAny), "subj") &&
                 tree_.Child(head, words.Class("future"), "aux") != kNone) {
          future = true;
        }
      }
    }
    at = head;
  }
  const std::string_view text = document_.Cut({sentence.start, sentence.end, Layer::kBody, 0});
  if (text.ends_with('?')) maybe = true;
  // "Cannot accept" is a refusal, "can accept" a possibility.
  if (able && negated) {
    future = true;
  } else if (able) {
    maybe = true;
  }
  candidate.negated = negated;
  candidate.future = (future || planned) && !maybe;
  candidate.status = maybe              ? EventStatus::kHypothetical
                     : negated          ? EventStatus::kNegated
                     : candidate.future ? EventStatus::kPlanned
                                        : EventStatus::kAsserted;
}

int Coder::Outer(const std::vector<Candidate>& candidates, const std::map<uint32_t, int>& at,
                 const Candidate& inner, const Language& language) const {
  const WordSet& content = language.words.Class("content");
  uint32_t node = inner.match.trigger;
  for (int step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree_.Head(node);
    if (head == kNone) return -1;
    const Token& word = tree_.token(node);
    if (word.deprel == "nsubj" || word.deprel == "acl:relcl" || word.Is("parataxis") ||
        word.Is("appos")) {
      return -1;
    }
    if ((word.Is("obl") || word.Is("nmod") || word.Is("advcl")) &&
        tree_.token(head).upos == Upos::kVerb && !content.contains(std::string(tree_.Case(node))) &&
        tree_.Child(node, content, "mark") == kNone) {
      return -1;
    }
    if (auto found = at.find(head); found != at.end()) {
      if (word.Is("conj")) {
        node = head;
        continue;
      }
      const Candidate& outer = candidates[static_cast<size_t>(found->second)];
      // The words that a pattern needs belong to it.
      return ontology_.Compose(outer.code, inner.code) != nullptr ? found->second : -1;
    }
    node = head;
  }
  return -1;
}

void Coder::Combine(Candidate& outer, Candidate& inner) const {
  const Composition* composition = ontology_.Compose(outer.code, inner.code);
  if (composition == nullptr) return;
  const auto& marks = outer.match.with;
  const bool part = std::find(marks.begin(), marks.end(), inner.match.trigger) != marks.end();
  if (!outer.composed && !part) {
    if (!composition->code.empty()) {
      if (composition->code != outer.code) outer.mode.clear();
      outer.code = composition->code;
    }
    outer.composed = true;
  }
  if (!composition->keeps_inner) inner.swallowed = true;
  auto fill = [&](const std::vector<ActorRef>& refs) {
    if (!outer.roles.recipient.empty()) return;
    for (const ActorRef& ref : refs) {
      if (!Holds(outer.roles.actor, ref.actor)) AddRef(ref, outer.roles.recipient);
    }
  };
  if (!outer.roles.actor.empty() &&
      (!outer.match.pattern->symmetric || outer.roles.actor.size() == 1)) {
    if (outer.match.pattern->Flag("asks")) fill(inner.roles.actor);
    fill(inner.roles.recipient);
    fill(inner.roles.actor);
  }
  if (outer.negated && composition->keeps_inner && outer.match.pattern->Flag("denies")) {
    inner.status = EventStatus::kNegated;
  }
  if (composition->keeps_inner && inner.roles.actor.empty()) {
    inner.roles.actor = outer.roles.recipient;
    std::erase_if(inner.roles.actor,
                  [&](const ActorRef& r) { return Holds(inner.roles.recipient, r.actor); });
  }
}

// "shelled a town, killing ten": the outcome of an act is no act of its own.
void Coder::JoinOutcomes(std::vector<Candidate>& candidates) const {
  for (Candidate& outcome : candidates) {
    const uint32_t trigger = outcome.match.trigger;
    if (outcome.swallowed || !tree_.token(trigger).Is("advcl") ||
        tree_.token(trigger).Feat("VerbForm") == "Inf") {
      continue;
    }
    const std::vector<uint32_t>& children = tree_.Children(trigger);
    if (std::any_of(children.begin(), children.end(), [&](uint32_t child) {
          return tree_.token(child).Is("mark") || tree_.token(child).Is("nsubj");
        })) {
      continue;
    }
    const CodeMeaning* meaning = ontology_.Meaning(outcome.code);
    for (Candidate& act : candidates) {
      if (act.swallowed ||
          (act.match.trigger != tree_.Head(trigger) && act.light != tree_.Head(trigger))) {
        continue;
      }
      const CodeMeaning* other = ontology_.Meaning(act.code);
      if (meaning == nullptr || other == nullptr || meaning->event_type != other->event_type) {
        continue;
      }
      if (act.roles.recipient.empty()) act.roles.recipient = outcome.roles.recipient;
      outcome.swallowed = true;
    }
  }
}

// Whether an event is so old that it is no news of any kind, but history.
bool Coder::History(const Event& event) const {
  auto year = [](std::string_view date) {
    int out = 0;
    for (size_t i = 0; i < 4 && i < date.size() && IsDigit(static_cast<unsigned char>(date[i]));
         ++i)
      out = out * 10 + (date[i] - '0');
    return out;
  };
  const int when = year(event.date.to.empty() ? event.date.from : event.date.to);
  if (when == 0 || event.date_text.empty()) return false;
  const int published = year(document_.article.published);
  return when < (published > 0 ? published - kHistoryYears : kHistoryBefore);
}

// Whether a time tells when something else took place: it hangs on a verb of its own, in a clause
// below the trigger ("offered to hand over those who attacked a train in 1988").
bool Coder::OfAnother(const TimeExpression& time, const Candidate& candidate) const {
  uint32_t verb = kNone;
  for (uint32_t at = time.first, step = 0; step < kMaxClimb; ++step) {
    const uint32_t head = tree_.Head(at);
    if (head == kNone) return false;
    if (head == candidate.match.trigger || head == candidate.light) return verb != kNone;
    if (tree_.token(head).upos == Upos::kVerb && !tree_.token(head).Is("xcomp")) verb = head;
    at = head;
  }
  return false;
}

void Coder::Date(Event& event, const Candidate& candidate, const Sentence& sentence) const {
  // The nearest time to the trigger; one that the trigger's own words carry is nearer still.
  const uint32_t trigger = candidate.match.trigger;
  const std::string_view published = std::string_view(document_.article.published).substr(0, 10);
  const std::optional<int> report_day = LastDay(published);
  const TimeExpression* best = nullptr;
  uint32_t best_distance = UINT32_MAX;
  for (const TimeExpression& time : document_.times) {
    if (time.span.layer != Layer::kBody || time.first >= time.last || time.first < sentence.first ||
        time.last > sentence.last || !time.interval.known() || OfAnother(time, candidate)) {
      continue;
    }
    // What is done has no date to come: "signed a plan for 2027-2028".
    if (event.status == EventStatus::kAsserted && report_day &&
        LastDay(time.interval.from).value_or(*report_day) > *report_day &&
        time.interval.from.substr(0, 4) > published.substr(0, 4)) {
      continue;
    }
    uint32_t distance = time.first > trigger ? time.first - trigger : trigger - time.first;
    distance += 100;
    for (uint32_t at = time.first, step = 0; step < 3; ++step) {
      const uint32_t head = tree_.Head(at);
      if (head == kNone) break;
      if (head == trigger || head == candidate.light) {
        distance -= 100;
        break;
      }
      at = head;
    }
    if (distance < best_distance) {
      best = &time;
      best_distance = distance;
    }
  }
  if (best != nullptr) {
    event.date = best->interval;
    event.date_text = best->span;
    // Background: over more than a month before the report. Days, not years: what happened in
    // December is news on New Year's Day. Who writes of long ago names the year.
    const std::string_view text = document_.Cut(best->span);
    const std::string_view over =
        best->interval.to.empty() ? best->interval.from : best->interval.to;
    const std::optional<int> over_day = LastDay(over);
    const bool day_alone =
        over.size() == 10 && text.find(over.substr(0, 4)) == std::string_view::npos;
    event.background = over_day && report_day && *over_day + kNewsDays < *report_day && !day_alone;
  } else if (event.status == EventStatus::kAsserted && published.size() == 10) {
    event.date = {std::string(published), std::string(published)};
  }
}

void Coder::Context(Event& event, const CodeMeaning& meaning, const Sentence& sentence,
                    const Language& language) const {
  std::map<std::string, int, std::less<>> counts;
  for (const std::string& context : meaning.contexts) counts[context] += 2;
  auto count = [&](const std::string& word) {
    auto found = language.contexts.find(word);
    if (found == language.contexts.end()) return;
    for (const std::string& context : found->second) ++counts[context];
  };
  for (uint32_t at = sentence.first; at < sentence.last; ++at) {
    const std::string form(tree_.Form(at)), lemma(tree_.Lemma(at));
    count(form);
    if (lemma != form) count(lemma);
    if (at + 1 < sentence.last) count(form + " " + std::string(tree_.Form(at + 1)));
  }
  std::vector<std::pair<int, std::string>> order;
  for (auto& [context, n] : counts) order.emplace_back(-n, context);
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size() && i < kMaxContexts; ++i) {
    event.context.push_back(order[i].second);
  }
}

Event Coder::Make(const Candidate& candidate, const CodeMeaning& meaning, const Sentence& sentence,
                  const Language& language) const {
  const Match& match = candidate.match;
  const Words& words = language.words;
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
  event.sentence = {sentence.start, sentence.end, Layer::kBody, 0};
  // The trigger, with the needed words that stand right behind it ("open fire", "call off"). Of a
  // light verb whose noun stands elsewhere, the noun: it carries the type.
  uint32_t first = match.trigger, last = first + 1;
  for (uint32_t with : match.with) {
    if (with == last) ++last;
  }
  if (last == first + 1 && tree_.In(first, words.Class("light"))) {
    for (uint32_t with : match.with) {
      if (tree_.token(with).upos == Upos::kNoun && tree_.token(with).Is("obj")) {
        first = with;
        last = with + 1;
        break;
      }
    }
  }
  event.trigger = document_.SpanOf(first, last);
  event.pattern = match.pattern->where;
  for (const Argument& argument : match.arguments) {
    if (!event.topic && words.Class("topic").contains(argument.slot)) {
      std::vector<uint32_t> below = tree_.Subtree(argument.node, 60, 12);
      const auto [low, high] = std::minmax_element(below.begin(), below.end());
      event.topic = document_.SpanOf(*low, *high + 1);
    }
    if (event.place.empty() && words.Class("place").contains(argument.slot)) {
      const uint32_t location = location_of_[argument.node];
      if (location != kNone) event.place = document_.Cut(document_.mentions[location].span);
    }
  }
  for (uint32_t s : statements_of_[static_cast<size_t>(&sentence - document_.sentences.data())]) {
    const Statement& statement = document_.statements[s];
    for (const Span& content : statement.content) {
      // The act of speaking is not reported by its own speaker.
      if (!content.Contains(event.trigger) || statement.cue == event.trigger) continue;
      AddRef(statement.source, event.reported_by);
      if (statement.negated && event.status == EventStatus::kAsserted) {
        event.status = EventStatus::kNegated;
      }
    }
  }
  Date(event, candidate, sentence);
  Context(event, meaning, sentence, language);
  std::vector<std::string_view> features = Features(candidate, event);
  event.confidence = confidence_.Of(features);
  event.explanation = "at \"" + std::string(tree_.Form(match.trigger)) + "\":";
  for (const Argument& argument : match.arguments) {
    event.explanation += " " + argument.slot + "=" + std::string(tree_.Form(argument.node));
    if (argument.inherited) event.explanation += "*";
  }
  event.explanation += "; features:";
  for (std::string_view feature : features) event.explanation += " " + std::string(feature);
  return event;
}

// What tells whether an event is right; data/ontology/plover/confidence.tsv weighs it.
std::vector<std::string_view> Coder::Features(const Candidate& candidate,
                                              const Event& event) const {
  const Match& match = candidate.match;
  const Pattern& pattern = *match.pattern;
  const Roles& roles = candidate.roles;
  std::vector<std::string_view> out = {"bias"};
  const auto add = [&](bool holds, std::string_view feature) {
    if (holds) out.push_back(feature);
  };
  const auto coded = [&](const std::vector<ActorRef>& refs) {
    return std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
      return !document_.actors[ref.actor].code.empty();
    });
  };
  const Upos upos = tree_.token(match.trigger).upos;
  const bool noun = upos != Upos::kVerb && upos != Upos::kAdj;
  const bool together = pattern.symmetric && event.actor.size() > 1;
  add(noun && candidate.light == kNone, "noun");
  add(noun && candidate.light != kNone, "noun-with-verb");
  add(upos == Upos::kAdj, "adjective");
  add(!pattern.needs.empty(), "pattern-needs");
  add(pattern.needs.size() > 1, "pattern-needs-two");
  add(pattern.Flag("weak"), "pattern-weak");
  add(candidate.composed, "composed");
  add(event.actor.empty(), "no-actor");
  add(!event.actor.empty() && !coded(event.actor), "actor-uncoded");
  add(roles.inherited, "actor-inherited");
  add(roles.nearest, "actor-nearest");
  static constexpr std::string_view kAlone[] = {
      "no-recipient", "no-recipient-verbal-cooperation", "no-recipient-material-cooperation",
      "no-recipient-verbal-conflict", "no-recipient-material-conflict"};
  const auto quad = static_cast<size_t>(event.quad_category);
  // A strike or a troop movement needs nobody on the other side.
  const bool alone = event.recipient.empty() && !together;
  add(alone && pattern.Flag("alone"), "alone");
  add(alone && !pattern.Flag("alone"), kAlone[quad < std::size(kAlone) ? quad : 0]);
  add(!event.recipient.empty() && !coded(event.recipient), "recipient-uncoded");
  add(roles.content, "recipient-content");
  add(together, "together");
  add(event.actor.size() + event.recipient.size() > 3, "many-actors");
  add(tree_.Head(match.trigger) == kNone, "root");
  add(tree_.token(match.trigger).deprel == "acl:relcl", "relative-clause");
  // "accused A of attacking B" is no circumstance, but what the act above is about.
  add(tree_.token(match.trigger).Is("advcl") && candidate.outer < 0, "adverbial-clause");
  add(event.background, "background");
  add(nonpolitical_ > 0, "nonpolitical-word");
  return out;
}

// Whether an event is of the type of another and between the same countries, or some of them.
bool Coder::Between(const Event& event, const Event& other) const {
  if (event.event_type != other.event_type) return false;
  std::set<std::string_view> countries;
  for (const auto* refs : {&other.actor, &other.recipient}) {
    for (const ActorRef& ref : *refs) countries.insert(document_.actors[ref.actor].code);
  }
  for (const auto* refs : {&event.actor, &event.recipient}) {
    for (const ActorRef& ref : *refs) {
      const std::string& code = document_.actors[ref.actor].code;
      if (code.empty() || !countries.contains(code)) return false;
    }
  }
  return true;
}

void Coder::Code(const Sentence& sentence, const Language& language, std::vector<Event>& out) {
  int weak = 0;
  bool strong = false;
  for (uint32_t at = sentence.first; at < sentence.last; ++at) {
    strong = strong || tree_.In(at, language.nonpolitical);
    weak += tree_.In(at, language.nonpolitical_weak) ? 1 : 0;
  }
  if (strong) return;
  nonpolitical_ = weak;
  std::vector<Candidate> candidates;
  std::map<uint32_t, int> at;
  std::vector<bool> used(sentence.last - sentence.first, false);
  for (uint32_t token = sentence.first; token < sentence.last; ++token) {
    // A word that only tells which noun is meant is no trigger: "beating victims".
    if (tree_.token(token).Is("compound") && tree_.token(token).upos == Upos::kVerb) continue;
    // A name is no trigger ("Defence", "March").
    const uint32_t mention = mention_of_[token];
    if (mention != kNone && document_.actor_mentions[mention].head == token) continue;
    Match match = language.patterns.At(tree_, token, language.words);
    if (match.pattern == nullptr || candidates.size() >= kMaxTriggers) continue;
    at[token] = static_cast<int>(candidates.size());
    Candidate candidate;
    candidate.code = match.pattern->code;
    candidate.mode = match.pattern->mode;
    candidate.match = std::move(match);
    candidates.push_back(std::move(candidate));
  }
  // A word that a longer pattern needs is not a trigger itself ("hold talks" takes "talks").
  for (Candidate& candidate : candidates) {
    for (uint32_t with : candidate.match.with) {
      auto found = at.find(with);
      if (found == at.end() || with == candidate.match.trigger) continue;
      Candidate& other = candidates[static_cast<size_t>(found->second)];
      if (other.match.pattern->needs.size() < candidate.match.pattern->needs.size()) {
        other.swallowed = true;
      }
    }
  }
  for (Candidate& candidate : candidates) {
    Assign(candidate, language);
    Status(candidate, sentence, language);
  }
  for (Candidate& candidate : candidates) {
    if (!candidate.swallowed) candidate.outer = Outer(candidates, at, candidate, language);
  }
  // Inner acts first: the deeper in the tree, the earlier.
  std::vector<std::pair<int, size_t>> order;
  for (size_t i = 0; i < candidates.size(); ++i) {
    int depth = 0;
    for (uint32_t node = candidates[i].match.trigger; node != kNone && depth < 60;
         node = tree_.Head(node)) {
      ++depth;
    }
    order.emplace_back(-depth, i);
  }
  std::sort(order.begin(), order.end());
  for (auto& [depth, i] : order) {
    Candidate& inner = candidates[i];
    if (inner.outer >= 0 && static_cast<size_t>(inner.outer) != i) {
      Combine(candidates[static_cast<size_t>(inner.outer)], inner);
    }
  }
  JoinOutcomes(candidates);
  std::vector<Event> events;
  for (Candidate& candidate : candidates) {
    if (candidate.swallowed) continue;
    if (candidate.status == EventStatus::kPlanned || candidate.status == EventStatus::kNegated) {
      const std::string_view state =
          candidate.negated ? (candidate.future ? "will-not" : "not") : "future";
      if (const Composition* c = ontology_.Compose(state, candidate.code)) {
        candidate.code = c->code;
        candidate.mode.clear();
        // "A will meet B" is A's word to B, "A and B will meet" that of both.
        Roles& roles = candidate.roles;
        if (roles.own > 0 && roles.own < roles.actor.size() && roles.recipient.empty()) {
          roles.recipient.assign(roles.actor.begin() + static_cast<ptrdiff_t>(roles.own),
                                 roles.actor.end());
          roles.actor.resize(roles.own);
        }
        if (candidate.negated) candidate.status = EventStatus::kAsserted;
      }
    }
    if (candidate.match.pattern->Flag("drop")) continue;
    if (std::any_of(candidate.match.arguments.begin(), candidate.match.arguments.end(),
                    [&](const Argument& argument) {
                      return (argument.slot == "subj" || argument.slot == "agent") &&
                             Impersonal(argument.node, language);
                    })) {
      continue;
    }
    const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
    if (meaning == nullptr || meaning->event_type.empty()) continue;
    const EventType* type = ontology_.Type(meaning->event_type);
    Roles& roles = candidate.roles;
    if (!Political(roles.actor) && !Political(roles.recipient)) continue;
    const bool together = candidate.match.pattern->symmetric && roles.actor.size() > 1;
    if (type != nullptr && type->requires_recipient && roles.recipient.empty() && !together)
      continue;
    if (candidate.match.pattern->Flag("two") && roles.recipient.empty() && !together) continue;
    if (candidate.match.pattern->Flag("actor") && !Political(roles.actor)) continue;
    // Police beat people; where a state beats another, it is a match.
    if (candidate.match.pattern->Flag("bodily") && Political(roles.actor) && !Acts(roles.actor)) {
      continue;
    }
    if (candidate.match.pattern->Flag("recipient") && roles.recipient.empty()) continue;
    // States play matches and own shares; police, protesters and rebels do what they do.
    if (weak >= 2 && !Acts(roles.actor)) continue;
    Event event = Make(candidate, *meaning, sentence, language);
    if (History(event) || event.confidence < confidence_.threshold()) continue;
    // What is discussed at a meeting already told is no other meeting.
    if (candidate.match.pattern->Flag("again") && event.date_text.empty() &&
        std::any_of(out.begin(), out.end(),
                    [&](const Event& other) { return Between(event, other); })) {
      continue;
    }
    // The same act in other words of the sentence counts once: the surer one stays.
    auto same = std::find_if(events.begin(), events.end(), [&](const Event& other) {
      if (other.event_type != event.event_type || other.status != event.status) return false;
      auto overlaps = [](const std::vector<ActorRef>& a, const std::vector<ActorRef>& b) {
        if (a.empty() || b.empty()) return true;
        return std::any_of(a.begin(), a.end(),
                           [&](const ActorRef& ref) { return Holds(b, ref.actor); });
      };
      return overlaps(other.actor, event.actor) && overlaps(other.recipient, event.recipient);
    });
    if (same == events.end()) {
      events.push_back(std::move(event));
    } else if (event.confidence > same->confidence) {
      *same = std::move(event);
    }
  }
  for (Event& event : events) out.push_back(std::move(event));
}

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

Result<void> EventStage::Annotate(Document& document, Workspace&) const {
  std::vector<Event> events;
  Coder coder(ontology_, confidence_, document);
  for (const Sentence& sentence : document.sentences) {
    if (sentence.last > document.tokens.size() || sentence.first >= sentence.last) continue;
    if (sentence.block < document.article.blocks.size() &&
        document.article.blocks[sentence.block].kind == BlockKind::kHeading) {
      continue;
    }
    auto language = languages_.find(document.LangOf(sentence));
    if (language == languages_.end()) continue;
    coder.Code(sentence, language->second, events);
  }
  // Told again: the first telling of the same act by the same to the same stays, unless a later
  // one is surer.
  std::map<std::tuple<std::string, std::string, std::string, std::vector<std::string>,
                      std::vector<std::string>, std::string, EventStatus>,
           size_t>
      seen;
  std::vector<bool> keep(events.size(), true);
  for (size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    auto [known, added] =
        seen.try_emplace({event.event_type, event.mode, event.cameo, Parties(document, event.actor),
                          Parties(document, event.recipient), event.date.from, event.status},
                         i);
    if (added) continue;
    if (event.confidence > events[known->second].confidence + 0.05) {
      keep[known->second] = false;
      known->second = i;
    } else {
      keep[i] = false;
    }
  }
  document.events.clear();
  for (size_t i = 0; i < events.size(); ++i) {
    if (keep[i]) document.events.push_back(std::move(events[i]));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Stage>> MakeEventStage(const Resources& resources) {
  Result<Ontology> ontology = Ontology::Load(resources, kOntology);
  if (!ontology) return ontology.error();
  const std::string base = std::string(kOntology) + "/";
  Result<Confidence> confidence = Confidence::Load(resources, base + "confidence.tsv");
  if (!confidence) return confidence.error();
  std::map<std::string, Language, std::less<>> languages;
  for (const std::string& code : resources.Languages()) {
    const std::string file = "/" + code + ".tsv";
    const std::string patterns = base + "patterns" + file;
    if (!resources.Has(patterns)) continue;
    Result<Words> words =
        Words::Load(resources, base + "words" + file, "data/lang/" + code + "/inflect.tsv");
    if (!words) return words.error();
    Result<PatternTable> table = PatternTable::Load(resources, patterns, *words);
    if (!table) return table.error();
    for (const Pattern& pattern : table->patterns()) {
      if (!ontology->Meaning(pattern.code)) {
        return Error{ErrorCode::kInvalidInput, "no such code: " + pattern.code, pattern.where};
      }
    }
    Language language{std::move(*words), std::move(*table), {}, {}, {}};
    if (resources.Has(base + "contexts" + file)) {
      Result<Tsv> contexts = Tsv::Load(resources, base + "contexts" + file, {"context", "words"});
      if (!contexts) return contexts.error();
      for (const Tsv::Row& row : contexts->rows()) {
        if (!ontology->KnowsContext(row[0])) return contexts->ErrorAt(row, "no such context");
        for (std::string_view word : SplitCell(row[1])) {
          language.contexts[std::string(word)].emplace_back(row[0]);
        }
      }
    }
    const std::string drop = "data/lang/" + code + "/nonpolitical.tsv";
    if (resources.Has(drop)) {
      Result<Tsv> table_of_words = Tsv::Load(resources, drop, {"weight", "words"});
      if (!table_of_words) return table_of_words.error();
      for (const Tsv::Row& row : table_of_words->rows()) {
        WordSet& set = row[0] == "strong" ? language.nonpolitical : language.nonpolitical_weak;
        for (std::string_view word : SplitCell(row[1])) set.emplace(word);
      }
    }
    languages.emplace(code, std::move(language));
  }
  return std::unique_ptr<Stage>(std::make_unique<EventStage>(
      std::move(*ontology), std::move(*confidence), std::move(languages)));
}

}  // namespace kronik
