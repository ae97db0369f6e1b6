// Resources: the data and model files, embedded in the library and overridable one by one.
//
// Names are paths below the repository's root: "data/lang/en/language.tsv", "models/en.bin".
// Threads: immutable after Open; any number may read.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kronik/result.h"

namespace kronik {

class Resources {
 public:
  // The embedded files; with `override_dir`, a file found there (same path below it) wins over the
  // embedded one, and files that only it has are added.
  // Errors: kIo if the folder or a file in it can't be read.
  static Result<Resources> Open(const std::filesystem::path& override_dir = {});

  // Adds a file of the user's under a name. Error: kIo.
  Result<void> Add(std::string name, const std::filesystem::path& path);

  // The bytes of a file; they live as long as this object. Error: kNotFound.
  Result<std::string_view> Read(std::string_view name) const;
  bool Has(std::string_view name) const { return files_.find(name) != files_.end(); }
  // The names that start with `prefix`, sorted.
  std::vector<std::string> List(std::string_view prefix) const;
  // The languages that have a folder under data/lang, sorted.
  std::vector<std::string> Languages() const;

 private:
  std::map<std::string, std::string_view, std::less<>> files_;
  std::map<std::string, std::string, std::less<>> overrides_;  // owns their bytes
};

}  // namespace kronik
