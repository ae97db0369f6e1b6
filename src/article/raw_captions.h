// Captions of pictures and their credits among the lines.
#pragma once

#include <string>

#include "article/article_words.h"
#include "article/raw_report.h"

namespace kronik {

// Takes a line for a caption; for furniture where the same caption is known already.
void AddCaption(RawReport& report, RawLine& line, const Caption& caption);

// "... in the port. (BP/eka)": an outlet and a photographer, known by the slash alone; so do
// reports end, but none starts so. The credit is empty where there is none.
Caption SplitSlashed(const ArticleWords& words, const std::string& text);

// Takes a line that is nothing but a credit, or the text of a picture for those who don't see it,
// and gives the caption beside it its credit. False if it is none.
bool TakeCreditLine(RawReport& report, size_t i);

// Takes a line between paragraphs for a caption if it has a credit or a label of one. False if it
// has none.
bool TakeCaptionInside(RawReport& report, size_t i);

}  // namespace kronik
