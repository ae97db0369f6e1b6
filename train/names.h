// Trains and measures models of names (src/entity/name_model.h).
//
// The sources disagree on what they mark, so one may have weights of its own beside the common ones
// (Daume 2007, "Frustratingly easy domain adaptation"); a model keeps the common ones. What a
// source leaves open (one that knows no MISC) the training leaves open too: it maximises the
// likelihood of all labellings that agree with the source.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "entity/name_finder.h"
#include "entity/name_model.h"
#include "kronik/document.h"
#include "kronik/result.h"
#include "train/ud_scores.h"

namespace kronik::train {

struct NameCorpus {
  std::string name;
  // Stretches of neighbouring sentences, which share what is known of their words' case.
  std::vector<std::unique_ptr<Document>> documents;
  std::vector<std::vector<uint8_t>> labels;  // of each document's tokens
  bool has_misc = false;
  bool caseless = false;
};

// One token and its BIO tag a line, a tab between, an empty line between sentences; .gz or plain.
// Or, where the file's name has ".conllu", GUM's annotation of entities in MISC: an entity whose
// head is a proper noun has a name, the run of capitalised words around that head. Errors: kIo,
// kInvalidInput.
Result<NameCorpus> ReadNames(const std::string& path);

struct NameOptions {
  int epochs = 12;
  double rate = 0.15;            // of AdaGrad
  double start = 1;              // of its sums of squares
  double decay = 2e-4;           // L2
  double lower = 0.25;           // share of the documents that an epoch also shows in lower case
  int min_count = 2;             // of a feature
  std::vector<std::string> own;  // names of the corpora with weights of their own
  uint64_t seed = 1;
};

NameModel TrainNames(const std::vector<const NameCorpus*>& corpora, const NameLists& lists,
                     const NameOptions& options,
                     const std::function<void(const std::string&)>& log);

struct NameScores {
  std::array<Agreement, 4> kinds{{{"PER"}, {"ORG"}, {"LOC"}, {"MISC"}}};  // by NameKind
  void Add(const NameScores& other);
  Agreement WithoutMisc() const;
};

// Exact bounds and kinds, as CoNLL-2003 counts; of the model alone, and of what kronik makes of it.
NameScores EvaluateNames(const NameModel& model, const NameLists& lists, const NameCorpus& corpus);
NameScores EvaluateNames(const NameFinder& finder, const std::string& lang,
                         const NameCorpus& corpus);

// The `fold`-th of `folds` neighbouring stretches of the corpus; with `rest`, all others. Its words
// lie in `corpus`.
NameCorpus Fold(const NameCorpus& corpus, int folds, int fold, bool rest);

}  // namespace kronik::train
