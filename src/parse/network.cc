#include "parse/network.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kronik {
namespace {

// So that a file can't ask for much memory.
constexpr size_t kWidest = 1024;  // of any layer
constexpr size_t kMostWeights = size_t{1} << 24;

// Weights as whole numbers and a scale. The error is far below what training leaves to chance.
void WriteScaled(std::span<const float> values, ByteWriter& out) {
  float most = 0;
  for (float value : values) most = std::max(most, std::abs(value));
  const float scale = most / static_cast<float>(WholeMatrix::kMost);
  out.Number(std::bit_cast<uint32_t>(scale));
  for (float value : values) {
    out.Signed(scale == 0 ? 0 : static_cast<int64_t>(std::lround(value / scale)));
  }
}

float ReadScale(ByteReader& in) {
  const uint64_t bits = in.Number();
  const float scale = std::bit_cast<float>(static_cast<uint32_t>(bits));
  // Finite, and small enough that no sum overflows.
  if (bits > UINT32_MAX || !(scale >= 0 && scale < 1e6f)) in.Fail();
  return in.ok() ? scale : 0;
}

}  // namespace

NetworkLayout::NetworkLayout(const NetworkShape& shape) {
  const auto block = [&](size_t rows, size_t columns) {
    const Block made{size, rows, columns, std::nullopt};
    size = made.end();
    return made;
  };
  const auto matrix = [&](size_t rows, size_t columns) {
    Block made = block(rows, columns);
    made.matrix = matrices++;
    return made;
  };
  const size_t both = 2 * shape.recurrent;
  convolution = matrix(3 * shape.embedding, shape.embedding);
  convolution_bias = block(1, shape.embedding);
  for (size_t i = 0; i < shape.layers; ++i) {
    recurrent.push_back(matrix(i == 0 ? shape.embedding : both, 6 * shape.recurrent));
    recurrent_bias.push_back(block(1, 6 * shape.recurrent));
  }
  tags = matrix(both, Padded(shape.tags));
  tags_bias = block(1, Padded(shape.tags));
  slots = matrix(both, ParseLook::kWords * shape.hidden);
  nothing = block(2, ParseLook::kWords * shape.hidden);
  tables = block(ParseLook::Rows(shape.labels), shape.hidden);
  steps = matrix(shape.hidden, Padded(shape.steps()));
  steps_bias = block(1, Padded(shape.steps()));
  tag_layer = shape.layers < 2 ? 0 : shape.layers - 2;
}

Embeddings::Embeddings(size_t width, std::vector<uint32_t> hashes, std::span<const float> rows)
    : width_(width) {
  for (size_t row = 0; row < hashes.size(); ++row) {
    const std::span<const float> values = rows.subspan(row * width, width);
    float most = 0;
    for (float value : values) most = std::max(most, std::abs(value));
    scales_.push_back(most / 127);
    for (float value : values) {
      values_.push_back(most == 0 ? 0 : static_cast<signed char>(std::lround(value / most * 127)));
    }
  }
  Index(hashes);
}

void Embeddings::Index(const std::vector<uint32_t>& hashes) {
  int bits = 1;
  while ((size_t{1} << bits) < hashes.size() * 2) ++bits;
  shift_ = 32 - bits;
  slots_.assign(size_t{1} << bits, Slot{});
  for (uint32_t row = 0; row < hashes.size(); ++row) {
    size_t at = hashes[row] >> shift_;
    while (slots_[at].hash != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hashes[row], row};
  }
}

void Embeddings::Sum(std::span<const uint32_t> hashes, float* to) const {
  if (slots_.empty()) return;
  // The tables are larger than the caches: ask for all lines before the first is needed.
  for (uint32_t hash : hashes) __builtin_prefetch(&slots_[hash >> shift_]);
  for (uint32_t hash : hashes) {
    size_t at = hash >> shift_;
    while (slots_[at].hash != hash && slots_[at].hash != 0) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].hash == 0) continue;
    const size_t row = slots_[at].row;
    AddScaled(&values_[row * width_], scales_[row], width_, to);
  }
}

void Embeddings::Write(ByteWriter& out) const {
  std::vector<uint32_t> hashes(size());
  for (const Slot& slot : slots_) {
    if (slot.hash != 0) hashes[slot.row] = slot.hash;
  }
  out.Number(width_);
  out.Number(hashes.size());
  uint32_t last = 0;
  for (uint32_t hash : hashes) {
    out.Number(hash - last);
    last = hash;
  }
  for (float scale : scales_) out.Number(std::bit_cast<uint32_t>(scale));
  for (signed char value : values_) out.Byte(static_cast<uint8_t>(value));
}

Embeddings Embeddings::Read(ByteReader& in) {
  Embeddings read;
  const uint64_t width = in.Number();
  const size_t count = in.Count();
  if (width == 0 || width > kWidest || width % kLane != 0 || count > in.left() / width) in.Fail();
  if (!in.ok()) return {};
  read.width_ = static_cast<size_t>(width);
  std::vector<uint32_t> hashes(count);
  uint64_t last = 0;
  for (uint32_t& hash : hashes) {
    const uint64_t step = in.Number();
    if (step == 0 || step > UINT32_MAX || last + step > UINT32_MAX) return in.Fail(), Embeddings();
    last += step;
    hash = static_cast<uint32_t>(last);
  }
  for (size_t i = 0; i < count; ++i) read.scales_.push_back(ReadScale(in));
  const std::string_view values = in.Bytes(count * read.width_);
  if (!in.ok()) return {};
  read.values_.assign(values.begin(), values.end());
  read.Index(hashes);
  return read;
}

void WordFeatures(const Word& word, std::vector<uint32_t>& out) {
  out.clear();
  uint32_t id = 8000;
  const auto add = [&](uint64_t value) {
    ++id;
    if (value != 0) out.push_back(Feature(id, value));
  };
  add(word.norm);
  add(word.upper ? word.raw : 0);
  add(word.shape);
  for (uint64_t prefix : word.prefix) add(prefix);
  for (uint64_t suffix : word.suffix) add(suffix);
}

void Network::SetWeights(std::span<const float> weights) {
  weights_.assign(weights.begin(), weights.end());
  packed_.resize(layout_.size);
  layout_.ForEach([&](const NetworkLayout::Block& block) {
    if (block.matrix) Pack(At(block), block.rows, block.columns, packed_.data() + block.at);
  });
}

void Network::Freeze() {
  matrices_.resize(layout_.matrices);
  layout_.ForEach([&](const NetworkLayout::Block& block) {
    if (!block.matrix) return;
    const std::span values(At(block), block.rows * block.columns);
    matrices_[*block.matrix] = WholeMatrix(values, block.rows, block.columns);
  });
  packed_ = {};
}

void Network::Multiply(const NetworkLayout::Block& block, const float* rows, size_t stride,
                       size_t count, WholeRows& scratch, float* out) const {
  if (matrices_.empty()) {
    MultiplyAdd(rows, stride, count, block.rows, packed_.data() + block.at, block.columns, out,
                block.columns);
  } else {
    matrices_[*block.matrix].MultiplyAdd(rows, stride, count, scratch, out);
  }
}

void Network::Start(size_t words, Activations& state) const {
  state.words = words;
  state.input.assign((words + 2) * shape_.embedding, 0.0f);
}

void Network::Run(Activations& state, Dropout* dropout) const {
  const size_t n = state.words;
  const auto fill = [](std::vector<float>& rows, const float* row, size_t count, size_t width) {
    rows.resize(count * width);
    for (size_t i = 0; i < count; ++i) std::copy_n(row, width, rows.data() + i * width);
  };
  const auto drop = [&](std::vector<float>& values) {
    if (dropout != nullptr) dropout->Apply(values);
  };
  drop(state.input);
  // A row, the one before and the one after lie side by side already.
  const size_t width = shape_.embedding;
  fill(state.convolved, At(layout_.convolution_bias), n, width);
  Multiply(layout_.convolution, state.input.data(), width, n, state.scratch,
           state.convolved.data());
  Rectify(state.convolved.data(), state.convolved.size());

  const size_t h = shape_.recurrent, both = 2 * h, gates = 6 * h;
  state.layers.resize(shape_.layers);
  for (size_t i = 0; i < shape_.layers; ++i) {
    Activations::Layer& layer = state.layers[i];
    if (i == 0) {
      layer.input.assign(state.input.begin() + static_cast<ptrdiff_t>(width),
                         state.input.end() - static_cast<ptrdiff_t>(width));
      AddScaled(state.convolved.data(), 1, n * width, layer.input.data());
    } else {
      layer.input = state.layers[i - 1].output;
    }
    drop(layer.input);
    fill(layer.gates, At(layout_.recurrent_bias[i]), n, gates);
    Multiply(layout_.recurrent[i], layer.input.data(), layout_.recurrent[i].rows, n, state.scratch,
             layer.gates.data());
    Squash(layer.gates.data(), n * gates);
    // The memory after each word, in both directions.
    layer.memory.assign(n * both, 0.0f);
    layer.output.assign(n * both, 0.0f);
    for (const bool backwards : {false, true}) {
      const size_t side = backwards ? h : 0;
      for (size_t step = 0; step < n; ++step) {
        const size_t at = backwards ? n - 1 - step : step;
        float* memory = layer.memory.data() + at * both + side;
        if (step > 0) std::copy_n(backwards ? memory + both : memory - both, h, memory);
        Pool(layer.gates.data() + at * gates + 3 * side, h, memory,
             layer.output.data() + at * both + side);
      }
    }
    if (i > 0) AddScaled(state.layers[i - 1].output.data(), 1, n * both, layer.output.data());
  }

  const size_t tags = layout_.tags.columns;
  state.tag_input = state.layers[layout_.tag_layer].output;
  drop(state.tag_input);
  fill(state.tag_scores, At(layout_.tags_bias), n, tags);
  Multiply(layout_.tags, state.tag_input.data(), both, n, state.scratch, state.tag_scores.data());

  const size_t products = layout_.slots.columns;
  state.parser_input = state.layers.back().output;
  drop(state.parser_input);
  state.products.assign((n + 2) * products, 0.0f);
  Multiply(layout_.slots, state.parser_input.data(), both, n, state.scratch, state.products.data());
  std::copy_n(At(layout_.nothing), 2 * products, state.products.data() + n * products);
}

size_t Network::ProductAt(const Activations& state, size_t slot, uint32_t word) const {
  const size_t row = word < state.words ? word : word == state.words ? word + 1 : state.words;
  return row * layout_.slots.columns + slot * shape_.hidden;
}

void Network::Hidden(const Activations& state, const ParseLook& look, float* hidden,
                     const float* more) const {
  const size_t width = shape_.hidden;
  std::array<const float*, ParseLook::kWords + ParseLook::kValues + 1> rows;
  size_t count = 0;
  const auto add_table = [&](uint32_t value) {
    rows[count++] = At(layout_.tables) + value * width;
  };
  add_table(look.values[0]);
  for (size_t i = 0; i < look.words.size(); ++i) {
    rows[count++] = state.products.data() + ProductAt(state, i, look.words[i]);
  }
  for (size_t i = 1; i < look.values.size(); ++i) add_table(look.values[i]);
  if (more != nullptr) rows[count++] = more;
  SumRows(rows.data(), count, width, hidden);
  Rectify(hidden, width);
}

void Network::Score(const float* hidden, WholeRows& scratch, float* scores) const {
  std::copy_n(At(layout_.steps_bias), layout_.steps.columns, scores);
  Multiply(layout_.steps, hidden, shape_.hidden, 1, scratch, scores);
}

void Network::Write(ByteWriter& out) const {
  for (size_t size : {shape_.embedding, shape_.recurrent, shape_.layers, shape_.hidden, shape_.tags,
                      shape_.labels}) {
    out.Number(size);
  }
  std::span<const float> all(weights_);
  const auto write = [&](const NetworkLayout::Block& block) {
    WriteScaled(all.subspan(block.at, block.rows * block.columns), out);
  };
  layout_.ForEach(write);
}

Network Network::Read(ByteReader& in) {
  NetworkShape shape;
  for (size_t* size : {&shape.embedding, &shape.recurrent, &shape.layers, &shape.hidden,
                       &shape.tags, &shape.labels}) {
    const uint64_t value = in.Number();
    if (value == 0 || value > kMaxClasses) in.Fail();
    *size = static_cast<size_t>(value);
  }
  for (size_t size : {shape.embedding, shape.recurrent, shape.hidden}) {
    if (size > kWidest || size % kLane != 0) in.Fail();
  }
  if (shape.layers > 8 || shape.steps() > kMaxClasses) in.Fail();
  if (!in.ok() || NetworkLayout(shape).size > std::min(in.left(), kMostWeights)) {
    return in.Fail(), Network(kNoShape);
  }
  Network network(shape);
  network.layout_.ForEach([&](const NetworkLayout::Block& block) {
    const float scale = ReadScale(in);
    for (size_t i = block.at; i < block.end(); ++i) {
      const int64_t value = in.Signed();
      if (value < -WholeMatrix::kMost || value > WholeMatrix::kMost) in.Fail();
      network.weights_[i] = static_cast<float>(value) * scale;
    }
  });
  if (!in.ok()) return Network(NetworkShape());
  network.Freeze();
  return network;
}

}  // namespace kronik
