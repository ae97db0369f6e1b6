#include "event/roles.h"

#include <algorithm>
#include <string>
#include <utility>

namespace kronik {
namespace {

constexpr uint32_t kMaxGap = 4;     // words between a subject and its verb, without a tree
constexpr size_t kMaxContent = 80;  // words looked through for a recipient
constexpr int kMaxPhrase = 4;       // levels of a clause looked through for where it is set

}  // namespace

void RoleFinder::Find(Candidate& candidate) const {
  std::vector<ActorRef> whose;  // of a noun, without a preposition: whose it is
  FindActor(candidate, whose);
  candidate.roles.own = candidate.roles.actor.size();
  if (candidate.match.pattern->symmetric) FindPartners(candidate, whose);
  FindRecipient(candidate, whose);
  if (candidate.match.pattern->Flag("swap")) {
    std::swap(candidate.roles.actor, candidate.roles.recipient);
  }
}

// ---- slots -------------------------------------------------------------------------------------

void RoleFinder::Take(Candidate& candidate, std::string_view slot,
                      std::vector<ActorRef>& out) const {
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot != slot) continue;
    const size_t before = out.size();
    mentions_.AddPhrase(argument.node, words_, out);
    if (&out == &candidate.roles.actor && out.size() > before && argument.inherited) {
      candidate.roles.inherited = true;
    }
  }
}

void RoleFinder::TakeClass(const Match& match, std::string_view name,
                           std::vector<ActorRef>& out) const {
  const WordSet& set = words_.Class(name);
  for (const Argument& argument : match.arguments) {
    if (set.contains(argument.slot)) mentions_.AddPhrase(argument.node, words_, out);
  }
}

void RoleFinder::TakeSubject(uint32_t verb, std::vector<ActorRef>& out) const {
  for (const Argument& argument : tree_.Arguments(verb, words_, Voice::kAny)) {
    if (argument.slot == "subj") mentions_.AddPhrase(argument.node, words_, out);
  }
}

// Adds those who don't act themselves and are not what is given.
void RoleFinder::AddRecipients(const Match& match, const std::vector<ActorRef>& found,
                               Roles& roles) const {
  for (const ActorRef& ref : found) {
    if (!Holds(roles.actor, ref.actor) && !Given(match, ref)) AddRef(ref, roles.recipient);
  }
}

// Whether a pattern names what is given, which is not who gets it ("sent aircraft to B").
bool RoleFinder::Gives(const Pattern& pattern) {
  if (!pattern.Flag("recipient") && !pattern.Flag("thing")) return false;
  if (!pattern.recipient.empty() && pattern.recipient.front() == "obj") return false;
  return std::any_of(pattern.needs.begin(), pattern.needs.end(),
                     [](const Need& need) { return need.slot == "obj" && !need.negated; });
}

bool RoleFinder::Given(const Match& match, const ActorRef& ref) const {
  if (!Gives(*match.pattern)) return false;
  const auto holds = [&](uint32_t word) {
    return ref.span.Contains(tree_.document().SpanOf(word, word + 1));
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

// ---- who acts ----------------------------------------------------------------------------------

void RoleFinder::FindActor(Candidate& candidate, std::vector<ActorRef>& whose) const {
  const Match& match = candidate.match;
  Roles& roles = candidate.roles;
  const bool noun = IsNominal(tree_.token(match.trigger));
  const bool passive = !noun && tree_.Passive(match.trigger, match.voice);
  if (!match.pattern->actor.empty()) {
    Take(candidate, match.pattern->actor, roles.actor);
    if (roles.actor.empty() && match.pattern->Flag("victim")) Means(match, roles.actor);
  } else if (noun) {
    NounActor(candidate, whose);
  } else if (passive) {
    PassiveActor(candidate);
  } else {
    Take(candidate, "subj", roles.actor);
  }
  if (roles.actor.empty() && match.pattern->Flag("crowd")) {
    Crowd(match.trigger, roles.actor);
    roles.scene = !roles.actor.empty();
  }
  if (noun || passive) return;
  if (roles.actor.empty()) ActorAbove(candidate);
  if (roles.actor.empty()) ActorOfIssuer(candidate);
  if (roles.actor.empty()) {
    Nearest(candidate.light != kNone ? candidate.light : match.trigger, roles.actor);
    roles.nearest = !roles.actor.empty();
  }
}

// Of a noun: the subject of its light verb, then "by A", then whose it is, then "from A".
void RoleFinder::NounActor(Candidate& candidate, std::vector<ActorRef>& whose) const {
  const Match& match = candidate.match;
  std::vector<ActorRef>& actor = candidate.roles.actor;
  for (const Argument& argument : match.arguments) {
    if (argument.slot == "subj" && argument.inherited) {
      mentions_.AddPhrase(argument.node, words_, actor);
    }
  }
  TakeClass(match, "by", actor);
  Take(candidate, "poss", whose);
  // "A's release of prisoners": whose it is stands before it, and "of" is whom it is done to.
  if (whose.empty()) TakeClass(match, "possessive", whose);
  if (actor.empty()) Take(candidate, "subj", actor);
  if (actor.empty()) ActorBelow(match, actor);
  if (actor.empty()) actor.swap(whose);
  if (actor.empty()) TakeClass(match, "from", actor);
}

// "the expulsion of three diplomats by A", "was given a loan by A": hung on what is acted upon.
void RoleFinder::ActorBelow(const Match& match, std::vector<ActorRef>& out) const {
  for (const Argument& argument : match.arguments) {
    if (argument.inherited || argument.slot == "poss") continue;
    for (uint32_t child : tree_.Children(argument.node)) {
      const std::string preposition(tree_.Case(child));
      if (words_.Class("by").contains(preposition) && !words_.Class("from").contains(preposition)) {
        mentions_.AddPhrase(child, words_, out);
      }
    }
  }
}

void RoleFinder::PassiveActor(Candidate& candidate) const {
  const Match& match = candidate.match;
  std::vector<ActorRef>& actor = candidate.roles.actor;
  Take(candidate, "agent", actor);
  if (actor.empty()) TakeClass(match, "by", actor);
  if (actor.empty()) ActorBelow(match, actor);
  if (actor.empty() && !HasSlot(match.arguments, "agent")) Take(candidate, "subj", actor);
  if (actor.empty()) Means(match, actor);
  // "A dituding B melanggar ...": an agent that the tree took for the subject of what follows.
  const uint32_t next = match.trigger + 1;
  if (actor.empty() && words_.Has("bare-agent") && next < tree_.document().tokens.size() &&
      mentions_.At(next) != nullptr && tree_.token(next).Is("nsubj")) {
    mentions_.AddMention(*mentions_.At(next), actor);
  }
  // "Rwandan peacekeepers were sent to Haiti": those sent act for whose they are.
  if (actor.empty() && (Gives(*match.pattern) || match.pattern->Flag("own"))) {
    std::vector<ActorRef> sent;
    Take(candidate, "obj", sent);
    actor = std::move(sent);
  }
  if (actor.empty() && match.pattern->Flag("outward")) Expeller(candidate);
  // "was arrested in Peru": an act of those who rule there.
  if (!actor.empty() || !match.pattern->Flag("local")) return;
  for (const Argument& argument : match.arguments) {
    if (!words_.Class("place").contains(argument.slot)) continue;
    mentions_.AddPhrase(argument.node, words_, actor);
    if (actor.empty()) mentions_.AddPlace(argument.node, actor);
  }
}

// "were ordered out of Peru": by those of the place, if it isn't their own.
void RoleFinder::Expeller(Candidate& candidate) const {
  std::vector<ActorRef> expelled, place;
  Take(candidate, "obj", expelled);
  for (const std::string_view name : {"from", "possessive"}) {
    if (place.empty()) TakeClass(candidate.match, name, place);
  }
  for (const ActorRef& ref : place) {
    if (!mentions_.SameCountry(expelled, ref)) AddRef(ref, candidate.roles.actor);
  }
}

// "A said it would ...": a pronoun that nobody resolved is who speaks in the clause above.
void RoleFinder::ActorAbove(Candidate& candidate) const {
  const Match& match = candidate.match;
  const auto pronoun =
      std::find_if(match.arguments.begin(), match.arguments.end(), [&](const Argument& argument) {
        return argument.slot == "subj" && tree_.token(argument.node).upos == Upos::kPron;
      });
  const uint32_t head = tree_.Head(match.trigger);
  if (pronoun == match.arguments.end() || head == kNone || tree_.token(head).upos != Upos::kVerb) {
    return;
  }
  TakeSubject(head, candidate.roles.actor);
  if (!candidate.roles.actor.empty()) candidate.roles.inherited = true;
}

// "A issued a declaration demanding ...": who the clause above is about.
void RoleFinder::ActorOfIssuer(Candidate& candidate) const {
  const uint32_t trigger = candidate.match.trigger;
  if (tree_.token(trigger).deprel != "acl") return;
  const uint32_t head = tree_.Head(trigger);
  const uint32_t above = head == kNone ? kNone : tree_.Head(head);
  if (above == kNone || tree_.token(above).upos != Upos::kVerb) return;
  TakeSubject(above, candidate.roles.actor);
  candidate.roles.inherited = !candidate.roles.actor.empty();
}

// "Thousands took to the streets of Lima": a crowd without a name is of the place, but not of the
// embassy that it gathers at.
void RoleFinder::Crowd(uint32_t trigger, std::vector<ActorRef>& out) const {
  std::vector<uint32_t> places;
  for (uint32_t node : tree_.Subtree(trigger, kMaxContent, kMaxPhrase)) {
    if (!tree_.token(node).Is("obl") && !tree_.token(node).Is("nmod")) continue;
    const uint32_t head = tree_.Head(node);
    const bool near = words_.Class("scene").contains(std::string(tree_.Case(node)));
    const bool street = head != kNone && tree_.In(head, words_.Class("street"));
    if (near || street) places.push_back(node);
  }
  std::sort(places.begin(), places.end());
  for (uint32_t node : places) {
    if (const ActorMention* mention = mentions_.At(node)) mentions_.AddMention(*mention, out);
    if (out.empty()) mentions_.AddPlace(node, out);
    if (!out.empty()) return;
  }
}

// "was killed in a Peruvian air strike": whose act it was.
void RoleFinder::Means(const Match& match, std::vector<ActorRef>& out) const {
  const WordSet& acts = words_.Class("attackn");
  for (const Argument& argument : match.arguments) {
    if (!words_.Class("means").contains(argument.slot) || !tree_.In(argument.node, acts)) continue;
    for (const Argument& part : tree_.Arguments(argument.node, words_, Voice::kAny)) {
      if (part.inherited) continue;
      if (part.slot == "poss" || words_.Class("by").contains(part.slot) ||
          words_.Class("possessive").contains(part.slot)) {
        mentions_.AddPhrase(part.node, words_, out);
      }
    }
    if (!out.empty()) return;
  }
}

// The mention that stands right before a verb, with nothing but auxiliaries and adverbs between:
// the subject, where the tree has none.
void RoleFinder::Nearest(uint32_t trigger, std::vector<ActorRef>& out) const {
  for (uint32_t at = trigger, step = 0; at-- > 0 && step < kMaxGap; ++step) {
    if (const ActorMention* found = mentions_.At(at)) {
      mentions_.AddMention(*found, out);
      for (uint32_t t = found->first; t < found->last; ++t) {
        const uint32_t head = tree_.Head(t);
        if (tree_.token(t).Is("conj") && head != kNone && head < found->first &&
            mentions_.At(head) != nullptr) {
          mentions_.AddMention(*mentions_.At(head), out);
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
    if (mentions_.At(child) != nullptr) {
      mentions_.AddPhrase(child, words_, out);
      return;
    }
  }
}

// With whom a mutual act is done: "with B", "between A and B", "A met B".
void RoleFinder::FindPartners(Candidate& candidate, const std::vector<ActorRef>& whose) const {
  std::vector<ActorRef>& actor = candidate.roles.actor;
  TakeClass(candidate.match, "between", actor);
  TakeClass(candidate.match, "with", actor);
  if (!IsNominal(tree_.token(candidate.match.trigger))) Take(candidate, "obj", actor);
  for (const ActorRef& ref : whose) AddRef(ref, actor);
  // "In a telephone call with B, A said ..."
  const Token& trigger = tree_.token(candidate.match.trigger);
  const uint32_t head = tree_.Head(candidate.match.trigger);
  if (actor.size() == 1 && trigger.Is("obl") && head != kNone && IsNominal(trigger)) {
    TakeSubject(head, actor);
  }
}

// ---- who is acted upon -------------------------------------------------------------------------

void RoleFinder::FindRecipient(Candidate& candidate, const std::vector<ActorRef>& whose) const {
  const Match& match = candidate.match;
  const Pattern& pattern = *match.pattern;
  Roles& roles = candidate.roles;
  for (const std::string& slot : pattern.recipient) {
    if (slot == "comp") {
      OfClause(candidate);
    } else {
      OfSlot(candidate, slot, whose);
      if (roles.recipient.empty()) Deeper(candidate, slot, true);
    }
    if (!roles.recipient.empty()) break;
  }
  for (const std::string& slot : pattern.recipient) {
    if (!roles.recipient.empty()) break;
    Deeper(candidate, slot, false);
  }
  if (roles.recipient.empty() && !pattern.recipient.empty()) OfObject(candidate);
  if (roles.recipient.empty() && !IsNominal(tree_.token(match.trigger)) &&
      tree_.Passive(match.trigger, match.voice)) {
    std::vector<ActorRef> found;
    Take(candidate, "obj", found);
    AddRecipients(match, found, roles);
  }
  const bool together = pattern.symmetric && roles.actor.size() > 1;
  if (together) {
    std::erase_if(roles.recipient, [&](const ActorRef& ref) {
      return !mentions_.ActorOf(ref).code.empty() && mentions_.SameCountry(roles.actor, ref);
    });
  }
  if (roles.recipient.empty() && !pattern.recipient.empty() && !together) {
    Content(candidate);
    if (roles.recipient.empty() && pattern.Flag("condition")) OfCondition(candidate);
    if (roles.recipient.empty() && pattern.Flag("crowd")) OfDemand(candidate);
    if (roles.recipient.empty()) OfMaker(candidate);
    if (roles.recipient.empty()) Placed(candidate);
    roles.content = !roles.recipient.empty();
  }
}

void RoleFinder::OfSlot(Candidate& candidate, std::string_view slot,
                        const std::vector<ActorRef>& whose) const {
  std::vector<ActorRef> found;
  Take(candidate, slot, found);
  // "poss" beside an actor that the noun's own light verb gave.
  if (slot == "poss") found.insert(found.end(), whose.begin(), whose.end());
  AddRecipients(candidate.match, found, candidate.roles);
  // "shells at Quito", "blew up a bridge in Lima"
  if (!candidate.roles.recipient.empty()) return;
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot == slot) AddTarget(argument.node, candidate.roles);
  }
}

// The state of a town that is aimed at, if it is not the actor's own.
void RoleFinder::AddTarget(uint32_t node, Roles& roles) const {
  std::vector<ActorRef> place;
  mentions_.AddPlace(node, place);
  for (const ActorRef& ref : place) {
    if (!mentions_.AtHome(roles.actor, ref)) AddRef(ref, roles.recipient);
  }
}

// Whoever does what the clause below tells.
void RoleFinder::OfClause(Candidate& candidate) const {
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot != "comp") continue;
    const std::vector<Argument> clause = tree_.Arguments(argument.node, words_, Voice::kAny);
    const std::string_view does = !tree_.Passive(argument.node, Voice::kAny) ? "subj"
                                  : HasSlot(clause, "agent")                 ? "agent"
                                                                             : "obj";
    for (const Argument& below : clause) {
      if (below.slot != does) continue;
      std::vector<ActorRef> found;
      mentions_.AddPhrase(below.node, words_, found);
      AddRecipients(candidate.match, found, candidate.roles);
    }
  }
}

// The recipient further down, where the parser hung it on a noun of the content ("sent crates of
// rice to B"): of the object, or of any.
void RoleFinder::Deeper(Candidate& candidate, std::string_view preposition, bool of_object) const {
  const Match& match = candidate.match;
  Roles& roles = candidate.roles;
  for (const Argument& argument : match.arguments) {
    if (argument.slot == "subj" || argument.slot == "agent" || argument.slot == "comp") continue;
    if (of_object && argument.slot != "obj") continue;
    for (uint32_t node : tree_.Subtree(argument.node, 40, 4)) {
      if (node == argument.node || tree_.Case(node) != preposition) continue;
      std::vector<ActorRef> found;
      mentions_.AddPhrase(node, words_, found);
      AddRecipients(match, found, roles);
      if (roles.recipient.empty()) AddTarget(node, roles);
      if (!roles.recipient.empty()) return;
    }
  }
  if (of_object) return;
  // "is scheduled to travel to B": of the verb that the pattern asks for.
  for (uint32_t with : match.with) {
    if (with == match.trigger || tree_.token(with).upos != Upos::kVerb) continue;
    for (const Argument& argument : tree_.Arguments(with, words_, Voice::kAny)) {
      if (argument.slot != preposition) continue;
      std::vector<ActorRef> found;
      mentions_.AddPhrase(argument.node, words_, found);
      for (const ActorRef& ref : found) {
        if (!Holds(roles.actor, ref.actor)) AddRef(ref, roles.recipient);
      }
      if (roles.recipient.empty()) mentions_.AddPlace(argument.node, roles.recipient);
    }
    if (!roles.recipient.empty()) return;
  }
}

// Whoever the object names, but where the pattern doesn't ask for it, not what is the actor's own
// ("withdrew its soldiers").
void RoleFinder::OfObject(Candidate& candidate) const {
  const Match& match = candidate.match;
  Roles& roles = candidate.roles;
  const std::vector<std::string>& slots = match.pattern->recipient;
  const bool asked = std::find(slots.begin(), slots.end(), "obj") != slots.end();
  for (const Argument& argument : match.arguments) {
    if (argument.slot != "obj") continue;
    std::vector<ActorRef> found;
    mentions_.AddPhrase(argument.node, words_, found);
    if (!asked) {
      std::erase_if(found,
                    [&](const ActorRef& ref) { return mentions_.SameCountry(roles.actor, ref); });
    }
    AddRecipients(match, found, roles);
  }
}

// The other party that the act's own words name, wherever the tree hung it ("vowed to deepen the
// friendship with B"): the first of another country than the actor's.
void RoleFinder::Content(Candidate& candidate) const {
  Roles& roles = candidate.roles;
  std::vector<uint32_t> queue = {candidate.match.trigger};
  std::vector<uint32_t> found;
  for (size_t i = 0; i < queue.size() && queue.size() < kMaxContent; ++i) {
    for (uint32_t child : tree_.Children(queue[i])) {
      const Token& word = tree_.token(child);
      if (word.Is("nsubj") || word.Is("parataxis") || word.deprel == "acl:relcl") continue;
      if (word.Is("advcl") || (word.Is("conj") && i == 0)) continue;
      const std::string preposition(tree_.Case(child));
      if (words_.Class("place").contains(preposition)) continue;
      // What stands before a verb is rather its subject than its object.
      if (i == 0 && child < queue[0] && tree_.token(queue[0]).upos == Upos::kVerb) continue;
      queue.push_back(child);
      if (mentions_.At(child) != nullptr) found.push_back(child);
    }
  }
  std::sort(found.begin(), found.end());
  const auto foreign = [&](const ActorRef& ref) {
    return !mentions_.SameCountry(roles.actor, ref);
  };
  for (uint32_t node : found) {
    std::vector<ActorRef> named;
    mentions_.AddMention(*mentions_.At(node), named);
    if (std::none_of(named.begin(), named.end(), foreign)) continue;
    named.clear();
    mentions_.AddPhrase(node, words_, named);
    for (const ActorRef& ref : named) {
      if (foreign(ref)) AddRef(ref, roles.recipient);
    }
    return;
  }
}

// "threatened to close the strait if B attacked": whoever is to mind it.
void RoleFinder::OfCondition(Candidate& candidate) const {
  Roles& roles = candidate.roles;
  for (uint32_t node : tree_.Subtree(candidate.match.trigger, kMaxContent, kMaxPhrase)) {
    if (tree_.Child(node, words_.Class("if")) == kNone) continue;
    std::vector<ActorRef> found;
    TakeSubject(node, found);
    for (const ActorRef& ref : found) {
      // Whoever doesn't govern may threaten the government at home.
      const bool own = mentions_.SameCountry(roles.actor, ref) &&
                       (mentions_.Officials(roles.actor) || !mentions_.Officials({ref}));
      if (!own && !Holds(roles.actor, ref.actor)) AddRef(ref, roles.recipient);
    }
    if (!roles.recipient.empty()) return;
  }
}

// "struck to demand the president's resignation": the government that a crowd turns to.
void RoleFinder::OfDemand(Candidate& candidate) const {
  Roles& roles = candidate.roles;
  const uint32_t trigger = candidate.match.trigger;
  for (uint32_t child : tree_.Children(trigger)) {
    const Token& word = tree_.token(child);
    if (child < trigger || word.Is("nsubj") || word.Is("parataxis") || word.Is("conj")) continue;
    for (uint32_t node : tree_.Subtree(child, kMaxContent, kMaxPhrase)) {
      if (mentions_.At(node) == nullptr) continue;
      if (words_.Class("place").contains(std::string(tree_.Case(node)))) continue;
      std::vector<ActorRef> found;
      mentions_.AddMention(*mentions_.At(node), found);
      const bool governs = mentions_.Officials(found) && !mentions_.Officials(roles.actor);
      for (const ActorRef& ref : found) {
        if (governs && !Holds(roles.actor, ref.actor)) AddRef(ref, roles.recipient);
      }
      if (!roles.recipient.empty()) return;
    }
  }
}

// "rejected an offer that B had made": of a word about something, whoever made that.
void RoleFinder::OfMaker(Candidate& candidate) const {
  Roles& roles = candidate.roles;
  const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
  if (meaning == nullptr || meaning->quad_category % 2 == 0) return;
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot != "obj") continue;
    for (uint32_t child : tree_.Children(argument.node)) {
      if (!tree_.token(child).deprel.starts_with("acl") || child < argument.node) continue;
      for (const Argument& part : tree_.Arguments(child, words_, Voice::kAny)) {
        if (part.inherited || (part.slot != "subj" && part.slot != "agent")) continue;
        std::vector<ActorRef> found;
        mentions_.AddPhrase(part.node, words_, found);
        for (const ActorRef& ref : found) {
          if (!mentions_.SameCountry(roles.actor, ref)) AddRef(ref, roles.recipient);
        }
      }
    }
  }
}

// Where what is acted upon is ("a village in Chad"), and where a material conflict takes place:
// what is done there is done to those who are there. Where parties sign or meet is none of them.
void RoleFinder::Placed(Candidate& candidate) const {
  if (candidate.match.pattern->symmetric) return;
  Roles& roles = candidate.roles;
  const WordSet& place = words_.Class("place");
  const auto take = [&](uint32_t node) {
    std::vector<ActorRef> found;
    mentions_.AddPhrase(node, words_, found);
    if (found.empty()) mentions_.AddPlace(node, found);
    for (const ActorRef& ref : found) {
      if (!mentions_.AtHome(roles.actor, ref) && !Holds(roles.actor, ref.actor)) {
        AddRef(ref, roles.recipient);
      }
    }
  };
  const CodeMeaning* meaning = ontology_.Meaning(candidate.code);
  const bool conflict = meaning != nullptr && meaning->quad_category == 4;
  const std::vector<std::string>& frame = candidate.match.pattern->recipient;
  for (const Argument& argument : candidate.match.arguments) {
    if (argument.slot == "obj" || std::ranges::find(frame, argument.slot) != frame.end()) {
      for (uint32_t child : tree_.Children(argument.node)) {
        if (tree_.token(child).Is("nmod") && place.contains(std::string(tree_.Case(child)))) {
          take(child);
        }
      }
    } else if (conflict && place.contains(argument.slot)) {
      take(argument.node);
      // "at a depot in A's south"
      for (uint32_t child : tree_.Children(argument.node)) {
        if (roles.recipient.empty() && tree_.token(child).Is("nmod") &&
            place.contains(std::string(tree_.Case(child)))) {
          take(child);
        }
      }
    }
    if (!roles.recipient.empty()) return;
  }
}

}  // namespace kronik
