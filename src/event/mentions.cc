#include "event/mentions.h"

#include <algorithm>
#include <string>

#include "event/candidate.h"

namespace kronik {
namespace {

constexpr uint32_t kMaxGap = 4;  // words between two names that "and" joins
constexpr int kMaxDepth = 4;     // levels of a phrase that are looked through for a name

}  // namespace

Mentions::Mentions(const Document& document, const Tree& tree, const Ontology& ontology)
    : document_(document),
      tree_(tree),
      ontology_(ontology),
      mention_of_(document.tokens.size(), kNone),
      place_of_(document.tokens.size(), kNone),
      location_of_(document.tokens.size(), kNone),
      speaker_of_(document.tokens.size(), kNone),
      statements_of_(document.sentences.size()) {
  IndexMentions();
  IndexLocations();
  IndexStatements();
}

void Mentions::IndexMentions() {
  for (uint32_t m = 0; m < document_.actor_mentions.size(); ++m) {
    const ActorMention& mention = document_.actor_mentions[m];
    if (mention.actors.empty() || mention.last > document_.tokens.size()) continue;
    if (Passes(mention)) continue;
    for (uint32_t t = mention.first; t < mention.last; ++t) {
      const ActorMention* known = At(t);
      if (known == nullptr || mention.head == t ||
          (known->head != t && known->span.size() > mention.span.size())) {
        mention_of_[t] = m;
      }
    }
  }
}

void Mentions::IndexLocations() {
  for (uint32_t m = 0; m < document_.mentions.size(); ++m) {
    const Mention& mention = document_.mentions[m];
    if (mention.kind != NameKind::kLoc || mention.span.layer != Layer::kBody) continue;
    for (uint32_t t = mention.first; t < mention.last && t < location_of_.size(); ++t) {
      location_of_[t] = m;
    }
  }
  for (uint32_t p = 0; p < document_.places.size(); ++p) {
    const ActorMention& place = document_.places[p];
    for (uint32_t t = place.first; t < place.last && t < place_of_.size(); ++t) place_of_[t] = p;
  }
}

void Mentions::IndexStatements() {
  const std::vector<Sentence>& sentences = document_.sentences;
  const std::vector<Token>& tokens = document_.tokens;
  for (uint32_t s = 0; s < document_.statements.size(); ++s) {
    const Statement& statement = document_.statements[s];
    if (statement.source.actor >= document_.actors.size()) continue;
    for (const Span& content : statement.content) {
      auto sentence = std::ranges::upper_bound(sentences, content.start, {}, &Sentence::end);
      for (; sentence != sentences.end() && sentence->start < content.end; ++sentence) {
        std::vector<uint32_t>& of =
            statements_of_[static_cast<size_t>(sentence - sentences.begin())];
        if (of.empty() || of.back() != s) of.push_back(s);
      }
      auto token = std::ranges::lower_bound(tokens, content.start, {}, &Token::start);
      for (; token != tokens.end() && token->end <= content.end; ++token) {
        speaker_of_[static_cast<size_t>(token - tokens.begin())] = statement.source.actor;
      }
    }
  }
}

// Whether a mention only passes the report on.
bool Mentions::Passes(const ActorMention& mention) const {
  return std::all_of(mention.actors.begin(), mention.actors.end(), [&](uint32_t actor) {
    return actor < document_.actors.size() && document_.actors[actor].carrier;
  });
}

void Mentions::AddMention(const ActorMention& mention, std::vector<ActorRef>& out) const {
  for (uint32_t actor : mention.actors) {
    if (actor < document_.actors.size()) AddRef({actor, mention.span}, out);
  }
}

void Mentions::AddPlace(uint32_t token, std::vector<ActorRef>& out) const {
  if (place_of_[token] == kNone) return;
  AddMention(document_.places[place_of_[token]], out);
}

std::string_view Mentions::LocationAt(uint32_t token) const {
  if (location_of_[token] == kNone) return {};
  return document_.Cut(document_.mentions[location_of_[token]].span);
}

// "We" in somebody's words is who says them; "US" is no "us".
bool Mentions::AddSpeaker(uint32_t token, const Words& words, std::vector<ActorRef>& out) const {
  if (At(token) != nullptr || !tree_.In(token, words.Class("speaker"))) return false;
  if (speaker_of_[token] != kNone) {
    AddRef({speaker_of_[token], document_.SpanOf(token, token + 1)}, out);
  }
  return true;
}

// The phrases joined by "and" to one that spans the tokens [first, last).
void Mentions::Joined(uint32_t first, uint32_t last, std::vector<uint32_t>& out) const {
  for (uint32_t at = first; at < last; ++at) {
    // "Ethiopian and Eritrean forces": the first of them may hang on the second's noun.
    const uint32_t head = tree_.Head(at);
    if (tree_.token(at).Is("conj") && head != kNone && head < first && first - head < kMaxGap &&
        At(head) != nullptr && tree_.token(head).upos == Upos::kAdj) {
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

// The actors of the phrases joined to another, and of those joined to them.
void Mentions::AddJoined(std::vector<uint32_t> joined, std::vector<ActorRef>& out) const {
  for (size_t i = 0; i < joined.size() && i < kMaxActors; ++i) {
    const uint32_t node = joined[i];
    if (const ActorMention* mention = At(node)) {
      AddMention(*mention, out);
      Joined(mention->first, mention->last, joined);
      continue;
    }
    for (uint32_t child : tree_.Children(node)) {
      const Token& word = tree_.token(child);
      const bool part = word.Is("compound") || word.Is("amod") || word.Is("flat") ||
                        word.Is("nmod") || word.Is("appos");
      if (part && At(child) != nullptr) AddMention(*At(child), out);
    }
    Joined(node, node + 1, joined);
  }
}

// The parts of a phrase that may name whose it is; not its topic, nor where it is.
void Mentions::Inside(uint32_t at, bool top, const Words& words, std::vector<uint32_t>& out) const {
  for (uint32_t child : tree_.Children(at)) {
    const Token& word = tree_.token(child);
    if (top && word.Is("conj")) continue;
    const bool part = word.Is("nmod") || word.Is("compound") || word.Is("amod") ||
                      word.Is("flat") || word.Is("appos") || word.Is("conj") || word.Is("det") ||
                      (word.Is("obl") && tree_.token(at).upos != Upos::kVerb);
    if (!part) continue;
    const std::string preposition(tree_.Case(child));
    if (words.Class("topic").contains(preposition) || words.Class("place").contains(preposition)) {
      continue;
    }
    out.push_back(child);
  }
}

void Mentions::AddPhrase(uint32_t node, const Words& words, std::vector<ActorRef>& out) const {
  if (AddSpeaker(node, words, out)) return;
  // A guest from Norway is not Norway.
  if (At(node) == nullptr && tree_.In(node, words.Class("private"))) return;
  std::vector<uint32_t> level = {node};
  std::vector<uint32_t> joined;
  const size_t start = out.size();
  for (int depth = 0; depth < kMaxDepth && !level.empty(); ++depth) {
    std::vector<uint32_t> next;
    const size_t before = out.size();
    for (uint32_t at : level) {
      if (const ActorMention* mention = At(at)) {
        AddMention(*mention, out);
        Joined(mention->first, mention->last, joined);
        if (depth > 0) continue;
      } else if (depth == 0) {
        Joined(at, at + 1, joined);
      }
      Inside(at, depth == 0, words, next);
    }
    // A name that stands for nobody known may have the country beside it.
    if (Political({out.begin() + static_cast<ptrdiff_t>(before), out.end()})) break;
    level = std::move(next);
  }
  DropUnknown(start, out);
  AddJoined(std::move(joined), out);
}

// Where somebody is known, the bodies of which nothing is known don't count.
void Mentions::DropUnknown(size_t start, std::vector<ActorRef>& refs) const {
  const auto first = refs.begin() + static_cast<ptrdiff_t>(start);
  if (!Political({first, refs.end()})) return;
  refs.erase(std::remove_if(first, refs.end(),
                            [&](const ActorRef& ref) {
                              return ActorOf(ref).kind == ActorKind::kOrganisation &&
                                     !Political({ref});
                            }),
             refs.end());
}

bool Mentions::Political(const std::vector<ActorRef>& refs) const {
  return std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
    return !ActorOf(ref).code.empty() || !ActorOf(ref).sectors.empty();
  });
}

bool Mentions::Acts(const std::vector<ActorRef>& refs) const {
  return std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
    const Actor& actor = ActorOf(ref);
    return actor.kind != ActorKind::kState && !actor.sectors.empty() &&
           !ontology_.SectorIs(actor.sectors.front(), "private");
  });
}

bool Mentions::Officials(const std::vector<ActorRef>& refs) const {
  return !refs.empty() && std::all_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
    const Actor& actor = ActorOf(ref);
    if (actor.sectors.empty()) return actor.kind == ActorKind::kState;
    return ontology_.SectorIs(actor.sectors.front(), "official");
  });
}

bool Mentions::Outlaws(const std::vector<ActorRef>& refs) const {
  return !refs.empty() && std::all_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
    const std::vector<std::string>& sectors = ActorOf(ref).sectors;
    return !sectors.empty() && ontology_.SectorIs(sectors.front(), "outlaw");
  });
}

bool Mentions::SameCountry(const std::vector<ActorRef>& refs, const ActorRef& other) const {
  const std::string& code = ActorOf(other).code;
  return code.empty() || std::any_of(refs.begin(), refs.end(), [&](const ActorRef& ref) {
           return ref.actor == other.actor || ActorOf(ref).code == code;
         });
}

bool Mentions::Impersonal(uint32_t node, const Words& words) const {
  const WordSet& forces = words.Class("impersonal");
  if (const ActorMention* mention = At(node)) {
    std::vector<ActorRef> named;
    AddMention(*mention, named);
    if (Political(named)) return false;
  }
  if (tree_.In(node, forces)) return true;
  const bool name = tree_.token(node).upos == Upos::kPropn;
  const bool measure =
      tree_.In(node, words.Class("container")) || tree_.In(node, words.Class("attackn"));
  const std::vector<uint32_t>& children = tree_.Children(node);
  return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
    const Token& word = tree_.token(child);
    const bool part = word.Is("compound") || word.Is("nmod");
    return (word.Is("conj") || ((name || measure) && part) || (name && word.Is("flat"))) &&
           tree_.In(child, forces);
  });
}

bool Mentions::Unpolitical(uint32_t node, const Words& words) const {
  return At(node) == nullptr &&
         (tree_.In(node, words.Class("thing")) || tree_.In(node, words.Class("private")));
}

}  // namespace kronik
