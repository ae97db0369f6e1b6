// The files that cmake/Embed.cmake takes into the library.
#pragma once

namespace kronik {

struct EmbeddedFile {
  const char* name;  // below the repository's root
  const char* begin;
  const char* end;
};

extern const EmbeddedFile kEmbeddedFiles[];
extern const int kEmbeddedFileCount;

}  // namespace kronik
