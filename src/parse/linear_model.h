// LinearModel: sparse linear classification over hashed binary features.
//
// A feature is a 32-bit hash, never 0. The model has, for each feature it knows, the classes whose
// score the feature changes, with 16-bit weights.
// Threads: immutable; any number may read.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "parse/bytes.h"

namespace kronik {

inline constexpr size_t kMaxClasses = 4096;

// The hash of a feature: a template and up to three values.
inline uint32_t Feature(uint32_t id, uint64_t a, uint64_t b = 0, uint64_t c = 0) {
  uint64_t x = (a + id) * 0x9E3779B97F4A7C15u;
  x = ((x ^ (x >> 29)) + b + (uint64_t{id} << 40)) * 0xBF58476D1CE4E5B9u;
  x = ((x ^ (x >> 32)) + c) * 0x94D049BB133111EBu;
  x ^= x >> 31;
  x *= 0x9E3779B97F4A7C15u;
  const auto hash = static_cast<uint32_t>(x >> 32);
  return hash == 0 ? 1 : hash;
}

// A hash of text that is the same on every machine.
inline uint64_t HashText(std::string_view text, uint64_t seed = 0xCBF29CE484222325u) {
  for (char c : text) seed = (seed ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  return seed;
}

class LinearModel {
 public:
  struct Weight {
    uint16_t cls = 0;
    int16_t weight = 0;
  };
  struct Row {
    uint32_t feature = 0;
    std::vector<Weight> weights;
  };

  LinearModel() = default;
  // Rows sorted by feature, none twice, no empty ones; classes below `classes` (at most
  // kMaxClasses).
  LinearModel(size_t classes, const std::vector<Row>& rows);

  void Write(ByteWriter& out) const;
  // On damaged bytes the reader's ok() turns false and the model is empty.
  static LinearModel Read(ByteReader& in);

  size_t classes() const { return classes_; }
  size_t features() const { return features_; }
  // Sets scores[0, classes) to the sums of the features' weights.
  void Score(std::span<const uint32_t> features, std::span<int32_t> scores) const;

 private:
  struct Slot {
    uint32_t feature = 0;  // 0: free
    uint32_t row = 0;      // into weights_
  };
  void Reserve(size_t features);
  void Insert(uint32_t feature, uint32_t row);

  size_t classes_ = 0;
  size_t features_ = 0;
  int shift_ = 31;
  std::vector<Slot>
      slots_;  // open addressing by the hash's high bits, so sorted rows load in order
  std::vector<Weight> weights_;  // each row: a head whose cls is the count, then the weights
};

}  // namespace kronik
