// CoNLL-U: treebanks in, a document's analysis out (https://universaldependencies.org/format.html).
#pragma once

#include <string>
#include <string_view>

#include "kronik/document.h"
#include "kronik/result.h"

namespace kronik {

// Reads sentences into an empty document: the text is rebuilt from the forms and SpaceAfter, a
// block begins at each "# newdoc" and "# newpar", and empty nodes are left out. "# lang = xx" at
// the top sets the article's language. Errors: kInvalidInput with the line, for a row that is not
// CoNLL-U; the document is then partly filled.
Result<void> ReadConllu(std::string_view bytes, Document& document);

// The document's sentences, with sent_id, text, newdoc and newpar comments. MISC has SpaceAfter
// and, for tokens, start_char and end_char: code points of the article's text, half-open; on the
// words of a name, Entity ("B-PER" on the first, "I-PER" on the others), and on those of an
// expression of time whose value is known, Date (that value, on each).
std::string WriteConllu(const Document& document);

}  // namespace kronik
