// The lemmatiser: a dictionary of the forms seen in training, then learnt rules.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parse/linear_model.h"
#include "parse/tag_set.h"
#include "parse/word.h"

namespace kronik {

// How a form becomes a lemma: parts are taken off and put on at both ends.
struct LemmaRule {
  bool lower = false;  // starts from the lower-case form
  std::string cut_front, add_front, cut_back, add_back;

  auto operator<=>(const LemmaRule&) const = default;
  // The shortest rule that makes this lemma of this form.
  static LemmaRule Between(std::string_view form, std::string_view lemma);
  // Whether the rule can be used; sets `lemma` if so.
  bool Apply(std::string_view form, std::string_view lower_form, std::string& lemma) const;
};

// The keys of the dictionary, from the most to the least specific.
uint64_t LemmaKey(std::string_view form, uint64_t tag);
void LemmaFeatures(const Word& word, const TagSet::Tag& tag, std::vector<uint32_t>& out);

struct Lemmatiser {
  std::unordered_map<uint64_t, std::string> dictionary;  // by form and tag, or form and UPOS
  std::vector<LemmaRule> rules;
  LinearModel model;  // which rule

  std::string Lemma(std::string_view form, const Word& word, const TagSet::Tag& tag) const;
  void Write(ByteWriter& out) const;
  static Lemmatiser Read(ByteReader& in);
};

}  // namespace kronik
