// The chronicle's tables in a SQLite file.
#pragma once

#include <memory>
#include <string>

#include "store/database.h"

namespace kronik {

// ":memory:" has no file. Errors: kNotFound for a file that isn't there unless `create`; kIo.
Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, bool create);

}  // namespace kronik
