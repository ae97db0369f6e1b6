// Task: what a message of the queue asks for. It names where pages lie and never holds one.
//
//   {"file": "/news/2024/03.warc.gz", "start": 1048576, "end": 2097152, "lang": "id"}
//   {"file": "/news/dump.jsonl", "start": 1048576, "end": 2097152, "first_line": 4711}
//   {"url": "https://news.example/feed.xml"}
#pragma once

#include <string>
#include <string_view>

#include "kronik/result.h"
#include "stream/file_range.h"

namespace kronik {

struct Task {
  std::string file{};  // an absolute path; or
  std::string url{};   // an address, http or https
  FileRange range{};   // of the file
  // What the input does not state.
  std::string lang{};
  std::string date{};

  // One line of JSON.
  std::string ToJson() const;
  // Error: kInvalidInput for anything that ToJson doesn't write.
  static Result<Task> Parse(std::string_view json);
  // For people: the file and its range, or the address.
  std::string Name() const;

  friend bool operator==(const Task&, const Task&) = default;
};

}  // namespace kronik
