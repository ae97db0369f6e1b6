#include "commitment/commitment_stage.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "commitment/cues.h"
#include "commitment/deeds.h"
#include "commitment/forms.h"
#include "commitment/terms.h"
#include "commitment/topics.h"

namespace kronik {
namespace {

using namespace commitment;  // NOLINT: the stage's own vocabulary

constexpr uint32_t kClauseLimit = 80;  // tokens before a cue in which its clause may start
constexpr uint32_t kNounLimit = 10;    // tokens from a verb to the instrument's name
constexpr uint32_t kWindow = 120;      // tokens around a trigger that may say more of it

// One document's work.
class Reader : View {
 public:
  explicit Reader(Work& work) : View(work) {}

  void Run() {
    for (const Sentence& sentence : doc_.sentences) {
      const auto found = work_.languages.find(doc_.LangOf(sentence));
      if (found == work_.languages.end()) continue;
      work_.cues = &found->second;
      ReadSentence(sentence);
    }
  }

 private:
  void ReadSentence(const Sentence& sentence);
  bool Read(const Sentence& sentence, uint32_t t, const Entry& entry, uint32_t free, uint32_t& end);
  bool Finish(const Sentence& whole, const Range& trigger, const Range& subject, Commitment& c);
  void TakeFrom(const Event& event, Commitment& c) const;
  static bool Bound(const Commitment& c);
  bool Named(const Commitment& c) const;
  bool IsPolitical(const Commitment& c) const;
  bool Alleged(const Statement& statement, const Commitment& c) const;
  void Bind(const Sentence& sentence, const Range& trigger, Commitment& c) const;
  void Hedge(const Sentence& sentence, const Range& trigger, const Range& subject,
             Commitment& c) const;
  void HowFar(const Sentence& sentence, const Range& trigger, Commitment& c) const;
  void KeepsText(const Range& subject, Commitment& c) const;
  bool NamesText(uint32_t t) const;
  bool Conditional(uint32_t t, uint32_t begin) const;
  bool Aside(const Sentence& sentence, const Range& trigger, const Commitment& c) const;
  void TermOfText(const Sentence& sentence);

  const Parties parties_{work_};
  const Forms forms_{work_, parties_};
  const Terms terms_{work_};
  const Topics topics_{work_};
  const Deeds deeds_{work_, parties_, topics_};
};

void Reader::ReadSentence(const Sentence& sentence) {
  const size_t before = doc_.commitments.size();
  std::vector<const Entry*> found;
  uint32_t free = sentence.first;  // tokens before are a commitment's already
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (t < free) continue;
    found.clear();
    cues().Find(words_, t, sentence.last, found);
    // The longest first; among equals in the order of the file.
    std::stable_sort(found.begin(), found.end(),
                     [](const Entry* a, const Entry* b) { return a->length > b->length; });
    bool done = false;
    for (const Entry* entry : found) {
      uint32_t end = 0;
      if (Read(sentence, t, *entry, free, end)) {
        free = std::max(end, t + 1);
        done = true;
        break;
      }
    }
    if (!done && Is(t, kInstrument)) {
      Commitment c;
      Range subject;
      uint32_t end = 0;
      if (forms_.NamedText(sentence, t, c, subject, end) &&
          Finish(sentence, {t, t + 1}, subject, c)) {
        free = std::max(end, t + 1);
      }
    }
  }
  if (doc_.commitments.size() == before) TermOfText(sentence);
  deeds_.Read(sentence, before);
}

bool Reader::Read(const Sentence& sentence, uint32_t t, const Entry& entry, uint32_t free,
                  uint32_t& end) {
  const uint32_t after = t + entry.length;
  if (after >= sentence.last && !(entry.frames & (kText | kMeeting | kRefers))) return false;
  const bool noun = entry.frames == kNoun;
  if (T(t).upos != Upos::kX && entry.length == 1) {
    if (noun ? !Nominal(t) : (Nominal(t) && !(entry.frames & (kFuture | kRefers)))) return false;
  }
  uint32_t begin = std::max(free, sentence.first);
  // What a source denies nobody has undertaken.
  for (const uint32_t at : {t, after - 1}) {
    if (work_.told[at] != kNone && doc_.statements[work_.told[at]].negated) return false;
  }
  if (work_.told[t] != kNone) {
    // Inside somebody's words the subject is there too.
    uint32_t first = t;
    while (first > begin && t - first < kClauseLimit && work_.told[first - 1] == work_.told[t])
      --first;
    begin = first;
  }
  if ((Negated(t, begin) && !(noun && Pending(t, begin))) || Conditional(t, begin)) return false;
  // "Neither A nor B has agreed"
  if (const Range who = parties_.Subject(t, begin);
      !who.empty() &&
      (Is(who.first, kNegator) || (who.first > begin && Is(who.first - 1, kNegator)))) {
    return false;
  }
  Commitment c;
  c.kind = entry.kind;
  c.status = entry.status;
  Range trigger{t, after};
  Range subject;
  if (entry.frames & kFuture) {
    if (!forms_.Future(sentence, begin, c, trigger, subject)) return false;
  } else if (entry.frames & (kText | kMeeting)) {
    if (!forms_.Text(sentence, begin, entry, c, trigger, subject)) return false;
  } else if (entry.frames & kGrants) {
    if (!forms_.Grants(sentence, begin, c, trigger, subject)) return false;
  } else if (entry.frames & kMust) {
    if (!forms_.Must(sentence, begin, c, trigger, subject)) return false;
  } else if (entry.frames & (kParty | kBinds)) {
    if (!forms_.ToParty(sentence, begin, (entry.frames & kBinds) != 0, c, trigger, subject))
      return false;
  } else if (entry.frames & kRefers) {
    if (!forms_.Refers(sentence, begin, c, trigger, subject)) return false;
  } else if (noun) {
    if (!forms_.Noun(sentence, begin, c, trigger, subject)) return false;
  } else {
    if (!forms_.Complement(sentence, begin, entry, c, trigger, subject)) return false;
  }
  end = std::max(subject.last, after);
  return Finish(sentence, trigger, subject, c);
}

bool Reader::Finish(const Sentence& whole, const Range& trigger, const Range& subject,
                    Commitment& c) {
  // A hostile sentence may be a whole book: look at the words around the trigger only.
  Sentence sentence = whole;
  sentence.first = std::max(whole.first, trigger.first - std::min(trigger.first, kWindow));
  sentence.last = std::min(whole.last, trigger.first + kWindow);
  c.trigger = SpanOf(trigger);
  c.subject = SpanOf(subject);
  if (c.trigger.empty() || c.subject.empty()) return false;
  c.sentence = {whole.start, whole.end, Layer::kBody, 0};
  const Event* event = EventAt(c.trigger);
  if (event != nullptr) TakeFrom(*event, c);
  const uint32_t statement = work_.told[trigger.first];
  if (const ActorRef* speaker = Speaker(trigger.first)) c.source = {*speaker};
  const bool accepted = c.kind == CommitmentKind::kInvitation && !c.parties.empty() && !Bound(c);
  if (c.kind != CommitmentKind::kAgreement && !accepted) Bind(sentence, trigger, c);
  if (c.parties.empty() || (c.kind == CommitmentKind::kDemand && (!Bound(c) || !Named(c))))
    return false;
  if (!IsPolitical(c)) return false;
  if (statement != kNone && Alleged(doc_.statements[statement], c)) return false;
  if (Aside(sentence, trigger, c)) return false;
  parties_.Helpers(sentence, c);
  Hedge(sentence, trigger, subject, c);
  // "would be void if ...": nothing has come of it yet.
  if (c.hedged && c.status > CommitmentStatus::kReaffirmed) return false;
  if (c.status == CommitmentStatus::kFulfilled) HowFar(sentence, trigger, c);
  if (c.about.empty() && c.kind == CommitmentKind::kPledge) KeepsText(subject, c);
  terms_.Dates(sentence, trigger, subject, event, c);
  topics_.Of(subject, c);
  doc_.commitments.push_back(std::move(c));
  return true;
}

// What the event at the trigger adds: its context, its place, sides that no party is of.
void Reader::TakeFrom(const Event& event, Commitment& c) const {
  if (c.parties.empty()) {
    for (const ActorRef& ref : event.actor) {
      parties_.AddParty(c.parties, ref.actor, ref.span, PartyRole::kBound);
    }
  }
  c.context = event.context;
  c.place = event.place;
  for (const ActorRef& ref : event.recipient) {
    if (parties_.Coded(c.parties, ref.actor)) continue;
    // "host refugees", "release the detainees": whom the act is done to is no side of it.
    const uint32_t first = TokenAt(ref.span.start);
    if (first < Size() && ref.span.layer == Layer::kBody && (CommonNoun(first) || NamesText(first)))
      continue;
    parties_.AddParty(
        c.parties, ref.actor, ref.span,
        c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward);
  }
}

// Whether a political actor is bound, or asked: what private people undertake is their own affair.
bool Reader::IsPolitical(const Commitment& c) const {
  return std::ranges::any_of(c.parties, [&](const Party& party) {
    return (party.role == PartyRole::kBound || c.kind == CommitmentKind::kDemand ||
            c.kind == CommitmentKind::kInvitation) &&
           work_.undertakings.IsPolitical(doc_.actors[party.actor.actor]);
  });
}

bool Reader::Bound(const Commitment& c) {
  return std::any_of(c.parties.begin(), c.parties.end(),
                     [](const Party& party) { return party.role == PartyRole::kBound; });
}

// Whether a party has a country, or a name of its own: "prosecutors asked the court" is no demand.
bool Reader::Named(const Commitment& c) const {
  return std::any_of(c.parties.begin(), c.parties.end(), [&](const Party& party) {
    const ActorMention* mention = MentionAt(TokenAt(party.actor.span.start));
    return !doc_.actors[party.actor.actor].code.empty() ||
           (mention != nullptr && mention->form == MentionForm::kName);
  });
}

// What somebody is accused of planning is no plan of theirs.
bool Reader::Alleged(const Statement& statement, const Commitment& c) const {
  const Event* act = EventAt(statement.cue);
  return c.kind == CommitmentKind::kPlan && act != nullptr && work_.undertakings.Is(*act, kAccuses);
}

// Whether a name is part of a text's: "Kesepakatan Oslo".
bool Reader::NamesText(uint32_t t) const {
  const auto text = [&](uint32_t n) {
    size_t at = 0;
    return n < Size() && Is(n, kInstrument) && IsUpper(DecodeUtf8(T(n).form, at));
  };
  return T(t).upos == Upos::kPropn && ((t > 0 && text(t - 1)) || text(t + 1));
}

// "if Peru guarantees": the verb of a condition binds nobody yet.
bool Reader::Conditional(uint32_t t, uint32_t begin) const {
  for (uint32_t n = t; n > begin && t - n < 8; --n) {
    if (MentionAt(n - 1) != nullptr) continue;
    if (Is(n - 1, kCondition)) return true;
    if (!Is(n - 1, kSkip) && T(n - 1).upos != Upos::kAdv && T(n - 1).upos != Upos::kDet) break;
  }
  return false;
}

// What binds no side of politics: a player's contract, a candidate's promise to voters at home.
bool Reader::Aside(const Sentence& sentence, const Range& trigger, const Commitment& c) const {
  if (c.kind == CommitmentKind::kDemand || c.kind == CommitmentKind::kInvitation) return false;
  int sportly = 0;
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (Is(t, kSport) && (CommonNoun(t) || (t == sentence.first && Nominal(t)))) return true;
    sportly += Is(t, kSportly) && (CommonNoun(t) || Verb(t)) ? 1 : 0;
  }
  if (sportly > 1) return true;
  std::set<std::string> codes;
  for (const Party& party : c.parties) codes.insert(doc_.actors[party.actor.actor].code);
  if (codes.size() > 1 || c.kind == CommitmentKind::kAgreement) return false;
  const Range who = parties_.Subject(trigger.first, sentence.first);
  for (uint32_t t = who.first; t < who.last; ++t) {
    if (Is(t, kCampaign)) return true;
  }
  return false;
}

// "The accord runs until 2030.": the term of the text that a sentence before has told of.
void Reader::TermOfText(const Sentence& sentence) {
  uint32_t noun = sentence.first;
  while (noun < std::min(sentence.last, sentence.first + 5) && !Is(noun, kInstrument)) ++noun;
  // "It enters into force on 1 July."
  const bool pronoun = T(sentence.first).upos == Upos::kPron && sentence.first + 1 < Size() &&
                       Is(sentence.first + 1, kStart | kPeriod);
  if (pronoun) noun = sentence.first;
  if (doc_.commitments.empty() || noun + 2 >= sentence.last ||
      !(pronoun || Is(noun, kInstrument))) {
    return;
  }
  Commitment& last = doc_.commitments.back();
  const uint32_t before = TokenAt(last.sentence.start);
  if (last.kind != CommitmentKind::kAgreement || last.instrument.empty() ||
      last.sentence.start == sentence.start || before >= sentence.first ||
      doc_.SentenceOf(before).block + 1 < sentence.block) {
    return;
  }
  Sentence rest = sentence;
  rest.first = noun;
  rest.last = std::min(sentence.last, noun + kWindow);
  Commitment told;
  told.kind = CommitmentKind::kPlan;
  told.made = last.made;
  terms_.Dates(rest, {noun, noun + 1}, {noun + 1, rest.last}, nullptr, told);
  if (!last.term.known()) last.term = told.term;
  told.parties = last.parties;
  topics_.NameOfText({sentence.first, noun + 1}, told);
  for (std::string& name : told.topics) last.topics.push_back(std::move(name));
  std::sort(last.topics.begin(), last.topics.end());
  last.topics.erase(std::unique(last.topics.begin(), last.topics.end()), last.topics.end());
}

// Nobody bound by the grammar: who speaks, else the first name before the trigger.
void Reader::Bind(const Sentence& sentence, const Range& trigger, Commitment& c) const {
  if (Bound(c)) return;
  std::vector<Party> first;
  if (const ActorRef* speaker = Speaker(trigger.first)) {
    parties_.AddParty(first, speaker->actor, speaker->span, PartyRole::kBound);
  }
  for (uint32_t t = sentence.first; t < trigger.first && first.empty(); ++t) {
    if (MentionAt(t) == nullptr) continue;
    parties_.PartiesOf({t, MentionAt(t)->last}, PartyRole::kBound, false, first);
  }
  for (const Party& party : c.parties) {
    parties_.AddParty(first, party.actor.actor, party.actor.span, party.role);
  }
  c.parties = std::move(first);
}

// "may agree to", "if": what is hedged or conditional; right before the trigger only proposed.
void Reader::Hedge(const Sentence& sentence, const Range& trigger, const Range& subject,
                   Commitment& c) const {
  const uint32_t told = work_.told[trigger.first];
  for (uint32_t t = trigger.first; t > sentence.first && trigger.first - t < 6; --t) {
    if (work_.told[t - 1] != told) break;
    if (Is(t - 1, kHedge) && MentionAt(t - 1) == nullptr) c.hedged = true;
  }
  for (uint32_t t = sentence.first; t < sentence.last; ++t) {
    if (Is(t, kCondition) && work_.told[t] == told && (t < trigger.first || t >= subject.first)) {
      c.hedged = true;
    }
  }
  if (c.hedged && c.status == CommitmentStatus::kMade && trigger.first > sentence.first &&
      Is(trigger.first - 1, kHedge)) {
    c.status = CommitmentStatus::kProposed;
  }
}

// "failed to keep", "partly kept".
void Reader::HowFar(const Sentence& sentence, const Range& trigger, Commitment& c) const {
  const uint32_t from = trigger.first - std::min(trigger.first - sentence.first, 3U);
  for (uint32_t t = from; t < std::min(sentence.last, trigger.last + 4); ++t) {
    if (Is(t, kPart)) c.status = CommitmentStatus::kPartlyFulfilled;
  }
  for (uint32_t t = from; t < trigger.first; ++t) {
    if (Is(t, kFailing)) c.status = CommitmentStatus::kBroken;
  }
}

// A pledge to keep an earlier text reaffirms it.
void Reader::KeepsText(const Range& subject, Commitment& c) const {
  std::vector<const Entry*> found;
  cues().Find(words_, subject.first, subject.last, found);
  const bool keeps = std::any_of(found.begin(), found.end(), [](const Entry* entry) {
    return (entry->status == CommitmentStatus::kFulfilled ||
            entry->status == CommitmentStatus::kReaffirmed) &&
           (entry->frames & kText);
  });
  const uint32_t limit = std::min(subject.last, subject.first + kNounLimit);
  for (uint32_t t = subject.first + 1; keeps && t < limit; ++t) {
    if (!Is(t, kInstrument)) continue;
    c.about = SpanOf(NounPhrase(t, subject.first + 1, subject.last));
    if (c.status == CommitmentStatus::kMade) c.status = CommitmentStatus::kReaffirmed;
    return;
  }
}

class CommitmentStage : public Stage {
 public:
  CommitmentStage(Languages languages, Undertakings undertakings)
      : languages_(std::move(languages)), undertakings_(std::move(undertakings)) {}
  std::string_view name() const override { return "commitment"; }
  Layers needs() const override { return kTokens | kTrees | kNames | kActors | kStatements; }
  Layers adds() const override { return kCommitments; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    document.commitments.clear();
    document.deeds.clear();
    Work work(document, languages_, undertakings_);
    Reader(work).Run();
    return {};
  }

 private:
  const Languages languages_;
  const Undertakings undertakings_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeCommitmentStage(const Resources& resources) {
  Languages languages;
  for (const std::string& lang : resources.Languages()) {
    const std::string folder = "data/lang/" + lang + "/";
    if (!resources.Has(folder + "commitment_cues.tsv")) continue;
    Result<Cues> cues = Cues::Load(resources, folder);
    if (!cues) return cues.error();
    languages.emplace(lang, std::move(*cues));
  }
  Result<Undertakings> undertakings = Undertakings::Load(resources);
  if (!undertakings) return undertakings.error();
  return std::unique_ptr<Stage>(
      std::make_unique<CommitmentStage>(std::move(languages), std::move(*undertakings)));
}

}  // namespace kronik
