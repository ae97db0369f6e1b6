#include "parse/lemmatiser.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace kronik {

LemmaRule LemmaRule::Between(std::string_view form, std::string_view lemma) {
  LemmaRule rule;
  const std::string lower = LowerCase(form);
  rule.lower = LowerCase(lemma) == lemma && lower != form;
  const std::string_view from = rule.lower ? std::string_view(lower) : form;
  // The longest common stretch stays.
  size_t best = 0, from_at = 0, lemma_at = 0;
  for (size_t i = 0; i < from.size(); ++i) {
    for (size_t j = 0; j < lemma.size(); ++j) {
      size_t n = 0;
      while (i + n < from.size() && j + n < lemma.size() && from[i + n] == lemma[j + n]) ++n;
      if (n > best) best = n, from_at = i, lemma_at = j;
    }
  }
  rule.cut_front = from.substr(0, from_at);
  rule.add_front = lemma.substr(0, lemma_at);
  rule.cut_back = from.substr(from_at + best);
  rule.add_back = lemma.substr(lemma_at + best);
  return rule;
}

bool LemmaRule::Apply(std::string_view form, std::string_view lower_form,
                      std::string& lemma) const {
  std::string_view from = lower ? lower_form : form;
  if (from.size() < cut_front.size() + cut_back.size() || !from.starts_with(cut_front) ||
      !from.ends_with(cut_back)) {
    return false;
  }
  from = from.substr(cut_front.size(), from.size() - cut_front.size() - cut_back.size());
  if (from.empty() && add_front.empty() && add_back.empty()) return false;
  lemma = add_front;
  lemma.append(from).append(add_back);
  return true;
}

uint64_t LemmaKey(std::string_view form, uint64_t tag) {
  return HashText(form, tag * 0x9E3779B97F4A7C15u);
}

void LemmaFeatures(const Word& word, const TagSet::Tag& tag, std::vector<uint32_t>& out) {
  out.clear();
  const auto upos = static_cast<uint64_t>(tag.upos) + 1;
  uint32_t id = 0;
  out.push_back(Feature(++id, tag.hash, word.upper));
  out.push_back(Feature(++id, upos, word.shape));
  for (size_t front = 0; front <= 4; ++front) {
    const uint64_t prefix = front == 0 ? 1 : word.prefix[front - 1];
    for (size_t back = 0; back <= 5; ++back) {
      ++id;
      const uint64_t suffix = back == 0 ? 1 : word.suffix[back - 1];
      if (prefix == 0 || suffix == 0) continue;
      out.push_back(Feature(id, prefix, suffix, upos));
      if (front == 0) out.push_back(Feature(id + 100, suffix, tag.hash));
    }
  }
}

std::string Lemmatiser::Lemma(std::string_view form, const Word& word,
                              const TagSet::Tag& tag) const {
  const auto upos = static_cast<uint64_t>(tag.upos) + 1;
  for (const std::string_view look : {form, std::string_view(word.lower)}) {
    for (const uint64_t key : {LemmaKey(look, tag.hash), LemmaKey(look, upos)}) {
      auto found = dictionary.find(key);
      if (found != dictionary.end()) return found->second;
    }
  }
  std::vector<uint32_t> features;
  std::vector<int32_t> scores(model.classes());
  LemmaFeatures(word, tag, features);
  model.Score(features, scores);
  std::string best(form), lemma;
  int32_t best_score = INT32_MIN;
  for (size_t i = 0; i < rules.size(); ++i) {
    if (scores[i] > best_score && rules[i].Apply(form, word.lower, lemma)) {
      best_score = scores[i];
      best = lemma;
    }
  }
  return best;
}

void Lemmatiser::Write(ByteWriter& out) const {
  const std::map<uint64_t, std::string> sorted(dictionary.begin(), dictionary.end());
  out.Number(sorted.size());
  uint64_t last = 0;
  for (const auto& [key, lemma] : sorted) {
    out.Number(key - last);
    last = key;
  }
  for (const auto& [key, lemma] : sorted) out.String(lemma);
  out.Number(rules.size());
  for (const LemmaRule& rule : rules) {
    out.Number(rule.lower ? 1 : 0);
    for (const auto* part : {&rule.cut_front, &rule.add_front, &rule.cut_back, &rule.add_back}) {
      out.String(*part);
    }
  }
  model.Write(out);
}

Lemmatiser Lemmatiser::Read(ByteReader& in) {
  Lemmatiser lemmatiser;
  const size_t count = in.Count();
  // Each entry takes two bytes or more, so a small file can't ask for much memory.
  if (count > in.left() / 2) return in.Fail(), Lemmatiser();
  std::vector<uint64_t> keys(count);
  uint64_t last = 0;
  for (uint64_t& key : keys) key = last += in.Number();
  for (uint64_t key : keys) {
    const std::string_view lemma = in.String();
    if (!IsValidUtf8(lemma)) in.Fail();
    if (!in.ok()) return {};
    lemmatiser.dictionary.emplace(key, lemma);
  }
  const size_t rules = in.Count();
  for (size_t i = 0; i < rules && in.ok(); ++i) {
    LemmaRule rule;
    rule.lower = in.Number() != 0;
    for (auto* part : {&rule.cut_front, &rule.add_front, &rule.cut_back, &rule.add_back}) {
      *part = in.String();
      if (!IsValidUtf8(*part)) in.Fail();
    }
    lemmatiser.rules.push_back(std::move(rule));
  }
  lemmatiser.model = LinearModel::Read(in);
  if (lemmatiser.model.classes() != lemmatiser.rules.size()) in.Fail();
  return lemmatiser;
}

}  // namespace kronik
