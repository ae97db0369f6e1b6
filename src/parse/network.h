// The network that tags and parses: sums of embeddings of what a word looks like, a convolution
// over its neighbours, and quasi-recurrent layers that read the sentence from both sides give each
// word a vector. From the vectors come the tags and, step by step, the tree.
//
// Source: Kiperwasser and Goldberg 2016 (a transition parser that scores steps by the vectors of a
// few words), Bradbury et al. 2017 (quasi-recurrent layers), Chen and Manning 2014 (products with
// the first layer's weights are computed once for each word).
// Threads: immutable once loaded; scratch is the caller's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "parse/arc_hybrid.h"
#include "parse/bytes.h"
#include "parse/linear_model.h"
#include "parse/matrix.h"
#include "parse/word.h"

namespace kronik {

// Sizes of the layers; all but the last two are multiples of kLane.
struct NetworkShape {
  size_t embedding = 160;
  size_t recurrent = 160;  // of each direction
  size_t layers = 2;
  size_t hidden = 160;  // of the parser
  size_t tags = 0, labels = 0;

  size_t steps() const { return 1 + 2 * labels; }
  // Gives all layers the same width.
  void Widen(size_t width) { embedding = recurrent = hidden = width; }
  bool operator==(const NetworkShape&) const = default;
};

// That of a network which is still to be read or made.
inline constexpr NetworkShape kNoShape{.embedding = 0, .recurrent = 0, .layers = 0, .hidden = 0};

// Where each layer's weights lie among all of them.
struct NetworkLayout {
  explicit NetworkLayout(const NetworkShape& shape);

  struct Block {
    size_t at = 0, rows = 0, columns = 0;
    std::optional<size_t>
        matrix;  // its number among those that rows of some layer are multiplied by
    size_t end() const { return at + rows * columns; }
  };
  // The rows of `convolution` are those for the word before, the word and the word after. Those of
  // a recurrent layer give candidates, forget and output gates forwards, and then backwards.
  Block convolution, convolution_bias;
  std::vector<Block> recurrent, recurrent_bias;
  Block tags, tags_bias;
  Block slots;    // from a word's vector to the hidden layer, for each ParseLook::words
  Block nothing;  // a row for each slot that is empty, and then for each that is the root
  Block tables;   // a row for each value of each ParseLook::values; the first is the bias
  Block steps, steps_bias;
  size_t size = 0;
  size_t matrices = 0;
  size_t tag_layer = 0;  // the tags are read off the output of this recurrent layer

  // Calls `take` with each block, in the order of the weights.
  template <typename Take>
  void ForEach(Take take) const {
    take(convolution), take(convolution_bias);
    for (size_t i = 0; i < recurrent.size(); ++i) take(recurrent[i]), take(recurrent_bias[i]);
    take(tags), take(tags_bias), take(slots), take(nothing), take(tables);
    take(steps), take(steps_bias);
  }
};

// The rows of the embeddings, by the hash of what they stand for.
class Embeddings {
 public:
  Embeddings() = default;
  // `hashes` are sorted, none twice, none 0; `rows` has `width` values for each.
  Embeddings(size_t width, std::vector<uint32_t> hashes, std::span<const float> rows);

  size_t width() const { return width_; }
  size_t size() const { return scales_.size(); }
  // Adds the row of each hash that has one.
  void Sum(std::span<const uint32_t> hashes, float* to) const;

  void Write(ByteWriter& out) const;
  // On damaged bytes the reader's ok() turns false.
  static Embeddings Read(ByteReader& in);

 private:
  struct Slot {
    uint32_t hash = 0;  // 0: free
    uint32_t row = 0;
  };
  void Index(const std::vector<uint32_t>& hashes);

  size_t width_ = 0;
  int shift_ = 31;
  std::vector<Slot> slots_;
  std::vector<float> scales_;        // of each row
  std::vector<signed char> values_;  // times the scale
};

// The hashes of what a word looks like. Replaces `out`.
void WordFeatures(const Word& word, std::vector<uint32_t>& out);

// What the layers make of a sentence, from the embeddings to the products for the parser.
struct Activations {
  size_t words = 0;
  std::vector<float> input;      // words + 2 rows, with an empty one at either end
  std::vector<float> convolved;  // before the input is added, and rectified
  struct Layer {
    std::vector<float> input, gates, memory, output;
  };
  std::vector<Layer> layers;
  std::vector<float> tag_input, tag_scores;
  std::vector<float> parser_input, products;  // the latter with the rows of nothing and root
  WholeRows scratch;
};

// Random zeros between the layers while training (Srivastava et al. 2014); none otherwise.
class Dropout {
 public:
  virtual ~Dropout() = default;
  virtual void Apply(std::vector<float>& values) = 0;
};

// While it learns, weights change by less than a whole number can show, so products are those of
// floats; once frozen, and whenever read from a file, they are those of whole numbers.
class Network {
 public:
  explicit Network(const NetworkShape& shape)
      : shape_(shape), layout_(shape), weights_(layout_.size) {}

  const NetworkShape& shape() const { return shape_; }
  const NetworkLayout& layout() const { return layout_; }
  std::span<const float> weights() const { return weights_; }
  void SetWeights(std::span<const float> weights);  // while it learns
  void Freeze();

  // Makes room for a sentence; the caller then fills input's inner rows with sums of embeddings.
  void Start(size_t words, Activations& state) const;
  // The rest, up to tag_scores (words x Padded(tags)) and products.
  void Run(Activations& state, Dropout* dropout = nullptr) const;

  // The hidden layer of a parser's state, and from it the scores of the steps (Padded(steps())).
  // `more`, where given, is added before the layer is rectified.
  void Hidden(const Activations& state, const ParseLook& look, float* hidden,
              const float* more = nullptr) const;
  void Score(const float* hidden, WholeRows& scratch, float* scores) const;
  // Where in `products` the row of a slot lies.
  size_t ProductAt(const Activations& state, size_t slot, uint32_t word) const;

  void Write(ByteWriter& out) const;
  static Network Read(ByteReader& in);

 private:
  const float* At(const NetworkLayout::Block& block) const { return weights_.data() + block.at; }
  // out[count x columns] += rows * block; a row is `stride` floats from the next.
  void Multiply(const NetworkLayout::Block& block, const float* rows, size_t stride, size_t count,
                WholeRows& scratch, float* out) const;

  NetworkShape shape_;
  NetworkLayout layout_;
  std::vector<float> weights_;
  std::vector<float> packed_;          // the matrices, while it learns
  std::vector<WholeMatrix> matrices_;  // and once frozen
};

}  // namespace kronik
