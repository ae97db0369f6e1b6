#include "statement/tree_reader.h"

#include <algorithm>

#include "base/dateline.h"

namespace kronik::statement {
namespace {

constexpr uint32_t kTimeLimit = 6;     // tokens of a time behind a content
constexpr uint32_t kCalledReach = 10;  // tokens from "what" to the cue
constexpr uint32_t kCalledLimit = 60;  // tokens of what something is called

}  // namespace

// The cues that the rules above leave: inside another's content, and those whose clause only the
// tree shows.
void TreeReader::ReadTrees() {
  // The innermost statement around each token: its source says "I".
  std::vector<uint32_t> told(words_.size(), kNone);
  const size_t before = doc_.statements.size();
  for (uint32_t s = 0; s < before; ++s) {
    for (const Span& span : doc_.statements[s].content) Tell(span, s, told);
  }
  std::vector<Lexicon::Match> matches;
  uint32_t block = kNone;
  for (const Sentence& sentence : doc_.sentences) {
    if (sentence.block != block) {
      block = sentence.block;
      const auto quotes = work_.quotes_of.find(block);
      work_.quotes = quotes == work_.quotes_of.end() ? std::vector<Quote>{} : quotes->second;
    }
    const auto found = work_.lexicons.find(doc_.LangOf(sentence));
    if (found == work_.lexicons.end()) continue;
    work_.lexicon = &found->second;
    sources_.Forget();
    for (uint32_t t = sentence.first; t < sentence.last; ++t) {
      if (work_.cue[t] || OfTitle(t)) continue;
      lexicon().Find(words_, t, sentence.last, matches);
      // "as saying" has its source before it, whatever the tree hangs it on.
      if (!matches.empty() && matches.front().length > 1 &&
          (Is(t, kAs) || (matches.front().entry->frames & kIdiom) != 0)) {
        t += matches.front().length - 1;
        continue;
      }
      for (const Lexicon::Match& match : matches) {
        // "tutup": of a quotation before it only, else another word.
        if ((match.entry->frames & (kAfter | kClause | kThat | kInf | kNoun)) == kAfter) continue;
        const Cue cue{t, t + match.length, match.entry, match.split};
        if (!cue.entry->clitic.empty()) continue;
        if (ReadCalled(sentence, cue, told) || ReadClause(sentence, cue, told) ||
            ReadGap(sentence, cue, told)) {
          break;
        }
      }
    }
  }
}

void TreeReader::Tell(const Span& span, uint32_t statement, std::vector<uint32_t>& told) const {
  for (uint32_t t = TokenAt(span.start); t < words_.size() && T(t).start < span.end; ++t) {
    told[t] = statement;
  }
}

// What is told inside another's words ends where they do.
void TreeReader::Clip(const Statement& outer, uint32_t at, std::vector<Span>& content) {
  for (const Span& limit : outer.content) {
    if (at < limit.start || limit.end <= at) continue;
    for (Span& span : content) {
      span.start = std::clamp(span.start, limit.start, limit.end);
      span.end = std::clamp(span.end, limit.start, limit.end);
    }
  }
  std::erase_if(content, [](const Span& span) { return span.start >= span.end; });
}

// "said he hoped to return next week": a time at the end of the words around is the inner one's.
void TreeReader::TakeTime(const Statement& outer, std::vector<Span>& content) const {
  if (content.empty()) return;
  for (const Span& limit : outer.content) {
    if (content.back().end <= limit.start || limit.end <= content.back().end) continue;
    uint32_t t = TokenAt(content.back().end + 1);
    const uint32_t first = t;
    while (t < words_.size() && T(t).end <= limit.end && t < first + kTimeLimit && IsTime(t)) ++t;
    if (t > first && T(t - 1).end == limit.end) content.back().end = limit.end;
  }
}

// What a cue among quoted words tells ends with them: "'I know,' was his answer".
void TreeReader::WithinQuote(uint32_t at, std::vector<Span>& content) const {
  for (const Quote& quote : work_.quotes) {
    if (!quote.closed || at < quote.inner || quote.close <= at) continue;
    for (Span& span : content) {
      span.start = std::max(span.start, quote.inner);
      span.end = std::min(span.end, quote.close);
    }
  }
  std::erase_if(content, [](const Span& span) { return span.start >= span.end; });
}

bool TreeReader::ReadClause(const Sentence& sentence, Cue cue, std::vector<uint32_t>& told) {
  const std::optional<Clause> clause =
      work_.clauses.Read(lexicon(), sentence, {cue.first, cue.last}, *cue.entry);
  if (!clause) return false;
  const uint32_t around = told[cue.first];
  if (clause->object && around == kNone) return false;
  // "demanded to know why": what is demanded.
  const int32_t above = T(cue.first).head;
  if ((cue.frames() & kComp) && T(cue.first).Is("xcomp") && above >= 0 &&
      work_.cue[static_cast<uint32_t>(above)] && around != kNone) {
    return false;
  }
  ActorRef source;
  if (!SourceOf(*clause, sentence, cue, around, source)) return false;
  cue.first = clause->cue.first;
  cue.last = clause->cue.last;
  std::vector<Span> content = ContentOf(*clause, cue);
  WithinQuote(T(cue.first).start, content);
  if (around != kNone) {
    Clip(doc_.statements[around], T(cue.first).start, content);
    TakeTime(doc_.statements[around], content);
  }
  if (content.empty() || (clause->wish && sources_.Anyone(source))) return false;
  if (around == kNone && ToldDirectly(content.front(), told)) return false;
  const uint32_t index = writer_.Push(source, cue, std::move(content));
  Statement& statement = doc_.statements[index];
  statement.negated = statement.negated || clause->negated;
  if (clause->hearer != kNone) {
    const ActorMention* mention = MentionAt(clause->hearer);
    statement.addressee = mention != nullptr
                              ? sources_.Refer(*mention)
                              : ActorRef{kNone, doc_.SpanOf(clause->hearer, clause->hearer + 1)};
  }
  for (const Span& span : statement.content) Tell(span, index, told);
  return true;
}

// "rejected what it called an insulting offer": what follows the cue up to the phrase's end.
bool TreeReader::ReadCalled(const Sentence& sentence, const Cue& cue, std::vector<uint32_t>& told) {
  if (!(cue.frames() & (kNames | kCalls | kIfQuoted)) || !Verb(cue.first)) return false;
  const uint32_t begin = std::max(sentence.first, cue.first - std::min(cue.first, kCalledReach));
  uint32_t what = cue.first;
  while (what > begin && !(Is(what, kAsks) && T(what).upos == Upos::kPron)) {
    --what;
    if (Punct(what) || T(what).upos == Upos::kVerb) return false;
  }
  if (!Is(what, kAsks) || what + 1 >= cue.first) return false;
  Range content{cue.last, cue.last};
  if (content.last < sentence.last && Is(content.last, kRole)) content.first = ++content.last;
  const uint32_t limit = std::min(sentence.last, cue.last + kCalledLimit);
  while (content.last < limit && !Comma(content.last) && !Stop(content.last) &&
         T(content.last).upos != Upos::kSconj && !Is(content.last, kRelative) &&
         !(Verb(content.last) && T(content.last).Feat("VerbForm") == "Fin")) {
    ++content.last;
  }
  // "a 'firm protest' with the envoy"
  for (const Quote& quote : work_.quotes) {
    if (quote.words.first >= content.first && quote.words.first <= content.first + 2 &&
        quote.closed && quote.words.last + 1 < content.last &&
        T(quote.words.last + 1).upos == Upos::kAdp) {
      content.last = quote.words.last + 1;
    }
  }
  while (!content.empty() && Is(content.last - 1, kConjunction)) --content.last;
  const Span span = contents_.ContentSpan(content);
  if (span.empty()) return false;
  const uint32_t head = what + 1 == cue.first - 1 ? what + 1 : kNone;
  const ActorRef source = sources_.Resolve({what + 1, cue.first}, head, true);
  if (Sources::Nobody(source)) return false;
  const uint32_t index = writer_.Push(source, cue, {span});
  Tell(span, index, told);
  return true;
}

// "the depot, which officials said had been hit": a clause whose subject the relative word is goes
// on right behind the cue.
bool TreeReader::ReadGap(const Sentence& sentence, const Cue& cue, std::vector<uint32_t>& told) {
  if (!(cue.frames() & (kClause | kQuote | kThat | kComp)) || (cue.frames() & (kNoun | kAdj)) ||
      !Verb(cue.first) || cue.last >= sentence.last || !Verb(cue.last) ||
      T(cue.last).Feat("VerbForm") != "Fin") {
    return false;
  }
  const uint32_t begin = std::max(sentence.first, cue.first - std::min(cue.first, kCalledReach));
  uint32_t relative = cue.first;
  while (relative > begin && !Is(relative, kRelative | kComplementizer)) {
    --relative;
    if (Punct(relative) || T(relative).upos == Upos::kVerb) return false;
  }
  if (!Is(relative, kRelative | kComplementizer) || relative + 1 >= cue.first) return false;
  Range subject{relative + 1, cue.first};
  while (!subject.empty() &&
         (T(subject.last - 1).upos == Upos::kAdv || T(subject.last - 1).upos == Upos::kAux)) {
    --subject.last;
  }
  if (subject.empty()) return false;
  Range content{cue.last, cue.last};
  const uint32_t limit = std::min(sentence.last, cue.last + kCalledLimit);
  while (content.last < limit && !Comma(content.last) && !Stop(content.last) &&
         words_[content.last] != ";") {
    ++content.last;
  }
  std::vector<Span> spans{contents_.ContentSpan(content)};
  WithinQuote(T(cue.first).start, spans);
  if (spans.empty() || spans.front().empty()) return false;
  const uint32_t head = subject.size() == 1 ? subject.first : kNone;
  const ActorRef source = sources_.Resolve(subject, head, true);
  if (Sources::Nobody(source)) return false;
  const uint32_t index = writer_.Push(source, cue, std::move(spans));
  Tell(doc_.statements[index].content.front(), index, told);
  return true;
}

// Whose clause it is; false: nobody's. An impersonal one has no source.
bool TreeReader::SourceOf(const Clause& clause, const Sentence& sentence, const Cue& cue,
                          uint32_t around, ActorRef& source) {
  const uint32_t head = clause.source;
  if (head == kNone) return true;
  const uint32_t begin = AfterDateline(doc_, sentence);
  if (head < begin && begin <= cue.first) {
    // The tree takes the dateline's place for the subject.
    uint32_t subject = kNone;
    const Range phrase = sources_.Subject(cue.first, begin, subject);
    source = sources_.Resolve(phrase, subject, true);
    return !Sources::Nobody(source);
  }
  const ActorMention* mention = MentionAt(head);
  const bool pronoun = T(head).upos == Upos::kPron || Is(head, kPronoun);
  // "I" is who speaks; so is "he" where nobody else is known.
  if (pronoun && around != kNone && (mention == nullptr || T(head).Feat("Person") == "1")) {
    source = {doc_.statements[around].source.actor, doc_.SpanOf(head, head + 1)};
  } else if (mention != nullptr) {
    source = sources_.Refer(*mention);
  } else {
    source = sources_.Resolve({head, head + 1}, head, true);
    if (source.span.empty()) source.span = doc_.SpanOf(head, head + 1);
  }
  return true;
}

std::vector<Span> TreeReader::ContentOf(const Clause& clause, const Cue& cue) const {
  std::vector<Span> content;
  for (Range words : clause.content) {
    if (words.size() > 1 && Is(words.first, kComplementizer | kInfinitive) &&
        !Is(words.first, kAsks) && (T(words.first).Is("mark") || !Verb(words.first + 1))) {
      ++words.first;
    }
    // "what he will say is a guess": the rest of another clause.
    const bool rest = !words.empty() && words.first == cue.last && Verb(words.first) &&
                      T(words.first).Feat("VerbForm") == "Fin";
    if (rest) continue;
    if (words.first >= cue.last) contents_.EndEarly(cue, words);
    for (uint32_t t = words.first; t + 1 < words.last; ++t) {
      // "refused to go, saying": another statement of the same source.
      const bool told = Comma(t) && Participle(t + 1) && work_.cue[t + 1];
      // "want it to go on, though the young doubt it: only a third"
      const bool ends = words_[t] == ";" || words_[t] == ":" ||
                        (Comma(t) && words.first >= cue.last && Is(t + 1, kContrast));
      const bool result = Comma(t) && Participle(t + 1);  // "wants it to go, having said no"
      if ((clause.wish && (ends || result)) || (words.first >= cue.last && told)) words.last = t;
    }
    if (const Span span = contents_.ContentSpan(words); !span.empty()) content.push_back(span);
  }
  return content;
}

// "laughed and replied: ...": whether a quotation is told by another word already.
bool TreeReader::ToldDirectly(const Span& content, const std::vector<uint32_t>& told) const {
  for (uint32_t t = TokenAt(content.start); t < words_.size() && T(t).end <= content.end; ++t) {
    if (told[t] != kNone && doc_.statements[told[t]].kind == StatementKind::kDirect) return true;
  }
  return false;
}

}  // namespace kronik::statement
