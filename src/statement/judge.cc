#include "statement/judge.h"

#include <algorithm>

namespace kronik::statement {
namespace {

constexpr uint32_t kShort = 4;    // words of a content that says little
constexpr uint32_t kReach = 200;  // words of a content that are looked at

// A relation without its subtype: "advcl:relcl" is an advcl.
std::string_view Base(std::string_view relation) { return relation.substr(0, relation.find(':')); }

std::string Feature(std::string_view name, std::string_view value) {
  return std::string(name) + ":" + std::string(value);
}

bool FunctionWord(const Token& token) {
  return token.upos == Upos::kPron || token.upos == Upos::kSconj || token.upos == Upos::kDet ||
         token.upos == Upos::kAdv || token.upos == Upos::kPart;
}

std::string_view KindOf(ActorKind kind) {
  static constexpr std::string_view kKinds[] = {"unknown",      "person", "state",
                                                "organisation", "group",  "document"};
  return kKinds[static_cast<size_t>(kind)];
}

}  // namespace

bool Judge::Accepts(Statement& statement) const {
  const Range cue = TokensOf(statement.cue);
  if (cue.empty()) return true;
  const auto weights = confidences_.find(doc_.LangOf(doc_.SentenceOf(cue.first)));
  if (weights == confidences_.end()) return true;
  const std::vector<std::string> features = Features(statement, cue);
  for (const std::string& feature : features) {
    statement.explanation += (statement.explanation.empty() ? "features: " : " ") + feature;
  }
  statement.confidence =
      weights->second.Of(std::vector<std::string_view>(features.begin(), features.end()));
  return *statement.confidence >= weights->second.threshold();
}

std::vector<std::string> Judge::Features(const Statement& statement, const Range& cue) const {
  static constexpr std::string_view kKinds[] = {"direct", "indirect", "mixed"};
  std::vector<std::string> out = {"bias"};
  out.emplace_back(kKinds[static_cast<size_t>(statement.kind)]);
  if (statement.negated) out.emplace_back("negated");
  CueFeatures(statement, HeadOf(cue), out);
  SourceFeatures(statement.source, out);
  ContentFeatures(statement, cue, out);
  return out;
}

Range Judge::TokensOf(const Span& span) const {
  if (span.layer != Layer::kBody) return {};
  Range range{TokenAt(span.start), 0};
  range.last = range.first;
  while (range.last < Size() && T(range.last).end <= span.end) ++range.last;
  return range;
}

// The verb or adjective of a cue, else its last word.
uint32_t Judge::HeadOf(const Range& cue) const {
  for (uint32_t t = cue.last; t-- > cue.first;) {
    if (T(t).upos == Upos::kVerb || T(t).upos == Upos::kAdj) return t;
  }
  return cue.last - 1;
}

bool Judge::InContent(const Statement& statement, uint32_t t) const {
  return std::any_of(statement.content.begin(), statement.content.end(), [&](const Span& span) {
    return span.layer == Layer::kBody && span.start <= T(t).start && T(t).end <= span.end;
  });
}

void Judge::CueFeatures(const Statement& statement, uint32_t head,
                        std::vector<std::string>& out) const {
  const Token& token = T(head);
  out.push_back(Feature("cue", UposName(token.upos)));
  out.push_back(Feature("cue-rel", Base(token.deprel)));
  bool subject = false, object = false;
  for (uint32_t child : work_.tree.Children(head)) {
    const Token& word = T(child);
    if (word.Is("nsubj")) subject = true;
    if ((word.Is("obj") || word.Is("iobj")) && !InContent(statement, child)) object = true;
    if (word.Is("aux")) out.push_back(Feature("aux", work_.tree.Lemma(child)));
    if (word.Is("mark")) out.push_back(Feature("mark", work_.tree.Form(child)));
  }
  if (subject) out.emplace_back("has-subject");
  if (object) out.emplace_back("has-object");
  if (words_[doc_.SentenceOf(head).last - 1] == "?") out.emplace_back("question");
}

void Judge::SourceFeatures(const ActorRef& source, std::vector<std::string>& out) const {
  if (source.actor == kNone) {
    out.emplace_back("source:none");
    return;
  }
  const Range words = TokensOf(source.span);
  if (words.size() == 1 && T(words.first).upos == Upos::kPron) {
    out.push_back(Feature("source", words_[words.first]));
  } else {
    out.push_back(Feature("source", KindOf(doc_.actors[source.actor].kind)));
  }
}

void Judge::ContentFeatures(const Statement& statement, const Range& cue,
                            std::vector<std::string>& out) const {
  const Sentence& sentence = doc_.SentenceOf(cue.first);
  uint32_t size = 0;
  bool predicate = false, together = false;
  std::string_view relation = "none";
  for (const Span& span : statement.content) {
    const Range range = TokensOf(span);
    size += range.size();
    for (uint32_t t = range.first; t < range.last && t < range.first + kReach; ++t) {
      predicate = predicate || T(t).upos == Upos::kVerb || T(t).upos == Upos::kAux;
      together = together || (t >= sentence.first && t < sentence.last);
      const auto above = static_cast<uint32_t>(T(t).head);
      if (T(t).head != kRoot && above >= cue.first && above < cue.last && relation == "none") {
        relation = Base(T(t).deprel);
      }
    }
  }
  const Range first = TokensOf(statement.content.front());
  if (!first.empty() && FunctionWord(T(first.first))) {
    out.push_back(Feature("opens", words_[first.first]));
  } else if (!first.empty() && first.first > 0 && T(first.first - 1).Is("mark")) {
    out.push_back(Feature("opens", words_[first.first - 1]));
  }
  out.push_back(Feature("content-rel", relation));
  if (size < kShort) out.emplace_back("short");
  if (predicate) out.emplace_back("predicate");
  if (together) out.emplace_back("same-sentence");
  if (statement.content.size() > 1) out.emplace_back("pieces");
  if (statement.content.front().start < statement.cue.start) out.emplace_back("content-first");
}

}  // namespace kronik::statement
