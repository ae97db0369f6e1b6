// Any bytes as a message of the queue: what is taken for a task comes back as it went.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "queue/task.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kronik::Result<kronik::Task> task =
      kronik::Task::Parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!task) return 0;
  const kronik::Result<kronik::Task> again = kronik::Task::Parse(task->ToJson());
  if (!again || !(*again == *task)) std::abort();
  return 0;
}
