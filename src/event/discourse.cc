#include "event/discourse.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "event/candidate.h"

namespace kronik {
namespace {

constexpr size_t kReach = 3;  // sentences
constexpr size_t kMaxVisits = 50;

using Codes = std::set<std::string_view>;

Codes CodesOf(const Document& document, const std::vector<ActorRef>& refs) {
  Codes out;
  for (const ActorRef& ref : refs) out.insert(document.actors[ref.actor].code);
  out.erase("");
  return out;
}

bool Meet(const Codes& a, const Codes& b) {
  return std::ranges::any_of(a, [&](std::string_view code) { return b.contains(code); });
}

bool IsWord(const Event& event) { return event.quad_category == 1 || event.quad_category == 3; }

size_t SentenceOf(const Document& document, const Event& event) {
  const auto found =
      std::ranges::lower_bound(document.sentences, event.sentence.start, {}, &Sentence::start);
  return static_cast<size_t>(found - document.sentences.begin());
}

// Those of another country than `mine`.
void AddOthers(const Document& document, const std::vector<ActorRef>& refs, const Codes& mine,
               std::vector<ActorRef>& out) {
  for (const ActorRef& ref : refs) {
    const Actor& actor = document.actors[ref.actor];
    if (!actor.carrier && !actor.code.empty() && !mine.contains(actor.code)) AddRef(ref, out);
  }
}

// The other side of an event in which `mine` are one.
std::vector<ActorRef> OtherSide(const Document& document, const Event& event, const Codes& mine) {
  const bool acts = Meet(CodesOf(document, event.actor), mine);
  const bool receives = Meet(CodesOf(document, event.recipient), mine);
  std::vector<ActorRef> out;
  if (receives && !acts) AddOthers(document, event.actor, mine, out);
  if (acts && !receives) {
    AddOthers(document, event.recipient.empty() ? event.actor : event.recipient, mine, out);
  }
  return out;
}

struct Visit {
  size_t at = 0;  // into the events
  std::string event_type;
  EventStatus status = EventStatus::kAsserted;
  Codes visitors, hosts, parties;
};

std::vector<Visit> VisitsIn(const Document& document, const Functions& functions,
                            const std::vector<Event>& events) {
  std::vector<Visit> out;
  for (size_t i = 0; i < events.size() && out.size() < kMaxVisits; ++i) {
    const Event& event = events[i];
    if (event.mode != functions.visit_mode || Functions::Holds(functions.hosts, event.cameo)) {
      continue;
    }
    Visit visit{i,
                event.event_type,
                event.status,
                CodesOf(document, event.actor),
                CodesOf(document, event.recipient),
                {}};
    if (visit.visitors.size() != 1 || visit.hosts.size() != 1) continue;
    visit.parties = visit.visitors;
    visit.parties.merge(Codes(visit.hosts));
    if (visit.parties.size() == 2) out.push_back(std::move(visit));
  }
  return out;
}

// Whether a word is about something that was told: "welcomed the deal", "mengecam serangan itu".
bool PointsBack(const Document& document, const Event& event) {
  const std::vector<Token>& tokens = document.tokens;
  const auto trigger = static_cast<int32_t>(
      std::ranges::lower_bound(tokens, event.trigger.start, {}, &Token::start) - tokens.begin());
  auto word = std::ranges::lower_bound(tokens, event.sentence.start, {}, &Token::start);
  for (; word != tokens.end() && word->start < event.sentence.end; ++word) {
    const bool definite =
        word->Is("det") && (word->Feat("Definite") == "Def" || word->Feat("PronType") == "Dem");
    if (!definite || word->head < 0) continue;
    const Token& noun = tokens[static_cast<size_t>(word->head)];
    if (noun.head == trigger && noun.Is("obj")) return true;
  }
  return false;
}

bool IsConflict(const Event& event) { return event.quad_category > 2; }

// Whom a third party's word about an event is to: praise to all who agreed, else who acted.
std::vector<ActorRef> Doers(const Document& document, const Event& event, const Event& word,
                            const Codes& mine) {
  std::vector<ActorRef> out;
  AddOthers(document, event.actor, mine, out);
  if (!IsConflict(event) && !IsConflict(word)) AddOthers(document, event.recipient, mine, out);
  return out;
}

// "A mediated the talks": between the two sides told last that A is none of.
void FindRivals(const Document& document, std::vector<Event>& events, size_t i) {
  const Codes mine = CodesOf(document, events[i].actor);
  for (size_t before = i; before-- > 0 && events[i].recipient.empty();) {
    const Event& other = events[before];
    if (SentenceOf(document, other) + kReach < SentenceOf(document, events[i])) return;
    Codes sides = CodesOf(document, other.actor);
    sides.merge(CodesOf(document, other.recipient));
    if (sides.size() != 2 || Meet(sides, mine)) continue;
    AddOthers(document, other.actor, mine, events[i].recipient);
    AddOthers(document, other.recipient, mine, events[i].recipient);
  }
}

bool TakesPlace(const Event& event) {
  return event.status == EventStatus::kAsserted || event.status == EventStatus::kPlanned;
}

}  // namespace

void FindCounterparts(const Document& document, const Functions& functions,
                      std::vector<Event>& events) {
  for (size_t i = 0; i < events.size(); ++i) {
    Event& event = events[i];
    const Codes mine = CodesOf(document, event.actor);
    if (Functions::Holds(functions.mediates, event.cameo) && event.recipient.empty() &&
        !mine.empty()) {
      FindRivals(document, events, i);
      continue;
    }
    // Two actors deal with each other.
    if (!IsWord(event) || !event.recipient.empty() || event.actor.size() != 1 || mine.empty()) {
      continue;
    }
    const size_t sentence = SentenceOf(document, event);
    for (size_t before = i; before-- > 0 && event.recipient.empty();) {
      if (SentenceOf(document, events[before]) + kReach < sentence) break;
      event.recipient = OtherSide(document, events[before], mine);
    }
    if (!event.recipient.empty() || !PointsBack(document, event)) continue;
    // Praise is of what is good, blame of what is bad.
    for (size_t before = i; before-- > 0 && event.recipient.empty();) {
      const Event& other = events[before];
      if (SentenceOf(document, other) + kReach < sentence) break;
      if (!TakesPlace(other) || IsConflict(other) != IsConflict(event)) continue;
      event.recipient = Doers(document, other, event, mine);
    }
  }
}

void OrientTalks(const Document& document, const Functions& functions, std::vector<Event>& events) {
  const std::vector<Visit> visits = VisitsIn(document, functions, events);
  for (size_t i = 0; i < events.size(); ++i) {
    Event& talk = events[i];
    if (!talk.recipient.empty()) continue;
    const Codes parties = CodesOf(document, talk.actor);
    const Visit* nearest = nullptr;
    for (const Visit& visit : visits) {
      if (visit.event_type != talk.event_type || visit.status != talk.status ||
          visit.parties != parties) {
        continue;
      }
      // One told before counts for more than one told after.
      if (nearest == nullptr || visit.at < i) nearest = &visit;
    }
    if (nearest == nullptr) continue;
    std::vector<ActorRef> visitors, hosts;
    AddOthers(document, talk.actor, nearest->hosts, visitors);
    AddOthers(document, talk.actor, nearest->visitors, hosts);
    talk.actor = std::move(visitors);
    talk.recipient = std::move(hosts);
    talk.mode = functions.visit_mode;
  }
}

}  // namespace kronik
