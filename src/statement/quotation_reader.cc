#include "statement/quotation_reader.h"

#include <algorithm>

namespace kronik::statement {

namespace {

constexpr uint32_t kTailLimit = 45;  // tokens after a quotation in which its cue is looked for
constexpr uint32_t kHeadLimit = 14;  // tokens before it
constexpr uint32_t kNameLimit = 16;  // tokens of a source phrase

}  // namespace

void QuotationReader::ReadBlock(size_t from, size_t to) {
  const Sentence& first = doc_.sentences[from];
  const auto found = work_.lexicons.find(doc_.LangOf(first));
  work_.lexicon = found == work_.lexicons.end() ? nullptr : &found->second;
  if (work_.lexicon == nullptr || first.block >= doc_.article.blocks.size()) return;
  const Range tokens{first.first, doc_.sentences[to - 1].last};
  quotes_.Find(doc_.article.blocks[first.block], tokens);
  const size_t statements_before = doc_.statements.size();
  size_t next = from;
  ReadQuotes(tokens, next);
  while (next < to) sentences_.ReadSentence(next++);
  if (doc_.statements.size() == statements_before) work_.open_statement = kNone;
  if (!work_.quotes.empty()) work_.quotes_of[first.block] = work_.quotes;
}

// Attributes the quotations. The sentences before that of each, from `sentence` on, are read
// first: "he" in an attribution may be who spoke in them.
void QuotationReader::ReadQuotes(const Range& block, size_t& sentence) {
  uint32_t previous = kNone;      // the statement of the quotation before
  bool joined = false;            // only its attribution lies between
  uint32_t cursor = block.first;  // where the next quotation's head may start
  const uint32_t carried = work_.open_statement;
  work_.open_statement = kNone;
  for (size_t q = 0; q < work_.quotes.size(); ++q) {
    const Quote& quote = work_.quotes[q];
    if (!quote.direct) continue;
    const uint32_t own = doc_.SentenceOf(quote.words.first).first;
    while (doc_.sentences[sentence].last <= own) sentences_.ReadSentence(sentence++);
    for (uint32_t t = quote.words.first; t < quote.words.last; ++t) work_.used[t] = true;
    const uint32_t next = NextDirect(q, block.last);
    uint32_t tail_end = quote.after;
    while (tail_end < next && tail_end < quote.after + kTailLimit && !Stop(tail_end)) ++tail_end;
    const Span content = TrimBytes({quote.inner, quote.close, Layer::kBody, 0});
    uint32_t index = kNone;
    const bool follows = q == 0 || quote.words.first > cursor;
    if (quote.closed) index = Tail({quote.after, tail_end}, quote, content);
    if (index == kNone && (follows || previous != kNone)) {
      // "...", said Berg, adding: "...": the second attribution stands in the first one's rest.
      const uint32_t from =
          follows ? cursor : AfterUsed(work_.quotes[q - 1].after, quote.words.first);
      index = Head({from, quote.words.first}, quote, content);
    }
    if (index == kNone) {
      const bool at_start = quote.words.first <= block.first + 1;
      if (at_start && carried != kNone) {
        index = Extend(carried, content);
      } else if (previous != kNone) {
        index = joined ? Extend(previous, content) : writer_.Repeat(previous, content);
      } else if (at_start && quote.after >= block.last && !doc_.statements.empty()) {
        index = writer_.Repeat(static_cast<uint32_t>(doc_.statements.size() - 1), content);
      }
    }
    joined = index != kNone && tail_end >= next && next < block.last && JoinedTo(next, quote);
    cursor = tail_end < next && tail_end < block.last ? tail_end + 1 : tail_end;
    previous = index;
    if (!quote.closed) work_.open_statement = index;
  }
}

// A quotation goes on: more content of one statement.
uint32_t QuotationReader::Extend(uint32_t statement, const Span& content) {
  doc_.statements[statement].content.push_back(content);
  return statement;
}

// "...", he said, "...": whether a comma or dash stands before the mark of the next quotation.
bool QuotationReader::JoinedTo(uint32_t next, const Quote& quote) const {
  uint32_t mark = next;
  while (mark > quote.after && (words_[mark - 1] == "\"" || words_[mark - 1] == "\u201c")) --mark;
  return mark > quote.after && (Comma(mark - 1) || Dash(mark - 1));
}

// Where what an attribution has taken of [first, last) ends.
uint32_t QuotationReader::AfterUsed(uint32_t first, uint32_t last) const {
  uint32_t t = first;
  for (uint32_t n = first; n < last; ++n) {
    if (work_.used[n]) t = n + 1;
  }
  return t;
}

uint32_t QuotationReader::NextDirect(size_t q, uint32_t end) const {
  for (size_t n = q + 1; n < work_.quotes.size(); ++n) {
    if (work_.quotes[n].direct) return work_.quotes[n].words.first;
  }
  return end;
}

// The attribution after a quotation.
uint32_t QuotationReader::Tail(Range tail, const Quote& quote, const Span& content) {
  if (tail.empty()) return kNone;
  const bool full_stop = words_[quote.words.last - 1] == "." && !quote.words.empty();
  while (!tail.empty() && Punct(tail.first)) ++tail.first;
  if (tail.empty() || (full_stop && IsUpperStart(tail.first) && !Is(tail.first, kPronoun) &&
                       SentenceStart(tail.first))) {
    return kNone;
  }
  const std::vector<Cue> cues = cues_.CuesOf(tail);
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
      source = sources_.Clitic(cue);
    } else if (only_skipped || (cue.frames() & (kPrep | kCarry | kBy))) {
      const Range phrase = sources_.PhraseAfter(cue.last, tail.last);
      source = sources_.Resolve(phrase, kNone, false);
      rest = std::max(rest, phrase.last);
    } else {
      uint32_t head = kNone;
      Range phrase = sources_.Subject(cue.first, tail.first, head);
      if (phrase.empty()) phrase = {tail.first, cue.first};
      source = sources_.Resolve(phrase, head, true);
    }
    const uint32_t index = writer_.Add(source, cue, {content});
    if (index == kNone) continue;
    for (uint32_t t = tail.first; t < rest; ++t) work_.used[t] = true;
    carriers_.Hearer(index, cue, {rest, tail.last});
    carriers_.Named(index, {rest, tail.last});
    carriers_.Mediums(doc_.SentenceOf(cue.first), index);
    return index;
  }
  return kNone;
}

// The attribution before a quotation.
uint32_t QuotationReader::Head(Range head, const Quote& quote, const Span& content) {
  while (!head.empty() && T(head.last - 1).start >= quote.open) --head.last;
  const Sentence& sentence =
      head.empty() ? doc_.SentenceOf(quote.words.first) : doc_.SentenceOf(head.last - 1);
  head.first = std::max(head.first, sentence.first);
  if (head.empty()) return kNone;
  const std::vector<Cue> cues = cues_.CuesOf(head);
  for (size_t c = cues.size(); c-- > 0;) {
    const Cue& cue = cues[c];
    if (head.last - cue.last > kHeadLimit) break;
    if (!(cue.frames() & (kQuote | kClause | kNp | kPrep | kThat))) continue;
    // "claimed victory. ...": a thing of its own was told.
    if (cue.last > cue.first + 1 && T(cue.last - 1).upos == Upos::kNoun && Stop(head.last - 1)) {
      continue;
    }
    ActorRef source;
    if (!cue.entry->clitic.empty()) {
      source = sources_.Clitic(cue);
    } else if (cue.frames() & (kPrep | kAfter)) {
      source = sources_.Resolve(sources_.PhraseAfter(cue.last, head.last), kNone, false);
    } else {
      uint32_t subject_head = kNone;
      const Range phrase = sources_.Subject(cue.first, head.first, subject_head);
      source = sources_.Resolve(phrase, subject_head, true);
      if (source.actor == kNone && phrase.empty() && sources_.last() != kNone && c == 0 &&
          cue.first <= head.first + 3) {
        source = sources_.LastSource();
      }
    }
    const uint32_t index = writer_.Add(source, cue, {content});
    if (index == kNone) continue;
    for (uint32_t t = cue.first; t < head.last; ++t) work_.used[t] = true;
    carriers_.Hearer(index, cue, {cue.last, head.last});
    return index;
  }
  return kNone;
}

}  // namespace kronik::statement
