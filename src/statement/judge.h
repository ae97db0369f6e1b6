// How likely it is that a reader would mark a statement, too.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pattern/confidence.h"
#include "statement/view.h"

namespace kronik::statement {

using Confidences = std::map<std::string, Confidence, std::less<>>;  // by language

class Judge : View {
 public:
  // Weights of data/lang/<code>/statement_confidence.tsv; a language without them is not judged.
  Judge(Work& work, const Confidences& confidences) : View(work), confidences_(confidences) {}

  // Weighs a statement; false where it is less likely than its language's threshold.
  bool Accepts(Statement& statement) const;

 private:
  // Relations and parts of speech of UD, and of function words the words ("aux:would").
  std::vector<std::string> Features(const Statement& statement, const Range& cue) const;
  Range TokensOf(const Span& span) const;
  uint32_t HeadOf(const Range& cue) const;
  void CueFeatures(const Statement& statement, uint32_t head, std::vector<std::string>& out) const;
  void SourceFeatures(const ActorRef& source, std::vector<std::string>& out) const;
  void ContentFeatures(const Statement& statement, const Range& cue,
                       std::vector<std::string>& out) const;
  bool InContent(const Statement& statement, uint32_t t) const;

  const Confidences& confidences_;
};

}  // namespace kronik::statement
