#include "parse/matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace kronik {
namespace {

std::vector<float> Values(size_t count, std::mt19937& random) {
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random() % 2001) / 700.0f - 1.5f;
  return values;
}

// The same to the last bit as the plain sum in its order, whatever vectors the machine has.
TEST(Matrix, MultipliesAsThePlainSumDoes) {
  std::mt19937 random(3);
  for (const size_t rows : {1u, 2u, 4u, 7u}) {
    for (const size_t columns : {16u, 48u, 80u, 112u}) {
      const size_t inner = 1 + random() % 40;
      const std::vector<float> a = Values(rows * inner, random),
                               b = Values(inner * columns, random);
      std::vector<float> out = Values(rows * columns, random), expected = out;
      for (size_t r = 0; r < rows; ++r) {
        for (size_t c = 0; c < columns; ++c) {
          for (size_t k = 0; k < inner; ++k) {
            const float product = b[k * columns + c] * a[r * inner + k];
            expected[r * columns + c] += product;
          }
        }
      }
      std::vector<float> other = out, packed(b.size());
      MultiplyAdd(a.data(), inner, rows, inner, b.data(), columns, out.data(), columns);
      EXPECT_EQ(out, expected) << rows << " x " << inner << " x " << columns;
      Pack(b.data(), inner, columns, packed.data());
      MultiplyAddPacked(a.data(), inner, rows, inner, packed.data(), columns, other.data(),
                        columns);
      EXPECT_EQ(other, expected) << rows << " x " << inner << " x " << columns;
    }
  }
}

TEST(Matrix, RowsMayOverlapInTheInput) {
  const std::vector<float> a = {1, 2, 3}, b(2 * 16, 1.0f);
  std::vector<float> out(2 * 16);
  MultiplyAdd(a.data(), 1, 2, 2, b.data(), 16, out.data(), 16);
  EXPECT_EQ(out.front(), 3);
  EXPECT_EQ(out.back(), 5);
}

TEST(Matrix, Elementwise) {
  std::vector<float> values = {-1e10f, -2, 0, 2, 1e10f};
  Squash(values.data(), values.size());
  EXPECT_THAT(values, testing::ElementsAre(-1, -2 / std::sqrt(5.0f), 0, 2 / std::sqrt(5.0f), 1));
  Rectify(values.data(), values.size());
  EXPECT_THAT(values, testing::ElementsAre(0, 0, 0, 2 / std::sqrt(5.0f), 1));
  const signed char bytes[] = {-3, 127};
  std::vector<float> to = {1, 1};
  AddScaled(bytes, 0.5f, 2, to.data());
  EXPECT_THAT(to, testing::ElementsAre(-0.5f, 64.5f));
  // Forgets everything and opens wholly; then keeps everything and opens half.
  std::vector<float> memory = {5}, out = {0};
  Pool(std::vector<float>{0.5f, -1, 1}.data(), 1, memory.data(), out.data());
  EXPECT_EQ(out[0], 0.5f);
  Pool(std::vector<float>{0.9f, 1, 0}.data(), 1, memory.data(), out.data());
  EXPECT_EQ(out[0], 0.25f);
}

}  // namespace
}  // namespace kronik
