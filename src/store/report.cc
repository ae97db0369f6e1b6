#include "store/report.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/hash.h"
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

// A line without the name of its input, which says nothing about the record.
void AddNameless(const Json& record, std::string_view line, std::string& nameless) {
  // Nothing that strangers wrote stands before it.
  const std::string input = "\"input\":" + ToLine(record["input"]);
  const size_t at = line.find(input);
  nameless += line.substr(0, at);
  nameless += line.substr(std::min(at + input.size(), line.size()));
  nameless += '\n';
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
  bands = StoryBands(document.article.text);
  if (keep != Keep::kFull) DropText(article);
  if (keep == Keep::kOffsets) {
    for (RecordList* list : {&events, &statements, &commitments}) {
      for (Json& record : list->records) DropWords(record);
    }
  }
  article_line = ToLine(article);
  std::string nameless;
  AddNameless(article, article_line, nameless);
  fingerprint =
      HashId({nameless, WriteLines(events), WriteLines(statements), WriteLines(commitments)});
}

std::string AddressId(std::string_view url) { return HashId({url}); }

}  // namespace kronik
