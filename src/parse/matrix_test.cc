#include "parse/matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "parse/kernels.h"

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
      std::vector<float> packed(b.size());
      Pack(b.data(), inner, columns, packed.data());
      for (const Kernels* kernels : MachineKernels()) {
        std::vector<float> sums = out;
        kernels->multiply_add(a.data(), inner, rows, inner, packed.data(), columns, sums.data(),
                              columns);
        EXPECT_EQ(sums, expected) << kernels->name << rows << " x " << inner << " x " << columns;
      }
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

// Close to the product of the floats, and the same to the last bit with every kind of vectors.
TEST(WholeMatrix, MultipliesAlikeWithAllVectors) {
  std::mt19937 random(5);
  WholeRows scratch;
  for (const size_t rows : {1u, 2u, 3u, 8u, 13u}) {
    for (const size_t columns : {16u, 48u, 80u, 112u}) {
      const size_t inner = 2 + 2 * (random() % 40);
      std::vector<float> a = Values(rows * inner, random);
      const std::vector<float> b = Values(inner * columns, random);
      std::fill_n(a.begin(), inner, 0.0f);
      const std::vector<float> out = Values(rows * columns, random);
      std::vector<float> near = out, first, packed(b.size());
      Pack(b.data(), inner, columns, packed.data());
      MultiplyAdd(a.data(), inner, rows, inner, packed.data(), columns, near.data(), columns);
      const WholeMatrix matrix(b, inner, columns);
      for (const Kernels* kernels : MachineKernels()) {
        std::vector<float> sums = out;
        matrix.MultiplyAdd(a.data(), inner, rows, scratch, sums.data(), *kernels);
        EXPECT_THAT(sums, testing::Pointwise(testing::FloatNear(0.02f), near)) << kernels->name;
        if (first.empty()) first = sums;
        EXPECT_EQ(sums, first) << kernels->name;
      }
    }
  }
}

TEST(WholeMatrix, NoSumOverflows) {
  WholeRows scratch;
  for (const size_t inner : {2u, 128u, 3072u}) {
    for (const float value : {1.0f, -1.0f}) {
      const std::vector<float> row(inner, value);
      const WholeMatrix matrix(std::vector<float>(inner * kLane, 3.0f), inner, kLane);
      for (const Kernels* kernels : MachineKernels()) {
        std::vector<float> out(kLane);
        matrix.MultiplyAdd(row.data(), inner, 1, scratch, out.data(), *kernels);
        const float expected = 3 * value * static_cast<float>(inner);
        EXPECT_THAT(out, testing::Each(testing::FloatNear(expected, 0.01f))) << kernels->name;
      }
    }
  }
}

TEST(WholeMatrix, OfNothingButZeros) {
  WholeRows scratch;
  std::vector<float> out(kLane, 1.0f);
  const std::vector<float> row = {5, 1e-40f};
  WholeMatrix(std::vector<float>(2 * kLane), 2, kLane)
      .MultiplyAdd(row.data(), 2, 1, scratch, out.data());
  EXPECT_THAT(out, testing::Each(1.0f));
}

TEST(Matrix, SumsRowsAndFindsTheLargest) {
  std::mt19937 random(4);
  for (const Kernels* kernels : MachineKernels()) {
    const std::vector<float> a = Values(48, random), b = Values(48, random), c = Values(48, random);
    const float* const rows[] = {a.data(), b.data(), c.data()};
    std::vector<float> sum(48);
    kernels->sum_rows(rows, 3, 48, sum.data());
    for (size_t i = 0; i < 48; ++i) EXPECT_EQ(sum[i], a[i] + b[i] + c[i]) << kernels->name;
    for (size_t count = 1; count <= 48; ++count) {
      const auto most = std::max_element(a.begin(), a.begin() + static_cast<ptrdiff_t>(count));
      EXPECT_EQ(kernels->largest(a.data(), count), static_cast<size_t>(most - a.begin()));
    }
    EXPECT_EQ(kernels->largest(std::vector<float>(40, -1.0f).data(), 40), 0u) << kernels->name;
  }
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
