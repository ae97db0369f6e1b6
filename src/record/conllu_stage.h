// The stage that stands for those of the article, the words and the trees where the input is
// CoNLL-U: another parser's analysis, or a treebank's.
//
// The article is its text; its language is the file's ("# lang = xx") or the input's, its date the
// input's.
#pragma once

#include <memory>

#include "kronik/stage.h"

namespace kronik {

// Errors while it runs: those of ReadConllu; kInvalidInput where no language is known.
std::unique_ptr<Stage> MakeConlluStage();

}  // namespace kronik
