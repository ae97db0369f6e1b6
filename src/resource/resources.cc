#include "kronik/resources.h"

#include <fstream>
#include <sstream>
#include <system_error>

#include "resource/embedded.h"

namespace kronik {

Result<Resources> Resources::Open(const std::filesystem::path& override_dir) {
  Resources resources;
  for (int i = 0; i < kEmbeddedFileCount; ++i) {
    const EmbeddedFile& file = kEmbeddedFiles[i];
    resources.files_[file.name] = {file.begin, static_cast<size_t>(file.end - file.begin)};
  }
  if (override_dir.empty()) return resources;

  std::error_code error;
  std::filesystem::recursive_directory_iterator walk(override_dir, error), end;
  for (; !error && walk != end; walk.increment(error)) {
    if (!walk->is_regular_file()) continue;
    std::string name = walk->path().lexically_relative(override_dir).generic_string();
    if (Result<void> added = resources.Add(std::move(name), walk->path()); !added) {
      return added.error();
    }
  }
  if (error) return Error{ErrorCode::kIo, error.message(), override_dir.string()};
  return resources;
}

Result<void> Resources::Add(std::string name, const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) return Error{ErrorCode::kIo, "the file can't be read", path.string()};
  std::string& owned = overrides_[name];
  owned = std::move(bytes).str();
  files_[std::move(name)] = owned;
  return {};
}

Result<std::string_view> Resources::Read(std::string_view name) const {
  auto found = files_.find(name);
  if (found == files_.end()) {
    return Error{ErrorCode::kNotFound, "no such data file", std::string(name)};
  }
  return found->second;
}

std::vector<std::string> Resources::List(std::string_view prefix) const {
  std::vector<std::string> names;
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix);
       ++at) {
    names.push_back(at->first);
  }
  return names;
}

std::vector<std::string> Resources::Languages() const {
  constexpr std::string_view kFolder = "data/lang/";
  std::vector<std::string> languages;
  for (const std::string& name : List(kFolder)) {
    std::string language =
        name.substr(kFolder.size(), name.find('/', kFolder.size()) - kFolder.size());
    if (languages.empty() || languages.back() != language) languages.push_back(language);
  }
  return languages;
}

}  // namespace kronik
