// Ontology: the event types, modes and contexts that kronik codes with, and what CAMEO's codes are
// in them. Read from data/ontology/<name>/; the engine knows none of them by name.
// Threads: immutable after Load.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

struct EventType {
  std::string name;
  int quad_category = 0;
  double goldstein = 0;
  bool requires_recipient = false;
};

struct CodeMeaning {
  std::string event_type;  // empty: no event of the ontology
  std::string mode;
  std::vector<std::string> contexts;
  double goldstein = 0;
  int quad_category = 0;
};

// What an act about another act is: to promise (outer) aid (inner).
struct Composition {
  std::string outer, inner;  // prefixes of codes; outer may be the name of a state ("future")
  std::string code;
  std::string mode;          // empty: that of the code
  bool keeps_inner = false;  // the inner act stays an event of its own
};

// A code that stands for another where a word of the class is in what the act is about.
struct Refinement {
  std::string words;  // the name of a class
  std::string code;
};

// Codes by what they do in a report; each stands for those that begin with it.
struct Functions {
  std::vector<std::string> visits;    // the actor is the guest
  std::vector<std::string> hosts;     // the actor is the host
  std::vector<std::string> mediates;  // the actor stands between the recipients
  std::string visit_mode;             // the mode of visits

  static bool Holds(const std::vector<std::string>& codes, std::string_view code) {
    return std::ranges::any_of(codes, [&](const std::string& of) { return code.starts_with(of); });
  }
};

class Ontology {
 public:
  // `folder`: "data/ontology/plover". Errors: those of Tsv::Load, and kInvalidInput for a type,
  // mode or context that its table does not list.
  static Result<Ontology> Load(const Resources& resources, std::string_view folder);

  // Null where the code, cut back to three and two digits, is not in the table.
  const CodeMeaning* Meaning(std::string_view code) const;
  const EventType* Type(std::string_view name) const;
  // The composition with the longest prefixes, outer first; null if there is none.
  const Composition* Compose(std::string_view outer, std::string_view inner) const;
  // The finer codes of a code, best first; null if it has none.
  const std::vector<Refinement>* Refinements(std::string_view code) const;
  const Functions& functions() const { return functions_; }
  // Whether a sector is of a kind: "official", "outlaw", "private".
  bool SectorIs(std::string_view sector, std::string_view kind) const;
  bool KnowsMode(std::string_view type, std::string_view mode) const;
  bool KnowsContext(std::string_view context) const;
  // Whether an act of this type is no event where only people of such sectors have to do with it.
  bool IsPrivate(std::string_view sector, std::string_view type) const;

 private:
  Result<void> LoadTypes(const Resources& resources, const std::string& base);
  Result<void> LoadCodes(const Resources& resources, const std::string& base);
  Result<void> LoadCompositions(const Resources& resources, const std::string& base);
  Result<void> LoadRefinements(const Resources& resources, const std::string& base);
  Result<void> LoadFunctions(const Resources& resources, const std::string& base);
  Result<void> LoadSectors(const Resources& resources, const std::string& base);

  std::map<std::string, EventType, std::less<>> types_;
  std::map<std::string, CodeMeaning, std::less<>> codes_;
  std::vector<std::pair<std::string, std::string>> modes_;
  std::vector<std::string> contexts_;
  std::vector<Composition> compositions_;
  std::map<std::string, std::vector<Refinement>, std::less<>> refinements_;
  Functions functions_;
  std::map<std::string, std::string, std::less<>> sector_kinds_;
  std::set<std::pair<std::string, std::string>> private_;  // sector, event type
};

}  // namespace kronik
