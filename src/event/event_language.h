// EventLanguage: what the event stage knows of one language.
// Threads: immutable after Load.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "event/ontology.h"
#include "kronik/resources.h"
#include "kronik/result.h"
#include "pattern/pattern.h"
#include "pattern/words.h"

namespace kronik {

struct EventLanguage {
  Words words;
  PatternTable patterns;
  std::unordered_map<std::string, std::vector<std::string>> contexts;  // word -> contexts
  // Words of sport, markets and the like: a strong one makes its sentence none of politics.
  WordSet nonpolitical, nonpolitical_weak;
};

using EventLanguages = std::map<std::string, EventLanguage, std::less<>>;

// The languages that have a pattern table in the ontology's folder. Errors: those of the tables,
// and kInvalidInput for a code or context that the ontology does not know.
Result<EventLanguages> LoadEventLanguages(const Resources& resources, const std::string& folder,
                                          const Ontology& ontology);

}  // namespace kronik
