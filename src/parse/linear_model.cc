#include "parse/linear_model.h"

#include <algorithm>

namespace kronik {

LinearModel::LinearModel(size_t classes, const std::vector<Row>& rows) : classes_(classes) {
  Reserve(rows.size());
  for (const Row& row : rows) {
    Insert(row.feature, static_cast<uint32_t>(weights_.size()));
    weights_.push_back({static_cast<uint16_t>(row.weights.size()), 0});
    weights_.insert(weights_.end(), row.weights.begin(), row.weights.end());
  }
}

void LinearModel::Reserve(size_t features) {
  int bits = 1;
  while ((size_t{1} << bits) < features * 2) ++bits;
  shift_ = 32 - bits;
  slots_.assign(size_t{1} << bits, Slot{});
}

void LinearModel::Insert(uint32_t feature, uint32_t row) {
  size_t at = feature >> shift_;
  while (slots_[at].feature != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {feature, row};
  ++features_;
}

void LinearModel::Write(ByteWriter& out) const {
  std::vector<Slot> rows;
  for (const Slot& slot : slots_) {
    if (slot.feature != 0) rows.push_back(slot);
  }
  std::ranges::sort(rows, {}, &Slot::feature);
  out.Number(classes_);
  out.Number(rows.size());
  // One plane for each kind of number: that compresses best.
  uint32_t last = 0;
  for (const Slot& row : rows) {
    out.Number(row.feature - last);
    last = row.feature;
  }
  for (const Slot& row : rows) out.Number(weights_[row.row].cls);
  for (const Slot& row : rows) {
    for (uint32_t i = 1; i <= weights_[row.row].cls; ++i) out.Number(weights_[row.row + i].cls);
  }
  for (const Slot& row : rows) {
    for (uint32_t i = 1; i <= weights_[row.row].cls; ++i) out.Signed(weights_[row.row + i].weight);
  }
}

LinearModel LinearModel::Read(ByteReader& in) {
  LinearModel model;
  const uint64_t classes = in.Number();
  const size_t count = in.Count();
  // Each row takes two bytes or more, and each weight: a small file can't ask for much memory.
  if (!in.ok() || classes > kMaxClasses || count > in.left() / 2) return in.Fail(), LinearModel();
  model.classes_ = static_cast<size_t>(classes);
  model.Reserve(count);
  std::vector<uint32_t> features(count);
  uint64_t last = 0;
  for (uint32_t& feature : features) {
    const uint64_t step = in.Number();
    if (step == 0 || step > UINT32_MAX || last + step > UINT32_MAX) return in.Fail(), LinearModel();
    last += step;
    feature = static_cast<uint32_t>(last);
  }
  std::vector<uint16_t> sizes(count);
  size_t total = 0;
  for (uint16_t& size : sizes) {
    const uint64_t value = in.Number();
    if (value > classes) return in.Fail(), LinearModel();
    size = static_cast<uint16_t>(value);
    total += size;
  }
  if (total > in.left() / 2) return in.Fail(), LinearModel();
  model.weights_.resize(total + count);
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    model.Insert(features[i], static_cast<uint32_t>(at));
    model.weights_[at].cls = sizes[i];
    at += sizes[i] + size_t{1};
  }
  for (const bool classes_plane : {true, false}) {
    for (size_t row = 0; row < model.weights_.size(); row += model.weights_[row].cls + size_t{1}) {
      for (size_t i = 1; i <= model.weights_[row].cls; ++i) {
        Weight& weight = model.weights_[row + i];
        if (classes_plane) {
          const uint64_t cls = in.Number();
          if (cls >= classes) return in.Fail(), LinearModel();
          weight.cls = static_cast<uint16_t>(cls);
        } else {
          const int64_t value = in.Signed();
          if (value < INT16_MIN || value > INT16_MAX) return in.Fail(), LinearModel();
          weight.weight = static_cast<int16_t>(value);
        }
      }
    }
  }
  if (!in.ok()) return LinearModel();
  return model;
}

void LinearModel::Score(std::span<const uint32_t> features, std::span<int32_t> scores) const {
  std::fill_n(scores.begin(), classes_, 0);
  if (slots_.empty()) return;
  // The table is larger than the caches: ask for all lines before the first is needed.
  for (uint32_t feature : features) __builtin_prefetch(&slots_[feature >> shift_]);
  constexpr size_t kBatch = 128;
  uint32_t rows[kBatch];
  size_t found = 0;
  const auto add = [&] {
    for (size_t i = 0; i < found; ++i) {
      const Weight* row = &weights_[rows[i]];
      for (const Weight* at = row + 1; at <= row + row->cls; ++at) scores[at->cls] += at->weight;
    }
    found = 0;
  };
  for (uint32_t feature : features) {
    size_t at = feature >> shift_;
    while (slots_[at].feature != feature && slots_[at].feature != 0) {
      at = (at + 1) & (slots_.size() - 1);
    }
    if (slots_[at].feature == 0) continue;
    __builtin_prefetch(&weights_[slots_[at].row]);
    rows[found++] = slots_[at].row;
    if (found == kBatch) add();
  }
  add();
}

}  // namespace kronik
