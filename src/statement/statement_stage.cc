#include "statement/statement_stage.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/body_times.h"
#include "base/dateline.h"
#include "base/utf8.h"
#include "statement/clause.h"
#include "statement/lexicon.h"
#include "statement/source_phrase.h"

namespace kronik {
namespace {

using namespace statement;  // NOLINT: the stage's own vocabulary

constexpr uint32_t kTailLimit = 45;    // tokens after a quotation in which its cue is looked for
constexpr uint32_t kHeadLimit = 14;    // tokens before it
constexpr uint32_t kNameLimit = 16;    // tokens of a source phrase
constexpr uint32_t kThatLimit = 14;    // tokens between a cue and its complementizer
constexpr uint32_t kClauseLimit = 80;  // tokens before a cue in which its subject is looked for
constexpr size_t kQuoteLimit = 256;    // quotations of a block; more are taken as plain words
constexpr size_t kSingleLimit = 1000;  // bytes of a quotation in single marks
constexpr size_t kEdgeLimit = 16;      // outlets and "according to" of a sentence
constexpr int kClimbLimit = 12;        // steps up a tree
constexpr size_t kNamesBack = 64;      // mentions before a pronoun in which its name is looked for

struct Quote {
  uint32_t open = 0;   // bytes: the mark itself
  uint32_t inner = 0;  // bytes: after the mark
  uint32_t close = 0;  // bytes: the closing mark, or the block's end
  Range words;         // tokens inside
  uint32_t after = 0;  // the token after the closing mark
  bool closed = true;
  bool direct = false;
};

struct Cue {
  uint32_t first = 0;
  uint32_t last = 0;
  const Entry* entry = nullptr;
  bool split = false;
  uint32_t frames() const { return entry->frames; }
};

// One document's work. Holds no state beyond it.
class Reader {
 public:
  Reader(Document& document, const std::map<std::string, Lexicon, std::less<>>& lexicons)
      : doc_(document), lexicons_(lexicons), tree_(document), clauses_(tree_, words_) {}

  void Run() {
    words_.reserve(doc_.tokens.size());
    for (const Token& token : doc_.tokens) {
      words_.push_back(LowerCase(token.form));
      // "didn\u2019t": one spelling of the apostrophe is enough.
      std::string& word = words_.back();
      if (const size_t at = word.find("\u2019"); at != std::string::npos) {
        word = word.substr(0, at) + "'" + word.substr(at + 3);
      }
    }
    times_ = BodyTimes(doc_);
    used_.assign(words_.size(), false);
    cue_.assign(words_.size(), false);
    longest_.assign(words_.size(), kNone);
    for (uint32_t m = 0; m < doc_.actor_mentions.size(); ++m) {
      const ActorMention& mention = doc_.actor_mentions[m];
      if (mention.span.layer != Layer::kBody || mention.actors.empty()) continue;
      const uint32_t end = std::min<uint32_t>(mention.last, static_cast<uint32_t>(words_.size()));
      for (uint32_t t = mention.first; t < end && t < mention.first + 40; ++t) {
        if (longest_[t] == kNone ||
            doc_.actor_mentions[longest_[t]].span.size() < mention.span.size()) {
          longest_[t] = m;
        }
      }
    }
    MarkOutlets();
    size_t s = 0;
    while (s < doc_.sentences.size()) {
      size_t next = s + 1;
      while (next < doc_.sentences.size() &&
             doc_.sentences[next].block == doc_.sentences[s].block) {
        ++next;
      }
      ReadBlock(s, next);
      s = next;
    }
    ReadTrees();
    std::stable_sort(doc_.statements.begin(), doc_.statements.end(),
                     [](const Statement& a, const Statement& b) {
                       return a.content.front().start < b.content.front().start;
                     });
  }

 private:
  // A name with a word for an outlet in it is one's, known or not: "the Wire Two news agency".
  void MarkOutlets() {
    for (const ActorMention& mention : doc_.actor_mentions) {
      if (mention.span.layer != Layer::kBody || mention.actors.empty() ||
          mention.last > words_.size() || mention.first + 1 >= mention.last) {
        continue;
      }
      Actor& actor = doc_.actors[mention.actors.front()];
      if (actor.kind != ActorKind::kOrganisation && actor.kind != ActorKind::kGroup) continue;
      const auto found = lexicons_.find(doc_.LangOf(doc_.SentenceOf(mention.first)));
      if (found == lexicons_.end()) continue;
      const auto is_outlet = [&](uint32_t t) { return found->second.Classes(words_[t]) & kOutlet; };
      if (is_outlet(mention.first) || is_outlet(mention.last - 1) ||
          (mention.last - mention.first > 2 && is_outlet(mention.first + 1))) {
        actor.carrier = true;
      }
    }
  }

  // ---- small questions about tokens ----
  const Token& T(uint32_t t) const { return doc_.tokens[t]; }
  uint32_t Classes(uint32_t t) const { return lexicon_->Classes(words_[t]); }
  bool Is(uint32_t t, uint32_t classes) const { return (Classes(t) & classes) != 0; }
  bool Punct(uint32_t t) const {
    if (T(t).upos == Upos::kPunct) return true;
    size_t at = 0;
    const char32_t c = DecodeUtf8(words_[t], at);
    return !IsLetter(c) && !IsDigit(c) && at == words_[t].size();
  }
  bool Comma(uint32_t t) const { return words_[t] == ","; }
  // A comma, also one inside the quotation mark that follows it.
  bool Break(uint32_t t) const {
    return Comma(t) || (t > 0 && Comma(t - 1) && (words_[t] == "\"" || words_[t] == "\u201d"));
  }
  bool Stop(uint32_t t) const {
    return words_[t] == "." || words_[t] == "!" || words_[t] == "?" || words_[t] == "\u2026" ||
           words_[t] == "...";
  }
  bool Verb(uint32_t t) const { return T(t).upos == Upos::kVerb || T(t).upos == Upos::kAux; }
  bool Participle(uint32_t t) const {
    return T(t).Feat("VerbForm") == "Ger" ||
           (T(t).Feat("VerbForm") == "Part" && T(t).Feat("Tense") == "Pres");
  }
  bool Parsed(const Range& range) const {
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (T(t).upos != Upos::kX) return true;
    }
    return false;
  }
  bool HasVerb(const Range& range) const {
    if (!Parsed(range)) return range.size() >= 3;
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (Verb(t)) return true;
    }
    return false;
  }
  // Whether the words make a clause, also one without a verb: "kebijakan itu terlambat".
  bool HasPredicate(const Range& range) const {
    if (HasVerb(range)) return true;
    if (T(range.first).upos == Upos::kAdj && !T(range.first).Is("amod")) return true;
    for (uint32_t t = range.first; t < range.last; ++t) {
      const auto head = static_cast<uint32_t>(T(t).head);
      if (T(t).Is("nsubj") && T(t).head >= 0 && range.first <= head && head < range.last)
        return true;
      if (t + 1 < range.last && EndsPhrase(t) &&
          (T(t + 1).upos == Upos::kAdj || T(t + 1).upos == Upos::kAdv)) {
        return true;
      }
      if (t > range.first && t + 1 < range.last && OpensPredicate(t)) return true;
    }
    return false;
  }
  // "warga masih puas": an adverb between a noun and an adjective.
  bool OpensPredicate(uint32_t t) const {
    return T(t).upos == Upos::kAdv && T(t + 1).upos == Upos::kAdj &&
           (T(t - 1).upos == Upos::kNoun || T(t - 1).upos == Upos::kPropn);
  }
  // A determiner behind its noun ends the phrase: what follows is said of it.
  bool EndsPhrase(uint32_t t) const {
    return T(t).upos == Upos::kDet && T(t).head >= 0 && static_cast<uint32_t>(T(t).head) < t;
  }
  bool HasQuote(const Span& span) const {
    for (const Quote& quote : quotes_) {
      if (quote.open < span.end && span.start < quote.close) return true;
    }
    return false;
  }
  const ActorMention* MentionAt(uint32_t t) const {
    return t < longest_.size() && longest_[t] != kNone ? &doc_.actor_mentions[longest_[t]]
                                                       : nullptr;
  }
  uint32_t TokenAt(uint32_t byte) const {
    const auto at =
        std::lower_bound(doc_.tokens.begin(), doc_.tokens.end(), byte,
                         [](const Token& token, uint32_t b) { return token.start < b; });
    return static_cast<uint32_t>(at - doc_.tokens.begin());
  }
  bool IsCarrier(uint32_t actor) const {
    return actor < doc_.actors.size() && doc_.actors[actor].carrier;
  }

  // ---- quotations ----
  // Whether the first quotation mark of a block closes: no space before it, none inside.
  static bool ClosesFirst(std::string_view text, size_t at) {
    char32_t before = U' ';
    while (at < text.size()) {
      const char32_t c = DecodeUtf8(text, at);
      if (c == 0x201D || c == 0xBB) return true;
      if (c == 0x201C || c == 0xAB || c == 0x201E) return false;
      if (c == '"') return !IsSpace(before) && before != '(';
      before = c;
    }
    return false;
  }
  // Where a quotation in single marks that starts at `at` closes: after a mark that ends a clause,
  // so that an apostrophe doesn't; npos: nowhere near.
  static size_t SingleClose(std::string_view text, size_t at) {
    const size_t end = std::min(text.size(), at + kSingleLimit);
    char32_t before = U' ';
    while (at < end) {
      const size_t here = at;
      const char32_t c = DecodeUtf8(text, at);
      const bool ended = before == ',' || before == '.' || before == '?' || before == '!';
      if ((c == 0x2019 || c == '\'') && ended) return here;
      if (c == '"' || c == 0x201C || c == 0x201D || c == 0x2018) break;
      before = c;
    }
    return std::string_view::npos;
  }
  void FindQuotes(const Block& block, const Range& tokens) {
    quotes_.clear();
    const std::string_view text = std::string_view(doc_.article.text).substr(0, block.end);
    bool open = false;
    bool line_start = true;
    char32_t before = U' ';
    if (open_statement_ != kNone && ClosesFirst(text, block.start)) {
      // A quotation that the paragraph before left open goes on without a mark of its own.
      Quote quote;
      quote.open = quote.inner = block.start;
      quotes_.push_back(quote);
      open = true;
    }
    for (size_t at = block.start; at < text.size() && quotes_.size() < kQuoteLimit;) {
      const size_t here = at;
      const char32_t c = DecodeUtf8(text, at);
      const bool left = c == 0x201C || c == 0xAB || c == 0x201E;
      const bool right = c == 0x201D || c == 0xBB;
      const bool straight = c == '"';
      const bool twin = !straight && ((c == '\'' && text.substr(here).starts_with("''")) ||
                                      (c == '`' && text.substr(here).starts_with("``")));
      if (twin) at = here + 2;
      if (!open && (left || straight || twin || (right && line_start))) {
        Quote quote;
        quote.open = static_cast<uint32_t>(here);
        quote.inner = static_cast<uint32_t>(at);
        quotes_.push_back(quote);
        open = true;
      } else if (open && (right || straight || twin)) {
        quotes_.back().close = static_cast<uint32_t>(here);
        open = false;
      } else if (!open && (c == 0x2018 || c == '\'') && !IsLetter(before) && !IsDigit(before)) {
        if (const size_t close = SingleClose(text, at); close != std::string_view::npos) {
          Quote quote;
          quote.open = static_cast<uint32_t>(here);
          quote.inner = static_cast<uint32_t>(at);
          quote.close = static_cast<uint32_t>(close);
          quotes_.push_back(quote);
          at = close;
          DecodeUtf8(text, at);
        }
      }
      if (!IsSpace(c)) line_start = false;
      before = c;
    }
    if (open) {
      quotes_.back().close = block.end;
      quotes_.back().closed = false;
    }
    uint32_t t = tokens.first;
    for (Quote& quote : quotes_) {
      while (t < tokens.last && T(t).start < quote.inner) ++t;
      quote.words.first = t;
      while (t < tokens.last && T(t).start < quote.close) ++t;
      quote.words.last = t;
      while (t < tokens.last && T(t).start <= quote.close) ++t;
      quote.after = t;
    }
  }

  // Whether the words are a quotation of their own, not a few quoted words of a clause.
  bool IsDirect(const Quote& quote, const Range& block) const {
    if (quote.words.empty()) return false;
    uint32_t before = quote.words.first;
    while (before > block.first && T(before - 1).start >= quote.open) --before;
    const std::string& end = words_[quote.words.last - 1];
    const bool ended = end == "," || end == "." || end == "?" || end == "!" ||
                       (quote.after < block.last && words_[quote.after] == ",");
    if (!quote.closed) {
      return quote.words.size() >= 3 && (before == block.first || Stop(before - 1) ||
                                         words_[before - 1] == ":" || words_[before - 1] == ",");
    }
    if (before == block.first || Stop(before - 1) || SentenceStart(before) || Quoted(before - 1)) {
      if (ended || CueAt(quote.after, block.last)) return true;
      return quote.words.size() >= 8 && quote.after >= block.last;
    }
    const std::string& word = words_[before - 1];
    if (word == ":") return true;
    if (quote.words.size() < 3) return false;
    if (word == ",") return IsUpperStart(quote.words.first) || Continues(quote);
    if (Dash(before - 1)) return Continues(quote);
    // Directly after a cue: he said "we will go".
    Cue cue;
    return before > block.first && CueEndingAt(before, block.first, kQuote, cue) &&
           IsUpperStart(quote.words.first);
  }
  // Whether a quotation ended shortly before: its attribution interrupts it.
  bool Continues(const Quote& quote) const {
    const size_t q = static_cast<size_t>(&quote - quotes_.data());
    return q > 0 && quotes_[q - 1].direct && quote.words.first - quotes_[q - 1].after < 20;
  }
  bool IsUpperStart(uint32_t t) const {
    size_t at = 0;
    return !T(t).form.empty() && IsUpper(DecodeUtf8(T(t).form, at));
  }
  bool SentenceStart(uint32_t t) const { return doc_.SentenceOf(t).first == t; }
  bool Quoted(uint32_t t) const {
    for (const Quote& quote : quotes_) {
      if (quote.direct && T(t).start == quote.close) return true;
    }
    return false;
  }

  // ---- cues ----
  bool CueAt(uint32_t t, uint32_t end) const {
    while (t < end && (Comma(t) || Is(t, kSkip))) ++t;
    if (t >= end) return false;
    std::vector<Lexicon::Match> matches;
    lexicon_->Find(words_, t, end, matches);
    for (const auto& match : matches) {
      if (match.entry->frames & (kQuote | kAfter | kCarry)) return true;
    }
    return false;
  }
  bool CueEndingAt(uint32_t t, uint32_t begin, uint32_t frames, Cue& cue) const {
    std::vector<Lexicon::Match> matches;
    for (uint32_t from = t > begin + 5 ? t - 5 : begin; from < t; ++from) {
      lexicon_->Find(words_, from, t, matches);
      for (const auto& match : matches) {
        if (from + match.length == t && (match.entry->frames & frames)) {
          cue = {from, t, match.entry, match.split};
          return true;
        }
      }
    }
    return false;
  }

  // The cues of a stretch, left to right, none inside another.
  std::vector<Cue> CuesOf(const Range& range) const {
    std::vector<Cue> cues;
    std::vector<Lexicon::Match> matches;
    for (uint32_t t = range.first; t < range.last;) {
      uint32_t step = 1;
      if (!used_[t]) {
        lexicon_->Find(words_, t, range.last, matches);
        const Lexicon::Match* best = nullptr;
        for (const auto& match : matches) {
          if (Fits(t, match, range) && (best == nullptr || (best->entry->frames & kNoun) != 0)) {
            best = &match;
          }
        }
        if (best != nullptr) {
          Cue cue{t, t + best->length, best->entry, best->split};
          Shorten(cue);
          cues.push_back(cue);
          step = cue.last - cue.first;
        } else if (!matches.empty() && (matches.front().entry->frames & kComp) != 0) {
          step = matches.front().length;  // "declined to say": the tree's, and no "say"
        }
      }
      t += step;
    }
    return cues;
  }

  // "insisted on Monday", "rejected the claim as false": the last words are no part of the cue.
  void Shorten(Cue& cue) const {
    if (cue.last - cue.first < 2 || cue.last >= words_.size()) return;
    const bool day = T(cue.last - 1).upos == Upos::kAdp && IsTime(cue.last);
    if (!day && !Is(cue.last, kRole)) return;
    std::vector<Lexicon::Match> matches;
    lexicon_->Find(words_, cue.first, cue.last - 1, matches);
    if (matches.empty()) return;
    cue = {cue.first, cue.first + matches.front().length, matches.front().entry,
           matches.front().split};
  }
  bool Fits(uint32_t t, const Lexicon::Match& match, const Range& range) const {
    const uint32_t frames = match.entry->frames;
    // Only the tree shows their content, or a complementizer.
    const uint32_t next_word = t + match.length;
    const bool marked = next_word < range.last && Is(next_word, kComplementizer) &&
                        T(next_word).upos == Upos::kSconj;
    if ((frames & kAdj) != 0 || ((frames & kComp) != 0 && !marked)) return false;
    if (frames & (kPrep | kCarry | kBy | kAfter)) return true;
    if (frames & kWithin) return next_word < range.last && Comma(next_word);
    const Upos upos = T(t).upos;
    if (upos == Upos::kX) return (frames & kNoun) != 0 || !IsPassive(t, range);
    if (match.length > 1) return upos != Upos::kNoun || (frames & kNoun) != 0;
    const bool nominal = upos == Upos::kNoun || upos == Upos::kPropn;
    if (frames & kNoun) return nominal;
    if (T(t).Is("amod") && !T(t).Feat("VerbForm").empty()) return false;  // "the disputed islands"
    if (T(t).deprel == "acl" && T(t).Feat("Tense") == "Past" && t > range.first && !Punct(t - 1)) {
      return false;  // "a comet called"
    }
    if (upos == Upos::kVerb || upos == Upos::kAux) return !IsPassive(t, range);
    // "yakin bahwa", "khawatir bendungan itu akan jebol"
    if (upos == Upos::kAdj && (frames & kComp) != 0) return true;
    if (upos != Upos::kAdj || (frames & kClause) == 0 || t + 1 >= range.last) return false;
    const Upos next = T(t + 1).upos;
    const bool nominal_next = next == Upos::kNoun || next == Upos::kPropn || next == Upos::kPron;
    return Is(t + 1, kComplementizer) || (nominal_next && HasVerb({t + 1, range.last}));
  }
  // "was told": the subject is not the source.
  bool IsPassive(uint32_t t, const Range& range) const {
    if (Participle(t)) return false;
    uint32_t p = t;
    while (p > range.first && t - p < 4) {
      --p;
      if (Is(p, kPassive)) return true;
      if (!Is(p, kSkip) && T(p).upos != Upos::kAdv) return false;
    }
    return false;
  }

  // ---- sources ----
  // The phrase after an inverted cue, a preposition or an agent word: [first, last).
  Range PhraseAfter(uint32_t t, uint32_t end) const {
    while (t < end && (Is(t, kAgent) || Is(t, kSkip) || words_[t] == ":")) ++t;
    Range phrase{t, t};
    const uint32_t limit = std::min(end, t + kNameLimit);
    while (phrase.last < limit) {
      const uint32_t at = phrase.last;
      if (at > t) {
        // A name may hold any of the words that end a phrase.
        const ActorMention* mention = MentionAt(at);
        if (mention != nullptr && mention->first < at && mention->first >= t) {
          ++phrase.last;
          continue;
        }
      }
      if (Punct(at) && words_[at] != "-" && words_[at] != "'" && words_[at] != "/") break;
      const uint32_t classes = Classes(at);
      if (classes & kInside) {
        ++phrase.last;
        continue;
      }
      if (classes & (kBoundary | kComplementizer | kRelative | kHearer)) break;
      if (at > t && ((Verb(at) && !T(at).Is("amod")) || T(at).upos == Upos::kSconj ||
                     T(at).upos == Upos::kAdp || T(at).upos == Upos::kAdv || IsTime(at))) {
        break;
      }
      ++phrase.last;
    }
    while (!phrase.empty() && Is(phrase.last - 1, kInside | kConjunction)) --phrase.last;
    return phrase;
  }
  bool IsTime(uint32_t t) const {
    const uint32_t at = T(t).start;
    const auto next =
        std::upper_bound(times_.begin(), times_.end(), at,
                         [](uint32_t a, const TimeExpression* e) { return a < e->span.start; });
    return next != times_.begin() && at < (*(next - 1))->span.end &&
           (*(next - 1))->kind != TimeKind::kSet;  // "the Daily Post"
  }

  // The subject of a cue verb at `cue`, not left of `begin`. Empty: none of its own.
  Range Subject(uint32_t cue, uint32_t begin, uint32_t& head) const {
    const Sentence& sentence = doc_.SentenceOf(cue);
    if (cue - begin > kClauseLimit) begin = cue - kClauseLimit;
    head = kNone;
    int32_t verb = static_cast<int32_t>(cue);
    for (int step = 0; step < 3 && head == kNone && verb >= 0; ++step) {
      for (uint32_t t = std::max(begin, sentence.first); t < cue; ++t) {
        if (T(t).head == verb && T(t).Is("nsubj") && CanBeSubject(t) &&
            // Of two subjects in a wrong tree the one with a name is it.
            (head == kNone || MentionAt(t) != nullptr || MentionAt(head) == nullptr)) {
          head = t;
        }
      }
      const Token& v = T(static_cast<uint32_t>(verb));
      const auto at = static_cast<uint32_t>(verb);
      const bool shared =
          v.Is("conj") || v.Is("xcomp") || v.Is("aux") ||
          // "the survey released this week found": finite, but the tree has it for a complement.
          (v.Is("ccomp") && (v.Feat("VerbForm") == "Fin" || v.Feat("VerbForm").empty())) ||
          (v.Is("advcl") &&
           (Participle(at) || v.Feat("VerbForm").empty() || (at > 0 && Is(at - 1, kInfinitive))));
      if (head != kNone || !shared) break;
      verb = v.head;
    }
    if (head != kNone && Is(head, kRelative)) {
      // The name right before the relative word is a safer antecedent than the tree's.
      uint32_t name = head;
      while (name > begin && Punct(name - 1)) --name;
      if (name > begin && MentionAt(name - 1) != nullptr) {
        head = name - 1;
        return {head, head + 1};
      }
      const int32_t noun = T(static_cast<uint32_t>(verb)).head;
      if (noun >= 0 && static_cast<uint32_t>(noun) < head &&
          static_cast<uint32_t>(noun) >= sentence.first) {
        head = static_cast<uint32_t>(noun);
        return {head, head + 1};
      }
      head = kNone;
    }
    if (head != kNone) {
      Range range{head, head + 1};
      while (range.first > begin && Below(range.first - 1, head)) --range.first;
      while (range.last < cue && Below(range.last, head)) ++range.last;
      return range;
    }
    // Without the tree: back to a comma or the clause's start.
    uint32_t end = cue;
    while (end > begin &&
           (Is(end - 1, kSkip | kNegator) || Punct(end - 1) || T(end - 1).upos == Upos::kAdv ||
            T(end - 1).upos == Upos::kAux || (IsTime(end - 1) && MentionAt(end - 1) == nullptr))) {
      if (Comma(end - 1) && MentionAt(end - 1) == nullptr) {
        // "Lavrov, in a talk on Monday, said": step over the insertion to its comma.
        uint32_t comma = end - 1;
        while (comma > begin && !Comma(comma - 1)) --comma;
        if (comma == begin) return {};
        end = comma;
      }
      --end;
    }
    if (end <= begin) return {};
    if (Is(end - 1, kConjunction) && MentionAt(end - 1) == nullptr) return {};
    if (Is(end - 1, kRelative)) {
      --end;
      while (end > begin && Punct(end - 1)) --end;
    }
    if (end <= begin || !MayEndName(end - 1)) return {};
    Range range{end, end};
    while (range.first > begin && end - range.first < kNameLimit) {
      const uint32_t t = range.first - 1;
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || mention->last <= t) {
        if (Punct(t) && words_[t] != "-" && words_[t] != ")" && words_[t] != "(") break;
        if (Is(t, kConjunction | kComplementizer | kRelative) || Verb(t)) break;
      }
      --range.first;
    }
    while (!range.empty() && Punct(range.first)) ++range.first;
    if (!range.empty() && T(range.first).upos == Upos::kAdp) return {};
    return range;
  }
  // Whether a phrase may end with a token: "to say" and "by saying" have no subject before them.
  bool MayEndName(uint32_t t) const {
    return CanBeSubject(t) || Punct(t) || T(t).upos == Upos::kAdj ||
           (T(t).upos == Upos::kPart && !Is(t, kInfinitive));
  }
  // Whether a token that the tree has for a subject may be one: trees are noisy.
  bool CanBeSubject(uint32_t t) const {
    if (IsTime(t)) return false;
    if (MentionAt(t) != nullptr && Relays(*MentionAt(t), doc_.SentenceOf(t).first)) return false;
    const Upos upos = T(t).upos;
    return upos == Upos::kNoun || upos == Upos::kPropn || upos == Upos::kPron || upos == Upos::kX ||
           upos == Upos::kDet || upos == Upos::kNum || MentionAt(t) != nullptr;
  }
  bool Below(uint32_t t, uint32_t top) const {
    int32_t at = static_cast<int32_t>(t);
    for (int step = 0; step < kClimbLimit && at >= 0; ++step) {
      if (static_cast<uint32_t>(at) == top) return true;
      at = T(static_cast<uint32_t>(at)).head;
    }
    return false;
  }

  // The actor of a source phrase. No actor: the phrase says nothing.
  ActorRef Resolve(Range phrase, uint32_t head, bool grammatical) {
    while (!phrase.empty() && Punct(phrase.first)) ++phrase.first;
    while (!phrase.empty() && Punct(phrase.last - 1)) --phrase.last;
    if (phrase.empty()) return {};
    if (head != kNone) {
      if (const ActorMention* mention = MentionAt(head)) {
        return ReferFrom(*mention, head);
      }
    }
    // The nearest to the verb that no preposition governs; else the longest.
    const ActorMention* best = nullptr;
    const ActorMention* any = nullptr;
    for (uint32_t t = phrase.first; t < phrase.last; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || mention == best || mention == any) continue;
      if (mention->form == MentionForm::kPronoun && T(t).Feat("Poss") == "Yes") continue;
      bool governed =
          mention->first > phrase.first && (T(mention->first - 1).upos == Upos::kAdp ||
                                            Is(mention->first - 1, kBoundary | kHearer | kInside));
      governed = governed || Relays(*mention, phrase.first);
      if (any == nullptr || mention->span.size() > any->span.size()) any = mention;
      // "Japan's foreign ministry": a name that another noun follows is a part of the phrase.
      if (!governed && (best == nullptr || grammatical || best->last < mention->first))
        best = mention;
    }
    if (best == nullptr) best = any;
    if (best != nullptr) {
      ActorRef ref = ReferFrom(*best, best->first);
      const Range whole{std::min(phrase.first, best->first), std::max(phrase.last, best->last)};
      if (best->form == MentionForm::kName && best->last < phrase.last &&
          best->first <= phrase.first + 1 && !Is(best->last, kBoundary) && whole.size() <= 8 &&
          T(whole.last - 1).upos == Upos::kNoun) {
        ref.span = doc_.SpanOf(whole.first, whole.last);
      }
      return ref;
    }
    if (phrase.size() == 1 && phrase.first > 0 && !Is(phrase.first, kPronoun) &&
        doc_.SentenceOf(phrase.first).first < phrase.first) {
      // One word that a name precedes ("the minister yesterday said") is none.
      const ActorMention* mention = MentionAt(phrase.first - 1);
      if (mention != nullptr && mention->last == phrase.first) return Refer(*mention);
    }
    // "the report, published on Monday", "the leader left the hall": up to the mark or the verb.
    for (uint32_t t = phrase.first + 1; t < phrase.last; ++t) {
      if (!Comma(t) && !(Verb(t) && T(t).Feat("VerbForm") == "Fin")) continue;
      phrase.last = t;
      if (head != kNone && head >= t) head = kNone;
    }
    // "said his deputy, Anna Berg": the name behind is who it is.
    if (!grammatical && phrase.last + 1 < words_.size() && Comma(phrase.last) &&
        T(phrase.last + 1).start < doc_.SentenceOf(phrase.first).end) {
      const ActorMention* name = MentionAt(phrase.last + 1);
      if (name != nullptr && name->form == MentionForm::kName && name->last < words_.size() &&
          Punct(name->last)) {
        return Refer(*name);
      }
    }
    const Span span = doc_.SpanOf(phrase.first, phrase.last);
    bool pronoun =
        phrase.size() == 1 && (Is(phrase.first, kPronoun) || T(phrase.first).upos == Upos::kPron);
    if (head != kNone && Is(head, kPronoun)) pronoun = true;
    if (pronoun && T(phrase.last - 1).Feat("Poss") == "Yes") return {};
    if (pronoun) return Personal(phrase.last - 1) ? ActorRef{last_source_, span} : ActorRef{};
    bool letters = false;
    for (uint32_t t = phrase.first; t < phrase.last; ++t) {
      if (IsTime(t)) continue;
      letters =
          letters || !(Punct(t) || T(t).upos == Upos::kAdv || T(t).Feat("PronType") == "Art" ||
                       Is(t, kSkip | kBoundary | kConjunction | kHearer | kAnaphor));
    }
    if (!letters || Is(phrase.first, kBoundary | kComplementizer)) return {};
    const uint32_t noun = head != kNone ? head : phrase.last - 1;
    return NewActor(span,
                    T(noun).Feat("Number") == "Plur" ? ActorKind::kGroup : ActorKind::kUnknown,
                    Is(phrase.last - 1, kOutlet) || Is(phrase.first, kOutlet));
  }
  ActorRef NewActor(const Span& span, ActorKind kind, bool carrier) {
    const std::string name(doc_.Cut(span));
    auto [place, added] =
        new_actors_.try_emplace(LowerCase(name), static_cast<uint32_t>(doc_.actors.size()));
    if (added) {
      Actor actor;
      actor.kind = kind;
      actor.name = name;
      actor.carrier = carrier;
      doc_.actors.push_back(std::move(actor));
    }
    return {place->second, span};
  }
  // The outlet after "cited by": a name that only begins with a state's is another ("Peru Post").
  ActorRef ResolveOutlet(const Range& phrase) {
    const ActorRef ref = Resolve(phrase, kNone, false);
    if (ref.actor == kNone || doc_.actors[ref.actor].kind != ActorKind::kState) return ref;
    for (uint32_t t = phrase.first; t < phrase.last; ++t) {
      if (T(t).upos != Upos::kPropn) return ref;
    }
    const Span whole = doc_.SpanOf(phrase.first, phrase.last);
    return whole.size() > ref.span.size() && phrase.size() > 1
               ? NewActor(whole, ActorKind::kOrganisation, true)
               : ref;
  }
  // Whether a pronoun stands for somebody, not for what was told ("that said").
  bool Personal(uint32_t t) const {
    const std::string_view type = T(t).Feat("PronType");
    return type != "Dem" && type != "Int" && type != "Rel" && T(t).deprel != "expl";
  }
  // Whether a source is an "I" or "you" of which nothing more is known: anyone at all.
  bool Anyone(const ActorRef& source) const {
    if (source.actor != kNone || source.span.empty()) return false;
    const std::string_view person = T(TokenAt(source.span.start)).Feat("Person");
    return person == "1" || person == "2";
  }
  // Whether a phrase names no source at all; a pronoun for somebody unknown does name one.
  static bool Nobody(const ActorRef& source) {
    return source.actor == kNone && source.span.empty();
  }
  ActorRef Refer(const ActorMention& mention) const {
    return {mention.actors.front(), mention.span};
  }

  // Who spoke last, where they were named.
  ActorRef LastSource() const {
    if (doc_.statements.empty() || doc_.statements.back().source.actor != last_source_) {
      return {last_source_, {}};
    }
    return doc_.statements.back().source;
  }
  ActorRef Clitic(const Cue& cue) {
    Span span;
    if (cue.split) {
      span = doc_.SpanOf(cue.last - 1, cue.last);
    } else {
      const Token& token = T(cue.last - 1);
      const uint32_t size = std::min<uint32_t>(static_cast<uint32_t>(cue.entry->clitic.size()),
                                               token.end - token.start);
      span = {token.end - size, token.end, Layer::kBody, 0};
    }
    const ActorMention* mention = MentionAt(cue.last - 1);
    if (mention == nullptr || GoesOn(*mention)) return {last_source_, span};
    return {mention->actors.front(), span};
  }
  // Whom a mention stands for. A pronoun that could be anybody goes on with who spoke last.
  ActorRef ReferFrom(const ActorMention& mention, uint32_t head) const {
    const bool anybody = T(head).Feat("Person") == "3" && T(head).Feat("Gender").empty() &&
                         T(head).Feat("Number") == "Sing";
    return anybody && GoesOn(mention) ? ActorRef{last_source_, mention.span} : Refer(mention);
  }
  // Whether a pronoun is rather who spoke last than whom it is taken for.
  bool GoesOn(const ActorMention& pronoun) const {
    return pronoun.form == MentionForm::kPronoun && last_source_ != kNone &&
           !IsCarrier(last_source_) && !NamedSince(pronoun);
  }
  // Whether whom a pronoun stands for was named since somebody spoke last, outside quoted words:
  // who is named in them is another than who says them. If not, the last source goes on.
  bool NamedSince(const ActorMention& pronoun) const {
    if (pronoun.span.start <= last_cue_) return true;
    const auto here = static_cast<size_t>(&pronoun - doc_.actor_mentions.data());
    for (size_t m = here; m-- > 0 && here - m <= kNamesBack;) {
      const ActorMention& named = doc_.actor_mentions[m];
      if (named.span.layer != Layer::kBody || named.span.start <= last_cue_) return false;
      if (named.form != MentionForm::kName || named.actors.empty() ||
          named.actors.front() != pronoun.actors.front()) {
        continue;
      }
      const bool quoted = std::any_of(quotes_.begin(), quotes_.end(), [&](const Quote& quote) {
        return quote.direct && quote.open < named.span.start && named.span.start < quote.close;
      });
      if (!quoted) return true;
    }
    return false;
  }

  // ---- spans ----
  // Tokens to bytes: outer punctuation off, and a quotation that wraps it all.
  Span ContentSpan(Range range) const {
    while (!range.empty() && Trim(range.first)) ++range.first;
    while (!range.empty() && Trim(range.last - 1)) --range.last;
    if (range.empty()) return {};
    Span span = doc_.SpanOf(range.first, range.last);
    for (const Quote& quote : quotes_) {
      if (quote.open <= span.start && span.end <= quote.close + 3 &&
          quote.words.last > quote.words.first) {
        if (span.start < quote.inner) span.start = quote.inner;
        if (span.end > quote.close) span.end = quote.close;
        return TrimBytes(span);
      }
      // Quoted words at the end keep their closing mark.
      if (quote.closed && quote.open > span.start && quote.open < span.end &&
          span.end <= quote.close) {
        span.end = quote.close;
        size_t at = quote.close;
        DecodeUtf8(doc_.article.text, at);
        span.end = static_cast<uint32_t>(at);
        break;
      }
    }
    return span;
  }
  bool HasComma(uint32_t first, uint32_t last) const {
    for (uint32_t t = first; t < last; ++t) {
      if (Comma(t)) return true;
    }
    return false;
  }
  // Whether a preposition belongs to a noun: "voters in the capital".
  bool InNoun(uint32_t t) const {
    return T(t).head >= 0 && T(static_cast<uint32_t>(T(t).head)).Is("nmod");
  }
  // A dash between spaces, not a hyphen.
  bool Dash(uint32_t t) const {
    return Trim(t) && words_[t].find_first_of(",.:;") == std::string::npos && t > 0 &&
           T(t).start > T(t - 1).end;
  }
  bool Trim(uint32_t t) const {
    const std::string& w = words_[t];
    return w == "," || w == "." || w == ":" || w == ";" || w == "-" || w == "--" || w == "\u2014" ||
           w == "\u2013";
  }
  StatementKind KindOf(const std::vector<Span>& content) const {
    bool quoted = false;
    bool whole = true;
    for (const Span& span : content) {
      bool inside = false;
      for (const Quote& quote : quotes_) {
        inside = inside || (quote.direct && quote.inner <= span.start && span.end <= quote.close);
      }
      quoted = quoted || HasQuote(span);
      whole = whole && inside;
    }
    return whole    ? StatementKind::kDirect
           : quoted ? StatementKind::kMixed
                    : StatementKind::kIndirect;
  }

  // Adds a statement; returns its index, or kNone where it would be empty.
  uint32_t Add(const ActorRef& source, const Cue& cue, std::vector<Span> content) {
    std::erase_if(content, [](const Span& span) { return span.empty(); });
    if (content.empty() || Nobody(source)) return kNone;
    if (source.actor != kNone) last_source_ = source.actor;
    last_cue_ = T(cue.first).start;
    return Push(source, cue, std::move(content));
  }
  uint32_t Push(const ActorRef& source, const Cue& cue, std::vector<Span> content) {
    Statement statement;
    statement.source = source;
    statement.cue = doc_.SpanOf(cue.first, cue.last);
    statement.content = std::move(content);
    statement.source.span = Phrase(source.span, cue, statement.content);
    statement.kind = KindOf(statement.content);
    const Sentence& sentence = doc_.SentenceOf(cue.first);
    statement.sentence = {sentence.start, sentence.end, Layer::kBody, 0};
    statement.negated = cue.entry->denial;
    for (const TimeExpression& time : TimesOf(sentence)) {
      bool inside = false;
      for (const Span& span : statement.content) inside = inside || span.Contains(time.span);
      if (!inside && time.interval.known() && time.kind != TimeKind::kDuration) {
        statement.date = time.interval;
        break;
      }
    }
    if (!statement.date.known() && !doc_.article.published.empty()) {
      statement.date.from = statement.date.to = doc_.article.published.substr(0, 10);
    }
    for (uint32_t t = cue.first; t < cue.last; ++t) used_[t] = cue_[t] = true;
    doc_.statements.push_back(std::move(statement));
    return static_cast<uint32_t>(doc_.statements.size() - 1);
  }
  // The whole phrase of a source, as far as the cue and the content leave it.
  Span Phrase(const Span& named, const Cue& cue, const std::vector<Span>& content) const {
    if (named.empty()) return named;
    Range range{TokenAt(named.start), TokenAt(named.start)};
    while (range.last < words_.size() && T(range.last).end <= named.end) ++range.last;
    if (range.empty() || !Parsed(range) || T(range.first).start != named.start) return named;
    const Sentence& sentence = doc_.SentenceOf(range.first);
    const uint32_t begin = AfterDateline(doc_, sentence);
    bool inner = true;  // what a preposition adds before the cue: "voters in the capital hope"
    const auto barred = [&](uint32_t t) {
      if (t < begin || (t >= cue.first && t < cue.last) || IsTime(t)) return true;
      if (t >= range.last && (Dash(t) || (Is(t, kBoundary) && !(inner && InNoun(t))))) return true;
      return std::any_of(content.begin(), content.end(), [&](const Span& span) {
        return span.start < T(t).end && T(t).start < span.end;
      });
    };
    Range whole = SourcePhrase(tree_, sentence, range, barred);
    // Behind the cue it may be the cue's: "said Berg in Oslo"; not so after an apposition.
    const bool apposed = whole.first >= cue.last && HasComma(range.last, whole.last);
    if (whole.last != cue.first && !apposed) {
      inner = false;
      whole = SourcePhrase(tree_, sentence, range, barred);
    }
    // "the commission (KPK": its bracket.
    if (whole.last < sentence.last && words_[whole.last] == ")" &&
        std::find(words_.begin() + whole.first, words_.begin() + whole.last, "(") !=
            words_.begin() + whole.last) {
      ++whole.last;
    }
    return doc_.SpanOf(whole.first, whole.last);
  }
  std::vector<TimeExpression> TimesOf(const Sentence& sentence) const {
    std::vector<TimeExpression> times;
    auto at =
        std::lower_bound(times_.begin(), times_.end(), sentence.start,
                         [](const TimeExpression* e, uint32_t s) { return e->span.start < s; });
    for (; at != times_.end() && (*at)->span.start < sentence.end; ++at) times.push_back(**at);
    return times;
  }
  void AddVia(uint32_t index, const Carrier& carrier) {
    if (index == kNone || carrier.actor.actor == kNone) return;
    Statement& statement = doc_.statements[index];
    for (uint32_t t = TokenAt(carrier.cue.start); t < words_.size() && T(t).start < carrier.cue.end;
         ++t) {
      cue_[t] = true;
    }
    if (statement.source.actor == carrier.actor.actor) return;
    for (const Carrier& known : statement.via) {
      if (known.actor.actor == carrier.actor.actor) return;
    }
    statement.via.push_back(carrier);
  }

  // ---- blocks ----
  void ReadBlock(size_t from, size_t to) {
    const Sentence& first = doc_.sentences[from];
    const auto found = lexicons_.find(doc_.LangOf(first));
    lexicon_ = found == lexicons_.end() ? nullptr : &found->second;
    if (lexicon_ == nullptr || first.block >= doc_.article.blocks.size()) return;
    const Range tokens{first.first, doc_.sentences[to - 1].last};
    FindQuotes(doc_.article.blocks[first.block], tokens);
    const size_t statements_before = doc_.statements.size();
    for (Quote& quote : quotes_) quote.direct = IsDirect(quote, tokens);
    size_t next = from;
    ReadQuotes(tokens, next);
    while (next < to) ReadSentence(next++);
    if (doc_.statements.size() == statements_before) open_statement_ = kNone;
  }

  // Attributes the quotations. The sentences before that of each, from `sentence` on, are read
  // first: "he" in an attribution may be who spoke in them.
  void ReadQuotes(const Range& block, size_t& sentence) {
    uint32_t previous = kNone;      // the statement of the quotation before
    bool joined = false;            // only its attribution lies between
    uint32_t cursor = block.first;  // where the next quotation's head may start
    const uint32_t carried = open_statement_;
    open_statement_ = kNone;
    for (size_t q = 0; q < quotes_.size(); ++q) {
      const Quote& quote = quotes_[q];
      if (!quote.direct) continue;
      const uint32_t own = doc_.SentenceOf(quote.words.first).first;
      while (doc_.sentences[sentence].last <= own) ReadSentence(sentence++);
      for (uint32_t t = quote.words.first; t < quote.words.last; ++t) used_[t] = true;
      uint32_t tail_end = quote.after;
      const uint32_t next = NextDirect(q, block.last);
      while (tail_end < next && tail_end < quote.after + kTailLimit && !Stop(tail_end)) ++tail_end;
      const Span content = TrimBytes({quote.inner, quote.close, Layer::kBody, 0});
      uint32_t index = kNone;
      const bool follows = q == 0 || quote.words.first > cursor;
      if (quote.closed) index = Tail({quote.after, tail_end}, quote, content);
      if (index == kNone && (follows || previous != kNone)) {
        // "...", said Berg, adding: "...": the second attribution stands in the first one's rest.
        const uint32_t from = follows ? cursor : AfterUsed(quotes_[q - 1].after, quote.words.first);
        index = Head({from, quote.words.first}, quote, content);
      }
      const bool at_start = quote.words.first <= block.first + 1;
      if (index == kNone && at_start && carried != kNone) {
        doc_.statements[carried].content.push_back(content);
        index = carried;
      } else if (index == kNone && previous != kNone) {
        if (joined) {
          doc_.statements[previous].content.push_back(content);
          index = previous;
        } else {
          index = Repeat(previous, content);
        }
      } else if (index == kNone && at_start && quote.after >= block.last &&
                 !doc_.statements.empty()) {
        index = Repeat(static_cast<uint32_t>(doc_.statements.size() - 1), content);
      }
      // "...", he said, "...": a comma before the next mark.
      joined = tail_end > quote.after && next < block.last && tail_end >= next && index != kNone;
      if (joined) {
        uint32_t mark = next;
        while (mark > quote.after && (words_[mark - 1] == "\"" || words_[mark - 1] == "\u201c"))
          --mark;
        joined = mark > quote.after && (Comma(mark - 1) || Dash(mark - 1));
      }
      cursor = tail_end < next && tail_end < block.last ? tail_end + 1 : tail_end;
      previous = index;
      if (!quote.closed) open_statement_ = index;
    }
  }
  // Where what an attribution has taken of [first, last) ends.
  uint32_t AfterUsed(uint32_t first, uint32_t last) const {
    uint32_t t = first;
    for (uint32_t n = first; n < last; ++n) {
      if (used_[n]) t = n + 1;
    }
    return t;
  }
  uint32_t NextDirect(size_t q, uint32_t end) const {
    for (size_t n = q + 1; n < quotes_.size(); ++n) {
      if (quotes_[n].direct) return quotes_[n].words.first;
    }
    return end;
  }
  uint32_t Repeat(uint32_t index, const Span& content) {
    Statement copy = doc_.statements[index];
    copy.content = {content};
    copy.kind = StatementKind::kDirect;
    doc_.statements.push_back(std::move(copy));
    return static_cast<uint32_t>(doc_.statements.size() - 1);
  }
  Span TrimBytes(Span span) const {
    const std::string& text = doc_.article.text;
    while (span.end > span.start &&
           (text[span.end - 1] == ',' || text[span.end - 1] == ' ' || text[span.end - 1] == '.')) {
      --span.end;
    }
    while (span.start < span.end && text[span.start] == ' ') ++span.start;
    return span;
  }

  // The attribution after a quotation.
  uint32_t Tail(Range tail, const Quote& quote, const Span& content) {
    if (tail.empty()) return kNone;
    const bool full_stop = words_[quote.words.last - 1] == "." && !quote.words.empty();
    while (!tail.empty() && Punct(tail.first)) ++tail.first;
    if (tail.empty() || (full_stop && IsUpperStart(tail.first) && !Is(tail.first, kPronoun) &&
                         SentenceStart(tail.first))) {
      return kNone;
    }
    const std::vector<Cue> cues = CuesOf(tail);
    for (const Cue& cue : cues) {
      if (!(cue.frames() & (kQuote | kAfter | kClause | kPrep | kCarry | kBy))) continue;
      // A sentence of its own that tells something else.
      if (full_stop && cue.last < tail.last && Is(cue.last, kComplementizer)) break;
      if (cue.first > tail.first + kNameLimit + 4) break;
      ActorRef source;
      uint32_t rest = cue.last;
      bool only_skipped = true;
      for (uint32_t t = tail.first; t < cue.first; ++t) {
        only_skipped = only_skipped && (Is(t, kSkip | kConjunction | kAs) || Punct(t));
      }
      if (!cue.entry->clitic.empty()) {
        source = Clitic(cue);
      } else if (only_skipped || (cue.frames() & (kPrep | kCarry | kBy))) {
        const Range phrase = PhraseAfter(cue.last, tail.last);
        source = Resolve(phrase, kNone, false);
        rest = std::max(rest, phrase.last);
      } else {
        uint32_t head = kNone;
        Range phrase = Subject(cue.first, tail.first, head);
        if (phrase.empty()) phrase = {tail.first, cue.first};
        source = Resolve(phrase, head, true);
      }
      const uint32_t index = Add(source, cue, {content});
      if (index == kNone) continue;
      for (uint32_t t = tail.first; t < rest; ++t) used_[t] = true;
      Hearer(index, cue, {rest, tail.last});
      Carriers(index, {rest, tail.last});
      return index;
    }
    return kNone;
  }

  // The attribution before a quotation.
  uint32_t Head(Range head, const Quote& quote, const Span& content) {
    while (!head.empty() && T(head.last - 1).start >= quote.open) --head.last;
    const Sentence& sentence =
        head.empty() ? doc_.SentenceOf(quote.words.first) : doc_.SentenceOf(head.last - 1);
    head.first = std::max(head.first, sentence.first);
    if (head.empty()) return kNone;
    const std::vector<Cue> cues = CuesOf(head);
    for (size_t c = cues.size(); c-- > 0;) {
      const Cue& cue = cues[c];
      if (head.last - cue.last > kHeadLimit) break;
      if (!(cue.frames() & (kQuote | kClause | kNp | kPrep | kThat))) continue;
      ActorRef source;
      if (!cue.entry->clitic.empty()) {
        source = Clitic(cue);
      } else if (cue.frames() & (kPrep | kAfter)) {
        source = Resolve(PhraseAfter(cue.last, head.last), kNone, false);
      } else {
        uint32_t subject_head = kNone;
        const Range phrase = Subject(cue.first, head.first, subject_head);
        source = Resolve(phrase, subject_head, true);
        if (source.actor == kNone && phrase.empty() && last_source_ != kNone && c == 0 &&
            cue.first <= head.first + 3) {
          source = LastSource();
        }
      }
      const uint32_t index = Add(source, cue, {content});
      if (index == kNone) continue;
      for (uint32_t t = cue.first; t < head.last; ++t) used_[t] = true;
      Hearer(index, cue, {cue.last, head.last});
      return index;
    }
    return kNone;
  }

  // "to reporters", "told Reuters": the addressee, who passes the words on if an outlet.
  void Hearer(uint32_t index, const Cue& cue, const Range& rest) {
    if (index == kNone || rest.empty()) return;
    uint32_t t = rest.first;
    if (Is(t, kHearer)) {
      ++t;
    } else if (!(cue.frames() & kAddressee)) {
      return;
    }
    if (t >= rest.last) return;
    const ActorMention* mention = MentionAt(t);
    for (uint32_t n = t; mention == nullptr && n < std::min(rest.last, t + 3); ++n) {
      if (Punct(n) || Is(n, kComplementizer | kInfinitive)) break;
      mention = MentionAt(n);
    }
    // "told the TV channel of X, Wire One, his country": the outlet among those addressed.
    const uint32_t start = doc_.statements[index].content.front().start;
    for (uint32_t n = t; n < std::min(rest.last, t + kNameLimit); ++n) {
      if (T(n).start <= start && start < T(n).end) break;
      const ActorMention* named = MentionAt(n);
      if (named == nullptr || named->first < t || !Outlet(*named)) continue;
      mention = named;
      break;
    }
    if (mention != nullptr) {
      doc_.statements[index].addressee = Refer(*mention);
      if (Outlet(*mention) || IsCarrier(mention->actors.front())) {
        AddVia(index, {Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
      }
    } else if (Is(t, kHearers)) {
      doc_.statements[index].addressee = ActorRef{kNone, doc_.SpanOf(t, t + 1)};
    }
  }

  // Whether a name is an outlet's: known as one, or called one ("the daily X", "platform X").
  bool Outlet(const ActorMention& mention) const {
    if (IsCarrier(mention.actors.front())) return true;
    if (mention.last > mention.first + 1 && Is(mention.first, kOutlet)) return true;
    return mention.form == MentionForm::kName && mention.first > 0 &&
           Is(mention.first - 1, kOutlet);
  }
  // Whether a name is that of an outlet that only passed the words on: "the spokesman, in a film
  // released by Wire One, said".
  bool Relays(const ActorMention& mention, uint32_t begin) const {
    if (!Outlet(mention)) return false;
    uint32_t before = mention.first;
    while (before > begin && Is(before - 1, kOutlet)) --before;
    return before > begin && Is(before - 1, kMedium);
  }
  // "in an interview with Wire One", "in a film released by Wire One": the outlets beside the cue.
  void Mediums(const Sentence& sentence, size_t from) {
    if (doc_.statements.size() - from > kEdgeLimit) return;
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || mention->first != t || !Outlet(*mention)) continue;
      uint32_t medium = t;
      while (medium > sentence.first && t - medium < 5 && !Is(medium, kMedium) &&
             !Punct(medium - 1)) {
        --medium;
      }
      if (!Is(medium, kMedium) || medium == t) continue;
      for (size_t i = from; i < doc_.statements.size(); ++i) {
        // A name beside the source's is a part of it: "the news agency NTB".
        const Span& source = doc_.statements[i].source.span;
        bool inside =
            mention->span.start <= source.end + 1 && source.start <= mention->span.end + 1;
        for (const Span& span : doc_.statements[i].content) inside |= span.Contains(mention->span);
        if (inside || doc_.statements[i].sentence.start != sentence.start) continue;
        AddVia(static_cast<uint32_t>(i), {Refer(*mention), doc_.SpanOf(medium, medium + 1)});
      }
    }
  }
  // The outlets named in a stretch: "cited by AFP from KCNA".
  void Carriers(uint32_t index, const Range& range) {
    if (range.empty()) return;
    // "was quoted as saying by Wire One"
    if (Is(range.first, kAgent) && range.size() > 1) {
      const ActorMention* mention = MentionAt(range.first + 1);
      if (mention != nullptr && Outlet(*mention)) {
        AddVia(index, {Refer(*mention), doc_.statements[index].cue});
      }
    }
    for (const Cue& cue : CuesOf(range)) {
      if (!(cue.frames() & (kCarry | kPrep))) continue;
      const Range phrase = PhraseAfter(cue.last, range.last);
      const ActorRef actor = ResolveOutlet(phrase);
      if (actor.actor == kNone || ((cue.frames() & kPrep) && !IsCarrier(actor.actor))) continue;
      AddVia(index, {actor, doc_.SpanOf(cue.first, cue.last)});
      for (uint32_t t = cue.first; t < phrase.last; ++t) used_[t] = true;
      Chain(index, phrase.last, range.last, cue);
    }
  }
  // More outlets after the first: "dikutip CNBC dari Reuters".
  void Chain(uint32_t index, uint32_t t, uint32_t end, const Cue& cue) {
    for (uint32_t n = t; n < std::min(end, t + 8); ++n) {
      const ActorMention* mention = MentionAt(n);
      if (mention != nullptr && mention->first >= t && IsCarrier(mention->actors.front())) {
        AddVia(index, {Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
      }
    }
  }

  // ---- sentences ----
  void ReadSentence(size_t s) {
    const Sentence& sentence = doc_.sentences[s];
    const size_t before = doc_.statements.size();
    std::vector<Range> segments;
    uint32_t start = sentence.first;
    for (const Quote& quote : quotes_) {
      if (!quote.direct || quote.words.last <= sentence.first) continue;
      if (quote.words.first >= sentence.last) break;
      if (quote.words.first > start) segments.push_back({start, quote.words.first});
      start = std::max(start, quote.after);
    }
    if (start < sentence.last) segments.push_back({start, sentence.last});
    for (Range segment : segments) {
      while (!segment.empty() && Punct(segment.last - 1) && words_[segment.last - 1] != ")" &&
             words_[segment.last - 1] != "\"" && words_[segment.last - 1] != "\u201d") {
        --segment.last;
      }
      while (!segment.empty() && (Comma(segment.first) || Stop(segment.first))) ++segment.first;
      // A dateline is no part of what was said.
      segment.first =
          std::clamp(AfterDateline(doc_, doc_.sentences[s]), segment.first, segment.last);
      // "They want peace; others, according to Wire One, want more": what stands before the
      // semicolon is not the second's.
      const uint32_t half = Half(segment);
      if (half < segment.last) {
        ReadSegment(s, {segment.first, half});
        segment.first = half + 1;
      }
      if (!segment.empty()) ReadSegment(s, segment);
    }
    Mediums(sentence, before);
  }

  // The semicolon before the last "according to" of a stretch; its end if there is none.
  uint32_t Half(const Range& range) const {
    uint32_t half = range.last;
    uint32_t semicolon = range.last;
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (words_[t] == ";" && t > range.first && t + 1 < range.last) semicolon = t;
    }
    if (semicolon == range.last) return half;
    for (const Cue& cue : CuesOf({semicolon + 1, range.last})) {
      if (cue.frames() & (kPrep | kCarry)) half = semicolon;
    }
    return half;
  }
  void ReadSegment(size_t s, Range range) {
    const std::vector<Cue> cues = CuesOf(range);
    if (cues.empty()) return;
    for (const Cue& cue : cues) {
      if ((cue.frames() & kBy) != 0 && Anaphoric(s, range, cue)) return;
      if ((cue.frames() & kNoun) == 0) break;
    }

    // 1. Outlets and "according to" at the edges: they leave the rest to the other cues.
    struct Edge {
      Cue cue;
      ActorRef actor;
      uint32_t end = 0;
    };
    std::vector<Edge> edges;
    std::vector<Range> pieces{range};
    for (const Cue& cue : cues) {
      if (edges.size() >= kEdgeLimit) break;
      Range& piece = pieces.back();
      if (cue.first < piece.first || cue.first >= piece.last || used_[cue.first]) continue;
      if (!(cue.frames() & (kCarry | kPrep)) && !Opens(cue, piece)) {
        Range view;
        if (edges.empty() && Within(cue, piece, view)) {
          const bool pronoun =
              view.size() == 1 && MentionAt(view.first) == nullptr && Is(view.first, kPronoun);
          const ActorRef holder =
              pronoun ? ActorRef{last_source_, doc_.SpanOf(view.first, view.last)}
                      : Resolve(view, MentionAt(view.last - 1) ? view.last - 1 : kNone, false);
          if (Nobody(holder)) continue;
          for (uint32_t t = piece.first; t < cue.last; ++t) used_[t] = true;
          edges.push_back({cue, holder, cue.last + 1});
          piece.first = cue.last + 1;
        }
        continue;
      }
      ActorRef actor;
      uint32_t end = cue.last;
      if (!cue.entry->clitic.empty()) {
        actor = Clitic(cue);
      } else {
        const Range phrase = PhraseAfter(cue.last, piece.last);
        actor =
            (cue.frames() & kCarry) != 0 ? ResolveOutlet(phrase) : Resolve(phrase, kNone, false);
        end = std::max(end, phrase.last);
      }
      if ((cue.frames() & kCarry) != 0 ? actor.actor == kNone : Nobody(actor)) continue;
      // "dalam pernyataannya": whose it is, is told elsewhere.
      if (cue.entry->clitic.empty() && Fused(cue.last) && end == cue.last + 1) continue;
      uint32_t left = cue.first;  // the end of what precedes
      while (left > piece.first &&
             (Comma(left - 1) || Is(left - 1, kAs) || words_[left - 1] == "(")) {
        --left;
      }
      // "a report that in his view harms us": a clause inside the sentence's.
      if ((cue.frames() & kPrep) && left > piece.first && Is(left - 1, kRelative)) continue;
      // What follows: after the next comma, or at once after "that".
      uint32_t right = end;
      while (right < piece.last && right < end + 24 && !Comma(right) &&
             !Is(right, kComplementizer)) {
        ++right;
      }
      if (right + 1 < piece.last && Comma(right) && Is(right + 1, kRelative)) {
        do {
          ++right;
        } while (right < piece.last && !Comma(right));
      }
      const bool initial = left <= piece.first;
      if (right < piece.last && (Comma(right) || Is(right, kComplementizer)))
        ++right;
      else if (initial && right >= end + 24)
        right = end;
      else if (initial && right >= piece.last)
        right = end;
      else
        right = piece.last;
      for (uint32_t t = cue.first; t < end; ++t) used_[t] = true;
      edges.push_back({cue, actor, right});
      const uint32_t last = piece.last;
      if (initial) {
        piece.first = std::min(right, last);
      } else {
        piece.last = left;
        // "dikutip dari AFP, Senin": a few words after the name are no content.
        const bool rest = HasVerb({right, last}) && last - right >= 4;
        const bool goes_on = right < last && Parsed(piece) && !HasVerbStrict(piece) &&
                             last - right >= 2 && !IsTime(right);
        if (right < last && (rest || goes_on)) {
          pieces.push_back({right, last});
        } else {
          pieces.push_back({last, last});
          if (right < last) {
            for (const Cue& more : cues) {
              if (more.first >= right && (more.frames() & (kCarry | kPrep))) {
                pieces.back() = {right, last};
                break;
              }
            }
          }
        }
      }
    }

    // 2. The pieces by the other cues. "Berg, as Wire One reported, said": one piece.
    const size_t before = doc_.statements.size();
    std::erase_if(pieces, [](const Range& piece) { return piece.empty(); });
    if (pieces.size() == 2 && Parsed(pieces[0]) && !HasVerbStrict(pieces[0]) &&
        StartsWithCue(pieces[1])) {
      pieces[0].last = pieces[1].last;
      pieces.pop_back();
    }
    for (const Range& piece : pieces) ReadPiece(piece);
    const size_t after = doc_.statements.size();

    // 3. An outlet passes on what the piece told; without it, it speaks itself.
    for (const Edge& edge : edges) {
      const bool outlet = (edge.cue.frames() & kCarry) || IsCarrier(edge.actor.actor);
      if (outlet && after > before) {
        for (size_t i = before; i < after; ++i) {
          AddVia(static_cast<uint32_t>(i),
                 {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
        }
        continue;
      }
      if (&edge != &edges.front() && doc_.statements.size() > after) {
        AddVia(static_cast<uint32_t>(doc_.statements.size() - 1),
               {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
        continue;
      }
      if (outlet && after == before && ContinuesOn(s)) {
        // "That promise he made on Monday, by Wire One's account": what was told before.
        AddVia(static_cast<uint32_t>(before - 1),
               {edge.actor, doc_.SpanOf(edge.cue.first, edge.cue.last)});
        continue;
      }
      std::vector<Span> content;
      for (const Range& piece : pieces) {
        const bool goes_on = &piece == &pieces.front() && pieces.size() > 1 && !OnlyJoins(piece);
        if (piece.size() >= 3 || goes_on) content.push_back(ContentSpan(piece));
      }
      // A piece that is a statement of its own stays one.
      if (after > before && pieces.size() < 2) {
        content.clear();
        content.push_back(ContentSpan(pieces.front()));
      }
      Add(edge.actor, edge.cue, std::move(content));
    }
  }

  bool StartsWithCue(const Range& piece) const {
    const std::vector<Cue> cues = CuesOf(piece);
    return !cues.empty() && Verb(cues.front().first) &&
           OnlySkipped({piece.first, cues.front().first});
  }
  // "Kata Berg, kapal itu berangkat": a cue that else follows its content, with a comma behind its
  // source.
  bool Opens(const Cue& cue, const Range& piece) const {
    if (!(cue.frames() & kAfter) || cue.first != piece.first) return false;
    if (!cue.entry->clitic.empty()) return cue.last < piece.last && Comma(cue.last);
    const Range phrase = PhraseAfter(cue.last, piece.last);
    return !phrase.empty() && phrase.first == cue.last && phrase.last < piece.last &&
           Comma(phrase.last) && (MentionAt(phrase.first) != nullptr || Is(phrase.first, kPronoun));
  }
  // "In the minister's view, it is dead": whose view it is, by what stands between the preposition
  // and the word.
  bool Within(const Cue& cue, const Range& piece, Range& holder) const {
    if (!(cue.frames() & kWithin) || cue.first < piece.first + 2 || cue.last + 1 >= piece.last ||
        cue.first > piece.first + kNameLimit || !Comma(cue.last) ||
        T(piece.first).upos != Upos::kAdp) {
      return false;
    }
    holder = {piece.first + 1, cue.first};
    while (!holder.empty() && T(holder.last - 1).upos == Upos::kPart) --holder.last;
    return !holder.empty() && !HasVerbStrict(holder);
  }
  // Whether a token is written together with the one before it.
  bool Fused(uint32_t t) const {
    return t > 0 && t < words_.size() && T(t).start == T(t - 1).end && !Punct(t);
  }
  // Whether a sentence starts with words for what the sentence before it told.
  bool ContinuesOn(size_t s) const {
    if (s == 0 || doc_.statements.empty()) return false;
    if (doc_.statements.back().sentence.start != doc_.sentences[s - 1].start) return false;
    const Sentence& sentence = doc_.sentences[s];
    for (uint32_t t = sentence.first; t < std::min(sentence.last, sentence.first + 3); ++t) {
      if (Is(t, kAnaphor)) return true;
    }
    return false;
  }

  // "That was said by X": the content is the sentence before.
  bool Anaphoric(size_t s, const Range& range, const Cue& cue) {
    if (cue.first > range.first + 5 || s == 0) return false;
    bool anaphor = false;
    for (uint32_t t = range.first; t < cue.first; ++t) anaphor = anaphor || Is(t, kAnaphor);
    if (!anaphor) return false;
    const Sentence& before = doc_.sentences[s - 1];
    for (auto it = doc_.statements.rbegin(); it != doc_.statements.rend(); ++it) {
      for (const Span& span : it->content) {
        if (span.start < before.end && before.start < span.end) return false;
      }
      if (it - doc_.statements.rbegin() > 8) break;
    }
    const Range phrase = PhraseAfter(cue.last, range.last);
    const ActorRef source = Resolve(phrase, kNone, false);
    const uint32_t index = Add(source, cue, {ContentSpan({before.first, before.last})});
    if (index == kNone) return false;
    for (uint32_t t = cue.first; t < phrase.last; ++t) used_[t] = true;
    Carriers(index, {phrase.last, range.last});
    return true;
  }

  void ReadPiece(Range piece) {
    while (!piece.empty() && Punct(piece.last - 1) && Trim(piece.last - 1)) --piece.last;
    // 1. A cue after its content: "..., lapor KCNA", "..., he said".
    std::vector<Cue> cues = CuesOf(piece);
    for (size_t c = cues.size(); c-- > 0;) {
      const Cue& cue = cues[c];
      if (piece.last - cue.last > kTailLimit) break;
      if (!(cue.frames() & (kQuote | kAfter | kClause)) || cue.first < piece.first + 2) continue;
      uint32_t comma = cue.first;
      while (comma > piece.first && !Break(comma - 1)) --comma;
      if (comma <= piece.first + 1) continue;
      // Where a language has words of their own for it, the others don't stand behind.
      if (lexicon_->after() && !(cue.frames() & kAfter)) continue;
      const bool inverted = comma == cue.first || (OnlySkipped({comma, cue.first}) &&
                                                   T(cue.first - 1).upos != Upos::kAux);
      if (!inverted && (cue.first - comma > 10 || (cue.frames() & kAfter))) continue;
      if (inverted && Participle(cue.first)) continue;
      Range phrase;
      ActorRef source;
      uint32_t rest = cue.last;
      uint32_t head = kNone;
      if (!cue.entry->clitic.empty()) {
        source = Clitic(cue);
      } else if (inverted) {
        phrase = PhraseAfter(cue.last, piece.last);
        rest = std::max(rest, phrase.last);
      } else {
        phrase = Subject(cue.first, comma, head);
      }
      if (cue.frames() & kAddressee) {
        if (const ActorMention* mention = rest < piece.last ? MentionAt(rest) : nullptr) {
          rest = std::max(rest, std::min(mention->last, piece.last));
        }
      }
      if (rest < piece.last && !Comma(rest) && !Is(rest, kBoundary | kHearer | kConjunction) &&
          !IsTime(rest) && !(cue.frames() & kAfter) && words_[rest] != "(") {
        continue;
      }
      if (!(cue.frames() & kAfter) && rest < piece.last && HasVerbStrict({rest, piece.last}) &&
          !Comma(rest)) {
        continue;
      }
      if (Nobody(source)) source = Resolve(phrase, head, !inverted);
      if (Nobody(source)) continue;
      const Range content{piece.first, Comma(comma - 1) ? comma - 1 : comma};
      if (IsCarrier(source.actor)) {
        const size_t before = doc_.statements.size();
        for (uint32_t t = cue.first; t < rest; ++t) used_[t] = true;
        ReadPiece2(content);
        if (doc_.statements.size() > before) {
          for (size_t i = before; i < doc_.statements.size(); ++i) {
            AddVia(static_cast<uint32_t>(i), {source, doc_.SpanOf(cue.first, cue.last)});
            Carriers(static_cast<uint32_t>(i), {rest, piece.last});
          }
          return;
        }
      }
      std::vector<Span> spans{ContentSpan(content)};
      const Range more = GoesOn(content, {rest, piece.last});
      if (!more.empty()) spans.push_back(ContentSpan(more));
      const uint32_t index = Add(source, cue, std::move(spans));
      if (index != kNone) {
        for (uint32_t t = cue.first; t < rest; ++t) used_[t] = true;
        Hearer(index, cue, {inverted ? std::max(cue.last, phrase.last) : cue.last, piece.last});
        if (more.empty()) ReadPiece2({rest, piece.last});
        return;
      }
    }
    ReadPiece2(piece);
  }
  // What of the content stands behind its attribution: "The strait, he said, is closed".
  Range GoesOn(const Range& before, Range after) const {
    if (after.empty() || !Comma(after.first)) return {};
    ++after.first;
    if (after.size() < 2 || !Parsed(after) || Participle(after.first)) return {};
    if (!HasVerbStrict(before)) return HasVerbStrict(after) ? after : Range{};
    return Is(after.first, kConjunction) && HasVerbStrict(after) && CuesOf(after).empty() ? after
                                                                                          : Range{};
  }
  // "but", "however": no word that says anything.
  bool OnlyJoins(const Range& range) const {
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (!Is(t, kSkip | kConjunction | kContrast) && !Punct(t) && T(t).upos != Upos::kAdv) {
        return false;
      }
    }
    return true;
  }
  bool OnlySkipped(const Range& range) const {
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (!Is(t, kSkip | kAs)) return false;
    }
    return true;
  }
  bool HasVerbStrict(const Range& range) const {
    for (uint32_t t = range.first; t < range.last; ++t) {
      if (Verb(t)) return true;
    }
    return false;
  }

  // 2. Cues before their content.
  void ReadPiece2(Range piece) {
    if (piece.size() < 3) return;
    const std::vector<Cue> cues = CuesOf(piece);
    struct Open {
      uint32_t index = kNone;
      Cue cue;
      uint32_t start = 0;  // tokens of the content
      uint32_t end = 0;
      ActorRef source;
      bool that = false;  // a complementizer precedes the content
    } open;
    for (const Cue& cue : cues) {
      if (cue.frames() & (kCarry | kPrep | kBy)) continue;
      if ((cue.frames() & kAfter) && !(cue.frames() & (kClause | kThat | kNoun))) continue;
      uint32_t left = piece.first;
      bool shared = false;
      uint32_t cut = piece.last;
      if (open.index != kNone && cue.first < open.end) {
        if (cue.first < open.start) continue;
        const bool outlet = IsCarrier(open.source.actor);
        if (!outlet && !Coordinate(cue, open.cue, open.start, cut, shared)) continue;
        left = outlet ? open.start : cut;
      } else if (open.index != kNone) {
        left = open.end;
      }
      if (Negated(cue, left) && !cue.entry->denial) continue;
      ActorRef source;
      if (cue.frames() & kNoun) {
        if (!NounSource(cue, piece, left, source)) continue;
      } else if (shared) {
        source = open.source;
      } else {
        uint32_t head = kNone;
        const Range phrase = Subject(cue.first, left, head);
        source = Resolve(phrase, head, true);
        if (source.actor == kNone && phrase.empty() && Participle(cue.first)) {
          source = FirstActor({left, cue.first});
        }
      }
      if (Nobody(source)) continue;
      Range content;
      uint32_t hearer = kNone;
      if (!Content(cue, piece, content, hearer)) continue;
      if (Is(content.first - 1, kInfinitive) && Anyone(source)) continue;
      EndRelative(cue, left, content);
      if ((cue.frames() & kNp) && OneName(content)) continue;
      Fit(cue, content);
      const Span span = ContentSpan(content);
      if (open.index != kNone && cue.first < open.end) {
        if (IsCarrier(open.source.actor)) {
          // An outlet's "X said that ..." is X's statement; the outlet passes it on.
          const Carrier carrier{open.source, doc_.statements[open.index].cue};
          std::vector<Carrier> via = doc_.statements[open.index].via;
          doc_.statements.pop_back();
          const uint32_t index = Add(source, cue, {span});
          AddVia(index, carrier);
          open = {index, cue, content.first, content.last, source, HasThat(cue, content)};
          Hearer(index, cue, {hearer, piece.last});
          if (index == kNone) return;
          continue;
        }
        // The content before ends where this clause starts.
        Statement& previous = doc_.statements[open.index];
        const Span shorter = ContentSpan({open.start, cut});
        if (shorter.empty()) continue;
        const bool object = (open.cue.frames() & (kClause | kNp | kInf)) == kClause && !open.that &&
                            !HasVerb({open.start, cut});
        const bool unquoted = (open.cue.frames() & kIfQuoted) != 0 && !HasQuote(shorter);
        if (object || unquoted) {
          // What is left is an object: nothing was said.
          doc_.statements.pop_back();
          open.index = Add(source, cue, {span});
          open = {open.index, cue, content.first, content.last, source, HasThat(cue, content)};
          if (open.index == kNone) return;
          continue;
        }
        previous.content.back() = shorter;
        previous.kind = KindOf(previous.content);
      }
      const uint32_t index = Add(source, cue, {span});
      if (index == kNone) continue;
      if (hearer != kNone) Hearer(index, cue, {hearer, piece.last});
      if (Is(cue.first, kAs)) Quoter(index, cue, left);
      open = {index, cue, content.first, content.last, source, HasThat(cue, content)};
    }
  }

  // "Wire One quoted Berg as saying": who quoted.
  void Quoter(uint32_t index, const Cue& cue, uint32_t begin) {
    for (uint32_t t = begin; t < cue.first; ++t) {
      const ActorMention* mention = MentionAt(t);
      if (mention == nullptr || !Outlet(*mention)) continue;
      AddVia(index, {Refer(*mention), doc_.SpanOf(cue.first, cue.last)});
      return;
    }
  }
  // "Berg, who thinks it failed, left", "Berg, citing losses, left": the comma that ends the
  // insertion ends the content.
  void EndRelative(const Cue& cue, uint32_t begin, Range& content) const {
    uint32_t relative = cue.first;
    while (relative > begin && !Is(relative, kRelative) && cue.first - relative < 4) --relative;
    if (!Is(relative, kRelative)) relative = cue.first;
    if (relative == cue.first && !Participle(cue.first)) return;
    if (relative == begin || !Comma(relative - 1)) return;
    for (uint32_t t = content.first; t + 1 < content.last; ++t) {
      if (!Comma(t) || !Verb(t + 1) || Participle(t + 1)) continue;
      content.last = t;
      return;
    }
  }
  // The clause that the tree gives the cue, where it starts and ends at a break.
  void Fit(const Cue& cue, Range& content) const {
    const Range clause = clauses_.Complement(doc_.SentenceOf(cue.first), {cue.first, cue.last});
    if (clause.empty() || clause.last <= content.first || clause.first >= content.last) return;
    if (clause.last < content.last &&
        ((cue.frames() & (kNoun | kComp)) != 0 || Punct(clause.last) ||
         Is(clause.last, kConjunction | kContrast))) {
      content.last = clause.last;
    }
    // "said on Monday in Oslo it had", "told Chile it had"; but the subject of a clause stays.
    const bool aside = (cue.frames() & kAddressee) != 0 || T(content.first).upos == Upos::kAdp ||
                       T(content.first).upos == Upos::kAdv || IsTime(content.first);
    if (clause.first > content.first && aside && !HasVerb({content.first, clause.first})) {
      content.first = clause.first;
    }
  }
  bool HasThat(const Cue& cue, const Range& content) const {
    return content.first > cue.last && Is(content.first - 1, kComplementizer);
  }

  bool Negated(const Cue& cue, uint32_t begin) const {
    for (uint32_t t = cue.first; t > begin && cue.first - t < 3; --t) {
      if (Is(t - 1, kNegator)) return true;
      if (!Is(t - 1, kSkip) && T(t - 1).upos != Upos::kAux && T(t - 1).upos != Upos::kAdv) break;
    }
    return false;
  }

  // Whether a cue inside an open content is a second verb of the same subject; `cut` is then where
  // the first content ends.
  bool Coordinate(const Cue& cue, const Cue& outer, uint32_t begin, uint32_t& cut,
                  bool& shared) const {
    uint32_t t = cue.first;
    while (t > begin && (Is(t - 1, kSkip) || T(t - 1).upos == Upos::kAdv) &&
           !Is(t - 1, kConjunction)) {
      --t;
    }
    if (t <= begin) return false;
    const bool joined = Is(t - 1, kConjunction) || Break(t - 1);
    const Token& verb = T(cue.first);
    const bool tree = !verb.deprel.empty();
    const bool attached = verb.head >= 0 && static_cast<uint32_t>(verb.head) >= outer.first &&
                          static_cast<uint32_t>(verb.head) < outer.last &&
                          (verb.Is("conj") || verb.Is("advcl") || verb.Is("parataxis"));
    if (joined) {
      const bool comma = Break(t - 1) || (t >= begin + 2 && Break(t - 2));
      if (attached || (comma && Participle(cue.first)) || (!tree && comma) ||
          Is(t - 1, kContrast)) {
        cut = t;
        while (cut > begin && (Is(cut - 1, kConjunction) || Comma(cut - 1))) --cut;
        shared = true;
        return cut > begin;
      }
      return false;
    }
    // "called it a trap, and Kyiv said": a joined clause with a subject of its own.
    if (attached && verb.Is("conj")) {
      for (uint32_t child : tree_.Children(cue.first)) {
        if (!T(child).Is("nsubj") || child >= cue.first || child <= begin) continue;
        cut = child;
        while (cut > begin + 1 && !Comma(cut - 1) && Below(cut - 1, cue.first)) --cut;
        while (cut > begin && (Is(cut, kConjunction) || Comma(cut - 1))) --cut;
        shared = false;
        return cut > begin;
      }
    }
    // "..., but Kyiv said": a contrast with a subject of its own.
    for (uint32_t n = t; n > begin && t - n < 8; --n) {
      if (Comma(n - 1)) return false;
      if (Is(n - 1, kContrast)) {
        cut = n - 1;
        while (cut > begin && Comma(cut - 1)) --cut;
        shared = false;
        return cut > begin;
      }
    }
    return false;
  }

  ActorRef FirstActor(const Range& range) const {
    for (uint32_t t = range.first; t < range.last && t < range.first + kClauseLimit; ++t) {
      if (const ActorMention* mention = MentionAt(t)) return Refer(*mention);
    }
    return {};
  }

  // "the claim by X that", "X's claim that", "klaim X bahwa".
  bool NounSource(const Cue& cue, const Range& piece, uint32_t left, ActorRef& source) {
    uint32_t that = cue.last;
    while (that < piece.last && that < cue.last + 10 && !Is(that, kComplementizer)) {
      // "the minister's view is that"
      const bool copula =
          T(that).upos == Upos::kAux && that + 1 < piece.last && Is(that + 1, kComplementizer);
      if ((Verb(that) && !copula) || Comma(that)) return false;
      ++that;
    }
    if (that >= piece.last || !Is(that, kComplementizer)) return false;
    for (uint32_t t = cue.last; t < that; ++t) {
      if (const ActorMention* mention = MentionAt(t)) {
        source = Refer(*mention);
        return true;
      }
    }
    if (that > cue.last + 1 && Is(cue.last, kAgent)) {
      source = Resolve({cue.last + 1, that}, kNone, false);
      return source.actor != kNone;
    }
    for (uint32_t t = cue.first; t > left && cue.first - t < 4; --t) {
      if (const ActorMention* mention = MentionAt(t - 1)) {
        source = Refer(*mention);
        return true;
      }
      if (Is(t - 1, kPronoun)) {
        source = {last_source_, doc_.SpanOf(t - 1, t)};
        return Personal(t - 1);
      }
    }
    return false;
  }

  // The content after a cue. `hearer` is where an addressee may stand.
  bool Content(const Cue& cue, const Range& piece, Range& content, uint32_t& hearer) const {
    uint32_t k = cue.last;
    const uint32_t frames = cue.frames();
    while (k < piece.last && (Comma(k) || words_[k] == ":")) ++k;
    if (k >= piece.last) return false;
    hearer = k;
    uint32_t that = k;
    while (that < piece.last && that < k + kThatLimit && !Is(that, kComplementizer) &&
           !(that > k && Verb(that))) {
      ++that;
    }
    const bool has_that = that < piece.last && that < k + kThatLimit && Is(that, kComplementizer) &&
                          // "that" as a determiner or pronoun
                          (T(that).upos != Upos::kDet &&
                           (T(that).upos != Upos::kPron || that == k || T(that).Is("mark")));
    if (has_that && (frames & (kClause | kThat | kNoun | kQuote | kAddressee | kNp | kComp))) {
      // "urges Chile that it leave": of whom it is demanded belongs to what is.
      const bool demand = (frames & kNp) && !(frames & kClause) && that > k && MentionAt(k);
      content = {demand ? k : that + 1, piece.last};
      return content.size() >= 2;
    }
    if (frames & kNoun) return false;
    if (frames & kInf) {
      // "vowed only last week to"
      uint32_t to = k;
      while (to < piece.last && to < k + 6 && (T(to).upos == Upos::kAdv || IsTime(to))) ++to;
      if (to < piece.last && Is(to, kInfinitive)) k = to;
    }
    if ((frames & (kInf | kNp)) && Is(k, kInfinitive) && k + 1 < piece.last) {
      content = {k + 1, piece.last};
      if (frames & kInf || HasVerb(content)) return CutContrast(content);
    }
    if (frames & kNp) {
      if (T(k).upos == Upos::kAdp && !Is(k, kInfinitive)) return false;
      content = {k, piece.last};
      if (!CutContrast(content)) return false;
      EndClause(cue, content);
      return content.size() >= 2;
    }
    if ((frames & kCalls) && Calls(cue, {k, piece.last}, content)) return true;
    if (frames & kClause) {
      if (frames & kAddressee) {
        uint32_t after = k;
        if (const ActorMention* mention = MentionAt(k))
          after = std::max(k + 1, mention->last);
        else if (Is(k, kHearers) || Is(k, kPronoun))
          after = k + 1;
        // "told the TV channel X his country would": up to the subject of the next verb.
        uint32_t verb = after;
        while (verb < piece.last && verb < k + 24 && (!Verb(verb) || T(verb).Is("amod")) &&
               !Is(verb, kInfinitive))
          ++verb;
        if (verb < piece.last && verb < k + 24 && !Is(verb, kInfinitive)) {
          uint32_t head = kNone;
          const Range subject = Subject(verb, k, head);
          if (head != kNone && subject.first > after) after = subject.first;
        }
        if (after < piece.last && Is(after, kInfinitive)) after = k;  // "told them to leave"
        content = {after, piece.last};
        return content.size() >= 3 && HasVerb(content);
      }
      if (Is(k, kHearer)) {
        uint32_t comma = k;
        while (comma < piece.last && comma < k + 10 && !Comma(comma)) ++comma;
        if (comma >= piece.last || !Comma(comma)) return false;
        k = comma + 1;
      }
      if (Is(k, kComplementizer) && k + 1 < piece.last && !Verb(k + 1)) ++k;
      content = {k, piece.last};
      if (!MayOpen(content)) return false;
      // "thought of him": no clause, where the tree has none.
      if (T(k).upos == Upos::kAdv && k + 1 < piece.last && T(k + 1).upos == Upos::kAdp) ++k;
      const bool of = T(k).upos == Upos::kAdp && !(k + 1 < piece.last && IsTime(k + 1)) &&
                      clauses_.Complement(doc_.SentenceOf(k), {cue.first, cue.last}).empty() &&
                      !HasQuote(doc_.SpanOf(content.first, content.last));
      if (content.size() >= 2 && !of && IsTold(cue, content)) {
        return true;
      }
    }
    if (frames & kInf && frames & kAddressee) {
      uint32_t to = k;
      while (to < piece.last && to < k + 10 && !Is(to, kInfinitive)) ++to;
      if (to > k && to < piece.last && Is(to, kInfinitive)) {
        content = {k, piece.last};
        return true;
      }
    }
    if (frames & kIfQuoted) {
      content = {k, piece.last};
      if (T(k).upos == Upos::kCconj || !CutContrast(content)) return false;
      EndClause(cue, content);
      return HasQuote(doc_.SpanOf(content.first, content.last));
    }
    return false;
  }
  // Whether a clause without a complementizer may start so: not with "and", and with "because" only
  // if a clause follows the one of its reason.
  bool MayOpen(const Range& content) const {
    const Token& first = T(content.first);
    if (first.upos == Upos::kCconj) return false;
    // "what he will say is anyone's guess"
    if (Verb(content.first) && first.Feat("VerbForm") == "Fin") return false;
    if (first.upos != Upos::kSconj || !first.Is("mark")) return true;
    for (uint32_t t = content.first; t < content.last; ++t) {
      if (Comma(t)) return true;
    }
    return false;
  }
  // Whether the words are a clause, not a thing that is announced or explained. What something is
  // held to be may be no more than an adjective behind it: "menilai pemerintah lamban".
  bool IsTold(const Cue& cue, const Range& content) const {
    if ((cue.frames() & kCalls) && T(content.last - 1).upos == Upos::kAdj) return true;
    return HasPredicate(content) && !OnlyObject(cue, content);
  }
  // "urged Chile to act, and a group plans to": an object ends at a comma behind which the tree has
  // another clause.
  void EndClause(const Cue& cue, Range& content) const {
    for (uint32_t t = content.first + 1; t + 1 < content.last; ++t) {
      if (!Comma(t) || !Parsed({t + 1, t + 2}) || Punct(t + 1) || Depends(t + 1, cue)) continue;
      const bool quoted = std::any_of(quotes_.begin(), quotes_.end(), [&](const Quote& quote) {
        return quote.open < T(t).start && T(t).start < quote.close;
      });
      if (quoted) continue;
      content.last = t;
      return;
    }
  }
  // Whether a token hangs from a cue by its own words, not by another clause beside it.
  bool Depends(uint32_t t, const Cue& cue) const {
    for (int step = 0; step < kClimbLimit; ++step) {
      const int32_t head = T(t).head;
      if (head < 0) return false;
      const auto above = static_cast<uint32_t>(head);
      if (above >= cue.first && above < cue.last) {
        return !T(t).Is("conj") && !T(t).Is("parataxis");
      }
      t = above;
    }
    return false;
  }
  // "cited Wire One": somebody's name is nothing told.
  bool OneName(const Range& content) const {
    const bool article = content.size() > 1 && T(content.first).upos == Upos::kDet;
    const ActorMention* mention = MentionAt(content.first + (article ? 1 : 0));
    return mention != nullptr && mention->last >= content.last;
  }
  // "described it as a trap": what something is called, with a word for "as" behind it.
  bool Calls(const Cue& cue, const Range& rest, Range& content) const {
    content = rest;
    if (!CutContrast(content) || T(rest.first).upos == Upos::kAdp) return false;
    EndClause(cue, content);
    bool role = false;
    for (uint32_t t = content.first; t < content.last; ++t) {
      // "as he had"
      if (Verb(t) && (T(t).Feat("VerbForm") == "Fin" || T(t).upos == Upos::kAux)) return false;
      role = role || (t > content.first && t + 1 < content.last && Is(t, kRole));
    }
    return role;
  }
  // "added two gates as it grew": the verb has a thing for its object, and no clause.
  bool OnlyObject(const Cue& cue, const Range& content) const {
    bool object = false;
    for (uint32_t child : tree_.Children(cue.first)) {
      if (T(child).Is("ccomp") || T(child).Is("xcomp") || T(child).Is("parataxis")) return false;
      object =
          object || (T(child).deprel == "obj" && child >= cue.last && T(child).upos != Upos::kAdj);
    }
    if (!object || HasQuote(doc_.SpanOf(content.first, content.last))) return false;
    for (uint32_t t = content.first; t < content.last; ++t) {
      if (T(t).upos == Upos::kSconj && !Is(t, kInfinitive)) return true;
      if (EndsPhrase(t) && t + 1 < content.last && T(t + 1).upos == Upos::kAdj) return false;
      if (t > content.first && t + 1 < content.last && OpensPredicate(t)) return false;
      if (Verb(t) && T(t).Feat("VerbForm") != "Part" && T(t).Feat("VerbForm") != "Ger" &&
          T(t).deprel != "acl:relcl") {
        return false;
      }
      // "said the offer by Oslo raised hopes": a participle behind a noun may be a verb.
      if (T(t).Is("amod") && Verb(t) && t > content.first && T(t - 1).upos != Upos::kDet &&
          T(t - 1).upos != Upos::kAdj) {
        return false;
      }
    }
    return true;
  }
  bool CutContrast(Range& content) const {
    for (uint32_t t = content.first + 2; t + 1 < content.last; ++t) {
      if (Break(t) && Is(t + 1, kContrast)) content.last = Comma(t) ? t : t + 1;
    }
    return !content.empty();
  }

  // ---- trees ----
  // The cues that the rules above leave: inside another's content, and those whose clause only the
  // tree shows.
  void ReadTrees() {
    // The innermost statement around each token: its source says "I".
    std::vector<uint32_t> told(words_.size(), kNone);
    const size_t before = doc_.statements.size();
    for (uint32_t s = 0; s < before; ++s) {
      for (const Span& span : doc_.statements[s].content) Tell(span, s, told);
    }
    std::vector<Lexicon::Match> matches;
    for (const Sentence& sentence : doc_.sentences) {
      const auto found = lexicons_.find(doc_.LangOf(sentence));
      if (found == lexicons_.end()) continue;
      lexicon_ = &found->second;
      last_source_ = kNone;
      for (uint32_t t = sentence.first; t < sentence.last; ++t) {
        if (cue_[t]) continue;
        lexicon_->Find(words_, t, sentence.last, matches);
        // "as saying" has its source before it, whatever the tree hangs it on.
        if (!matches.empty() && matches.front().length > 1 && Is(t, kAs)) {
          t += matches.front().length - 1;
          continue;
        }
        for (const Lexicon::Match& match : matches) {
          // "tutup": of a quotation before it only, else another word.
          if ((match.entry->frames & (kAfter | kClause | kThat | kInf | kNoun)) == kAfter) continue;
          const Cue cue{t, t + match.length, match.entry, match.split};
          if (cue.entry->clitic.empty() && ReadClause(sentence, cue, told)) break;
        }
      }
    }
  }
  void Tell(const Span& span, uint32_t statement, std::vector<uint32_t>& told) const {
    for (uint32_t t = TokenAt(span.start); t < words_.size() && T(t).start < span.end; ++t) {
      told[t] = statement;
    }
  }

  // What is told inside another's words ends where they do.
  static void Clip(const Statement& outer, uint32_t at, std::vector<Span>& content) {
    for (const Span& limit : outer.content) {
      if (at < limit.start || limit.end <= at) continue;
      for (Span& span : content) {
        span.start = std::clamp(span.start, limit.start, limit.end);
        span.end = std::clamp(span.end, limit.start, limit.end);
      }
    }
    std::erase_if(content, [](const Span& span) { return span.start >= span.end; });
  }
  bool ReadClause(const Sentence& sentence, Cue cue, std::vector<uint32_t>& told) {
    const std::optional<Clause> clause =
        clauses_.Read(*lexicon_, sentence, {cue.first, cue.last}, *cue.entry);
    if (!clause) return false;
    const uint32_t around = told[cue.first];
    ActorRef source;
    const uint32_t begin = AfterDateline(doc_, sentence);
    if (clause->source != kNone && clause->source < begin && begin <= cue.first) {
      // The tree takes the dateline's place for the subject.
      uint32_t head = kNone;
      const Range phrase = Subject(cue.first, begin, head);
      source = Resolve(phrase, head, true);
      if (Nobody(source)) return false;
    } else if (clause->source != kNone) {
      const Token& token = T(clause->source);
      const ActorMention* mention = MentionAt(clause->source);
      const bool pronoun = token.upos == Upos::kPron || Is(clause->source, kPronoun);
      // "I" is who speaks; so is "he" where nobody else is known.
      if (pronoun && around != kNone && (mention == nullptr || token.Feat("Person") == "1")) {
        source = {doc_.statements[around].source.actor,
                  doc_.SpanOf(clause->source, clause->source + 1)};
      } else if (mention != nullptr) {
        source = Refer(*mention);
      } else {
        source = Resolve({clause->source, clause->source + 1}, clause->source, true);
        if (source.span.empty()) {
          source.span = doc_.SpanOf(clause->source, clause->source + 1);
        }
      }
    }
    cue.first = clause->cue.first;
    cue.last = clause->cue.last;
    // "don't think": the whole written word.
    if (clause->negated && Is(cue.first, kNegator) && Fused(cue.first)) --cue.first;
    std::vector<Span> content;
    for (const Range& range : clause->content) {
      Range words = range;
      if (words.size() > 1 && Is(words.first, kComplementizer | kInfinitive) &&
          (T(words.first).Is("mark") || !Verb(words.first + 1))) {
        ++words.first;
      }
      // "what he will say is a guess": the rest of another clause.
      const bool rest = !words.empty() && words.first == cue.last && Verb(words.first) &&
                        T(words.first).Feat("VerbForm") == "Fin";
      if (rest) continue;
      for (uint32_t t = words.first; t < words.last && clause->wish; ++t) {
        if (words_[t] == ";") words.last = t;
      }
      if (const Span span = ContentSpan(words); !span.empty()) content.push_back(span);
    }
    if (around != kNone) Clip(doc_.statements[around], T(cue.first).start, content);
    if (around == kNone && !content.empty()) {
      // "laughed and replied: ...": the quotation is told by the other word.
      for (uint32_t t = TokenAt(content.front().start); T(t).end <= content.front().end; ++t) {
        if (told[t] != kNone && doc_.statements[told[t]].kind == StatementKind::kDirect) {
          return false;
        }
        if (t + 1 >= words_.size()) break;
      }
    }
    if (content.empty() || (clause->wish && Anyone(source))) return false;
    const uint32_t index = Push(source, cue, std::move(content));
    Statement& statement = doc_.statements[index];
    statement.negated = statement.negated || clause->negated;
    if (clause->hearer != kNone) {
      const ActorMention* mention = MentionAt(clause->hearer);
      statement.addressee = mention != nullptr
                                ? Refer(*mention)
                                : ActorRef{kNone, doc_.SpanOf(clause->hearer, clause->hearer + 1)};
    }
    for (const Span& span : statement.content) Tell(span, index, told);
    return true;
  }

  Document& doc_;
  const std::map<std::string, Lexicon, std::less<>>& lexicons_;
  const Tree tree_;
  const ClauseReader clauses_;
  const Lexicon* lexicon_ = nullptr;
  std::vector<std::string> words_;            // lower case
  std::vector<const TimeExpression*> times_;  // of the body, in text order
  std::vector<bool> used_;                    // tokens that an attribution already has
  std::vector<bool> cue_;                     // tokens of cues
  std::vector<uint32_t> longest_;             // the longest mention over a token
  std::vector<Quote> quotes_;                 // of the block
  std::unordered_map<std::string, uint32_t> new_actors_;
  uint32_t last_source_ = kNone;
  uint32_t last_cue_ = 0;            // bytes: where it spoke
  uint32_t open_statement_ = kNone;  // a quotation that the block before left open
};

class StatementStage : public Stage {
 public:
  explicit StatementStage(std::map<std::string, Lexicon, std::less<>> lexicons)
      : lexicons_(std::move(lexicons)) {}
  std::string_view name() const override { return "statement"; }
  Layers needs() const override { return kTokens | kTrees | kActors; }
  Layers adds() const override { return kStatements; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    document.statements.clear();
    Reader(document, lexicons_).Run();
    AddPublisher(document);
    return {};
  }

 private:
  // A report that carries an agency's words carries them itself, as the last one.
  static void AddPublisher(Document& document) {
    if (document.article.publisher.empty()) return;
    uint32_t publisher = kNone;
    for (Statement& statement : document.statements) {
      if (statement.via.empty()) continue;
      if (publisher == kNone) {
        const std::string wanted = LowerCase(document.article.publisher);
        for (uint32_t a = 0; a < document.actors.size() && publisher == kNone; ++a) {
          if (LowerCase(document.actors[a].name) == wanted) publisher = a;
        }
        if (publisher == kNone) {
          Actor actor;
          actor.kind = ActorKind::kOrganisation;
          actor.name = document.article.publisher;
          actor.carrier = true;
          publisher = static_cast<uint32_t>(document.actors.size());
          document.actors.push_back(std::move(actor));
        }
      }
      bool known = statement.source.actor == publisher;
      for (const Carrier& carrier : statement.via)
        known = known || carrier.actor.actor == publisher;
      if (!known) statement.via.push_back({{publisher, {}}, {}});
    }
  }

  const std::map<std::string, Lexicon, std::less<>> lexicons_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeStatementStage(const Resources& resources) {
  std::map<std::string, Lexicon, std::less<>> lexicons;
  for (const std::string& lang : resources.Languages()) {
    const std::string file = "data/lang/" + lang + "/reporting_verbs.tsv";
    if (!resources.Has(file)) continue;
    Result<Lexicon> lexicon = Lexicon::Load(resources, file);
    if (!lexicon) return lexicon.error();
    lexicons.emplace(lang, std::move(*lexicon));
  }
  return std::unique_ptr<Stage>(std::make_unique<StatementStage>(std::move(lexicons)));
}

}  // namespace kronik
