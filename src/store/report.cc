#include "store/report.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/utf8.h"
#include "store/days.h"
#include "store/fields.h"
#include "store/story.h"

namespace kronik {
namespace {

// Empties the words of every span. Records nest a few levels only.
void DropWords(Json& record) {
  if (record.is_object() && record.contains("text") &&
      (record.contains("start") || record.contains("from"))) {
    record["text"] = "";
  }
  if (record.is_structured()) {
    for (Json& part : record) DropWords(part);
  }
}

void DropText(Json& article) {
  for (const char* key : {"text", "deck"}) {
    if (article.contains(key)) article[key] = "";
  }
  for (const char* key : {"blocks", "captions", "residue"}) {
    if (article.contains(key)) article[key] = Json::array();
  }
}

std::string WrittenProblems(const Document& document) {
  if (document.problems.empty()) return "";
  Json problems = Json::array();
  for (const Error& problem : document.problems) {
    // The same bytes may come by another name.
    const bool input = problem.where == document.input.name;
    problems.push_back({{"code", static_cast<int>(problem.code)},
                        {"message", problem.message},
                        {"where", input ? "" : problem.where}});
  }
  return ToLine(problems);
}

// A line without the name of its input, which says nothing about the record.
void AddNameless(const Json& record, std::string_view line, std::string& nameless) {
  // Nothing that strangers wrote stands before it.
  const std::string input = "\"input\":" + ToLine(record["input"]);
  const size_t at = line.find(input);
  nameless += line.substr(0, at);
  nameless += line.substr(std::min(at + input.size(), line.size()));
  nameless += '\n';
}

// Who an actor is, for telling events apart: the code, or the name of one without a code.
std::string Identity(const Json& actor) {
  std::string code = Text(actor, "code");
  if (!code.empty()) return code;
  std::string name = Text(actor, "name");
  return "~" + (name.empty() ? Text(actor, "text") : name);
}

std::string Identities(const Json& actors) {
  std::set<std::string> identities;
  for (const Json& actor : actors) identities.insert(Identity(actor));
  std::string joined;
  for (const std::string& identity : identities) joined += identity + "\n";
  return joined;
}

// The chronicle's id of an event. One without a day or an actor is like no other, so it is told
// apart by its own id. The status belongs to it: a denial is no evidence for what it denies.
std::string ChronicleId(const Json& event) {
  std::string day = Day(Text(Part(event, "date"), "from"), false);
  std::string actors = Identities(Part(event, "actor"));
  if (day.empty() || actors.empty()) {
    return HashId(
        {"event", Text(event, "article"), Text(event, "id"), Text(event, "event_type"), actors});
  }
  return HashId({"event", Text(event, "event_type"), Text(event, "status"), day, actors,
                 Identities(Part(event, "recipient"))});
}

// What full text has of a text: as much as SQLite's json_extract reads of the record, which ends at
// a NUL, since its triggers take out by that what was put in.
std::string Searchable(const std::string& text) {
  return ToValidUtf8(std::string_view(text).substr(0, text.find('\0')));
}

std::string SentenceOf(const Json& record) {
  return Searchable(Text(Part(record, "sentence"), "text"));
}

// An event's record as it is stored.
std::string EvidenceLine(std::string line, const std::string& chronicle_id) {
  line.insert(line.size() - 1, ",\"chronicle_id\":\"" + chronicle_id + '"');
  return line;
}

// Adds the lines to a list whose records are there, and gives them without their inputs.
std::string WriteLines(RecordList& list) {
  std::string nameless;
  for (const Json& record : list.records) {
    list.lines.push_back(ToLine(record));
    AddNameless(record, list.lines.back(), nameless);
  }
  return nameless;
}

}  // namespace

Report::Report(const Document& document, Keep keep) : id(document.article.id) {
  for (const std::string* url : {&document.input.url, &document.article.url}) {
    if (!url->empty()) addresses.insert(AddressId(*url));
  }
  const Records records(document);
  article = records.ArticleRecord();
  for (const Event& event : document.events) events.records.push_back(records.EventRecord(event));
  for (const Statement& statement : document.statements) {
    statements.records.push_back(records.StatementRecord(statement));
  }
  for (const Commitment& commitment : document.commitments) {
    commitments.records.push_back(records.CommitmentRecord(commitment));
  }
  for (const Deed& deed : document.deeds) deeds.records.push_back(records.DeedRecord(deed));
  bands = StoryBands(document.article.text);
  if (keep != Keep::kFull) DropText(article);
  if (keep == Keep::kOffsets) {
    for (RecordList* list : {&events, &statements, &commitments, &deeds}) {
      for (Json& record : list->records) DropWords(record);
    }
  }
  article_line = ToLine(article);
  std::string nameless;
  AddNameless(article, article_line, nameless);
  fingerprint = HashId({nameless, WriteLines(events), WriteLines(statements),
                        WriteLines(commitments), WriteLines(deeds)});
  problems = WrittenProblems(document);
  text = Searchable(Text(article, "text"));
  for (RecordList* list : {&events, &statements}) {
    for (const Json& record : list->records) list->sentences.push_back(SentenceOf(record));
  }
  for (size_t i = 0; i < events.records.size(); ++i) {
    event_ids.push_back(ChronicleId(events.records[i]));
    events.lines[i] = EvidenceLine(std::move(events.lines[i]), event_ids[i]);
  }
}

std::vector<Error> ParsedProblems(std::string_view text) {
  std::vector<Error> problems;
  if (text.empty()) return problems;
  for (const Json& problem : Json::parse(text)) {
    problems.push_back({static_cast<ErrorCode>(Number(problem, "code")), Text(problem, "message"),
                        Text(problem, "where")});
  }
  return problems;
}

std::string AddressId(std::string_view url) { return HashId({url}); }

}  // namespace kronik
