#include "cli/pretokenized.h"

#include <fmt/format.h>

#include <atomic>

#include "base/utf8.h"
#include "entity/entity_stage.h"
#include "parse/parse_stage.h"
#include "record/conllu.h"

namespace kronik::cli {

int ParsePretokenized(const Options& options) {
  if (options.hints.lang.empty()) {
    Complain("--pretokenized needs --lang");
    return kCouldNotRun;
  }
  Result<Resources> resources = Resources::Open(options.data);
  if (!resources) return Failed(resources.error());
  if (!resources->Has("models/" + options.hints.lang + ".bin")) {
    Complain("there is no model for language " + options.hints.lang);
    return kCouldNotRun;
  }
  Result<std::unique_ptr<Stage>> trees = MakeParseStage(*resources);
  if (!trees) return Failed(trees.error());
  Result<std::unique_ptr<Stage>> names = MakeEntityStage(*resources);
  if (!names) return Failed(names.error());
  Workspace workspace;
  bool failed = false;
  std::atomic<uint64_t> bytes_read = 0;
  ForEachInput(options.inputs, options.hints, {}, bytes_read, [&](Found found) {
    const auto* input = std::get_if<Input>(&found);
    if (input == nullptr) {
      const auto* error = std::get_if<Error>(&found);
      if (error == nullptr) return !Interrupted();
      Complain(error->ToString());
      failed = true;
      return !Interrupted();
    }
    std::string rows;
    size_t id = 0;
    const std::string_view bytes = input->bytes;
    for (size_t at = 0; at < bytes.size();) {
      const size_t end = std::min(bytes.find('\n', at), bytes.size());
      const std::string token = Squash(bytes.substr(at, end - at));
      at = end + 1;
      if (token.empty()) {
        rows += '\n';
        id = 0;
      } else {
        rows += fmt::format("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", ++id, token);
      }
    }
    Document document(Input{.name = input->name,
                            .bytes = {},
                            .url = {},
                            .lang = input->lang,
                            .date = {},
                            .content_type = {}});
    document.article.lang = input->lang;
    Result<void> done;
    if (!IsValidUtf8(bytes)) {
      done = Error{ErrorCode::kInvalidInput, "not UTF-8", input->name};
    } else if (done = ReadConllu(rows, document); done) {
      done = (*trees)->Annotate(document, workspace);
      if (done) done = (*names)->Annotate(document, workspace);
    }
    if (done) {
      Print(WriteConllu(document));
    } else {
      Complain(done.error().ToString());
      failed = true;
    }
    return !Interrupted();
  });
  FlushOutput();
  if (Interrupted()) return kInterrupted;
  return failed ? kSomeFailed : kAllDone;
}

}  // namespace kronik::cli
