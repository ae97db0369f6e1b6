// StatementEvents: attributed statements as CAMEO's 01 (make public statement) and 02 (appeal),
// which PLOVER doesn't count as events but users of CAMEO expect.
//
// The source is the actor, the addressee the recipient; the cue is the trigger and tells the code
// (data/ontology/plover/statements.tsv). A statement is left out whose source has neither code nor
// sector, which its source is said not to have made, or whose cue already makes an event of another
// code in the same report ("condemned", "demanded").
// Threads: Of from any; Told and Load from one at a time.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "export/goldstein.h"
#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/store.h"
#include "record/json.h"

namespace kronik {

class StatementEvents {
 public:
  // Errors: those of Tsv::Load; kInvalidInput for a code that CAMEO's table doesn't have.
  static Result<StatementEvents> Load(const Resources& resources);

  // Takes note of an event of the chronicle: the words that make it make no statement besides.
  void Told(const Json& event);
  // The record of an event that a statement's record makes, in the shape of Store::Events without
  // type, mode and confidence; `article` is its article. Its id is the statement's.
  std::optional<Json> Of(const Json& statement, const CitedArticle& article) const;

 private:
  StatementEvents() = default;
  const std::string& CodeOf(std::string_view cue, std::string_view lang) const;

  std::map<std::pair<std::string, std::string>, std::string, std::less<>> codes_;  // lang, cue
  GoldsteinScale goldstein_;
  std::set<std::pair<std::string, int64_t>> told_;  // article, start of a trigger
};

}  // namespace kronik
