#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "train/learn.h"
#include "train/oracle.h"

namespace kronik::train {
namespace {

// Small and the same everywhere (Vigna's xorshift64*).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  uint64_t Next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1Du;
  }
  size_t Below(size_t n) { return static_cast<size_t>((Next() >> 32) * n >> 32); }
  float Unit() { return static_cast<float>(Next() >> 40) * 0x1p-24f; }  // [0, 1)

 private:
  uint64_t state_;
};

// Keeps the masks, so that the way back can use them, last one first.
class Masks : public Dropout {
 public:
  Masks(float rate, Random& random)
      : threshold_(static_cast<uint8_t>(rate * 256)), random_(random) {}

  void Apply(std::vector<float>& values) override {
    std::vector<uint8_t>& mask = masks_.emplace_back(values.size());
    uint64_t bits = 0;
    for (size_t i = 0; i < mask.size(); ++i) {
      if (i % 8 == 0) bits = random_.Next();
      mask[i] = static_cast<uint8_t>(bits & 0xFF) >= threshold_ ? 1 : 0;
      bits >>= 8;
    }
    Use(mask, values);
  }
  void Back(std::vector<float>& values) {
    Use(masks_.back(), values);
    masks_.pop_back();
  }
  void Clear() { masks_.clear(); }

 private:
  void Use(const std::vector<uint8_t>& mask, std::vector<float>& values) const {
    const float scale = 256.0f / static_cast<float>(256 - threshold_);
    for (size_t i = 0; i < mask.size(); ++i) values[i] = mask[i] != 0 ? values[i] * scale : 0.0f;
  }

  const uint8_t threshold_;
  Random& random_;
  std::vector<std::vector<uint8_t>> masks_;
};

// Values with their gradient and Adam's moments.
struct Parameters {
  std::vector<float> values, gradient, mean, square;

  explicit Parameters(size_t size) : values(size), gradient(size), mean(size), square(size) {}
  void Step(size_t from, size_t to, float rate, float scale) {
    constexpr float kMean = 0.9f, kSquare = 0.995f;
    float* __restrict w = values.data();
    float* __restrict g = gradient.data();
    float* __restrict m = mean.data();
    float* __restrict v = square.data();
    for (size_t i = from; i < to; ++i) {
      const float d = g[i] * scale;
      g[i] = 0;
      m[i] = kMean * m[i] + (1 - kMean) * d;
      v[i] = kSquare * v[i] + (1 - kSquare) * d * d;
      w[i] -= rate * m[i] / (std::sqrt(v[i]) + 1e-8f);
    }
  }
};

void Transpose(const float* from, size_t rows, size_t columns, float* to) {
  for (size_t r = 0; r < rows; ++r) {
    for (size_t c = 0; c < columns; ++c) to[c * rows + r] = from[r * columns + c];
  }
}

class Trainer {
 public:
  Trainer(const TagSet& set, size_t labels, size_t root_label, const std::vector<Example>& examples,
          const Options& options)
      : set_(set),
        root_label_(root_label),
        examples_(examples),
        options_(options),
        random_(options.seed),
        network_(Shape(set, labels, options)),
        weights_(network_.layout().size),
        guides_(kGuideValues * network_.shape().hidden),
        rows_(0),
        transposed_(network_.layout().size),
        masks_(options.dropout, random_),
        hidden_masks_(options.dropout, random_) {
    std::map<uint32_t, int> counts;
    for (const Example& example : examples) {
      for (const auto& word : example.features) {
        for (uint32_t hash : word) counts[hash] += example.weight;
      }
    }
    for (const auto& [hash, count] : counts) {
      if (count < 2) continue;
      row_of_[hash] = static_cast<uint32_t>(hashes_.size());
      hashes_.push_back(hash);
      keep_.push_back(static_cast<float>(count) / (static_cast<float>(count) + 0.25f));
    }
    const size_t width = network_.shape().embedding;
    rows_ = Parameters(hashes_.size() * width);
    for (float& value : rows_.values) value = (random_.Unit() - 0.5f) * 0.3f;
    touched_.assign(hashes_.size(), false);
    const NetworkLayout& layout = network_.layout();
    const auto fill = [&](const NetworkLayout::Block& block, float most) {
      for (size_t i = block.at; i < block.end(); ++i) {
        weights_.values[i] = (2 * random_.Unit() - 1) * most;
      }
    };
    const auto spread = [&](const NetworkLayout::Block& block, size_t columns) {
      fill(block, std::sqrt(6.0f / static_cast<float>(block.rows + columns)));
    };
    spread(layout.convolution, layout.convolution.columns);
    const size_t h = network_.shape().recurrent;
    for (size_t i = 0; i < layout.recurrent.size(); ++i) {
      spread(layout.recurrent[i], 2 * h);
      for (const size_t side : {size_t{0}, 3 * h}) {
        std::fill_n(&weights_.values[layout.recurrent_bias[i].at + side + h], h, 1.0f);
      }
    }
    spread(layout.tags, layout.tags.columns);
    spread(layout.slots, network_.shape().hidden);
    fill(layout.nothing, 0.1f);
    fill(layout.tables, 0.1f);
    spread(layout.steps, layout.steps.columns);
    Share();
  }

  Learned Run(const std::function<void(const std::string&)>& log) {
    std::vector<size_t> order;
    size_t words = 0;
    for (size_t i = 0; i < examples_.size(); ++i) {
      order.insert(order.end(), static_cast<size_t>(examples_[i].weight), i);
      words += examples_[i].words.size() * static_cast<size_t>(examples_[i].weight);
    }
    const size_t all = words * static_cast<size_t>(options_.epochs);
    size_t done = 0;
    for (epoch_ = 0; epoch_ < options_.epochs; ++epoch_) {
      for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.Below(i)]);
      steps_ = wrong_ = tagged_ = wrong_tags_ = 0;
      size_t batch = 0;
      for (size_t k = 0; k < order.size(); ++k) {
        Learn(examples_[order[k]]);
        batch += examples_[order[k]].words.size();
        if (batch < options_.batch && k + 1 < order.size()) continue;
        done += batch;
        // Rises quickly, and falls to nothing.
        const float part = static_cast<float>(done) / static_cast<float>(all);
        Update(options_.rate * std::min({1.0f, part * 50, 1.05f - part}),
               1.0f / static_cast<float>(batch));
        batch = 0;
      }
      log("epoch " + std::to_string(epoch_ + 1) + ": " + std::to_string(wrong_tags_) + " of " +
          std::to_string(tagged_) + " tags wrong, " + std::to_string(wrong_) + " of " +
          std::to_string(steps_) + " steps");
    }
    Learned learned;
    learned.embeddings = Embeddings(network_.shape().embedding, hashes_, rows_.values);
    network_.Freeze();
    learned.network = network_;
    learned.guide_rows = guides_.values;
    return learned;
  }

 private:
  static NetworkShape Shape(const TagSet& set, size_t labels, const Options& options) {
    NetworkShape shape = options.shape;
    shape.tags = set.tags.size();
    shape.labels = labels;
    return shape;
  }

  void Learn(const Example& example) {
    const size_t n = example.words.size(), width = network_.shape().embedding;
    if (n == 0 || n > 400) return;
    network_.Start(n, state_);
    std::vector<std::vector<uint32_t>> rows(n);
    for (size_t i = 0; i < n; ++i) {
      for (uint32_t hash : example.features[i]) {
        const auto found = row_of_.find(hash);
        if (found == row_of_.end() || random_.Unit() >= keep_[found->second]) continue;
        rows[i].push_back(found->second);
        AddScaled(&rows_.values[found->second * width], 1, width, &state_.input[(i + 1) * width]);
      }
    }
    masks_.Clear();
    network_.Run(state_, &masks_);
    TagLoss(example);
    ParseLoss(example);
    Back();
    for (size_t i = 0; i < n; ++i) {
      for (uint32_t row : rows[i]) {
        if (!touched_[row]) touched_list_.push_back(row);
        touched_[row] = true;
        AddScaled(&d_input_[(i + 1) * width], 1, width, &rows_.gradient[row * width]);
      }
    }
  }

  // The gradient of the tags' scores: cross entropy, over all tags of the right part of speech
  // where no more is known.
  void TagLoss(const Example& example) {
    const size_t tags = set_.tags.size(), columns = network_.layout().tags.columns;
    d_tags_.assign(state_.words * columns, 0.0f);
    for (size_t i = 0; i < state_.words; ++i) {
      const float* scores = &state_.tag_scores[i * columns];
      float* out = &d_tags_[i * columns];
      const auto right = [&](size_t tag) {
        return example.tags_known ? tag == example.tags[i]
                                  : set_.tags[tag].upos == set_.tags[example.tags[i]].upos;
      };
      const size_t best = static_cast<size_t>(std::max_element(scores, scores + tags) - scores);
      ++tagged_;
      wrong_tags_ += right(best) ? 0 : 1;
      float sum = 0, right_sum = 0;
      for (size_t tag = 0; tag < tags; ++tag) {
        out[tag] = std::exp(scores[tag] - scores[best]);
        sum += out[tag];
        if (right(tag)) right_sum += out[tag];
      }
      for (size_t tag = 0; tag < tags; ++tag) {
        out[tag] = out[tag] / sum - (right(tag) ? out[tag] / std::max(right_sum, 1e-20f) : 0.0f);
      }
    }
  }

  // The gradient of the products and of the parser's own layers.
  void ParseLoss(const Example& example) {
    const NetworkLayout& layout = network_.layout();
    const size_t n = state_.words, width = network_.shape().hidden;
    const size_t classes = network_.shape().steps(), columns = layout.steps.columns;
    hidden_.assign(2 * n * width, 0.0f);
    d_scores_.assign(2 * n * columns, 0.0f);
    looks_.clear();
    guide_values_.clear();
    std::vector<float> hidden(width), scores(columns);
    std::vector<int> costs;
    Oracle oracle(example.heads, example.labels);
    hidden_masks_.Clear();
    size_t step = 0;
    for (parse_.Start(n, network_.shape().labels, root_label_); !parse_.done(); ++step) {
      looks_.push_back(parse_.Look());
      const float* guide = nullptr;
      if (!example.guides.empty()) {
        guide_values_.push_back(GuideValue(example.guides, parse_));
        guide = &guides_.values[guide_values_.back() * width];
      }
      network_.Hidden(state_, looks_.back(), hidden.data(), guide);
      hidden_masks_.Apply(hidden);
      std::copy(hidden.begin(), hidden.end(), &hidden_[step * width]);
      network_.Score(hidden.data(), state_.scratch, scores.data());
      oracle.Costs(parse_, costs);
      size_t best = SIZE_MAX, gold = SIZE_MAX;
      const int least = *std::ranges::min_element(costs);
      for (size_t i = 0; i < classes; ++i) {
        if (costs[i] == Oracle::kNever) continue;
        if (best == SIZE_MAX || scores[i] > scores[best]) best = i;
        if (costs[i] == least && (gold == SIZE_MAX || scores[i] > scores[gold])) gold = i;
      }
      float* out = &d_scores_[step * columns];
      float sum = 0, right_sum = 0;
      for (size_t i = 0; i < classes; ++i) {
        if (costs[i] == Oracle::kNever) continue;
        out[i] = std::exp(scores[i] - scores[best]);
        sum += out[i];
        if (costs[i] == least) right_sum += out[i];
      }
      for (size_t i = 0; i < classes; ++i) {
        out[i] = out[i] / sum - (costs[i] == least ? out[i] / std::max(right_sum, 1e-20f) : 0.0f);
      }
      ++steps_;
      wrong_ += costs[best] > least ? 1 : 0;
      // Follow its own mistakes most of the time, once it knows a little.
      const size_t next = epoch_ > 0 && random_.Below(10) != 0 ? best : gold;
      oracle.Note(parse_, next);
      parse_.Do(next);
    }

    d_hidden_.assign(step * width, 0.0f);
    MultiplyAdd(d_scores_.data(), columns, step, columns, &transposed_[layout.steps.at], width,
                d_hidden_.data(), width);
    AddOuter(hidden_.data(), step, width, d_scores_.data(), layout.steps);
    AddRows(d_scores_.data(), step, layout.steps_bias);
    d_products_.assign((n + 2) * layout.slots.columns, 0.0f);
    std::vector<float> row(width);
    for (size_t s = step; s-- > 0;) {
      std::copy_n(&d_hidden_[s * width], width, row.data());
      hidden_masks_.Back(row);
      for (size_t i = 0; i < width; ++i) {
        if (hidden_[s * width + i] == 0) row[i] = 0;
      }
      float* tables = &weights_.gradient[layout.tables.at];
      AddScaled(row.data(), 1, width, tables);
      for (size_t i = 0; i < ParseLook::kWords; ++i) {
        AddScaled(row.data(), 1, width,
                  &d_products_[network_.ProductAt(state_, i, looks_[s].words[i])]);
      }
      for (size_t i = 1; i < ParseLook::kValues; ++i) {
        AddScaled(row.data(), 1, width, tables + looks_[s].values[i] * width);
      }
      if (!guide_values_.empty()) {
        AddScaled(row.data(), 1, width, &guides_.gradient[guide_values_[s] * width]);
        guided_ = true;
      }
    }
  }

  // From the gradients of scores and products back to that of the embeddings.
  void Back() {
    const NetworkLayout& layout = network_.layout();
    const NetworkShape& shape = network_.shape();
    const size_t n = state_.words, h = shape.recurrent, both = 2 * h, gates = 6 * h;
    std::vector<std::vector<float>> d_output(shape.layers, std::vector<float>(n * both));

    AddScaled(&d_products_[n * layout.slots.columns], 1, 2 * layout.slots.columns,
              &weights_.gradient[layout.nothing.at]);
    AddOuter(state_.parser_input.data(), n, both, d_products_.data(), layout.slots);
    MultiplyAdd(d_products_.data(), layout.slots.columns, n, layout.slots.columns,
                &transposed_[layout.slots.at], both, d_output.back().data(), both);
    masks_.Back(d_output.back());

    std::vector<float> d_tag_input(n * both);
    AddOuter(state_.tag_input.data(), n, both, d_tags_.data(), layout.tags);
    AddRows(d_tags_.data(), n, layout.tags_bias);
    MultiplyAdd(d_tags_.data(), layout.tags.columns, n, layout.tags.columns,
                &transposed_[layout.tags.at], both, d_tag_input.data(), both);
    masks_.Back(d_tag_input);
    AddScaled(d_tag_input.data(), 1, n * both, d_output[layout.tag_layer].data());

    std::vector<float> d_layer_input, d_gates(n * gates);
    for (size_t i = shape.layers; i-- > 0;) {
      const Activations::Layer& layer = state_.layers[i];
      for (const bool backwards : {false, true}) {
        const size_t side = backwards ? h : 0;
        std::vector<float> d_memory(h);
        for (size_t step = n; step-- > 0;) {
          const size_t at = backwards ? n - 1 - step : step;
          const float* gate = &layer.gates[at * gates + 3 * side];
          const float* memory = &layer.memory[at * both + side];
          const float* before = step == 0 ? nullptr : backwards ? memory + both : memory - both;
          const float* d_out = &d_output[i][at * both + side];
          float* d_gate = &d_gates[at * gates + 3 * side];
          for (size_t j = 0; j < h; ++j) {
            const float z = gate[j], f = gate[h + j], o = gate[2 * h + j];
            const float open = 0.5f + 0.5f * o, keep = 0.5f + 0.5f * f;
            const float past = before == nullptr ? 0 : before[j];
            const float d_open = d_out[j] * memory[j];
            const float d = d_memory[j] + d_out[j] * open;
            d_memory[j] = d * keep;
            d_gate[j] = d * (1 - keep) * Slope(z);
            d_gate[h + j] = d * (past - z) * 0.5f * Slope(f);
            d_gate[2 * h + j] = d_open * 0.5f * Slope(o);
          }
        }
      }
      const size_t inner = layout.recurrent[i].rows;
      AddOuter(layer.input.data(), n, inner, d_gates.data(), layout.recurrent[i]);
      AddRows(d_gates.data(), n, layout.recurrent_bias[i]);
      d_layer_input.assign(n * inner, 0.0f);
      MultiplyAdd(d_gates.data(), gates, n, gates, &transposed_[layout.recurrent[i].at], inner,
                  d_layer_input.data(), inner);
      masks_.Back(d_layer_input);
      if (i > 0) {
        AddScaled(d_layer_input.data(), 1, n * both, d_output[i - 1].data());
        AddScaled(d_output[i].data(), 1, n * both, d_output[i - 1].data());
      }
    }

    const size_t width = shape.embedding;
    d_input_.assign((n + 2) * width, 0.0f);
    std::vector<float> d_convolved = d_layer_input;
    for (size_t k = 0; k < d_convolved.size(); ++k) {
      if (state_.convolved[k] == 0) d_convolved[k] = 0;
    }
    AddRows(d_convolved.data(), n, layout.convolution_bias);
    for (size_t part = 0; part < 3; ++part) {
      NetworkLayout::Block block = layout.convolution;
      block.at += part * width * width;
      block.rows = width;
      AddOuter(state_.input.data() + part * width, n, width, d_convolved.data(), block);
      MultiplyAdd(d_convolved.data(), width, n, width, &transposed_[block.at], width,
                  &d_input_[part * width], width);
    }
    AddScaled(d_layer_input.data(), 1, n * width, &d_input_[width]);
    masks_.Back(d_input_);
  }

  // The slope of x / sqrt(1 + x²) at the point where it is y.
  static float Slope(float y) {
    const float rest = std::max(1 - y * y, 0.0f);
    return rest * std::sqrt(rest);
  }

  // The gradient of a block that `rows` rows of input were multiplied by.
  void AddOuter(const float* input, size_t rows, size_t width, const float* d_out,
                const NetworkLayout::Block& block) {
    turned_.resize(rows * width);
    Transpose(input, rows, width, turned_.data());
    packed_.resize(rows * block.columns);
    Pack(d_out, rows, block.columns, packed_.data());
    MultiplyAdd(turned_.data(), rows, width, rows, packed_.data(), block.columns,
                &weights_.gradient[block.at], block.columns);
  }
  void AddRows(const float* d_out, size_t rows, const NetworkLayout::Block& bias) {
    for (size_t r = 0; r < rows; ++r) {
      AddScaled(d_out + r * bias.columns, 1, bias.columns, &weights_.gradient[bias.at]);
    }
  }

  void Update(float rate, float scale) {
    double norm = 0;
    for (float value : weights_.gradient) norm += static_cast<double>(value) * value;
    norm = std::sqrt(norm) * static_cast<double>(scale);
    constexpr double kMost = 5;
    if (norm > kMost) scale *= static_cast<float>(kMost / norm);
    weights_.Step(0, weights_.values.size(), rate, scale);
    if (guided_) guides_.Step(0, guides_.values.size(), rate, scale);
    const size_t width = network_.shape().embedding;
    for (uint32_t row : touched_list_) {
      rows_.Step(row * width, (row + 1) * width, rate, scale);
      touched_[row] = false;
    }
    touched_list_.clear();
    Share();
  }

  // Gives the weights to the network and to the way back.
  void Share() {
    network_.SetWeights(weights_.values);
    const NetworkLayout& layout = network_.layout();
    layout.ForEach([&](const NetworkLayout::Block& block) {
      if (!block.matrix) return;
      const size_t parts = block.at == layout.convolution.at ? 3 : 1;
      for (size_t part = 0; part < parts; ++part) {
        const size_t rows = block.rows / parts, at = block.at + part * rows * block.columns;
        turned_.resize(rows * block.columns);
        Transpose(&weights_.values[at], rows, block.columns, turned_.data());
        Pack(turned_.data(), block.columns, rows, &transposed_[at]);
      }
    });
  }

  const TagSet& set_;
  const size_t root_label_;
  const std::vector<Example>& examples_;
  const Options& options_;
  Random random_;
  Network network_;
  Parameters weights_, guides_, rows_;
  std::vector<float> transposed_;  // of each block that multiplies, and packed
  Masks masks_, hidden_masks_;
  std::vector<uint32_t> hashes_;
  std::unordered_map<uint32_t, uint32_t> row_of_;
  std::vector<float> keep_;  // how probable it is that a row is used: rare ones are left out often
  std::vector<bool> touched_;
  std::vector<uint32_t> touched_list_;
  bool guided_ = false;
  int epoch_ = 0;
  size_t steps_ = 0, wrong_ = 0, tagged_ = 0, wrong_tags_ = 0;

  Activations state_;
  ParseState parse_;
  std::vector<ParseLook> looks_;
  std::vector<size_t> guide_values_;
  std::vector<float> hidden_, d_hidden_, d_scores_, d_products_, d_tags_, d_input_, turned_,
      packed_;
};

}  // namespace

size_t GuideValue(const std::vector<Guide>& guides, const ParseState& state) {
  const auto size = static_cast<uint32_t>(guides.size());
  const std::vector<uint32_t>& stack = state.stack();
  constexpr uint32_t kNone = ParseLook::kNothing;
  const uint32_t next = state.next();
  const uint32_t s0 = stack.empty() ? kNone : stack.back();
  const uint32_t s1 = stack.size() < 2 ? kNone : stack[stack.size() - 2];
  // Where the older head of a word is.
  const auto where = [&](uint32_t i) -> size_t {
    if (i >= size) return 0;
    const uint32_t head = guides[i].head;
    if (head == next || (i == next && head == s0)) return 1;
    if (head == s1) return 2;
    return head > next ? 3 : 4;
  };
  const bool more = s0 < size && guides[s0].last >= next && guides[s0].last > 0;
  return (where(s0) * 5 + where(next)) * 2 + (more ? 1 : 0);
}

Learned TrainNetwork(const TagSet& set, size_t labels, size_t root_label,
                     const std::vector<Example>& examples, const Options& options,
                     const std::function<void(const std::string&)>& log) {
  return Trainer(set, labels, root_label, examples, options).Run(log);
}

Guess Decode(const Learned& learned, size_t root_label, const Example& example) {
  const Network& network = learned.network;
  const NetworkShape& shape = network.shape();
  Activations state;
  network.Start(example.words.size(), state);
  for (size_t i = 0; i < example.words.size(); ++i) {
    learned.embeddings.Sum(example.features[i], &state.input[(i + 1) * shape.embedding]);
  }
  network.Run(state);
  Guess guess;
  const size_t columns = network.layout().tags.columns;
  for (size_t i = 0; i < example.words.size(); ++i) {
    const float* scores = &state.tag_scores[i * columns];
    guess.tags.push_back(static_cast<uint16_t>(Largest(scores, shape.tags)));
  }
  std::vector<float> hidden(shape.hidden), scores(network.layout().steps.columns);
  ParseState& parse = guess.parse;
  for (parse.Start(example.words.size(), shape.labels, root_label); !parse.done();) {
    const float* guide =
        example.guides.empty()
            ? nullptr
            : &learned.guide_rows[GuideValue(example.guides, parse) * shape.hidden];
    network.Hidden(state, parse.Look(), hidden.data(), guide);
    network.Score(hidden.data(), state.scratch, scores.data());
    parse.Do(parse.Best(std::span<const float>(scores)));
  }
  return guess;
}

}  // namespace kronik::train
