#include "parse/tagger.h"

#include <algorithm>

namespace kronik {

void TagSet::Add(Upos upos, std::string_view feats) {
  tags.push_back({upos, std::string(feats), HashText(feats, static_cast<uint64_t>(upos) + 1)});
}

void TagSet::Write(ByteWriter& out) const {
  out.Number(tags.size());
  for (const Tag& tag : tags) {
    out.Number(static_cast<uint64_t>(tag.upos));
    out.String(tag.feats);
  }
}

TagSet TagSet::Read(ByteReader& in) {
  TagSet set;
  const size_t count = in.Count();
  if (count == 0 || count > kMaxClasses) in.Fail();
  for (size_t i = 0; i < count && in.ok(); ++i) {
    const uint64_t upos = in.Number();
    if (upos >= kUposCount) in.Fail();
    set.Add(static_cast<Upos>(upos < kUposCount ? upos : 0), in.String());
  }
  return set;
}

void TagFeatures(std::span<const Word> words, size_t at, std::span<const uint16_t> tags,
                 const TagSet& set, std::vector<uint32_t>& out) {
  static const Word kOutside = [] {
    Word word;
    word.raw = word.norm = word.shape = 77;
    return word;
  }();
  const auto word = [&](ptrdiff_t offset) -> const Word& {
    const size_t i = at + static_cast<size_t>(offset);
    return i < words.size() ? words[i] : kOutside;
  };
  const Word &w = word(0), &a = word(-1), &b = word(-2), &c = word(1), &d = word(2);
  uint64_t t1 = 1, t2 = 1, p1 = 100, p2 = 100;
  if (at >= 1)
    t1 = set.tags[tags[at - 1]].hash, p1 = static_cast<uint64_t>(set.tags[tags[at - 1]].upos);
  if (at >= 2)
    t2 = set.tags[tags[at - 2]].hash, p2 = static_cast<uint64_t>(set.tags[tags[at - 2]].upos);
  out.clear();
  uint32_t id = 0;
  const auto add = [&](uint64_t x, uint64_t y = 0, uint64_t z = 0) {
    out.push_back(Feature(++id, x, y, z));
  };
  add(1);
  add(w.raw);
  add(w.norm);
  add(a.norm);
  add(b.norm);
  add(c.norm);
  add(d.norm);
  add(a.norm, w.norm);
  add(w.norm, c.norm);
  add(a.norm, c.norm);
  for (uint64_t suffix : w.suffix) add(suffix);
  for (uint64_t prefix : w.prefix) add(prefix);
  add(w.shape);
  add(w.shape, at == 0 ? 1 : 0);
  add(w.shape, a.shape);
  add(w.shape, c.shape);
  add(a.suffix[2]);
  add(c.suffix[2]);
  add(c.suffix[1]);
  add(w.suffix[2], c.suffix[2]);
  add(w.suffix[2], w.shape, at == 0 ? 1 : 0);
  add(w.prefix[1], w.suffix[1]);
  add(w.prefix[2], w.suffix[2]);
  add(w.known, w.upper);
  add(c.known);
  add(w.known, c.known);
  add(w.known, c.known, d.known);
  add(w.known, w.suffix[2]);
  add(w.norm, c.known);
  add(t1);
  add(p2);
  add(t1, t2);
  add(t1, w.norm);
  add(t1, w.suffix[2]);
  add(t1, w.known, c.known);
  add(p1, c.norm);
  add(p1, p2, w.norm);
  add(t1, t2, w.known);
  add(t1, w.shape);
  add(p1, w.known, d.known);
}

void Tagger::Tag(std::span<const Word> words, std::vector<uint16_t>& tags) const {
  std::vector<uint32_t> features;
  std::vector<int32_t> scores(model.classes());
  tags.assign(words.size(), 0);
  for (size_t i = 0; i < words.size(); ++i) {
    TagFeatures(words, i, tags, set, features);
    model.Score(features, scores);
    tags[i] = static_cast<uint16_t>(std::ranges::max_element(scores) - scores.begin());
  }
}

}  // namespace kronik
