// The chronicle's tables in a PostgreSQL database, in the connection's current schema.
//
// Statements that only write are sent ahead without waiting for the answers, which are read
// together with those of the next that asks; that is what makes many small ones fast.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "store/database.h"

namespace kronik {

// Whether it is a URL of a PostgreSQL database rather than a file's name.
bool IsPostgresUrl(std::string_view place);

// Errors: kInvalidInput for a URL that is none; kNotFound for a database without a chronicle unless
// `create`; kUnsupported for one whose text isn't UTF-8; kIo. No error tells the password.
Result<std::unique_ptr<Database>> OpenPostgres(const std::string& url, bool create);

}  // namespace kronik
