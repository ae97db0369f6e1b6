// The times of a document's body, in text order; those of its captions and title are left out.
#pragma once

#include <vector>

#include "kronik/document.h"

namespace kronik {

// The pointers live as long as the document's times stay as they are.
std::vector<const TimeExpression*> BodyTimes(const Document& document);

}  // namespace kronik
