#include "train/perceptron.h"

#include <algorithm>
#include <cmath>

namespace kronik::train {

size_t Perceptron::Find(uint32_t feature) const {
  size_t at = (feature * uint64_t{0x9E3779B97F4A7C15u} >> 20) & (slots_.size() - 1);
  while (slots_[at].feature != feature && slots_[at].feature != 0) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

void Perceptron::Score(std::span<const uint32_t> features, std::span<float> scores) const {
  std::fill_n(scores.begin(), classes_, 0.0f);
  for (uint32_t feature : features) {
    const Slot& slot = slots_[Find(feature)];
    if (slot.feature == 0) continue;
    for (const Cell& cell : rows_[slot.row].cells) scores[cell.cls] += cell.weight;
  }
}

Perceptron::Row& Perceptron::RowOf(uint32_t feature) {
  size_t at = Find(feature);
  if (slots_[at].feature == 0) {
    if (rows_.size() * 2 >= slots_.size()) {
      std::vector<Slot> old(slots_.size() * 2);
      old.swap(slots_);
      for (const Slot& slot : old) {
        if (slot.feature != 0) slots_[Find(slot.feature)] = slot;
      }
      at = Find(feature);
    }
    slots_[at] = {feature, static_cast<uint32_t>(rows_.size())};
    rows_.emplace_back();
  }
  return rows_[slots_[at].row];
}

void Perceptron::Add(Row& row, size_t cls, float by) {
  auto cell = std::ranges::find(row.cells, cls, &Cell::cls);
  if (cell == row.cells.end()) {
    row.cells.push_back({static_cast<uint16_t>(cls), now_, 0, 0});
    cell = row.cells.end() - 1;
  }
  cell->total += static_cast<double>(cell->weight) * (now_ - cell->changed);
  cell->changed = now_;
  cell->weight += by;
}

void Perceptron::Update(std::span<const uint32_t> features, size_t right, size_t wrong) {
  for (uint32_t feature : features) {
    Row& row = RowOf(feature);
    ++row.updates;
    Add(row, right, 1);
    Add(row, wrong, -1);
  }
}

LinearModel Perceptron::Freeze(uint32_t min_updates, float scale) const {
  std::vector<LinearModel::Row> frozen;
  for (const Slot& slot : slots_) {
    if (slot.feature == 0 || rows_[slot.row].updates < min_updates) continue;
    LinearModel::Row row;
    row.feature = slot.feature;
    for (const Cell& cell : rows_[slot.row].cells) {
      const double total = cell.total + static_cast<double>(cell.weight) * (now_ - cell.changed);
      const double average = total / std::max<uint32_t>(now_, 1) * static_cast<double>(scale);
      const auto rounded = static_cast<int16_t>(std::clamp(std::round(average), -32767.0, 32767.0));
      if (rounded != 0) row.weights.push_back({cell.cls, rounded});
    }
    if (row.weights.empty()) continue;
    std::ranges::sort(row.weights, {}, &LinearModel::Weight::cls);
    frozen.push_back(std::move(row));
  }
  std::ranges::sort(frozen, {}, &LinearModel::Row::feature);
  return LinearModel(classes_, frozen);
}

}  // namespace kronik::train
