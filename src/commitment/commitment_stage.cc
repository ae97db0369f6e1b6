#include "commitment/commitment_stage.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/body_times.h"
#include "base/utf8.h"
#include "commitment/cues.h"

namespace kronik {
namespace {

using namespace commitment;  // NOLINT: the stage's own vocabulary

constexpr uint32_t kClauseLimit = 80;   // tokens before a cue in which its subject is looked for
constexpr uint32_t kSubjectLimit = 60;  // tokens of a subject
constexpr uint32_t kNounLimit = 10;     // tokens from a verb to the instrument's name
constexpr uint32_t kWindow = 120;       // tokens around a trigger that may say more of it
constexpr size_t kPartyLimit = 12;
constexpr uint32_t kItemWords = 3;  // before a text's name in an item of a list
constexpr int kClimbLimit = 12;     // steps up a tree

struct Range {
  uint32_t first = 0;
  uint32_t last = 0;
  bool empty() const { return first >= last; }
  uint32_t size() const { return empty() ? 0 : last - first; }
};

// One document's work.
class Reader {
 public:
  Reader(Document& document, const std::map<std::string, Cues, std::less<>>& languages)
      : doc_(document), languages_(languages) {}

  void Run() {
    for (const Token& token : doc_.tokens) words_.push_back(LowerCase(token.form));
    longest_.assign(words_.size(), kNone);
    for (uint32_t m = 0; m < doc_.actor_mentions.size(); ++m) {
      const ActorMention& mention = doc_.actor_mentions[m];
      if (mention.span.layer != Layer::kBody || mention.actors.empty()) continue;
      const uint32_t end = std::min<uint32_t>(mention.last, Size());
      for (uint32_t t = mention.first; t < end && t < mention.first + 40; ++t) {
        if (longest_[t] == kNone ||
            doc_.actor_mentions[longest_[t]].span.size() < mention.span.size()) {
          longest_[t] = m;
        }
      }
    }
    times_ = BodyTimes(doc_);
    // The statement whose content holds a token: the innermost, since they stand in text order.
    told_.assign(words_.size(), kNone);
    for (uint32_t s = 0; s < doc_.statements.size(); ++s) {
      if (doc_.statements[s].source.actor == kNone) continue;
      for (const Span& span : doc_.statements[s].content) {
        if (span.layer != Layer::kBody) continue;
        for (uint32_t t = TokenAt(span.start); t < Size() && doc_.tokens[t].start < span.end; ++t) {
          told_[t] = s;
        }
      }
    }
    for (const Sentence& sentence : doc_.sentences) {
      const auto found = languages_.find(doc_.LangOf(sentence));
      if (found == languages_.end()) continue;
      cues_ = &found->second;
      ReadSentence(sentence);
    }
  }

 private:
  uint32_t Size() const { return static_cast<uint32_t>(words_.size()); }
  const Token& T(uint32_t t) const { return doc_.tokens[t]; }
  bool Is(uint32_t t, uint32_t classes) const { return (cues_->Classes(words_, t) & classes) != 0; }
  bool Comma(uint32_t t) const { return words_[t] == "," || words_[t] == ";"; }
  bool Punct(uint32_t t) const {
    if (T(t).upos == Upos::kPunct) return true;
    size_t at = 0;
    const char32_t c = DecodeUtf8(words_[t], at);
    return !IsLetter(c) && !IsDigit(c) && at == words_[t].size();
  }
  bool Verb(uint32_t t) const { return T(t).upos == Upos::kVerb; }
  bool Nominal(uint32_t t) const { return T(t).upos == Upos::kNoun || T(t).upos == Upos::kPropn; }
  uint32_t TokenAt(uint32_t byte) const {
    const auto at = std::lower_bound(doc_.tokens.begin(), doc_.tokens.end(), byte,
                                     [](const Token& t, uint32_t b) { return t.start < b; });
    return static_cast<uint32_t>(at - doc_.tokens.begin());
  }
  const ActorMention* MentionAt(uint32_t t) const {
    return t < longest_.size() && longest_[t] != kNone ? &doc_.actor_mentions[longest_[t]]
                                                       : nullptr;
  }
  bool Below(uint32_t t, uint32_t top) const {
    int32_t at = static_cast<int32_t>(t);
    for (int step = 0; step < kClimbLimit && at >= 0; ++step) {
      if (static_cast<uint32_t>(at) == top) return true;
      at = T(static_cast<uint32_t>(at)).head;
    }
    return false;
  }

  // ---- parties ----
  // The two sides of a text that names none ("the pact was signed"): the two countries or
  // organisations that the report has named most so far.
  void Sides(uint32_t before, std::vector<Party>& parties) const {
    struct Side {
      int count = 0;
      const ActorMention* first = nullptr;
    };
    std::map<std::string, Side> sides;
    for (const ActorMention& mention : doc_.actor_mentions) {
      if (mention.span.layer != Layer::kBody || mention.first >= before || mention.actors.empty())
        continue;
      const Actor& actor = doc_.actors[mention.actors.front()];
      if (actor.code.empty() || actor.carrier) continue;
      Side& side = sides[actor.code];
      ++side.count;
      if (side.first == nullptr) side.first = &mention;
    }
    std::vector<Side> ranked;
    for (const auto& [code, side] : sides) ranked.push_back(side);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Side& a, const Side& b) { return a.count > b.count; });
    if (ranked.size() < 2 || ranked[1].count < 2) return;
    for (size_t i = 0; i < 2; ++i) {
      AddParty(parties, ranked[i].first->actors.front(), ranked[i].first->span, PartyRole::kBound);
    }
  }
  void AddParty(std::vector<Party>& parties, uint32_t actor, const Span& span,
                PartyRole role) const {
    if (actor >= doc_.actors.size() || parties.size() >= kPartyLimit) return;
    for (const Party& party : parties) {
      if (party.actor.actor == actor) return;
    }
    parties.push_back({{actor, span}, role});
  }
  // Whether a party of the same side is there: an event's actors only add sides.
  bool Coded(const std::vector<Party>& parties, uint32_t actor) const {
    if (actor >= doc_.actors.size() || doc_.actors[actor].code.empty()) return false;
    const Actor& wanted = doc_.actors[actor];
    for (const Party& party : parties) {
      const Actor& known = doc_.actors[party.actor.actor];
      if (known.code == wanted.code && known.sectors == wanted.sectors) return true;
    }
    return false;
  }
  // The actors named in a stretch. Those that a preposition governs are left out on request.
  void PartiesOf(const Range& range, PartyRole role, bool governed_too,
                 std::vector<Party>& parties) const {
    const ActorMention* previous = nullptr;
    bool previous_taken = false;
    for (uint32_t t = range.first; t < range.last; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || mention == previous) continue;
      bool joined = false;  // "X and Y" share what governs them
      if (previous != nullptr && previous->last < mention->first &&
          mention->first - previous->last <= 2) {
        for (uint32_t n = previous->last; n < mention->first; ++n) {
          joined = joined || Is(n, kConjunction) || Comma(n);
        }
      }
      const bool governed =
          mention->first > range.first && T(mention->first - 1).upos == Upos::kAdp;
      const bool take = governed_too || (joined ? previous_taken : !governed);
      if (take) {
        for (uint32_t actor : mention->actors) AddParty(parties, actor, mention->span, role);
      }
      previous = mention;
      previous_taken = take;
    }
  }

  // The phrase that is the subject of the verb at `verb`. Empty: none of its own.
  Range Subject(uint32_t verb, uint32_t begin) const {
    if (verb - begin > kClauseLimit) begin = verb - kClauseLimit;
    uint32_t head = kNone;
    int32_t at = static_cast<int32_t>(verb);
    for (int step = 0; step < 3 && head == kNone && at >= 0; ++step) {
      for (uint32_t t = begin; t < verb; ++t) {
        if (T(t).head == at && T(t).Is("nsubj")) head = t;
      }
      if (head != kNone) break;
      const Token& v = T(static_cast<uint32_t>(at));
      if (!(v.Is("conj") || v.Is("xcomp") || v.Is("aux"))) break;
      at = v.head;
    }
    if (head != kNone && Is(head, kRelative)) {
      uint32_t end = head;
      while (end > begin && (Comma(end - 1) || T(end - 1).upos == Upos::kAdp)) --end;
      if (end > begin && MentionAt(end - 1) != nullptr) return {end - 1, end};
      return {std::max(begin, end - std::min<uint32_t>(end, 8)), end};
    }
    if (head != kNone) {
      Range range{head, head + 1};
      while (range.first > begin && Below(range.first - 1, head)) --range.first;
      while (range.last < verb && Below(range.last, head)) ++range.last;
      return range;
    }
    uint32_t end = verb;
    while (end > begin && MentionAt(end - 1) == nullptr &&
           (Is(end - 1, kSkip | kNegator | kRelative) || T(end - 1).upos == Upos::kAdv ||
            T(end - 1).upos == Upos::kAux || Punct(end - 1))) {
      --end;
    }
    if (end > begin && Is(end - 1, kConjunction)) return Back(end - 1, begin);
    return Back(end, begin);
  }
  Range Back(uint32_t end, uint32_t begin) const {
    Range range{end, end};
    while (range.first > begin && end - range.first < 24) {
      const uint32_t t = range.first - 1;
      if (MentionAt(t) == nullptr && ((Punct(t) && words_[t] != "-" && !Comma(t)) || Verb(t) ||
                                      Is(t, kBoundary | kRelative))) {
        break;
      }
      // A comma ends it unless names stand on both sides ("A, B and C").
      if (Comma(t) && MentionAt(t) == nullptr &&
          (t == begin || MentionAt(t - 1) == nullptr || MentionAt(t + 1) == nullptr)) {
        break;
      }
      --range.first;
    }
    return range;
  }

  // ---- stretches ----
  // Whether a token is in words whose cue stands between it and `from`, as in "kept the agreement
  // to share the water": they are a part of what `from` begins.
  bool ToldAfter(uint32_t from, uint32_t t) const {
    if (told_[t] == kNone) return false;
    const Span& cue = doc_.statements[told_[t]].cue;
    return cue.layer == Layer::kBody && cue.start >= T(from).start && cue.start < T(t).start;
  }
  // Where the words that say what end: the statement's content, a quotation, a new clause.
  uint32_t SubjectEnd(uint32_t from, const Sentence& sentence) const {
    const uint32_t limit = std::min(sentence.last, from + kSubjectLimit);
    uint32_t t = from;
    for (; t < limit; ++t) {
      if (told_[t] != told_[from] && !ToldAfter(from, t)) break;
      if (t > from && Comma(t) && t + 1 < limit &&
          (Is(t + 1, kContrast | kBoundary | kRelative) ||
           (Is(t + 1, kConjunction) && t + 2 < limit && MentionAt(t + 2) != nullptr))) {
        break;
      }
      if (t > from && Is(t, kBoundary) && MentionAt(t) == nullptr && t > from + 1 &&
          T(t).upos != Upos::kAdp) {
        break;
      }
    }
    while (t > from && (Comma(t - 1) || words_[t - 1] == "." || words_[t - 1] == ":")) --t;
    return t;
  }
  // The noun phrase of an instrument or meeting around its name: modifiers before and after.
  Range NounPhrase(uint32_t noun, uint32_t begin, uint32_t end) const {
    Range range{noun, noun + 1};
    while (range.first > begin && noun - range.first < 6) {
      const uint32_t t = range.first - 1;
      const Upos upos = T(t).upos;
      const bool modifier = upos == Upos::kAdj || upos == Upos::kNoun || upos == Upos::kPropn ||
                            upos == Upos::kNum || words_[t] == "-";
      if (!modifier || Is(t, kSkip)) break;
      --range.first;
    }
    while (range.last < end && Is(range.first, kInstrument | kMeetingNoun) &&
           range.last - noun < 5 && T(range.last).upos == Upos::kNoun &&
           !Is(range.last, kTopic | kBetween | kWith | kInfinitive)) {
      ++range.last;
    }
    return range;
  }
  Span SpanOf(Range range) const {
    while (!range.empty() && Punct(range.first)) ++range.first;
    while (!range.empty() && Punct(range.last - 1) && words_[range.last - 1] != ")") --range.last;
    if (range.empty()) return {};
    return doc_.SpanOf(range.first, range.last);
  }

  // ---- sentences ----
  void ReadSentence(const Sentence& sentence) {
    std::vector<const Entry*> found;
    uint32_t free = sentence.first;  // tokens before are a commitment's already
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (t < free) continue;
      found.clear();
      cues_->Find(words_, t, sentence.last, found);
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
        uint32_t end = 0;
        if (NamedText(sentence, t, end)) free = std::max(end, t + 1);
      }
    }
  }

  bool Negated(uint32_t t, uint32_t begin) const {
    for (uint32_t n = t; n > begin && t - n < 4; --n) {
      if (Is(n - 1, kNegator)) return true;
      if (MentionAt(n - 1) != nullptr || Comma(n - 1)) break;
    }
    return false;
  }

  bool Read(const Sentence& sentence, uint32_t t, const Entry& entry, uint32_t free,
            uint32_t& end) {
    const uint32_t after = t + entry.length;
    if (after >= sentence.last && !(entry.frames & (kText | kMeeting | kRefers))) return false;
    const bool noun = entry.frames == kNoun;
    if (T(t).upos != Upos::kX && entry.length == 1) {
      if (noun ? !Nominal(t) : (Nominal(t) && !(entry.frames & (kFuture | kRefers)))) return false;
    }
    uint32_t begin = std::max(free, sentence.first);
    if (told_[t] != kNone) {
      // Inside somebody's words the subject is there too.
      uint32_t first = t;
      while (first > begin && t - first < kClauseLimit && told_[first - 1] == told_[t]) --first;
      begin = first;
    }
    if (Negated(t, begin)) return false;
    Commitment c;
    c.kind = entry.kind;
    c.status = entry.status;
    Range trigger{t, after};
    Range subject;
    if (entry.frames & kFuture) {
      if (!Future(sentence, begin, c, trigger, subject)) return false;
    } else if (entry.frames & (kText | kMeeting)) {
      if (!Text(sentence, begin, entry, c, trigger, subject)) return false;
    } else if (entry.frames & (kParty | kBinds)) {
      if (!ToParty(sentence, begin, (entry.frames & kBinds) != 0, c, trigger, subject))
        return false;
    } else if (entry.frames & kRefers) {
      if (!Refers(sentence, begin, c, trigger, subject)) return false;
    } else if (noun) {
      if (!Noun(sentence, begin, c, trigger, subject)) return false;
    } else {
      if (!Complement(sentence, begin, entry, c, trigger, subject)) return false;
    }
    end = subject.last;
    return Finish(sentence, trigger, subject, c);
  }

  // "delivered the rice, as promised", "visited Kenya at the invitation of": the act that carries
  // a commitment out. `trigger` becomes its verb.
  bool Refers(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
              Range& subject) const {
    const Range words = trigger;
    uint32_t verb = kNone;
    for (uint32_t t = begin; t < words.first && verb == kNone; ++t) {
      if (!Verb(t) || T(t).Is("amod") || T(t).Is("acl")) continue;
      std::vector<Party> who;
      PartiesOf(Subject(t, begin), PartyRole::kBound, false, who);
      if (who.empty()) continue;
      verb = t;
      c.parties = std::move(who);
    }
    if (verb == kNone || Negated(verb, begin)) return false;
    std::vector<const Entry*> found;
    for (uint32_t t = verb > begin + 3 ? verb - 3 : begin; t < verb; ++t) {
      cues_->Find(words_, t, sentence.last, found);
    }
    for (const Entry* entry : found) {
      if (entry->frames & (kFuture | kInf)) return false;  // it is still to come
    }
    const auto add = [&](uint32_t from, uint32_t to) {
      PartiesOf({from, to}, PartyRole::kToward, true, c.parties);
    };
    subject = {verb, SubjectEnd(verb, sentence)};
    Toward(subject, c);
    if (c.parties.size() < 2) add(verb + 1, std::min(words.first, verb + 4));
    add(words.first > verb + 3 ? words.first - 3 : verb + 1, words.first);
    add(words.last, std::min(sentence.last, words.last + 6));
    trigger = {verb, verb + 1};
    return true;
  }

  // "vowed to ...", "agreed that ...", "menjanjikan ...".
  bool Complement(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
                  const Range& trigger, Range& subject) const {
    uint32_t k = trigger.last;
    // "agreed with Chile on Monday to ...": what stands before the complement.
    uint32_t marker = k;
    const uint32_t limit = std::min(sentence.last, k + 10);
    const uint32_t wanted = ((entry.frames & kInf) ? uint32_t{kInfinitive} : 0) |
                            ((entry.frames & kThat) ? uint32_t{kComplementizer} : 0);
    while (marker < limit && !Is(marker, wanted) && !Comma(marker) && !Verb(marker)) ++marker;
    const bool marked = wanted != 0 && marker < limit && Is(marker, wanted) &&
                        marker + 1 < sentence.last &&
                        (MentionAt(marker + 1) == nullptr || Is(marker, kComplementizer));
    if (marked) {
      PartiesOf({k, marker},
                c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward, true,
                c.parties);
      k = marker + 1;
    } else if (!(entry.frames & kNp) &&
               !(entry.frames & kInf && (T(k).upos == Upos::kVerb || T(k).upos == Upos::kX))) {
      return false;
    }
    // "berjanji akan menarik": the mark of the future is no part of the act.
    while (k + 1 < sentence.last && (Punct(k) || Is(k, kSkip))) ++k;
    if (entry.frames == kNp && T(k).upos == Upos::kAdp) return false;
    subject = {k, SubjectEnd(k, sentence)};
    std::vector<Party> others = std::move(c.parties);
    c.parties.clear();
    PartiesOf(Subject(trigger.first, begin), PartyRole::kBound, false, c.parties);
    for (const Party& party : others)
      AddParty(c.parties, party.actor.actor, party.actor.span, party.role);
    if (others.empty()) Toward(subject, c);
    return !subject.empty();
  }

  // The other side, inside the words that say what: "to Chile", "dengan Chile".
  void Toward(const Range& subject, Commitment& c) const {
    for (uint32_t t = subject.first; t + 1 < subject.last; ++t) {
      if (Is(t, kToward | kWith | kTopic) && MentionAt(t) == nullptr) {
        uint32_t name = t + 1;
        while (Is(t, kTopic) && name + 1 < subject.last && name < t + 8 &&
               MentionAt(name) == nullptr)
          ++name;
        if (const ActorMention* mention = MentionAt(name)) {
          const PartyRole role =
              c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward;
          PartiesOf({name, std::min(subject.last, mention->last + 6)}, role, false, c.parties);
          return;
        }
      }
    }
    // No preposition says it: the first other country among the words.
    for (uint32_t t = subject.first; t < subject.last; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || mention->form != MentionForm::kName) continue;
      const Actor& actor = doc_.actors[mention->actors.front()];
      if (actor.code.empty() || actor.carrier) continue;
      const bool known = std::any_of(c.parties.begin(), c.parties.end(), [&](const Party& party) {
        return doc_.actors[party.actor.actor].code == actor.code;
      });
      if (known) continue;
      AddParty(c.parties, mention->actors.front(), mention->span,
               c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward);
      return;
    }
  }

  // "urged X to ...", "invited X to ...".
  bool ToParty(const Sentence& sentence, uint32_t begin, bool binds, Commitment& c,
               const Range& trigger, Range& subject) const {
    const Range who = Subject(trigger.first, begin);
    if (binds) {
      bool text = false;
      for (uint32_t t = who.first; t < who.last; ++t) {
        if (Is(t, kInstrument) && c.instrument.empty()) {
          text = true;
          c.instrument = std::string(doc_.Cut(SpanOf(NounPhrase(t, who.first, who.last))));
        }
      }
      if (!text) return false;
    } else {
      PartiesOf(who, PartyRole::kBound, false, c.parties);
    }
    const size_t own = c.parties.size();
    // "demanded that Chile leave": the clause has the other side for its subject.
    if (!binds && Is(trigger.last, kComplementizer)) {
      uint32_t k = trigger.last + 1;
      while (k < sentence.last && k < trigger.last + 6 && MentionAt(k) == nullptr) ++k;
      if (k >= sentence.last || MentionAt(k) == nullptr) return false;
      PartiesOf({k, MentionAt(k)->last}, PartyRole::kToward, true, c.parties);
      k = MentionAt(k)->last;
      if (k >= sentence.last) return false;
      subject = {k, SubjectEnd(k, sentence)};
      return !subject.empty();
    }
    const uint32_t limit = std::min(sentence.last, trigger.last + 24);
    uint32_t marker = trigger.last;
    while (marker < limit && !Is(marker, kInfinitive) && !Comma(marker) &&
           !(Is(marker, kBoundary) && MentionAt(marker) == nullptr)) {
      ++marker;
    }
    const bool marked = marker < limit && Is(marker, kInfinitive);
    // "mengundang Putin ke ...": before the place.
    uint32_t object_end = marker;
    for (uint32_t t = trigger.last; t < marker; ++t) {
      if (t > trigger.last && (T(t).upos == Upos::kAdp || Is(t, kToward)) &&
          MentionAt(t) == nullptr) {
        object_end = t;
        break;
      }
    }
    PartiesOf({trigger.last, object_end}, binds ? PartyRole::kBound : PartyRole::kToward, true,
              c.parties);
    if (c.parties.size() == own && (binds || c.kind == CommitmentKind::kInvitation)) return false;
    if (binds && !marked) return false;
    if (c.parties.size() == own && !marked) {
      // A verb after the object: "meminta pasukan mundur".
      if (T(trigger.last).upos == Upos::kAdp) return false;
    }
    const uint32_t from = marked ? marker + 1 : object_end < marker ? object_end : trigger.last;
    if (from >= sentence.last) return false;
    uint32_t k = from;
    if (!marked && c.kind == CommitmentKind::kDemand) {
      while (k < sentence.last && MentionAt(k) != nullptr) ++k;
      if (k >= sentence.last) return false;
      if (Is(k, kComplementizer)) ++k;
      if (k >= sentence.last) return false;
      if (T(k).upos == Upos::kPunct || (c.parties.size() > own && T(k).upos == Upos::kAdp))
        return false;
    }
    subject = {k, SubjectEnd(k, sentence)};
    return !subject.empty();
  }

  // "signed an exchange plan", "the pact was signed by", "called off the talks".
  bool Text(const Sentence& sentence, uint32_t begin, const Entry& entry, Commitment& c,
            const Range& trigger, Range& subject) const {
    const uint32_t wanted = entry.frames & kMeeting ? kMeetingNoun | kActNoun : kInstrument;
    uint32_t noun = kNone;
    const uint32_t limit = std::min(sentence.last, trigger.last + kNounLimit);
    for (uint32_t t = trigger.last; t < limit && !Comma(t); ++t) {
      // "long-awaited talks": a verb that modifies a noun doesn't end the phrase.
      if (t > trigger.last && Verb(t) && !T(t).Is("amod") && words_[t - 1] != "-") break;
      if (t > trigger.last && T(t).upos == Upos::kAdp && MentionAt(t) == nullptr) break;
      if (Is(t, wanted)) {
        // The last of a compound is its head: "peace deal", "pact talks".
        noun = t;
        if (t + 1 < limit && Is(t + 1, wanted)) continue;
        break;
      }
    }
    const Range before = Subject(trigger.first, begin);
    if (noun == kNone) {
      // The text is the subject of a passive verb.
      for (uint32_t t = before.first; t < before.last; ++t) {
        if (Is(t, wanted)) noun = t;
      }
      if (noun == kNone) return false;
      uint32_t agent = trigger.last;
      while (agent < limit && !Is(agent, kAgent) && MentionAt(agent) == nullptr) ++agent;
      if (agent < limit) {
        const uint32_t first = Is(agent, kAgent) ? agent + 1 : agent;
        if (Is(agent, kAgent) || T(agent - 1).upos != Upos::kAdp) {
          PartiesOf({first, std::min(sentence.last, first + 16)}, PartyRole::kBound, false,
                    c.parties);
        }
      }
      if (c.parties.empty()) PartiesOf(before, PartyRole::kBound, true, c.parties);
      if (c.parties.empty()) Sides(sentence.first, c.parties);
      if (c.parties.empty()) return false;
      subject = before;
      c.instrument = std::string(doc_.Cut(SpanOf(NounPhrase(noun, before.first, before.last))));
      return true;
    }
    PartiesOf(before, PartyRole::kBound, false, c.parties);
    if (c.kind == CommitmentKind::kAgreement && c.status != CommitmentStatus::kMade &&
        c.status != CommitmentStatus::kProposed) {
      // "kept its promise": the kind is the noun's.
      std::vector<const Entry*> named;
      cues_->Find(words_, noun, sentence.last, named);
      for (const Entry* other : named) {
        if (other->frames == kNoun) c.kind = other->kind;
      }
    }
    const Range phrase = NounPhrase(noun, trigger.last, sentence.last);
    c.instrument = std::string(doc_.Cut(SpanOf(phrase)));
    const uint32_t end = SubjectEnd(phrase.first, sentence);
    uint32_t first = trigger.last;
    while (first < phrase.first && (T(first).upos == Upos::kDet || Is(first, kSkip))) ++first;
    subject = {first, std::max(end, phrase.last)};
    AfterName(phrase.last,
              c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward, c,
              subject);
    const bool act = subject.first > phrase.first && subject.first >= phrase.last;
    if (act && c.parties.size() < 2) Between(subject, c);
    if ((act || (entry.frames & kMeeting) != 0) && c.parties.size() < 2) Toward(subject, c);
    // "deals which were quickly broken"
    uint32_t relative = phrase.last;
    while (relative < subject.last + 2 && relative < sentence.last && !Is(relative, kRelative)) {
      ++relative;
    }
    std::vector<const Entry*> found;
    for (uint32_t t = relative + 1;
         c.status == CommitmentStatus::kMade && t < std::min(sentence.last, relative + 5); ++t) {
      cues_->Find(words_, t, sentence.last, found);
      for (const Entry* other : found) {
        if (other->status == CommitmentStatus::kBroken) c.status = other->status;
      }
    }
    for (uint32_t t = trigger.last; t < phrase.last; ++t) {
      if (Is(t, kEarlier)) c.about = SpanOf({first, phrase.last});
    }
    if (entry.status != CommitmentStatus::kMade && entry.status != CommitmentStatus::kProposed &&
        !(entry.frames & kMeeting)) {
      c.about = SpanOf({first, phrase.last});
    }
    return true;
  }

  // The sides among the words that say what: "to cut the tariffs between the two countries".
  void Between(const Range& subject, Commitment& c) const {
    for (uint32_t t = subject.first; t + 1 < subject.last; ++t) {
      if (!Is(t, kBetween) || MentionAt(t) != nullptr) continue;
      if (const ActorMention* mention = MentionAt(t + 1)) {
        PartiesOf({t + 1, std::min(subject.last, mention->last + 6)}, PartyRole::kBound, true,
                  c.parties);
      }
      return;
    }
  }

  // What may follow an instrument's name: between whom, with whom, on what or to do what.
  void AfterName(uint32_t k, PartyRole with, Commitment& c, Range& subject) const {
    const uint32_t limit = std::min(subject.last, k + 40);
    for (uint32_t t = k; t < limit; ++t) {
      if (MentionAt(t) != nullptr) continue;
      if (Is(t, kRelative) || Comma(t)) {
        if (Is(t, kRelative)) {
          subject.last = t;
          while (subject.last > subject.first && Comma(subject.last - 1)) --subject.last;
        }
        return;
      }
      const uint32_t sided = with == PartyRole::kToward ? kWith | kToward : kWith;
      if (Is(t, kBetween) || (Is(t, sided) && t + 1 < limit && MentionAt(t + 1) != nullptr)) {
        uint32_t to = t + 1;
        while (to < limit &&
               (MentionAt(to) != nullptr || !Is(to, kTopic | kInfinitive | kRelative)))
          ++to;
        PartiesOf({t + 1, to}, with, true, c.parties);
        t = to - 1;
        continue;
      }
      if (Is(t, kInfinitive) && t + 1 < limit && MentionAt(t + 1) == nullptr &&
          (Verb(t + 1) || T(t + 1).upos == Upos::kX) && !Is(t + 1, kPeriod)) {
        subject.first = t + 1;
        return;
      }
    }
  }

  bool Numbered(uint32_t t) const {
    size_t at = 0;
    return !words_[t].empty() && IsDigit(DecodeUtf8(words_[t], at));
  }

  // "Perjanjian antara A dan B tentang C", "an agreement between A and B to C".
  bool NamedText(const Sentence& sentence, uint32_t t, uint32_t& end) {
    uint32_t between = t + 1;
    while (between < sentence.last && between < t + 4 && !Is(between, kBetween)) ++between;
    // An item of a list of texts ("3. MoU on fisheries"): the report has told whose they are.
    const bool item = t < sentence.first + kItemWords && !Is(t, kSkip) &&
                      (t == sentence.first || Numbered(sentence.first));
    if (between >= sentence.last || between >= t + 4) {
      if (!item || t + 2 >= sentence.last || !Is(t + 1, kTopic)) return false;
      between = t;
    }
    Commitment c;
    c.kind = CommitmentKind::kAgreement;
    const Range phrase = NounPhrase(t, t, std::max(between, t + 1));
    c.instrument = std::string(doc_.Cut(SpanOf(phrase)));
    uint32_t topic = between + 1;
    const uint32_t limit = std::min(sentence.last, between + 40);
    while (topic < limit &&
           (MentionAt(topic) != nullptr || !Is(topic, kTopic | kInfinitive | kRelative))) {
      ++topic;
    }
    if (item) Sides(sentence.first, c.parties);
    if (c.parties.empty()) PartiesOf({between + 1, topic}, PartyRole::kBound, true, c.parties);
    if (c.parties.empty()) return false;
    Range subject{phrase.first, SubjectEnd(phrase.first, sentence)};
    if (topic < limit && Is(topic, kTopic | kInfinitive) && topic + 1 < sentence.last) {
      subject = {topic + 1, SubjectEnd(topic + 1, sentence)};
    }
    end = std::max(subject.last, topic);
    return Finish(sentence, {t, t + 1}, subject, c);
  }

  // "its commitment to ...", "janji X untuk ...", "rencana pertemuan antara A dan B".
  bool Noun(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
            Range& subject) const {
    uint32_t k = trigger.last;
    const uint32_t limit = std::min(sentence.last, k + 8);
    if (k < limit && Is(k, kMeetingNoun)) {
      trigger.last = k + 1;
      subject = {k, SubjectEnd(k, sentence)};
      c.kind = CommitmentKind::kPlan;
      PartiesOf({k + 1, subject.last}, PartyRole::kBound, true, c.parties);
      return c.parties.size() > 1;
    }
    uint32_t marker = k;
    while (marker < limit && (MentionAt(marker) != nullptr ||
                              (!Is(marker, kInfinitive) && !Verb(marker) && !Comma(marker)))) {
      ++marker;
    }
    const bool invitation = c.kind == CommitmentKind::kInvitation;
    if (!invitation && (marker >= limit || !Is(marker, kInfinitive) ||
                        marker + 1 >= sentence.last || MentionAt(marker + 1) != nullptr ||
                        (T(marker + 1).upos != Upos::kX && !Verb(marker + 1)))) {
      return false;
    }
    // Whose: right before ("Chile's promise") or after ("janji Chile", "invitation by Chile").
    std::vector<Party> own;
    for (uint32_t t = trigger.first; t > begin && trigger.first - t < 3 && own.empty(); --t) {
      if (Verb(t - 1)) break;
      if (MentionAt(t - 1) != nullptr) PartiesOf({t - 1, t}, PartyRole::kBound, true, own);
    }
    uint32_t after = k;
    if (own.empty()) {
      while (after < marker && MentionAt(after) == nullptr && !Is(after, kToward)) ++after;
      if (after < marker && MentionAt(after) != nullptr) {
        PartiesOf({after, after + 1}, PartyRole::kBound, true, own);
        after = MentionAt(after)->last;
      }
    }
    // "X was slow to keep its promise", told by another: "its" is X's.
    if (own.size() == 1 && told_[trigger.first] != kNone) {
      const uint32_t owner = TokenAt(own.front().actor.span.start);
      const bool pronoun = owner < Size() && T(owner).upos == Upos::kPron;
      for (uint32_t t = begin; pronoun && t < trigger.first; ++t) {
        if (MentionAt(t) != nullptr && T(t).upos == Upos::kPropn) {
          own.clear();
          PartiesOf({t, MentionAt(t)->last}, PartyRole::kBound, true, own);
          break;
        }
      }
    }
    if (own.empty()) {
      PartiesOf(Subject(trigger.first, begin), PartyRole::kBound, false, own);
    }
    if (own.empty()) {
      // "menyatakan tekadnya": the subject of the verb whose object it is.
      const int32_t verb = T(trigger.first).head;
      if (verb >= 0 && static_cast<uint32_t>(verb) < trigger.first &&
          static_cast<uint32_t>(verb) >= sentence.first) {
        PartiesOf(Subject(static_cast<uint32_t>(verb), sentence.first), PartyRole::kBound, false,
                  own);
      }
    }
    c.parties = std::move(own);
    // "broke its promise to", "failed to keep its promise to".
    std::vector<const Entry*> found;
    for (uint32_t t = trigger.first; t > begin && trigger.first - t < 5; --t) {
      found.clear();
      cues_->Find(words_, t - 1, trigger.first, found);
      for (const Entry* entry : found) {
        if (entry->status != CommitmentStatus::kMade && c.status == CommitmentStatus::kMade) {
          c.status = entry->status;
        }
      }
      if (Is(t - 1, kFailing)) c.status = CommitmentStatus::kBroken;
    }
    if (invitation) {
      subject = {trigger.first, SubjectEnd(trigger.first, sentence)};
      if (marker + 1 < sentence.last && Is(marker, kInfinitive)) {
        subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
      }
      Toward({k, std::min(sentence.last, k + 14)}, c);
      const int32_t verb = T(trigger.first).head;
      if (c.parties.size() == 1 && verb >= static_cast<int32_t>(begin) &&
          static_cast<uint32_t>(verb) < trigger.first) {
        // "accepted an invitation by Chile"
        PartiesOf(Subject(static_cast<uint32_t>(verb), begin), PartyRole::kToward, false,
                  c.parties);
      }
      return c.parties.size() > 1;
    }
    subject = {marker + 1, SubjectEnd(marker + 1, sentence)};
    Toward(subject, c);
    return !subject.empty();
  }

  // "will meet", "akan menggelar"; "it would complete" in somebody's statement is a pledge.
  bool Future(const Sentence& sentence, uint32_t begin, Commitment& c, Range& trigger,
              Range& subject) const {
    uint32_t verb = trigger.last;
    while (verb < sentence.last && verb < trigger.last + 4 &&
           (Is(verb, kSkip) || T(verb).upos == Upos::kAdv || T(verb).upos == Upos::kAux)) {
      ++verb;
    }
    if (verb >= sentence.last || (!Verb(verb) && T(verb).upos != Upos::kX) || Is(verb, kNegator))
      return false;
    // Only a subject that is an actor, right before: the future of things binds nobody.
    Range who = Subject(verb, begin);
    if (who.empty() || who.last > trigger.first) who = Subject(trigger.first, begin);
    PartiesOf(who, PartyRole::kBound, false, c.parties);
    const uint32_t statement = told_[trigger.first];
    const bool modal = Is(trigger.first, kHedge);
    if (c.parties.empty() && statement != kNone && who.size() == 1 &&
        T(who.first).Feat("Person") == "1") {
      // "we will": who speaks.
      AddParty(c.parties, doc_.statements[statement].source.actor, doc_.SpanOf(who.first, who.last),
               PartyRole::kBound);
    }
    if (c.parties.empty()) return false;
    if (statement != kNone) {
      const uint32_t speaker = doc_.statements[statement].source.actor;
      bool own = false;
      for (const Party& party : c.parties) own = own || party.actor.actor == speaker;
      if (own) c.kind = CommitmentKind::kPledge;
      if (modal && !own) return false;
    } else if (modal) {
      return false;
    }
    trigger.last = verb + 1;
    subject = {verb, SubjectEnd(verb, sentence)};
    Toward(subject, c);
    return subject.size() >= 2;
  }

  // ---- what all share ----
  bool Finish(const Sentence& whole, const Range& trigger, const Range& subject, Commitment& c) {
    // A hostile sentence may be a whole book: look at the words around the trigger only.
    Sentence sentence = whole;
    sentence.first = std::max(whole.first, trigger.first - std::min(trigger.first, kWindow));
    sentence.last = std::min(whole.last, trigger.first + kWindow);
    c.trigger = SpanOf(trigger);
    c.subject = SpanOf(subject);
    if (c.trigger.empty() || c.subject.empty()) return false;
    c.sentence = {whole.start, whole.end, Layer::kBody, 0};
    const Event* event = EventAt(c.trigger);
    if (c.parties.empty() && event != nullptr) {
      for (const ActorRef& ref : event->actor)
        AddParty(c.parties, ref.actor, ref.span, PartyRole::kBound);
    }
    if (event != nullptr) {
      c.context = event->context;
      c.place = event->place;
      for (const ActorRef& ref : event->recipient) {
        if (Coded(c.parties, ref.actor)) continue;
        AddParty(c.parties, ref.actor, ref.span,
                 c.kind == CommitmentKind::kAgreement ? PartyRole::kBound : PartyRole::kToward);
      }
    }
    const uint32_t statement = told_[trigger.first];
    if (statement != kNone) c.source = {doc_.statements[statement].source};
    // Nobody bound by the grammar: who speaks, else the first name before the trigger.
    bool bound = false;
    for (const Party& party : c.parties) bound = bound || party.role == PartyRole::kBound;
    if (!bound && c.kind != CommitmentKind::kAgreement) {
      std::vector<Party> first;
      if (statement != kNone) {
        const ActorRef& speaker = doc_.statements[statement].source;
        AddParty(first, speaker.actor, speaker.span, PartyRole::kBound);
      }
      for (uint32_t t = sentence.first; t < trigger.first && first.empty(); ++t) {
        if (MentionAt(t) != nullptr)
          PartiesOf({t, MentionAt(t)->last}, PartyRole::kBound, false, first);
      }
      for (const Party& party : c.parties)
        AddParty(first, party.actor.actor, party.actor.span, party.role);
      c.parties = std::move(first);
    }
    if (c.parties.empty()) return false;
    Helpers(sentence, c);

    for (uint32_t t = trigger.first; t > sentence.first && trigger.first - t < 6; --t) {
      if (told_[t - 1] != told_[trigger.first]) break;
      if (Is(t - 1, kHedge) && MentionAt(t - 1) == nullptr) c.hedged = true;
    }
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (Is(t, kCondition) && told_[t] == told_[trigger.first] &&
          (t < trigger.first || t >= subject.first)) {
        c.hedged = true;
      }
    }
    if (c.hedged && c.status == CommitmentStatus::kMade && trigger.first > sentence.first &&
        Is(trigger.first - 1, kHedge)) {
      c.status = CommitmentStatus::kProposed;
    }

    if (c.status == CommitmentStatus::kFulfilled) {
      const uint32_t from = trigger.first - std::min(trigger.first - sentence.first, 3U);
      for (uint32_t t = from; t < trigger.first; ++t) {
        if (Is(t, kFailing)) c.status = CommitmentStatus::kBroken;
      }
    }
    if (c.status == CommitmentStatus::kFulfilled) {
      const uint32_t from = trigger.first - std::min(trigger.first - sentence.first, 3U);
      for (uint32_t t = from; t < std::min(sentence.last, trigger.last + 4); ++t) {
        if (Is(t, kPart)) c.status = CommitmentStatus::kPartlyFulfilled;
      }
    }

    // A pledge to keep an earlier text.
    if (c.about.empty() && c.kind == CommitmentKind::kPledge) {
      std::vector<const Entry*> found;
      cues_->Find(words_, subject.first, subject.last, found);
      for (const Entry* entry : found) {
        if (entry->status != CommitmentStatus::kFulfilled) continue;
        for (uint32_t t = subject.first + 1; t < subject.last && t < subject.first + kNounLimit;
             ++t) {
          if (Is(t, kInstrument)) {
            c.about = SpanOf(NounPhrase(t, subject.first + 1, subject.last));
            if (c.status == CommitmentStatus::kMade) c.status = CommitmentStatus::kReaffirmed;
            break;
          }
        }
      }
    }
    Dates(sentence, trigger, subject, event, c);
    Topics(subject, c);
    doc_.commitments.push_back(std::move(c));
    return true;
  }

  const Event* EventAt(const Span& trigger) const {
    // Events are few in a sentence but many in a document: look at those that start nearby.
    auto at = std::lower_bound(doc_.events.begin(), doc_.events.end(), trigger.start,
                               [](const Event& e, uint32_t s) { return e.trigger.end <= s; });
    for (int n = 0; at != doc_.events.end() && n < 8; ++at, ++n) {
      if (at->trigger.layer == Layer::kBody && at->trigger.start < trigger.end &&
          trigger.start < at->trigger.end) {
        return &*at;
      }
    }
    return nullptr;
  }

  // What it is about, in names that all languages share.
  void Topics(const Range& subject, Commitment& c) const {
    const auto sort = [](std::vector<std::string>& names) {
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
    };
    for (uint32_t t = subject.first; t < subject.last;) {
      const ActorMention* mention = MentionAt(t);
      const bool name = mention != nullptr && mention->form == MentionForm::kName;
      uint32_t length = name ? 0 : cues_->Topics(words_, t, c.topics, c.acts);
      if (length == 0 && !name) cues_->Topics({LowerCase(T(t).lemma)}, 0, c.topics, c.acts);
      t += std::max(length, 1U);
    }
    sort(c.topics);
    sort(c.acts);
  }

  // Who mediates, witnesses or guarantees: "disaksikan oleh X".
  void Helpers(const Sentence& sentence, Commitment& c) const {
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      const uint32_t bits = cues_->Classes(words_, t);
      PartyRole role = PartyRole::kWitness;
      if (bits & kMediatorWord)
        role = PartyRole::kMediator;
      else if (bits & kGuarantorWord)
        role = PartyRole::kGuarantor;
      else if (!(bits & kWitnessWord))
        continue;
      uint32_t agent = t + 1;
      while (agent < sentence.last && agent < t + 5 && !Is(agent, kAgent) &&
             MentionAt(agent) == nullptr)
        ++agent;
      if (agent < sentence.last && agent < t + 5) {
        PartiesOf({Is(agent, kAgent) ? agent + 1 : agent, std::min(sentence.last, agent + 12)},
                  role, false, c.parties);
        return;
      }
    }
  }

  void Dates(const Sentence& sentence, const Range& trigger, const Range& subject,
             const Event* event, Commitment& c) const {
    auto next =
        std::lower_bound(times_.begin(), times_.end(), T(sentence.first).start,
                         [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
    for (; next != times_.end() && (*next)->span.start < T(sentence.last - 1).end; ++next) {
      const TimeExpression* at = *next;
      const uint32_t first = TokenAt(at->span.start);
      uint32_t words = 0;
      bool inner = false;
      // The word that governs it, or that it starts with: "by March", "hingga 2026".
      for (uint32_t t = first > sentence.first + 2 ? first - 3 : sentence.first;
           t <= first && t < sentence.last; ++t) {
        words |= cues_->Classes(words_, t) & (kDeadline | kStart | kPeriod | kWithin);
      }
      inner = subject.first <= first && first < subject.last;
      const bool after = first >= trigger.first;
      if (at->kind == TimeKind::kDuration) {
        if (after && (words & kWithin)) {
          if (c.term.to.empty()) c.term.to = Moved(Made(c), at->value);
        } else if (((inner || after) && (words & kPeriod)) || OfInstrument(*at, sentence)) {
          Lasting(at->value, c);
        }
        continue;
      }
      if (!at->interval.known() || at->kind == TimeKind::kSet) continue;
      if (after && (words & (kDeadline | kWithin))) {
        c.term.to = Due(*at);
      } else if ((inner || after || first == sentence.first) && (words & kStart) &&
                 c.term.from.empty() && c.kind != CommitmentKind::kInvitation) {
        c.term.from = at->interval.from;
      } else if (inner && !c.term.known() && Ahead(at->interval, c)) {
        c.term = Coming(*at, c);
      } else if (!c.made.known() && !Later(at->interval)) {
        c.made = at->interval;
      }
    }
    if (!c.made.known() && event != nullptr && event->date.known() && !Later(event->date) &&
        !(event->date == c.term) && c.kind != CommitmentKind::kPlan) {
      c.made = event->date;
    }
    bool earlier = false;
    for (uint32_t t = sentence.first; t < trigger.first; ++t) earlier = earlier || Is(t, kEarlier);
    if (!c.made.known() && !earlier && !doc_.article.published.empty()) {
      c.made.from = c.made.to = doc_.article.published.substr(0, 10);
    }
  }
  // The day that a deadline names. What is due lies ahead: "until October" is the next one.
  std::string Due(const TimeExpression& time) const {
    std::string due = time.interval.to.empty() ? time.interval.from : time.interval.to;
    const std::string today = doc_.article.published.substr(0, 10);
    const std::string_view text = doc_.Cut(time.span);
    const std::string year = due.substr(0, std::min<size_t>(4, due.size()));
    int number = 0;
    if (today.empty() || due >= today.substr(0, due.size()) || year.size() < 4 ||
        text.find(year) != std::string_view::npos ||
        std::from_chars(year.data(), year.data() + 4, number).ec != std::errc()) {
      return due;
    }
    const std::string next = std::to_string(number + 1);
    due.replace(0, 4, next);
    return due >= today.substr(0, due.size()) ? due : time.interval.to;
  }
  // Whether a time ends after the report's day; not known to where the report has none.
  bool Later(const TimeInterval& time) const {
    const std::string today = doc_.article.published.substr(0, 10);
    const std::string& end = time.to.empty() ? time.from : time.to;
    return !today.empty() && end > today.substr(0, end.size());
  }
  // Whether a time among the words that say what is when it is due, not when it was agreed: a day
  // that has come is the latter, and a text is signed on a day but holds for a period.
  bool Ahead(const TimeInterval& time, const Commitment& c) const {
    if (c.status != CommitmentStatus::kMade && c.status != CommitmentStatus::kProposed) {
      return c.status == CommitmentStatus::kDelayed && Later(time);
    }
    if (!c.instrument.empty() && time.from == time.to && time.from.size() >= 10) return false;
    return doc_.article.published.empty() || Later(time) || c.instrument.empty();
  }
  // A month or day that has no year is the next one, where it says when something is to be done.
  TimeInterval Coming(const TimeExpression& time, const Commitment& c) const {
    if (c.status != CommitmentStatus::kMade && c.status != CommitmentStatus::kProposed) {
      return time.interval;
    }
    const std::string to = Due(time);
    const std::string& from = time.interval.from;
    if (to == (time.interval.to.empty() ? from : time.interval.to)) return time.interval;
    return {from.empty() ? from : to.substr(0, 4) + from.substr(4), to};
  }
  // Whether a length of time stands before an instrument: "a five-year pact".
  bool OfInstrument(const TimeExpression& length, const Sentence& sentence) const {
    const uint32_t last = TokenAt(length.span.end);
    for (uint32_t t = last; t < std::min(sentence.last, last + 4); ++t) {
      if (Is(t, kInstrument)) return true;
    }
    return false;
  }
  // The day it was made, or that of the report: "2010-04-09"; may be less exact, or empty.
  std::string Made(const Commitment& c) const {
    return c.made.known() ? c.made.from : doc_.article.published.substr(0, 10);
  }
  // A term that lasts: months and years, as exact as they are; "P7Y" made in 2010 is 2010 to 2017.
  void Lasting(const std::string& value, Commitment& c) const {
    if (c.term.known() || value.empty()) return;
    const std::string made = Made(c);
    const size_t exact = value.back() == 'Y' ? 4 : value.back() == 'M' ? 7 : 0;
    const std::string end = exact == 0 || made.size() < exact ? "" : Moved(made, value);
    if (!end.empty()) c.term = {made.substr(0, exact), end.substr(0, exact)};
  }
  // A day and what lies a length of time after it ("P6M", "PT48H"), as exact as the day; empty if
  // either can't be read.
  static std::string Moved(const std::string& day, const std::string& length) {
    using namespace std::chrono;
    int part[3] = {0, 1, 1};
    for (size_t i = 0; i < 3 && day.size() >= (i == 0 ? 4 : 2 + 3 * i); ++i) {
      const char* from = day.data() + (i == 0 ? 0 : 2 + 3 * i);
      if (std::from_chars(from, from + (i == 0 ? 4 : 2), part[i]).ec != std::errc()) return {};
    }
    const size_t digits = length.find_first_of("0123456789");
    int count = 0;
    if (day.size() < 4 || digits == std::string::npos ||
        std::from_chars(length.data() + digits, length.data() + length.size() - 1, count).ec !=
            std::errc() ||
        count < 1 || count > 2000) {
      return {};
    }
    year_month_day date{year(part[0]), month(static_cast<unsigned>(part[1])),
                        std::chrono::day(static_cast<unsigned>(part[2]))};
    if (!date.ok()) return {};
    const bool hours = length.find('T') != std::string::npos;
    switch (length.back()) {
      case 'Y':
        date += years(count);
        break;
      case 'M':
        if (hours) return {};
        date += months(count);
        break;
      case 'W':
        date = sys_days(date) + weeks(count);
        break;
      case 'D':
        date = sys_days(date) + days(count);
        break;
      case 'H':
        date = sys_days(date) + days((count + 23) / 24);
        break;
      default:
        return {};
    }
    if (!date.ok()) date = date.year() / date.month() / last;
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return std::string(text).substr(0, std::min<size_t>(day.size(), 10));
  }

  Document& doc_;
  const std::map<std::string, Cues, std::less<>>& languages_;
  const Cues* cues_ = nullptr;
  std::vector<std::string> words_;            // lower case
  std::vector<uint32_t> longest_;             // the longest mention over a token
  std::vector<const TimeExpression*> times_;  // of the body, in text order
  std::vector<uint32_t> told_;                // the statement whose content a token is in
};

class CommitmentStage : public Stage {
 public:
  explicit CommitmentStage(std::map<std::string, Cues, std::less<>> languages)
      : languages_(std::move(languages)) {}
  std::string_view name() const override { return "commitment"; }
  Layers needs() const override { return kTokens | kTrees | kNames | kActors | kStatements; }
  Layers adds() const override { return kCommitments; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    document.commitments.clear();
    Reader(document, languages_).Run();
    return {};
  }

 private:
  const std::map<std::string, Cues, std::less<>> languages_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeCommitmentStage(const Resources& resources) {
  std::map<std::string, Cues, std::less<>> languages;
  for (const std::string& lang : resources.Languages()) {
    const std::string folder = "data/lang/" + lang + "/";
    if (!resources.Has(folder + "commitment_cues.tsv")) continue;
    Result<Cues> cues = Cues::Load(resources, folder);
    if (!cues) return cues.error();
    languages.emplace(lang, std::move(*cues));
  }
  return std::unique_ptr<Stage>(std::make_unique<CommitmentStage>(std::move(languages)));
}

}  // namespace kronik
