#include "export/statement_events.h"

#include <utility>

#include "base/tsv.h"
#include "base/utf8.h"

namespace kronik {
namespace {

constexpr int kVerbalCooperation = 1;  // CAMEO's class of 01 and 02
constexpr std::string_view kOther = "*";

std::string Text(const Json& record, const char* key) {
  const auto at = record.find(key);
  return at != record.end() && at->is_string() ? at->get<std::string>() : "";
}

int64_t StartOf(const Json& record, const char* key) {
  const auto span = record.find(key);
  return span != record.end() && span->is_object() ? span->value("start", int64_t{-1}) : -1;
}

bool Coded(const Json& actor) {
  const auto sectors = actor.find("sectors");
  return !Text(actor, "code").empty() || (sectors != actor.end() && !sectors->empty());
}

// The statement's day, else that of its report.
Json DateOf(const Json& statement, const CitedArticle& article) {
  if (const auto date = statement.find("date"); date != statement.end()) return *date;
  const std::string day = article.published.substr(0, 10);
  return day.empty() ? Json::object() : Json{{"from", day}, {"to", day}};
}

}  // namespace

Result<StatementEvents> StatementEvents::Load(const Resources& resources) {
  StatementEvents out;
  Result<GoldsteinScale> goldstein = LoadGoldstein(resources);
  if (!goldstein) return goldstein.error();
  out.goldstein_ = std::move(*goldstein);
  Result<Tsv> table =
      Tsv::Load(resources, "data/ontology/plover/statements.tsv", {"cameo", "lang", "cues"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    if (!out.goldstein_.contains(row[0])) return table->ErrorAt(row, "no such code");
    for (std::string_view cue : SplitCell(row[2])) {
      out.codes_.try_emplace({std::string(row[1]), std::string(cue)}, row[0]);
    }
  }
  return out;
}

void StatementEvents::Told(const Json& event) {
  const auto evidence = event.find("evidence");
  if (evidence == event.end()) return;
  for (const Json& piece : *evidence) {
    told_.emplace(Text(piece, "article"), StartOf(piece, "trigger"));
  }
}

// By the first word of the cue that the table has, else what it has for others.
const std::string& StatementEvents::CodeOf(std::string_view cue, std::string_view lang) const {
  static const std::string kNoCode;
  const std::string words = LowerCase(cue);
  const auto find = [&](std::string_view word) {
    return codes_.find(std::pair(std::string(lang), std::string(word)));
  };
  for (std::string_view word : SplitCell(words, ' ')) {
    if (const auto found = find(word); found != codes_.end()) return found->second;
  }
  const auto other = find(kOther);
  return other != codes_.end() ? other->second : kNoCode;
}

std::optional<Json> StatementEvents::Of(const Json& statement,
                                        const CitedArticle& article) const {
  const auto source = statement.find("source");
  const auto cue = statement.find("cue");
  if (source == statement.end() || !source->is_object() || !Coded(*source) ||
      cue == statement.end() ||
      told_.contains({Text(statement, "article"), StartOf(statement, "cue")})) {
    return std::nullopt;
  }
  const std::string& code = CodeOf(Text(*cue, "text"), article.lang);
  const bool negated = statement.value("negated", false);
  // "Denied that ..." is a denial; "did not say that ..." nothing.
  if (code.empty() || (negated && !code.starts_with("016"))) return std::nullopt;
  Json event{{"id", Text(statement, "id")},
             {"article", Text(statement, "article")},
             {"cameo", code},
             {"goldstein", goldstein_.find(code)->second},
             {"quad_category", kVerbalCooperation},
             {"actor", Json::array({*source})},
             {"recipient", Json::array()},
             {"date", DateOf(statement, article)},
             {"place", Text(statement, "place")},
             {"status", "asserted"},
             {"background", false},
             {"trigger", *cue},
             {"sentence", statement.value("sentence", Json::object())}};
  const auto addressee = statement.find("addressee");
  if (addressee != statement.end() && addressee->is_object()) {
    event["recipient"].push_back(*addressee);
  }
  Json piece{{"id", event["id"]},
             {"article", event["article"]},
             {"trigger", event["trigger"]},
             {"sentence", event["sentence"]},
             {"input", Text(statement, "input")}};
  event["evidence"] = Json::array({std::move(piece)});
  return event;
}

}  // namespace kronik
