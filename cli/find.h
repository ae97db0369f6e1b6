// `kronik find` and `kronik stats`: what the chronicle has of this or that.
#pragma once

#include <string>
#include <vector>

#include "kronik/store.h"

namespace kronik::cli {

// Each prints a table in one of kTableForms and returns the exit code. `kind` is events, statements
// or articles.
int Find(const std::string& kind, const Query& query, const std::string& store,
         const std::string& form);
int Stats(const Query& query, const std::vector<std::string>& by, const std::string& store,
          const std::string& form);

}  // namespace kronik::cli
