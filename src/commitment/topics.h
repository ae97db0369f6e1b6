// What the words of a commitment or a deed are about.
#pragma once

#include <string>
#include <vector>

#include "commitment/view.h"

namespace kronik::commitment {

class Topics : View {
 public:
  explicit Topics(Work& work) : View(work) {}

  // The acts and things among the words, and the name of a text, into acts and topics; sorted.
  void Of(const Range& words, Commitment& c) const;
  // A text's own name, which is a topic in all languages: "the Oslo Accord", "Kesepakatan Oslo".
  void NameOfText(const Range& words, Commitment& c) const;
};

}  // namespace kronik::commitment
