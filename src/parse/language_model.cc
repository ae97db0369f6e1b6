#include "parse/language_model.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace kronik {

ParseWord MakeParseWord(const Word& word, const TagSet::Tag& tag) {
  ParseWord out;
  out.form = word.norm;
  out.pos = static_cast<uint64_t>(tag.upos) + 1;
  out.tag = tag.hash;
  out.prefix = word.prefix[1];
  out.suffix = word.suffix[2];
  return out;
}

std::vector<Word> LanguageModel::Words(std::span<const std::string_view> forms) const {
  std::vector<Word> words;
  words.reserve(forms.size());
  for (std::string_view form : forms) {
    Word& word = words.emplace_back(MakeWord(form));
    if (auto found = lexicon.find(word.norm); found != lexicon.end()) word.known = found->second;
  }
  return words;
}

Analysis LanguageModel::Analyse(std::span<const std::string_view> forms) const {
  Analysis analysis;
  const std::vector<Word> words = Words(forms);
  tagger.Tag(words, analysis.tags);
  std::vector<ParseWord> seen;
  seen.reserve(words.size());
  analysis.lemmas.reserve(words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    const TagSet::Tag& tag = tagger.set.tags[analysis.tags[i]];
    seen.push_back(MakeParseWord(words[i], tag));
    analysis.lemmas.push_back(lemmatiser.Lemma(forms[i], words[i], tag));
  }
  ParseState state;
  std::vector<uint32_t> features;
  std::vector<int32_t> scores(parser.classes());
  for (state.Start(words.size(), labels.size(), root_label); !state.done();) {
    state.Features(seen, features);
    parser.Score(features, scores);
    state.Do(state.Best(std::span<const int32_t>(scores)));
  }
  analysis.heads = state.heads();
  analysis.labels = state.labels();
  return analysis;
}

std::string LanguageModel::Write() const {
  ByteWriter out;
  WriteLexicon(lexicon, out);
  tagger.set.Write(out);
  tagger.model.Write(out);
  lemmatiser.Write(out);
  out.Number(labels.size());
  for (const std::string& label : labels) out.String(label);
  parser.Write(out);
  return PackModel(out.bytes());
}

Result<LanguageModel> LanguageModel::Load(std::string_view file) {
  Result<std::string> content = UnpackModel(file);
  if (!content) return content.error();
  ByteReader in(*content);
  LanguageModel model;
  model.lexicon = ReadLexicon(in);
  model.tagger.set = TagSet::Read(in);
  model.tagger.model = LinearModel::Read(in);
  model.lemmatiser = Lemmatiser::Read(in);
  const size_t labels = in.Count();
  if (labels < 2 || labels > kMaxClasses / 2) in.Fail();
  for (size_t i = 0; i < labels && in.ok(); ++i) {
    model.labels.emplace_back(in.String());
    if (!IsValidUtf8(model.labels.back())) in.Fail();
  }
  for (const TagSet::Tag& tag : model.tagger.set.tags) {
    if (!IsValidUtf8(tag.feats)) in.Fail();
  }
  model.parser = LinearModel::Read(in);
  const auto root = std::ranges::find(model.labels, "root");
  model.root_label = static_cast<size_t>(root - model.labels.begin());
  if (!in.ok() || !in.done() || root == model.labels.end() ||
      model.tagger.model.classes() != model.tagger.set.tags.size() ||
      model.parser.classes() != 1 + 2 * model.labels.size()) {
    return Error{ErrorCode::kInvalidInput, "the parse model is damaged", ""};
  }
  return model;
}

}  // namespace kronik
