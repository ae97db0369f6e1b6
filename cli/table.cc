#include "cli/table.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/csv.h"
#include "base/utf8.h"
#include "cli/output.h"

namespace kronik::cli {
namespace {

// Rows that are looked at for the widths of the columns; later ones take what they find.
constexpr size_t kRowsForWidths = 1000;
constexpr size_t kGap = 2;

// Code points, and the byte offset behind the first `most` of them.
size_t Width(std::string_view text, size_t most, size_t& end) {
  size_t width = 0;
  end = 0;
  while (end < text.size() && width < most) {
    DecodeUtf8(text, end);
    ++width;
  }
  return width;
}

size_t Width(std::string_view text) {
  size_t end = 0;
  return Width(text, text.size(), end);
}

// One line, without what could steer a terminal.
std::string Clean(std::string_view text) {
  std::string clean;
  const std::string line = Squash(text);
  for (size_t at = 0; at < line.size();) {
    const char32_t c = DecodeUtf8(line, at);
    const bool control = c < ' ' || (c >= 0x7F && c < 0xA0);
    AppendUtf8(control ? U'?' : c, clean);
  }
  return clean;
}

// The columns of the terminal, or none where the output is none.
size_t TerminalWidth() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string SpanText(const Json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_object() ? TextOf(*found, "text") : "";
}

// A member of the record as it is.
Table::Column Member(const char* name) {
  return {name, [name](const Json& record) { return TextOf(record, name); }};
}

Table::Column NumberMember(const char* name) {
  return {name, [name](const Json& record) {
            auto found = record.find(name);
            return found != record.end() && found->is_number() ? found->dump() : "";
          }};
}

}  // namespace

Table::Table(std::string_view form, std::vector<Column> columns)
    : form_(form), columns_(std::move(columns)) {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.emplace_back(column.name);
  if (form_ == "text") {
    for (const std::string& name : names) widths_.push_back(name.size());
    waiting_.push_back(std::move(names));
  } else if (form_ != "jsonl") {
    PrintSeparated(names);
  }
}

void Table::Add(std::string_view record) {
  if (form_ == "jsonl") return PrintLine(record);
  const Json parsed = Json::parse(record);
  std::vector<std::string> cells;
  for (const Column& column : columns_) cells.push_back(column.cell(parsed));
  if (form_ != "text") return PrintSeparated(cells);
  for (std::string& cell : cells) cell = Clean(cell);
  waiting_.push_back(std::move(cells));
  if (waiting_.size() >= kRowsForWidths) PrintAligned();
}

void Table::Finish() {
  PrintAligned();
  FlushOutput();
}

void Table::PrintAligned() {
  for (const auto& cells : waiting_) {
    for (size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], Width(cells[i]));
  }
  const size_t terminal = TerminalWidth();
  for (const auto& cells : waiting_) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      line += cells[i];
      if (i + 1 < cells.size()) line.append(widths_[i] - Width(cells[i]) + kGap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    size_t end = line.size();
    if (terminal > 0) Width(line, terminal, end);
    PrintLine(std::string_view(line).substr(0, end));
  }
  waiting_.clear();
}

void Table::PrintSeparated(const std::vector<std::string>& cells) const {
  const bool csv = form_ == "csv";
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += csv ? ',' : '\t';
    line += csv ? CsvCell(cells[i]) : Squash(cells[i]);
  }
  Print(line + (csv ? "\r\n" : "\n"));
}

std::string TextOf(const Json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string IntervalOf(const Json& record, const char* name) {
  auto found = record.find(name);
  if (found == record.end()) return "";
  std::string from = TextOf(*found, "from"), to = TextOf(*found, "to");
  return from == to ? from : from + ".." + to;
}

std::string ActorOf(const Json& actor) {
  std::string code = TextOf(actor, "code");
  for (const Json& sector : actor.value("sectors", Json::array())) {
    code += (code.empty() ? "" : " ") + sector.get<std::string>();
  }
  std::string name = Squash(TextOf(actor, "name"));
  if (name.empty()) name = Squash(TextOf(actor, "text"));
  if (code.empty() || name.empty()) return code + name;
  return code + " (" + name + ")";
}

std::string ActorsOf(const Json& actors) {
  std::string list;
  for (const Json& actor : actors) list += (list.empty() ? "" : ", ") + ActorOf(actor);
  return list;
}

std::string ReviewOf(const Json& record) {
  auto found = record.find("review");
  return found == record.end() ? "" : TextOf(*found, "verdict");
}

std::vector<Table::Column> EventColumns() {
  return {
      {"date", [](const Json& event) { return IntervalOf(event, "date"); }},
      Member("event_type"),
      Member("mode"),
      {"actor", [](const Json& event) { return ActorsOf(event["actor"]); }},
      {"recipient", [](const Json& event) { return ActorsOf(event["recipient"]); }},
      Member("status"),
      {"confidence",
       [](const Json& event) { return fmt::format("{:.2f}", event.value("confidence", 0.0)); }},
      {"reports", [](const Json& event) { return std::to_string(event["evidence"].size()); }},
      {"stories",
       [](const Json& event) {
         std::set<std::string> stories;
         for (const Json& piece : event["evidence"]) stories.insert(TextOf(piece, "story"));
         return std::to_string(stories.size());
       }},
      {"sentence", [](const Json& event) { return SpanText(event, "sentence"); }},
      Member("article"),
      Member("id"),
      {"review", ReviewOf},
  };
}

std::vector<Table::Column> StatementColumns() {
  return {
      {"date", [](const Json& statement) { return IntervalOf(statement, "date"); }},
      {"source", [](const Json& statement) { return ActorOf(statement["source"]); }},
      {"cue", [](const Json& statement) { return SpanText(statement, "cue"); }},
      Member("kind"),
      {"negated",
       [](const Json& statement) { return statement.value("negated", false) ? "yes" : ""; }},
      {"content",
       [](const Json& statement) {
         std::string content;
         for (const Json& span : statement["content"]) {
           content += (content.empty() ? "" : " ... ") + TextOf(span, "text");
         }
         return content;
       }},
      {"sentence", [](const Json& statement) { return SpanText(statement, "sentence"); }},
      Member("article"),
      Member("id"),
      {"review", ReviewOf},
  };
}

std::vector<Table::Column> ArticleColumns() {
  return {Member("published"), Member("lang"),  NumberMember("event_count"),
          Member("publisher"), Member("title"), Member("url"),
          Member("story"),     Member("id")};
}

std::vector<Table::Column> StatsColumns(const std::vector<std::string>& by) {
  std::vector<Table::Column> columns;
  for (const std::string& name : by) {
    if (name == "dyad") {
      columns.push_back(Member("actor"));
      columns.push_back(Member("recipient"));
    } else {
      columns.push_back(Member(name == "year"    ? "year"
                               : name == "month" ? "month"
                               : name == "day"   ? "day"
                                                 : "event_type"));
    }
  }
  columns.push_back(NumberMember("count"));
  columns.push_back(NumberMember("goldstein"));
  return columns;
}

}  // namespace kronik::cli
