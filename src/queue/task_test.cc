#include "queue/task.h"

#include <gtest/gtest.h>

namespace kronik {
namespace {

TEST(Task, ComesBackAsItWent) {
  for (const Task& task :
       {Task{.file = "/news/a page.html"}, Task{.url = "https://news.example/feed.xml"},
        Task{.file = "/a.warc.gz", .range = {100, 200, {}}, .lang = "id", .date = "2024-03-01"},
        Task{.file = "/a.jsonl", .range = {100, UINT64_MAX, 7}}}) {
    const Result<Task> read = Task::Parse(task.ToJson());
    ASSERT_TRUE(read) << read.error().ToString();
    EXPECT_EQ(*read, task) << task.ToJson();
  }
}

TEST(Task, RefusesWhatIsNone) {
  for (const char* message :
       {"", "page.html", "[]", "{}", R"({"file": 7})", R"({"file": "/a", "url": "http://b"})",
        R"({"file": "a"})", R"({"file": "-"})", R"({"file": "/a", "start": -1})",
        R"({"file": "/a", "start": 5, "end": 5})", R"({"file": "/a", "end": "5"})",
        "{\"file\": \"/a\\u0000b\"}", "{\"file\": \"/a\xFF\"}"}) {
    EXPECT_FALSE(Task::Parse(message)) << message;
  }
}

}  // namespace
}  // namespace kronik
