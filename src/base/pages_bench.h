// For benchmarks: the pages that lie beside the checkout.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace kronik {

// Each page unpacked, by the name of its file; none where there are no pages.
inline std::vector<std::string> PagesBesideTheCheckout() {
  const std::filesystem::path folder = KRONIK_SOURCE_DIR "/../shared/data/pages/html";
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> pages;
  for (const auto& path : files) {
    const gzFile file = gzopen(path.c_str(), "rb");
    if (file == nullptr) continue;
    std::string& page = pages.emplace_back();
    char buffer[1 << 16];
    for (int n; (n = gzread(file, buffer, sizeof(buffer))) > 0;) {
      page.append(buffer, static_cast<size_t>(n));
    }
    gzclose(file);
  }
  return pages;
}

}  // namespace kronik
