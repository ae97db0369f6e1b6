// The one JSON shape of kronik's records: command line, HTTP API, chronicle, export, tests.
//
//   Records records(document);
//   for (const Event& event : document.events) Print(records.EventRecord(event).dump());
//
// Units:    `start` and `end` count Unicode code points, half-open, into the text of the span's
//           layer (for the body: the article's `text`).
// Ids:      an article's is its own; any other hashes the article's id, the kind and the spans, so
//           that reading the same report twice gives the same ids.
// Lifetime: the document must outlive the Records and must not change meanwhile.
// doc/records.md lists every field.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "kronik/document.h"

namespace kronik {

using Json = nlohmann::ordered_json;

class Records {
 public:
  explicit Records(const Document& document);

  Json ArticleRecord() const;
  Json EventRecord(const Event& event) const;
  Json StatementRecord(const Statement& statement) const;
  Json CommitmentRecord(const Commitment& commitment) const;
  Json DeedRecord(const Deed& deed) const;

  // An actor in a role: {text, start, end, name, aliases, code, sectors, role, ...}.
  Json ActorRecord(const ActorRef& ref) const;
  // {layer, text, start, end}.
  Json SpanRecord(const Span& span) const;

 private:
  Json PartyList(const std::vector<Party>& parties) const;
  Json Begin(std::string_view kind, const std::vector<Span>& spans, std::string_view detail) const;
  Json ActorList(const std::vector<ActorRef>& refs) const;
  const CodePointIndex& IndexOf(const Span& span) const;
  // Which sentence of the body a span stands in, from 1.
  std::optional<size_t> SentenceNumber(const Span& span) const;

  const Document& document_;
  CodePointIndex body_, title_, deck_;
  std::vector<CodePointIndex> captions_;
};

// {from, to}, with `text` where the report's own words are given.
Json IntervalRecord(const TimeInterval& interval, std::string_view text = {});

std::string_view NameOf(BlockKind kind);
std::string_view NameOf(StatementKind kind);
std::string_view NameOf(EventStatus status);
std::string_view NameOf(PartyRole role);
std::string_view NameOf(CommitmentKind kind);
std::string_view NameOf(CommitmentStatus status);

// One line of JSON; ill-formed UTF-8 becomes U+FFFD instead of an exception.
std::string ToLine(const Json& record);

}  // namespace kronik
