// The first stage: the input's bytes -> Document::article.
//
// An input of unknown kind is recognised by its content: HTML tags near its start make it a page,
// anything else is text as scraped. Clean text (kText) is taken exactly as it is: offsets into
// article.text are offsets into the input's bytes.
//
// Errors of Annotate: kInvalidInput for an input that is empty, binary or (kText) not UTF-8; and
// for one in which no text is left. The input's bytes are released once the article is made.
#pragma once

#include <memory>
#include <string_view>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/stage.h"

namespace kronik {

// Loads data/agencies.tsv and, of each language, data/lang/<code>/{article,months}.tsv. `resources`
// need not outlive the stage. Errors: kInvalidInput with file:line.
Result<std::unique_ptr<Stage>> MakeArticleStage(const Resources& resources);

// kHtml or kRaw, by the first bytes.
InputKind RecogniseInput(std::string_view bytes);

}  // namespace kronik
