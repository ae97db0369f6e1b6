#include "jsonl/jsonl.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace kronik {
namespace {

using Json = nlohmann::json;

std::string StringMember(const Json& object, const char* name) {
  auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

bool LooksLikeJsonLines(std::string_view bytes) {
  if (!bytes.starts_with('{')) return false;
  std::string_view line = bytes.substr(0, bytes.find('\n'));
  for (std::string_view member : {"\"html\"", "\"raw\"", "\"text\""}) {
    if (line.find(member) != std::string_view::npos) return true;
  }
  return false;
}

Result<Input> ReadJsonLine(std::string_view line) {
  const Json object = Json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return Error{ErrorCode::kInvalidInput, "the line is not a JSON object", ""};
  }
  Input input;
  input.name = StringMember(object, "id");
  input.url = StringMember(object, "url");
  input.lang = StringMember(object, "lang");
  input.date = StringMember(object, "date");
  constexpr std::pair<const char*, InputKind> kMembers[] = {
      {"html", InputKind::kHtml}, {"raw", InputKind::kRaw}, {"text", InputKind::kText}};
  for (const auto& [member, kind] : kMembers) {
    if (!object.contains(member)) continue;
    input.bytes = StringMember(object, member);
    input.kind = kind;
    return input;
  }
  return Error{ErrorCode::kInvalidInput, "the object has no html, raw or text", ""};
}

}  // namespace kronik
