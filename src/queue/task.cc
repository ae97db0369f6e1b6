#include "queue/task.h"

#include <nlohmann/json.hpp>

namespace kronik {
namespace {

using Json = nlohmann::json;

Error Bad(const std::string& what) {
  return {ErrorCode::kInvalidInput, "the message is no task: " + what, ""};
}

// A member that may be missing; false if it is there with another type.
bool Take(const Json& object, const char* name, std::string& to) {
  const auto found = object.find(name);
  if (found == object.end()) return true;
  if (!found->is_string()) return false;
  to = found->get<std::string>();
  return to.find('\0') == std::string::npos;
}

bool Take(const Json& object, const char* name, uint64_t& to) {
  const auto found = object.find(name);
  if (found == object.end()) return true;
  if (!found->is_number_unsigned()) return false;
  to = found->get<uint64_t>();
  return true;
}

}  // namespace

std::string Task::ToJson() const {
  Json object;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) object[name] = value;
  };
  add("file", file);
  add("url", url);
  add("lang", lang);
  add("date", date);
  if (range.start > 0) object["start"] = range.start;
  if (range.end != UINT64_MAX) object["end"] = range.end;
  if (range.first_line) object["first_line"] = *range.first_line;
  // A path may be any bytes; JSON may not.
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Task> Task::Parse(std::string_view json) {
  const Json object = Json::parse(json, nullptr, false);
  if (!object.is_object()) return Bad("it is not a JSON object");
  Task task;
  uint64_t first_line = 0;
  for (const auto& [name, to] : {std::pair{"file", &task.file}, std::pair{"url", &task.url},
                                 std::pair{"lang", &task.lang}, std::pair{"date", &task.date}}) {
    if (!Take(object, name, *to)) return Bad(std::string(name) + " is not text");
  }
  for (const auto& [name, to] :
       {std::pair{"start", &task.range.start}, std::pair{"end", &task.range.end},
        std::pair{"first_line", &first_line}}) {
    if (!Take(object, name, *to)) return Bad(std::string(name) + " is not a number");
  }
  if (object.contains("first_line")) task.range.first_line = first_line;
  if (task.file.empty() == task.url.empty()) return Bad("it needs one of file and url");
  if (!task.file.empty() && task.file.front() != '/') return Bad("the path is not absolute");
  if (task.range.start >= task.range.end) return Bad("its range is empty");
  return task;
}

std::string Task::Name() const {
  if (!url.empty()) return url;
  if (range == FileRange{}) return file;
  return file + "@" + std::to_string(range.start) + "-" +
         (range.end == UINT64_MAX ? "" : std::to_string(range.end));
}

}  // namespace kronik
