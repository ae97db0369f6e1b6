#include "server/query.h"

#include <algorithm>
#include <charconv>

namespace kronik {
namespace {

constexpr size_t kMostWordBytes = 64;
constexpr size_t kMostTextBytes = 256;
constexpr size_t kMostUrlBytes = 2000;

bool IsWord(const std::string& text) {
  return text.size() <= kMostWordBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_';
         });
}

bool IsDate(const std::string& text) {
  static constexpr std::string_view kForm = "0000-00-00";
  if (text.size() != 0 && text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

bool ReadNumber(const std::string& text, int most, int& number) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 0 && number <= most;
}

bool ReadFlag(const std::string& text, bool& flag) {
  flag = text == "1";
  return flag || text == "0" || text.empty();
}

bool ReadFormat(const std::string& text, AnswerFormat& format) {
  if (text == "json") {
    format = AnswerFormat::kJson;
  } else if (text == "jsonl") {
    format = AnswerFormat::kJsonl;
  } else if (text == "csv") {
    format = AnswerFormat::kCsv;
  } else {
    return false;
  }
  return true;
}

bool Take(const std::string& name, const std::string& value, Filter& query) {
  struct Field {
    std::string_view name;
    std::string Filter::*member;
    bool (*is)(const std::string&);
  };
  static constexpr auto kShort = [](const std::string& text) {
    return text.size() <= kMostTextBytes;
  };
  static constexpr auto kUrl = [](const std::string& text) { return text.size() <= kMostUrlBytes; };
  static const Field kFields[] = {
      {"from", &Filter::from, IsDate},   {"to", &Filter::to, IsDate},
      {"date", &Filter::date, IsDate},   {"type", &Filter::type, IsWord},
      {"id", &Filter::id, IsWord},       {"status", &Filter::status, IsWord},
      {"kind", &Filter::kind, IsWord},   {"lang", &Filter::lang, IsWord},
      {"q", &Filter::text, kShort},      {"url", &Filter::url, kUrl},
      {"since", &Filter::since, kShort}, {"place", &Filter::place, kShort},
  };
  for (const Field& field : kFields) {
    if (field.name != name) continue;
    query.*field.member = value;
    return field.is(value);
  }
  if (name == "party") {
    if (!value.empty()) query.parties.push_back(value);
    return IsWord(value) && query.parties.size() <= 2;
  }
  if (name == "accepted") return ReadFlag(value, query.accepted);
  if (name == "orphaned") return ReadFlag(value, query.orphaned);
  if (name == "quad") return value.empty() || ReadNumber(value, 4, query.quad);
  if (name == "limit") return ReadNumber(value, 1 << 30, query.limit);
  if (name == "offset") return ReadNumber(value, 1 << 30, query.offset);
  return name == "format" && ReadFormat(value, query.format);
}

}  // namespace

Query Filter::ForStore() const {
  Query query;
  query.parties = parties;
  query.from = from;
  query.to = to;
  query.event_type = type;
  query.event = id;
  query.status = status;
  query.text = text;
  query.lang = lang;
  query.quad_category = quad;
  query.accepted = accepted;
  query.since = since;
  query.limit = limit + 1;
  query.offset = offset;
  return query;
}

Result<Filter> ReadQuery(const Parameters& parameters, std::string_view allowed) {
  Filter query;
  bool limited = false;
  for (const auto& [name, value] : parameters) {
    if (name.find(' ') != std::string::npos ||
        allowed.find(" " + name + " ") == std::string_view::npos) {
      return Error{ErrorCode::kInvalidInput,
                   "no such parameter; it takes" +
                       std::string(allowed.substr(0, allowed.find_last_not_of(' ') + 1)),
                   ""};
    }
    if (!Take(name, value, query)) {
      return Error{ErrorCode::kInvalidInput,
                   name == "party" ? "at most two parties, each a code such as NOR"
                                   : "can't read the parameter '" + name + "'",
                   ""};
    }
    limited |= name == "limit";
  }
  const bool a_file = query.format != AnswerFormat::kJson;
  if (a_file && !limited) query.limit = kMostScanned;
  query.limit = std::min(query.limit, a_file ? kMostScanned : kMostRecords);
  return query;
}

}  // namespace kronik
