#include "statement/view.h"

#include <algorithm>

#include "base/utf8.h"

namespace kronik::statement {

uint32_t View::Classes(uint32_t t) const { return lexicon().Classes(words_[t]); }

bool View::Is(uint32_t t, uint32_t classes) const { return (Classes(t) & classes) != 0; }

// A comma, also one inside the quotation mark that follows it.
bool View::Break(uint32_t t) const {
  return Comma(t) || (t > 0 && Comma(t - 1) && (words_[t] == "\"" || words_[t] == "\u201d"));
}

bool View::Stop(uint32_t t) const {
  return words_[t] == "." || words_[t] == "!" || words_[t] == "?" || words_[t] == "\u2026" ||
         words_[t] == "...";
}

bool View::Verb(uint32_t t) const { return T(t).upos == Upos::kVerb || T(t).upos == Upos::kAux; }

bool View::Participle(uint32_t t) const {
  return T(t).Feat("VerbForm") == "Ger" ||
         (T(t).Feat("VerbForm") == "Part" && T(t).Feat("Tense") == "Pres");
}

bool View::Parsed(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (T(t).upos != Upos::kX) return true;
  }
  return false;
}

bool View::HasVerb(const Range& range) const {
  if (!Parsed(range)) return range.size() >= 3;
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (Verb(t)) return true;
  }
  return false;
}

bool View::HasVerbStrict(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (Verb(t)) return true;
  }
  return false;
}

// Whether the words make a clause, also one without a verb: "kebijakan itu terlambat".
bool View::HasPredicate(const Range& range) const {
  if (HasVerb(range)) return true;
  if (T(range.first).upos == Upos::kAdj && !T(range.first).Is("amod")) return true;
  for (uint32_t t = range.first; t < range.last; ++t) {
    const auto head = static_cast<uint32_t>(T(t).head);
    if (T(t).Is("nsubj") && T(t).head >= 0 && range.first <= head && head < range.last) return true;
    if (t + 1 < range.last && EndsPhrase(t) &&
        (T(t + 1).upos == Upos::kAdv || MayPredicate(t + 1))) {
      return true;
    }
    if (t > range.first && t + 1 < range.last && OpensPredicate(t)) return true;
  }
  return false;
}

// Whether an adjective or noun is said of the phrase before it: "mutasi itu sarat kepentingan".
bool View::MayPredicate(uint32_t t) const {
  return T(t).upos == Upos::kAdj ||
         (T(t).upos == Upos::kNoun && !IsTime(t) && !T(t).Is("obl") && !T(t).Is("obj"));
}

// "warga masih puas": an adverb between a noun and an adjective.
bool View::OpensPredicate(uint32_t t) const {
  return T(t).upos == Upos::kAdv && T(t + 1).upos == Upos::kAdj &&
         (T(t - 1).upos == Upos::kNoun || T(t - 1).upos == Upos::kPropn);
}

// A determiner behind its noun ends the phrase: what follows is said of it.
bool View::EndsPhrase(uint32_t t) const {
  return T(t).upos == Upos::kDet && T(t).head >= 0 && static_cast<uint32_t>(T(t).head) < t;
}

bool View::HasQuote(const Span& span) const {
  for (const Quote& quote : work_.quotes) {
    if (quote.open < span.end && span.start < quote.close) return true;
  }
  return false;
}

bool View::IsCarrier(uint32_t actor) const {
  return actor < doc_.actors.size() && doc_.actors[actor].carrier;
}

bool View::IsUpperStart(uint32_t t) const {
  size_t at = 0;
  return !T(t).form.empty() && IsUpper(DecodeUtf8(T(t).form, at));
}

bool View::SentenceStart(uint32_t t) const { return doc_.SentenceOf(t).first == t; }

bool View::IsTime(uint32_t t) const {
  const uint32_t at = T(t).start;
  const auto next =
      std::upper_bound(times().begin(), times().end(), at,
                       [](uint32_t a, const TimeExpression* e) { return a < e->span.start; });
  return next != times().begin() && at < (*(next - 1))->span.end &&
         (*(next - 1))->kind != TimeKind::kSet;  // "the Daily Post"
}

bool View::HasComma(uint32_t first, uint32_t last) const {
  for (uint32_t t = first; t < last; ++t) {
    if (Comma(t)) return true;
  }
  return false;
}

// Whether a preposition belongs to a noun: "voters in the capital".
bool View::InNoun(uint32_t t) const {
  return T(t).head >= 0 && T(static_cast<uint32_t>(T(t).head)).Is("nmod");
}

// A dash between spaces, not a hyphen.
bool View::Dash(uint32_t t) const {
  return Trim(t) && words_[t].find_first_of(",.:;") == std::string::npos && t > 0 &&
         T(t).start > T(t - 1).end;
}

bool View::Trim(uint32_t t) const {
  const std::string& w = words_[t];
  return w == "," || w == "." || w == ":" || w == ";" || w == "-" || w == "--" || w == "\u2014" ||
         w == "\u2013";
}

// Whether a name is an outlet's: known as one, or called one ("the daily X", "platform X").
bool View::Outlet(const ActorMention& mention) const {
  if (mention.form == MentionForm::kPronoun) return false;
  if (IsCarrier(mention.actors.front())) return true;
  if (mention.last > mention.first + 1 && Is(mention.first, kOutlet)) return true;
  return mention.form == MentionForm::kName && mention.first > 0 && Is(mention.first - 1, kOutlet);
}

// Whether a name is that of an outlet that only passed the words on: "the spokesman, in a film
// released by Wire One, said".
bool View::Relays(const ActorMention& mention, uint32_t begin) const {
  if (!Outlet(mention)) return false;
  uint32_t before = mention.first;
  while (before > begin && (Is(before - 1, kOutlet) || T(before - 1).upos == Upos::kDet)) --before;
  return before > begin && Is(before - 1, kMedium);
}

// Whether a token is written together with the one before it.
bool View::Fused(uint32_t t) const {
  return t > 0 && t < words_.size() && T(t).start == T(t - 1).end && !Punct(t);
}

bool View::OnlySkipped(const Range& range) const {
  for (uint32_t t = range.first; t < range.last; ++t) {
    if (!Is(t, kSkip | kAs)) return false;
  }
  return true;
}

// Whether a pronoun stands for somebody, not for what was told ("that said").
bool View::Personal(uint32_t t) const {
  const std::string_view type = T(t).Feat("PronType");
  return type != "Dem" && type != "Int" && type != "Rel" && T(t).deprel != "expl";
}

Span View::TrimBytes(Span span) const {
  const std::string& text = doc_.article.text;
  while (span.end > span.start &&
         (text[span.end - 1] == ',' || text[span.end - 1] == ' ' || text[span.end - 1] == '.')) {
    --span.end;
  }
  while (span.start < span.end && text[span.start] == ' ') ++span.start;
  return span;
}

// "My Mother Says": whether a capitalised word inside quotation marks is one of a title.
bool View::OfTitle(uint32_t t) const {
  if (t == 0 || !IsUpperStart(t) || SentenceStart(t)) return false;
  return std::any_of(work_.quotes.begin(), work_.quotes.end(), [&](const Quote& quote) {
    if (t == quote.words.first) return t + 1 < quote.words.last && IsUpperStart(t + 1);
    return quote.words.first < t && t < quote.words.last && IsUpperStart(quote.words.first) &&
           IsUpperStart(t - 1) && !Punct(t - 1);
  });
}

// "Berg, according to Wire One"
bool View::Views(uint32_t t) const {
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, t, doc_.SentenceOf(t).last, matches);
  return !matches.empty() && (matches.front().entry->frames & kPrep) != 0;
}

// "Berg, as cited by Wire One": whether words for an outlet that passes on start at a token.
bool View::Carries(uint32_t t) const {
  std::vector<Lexicon::Match> matches;
  lexicon().Find(words_, t, doc_.SentenceOf(t).last, matches);
  return !matches.empty() && (matches.front().entry->frames & kCarry) != 0;
}

}  // namespace kronik::statement
