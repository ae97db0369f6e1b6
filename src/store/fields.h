// Reads the fields of a record that may lack them.
#pragma once

#include <string>

#include "record/json.h"

namespace kronik {

// A string; empty where there is none.
inline std::string Text(const Json& record, const char* key) {
  if (!record.is_object()) return "";
  const auto at = record.find(key);
  return at != record.end() && at->is_string() ? at->get<std::string>() : "";
}

// A number; 0 where there is none.
inline double Number(const Json& record, const char* key) {
  const auto at = record.find(key);
  return at != record.end() && at->is_number() ? at->get<double>() : 0;
}

// A list or an object; an empty list where there is none.
inline const Json& Part(const Json& record, const char* key) {
  static const Json kNothing = Json::array();
  if (!record.is_object()) return kNothing;
  const auto at = record.find(key);
  return at != record.end() && !at->is_null() ? *at : kNothing;
}

}  // namespace kronik
