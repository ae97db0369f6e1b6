#include "record/json.h"

#include <algorithm>

#include "base/hash.h"

namespace kronik {
namespace {

template <typename Enum, size_t kSize>
std::string_view Pick(const std::string_view (&names)[kSize], Enum value) {
  return names[static_cast<size_t>(value)];
}

Json Strings(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push_back(value);
  return list;
}

// The optional members of a record are left out where they are empty.
void Set(Json& record, const char* name, std::string_view value) {
  if (!value.empty()) record[name] = value;
}

std::string_view NameOf(Layer layer) {
  static constexpr std::string_view kNames[] = {"body", "title", "deck", "caption"};
  return Pick(kNames, layer);
}

std::string_view NameOf(ActorKind kind) {
  static constexpr std::string_view kNames[] = {"unknown",      "person", "state",
                                                "organisation", "group",  "document"};
  return Pick(kNames, kind);
}

}  // namespace

std::string_view NameOf(BlockKind kind) {
  static constexpr std::string_view kNames[] = {"paragraph", "heading", "quote", "list", "table"};
  return Pick(kNames, kind);
}

std::string_view NameOf(StatementKind kind) {
  static constexpr std::string_view kNames[] = {"direct", "indirect", "mixed"};
  return Pick(kNames, kind);
}

std::string_view NameOf(EventStatus status) {
  static constexpr std::string_view kNames[] = {"asserted", "negated", "planned", "hypothetical"};
  return Pick(kNames, status);
}

std::string_view NameOf(PartyRole role) {
  static constexpr std::string_view kNames[] = {"bound", "toward", "witness", "mediator",
                                                "guarantor"};
  return Pick(kNames, role);
}

std::string_view NameOf(CommitmentKind kind) {
  static constexpr std::string_view kNames[] = {"pledge", "agreement", "plan", "invitation",
                                                "demand"};
  return Pick(kNames, kind);
}

std::string_view NameOf(CommitmentStatus status) {
  static constexpr std::string_view kNames[] = {
      "proposed",         "made",      "reaffirmed", "delayed",
      "partly_fulfilled", "fulfilled", "broken",     "withdrawn"};
  return Pick(kNames, status);
}

Json IntervalRecord(const TimeInterval& interval, std::string_view text) {
  Json record;
  record["from"] = interval.from.empty() ? Json() : Json(interval.from);
  record["to"] = interval.to.empty() ? Json() : Json(interval.to);
  Set(record, "text", text);
  return record;
}

std::string ToLine(const Json& record) {
  return record.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Records::Records(const Document& document)
    : document_(document),
      body_(document.article.text),
      title_(document.article.title),
      deck_(document.article.deck) {
  captions_.reserve(document.article.captions.size());
  for (const Caption& caption : document.article.captions) captions_.emplace_back(caption.text);
}

const CodePointIndex& Records::IndexOf(const Span& span) const {
  switch (span.layer) {
    case Layer::kBody:
      return body_;
    case Layer::kTitle:
      return title_;
    case Layer::kDeck:
      return deck_;
    case Layer::kCaption:
      if (span.item < captions_.size()) return captions_[span.item];
  }
  return body_;
}

Json Records::SpanRecord(const Span& span) const {
  const CodePointIndex& index = IndexOf(span);
  return Json{{"layer", NameOf(span.layer)},
              {"text", document_.Cut(span)},
              {"start", index.At(span.start)},
              {"end", index.At(span.end)}};
}

Json Records::ActorRecord(const ActorRef& ref) const {
  Json record;
  if (!ref.span.empty()) {
    record = SpanRecord(ref.span);
    if (ref.span.layer == Layer::kBody) record.erase("layer");
  }
  if (ref.actor >= document_.actors.size()) return record;
  const Actor& actor = document_.actors[ref.actor];
  record["name"] = actor.name;
  record["kind"] = NameOf(actor.kind);
  record["aliases"] = Strings(actor.aliases);
  record["code"] = actor.code.empty() ? Json() : Json(actor.code);
  record["sectors"] = Strings(actor.sectors);
  Set(record, "role", actor.role);
  Set(record, "wikidata", actor.wikidata);
  Set(record, "organ_of", actor.organ_of);
  return record;
}

Json Records::ActorList(const std::vector<ActorRef>& refs) const {
  Json list = Json::array();
  for (const ActorRef& ref : refs) list.push_back(ActorRecord(ref));
  return list;
}

Json Records::Begin(std::string_view kind, const std::vector<Span>& spans,
                    std::string_view detail) const {
  std::string places;
  for (const Span& span : spans) {
    places += NameOf(span.layer);
    places += ' ' + std::to_string(span.item) + ' ' + std::to_string(span.start) + ' ' +
              std::to_string(span.end) + ';';
  }
  return Json{{"id", HashId({document_.article.id, kind, places, detail})},
              {"input", document_.input.name},
              {"article", document_.article.id}};
}

Json Records::ArticleRecord() const {
  const Article& article = document_.article;
  Json record;
  record["id"] = article.id;
  record["input"] = document_.input.name;
  Set(record, "url", article.url);
  Set(record, "publisher", article.publisher);
  record["lang"] = article.lang;
  record["title"] = article.title;
  Set(record, "deck", article.deck);
  record["authors"] = Strings(article.authors);
  Set(record, "published", article.published);
  if (article.published_basis != PublishedBasis::kNone) {
    record["published_basis"] =
        article.published_basis == PublishedBasis::kStated ? "stated" : "inferred";
  }
  Set(record, "modified", article.modified);
  Set(record, "place", article.place);
  record["tags"] = Strings(article.tags);
  record["captions"] = Json::array();
  for (const Caption& caption : article.captions) {
    Json& item = record["captions"].emplace_back(Json{{"text", caption.text}});
    if (caption.credit.text.empty()) continue;
    Json& credit = item["credit"];
    credit["text"] = caption.credit.text;
    Set(credit, "agency", caption.credit.agency);
    Set(credit, "handout_by", caption.credit.handout_by);
  }
  record["blocks"] = Json::array();
  for (const Block& block : article.blocks) {
    record["blocks"].push_back(
        Json{{"kind", NameOf(block.kind)},
             {"text", article.text.substr(block.start, block.end - block.start)}});
  }
  record["related"] = Json::array();
  for (const Link& link : article.related) {
    Json& item = record["related"].emplace_back(Json{{"text", link.text}});
    Set(item, "url", link.url);
  }
  record["residue"] = Json::array();
  for (const Residue& line : article.residue) {
    record["residue"].push_back(Json{{"kind", line.kind}, {"text", line.text}});
  }
  record["paywall"] = article.paywall;
  record["text"] = article.text;
  return record;
}

std::optional<size_t> Records::SentenceNumber(const Span& span) const {
  const std::vector<Sentence>& all = document_.sentences;
  auto after = std::upper_bound(all.begin(), all.end(), span.start,
                                [](uint32_t at, const Sentence& s) { return at < s.start; });
  if (span.layer != Layer::kBody || after == all.begin()) return std::nullopt;
  return after - all.begin();
}

Json Records::EventRecord(const Event& event) const {
  // Two events can share a trigger ("attacked A and B"): the parties tell them apart.
  std::string detail = event.event_type + ' ' + event.mode;
  for (const auto* side : {&event.actor, &event.recipient}) {
    detail += '>';
    for (const ActorRef& ref : *side) {
      detail += ' ' + std::to_string(ref.span.start) + '-' + std::to_string(ref.span.end);
    }
  }
  Json record = Begin("event", {event.trigger}, detail);
  record["event_type"] = event.event_type;
  Set(record, "mode", event.mode);
  record["context"] = Strings(event.context);
  Set(record, "cameo", event.cameo);
  record["goldstein"] = event.goldstein;
  record["quad_category"] = event.quad_category;
  record["actor"] = ActorList(event.actor);
  record["recipient"] = ActorList(event.recipient);
  if (event.topic) record["topic"] = SpanRecord(*event.topic);
  record["trigger"] = SpanRecord(event.trigger);
  record["sentence"] = SpanRecord(event.sentence);
  if (std::optional<size_t> number = SentenceNumber(event.sentence)) {
    record["sentence_number"] = *number;
  }
  record["date"] = IntervalRecord(event.date, document_.Cut(event.date_text));
  Set(record, "place", event.place);
  record["status"] = NameOf(event.status);
  record["background"] = event.background;
  record["reported_by"] = ActorList(event.reported_by);
  record["confidence"] = event.confidence;
  Set(record, "pattern", event.pattern);
  return record;
}

Json Records::StatementRecord(const Statement& statement) const {
  std::vector<Span> spans = statement.content;
  spans.push_back(statement.cue);
  Json record = Begin("statement", spans, "");
  record["source"] = ActorRecord(statement.source);
  record["cue"] = SpanRecord(statement.cue);
  record["content"] = Json::array();
  for (const Span& span : statement.content) record["content"].push_back(SpanRecord(span));
  record["kind"] = NameOf(statement.kind);
  if (statement.negated) record["negated"] = true;
  if (statement.addressee) record["addressee"] = ActorRecord(*statement.addressee);
  if (statement.date.known()) record["date"] = IntervalRecord(statement.date);
  Set(record, "place", statement.place);
  record["via"] = Json::array();
  for (const Carrier& carrier : statement.via) {
    Json& item = record["via"].emplace_back(Json{{"actor", ActorRecord(carrier.actor)}});
    if (!carrier.cue.empty()) item["cue"] = SpanRecord(carrier.cue);
  }
  record["sentence"] = SpanRecord(statement.sentence);
  if (statement.confidence) record["confidence"] = *statement.confidence;
  return record;
}

Json Records::PartyList(const std::vector<Party>& parties) const {
  Json list = Json::array();
  for (const Party& party : parties) {
    list.push_back(Json{{"actor", ActorRecord(party.actor)}, {"role", NameOf(party.role)}});
  }
  return list;
}

Json Records::CommitmentRecord(const Commitment& commitment) const {
  Json record =
      Begin("commitment", {commitment.trigger, commitment.subject}, NameOf(commitment.kind));
  record["parties"] = PartyList(commitment.parties);
  record["kind"] = NameOf(commitment.kind);
  Set(record, "instrument", commitment.instrument);
  record["subject"] = SpanRecord(commitment.subject);
  if (!commitment.about.empty()) record["about"] = SpanRecord(commitment.about);
  record["context"] = Strings(commitment.context);
  record["acts"] = Strings(commitment.acts);
  record["topics"] = Strings(commitment.topics);
  record["made"] = IntervalRecord(commitment.made);
  Set(record, "place", commitment.place);
  record["term"] = IntervalRecord(commitment.term);
  record["status"] = NameOf(commitment.status);
  if (commitment.hedged) record["hedged"] = true;
  record["trigger"] = SpanRecord(commitment.trigger);
  record["evidence"] = Json::array({Json{{"article", document_.article.id},
                                         {"sentence", SpanRecord(commitment.sentence)},
                                         {"date", IntervalRecord(commitment.made)},
                                         {"status", NameOf(commitment.status)},
                                         {"source", ActorList(commitment.source)}}});
  return record;
}

Json Records::DeedRecord(const Deed& deed) const {
  Json record = Begin("deed", {deed.trigger, deed.subject}, deed.name);
  record["deed"] = deed.name;
  record["parties"] = PartyList(deed.parties);
  record["outcomes"] = Json::array();
  for (const Outcome& outcome : deed.outcomes) {
    Json& item = record["outcomes"].emplace_back(
        Json{{"act", outcome.act}, {"status", NameOf(outcome.status)}});
    if (outcome.object) item["object"] = true;
    if (outcome.sides) item["sides"] = true;
  }
  if (deed.omitted) record["omitted"] = true;
  record["subject"] = SpanRecord(deed.subject);
  record["topics"] = Strings(deed.topics);
  record["made"] = IntervalRecord(deed.date);
  record["trigger"] = SpanRecord(deed.trigger);
  record["evidence"] = Json::array({Json{{"article", document_.article.id},
                                         {"sentence", SpanRecord(deed.sentence)},
                                         {"date", IntervalRecord(deed.date)},
                                         {"source", ActorList(deed.source)}}});
  return record;
}

}  // namespace kronik
