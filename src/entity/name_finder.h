// NameFinder: the names of a document, from a language's model and the lists of known words.
//
// What the model finds is settled by what a name is here: without the titles and roles before it
// ("Foreign Minister Ivan Petrenko" is the person Ivan Petrenko), with a capital where the document
// has any, and the same in the whole document (a surname alone means the person named in full
// elsewhere). A country or organisation of the data files is a name wherever the model sees none.
// A language without a model has those alone.
// Threads: immutable; any number may use it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "entity/name_lists.h"
#include "entity/name_model.h"
#include "kronik/document.h"
#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

class NameFinder {
 public:
  // All languages, with models/<lang>.names.bin where there is one.
  // Errors: a table or model that doesn't load.
  static Result<NameFinder> Load(const Resources& resources);

  void Add(const std::string& lang, NameLists lists, NameModel model);

  // The names of the body, in text order, never overlapping. Needs sentences and tokens.
  std::vector<Mention> Find(const Document& document) const;

 private:
  struct Language {
    NameLists lists;
    NameModel model;
  };
  std::map<std::string, Language, std::less<>> languages_;
};

}  // namespace kronik
