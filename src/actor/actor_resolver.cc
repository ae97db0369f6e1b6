#include "actor/actor_resolver.h"

#include <algorithm>
#include <utility>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kMaxAliases = 30;
constexpr size_t kSpeakerReach = 16;  // phrases looked through for who tells of one
constexpr size_t kOpening = 2;        // sentences that tell where a report is set

bool IsFull(std::string_view name) { return name.find(' ') != std::string_view::npos; }

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part + "|";
  return out;
}

ActorKind KindOf(const Role& role) {
  return role.kind == RoleKind::kPerson ? ActorKind::kPerson
         : role.kind == RoleKind::kBody ? ActorKind::kOrganisation
                                        : ActorKind::kGroup;
}

// What makes two mentions of a state, people or organisation the same actor.
std::string StateKey(const NameEntry& entry, const std::string& name) {
  const bool state = entry.kind != EntryKind::kOrganisation &&
                     (entry.actor == ActorKind::kState || entry.actor == ActorKind::kGroup);
  if (!state) return "O|" + entry.name;
  return "S|" + entry.code + "|" + Joined(entry.sectors) + (entry.code == "-" ? name : "");
}

// "Russian" alone.
bool IsAdjective(const Phrase& phrase) {
  return phrase.roles.empty() && phrase.name == nullptr && phrase.country != nullptr &&
         phrase.country->kind == EntryKind::kAdjective;
}

MentionForm FormOf(const Phrase& phrase) {
  if (phrase.reference) return MentionForm::kPronoun;
  if (phrase.name != nullptr && phrase.same_as < 0) return MentionForm::kName;
  if (!phrase.roles.empty()) return MentionForm::kNominal;
  const bool people = phrase.country != nullptr && (phrase.country->kind == EntryKind::kAdjective ||
                                                    phrase.country->kind == EntryKind::kPeople);
  return people ? MentionForm::kNominal : MentionForm::kName;
}

}  // namespace

void ActorResolver::Resolve() {
  CountCodes();
  RegisterPersons();
  for (size_t i = 0; i < read_.phrases.size(); ++i) ResolvePhrase(i);
  for (const Phrase& phrase : read_.places) Place(phrase);
}

// ---- persons -----------------------------------------------------------------------------------

// All persons named in full, or with an office, before any is looked up by a part of the name.
void ActorResolver::RegisterPersons() {
  for (Phrase& phrase : read_.phrases) {
    if (phrase.name != nullptr && phrase.name->IsName()) RegisterPerson(phrase);
  }
}

void ActorResolver::RegisterPerson(Phrase& phrase) {
  const std::string name = NameText(phrase);
  const NameEntry* holder = phrase.name->entry;
  if (!IsFull(name) && phrase.roles.empty() && holder == nullptr) return;
  const std::string key = holder != nullptr ? holder->name : name;
  phrase.actor = KnownPerson(key);
  if (phrase.actor != kNone) {
    LearnMore(phrase, name, actors[phrase.actor]);
  } else {
    std::string role = RoleText(phrase);
    if (role.empty() && holder != nullptr) role = holder->role;
    std::string code = phrase.Code();
    // An office without a country is one of the story's.
    if (code.empty() && phrase.MainRole() != nullptr && !phrase.MainRole()->neutral) {
      code = StoryCode(phrase.sentence, phrase.MainRole());
    }
    phrase.actor = NewActor(ActorKind::kPerson, name, code, phrase.sectors, role);
  }
  person_by_name_[key] = phrase.actor;
  for (const std::string& whole : {key, name}) {
    for (size_t at = 0; at < whole.size();) {
      const size_t end = std::min(whole.find(' ', at), whole.size());
      if (end - at > 1) person_by_part_.emplace(whole.substr(at, end - at), phrase.actor);
      at = end + 1;
    }
  }
}

uint32_t ActorResolver::KnownPerson(const std::string& key) const {
  if (const auto found = person_by_name_.find(key); found != person_by_name_.end()) {
    return found->second;
  }
  const auto part = person_by_part_.find(key);
  return !IsFull(key) && part != person_by_part_.end() ? part->second : kNone;
}

void ActorResolver::LearnMore(const Phrase& phrase, const std::string& name, Actor& actor) {
  if (actor.code.empty()) actor.code = phrase.Code();
  if (actor.sectors.empty()) actor.sectors = phrase.sectors;
  if (actor.role.empty()) actor.role = RoleText(phrase);
  AddName(name, actor);
}

// ---- phrases in order --------------------------------------------------------------------------

void ActorResolver::ResolvePhrase(size_t index) {
  Phrase& phrase = read_.phrases[index];
  if (!phrase.reference) {
    if (phrase.same_as >= 0) {
      phrase.actor = read_.phrases[static_cast<size_t>(phrase.same_as)].actor;
    }
    if (phrase.actor == kNone) {
      Own(index);
      OwnOfSpeaker(index);
      phrase.actor = ActorOf(phrase);
    }
  }
  ActorMention mention = MentionOf(phrase);
  if (mention.actors.empty() || phrase.start < blocked_) return;
  blocked_ = phrase.end;
  Remember(phrase, mention);
  mentions.push_back(std::move(mention));
}

ActorMention ActorResolver::MentionOf(const Phrase& phrase) {
  ActorMention mention;
  mention.span = Span{phrase.start, phrase.end, Layer::kBody, 0};
  mention.first = phrase.first;
  mention.last = phrase.last;
  mention.head = HeadOf(phrase);
  mention.form = FormOf(phrase);
  if (phrase.reference) {
    mention.actors = recall_.Refer(phrase.what, phrase.sentence, SubjectOver(mention.head));
    if (phrase.what == kStates) {
      for (uint32_t& actor : mention.actors) actor = StateOf(actor);
    }
  } else if (phrase.actor != kNone) {
    mention.actors = {phrase.actor};
  }
  return mention;
}

// A nationality alone is in the background: pronouns don't mean it.
void ActorResolver::Remember(const Phrase& phrase, const ActorMention& mention) {
  const bool subject = IsSubject(mention.head);
  const Token& head = document_.tokens[mention.head];
  const bool attribute =
      (head.Is("compound") || head.Is("amod")) && head.head >= static_cast<int32_t>(phrase.last);
  if (!phrase.reference && !IsAdjective(phrase)) {
    recall_.Add({phrase.actor, phrase.sentence, subject, phrase.joined, attribute, mention.head});
  } else if (phrase.reference && phrase.what == kHe) {
    recall_.Add({.actor = mention.actors[0],
                 .sentence = phrase.sentence,
                 .subject = subject,
                 .head = mention.head});
  } else if (subject && mention.actors.size() > 1) {
    recall_.AddTogether(mention.actors, phrase.sentence);
  }
}

// "its troops", "pemerintahannya": whose a role is that a pronoun stands with.
void ActorResolver::Own(size_t index) {
  Phrase& phrase = read_.phrases[index];
  if (phrase.country != nullptr || phrase.name != nullptr || phrase.roles.empty()) return;
  const ActorLanguage& language = LanguageOf(phrase);
  const size_t other = language.country_first ? index - 1 : index + 1;
  if (other >= read_.phrases.size()) return;
  const Phrase& pronoun = read_.phrases[other];
  if (!pronoun.reference || IsPair(pronoun.what) || pronoun.sentence != phrase.sentence) return;
  Item left, right;
  left.end = language.country_first ? pronoun.end : phrase.end;
  right.start = language.country_first ? phrase.start : pronoun.start;
  if (!gaps_.Adjacent(language, left, right, false)) return;
  for (const uint32_t actor : recall_.Refer(pronoun.what, pronoun.sentence)) {
    if (actors[actor].code.empty()) continue;
    phrase.owner = actors[actor].code;
    return;
  }
}

// "The army shelled a village in Syria, Turkey's defence ministry said": a body without a country
// is of whoever tells its deeds.
void ActorResolver::OwnOfSpeaker(size_t index) {
  Phrase& phrase = read_.phrases[index];
  const Role* role = phrase.MainRole();
  if (role == nullptr || role->kind != RoleKind::kBody || role->neutral || role->unknown ||
      phrase.country != nullptr || phrase.name != nullptr || !phrase.owner.empty()) {
    return;
  }
  const ActorLanguage& language = LanguageOf(phrase);
  if (language.Is("genitive", gaps_.WordAfter(phrase.end, ' '))) return;
  const uint32_t word = HeadOf(phrase);
  const size_t first = index > kSpeakerReach ? index - kSpeakerReach : 0;
  const size_t last = std::min(index + kSpeakerReach + 1, read_.phrases.size());
  for (size_t i = first; i < last; ++i) {
    const Phrase& other = read_.phrases[i];
    if (i == index || other.sentence != phrase.sentence || other.reference ||
        other.country == nullptr || other.country->kind == EntryKind::kOrganisation) {
      continue;
    }
    // An embassy tells of others.
    const bool abroad =
        std::ranges::any_of(SplitCell(Cut(other.start, other.end), ' '),
                            [&](std::string_view part) { return language.Is("border", part); });
    if (!abroad && !other.Code().empty() && SpeaksOf(HeadOf(other), word)) {
      phrase.owner = other.Code();
      return;
    }
  }
}

// Whether one word is the subject of the verb whose content the other's verb is.
bool ActorResolver::SpeaksOf(uint32_t speaker, uint32_t word) const {
  const std::vector<Token>& tokens = document_.tokens;
  const auto verb_of = [&](uint32_t at) {
    const int32_t head = tokens[at].head;
    const bool inside = head >= 0 && static_cast<size_t>(head) < tokens.size();
    return inside && tokens[at].Is("nsubj") ? static_cast<uint32_t>(head) : kNone;
  };
  const uint32_t says = verb_of(speaker);
  const uint32_t does = verb_of(word);
  if (says == kNone || does == kNone || says == does) return false;
  const auto below = [&](uint32_t one, uint32_t other) {
    return tokens[one].head == static_cast<int32_t>(other) &&
           (tokens[one].Is("ccomp") || tokens[one].Is("parataxis"));
  };
  return below(does, says) || (tokens[says].Is("parataxis") && below(says, does));
}

uint32_t ActorResolver::ActorOf(const Phrase& phrase) {
  if (phrase.name != nullptr) return NamedActor(phrase);
  if (!phrase.roles.empty()) return RoleActor(phrase);
  if (phrase.country != nullptr &&
      (phrase.country->code != "-" || phrase.country->kind == EntryKind::kPeople)) {
    return StateActor(phrase);
  }
  return kNone;
}

uint32_t ActorResolver::NamedActor(const Phrase& phrase) {
  const std::string name = NameText(phrase);
  if (phrase.name->IsName()) {
    const auto [found, fresh] = person_by_part_.emplace(name, kNone);
    if (fresh) {
      found->second = NewActor(ActorKind::kPerson, name, "", {}, "");
    } else {
      AddAlias(name, actors[found->second]);
    }
    return found->second;
  }
  const auto [found, fresh] = by_key_.emplace("N|" + name, kNone);
  if (fresh) {
    const Role* role = phrase.name->role;
    std::string code = phrase.Code();
    if (code.empty() && role != nullptr && role->kind == RoleKind::kBody) {
      code = StoryCode(phrase.sentence, role);
    }
    found->second = NewActor(ActorKind::kOrganisation, name, code,
                             role != nullptr ? role->sectors : std::vector<std::string>{}, "");
  }
  return found->second;
}

uint32_t ActorResolver::StateActor(const Phrase& phrase) {
  const NameEntry& entry = *phrase.country;
  const std::string name = Cut(phrase.start, phrase.end);
  if (phrase.people) {
    const auto [group, first] = by_key_.emplace("P|" + entry.code + "|" + FoldAscii(name), kNone);
    if (first) group->second = NewActor(ActorKind::kGroup, name, phrase.Code(), phrase.sectors, "");
    return group->second;
  }
  const auto [found, fresh] = by_key_.emplace(StateKey(entry, name), kNone);
  if (!fresh) {
    AddAlias(name, actors[found->second]);
    return found->second;
  }
  found->second = NewActor(entry.actor, name, phrase.Code(), entry.sectors, "");
  Actor& actor = actors[found->second];
  actor.wikidata = entry.wikidata;
  actor.carrier = entry.carrier;
  actor.organ_of = entry.organ_of;
  return found->second;
}

// The state that somebody is of; the one itself where the report tells no country.
uint32_t ActorResolver::StateOf(uint32_t actor) {
  if (actors[actor].kind == ActorKind::kState && actors[actor].sectors.empty()) return actor;
  const auto [known, unasked] = state_by_code_.emplace(actors[actor].code, kNone);
  if (unasked) known->second = FindState(known->first);
  return known->second != kNone ? known->second : actor;
}

// The actor of a state that a phrase names; kNone if there is none.
uint32_t ActorResolver::FindState(const std::string& code) {
  for (const Phrase& phrase : read_.phrases) {
    if (phrase.country == nullptr || phrase.country->actor != ActorKind::kState ||
        phrase.country->code != code || !phrase.country->sectors.empty()) {
      continue;
    }
    const NameEntry& entry = *phrase.country;
    const auto [found, fresh] = by_key_.emplace(StateKey(entry, entry.name), kNone);
    if (fresh) {
      found->second = NewActor(entry.actor, entry.name, entry.code, {}, "");
      actors[found->second].wikidata = entry.wikidata;
    }
    return found->second;
  }
  return kNone;
}

// The office of somebody who is named: the nearest before, of the same country where one is told.
uint32_t ActorResolver::HolderOf(const Phrase& phrase, const std::string& code,
                                 const std::string& text) const {
  const bool person = std::ranges::all_of(
      phrase.roles, [](const Role* role) { return role->kind == RoleKind::kPerson; });
  if (person && !phrase.former) {
    const bool partly = code.empty() && (!phrase.MainRole()->neutral || Definite(phrase));
    const uint32_t named = recall_.Last([&](const Actor& actor) {
      if (actor.kind != ActorKind::kPerson || actor.role.empty()) return false;
      if (!code.empty() && actor.code != code) return false;
      const std::string have = FoldAscii(actor.role);
      return have == text ||
             (partly && (have.starts_with(text + " ") || have.ends_with(" " + text)));
    });
    if (named != kNone) return named;
  }
  if (!code.empty()) return kNone;
  // "the ministry" after "the defence ministry"
  const bool body = phrase.MainRole()->kind == RoleKind::kBody && Definite(phrase);
  return recall_.Last([&](const Actor& actor) {
    if (actor.code.empty() || actor.role.empty()) return false;
    const std::string have = FoldAscii(actor.role);
    return have == text || (body && actor.kind == ActorKind::kOrganisation &&
                            (have.starts_with(text + " ") || have.ends_with(" " + text)));
  });
}

// "the bloc", "the secretary-general": the body named last, be it only with who speaks for it. "The
// group": the armed group named last.
uint32_t ActorResolver::BodyOf(const Phrase& phrase, const std::string& text) {
  if (!Definite(phrase)) return kNone;
  if (LanguageOf(phrase).Is("of_group", text)) {
    return recall_.Last([](const Actor& actor) {
      return actor.kind == ActorKind::kGroup && actor.role.empty() && !actor.code.empty() &&
             !actor.sectors.empty() && actor.sectors.front() != "CVL";
    });
  }
  if (!LanguageOf(phrase).Is("of_body", text)) return kNone;
  const uint32_t named = recall_.Last([&](const Actor& actor) {
    return actor.kind == ActorKind::kOrganisation && !actor.carrier && actor.sectors.empty() &&
           !actor.code.empty();
  });
  return named != kNone ? named : SpokenFor(phrase);
}

// "NATO's chief ... the alliance"
uint32_t ActorResolver::SpokenFor(const Phrase& phrase) {
  constexpr uint32_t kReach = 3;  // sentences
  constexpr size_t kMaxPhrases = 40;
  const auto here = static_cast<size_t>(&phrase - read_.phrases.data());
  for (size_t i = here; i-- > 0 && here - i <= kMaxPhrases;) {
    const Phrase& before = read_.phrases[i];
    if (before.sentence + kReach < phrase.sentence) break;
    const NameEntry* body = before.country;
    if (body == nullptr || body->kind != EntryKind::kOrganisation || body->carrier ||
        body->actor != ActorKind::kOrganisation || !body->sectors.empty()) {
      continue;
    }
    const auto [found, fresh] = by_key_.emplace(StateKey(*body, body->name), kNone);
    if (fresh) {
      found->second = NewActor(body->actor, body->name, body->code, {}, "");
      actors[found->second].wikidata = body->wikidata;
    }
    return found->second;
  }
  return kNone;
}

uint32_t ActorResolver::RoleActor(const Phrase& phrase) {
  const Role& role = *phrase.MainRole();
  const std::string text = FoldAscii(RoleText(phrase));
  std::string code = phrase.Code();
  if (const uint32_t holder = HolderOf(phrase, code, text); holder != kNone) return holder;
  if (code.empty()) {
    // A neutral role without a party ("the leader") stands for nobody known.
    if (role.neutral) return BodyOf(phrase, text);
    code = StoryCode(phrase.sentence, &role);
  }
  const bool organisation =
      phrase.country != nullptr && phrase.country->kind == EntryKind::kOrganisation;
  const std::string& party = organisation ? phrase.country->name : code;
  const std::string key = "R|" + party + "|" + text + "|" + Joined(phrase.sectors);
  const auto [found, fresh] = by_key_.emplace(key, kNone);
  const std::string name = Cut(phrase.start, phrase.end);
  if (fresh) {
    found->second = NewActor(KindOf(role), name, code, phrase.sectors, RoleText(phrase));
  } else {
    AddName(name, actors[found->second]);
  }
  return found->second;
}

void ActorResolver::Place(const Phrase& phrase) {
  if (phrase.country->code == "-") return;
  const Span span{phrase.start, phrase.end, Layer::kBody, 0};
  places.push_back(
      {span, phrase.first, phrase.last, phrase.last - 1, MentionForm::kName, {StateActor(phrase)}});
}

// ---- countries ---------------------------------------------------------------------------------

// The state that "the North" means: of those that the entry gives, each with its other half, the
// one whose halves the report names most; null where it names none.
const NameEntry* ActorResolver::WholeOf(const NameEntry& half,
                                        const std::map<std::string, int, std::less<>>& count) {
  std::string_view best;
  int most = 0;
  for (std::string_view states : SplitCell(half.code)) {
    int named = 0;
    for (std::string_view state : SplitCell(states, ' ')) {
      const auto found = count.find(state);
      if (found != count.end()) named += found->second;
    }
    if (named > most) {
      most = named;
      best = states.substr(0, states.find(' '));
    }
  }
  if (most == 0) return nullptr;
  NameEntry state;
  state.kind = EntryKind::kCountry;
  state.code = best;
  return &wholes_.emplace_back(std::move(state));
}

void ActorResolver::CountCodes() {
  std::map<std::string, int, std::less<>>& count = count_;
  int heaviest = 0;
  std::string lead;
  for (const Phrase& phrase : read_.phrases) {
    if (phrase.sentence > 0) break;
    if (phrase.reference || !IsSubject(HeadOf(phrase))) continue;
    lead = phrase.Code();
    break;
  }
  for (const Phrase& phrase : read_.phrases) {
    if (phrase.country != nullptr && phrase.country->actor == ActorKind::kOrganisation) continue;
    const std::string code = phrase.Code();
    const bool half = phrase.country != nullptr && phrase.country->kind == EntryKind::kHalf;
    if (code.empty() || half) continue;
    const int n = ++count[code];
    // A country named half as often as another is meant before it where the report was written
    // there, or begins with its deeds, or where the press of the language is at home.
    const bool home = code == place_ || code == lead || LanguageOf(phrase).Is("home", code);
    const int weight = home ? 2 * n : n;
    if (weight > heaviest || (home && weight == heaviest)) {
      heaviest = weight;
      most_ = n;
      main_code_ = code;
    }
  }
  for (Phrase& phrase : read_.phrases) {
    if (phrase.country != nullptr && phrase.country->kind == EntryKind::kHalf) {
      phrase.country = WholeOf(*phrase.country, count);
    }
  }
  // A town tells of its country, too, but does not act.
  for (const Phrase& place : read_.places) ++count[place.Code()];
}

// The country a body without one belongs to. A capital may host the talks of others; only the
// people of the place are then its own.
std::string ActorResolver::StoryCode(uint32_t sentence, const Role* role) const {
  const bool local = role != nullptr && role->local;
  const std::string& place = (local ? read_.set_in : read_.set_in_land)[sentence];
  if (!place.empty() && place != "-") return place;
  // "They gathered in Bangkok. Police ..."
  if (local && sentence > 0) {
    const std::string& before = read_.set_in[sentence - 1];
    if (!before.empty() && before != "-") return before;
  }
  if (role != nullptr && role->unknown) return "";
  const std::string_view opening = Opening();
  if (!opening.empty()) return std::string(opening);
  if (most_ >= 2 || place_.empty()) return main_code_;
  return place_;
}

// Where the report's opening is set, unless the report names another country twice as often.
std::string_view ActorResolver::Opening() const {
  const std::vector<std::string>& scenes = read_.set_in_land;
  for (size_t s = 0; s < scenes.size() && s < kOpening; ++s) {
    if (scenes[s].empty() || scenes[s] == "-") continue;
    const auto named = count_.find(scenes[s]);
    return named != count_.end() && named->second * 2 > most_ ? scenes[s] : std::string_view();
  }
  return {};
}

// ---- words -------------------------------------------------------------------------------------

const ActorLanguage& ActorResolver::LanguageOf(const Phrase& phrase) const {
  static const ActorLanguage kNoLanguage;
  const auto found = languages_.find(document_.LangOf(document_.sentences[phrase.sentence]));
  return found != languages_.end() ? found->second : kNoLanguage;
}

// The head of a phrase: the word that hangs on one outside it, a subject or object before others.
uint32_t ActorResolver::HeadOf(const Phrase& phrase) const {
  const bool first_wins = !LanguageOf(phrase).country_first || phrase.name != nullptr;
  uint32_t out = kNone;
  for (uint32_t t = phrase.first; t < phrase.last; ++t) {
    const Token& token = document_.tokens[t];
    const bool outside = token.head == kRoot || token.head < static_cast<int32_t>(phrase.first) ||
                         token.head >= static_cast<int32_t>(phrase.last);
    if (!outside || token.upos == Upos::kPunct || token.upos == Upos::kAdp) continue;
    if (out == kNone || !first_wins) out = t;
    if (token.Is("nsubj") || token.Is("obj") || token.Is("obl")) return t;
  }
  return out == kNone ? phrase.last - 1 : out;
}

// The subject of the clause that a word is an object in, which a pronoun there can't mean; kNone
// for other words.
uint32_t ActorResolver::SubjectOver(uint32_t token) const {
  const std::vector<Token>& tokens = document_.tokens;
  const Token& object = tokens[token];
  if (!(object.Is("obj") || object.Is("iobj") || object.Is("obl")) || object.head < 0 ||
      object.Feat("Reflex") == "Yes") {
    return kNone;
  }
  const Sentence& sentence = document_.SentenceOf(token);
  int32_t verb = object.head;
  for (int step = 0; step < 4 && verb >= 0; ++step) {
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (tokens[t].head == verb && tokens[t].Is("nsubj")) return t;
    }
    if (!tokens[static_cast<size_t>(verb)].Is("conj")) return kNone;
    verb = tokens[static_cast<size_t>(verb)].head;
  }
  return kNone;
}

// A conjunct of a subject is one too.
bool ActorResolver::IsSubject(uint32_t token) const {
  for (int step = 0; step < 4; ++step) {
    const Token& t = document_.tokens[token];
    if (t.Is("nsubj")) return true;
    if (!(t.Is("conj") || t.Is("flat") || t.Is("appos") || t.Is("compound")) || t.head < 0 ||
        static_cast<size_t>(t.head) >= document_.tokens.size()) {
      return false;
    }
    token = static_cast<uint32_t>(t.head);
  }
  return false;
}

// "the spokesman", "juru bicara itu"
bool ActorResolver::Definite(const Phrase& phrase) const {
  const ActorLanguage& language = LanguageOf(phrase);
  if (language.Is("definite", FoldAscii(gaps_.WordBefore(phrase.start)))) return true;
  return !language.country_first && language.Is("definite", gaps_.WordAfter(phrase.end, ' '));
}

std::string ActorResolver::Cut(uint32_t start, uint32_t end) const {
  return Squash(text_.substr(start, end - start));
}

std::string ActorResolver::RoleText(const Phrase& phrase) const {
  return phrase.roles.empty() ? std::string() : Cut(phrase.roles_start, phrase.roles_end);
}

std::string ActorResolver::NameText(const Phrase& phrase) const {
  return Cut(phrase.name->start, phrase.name->end);
}

// ---- actors ------------------------------------------------------------------------------------

uint32_t ActorResolver::NewActor(ActorKind kind, const std::string& name, const std::string& code,
                                 const std::vector<std::string>& sectors, const std::string& role) {
  Actor actor;
  actor.kind = kind;
  actor.name = name;
  actor.code = code;
  actor.sectors = sectors;
  actor.role = role;
  actors.push_back(std::move(actor));
  return static_cast<uint32_t>(actors.size() - 1);
}

// The fullest name is the actor's, the others are aliases.
void ActorResolver::AddName(const std::string& name, Actor& actor) {
  std::string other = name;
  if (name.size() > actor.name.size()) actor.name.swap(other);
  AddAlias(other, actor);
}

void ActorResolver::AddAlias(const std::string& name, Actor& actor) {
  if (name.empty() || name == actor.name || actor.aliases.size() > kMaxAliases) return;
  if (std::ranges::find(actor.aliases, name) == actor.aliases.end()) actor.aliases.push_back(name);
}

}  // namespace kronik
