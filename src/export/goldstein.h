// The Goldstein scale: CAMEO codes and their values.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "kronik/resources.h"
#include "kronik/result.h"

namespace kronik {

using GoldsteinScale = std::map<std::string, double, std::less<>>;

// Errors: those of Tsv::Load, and kInvalidInput for what is no number.
Result<GoldsteinScale> LoadGoldstein(const Resources& resources);

}  // namespace kronik
