// Document: the one value that flows through kronik.
//
// It starts as the bytes of one input. Each stage reads the layers that earlier stages wrote and
// adds its own (doc/pipeline.md has the order):
//
//   input -> article -> sentences, tokens -> mentions, times -> actors -> statements -> events
//         -> commitments
//
// Units:    every offset is in UTF-8 bytes, half-open. Offsets of the outside forms (JSON,
//           CoNLL-U) count code points; src/record turns one into the other.
// Lifetime: tokens hold views into article.text and into the document's arena, so a Document is
//           neither copied nor moved. After the article stage its text never changes.
// Threads:  a Document belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik {

// ---- input -------------------------------------------------------------------------------------

enum class InputKind : uint8_t {
  kUnknown,  // to be recognised by content
  kHtml,     // a page
  kRaw,      // text as scraped, with its residue
  kText,     // clean text, taken exactly as it is
};

struct Input {
  std::string name;   // file, URL or WARC record; or the id of a JSONL line. In every record.
  std::string bytes;  // released once the article is made
  InputKind kind = InputKind::kUnknown;
  // What the input, or the user, states beside the bytes; empty where nothing is stated.
  std::string url;
  std::string lang;          // ISO 639-1
  std::string date;          // RFC 3339 date or date-time
  std::string content_type;  // as an HTTP header has it, for its charset
};

// ---- article -----------------------------------------------------------------------------------

enum class Layer : uint8_t { kBody, kTitle, kDeck, kCaption };

// A range of bytes of one layer's text; `item` says which caption.
struct Span {
  uint32_t start = 0;
  uint32_t end = 0;
  Layer layer = Layer::kBody;
  uint16_t item = 0;

  bool empty() const { return start == end; }
  uint32_t size() const { return end - start; }
  bool Contains(const Span& other) const {
    return layer == other.layer && item == other.item && start <= other.start && other.end <= end;
  }
  friend bool operator==(const Span&, const Span&) = default;
};

struct Credit {
  std::string text;        // as written: "Handout / FOREIGN MINISTRY / AFP"
  std::string agency;      // "AFP"
  std::string handout_by;  // "FOREIGN MINISTRY"
};

struct Caption {
  std::string text;  // without the credit
  Credit credit;
};

enum class BlockKind : uint8_t { kParagraph, kHeading, kQuote, kList, kTable };

// One block of the body: a range of Article::text.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  uint32_t start = 0;
  uint32_t end = 0;
};

struct Link {
  std::string text;
  std::string url;  // empty where the input has none
};

// A line of the input that is not part of the story. Kinds: related, share, newsletter, editor,
// syndication, caption (a repeated one), title (a repeated one), navigation, footer, ad, other.
struct Residue {
  std::string kind;
  std::string text;
};

enum class PublishedBasis : uint8_t { kNone, kStated, kInferred };

struct Article {
  std::string id;         // hash of the canonical URL, or of the input's bytes where it has none
  std::string url;        // canonical
  std::string publisher;  // also when only the residue names it
  std::string lang;       // ISO 639-1
  std::string title;      // without the site's name
  std::string deck;       // the standfirst; it is the first block of the body too
  std::vector<std::string> authors;
  // RFC 3339; without an offset where none is stated, and a bare day where no time is.
  std::string published;
  PublishedBasis published_basis = PublishedBasis::kNone;
  std::string modified;
  std::string place;  // of the dateline
  std::vector<std::string> tags;
  std::vector<Caption> captions;
  std::vector<Block> blocks;
  std::vector<Link> related;
  std::vector<Residue> residue;
  bool paywall = false;
  std::string text;  // the blocks, joined by an empty line

  // Appends a block to `text` and `blocks`. Valid UTF-8 only; empty text is ignored.
  void AppendBlock(BlockKind kind, std::string_view block);
};

// ---- token, parse ------------------------------------------------------------------------------

// The universal parts of speech of UD v2, in the order of its documentation.
enum class Upos : uint8_t {
  kAdj,
  kAdp,
  kAdv,
  kAux,
  kCconj,
  kDet,
  kIntj,
  kNoun,
  kNum,
  kPart,
  kPron,
  kPropn,
  kPunct,
  kSconj,
  kSym,
  kVerb,
  kX,
};
inline constexpr int kUposCount = 17;
std::string_view UposName(Upos upos);                     // "ADJ"
std::optional<Upos> UposFromName(std::string_view name);  // the reverse

inline constexpr int32_t kRoot = -1;
inline constexpr uint32_t kNone = UINT32_MAX;  // no such index

// A syntactic word (UD). The words of a multiword token follow each other: the first has the
// count in `mwt`, the others 0. A word that is a part of the surface has its own range; one that
// is not ("cannot", fused forms) has the whole token's range and its form in the arena.
struct Token {
  uint32_t start = 0;
  uint32_t end = 0;
  std::string_view form;
  std::string_view lemma;
  std::string_view xpos;
  std::string_view feats;   // "Case=Nom|Number=Sing", sorted, empty for none
  std::string_view deprel;  // "nsubj:pass"
  int32_t head = kRoot;     // index into Document::tokens, or kRoot
  Upos upos = Upos::kX;
  uint8_t mwt = 0;  // on the first word of a multiword token: how many words it has
  bool space_after = true;

  // Whether the relation is `relation` or a subtype of it: Is("nsubj") holds for "nsubj:pass".
  bool Is(std::string_view relation) const {
    return deprel.starts_with(relation) &&
           (deprel.size() == relation.size() || deprel[relation.size()] == ':');
  }
  // The value of a feature ("Voice" -> "Pass"), or empty.
  std::string_view Feat(std::string_view name) const;
};

struct Sentence {
  uint32_t start = 0;  // bytes of Article::text
  uint32_t end = 0;
  uint32_t first = 0;  // index of the first token
  uint32_t last = 0;   // one past the last token
  uint32_t block = 0;  // index into Article::blocks
  // ISO 639-1, where it differs from the article's: a quotation or a paragraph in another language.
  std::string_view lang;
};

// ---- entity ------------------------------------------------------------------------------------

enum class NameKind : uint8_t { kPer, kOrg, kLoc, kMisc };

// A name in the body, by CoNLL-2003's kinds.
struct Mention {
  Span span;
  uint32_t first = 0;  // tokens
  uint32_t last = 0;
  NameKind kind = NameKind::kMisc;
};

// An interval of time in ISO 8601 with reduced precision: "2023-10-20", "2023-10", "2023", also
// "2023-10-20T12:29". `to` is inclusive and has the same form; both empty: not known; one empty:
// open at that side. A single day, month or year has from == to.
struct TimeInterval {
  std::string from;
  std::string to;
  bool known() const { return !from.empty() || !to.empty(); }
  friend bool operator==(const TimeInterval&, const TimeInterval&) = default;
};

enum class TimeKind : uint8_t {
  kDate,
  kDateRange,
  kDateTime,
  kDateTimeRange,
  kTime,
  kTimeRange,
  kDuration,
  kSet,
};

struct TimeExpression {
  Span span;
  uint32_t first = 0;  // tokens; first == last outside the body
  uint32_t last = 0;
  TimeKind kind = TimeKind::kDate;
  std::string value;      // ISO 8601 / TIMEX3: "2023-10-20", "P3D", "T15:00:00", "2023-W42"
  TimeInterval interval;  // resolved against the article's date; unknown for sets and durations
};

// ---- actor -------------------------------------------------------------------------------------

enum class ActorKind : uint8_t { kUnknown, kPerson, kState, kOrganisation, kGroup, kDocument };

// Somebody or something that acts in the report, whatever it is called in its mentions.
struct Actor {
  ActorKind kind = ActorKind::kUnknown;
  std::string name;                  // the fullest mention, cut from the text
  std::vector<std::string> aliases;  // the other names used
  std::string code;  // ISO 3166-1 alpha-3, or an organisation's (UNO, EUR, IGO, NGO, ...)
  std::vector<std::string> sectors;  // PLOVER: GOV, MIL, ...
  std::string role;                  // "Foreign Minister"
  std::string wikidata;              // "Q1234", where the data files know it
  bool carrier = false;              // a news agency or outlet: passes on others' words
  std::string organ_of;              // the code of the state or party whose organ a carrier is
};

enum class MentionForm : uint8_t { kName, kNominal, kPronoun };

struct ActorMention {
  Span span;
  uint32_t first = 0;  // tokens
  uint32_t last = 0;
  uint32_t head = 0;  // token
  MentionForm form = MentionForm::kName;
  std::vector<uint32_t> actors;  // into Document::actors; several for "both sides", "they"
};

// An actor in a role of a record, with the words that put it there. The span is empty where no
// words of the article do (the publisher as a carrier).
struct ActorRef {
  uint32_t actor = kNone;  // into Document::actors
  Span span;
};

// ---- statement ---------------------------------------------------------------------------------

enum class StatementKind : uint8_t { kDirect, kIndirect, kMixed };

// Somebody who passed a statement on: an agency, an outlet.
struct Carrier {
  ActorRef actor;
  Span cue;  // "cited by"; empty where nothing but the publisher's own name says so
};

// A content said, thought, wanted or denied by a source (source, cue, content as in PolNeAR).
struct Statement {
  ActorRef source;
  Span cue;
  std::vector<Span> content;  // in text order; more than one where the cue interrupts it
  StatementKind kind = StatementKind::kIndirect;
  std::optional<ActorRef> addressee;
  TimeInterval date;
  std::string place;
  std::vector<Carrier> via;  // nearest to the source first
  Span sentence;             // that holds the cue
  bool negated = false;      // the source denies the content
  // How likely a reader would mark it; nothing in a language without weights for it.
  std::optional<double> confidence;
  std::string explanation;  // the features it was weighed by, for `--explain`
};

// ---- event -------------------------------------------------------------------------------------

enum class EventStatus : uint8_t { kAsserted, kNegated, kPlanned, kHypothetical };

struct Event {
  std::string event_type;  // of the ontology; PLOVER: "CONSULT"
  std::string mode;
  std::vector<std::string> context;
  std::string cameo;  // a string, since codes start with 0
  double goldstein = 0;
  int quad_category = 0;  // 1 to 4
  std::vector<ActorRef> actor;
  std::vector<ActorRef> recipient;
  std::optional<Span> topic;
  Span trigger;
  Span sentence;
  TimeInterval date;
  Span date_text;  // empty where the date follows from the article's
  std::string place;
  EventStatus status = EventStatus::kAsserted;
  bool background = false;  // history, not the news of the report's day
  std::vector<ActorRef> reported_by;
  double confidence = 0;    // calibrated: of the events at 0.8, about 80% are right
  std::string pattern;      // file:line of the pattern that fired
  std::string explanation;  // the tree path and actor rule, for `--explain`
};

// ---- commitment --------------------------------------------------------------------------------

enum class PartyRole : uint8_t { kBound, kToward, kWitness, kMediator, kGuarantor };
enum class CommitmentKind : uint8_t { kPledge, kAgreement, kPlan, kInvitation, kDemand };
enum class CommitmentStatus : uint8_t {
  kProposed,
  kMade,
  kReaffirmed,
  kDelayed,
  kPartlyFulfilled,
  kFulfilled,
  kBroken,
  kWithdrawn,
};

struct Party {
  ActorRef actor;
  PartyRole role = PartyRole::kBound;
};

struct Commitment {
  std::vector<Party> parties;
  CommitmentKind kind = CommitmentKind::kPledge;
  std::string instrument;  // "exchange plan", "ceasefire"; as the text has it
  Span subject;
  Span about;  // the words for an earlier commitment it carries out or follows up
  std::vector<std::string> context;  // PLOVER contexts of the subject
  // What is to be done, and to what: names of topics.tsv, sorted, the same in every language.
  std::vector<std::string> acts;
  std::vector<std::string> topics;
  TimeInterval made;
  std::string place;
  TimeInterval term;
  CommitmentStatus status = CommitmentStatus::kMade;
  bool hedged = false;  // considered, or tied to a condition
  Span trigger;
  Span sentence;
  std::vector<ActorRef> source;  // whose word it is; empty for the report's own voice
};

// What a deed is to whoever undertook an act: "delivered" carries out "deliver".
struct Outcome {
  std::string act;  // of topics.tsv; "-": of what names no act; empty: of any
  CommitmentStatus status = CommitmentStatus::kFulfilled;
  bool object = false;  // only where both tell of the same thing
  bool sides = false;   // only between the same two sides
};

// What a report tells was done, put off or left undone, in words that name no commitment: one that
// another report tells of may have come to it.
struct Deed {
  std::string name;            // "arrive": of deeds.tsv, the same in every language
  std::vector<Party> parties;  // bound: who did it; toward: whoever else it was done with
  std::vector<Outcome> outcomes;
  std::vector<std::string> topics;  // as a commitment's
  TimeInterval date;
  bool omitted = false;  // "has not paid": an outcome only once it was due
  Span subject;          // the clause
  Span trigger;
  Span sentence;
  std::vector<ActorRef> source;  // whose word it is; empty for the report's own voice
};

// ---- the whole ---------------------------------------------------------------------------------

class Document {
 public:
  Document() = default;
  explicit Document(Input from) : input(std::move(from)) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  Input input;
  Article article;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  std::vector<Mention> mentions;
  std::vector<TimeExpression> times;
  std::vector<Actor> actors;
  std::vector<ActorMention> actor_mentions;  // in text order
  // Capitals and towns where something is or happens ("in Quito"). They do nothing, but what is
  // aimed at them is aimed at their state; in text order.
  std::vector<ActorMention> places;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Commitment> commitments;
  std::vector<Deed> deeds;  // in text order
  std::vector<Error> problems;  // what was wrong with this input; the others go on

  // The words of a span, from the layer that it names. Empty for a span that lies outside.
  std::string_view Cut(const Span& span) const;
  // The span from the first token to one before `last`.
  Span SpanOf(uint32_t first, uint32_t last) const;
  // The sentence of a token.
  const Sentence& SentenceOf(uint32_t token) const;
  // The language of a sentence.
  std::string_view LangOf(const Sentence& sentence) const {
    return sentence.lang.empty() ? std::string_view(article.lang) : sentence.lang;
  }
  // A copy of `text` that lives as long as the document.
  std::string_view Keep(std::string_view text);

 private:
  std::pmr::monotonic_buffer_resource arena_;
};

}  // namespace kronik
