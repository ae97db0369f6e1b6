#include "record/conllu_stage.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "record/conllu.h"

namespace kronik {
namespace {

class ConlluStage : public Stage {
 public:
  std::string_view name() const override { return "conllu"; }
  Layers needs() const override { return kInputBytes; }
  Layers adds() const override { return kArticle | kTokens | kTrees; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    const Input& input = document.input;
    Article& article = document.article;
    if (!IsValidUtf8(input.bytes)) return Error{ErrorCode::kInvalidInput, "not UTF-8", input.name};
    if (Result<void> read = ReadConllu(input.bytes, document); !read) return read;
    if (article.lang.empty()) article.lang = input.lang;
    if (article.lang.empty()) {
      return Error{ErrorCode::kInvalidInput, "the language is not stated", input.name};
    }
    if (!input.date.empty()) {
      article.published = input.date;
      article.published_basis = PublishedBasis::kStated;
    }
    article.id = HashId({input.bytes});
    return {};
  }
};

}  // namespace

std::unique_ptr<Stage> MakeConlluStage() { return std::make_unique<ConlluStage>(); }

}  // namespace kronik
