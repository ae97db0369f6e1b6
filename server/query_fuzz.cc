// Any path and parameters as a question to the API: lines of name=value after the path.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "server/api.h"

namespace {

using namespace kronik;

// A chronicle of one report, and what answers for it.
struct Service {
  Service() {
    Document document(Input{.name = "a", .bytes = ""});
    document.article.id = "a";
    document.article.lang = "en";
    document.article.published = "2024-05-02";
    document.article.AppendBlock(BlockKind::kParagraph, "Envoys met Peru in Bern.");
    document.actors.resize(1);
    document.actors[0].code = "PER";
    Event event;
    event.event_type = "CONSULT";
    event.actor = {{0, {11, 15}}};
    event.date = {"2024-05-01", "2024-05-01"};
    event.trigger = {7, 10};
    event.sentence = {0, 24};
    document.events.push_back(event);
    if (!store->Put(document)) std::abort();
  }

  std::unique_ptr<Store> store = std::move(*Store::Open(":memory:"));
  Resources resources = std::move(*Resources::Open());
  Pipeline pipeline = std::move(*Pipeline::Of({}));
  std::unique_ptr<Api> api = std::move(*Api::Load(*store, resources, pipeline));
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Service kService;
  std::string_view left(reinterpret_cast<const char*>(data), size);
  const auto line = [&] {
    const std::string_view found = left.substr(0, left.find('\n'));
    left.remove_prefix(std::min(found.size() + 1, left.size()));
    return found;
  };
  const std::string path(line());
  Parameters parameters;
  while (!left.empty()) {
    const std::string_view pair = line();
    const size_t equals = std::min(pair.find('='), pair.size());
    parameters.emplace(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
  }
  const Answer answer = kService.api->Get(path, parameters, "http://localhost:8080");
  // The store failing is no answer to a question, however odd.
  if (answer.status == 500) std::abort();
  return 0;
}
