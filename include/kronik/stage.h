// Stage: one step from bytes to chronicle.
//
// A stage is loaded once, is immutable afterwards and shared by all threads. It never does I/O and
// is a pure function of the document and of what it loaded. Scratch memory that is worth keeping
// between documents lives in a Workspace, of which each thread has its own.
#pragma once

#include <any>
#include <cstdint>
#include <string_view>
#include <typeindex>
#include <unordered_map>

#include "kronik/document.h"

namespace kronik {

// The layers of a Document, as a set of bits.
using Layers = uint32_t;
inline constexpr Layers kInputBytes = 1 << 0;
inline constexpr Layers kArticle = 1 << 1;
inline constexpr Layers kTokens = 1 << 2;  // sentences too
inline constexpr Layers kTrees = 1 << 3;   // upos, lemma, feats, head, deprel
inline constexpr Layers kNames = 1 << 4;   // mentions and times
inline constexpr Layers kActors = 1 << 5;
inline constexpr Layers kStatements = 1 << 6;
inline constexpr Layers kEvents = 1 << 7;
inline constexpr Layers kCommitments = 1 << 8;

// Scratch memory of one thread: one default-made object for each type asked for.
class Workspace {
 public:
  template <typename T>
  T& Get() {
    std::any& slot = slots_[std::type_index(typeid(T))];
    if (!slot.has_value()) slot.emplace<T>();
    return *std::any_cast<T>(&slot);
  }

 private:
  std::unordered_map<std::type_index, std::any> slots_;
};

class Stage {
 public:
  virtual ~Stage() = default;
  virtual std::string_view name() const = 0;
  virtual Layers needs() const = 0;
  virtual Layers adds() const = 0;
  // Adds this stage's layers. On an error the document's layers are as they were before.
  virtual Result<void> Annotate(Document& document, Workspace& workspace) const = 0;
};

}  // namespace kronik
